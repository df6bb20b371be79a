//! Constants that everybody reads by their name: `settings.TIP_LIMITS`, `getattr(settings, "TIP_LIMITS")`.
//!
//! A framework makes one object of all modules of settings, so imports tell nothing. Only a name that is new, and a value that
//! nothing is done for, is taken for one: the framework itself reads those that it knows.

use super::search::Search;
use super::*;
use crate::gating::does_something;

/// Calls that only look something up, or make a plain value of another one.
const LOOKS_UP: [&str; 16] = [
    "get",
    "getenv",
    "env",
    "bool",
    "int",
    "str",
    "float",
    "list",
    "tuple",
    "set",
    "dict",
    "frozenset",
    "split",
    "strip",
    "lower",
    "join",
];

impl Project<'_> {
    /// Whether a declaration is a new setting.
    pub(super) fn is_setting(&self, target: &Target, source: &SourceFile, facts: &Facts, name: &str) -> bool {
        let is_constant =
            name.len() > 3 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        if facts.role(target.node) != Role::Binding
            || !is_constant
            || Family::of(target.path.as_str()) != Some(Family::Python)
        {
            return false;
        }
        let is_plain = |call: NodeId| source.callee_name(call).is_some_and(|name| LOOKS_UP.contains(&name));
        target.path.as_str().split(['/', '.']).any(|part| matches!(part, "settings" | "config" | "conf"))
            && facts.part(target.node, Part::Value).is_some_and(|value| {
                std::iter::once(value).chain(facts.descendants(value)).all(|at| match facts.role(at) {
                    Role::Call => is_plain(at),
                    Role::Function | Role::Class => false,
                    _ => true,
                })
            })
            && self.is_new_name(target)
            && self.tree.mentioning(&[name]).iter().all(|file| self.may_mention(file))
    }

    /// Whether a framework may read what a module of Python gives this name: routes, and the settings that it knows.
    pub(super) fn is_read_by_name(&self, target: &Target, facts: &Facts, name: &str) -> bool {
        let is_constant = || name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        facts.role(target.node) == Role::Binding
            && Family::of(target.path.as_str()) == Some(Family::Python)
            && (self.rules.views.is_read_by_name(name)
                || is_constant() && target.path.as_str().split(['/', '.']).any(|part| part == "settings"))
    }

    /// Whether a file that names a setting is code which is searched, or text that runs nothing.
    fn may_mention(&self, file: &RepoPath) -> bool {
        let Some(text) = self.tree.text(file.as_str()) else { return false };
        let kind = self.rules.files.kind(file, &text);
        Family::of(file.as_str()) == Some(Family::Python)
            || matches!(kind, FileKind::Config | FileKind::Docs | FileKind::Test)
    }
}

impl Search<'_> {
    /// Uses of a setting: every mention of its name but those that give it a value.
    pub(super) fn setting(&self, uses: &mut Uses) {
        let (source, facts) = (self.source, self.facts);
        let name = self.declared.name.as_str();
        let gives = |node: NodeId| {
            let mut around = facts.ancestors(node);
            around.any(|at| {
                facts.role(at) == Role::Binding && source.name_of(at) == Some(name) && is_top_level(facts, at)
            })
        };
        for node in facts.ids() {
            let is_mentioned = match facts.role(node) {
                Role::Identifier => source.text_of(node) == name,
                Role::String | Role::Template => source.text_of(node).contains(name),
                // Under another name it is not looked for.
                Role::Imported => {
                    let alias = facts.part(node, Part::Alias).filter(|_| source.text_of(node).contains(name));
                    if alias.is_some_and(|alias| source.text_of(alias) != name) {
                        uses.open.get_or_insert((self.step(node), Some("it is imported as something else".to_owned())));
                    }
                    false
                }
                _ => false,
            };
            let is_told = || facts.ancestors(node).any(|at| matches!(facts.role(at), Role::Docstring | Role::Type));
            let is_property = facts.part_of(facts.node(node).parent, node) == Some(Part::Property);
            if is_mentioned
                && !gives(node)
                && !is_told()
                && !is_import(facts, node)
                && (is_property || !declares(facts, node))
            {
                self.add(node, uses);
            }
        }
    }
}

/// Whether a declaration does something as soon as its module is loaded: `const account = gateway.createAccount();`.
pub(in crate::project) fn acts_at_load(source: &SourceFile, facts: &Facts, declaration: NodeId) -> bool {
    // The body of a class runs when it is declared.
    let value = match facts.role(declaration) {
        Role::Class => Some(declaration),
        Role::Binding => facts.part(declaration, Part::Value),
        _ => None,
    };
    value.is_some_and(|value| acts_outside_functions(source, facts, value))
}

/// Whether something is done for a value, outside of the functions in it.
pub(super) fn acts_outside_functions(source: &SourceFile, facts: &Facts, value: NodeId) -> bool {
    let inside = std::iter::once(value).chain(facts.descendants(value));
    inside
        .filter(|&at| facts.role(at) == Role::Call && does_something(source, at))
        .any(|call| facts.ancestors(call).take_while(|&at| at >= value).all(|at| facts.role(at) != Role::Function))
}

/// Whether a function does no more than to make another one: `const showTax = () => (request, response) => ..`.
pub(super) fn only_makes_function(source: &SourceFile, facts: &Facts, function: NodeId) -> bool {
    let Some(body) = facts.part(function, Part::Body).filter(|_| facts.role(function) == Role::Function) else {
        return false;
    };
    let is_function = |at: NodeId| facts.role(facts.inner(at)) == Role::Function;
    is_function(body)
        || facts.role(body) == Role::Block
            && !source.text_of(function).starts_with("async")
            && facts.children(body).all(|at| match facts.role(at) {
                Role::Exit => facts.part(at, Part::Value).is_some_and(is_function),
                Role::Function | Role::Docstring => true,
                _ => false,
            })
            && facts.children(body).any(|at| facts.role(at) == Role::Exit)
}
