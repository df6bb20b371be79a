//! `preflag log`: the records that scans have left on commits; and writing one.

use super::{render_options, to_stdout};
use crate::cli::{Destination, LogArgs};
use crate::error::{Cause, Error};
use crate::git::change::CommitId;
use crate::git::{RangeSpec, Repository};
use crate::record::{self, REFERENCE, Record};
use crate::render::render_log;
use crate::report::Report;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// More commits of a range are not looked at.
const MAX_COMMITS: usize = 100_000;

pub(super) fn run(arguments: &LogArgs) -> Result<(), Error> {
    let repository = Repository::open(&arguments.repo)?;
    let commits = match &arguments.range {
        None => None,
        Some(range) => Some(commits(&repository, range)?),
    };
    let notes = repository.notes(REFERENCE, commits.as_ref())?;
    let log = record::read(&notes, arguments.max_count as usize);
    let mut bytes = Vec::new();
    let options = render_options(&Destination::Stdout, &arguments.look);
    render_log(arguments.format, &log, &options, &mut bytes).map_err(Cause::Stdout)?;
    to_stdout(&bytes)
}

fn commits(repository: &Repository, range: &str) -> Result<BTreeSet<CommitId>, Error> {
    let (base, head) = repository.ends(&RangeSpec::Revisions(range.to_owned()))?;
    Ok(repository.commits_between(&base, &head, MAX_COMMITS)?.into_iter().collect())
}

/// Appends what the report comes down to to the note of its head.
pub(super) fn write(repo: &Path, report: &Report) -> Result<(), Error> {
    // The only clock that is looked at: a record says when it was written.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let record = Record::new(report, i64::try_from(now).unwrap_or(i64::MAX));
    let repository = Repository::open(repo)?;
    Ok(repository.append_note(REFERENCE, &CommitId(report.range.head.clone()), &record.line())?)
}
