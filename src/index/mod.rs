//! The whole repository, on both sides of a change: which files there are, what they hold, which of them mention a word,
//! what a module path leads to. Nothing here knows what a flag is.
//!
//! A *tree* is one side: the files of the merge base, with the change laid over it on the new side. So the index and the work
//! tree need no other way than commits do, and what did not change is the same on both sides. Everything is read when it
//! is first asked for.
//!
//! - [`modules`]: what an import path leads to, and what a name stands for through imports and re-exports.

pub(crate) mod modules;

use crate::git::change::{ChangeSet, Content};
use crate::git::{BlobId, GitError, Repository};
use crate::location::RepoPath;
use crate::syntax::{ParseLimits, SourceFile};
use crate::terms::Side;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Both sides of a change, whole.
pub(crate) struct Index {
    /// Reads contents; `None` where only the change is known.
    repository: Option<Mutex<Repository>>,
    /// The files of the merge base.
    base: BTreeMap<String, BlobId>,
    /// What the change makes of paths on the new side; `None` where it takes them away.
    changed: HashMap<String, Option<Arc<str>>>,
    parsed: Mutex<HashMap<(Side, String), Arc<OnceLock<Option<Arc<SourceFile>>>>>>,
    /// What was found out about modules.
    modules: modules::Memo,
}

/// One side of the change, whole.
#[derive(Clone, Copy)]
pub(crate) struct Tree<'i> {
    index: &'i Index,
    side: Side,
}

impl Index {
    /// The files of both sides of a change.
    pub(crate) fn open(repository: &Repository, changes: &ChangeSet) -> Result<Self, GitError> {
        let base = repository.tree_files(&changes.merge_base)?;
        let mut index = Self::of_changes(changes);
        index.base = base.into_iter().map(|file| (file.path, file.blob)).collect();
        index.repository = Some(Mutex::new(repository.reopen()?));
        Ok(index)
    }

    /// Only the changed files, where there is no repository to look into.
    pub(crate) fn of_changes(changes: &ChangeSet) -> Self {
        let mut changed = HashMap::new();
        for change in &changes.files {
            if let Some(old) = &change.old_path {
                changed.entry(old.as_str().to_owned()).or_insert(None);
            }
            let new = match &change.content {
                Content::Text { new, .. } => new.clone(),
                _ => None,
            };
            changed.insert(change.path.as_str().to_owned(), new);
        }
        Self {
            repository: None,
            base: BTreeMap::new(),
            changed,
            parsed: Mutex::default(),
            modules: modules::Memo::default(),
        }
    }

    /// Takes over a source that is parsed already.
    pub(crate) fn adopt(&self, side: Side, source: Arc<SourceFile>) {
        let place = self.place(side, source.path.as_str());
        let _ = place.set(Some(source));
    }

    pub(crate) fn tree(&self, side: Side) -> Tree<'_> {
        Tree { index: self, side }
    }

    fn place(&self, side: Side, path: &str) -> Arc<OnceLock<Option<Arc<SourceFile>>>> {
        // What did not change is the same on both sides.
        let side = if self.changed.contains_key(path) { side } else { Side::Old };
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(parsed.entry((side, path.to_owned())).or_default())
    }
}

impl<'i> Tree<'i> {
    /// Whether there is such a file.
    pub(crate) fn contains(&self, path: &str) -> bool {
        match self.overlaid(path) {
            Some(text) => text.is_some(),
            None => self.index.base.contains_key(path),
        }
    }

    /// The paths of all files, in order.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &'i str> + use<'i> {
        let mut paths: Vec<&str> = self.index.base.keys().map(String::as_str).collect();
        paths.extend(self.index.changed.keys().map(String::as_str).filter(|path| !self.index.base.contains_key(*path)));
        paths.sort_unstable();
        let tree = *self;
        paths.into_iter().filter(move |path| tree.contains(path))
    }

    /// The text of a file; `None` for what is no text or too large.
    pub(crate) fn text(&self, path: &str) -> Option<Arc<str>> {
        if let Some(text) = self.overlaid(path) {
            return text.cloned();
        }
        let blob = self.index.base.get(path)?;
        let repository = self.index.repository.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = repository.blob(blob).ok()?;
        Some(String::from_utf8_lossy(&bytes).into())
    }

    /// The parsed file; `None` where there is no text.
    pub(crate) fn source(&self, path: &str) -> Option<Arc<SourceFile>> {
        let place = self.index.place(self.side, path);
        let parse = || {
            let source = SourceFile::analyse(RepoPath::new(path), self.text(path)?, &ParseLimits::default());
            Some(Arc::new(source))
        };
        place.get_or_init(parse).clone()
    }

    /// The files that mention all of these words, in order.
    ///
    /// A word is an unbroken run of ASCII letters, digits, `_` and `$`, and bytes beyond ASCII.
    pub(crate) fn mentioning(&self, words: &[&str]) -> Vec<RepoPath> {
        let has = |text: &str, word: &str| text.split(|c: char| !is_word(c)).any(|other| other == word);
        let paths = self.paths().filter(|path| {
            let text = self.text(path);
            text.is_some_and(|text| words.iter().all(|word| has(&text, word)))
        });
        paths.map(RepoPath::new).collect()
    }

    /// The files that hold this text as a whole: no word goes on before or after it.
    pub(crate) fn containing(&self, needle: &str) -> Vec<RepoPath> {
        let words: Vec<&str> = needle.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).collect();
        let mut files = self.mentioning(&words);
        files.retain(|path| self.text(path.as_str()).is_some_and(|text| places(&text, needle).next().is_some()));
        files
    }

    /// What the change made of this path, if it touched it.
    fn overlaid(&self, path: &str) -> Option<Option<&'i Arc<str>>> {
        match self.side {
            Side::Old => None,
            Side::New => self.index.changed.get(path).map(Option::as_ref),
        }
    }
}

/// Where a text stands as a whole in another: no word goes on before or after it.
pub(crate) fn places<'t>(text: &'t str, needle: &'t str) -> impl Iterator<Item = usize> + 't {
    let ends = |c: Option<char>| c.is_none_or(|c| !is_word(c));
    text.match_indices(needle)
        .map(|(at, _)| at)
        .filter(move |&at| ends(text[..at].chars().next_back()) && ends(text[at + needle.len()..].chars().next()))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii()
}
