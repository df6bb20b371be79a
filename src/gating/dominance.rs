//! Which flag outcomes hold wherever control can be at a node.
//!
//! A flag evaluation *dominates* a node when every way to reach the node inside its function passes the evaluation
//! with one outcome (Prosser 1959; Lengauer and Tarjan 1979 for general graphs). Source code in structured languages needs
//! no graph: the ways to reach a statement are its enclosing branches, the operands to its left, and the earlier
//! statements of its blocks that would have left the block. Gates are listed innermost first.
//!
//! Not here: callers of the function, values that cross functions or files (`project`).

use super::asking;
use super::condition::{FlagOutcome, FlagValues};
use super::filled;
use super::standing;
use crate::detect::EvaluationKind;
use crate::detect::flags::Decider;
use crate::location::Span;
use crate::report::GateKind;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::Polarity;
use std::sync::{Arc, PoisonError};

/// More gates before one place are not listed.
const MAX_GATES: usize = 50;

/// Of an `elif`, no more of those before it are asked.
const MAX_ELIFS: usize = 200;

/// What is handed to a call and has more nodes is taken to do something by itself.
const MAX_HANDED: u32 = 2_000;

/// A flag outcome that holds at a node, and the construct that sees to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GateAt {
    pub(crate) outcome: FlagOutcome,
    pub(crate) kind: GateKind,
    /// The condition, element, decorator or call that decides.
    pub(crate) at: NodeId,
}

/// The gates that `node` stands behind, innermost first, each flag outcome once.
pub(crate) fn gates(values: &FlagValues<'_>, node: NodeId) -> Vec<GateAt> {
    let mut found: Vec<GateAt> = Vec::new();
    if values.evaluations.is_empty() {
        return found;
    }
    let facts = values.facts;
    let mut child = node;
    for parent in facts.ancestors(node) {
        step(values, parent, child).iter().for_each(|gate| push_new(values, &mut found, *gate));
        child = parent;
    }
    found
}

/// Adds a gate unless its flag outcome is there already.
fn push_new(values: &FlagValues<'_>, gates: &mut Vec<GateAt>, gate: GateAt) {
    let key = values.key_of(gate.outcome);
    let same = |other: &GateAt| other.outcome.polarity == gate.outcome.polarity && values.key_of(other.outcome) == key;
    if gates.len() < MAX_GATES && !gates.iter().any(same) {
        gates.push(gate);
    }
}

/// The gates that a branch, given by its own node, puts before code: its consequence, or what follows it.
pub(crate) fn gates_behind(values: &FlagValues<'_>, guard: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    let (Role::Guard, Some(condition)) = (facts.role(guard), facts.part(guard, Part::Condition)) else {
        return Vec::new();
    };
    let mut gates = behind(values.implied(condition, true), GateKind::Branch, condition);
    if facts.part(guard, Part::Consequence).is_some_and(|at| always_leaves(values, at)) {
        gates.extend(behind(values.implied(condition, false), GateKind::EarlyExit, condition));
    }
    // `if (amount && !on) throw ..`: what is refused needs the flag.
    if facts.part(guard, Part::Consequence).is_some_and(|at| standing::only_refuses(values, at)) {
        let refused = values.implied(condition, true).into_iter();
        let needed = refused.map(|outcome| FlagOutcome { polarity: outcome.polarity.flipped(), ..outcome });
        gates.extend(behind(needed.collect(), GateKind::EarlyExit, condition));
    }
    gates
}

/// The gates that `parent` puts before its child, each flag outcome once.
fn step(values: &FlagValues<'_>, parent: NodeId, child: NodeId) -> Arc<[GateAt]> {
    let known = || values.before.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(gates) = known().get(&child) {
        return Arc::clone(gates);
    }
    if matches!(values.facts.role(parent), Role::Block | Role::Module | Role::Case) {
        let found = statements(values, parent);
        known().extend(found);
        return known().get(&child).cloned().unwrap_or_default();
    }
    let mut gates = Vec::new();
    put_before(values, parent, child).into_iter().for_each(|gate| push_new(values, &mut gates, gate));
    let gates: Arc<[GateAt]> = gates.into();
    known().insert(child, Arc::clone(&gates));
    gates
}

