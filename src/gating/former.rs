//! What runs while a flag is off, and is what ran before: `on ? <NewForm /> : <Form />`, where `<Form />` stood there alone.
//!
//! A comparison of texts may take the new branch for the old code, and the old one for new. The branch for the flag being off
//! is as it was where all of its tokens stood together before, where nothing else went, and where it is no copy.

use super::condition::FlagValues;
use super::dominance::{self, GateAt};
use super::region::Run;
use crate::location::Span;
use crate::report::GateKind;
use crate::syntax::SourceFile;
use crate::syntax::facts::{NodeId, Part, Role, TokenClass};
use crate::terms::Polarity;

/// Fewer tokens stand anywhere.
const MIN_TOKENS: usize = 8;

/// Shorter texts may be the same by chance.
const MIN_MOVED: usize = 40;

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

/// The gates (flag ON) that all which went stands behind from now on, as it was: `const offer = on ? <Offer /> : null` and
/// `{offer}` in place of `<Offer />`.
pub(super) fn stands_behind(values: &FlagValues<'_>, before: &SourceFile, went: &[Run]) -> Option<Vec<GateAt>> {
    // Where lines begin says nothing.
    let places = values.file.text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let (now, starts): (String, Vec<usize>) = {
        let places: Vec<(usize, char)> = places.collect();
        let starts = places.iter().flat_map(|&(at, c)| std::iter::repeat_n(at, c.len_utf8())).collect();
        (places.iter().map(|(_, c)| c).collect(), starts)
    };
    let mut gates: Vec<GateAt> = Vec::new();
    // Brackets that stand on both sides may cut what went in parts.
    let mut whole: Vec<Span> = Vec::new();
    for run in went {
        match whole.last_mut() {
            Some(last) if is_of_marks(Span { start: last.end, end: run.span.start }.text(&before.text)) => {
                last.end = run.span.end;
            }
            _ => whole.push(run.span),
        }
    }
    for span in whole {
        let words: String = span.text(&before.text).split_whitespace().collect();
        let mut found = now.match_indices(words.as_str());
        // Little stands anywhere; and what stands in two places may have stood in one of them before.
        let (first, _) = found.next().filter(|_| words.len() >= MIN_MOVED && found.next().is_none())?;
        let place = Span { start: starts[first] as u32, end: starts[first + words.len() - 1] as u32 + 1 };
        let around = values.facts.innermost(place);
        let inside = values.facts.children(around).find(|&at| values.facts.node(at).span.end > place.start);
        let on = dominance::gates(values, inside.unwrap_or(around)).into_iter();
        let on: Vec<GateAt> = on.filter(|gate| gate.outcome.polarity == Polarity::On).collect();
        if on.is_empty() {
            return None;
        }
        gates.extend(on);
    }
    Some(gates)
}

fn is_of_marks(text: &str) -> bool {
    !text.contains(|c: char| c.is_alphanumeric() || c == '_')
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
