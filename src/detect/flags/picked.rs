//! Flags that are kept in a list: `flags.find((flag) => flag.id === "new-tax")?.enabled`.
//!
//! What is found is the flag's record, which is there whatever the flag says; only a member of it that holds the value (or a
//! condition on that member) is an answer.

use super::{FlagKey, Reading, Text};
use crate::syntax::facts::{NodeId, Part, Role};

/// What a call picks out of a list of flags.
pub(super) struct Picked {
    pub(super) key: FlagKey,
    /// Whether what comes of the call is the flag's value, not its record.
    pub(super) is_answer: bool,
}

/// What `list.find(..)` or `list.some(..)` picks: the one flag whose key the condition names.
pub(super) fn picked(text: &Text<'_>, reading: &Reading, method: &str, call: NodeId) -> Option<Picked> {
    if !matches!(method, "find" | "some") {
        return None;
    }
    let mut arguments = text.positional(call);
    let (function, None) = (text.inner(arguments.next()?), arguments.next()) else { return None };
    let mut parameters = text.facts.parts(function, Part::Parameter);
    let (parameter, None) = (parameters.next()?, parameters.next()) else { return None };
    let results = text.results(function).filter(|_| text.role(function) == Role::Function)?;
    let [result] = results[..] else { return None };
    let one = One { text, parameter };
    let mut conditions = Vec::new();
    one.all_of(result, &mut conditions);
    let mut keys = conditions.iter().filter_map(|&at| one.key(at));
    let (key, None) = (keys.next()?, keys.next()) else { return None };
    let is_answer = conditions.iter().any(|&at| one.member(at).is_some_and(|member| reading.holds(member)));
    // `some` tells of the record only that there is one.
    (is_answer || method == "find").then_some(Picked { key, is_answer })
}

impl Text<'_> {
    /// The values of the record that a call finds: a member of it, right there or by its name.
    pub(super) fn picked_answers(&self, reading: &Reading, call: NodeId) -> Vec<NodeId> {
        if let Some(held) = self.value_member(reading, call) {
            return vec![held];
        }
        let whole = self.outer(call);
        let binding = self.parent(whole);
        if self.role(binding) != Role::Binding || self.part(binding, Part::Value) != Some(whole) {
            return Vec::new();
        }
        let Some(name) = self.part(binding, Part::Name) else { return Vec::new() };
        self.uses(binding, name).into_iter().filter_map(|at| self.value_member(reading, at)).collect()
    }
}

/// The function that looks at one record.
struct One<'t, 'a> {
    text: &'t Text<'a>,
    parameter: NodeId,
}

impl<'a> One<'_, 'a> {
    /// The conditions that all hold of what is picked.
    fn all_of(&self, condition: NodeId, found: &mut Vec<NodeId>) {
        let condition = self.text.inner(condition);
        match (self.text.role(condition), self.text.part(condition, Part::Left), self.text.part(condition, Part::Right))
        {
            (Role::And, Some(left), Some(right)) => {
                self.all_of(left, found);
                self.all_of(right, found);
            }
            _ => found.push(condition),
        }
    }

    /// `flag.id === "new-tax"`
    fn key(&self, condition: NodeId) -> Option<FlagKey> {
        let text = self.text;
        if text.role(condition) != Role::Equal {
            return None;
        }
        let (left, right) = (text.part(condition, Part::Left)?, text.part(condition, Part::Right)?);
        let value = match (self.member(left), self.member(right)) {
            (Some(_), None) => right,
            (None, Some(_)) => left,
            _ => return None,
        };
        text.key(text.inner(value)).filter(|key| key.is_known())
    }

    /// The member of the record that an expression is: `flag.id`, or `id` of `({ id })`.
    fn member(&self, expression: NodeId) -> Option<&'a str> {
        let text = self.text;
        let expression = text.inner(expression);
        let own = || text.part(self.parameter, Part::Name).map(|name| text.of(name));
        match text.role(expression) {
            Role::Member => {
                let object = text.part(expression, Part::Object)?;
                (Some(text.of(object)) == own()).then(|| text.part(expression, Part::Property).map(|at| text.of(at)))?
            }
            Role::Identifier if own().is_none() => {
                let name = text.of(expression);
                let inside = std::iter::once(self.parameter).chain(text.facts.descendants(self.parameter));
                let mut taken = inside.filter(|&at| text.role(at) == Role::Destructured);
                taken
                    .find(|&at| text.file.name_of(at) == Some(name))
                    .and_then(|at| text.part(at, Part::Key))
                    .map(|at| text.of(at))
            }
            _ => None,
        }
    }
}
