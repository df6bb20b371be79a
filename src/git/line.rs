//! The first-parent line that ends in a commit: who made each of its commits, with which message, and which files differ.
//!
//! Trees are compared as they are stored, name by name, and only where they differ: that is all a pass over a long line
//! needs, and it is many times cheaper than a diff. Commits are read in blocks by all threads.
//!
//! A merge stands for what it merges. Its people are the authors of the merged side: what its other parents lead to and
//! the line did not have, within bounds that do not depend on where the window of the line begins or ends.

use super::change::CommitId;
use super::content;
use super::error::GitError;
use super::objects::ID_BYTES;
use super::people::{self, Identity};
use super::{Repository, deltas};
use crate::location::RepoPath;
use git2::{Odb, Oid};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

/// A merge does not look for what it merges further down the line than this.
pub(crate) const MERGE_REACH: usize = 2_000;

/// Commits of a merged side that are looked at.
const MAX_MERGED: usize = 100;

/// People of one commit.
const MAX_PEOPLE: usize = 20;

/// Files of one commit; what is behind them in the order of paths is left out.
const MAX_TOUCHED: usize = 20_000;

/// Folders of one commit that are compared.
const MAX_FOLDERS: usize = 50_000;

/// Deeper folders are not looked into.
const MAX_DEPTH: usize = 500;

/// Of a longer message, the rest is not read (bytes).
const MAX_MESSAGE: usize = 64 << 10;

/// Commits that one thread takes at a time: neighbours, since git stores their trees as differences of each other.
const STRETCH: usize = 128;

/// A commit of the line by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LineId(Oid);

impl LineId {
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    pub(crate) fn from_bytes(bytes: &[u8; ID_BYTES]) -> Self {
        // Every 20 bytes are a name; libgit2 only refuses another length.
        Self(Oid::from_bytes(bytes).unwrap_or(Oid::ZERO_SHA1))
    }

    pub(crate) fn commit(&self) -> CommitId {
        CommitId(self.0.to_string())
    }
}

/// What is behind the last commit of a piece of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnd {
    /// Nothing: it is the first commit.
    Root,
    /// More commits.
    More,
    /// Commits that this shallow clone does not have.
    Shallow,
}

/// One commit of the line, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineCommit {
    /// The committer's time, in seconds since 1970.
    pub(crate) seconds: i64,
    pub(crate) message: String,
    pub(crate) is_merge: bool,
    /// The message of what a merge merges, if that is one commit.
    pub(crate) merged_message: Option<String>,
    /// Each once, the author first; of a merge, the authors of what it merges.
    pub(crate) people: Vec<Identity>,
    /// Sorted.
    pub(crate) touched: Vec<String>,
}

impl Repository {
    /// The commits from `from` along first parents, newest first, at most `max`.
    ///
    /// Where `known` says so of a commit, the line ends with it.
    pub(crate) fn line(
        &self,
        from: LineId,
        max: usize,
        known: impl Fn(LineId) -> bool,
    ) -> Result<(Vec<LineId>, LineEnd), GitError> {
        // A handle of its own: what libgit2 remembers of thousands of commits goes with it.
        self.objects().with(|repository| self.line_in(repository, from, max, known))?
    }

    fn line_in(
        &self,
        repository: &git2::Repository,
        from: LineId,
        max: usize,
        known: impl Fn(LineId) -> bool,
    ) -> Result<(Vec<LineId>, LineEnd), GitError> {
        let mut line = Vec::new();
        let mut next = Some(from.0);
        while let Some(id) = next.filter(|_| line.len() < max) {
            let commit = match repository.find_commit(id) {
                Ok(commit) => commit,
                // A clone without the parents of its oldest commits.
                Err(error) if deltas::is_missing(&error) && !line.is_empty() => return Ok((line, LineEnd::Shallow)),
                Err(error) => return Err(self.missing_or(error, &format!("commit {id}"))),
            };
            line.push(LineId(id));
            if known(LineId(id)) {
                return Ok((line, LineEnd::More));
            }
            next = commit.parent_id(0).ok();
            if next.is_none() && names_parent(&commit) {
                return Ok((line, LineEnd::Shallow));
            }
        }
        Ok((line, if next.is_some() { LineEnd::More } else { LineEnd::Root }))
    }

    /// The name of a commit in the line.
    pub(crate) fn line_id(&self, commit: &CommitId) -> Result<LineId, GitError> {
        self.id(&commit.0).map(LineId)
    }

