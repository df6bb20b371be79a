//! What git says changed: plain, owned values that the rest of the program works on.

use crate::location::{LineRange, RepoPath};
use std::sync::Arc;

/// Everything that a range changes, sorted by path.
#[derive(Debug, Clone)]
pub(crate) struct ChangeSet {
    /// The revision named on the left, as a full hash.
    pub(crate) base: CommitId,
    /// The revision named on the right; `None` for the index or the work tree.
    pub(crate) head: Option<CommitId>,
    /// Where the two histories part; the old side of the diff. For a root commit, git's empty tree.
    pub(crate) merge_base: CommitId,
    /// The commits between the merge base and the head, newest first, at most a few hundred.
    pub(crate) commits: Vec<CommitSummary>,
    pub(crate) files: Vec<FileChange>,
    /// What could not be read as usual (shallow history, rename limit), in plain sentences.
    pub(crate) notices: Vec<GitNotice>,
}

impl ChangeSet {
    /// No change at all, of a commit.
    pub(crate) fn none(commit: &CommitId) -> Self {
        Self {
            base: commit.clone(),
            head: Some(commit.clone()),
            merge_base: commit.clone(),
            commits: Vec::new(),
            files: Vec::new(),
            notices: Vec::new(),
        }
    }
}

/// A full hexadecimal object name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CommitId(pub(crate) String);

#[derive(Debug, Clone)]
pub(crate) struct CommitSummary {
    pub(crate) subject: String,
}

#[derive(Debug, Clone)]
pub(crate) struct GitNotice {
    pub(crate) path: Option<RepoPath>,
    pub(crate) reason: String,
}

/// One changed file.
#[derive(Debug, Clone)]
pub(crate) struct FileChange {
    /// The path on the new side; on the old side for a deleted file.
    pub(crate) path: RepoPath,
    /// The path on the old side where it differs (rename, copy).
    pub(crate) old_path: Option<RepoPath>,
    pub(crate) status: ChangeStatus,
    /// Changed lines, in order. Empty for a pure rename or mode change, and where the content is not text.
    pub(crate) hunks: Vec<Hunk>,
    pub(crate) content: Content,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ChangeStatus {
    Added,
    Modified,
    Deleted,
    Renamed,
    /// New code in a new place, all of it: there is no old side, and `old_path` says where it comes from.
    Copied,
    /// Only the mode or the type (file, link) changed.
    ModeChanged,
}

/// Lines removed on the old side and added on the new side, without context. Either may be empty (`None`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hunk {
    pub(crate) old: Option<LineRange>,
    pub(crate) new: Option<LineRange>,
    /// The line after which the hunk stands on the old side, from 0: places a pure insertion.
    pub(crate) old_after: u32,
    /// The line after which the hunk stands on the new side, from 0: places a pure removal.
    pub(crate) new_after: u32,
}

/// What the file holds on both sides.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Text without a byte order mark; bytes that are not UTF-8 are U+FFFD. `None` on the side where the file is absent.
    Text {
        old: Option<Arc<str>>,
        new: Option<Arc<str>>,
    },
    Binary,
    /// Larger than the size limit on either side, or past the budget for all texts (then with a notice).
    TooLarge {
        bytes: u64,
    },
    Submodule,
    /// A Git LFS pointer on either side.
    LfsPointer,
    Symlink,
    /// Not in this repository (partial or damaged clone), or not readable; always with a notice.
    Missing {
        reason: String,
    },
}
