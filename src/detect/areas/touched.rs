//! Which nodes of the facts a change touches, and which stand around it.

use super::names::chain;
use crate::location::Span;
use crate::rules::areas::AreaContext;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};

/// Longer branches are not taken to be about their condition.
const MAX_GOVERNED_LINES: u32 = 20;
/// How many nodes around the change are looked at: in one branch or declaration, and in all.
const MAX_AROUND: usize = 1500;
const MAX_AROUND_ALL: usize = 6000;

/// The changed lines of a region, as sorted spans that do not overlap.
#[derive(Debug)]
pub(super) struct ChangedLines {
    spans: Vec<Span>,
}

impl ChangedLines {
    /// A reviewer reads lines: what stands in the line of a changed token has changed.
    pub(super) fn new(file: &SourceFile, changed: &[Span]) -> Self {
        let mut spans: Vec<Span> = changed.iter().map(|span| file.lines.span(file.lines.lines(*span))).collect();
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        Self { spans: merged }
    }

    pub(super) fn intersect(&self, span: Span) -> bool {
        let at = self.spans.partition_point(|changed| changed.end <= span.start);
        self.spans.get(at).is_some_and(|changed| changed.intersects(span))
    }
}

/// Whether the whole function or class is new or gone.
pub(super) fn is_whole(file: &SourceFile, facts: &Facts, declaration: NodeId, changed: &ChangedLines) -> bool {
    if facts.role(declaration) == Role::Class {
        // Its methods are declarations of their own: what it has besides them is new or gone with its name.
        let own = |id: &NodeId| !matches!(facts.role(*id), Role::Function | Role::Class | Role::Comment | Role::Block);
        let is_of = |id: NodeId| {
            let parent = facts.node(id).parent;
            parent == declaration || facts.role(parent) == Role::Block && facts.node(parent).parent == declaration
        };
        let mut members = facts.descendants(declaration).filter(|&id| is_of(id)).filter(own);
        let named = facts.part(declaration, Part::Name).is_some_and(|name| changed.intersect(facts.node(name).span));
        return named && members.all(|id| changed.intersect(facts.node(id).span));
    }
    let span = facts.node(declaration).span;
    let ends = [span.start, span.end.saturating_sub(1)];
    facts.role(declaration) != Role::Module
        && ends.iter().all(|&at| changed.intersect(file.lines.span(file.lines.lines(Span { start: at, end: at + 1 }))))
}

/// Where a node stands to the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a changed line.
    Changed,
    /// In a branch whose condition changed.
    Governed,
    /// Elsewhere in the declaration.
    Around,
    /// The name, bases and decorators of an enclosing declaration.
    Header,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Touched {
    pub(super) node: NodeId,
    pub(super) place: Place,
    /// Something in the node itself changed, not only a function or an element inside it.
    pub(super) itself: bool,
}

/// The nodes in the changed lines of the declaration, in source order.
pub(super) fn touched(file: &SourceFile, facts: &Facts, declaration: NodeId, changed: &ChangedLines) -> Vec<Touched> {
    let mut found: Vec<Touched> = Vec::new();
    let mut parents: Vec<Option<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let end = facts.node(declaration).last.0;
    let mut at = declaration.0;
    while at <= end {
        let id = NodeId(at);
        let node = facts.node(id);
        if !changed.intersect(node.span) || says_nothing(file, facts, id) {
            at = node.last.0 + 1;
            continue;
        }
        while open.last().is_some_and(|&above| facts.node(found[above].node).last.0 < at) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(found.len());
        found.push(Touched { node: id, place: Place::Changed, itself: false });
        at += 1;
    }
    let mut has_children = vec![false; found.len()];
    for at in (0..found.len()).rev() {
        found[at].itself |= !has_children[at];
        let passes_on = !matches!(facts.role(found[at].node), Role::Function | Role::Class | Role::Element);
        if let Some(parent) = parents[at] {
            has_children[parent] = true;
            found[parent].itself |= found[at].itself && passes_on;
        }
    }
    found
}

