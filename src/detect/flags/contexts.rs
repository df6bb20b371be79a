//! Contexts: objects that one component provides and others take, `<Features.Provider value={{ newTax }}>` and `useContext(Features)`.
//!
//! Which functions make and take them is said by the packs (`contexts`). A context counts where the file that makes it provides it in
//! one place, so that what is taken is what stands there; that no other file provides it is for the project to say.

use super::Text;
use crate::index;
use crate::syntax::facts::{NodeId, Part, Role};

/// The calls that make a context, each with what is provided, in source order.
pub(super) fn provided(text: &Text<'_>) -> Vec<(NodeId, NodeId)> {
    let calls = text.facts.with_role(Role::Call);
    let made = calls.filter(|&call| text.callee(call).is_some_and(|(name, _)| text.rules.makes_context(name)));
    made.filter_map(|call| Some((call, value_of(text, call)?))).collect()
}

/// What is provided for the context that a call makes.
fn value_of(text: &Text<'_>, call: NodeId) -> Option<NodeId> {
    let binding = text.parent(text.outer(call));
    let name = text.part(binding, Part::Name).filter(|_| text.role(binding) == Role::Binding)?;
    let source = text.file.text.as_ref();
    let named = |member: &str| format!("{}.{member}", text.of(name));
    let providers = text.rules.context_providers().map(named);
    let provider = providers.into_iter().find(|provider| index::places(source, provider).next().is_some())?;
    // Whoever has the provider as a value may give it anything.
    let is_element = |at: usize| source[..at].ends_with('<') || source[..at].ends_with("</");
    let is_it = |at: &NodeId| text.part(*at, Part::Name).is_some_and(|name| text.of(name) == provider);
    let mut elements = text.facts.with_role(Role::Element).filter(is_it);
    let only = elements.next().filter(|_| elements.next().is_none())?;
    let mut attributes = text.facts.parts(only, Part::Attribute);
    let value = attributes.next().filter(|_| attributes.next().is_none())?;
    let is_value = text.part(value, Part::Name).is_some_and(|name| text.of(name) == "value");
    let is_all = index::places(source, &provider).all(is_element);
    text.part(value, Part::Value).filter(|_| is_value && is_all)
}
