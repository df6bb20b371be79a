//! Values that stand for one flag: `NEW_TAX = WaffleFlag("new-tax")`, then `NEW_TAX.is_enabled()`.

use super::names::Proof;
use super::{EvaluationKind, FlagDefinition, FlagKey, Found, Reading, Sureness, Text};
use crate::rules::flags::{Handle, RuleRef, is_constant_case};
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::{Polarity, Tells};
use std::collections::HashMap;
use std::sync::Arc;

/// The handles that a file makes.
#[derive(Default)]
pub(super) struct HandleTable {
    by_call: HashMap<NodeId, MadeHandle>,
    /// By the last name of what the handle is given to.
    by_name: HashMap<String, MadeHandle>,
}

#[derive(Clone)]
struct MadeHandle {
    rule: RuleRef,
    key: FlagKey,
    default: Option<String>,
    sureness: Sureness,
}

impl HandleTable {
    /// Finds the handles that the file makes; each declares its key.
    pub(super) fn collect(text: &Text<'_>, found: &mut Found) -> Self {
        let mut table = Self::default();
        for call in text.facts.with_role(Role::Call) {
            let Some((name, receiver)) = text.callee(call) else { continue };
            for &rule in text.rules.constructors(name) {
                let handle = text.rules.handle(rule);
                let is_near = |near: &String| text.file.text.contains(near.as_str());
                if !handle.near.is_empty() && !handle.near.iter().any(is_near) {
                    continue;
                }
                let proof = Proof {
                    receivers: handle.receivers.as_ref().unwrap_or(&text.rules.pack(rule).receivers),
                    by_receiver: handle.receivers.is_some(),
                    distinctive: handle.distinctive,
                    common: receiver.is_some(),
                };
                // `new Feature("new-tax", false)`, of a class of this file
                let own = || (receiver.is_none() && text.names().classes(name).len() == 1).then_some(Sureness::Name);
                let Some(sureness) = text.judge(rule.pack, name, receiver, &proof).or_else(own) else { continue };
                let Some((key, listed)) = text.keys_at(call, &handle.keys).into_iter().next() else { continue };
                if !key.is_known() {
                    continue;
                }
                let default = text.default_at(call, &handle.defaults).or(listed);
                table.add(text, call, MadeHandle { rule, key, default, sureness }, found);
            }
        }
        table
    }

    fn add(&mut self, text: &Text<'_>, call: NodeId, made: MadeHandle, found: &mut Found) {
        if self.by_call.get(&call).is_some_and(|known| known.sureness >= made.sureness) {
            return;
        }
        let whole = text.outer(call);
        let parent = text.parent(whole);
        let name = match text.role(parent) {
            Role::Binding => text.part(parent, Part::Name),
            Role::Assignment => text.part(parent, Part::Target),
            Role::Pair => text.part(parent, Part::Key),
            // `flag, was_created = Flag.objects.get_or_create(..)`
            Role::Destructuring => {
                let mut taken = text.facts.children(parent).filter(|&at| text.role(at) == Role::Destructured);
                taken.next().and_then(|first| text.part(first, Part::Name))
            }
            _ => None,
        };
        let is_taken = |name: NodeId| text.role(name) == Role::Destructured;
        let name = name
            .and_then(|name| if is_taken(name) { Some(text.of(name).to_owned()) } else { text.constant_path(name) });
        if let FlagKey::Literal { key, .. } = &made.key {
            found.definitions.push(FlagDefinition {
                provider: text.rules.pack(made.rule).id.clone(),
                key: key.clone(),
                constant: name.clone(),
                default: made.default.clone(),
                span: text.facts.node(call).span,
            });
        }
        if let Some(last) = name.as_deref().and_then(|name| name.rsplit('.').next()) {
            self.by_name.insert(last.to_owned(), made.clone());
        }
        self.by_call.insert(call, made);
    }

    /// Adds the evaluation where a call asks a handle.
    pub(super) fn asked(&self, text: &Text<'_>, call: NodeId, name: &str, receiver: Option<NodeId>, found: &mut Found) {
        let Some(receiver) = receiver else {
            let made = self.by_name.get(name).filter(|made| text.rules.handle(made.rule).called);
            if let Some(made) = made {
                self.report(text, call, made, name.to_owned(), Polarity::On, found);
            }
            return;
        };
        if !text.rules.is_method(name) {
            return;
        }
        let receiver = text.inner(receiver);
        if let Some(made) = self.by_call.get(&receiver)
            && let Some(polarity) = asks(text.rules.handle(made.rule), name)
        {
            self.report(text, call, made, text.short(receiver), polarity, found);
            return;
        }
        let Some(path) = text.path(receiver) else { return };
        let last = path.rsplit('.').next().unwrap_or(&path);
        match self.by_name.get(last) {
            Some(made) => {
                if let Some(polarity) = asks(text.rules.handle(made.rule), name) {
                    self.report(text, call, made, path, polarity, found);
                }
            }
            None if is_constant_case(last) && text.constant_path(receiver).is_some() => {
                foreign(text, call, name, &path, found);
            }
            None => {}
        }
    }

    fn report(
        &self,
        text: &Text<'_>,
        call: NodeId,
        made: &MadeHandle,
        name: String,
        polarity: Polarity,
        found: &mut Found,
    ) {
        let key = match &made.key {
            FlagKey::Literal { key, .. } => FlagKey::Literal { key: key.clone(), constant: Some(name) },
            key => key.clone(),
        };
        let reading = reading(text, made.rule, made.sureness, polarity);
        found.evaluation(text, &reading, key, call, EvaluationKind::Value, made.default.clone());
    }
}

/// A constant of another file is asked: its name is all that is known.
fn foreign(text: &Text<'_>, call: NodeId, method: &str, path: &str, found: &mut Found) {
    let root = path.split('.').next().unwrap_or(path);
    for rule in text.rules.handles() {
        let handle = text.rules.handle(rule);
        let Some(polarity) = asks(handle, method).filter(|_| handle.foreign.iter().any(|name| name == method)) else {
            continue;
        };
        let names = text.names();
        if names.is_bound(root) && !path.contains('.') {
            continue;
        }
        let reading = reading(text, rule, names.imported_from(root, rule.pack), polarity);
        found.evaluation(text, &reading, FlagKey::Constant(path.to_owned()), call, EvaluationKind::Value, None);
    }
}

/// Whether this method of the handle reads the flag, and which result means on.
fn asks(handle: &Handle, method: &str) -> Option<Polarity> {
    let is = |methods: &[String]| methods.iter().any(|name| name == method);
    if is(&handle.methods) { Some(Polarity::On) } else { is(&handle.off_methods).then_some(Polarity::Off) }
}

fn reading(text: &Text<'_>, rule: RuleRef, sureness: Sureness, polarity: Polarity) -> Reading {
    let pack = text.rules.pack(rule);
    Reading {
        provider: pack.id.clone(),
        sureness,
        value_type: text.rules.handle(rule).value_type,
        polarity,
        value_members: Arc::from([]),
        off_values: Arc::clone(&pack.off_values),
        tells: Tells::Both,
        via: Vec::new(),
    }
}
