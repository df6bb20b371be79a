//! Every shape of repository, range and file that can be met.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test that cannot go on says why by failing"
)]

mod clones;
mod files;
mod hostile;
mod measure;
mod people;
mod places;
mod ranges;
mod uncommitted;

use super::change::{ChangeSet, ChangeStatus, CommitId, Content, Hunk};
use super::testing::{TestRepository, file, git};
use super::{DiffLimits, EMPTY_TREE, GitError, RangeSpec, Repository};
use crate::location::LineRange;
use std::path::Path;

fn paths(changes: &ChangeSet) -> Vec<(&str, ChangeStatus)> {
    changes.files.iter().map(|file| (file.path.as_str(), file.status)).collect()
}

fn texts<'c>(changes: &'c ChangeSet, path: &str) -> (Option<&'c str>, Option<&'c str>) {
    match &file(changes, path).content {
        Content::Text { old, new } => (old.as_deref(), new.as_deref()),
        other => panic!("{path} is not text but {other:?}"),
    }
}

fn revisions(range: &str) -> RangeSpec {
    RangeSpec::Revisions(range.to_owned())
}

fn lines(start: u32, end: u32) -> Option<LineRange> {
    Some(LineRange::new(start, end))
}
