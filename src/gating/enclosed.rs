//! What stood there before and stands behind a flag from now on: only the branching is new, `if (on) { .. }` around it.
//!
//! With the flag on the code runs as it did. With the flag off it is left out, which is no proof where leaving it out lets
//! something through: code that refuses, leaves or decides an answer. What is new and runs as before while the flag is off
//! (`if (!on) { .. }` around it) is behind the flag whatever it does.

use super::condition::FlagValues;
use super::dominance::{self, GateAt};
use super::{left_out, standing, widened};
use crate::location::Span;
use crate::report::GateKind;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::Polarity;

/// How far a mark may be from the branch that it belongs to.
const MAX_STEPS: usize = 8;

/// The gates that the branching around a new place puts before what was there before, either way.
pub(super) fn gates(values: &FlagValues<'_>, tokens: &[Span], node: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    let before =
        |parent, child: Option<NodeId>| before(values, parent, child.filter(|&at| was_there(values, tokens, at)));
    let mut child = node;
    for at in std::iter::once(node).chain(facts.ancestors(node)).take(MAX_STEPS) {
        let part = facts.part_of(at, child);
        let found = match facts.role(at) {
            Role::Guard if at == node || part == Some(Part::Condition) => of_guard(values, tokens, at),
            // `if (on && !isPaid) return ..`: with the flag off more goes on, not less.
            Role::And if left_out::decides_an_exit(values, at) => break,
            Role::And if at == node || part == Some(Part::Left) => before(at, facts.part(at, Part::Right)),
            Role::Element if at == node || matches!(part, Some(Part::Name | Part::Attribute)) => {
                let is_shown =
                    |child: &NodeId| !matches!(facts.part_of(at, *child), Some(Part::Name | Part::Attribute));
                before(at, facts.children(at).find(is_shown))
            }
            Role::Decorator => decorated(values, tokens, at),
            Role::Block | Role::Module | Role::Function | Role::Class | Role::Exit => break,
            _ => Vec::new(),
        };
        if !found.is_empty() {
            return found;
        }
        child = at;
    }
    Vec::new()
}

/// What a decorator puts before a function that was there before.
fn decorated(values: &FlagValues<'_>, tokens: &[Span], decorator: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    let declaration = facts.node(decorator).parent;
    let body = facts.part(declaration, Part::Body).filter(|&body| was_there(values, tokens, body));
    let Some(body) = body.filter(|&body| !left_out::is_check_function(values, tokens, declaration, body)) else {
        return Vec::new();
    };
    let mut gates = dominance::put_before(values, declaration, body);
    gates.retain(|gate| gate.at >= decorator && gate.at <= facts.node(decorator).last);
    gates
}

/// What a branch puts before its consequence and, where it leaves, before what follows.
fn of_guard(values: &FlagValues<'_>, tokens: &[Span], guard: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    let part = |part| facts.part(guard, part);
    let is_former = |at: NodeId| was_there(values, tokens, at);
    // Where nothing comes after the branch, leaving it keeps nothing from going on.
    let block = facts.node(guard).parent;
    let is_last = facts.role(facts.node(block).parent) == Role::Function && facts.children(block).all(|at| at <= guard);
    let leaves = part(Part::Consequence).is_some_and(|at| !is_last && decides(values, at) || !is_former(at));
    let follows = is_followed(values, tokens, guard);
    let implied = part(Part::Condition).map(|condition| values.implied(condition, false)).unwrap_or_default();
    let mut gates = dominance::gates_behind(values, guard);
    gates.retain(|gate| match (gate.kind, gate.outcome.polarity) {
        (GateKind::Branch, Polarity::On) => !leaves,
        // `if (on && !paid) throw ..`: while the flag is off more goes on, not less.
        (GateKind::EarlyExit, Polarity::Off) => {
            follows && implied.iter().any(|outcome| outcome.polarity == Polarity::Off)
        }
        (GateKind::EarlyExit, Polarity::On) => follows,
        (_, Polarity::Off) => part(Part::Consequence).is_some_and(is_former),
        _ => true,
    });
    gates
}

