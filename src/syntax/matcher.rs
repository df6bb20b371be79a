//! Finds every pattern of a language in a flat tree: one pass, patterns looked up by the kind of their outermost node.
//!
//! tree-sitter has an engine for this, but compiling a query costs it 80 to 170 ms for TypeScript, and a hostile file can
//! hold it for seconds. Here a pattern costs at most its size times the nodes it can reach: children are matched in order by
//! the earliest and latest place that each can take, never by trying combinations. A node that several combinations could
//! capture is captured (what the union of tree-sitter's matches would hold).

use super::facts::{Part, Role};
use super::query::{Child, Pattern, Step, Symbol};
use super::tree::{ERROR, FlatTree};
use std::ops::Range;

/// The patterns of a language, ready to run.
#[derive(Debug)]
pub(super) struct PatternSet {
    patterns: Vec<Pattern>,
    /// For each kind of node: which pattern, which of its roots.
    by_kind: Vec<Vec<(u16, u16)>>,
    named: Vec<bool>,
}

/// What the patterns say about the nodes of one tree.
#[derive(Debug, Default)]
pub(super) struct Captures {
    /// For each node: the first pattern that gives it a role, and the role.
    pub(super) roles: Vec<Option<(u16, Role)>>,
    pub(super) parts: Vec<CapturedPart>,
    /// The budget ran out: some captures are missing.
    pub(super) truncated: bool,
}

/// `part` of the node `owner`, should that have the role `role`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CapturedPart {
    pub(super) owner: u32,
    pub(super) node: u32,
    pub(super) part: Part,
    pub(super) role: Role,
}

impl PatternSet {
    pub(super) fn new(grammar: &tree_sitter::Language, patterns: Vec<Pattern>) -> Self {
        let kinds = grammar.node_kind_count();
        let named: Vec<bool> = (0..kinds).map(|kind| grammar.node_kind_is_named(kind as u16)).collect();
        let mut by_kind = vec![Vec::new(); kinds];
        for (index, pattern) in patterns.iter().enumerate() {
            for (root, step) in pattern.roots.iter().enumerate() {
                let entry = (index as u16, root as u16);
                match step.symbol {
                    Symbol::Is(kind) => by_kind[usize::from(kind)].push(entry),
                    Symbol::Any => by_kind.iter_mut().for_each(|list| list.push(entry)),
                    Symbol::AnyNamed => {
                        by_kind
                            .iter_mut()
                            .zip(&named)
                            .filter(|(_, named)| **named)
                            .for_each(|(list, _)| list.push(entry));
                    }
                }
            }
        }
        Self { patterns, by_kind, named }
    }

    /// Runs every pattern on every node.
    pub(super) fn run(&self, tree: &FlatTree, text: &str) -> Captures {
        let captures = Captures { roles: vec![None; tree.nodes.len()], ..Captures::default() };
        // Each syntax node has a few parts; only patterns that pair many roles with many parts come near this.
        let budget = 64 * tree.nodes.len() + 1024;
        let mut run = Run { set: self, tree, text, captures, budget, found: Vec::new(), scratch: Vec::new() };
        for at in 0..tree.nodes.len() as u32 {
            let Some(candidates) = self.by_kind.get(usize::from(tree.node(at).kind)) else { continue };
            for &(pattern, root) in candidates {
                run.apply(pattern, &self.patterns[usize::from(pattern)].roots[usize::from(root)], at);
            }
        }
        run.captures
    }
}

struct Run<'a> {
    set: &'a PatternSet,
    tree: &'a FlatTree,
    text: &'a str,
    captures: Captures,
    budget: usize,
    /// Role nodes of the match at hand.
    found: Vec<u32>,
    /// Parts of the match at hand: owner (an index into `found`, or `u32::MAX`) and node.
    scratch: Vec<(Part, u32)>,
}

