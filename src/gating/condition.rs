//! What the outcome of a condition says about flags.
//!
//! A condition *implies* a flag outcome when it can come out that way only if the flag did: `on && admin` being true
//! implies `on`; `on || admin` being true implies nothing; `!on` being false implies `on`. Both outcomes are asked for, and
//! what cannot be told is left out: an unknown never counts as a gate.

use super::dominance::GateAt;
use crate::detect::{EvaluationKind, FlagEvaluation, FlagKey};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How deep conditions and the local values they go through are followed.
const MAX_DEPTH: u32 = 24;

/// How many expressions are looked at for one question; `b = a && a; c = b && b; ...` would double them with each step.
const MAX_STEPS: u32 = 500;

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
    /// The first evaluation at a node; those after it at the same node stand behind it in `evaluations`.
    by_node: HashMap<NodeId, Vec<usize>>,
    /// Every place that gives a name a value, by name.
    writes: HashMap<&'a str, Writes>,
    /// What was asked before: every token behind a condition asks for it again.
    implied: Mutex<HashMap<(NodeId, bool), Vec<FlagOutcome>>>,
    /// What the parent of a node puts before it, as [`super::dominance`] found out.
    pub(super) before: Mutex<HashMap<NodeId, Arc<[GateAt]>>>,
}

/// How much may still be looked at for one question.
#[derive(Clone, Copy)]
struct Budget<'s> {
    depth: u32,
    steps: &'s Cell<u32>,
}

impl Budget<'_> {
    /// One level deeper; `None` when it is enough.
    fn deeper(self) -> Option<Self> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        Some(Self { depth: self.depth.checked_sub(1)?, steps: self.steps })
    }
}

/// The places that give one name a value.
#[derive(Debug, Default)]
struct Writes {
    /// By the function, class or module whose name it is: the first place, and whether it is the only one.
    by_scope: HashMap<NodeId, (Write, bool)>,
    /// Those that change what the name stands for, in source order.
    assignments: Vec<NodeId>,
}

impl Writes {
    fn add(&mut self, facts: &Facts, write: Write) {
        if facts.role(write.node) == Role::Assignment {
            self.assignments.push(write.node);
        }
        let first = self.by_scope.entry(scope_of(facts, write.node)).or_insert((write, true));
        first.1 = first.0.node == write.node;
    }

    /// True when an assignment inside the node is not the given one.
    fn assigned_in(&self, facts: &Facts, outer: NodeId, except: NodeId) -> bool {
        let from = self.assignments.partition_point(|&at| at <= outer);
        let inside = self.assignments[from..].iter().take_while(|&&at| at <= facts.node(outer).last);
        inside.take(2).any(|&at| at != except)
    }
}

/// A place that gives a name a value.
#[derive(Debug, Clone, Copy)]
struct Write {
    /// The binding, destructured name, assignment or parameter.
    node: NodeId,
    /// The value, where the name stands for exactly that.
    value: Option<NodeId>,
}

impl<'a> FlagValues<'a> {
    /// Prepares the file's evaluations for questions; `None` when the file has no facts.
    ///
    /// Under a key that nobody knows, nobody can tell whether it is off.
    pub(crate) fn new(file: &'a SourceFile, evaluations: &'a [FlagEvaluation]) -> Option<Self> {
        Self::of(file, evaluations, |evaluation| evaluation.key.is_known())
    }

    /// The same with the evaluations whose key a caller of the function gives.
    pub(crate) fn with_parameters(file: &'a SourceFile, evaluations: &'a [FlagEvaluation]) -> Option<Self> {
        Self::of(file, evaluations, |evaluation| !matches!(evaluation.key, FlagKey::Dynamic(_)))
    }

