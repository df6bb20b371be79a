//! Reads many objects of a repository, from many threads: the files of a tree, and their contents.
//!
//! What is read here was written by others, and not only by git: trees may hold any mode and any name, hold a name twice,
//! lack objects, nest without end or unfold into billions of paths. The visitor of a walk says when it has enough.

use super::change::CommitId;
use super::content;
use super::deltas::{self, EntryKind};
use super::error::GitError;
use super::{BlobId, EMPTY_TREE, Repository, packs};
use git2::{ObjectType, Oid};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Deeper folders than this are not looked into.
const MAX_DEPTH: usize = 500;

/// The object name of a folder's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TreeId(pub(super) Oid);

/// The length of an object name.
pub(crate) const ID_BYTES: usize = 20;

macro_rules! bytes_of_name {
    ($($name:ident),+) => {$(
        impl $name {
            pub(crate) fn bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }

            pub(crate) fn from_bytes(bytes: &[u8; ID_BYTES]) -> Self {
                // Every 20 bytes are a name; libgit2 only refuses another length.
                Self(Oid::from_bytes(bytes).unwrap_or(Oid::ZERO_SHA1))
            }
        }
    )+};
}

bytes_of_name!(BlobId, TreeId);

/// What looks at the folders and files of a tree, in the order of git's trees: a folder, then all that is in it.
pub(crate) trait TreeVisitor {
    /// A folder by its path (the root has none) and content; says what to do with it.
    fn folder(&mut self, path: &[u8], tree: TreeId) -> Walk;
    /// The last folder that was entered is done.
    fn leave(&mut self);
    /// A regular file.
    fn file(&mut self, path: &[u8], blob: BlobId);
    /// A folder that is not in this repository, or too deep to look into.
    fn unread(&mut self, path: &[u8]);
}

/// What to do with a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walk {
    Enter,
    Skip,
    /// Nothing more is visited.
    Stop,
}

/// A content as far as it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blob<'b> {
    /// Without a byte order mark.
    Text(&'b [u8]),
    /// Binary, or a pointer to large file storage.
    NoText,
    TooLarge,
    /// Not in this repository, damaged, or not a file.
    Unreadable,
}

/// Contents of one repository for any number of threads at once.
pub(crate) struct Objects {
    origin: Origin,
    /// The folder of loose objects and packs.
    folder: PathBuf,
    /// Handles that no thread uses right now. libgit2's are not to be shared.
    idle: Mutex<Vec<git2::Repository>>,
}

/// How to open the repository once more.
enum Origin {
    At(PathBuf),
    /// As git's environment says, which may name other places for objects.
    Environment,
}

impl Repository {
    /// The root folder of a commit; `None` for the tree without files.
    pub(crate) fn root(&self, commit: &CommitId) -> Result<Option<TreeId>, GitError> {
        if commit.0 == EMPTY_TREE {
            return Ok(None);
        }
        Ok(Some(TreeId(deltas::tree_of(self, self.id(&commit.0)?)?.id())))
    }

    /// The folder that all work trees of the repository share.
    pub(crate) fn common_dir(&self) -> PathBuf {
        self.raw.commondir().to_path_buf()
    }

    /// Reads contents from any thread.
    pub(crate) fn objects(&self) -> Arc<Objects> {
        // libgit2 would hash every content once more, which takes longer than to unpack it; git itself does not either.
        git2::opts::strict_hash_verification(false);
        let origin = if self.from_env { Origin::Environment } else { Origin::At(self.raw.path().to_path_buf()) };
        let folder = self.common_dir().join("objects");
        Arc::new(Objects { origin, folder, idle: Mutex::default() })
    }
}

impl Objects {
    /// Visits the files of a tree.
    pub(crate) fn walk(&self, root: TreeId, visitor: &mut impl TreeVisitor) -> Result<(), GitError> {
        self.with(|repository| visit(repository, root, &mut Vec::new(), 0, visitor))?;
        Ok(())
    }

    /// Puts contents in the order in which they are read fastest.
    pub(crate) fn sort(&self, blobs: &mut Vec<BlobId>) {
        packs::in_order(&self.folder, blobs);
    }

    /// Runs `look` on each content in turn.
    pub(crate) fn read<'i>(
        &self,
        blobs: impl IntoIterator<Item = &'i BlobId>,
        max_bytes: u64,
        mut look: impl FnMut(Blob<'_>),
    ) -> Result<(), GitError> {
        self.with(|repository| {
            let objects = repository.odb().map_err(GitError::other("open the object database"))?;
            for blob in blobs {
                look_at(&objects, blob.0, max_bytes, &mut look);
            }
            Ok(())
        })?
    }

    /// Lends a handle; opens one when all are in use.
    pub(super) fn with<R>(&self, work: impl FnOnce(&git2::Repository) -> R) -> Result<R, GitError> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let free = idle().pop();
        let handle = match (free, &self.origin) {
            (Some(handle), _) => Ok(handle),
            (None, Origin::At(path)) => git2::Repository::open(path),
            (None, Origin::Environment) => git2::Repository::open_from_env(),
        };
        let handle = handle.map_err(GitError::other("open the repository again"))?;
        let result = work(&handle);
        idle().push(handle);
        Ok(result)
    }
}

fn look_at(objects: &git2::Odb<'_>, id: Oid, max_bytes: u64, look: &mut impl FnMut(Blob<'_>)) {
    // The size comes first: a few bytes on the disk can unfold into gigabytes.
    match objects.read_header(id) {
        Ok((size, ObjectType::Blob)) if size as u64 <= max_bytes => {}
        Ok((_, ObjectType::Blob)) => return look(Blob::TooLarge),
        Ok(_) | Err(_) => return look(Blob::Unreadable),
    }
    let Ok(object) = objects.read(id) else { return look(Blob::Unreadable) };
    let bytes = object.data();
    let is_text = !content::is_binary(bytes) && !content::is_lfs_pointer(bytes);
    look(if is_text { Blob::Text(content::without_bom(bytes)) } else { Blob::NoText });
}

/// Whether to go on.
fn visit(
    repository: &git2::Repository,
    id: TreeId,
    path: &mut Vec<u8>,
    depth: usize,
    visitor: &mut impl TreeVisitor,
) -> bool {
    match visitor.folder(path, id) {
        Walk::Enter => {}
        Walk::Skip => return true,
        Walk::Stop => return false,
    }
    let tree = repository.find_tree(id.0).ok().filter(|_| depth < MAX_DEPTH);
    if tree.is_none() {
        visitor.unread(path);
    }
    let length = path.len();
    for entry in tree.iter().flat_map(|tree| tree.iter()) {
        if length > 0 {
            path.push(b'/');
        }
        path.extend_from_slice(entry.name_bytes());
        let go_on = match EntryKind::from_mode(entry.filemode() as u32) {
            None => visit(repository, TreeId(entry.id()), path, depth + 1, visitor),
            Some(kind) => {
                if kind.is_file() {
                    visitor.file(path, BlobId(entry.id()));
                }
                true
            }
        };
        path.truncate(length);
        if !go_on {
            return false;
        }
    }
    visitor.leave();
    true
}
