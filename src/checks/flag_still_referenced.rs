//! `flag-still-referenced`: a flag is removed here, but its key or its constant is mentioned elsewhere in the repository: in other
//! files, other languages, configuration, tests.
//!
//! A text search over the whole tree, so that no language is left out. Only names that nobody uses by chance are searched for:
//! those of more than one word. Comments, docs, generated files and migrations do not count; what the flag service knows is not
//! in the repository.

use super::Draft;
use crate::evidence::Evidence;
use crate::index::{Tree, places};
use crate::location::{RepoPath, Span};
use crate::report::{Flag, FlagReference, Related};
use crate::rules::RuleSet;
use crate::rules::files::FileKind;
use crate::rules::words::split_words;
use crate::syntax::facts::TokenClass;
use crate::terms::{Severity, Side};
use std::collections::BTreeMap;

/// More removed flags are not searched for.
const MAX_FLAGS: usize = 50;

/// A word that more files mention is no name of a flag.
const MAX_FILES: usize = 200;

/// More places are counted, not listed.
const MAX_RELATED: usize = 8;

pub(super) fn run(evidence: &Evidence<'_>, rules: &RuleSet) -> Vec<Draft> {
    let tree = evidence.index.tree(Side::New);
    evidence.flags.removed.iter().take(MAX_FLAGS).filter_map(|flag| draft(&tree, flag, rules)).collect()
}

fn draft(tree: &Tree<'_>, flag: &Flag, rules: &RuleSet) -> Option<Draft> {
    let mut mentions: BTreeMap<(bool, RepoPath), u32> = BTreeMap::new();
    for name in names(flag) {
        let files = tree.containing(&name);
        if files.len() > MAX_FILES {
            continue;
        }
        for path in files {
            if let Some((is_test, line)) = mention(tree, &path, &name, rules) {
                let first = mentions.entry((is_test, path)).or_insert(line);
                *first = line.min(*first);
            }
        }
    }
    let code = mentions.keys().filter(|(is_test, _)| !is_test).count();
    let ((is_test, path), line) = mentions.first_key_value()?;
    let place: &FlagReference = flag.references.first()?;
    let mut draft = Draft::at_flag("flag-still-referenced", place);
    // Where the definition goes, what is left leads nowhere.
    let loses_definition = flag.references.iter().any(|reference| reference.definition);
    draft.severity = if loses_definition && code > 0 { Severity::Warning } else { Severity::Note };
    let others = match mentions.len() - 1 {
        0 => String::new(),
        1 => " and one more file".to_owned(),
        more => format!(" and {more} more files"),
    };
    let what = if *is_test { "only tests still mention it" } else { "the repository still mentions it" };
    draft.message = format!("`{}` is removed here, but {what}: {path}:{line}{others}.", flag.key);
    draft.content = flag.key.clone();
    draft.related = mentions
        .iter()
        .take(MAX_RELATED)
        .map(|((is_test, path), &line)| Related {
            path: path.clone(),
            line,
            side: Side::New,
            note: if *is_test { "a test mentions it" } else { "still mentioned" }.to_owned(),
        })
        .collect();
    Some(draft)
}

/// The names to search for: the key, and the constant with the table that it stands in.
fn names(flag: &Flag) -> Vec<String> {
    let is_telling = |name: &str| split_words(name).len() > 1 && name.len() > 5;
    let constant = flag.constant.as_deref().map(|name| {
        let name = name.strip_suffix(".key").or_else(|| name.strip_suffix(".value")).unwrap_or(name);
        // Further in, the table may be reached by another way.
        let mut parts = name.rsplitn(3, '.');
        match (parts.next(), parts.next()) {
            (Some(last), Some(table)) if !matches!(table, "self" | "this" | "cls") => format!("{table}.{last}"),
            (Some(last), _) => last.to_owned(),
            (None, _) => name.to_owned(),
        }
    });
    let mut names: Vec<String> = std::iter::once(flag.key.clone()).chain(constant).collect();
    names.retain(|name| is_telling(name));
    names.dedup();
    names
}

/// The first line of a file that mentions the name, and whether the file is a test; `None` where that says nothing.
fn mention(tree: &Tree<'_>, path: &RepoPath, name: &str, rules: &RuleSet) -> Option<(bool, u32)> {
    let text = tree.text(path.as_str())?;
    let kind = rules.files.kind(path, &text);
    if matches!(kind, FileKind::Docs | FileKind::Generated | FileKind::Vendored) || rules.checks.is_history(path.as_str()) {
        return None;
    }
    let source = tree.source(path.as_str());
    let is_comment = |at: usize| {
        let span = Span::new(at, at + name.len());
        let Some(source) = &source else { return false };
        let Some(facts) = source.facts() else { return false };
        let after = facts.tokens.partition_point(|token| token.span.start <= span.start);
        let token = after.checked_sub(1).and_then(|at| facts.tokens.get(at));
        token.is_some_and(|token| token.span.contains(span) && matches!(token.class, TokenClass::Comment | TokenClass::Copy))
    };
    // A longer key or path goes on behind a hyphen, a dot or a slash.
    let goes_on = |at: usize| {
        let joins = |c: char| matches!(c, '-' | '/');
        let before = text[..at].chars().next_back();
        let mut after = text[at + name.len()..].chars();
        let (next, then) = (after.next(), after.next());
        before.is_some_and(joins)
            || next.is_some_and(joins)
            || next == Some('.') && name.contains(['-', '.']) && then.is_some_and(char::is_alphanumeric)
    };
    let at = places(&text, name).find(|&at| !goes_on(at) && !is_comment(at))?;
    let line = text[..at].bytes().filter(|&byte| byte == b'\n').count() as u32 + 1;
    Some((kind == FileKind::Test, line))
}
