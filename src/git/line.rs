//! The first-parent line that ends in a commit: who made each of its commits, and with which message. Which files differ is
//! told by [`super::touched`].
//!
//! A merge stands for what it merges. Its people are the authors of the merged side: what its other parents lead to and
//! the line did not have, within bounds that do not depend on where the window of the line begins or ends.

use super::change::CommitId;
use super::content;
use super::error::GitError;
use super::objects::{ID_BYTES, TreeId};
use super::people::{self, Identity};
use super::touched::STRETCH;
use super::{Repository, deltas};
use git2::Oid;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

/// A merge does not look for what it merges further down the line than this.
pub(crate) const MERGE_REACH: usize = 2_000;

/// Commits of a merged side that are looked at.
const MAX_MERGED: usize = 100;

/// People of one commit.
const MAX_PEOPLE: usize = 20;

/// Of a longer message, the rest is not read (bytes).
const MAX_MESSAGE: usize = 64 << 10;

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

/// Of what is read on the way along a line, so much is kept (bytes of messages); the rest is read again.
const MAX_KEPT: usize = 8 << 20;

/// Commits of a line that are read with one handle.
const PIECE: usize = 4_096;

/// A line, or the first part of one.
#[derive(Debug)]
pub(crate) struct Course {
    /// Newest first.
    pub(crate) ids: Vec<LineId>,
    pub(crate) end: LineEnd,
    /// Of the first ones, what was read on the way.
    pub(crate) read: Vec<OwnCommit>,
}

/// What a commit says by itself.
#[derive(Debug, Clone)]
pub(crate) struct OwnCommit {
    seconds: i64,
    message: String,
    people: Vec<Identity>,
    tree: TreeId,
    /// Parents but the first.
    merged: Vec<Oid>,
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
    /// Its files.
    pub(crate) tree: TreeId,
}

impl Repository {
    /// The commits from `from` along first parents, newest first, at most `max`.
    ///
    /// Where `known` says so of a commit, the line ends with it.
    ///
    /// A commit-graph file would save nothing: who made a commit only the commit says. (And libgit2 1.9 refuses the files with
    /// generation data that git has long written.)
    pub(crate) fn line(&self, from: LineId, max: usize, known: impl Fn(LineId) -> bool) -> Result<Course, GitError> {
        let mut course = Course { ids: Vec::new(), end: LineEnd::More, read: Vec::new() };
        let mut next = Some(from.0);
        let mut kept = 0;
        while let Some(id) = next.filter(|_| course.ids.len() < max) {
            let piece = max.min(course.ids.len() + PIECE);
            // Handles live no longer than this: libgit2 remembers what they read.
            let on = |repository: &_| self.line_on(repository, id, piece, &known, &mut course, &mut kept);
            next = self.objects().with(on)??;
        }
        Ok(course)
    }

    /// Goes on with a line until it has so many commits; what is next, if it did not come to an end.
    fn line_on(
        &self,
        repository: &git2::Repository,
        from: Oid,
        piece: usize,
        known: &impl Fn(LineId) -> bool,
        course: &mut Course,
        kept: &mut usize,
    ) -> Result<Option<Oid>, GitError> {
        let mut next = from;
        while course.ids.len() < piece {
            let commit = match repository.find_commit(next) {
                Ok(commit) => commit,
                // A clone without the parents of its oldest commits.
                Err(error) if self.is_shallow() && deltas::is_missing(&error) && !course.ids.is_empty() => {
                    course.end = LineEnd::Shallow;
                    return Ok(None);
                }
                Err(error) => return Err(self.missing_or(error, &format!("commit {next}"))),
            };
            course.ids.push(LineId(next));
            if known(LineId(next)) {
                return Ok(None);
            }
            if *kept < MAX_KEPT {
                let own = OwnCommit::of(&commit);
                *kept += own.message.len();
                course.read.push(own);
            }
            next = match commit.parent_id(0) {
                Ok(parent) => parent,
                Err(_) => {
                    course.end = if names_parent(&commit) { LineEnd::Shallow } else { LineEnd::Root };
                    return Ok(None);
                }
            };
        }
        Ok(Some(next))
    }

    /// The name of a commit in the line.
    pub(crate) fn line_id(&self, commit: &CommitId) -> Result<LineId, GitError> {
        self.id(&commit.0).map(LineId)
    }

