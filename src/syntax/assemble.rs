//! Captures and leaves in, [`Facts`] out.

use super::facts::{Facts, Node, NodeId, Role, Token, TokenClass};
use super::matcher::Captures;
use super::tree::{FlatNode, FlatTree};
use crate::location::Span;

/// No [`NodeId`] was given to this syntax node.
const NONE: u32 = u32::MAX;

pub(super) fn assemble(tree: &FlatTree, captures: Captures, text: &str) -> Facts {
    let Captures { mut roles, mut parts, .. } = captures;
    if let Some(root) = roles.first_mut() {
        *root = None;
    }
    // `(_)` matches a comment too, which is never what is meant: `import(/* a name for the chunk */ './page')`.
    let is_comment = |node: u32| roles[node as usize].is_some_and(|(_, role)| role == Role::Comment);
    let is_held = |owner: u32, of: Role| roles[owner as usize].is_some_and(|(_, role)| role == of);
    parts.retain(|part| part.node != 0 && is_held(part.owner, part.role) && !is_comment(part.node));
    parts.sort_unstable_by_key(|part| (part.owner, part.node, part.part as u8));
    parts.dedup();

    // `@other` keeps later patterns from giving a node a role; it makes no node of its own.
    roles.iter_mut().filter(|role| role.is_some_and(|(_, role)| role == Role::Other)).for_each(|role| *role = None);

    let mut ids: Vec<u32> = roles.iter().map(|role| if role.is_some() { 0 } else { NONE }).collect();
    for part in &parts {
        ids[part.node as usize] = 0;
    }
    let nodes = number(tree, &roles, &mut ids);
    let mut facts =
        Facts { nodes, parts: Vec::with_capacity(parts.len()), tokens: Vec::new(), errors: tree.errors.clone() };
    for of_one in parts.chunk_by(|a, b| a.owner == b.owner) {
        let from = facts.parts.len() as u32;
        facts.parts.extend(of_one.iter().map(|part| (part.part, NodeId(ids[part.node as usize]))));
        facts.nodes[ids[of_one[0].owner as usize] as usize].parts = (from, facts.parts.len() as u32);
    }
    facts.tokens = tokens(tree, &roles, text);
    // Facts stay for long, and there are many of them.
    facts.tokens.shrink_to_fit();
    facts
}

/// Gives every captured syntax node its id, in source order, below its nearest captured ancestor.
fn number(tree: &FlatTree, roles: &[Option<(u16, Role)>], ids: &mut [u32]) -> Vec<Node> {
    let node = |role, syntax: &FlatNode, id, parent| Node {
        role,
        span: syntax.span(),
        parent: NodeId(parent),
        last: NodeId(id),
        parts: (0, 0),
    };
    let mut nodes = Vec::with_capacity(ids.iter().filter(|id| **id != NONE).count() + 1);
    let whole = FlatNode { start: 0, ..*tree.node(0) };
    nodes.push(node(Role::Module, &whole, 0, 0));
    ids[0] = 0;
    // Captured nodes that are still open: last syntax node inside, own id.
    let mut open: Vec<(u32, u32)> = Vec::new();
    for (at, syntax) in tree.nodes.iter().enumerate().skip(1) {
        if ids[at] == NONE {
            continue;
        }
        while open.last().is_some_and(|&(last, _)| last < at as u32) {
            open.pop();
        }
        let id = nodes.len() as u32;
        let parent = open.last().map_or(0, |&(_, parent)| parent);
        ids[at] = id;
        nodes.push(node(roles[at].map_or(Role::Other, |(_, role)| role), syntax, id, parent));
        open.push((syntax.last, id));
    }
    // Children come after their parents, so going backwards every `last` is final when it is passed on.
    for id in (1..nodes.len()).rev() {
        let (parent, last) = (nodes[id].parent, nodes[id].last);
        let parent = &mut nodes[parent.0 as usize];
        parent.last = parent.last.max(last);
    }
    nodes
}

/// The leaves; strings and comments count as leaves. Text between leaves that the grammar has no leaf for (the plain
/// part of a string with escapes) is a token too.
fn tokens(tree: &FlatTree, roles: &[Option<(u16, Role)>], text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(tree.nodes.len() / 2);
    // Inner nodes that are still open: last node inside, end of its text, class, whether its blanks count.
    let mut open = vec![Open { last: u32::MAX, end: text.len() as u32, class: TokenClass::Code, is_text: false }];
    let mut covered = 0;
    let mut at = 0;
    while let Some(node) = tree.nodes.get(at as usize) {
        while open.len() > 1 && open.last().is_some_and(|outer| outer.last < at) {
            if let Some(outer) = open.pop() {
                gap(&mut tokens, &mut covered, outer.end, &outer, text);
            }
        }
        let outer = *open.last().expect("the outermost is never taken off");
        gap(&mut tokens, &mut covered, node.start, &outer, text);
        let role = roles[at as usize].map(|(_, role)| role);
        let class = match role {
            Some(Role::Comment) => TokenClass::Comment,
            Some(Role::Docstring | Role::Copy) => TokenClass::Copy,
            Some(Role::Type) => TokenClass::Type,
            Some(Role::Import) => TokenClass::Import,
            _ => outer.class,
        };
        let whole = node.last == at || matches!(role, Some(Role::Comment | Role::String));
        if whole {
            if node.start < node.end {
                tokens.push(Token { span: node.span(), class });
            }
            covered = covered.max(node.end);
            at = node.last + 1;
        } else {
            let is_text = match role {
                Some(role) => role == Role::Template,
                None => outer.is_text,
            };
            open.push(Open { last: node.last, end: node.end, class, is_text });
            at += 1;
        }
    }
    while let Some(outer) = open.pop() {
        gap(&mut tokens, &mut covered, outer.end, &outer, text);
    }
    tokens
}

#[derive(Clone, Copy)]
struct Open {
    last: u32,
    end: u32,
    class: TokenClass,
    is_text: bool,
}

/// Makes a token of what stands between `covered` and `end`, unless it is blank.
fn gap(tokens: &mut Vec<Token>, covered: &mut u32, end: u32, outer: &Open, text: &str) {
    if *covered >= end {
        return;
    }
    let span = Span { start: *covered, end };
    *covered = end;
    let between = span.text(text);
    if outer.is_text {
        tokens.push(Token { span, class: outer.class });
    } else if !between.trim().is_empty() {
        let start = span.start as usize + (between.len() - between.trim_start().len());
        tokens.push(Token { span: Span::new(start, start + between.trim().len()), class: outer.class });
    }
}
