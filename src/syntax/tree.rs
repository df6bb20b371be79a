//! A syntax tree laid flat: one record a node, in source order, parents before children.
//!
//! Everything after the parse works on this: it has no depth, so nothing that walks it can overflow the stack, and the
//! children of a node are found without asking the parser's library (whose `child(i)` is linear in `i`).

use crate::location::Span;

/// The symbol of a node that the grammar could not make sense of.
pub(super) const ERROR: u16 = u16::MAX;

#[derive(Debug, Clone, Copy)]
pub(super) struct FlatNode {
    pub(super) kind: u16,
    /// The field that its parent holds it in; 0 for none.
    pub(super) field: u16,
    pub(super) start: u32,
    pub(super) end: u32,
    /// The root is its own parent.
    pub(super) parent: u32,
    /// The last descendant; the node itself for a leaf.
    pub(super) last: u32,
}

impl FlatNode {
    pub(super) fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

#[derive(Debug, Default)]
pub(super) struct FlatTree {
    pub(super) nodes: Vec<FlatNode>,
    /// ERROR and MISSING nodes.
    pub(super) errors: Vec<Span>,
}

impl FlatTree {
    /// Copies the tree; `None` when it has more than `budget` nodes.
    pub(super) fn new(tree: &tree_sitter::Tree, budget: usize) -> Option<Self> {
        let mut flat =
            Self { nodes: Vec::with_capacity(tree.root_node().descendant_count().min(budget)), ..Self::default() };
        let mut cursor = tree.walk();
        let mut parent = 0;
        loop {
            if flat.nodes.len() >= budget {
                return None;
            }
            let node = cursor.node();
            let at = flat.nodes.len() as u32;
            let span = Span::new(node.start_byte(), node.end_byte());
            let field = cursor.field_id().map_or(0, |field| field.get());
            let kind = node.kind_id();
            flat.nodes.push(FlatNode { kind, field, start: span.start, end: span.end, parent, last: at });
            if kind == ERROR || (span.start == span.end && node.is_missing()) {
                flat.errors.push(span);
            }
            if cursor.goto_first_child() {
                parent = at;
                continue;
            }
            while !cursor.goto_next_sibling() {
                let last = flat.nodes.len() as u32 - 1;
                if !cursor.goto_parent() {
                    flat.nodes[0].last = last;
                    return Some(flat);
                }
                flat.nodes[parent as usize].last = last;
                parent = flat.nodes[parent as usize].parent;
            }
        }
    }

    pub(super) fn node(&self, at: u32) -> &FlatNode {
        &self.nodes[at as usize]
    }

    /// The direct children, in source order.
    pub(super) fn children(&self, at: u32) -> Children<'_> {
        Children { tree: self, next: at + 1, end: self.node(at).last }
    }
}

/// See [`FlatTree::children`].
pub(super) struct Children<'a> {
    tree: &'a FlatTree,
    next: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        (self.next <= self.end).then(|| {
            let at = self.next;
            self.next = self.tree.node(at).last + 1;
            at
        })
    }
}
