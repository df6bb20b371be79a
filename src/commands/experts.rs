//! `preflag experts`: who knows files and folders.

use super::{flags, render_options, to_stdout};
use crate::cli::{Destination, ExpertsArgs};
use crate::error::{Cause, Error};
use crate::experts::{Experts, Question, find};
use crate::git::change::CommitId;
use crate::git::{PathKind, Repository};
use crate::history::{History, HistoryLimits};
use crate::render::render_experts;
use crate::rules::history::HistoryRules;
use std::path::Path;

pub(super) fn run(arguments: &ExpertsArgs) -> Result<(), Error> {
    let experts = experts(arguments)?;
    let mut bytes = Vec::new();
    let options = render_options(&Destination::Stdout, &arguments.look);
    render_experts(arguments.format, &experts, &options, &mut bytes).map_err(Cause::Stdout)?;
    to_stdout(&bytes)
}

fn experts(arguments: &ExpertsArgs) -> Result<Experts, Error> {
    let repository = Repository::open(&arguments.repo)?;
    let commit = repository.commit_named(&arguments.at)?;
    let mut paths: Vec<String> = Vec::new();
    for typed in &arguments.paths {
        let path = path(typed, &repository, &commit, &arguments.at)?;
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let limits = HistoryLimits { commits: arguments.max_commits as usize, ..HistoryLimits::default() };
    let history = History::load(&repository, &commit, limits, &HistoryRules::load()?, !arguments.cache.no_cache)?;
    let question =
        Question { revision: arguments.at.clone(), commit: commit.0, paths, left_after_days: arguments.left_after };
    Ok(find(&history, question))
}

/// The path as it is called from the root: what was typed, from the current folder or from the root.
fn path(typed: &Path, repository: &Repository, commit: &CommitId, at: &str) -> Result<String, Error> {
    let from_here = flags::path_from_root(typed, repository)?;
    let candidates = std::iter::once(from_here.clone()).chain(flags::from_root(typed));
    for candidate in candidates {
        if repository.kind_of(commit, &candidate)? != PathKind::Nothing {
            return Ok(candidate);
        }
    }
    let message = format!("there is no file or folder `{from_here}` in {at}");
    let hint = "Name it as it is called in that commit; for one that is gone, name a commit that has it with `--at`.";
    Err(Error::usage(message, hint))
}