/// For each statement of a block or case: the earlier ones that leave it unless a condition held, and the case itself.
fn statements(values: &FlagValues<'_>, block: NodeId) -> Vec<(NodeId, Arc<[GateAt]>)> {
    let facts = values.facts;
    let of_case = if facts.role(block) == Role::Case { case(values, block) } else { Vec::new() };
    let mut exits: Vec<GateAt> = Vec::new();
    let mut before: Arc<[GateAt]> = Arc::default();
    let mut found = Vec::new();
    for statement in facts.children(block) {
        let gates = if of_case.is_empty() || !matches!(facts.part_of(block, statement), Some(Part::Body) | None) {
            // A function of JavaScript is there from the beginning: what calls it may stand before the exit.
            if !before.is_empty() && is_hoisted(values, block, statement) {
                Arc::default()
            } else {
                Arc::clone(&before)
            }
        } else {
            let mut gates = before.to_vec();
            of_case.iter().for_each(|gate| push_new(values, &mut gates, *gate));
            gates.into()
        };
        found.push((statement, gates));
        let more = early_exit(values, statement);
        if !more.is_empty() {
            more.into_iter().for_each(|gate| push_new(values, &mut exits, gate));
            before = exits.clone().into();
        }
    }
    found
}

/// Whether a statement declares a function that something before it in the block mentions.
fn is_hoisted(values: &FlagValues<'_>, block: NodeId, statement: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    if facts.role(statement) != Role::Function || !file.text_of(statement).contains("function") {
        return false;
    }
    let Some(name) = file.name_of(statement) else { return false };
    let before = Span { start: facts.node(block).span.start, end: facts.node(statement).span.start };
    crate::index::places(before.text(&file.text), name).next().is_some()
}

