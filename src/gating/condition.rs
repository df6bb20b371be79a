//! What the outcome of a condition says about flags.
//!
//! A condition *implies* a flag outcome when it can come out that way only if the flag did: `on && admin` being true
//! implies `on`; `on || admin` being true implies nothing; `!on` being false implies `on`. Both outcomes are asked for, and
//! what cannot be told is left out: an unknown never counts as a gate.

use super::dominance::{GateAt, always_leaves};
use super::filled::Fillings;
use super::lists;
use crate::detect::flags::{Decider, FlagFacts};
use crate::detect::waits::{is_async, is_awaited};
use crate::detect::{EvaluationKind, FlagEvaluation, FlagKey};
use crate::index::modules::Family;
use crate::location::Span;
use crate::rules::flags::Words;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role, TokenClass};
use crate::terms::{Polarity, ValueType};
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How deep conditions and the local values they go through are followed.
const MAX_DEPTH: u32 = 24;

/// How many expressions are looked at for one question; `b = a && a; c = b && b; ...` would double them with each step.
const MAX_STEPS: u32 = 500;

/// Names that are given more values are not followed.
const MAX_WRITES: usize = 32;

/// Functions with more nodes are not read for what they return.
const MAX_FUNCTION: u32 = 1_000;

/// The words for a variation that means "off" everywhere; providers add their own.
const OFF_VARIATIONS: [&str; 6] = ["off", "control", "disabled", "false", "none", "default"];

/// A flag outcome: an index into the file's evaluations, and whether what the flag is about is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FlagOutcome {
    pub(crate) evaluation: usize,
    pub(crate) polarity: Polarity,
}

/// The flag evaluations of one file, and the values that carry them.
pub(crate) struct FlagValues<'a> {
    pub(crate) file: &'a SourceFile,
    pub(crate) facts: &'a Facts,
    pub(crate) evaluations: &'a [FlagEvaluation],
    /// What names say about what functions, components and values do.
    pub(super) words: &'a Words,
    /// Calls that never come back, in source order.
    leaving: &'a [NodeId],
    /// Calls that yield what a function yields, with that function, in source order.
    answering: &'a [(NodeId, NodeId)],
    /// Calls that do nothing unless something says so, in source order.
    deciding: &'a [(NodeId, Decider)],
    /// Elements that only lead elsewhere, in source order.
    refusing: &'a [NodeId],
    /// Calls that only make something that waits to be used, in source order.
    keeping: &'a [NodeId],
    /// Calls that make a plain true or false of something, with that, in source order.
    converting: &'a [(NodeId, NodeId)],
    /// Expressions that are true only while people work on the program, in source order.
    building: &'a [NodeId],
    /// Calls that keep what a function yields, with that function, in source order.
    boxing: &'a [(NodeId, NodeId)],
    /// The first evaluation at a node; those after it at the same node stand behind it in `evaluations`.
    by_node: HashMap<NodeId, Vec<usize>>,
    /// Every place that gives a name a value, by name.
    writes: HashMap<&'a str, Writes>,
    /// The functions that are declared under a name.
    functions: HashMap<&'a str, Vec<NodeId>>,
    /// What was asked before: every token behind a condition asks for it again.
    implied: Mutex<HashMap<(NodeId, bool), Vec<FlagOutcome>>>,
    /// What the parent of a node puts before it, as [`super::dominance`] found out.
    pub(super) before: Mutex<HashMap<NodeId, Arc<[GateAt]>>>,
    /// What holds wherever the list behind a name of a function is filled there, as [`super::filled`] found out.
    pub(super) only_read: Mutex<HashMap<(NodeId, &'a str), Fillings>>,
    /// What [`super::idle`] found out about local names, by what declares them.
    pub(super) idle: Mutex<HashMap<NodeId, Option<Vec<GateAt>>>>,
    /// Whether statements only put flags into states, as [`super::states`] found out.
    pub(super) setting: Mutex<HashMap<NodeId, bool>>,
}

/// How much may still be looked at for one question.
#[derive(Clone, Copy)]
pub(super) struct Budget<'s> {
    pub(super) depth: u32,
    pub(super) steps: &'s Cell<u32>,
}

impl Budget<'_> {
    /// One level deeper; `None` when it is enough.
    pub(super) fn deeper(self) -> Option<Self> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        Some(Self { depth: self.depth.checked_sub(1)?, steps: self.steps })
    }
}