    fn of(
        file: &'a SourceFile,
        evaluations: &'a [FlagEvaluation],
        counts: impl Fn(&FlagEvaluation) -> bool,
    ) -> Option<Self> {
        let facts = file.facts()?;
        let mut by_node: HashMap<NodeId, Vec<usize>> = HashMap::new();
        for (index, evaluation) in evaluations.iter().enumerate().filter(|(_, evaluation)| counts(evaluation)) {
            by_node.entry(evaluation.node).or_default().push(index);
        }
        let mut writes: HashMap<&str, Writes> = HashMap::new();
        // Without an evaluation no question has an answer, so no name needs to be followed.
        if !evaluations.is_empty() {
            for id in facts.ids() {
                let (name, value) = match facts.role(id) {
                    Role::Binding => (facts.part(id, Part::Name), facts.part(id, Part::Value)),
                    Role::Destructured | Role::Parameter => (facts.part(id, Part::Name), None),
                    Role::Assignment => (facts.part(id, Part::Target), None),
                    _ => continue,
                };
                if let Some(name) = name {
                    writes.entry(file.text_of(name)).or_default().add(facts, Write { node: id, value });
                }
            }
        }
        Some(Self { file, facts, evaluations, by_node, writes, implied: Mutex::default(), before: Mutex::default() })
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

    fn implied_to(&self, expression: NodeId, truth: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
        let Some(budget) = budget.deeper() else { return Vec::new() };
        if let Some(evaluation) = self.carried_to(expression, budget) {
            return self.outcome(evaluation, truth);
        }
        let facts = self.facts;
        let part = |part| facts.part(expression, part);
        match facts.role(expression) {
            Role::Transparent => part(Part::Operand).map_or_else(Vec::new, |at| self.implied_to(at, truth, budget)),
            Role::Not => part(Part::Operand).map_or_else(Vec::new, |at| self.implied_to(at, !truth, budget)),
            role @ (Role::And | Role::Or) => {
                let (Some(left), Some(right)) = (part(Part::Left), part(Part::Right)) else { return Vec::new() };
                let (left, right) = (self.implied_to(left, truth, budget), self.implied_to(right, truth, budget));
                // Both operands came out this way, or only one of them is known to have.
                if (role == Role::And) == truth { union(left, right) } else { self.shared(&left, &right) }
            }
            Role::Coalesce => part(Part::Left).map_or_else(Vec::new, |at| self.implied_to(at, truth, budget)),
            role @ (Role::Equal | Role::NotEqual) => {
                let (Some(left), Some(right)) = (part(Part::Left), part(Part::Right)) else { return Vec::new() };
                self.compared(left, right, (role == Role::Equal) == truth, budget)
            }
            Role::Guard => self.ternary(expression, truth, budget),
            // An assignment used as a value: `if (on := ...)`, `a = b = ...`.
            Role::Binding => part(Part::Value).map_or_else(Vec::new, |at| self.implied_to(at, truth, budget)),
            role if role == Role::Identifier || self.is_shorthand(expression) => match self.single_value(expression) {
                Some(value) => self.implied_to(value, truth, budget),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// `on ? x : false` being true needs `on`; being false says nothing.
    fn ternary(&self, guard: NodeId, truth: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
        let part = |part| self.facts.part(guard, part);
        let (Some(condition), Some(consequence), Some(alternative)) =
            (part(Part::Condition), part(Part::Consequence), part(Part::Alternative))
        else {
            return Vec::new();
        };
        let constant = |id| match self.facts.role(id) {
            Role::True => Some(true),
            Role::False | Role::Null => Some(false),
            _ => None,
        };
        if constant(alternative) == Some(!truth) {
            union(self.implied_to(condition, true, budget), self.implied_to(consequence, truth, budget))
        } else if constant(consequence) == Some(!truth) {
            union(self.implied_to(condition, false, budget), self.implied_to(alternative, truth, budget))
        } else {
            Vec::new()
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
                OFF_VARIATIONS.contains(&text.to_ascii_lowercase().as_str())
                    || text == "0"
                    || self.evaluations[evaluation].off_values.contains(&text)
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
                let write = self.single_write(expression)?;
                match write.value {
                    Some(value) => self.carried_to(value, budget),
                    None => self.evaluation_at(write.node),
                }
            }
            _ => None,
        }
    }

    /// `{ on }`: the pair is the name and its value.
    fn is_shorthand(&self, pair: NodeId) -> bool {
        self.facts.role(pair) == Role::Pair && self.facts.part(pair, Part::Value) == Some(pair)
    }

    fn single_value(&self, identifier: NodeId) -> Option<NodeId> {
        self.single_write(identifier)?.value
    }

    /// The one place that gives this name its value, seen from here; `None` when there is none or more than one.
    fn single_write(&self, identifier: NodeId) -> Option<Write> {
        let writes = self.writes.get(self.file.text_of(identifier))?;
        // Innermost scope that writes the name wins; inside it, any second write makes the value unknown.
        let mut scopes = self.facts.ancestors(identifier).filter(|&at| is_scope(self.facts.role(at)));
        let (scope, &(write, is_only)) = scopes.find_map(|scope| Some((scope, writes.by_scope.get(&scope)?)))?;
        (is_only && !writes.assigned_in(self.facts, scope, write.node)).then_some(write)
    }

    /// The outcomes that both sides imply, by flag and not by place.
    fn shared(&self, left: &[FlagOutcome], right: &[FlagOutcome]) -> Vec<FlagOutcome> {
        let same = |a: &FlagOutcome, b: &FlagOutcome| a.polarity == b.polarity && self.key_of(*a) == self.key_of(*b);
        left.iter().filter(|a| right.iter().any(|b| same(a, b))).copied().collect()
    }
}

fn is_scope(role: Role) -> bool {
    matches!(role, Role::Function | Role::Module | Role::Class)
}

/// The function, class or module whose name a write at `node` makes.
///
/// A parameter belongs to the function that it is a child of; everything else to the nearest scope above.
fn scope_of(facts: &Facts, node: NodeId) -> NodeId {
    facts.ancestors(node).find(|&at| is_scope(facts.role(at))).unwrap_or(NodeId::MODULE)
}

fn union(mut left: Vec<FlagOutcome>, right: Vec<FlagOutcome>) -> Vec<FlagOutcome> {
    for outcome in right {
        if !left.contains(&outcome) {
            left.push(outcome);
        }
    }
    left
}
