//! From bytes to text: what is read, what is refused, and the lines that differ.
//!
//! Sizes are known before anything is read, so that a file over the limit costs nothing. Whether a file is text is
//! decided by its bytes alone, never by attributes: those come with the change and could hide it.

use super::Repository;
use super::change::Hunk;
use super::deltas::{Entry, Place, as_path, is_missing};
use super::error::GitError;
use crate::location::LineRange;
use git2::{AttrCheckFlags, AttrValue, Odb, OdbObject, Oid};
use imara_diff::{Algorithm, Diff, InternedInput};
use std::fs::File;
use std::io::Read;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

/// git looks this far for a NUL byte.
const BINARY_PROBE: usize = 8_000;

const LFS_PREFIXES: [&[u8]; 2] =
    [b"version https://git-lfs.github.com/spec/", b"version https://hawser.github.com/spec/"];

/// LFS pointers are far smaller than this by their specification.
const LFS_MAX_BYTES: usize = 1_024;

/// Reads the bytes of entries from the object database or the work tree.
pub(super) struct Reader<'r> {
    repository: &'r Repository,
    objects: Odb<'r>,
}

/// Bytes of one file, borrowed from libgit2 where possible.
pub(super) enum Bytes<'o> {
    Object(OdbObject<'o>),
    Owned(Vec<u8>),
}

impl Deref for Bytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Object(object) => object.data(),
            Self::Owned(bytes) => bytes,
        }
    }
}

/// Why bytes could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// The object is not in this repository.
    Missing(Oid),
    Other(String),
}

impl<'r> Reader<'r> {
    pub(super) fn new(repository: &'r Repository) -> Result<Self, GitError> {
        let objects = repository.raw.odb().map_err(GitError::other("open the object database"))?;
        Ok(Self { repository, objects })
    }

    /// The size of a file, without reading it.
    pub(super) fn size(&self, entry: Entry, path: &[u8]) -> Result<u64, Unreadable> {
        match entry.place {
            Place::Object(id) => {
                self.objects.read_header(id).map(|(size, _)| size as u64).map_err(|e| unreadable(id, &e))
            }
            Place::WorkFile => {
                let file = self.work_file(path)?;
                let metadata = std::fs::symlink_metadata(file).map_err(|e| Unreadable::Other(e.to_string()))?;
                Ok(metadata.len())
            }
        }
    }

    /// The content of a file; at most `max` bytes and one more of a file of the work tree.
    pub(super) fn bytes(&self, entry: Entry, path: &[u8], max: u64) -> Result<Bytes<'_>, Unreadable> {
        match entry.place {
            Place::Object(id) => self.objects.read(id).map(Bytes::Object).map_err(|e| unreadable(id, &e)),
            Place::WorkFile => {
                let path = self.work_file(path)?;
                let mut bytes = Vec::new();
                let read = File::open(path).and_then(|file| file.take(max.saturating_add(1)).read_to_end(&mut bytes));
                read.map_err(|error| Unreadable::Other(error.to_string()))?;
                Ok(Bytes::Owned(bytes))
            }
        }
    }

    /// Whether git turns CRLF into LF when it stores this file of the work tree.
    pub(super) fn stores_lf(&self, path: &[u8]) -> bool {
        let raw = &self.repository.raw;
        let attribute = |name: &str| {
            let value = raw.get_attr_bytes(as_path(path)?, name, AttrCheckFlags::FILE_THEN_INDEX).ok()?;
            Some(AttrValue::from_bytes(value))
        };
        match attribute("text") {
            Some(AttrValue::True | AttrValue::String("auto")) => true,
            Some(AttrValue::False) => false,
            _ => {
                let autocrlf =
                    || raw.config().and_then(|config| config.get_string("core.autocrlf")).unwrap_or_default();
                matches!(attribute("eol"), Some(AttrValue::String(_)))
                    || matches!(autocrlf().as_str(), "true" | "input")
            }
        }
    }

    fn work_file(&self, path: &[u8]) -> Result<PathBuf, Unreadable> {
        let root = self.repository.raw.workdir();
        root.zip(as_path(path))
            .map(|(root, path)| root.join(path))
            .ok_or_else(|| Unreadable::Other("no work tree".to_owned()))
    }
}

fn unreadable(id: Oid, error: &git2::Error) -> Unreadable {
    if is_missing(error) { Unreadable::Missing(id) } else { Unreadable::Other(error.message().to_owned()) }
}

/// A NUL byte early on, or the byte order mark of UTF-16.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\xFE")
        || bytes.starts_with(b"\xFE\xFF")
        || bytes[..bytes.len().min(BINARY_PROBE)].contains(&0)
}

pub(super) fn is_lfs_pointer(bytes: &[u8]) -> bool {
    bytes.len() <= LFS_MAX_BYTES && LFS_PREFIXES.iter().any(|prefix| bytes.starts_with(prefix))
}

/// The bytes after a UTF-8 byte order mark.
pub(super) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The text, with U+FFFD for what is not UTF-8.
pub(super) fn lossy(bytes: &[u8]) -> Arc<str> {
    String::from_utf8_lossy(bytes).into()
}

pub(super) fn has_crlf(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| pair == b"\r\n")
}

/// The bytes with each CRLF as LF.
pub(super) fn with_lf(bytes: &[u8]) -> Vec<u8> {
    let crlf = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
    (0..bytes.len()).filter(|&at| !crlf(at)).map(|at| bytes[at]).collect()
}

/// The lines that differ, as `git diff` finds them (Myers, indent heuristic), without context.
pub(super) fn hunks(old: &[u8], new: &[u8]) -> Vec<Hunk> {
    if old == new {
        return Vec::new();
    }
    if old.is_empty() || new.is_empty() {
        return vec![Hunk { old: all_lines(old), new: all_lines(new), old_after: 0, new_after: 0 }];
    }
    let input = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_lines(&input);
    let lines = |range: &std::ops::Range<u32>| (!range.is_empty()).then(|| LineRange::new(range.start + 1, range.end));
    let hunk = |hunk: imara_diff::Hunk| Hunk {
        old: lines(&hunk.before),
        new: lines(&hunk.after),
        old_after: hunk.before.start,
        new_after: hunk.after.start,
    };
    diff.hunks().map(hunk).collect()
}

fn all_lines(text: &[u8]) -> Option<LineRange> {
    let newlines = text.iter().filter(|&&byte| byte == b'\n').count();
    let lines = newlines + usize::from(text.last().is_some_and(|&byte| byte != b'\n'));
    (lines > 0).then(|| LineRange::new(1, u32::try_from(lines).unwrap_or(u32::MAX)))
}
