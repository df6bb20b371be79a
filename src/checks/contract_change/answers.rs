//! What the objects hold that the program answers with: `res.json({ .. })`, `return { .. }` of a route.

use super::fields::decorators;
use super::routes;
use super::shape::{Kind, Shape};
use crate::gating::region::{declaration_of, symbol_of};
use crate::location::LineRange;
use crate::rules::contracts::ContractRules;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};

/// One object that is sent.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// Who sends it: `GET /orders`, `OrderView.get`.
    pub(super) by: String,
    pub(super) node: NodeId,
    /// The keys and their lines.
    pub(super) keys: Vec<(String, LineRange)>,
    /// More is in it than can be seen.
    pub(super) open: bool,
}

/// The answers of a file, in order; those that report an error are left out.
pub(super) fn answers(source: &SourceFile, rules: &ContractRules) -> Vec<Answer> {
    let Some(facts) = source.facts() else { return Vec::new() };
    let mut found = Vec::new();
    for id in facts.ids() {
        let sent = match facts.role(id) {
            Role::Call => sent_by_call(source, facts, id, rules),
            Role::Exit => sent_by_return(source, facts, id, rules),
            _ => None,
        };
        let (Some(node), Some(by)) = (sent, sent.and_then(|_| sender(source, facts, id, rules))) else { continue };
        let (keys, open) = keys(source, facts, node);
        if !keys.iter().any(|(key, _)| rules.error_keys.contains(key)) {
            found.push(Answer { by, node, keys, open });
        }
    }
    found
}

/// The answers of each sender as one shape.
pub(super) fn shapes(answers: &[Answer]) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    for answer in answers {
        let at = shapes.iter().position(|shape| shape.name == answer.by).unwrap_or_else(|| {
            shapes.push(Shape::new("answer of", &answer.by, Kind::Word));
            shapes.len() - 1
        });
        let shape = &mut shapes[at];
        shape.open |= answer.open;
        answer.keys.iter().for_each(|(key, lines)| shape.add(key, "", *lines));
    }
    shapes
}

/// The object, or the call itself where it sends something else than one.
fn sent_by_call(source: &SourceFile, facts: &Facts, call: NodeId, rules: &ContractRules) -> Option<NodeId> {
    let callee = facts.part(call, Part::Callee)?;
    let (receiver, name) = match facts.role(callee) {
        Role::Member => {
            let object = facts.part(callee, Part::Object)?;
            (Some(root(source, facts, object)?), source.text_of(facts.part(callee, Part::Property)?))
        }
        _ => (None, source.text_of(callee)),
    };
    if !rules.answers.fits(receiver, name) {
        return None;
    }
    let first = facts.part(call, Part::Argument)?;
    // `res.status(404).json(..)`, `json(.., { status: 404 })`
    let is_error = facts.descendants(call).filter(|&at| facts.role(at) == Role::Number).any(|at| {
        let is_inside = facts.node(first).span.contains(facts.node(at).span) && facts.role(first) != Role::Keyword;
        !is_inside && source.text_of(at).parse::<u16>().is_ok_and(|status| (400..600).contains(&status))
    });
    match facts.role(first) {
        _ if is_error => None,
        Role::Object => Some(first),
        _ => Some(call),
    }
}

/// The name that a chain of calls begins with: `res` of `res.status(200)`.
fn root<'s>(source: &'s SourceFile, facts: &Facts, object: NodeId) -> Option<&'s str> {
    let mut at = object;
    for _ in 0..6 {
        at = match facts.role(at) {
            Role::Call => facts.part(at, Part::Callee)?,
            Role::Member if facts.role(facts.node(at).parent) == Role::Call => facts.part(at, Part::Object)?,
            Role::Member => return Some(source.text_of(facts.part(at, Part::Property)?)),
            Role::Identifier => return Some(source.text_of(at)),
            _ => return None,
        };
    }
    None
}

/// The object that a route, or a function that serializes, returns.
fn sent_by_return(source: &SourceFile, facts: &Facts, exit: NodeId, rules: &ContractRules) -> Option<NodeId> {
    let value = facts.part(exit, Part::Value)?;
    let function = facts.enclosing(exit, Role::Function).next()?;
    if !source.text_of(exit).starts_with("return") {
        return None;
    }
    let is_serializing = source.name_of(function).is_some_and(|name| rules.serializing.contains(name));
    let is_route = || {
        decorators(source, facts, function).iter().any(|name| match name.rsplit_once('.') {
            Some((receiver, method)) => {
                let receiver = receiver.rsplit('.').next().unwrap_or_default();
                rules.is_router(receiver) && (rules.methods.contains(method) || rules.route_decorators.contains(method))
            }
            None => rules.method_decorators.contains(name),
        })
    };
    if !is_serializing && !is_route() {
        return None;
    }
    match facts.role(value) {
        Role::Object => Some(value),
        // Nothing is returned, or another function has said what.
        Role::Null => None,
        Role::Call if sent_by_call(source, facts, value, rules).is_some() => None,
        _ => Some(exit),
    }
}

/// Who sends it: the route whose handler it stands in, or the declaration.
fn sender(source: &SourceFile, facts: &Facts, at: NodeId, rules: &ContractRules) -> Option<String> {
    let calls = facts.ancestors(at).filter(|&up| facts.role(up) == Role::Call);
    let route = calls.into_iter().find_map(|call| routes::called(source, facts, call, rules));
    match route {
        Some(route) => Some(format!("{} {}", route.method, route.written)),
        None => symbol_of(source, facts, declaration_of(source, facts, at)),
    }
}

/// The keys of an object, and whether it holds others; what is no object holds only others.
fn keys(source: &SourceFile, facts: &Facts, node: NodeId) -> (Vec<(String, LineRange)>, bool) {
    let lines = |at: NodeId| source.lines.lines(facts.node(at).span);
    if facts.role(node) != Role::Object {
        // `jsonify(total=1)`
        let keywords: Vec<NodeId> = facts.parts(node, Part::Argument).collect();
        let is_keyword = |&at: &NodeId| facts.role(at) == Role::Keyword;
        let is_all = facts.role(node) == Role::Call && !keywords.is_empty() && keywords.iter().all(is_keyword);
        let name = |at: &NodeId| Some((source.name_of(*at)?.to_owned(), lines(*at)));
        return if is_all { (keywords.iter().filter_map(name).collect(), false) } else { (Vec::new(), true) };
    }
    let (mut keys, mut open) = (Vec::new(), false);
    for child in facts.children(node) {
        let key = (facts.role(child) == Role::Pair).then(|| facts.part(child, Part::Key)).flatten();
        let name = key.and_then(|key| match facts.role(key) {
            Role::String => source.string_value(key),
            Role::Identifier | Role::Pair => Some(source.text_of(key).to_owned()),
            Role::Number => Some(source.text_of(key).to_owned()),
            _ => None,
        });
        match (name, facts.role(child)) {
            (Some(name), _) => keys.push((name, lines(child))),
            (None, Role::Function) => keys.extend(source.name_of(child).map(|name| (name.to_owned(), lines(child)))),
            (None, Role::Comment) => {}
            (None, _) => open = true,
        }
    }
    (keys, open)
}
