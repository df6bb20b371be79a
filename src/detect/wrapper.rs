//! Wrappers: what a project declares that reads flags for those who use it.
//!
//! Here is only what a wrapper is. Which declarations are wrappers is found by [`crate::gating::wrappers`]; where they are used is
//! found by [`super::flags`], once somebody says what the names of a file stand for ([`Known`]).

use super::{FlagKey, ValueType};
use crate::location::RepoPath;
use crate::report::Step;
use crate::rules::flags::Place;
use crate::terms::{Polarity, Tells};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What marks the name of a parameter that is called: what that says is known to those who hand it in.
pub(crate) const ASKED: &str = "()";

/// One declaration that reads flags for those who use it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wrapper {
    /// As declared: `isTaxV2Enabled`, `FlagService.isEnabled`.
    pub(crate) name: String,
    pub(crate) path: RepoPath,
    pub(crate) line: u32,
    /// A call yields a promise or a coroutine, which is true whatever the flag says.
    pub(crate) is_async: bool,
    pub(crate) shape: Shape,
}

impl Wrapper {
    /// Whether it says something of elements that show it.
    pub(crate) fn is_shown(&self) -> bool {
        matches!(self.shape, Shape::Asks(_) | Shape::Runs { handed: Handed::Children, .. })
    }
}

/// How a wrapper is used, and what that says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// A call yields the value.
    Call(Vec<Read>),
    /// The name itself, or the property, is the value.
    Value(Vec<Read>),
    /// A call yields an object (or the name is one) whose members hold flags.
    Object { called: bool, members: BTreeMap<String, Vec<Read>> },
    /// What is provided for the context of this name: an object whose members hold flags, or, under no name, a flag itself.
    Context { members: BTreeMap<String, Vec<Read>> },
    /// A call comes back only if the flag is on: otherwise it throws.
    Passing(Vec<Read>),
    /// A call, or an element, does nothing unless the flag is on: `if (!isOn) return null;` comes first.
    Asks(Vec<Read>),
    /// What is handed in at this place runs, or renders, only if the flag is on.
    ///
    /// What goes on by being `called`, like the `next` of middleware, is another thing than what is only shown or handed on.
    Runs {
        handed: Handed,
        called: bool,
        reads: Vec<Read>,
        /// Nothing else runs in its place.
        is_idle: bool,
    },
    /// What it decorates, itself or by what a call of it returns, is called as it is unless the flag is on.
    Decorates { by_a_call: bool, reads: Vec<Read> },
}

/// What is handed to a wrapper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Handed {
    /// The children of an element.
    Children,
    /// The argument at this position; what is decorated, where the wrapper is a decorator.
    Argument(usize),
    /// The argument at this position of what a call of the wrapper returns: `requireFlag("x")(handler)`.
    ArgumentOfResult(usize),
}

/// One flag that a wrapper reads.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Read {
    pub(crate) provider: String,
    pub(crate) key: ReadKey,
    /// Whether a true result means that the flag is on.
    pub(crate) polarity: Polarity,
    pub(crate) tells: Tells,
    pub(crate) value_type: ValueType,
    pub(crate) off_values: Vec<String>,
    pub(crate) default: Option<String>,
    /// From the wrapper to the key, outermost first; the wrapper itself is the first step.
    pub(crate) via: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ReadKey {
    /// Always this one.
    Fixed(FlagKey),
    /// What the caller hands in, at the first of these places that is there.
    Given(Vec<Place>),
    /// What a function says that the caller hands in, at the first of these places that is there.
    Asked(Vec<Place>),
}

impl Read {
    /// The key, where it is always the same.
    pub(crate) fn fixed(&self) -> Option<&FlagKey> {
        match &self.key {
            ReadKey::Fixed(key) => Some(key),
            ReadKey::Given(_) | ReadKey::Asked(_) => None,
        }
    }
}

/// What the body of a function says about calls that are believed by the function's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    /// Something is looked up by what it is handed, at these places where that can be said.
    LooksUp(Option<Vec<Place>>),
    /// Whatever it is handed, no flag decides.
    Nothing,
    /// It cannot be seen, or somebody else says what it does.
    Unknown,
}

impl Body {
    /// What is known where it is one of the two.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Nothing, other) | (other, Self::Nothing) => other,
            (one, other) if one == other => one,
            _ => Self::LooksUp(None),
        }
    }
}

/// What the names of one file stand for, as far as flags go.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Known {
    /// By the name in this file: `isTaxOn`, `flags.isTaxOn` of a namespace or object, `FlagService.isEnabled` of a class.
    wrappers: BTreeMap<String, Vec<Arc<Wrapper>>>,
    /// What functions of other files do, by the same names.
    bodies: BTreeMap<String, Body>,
}

impl Known {
    pub(crate) fn add(&mut self, name: String, wrapper: Arc<Wrapper>) {
        let known = self.wrappers.entry(name).or_default();
        if !known.contains(&wrapper) {
            known.push(wrapper);
        }
    }

    pub(crate) fn wrappers(&self, name: &str) -> &[Arc<Wrapper>] {
        self.wrappers.get(name).map_or(&[], Vec::as_slice)
    }

    /// Says what a function of another file does, under the name that it has here.
    pub(crate) fn add_body(&mut self, name: String, body: Body) {
        let body = match self.bodies.remove(&name) {
            Some(other) => other.or(body),
            None => body,
        };
        self.bodies.insert(name, body);
    }

    pub(crate) fn body(&self, name: &str) -> Option<&Body> {
        self.bodies.get(name)
    }

    /// Every name that has wrappers, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.wrappers.keys().map(String::as_str)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.wrappers.is_empty()
    }
}
