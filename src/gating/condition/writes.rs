//! The places that give names their values, and which of them can be meant at a place.

use super::{FlagValues, MAX_WRITES};
use crate::location::Span;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role, TokenClass};
use std::collections::HashMap;

/// The places that give one name a value.
#[derive(Debug, Default)]
pub(super) struct Writes {
    /// By the function, class or module that they stand in, in source order.
    by_scope: HashMap<NodeId, Vec<Write>>,
    /// Those that change what the name stands for, in source order, with where they stand.
    assignments: Vec<(NodeId, NodeId)>,
}

impl Writes {
    pub(super) fn add(&mut self, facts: &Facts, write: Write) {
        let scope = scope_of(facts, write.node);
        if facts.role(write.node) == Role::Assignment {
            self.assignments.push((write.node, scope));
        }
        self.by_scope.entry(scope).or_default().push(write);
    }

    /// The places right in this scope, where it declares the name.
    pub(super) fn declared_in(&self, facts: &Facts, scope: NodeId) -> Option<&[Write]> {
        let writes = self.by_scope.get(&scope)?;
        let mut first = writes.iter().take(MAX_WRITES);
        first.any(|write| facts.role(write.node) != Role::Assignment).then_some(writes)
    }

    /// True when a function inside the scope assigns the name: nobody knows when it runs.
    fn assigned_inside(&self, facts: &Facts, scope: NodeId) -> bool {
        let from = self.assignments.partition_point(|&(at, _)| at <= scope);
        let inside = self.assignments[from..].iter().take_while(|&&(at, _)| at <= facts.node(scope).last);
        // So many are not told apart.
        inside.take(MAX_WRITES + 1).enumerate().any(|(at, &(_, other))| other != scope || at == MAX_WRITES)
    }
}

/// A place that gives a name a value.
#[derive(Debug, Clone, Copy)]
pub(in crate::gating) struct Write {
    /// The binding, destructured name, assignment or parameter.
    pub(in crate::gating) node: NodeId,
    pub(in crate::gating) value: Given,
}

/// What a place gives a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::gating) enum Given {
    /// Exactly this.
    Value(NodeId),
    /// Nothing yet: `let on;`.
    Nothing,
    /// Whatever is taken out of something, or handed in.
    Unknown,
}

impl FlagValues<'_> {
    /// The only place that can have given this name its value, where it is a declaration.
    pub(in crate::gating) fn only_binding(&self, identifier: NodeId) -> Option<NodeId> {
        let &[Write { node, value: Given::Value(_) }] = self.writes_seen(identifier) else { return None };
        (self.facts.role(node) == Role::Binding).then_some(node)
    }

    /// The places that can have given this name its value, seen from here; none where not all of them are known.
    pub(in crate::gating) fn writes_seen(&self, identifier: NodeId) -> &[Write] {
        let Some(writes) = self.writes.get(self.file.text_of(identifier)) else { return &[] };
        // The innermost scope that declares the name is the one it belongs to.
        let mut scopes = self.facts.ancestors(identifier).filter(|&at| is_scope(self.facts.role(at)));
        let found = scopes.find_map(|scope| {
            let all = writes.declared_in(self.facts, scope)?;
            let mut first = all.iter().take(MAX_WRITES).filter(|write| self.facts.role(write.node) != Role::Assignment);
            first.any(|write| self.reaches(write.node, identifier)).then_some((scope, all))
        });
        let Some((scope, all)) = found else { return &[] };
        if writes.assigned_inside(self.facts, scope) {
            return &[];
        }
        let facts = self.facts;
        if facts.enclosing(identifier, Role::Function).next().is_some_and(|function| function > scope) {
            // A function inside the scope runs at any time.
            return if all.len() > MAX_WRITES { &[] } else { all };
        }
        // Of those before the last one that control always passes on its way here, none can be left.
        let before = all.partition_point(|write| write.node < identifier);
        let done = |write: &Write| facts.node(write.node).last < identifier;
        let passed = all[..before].iter().take(MAX_WRITES).rposition(|write| {
            let block = facts.node(write.node).parent;
            done(write)
                && matches!(facts.role(block), Role::Block | Role::Module)
                && identifier <= facts.node(block).last
        });
        // Those after this place come before it only in a loop that does not pass that one again.
        let from = passed.map_or(scope, |at| all[at].node);
        let around = facts.ancestors(identifier).take_while(|&at| at > from);
        let end = match around.filter(|&at| facts.role(at) == Role::Loop).last() {
            Some(outermost) => all.partition_point(|write| write.node <= facts.node(outermost).last),
            None => all[..before].iter().rposition(done).map_or(0, |last| last + 1),
        };
        let seen = all.get(passed.unwrap_or(0)..end).unwrap_or_default();
        if seen.len() > MAX_WRITES { &[] } else { seen }
    }

    /// Whether a name that is declared here can be meant there: `const` and `let` end with their block.
    fn reaches(&self, declaration: NodeId, identifier: NodeId) -> bool {
        let facts = self.facts;
        let is_pattern = |at: &NodeId| matches!(facts.role(*at), Role::Destructured | Role::Destructuring);
        let around = std::iter::once(declaration).chain(facts.ancestors(declaration)).take_while(is_pattern).last();
        let whole = around.unwrap_or(declaration);
        let before = self.file.text[..facts.node(whole).span.start as usize].trim_end();
        if facts.role(whole) == Role::Parameter || !["const", "let"].iter().any(|word| before.ends_with(word)) {
            return true;
        }
        let ends = |role: Role| {
            matches!(role, Role::Block | Role::Switch | Role::Loop | Role::Module | Role::Function | Role::Class)
        };
        let block = facts.ancestors(whole).find(|&at| ends(facts.role(at)));
        block.is_none_or(|block| block <= identifier && identifier <= facts.node(block).last)
    }
}

/// What a binding gives its name.
pub(super) fn bound(facts: &Facts, binding: NodeId) -> Given {
    let parent = facts.role(facts.node(binding).parent);
    match facts.part(binding, Part::Value) {
        Some(value) => Given::Value(value),
        // One of many values, or what was caught or matched.
        None if facts.part(binding, Part::Name) == Some(binding) => Given::Unknown,
        None if matches!(parent, Role::Loop | Role::Case | Role::Switch) => Given::Unknown,
        None => Given::Nothing,
    }
}

/// What an assignment gives its target; `on ||= x` and `on += x` are something else.
pub(super) fn assigned(file: &SourceFile, facts: &Facts, assignment: NodeId) -> Given {
    let (Some(target), Some(value)) = (facts.part(assignment, Part::Target), facts.part(assignment, Part::Value))
    else {
        return Given::Unknown;
    };
    let between = Span { start: facts.node(target).span.end, end: facts.node(value).span.start };
    let mut operators = file.tokens_in(between).iter().filter(|token| token.class == TokenClass::Code);
    let is_plain = operators.next().is_some_and(|token| token.span.text(&file.text) == "=");
    if is_plain { Given::Value(value) } else { Given::Unknown }
}

fn is_scope(role: Role) -> bool {
    matches!(role, Role::Function | Role::Module | Role::Class)
}

/// The function, class or module whose name a write at `node` makes.
///
/// A parameter belongs to the function that it is a child of; everything else to the nearest scope above.
pub(in crate::gating) fn scope_of(facts: &Facts, node: NodeId) -> NodeId {
    facts.ancestors(node).find(|&at| is_scope(facts.role(at))).unwrap_or(NodeId::MODULE)
}