    /// Reads the commits `wanted` of a line, which are neighbours; `line` goes on behind them as far as it is known.
    pub(crate) fn line_commits(&self, line: &[LineId], wanted: Range<usize>) -> Result<Vec<LineCommit>, GitError> {
        let end = line.len().min(wanted.end + MERGE_REACH);
        let places = line[wanted.start..end].iter().enumerate();
        let places: HashMap<Oid, usize> = places.map(|(at, id)| (id.0, wanted.start + at)).collect();
        let starts: Vec<usize> = wanted.clone().step_by(STRETCH).collect();
        // Handles live no longer than this: libgit2 remembers what they read.
        let handles = self.objects();
        let stretches = starts.into_par_iter().map(|start| {
            handles.with(|repository| {
                let objects = repository.odb().map_err(GitError::other("open the object database"))?;
                let look = Look { repository, objects, places: &places };
                (start..wanted.end.min(start + STRETCH)).map(|at| look.commit(line[at].0, at)).collect()
            })?
        });
        let stretches = stretches.collect::<Result<Vec<Vec<LineCommit>>, GitError>>()?;
        Ok(stretches.into_iter().flatten().collect())
    }
}

/// A shallow clone hides the parents of its oldest commits; the commit itself still names them.
fn names_parent(commit: &git2::Commit<'_>) -> bool {
    commit.raw_header_bytes().split(|&byte| byte == b'\n').any(|line| line.starts_with(b"parent "))
}

/// What one thread reads with.
struct Look<'r> {
    repository: &'r git2::Repository,
    objects: Odb<'r>,
    /// Where commits stand in the line.
    places: &'r HashMap<Oid, usize>,
}

impl Look<'_> {
    fn commit(&self, id: Oid, at: usize) -> Result<LineCommit, GitError> {
        let commit = self.repository.find_commit(id).map_err(|error| unreadable(&error, id, "commit"))?;
        let parent = match commit.parent_id(0) {
            Ok(parent) => {
                let parent =
                    self.repository.find_commit(parent).map_err(|error| unreadable(&error, parent, "commit"))?;
                Some(parent.tree_id())
            }
            Err(_) => None,
        };
        let mut message = text(commit.message_bytes());
        let is_merge = commit.parent_count() > 1;
        let mut merged_message = None;
        let mut people = Vec::new();
        if is_merge {
            let merged = self.merged(&commit, at);
            for commit in &merged {
                add_people(&mut people, commit, &text(commit.message_bytes()));
            }
            if let [only] = &merged[..] {
                merged_message = Some(text(only.message_bytes()));
            }
        }
        if people.is_empty() {
            add_people(&mut people, &commit, &message);
        }
        message.shrink_to_fit();
        let mut touched = Touched::default();
        if parent != Some(commit.tree_id()) {
            self.compare(&mut touched, parent, Some(commit.tree_id()), 0)?;
        }
        let mut touched = touched.paths;
        touched.sort_unstable();
        touched.dedup();
        Ok(LineCommit { seconds: commit.time().seconds(), message, is_merge, merged_message, people, touched })
    }

    /// The commits of the merged side, those nearest to the merge first.
    fn merged(&self, merge: &git2::Commit<'_>, at: usize) -> Vec<git2::Commit<'_>> {
        let on_line = |id: &Oid| self.places.get(id).is_some_and(|&place| place > at && place <= at + MERGE_REACH);
        let mut open: VecDeque<Oid> = merge.parent_ids().skip(1).filter(|id| !on_line(id)).collect();
        let mut seen: HashSet<Oid> = open.iter().copied().collect();
        let mut found = Vec::new();
        while let Some(id) = open.pop_front().filter(|_| found.len() < MAX_MERGED) {
            // What a shallow clone does not have is not known.
            let Ok(commit) = self.repository.find_commit(id) else { continue };
            for parent in commit.parent_ids() {
                if !on_line(&parent) && seen.insert(parent) {
                    open.push_back(parent);
                }
            }
            // A merge within the merged side brings what others made.
            if commit.parent_count() < 2 {
                found.push(commit);
            }
            if seen.len() > 4 * MAX_MERGED {
                break;
            }
        }
        found
    }

    /// Notes the files that differ between two folders.
    fn compare(&self, touched: &mut Touched, old: Option<Oid>, new: Option<Oid>, depth: usize) -> Result<(), GitError> {
        touched.folders += 1;
        if depth > MAX_DEPTH || touched.is_full() {
            return Ok(());
        }
        let read = |id: Option<Oid>| {
            id.map(|id| self.objects.read(id).map_err(|error| unreadable(&error, id, "a folder"))).transpose()
        };
        let (old, new) = (read(old)?, read(new)?);
        let (mut old, mut new) = (entries(&old), entries(&new));
        let (mut left, mut right) = (old.next(), new.next());
        while left.is_some() || right.is_some() {
            let order = match (&left, &right) {
                (Some(left), Some(right)) => left.key().cmp(&right.key()),
                (Some(_), None) => std::cmp::Ordering::Less,
                _ => std::cmp::Ordering::Greater,
            };
            let of_old = if order.is_le() { std::mem::replace(&mut left, old.next()) } else { None };
            let of_new = if order.is_ge() { std::mem::replace(&mut right, new.next()) } else { None };
            let same =
                of_old.as_ref().zip(of_new.as_ref()).is_some_and(|(old, new)| old.id == new.id && old.mode == new.mode);
            let Some(either) = of_old.as_ref().or(of_new.as_ref()).filter(|_| !same) else { continue };
            let length = touched.path.len();
            if length > 0 {
                touched.path.push(b'/');
            }
            touched.path.extend_from_slice(either.name);
            match either.is_folder() {
                // A folder and a file of one name have different keys.
                true => {
                    let id = |entry: &Option<Entry<'_>>| entry.as_ref().and_then(Entry::oid);
                    self.compare(touched, id(&of_old), id(&of_new), depth + 1)?;
                }
                false => touched.note(),
            }
            touched.path.truncate(length);
            if touched.is_full() {
                return Ok(());
            }
        }
        Ok(())
    }
}

