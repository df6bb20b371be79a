//! States of components that nothing but flags is put into: `const [isOn, setOn] = useState(false)` with
//! `useEffect(() => { isEnabled("x").then(setOn); }, [])`.
//!
//! Such a state is true only where the flag was. Every use of what sets it has to be seen: a call with one value, or being handed to
//! `then`. Who has the setter as a value may put anything into it.

use super::condition::{Budget, FlagOutcome, FlagValues, scope_of};
use crate::syntax::facts::{NodeId, Part, Role};
use std::sync::PoisonError;

/// Functions with more nodes are not looked through.
const MAX_FUNCTION: u32 = 5_000;

/// States that are given more values are not followed.
const MAX_VALUES: usize = 16;

/// Deeper inside of a statement nothing is looked for.
const MAX_DEPTH: usize = 24;

/// Longer statements do more than to set a state.
const MAX_STATEMENT: u32 = 400;

impl FlagValues<'_> {
    /// What a state of this name being true, or not, says about flags.
    pub(super) fn state(&self, name: NodeId, truth: bool, budget: Budget<'_>) -> Vec<FlagOutcome> {
        let mut all: Option<Vec<FlagOutcome>> = None;
        for value in self.put_into(name).unwrap_or_default() {
            let told = match value {
                None if truth => continue,
                Some(value) if self.constant(value) == Some(!truth) => continue,
                None => return Vec::new(),
                Some(value) => self.implied_to(value, truth, budget),
            };
            if told.is_empty() {
                return told;
            }
            all = Some(all.map_or_else(|| told.clone(), |all| self.shared(&all, &told)));
        }
        all.unwrap_or_default()
    }

    /// What is put into a state, at first and later on; nothing where that is `None`. Not known where there may be more.
    fn put_into(&self, name: NodeId) -> Option<Vec<Option<NodeId>>> {
        let (facts, file) = (self.facts, self.file);
        if facts.role(name) == Role::Parameter {
            return Some(vec![Some(self.resolved(name)?)]);
        }
        let pattern = facts.node(name).parent;
        let call = facts.part(pattern, Part::Value).filter(|_| facts.role(pattern) == Role::Destructuring)?;
        let call = facts.inner(call);
        let is_state =
            facts.role(call) == Role::Call && self.is_keeping(call) && file.text_of(pattern).starts_with('[');
        let mut names = facts.children(pattern).filter(|&at| facts.role(at) == Role::Destructured && is_state);
        let (state, setter) = (names.next()?, names.next()?);
        let mut first = facts.parts(call, Part::Argument);
        let (initial, is_only) = (first.next(), first.next().is_none());
        let scope = scope_of(facts, pattern);
        let is_small = facts.node(scope).last.0 - scope.0 <= MAX_FUNCTION;
        if state != name || names.next().is_some() || !is_only || !is_small || facts.role(scope) != Role::Function {
            return None;
        }
        let mut values = vec![initial];
        let text = file.text_of(setter);
        for at in facts.descendants(scope).filter(|&at| at != setter && file.text_of(at) == text) {
            let parent = facts.node(at).parent;
            let part = facts.part_of(parent, at);
            match (facts.role(at), facts.role(parent)) {
                (Role::Identifier, Role::Member) if part == Some(Part::Property) => {}
                // `useEffect(.., [setOn])`
                (Role::Identifier, Role::Array) if facts.role(facts.node(parent).parent) == Role::Call => {}
                (Role::Identifier, Role::Call) => {
                    let mut arguments = facts.parts(parent, Part::Argument);
                    let only = arguments.next().filter(|_| arguments.next().is_none())?;
                    values.push(Some(match part {
                        Some(Part::Callee) => only,
                        _ => self.awaited_by(parent)?,
                    }));
                }
                _ => return None,
            }
            if values.len() > MAX_VALUES {
                return None;
            }
        }
        Some(values)
    }

    /// What the first parameter of a function is given that is handed to `then`.
    fn resolved(&self, parameter: NodeId) -> Option<NodeId> {
        let facts = self.facts;
        let function = facts.node(parameter).parent;
        let call = facts.node(facts.outer(function)).parent;
        let is_first = facts.part(function, Part::Parameter) == Some(parameter);
        let is_whole = facts.part(parameter, Part::Name).is_some() && facts.part(parameter, Part::Default).is_none();
        let is_argument = facts.part(call, Part::Argument) == Some(facts.outer(function));
        (facts.role(call) == Role::Call && is_first && is_whole && is_argument).then(|| self.awaited_by(call)).flatten()
    }

    /// What is waited for by `isEnabled("x").then(..)`.
    fn awaited_by(&self, call: NodeId) -> Option<NodeId> {
        let callee = self.facts.part(call, Part::Callee)?;
        let method = self.facts.part(callee, Part::Property)?;
        self.facts.part(callee, Part::Object).filter(|_| self.file.text_of(method) == "then")
    }

    /// Whether a pattern takes a state apart that says something about flags.
    pub(super) fn is_flag_state(&self, pattern: NodeId) -> bool {
        let name = self.facts.children(pattern).find(|&at| self.facts.role(at) == Role::Destructured);
        name.is_some_and(|name| self.state_tells(name))
    }

    fn state_tells(&self, name: NodeId) -> bool {
        self.with_budget(|budget| [true, false].into_iter().any(|truth| !self.state(name, truth, budget).is_empty()))
    }

    /// Whether a place is in a statement that does nothing but to put flags into such states.
    pub(super) fn is_setting_states(&self, node: NodeId) -> bool {
        let facts = self.facts;
        let is_statement = |at: NodeId| {
            let parent = facts.node(facts.outer(at)).parent;
            facts.role(at) == Role::Call && matches!(facts.role(parent), Role::Block | Role::Module)
        };
        let known = || self.setting.lock().unwrap_or_else(PoisonError::into_inner);
        let sets = |at: NodeId| {
            let told = known().get(&at).copied();
            told.unwrap_or_else(|| {
                let sets = self.only_sets_states(at);
                known().insert(at, sets);
                sets
            })
        };
        let around = std::iter::once(node).chain(facts.ancestors(node)).take(MAX_DEPTH);
        let mut around = around.take_while(|&at| facts.node(at).last.0 - at.0 <= MAX_STATEMENT);
        around.any(|at| is_statement(at) && sets(at))
    }

    /// Whether nothing else is called by a statement on the way.
    fn only_sets_states(&self, statement: NodeId) -> bool {
        let facts = self.facts;
        let inside = facts.descendants(statement);
        let mut sets = false;
        for at in inside {
            match facts.role(at) {
                Role::Assignment | Role::Element | Role::Class | Role::Loop => return false,
                Role::Call => {
                    let Some(callee) = facts.part(at, Part::Callee).map(|callee| facts.inner(callee)) else {
                        return false;
                    };
                    let is_of_flag = std::iter::once(at)
                        .chain(facts.ancestors(at))
                        .take_while(|&around| around >= statement)
                        .any(|around| self.evaluation_at(around).is_some());
                    let is_step = matches!(facts.role(callee), Role::Function) || self.awaited_by(at).is_some();
                    let is_setter = self.sets_state(callee);
                    sets |= is_setter;
                    if !(is_of_flag || is_step || is_setter) {
                        return false;
                    }
                }
                Role::Identifier => sets |= self.sets_state(at),
                _ => {}
            }
        }
        sets
    }

    /// Whether a name is what sets a state that says something about flags.
    fn sets_state(&self, name: NodeId) -> bool {
        let facts = self.facts;
        let [write] = self.writes_seen(name) else { return false };
        let pattern = facts.node(write.node).parent;
        let mut names = facts.children(pattern).filter(|&at| facts.role(at) == Role::Destructured);
        facts.role(write.node) == Role::Destructured
            && names.nth(1) == Some(write.node)
            && facts.role(pattern) == Role::Destructuring
            && self.is_flag_state(pattern)
    }
}
