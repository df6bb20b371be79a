//! Finds what every file of a tree says about flags: candidates by their bytes, then syntax, then detection, then those that
//! read flags through the constants and wrappers of what was found.

use super::Request;
use crate::detect::flags::{FlagFacts, detect_with};
use crate::detect::wrapper::Known;
use crate::index::Tree;
use crate::location::RepoPath;
use crate::project::Project;
use crate::report::Notice;
use crate::rules::files::{FileKind, Rank};
use crate::syntax::{Parse, ParseLimits, SourceFile, language_for};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Wrappers of wrappers are followed so far.
const MAX_ROUNDS: usize = 4;
/// A wrapper that more files may use is not looked for in them.
const MAX_USERS: usize = 500;

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

impl FileFlags {
    fn new(source: &SourceFile, facts: FlagFacts) -> Self {
        let line = |start: u32| source.lines.line(start);
        Self {
            path: source.path.clone(),
            evaluation_lines: facts.evaluations.iter().map(|evaluation| line(evaluation.span.start)).collect(),
            definition_lines: facts.definitions.iter().map(|definition| line(definition.span.start)).collect(),
            facts,
        }
    }

    fn is_empty(&self) -> bool {
        self.facts.evaluations.is_empty() && self.facts.definitions.is_empty()
    }
}

/// What a look at one file gave.
enum Looked {
    /// No file for this: it says that it is generated.
    LeftOut,
    Nothing,
    Flags(Box<FileFlags>),
    Unreadable(Notice),
}

pub(super) fn find(tree: Tree<'_>, request: &Request<'_>) -> Found {
    let paths: Vec<&str> = tree.paths().filter(|path| is_below(path, &request.paths)).collect();
    let known = paths.iter().map(|path| RepoPath::new(*path)).filter(|path| language_for(path).is_some());
    let ranked = known.map(|path| (request.rules.files.rank(&path), path));
    let (ranks, known): (Vec<Rank>, Vec<RepoPath>) =
        ranked.filter(|(rank, path)| is_asked_for(*rank, path, request)).unzip();
    let looked: Vec<Looked> = tree.look_at(&known, |at, text| look(tree, &known[at], ranks[at], text, request));
    let mut notices: Vec<Notice> = other_languages(&paths, request).into_iter().collect();
    let (mut files, mut empty, mut looked_at) = (Vec::new(), Vec::new(), 0);
    for (path, one) in known.into_iter().zip(looked) {
        looked_at += u32::from(!matches!(one, Looked::LeftOut));
        match one {
            Looked::LeftOut => {}
            Looked::Nothing => empty.push(path),
            Looked::Flags(flags) => files.push(*flags),
            Looked::Unreadable(notice) => notices.push(notice),
        }
    }
    let files = through_project(tree, files, empty, request, &mut notices);
    Found { files, looked_at, notices }
}

/// Whether a path is one of these, or below one of them.
fn is_below(path: &str, wanted: &[String]) -> bool {
    let is = |wanted: &String| {
        path.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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

/// Whether a file of this path is looked at, as far as the path says.
fn is_asked_for(rank: Rank, path: &RepoPath, request: &Request<'_>) -> bool {
    is_wanted(rank.1, request.tests)
        && !request.config.excludes(path.as_str())
        && is_below(path.as_str(), &request.paths)
}

/// The flags that a file names by itself.
fn look(tree: Tree<'_>, path: &RepoPath, rank: Rank, text: Option<&str>, request: &Request<'_>) -> Looked {
    let Some(language) = language_for(path) else { return Looked::LeftOut };
    let unreadable = |reason: String| Looked::Unreadable(Notice { path: Some(path.clone()), reason });
    let Some(text) = text else {
        return unreadable("No text, larger than 1 MiB, or not in this clone; its flags are not listed.".to_owned());
    };
    if !is_wanted(request.rules.files.with_text(rank, text), request.tests) {
        return Looked::LeftOut;
    }
    if !request.rules.flags.needles(language.name).may_be_in(path.file_name(), text.as_bytes()) {
        return Looked::Nothing;
    }
    let source = SourceFile::analyse(path.clone(), text.into(), &ParseLimits::default());
    if let Parse::Fallback(reason) = &source.parse {
        return unreadable(reason.replace("; judged by lines instead", "; its flags are not listed"));
    }
    let flags = FileFlags::new(&source, detect_with(&source, &request.rules.flags, &Known::default()));
    // The others are not kept: a tree has many files, and most are needed once.
    if flags.is_empty() {
        return Looked::Nothing;
    }
    tree.adopt(Arc::new(source));
    Looked::Flags(Box::new(flags))
}

/// The flags of these files and of those that use their wrappers, with what other files say about names; in the empty ones,
/// nothing was found without that.
fn through_project(
    tree: Tree<'_>,
    files: Vec<FileFlags>,
    empty: Vec<RepoPath>,
    request: &Request<'_>,
    notices: &mut Vec<Notice>,
) -> Vec<FileFlags> {
    let mut project = Project::new(tree, request.rules);
    let with_flags = files.iter().map(|file| (file.path.clone(), true));
    project.tell(empty.into_iter().map(|path| (path, false)).chain(with_flags));
    // What only declares keys needs nobody else.
    let reads = |file: &&FileFlags| !file.facts.evaluations.is_empty();
    let mut next: Vec<RepoPath> = files.iter().filter(reads).map(|file| file.path.clone()).collect();
    let mut found: BTreeMap<RepoPath, FileFlags> = files.into_iter().map(|file| (file.path.clone(), file)).collect();
    let mut loaded: BTreeSet<RepoPath> = BTreeSet::new();
    let mut asked: BTreeSet<(RepoPath, String)> = BTreeSet::new();
    for _ in 0..MAX_ROUNDS {
        project.load(&next);
        loaded.extend(next);
        let mut users: BTreeSet<RepoPath> = BTreeSet::new();
        for wrapper in project.wrappers() {
            if !asked.insert((wrapper.path.clone(), wrapper.name.clone())) {
                continue;
            }
            let found = project.users_of(wrapper);
            let files = found.files.len();
            if files > MAX_USERS || found.is_cut {
                let reason = format!(
                    "`{}` reads flags for its callers, and {files} files or more may use it: not all of them are looked \
                     at.",
                    wrapper.name
                );
                notices.push(Notice { path: Some(wrapper.path.clone()), reason });
            }
            if files <= MAX_USERS {
                users.extend(found.files);
            }
        }
        let is_new = |path: &RepoPath| !loaded.contains(path) && language_for(path).is_some();
        let is_asked_for = |path: &RepoPath| is_asked_for(request.rules.files.rank(path), path, request);
        next = users.into_iter().filter(|path| is_new(path) && is_asked_for(path)).collect();
        if next.is_empty() {
            break;
        }
    }
    for file in loaded.iter().filter_map(|path| project.file(path)) {
        found.insert(file.source.path.clone(), FileFlags::new(&file.source, file.flags.clone()));
    }
    found.into_values().filter(|file| !file.is_empty()).collect()
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
