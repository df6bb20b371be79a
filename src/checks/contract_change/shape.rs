//! What one side promises under one name, and what breaks when it becomes something else.

use crate::location::LineRange;
use crate::rules::contracts::Description;
use std::collections::{BTreeMap, BTreeSet};

/// A type, a serializer, a table of fields: what others rely on, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// What findings call it: "serializer", "GraphQL type".
    pub(super) noun: String,
    pub(super) name: String,
    pub(super) fields: BTreeMap<String, Field>,
    /// It has fields that cannot be seen here: a spread, all fields of a model.
    pub(super) open: bool,
    /// What it takes its other fields from: bases, heritage.
    pub(super) from: String,
    pub(super) kind: Kind,
    /// A description of this form says it, too, where the repository has one.
    pub(super) described: Option<Description>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// The type; empty where it is not known.
    pub(super) of: String,
    pub(super) lines: LineRange,
}

/// How types are written, and in which direction they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[Order!]!` in answers.
    GraphQlOutput,
    /// `[Order!]!` in requests.
    GraphQlInput,
    /// `string | null`
    Union,
    /// One word.
    Word,
}

/// One thing that others relied on and that is not so any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Break {
    Removed(String),
    Renamed(String, String),
    Retyped(String, String, String),
}

impl Shape {
    pub(super) fn new(noun: &str, name: &str, kind: Kind) -> Self {
        let (noun, name) = (noun.to_owned(), name.to_owned());
        Self { noun, name, fields: BTreeMap::new(), open: false, from: String::new(), kind, described: None }
    }

    pub(super) fn add(&mut self, name: &str, of: &str, lines: LineRange) {
        let of = of.split_whitespace().collect::<Vec<_>>().join(" ");
        self.fields.entry(name.to_owned()).or_insert(Field { of, lines });
    }

    /// What breaks when this becomes `new`, and the lines (of the old side) of the first field that does.
    pub(super) fn breaks(&self, new: &Self) -> Vec<(Break, LineRange)> {
        let mut found = Vec::new();
        let gone: Vec<(&String, &Field)> =
            self.fields.iter().filter(|(name, _)| !new.fields.contains_key(*name)).collect();
        // What is not seen here may still be there.
        if !new.open && self.from == new.from {
            // What a field is given goes with the field.
            let goes_along = |name: &str| {
                name.split_once('(').is_some_and(|(field, _)| gone.iter().any(|(other, _)| *other == field))
            };
            let come: BTreeSet<&String> = new.fields.keys().filter(|name| !self.fields.contains_key(*name)).collect();
            for (name, field) in gone.iter().filter(|(name, _)| !goes_along(name)) {
                let same = |other: &&&String| new.fields[**other].of == field.of;
                let renamed = match (&gone[..], come.len()) {
                    ([_], 1) => come.iter().find(same).filter(|_| !field.of.is_empty()),
                    _ => None,
                };
                let what = match renamed {
                    Some(other) => Break::Renamed((*name).clone(), (**other).clone()),
                    None => Break::Removed((*name).clone()),
                };
                found.push((what, field.lines));
            }
        }
        for (name, field) in &self.fields {
            if let Some(other) = new.fields.get(name)
                && self.kind.is_broken(&field.of, &other.of)
            {
                found.push((Break::Retyped(name.clone(), field.of.clone(), other.of.clone()), field.lines));
            }
        }
        found
    }
}

impl Kind {
    /// Whether those who rely on the old type cannot live with the new one.
    fn is_broken(self, old: &str, new: &str) -> bool {
        if old == new || old.is_empty() || new.is_empty() {
            return false;
        }
        match self {
            Self::Word => true,
            // An answer may promise more, a request may ask for less.
            Self::GraphQlOutput => !promises(new, old),
            Self::GraphQlInput => !promises(old, new),
            Self::Union => {
                // Names may stand for the same type, so only plain types can be told apart.
                let is_plain = |types: &BTreeSet<&str>| types.iter().all(|it| PLAIN.contains(it));
                let (old, new) = (members(old), members(new));
                is_plain(&old) && is_plain(&new) && old.is_disjoint(&new)
            }
        }
    }
}

/// Types of which each has values that no other has, in the words of the languages and of JSON.
const PLAIN: [&str; 16] = [
    "string",
    "str",
    "text",
    "number",
    "int",
    "float",
    "boolean",
    "bool",
    "list",
    "object",
    "string[]",
    "number[]",
    "boolean[]",
    "null",
    "undefined",
    "None",
];

/// The types that a union is made of: `string | null`, `Optional[str]`.
fn members(union: &str) -> BTreeSet<&str> {
    let union = union.strip_prefix("Optional[").and_then(|it| it.strip_suffix(']')).unwrap_or(union);
    union.split('|').map(str::trim).filter(|it| !it.is_empty()).collect()
}

/// Whether a value of the GraphQL type `strong` is always one of `weak`: `[Order!]!` of `[Order]`.
fn promises(strong: &str, weak: &str) -> bool {
    let mut weak = weak.chars().filter(|c| !c.is_whitespace()).peekable();
    for c in strong.chars().filter(|c| !c.is_whitespace()) {
        match weak.peek() {
            Some(&other) if other == c => _ = weak.next(),
            _ if c == '!' => {}
            _ => return false,
        }
    }
    weak.next().is_none()
}

impl Break {
    pub(super) fn clause(&self) -> String {
        match self {
            Self::Removed(name) => format!("`{name}` is gone"),
            Self::Renamed(old, new) => format!("`{old}` is `{new}` now"),
            Self::Retyped(name, old, new) => format!("`{name}` was `{old}` and is `{new}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_may_promise_more_and_requests_may_ask_for_less() {
        let broken = |kind: Kind, old, new| kind.is_broken(old, new);
        assert!(!broken(Kind::GraphQlOutput, "[Order]", "[Order!]!"));
        assert!(broken(Kind::GraphQlOutput, "Order!", "Order"));
        assert!(broken(Kind::GraphQlOutput, "Int!", "String!"));
        assert!(broken(Kind::GraphQlInput, "Int", "Int!"));
        assert!(!broken(Kind::GraphQlInput, "Int!", "Int"));
        assert!(broken(Kind::Union, "string", "number"));
        assert!(!broken(Kind::Union, "string", "string | null"));
        assert!(!broken(Kind::Union, "Money", "number"), "a name can stand for anything");
    }
}
