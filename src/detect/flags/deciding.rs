//! What decides whether a call does anything, beside the branches around it: `useQuery({ .., enabled: isOn })`.
//!
//! Which functions are meant, and what they go by, is said by the packs (`deciding`, `answering`, `refusing`, `keeping`).

use super::Text;
use crate::rules::flags::Deciding;
use crate::syntax::facts::{NodeId, Part, Role};

/// What a call, or what it yields, hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decider {
    /// It does nothing unless this is true.
    True(NodeId),
    /// It does nothing unless this is false.
    False(NodeId),
    /// It does nothing where this function does nothing.
    Function(NodeId),
}

/// The calls of a text that do nothing unless something says so, in source order.
pub(super) fn deciding(text: &Text<'_>) -> Vec<(NodeId, Decider)> {
    let mut found = Vec::new();
    for call in text.facts.with_role(Role::Call) {
        let Some((name, _)) = text.callee(call) else { continue };
        let decider = text.rules.deciding(name).find_map(|rule| decider(text, rule, call));
        found.extend(decider.map(|decider| (call, decider)));
    }
    for element in text.facts.with_role(Role::Element) {
        let Some(name) = text.part(element, Part::Name).map(|name| text.of(name)) else { continue };
        let decider = text.rules.deciding_element(name).find_map(|rule| told_by_attributes(text, rule, element));
        found.extend(decider.map(|decider| (element, decider)));
    }
    found.sort_unstable_by_key(|&(node, _)| node);
    found
}

/// `<When truthy={isOn}>`
fn told_by_attributes(text: &Text<'_>, rule: &Deciding, element: NodeId) -> Option<Decider> {
    let mut named = text.facts.parts(element, Part::Attribute).filter_map(|attribute| {
        let (name, value) = (text.part(attribute, Part::Name)?, text.part(attribute, Part::Value)?);
        let is_one = |names: &[String]| names.iter().any(|known| known == text.of(name));
        (is_one(&rule.on).then_some(Decider::True(value))).or(is_one(&rule.off).then_some(Decider::False(value)))
    });
    // Of two that say so, or with more spread over them, nobody knows which one holds.
    let only = named.next().filter(|_| named.next().is_none())?;
    let head = text.facts.parts(element, Part::Attribute).map(|at| text.of(at));
    (!head.into_iter().any(|attribute| attribute.starts_with("{..."))).then_some(only)
}

fn decider(text: &Text<'_>, rule: &Deciding, call: NodeId) -> Option<Decider> {
    let argument = |at: Option<usize>| text.positional(call).nth(at?);
    if let Some(function) = argument(rule.function).map(|at| text.inner(at)) {
        return (text.role(function) == Role::Function).then_some(Decider::Function(function));
    }
    if let Some(value) = argument(rule.argument) {
        return Some(Decider::True(value));
    }
    let objects = text.positional(call).filter(|&at| text.role(text.inner(at)) == Role::Object);
    let pairs = objects.flat_map(|object| text.facts.children(text.inner(object)));
    let mut named = pairs.filter(|&at| text.role(at) == Role::Pair).filter_map(|pair| {
        let (name, value) = (text.name_of_key(pair)?, text.part(pair, Part::Value)?);
        let is_one = |names: &[String]| names.contains(&name);
        (is_one(&rule.on).then_some(Decider::True(value))).or(is_one(&rule.off).then_some(Decider::False(value)))
    });
    // Of two that say so, or with more spread over them, nobody knows which one holds.
    let only = named.next().filter(|_| named.next().is_none())?;
    let is_spread = |object: NodeId| text.of(text.inner(object)).contains("...");
    let mut objects = text.positional(call).filter(|&at| text.role(text.inner(at)) == Role::Object);
    (!objects.any(is_spread)).then_some(only)
}

/// `useMemo(() => isOn && user.isStaff, [user])`, with the function that says what it yields, in source order.
pub(super) fn answering(text: &Text<'_>) -> Vec<(NodeId, NodeId)> {
    let calls = text.facts.with_role(Role::Call).filter(|&call| text.is_answering(call));
    let function = |call| text.positional(call).next().map(|argument| text.inner(argument));
    let pairs = calls.filter_map(|call| Some((call, function(call)?)));
    let mut found: Vec<(NodeId, NodeId)> = pairs.chain(boxed(text)).collect();
    found.retain(|&(_, function)| text.role(function) == Role::Function);
    found.sort_unstable();
    found
}

