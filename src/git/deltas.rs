//! Which paths differ between two sides, before any content is read.
//!
//! Two commits are compared here, tree by tree, rather than with libgit2's diff: trees may hold file modes that git2
//! refuses with a panic, and may be built to unfold into billions of paths. The index and the work tree, which only
//! their owner writes, are compared by libgit2.

use super::Repository;
use super::change::GitNotice;
use super::error::GitError;
use super::range::HeadSide;
use crate::location::RepoPath;
use git2::{Delta as Status, DiffDelta, DiffOptions, ErrorCode, Index, IndexEntryExtendedFlag, Oid, Tree};
use std::cmp::Ordering;
use std::path::{Component, Path};

/// Deeper trees than this are not looked into; git itself stops at 2,048.
const MAX_DEPTH: usize = 1_000;

/// What a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    File,
    Executable,
    Link,
    Submodule,
}

impl EntryKind {
    /// From the mode in a tree or in the index; `None` for a directory.
    pub(super) fn from_mode(mode: u32) -> Option<Self> {
        match mode & 0o170_000 {
            0o040_000 => None,
            0o120_000 => Some(Self::Link),
            0o160_000 => Some(Self::Submodule),
            _ if mode & 0o111 != 0 => Some(Self::Executable),
            _ => Some(Self::File),
        }
    }

    pub(super) fn is_file(self) -> bool {
        matches!(self, Self::File | Self::Executable)
    }
}

/// Where the bytes of an entry are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Object(Oid),
    WorkFile,
}

/// One side of a changed path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: EntryKind,
    pub(super) place: Place,
}

impl Entry {
    pub(super) fn object(&self) -> Option<Oid> {
        match self.place {
            Place::Object(id) => Some(id),
            Place::WorkFile => None,
        }
    }
}

/// One changed path; at least one side is there.
#[derive(Debug, Clone)]
pub(super) struct Delta {
    pub(super) path: Vec<u8>,
    pub(super) old: Option<Entry>,
    pub(super) new: Option<Entry>,
    /// Where the new side comes from, when that is another path.
    pub(super) origin: Option<Origin>,
}

/// The path that a file was moved or copied from.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) path: Vec<u8>,
    /// The source is still there.
    pub(super) copied: bool,
}

/// Changed paths in a stable order, at most `max`.
pub(super) fn between(
    repository: &Repository,
    old: Option<Oid>,
    head: HeadSide,
    max: usize,
    notices: &mut Vec<GitNotice>,
) -> Result<Vec<Delta>, GitError> {
    let old = old.map(|id| tree_of(repository, id)).transpose()?;
    let mut found = Found { deltas: Vec::new(), max, left_out: false };
    match head {
        HeadSide::Commit(id) => {
            let new = tree_of(repository, id)?;
            compare_trees(repository, &mut found, b"", old.as_ref(), Some(&new), 0)?;
        }
        HeadSide::Index | HeadSide::Worktree => {
            compare_uncommitted(repository, &mut found, old.as_ref(), head, notices)?
        }
    }
    if found.left_out {
        let reason = format!("The change is too large: only its first {max} files are scanned.");
        notices.push(GitNotice { path: None, reason });
    }
    Ok(found.deltas)
}

pub(super) fn tree_of(repository: &Repository, commit: Oid) -> Result<Tree<'_>, GitError> {
    let tree = repository.raw.find_commit(commit).and_then(|commit| commit.tree());
    tree.map_err(|source| repository.missing_or(source, &format!("the tree of commit {commit}")))
}

struct Found {
    deltas: Vec<Delta>,
    max: usize,
    left_out: bool,
}

impl Found {
    fn push(&mut self, path: &[u8], old: Option<Entry>, new: Option<Entry>) {
        if self.deltas.len() < self.max {
            self.deltas.push(Delta { path: path.to_vec(), old, new, origin: None });
        } else {
            self.left_out = true;
        }
    }
}

/// An entry of a tree: its sort key, its object, and what it is (`None`: a tree).
struct TreeItem {
    key: Vec<u8>,
    id: Oid,
    kind: Option<EntryKind>,
}

fn items(tree: Option<&Tree<'_>>) -> Vec<TreeItem> {
    let entries = tree.into_iter().flat_map(|tree| tree.iter());
    let item = |entry: git2::TreeEntry<'_>| {
        let kind = EntryKind::from_mode(entry.filemode() as u32);
        let mut key = entry.name_bytes().to_vec();
        // git sorts a directory as if its name ended in a slash.
        if kind.is_none() {
            key.push(b'/');
        }
        TreeItem { key, id: entry.id(), kind }
    };
    entries.map(item).collect()
}

fn compare_trees(
    repository: &Repository,
    found: &mut Found,
    prefix: &[u8],
    old: Option<&Tree<'_>>,
    new: Option<&Tree<'_>>,
    depth: usize,
) -> Result<(), GitError> {
    let (old, new) = (items(old), items(new));
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => a.key.cmp(&b.key),
        };
        let before = if order.is_le() { old.next() } else { None };
        let after = if order.is_ge() { new.next() } else { None };
        if found.left_out {
            return Ok(());
        }
        let Some(either) = before.or(after) else { continue };
        if let (Some(before), Some(after)) = (before, after)
            && (before.id, before.kind) == (after.id, after.kind)
        {
            continue;
        }
        let path = [prefix, &either.key].concat();
        let entry = |item: &TreeItem| item.kind.map(|kind| Entry { kind, place: Place::Object(item.id) });
        let (file_before, file_after) = (before.and_then(entry), after.and_then(entry));
        if file_before.is_some() || file_after.is_some() {
            found.push(&path, file_before, file_after);
        }
        let subtree = |item: &TreeItem| item.kind.is_none().then(|| subtree(repository, item.id, &path));
        let before = before.and_then(subtree).transpose()?;
        let after = after.and_then(subtree).transpose()?;
        if before.is_some() || after.is_some() {
            if depth == MAX_DEPTH {
                found.left_out = true;
                return Ok(());
            }
            compare_trees(repository, found, &path, before.as_ref(), after.as_ref(), depth + 1)?;
        }
    }
}

