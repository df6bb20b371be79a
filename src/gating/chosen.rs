//! Names that stand for what was there before, or with a flag for something else: `const Page = on ? NewPage : OldPage`, where
//! `OldPage` stood before in each place that says `Page` now.
//!
//! With the flag off such places are as they were. That is counted: each use of the name has to take the place of one
//! mention of the former. A former that runs something is not followed, for it would run at another time.
//!
//! The same in statements, `url = former(); if on: url = other(); return url` where `return former()` stood before: nothing runs in
//! between but what needs the flag, and the one place that takes the value is as it was. And the same with two branches,
//! `if (on) url = other(); else url = former();`.

use super::condition::{FlagValues, scope_of};
use super::dominance::{self, GateAt};
use super::standing::only_tells;
use crate::index::places;
use crate::location::Span;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;

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

/// The gates (flag ON) of what gives a name another value than the former, where this place is the giving of the former, or takes
/// the value in its stead.
pub(super) fn overridden(
    values: &FlagValues<'_>,
    before: &SourceFile,
    tokens: &[Span],
    node: NodeId,
) -> Option<Vec<GateAt>> {
    let (facts, file) = (values.facts, values.file);
    let function = facts.enclosing(node, Role::Function).next()?;
    let body = facts.part(function, Part::Body).filter(|_| facts.node(function).last.0 - function.0 <= MAX_FUNCTION)?;
    // The statement around this place, in the order of its block.
    let statement = std::iter::once(node).chain(facts.ancestors(node)).find(|&at| facts.node(at).parent == body)?;
    let given_by = |at: NodeId| {
        let name = facts.part(at, Part::Name).or_else(|| facts.part(at, Part::Target))?;
        let is_plain =
            matches!(facts.role(at), Role::Binding | Role::Assignment) && facts.role(name) == Role::Identifier;
        is_plain.then(|| file.text_of(name))
    };
    let is_given_twice = |name: &str| facts.descendants(body).filter(|&at| given_by(at) == Some(name)).count() > 1;
    let taken = || {
        let mut names = facts.descendants(statement).filter(|&at| facts.role(at) == Role::Identifier);
        names.find(|&at| is_given_twice(file.text_of(at))).map(|at| file.text_of(at))
    };
    let name = given_by(statement).or_else(taken)?;
    let is_member = |at: NodeId| facts.part_of(facts.node(at).parent, at) == Some(Part::Property);
    let is_it = |&at: &NodeId| facts.role(at) == Role::Identifier && file.text_of(at) == name && !is_member(at);
    let writes: Vec<NodeId> = facts.descendants(body).filter(|&at| given_by(at) == Some(name)).collect();
    let (&first, others) = writes.split_first()?;
    let former = facts.part(first, Part::Value)?;
    let on = |at: NodeId| -> Vec<GateAt> {
        dominance::gates(values, at).into_iter().filter(|gate| gate.outcome.polarity == Polarity::On).collect()
    };
    let gates: Vec<GateAt> = others.iter().flat_map(|&at| on(at)).collect();
    let is_target = |at: NodeId| {
        writes.iter().any(|&write| {
            write <= at && at <= facts.node(write).last && !is_in(facts, facts.part(write, Part::Value), at)
        })
    };
    let mut reads = facts.descendants(function).filter(is_it).filter(|&at| !is_target(at) && on(at).is_empty());
    let read = reads.next().filter(|_| reads.next().is_none())?;
    let taking = std::iter::once(read).chain(facts.ancestors(read)).find(|&at| facts.node(at).parent == body)?;
    let between = facts.children(body).filter(|&at| first < at && at < taking);
    let only_with_the_flag = |at: NodeId| match facts.role(at) {
        Role::Comment => true,
        Role::Binding => facts.part(at, Part::Value).is_some_and(|value| only_tells(file, facts, value)),
        Role::Guard => {
            let condition = facts.part(at, Part::Condition);
            let mut branches = facts.parts(at, Part::Consequence).chain(facts.parts(at, Part::Alternative));
            condition.is_some_and(|condition| only_tells(file, facts, condition))
                && branches.all(|branch| !on_inside(values, branch).is_empty())
        }
        _ => false,
    };
    let text = |file: &SourceFile, at: Span| -> String { at.text(&file.text).split_whitespace().collect() };
    let wanted = text(file, facts.node(former).span);
    let count = |text: &str| text.split_whitespace().collect::<String>().matches(wanted.as_str()).count();
    let (was, is) = (count(&before.text), count(&file.text));
    // Nothing of what takes the value is new but the name, and the word that leaves.
    let span = facts.node(taking).span;
    let mut new = tokens.iter().filter(|token| span.contains(**token));
    let is_as_it_was = new.all(|&token| {
        let at = facts.innermost(token);
        is_it(&at) || facts.role(at) == Role::Exit
    });
    let is_part = statement == first || statement == taking;
    (is_part
        && facts.node(first).parent == body
        && !others.is_empty()
        && others.iter().all(|&at| !on(at).is_empty() && at < taking)
        && wanted.len() >= MIN_FORMER
        && was > 0
        && was == is
        && is_as_it_was
        && between.into_iter().all(only_with_the_flag))
    .then_some(gates)
}

