//! Finds what every file of a tree says about flags: candidates by their bytes, then syntax, then detection.

use super::Request;
use crate::detect::constants;
use crate::detect::flags::{FlagFacts, detect_with};
use crate::detect::wrapper::Known;
use crate::index::Tree;
use crate::location::RepoPath;
use crate::report::Notice;
use crate::rules::files::FileKind;
use crate::rules::flags::Needles;
use crate::syntax::{Parse, ParseLimits, SourceFile, language_for};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What was found in a tree.
pub(super) struct Found {
    /// The files in which something was found, by path.
    pub(super) files: Vec<FileFlags>,
    /// How many files were looked at.
    pub(super) looked_at: u32,
    pub(super) notices: Vec<Notice>,
}

/// The flags of one file.
pub(super) struct FileFlags {
    pub(super) path: RepoPath,
    pub(super) facts: FlagFacts,
    /// The lines of the evaluations, in their order.
    pub(super) evaluation_lines: Vec<u32>,
    /// The lines of the definitions, in their order.
    pub(super) definition_lines: Vec<u32>,
}

/// What a look at one file gave.
enum Looked {
    /// No file for this: a test, generated, vendored, excluded.
    LeftOut,
    Nothing,
    Flags(FileFlags),
    Unreadable(Notice),
}

pub(super) fn find(tree: Tree<'_>, request: &Request<'_>) -> Found {
    let paths: Vec<&str> = tree.paths().filter(|path| is_below(path, &request.paths)).collect();
    let known: Vec<RepoPath> =
        paths.iter().map(|path| RepoPath::new(*path)).filter(|path| language_for(path).is_some()).collect();
    let languages: BTreeSet<&str> = known.iter().filter_map(language_for).map(|language| language.name).collect();
    let needles: BTreeMap<&str, Needles> =
        languages.into_iter().map(|name| (name, request.rules.flags.needles(name))).collect();
    let looked: Vec<Looked> = known.par_iter().map(|path| look(tree, path, &needles, request)).collect();
    let mut found =
        Found { files: Vec::new(), looked_at: 0, notices: other_languages(&paths, request).into_iter().collect() };
    for one in looked {
        found.looked_at += u32::from(!matches!(one, Looked::LeftOut));
        match one {
            Looked::LeftOut | Looked::Nothing => {}
            Looked::Flags(flags) => found.files.push(flags),
            Looked::Unreadable(notice) => found.notices.push(notice),
        }
    }
    resolve(&mut found.files);
    found
}

/// Whether a path is one of these, or below one of them.
fn is_below(path: &str, wanted: &[String]) -> bool {
    let is = |wanted: &String| {
        path.strip_prefix(wanted.as_str())
            .is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('/'))
    };
    wanted.is_empty() || wanted.iter().any(is)
}

/// Whether files of this kind are looked at.
fn is_wanted(kind: FileKind, tests: bool) -> bool {
    match kind {
        FileKind::Code | FileKind::Config | FileKind::Other => true,
        FileKind::Test => tests,
        FileKind::Docs | FileKind::Generated | FileKind::Vendored => false,
    }
}

fn look(tree: Tree<'_>, path: &RepoPath, needles: &BTreeMap<&str, Needles>, request: &Request<'_>) -> Looked {
    let kinds = &request.rules.files;
    if !is_wanted(kinds.kind(path, ""), request.tests) || request.config.excludes(path.as_str()) {
        return Looked::LeftOut;
    }
    let Some(text) = tree.text(path.as_str()) else { return Looked::LeftOut };
    if !is_wanted(kinds.kind(path, &text), request.tests) {
        return Looked::LeftOut;
    }
    let needles = language_for(path).and_then(|language| needles.get(language.name));
    if !needles.is_some_and(|needles| needles.may_be_in(path.file_name(), text.as_bytes())) {
        return Looked::Nothing;
    }
    match flags_of(tree, path, request) {
        Ok(flags) if flags.facts.evaluations.is_empty() && flags.facts.definitions.is_empty() => Looked::Nothing,
        Ok(flags) => Looked::Flags(flags),
        Err(notice) => Looked::Unreadable(notice),
    }
}

/// The flags of one file of the tree.
fn flags_of(tree: Tree<'_>, path: &RepoPath, request: &Request<'_>) -> Result<FileFlags, Notice> {
    let notice = |reason: String| Notice { path: Some(path.clone()), reason };
    let text = tree.text(path.as_str()).ok_or_else(|| notice("It could not be read.".to_owned()))?;
    // Not kept: a tree has many files, and each is needed once.
    let source = SourceFile::analyse(path.clone(), text, &ParseLimits::default());
    if let Parse::Fallback(reason) = &source.parse {
        return Err(notice(reason.replace("; judged by lines instead", "; its flags are not listed")));
    }
    let facts = detect_with(&source, &request.rules.flags, &Known::default());
    let line = |start: u32| source.lines.line(start);
    Ok(FileFlags {
        path: path.clone(),
        evaluation_lines: facts.evaluations.iter().map(|evaluation| line(evaluation.span.start)).collect(),
        definition_lines: facts.definitions.iter().map(|definition| line(definition.span.start)).collect(),
        facts,
    })
}

/// Gives evaluations the keys of constants that other files declare.
fn resolve(files: &mut [FileFlags]) {
    let wanted = constants::unresolved(files.iter().map(|file| &file.facts));
    let known = constants::keys(files.iter().map(|file| &file.facts), &wanted);
    files.iter_mut().for_each(|file| constants::resolve(&mut file.facts, &known));
}

/// Says how many files are in languages that no grammar here knows.
fn other_languages(paths: &[&str], request: &Request<'_>) -> Option<Notice> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for path in paths.iter().map(|path| RepoPath::new(*path)) {
        let Some(language) = request.rules.presentation.other_language(path.extension()) else { continue };
        if language_for(&path).is_none()
            && is_wanted(request.rules.files.kind(&path, ""), request.tests)
            && !request.config.excludes(path.as_str())
        {
            *counts.entry(language).or_default() += 1;
        }
    }
    let total: usize = counts.values().sum();
    if total == 0 {
        return None;
    }
    let mut languages: Vec<(&str, usize)> = counts.into_iter().collect();
    languages.sort_by(|(a, of_a), (b, of_b)| (of_b, a).cmp(&(of_a, b)));
    let names: Vec<String> = languages.iter().take(5).map(|(name, count)| format!("{count} {name}")).collect();
    let more = if languages.len() > names.len() { ", ..." } else { "" };
    let files = if total == 1 { "file" } else { "files" };
    let reason = format!(
        "{total} {files} not looked at, in languages that preflag cannot parse yet ({}{more}).",
        names.join(", ")
    );
    Some(Notice { path: None, reason })
}
