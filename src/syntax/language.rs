//! The languages that `queries/` describes, and their patterns, read once a process and only when needed.

use super::guard::Lexis;
use super::matcher::PatternSet;
use super::query::{self, QueryError};
use crate::embedded::QUERIES;
use crate::location::RepoPath;
use std::sync::OnceLock;

/// One language; the table comes from `queries/*/language.yaml` by way of `build.rs`.
#[derive(Debug)]
pub(crate) struct Language {
    pub(crate) name: &'static str,
    extensions: &'static [&'static str],
    file_names: &'static [&'static str],
    /// What starts a comment that goes to the end of the line.
    pub(crate) line_comment: &'static str,
    inherits: Option<&'static str>,
    grammar: fn() -> tree_sitter::Language,
    loaded: OnceLock<Loaded>,
}

/// A grammar with its patterns.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) grammar: tree_sitter::Language,
    pub(super) patterns: PatternSet,
    pub(super) lexis: Lexis,
}

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The query files, in the order in which their patterns win.
pub(super) const FILES: &[&str] = &["tags.scm", "locals.scm", "imports.scm", "guards.scm", "trivia.scm"];

/// The language of a file, by its name.
pub(crate) fn language_for(path: &RepoPath) -> Option<&'static Language> {
    let name = path.file_name();
    let by_name = LANGUAGES.iter().find(|language| language.file_names.contains(&name));
    by_name.or_else(|| {
        let extension = path.extension()?;
        LANGUAGES.iter().find(|language| language.extensions.contains(&extension))
    })
}

/// The language of this name.
pub(crate) fn language_named(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.name == name)
}

/// Every language, by name.
#[cfg(test)]
pub(super) fn languages() -> &'static [Language] {
    &LANGUAGES
}

impl Language {
    pub(super) fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| self.load().expect("a test loads every embedded language"))
    }

    pub(super) fn load(&self) -> Result<Loaded, QueryError> {
        let grammar = (self.grammar)();
        let mut patterns = Vec::new();
        for file in FILES {
            for (path, text) in self.query_files(file) {
                query::parse(&grammar, path, text, &mut patterns)?;
            }
        }
        let patterns = PatternSet::new(&grammar, patterns);
        let has_tags = grammar.id_for_node_kind("/>", false) != 0;
        let lexis = Lexis { line_comment: self.line_comment, has_tags };
        Ok(Loaded { grammar, patterns, lexis })
    }

    /// The texts that make up this query file, the inherited ones first.
    pub(super) fn query_files(&self, file: &str) -> Vec<(&'static str, &'static str)> {
        let mut found = Vec::new();
        collect_files(self.name, file, 0, &mut found);
        found
    }
}

fn collect_files(folder: &str, file: &str, depth: usize, found: &mut Vec<(&'static str, &'static str)>) {
    let path = format!("queries/{folder}/{file}");
    let own = QUERIES.iter().find(|(known, _)| *known == path);
    // A folder inherits by a level or two; the bound ends a circle.
    if depth > 8 || own.is_some_and(|own| found.contains(own)) {
        return;
    }
    let first = own.and_then(|(_, text)| text.lines().next()).unwrap_or("");
    let inherited = match first.strip_prefix(';').and_then(|rest| rest.trim().strip_prefix("inherits:")) {
        Some(names) => names,
        None if own.is_none() => language_named(folder).and_then(|language| language.inherits).unwrap_or(""),
        None => "",
    };
    for name in inherited.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        collect_files(name, file, depth + 1, found);
    }
    found.extend(own);
}
