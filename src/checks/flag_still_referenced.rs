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
use std::collections::{BTreeMap, BTreeSet};

/// More removed flags are not searched for.
const MAX_FLAGS: usize = 50;

/// A word that more files mention is no name of a flag.
const MAX_FILES: usize = 200;

/// More places are counted, not listed.
const MAX_RELATED: usize = 8;

pub(super) fn run(evidence: &Evidence<'_>, rules: &RuleSet) -> Vec<Draft> {
    let tree = evidence.index.tree(Side::New);
    let mut drafts: Vec<Draft> = Vec::new();
    for draft in evidence.flags.removed.iter().take(MAX_FLAGS).filter_map(|flag| draft(evidence, &tree, flag, rules)) {
        // A key and a constant of it that could not be resolved are one flag.
        if !drafts.iter().any(|other| other.related == draft.related) {
            drafts.push(draft);
        }
    }
    drafts
}

fn draft(evidence: &Evidence<'_>, tree: &Tree<'_>, flag: &Flag, rules: &RuleSet) -> Option<Draft> {
    let mut mentions: BTreeMap<(bool, RepoPath), u32> = BTreeMap::new();
    let old = evidence.index.tree(Side::Old);
    for name in names(flag) {
        let is_quoted = flag.constant.as_ref() != Some(&name) && name == flag.key && was_quoted(&old, flag);
        let files = tree.containing(&name);
        if files.len() > MAX_FILES {
            continue;
        }
        for path in files {
            let declared = flag.constant.as_deref().map(|constant| (flag.key.as_str(), own_name(constant)));
            if let Some((is_test, line)) = mention(tree, &path, &name, declared, is_quoted, rules) {
                let first = mentions.entry((is_test, path)).or_insert(line);
                *first = line.min(*first);
            }
        }
    }
    let code = mentions.keys().filter(|(is_test, _)| !is_test).count();
    let ((is_test, path), line) = mentions.first_key_value()?;
    let place: &FlagReference = flag.references.first()?;
    let mut draft = Draft::at_flag("flag-still-referenced", place);
    // Where the definition goes, what is left leads nowhere. Otherwise, of a flag that stays in use at more places than it goes
    // from, only one use was meant to go.
    let loses_definition = flag.references.iter().any(|reference| reference.definition);
    let left: BTreeSet<&RepoPath> = flag.references.iter().map(|reference| &reference.path).collect();
    if !loses_definition && code > left.len() {
        return None;
    }
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

/// `TAX` of `FLAGS.TAX.key`.
fn own_name(constant: &str) -> &str {
    let constant = constant.strip_suffix(".key").or_else(|| constant.strip_suffix(".value")).unwrap_or(constant);
    constant.rsplit('.').next().unwrap_or(constant)
}

/// The names to search for: the key, and the constant with the table that it stands in.
fn names(flag: &Flag) -> Vec<String> {
    let is_telling = |name: &str| split_words(name).len() > 1 && name.len() > 5;
    let constant = flag.constant.as_deref().map(|name| {
        let name = name.strip_suffix(".key").or_else(|| name.strip_suffix(".value")).unwrap_or(name);
        // Further in, the table may be reached by another way.
        let mut parts = name.rsplitn(3, '.');
        match (parts.next(), parts.next()) {
            // A module is another name wherever it is imported; a table keeps its name.
            (Some(last), Some(table)) if table.starts_with(|c: char| c.is_ascii_uppercase()) => {
                format!("{table}.{last}")
            }
            (Some(last), _) => last.to_owned(),
            (None, _) => name.to_owned(),
        }
    });
    // The name of a constant that could not be resolved stands for the key.
    let key = flag.key.strip_suffix(".key").or_else(|| flag.key.strip_suffix(".value")).unwrap_or(&flag.key);
    let mut names: Vec<String> = std::iter::once(key.to_owned()).chain(constant).collect();
    names.retain(|name| is_telling(name));
    names.dedup();
    names
}

/// True where the change takes the key away as a string, and never by its name alone. A key with a hyphen is no name.
fn was_quoted(old: &Tree<'_>, flag: &Flag) -> bool {
    !flag.key.contains(['-', ':'])
        && flag.references.iter().any(|reference| {
            let text = old.text(reference.path.as_str());
            let line = text.as_deref().and_then(|text| text.lines().nth(reference.line.saturating_sub(1) as usize));
            line.is_some_and(|line| places(line, &flag.key).any(|at| stands_in_quotes(line, at, &flag.key)))
        })
}

fn stands_in_quotes(text: &str, at: usize, name: &str) -> bool {
    let is_quote = |c: Option<char>| c.is_some_and(|c| matches!(c, '"' | '\'' | '`'));
    is_quote(text[..at].chars().next_back()) && is_quote(text[at + name.len()..].chars().next())
}

/// The first line of a file that mentions the name, and whether the file is a test; `None` where that says nothing.
///
/// Where key and constant stand side by side, the one is declared as the other, not used.
fn mention(
    tree: &Tree<'_>,
    path: &RepoPath,
    name: &str,
    declared: Option<(&str, &str)>,
    is_quoted: bool,
    rules: &RuleSet,
) -> Option<(bool, u32)> {
    let text = tree.text(path.as_str())?;
    let kind = rules.files.kind(path, &text);
    if matches!(kind, FileKind::Docs | FileKind::Generated | FileKind::Vendored)
        || rules.checks.is_history(path.as_str())
    {
        return None;
    }
    let source = tree.source(path.as_str());
    let is_comment = |at: usize| {
        let span = Span::new(at, at + name.len());
        let Some(source) = &source else { return false };
        let Some(facts) = source.facts() else { return false };
        let after = facts.tokens.partition_point(|token| token.span.start <= span.start);
        let token = after.checked_sub(1).and_then(|at| facts.tokens.get(at));
        token.is_some_and(|token| {
            token.span.contains(span) && matches!(token.class, TokenClass::Comment | TokenClass::Copy)
        })
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
    // Of a key that is read as a string, an attribute of the same name is something else; settings have keys without quotes.
    let counts = |at: usize| !is_quoted || kind == FileKind::Config || stands_in_quotes(&text, at, name);
    let declares = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let holds = |word: &str| places(line, word).next().is_some();
        declared.is_some_and(|(key, constant)| key != constant && holds(key) && holds(constant))
    };
    let at = places(&text, name).find(|&at| !goes_on(at) && counts(at) && !is_comment(at) && !declares(at))?;
    let line = text[..at].bytes().filter(|&byte| byte == b'\n').count() as u32 + 1;
    Some((kind == FileKind::Test, line))
}
