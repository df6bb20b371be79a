//! The shapes that classes and types of the program give to answers: serializers, response models, GraphQL types.

use super::shape::{Kind, Shape};
use crate::location::Span;
use crate::rules::areas::AreaContext;
use crate::rules::contracts::{ContractClass, ContractRules};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use std::collections::BTreeSet;

/// The shapes that a file declares.
pub(super) fn shapes(source: &SourceFile, rules: &ContractRules) -> Vec<Shape> {
    let (Some(facts), Some(language)) = (source.facts(), source.language) else { return Vec::new() };
    let mut shapes = Vec::new();
    for class in facts.with_role(Role::Class) {
        let Some(name) = source.name_of(class) else { continue };
        let bases: Vec<String> = facts.parts(class, Part::Base).map(|base| source.text_of(base).to_owned()).collect();
        let plain: Vec<String> = bases.iter().map(|base| base.split('[').next().unwrap_or(base).to_owned()).collect();
        let decorators = decorators(source, facts, class);
        let rule = rules.classes.iter().find(|rule| rule.fits(language.name, name, &plain, &decorators));
        if let Some(rule) = rule {
            shapes.push(class_shape(source, facts, class, name, bases.join(", "), rule, rules));
        }
    }
    let is_ui = AreaContext::built_in().is_ui(&source.path, std::iter::empty());
    for id in facts.with_role(Role::Type).filter(|_| !is_ui) {
        shapes.extend(exported_type(source, facts, id, rules));
    }
    shapes
}

/// The dotted names of a declaration's decorators.
pub(super) fn decorators(source: &SourceFile, facts: &Facts, of: NodeId) -> Vec<String> {
    let value = |decorator| facts.part(decorator, Part::Value);
    let name = |at| if facts.role(at) == Role::Call { facts.part(at, Part::Callee) } else { Some(at) };
    facts.parts(of, Part::Decorator).filter_map(|it| source.dotted(name(value(it)?)?)).collect()
}

fn class_shape(
    source: &SourceFile,
    facts: &Facts,
    class: NodeId,
    name: &str,
    bases: String,
    rule: &ContractClass,
    rules: &ContractRules,
) -> Shape {
    let mut shape = Shape::new(&rule.what, name, Kind::Union);
    shape.from = bases;
    shape.described = rule.described;
    let Some(body) = facts.part(class, Part::Body) else { return shape };
    let mut listed = Shape::new("", "", Kind::Union);
    let mut is_listed = false;
    // Fields that requests have and answers have not.
    let mut only_read: BTreeSet<&str> = BTreeSet::new();
    for at in facts.descendants(body) {
        let around =
            facts.ancestors(at).find(|&up| matches!(facts.role(up), Role::Class | Role::Function | Role::Object));
        let lines = source.lines.lines(facts.node(at).span);
        match facts.role(at) {
            Role::Binding if around == Some(class) => {
                let Some(field) =
                    source.name_of(at).filter(|field| !field.starts_with('_') && is_field(source, facts, at, rule))
                else {
                    continue;
                };
                match rules.request_only.iter().any(|mark| source.text_of(at).contains(mark.as_str())) {
                    true => _ = only_read.insert(field),
                    false => shape.add(field, &type_of(source, facts, at, rules), lines),
                }
            }
            // A method that answers for a field.
            Role::Function if around == Some(class) && is_field_method(source, facts, at, rules) => {
                if let Some(field) = source.name_of(at) {
                    shape.add(field, "", lines);
                }
            }
            // The list of an inner class.
            Role::Binding
                if around
                    .is_some_and(|inner| facts.role(inner) == Role::Class && facts.node(inner).parent != inner) =>
            {
                let is_inner = around
                    .is_some_and(|inner| facts.enclosing(facts.node(inner).parent, Role::Class).next() == Some(class));
                if !is_inner || !source.name_of(at).is_some_and(|name| rules.field_lists.contains(name)) {
                    if is_inner && source.name_of(at) == Some("exclude") {
                        shape.open = true;
                    }
                    continue;
                }
                is_listed = true;
                let Some(value) = facts.part(at, Part::Value) else { continue };
                listed.open |= facts.role(value) != Role::Array;
                for item in facts.children(value) {
                    match source.string_value(item) {
                        Some(field) => listed.add(&field, "", source.lines.lines(facts.node(item).span)),
                        None => listed.open |= facts.role(item) != Role::Comment,
                    }
                }
            }
            _ => {}
        }
    }
    if is_listed {
        shape.open |= listed.open;
        for (field, of) in listed.fields.into_iter().filter(|(field, _)| !only_read.contains(field.as_str())) {
            shape.fields.entry(field).or_insert(of);
        }
    }
    shape
}