/// `isOn.value`, where `isOn` is `computed(() => flags.newTax)`, with the function that says what it yields.
fn boxed<'t>(text: &'t Text<'_>) -> impl Iterator<Item = (NodeId, NodeId)> + 't {
    let members = text.facts.with_role(Role::Member);
    members.filter_map(|member| {
        let (object, property) = (text.part(member, Part::Object)?, text.part(member, Part::Property)?);
        let is_read = text.of(property) == "value" && text.role(object) == Role::Identifier;
        let name = text.of(object);
        let &[only] = text.names().bound(name).get(..).filter(|_| is_read)? else { return None };
        if text.names().is_taken(name) || text.is_parameter_named(member, name) {
            return None;
        }
        let call = text.inner(only);
        let (name, _) = text.callee(call).filter(|_| text.role(call) == Role::Call)?;
        let function = text.positional(call).next().filter(|_| text.rules.is_boxing(name))?;
        Some((member, text.inner(function)))
    })
}

/// `toBoolean(process.env.FF_NEW_TAX)`, with what is made true or false, in source order.
pub(super) fn converting(text: &Text<'_>) -> Vec<(NodeId, NodeId)> {
    let is_plain = |at: NodeId| {
        matches!(text.role(text.inner(at)), Role::True | Role::False | Role::Null | Role::String | Role::Number)
    };
    let pair = |call: NodeId| {
        let (name, _) = text.callee(call)?;
        let mut arguments = text.positional(call).filter(|_| text.rules.is_converting(name));
        let first = arguments.next()?;
        // What is taken where there is nothing.
        arguments.all(|other| text.role(text.inner(other)) == Role::False || text.of(other) == "false").then_some(())?;
        (!is_plain(first)).then_some((call, first))
    };
    text.facts.with_role(Role::Call).filter_map(pair).collect()
}

/// `isDev`, `__DEV__`, `process.env.NODE_ENV === "development"`, in source order.
pub(super) fn building(text: &Text<'_>) -> Vec<NodeId> {
    let last = |at: NodeId| match text.role(at) {
        Role::Identifier => Some(text.of(at)),
        Role::Member => text.part(at, Part::Property).map(|property| text.of(property)),
        Role::Call => text.callee(at).filter(|_| text.positional(at).next().is_none()).map(|(name, _)| name),
        _ => None,
    };
    let is_mode = |at: NodeId| matches!(last(at), Some("NODE_ENV" | "MODE"));
    let is_of_developers =
        |at: NodeId| text.file.string_value(at).is_some_and(|value| matches!(value.as_str(), "development" | "dev"));
    let is_building = |&at: &NodeId| match text.role(at) {
        Role::Equal => {
            let sides =
                [text.part(at, Part::Left), text.part(at, Part::Right)].map(|side| side.map(|at| text.inner(at)));
            matches!(sides, [Some(left), Some(right)] if is_mode(left) && is_of_developers(right)
                || is_mode(right) && is_of_developers(left))
        }
        _ => last(at).is_some_and(|name| text.rules.is_building(name)),
    };
    text.facts.ids().filter(is_building).collect()
}

/// `computed(() => flags.newTax)`, with the function that says what it yields, in source order.
pub(super) fn boxing(text: &Text<'_>) -> Vec<(NodeId, NodeId)> {
    let calls = text.facts.with_role(Role::Call);
    let kept = calls.filter_map(|call| {
        let (name, _) = text.callee(call)?;
        let function = text.positional(call).next().filter(|_| text.rules.is_boxing(name))?;
        Some((call, text.inner(function)))
    });
    kept.filter(|&(_, function)| text.role(function) == Role::Function).collect()
}

/// The elements that only lead elsewhere, in source order.
pub(super) fn refusing(text: &Text<'_>) -> Vec<NodeId> {
    let elements = text.facts.with_role(Role::Element);
    elements.filter(|&at| text.part(at, Part::Name).is_some_and(|name| text.rules.is_refusing(text.of(name)))).collect()
}

/// The calls that only make something that waits to be used, in source order.
pub(super) fn keeping(text: &Text<'_>) -> Vec<NodeId> {
    let calls = text.facts.with_role(Role::Call);
    calls.filter(|&call| text.callee(call).is_some_and(|(name, _)| text.rules.is_keeping(name))).collect()
}
