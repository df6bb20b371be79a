//! Calls, elements and decorators that read a flag.

use super::bags::Bag;
use super::handles::HandleTable;
use super::{EvaluationKind, FlagKey, Found, Reading, Sureness, Text};
use crate::detect::wrapper::{ASKED, Body};
use crate::rules::flags::{FlagResult, Form, Place, RuleRef};
use crate::rules::pattern::NamePattern;
use crate::syntax::facts::{NodeId, Part, Role};
use std::borrow::Cow;
use std::collections::HashMap;

/// Adds the evaluations of every call, element and decorator of the file.
pub(super) fn detect(text: &Text<'_>, handles: &HandleTable, found: &mut Found) {
    let renamed = renamed(text);
    let original = |name, receiver: Option<NodeId>| match receiver {
        None => renamed.get(name).copied().unwrap_or(name),
        Some(_) => name,
    };
    for id in text.facts.ids() {
        match text.role(id) {
            Role::Call => {
                let Some((name, receiver)) = text.callee(id) else {
                    applied(text, id, original, found);
                    continue;
                };
                for rule in text.rules.calls(original(name, receiver)) {
                    call(text, rule, id, name, receiver, found);
                }
                handles.asked(text, id, name, receiver, found);
                let is_handed = || receiver.is_none() && text.is_parameter_named(id, name);
                if text.rules.is_asking_parameter(name) && is_handed() && found.read_in(id, id).next().is_none() {
                    let key = FlagKey::Parameter(format!("{name}{ASKED}"));
                    found.evaluation(text, &Reading::nothing(), key, id, EvaluationKind::Value, None);
                }
            }
            Role::Element => element(text, id, &renamed, found),
            Role::Decorator => decorator(text, id, original, found),
            Role::Class => bases(text, id, &renamed, found),
            Role::Object => object(text, id, found),
            _ => {}
        }
    }
}

/// `{ path: "/tax", component: Tax, flag: "new-tax" }`: what the object holds beside the key runs only with the flag on.
fn object(text: &Text<'_>, id: NodeId, found: &mut Found) {
    for &rule in text.rules.objects() {
        let evaluation = text.rules.evaluation(rule);
        let Form::Object(lists) = &evaluation.form else { continue };
        let has = |name: &String| text.at(id, &Place::Property(name.clone())).is_some();
        if !evaluation.is_for(text.language) || !lists.iter().all(|names| names.iter().any(has)) {
            continue;
        }
        let reading = Reading::of(text, rule, Sureness::Name);
        let value = |place: &Place| text.at(id, place);
        let held = evaluation.keys.iter().filter_map(value).next();
        let others = |at: &NodeId| held.is_none_or(|value| !(*at <= value && value <= text.facts.node(*at).last));
        for (key, _) in keys(text, rule, id, &evaluation.keys) {
            let others: Vec<NodeId> = text.facts.children(id).filter(others).collect();
            found.evaluation(text, &reading, key, id, EvaluationKind::Callback(others), None);
        }
    }
}

/// Names that an import gives another name, as local name -> name in the module.
fn renamed<'a>(text: &Text<'a>) -> HashMap<&'a str, &'a str> {
    let imported = text.facts.with_role(Role::Imported);
    let pair = |id| Some((text.of(text.part(id, Part::Alias)?), text.of(text.part(id, Part::Name)?)));
    imported.filter_map(pair).filter(|(alias, name)| alias != name).collect()
}

