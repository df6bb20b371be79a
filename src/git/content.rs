//! From bytes to text: what is read, what is refused, and the lines that differ.
//!
//! Sizes are known before anything is read, so that a file over the limit costs nothing. Whether a file is text is
//! decided by its bytes alone, never by attributes: those come with the change and could hide it.

use super::Repository;
use super::change::Hunk;
use super::deltas::{Entry, Place, as_path, is_missing};
use super::error::GitError;
use crate::location::LineRange;
use git2::{AttrCheckFlags, AttrValue, DiffOptions, Odb, OdbObject, Oid, Patch};
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

/// Finds the lines that differ, within a budget for a whole change.
///
/// Lines built to be hard to compare cost some microseconds each, so their number is bounded. It is counted rather than
/// timed: the same change must give the same answer on every machine.
pub(super) struct LineDiff {
    lines_left: usize,
    /// Whether the budget was used up, so that some changed lines are taken as one block.
    pub(super) gave_up: bool,
}

impl LineDiff {
    pub(super) fn new(max_lines: usize) -> Self {
        Self { lines_left: max_lines, gave_up: false }
    }

    /// The lines that differ as `git diff` finds them (Myers, indent heuristic), without context.
    pub(super) fn hunks(&mut self, old: &[u8], new: &[u8]) -> Vec<Hunk> {
        if old == new {
            return Vec::new();
        }
        if old.is_empty() || new.is_empty() {
            let whole = |text: &[u8]| (u32::from(!text.is_empty()), line_count(text));
            return vec![hunk(whole(old), whole(new))];
        }
        let middle = Middle::new(old, new);
        let Some(left) = self.lines_left.checked_sub((middle.old + middle.new) as usize) else {
            self.gave_up = true;
            return vec![middle.hunk()];
        };
        self.lines_left = left;
        line_hunks(old, new).unwrap_or_else(|_| vec![middle.hunk()])
    }
}

fn line_hunks(old: &[u8], new: &[u8]) -> Result<Vec<Hunk>, git2::Error> {
    let mut options = DiffOptions::new();
    options.context_lines(0).indent_heuristic(true).force_text(true);
    let patch = Patch::from_buffers(old, None, new, None, Some(&mut options))?;
    let one = |at: usize| {
        let (found, _) = patch.hunk(at)?;
        Ok(hunk((found.old_start(), found.old_lines()), (found.new_start(), found.new_lines())))
    };
    (0..patch.num_hunks()).map(one).collect()
}

/// A hunk from the first line and the number of lines of each side, as in `@@ -1,2 +3,4 @@`; where there are none, the
/// first line is the one before.
fn hunk((old_start, old_lines): (u32, u32), (new_start, new_lines): (u32, u32)) -> Hunk {
    let side = |start: u32, lines: u32| match lines {
        0 => (None, start),
        _ => (Some(LineRange::new(start, start + lines - 1)), start - 1),
    };
    let ((old, old_after), (new, new_after)) = (side(old_start, old_lines), side(new_start, new_lines));
    Hunk { old, new, old_after, new_after }
}

/// The lines between the first and the last difference.
struct Middle {
    before: u32,
    old: u32,
    new: u32,
}

impl Middle {
    fn new(old: &[u8], new: &[u8]) -> Self {
        let lines = |text| <[u8]>::split_inclusive(text, |&byte| byte == b'\n');
        let before = lines(old).zip(lines(new)).take_while(|(a, b)| a == b).count();
        let (old, new) = (lines(old).skip(before), lines(new).skip(before));
        let (old, new): (Vec<_>, Vec<_>) = (old.collect(), new.collect());
        let after = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        let count = |lines: usize| u32::try_from(lines).unwrap_or(u32::MAX);
        Self { before: count(before), old: count(old.len() - after), new: count(new.len() - after) }
    }

    fn hunk(&self) -> Hunk {
        let start = |lines: u32| self.before + u32::from(lines > 0);
        hunk((start(self.old), self.old), (start(self.new), self.new))
    }
}

/// How many lines a text has; the last one may lack its newline.
fn line_count(text: &[u8]) -> u32 {
    let newlines = text.iter().filter(|&&byte| byte == b'\n').count();
    let lines = newlines + usize::from(text.last().is_some_and(|&byte| byte != b'\n'));
    u32::try_from(lines).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn past_the_budget_the_lines_between_the_differences_are_one_hunk() {
        let whole = |old: &str, new: &str| {
            let mut diff = LineDiff::new(0);
            let hunks = diff.hunks(old.as_bytes(), new.as_bytes());
            assert!(diff.gave_up && hunks.len() == 1);
            hunks[0]
        };
        let range = |start, end| Some(LineRange::new(start, end));
        let is = |old, new, old_after, new_after| Hunk { old, new, old_after, new_after };
        assert_eq!(whole("a\nb\nc\nd\n", "a\nx\nc\ny\n"), is(range(2, 4), range(2, 4), 1, 1));
        assert_eq!(whole("a\nb\nc\n", "a\nc\n"), is(range(2, 2), None, 1, 1));
        assert_eq!(whole("a\nc\n", "a\nb\nc\n"), is(None, range(2, 2), 1, 1));
        assert_eq!(whole("a\n", "a\na\n"), is(None, range(2, 2), 1, 1));
        assert_eq!(whole("a\nb", "a\nb\n"), is(range(2, 2), range(2, 2), 1, 1));
        assert_eq!(whole("xb\n", "b\n"), is(range(1, 1), range(1, 1), 0, 0));
        assert_eq!(whole("a", "b"), is(range(1, 1), range(1, 1), 0, 0));
    }
}
