//! What a call of a function of the same file says: its answer, where everything that it can return says so.

use super::writes::{Given, Write, scope_of};
use super::{Budget, FlagOutcome, FlagValues, MAX_DEPTH, MAX_STEPS, MAX_WRITES};
use crate::detect::FlagKey;
use crate::detect::waits::{is_async, is_awaited};
use crate::gating::dominance::always_leaves;
use crate::syntax::facts::{NodeId, Part, Role};
use std::cell::Cell;

/// Functions with more nodes are not read for what they return.
const MAX_FUNCTION: u32 = 1_000;

impl FlagValues<'_> {
    /// What a call of a function of this file says, where everything that it can return says so.
    pub(super) fn returned(&self, call: NodeId, truth: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
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
    pub(in crate::gating) fn keeps_flag(&self, value: NodeId) -> bool {
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
    pub(super) fn result_of(&self, function: NodeId, truth: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
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
}
