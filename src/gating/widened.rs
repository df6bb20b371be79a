//! What is added to a condition that was there before, by `||`: with the flag, or past it.
//!
//! `a || on` in place of `a` lets more through only with the flag on; `a || b || on` in place of `a || on` lets more through
//! with the flag off as well. What is added to a condition that is all new is not asked about here.
//!
//! And by `&&`: `a && !on` in place of `a`, where the other way is needed no more with the flag on.

use super::condition::FlagValues;
use super::dominance::{self, GateAt};
use crate::location::Span;
use crate::report::GateKind;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::Polarity;

/// Conditions of more operands, or deeper ones, are not followed.
const MAX_OPERANDS: usize = 64;

/// Deeper inside of a condition nothing is looked for.
const MAX_DEPTH: usize = 8;

/// Whether any of these tokens, which are in source order, is in there.
pub(super) fn is_new(tokens: &[Span], place: Span) -> bool {
    let first = tokens.get(tokens.partition_point(|token| token.start < place.start));
    first.is_some_and(|&token| place.contains(token))
}

/// Whether one of these tokens, which are in source order, begins here.
pub(super) fn begins_new(tokens: &[Span], start: u32) -> bool {
    tokens.binary_search_by_key(&start, |token| token.start).is_ok()
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
                // The parentheses that are put around it make it no other one.
                let Some(other) = facts.part(at, other).map(|other| facts.node(facts.inner(other)).span) else { break };
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

/// Whether a place is only the parentheses that are put around a former condition, for the sake of a new operand that needs a flag.
pub(super) fn only_wraps(values: &FlagValues<'_>, tokens: &[Span], node: NodeId) -> bool {
    let facts = values.facts;
    let or = facts.node(node).parent;
    let other = [Part::Left, Part::Right].into_iter().filter_map(|part| facts.part(or, part)).find(|&at| at != node);
    facts.role(node) == Role::Transparent
        && facts.role(or) == Role::Or
        && !is_new(tokens, facts.node(facts.inner(node)).span)
        && other.is_some_and(|other| is_new(tokens, facts.node(other).span) && values.needs_on(other, true))
}

/// The gates (flag ON) of `&& !on` that is added around this place, where nothing else of the condition is new: with the flag off
/// it comes out as it did.
pub(super) fn narrowed(values: &FlagValues<'_>, tokens: &[Span], node: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    let span = |at: NodeId| facts.node(at).span;
    let mut around = std::iter::once(node).chain(facts.ancestors(node)).take(MAX_DEPTH);
    let is_of_condition = |at: &NodeId| {
        !matches!(facts.role(*at), Role::Function | Role::Class | Role::Block | Role::Module | Role::Guard)
    };
    let Some(and) = around.by_ref().take_while(is_of_condition).find(|&at| facts.role(at) == Role::And) else {
        // The parentheses that are put around both.
        let inner = facts.inner(node);
        return match inner != node && facts.role(inner) == Role::And {
            true => narrowed(values, tokens, inner),
            false => Vec::new(),
        };
    };
    let operand = |part: Part| facts.part(and, part);
    let (Some(left), Some(right)) = (operand(Part::Left), operand(Part::Right)) else { return Vec::new() };
    let (added, former) = if is_new(tokens, span(left)) { (left, right) } else { (right, left) };
    // Where it is false the flag is on, so that it is true with the flag off.
    let needs = values.implied(added, false).into_iter().filter(|outcome| outcome.polarity == Polarity::On);
    let gates = needs.map(|outcome| GateAt { outcome, kind: GateKind::ShortCircuit, at: added });
    let gates: Vec<GateAt> = gates.collect();
    if gates.is_empty() || is_new(tokens, span(former)) {
        return Vec::new();
    }
    // Everything else of the condition was there before: a mark elsewhere may bind it another way.
    let inside = facts.ancestors(and).take(MAX_OPERANDS);
    let inside =
        inside.take_while(|&at| matches!(facts.role(at), Role::And | Role::Or | Role::Not | Role::Transparent));
    let (whole, own) = (inside.last().unwrap_or(and), facts.outer(and));
    let mut new = tokens.iter().filter(|token| span(whole).contains(**token));
    let is_own = |token: &Span| {
        let is_mark = |at: NodeId| span(at).contains(*token) && !span(former).contains(*token);
        span(added).contains(*token) || is_mark(and) || is_mark(own) && token.len() == 1
    };
    if new.all(is_own) { gates } else { Vec::new() }
}

/// Whether what is new here makes a condition that was there before let more through while the flag is off.
///
/// `a || b || on` in place of `a`, `a || !on` in place of `a`, `on || a` in place of `on && a`.
pub(super) fn lets_more_through(values: &FlagValues<'_>, tokens: &[Span], node: NodeId) -> bool {
    let facts = values.facts;
    let is_former = |at: NodeId| !is_new(tokens, facts.node(at).span);
    let needs_flag = |at: NodeId| values.needs_on(at, true);
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
            let begins_new = begins_new(tokens, start);
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

fn tells_of_flag(values: &FlagValues<'_>, expression: NodeId) -> bool {
    [true, false].into_iter().any(|truth| !values.implied(expression, truth).is_empty())
}

/// Whether the condition is asked only with a flag on, or comes to nothing with it off: `on && (a || b)`.
fn is_behind(values: &FlagValues<'_>, condition: NodeId) -> bool {
    let facts = values.facts;
    let around = facts.ancestors(condition).take(MAX_OPERANDS);
    let mut around = around.take_while(|&at| matches!(facts.role(at), Role::And | Role::Or | Role::Transparent));
    around.any(|at| facts.role(at) == Role::And && values.needs_on(at, true))
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
                return dominance::is_on(&dominance::gates_behind(values, at))
                    || has_other && values.needs_on(child, false);
            }
            Role::And | Role::Or | Role::Not | Role::Transparent => child = at,
            _ => break,
        }
    }
    values.needs_on(condition, false)
}