#[derive(Default)]
struct Touched {
    paths: Vec<String>,
    /// Where the comparison is.
    path: Vec<u8>,
    folders: usize,
}

impl Touched {
    fn note(&mut self) {
        self.paths.push(RepoPath::from_bytes(&self.path).as_str().to_owned());
    }

    fn is_full(&self) -> bool {
        self.paths.len() >= MAX_TOUCHED || self.folders >= MAX_FOLDERS
    }
}

/// One entry of a folder as it is stored.
struct Entry<'t> {
    mode: &'t [u8],
    name: &'t [u8],
    id: &'t [u8],
}

impl<'t> Entry<'t> {
    fn is_folder(&self) -> bool {
        matches!(self.mode, b"40000" | b"040000")
    }

    /// What git sorts by: a folder as if its name ended in a slash.
    fn key(&self) -> Key<'t> {
        Key(self.name, self.is_folder())
    }

    fn oid(&self) -> Option<Oid> {
        Oid::from_bytes(self.id).ok()
    }
}

#[derive(PartialEq, Eq)]
struct Key<'t>(&'t [u8], bool);

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let shared = self.0.len().min(other.0.len());
        let after = |key: &Self| key.0.get(shared).copied().or(key.1.then_some(b'/'));
        let bytes = self.0[..shared].cmp(&other.0[..shared]);
        // The rest matters only behind the first byte of it when a name holds a slash, which none does.
        bytes.then_with(|| after(self).cmp(&after(other))).then_with(|| self.0.len().cmp(&other.0.len()))
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The entries of a folder; what is behind a damaged one is not there.
fn entries<'t>(tree: &'t Option<git2::OdbObject<'_>>) -> impl Iterator<Item = Entry<'t>> {
    let is_tree = |tree: &&'t git2::OdbObject<'_>| tree.kind() == git2::ObjectType::Tree;
    let mut rest = tree.as_ref().filter(is_tree).map_or(&[][..], git2::OdbObject::data);
    std::iter::from_fn(move || {
        let space = rest.iter().position(|&byte| byte == b' ')?;
        let nul = space + 1 + rest[space + 1..].iter().position(|&byte| byte == 0)?;
        let id = rest.get(nul + 1..nul + 1 + ID_BYTES)?;
        let entry = Entry { mode: &rest[..space], name: &rest[space + 1..nul], id };
        rest = &rest[nul + 1 + ID_BYTES..];
        Some(entry)
    })
}

fn add_people(people: &mut Vec<Identity>, commit: &git2::Commit<'_>, message: &str) {
    let of_commit = std::iter::once(people::identity(&commit.author()));
    for person in of_commit.chain(people::co_authors(message)) {
        if people.len() < MAX_PEOPLE && !person.is_nobody() && !people.contains(&person) {
            people.push(person);
        }
    }
}

fn text(bytes: &[u8]) -> String {
    content::lossy(&bytes[..bytes.len().min(MAX_MESSAGE)]).trim().to_owned()
}

fn unreadable(error: &git2::Error, id: Oid, what: &str) -> GitError {
    match deltas::is_missing(error) {
        true => GitError::MissingObject { object: format!("{what} {id}"), partial: true },
        false => GitError::Other { doing: format!("read {what} {id}"), source: git2::Error::from_str(error.message()) },
    }
}
