//! The whole repository, on both sides of a change: which files there are, what they hold, which of them mention a word,
//! what a module path leads to. Nothing here knows what a flag is.
//!
//! A *tree* is one side: the files of the merge base, with the change laid over it on the new side. So the index and the work
//! tree need no other way than commits do, and what did not change is the same on both sides. Everything is read when it
//! is first asked for.
//!
//! - [`files`]: which files the merge base has.
//! - [`words`], [`postings`], [`search`]: which files mention a word.
//! - [`texts`]: the texts of many files, each looked at once.
//! - [`codec`]: what earlier runs learned of both, in the cache.
//! - [`modules`]: what an import path leads to, and what a name stands for through imports and re-exports.

mod codec;
mod files;
pub(crate) mod modules;
mod postings;
mod search;
#[cfg(test)]
mod tests;
mod texts;
mod words;

use crate::cache::{Cache, Kept};
use crate::git::change::{ChangeSet, ChangeStatus, Content, FileChange};
use crate::git::objects::{Blob, Objects, TreeId};
use crate::git::{GitError, Repository};
use crate::location::RepoPath;
use crate::report::Notice;
use crate::syntax::{ParseLimits, SourceFile};
use crate::terms::Side;
use files::{Files, Lister};
use postings::WordLists;
use search::{Overlay, Search};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use words::is_word;

/// Larger files have no text (bytes); as for changed files.
const MAX_TEXT_BYTES: u64 = 1 << 20;

/// So much of a large file is still searched (bytes).
const MAX_SEARCHED_BYTES: u64 = 8 << 20;

/// Both sides of a change, whole.
pub(crate) struct Index {
    /// Reads contents; `None` where only the change is known.
    objects: Option<Arc<Objects>>,
    /// `None` where nothing is kept from run to run.
    cache: Option<Cache>,
    /// The merge base.
    root: Option<TreeId>,
    files: OnceLock<Files>,
    search: OnceLock<Search>,
    /// The words of contents that were read for something else, until the search takes them over.
    learned: Mutex<Vec<WordLists>>,
    /// Whether somebody asked for the files, and for their words. What nobody asked for is no reason for a notice.
    asked: [AtomicBool; 2],
    /// What was found out about modules.
    modules: modules::Memo,
    old: Changed,
    new: Changed,
}

/// What the change says about one side.
#[derive(Default)]
struct Changed {
    files: HashMap<String, Changes>,
    search: OnceLock<Overlay>,
    parsed: Mutex<HashMap<String, Place>>,
}

/// What became of a path.
enum Changes {
    /// It holds no file on this side.
    Absent,
    /// Binary, too large, not readable, or perhaps more than one file.
    NoText,
    Text(Arc<str>),
}

/// Where a parsed file goes, once.
type Place = Arc<OnceLock<Option<Arc<SourceFile>>>>;

/// One side of the change, whole.
#[derive(Clone, Copy)]
pub(crate) struct Tree<'i> {
    index: &'i Index,
    side: Side,
}

impl Index {
    /// The files of both sides of a change.
    pub(crate) fn open(repository: &Repository, changes: &ChangeSet) -> Result<Self, GitError> {
        let root = repository.root(&changes.merge_base)?;
        let cache = Some(Cache::of(repository));
        Ok(Self { objects: Some(repository.objects()), cache, root, ..Self::of_changes(changes) })
    }

    /// Neither reads nor writes what earlier runs knew.
    pub(crate) fn without_cache(self) -> Self {
        Self { cache: None, ..self }
    }

