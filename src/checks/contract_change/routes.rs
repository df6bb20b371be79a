//! The routes of a file: a method and a path.

use crate::location::LineRange;
use crate::rules::contracts::ContractRules;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};

/// A way in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Route {
    /// `GET`; empty where the path takes several.
    pub(super) method: String,
    /// As [`plain`] writes it.
    pub(super) path: String,
    /// The path as it stands there.
    pub(super) written: String,
    pub(super) lines: LineRange,
}

/// The routes that a file declares, in order.
pub(super) fn routes(source: &SourceFile, rules: &ContractRules) -> Vec<Route> {
    let Some(facts) = source.facts() else { return Vec::new() };
    let path = source.path.as_str();
    let is_url_file = rules.is_url_file(path);
    let mut found = Vec::new();
    for id in facts.ids() {
        match facts.role(id) {
            Role::Call => {
                found.extend(called(source, facts, id, rules).filter(|_| is_handled(facts, id)));
                if is_url_file {
                    found.extend(listed(source, facts, id, rules));
                }
            }
            Role::Decorator => found.extend(decorated(source, facts, id, rules)),
            Role::Function if rules.is_route_file(path) => {
                let is_export = facts.ancestors(id).any(|at| facts.role(at) == Role::Export);
                let name = source.name_of(id).filter(|name| is_export && rules.handler_names.contains(*name));
                found.extend(name.map(|name| Route {
                    method: name.to_owned(),
                    path: plain(path),
                    written: path.to_owned(),
                    lines: source.lines.lines(facts.node(id).span),
                }));
            }
            _ => {}
        }
    }
    found
}

/// `router.get("/orders", ..)`: the method and the path.
pub(super) fn called(source: &SourceFile, facts: &Facts, call: NodeId, rules: &ContractRules) -> Option<Route> {
    let callee = facts.part(call, Part::Callee).filter(|&callee| facts.role(callee) == Role::Member)?;
    let method = source.text_of(facts.part(callee, Part::Property)?);
    let receiver = source.dotted(facts.part(callee, Part::Object)?)?;
    let receiver = receiver.rsplit('.').next().unwrap_or_default();
    if !rules.methods.contains(method) || !rules.is_router(receiver) {
        return None;
    }
    let written = source.string_value(facts.part(call, Part::Argument)?)?;
    written.starts_with('/').then(|| route(source, facts, call, &method.to_uppercase(), written))
}

/// True for a call whose last argument can be a handler: a function, or the name of one. Clients hand over values.
fn is_handled(facts: &Facts, call: NodeId) -> bool {
    let mut arguments = facts.parts(call, Part::Argument).skip(1);
    let is_handler =
        |&at: &NodeId| matches!(facts.role(at), Role::Function | Role::Identifier | Role::Member | Role::Call);
    let is_statement = matches!(facts.role(facts.node(call).parent), Role::Module | Role::Block | Role::Member);
    is_statement && arguments.by_ref().last().as_ref().is_some_and(is_handler)
}

/// `path("orders/", view)`.
fn listed(source: &SourceFile, facts: &Facts, call: NodeId, rules: &ContractRules) -> Option<Route> {
    let callee = source.dotted(facts.part(call, Part::Callee)?)?;
    let mut arguments = facts.parts(call, Part::Argument);
    let (first, second) = (arguments.next()?, arguments.next()?);
    let includes = facts.part(second, Part::Callee).is_some_and(|callee| source.text_of(callee).ends_with("include"));
    if !rules.url_functions.contains(&callee) || includes {
        return None;
    }
    Some(route(source, facts, call, "", source.string_value(first)?))
}

