//! What a name that is taken out of a written list stands for: `const [on, error] = [isEnabled("a"), null]`.
//!
//! Positions are counted by commas: patterns have holes, and not every expression has a node of its own.

use super::condition::Given;
use crate::location::Span;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role, TokenClass};

/// Names further back in a list are not followed.
const MAX_ITEMS: usize = 32;
/// Longer lists are not counted.
const MAX_LIST: usize = 20_000;

/// What the name of a pattern is given.
pub(super) fn taken(file: &SourceFile, facts: &Facts, name: NodeId) -> Given {
    value(file, facts, name).map_or(Given::Unknown, Given::Value)
}

fn value(file: &SourceFile, facts: &Facts, name: NodeId) -> Option<NodeId> {
    let pattern = facts.node(name).parent;
    let is_item = facts.role(pattern) == Role::Destructuring
        && facts.part(name, Part::Key).is_none()
        && facts.part(name, Part::Default).is_none();
    let list = list(facts, facts.part(pattern, Part::Value).filter(|_| is_item)?)?;
    let (pattern, name) = (facts.node(pattern).span, facts.node(name).span);
    let spreads = |item: &Span| item.text(&file.text).starts_with(['*', '.']);
    let before = items(file, Span { start: pattern.start, end: name.end })?;
    let position = before.len().checked_sub(1).filter(|_| before.last() == Some(&name) && !spreads(&name))?;
    if facts.role(list) == Role::Call {
        let arguments: Vec<NodeId> = facts.parts(list, Part::Argument).collect();
        // `return_exceptions=True` makes values of errors.
        let is_plain = arguments.iter().all(|&at| facts.role(at) != Role::Keyword && !spreads(&facts.node(at).span));
        return arguments.get(position).copied().filter(|_| is_plain);
    }
    let items = items(file, facts.node(list).span)?;
    let wanted = *items.get(position).filter(|_| !items[..=position].iter().any(spreads))?;
    facts.children(list).find(|&at| facts.node(at).span == wanted)
}

/// The list that an expression is, through `await` and calls that wait for each item of one.
fn list(facts: &Facts, expression: NodeId) -> Option<NodeId> {
    let mut at = expression;
    while facts.role(at) == Role::Transparent {
        at = facts.part(at, Part::Operand)?;
    }
    if facts.role(at) == Role::Call {
        at = facts.part(at, Part::Operand)?;
    }
    let is_list = matches!(facts.role(at), Role::Array | Role::Call) && facts.node(at).span.len() <= MAX_LIST;
    is_list.then_some(at)
}

/// The items between the commas of a list, with or without its brackets; the last one may be cut off.
fn items(file: &SourceFile, list: Span) -> Option<Vec<Span>> {
    let mut tokens = file.tokens_in(list).iter().filter(|token| token.class != TokenClass::Comment).peekable();
    let word = |span: Span| span.text(&file.text);
    // How deep in brackets the items stand.
    let level = usize::from(tokens.peek().is_some_and(|first| matches!(word(first.span), "[" | "(")));
    let (mut depth, mut items, mut item) = (0_usize, Vec::new(), None::<Span>);
    for token in tokens {
        // Marks inside of types part nothing.
        let text = if token.class == TokenClass::Type { "" } else { word(token.span) };
        if matches!(text, ")" | "]" | "}") {
            match depth.checked_sub(1).filter(|&depth| depth >= level) {
                Some(less) => depth = less,
                None => break,
            }
        }
        if text == "," && depth == level {
            items.push(item.take().unwrap_or(Span { start: token.span.start, end: token.span.start }));
            if items.len() > MAX_ITEMS {
                return None;
            }
        } else if depth >= level {
            let start = item.map_or(token.span.start, |item| item.start);
            item = Some(Span { start, end: token.span.end });
        }
        if matches!(text, "(" | "[" | "{") {
            depth += 1;
        }
    }
    items.extend(item);
    Some(items)
}