    /// Only the changed files, where there is no repository to look into.
    pub(crate) fn of_changes(changes: &ChangeSet) -> Self {
        let (mut old, mut new) = (Changed::default(), Changed::default());
        for change in &changes.files {
            let before = change.old_path.as_ref().unwrap_or(&change.path);
            if let Content::Text { old: Some(text), .. } = &change.content
                && change.status != ChangeStatus::Copied
            {
                old.put(before, Changes::Text(Arc::clone(text)));
            }
            // A copy leaves the other file as it was.
            if change.status == ChangeStatus::Renamed {
                new.put(before, Changes::Absent);
            }
            new.put(&change.path, Changes::of(change));
        }
        let modules = modules::Memo::default();
        let (files, search, asked) = (OnceLock::new(), OnceLock::new(), <[AtomicBool; 2]>::default());
        let learned = Mutex::default();
        Self { objects: None, cache: None, root: None, files, search, learned, asked, modules, old, new }
    }

    /// Takes over a source that is parsed already.
    pub(crate) fn adopt(&self, side: Side, source: Arc<SourceFile>) {
        let place = self.place(side, source.path.as_str());
        let _ = place.set(Some(source));
    }

    /// Reads what earlier runs learned of the merge base, where there is any: it takes time, and others may work meanwhile.
    pub(crate) fn recall(&self) {
        if self.cache.as_ref().is_some_and(|cache| cache.has(Kept::Words)) {
            self.read_words();
        }
    }

    pub(crate) fn tree(&self, side: Side) -> Tree<'_> {
        Tree { index: self, side }
    }

    /// What could not be looked into so far, in plain sentences.
    pub(crate) fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut say = |reason: String| notices.push(Notice { path: None, reason });
        let [files_asked, words_asked] = self.asked.each_ref().map(|asked| asked.load(Ordering::Relaxed));
        let Some(files) = self.files.get().filter(|_| files_asked) else { return notices };
        if files.cut {
            let seen = files.len();
            say(format!("The repository has too many files: code beyond the first {seen} is not seen."));
        }
        if files.unread > 0 {
            say(format!(
                "{} of the repository cannot be read, so what is in there is not seen.",
                count(files.unread as usize, "folder")
            ));
        }
        let search = self.search.get().filter(|_| words_asked);
        let unread = search.map_or(&[][..], |search| &search.unread);
        let mut unread = unread.iter().map(|&file| files.path(file as usize));
        let mut unread = unread.by_ref().filter(|path| !self.new.files.contains_key(*path));
        if let Some(first) = unread.next() {
            say(format!(
                "{} not searched for flags because it is too large, no text or missing, the first is {first}.",
                count(1 + unread.count(), "unchanged file"),
            ));
        }
        notices
    }

    fn files(&self) -> &Files {
        self.asked[0].store(true, Ordering::Relaxed);
        self.read_files()
    }

    fn read_files(&self) -> &Files {
        self.files.get_or_init(|| {
            let (Some(objects), Some(root)) = (&self.objects, self.root) else { return Files::none() };
            let known = self.cache.as_ref().and_then(codec::kept_files);
            let known = match known {
                Some(known) if known.root == Some(root) => return known,
                known => known,
            };
            let mut lister = Lister::new(root, known.as_ref());
            if objects.walk(root, &mut lister).is_err() {
                return Files { unread: 1, ..Files::none() };
            }
            let is_worth_keeping = lister.is_worth_keeping();
            let files = lister.finish();
            if let Some(cache) = self.cache.as_ref().filter(|_| is_worth_keeping && files.is_whole()) {
                codec::keep_files(cache, &files);
            }
            files
        })
    }

    fn search(&self) -> Option<&Search> {
        self.asked.iter().for_each(|asked| asked.store(true, Ordering::Relaxed));
        self.read_words()
    }

    fn read_words(&self) -> Option<&Search> {
        let objects = self.objects.as_ref()?;
        Some(self.search.get_or_init(|| {
            let known = self.cache.as_ref().and_then(codec::kept_words);
            let at_hand = std::mem::take(&mut *self.learned.lock().unwrap_or_else(PoisonError::into_inner));
            let search = Search::new(self.read_files(), objects, known, at_hand);
            if let Some(cache) = &self.cache
                && let Some(words) = search.worth_keeping()
            {
                codec::keep_words(cache, &words);
            }
            search
        }))
    }

    /// Whether nobody knows the words of the tree yet.
    fn has_no_words(&self) -> bool {
        self.search.get().is_none() && !self.cache.as_ref().is_some_and(|cache| cache.has(Kept::Words))
    }

    /// Takes over the words of contents that were read for something else.
    fn learned(&self, words: Vec<WordLists>) {
        self.learned.lock().unwrap_or_else(PoisonError::into_inner).extend(words);
    }

    fn changed(&self, side: Side) -> &Changed {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }

    fn place(&self, side: Side, path: &str) -> Place {
        // What did not change is the same on both sides.
        let side = if self.new.files.contains_key(path) { side } else { Side::Old };
        let mut parsed = self.changed(side).parsed.lock().unwrap_or_else(PoisonError::into_inner);
        match parsed.get(path) {
            Some(place) => Arc::clone(place),
            None => Arc::clone(parsed.entry(path.to_owned()).or_default()),
        }
    }
}

