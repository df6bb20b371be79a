//! Reads a repository: what changed in a range, its commits, files of a commit. The only user of git2.
//!
//! Everything that leaves this folder is a plain owned value. Nothing is written to the repository but notes, no network is used,
//! no code or filter of the repository runs, and commit ranges never look at the work tree. Objects may be missing
//! (shallow and partial clones) and may be hostile; what cannot be read is an error with a hint, or a notice.

pub(crate) mod change;
mod content;
mod deltas;
mod diff;
mod error;
pub(crate) mod hooks;
pub(crate) mod line;
pub(crate) mod notes;
pub(crate) mod objects;
mod packs;
pub(crate) mod people;
pub(crate) mod push;
mod range;
mod remote;
mod renames;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub(crate) mod touched;
pub(crate) mod trailers;
pub(crate) mod words;

pub(crate) use diff::DiffLimits;
pub(crate) use error::GitError;
pub use range::RangeSpec;

use change::{ChangeSet, CommitId, CommitSummary};
use git2::{Oid, RepositoryOpenFlags};
use range::{HeadSide, ResolvedRange};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Once;

/// git's name for the tree without files, which stands for "before the first commit".
const EMPTY_TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/// Longer subjects are cut.
const MAX_SUBJECT_CHARS: usize = 500;

/// Larger files are refused by [`Repository::read_file`].
const MAX_READ_BYTES: u64 = 16 << 20;

/// When one of these is set, git's environment says which repository is meant.
const FROM_ENV: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"];

/// The object name of a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct BlobId(Oid);

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathKind {
    /// A file, a link or a submodule.
    File,
    Folder,
    Nothing,
}

/// An open repository; `Send` but not `Sync`: open one for each thread.
pub(crate) struct Repository {
    raw: git2::Repository,
    /// Opened as git's environment says.
    from_env: bool,
}

/// Of the files that hold objects, so much is in memory at once (bytes)...
const MAX_MAPPED: usize = 16 << 20;

/// ... in pieces of this size.
const WINDOW: usize = 2 << 20;

/// So much of the objects that were read is remembered, over all handles (bytes); by default 256 MB.
const MAX_REMEMBERED: isize = 16 << 20;

/// Keeps libgit2 from having whole packs in memory, as it does by default where there is room: a run reads from all over them.
fn bound_memory() {
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        // SAFETY: all only set a number that libgit2 reads when it maps the next piece of a pack or remembers an object. No
        // repository is open in this program before the first one is opened here, so nobody reads them meanwhile.
        let set = unsafe {
            git2::opts::set_mwindow_size(WINDOW)
                .and(git2::opts::set_mwindow_mapped_limit(MAX_MAPPED))
                .and(git2::opts::set_cache_max_size(MAX_REMEMBERED))
        };
        // Without, more memory is used.
        let _ = set;
    });
}

impl Repository {
    /// Opens the repository that holds `dir`: a work tree, a directory in it, a linked work tree or a bare repository.
    ///
    /// For the current directory, git's environment is respected (`GIT_DIR`, `GIT_INDEX_FILE`, ...): hooks set it.
    pub(crate) fn open(dir: &Path) -> Result<Self, GitError> {
        bound_memory();
        let variable = |name: &str| std::env::var_os(name);
        let here = dir == Path::new(".") || dir.as_os_str().is_empty();
        let from_env = here && FROM_ENV.into_iter().any(|name| variable(name).is_some());
        let raw = if from_env {
            git2::Repository::open_from_env()
        } else {
            git2::Repository::open_ext(dir, RepositoryOpenFlags::empty(), std::iter::empty::<&OsStr>())
        };
        let raw = raw.map_err(|source| {
            let named = variable("GIT_DIR").filter(|_| from_env).map_or_else(|| dir.to_path_buf(), PathBuf::from);
            GitError::opening(&std::path::absolute(&named).unwrap_or(named), source)
        })?;
        Ok(Self { raw, from_env })
    }