fn is_inner_class(facts: &Facts, inner: NodeId, class: NodeId) -> bool {
    facts.role(inner) == Role::Class && facts.enclosing(facts.node(inner).parent, Role::Class).next() == Some(class)
}

/// True where a name in the class's body is a field of the answer: it has a type, is made by a call, or has a decorator that says so.
fn is_field(source: &SourceFile, facts: &Facts, binding: NodeId, rule: &ContractClass) -> bool {
    if !rule.field_decorators.is_empty() {
        return decorators(source, facts, binding)
            .iter()
            .any(|it| rule.field_decorators.iter().any(|pattern| pattern.matches(it)));
    }
    let is_made = facts.part(binding, Part::Value).is_some_and(|value| facts.role(value) == Role::Call);
    is_made || facts.children(binding).any(|at| facts.role(at) == Role::Type)
}

/// True for a method that answers for a field: its decorator says so.
fn is_field_method(source: &SourceFile, facts: &Facts, method: NodeId, rules: &ContractRules) -> bool {
    decorators(source, facts, method).iter().any(|it| rules.field_methods.contains(it))
}

/// The JSON type of a serializer's field, or the type as written.
fn type_of(source: &SourceFile, facts: &Facts, binding: NodeId, rules: &ContractRules) -> String {
    let made = facts.part(binding, Part::Value).filter(|&value| facts.role(value) == Role::Call);
    if let Some(callee) = made.and_then(|call| facts.part(call, Part::Callee)).and_then(|at| source.dotted(at)) {
        let field = callee.rsplit('.').next().unwrap_or_default();
        return match rules.json_type(field) {
            // Many of them, or another way to write them.
            Some(_) if source.text_of(binding).contains("many=True") => String::new(),
            Some(json) => json.to_owned(),
            None => annotation(source, facts, binding),
        };
    }
    annotation(source, facts, binding)
}

/// What stands behind the colon.
fn annotation(source: &SourceFile, facts: &Facts, binding: NodeId) -> String {
    let annotation = facts.children(binding).filter(|&at| facts.role(at) == Role::Type);
    let text = annotation
        .map(|at| source.text_of(at).trim_start_matches([':', '?', '!']).trim())
        .filter(|text| !text.is_empty());
    text.last().unwrap_or_default().to_owned()
}

/// `export interface OrderResponse { .. }`, `export type OrderResponse = { .. }`.
fn exported_type(source: &SourceFile, facts: &Facts, id: NodeId, rules: &ContractRules) -> Option<Shape> {
    let text = source.text_of(id).strip_prefix("export")?.trim_start();
    let rest = text.strip_prefix("interface").or_else(|| text.strip_prefix("type"))?.trim_start();
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    let (name, rest) = rest.split_at(end);
    if !rules.is_answer_type(source.path.as_str(), name) {
        return None;
    }
    let open = rest.find('{')?;
    let mut shape = Shape::new("response type", name, Kind::Union);
    shape.from = rest[..open].split_whitespace().collect::<Vec<_>>().join(" ");
    let body = source.text_of(id).len() - rest.len() + open;
    let start = facts.node(id).span.start + body as u32;
    let close = Span { start, end: facts.node(id).span.end }.text(&source.text);
    // `{ .. } & Other`, `{ .. } | { .. }`
    shape.open =
        !close.trim_end_matches([';', ' ', '\n']).ends_with('}') || is_joined(close) || shape.from.contains(['&', '|']);
    for at in facts.descendants(id).filter(|&at| facts.role(at) == Role::Binding) {
        let is_inner = facts.ancestors(at).take_while(|&up| up != id).any(|up| facts.role(up) == Role::Binding);
        if let (false, Some(field)) = (is_inner, source.name_of(at)) {
            let lines = source.lines.lines(facts.node(at).span);
            shape.add(field.trim_matches(['"', '\'']), &annotation(source, facts, at), lines);
        }
    }
    Some(shape)
}

/// True when something follows the brace that closes the first one.
fn is_joined(body: &str) -> bool {
    let mut depth = 0usize;
    for (at, c) in body.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return body[at + 1..].contains(['&', '|', '[']);
                }
            }
            _ => {}
        }
    }
    false
}
