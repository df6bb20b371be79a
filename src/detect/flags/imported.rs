//! Constants of the project that are a flag's value themselves: `import { NEW_TAX } from "./featureFlags"`, then `if (NEW_TAX)`.
//!
//! The module, or the name, says that it is a flag; only what decides something as a boolean counts. A constant of which more is
//! known (it is read from an SDK) is a wrapper, and that says more.

use super::names::module_name;
use super::{EvaluationKind, FlagKey, Found, Reading, Sureness, Text};
use crate::rules::flags::{Form, PathWords, RuleRef};
use crate::syntax::facts::{NodeId, Part, Role};
use std::collections::HashMap;

/// How far a value may be from the condition that it decides.
const MAX_STEPS: u8 = 4;

/// Adds the places where such a constant decides something.
pub(super) fn detect(text: &Text<'_>, found: &mut Found) {
    let mut imported: HashMap<&str, Vec<(RuleRef, bool)>> = HashMap::new();
    for import in text.facts.with_role(Role::Import) {
        for &rule in text.rules.imported() {
            let Some((modules, _)) = forms(text, rule).filter(|_| text.rules.evaluation(rule).is_for(text.language))
            else {
                continue;
            };
            let names = text.facts.descendants(import).filter(|&at| text.role(at) == Role::Imported);
            for name in names {
                let Some(local) = text.part(name, Part::Alias).or_else(|| text.part(name, Part::Name)) else {
                    continue;
                };
                let is_module = || source_names(text, import, name).iter().any(|source| matches(modules, source));
                imported.entry(text.of(local)).or_default().push((rule, modules.is_empty() || is_module()));
            }
        }
    }
    if imported.is_empty() {
        return;
    }
    for id in text.facts.ids() {
        let (root, is_member) = match text.role(id) {
            Role::Identifier => (id, false),
            Role::Member => (root_of(text, id), true),
            _ => continue,
        };
        let Some(rules) = imported.get(text.of(root)) else { continue };
        let Some(key) = (if is_member { text.part(id, Part::Property) } else { Some(id) }).map(|at| text.of(at)) else {
            continue;
        };
        for &(rule, is_from) in rules {
            let Some((modules, names)) = forms(text, rule) else { continue };
            // `settings.values.isNewTaxFeatureEnabled` of any module; of a module of flags, its own members.
            let fits = is_from && (names.is_empty() || matches(names, key));
            let is_near = !is_member || modules.is_empty() || text.part(id, Part::Object) == Some(root);
            let key = FlagKey::Literal { key: key.to_owned(), constant: None };
            if fits && is_near && text.takes(rule, &key) && decides(text, id) && !text.is_shadowed(root, text.of(root))
            {
                let reading = Reading::of(text, rule, Sureness::Name);
                found.evaluation(text, &reading, key, id, EvaluationKind::Value, None);
            }
        }
    }
}

fn forms<'t>(text: &'t Text<'_>, rule: RuleRef) -> Option<(&'t [PathWords], &'t [PathWords])> {
    match &text.rules.evaluation(rule).form {
        Form::Imported { modules, names } => Some((modules, names)),
        _ => None,
    }
}

fn matches(patterns: &[PathWords], name: &str) -> bool {
    patterns.iter().any(|pattern| pattern.matches(name))
}

/// The names of the modules that something may be imported from: `from a import b` may mean the module `b`.
fn source_names(text: &Text<'_>, import: NodeId, imported: NodeId) -> Vec<String> {
    let mut names = Vec::new();
    for source in text.facts.parts(import, Part::Source) {
        match text.file.string_value(source) {
            Some(path) if !(path.starts_with(['.', '@', '~', '#']) || path.contains('/')) => {}
            Some(path) => names.push(module_name(&path).to_owned()),
            None => {
                names.push(module_name(text.of(source)).to_owned());
                names.extend(text.part(imported, Part::Name).map(|name| text.of(name).to_owned()));
            }
        }
    }
    names
}

fn root_of(text: &Text<'_>, member: NodeId) -> NodeId {
    let mut at = member;
    while let (Role::Member, Some(object)) = (text.role(at), text.part(at, Part::Object)) {
        at = text.inner(object);
    }
    at
}

/// Whether the value itself decides something.
fn decides(text: &Text<'_>, id: NodeId) -> bool {
    let parent = text.parent(id);
    let is_other = matches!(
        text.facts.part_of(parent, id),
        Some(Part::Callee | Part::Object | Part::Property | Part::Name | Part::Alias | Part::Target | Part::Key)
    );
    !is_other && text.is_condition(id, MAX_STEPS) && !text.is_given(id)
}