/// The places that give one name a value.
#[derive(Debug, Default)]
struct Writes {
    /// By the function, class or module that they stand in, in source order.
    by_scope: HashMap<NodeId, Vec<Write>>,
    /// Those that change what the name stands for, in source order, with where they stand.
    assignments: Vec<(NodeId, NodeId)>,
}

impl Writes {
    fn add(&mut self, facts: &Facts, write: Write) {
        let scope = scope_of(facts, write.node);
        if facts.role(write.node) == Role::Assignment {
            self.assignments.push((write.node, scope));
        }
        self.by_scope.entry(scope).or_default().push(write);
    }

    /// The places right in this scope, where it declares the name.
    fn declared_in(&self, facts: &Facts, scope: NodeId) -> Option<&[Write]> {
        let writes = self.by_scope.get(&scope)?;
        let mut first = writes.iter().take(MAX_WRITES);
        first.any(|write| facts.role(write.node) != Role::Assignment).then_some(writes)
    }

    /// True when a function inside the scope assigns the name: nobody knows when it runs.
    fn assigned_inside(&self, facts: &Facts, scope: NodeId) -> bool {
        let from = self.assignments.partition_point(|&(at, _)| at <= scope);
        let inside = self.assignments[from..].iter().take_while(|&&(at, _)| at <= facts.node(scope).last);
        // So many are not told apart.
        inside.take(MAX_WRITES + 1).enumerate().any(|(at, &(_, other))| other != scope || at == MAX_WRITES)
    }
}

/// A place that gives a name a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Write {
    /// The binding, destructured name, assignment or parameter.
    pub(super) node: NodeId,
    pub(super) value: Given,
}

/// What a place gives a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// Exactly this.
    Value(NodeId),
    /// Nothing yet: `let on;`.
    Nothing,
    /// Whatever is taken out of something, or handed in.
    Unknown,
}

impl<'a> FlagValues<'a> {
    /// Prepares the file's evaluations for questions; `None` when the file has no facts.
    ///
    /// Under a key that nobody knows, nobody can tell whether it is off.
    pub(crate) fn new(file: &'a SourceFile, flags: &'a FlagFacts) -> Option<Self> {
        Self::of(file, flags, |evaluation| evaluation.key.is_known())
    }

    /// The same with the evaluations whose key a caller of the function gives.
    pub(crate) fn with_parameters(file: &'a SourceFile, flags: &'a FlagFacts) -> Option<Self> {
        Self::of(file, flags, |evaluation| !matches!(evaluation.key, FlagKey::Dynamic(_)))
    }

    fn of(file: &'a SourceFile, flags: &'a FlagFacts, counts: impl Fn(&FlagEvaluation) -> bool) -> Option<Self> {
        let facts = file.facts()?;
        let (evaluations, leaving) = (flags.evaluations.as_slice(), flags.leaving.as_slice());
        let (answering, deciding) = (flags.answering.as_slice(), flags.deciding.as_slice());
        let (refusing, keeping) = (flags.refusing.as_slice(), flags.keeping.as_slice());
        let (converting, building) = (flags.converting.as_slice(), flags.building.as_slice());
        let boxing = flags.boxing.as_slice();
        let mut by_node: HashMap<NodeId, Vec<usize>> = HashMap::new();
        for (index, evaluation) in evaluations.iter().enumerate().filter(|(_, evaluation)| counts(evaluation)) {
            by_node.entry(evaluation.node).or_default().push(index);
        }
        let mut writes: HashMap<&str, Writes> = HashMap::new();
        let mut functions: HashMap<&str, Vec<NodeId>> = HashMap::new();
        // Without an evaluation no question has an answer, so no name needs to be followed.
        if !evaluations.is_empty() {
            for id in facts.ids() {
                let (name, value) = match facts.role(id) {
                    Role::Function => {
                        if let Some(name) = file.name_of(id) {
                            functions.entry(name).or_default().push(id);
                        }
                        continue;
                    }
                    Role::Binding => (facts.part(id, Part::Name), bound(facts, id)),
                    Role::Destructured => (facts.part(id, Part::Name), lists::taken(file, facts, id)),
                    Role::Parameter => (facts.part(id, Part::Name), Given::Unknown),
                    Role::Assignment => (facts.part(id, Part::Target), assigned(file, facts, id)),
                    _ => continue,
                };
                if let Some(name) = name {
                    writes.entry(file.text_of(name)).or_default().add(facts, Write { node: id, value });
                }
            }
        }
        let (implied, before) = (Mutex::default(), Mutex::default());
        let (only_read, idle) = (Mutex::default(), Mutex::default());
        Some(Self {
            file,
            facts,
            evaluations,
            words: &flags.words,
            leaving,
            answering,
            deciding,
            refusing,
            keeping,
            converting,
            building,
            boxing,
            by_node,
            writes,
            functions,
            implied,
            before,
            only_read,
            idle,
            setting: Mutex::default(),
        })
    }

