//! Local names that matter only behind a flag: `label = getattr(row, "label", None)` of which every use stands there.
//!
//! Such a line runs whatever the flag says, but it only looks something up, and nobody sees what it found unless the flag is on.
//! What does more than to look up, or has a use that may be in the open, stays as it is.

use super::condition::{FlagValues, scope_of};
use super::dominance::{self, GateAt};
use super::standing::{only_refuses, refusal};
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::Polarity;
use std::sync::PoisonError;

/// Functions with more nodes are not looked through for uses.
const MAX_FUNCTION: u32 = 5_000;

/// Calls that only look something up, or make a plain value of another one.
const LOOKS_UP: [&str; 35] = [
    "getattr",
    "get",
    "len",
    "str",
    "int",
    "bool",
    "float",
    "Boolean",
    "String",
    "Number", // of a plain value
    "includes",
    "startsWith",
    "endsWith",
    "startswith",
    "endswith",
    "toLowerCase",
    "toUpperCase",
    "lower",
    "upper",
    "trim",
    "strip",
    "split",
    "join",
    "slice",
    "concat",
    "toFixed",
    "toString",
    "round",
    "floor",
    "ceil",
    // the text of a message in the reader's language
    "t",
    "getString",
    "formatMessage",
    "gettext",
    "_",
];

/// The gates of all uses of the local name that is declared around this place; empty where the uses are only asked for
/// together with the flag. `None` where there is no such name, or it may matter elsewhere.
pub(super) fn gates_of_uses(values: &FlagValues<'_>, node: NodeId) -> Option<Vec<GateAt>> {
    let facts = values.facts;
    let mut around = std::iter::once(node).chain(facts.ancestors(node));
    let inside = |at: &NodeId| !matches!(facts.role(*at), Role::Function | Role::Class | Role::Block | Role::Module);
    let binding = around.by_ref().take_while(inside).find(|&at| facts.role(at) == Role::Binding)?;
    let known = || values.idle.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(gates) = known().get(&binding) {
        return gates.clone();
    }
    let gates = of_binding(values, binding);
    known().insert(binding, gates.clone());
    gates
}

fn of_binding(values: &FlagValues<'_>, binding: NodeId) -> Option<Vec<GateAt>> {
    let (facts, file) = (values.facts, values.file);
    let name = facts.part(binding, Part::Name).filter(|&name| facts.role(name) == Role::Identifier)?;
    let value = facts.part(binding, Part::Value)?;
    let scope = scope_of(facts, binding);
    if facts.role(scope) != Role::Function || facts.node(scope).last.0 - scope.0 > MAX_FUNCTION {
        return None;
    }
    if !std::iter::once(value).chain(facts.descendants(value)).all(|at| only_looks(values, at)) {
        return None;
    }
    let text = file.text_of(name);
    let is_inside = |at: NodeId| binding <= at && at <= facts.node(binding).last;
    let mut gates: Vec<GateAt> = Vec::new();
    let mut is_used = false;
    for at in facts.descendants(scope) {
        let is_mention =
            matches!(facts.role(at), Role::Identifier | Role::Pair | Role::Other | Role::Destructured | Role::Template)
                && (file.text_of(at) == text || facts.role(at) == Role::Template && file.text_of(at).contains(text));
        if !is_mention || is_inside(at) || is_another_name(values, at) {
            continue;
        }
        is_used = true;
        gates.extend(of_use(values, at)?);
    }
    is_used.then_some(gates)
}

/// Whether a part of an expression does nothing but look something up.
fn only_looks(values: &FlagValues<'_>, at: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    match facts.role(at) {
        Role::Call => {
            let callee = facts.part(at, Part::Callee);
            let named = callee.map(|callee| facts.part(callee, Part::Property).unwrap_or(callee));
            named.is_some_and(|named| LOOKS_UP.contains(&file.text_of(named)))
        }
        Role::Transparent => !file.text_of(at).starts_with("await"),
        Role::Other => !file.text_of(at).starts_with("yield"),
        Role::Identifier | Role::Member | Role::Subscript | Role::String | Role::Template | Role::Number => true,
        Role::True | Role::False | Role::Null | Role::Comment | Role::Type => true,
        Role::And | Role::Or | Role::Coalesce | Role::Not | Role::Equal | Role::NotEqual | Role::Guard => true,
        _ => false,
    }
}

/// `a.label`, `{ label: 1 }`, `f(label=1)`: something else is called so.
fn is_another_name(values: &FlagValues<'_>, at: NodeId) -> bool {
    let facts = values.facts;
    let parent = facts.node(at).parent;
    match facts.part_of(parent, at) {
        Some(Part::Property) => true,
        Some(Part::Key) => facts.role(parent) == Role::Pair && facts.part(parent, Part::Value) != Some(at),
        Some(Part::Name) => matches!(facts.role(parent), Role::Keyword | Role::Attribute),
        _ => false,
    }
}

/// The gates of one use; `None` where it may matter with the flag off.
fn of_use(values: &FlagValues<'_>, mention: NodeId) -> Option<Vec<GateAt>> {
    let facts = values.facts;
    let parent = facts.node(mention).parent;
    if matches!(facts.part_of(parent, mention), Some(Part::Name | Part::Target))
        || facts.role(mention) == Role::Destructured
    {
        return None;
    }
    let mut gates = dominance::gates(values, mention);
    if dominance::is_on(&gates) {
        gates.retain(|gate| gate.outcome.polarity == Polarity::On);
        return Some(gates);
    }
    if !gates.is_empty() && refusal(values, mention).is_some() {
        return Some(Vec::new());
    }
    // `label && on`: it is asked for, but the answer needs the flag.
    let mut child = mention;
    for at in facts.ancestors(mention).take(8) {
        match facts.role(at) {
            Role::Guard if facts.part(at, Part::Condition) == Some(child) => {
                let told = values.implied(child, true);
                let needs = told.iter().any(|outcome| outcome.polarity == Polarity::On);
                let refuses = || {
                    !told.is_empty() && facts.part(at, Part::Consequence).is_some_and(|then| only_refuses(values, then))
                };
                return (needs || refuses()).then(Vec::new);
            }
            Role::And | Role::Or | Role::Not | Role::Equal | Role::NotEqual | Role::Transparent | Role::Other => {
                child = at
            }
            _ => return None,
        }
    }
    None
}
