//! What a repository's history knows: who changed which files when, what was undone, what was fixed.
//!
//! One pass along first parents gives a [`History`]: the changes of a line of commits, oldest first. A [`Tally`] records
//! changes one after the other and measures a new change by what it has recorded, and by nothing else: a scan records
//! everything before the change, the backtest measures each change before it records it. So both give the same answer,
//! and neither can look into the future.
//!
//! Knows nothing of flags, areas or points.
#![allow(dead_code, reason = "the stages that use it come next")]

pub(crate) mod shape;
pub(crate) mod tally;

#[allow(unused_imports, reason = "the stages that use it come next")]
pub(crate) use tally::{FileMeasures, Measures, Tally};

use crate::git::change::CommitId;

/// The number of a person in [`History::people`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PersonId(pub(crate) u32);

/// The number of a path in [`History::paths`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PathId(pub(crate) u32);

/// The first-parent line that ends in a commit.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    /// Oldest first.
    pub(crate) changes: Vec<Change>,
    pub(crate) people: Vec<Person>,
    pub(crate) paths: Vec<String>,
    pub(crate) reach: Reach,
}

/// How far back a history goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Reach {
    /// To the first commit.
    #[default]
    Whole,
    /// To a stated limit.
    Limit { commits: usize },
    /// To where the shallow clone ends: what history says is unknown.
    Shallow,
}

/// Somebody, by the canonical name and address of `.mailmap`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) is_bot: bool,
}

/// One commit of the line with what it brought: a merge stands for the branch that it merges.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) commit: CommitId,
    /// The author first, then co-authors; of a merge, the authors of what it merges.
    pub(crate) people: Vec<PersonId>,
    /// When it landed: the committer's time, in seconds since 1970.
    pub(crate) seconds: i64,
    /// The first line of the message, cut; of a merge, the title of what it merges where the message gives it.
    pub(crate) subject: String,
    /// The subject says that it mends something.
    pub(crate) is_fix: bool,
    /// What it undoes, as its message names it; empty for other changes.
    pub(crate) reverts: Vec<Reverted>,
    /// Every file that differs from the first parent; a rename counts on both sides. Sorted.
    pub(crate) touched: Vec<PathId>,
}

/// How a revert names what it undoes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reverted {
    /// A full or short hash.
    Commit(String),
    /// The number of a pull request.
    Pull(u64),
    /// The exact title.
    Title(String),
}