    /// Reads the commits `wanted` of a line, which are neighbours; `line` goes on behind them as far as it is known, and `read`
    /// has what was read of its first commits.
    pub(crate) fn line_commits(
        &self,
        line: &[LineId],
        read: &[OwnCommit],
        wanted: Range<usize>,
    ) -> Result<Vec<LineCommit>, GitError> {
        let end = line.len().min(wanted.end + MERGE_REACH);
        let places = line[wanted.start..end].iter().enumerate();
        let places: HashMap<Oid, usize> = places.map(|(at, id)| (id.0, wanted.start + at)).collect();
        let starts: Vec<usize> = wanted.clone().step_by(STRETCH).collect();
        // Handles live no longer than this: libgit2 remembers what they read.
        let handles = self.objects();
        let stretches = starts.into_par_iter().map(|start| {
            handles.with(|repository| {
                let look = Look { repository, places: &places };
                (start..wanted.end.min(start + STRETCH)).map(|at| look.commit(line[at].0, read.get(at), at)).collect()
            })?
        });
        let stretches = stretches.collect::<Result<Vec<Vec<LineCommit>>, GitError>>()?;
        Ok(stretches.into_iter().flatten().collect())
    }

    /// The files of a commit's first parent; `None` where it has none.
    pub(crate) fn tree_before(&self, id: LineId) -> Result<Option<TreeId>, GitError> {
        let read = |id: Oid| self.raw.find_commit(id).map_err(|error| unreadable(&error, id, "commit"));
        let parent = read(id.0)?.parent_id(0).ok();
        parent.map(|parent| Ok(TreeId(read(parent)?.tree_id()))).transpose()
    }
}

/// A shallow clone hides the parents of its oldest commits; the commit itself still names them.
fn names_parent(commit: &git2::Commit<'_>) -> bool {
    commit.raw_header_bytes().split(|&byte| byte == b'\n').any(|line| line.starts_with(b"parent "))
}

/// What one thread reads with.
struct Look<'r> {
    repository: &'r git2::Repository,
    /// Where commits stand in the line.
    places: &'r HashMap<Oid, usize>,
}

impl Look<'_> {
    fn commit(&self, id: Oid, read: Option<&OwnCommit>, at: usize) -> Result<LineCommit, GitError> {
        let own = match read {
            Some(own) => own.clone(),
            None => OwnCommit::of(&self.repository.find_commit(id).map_err(|error| unreadable(&error, id, "commit"))?),
        };
        let is_merge = !own.merged.is_empty();
        let merged = if is_merge { self.merged(&own.merged, at) } else { Vec::new() };
        let mut people = Vec::new();
        let mut merged_message = None;
        for commit in &merged {
            let message = text(commit.message_bytes());
            add_people(&mut people, commit, &message);
            merged_message = (merged.len() == 1).then_some(message);
        }
        if people.is_empty() {
            people = own.people;
        }
        let OwnCommit { seconds, message, tree, .. } = own;
        Ok(LineCommit { seconds, message, is_merge, merged_message, people, tree })
    }

    /// The commits of the merged side, those nearest to the merge first.
    fn merged(&self, parents: &[Oid], at: usize) -> Vec<git2::Commit<'_>> {
        let on_line = |id: &Oid| self.places.get(id).is_some_and(|&place| place > at && place <= at + MERGE_REACH);
        let mut open: VecDeque<Oid> = parents.iter().copied().filter(|id| !on_line(id)).collect();
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
}

impl OwnCommit {
    fn of(commit: &git2::Commit<'_>) -> Self {
        let message = text(commit.message_bytes());
        let mut people = Vec::new();
        add_people(&mut people, commit, &message);
        let (seconds, tree) = (commit.time().seconds(), TreeId(commit.tree_id()));
        Self { seconds, message, people, tree, merged: commit.parent_ids().skip(1).collect() }
    }
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

pub(super) fn unreadable(error: &git2::Error, id: Oid, what: &str) -> GitError {
    match deltas::is_missing(error) {
        true => GitError::MissingObject { object: format!("{what} {id}"), partial: true },
        false => GitError::Other { doing: format!("read {what} {id}"), source: git2::Error::from_str(error.message()) },
    }
}
