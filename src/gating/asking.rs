//! Functions that do nothing unless a flag is on, because they ask for it first: `if (!isOn) return null;`.
//!
//! Whatever a call of such a function is there for needs the flag. Before it is asked, only names may be given values, by what does not
//! act as far as its name tells; what is handed back without the flag must be nothing at all.

use super::condition::{FlagOutcome, FlagValues};
use super::decorators::Passing;
use super::dominance;
use super::standing::{does_something, only_refuses};
use crate::detect::EvaluationKind;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::Polarity;
use std::sync::PoisonError;

/// Deeper branches are not looked into.
const MAX_DEPTH: u8 = 12;

/// The last words of calls that only write down what happened.
const TELLS: [&str; 7] = ["log", "debug", "info", "warn", "warning", "error", "exception"];

/// The flag outcomes that everything needs which the body of a function does; empty where it does something without any.
pub(super) fn needed(values: &FlagValues<'_>, body: NodeId) -> Vec<FlagOutcome> {
    Search { values, all: None, refuses: false, passing: None }.of(body)
}

/// The same of a body that refuses without them: what is asked for is missing, or an error is raised.
pub(crate) fn refused_without(values: &FlagValues<'_>, body: NodeId) -> Vec<FlagOutcome> {
    Search { values, all: None, refuses: true, passing: None }.of(body)
}

/// The same of a body that always ends in a call which only passes on: what it does beside that.
pub(super) fn needed_beside(values: &FlagValues<'_>, body: NodeId, passing: &Passing<'_>) -> Vec<FlagOutcome> {
    let facts = values.facts;
    let search = Search { values, all: None, refuses: false, passing: Some(passing) };
    let statements = facts.children(body).filter(|&at| facts.role(at) != Role::Comment);
    // Without the flag nobody comes to the end of what stands behind it, for all other ways out pass on.
    let ends_well = statements.last().is_some_and(|last| {
        let is_on = |gate: &dominance::GateAt| gate.outcome.polarity == Polarity::On;
        let is_gated = || dominance::gates(values, last).iter().any(is_on);
        facts.role(last) == Role::Exit && (passing.is_made_by(values.file, facts, last) || is_gated())
    });
    if ends_well { search.of(body) } else { Vec::new() }
}

/// Statements of more nodes are not looked through for the sake of what holds them together.
const MAX_STATEMENT: u32 = 1_000;

/// Whether a place holds together a statement that does nothing without a flag, and after which all goes on as without it:
/// the `try:` of `try: if on: pay()`.
pub(super) fn holds_what_needs_a_flag(values: &FlagValues<'_>, node: NodeId) -> bool {
    let facts = values.facts;
    let around = std::iter::once(node).chain(facts.ancestors(node));
    let around = around.take_while(|&at| !matches!(facts.role(at), Role::Function | Role::Class | Role::Module));
    let holds = |&at: &NodeId| {
        matches!(facts.role(at), Role::Guard | Role::Loop | Role::Switch)
            && facts.role(facts.node(at).parent) == Role::Block
            && facts.node(at).last.0 - at.0 <= MAX_STATEMENT
    };
    let asks = |statement: NodeId| {
        let last = facts.node(statement).last;
        values.evaluations.iter().any(|evaluation| statement <= evaluation.node && evaluation.node <= last)
    };
    let is_on = |at: NodeId| dominance::is_on(&dominance::gates(values, at));
    // What is left, or given a name, is so for what comes after as well.
    let matters_later = |at: NodeId| match facts.role(at) {
        Role::Exit | Role::Assignment => !is_on(at),
        Role::Binding | Role::Destructuring => facts.part(at, Part::Value).is_some() && !is_on(at),
        _ => false,
    };
    let known = || values.holding.lock().unwrap_or_else(PoisonError::into_inner);
    let needs = |statement: NodeId| {
        let mut search = Search { values, all: None, refuses: false, passing: None };
        asks(statement)
            && search.statement(statement, MAX_DEPTH)
            && search.all.is_some_and(|all| !all.is_empty())
            && !facts.descendants(statement).any(matters_later)
    };
    around.filter(holds).any(|statement| {
        let answer = known().get(&statement).copied();
        answer.unwrap_or_else(|| {
            let needs = needs(statement);
            known().insert(statement, needs);
            needs
        })
    })
}

struct Search<'s, 'a> {
    values: &'s FlagValues<'a>,
    /// What all that does something needs, so far.
    all: Option<Vec<FlagOutcome>>,
    /// Whether refusing is as good as doing nothing.
    refuses: bool,
    /// The one way out that is left without the flag.
    passing: Option<&'s Passing<'s>>,
}

impl Search<'_, '_> {
    fn of(mut self, body: NodeId) -> Vec<FlagOutcome> {
        let does_nothing_else = match self.values.facts.role(body) {
            Role::Block => self.block(body, MAX_DEPTH),
            _ => self.result(body, MAX_DEPTH),
        };
        self.all.filter(|_| does_nothing_else).unwrap_or_default()
    }

    /// Whether each statement does nothing, or only with the flag on.
    fn block(&mut self, block: NodeId, depth: u8) -> bool {
        let statements: Vec<NodeId> = self.values.facts.children(block).collect();
        statements.into_iter().all(|statement| self.statement(statement, depth))
    }

