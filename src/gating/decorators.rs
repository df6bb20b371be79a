//! What a decorator makes of the function that it stands on, and whether that is more than the function itself only with a flag.
//!
//! ```python
//! def traced(func):
//!     def wrapper(*args, **kwargs):
//!         if switch_is_active("trace"):
//!             keep(args)
//!         return func(*args, **kwargs)
//!     return wrapper
//! ```
//!
//! *Passing on* means that without the flag the function is called as it was called, and what it yields is handed on; *keeping
//! back* that without the flag nothing is done at all. Only functions that do no more than to make such a wrapper are looked at.

use super::asking;
use super::condition::{FlagOutcome, FlagValues};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};

/// Larger functions are no decorators.
const MAX_NODES: u32 = 1_000;

/// A function that makes another one of what it is handed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Made {
    /// The function that is handed the one it stands on.
    pub(super) decorator: NodeId,
    /// What it makes of it.
    pub(super) wrapper: NodeId,
    /// Whether the decorator itself is made by a call: `@required("new-tax")`.
    pub(super) by_a_call: bool,
}

/// What a function at the top of a file, or a method, makes as a decorator.
pub(super) fn made_by(file: &SourceFile, facts: &Facts, function: NodeId) -> Option<Made> {
    if facts.node(function).last.0 - function.0 > MAX_NODES {
        return None;
    }
    let first = only_makes(file, facts, function)?;
    match only_makes(file, facts, first) {
        Some(wrapper) => Some(Made { decorator: first, wrapper, by_a_call: true }),
        None => Some(Made { decorator: function, wrapper: first, by_a_call: false }),
    }
}

/// The function that the body declares and returns, where it does nothing else.
fn only_makes(file: &SourceFile, facts: &Facts, function: NodeId) -> Option<NodeId> {
    let body = facts.part(function, Part::Body).filter(|&body| facts.role(body) == Role::Block)?;
    let mut made = None;
    let mut returned = None;
    for at in facts.children(body) {
        match facts.role(at) {
            Role::Comment | Role::Docstring | Role::String => {}
            Role::Function if made.is_none() && returned.is_none() => made = Some(at),
            Role::Exit if returned.is_none() => returned = facts.part(at, Part::Value),
            _ => return None,
        }
    }
    let (made, returned) = (made?, facts.inner(returned?));
    let is_it = facts.role(returned) == Role::Identifier && file.name_of(made) == Some(file.text_of(returned));
    is_it.then_some(made)
}

/// The flag outcomes without which the wrapper does nothing but to call what the decorator stands on.
pub(super) fn passes_on(values: &FlagValues<'_>, made: Made) -> Vec<FlagOutcome> {
    match (passing(values.file, values.facts, made), values.facts.part(made.wrapper, Part::Body)) {
        (Some(passing), Some(body)) => asking::needed_beside(values, body, &passing),
        _ => Vec::new(),
    }
}

/// The flag outcomes without which the wrapper does nothing.
pub(super) fn keeps_back(values: &FlagValues<'_>, made: Made) -> Vec<FlagOutcome> {
    values.facts.part(made.wrapper, Part::Body).map(|body| asking::needed(values, body)).unwrap_or_default()
}

/// The same of one that may refuse without them.
fn refuses_without(values: &FlagValues<'_>, made: Made) -> Vec<FlagOutcome> {
    values.facts.part(made.wrapper, Part::Body).map(|body| asking::refused_without(values, body)).unwrap_or_default()
}

/// The call of what the decorator stands on, as a wrapper makes it that only passes on.
pub(super) struct Passing<'a> {
    name: &'a str,
    arguments: Vec<&'a str>,
}

fn passing<'a>(file: &'a SourceFile, facts: &Facts, made: Made) -> Option<Passing<'a>> {
    let name = facts.parts(made.decorator, Part::Parameter).next().and_then(|first| file.name_of(first))?;
    let bare = |at: NodeId| file.text_of(at).split([':', '=']).next().unwrap_or_default().trim();
    Some(Passing { name, arguments: facts.parts(made.wrapper, Part::Parameter).map(bare).collect() })
}

impl Passing<'_> {
    /// Whether a way out hands everything on and hands back what comes of it: `return func(*args, **kwargs)`.
    pub(super) fn is_made_by(&self, file: &SourceFile, facts: &Facts, exit: NodeId) -> bool {
        let call = facts.part(exit, Part::Value).map(|value| facts.inner(value));
        let Some(call) = call.filter(|&call| facts.role(call) == Role::Call) else { return false };
        let callee = facts.part(call, Part::Callee).map(|callee| file.text_of(callee));
        file.text_of(exit).starts_with("return")
            && callee == Some(self.name)
            && facts.parts(call, Part::Argument).map(|at| file.text_of(at)).eq(self.arguments.iter().copied())
    }
}

/// The decorator around a place that does nothing without a flag but to pass on, to keep back or to refuse.
pub(super) fn around(values: &FlagValues<'_>, node: NodeId) -> Option<NodeId> {
    let (file, facts) = (values.file, values.facts);
    let around = std::iter::once(node).chain(facts.ancestors(node)).filter(|&at| facts.role(at) == Role::Function);
    let outermost = around.last()?;
    let made = made_by(file, facts, outermost)?;
    let is_one = |found: fn(&FlagValues<'_>, Made) -> Vec<FlagOutcome>| !found(values, made).is_empty();
    (is_one(passes_on) || is_one(refuses_without)).then_some(outermost)
}
