//! Names that stand for what was there before, or with a flag for something else: `const Page = on ? NewPage : OldPage`, where
//! `OldPage` stood before in each place that says `Page` now.
//!
//! With the flag off such places are as they were. That is counted: each use of the name has to take the place of one
//! mention of the former. A former that runs something is not followed, for it would run at another time.

use super::condition::{FlagValues, scope_of};
use super::dominance::{self, GateAt};
use crate::index::places;
use crate::syntax::SourceFile;
use crate::syntax::facts::{NodeId, Part, Role};

/// Functions with more nodes are not looked through for uses.
const MAX_FUNCTION: u32 = 5_000;

/// Shorter formers stand for anything.
const MIN_FORMER: usize = 2;

/// Deeper inside of a value nothing is a former.
const MAX_DEPTH: usize = 6;

/// The gates (flag ON) of the name that stands here, or is given here, where without them it stands for the former.
pub(super) fn gates(values: &FlagValues<'_>, before: &SourceFile, node: NodeId) -> Option<Vec<GateAt>> {
    let facts = values.facts;
    let given = given_around(values, node);
    let binding = given.or_else(|| values.only_binding(node))?;
    let value = facts.part(binding, Part::Value).map(|value| facts.inner(value))?;
    let name = facts.part(binding, Part::Name).filter(|&name| facts.role(name) == Role::Identifier)?;
    let part = |part| facts.part(value, part);
    if facts.role(value) != Role::Guard {
        return None;
    }
    let (condition, yes, no) = (part(Part::Condition)?, part(Part::Consequence)?, part(Part::Alternative)?);
    let on_if = |truth: bool, former: NodeId| {
        let gates = dominance::ternary(values, condition, truth);
        (!gates.is_empty()).then_some((gates, former))
    };
    let (gates, former) = on_if(true, no).or_else(|| on_if(false, yes))?;
    let is_in = |whole: NodeId| whole <= node && node <= facts.node(whole).last;
    let is_about_it = given.is_none() || is_in(name) || is_in(former);
    (is_about_it && is_in_its_place(values, before, (binding, name, former))).then_some(gates)
}

/// The declaration of a name around this place, where it stands in the name or in the value.
fn given_around(values: &FlagValues<'_>, node: NodeId) -> Option<NodeId> {
    let facts = values.facts;
    let mut around = std::iter::once(node).chain(facts.ancestors(node)).take(MAX_DEPTH);
    let ends = |role: Role| matches!(role, Role::Function | Role::Block | Role::Class | Role::Element | Role::Module);
    let given = around.find(|&at| facts.role(at) == Role::Binding || ends(facts.role(at)))?;
    (facts.role(given) == Role::Binding).then_some(given)
}

/// Whether each use of the name stands where the former stood before, by how often both are there.
fn is_in_its_place(
    values: &FlagValues<'_>,
    before: &SourceFile,
    (binding, name, former): (NodeId, NodeId, NodeId),
) -> bool {
    let (facts, file) = (values.facts, values.file);
    let scope = scope_of(facts, binding);
    let is_plain = matches!(
        facts.role(facts.inner(former)),
        Role::Identifier | Role::Member | Role::String | Role::Number | Role::Template
    );
    let runs = |at: NodeId| matches!(facts.role(at), Role::Call | Role::Function | Role::Assignment);
    let text = file.text_of(facts.inner(former));
    if facts.role(scope) != Role::Function
        || facts.node(scope).last.0 - scope.0 > MAX_FUNCTION
        || !is_plain
        || text.len() < MIN_FORMER
        || facts.descendants(former).any(runs)
    {
        return false;
    }
    let uses = places(file.text_of(scope), file.text_of(name)).count().saturating_sub(1);
    let was = places(&before.text, text).count();
    let is = places(&file.text, text).count();
    uses > 0 && was > 0 && uses + is == was + 1
}