fn call<'a>(text: &Text<'a>, rule: RuleRef, call: NodeId, name: &'a str, receiver: Option<NodeId>, found: &mut Found) {
    let evaluation = text.rules.evaluation(rule);
    if !evaluation.is_for(text.language) {
        return;
    }
    if !text.has_argument_text(call, &evaluation.argument_texts) {
        return;
    }
    let Some(sureness) = text.sureness(rule, name, receiver) else { return };
    let reading = Reading::of(text, rule, sureness);
    let Some(places) = text.places(rule, sureness, call, name, receiver) else { return };
    if evaluation.result == FlagResult::Bag {
        let listed = text.keys_at(call, &evaluation.keys);
        let mut bag = Bag::new(text, rule, reading.clone(), listed.clone());
        bag.follow(call, found);
        // Keys that are asked for by name, though the file does not use them by name.
        for (key, default) in listed.into_iter().filter(|(key, _)| !bag.used(key)) {
            found.evaluation(text, &reading, key, call, EvaluationKind::Value, default);
        }
        return;
    }
    let function = evaluation.callback.and_then(|at| text.positional(call).nth(at));
    for (key, listed) in keys(text, rule, call, &places) {
        let default = text.default_at(call, &evaluation.defaults).or(listed);
        // What stands where others have a default may be the key.
        let default = default.filter(|default| default.trim_matches(['"', '\'']) != key.name());
        match function {
            Some(function) => {
                found.evaluation(text, &reading, key, call, EvaluationKind::Callback(vec![function]), default);
            }
            None => value(text, &reading, key, call, default, found),
        }
    }
}

/// The keys that a rule reads at a call or element, without those that its pack does not take.
fn keys(text: &Text<'_>, rule: RuleRef, node: NodeId, places: &[Place]) -> Vec<(FlagKey, Option<String>)> {
    let mut keys = text.keys_at(node, places);
    keys.retain(|(key, _)| text.takes(rule, key));
    keys
}

/// An expression that yields the flag, at the smallest node that is the flag's value itself.
fn value(text: &Text<'_>, reading: &Reading, key: FlagKey, call: NodeId, default: Option<String>, found: &mut Found) {
    let whole = text.outer(call);
    let parent = text.parent(whole);
    if text.role(parent) == Role::Destructuring && text.part(parent, Part::Value) == Some(whole) {
        let names: Vec<NodeId> =
            text.facts.children(parent).filter(|&at| text.role(at) == Role::Destructured).collect();
        let held: Vec<NodeId> = match names.first() {
            // `const [decision] = ..`
            Some(&first) if text.part(first, Part::Key).is_none() => vec![first],
            // `const { enabled } = ..`
            _ => {
                let holds = |&at: &NodeId| text.part(at, Part::Key).is_some_and(|key| reading.holds(text.of(key)));
                names.into_iter().filter(holds).collect()
            }
        };
        if !held.is_empty() {
            for name in held {
                found.evaluation(text, reading, key.clone(), name, EvaluationKind::Name, default.clone());
            }
            return;
        }
    }
    let node = text.value_member(reading, call).unwrap_or(call);
    found.evaluation(text, reading, key, node, EvaluationKind::Value, default);
}

fn element(text: &Text<'_>, id: NodeId, renamed: &HashMap<&str, &str>, found: &mut Found) {
    let Some(written) = text.part(id, Part::Name).map(|name| text.of(name)) else { return };
    let root = written.split('.').next().unwrap_or(written);
    let name = renamed.get(written).copied().unwrap_or_else(|| written.rsplit('.').next().unwrap_or(written));
    for &rule in text.rules.elements(name) {
        let evaluation = text.rules.evaluation(rule);
        let Some(sureness) = text.sureness(rule, root, None).filter(|_| evaluation.is_for(text.language)) else {
            continue;
        };
        let reading = Reading::of(text, rule, sureness);
        if !written.contains('.') && text.places(rule, sureness, id, written, None).is_none() {
            continue;
        }
        for (key, listed) in keys(text, rule, id, &evaluation.keys) {
            let default = text.default_at(id, &evaluation.defaults).or(listed);
            found.evaluation(text, &reading, key, id, EvaluationKind::Component, default);
        }
    }
}

