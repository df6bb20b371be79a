//! Functions whose result has to be waited for, and whether somebody does.
//!
//! A promise, or a coroutine, is true whatever comes out of it: what is not waited for says nothing.

use crate::location::Span;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};

/// Whether a call of the function yields a promise or a coroutine, as far as its own words tell.
pub(crate) fn is_async(file: &SourceFile, facts: &Facts, function: NodeId) -> bool {
    let span = facts.node(function).span;
    let inner = [Part::Name, Part::Parameter, Part::Body].into_iter().filter_map(|part| facts.part(function, part));
    // `const isOn = async () => ..`: the name that it is given to stands before it.
    let starts = inner.map(|at| facts.node(at).span.start).filter(|&start| start >= span.start);
    let end = starts.min().unwrap_or(span.start);
    crate::index::places(Span { start: span.start, end }.text(&file.text), "async").next().is_some()
}

/// Whether somebody waits for what a call yields: here, or where the function around it hands it on, or where its name is used.
pub(crate) fn is_awaited(file: &SourceFile, facts: &Facts, call: NodeId) -> bool {
    let mut child = call;
    for at in facts.ancestors(call) {
        match facts.role(at) {
            Role::Transparent if file.text_of(at).starts_with("await") => return true,
            // `isEnabled("x").then(..)`
            Role::Member if facts.part(at, Part::Property).is_some_and(|method| file.text_of(method) == "then") => {
                return true;
            }
            Role::Exit => return true,
            Role::Function => return facts.part(at, Part::Body) == Some(child),
            Role::Binding => {
                let name = file.name_of(at).unwrap_or_default();
                return facts.part(at, Part::Value) == Some(child) && file.text.contains(&format!("await {name}"));
            }
            Role::Guard if facts.part(at, Part::Condition) == Some(child) => return false,
            Role::And | Role::Or if facts.part(at, Part::Left) == Some(child) => return false,
            Role::Not | Role::Equal | Role::NotEqual | Role::Block | Role::Module => return false,
            _ => {}
        }
        child = at;
    }
    false
}