impl Changed {
    fn put(&mut self, path: &RepoPath, changes: Changes) {
        // A name that is not UTF-8 may look like another one.
        let changes = if path.as_str().contains(char::REPLACEMENT_CHARACTER) { Changes::NoText } else { changes };
        let known = self.files.entry(path.as_str().to_owned()).or_insert(Changes::Absent);
        // A file may have taken the place of one that was moved away.
        if !matches!(changes, Changes::Absent) {
            *known = changes;
        }
    }

    fn search(&self) -> &Overlay {
        self.search.get_or_init(|| {
            Overlay::new(self.files.iter().filter_map(|(path, changes)| match changes {
                Changes::Text(text) => Some((path.as_str(), text)),
                Changes::Absent | Changes::NoText => None,
            }))
        })
    }
}

impl Changes {
    /// What a change leaves at its path.
    fn of(change: &FileChange) -> Self {
        match &change.content {
            Content::Text { new: Some(text), .. } => Self::Text(Arc::clone(text)),
            Content::Text { new: None, .. } | Content::Submodule => Self::Absent,
            _ if change.status == ChangeStatus::Deleted => Self::Absent,
            _ => Self::NoText,
        }
    }
}

impl<'i> Tree<'i> {
    /// The side before the change.
    pub(crate) fn before(&self) -> Self {
        Self { index: self.index, side: Side::Old }
    }

    /// Whether there is such a file.
    pub(crate) fn contains(&self, path: &str) -> bool {
        match self.changed(path) {
            Some(changes) => !matches!(changes, Changes::Absent),
            None => !self.index.files().find(path).is_empty(),
        }
    }