    /// What a range changes.
    pub(crate) fn change_set(&self, spec: &RangeSpec, limits: &DiffLimits) -> Result<ChangeSet, GitError> {
        let mut range = ResolvedRange::new(self, spec)?;
        let mut notices = std::mem::take(&mut range.notices);
        let files = diff::read(self, &range, limits, &mut notices)?;
        // Files are read in the order of their size; people look for them by path.
        notices.sort_by(|a, b| a.path.cmp(&b.path));
        let head = match range.head {
            HeadSide::Commit(head) => Some(head),
            HeadSide::Index | HeadSide::Worktree => None,
        };
        let commits = head.map(|head| self.commits(range.base, head, limits.max_commits)).transpose()?;
        Ok(ChangeSet {
            base: CommitId(name(range.base)),
            head: head.map(|head| CommitId(head.to_string())),
            merge_base: CommitId(name(range.merge_base)),
            commits: commits.unwrap_or_default(),
            files,
            notices,
        })
    }

    /// The base and the head of a range of commits.
    pub(crate) fn ends(&self, spec: &RangeSpec) -> Result<(CommitId, CommitId), GitError> {
        let range = ResolvedRange::new(self, spec)?;
        match range.head {
            HeadSide::Commit(head) => Ok((CommitId(name(range.base)), CommitId(head.to_string()))),
            HeadSide::Index | HeadSide::Worktree => Err(GitError::BadRange { range: format!("{spec:?}") }),
        }
    }

    /// The content of a regular file of a commit; `None` when there is no such file there.
    pub(crate) fn read_file(&self, commit: &CommitId, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        if commit.0 == EMPTY_TREE {
            return Ok(None);
        }
        let tree = deltas::tree_of(self, self.id(&commit.0)?)?;
        let entry = match tree.get_path(Path::new(path)) {
            Ok(entry) => entry,
            Err(source) if deltas::is_missing(&source) => return Ok(None),
            Err(source) => return Err(GitError::Other { doing: format!("look up {path} in {}", commit.0), source }),
        };
        let is_file = deltas::EntryKind::from_mode(entry.filemode() as u32).is_some_and(deltas::EntryKind::is_file);
        if is_file { self.read(entry.id(), path).map(Some) } else { Ok(None) }
    }