fn subtree<'r>(repository: &'r Repository, id: Oid, path: &[u8]) -> Result<Tree<'r>, GitError> {
    let tree = repository.raw.find_tree(id);
    tree.map_err(|source| repository.missing_or(source, &format!("the tree of `{}`", RepoPath::from_bytes(path))))
}

fn compare_uncommitted(
    repository: &Repository,
    found: &mut Found,
    old: Option<&Tree<'_>>,
    head: HeadSide,
    notices: &mut Vec<GitNotice>,
) -> Result<(), GitError> {
    let raw = &repository.raw;
    let index = raw.index().map_err(GitError::other("read the index"))?;
    let mut options = DiffOptions::new();
    options.include_typechange(true).skip_binary_check(true);
    let diff = if head == HeadSide::Index {
        raw.diff_tree_to_index(old, Some(&index), Some(&mut options))
    } else {
        options.include_untracked(true).recurse_untracked_dirs(true);
        raw.diff_tree_to_workdir_with_index(old, Some(&mut options))
    };
    let diff = diff.map_err(GitError::other(if head == HeadSide::Index {
        "compare HEAD with the index"
    } else {
        "compare HEAD with the work tree"
    }))?;
    for delta in diff.deltas() {
        let Some(path) = path_of(&delta) else { continue };
        let problem = match delta.status() {
            Status::Conflicted => Some("has conflicts"),
            Status::Unreadable => Some("cannot be read"),
            _ if as_path(path).is_none() => Some("has no valid name"),
            _ => None,
        };
        if let Some(what) = problem {
            let path = RepoPath::from_bytes(path);
            notices.push(GitNotice { path: Some(path), reason: format!("The file {what}, so it was not scanned.") });
            continue;
        }
        let old = old.and_then(|tree| entry_in_tree(tree, path));
        let new = match head {
            HeadSide::Worktree => entry_in_worktree(repository, path).or_else(|| entry_outside_sparse(&index, path)),
            _ => entry_in_index(&index, path),
        };
        if old != new {
            found.push(path.strip_suffix(b"/").unwrap_or(path), old, new);
        }
    }
    found.deltas.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(())
}

fn path_of<'d>(delta: &DiffDelta<'d>) -> Option<&'d [u8]> {
    delta.new_file().path_bytes().or_else(|| delta.old_file().path_bytes())
}

// The modes are looked up by path: `DiffFile::mode` panics on modes that it does not know.

fn entry_in_tree(tree: &Tree<'_>, path: &[u8]) -> Option<Entry> {
    let entry = tree.get_path(as_path(path)?).ok()?;
    Some(Entry { kind: EntryKind::from_mode(entry.filemode() as u32)?, place: Place::Object(entry.id()) })
}

fn entry_in_index(index: &Index, path: &[u8]) -> Option<Entry> {
    let entry = index.get_path(as_path(path)?, 0)?;
    Some(Entry { kind: EntryKind::from_mode(entry.mode)?, place: Place::Object(entry.id) })
}

/// A sparse checkout leaves files out of the work tree, which libgit2 takes for deletions.
fn entry_outside_sparse(index: &Index, path: &[u8]) -> Option<Entry> {
    let flags = index.get_path(as_path(path)?, 0)?.flags_extended;
    let left_out = flags & IndexEntryExtendedFlag::SKIP_WORKTREE.bits() != 0;
    left_out.then(|| entry_in_index(index, path)).flatten()
}

fn entry_in_worktree(repository: &Repository, path: &[u8]) -> Option<Entry> {
    let file = repository.raw.workdir()?.join(as_path(path)?);
    let metadata = std::fs::symlink_metadata(&file).ok()?;
    let kind = if metadata.is_symlink() {
        EntryKind::Link
    } else if metadata.is_dir() {
        EntryKind::Submodule
    } else if metadata.is_file() {
        if is_executable(&metadata) { EntryKind::Executable } else { EntryKind::File }
    } else {
        return None;
    };
    Some(Entry { kind, place: Place::WorkFile })
}

#[cfg(unix)]
fn is_executable(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &std::fs::Metadata) -> bool {
    false
}

/// The bytes of a repository path as a relative path of this system; `None` when it would lead elsewhere.
pub(super) fn as_path(path: &[u8]) -> Option<&Path> {
    #[cfg(unix)]
    let path = Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(path));
    #[cfg(not(unix))]
    let path = Path::new(std::str::from_utf8(path).ok()?);
    path.components().all(|part| matches!(part, Component::Normal(_))).then_some(path)
}

/// Whether libgit2 says that an object is not there.
pub(super) fn is_missing(error: &git2::Error) -> bool {
    error.code() == ErrorCode::NotFound
}
