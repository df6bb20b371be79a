//! What is added to a condition that was there before, by `||`: with the flag, or past it.
//!
//! `a || on` in place of `a` lets more through only with the flag on; `a || b || on` in place of `a || on` lets more through
//! with the flag off as well. What is added to a condition that is all new is not asked about here.

use super::condition::FlagValues;
use super::dominance::{self, GateAt};
use crate::location::Span;
use crate::report::GateKind;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::Polarity;

/// Conditions of more operands, or deeper ones, are not followed.
const MAX_OPERANDS: usize = 64;

/// Whether any of these tokens, which are in source order, is in there.
pub(super) fn is_new(tokens: &[Span], place: Span) -> bool {
    let first = tokens.get(tokens.partition_point(|token| token.start < place.start));
    first.is_some_and(|&token| place.contains(token))
}

/// The gates (flag ON) of a new operand of `||` around this place, where the other one was there before.
pub(super) fn gates(values: &FlagValues<'_>, tokens: &[Span], node: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    let mut child = node;
    for at in facts.ancestors(node) {
        match facts.role(at) {
            Role::Or => {
                let part = facts.part_of(at, child);
                let other = if part == Some(Part::Right) { Part::Left } else { Part::Right };
                let Some(other) = facts.part(at, other).map(|other| facts.node(other).span) else { break };
                let is_former = !is_new(tokens, other);
                let needs = values.implied(child, true).into_iter();
                let needs = needs.filter(|outcome| outcome.polarity == Polarity::On);
                let gates = needs.map(|outcome| GateAt { outcome, kind: GateKind::ShortCircuit, at: child });
                return if is_former && is_new(tokens, facts.node(child).span) { gates.collect() } else { Vec::new() };
            }
            Role::Call | Role::Function | Role::Block | Role::Class | Role::Module | Role::Guard => {
                // A call of the flag itself is an operand like any other.
                if facts.role(at) != Role::Call || values.evaluation_at(at).is_none() {
                    break;
                }
                child = at;
            }
            _ => child = at,
        }
    }
    Vec::new()
}

/// Whether what is new here makes a condition that was there before let more through while the flag is off.
///
/// `a || b || on` in place of `a`, `a || !on` in place of `a`, `on || a` in place of `on && a`.
pub(super) fn lets_more_through(values: &FlagValues<'_>, tokens: &[Span], node: NodeId) -> bool {
    let facts = values.facts;
    let is_former = |at: NodeId| !is_new(tokens, facts.node(at).span);
    let needs_flag = |at: NodeId| is_on_if(values, at, true);
    let Some((or, operand)) = alternative_around(values, node) else { return false };
    let whole = outermost(values, or);
    let lets = match operand {
        // The mark is new: both were asked for before.
        None => {
            let sides = [Part::Left, Part::Right].map(|part| facts.part(or, part));
            sides.iter().all(|side| side.is_some_and(is_former))
                && sides.into_iter().flatten().any(|at| !needs_flag(at))
        }
        Some(operand) => {
            // Of what asks for a flag, that it is asked for has to be new, and not only how.
            let start = facts.node(operand).span.start;
            let begins_new = tokens.binary_search_by_key(&start, |token| token.start).is_ok();
            !needs_flag(operand)
                && (begins_new || !tells_of_flag(values, operand))
                && operands(values, whole).into_iter().any(|other| other != operand && is_former(other))
        }
    };
    lets && !is_behind(values, whole) && !turns_away(values, whole)
}

/// The `||` around this place with the operand that the place is in; no operand for the mark itself.
fn alternative_around(values: &FlagValues<'_>, node: NodeId) -> Option<(NodeId, Option<NodeId>)> {
    let facts = values.facts;
    if facts.role(node) == Role::Or {
        return Some((node, None));
    }
    let mut child = node;
    for at in facts.ancestors(node).take(MAX_OPERANDS) {
        match facts.role(at) {
            Role::Or => return Some((at, Some(child))),
            // What a flag is handed to is something else than the flag.
            Role::Call if values.evaluation_at(at).is_none() && tells_of_flag(values, child) => return None,
            Role::Call | Role::Member | Role::Subscript | Role::Equal | Role::NotEqual => child = at,
            Role::Not | Role::And | Role::Transparent | Role::Other => child = at,
            _ => return None,
        }
    }
    None
}

/// The whole of `a || b || c`.
fn outermost(values: &FlagValues<'_>, or: NodeId) -> NodeId {
    let facts = values.facts;
    let around = facts.ancestors(or).take(MAX_OPERANDS);
    let around = around.take_while(|&at| matches!(facts.role(at), Role::Or | Role::Transparent));
    around.filter(|&at| facts.role(at) == Role::Or).last().unwrap_or(or)
}

/// `a`, `b` and `c` of `a || b || c`.
fn operands(values: &FlagValues<'_>, whole: NodeId) -> Vec<NodeId> {
    let facts = values.facts;
    let (mut open, mut found) = (vec![whole], Vec::new());
    while let Some(at) = open.pop().filter(|_| found.len() < MAX_OPERANDS) {
        let inner = facts.inner(at);
        match facts.role(inner) {
            Role::Or => open.extend([Part::Left, Part::Right].into_iter().filter_map(|part| facts.part(inner, part))),
            _ => found.push(at),
        }
    }
    found
}

/// Whether a condition comes out like this only with a flag on.
fn is_on_if(values: &FlagValues<'_>, condition: NodeId, truth: bool) -> bool {
    values.implied(condition, truth).iter().any(|outcome| outcome.polarity == Polarity::On)
}

fn tells_of_flag(values: &FlagValues<'_>, expression: NodeId) -> bool {
    [true, false].into_iter().any(|truth| !values.implied(expression, truth).is_empty())
}

/// Whether the condition is asked only with a flag on, or comes to nothing with it off: `on && (a || b)`.
fn is_behind(values: &FlagValues<'_>, condition: NodeId) -> bool {
    let facts = values.facts;
    let around = facts.ancestors(condition).take(MAX_OPERANDS);
    let mut around = around.take_while(|&at| matches!(facts.role(at), Role::And | Role::Or | Role::Transparent));
    around.any(|at| facts.role(at) == Role::And && is_on_if(values, at, true))
        || dominance::is_on(&dominance::gates(values, condition))
}

/// Whether it is the flag being off that the condition lets through, and what was there before now stands behind the flag:
/// `if (a || !on) return null;`.
fn turns_away(values: &FlagValues<'_>, condition: NodeId) -> bool {
    let facts = values.facts;
    let mut child = condition;
    for at in facts.ancestors(condition).take(MAX_OPERANDS) {
        match facts.role(at) {
            Role::Guard if facts.part_of(at, child) == Some(Part::Condition) => {
                let has_other = facts.part(at, Part::Alternative).is_some();
                return dominance::is_on(&dominance::gates_behind(values, at)) || has_other && is_on_if(values, child, false);
            }
            Role::And | Role::Or | Role::Not | Role::Transparent => child = at,
            _ => break,
        }
    }
    is_on_if(values, condition, false)
}
