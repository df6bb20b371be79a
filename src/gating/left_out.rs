//! What was there before and a new branch leaves out while its flag is off, and whether leaving it out lets something through.
//!
//! A page that is not shown any more is behind the flag. A check that is not made any more is not: what it kept out comes in.
//! A check is told by what it is called, by an exit that throws, by an error that it adds, and by a constant that it gives to a
//! name which decides later on whether anything goes on. Where work is left out together with its checks nothing comes in.
//! A refusal that asks for the flag as well from now on is one of them ([`enclosed::refuses_less`]).

use super::condition::{FlagValues, scope_of};
use super::dominance::always_leaves;
use super::widened::is_new;
use super::{enclosed, standing};
use crate::location::Span;
use crate::rules::words::split_words;
use crate::syntax::facts::{NodeId, Part, Role};

/// How far a mark may be from the branch that it belongs to.
const MAX_STEPS: usize = 8;

/// More nodes are not looked through.
const MAX_NODES: u32 = 5_000;

/// Whether a new branch around this place leaves out a check that was there before.
pub(super) fn lets_through(values: &FlagValues<'_>, tokens: &[Span], node: NodeId) -> bool {
    let facts = values.facts;
    let mut child = node;
    for at in std::iter::once(node).chain(facts.ancestors(node)).take(MAX_STEPS) {
        let part = facts.part_of(at, child);
        match facts.role(at) {
            Role::Guard if at == node || part == Some(Part::Condition) => {
                return of_guard(values, tokens, at)
                    || part == Some(Part::Condition) && enclosed::refuses_less(values, tokens, at);
            }
            Role::And if keeps_out_less(values, tokens, at) => return true,
            Role::And if at == node || part == Some(Part::Left) => {
                let shown =
                    facts.part(at, Part::Right).filter(|_| needs_flag(values, facts.part(at, Part::Left), true));
                if shown.is_some_and(|code| is_check(values, tokens, &[code])) {
                    return true;
                }
            }
            Role::Block | Role::Module | Role::Function | Role::Class | Role::Exit => return false,
            _ => {}
        }
        child = at;
    }
    false
}

fn of_guard(values: &FlagValues<'_>, tokens: &[Span], guard: NodeId) -> bool {
    let facts = values.facts;
    let condition = facts.part(guard, Part::Condition);
    let asks_anew = condition.is_some_and(|condition| is_new(tokens, facts.node(condition).span));
    if !asks_anew {
        return false;
    }
    let consequence = facts.part(guard, Part::Consequence);
    if needs_flag(values, condition, true) {
        return consequence.is_some_and(|code| is_check(values, tokens, &[code]));
    }
    if !needs_flag(values, condition, false) {
        return false;
    }
    let others: Vec<NodeId> = facts.parts(guard, Part::Alternative).collect();
    if !others.is_empty() {
        return is_check(values, tokens, &others);
    }
    let Some(exit) = consequence.filter(|&at| always_leaves(values, at)) else { return false };
    let rest: Vec<NodeId> = facts.children(facts.node(guard).parent).filter(|&at| at > guard).collect();
    lets_in(values, exit) && rest.iter().any(|&at| !is_new(tokens, facts.node(at).span))
        || !yields(values, &rest) && is_check(values, tokens, &rest)
}

/// Whether something comes out like this only with a flag on.
fn needs_flag(values: &FlagValues<'_>, condition: Option<NodeId>, truth: bool) -> bool {
    condition.is_some_and(|condition| values.needs_on(condition, truth))
}

/// `return true;`, `return next();`: an exit that answers yes, or hands on to what comes next.
fn lets_in(values: &FlagValues<'_>, exit: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    let mut inside = std::iter::once(exit).chain(facts.descendants(exit)).take(MAX_NODES as usize);
    inside.any(|at| match facts.role(at) {
        Role::Exit => facts.part(at, Part::Value).is_some_and(|value| facts.role(facts.inner(value)) == Role::True),
        Role::Call => facts.part(at, Part::Callee).is_some_and(|callee| file.text_of(callee) == "next"),
        _ => false,
    })
}

/// Whether statements answer something to who called.
fn yields(values: &FlagValues<'_>, statements: &[NodeId]) -> bool {
    let facts = values.facts;
    !is_small(values, statements)
        || inside_of(values, statements).any(|at| {
            let is_thrown = || ["throw", "raise"].iter().any(|word| values.file.text_of(at).starts_with(word));
            facts.role(at) == Role::Exit && facts.part(at, Part::Value).is_some() && !is_thrown()
        })
}

/// Whether there is little enough code to look through.
fn is_small(values: &FlagValues<'_>, code: &[NodeId]) -> bool {
    code.iter().map(|&at| values.facts.node(at).last.0 - at.0).sum::<u32>() < MAX_NODES
}

fn inside_of<'v>(values: &'v FlagValues<'_>, statements: &'v [NodeId]) -> impl Iterator<Item = NodeId> + 'v {
    statements.iter().flat_map(|&at| std::iter::once(at).chain(values.facts.descendants(at)))
}

