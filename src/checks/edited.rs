//! What a change touches of one side: the changed tokens, and the flag evaluations that they are part of.
//!
//! A line that only moved, or was only formatted, is not touched.

use crate::detect::FlagEvaluation;
use crate::evidence::{Evidence, FileEvidence, SideEvidence};
use crate::location::Span;
use crate::rules::files::FileKind;
use crate::syntax::facts::Facts;
use crate::terms::{Side, Tier};
use std::collections::HashMap;

/// The changed tokens of one side of a file, in order.
pub(super) struct Edits {
    tokens: Vec<Span>,
}

impl Edits {
    pub(super) fn of(file: &FileEvidence, side: Side) -> Self {
        let facts = file.side(side).and_then(|side| side.source.facts());
        let parts = file.regions.iter().filter_map(|region| region.judged.region.side(side));
        let mut tokens: Vec<Span> = match facts {
            Some(facts) => parts
                .flat_map(|part| &part.runs)
                .flat_map(|run| &run.tokens)
                .map(|&at| facts.tokens[at as usize].span)
                .collect(),
            None => Vec::new(),
        };
        tokens.sort_unstable();
        Self { tokens }
    }

    /// True when one of the changed tokens lies in the span.
    pub(super) fn touch(&self, span: Span) -> bool {
        let first = self.tokens.partition_point(|token| token.start < span.start);
        self.tokens.get(first).is_some_and(|token| token.end <= span.end)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
}

/// An evaluation that the change adds or edits.
pub(super) struct Edited<'e> {
    pub(super) file: &'e FileEvidence,
    pub(super) side: &'e SideEvidence,
    pub(super) facts: &'e Facts,
    pub(super) evaluation: &'e FlagEvaluation,
}

/// The evaluations of the new side that the change adds or edits, in order.
pub(super) fn evaluations<'e>(evidence: &'e Evidence<'_>) -> Vec<Edited<'e>> {
    let touched = |side: Side| code(evidence).flat_map(move |file| touched(file, side));
    let mut gone: HashMap<String, usize> = HashMap::new();
    for old in touched(Side::Old) {
        *gone.entry(old.text()).or_default() += 1;
    }
    let is_moved = |new: &Edited<'_>| match gone.get_mut(&new.text()) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    };
    let mut is_moved = is_moved;
    touched(Side::New).filter(|new| !is_moved(new)).collect()
}

/// The changed files that the program is made of.
pub(super) fn code<'e>(evidence: &'e Evidence<'_>) -> impl Iterator<Item = &'e FileEvidence> {
    evidence.files.iter().filter(|file| file.kind == FileKind::Code)
}

fn touched(file: &FileEvidence, side: Side) -> Vec<Edited<'_>> {
    let Some(evidence) = file.side(side).filter(|side| !side.flags.evaluations.is_empty()) else { return Vec::new() };
    let Some(facts) = evidence.source.facts() else { return Vec::new() };
    let edits = Edits::of(file, side);
    let read = evidence.flags.evaluations.iter().filter(|evaluation| !evaluation.is_read_elsewhere());
    let evaluations = read.filter(|evaluation| edits.touch(evaluation.span));
    evaluations.map(|evaluation| Edited { file, side: evidence, facts, evaluation }).collect()
}

impl Edited<'_> {
    /// The evaluation as written, without white space.
    pub(super) fn text(&self) -> String {
        self.evaluation.span.text(&self.side.source.text).split_whitespace().collect()
    }
}

/// The highest tier of changed code that runs only with this flag on.
pub(super) fn gated_tier(evidence: &Evidence<'_>, key: &str) -> Tier {
    let regions = evidence.regions().map(|(_, region)| region);
    let gated = regions.filter(|region| region.judged.gates.iter().any(|gate| gate.flag == key));
    gated.map(|region| region.tier()).max().unwrap_or_default()
}