/// The gates (flag ON) of what gives a name its value in one of two branches, where the other branch gives it the former, and this
/// place is that giving, or takes the value in the former's stead.
pub(super) fn given_in_both(
    values: &FlagValues<'_>,
    before: &SourceFile,
    tokens: &[Span],
    node: NodeId,
) -> Option<Vec<GateAt>> {
    let (facts, file) = (values.facts, values.file);
    let function = facts.enclosing(node, Role::Function).next()?;
    if facts.node(function).last.0 - function.0 > MAX_FUNCTION {
        return None;
    }
    let inside = std::iter::once(node).chain(facts.ancestors(node)).take_while(|&at| at != function);
    let mut blocks = inside.filter(|&at| facts.role(at) == Role::Block);
    blocks.find_map(|block| {
        let statements: Vec<NodeId> = facts.children(block).filter(|&at| facts.role(at) != Role::Comment).collect();
        let (at, (name, on, off)) =
            statements.iter().enumerate().find_map(|(at, &guard)| Some((at, branches_giving(values, guard)?)))?;
        let (guard, &taking) = (statements[at], statements.get(at + 1)?);
        let names = |at: NodeId| facts.role(at) == Role::Identifier && file.text_of(at) == name;
        let is_declared = |&at: &NodeId| {
            let said = facts.part(at, Part::Name).is_some_and(names);
            facts.role(at) == Role::Binding && said && facts.part(at, Part::Value).is_none()
        };
        let declared = statements[..at].iter().copied().find(is_declared)?;
        let is_member = |at: NodeId| facts.part_of(facts.node(at).parent, at) == Some(Part::Property);
        let is_in = |whole: NodeId, at: NodeId| whole <= at && at <= facts.node(whole).last;
        // One place takes the value, right after it was given.
        let mut said = facts.descendants(function).filter(|&at| names(at) && !is_member(at));
        let only_there = said.all(|at| is_in(declared, at) || is_in(guard, at) || is_in(taking, at));
        let takes = facts.descendants(taking).filter(|&at| names(at) && !is_member(at)).count();
        let text = |at: Span| -> String { at.text(&file.text).split_whitespace().collect() };
        let wanted = text(facts.node(off).span);
        let count = |text: &str| text.split_whitespace().collect::<String>().matches(wanted.as_str()).count();
        let (was, is) = (count(&before.text), count(&file.text));
        let mut new = tokens.iter().filter(|token| facts.node(taking).span.contains(**token));
        let is_as_it_was = new.all(|&token| names(facts.innermost(token)));
        let is_about_it =
            is_in(declared, node) || is_in(facts.node(off).parent, node) || is_in(taking, node) && names(node);
        let gates = dominance::gates(values, on).into_iter().filter(|gate| gate.outcome.polarity == Polarity::On);
        let is_former = wanted.len() >= MIN_FORMER && was > 0 && was == is;
        (only_there && takes == 1 && is_former && is_as_it_was && is_about_it).then(|| gates.collect())
    })
}

/// The name that both branches of a guard do nothing but give a value, with the value that it is given with a flag on and the one
/// with it off.
fn branches_giving<'v>(values: &FlagValues<'v>, guard: NodeId) -> Option<(&'v str, NodeId, NodeId)> {
    let (facts, file) = (values.facts, values.file);
    // What else the branch of the flag does is behind it, too.
    let given = |part: Part| {
        let branch = facts.part(guard, part).filter(|&branch| facts.role(branch) == Role::Block)?;
        let statements: Vec<NodeId> = facts.children(branch).filter(|&at| facts.role(at) != Role::Comment).collect();
        let &last = statements.last()?;
        let target = facts.part(last, Part::Target).filter(|&at| facts.role(at) == Role::Identifier)?;
        let value = facts.part(last, Part::Value).filter(|_| facts.role(last) == Role::Assignment)?;
        Some((file.text_of(target), value, statements.len() == 1))
    };
    let (one, other) = (given(Part::Consequence)?, given(Part::Alternative)?);
    let is_on = |at: NodeId| dominance::is_on(&dominance::gates(values, at));
    let (on, off) = match (is_on(one.1), is_on(other.1)) {
        _ if facts.role(guard) != Role::Guard || one.0 != other.0 => return None,
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return None,
    };
    off.2.then_some((on.0, on.1, off.1))
}

/// The gates (flag ON) that what is inside of a branch stands behind.
fn on_inside(values: &FlagValues<'_>, branch: NodeId) -> Vec<GateAt> {
    let inside = values.facts.children(branch).next().unwrap_or(branch);
    dominance::gates(values, inside).into_iter().filter(|gate| gate.outcome.polarity == Polarity::On).collect()
}

fn is_in(facts: &Facts, whole: Option<NodeId>, at: NodeId) -> bool {
    whole.is_some_and(|whole| whole <= at && at <= facts.node(whole).last)
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