/// Whether code that was there before does nothing but check.
pub(super) fn is_check(values: &FlagValues<'_>, tokens: &[Span], code: &[NodeId]) -> bool {
    let (facts, file) = (values.facts, values.file);
    if !is_small(values, code) {
        return false;
    }
    let mut checks = false;
    for at in inside_of(values, code) {
        let found = match facts.role(at) {
            Role::Call if standing::adds_an_error(values, at) => true,
            Role::Call if standing::does_something(file, at) => return false,
            Role::Call => file.callee_name(at).is_some_and(|name| begins_with(&values.words.checks, name)),
            Role::Element => {
                let holds = facts.children(at).any(|child| facts.role(child) == Role::Element);
                let name = facts.part(at, Part::Name);
                !holds && name.is_some_and(|name| begins_with(&values.words.guards, file.text_of(name)))
            }
            Role::Exit => ["throw", "raise"].iter().any(|word| file.text_of(at).starts_with(word)),
            Role::Binding | Role::Assignment => decides_later(values, code, at),
            _ => false,
        };
        checks |= found && !is_new(tokens, facts.node(at).span);
    }
    checks
}

/// Whether a function is there to keep something out.
pub(super) fn is_check_function(values: &FlagValues<'_>, tokens: &[Span], declaration: NodeId, body: NodeId) -> bool {
    values.file.name_of(declaration).is_some_and(|name| begins_with(&values.words.checks, name))
        || is_check(values, tokens, &[body])
}

fn begins_with(words: &[String], name: &str) -> bool {
    split_words(name).first().is_some_and(|first| words.iter().any(|word| word == first))
}

/// `allowed = False`, where `if not allowed: raise ..` comes later.
fn decides_later(values: &FlagValues<'_>, code: &[NodeId], given: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    let name = facts.part(given, Part::Name).or_else(|| facts.part(given, Part::Target));
    let name = name.filter(|&name| facts.role(name) == Role::Identifier).map(|name| file.text_of(name));
    let value = facts.part(given, Part::Value).map(|value| facts.role(facts.inner(value)));
    let (Some(name), Some(Role::True | Role::False)) = (name, value) else { return false };
    let last = code.iter().map(|&at| facts.node(at).last).max().unwrap_or(given);
    leaves_for(values, given, name).any(|guard| guard > last)
}

/// The branches of the function around a place that leave, and whose condition mentions a name.
fn leaves_for<'v>(values: &'v FlagValues<'_>, place: NodeId, name: &'v str) -> impl Iterator<Item = NodeId> + 'v {
    let (facts, file) = (values.facts, values.file);
    let function = facts.enclosing(place, Role::Function).next().unwrap_or_else(|| scope_of(facts, place));
    let is_small = facts.node(function).last.0 - function.0 < MAX_NODES;
    let inside = is_small.then(|| facts.descendants(function)).into_iter().flatten();
    inside.filter(move |&at| {
        let mentions = |condition: NodeId| {
            let mut inside = std::iter::once(condition).chain(facts.descendants(condition));
            inside.any(|at| facts.role(at) == Role::Identifier && file.text_of(at) == name)
        };
        facts.role(at) == Role::Guard
            && facts.part(at, Part::Condition).is_some_and(mentions)
            && facts.part(at, Part::Consequence).is_some_and(|at| always_leaves(values, at))
    })
}

/// `disabled={on && !isPaid}` in place of `disabled={!isPaid}`, `return on && user.isBanned` of `isBanned()`: what is true less often
/// from now on kept something out.
fn keeps_out_less(values: &FlagValues<'_>, tokens: &[Span], and: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    let sides = [Part::Left, Part::Right].map(|part| facts.part(and, part));
    let is_new = |at: NodeId| is_new(tokens, facts.node(at).span);
    let is_former = sides.iter().flatten().any(|&at| !is_new(at));
    if !is_former || !sides.iter().any(|&side| needs_flag(values, side.filter(|&at| is_new(at)), true)) {
        return false;
    }
    let keeps_out = |name: NodeId| {
        let words = split_words(file.text_of(name));
        words.iter().any(|word| values.words.keeps_out.iter().any(|keeps_out| keeps_out == word))
    };
    let mut child = and;
    for at in facts.ancestors(and).take(MAX_STEPS) {
        let part = |part| facts.part(at, part);
        match facts.role(at) {
            Role::Attribute | Role::Binding | Role::Pair | Role::Keyword | Role::Assignment => {
                let name = part(Part::Name).or_else(|| part(Part::Key)).or_else(|| part(Part::Target));
                return part(Part::Value) == Some(child) && name.is_some_and(keeps_out);
            }
            Role::Function => {
                return part(Part::Body) == Some(child) && part(Part::Name).is_some_and(keeps_out);
            }
            Role::And | Role::Or | Role::Transparent | Role::Exit | Role::Block | Role::Other => child = at,
            _ => return false,
        }
    }
    false
}

/// Whether what is true only with the flag on decides whether a function is left: `const owes = on && !isPaid; if (owes) return ..`.
pub(super) fn decides_an_exit(values: &FlagValues<'_>, and: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    let mut child = and;
    for at in facts.ancestors(and).take(MAX_STEPS) {
        match facts.role(at) {
            Role::Guard => {
                return facts.part(at, Part::Condition) == Some(child)
                    && needs_flag(values, Some(child), true)
                    && facts.part(at, Part::Consequence).is_some_and(|at| always_leaves(values, at));
            }
            Role::Binding => {
                let name = facts.part(at, Part::Name).filter(|&name| facts.role(name) == Role::Identifier);
                return name.is_some_and(|name| {
                    let mut leaving = leaves_for(values, at, file.text_of(name));
                    leaving.any(|guard| needs_flag(values, facts.part(guard, Part::Condition), true))
                });
            }
            Role::And | Role::Or | Role::Transparent => child = at,
            _ => return false,
        }
    }
    false
}
