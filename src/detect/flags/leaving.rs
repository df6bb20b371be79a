//! Calls that never come back: they throw, so that what stands after them does not run.
//!
//! Which functions of which modules do so is said by the packs (`leaving`). A call counts only as a statement of its own, and
//! only where its name is imported from such a module: another `redirect` may well return.

use super::Text;
use crate::rules::flags::FlagRules;
use crate::syntax::facts::{NodeId, Part, Role};
use std::collections::HashMap;

/// What a local name stands for.
enum Local<'a> {
    /// A member of a module.
    Member { module: String, name: &'a str },
    /// A module as a whole.
    Module(String),
}

/// The calls of a text that never come back, in source order.
pub(super) fn calls(text: &Text<'_>) -> Vec<NodeId> {
    let rules = text.rules;
    if !imports(text).any(|import| is_from_one(text, rules, import)) {
        return Vec::new();
    }
    let locals = locals(text);
    let statements = text.facts.with_role(Role::Call).filter(|&call| is_statement(text, call));
    statements.filter(|&call| leaves(text, rules, &locals, call)).collect()
}

fn imports<'t>(text: &'t Text<'_>) -> impl Iterator<Item = NodeId> + 't {
    text.facts.with_role(Role::Import)
}

fn module(text: &Text<'_>, import: NodeId) -> Option<String> {
    let source = text.part(import, Part::Source)?;
    Some(text.file.string_value(source).unwrap_or_else(|| text.of(source).to_owned()))
}

fn is_from_one(text: &Text<'_>, rules: &FlagRules, import: NodeId) -> bool {
    module(text, import).is_some_and(|module| rules.is_leaving_module(&module))
}

fn locals<'a>(text: &Text<'a>) -> HashMap<&'a str, Local<'a>> {
    let mut locals = HashMap::new();
    for import in imports(text) {
        let Some(module) = module(text, import) else { continue };
        for imported in text.facts.descendants(import).filter(|&at| text.role(at) == Role::Imported) {
            let name = text.part(imported, Part::Name).map(|name| text.of(name));
            let alias = text.part(imported, Part::Alias).map(|alias| text.of(alias));
            let is_whole = name.is_none() || name == Some(module.as_str());
            let Some(local) = alias.or(name) else { continue };
            let stands_for = match name {
                Some(name) if !is_whole => Local::Member { module: module.clone(), name },
                _ => Local::Module(module.clone()),
            };
            locals.insert(local, stands_for);
        }
    }
    locals
}

/// Whether the call, with `await` and parentheses around it, is a statement of its own.
fn is_statement(text: &Text<'_>, call: NodeId) -> bool {
    let whole = text.outer(call);
    let parent = text.parent(whole);
    match text.role(parent) {
        Role::Block | Role::Module | Role::Other => text.facts.part_of(parent, whole).is_none(),
        Role::Case => text.facts.part_of(parent, whole) == Some(Part::Body),
        Role::Guard => matches!(text.facts.part_of(parent, whole), Some(Part::Consequence | Part::Alternative)),
        _ => false,
    }
}

fn leaves(text: &Text<'_>, rules: &FlagRules, locals: &HashMap<&str, Local<'_>>, call: NodeId) -> bool {
    let Some((name, receiver)) = text.callee(call) else { return false };
    let root = receiver.map_or(name, |receiver| text.of(receiver));
    if text.is_shadowed(call, root) {
        return false;
    }
    match (locals.get(root), receiver) {
        (Some(Local::Member { module, name }), None) => rules.leaves(module, name),
        (Some(Local::Module(module)), Some(_)) => rules.leaves(module, name),
        _ => false,
    }
}