/// Whether nobody asked for the flag of a gate before, `if (!on)` in place of `if (on)` is another matter, and nothing else is new
/// about the condition: `if (!on && isPaid)` leaves out more than the flag does.
pub(super) fn only_spares(values: &FlagValues<'_>, tokens: &[Span], (gate, node): (&GateAt, NodeId)) -> bool {
    let facts = values.facts;
    let start = values.evaluations[gate.outcome.evaluation].span.start;
    let around = std::iter::once(node).chain(facts.ancestors(node)).take(MAX_STEPS);
    let mut around = around.take_while(|&at| facts.role(at) != Role::Block);
    let whole = around.find_map(|at| facts.part(at, Part::Condition).filter(|_| facts.role(at) == Role::Guard));
    if let (GateKind::EarlyExit, Some(whole)) = (gate.kind, whole) {
        // `if (on) return ..`: nothing is left while the flag is off.
        return values.needs_on(whole, true) && widened::begins_new(tokens, start);
    }
    let mut open: Vec<NodeId> = whole.into_iter().collect();
    while let Some(at) = open.pop().map(|at| facts.inner(at)) {
        let needs_off = || values.needs_on(at, false);
        match facts.role(at) {
            _ if needs_off() || !widened::is_new(tokens, facts.node(at).span) => {}
            Role::And => open.extend([Part::Left, Part::Right].into_iter().filter_map(|part| facts.part(at, part))),
            _ => return false,
        }
    }
    widened::begins_new(tokens, start)
}

/// Whether a refusal that was there before asks for the flag too from now on: while it is off, nothing is refused.
pub(super) fn refuses_less(values: &FlagValues<'_>, tokens: &[Span], guard: NodeId) -> bool {
    let facts = values.facts;
    let Some(condition) = facts.part(guard, Part::Condition) else { return false };
    let former = facts.part(guard, Part::Consequence).filter(|&at| !widened::is_new(tokens, facts.node(at).span));
    // What left before, and leaves only with the flag on from now on, so that what follows goes on without it.
    let follows = facts.children(facts.node(guard).parent).any(|at| at > guard && was_there(values, tokens, at));
    former.is_some_and(|at| standing::only_refuses(values, at) || follows && keeps_out(values, at))
        && facts.part(guard, Part::Alternative).is_none()
        && values.needs_on(condition, true)
}

fn before(values: &FlagValues<'_>, parent: NodeId, child: Option<NodeId>) -> Vec<GateAt> {
    let Some(child) = child.filter(|&child| !decides(values, child)) else { return Vec::new() };
    dominance::put_before(values, parent, child)
}

/// Whether most of this was there before.
fn was_there(values: &FlagValues<'_>, tokens: &[Span], code: NodeId) -> bool {
    let (new, all) = counts(values, tokens, values.facts.node(code).span);
    2 * new < all
}

/// How many tokens of a place are new, and how many there are.
fn counts(values: &FlagValues<'_>, tokens: &[Span], span: Span) -> (usize, usize) {
    let first = tokens.partition_point(|token| token.start < span.start);
    let end = tokens.partition_point(|token| token.end <= span.end);
    (end.saturating_sub(first), values.file.tokens_in(span).len())
}

/// Whether something comes after a branch in its block that was there before.
fn is_followed(values: &FlagValues<'_>, tokens: &[Span], guard: NodeId) -> bool {
    let facts = values.facts;
    let block = facts.node(guard).parent;
    let rest = Span { start: facts.node(guard).span.end, end: facts.node(block).span.end };
    // Of a long block of new statements, each would ask all that follow it.
    let (new, all) = counts(values, tokens, rest);
    new < all && facts.children(block).any(|at| at > guard && was_there(values, tokens, at))
}

/// Whether code may leave the function that it is in with nothing: `return null`, and not with another answer.
fn keeps_out(values: &FlagValues<'_>, code: NodeId) -> bool {
    let facts = values.facts;
    let is_nothing = |at: NodeId| {
        let value = facts.part(at, Part::Value).map(|value| facts.role(facts.inner(value)));
        value.is_none_or(|role| matches!(role, Role::Null | Role::False))
    };
    let mut inside = std::iter::once(code).chain(facts.descendants(code));
    inside.any(|at| {
        let mut around = facts.ancestors(at).take_while(|&above| above != code);
        facts.role(at) == Role::Exit && is_nothing(at) && !around.any(|above| facts.role(above) == Role::Function)
    })
}

/// Whether code may leave the function that it is in.
fn decides(values: &FlagValues<'_>, code: NodeId) -> bool {
    let facts = values.facts;
    let mut inside = std::iter::once(code).chain(facts.descendants(code));
    inside.any(|at| {
        facts.role(at) == Role::Exit
            && !facts.ancestors(at).take_while(|&above| above != code).any(|above| facts.role(above) == Role::Function)
    })
}