    /// What a name that is taken out of a written list is given.
    pub(super) fn taken(&self, name: NodeId) -> Option<NodeId> {
        match lists::taken(self.file, self.facts, name) {
            Given::Value(value) => Some(value),
            Given::Nothing | Given::Unknown => None,
        }
    }

    /// Whether a call never comes back: `notFound()`.
    pub(crate) fn leaves(&self, call: NodeId) -> bool {
        self.leaving.binary_search(&call).is_ok()
    }

    /// What has to be said for a call to do anything, beside the branches around it.
    pub(super) fn decider(&self, call: NodeId) -> Option<Decider> {
        let at = self.deciding.binary_search_by_key(&call, |&(call, _)| call).ok()?;
        Some(self.deciding[at].1)
    }

    /// Whether a call only makes something that waits to be used: `useState("")`.
    pub(super) fn is_keeping(&self, call: NodeId) -> bool {
        self.keeping.binary_search(&call).is_ok()
    }

    /// What a call makes a plain true or false of: `toBoolean(on)`.
    fn converted(&self, call: NodeId) -> Option<NodeId> {
        let at = self.converting.binary_search_by_key(&call, |&(call, _)| call).ok()?;
        Some(self.converting[at].1)
    }

    /// Whether an expression is true only while people work on the program.
    fn is_building(&self, expression: NodeId) -> bool {
        self.building.binary_search(&self.facts.inner(expression)).is_ok()
    }

    /// Whether an element only leads elsewhere: `<Navigate to="/" />`.
    pub(super) fn leads_elsewhere(&self, element: NodeId) -> bool {
        self.refusing.binary_search(&element).is_ok()
    }

    /// Whether this expression comes out as `truth` only with a flag on.
    pub(super) fn needs_on(&self, expression: NodeId, truth: bool) -> bool {
        self.implied(expression, truth).iter().any(|outcome| outcome.polarity == Polarity::On)
    }

    /// The flag outcomes that this expression coming out as `truth` implies.
    pub(crate) fn implied(&self, expression: NodeId, truth: bool) -> Vec<FlagOutcome> {
        if self.evaluations.is_empty() {
            return Vec::new();
        }
        let known = || self.implied.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(outcomes) = known().get(&(expression, truth)) {
            return outcomes.clone();
        }
        let steps = Cell::new(MAX_STEPS);
        let outcomes = self.implied_to(expression, truth, Budget { depth: MAX_DEPTH, steps: &steps });
        known().insert((expression, truth), outcomes.clone());
        outcomes
    }

    /// The evaluation that this expression carries the value of, whatever its type.
    pub(crate) fn carried(&self, expression: NodeId) -> Option<usize> {
        let steps = Cell::new(MAX_STEPS);
        self.carried_to(expression, Budget { depth: MAX_DEPTH, steps: &steps })
    }

    /// The first evaluation at exactly this node.
    pub(crate) fn evaluation_at(&self, node: NodeId) -> Option<usize> {
        self.evaluations_at(node).first().copied()
    }

