//! Text in, [`Facts`] out: the only user of tree-sitter.
//!
//! A language is a folder in `queries/` ([`language`]); its patterns ([`query`]) are matched ([`matcher`]) on a flat copy of
//! the syntax tree ([`tree`]), and what they capture becomes the facts ([`assemble`]). Nothing of tree-sitter leaves
//! this folder, and nothing here knows what a call means.

mod assemble;
#[cfg(test)]
mod differential;
pub(crate) mod facts;
mod guard;
pub(crate) mod language;
mod matcher;
mod names;
mod outline;
pub(crate) mod parse;
mod query;
pub(crate) mod sections;
pub(crate) mod sql;
#[cfg(test)]
mod tests;
mod tree;
pub(crate) mod worker;

use crate::git::change::Hunk;
use crate::location::{LineIndex, LineRange, RepoPath, Span};
use facts::{Facts, NodeId, Token};
use language::language_named;
pub(crate) use language::{Language, language_for};
pub(crate) use parse::ParseLimits;
use parse::Replacement;
use std::sync::Arc;

/// A text with what syntax says about it.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    pub(crate) path: RepoPath,
    pub(crate) language: Option<&'static Language>,
    pub(crate) text: Arc<str>,
    pub(crate) lines: LineIndex,
    pub(crate) parse: Parse,
}

#[derive(Debug, Clone)]
pub(crate) enum Parse {
    Facts(Facts),
    /// There are no facts: why, and what was done instead, as a sentence.
    Fallback(String),
}

impl SourceFile {
    pub(crate) fn analyse(path: RepoPath, text: Arc<str>, limits: &ParseLimits) -> Self {
        let language = language_for(&path);
        let facts = language.map(|language| facts_within(language, &text, limits));
        Self::new(path, text, language, facts)
    }

    /// A file of markup with the facts of its scripts; like any other where it has none.
    pub(crate) fn analyse_scripts(path: RepoPath, text: Arc<str>, limits: &ParseLimits) -> Self {
        let found = sections::sections(&text).and_then(|found| Some((language_named(found.language)?, found)));
        let Some((language, found)) = found else { return Self::analyse(path, text, limits) };
        let facts = facts_within(language, &found.only_scripts(&text), limits);
        Self::new(path, text, Some(language), Some(facts))
    }

    /// Both sides of a changed file; what the hunks leave alone is parsed once.
    pub(crate) fn analyse_both(
        old: (RepoPath, Arc<str>),
        new: (RepoPath, Arc<str>),
        hunks: &[Hunk],
        limits: &ParseLimits,
    ) -> [Self; 2] {
        let language = language_for(&new.0);
        let tame = |language: &'static Language| {
            let tame = |text: &str| check(language, text, limits).is_ok_and(|suspicion| suspicion.is_none());
            tame(&old.1) && tame(&new.1)
        };
        match language.filter(|language| language_for(&old.0).is_some_and(|other| std::ptr::eq(*language, other))) {
            Some(language) if tame(language) => {
                let replacements = replacements(&old.1, &new.1, hunks);
                let [before, after] = parse::facts_of_both(language, &old.1, &new.1, &replacements, limits);
                let old = Self::new(old.0, old.1, Some(language), Some(before));
                [old, Self::new(new.0, new.1, Some(language), Some(after))]
            }
            _ => [old, new].map(|(path, text)| Self::analyse(path, text, limits)),
        }
    }

    fn new(
        path: RepoPath,
        text: Arc<str>,
        language: Option<&'static Language>,
        facts: Option<Result<Facts, String>>,
    ) -> Self {
        let parse = match facts {
            None => Parse::Fallback("No grammar knows this kind of file; judged by lines instead.".to_owned()),
            Some(Ok(facts)) => Parse::Facts(facts),
            Some(Err(reason)) => Parse::Fallback(format!("Not parsed, because {reason}; judged by lines instead.")),
        };
        let lines = LineIndex::new(&text);
        Self { path, language, text, lines, parse }
    }

    pub(crate) fn facts(&self) -> Option<&Facts> {
        match &self.parse {
            Parse::Facts(facts) => Some(facts),
            Parse::Fallback(_) => None,
        }
    }

    /// The node's text as written; empty where there are no facts.
    pub(crate) fn text_of(&self, id: NodeId) -> &str {
        self.facts().map_or("", |facts| facts.node(id).span.text(&self.text))
    }

    /// The tokens that lie in the span, in source order.
    pub(crate) fn tokens_in(&self, span: Span) -> &[Token] {
        let Some(facts) = self.facts() else { return &[] };
        let from = facts.tokens.partition_point(|token| token.span.start < span.start);
        let to = facts.tokens.partition_point(|token| token.span.end <= span.end);
        facts.tokens.get(from..to).unwrap_or_default()
    }
}

/// Refuses what is too big to be parsed; says what is suspicious about the rest, if anything is.
fn check(language: &Language, text: &str, limits: &ParseLimits) -> Result<Option<&'static str>, String> {
    if text.len() > limits.file_size {
        return Err(format!("it is larger than {} KiB", limits.file_size / 1024));
    }
    if text.split('\n').any(|line| line.len() > limits.line_length) {
        return Err(format!("it has a line of more than {} kB, like generated code", limits.line_length / 1000));
    }
    Ok(guard::suspicion(text, language.loaded().lexis))
}

/// The facts of a text, parsed where it can do no harm, or why there are none.
fn facts_within(language: &'static Language, text: &str, limits: &ParseLimits) -> Result<Facts, String> {
    match check(language, text, limits)? {
        None => parse::facts(language, text, limits),
        Some(suspicion) => worker::facts(language, text, limits).map_err(|reason| format!("{suspicion}, and {reason}")),
    }
}

/// The hunks in bytes.
fn replacements(old: &str, new: &str, hunks: &[Hunk]) -> Vec<Replacement> {
    let (old, new) = (LineIndex::new(old), LineIndex::new(new));
    let span = |index: &LineIndex, lines: Option<LineRange>, after: u32| match lines {
        Some(lines) => index.span(lines),
        None => {
            let start = index.span(LineRange::new(after + 1, after + 1)).start;
            Span { start, end: start }
        }
    };
    let replacement = |hunk: &Hunk| Replacement {
        old: span(&old, hunk.old, hunk.old_after),
        new: span(&new, hunk.new, hunk.new_after),
    };
    hunks.iter().map(replacement).collect()
}