/// `class Taxes(WaffleFlagMixin, View): waffle_flag = "new-tax"`: the class answers only with the flag on.
fn bases(text: &Text<'_>, class: NodeId, renamed: &HashMap<&str, &str>, found: &mut Found) {
    let mut first = true;
    for base in text.facts.parts(class, Part::Base) {
        let written = text.of(base);
        let last = written.rsplit('.').next().unwrap_or(written);
        let name = renamed.get(written).copied().unwrap_or(last);
        for &rule in text.rules.bases(name) {
            let evaluation = text.rules.evaluation(rule);
            let Form::Base { not_with, .. } = &evaluation.form else { continue };
            let root = written.split('.').next().unwrap_or(written);
            let Some(sureness) = text.sureness(rule, root, None).filter(|_| evaluation.is_for(text.language)) else {
                continue;
            };
            let has_own = |&at: &NodeId| {
                text.role(at) == Role::Function
                    && text.file.name_of(at).is_some_and(|name| not_with.iter().any(|own| own == name))
            };
            // What is extended before it may answer in its place.
            let asks_first = first && !text.facts.descendants(class).any(|at| has_own(&at));
            let kind = match asks_first {
                true => EvaluationKind::Decorator { is_idle: false },
                false => EvaluationKind::Name,
            };
            let reading = Reading::of(text, rule, sureness);
            for (key, listed) in keys(text, rule, class, &evaluation.keys) {
                found.evaluation(text, &reading, key, base, kind.clone(), listed);
            }
        }
        first &= last.ends_with("Mixin");
    }
}

fn decorator<'a>(
    text: &Text<'a>,
    id: NodeId,
    original: impl Fn(&'a str, Option<NodeId>) -> &'a str,
    found: &mut Found,
) {
    let Some(value) = text.part(id, Part::Value).filter(|&value| text.role(value) == Role::Call) else { return };
    // `@method_decorator(flag("x"), name="dispatch")` hands the decorator on, and so does `@method_decorator([signed_in, flag("x")])`.
    let in_a_list = |argument: NodeId| match text.role(text.inner(argument)) {
        Role::Array => text.facts.children(text.inner(argument)).collect(),
        _ => vec![argument],
    };
    let handed = text.facts.parts(value, Part::Argument).flat_map(in_a_list);
    let handed = handed.filter(|&argument| text.role(argument) == Role::Call);
    for call in std::iter::once(value).chain(handed) {
        decorating(text, call, &original, |reading, key, default| {
            found.evaluation(text, reading, key, id, EvaluationKind::Decorator { is_idle: false }, default);
        });
    }
}

/// `waffle_flag("x")(view)`: a decorator that is applied by hand.
fn applied<'a>(
    text: &Text<'a>,
    call: NodeId,
    original: impl Fn(&'a str, Option<NodeId>) -> &'a str,
    found: &mut Found,
) {
    let Some(made) = text.part(call, Part::Callee).map(|callee| text.inner(callee)) else { return };
    if text.role(made) != Role::Call {
        return;
    }
    let decorated: Vec<NodeId> = text.positional(call).collect();
    decorating(text, made, &original, |reading, key, default| {
        found.evaluation(text, reading, key, call, EvaluationKind::Callback(decorated.clone()), default);
    });
}

/// Calls back with each reading of a call as one that makes a decorator.
fn decorating<'a>(
    text: &Text<'a>,
    call: NodeId,
    original: &impl Fn(&'a str, Option<NodeId>) -> &'a str,
    mut report: impl FnMut(&Reading, FlagKey, Option<String>),
) {
    let Some((name, receiver)) = text.callee(call) else { return };
    for &rule in text.rules.decorators(original(name, receiver)) {
        let evaluation = text.rules.evaluation(rule);
        let Some(sureness) = text.sureness(rule, name, receiver).filter(|_| evaluation.is_for(text.language)) else {
            continue;
        };
        let reading = Reading::of(text, rule, sureness);
        let Some(places) = text.places(rule, sureness, call, name, receiver) else { continue };
        for (key, listed) in keys(text, rule, call, &places) {
            report(&reading, key, text.default_at(call, &evaluation.defaults).or(listed));
        }
    }
}

impl Reading {
    /// Whether this member of the result holds the flag's value.
    pub(super) fn holds(&self, member: &str) -> bool {
        self.value_members.iter().any(|name| name == member)
    }
}