    /// The evaluations at exactly this node: more than one where a wrapper reads several flags.
    pub(crate) fn evaluations_at(&self, node: NodeId) -> &[usize] {
        self.by_node.get(&node).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn key_of(&self, outcome: FlagOutcome) -> &FlagKey {
        &self.evaluations[outcome.evaluation].key
    }

    /// Asks with as much room as there is for one question.
    pub(super) fn with_budget<T>(&self, ask: impl FnOnce(Budget<'_>) -> T) -> T {
        let steps = Cell::new(MAX_STEPS);
        ask(Budget { depth: MAX_DEPTH, steps: &steps })
    }

    pub(super) fn implied_to(&self, expression: NodeId, truth: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
        let Some(budget) = budget.deeper() else { return Vec::new() };
        if let Some(evaluation) = self.carried_to(expression, budget) {
            // `"off"` is a text like any other, and as true. What a wrapper makes of it is not known here.
            let is_named_off = |at: &FlagEvaluation| {
                at.value_type == ValueType::String && !at.off_values.is_empty() && at.via.is_empty()
            };
            if truth && is_named_off(&self.evaluations[evaluation]) {
                return Vec::new();
            }
            return if self.is_always_true(evaluation) { Vec::new() } else { self.outcome(evaluation, truth) };
        }
        let facts = self.facts;
        let part = |part| facts.part(expression, part);
        match facts.role(expression) {
            Role::Transparent => part(Part::Operand).map_or_else(Vec::new, |at| self.implied_to(at, truth, budget)),
            Role::Not => part(Part::Operand).map_or_else(Vec::new, |at| self.implied_to(at, !truth, budget)),
            role @ (Role::And | Role::Or) => {
                let (Some(left), Some(right)) = (part(Part::Left), part(Part::Right)) else { return Vec::new() };
                // Both operands came out this way, or only one of them is known to have; `false || on` leaves no choice.
                let both = (role == Role::And) == truth;
                // `isDev || on`: for all others it is as if that was not there.
                let is_out = |at: NodeId| self.constant(at) == Some(!truth) || truth && self.is_building(at);
                if !both && is_out(left) {
                    return self.implied_to(right, truth, budget);
                }
                if !both && is_out(right) {
                    return self.implied_to(left, truth, budget);
                }
                let (left, right) = (self.implied_to(left, truth, budget), self.implied_to(right, truth, budget));
                if both { union(left, right) } else { self.shared(&left, &right) }
            }
            Role::Coalesce => part(Part::Left).map_or_else(Vec::new, |at| self.implied_to(at, truth, budget)),
            role @ (Role::Equal | Role::NotEqual) => {
                let (Some(left), Some(right)) = (part(Part::Left), part(Part::Right)) else { return Vec::new() };
                self.compared(left, right, (role == Role::Equal) == truth, budget)
            }
            Role::Guard => self.ternary(expression, truth, budget),
            Role::Call => match self.listed(expression, budget) {
                // Who is not in this list may be in another one of the same flag.
                Some(evaluation) if !truth && self.has_more_lists(evaluation) => Vec::new(),
                Some(evaluation) => self.outcome(evaluation, truth),
                None => match self.converted(expression) {
                    Some(value) => self.implied_to(value, truth, budget),
                    None => self.returned(expression, truth, budget),
                },
            },
            Role::Member => self.returned(expression, truth, budget),
            // An assignment used as a value: `if (on := ...)`, `a = b = ...`.
            Role::Binding => part(Part::Value).map_or_else(Vec::new, |at| self.implied_to(at, truth, budget)),
            Role::Assignment => match assigned(self.file, self.facts, expression) {
                Given::Value(value) => self.implied_to(value, truth, budget),
                Given::Nothing | Given::Unknown => Vec::new(),
            },
            role if role == Role::Identifier || self.is_shorthand(expression) => self.held(expression, truth, budget),
            _ => Vec::new(),
        }
    }

    /// The flag whose value is a list of those that it is on for: `flags.newTaxShops.includes(shop)`.
    fn listed(&self, call: NodeId, budget: Budget<'_>) -> Option<usize> {
        let facts = self.facts;
        let callee = facts.part(call, Part::Callee).filter(|&at| facts.role(at) == Role::Member)?;
        let method = self.file.text_of(facts.part(callee, Part::Property)?);
        let mut arguments = facts.parts(call, Part::Argument);
        let item = arguments.next().filter(|_| self.words.asks_lists.iter().any(|asks| asks == method) && arguments.next().is_none())?;
        let list = self.carried_to(facts.part(callee, Part::Object)?, budget)?;
        // A variation that is a text has parts, too.
        (!self.is_off_variation(list, item)).then_some(list)
    }

    /// Whether the flag is kept in another list as well.
    fn has_more_lists(&self, evaluation: usize) -> bool {
        let own = &self.evaluations[evaluation];
        own.list.is_some() && self.evaluations.iter().any(|other| other.key == own.key && other.list != own.list)
    }

    /// `on ? x : false` being true needs `on`; being false says nothing.
    fn ternary(&self, guard: NodeId, truth: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
        let part = |part| self.facts.part(guard, part);
        let (Some(condition), Some(consequence), Some(alternative)) =
            (part(Part::Condition), part(Part::Consequence), part(Part::Alternative))
        else {
            return Vec::new();
        };
        if self.constant(alternative) == Some(!truth) {
            union(self.implied_to(condition, true, budget), self.implied_to(consequence, truth, budget))
        } else if self.constant(consequence) == Some(!truth) {
            union(self.implied_to(condition, false, budget), self.implied_to(alternative, truth, budget))
        } else {
            Vec::new()
        }
    }

    /// What a name says that may hold one of several values: each of those that can come out this way has to say it.
    ///
    /// `let on = false; if (x) on = isEnabled("a");`: true implies the flag, false implies nothing.
    fn held(&self, identifier: NodeId, truth: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
        let mut all: Option<Vec<FlagOutcome>> = None;
        for write in self.writes_seen(identifier) {
            let told = match write.value {
                Given::Unknown => match self.evaluation_at(write.node) {
                    Some(evaluation) => self.outcome(evaluation, truth),
                    None => self.state(write.node, truth, budget),
                },
                Given::Nothing if truth => continue,
                Given::Nothing => return Vec::new(),
                Given::Value(value) if self.constant(value) == Some(!truth) => continue,
                Given::Value(value) => self.implied_to(value, truth, budget),
            };
            if told.is_empty() {
                return told;
            }
            all = Some(all.map_or_else(|| told.clone(), |all| self.shared(&all, &told)));
        }
        all.unwrap_or_default()
    }

    /// What a call of a function of this file says, where everything that it can return says so.
    fn returned(&self, call: NodeId, truth: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
        let Some((function, _)) = self.called(call) else { return Vec::new() };
        if is_async(self.file, self.facts, function) && !is_awaited(self.file, self.facts, call) {
            return Vec::new();
        }
        self.result_of(function, truth, budget)
    }

    /// What the markup around the scripts of a component is told by a name of theirs being true.
    pub(crate) fn told_to_markup(&self, name: &str) -> Vec<FlagOutcome> {
        let steps = Cell::new(MAX_STEPS);
        let budget = Budget { depth: MAX_DEPTH, steps: &steps };
        let writes = self.writes.get(name).and_then(|writes| writes.declared_in(self.facts, NodeId::MODULE));
        match (writes, self.functions.get(name).map(Vec::as_slice)) {
            (Some(&[write]), None) => match write.value {
                Given::Value(value) => match self.boxed(value) {
                    Some(function) => self.result_of(function, true, budget),
                    None => self.implied_to(value, true, budget),
                },
                Given::Unknown => self.evaluation_at(write.node).map_or_else(Vec::new, |at| self.outcome(at, true)),
                Given::Nothing => Vec::new(),
            },
            (None, Some(&[function])) if self.is_member_by_itself(function) => self.result_of(function, true, budget),
            _ => Vec::new(),
        }
    }

    /// Whether a value only keeps what flags say: `computed(() => flags.newTax)`.
    pub(super) fn keeps_flag(&self, value: NodeId) -> bool {
        let steps = Cell::new(MAX_STEPS);
        let budget = Budget { depth: MAX_DEPTH, steps: &steps };
        self.boxed(value).is_some_and(|function| {
            !self.result_of(function, true, budget).is_empty() || !self.result_of(function, false, budget).is_empty()
        })
    }

    /// Whether a function is asked without a call: `get isOn() {..}`, `computed: { isOn() {..} }`.
    fn is_member_by_itself(&self, function: NodeId) -> bool {
        let facts = self.facts;
        let is_computed = |at: NodeId| {
            facts.role(at) == Role::Pair
                && facts.part(at, Part::Key).is_some_and(|key| self.file.text_of(key) == "computed")
        };
        let text = self.file.text_of(function).trim_start_matches(|c: char| c == '@' || c.is_whitespace());
        let is_getter = text.starts_with("get ") || text.split_whitespace().take(3).any(|word| word == "get");
        !is_async(self.file, facts, function)
            && (is_getter && facts.enclosing(facts.node(function).parent, Role::Class).next().is_some()
                || facts.ancestors(function).take(3).any(is_computed))
    }

    /// The function that a call keeps the answer of: `computed(() => on)`.
    fn boxed(&self, value: NodeId) -> Option<NodeId> {
        let at = self.boxing.binary_search_by_key(&self.facts.inner(value), |&(call, _)| call).ok()?;
        Some(self.boxing[at].1)
    }

    /// What a function says, where everything that it can return says so.
    fn result_of(&self, function: NodeId, truth: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
        let facts = self.facts;
        let Some(body) = facts.part(function, Part::Body) else { return Vec::new() };
        if facts.node(body).last.0 - body.0 > MAX_FUNCTION {
            return Vec::new();
        }
        let results: Vec<Option<NodeId>> = match facts.role(body) {
            Role::Block => {
                let own = |&at: &NodeId| facts.enclosing(at, Role::Function).next() == Some(function);
                let exits = facts.descendants(body).filter(|&at| facts.role(at) == Role::Exit).filter(own);
                let exits = exits.filter(|&at| self.file.text_of(at).starts_with("return"));
                let end = (!always_leaves(self, body)).then_some(None);
                exits.map(|at| facts.part(at, Part::Value)).chain(end).take(MAX_WRITES + 1).collect()
            }
            _ => vec![Some(body)],
        };
        if results.len() > MAX_WRITES {
            return Vec::new();
        }
        let mut all: Option<Vec<FlagOutcome>> = None;
        for result in results {
            let told = match result {
                Some(value) if self.constant(value) == Some(!truth) => continue,
                Some(value) => self.implied_to(value, truth, budget),
                // Nothing is as good as false.
                None if truth => continue,
                None => return Vec::new(),
            };
            all = Some(all.map_or_else(|| told.clone(), |all| self.shared(&all, &told)));
        }
        let mut told = all.unwrap_or_default();
        // What the call hands in is not followed.
        told.retain(|outcome| !matches!(self.key_of(*outcome), FlagKey::Parameter(_)));
        told
    }

    /// The only function whose answer a call can yield, with its body.
    fn called(&self, call: NodeId) -> Option<(NodeId, NodeId)> {
        let facts = self.facts;
        if let Ok(at) = self.answering.binary_search_by_key(&call, |&(call, _)| call) {
            let function = self.answering[at].1;
            return Some((function, facts.part(function, Part::Body)?));
        }
        let callee = facts.part(call, Part::Callee).filter(|&at| facts.role(at) == Role::Identifier)?;
        let name = self.file.text_of(callee);
        let function = if self.writes.contains_key(name) {
            match self.writes_seen(callee) {
                [Write { value: Given::Value(value), .. }] if facts.role(*value) == Role::Function => *value,
                _ => return None,
            }
        } else {
            let &[only] = self.functions.get(name)?.as_slice() else { return None };
            let scope = scope_of(facts, only);
            let is_seen = facts.role(scope) != Role::Class && scope <= call && call <= facts.node(scope).last;
            let is_method = facts.role(facts.node(only).parent) == Role::Object;
            (is_seen && !is_method).then_some(only)?
        };
        Some((function, facts.part(function, Part::Body)?))
    }

    /// What an expression always comes out as.
    pub(crate) fn constant(&self, mut expression: NodeId) -> Option<bool> {
        while let (Role::Transparent, Some(operand)) =
            (self.facts.role(expression), self.facts.part(expression, Part::Operand))
        {
            expression = operand;
        }
        match self.facts.role(expression) {
            Role::True => Some(true),
            Role::False | Role::Null => Some(false),
            _ => None,
        }
    }

    fn compared(&self, left: NodeId, right: NodeId, equal: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
        let (value, constant) = if self.is_literal(right) { (left, right) } else { (right, left) };
        match self.facts.role(constant) {
            Role::True => self.implied_to(value, equal, budget),
            Role::False => self.implied_to(value, !equal, budget),
            Role::String | Role::Number => match self.carried_to(value, budget) {
                Some(evaluation) => {
                    let on = !self.is_off_variation(evaluation, constant);
                    // "not this variation" says only something when the variation is the off one.
                    if equal || !on { self.outcome(evaluation, on == equal) } else { Vec::new() }
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// True for a literal that names the evaluation's variation meaning "off".
    pub(crate) fn is_off_variation(&self, evaluation: usize, literal: NodeId) -> bool {
        match self.facts.role(literal) {
            Role::False | Role::Null => true,
            _ => {
                let text = self.file.string_value(literal).unwrap_or_else(|| self.file.text_of(literal).to_owned());
                // What comes out when nobody says otherwise is what was there before.
                let default = self.evaluations[evaluation].default.as_deref().map(str::trim);
                is_off_word(&text)
                    || text == "0"
                    || default.is_some_and(|default| default.starts_with(['"', '\'', '`']) && unquoted(default) == text)
                    || self.evaluations[evaluation].off_values.contains(&text)
            }
        }
    }

    /// `variation("layout", context, "classic")`: even the default is as good as true, so being true says nothing.
    fn is_always_true(&self, evaluation: usize) -> bool {
        let default = self.evaluations[evaluation].default.as_deref().map_or("", str::trim);
        let is_text = default.len() > 2 && default.starts_with(['"', '\'', '`']);
        let is_number = default.starts_with(|c: char| c.is_ascii_digit() && c != '0');
        // Even an empty object is true in JavaScript.
        let is_script = Family::of(self.file.path.as_str()) == Some(Family::Script);
        let is_object = default.starts_with(['{', '[']) && (is_script || default.len() > 2);
        match self.evaluations[evaluation].value_type {
            ValueType::Boolean => false,
            ValueType::Object => is_object,
            // Where no type is known, an object is rather what the flag is asked for.
            ValueType::String | ValueType::Number | ValueType::Any => {
                is_text && !is_off_word(unquoted(default)) || is_number
            }
        }
    }

    fn is_literal(&self, id: NodeId) -> bool {
        matches!(self.facts.role(id), Role::True | Role::False | Role::String | Role::Number | Role::Null)
    }

    /// The evaluation's value being truthy (or a variation that is not the off one), or not.
    pub(super) fn outcome(&self, evaluation: usize, truth: bool) -> Vec<FlagOutcome> {
        let at_node = self.evaluations_at(self.evaluations[evaluation].node).iter();
        let telling = at_node.filter(|&&index| self.evaluations[index].tells.at(truth));
        telling
            .map(|&evaluation| {
                let polarity = self.evaluations[evaluation].feature();
                FlagOutcome { evaluation, polarity: if truth { polarity } else { polarity.flipped() } }
            })
            .collect()
    }

    fn carried_to(&self, expression: NodeId, budget: Budget<'_>) -> Option<usize> {
        let budget = budget.deeper()?;
        if let Some(index) = self.evaluation_at(expression)
            && matches!(self.evaluations[index].kind, EvaluationKind::Value | EvaluationKind::Name)
        {
            return Some(index);
        }
        match self.facts.role(expression) {
            Role::Transparent => self.carried_to(self.facts.part(expression, Part::Operand)?, budget),
            Role::Coalesce => self.carried_to(self.facts.part(expression, Part::Left)?, budget),
            Role::Binding => self.carried_to(self.facts.part(expression, Part::Value)?, budget),
            Role::Member => {
                let index = self.carried_to(self.facts.part(expression, Part::Object)?, budget)?;
                let property = self.file.text_of(self.facts.part(expression, Part::Property)?);
                self.evaluations[index].value_members.iter().any(|member| member == property).then_some(index)
            }
            role if role == Role::Identifier || self.is_shorthand(expression) => {
                let writes = self.writes_seen(expression);
                let &[write] = writes else { return None };
                match write.value {
                    Given::Value(value) => self.carried_to(value, budget),
                    Given::Nothing => None,
                    Given::Unknown => self.evaluation_at(write.node),
                }
            }
            _ => None,
        }
    }

    /// `{ on }`: the pair is the name and its value.
    fn is_shorthand(&self, pair: NodeId) -> bool {
        self.facts.role(pair) == Role::Pair && self.facts.part(pair, Part::Value) == Some(pair)
    }

    /// The only place that can have given this name its value, where it is a declaration.
    pub(super) fn only_binding(&self, identifier: NodeId) -> Option<NodeId> {
        let &[Write { node, value: Given::Value(_) }] = self.writes_seen(identifier) else { return None };
        (self.facts.role(node) == Role::Binding).then_some(node)
    }

    /// The places that can have given this name its value, seen from here; none where not all of them are known.
    pub(super) fn writes_seen(&self, identifier: NodeId) -> &[Write] {
        let Some(writes) = self.writes.get(self.file.text_of(identifier)) else { return &[] };
        // The innermost scope that declares the name is the one it belongs to.
        let mut scopes = self.facts.ancestors(identifier).filter(|&at| is_scope(self.facts.role(at)));
        let found = scopes.find_map(|scope| {
            let all = writes.declared_in(self.facts, scope)?;
            let mut first = all.iter().take(MAX_WRITES).filter(|write| self.facts.role(write.node) != Role::Assignment);
            first.any(|write| self.reaches(write.node, identifier)).then_some((scope, all))
        });
        let Some((scope, all)) = found else { return &[] };
        if writes.assigned_inside(self.facts, scope) {
            return &[];
        }
        let facts = self.facts;
        if facts.enclosing(identifier, Role::Function).next().is_some_and(|function| function > scope) {
            // A function inside the scope runs at any time.
            return if all.len() > MAX_WRITES { &[] } else { all };
        }
        // Of those before the last one that control always passes on its way here, none can be left.
        let before = all.partition_point(|write| write.node < identifier);
        let done = |write: &Write| facts.node(write.node).last < identifier;
        let passed = all[..before].iter().take(MAX_WRITES).rposition(|write| {
            let block = facts.node(write.node).parent;
            done(write)
                && matches!(facts.role(block), Role::Block | Role::Module)
                && identifier <= facts.node(block).last
        });
        // Those after this place come before it only in a loop that does not pass that one again.
        let from = passed.map_or(scope, |at| all[at].node);
        let around = facts.ancestors(identifier).take_while(|&at| at > from);
        let end = match around.filter(|&at| facts.role(at) == Role::Loop).last() {
            Some(outermost) => all.partition_point(|write| write.node <= facts.node(outermost).last),
            None => all[..before].iter().rposition(done).map_or(0, |last| last + 1),
        };
        let seen = all.get(passed.unwrap_or(0)..end).unwrap_or_default();
        if seen.len() > MAX_WRITES { &[] } else { seen }
    }

    /// Whether a name that is declared here can be meant there: `const` and `let` end with their block.
    fn reaches(&self, declaration: NodeId, identifier: NodeId) -> bool {
        let facts = self.facts;
        let is_pattern = |at: &NodeId| matches!(facts.role(*at), Role::Destructured | Role::Destructuring);
        let around = std::iter::once(declaration).chain(facts.ancestors(declaration)).take_while(is_pattern).last();
        let whole = around.unwrap_or(declaration);
        let before = self.file.text[..facts.node(whole).span.start as usize].trim_end();
        if facts.role(whole) == Role::Parameter || !["const", "let"].iter().any(|word| before.ends_with(word)) {
            return true;
        }
        let ends = |role: Role| {
            matches!(role, Role::Block | Role::Switch | Role::Loop | Role::Module | Role::Function | Role::Class)
        };
        let block = facts.ancestors(whole).find(|&at| ends(facts.role(at)));
        block.is_none_or(|block| block <= identifier && identifier <= facts.node(block).last)
    }

    /// The outcomes that both sides imply, by flag and not by place.
    pub(super) fn shared(&self, left: &[FlagOutcome], right: &[FlagOutcome]) -> Vec<FlagOutcome> {
        let same = |a: &FlagOutcome, b: &FlagOutcome| a.polarity == b.polarity && self.key_of(*a) == self.key_of(*b);
        left.iter().filter(|a| right.iter().any(|b| same(a, b))).copied().collect()
    }
}

fn is_off_word(text: &str) -> bool {
    OFF_VARIATIONS.contains(&text.to_ascii_lowercase().as_str())
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\'', '`'])
}

/// What a binding gives its name.
fn bound(facts: &Facts, binding: NodeId) -> Given {
    let parent = facts.role(facts.node(binding).parent);
    match facts.part(binding, Part::Value) {
        Some(value) => Given::Value(value),
        // One of many values, or what was caught or matched.
        None if facts.part(binding, Part::Name) == Some(binding) => Given::Unknown,
        None if matches!(parent, Role::Loop | Role::Case | Role::Switch) => Given::Unknown,
        None => Given::Nothing,
    }
}

/// What an assignment gives its target; `on ||= x` and `on += x` are something else.
fn assigned(file: &SourceFile, facts: &Facts, assignment: NodeId) -> Given {
    let (Some(target), Some(value)) = (facts.part(assignment, Part::Target), facts.part(assignment, Part::Value))
    else {
        return Given::Unknown;
    };
    let between = Span { start: facts.node(target).span.end, end: facts.node(value).span.start };
    let mut operators = file.tokens_in(between).iter().filter(|token| token.class == TokenClass::Code);
    let is_plain = operators.next().is_some_and(|token| token.span.text(&file.text) == "=");
    if is_plain { Given::Value(value) } else { Given::Unknown }
}

fn is_scope(role: Role) -> bool {
    matches!(role, Role::Function | Role::Module | Role::Class)
}

/// The function, class or module whose name a write at `node` makes.
///
/// A parameter belongs to the function that it is a child of; everything else to the nearest scope above.
pub(super) fn scope_of(facts: &Facts, node: NodeId) -> NodeId {
    facts.ancestors(node).find(|&at| is_scope(facts.role(at))).unwrap_or(NodeId::MODULE)
}

pub(super) fn union(mut left: Vec<FlagOutcome>, right: Vec<FlagOutcome>) -> Vec<FlagOutcome> {
    for outcome in right {
        if !left.contains(&outcome) {
            left.push(outcome);
        }
    }
    left
}
