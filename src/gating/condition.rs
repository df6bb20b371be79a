//! What the outcome of a condition says about flags.
//!
//! A condition *implies* a flag outcome when it can come out that way only if the flag did: `on && admin` being true
//! implies `on`; `on || admin` being true implies nothing; `!on` being false implies `on`. Both outcomes are asked for, and
//! what cannot be told is left out: an unknown never counts as a gate.

mod answers;
mod writes;

use super::dominance::GateAt;
use super::filled::Fillings;
use super::lists;
use crate::detect::flags::{Decider, FlagFacts};
use crate::detect::{EvaluationKind, FlagEvaluation, FlagKey};
use crate::index::modules::Family;
use crate::rules::flags::Words;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::{Polarity, ValueType};
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
pub(super) use writes::{Given, scope_of};
use writes::{Write, Writes, assigned, bound};

/// How deep conditions and the local values they go through are followed.
const MAX_DEPTH: u32 = 24;

/// How many expressions are looked at for one question; `b = a && a; c = b && b; ...` would double them with each step.
const MAX_STEPS: u32 = 500;

/// Names that are given more values are not followed.
const MAX_WRITES: usize = 32;

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
    /// Which statements do nothing without a flag, as [`super::asking`] found out.
    pub(super) holding: Mutex<HashMap<NodeId, bool>>,
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
            holding: Mutex::default(),
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
        let item = arguments
            .next()
            .filter(|_| self.words.asks_lists.iter().any(|asks| asks == method) && arguments.next().is_none())?;
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

pub(super) fn union(mut left: Vec<FlagOutcome>, right: Vec<FlagOutcome>) -> Vec<FlagOutcome> {
    for outcome in right {
        if !left.contains(&outcome) {
            left.push(outcome);
        }
    }
    left
}