/// The nodes around the change that can still say what it is about.
pub(super) fn around(
    file: &SourceFile,
    facts: &Facts,
    declaration: NodeId,
    changed: &ChangedLines,
    touched: &[Touched],
) -> Vec<Touched> {
    let mut found = Vec::new();
    for condition in touched.iter().filter(|touched| touched.itself) {
        for branch in governed_by(facts, condition.node, changed) {
            let lines = file.lines.lines(facts.node(branch).span);
            if lines.end - lines.start <= MAX_GOVERNED_LINES {
                collect(file, facts, branch, changed, Place::Governed, &mut found);
            }
        }
    }
    if facts.role(declaration) == Role::Function {
        collect(file, facts, declaration, changed, Place::Around, &mut found);
    }
    for enclosing in std::iter::once(declaration).chain(facts.ancestors(declaration)) {
        headers(facts, enclosing, &mut found);
    }
    found.retain(|at| at.place != Place::Header || !changed.intersect(facts.node(at.node).span));
    found
}

/// The branches that run or not by the changed condition of this node.
fn governed_by(facts: &Facts, node: NodeId, changed: &ChangedLines) -> Vec<NodeId> {
    let (condition, branches): (_, &[Part]) = match facts.role(node) {
        Role::Guard => (Part::Condition, &[Part::Consequence, Part::Alternative]),
        Role::And => (Part::Left, &[Part::Right]),
        _ => return Vec::new(),
    };
    let condition_changed = facts.part(node, condition).is_some_and(|id| changed.intersect(facts.node(id).span));
    if !condition_changed {
        return Vec::new();
    }
    branches.iter().flat_map(|&part| facts.parts(node, part)).collect()
}

/// The nodes under this one that are not in changed lines; nested functions are other declarations.
fn collect(
    file: &SourceFile,
    facts: &Facts,
    root: NodeId,
    changed: &ChangedLines,
    place: Place,
    found: &mut Vec<Touched>,
) {
    let end = facts.node(root).last.0;
    let mut at = root.0;
    let limit = (found.len() + MAX_AROUND).min(MAX_AROUND_ALL);
    while at <= end && found.len() < limit {
        let id = NodeId(at);
        let nested = matches!(facts.role(id), Role::Function | Role::Class) && id != root;
        if nested || says_nothing(file, facts, id) {
            at = facts.node(id).last.0 + 1;
            continue;
        }
        if !changed.intersect(facts.node(id).span) {
            found.push(Touched { node: id, place, itself: true });
        }
        at += 1;
    }
}

/// The name, bases and decorators of a declaration, and the call that a function is an argument of.
fn headers(facts: &Facts, declaration: NodeId, found: &mut Vec<Touched>) {
    let mut push = |node| found.push(Touched { node, place: Place::Header, itself: true });
    if matches!(facts.role(declaration), Role::Function | Role::Class) {
        for part in [Part::Name, Part::Base, Part::Decorator] {
            facts.parts(declaration, part).for_each(&mut push);
        }
        let parent = facts.node(declaration).parent;
        if facts.role(parent) == Role::Call && facts.part_of(parent, declaration) == Some(Part::Argument) {
            push(parent);
        }
    }
}

/// Whether nothing in this node is evidence: no behaviour, or only words for people.
fn says_nothing(file: &SourceFile, facts: &Facts, id: NodeId) -> bool {
    match facts.role(id) {
        Role::Import | Role::Type | Role::Comment | Role::Docstring | Role::Copy => true,
        Role::Function => {
            facts.part(id, Part::Name).is_some_and(|name| AreaContext::built_in().ignores_function(file.text_of(name)))
        }
        Role::Call => AreaContext::built_in().ignores_call(&chain(file, facts, id)),
        Role::Decorator => AreaContext::built_in().ignores_decorator(&decorator_name(file, facts, id)),
        _ => false,
    }
}

/// The dotted name of a decorator.
pub(super) fn decorator_name<'a>(file: &'a SourceFile, facts: &Facts, id: NodeId) -> Vec<&'a str> {
    facts.part(id, Part::Value).map(|value| chain(file, facts, value)).unwrap_or_default()
}
