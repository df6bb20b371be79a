//! From changed paths to a [`ChangeSet`](super::change::ChangeSet): texts, hunks, and for what is not text, why.
//!
//! Memory is bounded by a budget for all texts together. The smallest files are read first, so that a few huge data
//! files do not cost many sources; what does not fit is reported as too large, with a notice.

use super::change::{ChangeStatus, Content, FileChange, GitNotice, Hunk};
use super::content::{self, Bytes, LineDiff, Reader, Unreadable};
use super::deltas::{self, Delta, Entry, EntryKind, Place};
use super::error::GitError;
use super::range::{HeadSide, ResolvedRange};
use super::{Repository, renames};
use crate::location::RepoPath;

/// How much of a change is read.
#[derive(Debug, Clone)]
pub(crate) struct DiffLimits {
    /// Larger files are not read.
    pub(crate) max_file_bytes: u64,
    /// All texts of a change together.
    pub(crate) max_total_bytes: u64,
    /// Lines between the first and the last difference of a file, of all files together.
    pub(crate) max_diff_lines: usize,
    pub(crate) max_files: usize,
    /// As git's `diff.renameLimit`: every added file is compared with every deleted one up to this many of each.
    pub(crate) rename_limit: usize,
    pub(crate) max_commits: usize,
}

impl Default for DiffLimits {
    fn default() -> Self {
        Self {
            max_file_bytes: 1 << 20,
            max_total_bytes: 64 << 20,
            max_diff_lines: 2_000_000,
            max_files: 50_000,
            rename_limit: 400,
            max_commits: 200,
        }
    }
}

/// Reads everything that changed, sorted by path.
pub(super) fn read(
    repository: &Repository,
    range: &ResolvedRange,
    limits: &DiffLimits,
    notices: &mut Vec<GitNotice>,
) -> Result<Vec<FileChange>, GitError> {
    let mut deltas = deltas::between(repository, range.merge_base, range.head, limits.max_files, notices)?;
    let reader = Reader::new(repository)?;
    renames::detect(&reader, &mut deltas, limits, notices);

    let mut contents = Contents {
        reader,
        limits,
        left: limits.max_total_bytes,
        lines: LineDiff::new(limits.max_diff_lines),
        over: Vec::new(),
        missing: Vec::new(),
    };
    let sizes: Vec<Sizes> = deltas.iter().map(|delta| contents.sizes(delta)).collect();
    let mut order: Vec<usize> = (0..deltas.len()).collect();
    order.sort_by_key(|&at| sizes[at].total());
    let mut files: Vec<(usize, FileChange)> =
        order.into_iter().map(|at| (at, contents.file(&deltas[at], &sizes[at], notices))).collect();
    files.sort_by(|(a, x), (b, y)| x.path.cmp(&y.path).then(a.cmp(b)));

    contents.over.sort();
    if let Some(first) = contents.over.first() {
        notices.push(GitNotice {
            path: None,
            reason: format!(
                "The texts of this change are larger than {} MiB together: {} left out, the first is {first}.",
                limits.max_total_bytes >> 20,
                count(contents.over.len(), "file"),
            ),
        });
    }
    if contents.lines.gave_up {
        notices.push(GitNotice {
            path: None,
            reason:
                "The change is too large to compare all of it line by line; in the largest files everything between \
                     the first and the last difference counts as changed."
                    .to_owned(),
        });
    }
    contents.missing.sort();
    if let Some(first) = contents.missing.first() {
        let remedy = if repository.is_partial() {
            format!("this is a partial clone, and {} fetches them", diff_command(range))
        } else {
            "`git fsck` shows what is damaged".to_owned()
        };
        notices.push(GitNotice {
            path: None,
            reason: format!(
                "{} not read because contents are missing from this repository, the first is {first}: {remedy}.",
                count(contents.missing.len(), "file"),
            ),
        });
    }
    Ok(files.into_iter().map(|(_, file)| file).collect())
}

/// A command that makes git fetch every content of the range.
fn diff_command(range: &ResolvedRange) -> String {
    let base = super::name(range.merge_base);
    match range.head {
        HeadSide::Commit(head) => format!("`git diff --numstat {base} {head}`"),
        HeadSide::Index => "`git diff --cached --numstat`".to_owned(),
        HeadSide::Worktree => "`git diff --numstat HEAD`".to_owned(),
    }
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The sizes of both sides of a file, or why they are not known.
enum Sizes {
    Known { old: u64, new: u64 },
    Unknown(Unreadable),
    NotAFile,
}

impl Sizes {
    fn total(&self) -> u64 {
        match self {
            Self::Known { old, new } => old.saturating_add(*new),
            Self::Unknown(_) | Self::NotAFile => 0,
        }
    }
}

/// Reads contents within the budget.
struct Contents<'r> {
    reader: Reader<'r>,
    limits: &'r DiffLimits,
    left: u64,
    lines: LineDiff,
    over: Vec<RepoPath>,
    missing: Vec<RepoPath>,
}