impl Text<'_> {
    /// Where the key stands; `None` where what is called is known to read no flag, though its name says so.
    fn places<'t>(
        &'t self,
        rule: RuleRef,
        sureness: Sureness,
        call: NodeId,
        name: &str,
        receiver: Option<NodeId>,
    ) -> Option<Cow<'t, [Place]>> {
        let evaluation = self.rules.evaluation(rule);
        let as_ruled = Cow::Borrowed(evaluation.keys.as_slice());
        if sureness >= Sureness::Imported || self.rules.pack(rule).is_users {
            return Some(as_ruled);
        }
        let is_bag = evaluation.result == FlagResult::Bag;
        let Some(body) = self.body_behind(call, name, receiver) else { return Some(as_ruled) };
        match body {
            Body::Unknown => Some(as_ruled),
            // A general name of a client says nothing about an object that this file makes itself.
            _ if sureness == Sureness::FileImports && receiver.is_some_and(|receiver| !self.is_self(receiver)) => None,
            Body::LooksUp(None) => Some(as_ruled),
            Body::LooksUp(Some(_)) if is_bag => Some(as_ruled),
            Body::LooksUp(Some(mut places)) => {
                // Its parameters may be one object.
                let named = evaluation.keys.iter().filter(|place| !matches!(place, Place::Argument(_)));
                places.extend(named.cloned());
                Some(Cow::Owned(places))
            }
            // An object of flags is asked for without a key.
            Body::Nothing if is_bag => Some(as_ruled),
            Body::Nothing => None,
        }
    }

    /// Whether the rule's pack takes such a key.
    pub(super) fn takes(&self, rule: RuleRef, key: &FlagKey) -> bool {
        let evaluation = self.rules.evaluation(rule);
        let patterns = &evaluation.key_patterns;
        let name = match key {
            FlagKey::Literal { key, .. } => key,
            FlagKey::Constant(name) => name,
            // Only those who call the function can say; it matters as a wrapper.
            FlagKey::Parameter(_) => return patterns.is_empty(),
            FlagKey::Dynamic(_) => return self.rules.pack(rule).dynamic_keys && patterns.is_empty(),
        };
        let name = name.replace('.', "_");
        (patterns.is_empty() || patterns.iter().any(|pattern| pattern.matches(&name)))
            && !evaluation.key_except.iter().any(|pattern| pattern.matches(&name))
    }

    /// Whether one of the arguments, or what the name there is given, has such a text; true when none is asked for.
    fn has_argument_text(&self, call: NodeId, globs: &[NamePattern]) -> bool {
        let has = |id: NodeId| globs.iter().any(|glob| glob.matches(self.of(id)));
        globs.is_empty()
            || self.positional(call).any(|argument| {
                let argument = self.inner(argument);
                match self.role(argument) {
                    Role::Identifier => self.names().bound(self.of(argument)).iter().any(|&value| has(value)),
                    _ => has(argument),
                }
            })
    }

    /// The member of this expression that holds the flag's value: `.value`, `["enabled"]`, `.get("enabled")`.
    pub(super) fn value_member(&self, reading: &Reading, expression: NodeId) -> Option<NodeId> {
        let whole = self.outer(expression);
        let parent = self.parent(whole);
        let is_object = |part| self.part(parent, part) == Some(whole);
        match self.role(parent) {
            Role::Member if is_object(Part::Object) => {
                let property = self.of(self.part(parent, Part::Property)?);
                if reading.holds(property) {
                    // `.asBoolean()`
                    return Some(self.called(parent).unwrap_or(parent));
                }
                let call = self.called(parent)?;
                let key = self.positional(call).next().and_then(|argument| self.file.string_value(argument))?;
                (property == "get" && reading.holds(&key)).then_some(call)
            }
            Role::Subscript if is_object(Part::Object) => {
                let key = self.file.string_value(self.part(parent, Part::Index)?)?;
                reading.holds(&key).then_some(parent)
            }
            _ => None,
        }
    }

    /// The call whose callee this expression is.
    pub(super) fn called(&self, expression: NodeId) -> Option<NodeId> {
        let whole = self.outer(expression);
        let parent = self.parent(whole);
        (self.role(parent) == Role::Call && self.part(parent, Part::Callee) == Some(whole)).then_some(parent)
    }
}