    /// The paths of all files, in order.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &'i str> + use<'i> {
        let changed = &self.index.changed(self.side).files;
        let present = changed.iter().filter(|(_, changes)| !matches!(changes, Changes::Absent));
        let mut present: Vec<&str> = present.map(|(path, _)| path.as_str()).collect();
        present.sort_unstable();
        let mut last = None;
        let same = self.index.files().iter().filter(move |path| !changed.contains_key(*path));
        let same = same.filter(move |path| last.replace(*path) != Some(*path));
        merged(same, present.into_iter())
    }

    /// The text of a file; `None` for what is no text or too large.
    pub(crate) fn text(&self, path: &str) -> Option<Arc<str>> {
        self.text_within(path, MAX_TEXT_BYTES)
    }

    /// Whether a file that is too large to have a text may hold these bytes; true where nobody can tell.
    pub(crate) fn may_hold(&self, path: &str, needle: &str) -> bool {
        self.text_within(path, MAX_SEARCHED_BYTES).is_none_or(|text| text.contains(needle))
    }

    fn text_within(&self, path: &str, max_bytes: u64) -> Option<Arc<str>> {
        match self.changed(path) {
            Some(Changes::Text(text)) => return Some(Arc::clone(text)),
            Some(Changes::Absent | Changes::NoText) => return None,
            None => {}
        }
        let files = self.index.files();
        let range = files.find(path);
        // Which of two files is meant is not known.
        let [blob] = &files.blobs[range] else { return None };
        let mut text = None;
        let read = self.index.objects.as_ref()?.read([blob], max_bytes, |content| {
            if let Blob::Text(bytes) = content {
                text = Some(Arc::from(String::from_utf8_lossy(bytes)));
            }
        });
        read.ok().and(text)
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

    /// Takes over a source that is parsed already, for whoever asks for it next.
    pub(crate) fn adopt(&self, source: Arc<SourceFile>) {
        self.index.adopt(self.side, source);
    }

    /// The files that mention all of these words, in order.
    ///
    /// A word is an unbroken run of ASCII letters, digits, `_` and `$`, and bytes beyond ASCII. Words are told apart by 28 bits
    /// of a hash, so once in a long while a file is named that does not mention them; no file that does is left out,
    /// except those that cannot be read. A file of more than a megabyte is named, too, though it has no text.
    pub(crate) fn mentioning(&self, words: &[&str]) -> Vec<RepoPath> {
        let changed = self.index.changed(self.side);
        let files = self.index.files();
        let found = self.index.search().map(|search| search.with_all(words)).unwrap_or_default();
        let same = found.into_iter().map(|file| files.path(file as usize));
        let same = same.filter(|path| !changed.files.contains_key(*path));
        let mut paths: Vec<&str> = merged(same, changed.search().with_all(words)).collect();
        paths.dedup();
        paths.into_iter().map(RepoPath::new).collect()
    }

    /// The files that hold this text as a whole: no word goes on before or after it. What has no text is not among them.
    pub(crate) fn containing(&self, needle: &str) -> Vec<RepoPath> {
        let words: Vec<&str> = needle.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).collect();
        let mut files = self.mentioning(&words);
        files.retain(|path| self.text(path.as_str()).is_some_and(|text| places(&text, needle).next().is_some()));
        files
    }

    /// Files of a known language that cannot be searched, in order: too large, no text, or missing.
    ///
    /// Where one of them matters, that nothing was found proves nothing.
    #[cfg(test)]
    pub(crate) fn unread(&self) -> Vec<RepoPath> {
        let changed = &self.index.changed(self.side).files;
        let files = self.index.files();
        let unread = self.index.search().map_or(&[][..], |search| &search.unread);
        let same = unread.iter().map(|&file| files.path(file as usize)).filter(|path| !changed.contains_key(*path));
        let without_text =
            changed.iter().filter(|(path, changes)| matches!(changes, Changes::NoText) && search::is_source(path));
        let mut paths: Vec<&str> = same.chain(without_text.map(|(path, _)| path.as_str())).collect();
        paths.sort_unstable();
        paths.dedup();
        paths.into_iter().map(RepoPath::new).collect()
    }

    /// Whether all files of this side are known; where not, that nothing was found proves nothing.
    pub(crate) fn is_whole(&self) -> bool {
        self.index.files().is_whole()
    }

    /// What the change made of this path, if it touched it.
    fn changed(&self, path: &str) -> Option<&'i Changes> {
        self.index.changed(self.side).files.get(path)
    }
}

/// Two sequences in order as one.
fn merged<'p>(a: impl Iterator<Item = &'p str>, b: impl Iterator<Item = &'p str>) -> impl Iterator<Item = &'p str> {
    let (mut a, mut b) = (a.peekable(), b.peekable());
    std::iter::from_fn(move || {
        let from_a = match (a.peek(), b.peek()) {
            (Some(a), Some(b)) => a <= b,
            (a, _) => a.is_some(),
        };
        if from_a { a.next() } else { b.next() }
    })
}

/// Where a text stands as a whole in another: no word goes on before or after it.
pub(crate) fn places<'t>(text: &'t str, needle: &'t str) -> impl Iterator<Item = usize> + 't {
    let ends = |c: Option<char>| c.is_none_or(|c| !is_word(c));
    text.match_indices(needle)
        .map(|(at, _)| at)
        .filter(move |&at| ends(text[..at].chars().next_back()) && ends(text[at + needle.len()..].chars().next()))
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