    fn statement(&mut self, statement: NodeId, depth: u8) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        if self.is_gated(statement) {
            return true;
        }
        let facts = self.values.facts;
        let part = |part| facts.part(statement, part);
        match facts.role(statement) {
            Role::Comment | Role::Docstring | Role::Type | Role::Copy | Role::Import => true,
            Role::Function | Role::Class => true,
            // `"use client"`, a text that documents
            Role::String => true,
            Role::Binding | Role::Destructuring => {
                part(Part::Value).is_none_or(|value| facts.role(value) == Role::Function || self.only_tells(value))
            }
            Role::Block => self.block(statement, depth),
            Role::Exit if let Some(passing) = self.passing => passing.is_made_by(self.values.file, facts, statement),
            Role::Exit if self.refuses && only_refuses(self.values, statement) => true,
            Role::Exit => part(Part::Value).is_none_or(|value| self.result(value, depth)),
            Role::Guard => {
                let is_idle = part(Part::Condition).is_some_and(|condition| self.only_tells(condition));
                let branches: Vec<NodeId> = facts
                    .parts(statement, Part::Consequence)
                    .chain(facts.parts(statement, Part::Alternative))
                    .collect();
                let is_one =
                    |branch| self.refuses && only_refuses(self.values, branch) || self.statement(branch, depth);
                is_idle && branches.into_iter().all(is_one)
            }
            Role::Loop => {
                let mut asked = facts.parts(statement, Part::Value).chain(facts.parts(statement, Part::Condition));
                let is_idle = asked.all(|asked| self.only_tells(asked));
                is_idle && part(Part::Body).is_some_and(|body| self.statement(body, depth))
            }
            // `try`
            Role::Switch if part(Part::Value).is_none() => {
                let inside: Vec<NodeId> = facts.children(statement).collect();
                inside.into_iter().all(|at| match facts.role(at) {
                    Role::Case => facts.parts(at, Part::Body).all(|body| self.only_writes_down(body)),
                    _ => self.statement(at, depth),
                })
            }
            Role::Transparent | Role::Call => self.asks_itself(statement),
            _ => false,
        }
    }

    /// Whether an expression is nothing, or something only with the flag on.
    fn result(&mut self, value: NodeId, depth: u8) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        if self.is_gated(value) {
            return true;
        }
        let facts = self.values.facts;
        let part = |part| facts.part(value, part);
        match facts.role(value) {
            Role::Null | Role::False => true,
            Role::Array => facts.children(value).next().is_none(),
            Role::Transparent => part(Part::Operand).is_some_and(|inner| self.result(inner, depth)),
            Role::And => {
                part(Part::Left).is_some_and(|left| self.only_tells(left))
                    && part(Part::Right).is_some_and(|right| self.result(right, depth))
            }
            Role::Guard => {
                part(Part::Condition).is_some_and(|condition| self.only_tells(condition))
                    && part(Part::Consequence).is_some_and(|then| self.result(then, depth))
                    && part(Part::Alternative).is_some_and(|otherwise| self.result(otherwise, depth))
            }
            // `<>{on && <New />}</>`
            Role::Element if part(Part::Name).is_none() => {
                let inside: Vec<NodeId> = facts.children(value).collect();
                inside.into_iter().all(|at| {
                    matches!(facts.role(at), Role::Comment) || facts.role(at) != Role::Copy && self.result(at, depth)
                })
            }
            _ => self.asks_itself(value),
        }
    }

    /// Whether a place is behind a flag that is on; notes which.
    fn is_gated(&mut self, node: NodeId) -> bool {
        let gates = dominance::gates(self.values, node).into_iter().map(|gate| gate.outcome);
        let on: Vec<FlagOutcome> = gates.filter(|outcome| outcome.polarity == Polarity::On).collect();
        !on.is_empty() && self.needs(on)
    }

    /// Whether a call, or an element, is itself one that does nothing without a flag.
    fn asks_itself(&mut self, mut node: NodeId) -> bool {
        let facts = self.values.facts;
        while let (Role::Transparent, Some(operand)) = (facts.role(node), facts.part(node, Part::Operand)) {
            node = operand;
        }
        let own: Vec<FlagOutcome> = self
            .values
            .evaluations_at(node)
            .iter()
            .filter(|&&index| self.values.evaluations[index].kind == EvaluationKind::Asking)
            .flat_map(|&index| self.values.outcome(index, true))
            .filter(|outcome| outcome.polarity == Polarity::On)
            .collect();
        let runs = |at: NodeId| at != node && matches!(facts.role(at), Role::Call | Role::Assignment);
        !own.is_empty() && !facts.descendants(node).any(runs) && self.needs(own)
    }

    fn needs(&mut self, on: Vec<FlagOutcome>) -> bool {
        let all = match self.all.take() {
            None => on,
            Some(all) => self.values.shared(&all, &on),
        };
        let is_one = !all.is_empty();
        self.all = Some(all);
        is_one
    }

    /// Whether an expression only finds something out, as far as names tell.
    fn only_tells(&self, expression: NodeId) -> bool {
        let facts = self.values.facts;
        let mut inside = std::iter::once(expression).chain(facts.descendants(expression));
        inside.all(|at| match facts.role(at) {
            Role::Assignment => false,
            Role::Call => !does_something(self.values.file, at),
            _ => true,
        })
    }

    /// Whether a handler of errors does no more than to write down what happened.
    fn only_writes_down(&self, body: NodeId) -> bool {
        let (facts, file) = (self.values.facts, self.values.file);
        let mut inside = std::iter::once(body).chain(facts.descendants(body));
        inside.all(|at| match facts.role(at) {
            Role::Call => file.callee_name(at).is_some_and(|name| TELLS.contains(&name)),
            Role::Assignment | Role::Loop => false,
            _ => true,
        })
    }
}
