//! What runs while a flag is off, and is what ran before: `on ? <NewForm /> : <Form />`, where `<Form />` stood there alone.
//!
//! A comparison of texts may take the new branch for the old code, and the old one for new. The branch for the flag being off
//! is as it was where all of its tokens stood together before, where nothing else went, and where it is no copy.

use super::condition::FlagValues;
use super::dominance::GateAt;
use crate::location::Span;
use crate::report::GateKind;
use crate::syntax::SourceFile;
use crate::syntax::facts::{NodeId, Part, Role, TokenClass};

/// Fewer tokens stand anywhere.
const MIN_TOKENS: usize = 8;

/// More tokens are not looked for.
const MAX_TOKENS: usize = 20_000;

/// The other side of a change, and what went there.
pub(super) struct Before<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) gone: Vec<Span>,
}

/// The branch (flag OFF) that a gate puts before this place.
pub(super) fn branch(values: &FlagValues<'_>, gate: &GateAt, node: NodeId) -> Option<Span> {
    let facts = values.facts;
    let guard = facts.node(facts.outer(gate.at)).parent;
    let is_in = |at: NodeId| at <= node && node <= facts.node(at).last;
    let between =
        |first: NodeId, last: NodeId| Span { start: facts.node(first).span.start, end: facts.node(last).span.end };
    let inside = |at: NodeId| {
        let at = facts.inner(at);
        let (first, last) = (facts.children(at).next(), facts.children(at).last());
        match (facts.role(at), first, last) {
            (Role::Block, Some(first), Some(last)) => between(first, last),
            _ => facts.node(at).span,
        }
    };
    match (gate.kind, facts.role(guard)) {
        (GateKind::EarlyExit, Role::Guard) => {
            let block = facts.node(guard).parent;
            let first = facts.children(block).find(|&at| at > guard)?;
            let last = facts.children(block).last()?;
            (facts.role(block) == Role::Block).then(|| between(first, last))
        }
        (GateKind::Branch | GateKind::Ternary, Role::Guard) => {
            let branch = facts.children(guard).find(|&at| is_in(at))?;
            let is_branch = matches!(facts.part_of(guard, branch), Some(Part::Consequence | Part::Alternative));
            // `else if` is a branch of its own.
            (is_branch && facts.role(branch) != Role::Guard).then(|| inside(branch))
        }
        (GateKind::ShortCircuit, Role::And | Role::Or) => {
            let right = facts.part(guard, Part::Right).filter(|&at| is_in(at))?;
            Some(inside(right))
        }
        _ => None,
    }
}

/// Whether all of a branch stood together before, and nothing went but what is in it.
pub(super) fn stood_there(values: &FlagValues<'_>, before: &Before<'_>, branch: Span) -> bool {
    let tokens = |file: &SourceFile, span: Span| -> Vec<Span> {
        let code = file.tokens_in(span).iter().filter(|token| token.class == TokenClass::Code);
        code.map(|token| token.span).filter(|at| !matches!(at.text(&file.text), "" | "," | ";")).collect()
    };
    let whole = |file: &SourceFile| Span { start: 0, end: file.text.len() as u32 };
    let (old, new) = (tokens(before.file, whole(before.file)), tokens(values.file, whole(values.file)));
    let wanted: Vec<&str> = tokens(values.file, branch).iter().map(|at| at.text(&values.file.text)).collect();
    if wanted.len() < MIN_TOKENS || old.len() > MAX_TOKENS || new.len() > MAX_TOKENS {
        return false;
    }
    let places = |file: &SourceFile, all: &[Span]| -> Vec<Span> {
        let is_it = |at: &[Span]| at.iter().zip(&wanted).all(|(at, word)| at.text(&file.text) == *word);
        let found = all.windows(wanted.len()).filter(|at| is_it(at));
        found.map(|at| Span { start: at[0].start, end: at[at.len() - 1].end }).collect()
    };
    let was = places(before.file, &old);
    was.len() >= places(values.file, &new).len()
        && was.iter().any(|was| before.gone.iter().all(|gone| was.contains(*gone)))
}