impl Run<'_> {
    fn apply(&mut self, pattern: u16, root: &Step, at: u32) {
        if !self.matches(root, at) {
            return;
        }
        let role = self.set.patterns[usize::from(pattern)].role;
        self.capture(root, at, pattern, role);
        self.found.clear();
    }

    fn matches(&self, step: &Step, at: u32) -> bool {
        let node = self.tree.node(at);
        let symbol = match step.symbol {
            Symbol::Is(kind) => node.kind == kind,
            Symbol::Any => node.kind != ERROR,
            Symbol::AnyNamed => {
                node.kind != ERROR && self.set.named.get(usize::from(node.kind)).is_some_and(|named| *named)
            }
        };
        symbol
            && (step.field == 0 || node.field == step.field)
            && step.tests.iter().all(|test| test.holds(node.span().text(self.text)))
            && (step.absent.is_empty()
                || !self.tree.children(at).any(|child| step.absent.contains(&self.tree.node(child).field)))
            && (step.children.is_empty() || self.children_match(&step.children, at))
    }

    fn child_matches(&self, child: &Child, at: u32) -> bool {
        child.one_of.iter().any(|step| self.matches(step, at))
    }

    /// Whether the required children stand below `at` in their order; taking the earliest each time loses nothing.
    fn children_match(&self, children: &[Child], at: u32) -> bool {
        let mut wanted = children.iter().filter(|child| child.required).peekable();
        for node in self.tree.children(at) {
            match wanted.peek() {
                None => return true,
                Some(child) if self.child_matches(child, node) => drop(wanted.next()),
                Some(_) => {}
            }
        }
        wanted.peek().is_none()
    }

    /// Notes the role nodes of a match with their parts, and leaves the role nodes in `found`.
    fn capture(&mut self, step: &Step, at: u32, pattern: u16, role: Role) {
        let (from, first) = (self.scratch.len(), self.found.len());
        if step.is_role {
            let known = &mut self.captures.roles[at as usize];
            if known.is_none_or(|(other, _)| other > pattern) {
                *known = Some((pattern, role));
            }
            self.found.push(at);
            self.parts(step, at, None);
        } else if let Some(index) = step.role_child {
            let (nodes, windows) = self.windows(&step.children, at);
            for (child, window) in windows.into_iter().enumerate() {
                if child == index {
                    for &node in &nodes[window] {
                        for inner in &step.children[index].one_of {
                            if self.matches(inner, node) {
                                self.capture(inner, node, pattern, role);
                            }
                        }
                    }
                }
            }
            self.parts(step, at, Some(index));
        }
        for owner in self.found[first..].iter().copied() {
            for &(part, node) in &self.scratch[from..] {
                if self.budget == 0 {
                    self.captures.truncated = true;
                    break;
                }
                self.budget -= 1;
                self.captures.parts.push(CapturedPart { owner, node, part, role });
            }
        }
        self.scratch.truncate(from);
    }

    /// Collects the parts of a matched step and below, leaving out the child that `except` names.
    fn parts(&mut self, step: &Step, at: u32, except: Option<usize>) {
        self.scratch.extend(step.parts.iter().map(|&part| (part, at)));
        if !step.children.iter().any(|child| child.has_parts) {
            return;
        }
        let (nodes, windows) = self.windows(&step.children, at);
        for (index, window) in windows.into_iter().enumerate() {
            let child = &step.children[index];
            if Some(index) == except || !child.has_parts {
                continue;
            }
            for &node in &nodes[window] {
                for inner in &child.one_of {
                    if self.matches(inner, node) {
                        self.parts(inner, node, None);
                    }
                }
            }
        }
    }

    /// The children of a node, and for each child pattern those that it can take in some match: those after the earliest place of what must stand
    /// before it, and before the latest place of what must stand after it.
    fn windows(&self, children: &[Child], at: u32) -> (Vec<u32>, Vec<Range<usize>>) {
        let nodes: Vec<u32> = self.tree.children(at).collect();
        let mut earliest = Vec::with_capacity(children.len());
        let mut next = 0;
        for child in children {
            earliest.push(next);
            if child.required {
                while next < nodes.len() && !self.child_matches(child, nodes[next]) {
                    next += 1;
                }
                next += 1;
            }
        }
        let mut end = nodes.len();
        let mut windows = Vec::with_capacity(children.len());
        for (index, child) in children.iter().enumerate().rev() {
            windows.push(earliest[index].min(end)..end);
            if child.required {
                end = (0..end).rev().find(|&place| self.child_matches(child, nodes[place])).unwrap_or(0);
            }
        }
        windows.reverse();
        (nodes, windows)
    }
}