pub(super) fn put_before(values: &FlagValues<'_>, parent: NodeId, child: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    let part = facts.part_of(parent, child);
    match facts.role(parent) {
        Role::Guard => branch(values, parent, child, part),
        Role::And | Role::Or if part == Some(Part::Right) => {
            let left = facts.part(parent, Part::Left).into_iter();
            let truth = facts.role(parent) == Role::And;
            left.flat_map(|left| behind(values.implied(left, truth), GateKind::ShortCircuit, left)).collect()
        }
        Role::Loop if part == Some(Part::Body) => {
            let conditions = facts.parts(parent, Part::Condition);
            let of_conditions = conditions.flat_map(|at| behind(values.implied(at, true), GateKind::Branch, at));
            of_conditions.chain(items_of(values, facts.parts(parent, Part::Value))).collect()
        }
        Role::Loop if part == Some(Part::Condition) => items_of(values, facts.parts(parent, Part::Value)),
        Role::Element => {
            let shown = !matches!(part, Some(Part::Attribute | Part::Name));
            let mut gates =
                own(values, parent, GateKind::Component, |kind| shown && matches!(kind, EvaluationKind::Component));
            gates.extend(asking(values, parent, child));
            if shown {
                let decided = decided(values, parent).into_iter();
                gates.extend(decided.map(|gate| GateAt { kind: GateKind::Component, ..gate }));
            }
            gates
        }
        Role::Call | Role::Object => {
            let mut gates = own(values, parent, GateKind::Callback, |kind| match kind {
                EvaluationKind::Callback(functions) => functions.contains(&child),
                _ => false,
            });
            gates.extend(asking(values, parent, child));
            if facts.role(parent) == Role::Call
                && values.decider(parent).is_some_and(|decider| decider != Decider::Function(facts.inner(child)))
                && !acts_at_once(values, child)
            {
                gates.extend(decided(values, parent));
            }
            if part == Some(Part::Argument) && facts.role(child) == Role::Function {
                gates.extend(items_of(values, filled::run_for_items(values, parent).into_iter()));
            }
            gates
        }
        Role::Decorator => asking(values, parent, child),
        Role::Function | Role::Class if part != Some(Part::Decorator) => {
            let decorators =
                facts.parts(parent, Part::Decorator).filter(|&at| !is_registered_below(values, parent, at));
            decorators
                .chain(facts.parts(parent, Part::Base))
                .flat_map(|at| {
                    own(values, at, GateKind::Decorator, |kind| matches!(kind, EvaluationKind::Decorator { .. }))
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What is handed to a function that does nothing without the flag matters only with it, unless handing it in runs something.
fn asking(values: &FlagValues<'_>, parent: NodeId, child: NodeId) -> Vec<GateAt> {
    let gates = own(values, parent, GateKind::EarlyExit, |kind| matches!(kind, EvaluationKind::Asking));
    let facts = values.facts;
    // `@traced("orders")`: that it is called is what decorating means.
    let called = (facts.role(parent) == Role::Decorator).then(|| facts.inner(child));
    let runs = || {
        let mut inside = std::iter::once(child).chain(facts.descendants(child)).filter(|&at| Some(at) != called);
        inside.any(|at| match facts.role(at) {
            Role::Assignment => true,
            Role::Call => !filled::only_looks(values, at),
            _ => false,
        })
    };
    if gates.is_empty() || runs() { Vec::new() } else { gates }
}

/// The gates of a call that does nothing unless something says so: `useQuery({ .., enabled: on })`.
pub(super) fn decided(values: &FlagValues<'_>, call: NodeId) -> Vec<GateAt> {
    let (outcomes, at) = match values.decider(call) {
        Some(Decider::True(condition)) => (values.implied(condition, true), condition),
        Some(Decider::False(condition)) => (values.implied(condition, false), condition),
        Some(Decider::Function(function)) => {
            let body = values.facts.part(function, Part::Body);
            (body.map(|body| asking::needed(values, body)).unwrap_or_default(), function)
        }
        None => return Vec::new(),
    };
    behind(outcomes, GateKind::Callback, at)
}

/// Whether handing something in does something by itself, whatever is done with it: `useQuery(save())`.
fn acts_at_once(values: &FlagValues<'_>, child: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    // What a function does is done later.
    let mut later = None;
    facts.node(child).last.0 - child.0 > MAX_HANDED
        || std::iter::once(child).chain(facts.descendants(child)).any(|at| {
            if later.is_some_and(|last| at <= last) {
                return false;
            }
            match facts.role(at) {
                Role::Function => {
                    later = Some(facts.node(at).last);
                    false
                }
                Role::Assignment => true,
                Role::Call => standing::does_something(file, at),
                _ => false,
            }
        })
}

/// The gates without which nothing comes of a name that is shown, or spread, here.
pub(super) fn shown_by(values: &FlagValues<'_>, node: NodeId) -> Vec<GateAt> {
    match values.facts.role(node) {
        Role::Identifier => behind(filled::shown(values, node), GateKind::Branch, node),
        _ => Vec::new(),
    }
}

/// What runs for each item of these lists runs only where they have some.
fn items_of(values: &FlagValues<'_>, lists: impl Iterator<Item = NodeId>) -> Vec<GateAt> {
    lists.flat_map(|list| behind(filled::filled(values, list), GateKind::Branch, list)).collect()
}

/// `@flag_required("x")` above `@app.get("/x")`: the route keeps the function from before, which never asks for the flag.
fn is_registered_below(values: &FlagValues<'_>, declaration: NodeId, decorator: NodeId) -> bool {
    let facts = values.facts;
    let below = facts.parts(declaration, Part::Decorator).filter(|&at| at > decorator);
    let mut named = below.filter_map(|at| facts.part(at, Part::Value)).map(|value| match facts.role(value) {
        Role::Call => facts.part(value, Part::Callee).unwrap_or(value),
        _ => value,
    });
    named.any(|name| facts.role(name) == Role::Member)
}

/// then, else, elif of a guard.
fn branch(values: &FlagValues<'_>, guard: NodeId, child: NodeId, part: Option<Part>) -> Vec<GateAt> {
    let facts = values.facts;
    let Some(condition) = facts.part(guard, Part::Condition) else { return Vec::new() };
    let kind = if is_expression(values, guard) { GateKind::Ternary } else { GateKind::Branch };
    match part {
        Some(Part::Consequence) => behind(values.implied(condition, true), kind, condition),
        Some(Part::Alternative) => {
            let mut gates = behind(values.implied(condition, false), kind, condition);
            // An `else` also stands behind every `elif` before it.
            for earlier in facts.parts(guard, Part::Alternative).take_while(|&at| at != child).take(MAX_ELIFS) {
                if let Some(condition) = facts.part(earlier, Part::Condition) {
                    gates.extend(behind(values.implied(condition, false), kind, condition));
                }
            }
            gates
        }
        _ => Vec::new(),
    }
}

/// The gates (flag ON) of a condition of a ternary that comes out like this.
pub(super) fn ternary(values: &FlagValues<'_>, condition: NodeId, truth: bool) -> Vec<GateAt> {
    let mut gates = behind(values.implied(condition, truth), GateKind::Ternary, condition);
    gates.retain(|gate| gate.outcome.polarity == Polarity::On);
    gates
}

/// A ternary starts with its condition or its value, an `if` with a keyword.
fn is_expression(values: &FlagValues<'_>, guard: NodeId) -> bool {
    let first = values.facts.children(guard).next();
    first.is_some_and(|first| values.facts.node(first).span.start == values.facts.node(guard).span.start)
}

/// The gates that a statement puts before those after it: it leaves the block unless a condition holds.
fn early_exit(values: &FlagValues<'_>, statement: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    if facts.role(statement) != Role::Guard {
        return passing(values, statement);
    }
    let Some(condition) = facts.part(statement, Part::Condition) else { return Vec::new() };
    let mut alternatives = facts.parts(statement, Part::Alternative);
    let else_leaves = match (alternatives.next(), alternatives.next()) {
        (Some(only), None) => always_leaves(values, only),
        _ => false,
    };
    if facts.part(statement, Part::Consequence).is_some_and(|at| always_leaves(values, at)) {
        behind(values.implied(condition, false), GateKind::EarlyExit, condition)
    } else if else_leaves {
        behind(values.implied(condition, true), GateKind::EarlyExit, condition)
    } else {
        Vec::new()
    }
}

/// `assertEnabled("x");`: a call that throws unless the flag is on.
fn passing(values: &FlagValues<'_>, statement: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    let mut at = statement;
    while let (Role::Transparent, Some(operand)) = (facts.role(at), facts.part(at, Part::Operand)) {
        at = operand;
    }
    own(values, at, GateKind::EarlyExit, |kind| matches!(kind, EvaluationKind::Passing))
}

/// The gates that hold where control runs off the end of a block.
pub(crate) fn gates_at_end(values: &FlagValues<'_>, block: NodeId) -> Vec<GateAt> {
    let mut gates = gates(values, block);
    for statement in values.facts.children(block) {
        early_exit(values, statement).into_iter().for_each(|gate| push_new(values, &mut gates, gate));
    }
    gates
}

/// True when control never goes past this statement or block.
pub(crate) fn always_leaves(values: &FlagValues<'_>, node: NodeId) -> bool {
    let facts = values.facts;
    match facts.role(node) {
        Role::Exit => !leaves_a_label(values, node),
        Role::Call => values.leaves(node),
        // `await redirect(..)`
        Role::Transparent => facts.part(node, Part::Operand).is_some_and(|operand| always_leaves(values, operand)),
        // `with suppress(Error): raise ..`: what leaves the inside does not leave it.
        Role::Block if is_suppressed(values, node) => false,
        Role::Block | Role::Other => {
            let last = facts.children(node).filter(|&at| !is_trivia(facts.role(at))).last();
            last.is_some_and(|last| always_leaves(values, last))
        }
        Role::Guard => {
            let then = facts.part(node, Part::Consequence).is_some_and(|at| always_leaves(values, at));
            let alternatives: Vec<_> = facts.parts(node, Part::Alternative).collect();
            let has_else = alternatives
                .last()
                .is_some_and(|&at| facts.role(at) != Role::Guard || facts.part(at, Part::Alternative).is_some());
            then && has_else
                && alternatives.iter().all(|&at| {
                    // An `elif` has its branch as consequence, and no alternatives of its own.
                    match facts.role(at) {
                        Role::Guard if facts.part(at, Part::Alternative).is_none() => {
                            facts.part(at, Part::Consequence).is_some_and(|at| always_leaves(values, at))
                        }
                        _ => always_leaves(values, at),
                    }
                })
        }
        // A `try`: its handlers are cases of a switch on nothing. Leaving needs the body and every handler, or `finally`.
        Role::Switch if facts.part(node, Part::Value).is_none() => {
            let children = |role| facts.children(node).filter(move |&at| facts.role(at) == role);
            let blocks: Vec<bool> = children(Role::Block).map(|at| always_leaves(values, at)).collect();
            let handled = children(Role::Case)
                .all(|case| facts.parts(case, Part::Body).last().is_some_and(|body| always_leaves(values, body)));
            matches!(blocks[..], [true]) && handled || matches!(blocks[..], [_, .., true])
        }
        _ => false,
    }
}

/// `out: { break out; }`: a label of a loop leaves what stands in the loop, another one may stand around next to nothing.
fn leaves_a_label(values: &FlagValues<'_>, exit: NodeId) -> bool {
    let mut words = values.file.text_of(exit).trim_end_matches(';').split_whitespace();
    let (Some("break" | "continue"), Some(label)) = (words.next(), words.next()) else { return false };
    let before = &values.file.text[..values.facts.node(exit).span.start as usize];
    let declared = before.rmatch_indices(label).find_map(|(at, _)| before[at + label.len()..].strip_prefix(':'));
    let is_of_loop = |after: &str| ["for", "while", "do"].iter().any(|word| after.trim_start().starts_with(word));
    !declared.is_some_and(is_of_loop)
}

/// The block of `with suppress(Error):`.
fn is_suppressed(values: &FlagValues<'_>, block: NodeId) -> bool {
    let before = &values.file.text[..values.facts.node(block).span.start as usize];
    let header = before.trim_end().rsplit('\n').next().unwrap_or_default().trim_start();
    let header = header.strip_prefix("async ").unwrap_or(header);
    header.starts_with("with ") && header.contains("suppress(")
}

fn is_trivia(role: Role) -> bool {
    matches!(role, Role::Comment | Role::Docstring | Role::Copy | Role::Type)
}

/// A case of a switch on a flag's variation.
fn case(values: &FlagValues<'_>, case: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    let switch = facts.node(case).parent;
    let Some(value) = (facts.role(switch) == Role::Switch).then(|| facts.part(switch, Part::Value)).flatten() else {
        return Vec::new();
    };
    let Some(evaluation) = values.carried(value) else { return Vec::new() };
    // Labels without a body of their own (`case "a": case "b":`) lead here too.
    let before: Vec<_> =
        facts.children(switch).take_while(|&at| at < case).filter(|&at| facts.role(at) == Role::Case).collect();
    let mut labelled = vec![case];
    for &earlier in before.iter().rev() {
        match facts.parts(earlier, Part::Body).last() {
            None => labelled.push(earlier),
            Some(last) if always_leaves(values, last) => break,
            // Control may fall through from the case before.
            Some(_) => return Vec::new(),
        }
    }
    if labelled.iter().any(|&at| facts.part(at, Part::Value).is_none()) {
        return Vec::new();
    }
    let mut labels = labelled.iter().flat_map(|&at| facts.parts(at, Part::Value));
    let first_is_off = labels.next().map(|label| values.is_off_variation(evaluation, label));
    match first_is_off {
        Some(off) if labels.all(|label| values.is_off_variation(evaluation, label) == off) => {
            behind(values.outcome(evaluation, !off), GateKind::Switch, value)
        }
        _ => Vec::new(),
    }
}

fn own(values: &FlagValues<'_>, node: NodeId, kind: GateKind, fits: impl Fn(&EvaluationKind) -> bool) -> Vec<GateAt> {
    match values.evaluation_at(node) {
        Some(index) if fits(&values.evaluations[index].kind) => behind(values.outcome(index, true), kind, node),
        _ => Vec::new(),
    }
}

fn behind(outcomes: Vec<FlagOutcome>, kind: GateKind, at: NodeId) -> Vec<GateAt> {
    outcomes.into_iter().map(|outcome| GateAt { outcome, kind, at }).collect()
}

/// True when one of the gates lets the node run only with a flag on.
pub(crate) fn is_on(gates: &[GateAt]) -> bool {
    gates.iter().any(|gate| gate.outcome.polarity == Polarity::On)
}