    /// The paths of the regular files that stand directly in a folder of a commit, in order; none without the folder.
    pub(crate) fn folder_files(&self, commit: &CommitId, folder: &str) -> Result<Vec<String>, GitError> {
        if commit.0 == EMPTY_TREE {
            return Ok(Vec::new());
        }
        let tree = deltas::tree_of(self, self.id(&commit.0)?)?;
        let entry = match tree.get_path(Path::new(folder)) {
            Ok(entry) => entry,
            Err(source) if deltas::is_missing(&source) => return Ok(Vec::new()),
            Err(source) => return Err(GitError::Other { doing: format!("look up {folder} in {}", commit.0), source }),
        };
        let Ok(found) = self.raw.find_tree(entry.id()) else { return Ok(Vec::new()) };
        let is_file = |entry: &git2::TreeEntry<'_>| {
            deltas::EntryKind::from_mode(entry.filemode() as u32).is_some_and(deltas::EntryKind::is_file)
        };
        let path = |entry: git2::TreeEntry<'_>| entry.name().ok().map(|name| format!("{folder}/{name}"));
        Ok(found.iter().filter(is_file).filter_map(path).collect())
    }

    /// What stands at a path of a commit.
    pub(crate) fn kind_of(&self, commit: &CommitId, path: &str) -> Result<PathKind, GitError> {
        if commit.0 == EMPTY_TREE {
            return Ok(PathKind::Nothing);
        }
        let tree = deltas::tree_of(self, self.id(&commit.0)?)?;
        match tree.get_path(Path::new(path)) {
            _ if path.is_empty() => Ok(PathKind::Folder),
            Ok(entry) if deltas::EntryKind::from_mode(entry.filemode() as u32).is_none() => Ok(PathKind::Folder),
            Ok(_) => Ok(PathKind::File),
            Err(source) if deltas::is_missing(&source) => Ok(PathKind::Nothing),
            Err(source) => Err(GitError::Other { doing: format!("look up {path} in {}", commit.0), source }),
        }
    }

    /// The root of the work tree; `None` in a bare repository.
    pub(crate) fn workdir(&self) -> Option<PathBuf> {
        self.raw.workdir().map(Path::to_path_buf)
    }

    /// Whether this stands for the beginning, before the first commit.
    pub(crate) fn is_before_all(&self, commit: &CommitId) -> bool {
        commit.0 == EMPTY_TREE
    }

    /// When a commit was made, in seconds since 1970.
    pub(crate) fn seconds_of(&self, commit: &CommitId) -> Result<i64, GitError> {
        let found = self.raw.find_commit(self.id(&commit.0)?);
        Ok(found.map_err(|source| self.missing_or(source, &format!("commit {}", commit.0)))?.time().seconds())
    }

    /// Whether history is cut off somewhere.
    pub(crate) fn is_shallow(&self) -> bool {
        self.raw.is_shallow()
    }

    /// Whether contents are left on the server until git needs them.
    fn is_partial(&self) -> bool {
        let Ok(config) = self.raw.config() else { return false };
        let promisor =
            config.entries(Some(r"^remote\..*\.promisor$")).is_ok_and(|mut entries| entries.next().is_some());
        promisor || config.get_string("extensions.partialclone").is_ok()
    }

    fn id(&self, hash: &str) -> Result<Oid, GitError> {
        Oid::from_str(hash).map_err(GitError::other(format!("read the object name {hash:?}")))
    }

    fn read(&self, id: Oid, what: &str) -> Result<Vec<u8>, GitError> {
        let missing = |source| self.missing_or(source, &format!("the content of {what} ({id})"));
        let objects = self.raw.odb().map_err(GitError::other("open the object database"))?;
        let (size, _) = objects.read_header(id).map_err(missing)?;
        if size as u64 > MAX_READ_BYTES {
            return Err(GitError::TooLarge { path: what.to_owned(), limit: MAX_READ_BYTES });
        }
        objects.read(id).map(|object| object.data().to_vec()).map_err(missing)
    }

    fn missing_or(&self, source: git2::Error, object: &str) -> GitError {
        if deltas::is_missing(&source) {
            return GitError::MissingObject { object: object.to_owned(), partial: self.is_partial() };
        }
        GitError::Other { doing: format!("read {object}"), source }
    }

    /// The commits that the head has and the base has not, newest first.
    fn commits(&self, base: Option<Oid>, head: Oid, max: usize) -> Result<Vec<CommitSummary>, GitError> {
        let newest = self.raw.find_commit(head).map_err(GitError::other(format!("read commit {head}")))?;
        if base == Some(head) {
            return Ok(Vec::new());
        }
        // The everyday case, one commit, without a walk.
        if newest.parent_count() == 1 && newest.parent_id(0).ok() == base {
            return Ok(vec![summary(&newest)]);
        }
        let walk = || -> Result<Vec<CommitSummary>, git2::Error> {
            let mut walk = self.raw.revwalk()?;
            walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::TIME)?;
            walk.push(head)?;
            if let Some(base) = base {
                walk.hide(base)?;
            }
            walk.take(max).map(|id| Ok(summary(&self.raw.find_commit(id?)?))).collect()
        };
        walk().map_err(GitError::other(format!("list the commits up to {head}")))
    }
}

fn name(commit: Option<Oid>) -> String {
    commit.map_or_else(|| EMPTY_TREE.to_owned(), |id| id.to_string())
}

fn summary(commit: &git2::Commit<'_>) -> CommitSummary {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    CommitSummary {
        subject: text(commit.summary_bytes().unwrap_or_default()).chars().take(MAX_SUBJECT_CHARS).collect(),
    }
}