/// `@router.get("/orders")`, `@Get("orders")` in `@Controller("shop")`.
fn decorated(source: &SourceFile, facts: &Facts, decorator: NodeId, rules: &ContractRules) -> Option<Route> {
    let value = facts.part(decorator, Part::Value)?;
    let is_call = facts.role(value) == Role::Call;
    let callee = if is_call { facts.part(value, Part::Callee)? } else { value };
    let name = source.dotted(callee)?;
    let first = is_call.then(|| facts.part(value, Part::Argument)).flatten();
    let argument = first.and_then(|at| source.string_value(at));
    match name.rsplit_once('.') {
        Some((receiver, method)) => {
            let receiver = receiver.rsplit('.').next().unwrap_or_default();
            let has_method = rules.methods.contains(method);
            if !rules.is_router(receiver) || !(has_method || rules.route_decorators.contains(method)) {
                return None;
            }
            let method = if has_method { method.to_uppercase() } else { String::new() };
            Some(route(source, facts, decorator, &method, argument?))
        }
        None if rules.method_decorators.contains(&name) => {
            if argument.is_none() && first.is_some() {
                return None;
            }
            let class = facts.enclosing(decorator, Role::Class).next()?;
            let front = controller(source, facts, class, rules)?;
            let rest = argument.unwrap_or_default();
            let written = [front.trim_matches('/'), rest.trim_matches('/')].join("/");
            Some(route(source, facts, decorator, &name.to_uppercase(), written))
        }
        None => None,
    }
}

/// The path that a controller puts in front of those of its methods.
fn controller(source: &SourceFile, facts: &Facts, class: NodeId, rules: &ContractRules) -> Option<String> {
    for decorator in facts.parts(class, Part::Decorator) {
        let Some(call) = facts.part(decorator, Part::Value).filter(|&at| facts.role(at) == Role::Call) else {
            continue;
        };
        let callee = facts.part(call, Part::Callee).map(|callee| source.text_of(callee));
        if callee.is_some_and(|callee| rules.controller_decorators.contains(callee)) {
            let Some(argument) = facts.part(call, Part::Argument) else { return Some(String::new()) };
            let path = |pair: NodeId| {
                let key = facts.part(pair, Part::Key).map(|key| source.text_of(key));
                (key == Some("path")).then(|| facts.part(pair, Part::Value)).flatten()
            };
            let value = match facts.role(argument) {
                Role::Object => facts.children(argument).find_map(path),
                _ => Some(argument),
            };
            return value.and_then(|value| source.string_value(value));
        }
    }
    None
}

fn route(source: &SourceFile, facts: &Facts, at: NodeId, method: &str, written: String) -> Route {
    let lines = source.lines.lines(facts.node(at).span);
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let written = if method.is_empty() { written } else { format!("/{}", written.trim_matches('/')) };
    Route { method: method.to_owned(), path: plain(&written), written, lines }
}

/// A path with its parameters alike, and without what does not matter to callers: `/orders/:id/` is `orders/{}`.
pub(super) fn plain(path: &str) -> String {
    let mut plain = String::new();
    let mut rest = path.trim_start_matches('^').trim_end_matches('$').trim_matches('/');
    while let Some(c) = rest.chars().next() {
        let closing = match c {
            '{' => Some('}'),
            '<' => Some('>'),
            '[' => Some(']'),
            '(' => Some(')'),
            _ => None,
        };
        let is_start = plain.is_empty() || plain.ends_with('/');
        let length = if let Some(closing) = closing {
            plain.push_str("{}");
            group(rest, c, closing)
        } else if c == ':' && is_start {
            plain.push_str("{}");
            rest.find(['/', '.', '-', '(']).unwrap_or(rest.len())
        } else {
            plain.push(c);
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    plain.trim_end_matches(['/', '?', '$']).to_owned()
}

/// The length of a group that may hold others of its kind.
fn group(text: &str, open: char, close: char) -> usize {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return at + c.len_utf8();
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_of_parameters_and_slashes_at_the_ends_do_not_matter() {
        for path in ["/orders/:id", "orders/<int:pk>/", "/orders/{order_id}", r"^orders/(?P<pk>\d+)/$", "/orders/[id]/"]
        {
            assert_eq!(plain(path), "orders/{}", "{path}");
        }
        assert_ne!(plain("/orders"), plain("/order"));
        assert_eq!(plain("/"), "");
    }
}
