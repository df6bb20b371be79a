//! Fields of a form that are dropped again while a flag is off: `if not on: del self.fields["card"]`.
//!
//! The class declares the field for everybody, and whoever makes an instance takes it out unless the flag is on. Only what always
//! runs for an instance is believed, and only where all that decides is the flag.

use super::condition::FlagValues;
use super::dominance::GateAt;
use crate::index::modules::Family;
use crate::report::GateKind;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::Polarity;

/// Methods that run for each instance before anything is done with its fields.
const MAKERS: [&str; 3] = ["__init__", "get_fields", "get_form"];

/// Classes with more nodes are not looked through.
const MAX_CLASS: u32 = 5_000;

/// The gates (flag ON) of the field that is declared around this place.
pub(super) fn gates(values: &FlagValues<'_>, node: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    if Family::of(values.file.path.as_str()) != Some(Family::Python) || values.evaluations.is_empty() {
        return Vec::new();
    }
    let Some((class, field)) = declared_around(values, node) else { return Vec::new() };
    let dropped = drops(values, class).find(|(_, statement)| drops_field(values, *statement, field));
    let condition = dropped.and_then(|(guard, _)| facts.part(guard, Part::Condition));
    condition.map(|condition| on_unless(values, condition)).unwrap_or_default()
}

/// The name of the field in its declaration, where this place only drops it.
pub(super) fn dropped_here(values: &FlagValues<'_>, node: NodeId) -> Option<NodeId> {
    let facts = values.facts;
    let class = facts.enclosing(node, Role::Class).last()?;
    let (_, statement) = drops(values, class).find(|(_, at)| *at <= node && node <= facts.node(*at).last)?;
    let declares = |&at: &NodeId| {
        facts.role(at) == Role::Binding
            && facts.ancestors(at).find(|&up| matches!(facts.role(up), Role::Class | Role::Function)) == Some(class)
            && values.file.name_of(at).is_some_and(|name| drops_field(values, statement, name))
    };
    let declared = facts.descendants(class).find(declares)?;
    facts.part(declared, Part::Name)
}

/// The class, and the name of its field that is declared around a place.
fn declared_around<'a>(values: &FlagValues<'a>, node: NodeId) -> Option<(NodeId, &'a str)> {
    let facts = values.facts;
    let mut around = std::iter::once(node).chain(facts.ancestors(node));
    let binding = around.find(|&at| matches!(facts.role(at), Role::Binding | Role::Function | Role::Class))?;
    let class = facts.enclosing(binding, Role::Class).next().filter(|_| facts.role(binding) == Role::Binding)?;
    let is_field = facts.enclosing(binding, Role::Function).next().is_none_or(|function| function < class);
    is_field.then_some((class, values.file.name_of(binding)?))
}

/// The statements of a class that stand in a branch of what makes an instance, which is taken unless a flag is on; with that branch.
fn drops<'v>(values: &'v FlagValues<'_>, class: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> + 'v {
    let (facts, file) = (values.facts, values.file);
    let is_small = facts.node(class).last.0 - class.0 <= MAX_CLASS;
    let guards = is_small.then(|| facts.descendants(class)).into_iter().flatten().filter(move |&at| {
        let body = facts.node(at).parent;
        facts.role(at) == Role::Guard
            && facts.enclosing(at, Role::Function).next().is_some_and(|function| {
                facts.part(function, Part::Body) == Some(body)
                    && file.name_of(function).is_some_and(|name| MAKERS.contains(&name))
                    && facts.enclosing(function, Role::Class).next() == Some(class)
                    // Whoever leaves before keeps the field.
                    && !facts.descendants(body).any(|exit| exit < at && facts.role(exit) == Role::Exit)
            })
            && facts.part(at, Part::Condition).is_some_and(|condition| !on_unless(values, condition).is_empty())
    });
    guards.flat_map(move |guard| {
        let block = facts.part(guard, Part::Consequence);
        let statements: Vec<NodeId> = block.map(|block| facts.children(block).collect()).unwrap_or_default();
        statements.into_iter().map(move |statement| (guard, statement))
    })
}

/// Whether a statement takes this field out of those of an instance.
fn drops_field(values: &FlagValues<'_>, statement: NodeId, field: &str) -> bool {
    let (file, span) = (values.file, values.facts.node(statement).span);
    let text = file.text_of(statement);
    // The word has no role of its own.
    let is_deleted = || file.text[..span.start as usize].trim_end().ends_with("del");
    ['"', '\''].iter().any(|quote| {
        text.contains(&format!("fields.pop({quote}{field}{quote}"))
            || text.ends_with(&format!("fields[{quote}{field}{quote}]")) && is_deleted()
    })
}

/// The flag outcomes (ON) that hold where a condition does not.
fn on_unless(values: &FlagValues<'_>, condition: NodeId) -> Vec<GateAt> {
    let told = values.implied(condition, false).into_iter();
    let on = told.filter(|outcome| outcome.polarity == Polarity::On);
    on.map(|outcome| GateAt { outcome, kind: GateKind::EarlyExit, at: condition }).collect()
}