impl Contents<'_> {
    fn sizes(&self, delta: &Delta) -> Sizes {
        if [delta.old, delta.new].iter().flatten().any(|entry| !entry.kind.is_file()) {
            return Sizes::NotAFile;
        }
        let size = |entry: Option<Entry>, path: &[u8]| entry.map_or(Ok(0), |entry| self.reader.size(entry, path));
        match (size(delta.old, old_path(delta)), size(delta.new, &delta.path)) {
            (Ok(old), Ok(new)) => Sizes::Known { old, new },
            (Err(reason), _) | (_, Err(reason)) => Sizes::Unknown(reason),
        }
    }

    fn file(&mut self, delta: &Delta, sizes: &Sizes, notices: &mut Vec<GitNotice>) -> FileChange {
        let path = RepoPath::from_bytes(&delta.path);
        let (content, hunks) = match sizes {
            Sizes::NotAFile => (special(delta, &path, notices), Vec::new()),
            Sizes::Unknown(reason) => (self.unreadable(&path, reason, notices), Vec::new()),
            &Sizes::Known { old, new } if old.max(new) > self.limits.max_file_bytes => {
                (Content::TooLarge { bytes: old.max(new) }, Vec::new())
            }
            &Sizes::Known { old, new } => match self.text(delta) {
                Ok(read) => read,
                Err(None) => {
                    self.over.push(path.clone());
                    (Content::TooLarge { bytes: old.max(new) }, Vec::new())
                }
                Err(Some(reason)) => (self.unreadable(&path, &reason, notices), Vec::new()),
            },
        };
        FileChange {
            old_path: delta.origin.as_ref().map(|origin| RepoPath::from_bytes(&origin.path)),
            status: status(delta),
            path,
            hunks,
            content,
        }
    }

    fn unreadable(&mut self, path: &RepoPath, reason: &Unreadable, notices: &mut Vec<GitNotice>) -> Content {
        let reason = match reason {
            Unreadable::Missing(id) => {
                self.missing.push(path.clone());
                format!("object {id} is not in this repository")
            }
            Unreadable::Other(reason) => {
                let reason = format!("The file cannot be read: {reason}.");
                notices.push(GitNotice { path: Some(path.clone()), reason: reason.clone() });
                reason
            }
        };
        Content::Missing { reason }
    }

    /// Content and hunks; `Err(None)` when the budget is used up.
    fn text(&mut self, delta: &Delta) -> Result<(Content, Vec<Hunk>), Option<Unreadable>> {
        let reader = &self.reader;
        let max = self.limits.max_file_bytes;
        let read = |entry: Option<Entry>, path: &[u8]| {
            entry.map(|entry| reader.bytes(entry, path, max)).transpose().map_err(Some)
        };
        let unchanged =
            delta.old.zip(delta.new).is_some_and(|(old, new)| old.object().is_some() && old.place == new.place);
        let old = read(delta.old, old_path(delta))?;
        let mut new = if unchanged { None } else { read(delta.new, &delta.path)? };
        let sides = || [&old, &new].into_iter().flatten();
        if sides().any(|bytes| content::is_lfs_pointer(bytes)) {
            return Ok((Content::LfsPointer, Vec::new()));
        }
        if sides().any(|bytes| content::is_binary(bytes)) {
            return Ok((Content::Binary, Vec::new()));
        }
        // A file of the work tree can grow while it is looked at.
        if let Some(bytes) = sides().map(|bytes| bytes.len() as u64).find(|&bytes| bytes > max) {
            return Ok((Content::TooLarge { bytes }, Vec::new()));
        }
        if let (Some(old), Some(found)) = (&old, &new)
            && delta.new.is_some_and(|entry| entry.place == Place::WorkFile)
            && content::has_crlf(found)
            && !content::has_crlf(old)
            && reader.stores_lf(&delta.path)
        {
            new = Some(Bytes::Owned(content::with_lf(found)));
        }
        let old = old.as_deref().map(content::without_bom);
        let new = new.as_deref().map(content::without_bom);
        let old_text = old.map(content::lossy);
        let new_text = if unchanged { old_text.clone() } else { new.map(content::lossy) };
        let size: usize = [&old_text, &new_text].into_iter().flatten().map(|text| text.len()).sum();
        self.left = self.left.checked_sub(size as u64).ok_or(None)?;
        let hunks = if unchanged { Vec::new() } else { self.lines.hunks(old.unwrap_or(b""), new.unwrap_or(b"")) };
        Ok((Content::Text { old: old_text, new: new_text }, hunks))
    }
}

fn old_path(delta: &Delta) -> &[u8] {
    delta.origin.as_ref().map_or(&delta.path, |origin| &origin.path)
}

fn status(delta: &Delta) -> ChangeStatus {
    match (delta.old, delta.new, &delta.origin) {
        (_, _, Some(origin)) if origin.copied => ChangeStatus::Copied,
        (_, _, Some(_)) => ChangeStatus::Renamed,
        (None, _, None) => ChangeStatus::Added,
        (_, None, None) => ChangeStatus::Deleted,
        (Some(old), Some(new), None) => {
            let other_type = old.kind != new.kind && !(old.kind.is_file() && new.kind.is_file());
            let same_bytes = old.object().is_some() && old.place == new.place;
            if other_type || same_bytes { ChangeStatus::ModeChanged } else { ChangeStatus::Modified }
        }
    }
}

/// What is neither side a regular file.
fn special(delta: &Delta, path: &RepoPath, notices: &mut Vec<GitNotice>) -> Content {
    if let (Some(old), Some(new)) = (delta.old, delta.new)
        && old.kind.is_file() != new.kind.is_file()
    {
        let reason =
            format!("The path was {} and is now {}; its lines are not compared.", noun(old.kind), noun(new.kind));
        notices.push(GitNotice { path: Some(path.clone()), reason });
    }
    let submodule = [delta.old, delta.new].iter().flatten().any(|entry| entry.kind == EntryKind::Submodule);
    if submodule { Content::Submodule } else { Content::Symlink }
}

fn noun(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::File | EntryKind::Executable => "a file",
        EntryKind::Link => "a symbolic link",
        EntryKind::Submodule => "a submodule",
    }
}
