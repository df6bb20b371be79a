//! The line of commits as it is read, before it is known who is who: what one run leaves to the next.

use super::kept;
use super::message::{self, Told};
use super::{HistoryLimits, Reach, Reverted};
use crate::cache::Cache;
use crate::git::change::CommitId;
use crate::git::line::{LineCommit, LineEnd, LineId, MERGE_REACH};
use crate::git::people::Identity;
use crate::git::{GitError, Repository};
use crate::rules::history::HistoryRules;
use rayon::prelude::*;
use std::collections::HashMap;

/// Commits that are read before the next are begun: bounds the memory for messages and paths.
const BLOCK: usize = 2_048;

/// Commits of a line, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Of the records, and further down the line.
    pub(super) ids: Vec<LineId>,
    /// Of the first of them.
    pub(super) records: Vec<Record>,
    pub(super) identities: Vec<Identity>,
    pub(super) paths: Vec<String>,
    pub(super) reach: Reach,
}

/// What one commit changed; people and paths by their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) seconds: i64,
    pub(super) subject: String,
    pub(super) pull: Option<u64>,
    pub(super) is_fix: bool,
    pub(super) reverts: Vec<Reverted>,
    pub(super) people: Vec<u32>,
    pub(super) touched: Vec<u32>,
}

/// Fewer commits are read again by the next run rather than written down by this one.
const MIN_KEPT: usize = 50;

/// Reads the line that ends in a commit; of a cache, what earlier runs read of it.
pub(super) fn read(
    repository: &Repository,
    tip: &CommitId,
    limits: HistoryLimits,
    rules: &HistoryRules,
    cache: Option<&Cache>,
) -> Result<Line, GitError> {
    // Where a shallow clone ends moves.
    let cache = cache.filter(|_| !repository.is_shallow());
    let mut known = cache.and_then(kept::read).unwrap_or_default();
    let Course { ids, end, join } = Course::of(repository, tip, limits, &known)?;
    // The oldest commit of a shallow clone cannot be compared with the one before it.
    let there = ids.len() - usize::from(end == LineEnd::Shallow);
    let wanted = there.min(limits.commits);
    // The place of a commit among the known ones.
    let known_at = |at: usize| join.and_then(|(new, old)| Some(at.checked_sub(new)? + old));
    let is_known = |at: usize| known_at(at).is_some_and(|at| at < known.records.len());
    let missing = (0..wanted).filter(|&at| !is_known(at)).count();
    let known_records = known.records.len();
    let mut tables = Tables::of(&mut known, missing > 0);
    let mut records: Vec<Record> = Vec::with_capacity(wanted);
    let mut touches = 0;
    'window: while records.len() < wanted {
        let start = records.len();
        let next = match known_at(start).filter(|&at| at < known_records) {
            Some(at) => vec![std::mem::take(&mut known.records[at])],
            None => {
                let known_again = join.map(|(new, _)| new).filter(|&new| new > start);
                let end = wanted.min(start + BLOCK).min(known_again.unwrap_or(usize::MAX));
                read_block(repository, &ids, start..end, rules, &mut tables)?
            }
        };
        for record in next {
            touches += record.touched.len();
            if touches > limits.touches {
                break 'window;
            }
            records.push(record);
        }
    }
    let reach = match end {
        LineEnd::Root if records.len() == ids.len() => Reach::Whole,
        LineEnd::Shallow if records.len() == there => Reach::Shallow,
        _ => Reach::Limit { commits: records.len() },
    };
    let mut line = Line { ids, records, identities: tables.identities.all, paths: tables.paths.all, reach };
    if let Some(cache) = cache.filter(|_| missing >= MIN_KEPT) {
        // A look at an older commit does not make the newer ones forgotten.
        let newer = join.filter(|(new, _)| *new == 0).map_or(0, |(_, old)| old.min(known.records.len()));
        line.ids.splice(0..0, known.ids.drain(..newer));
        line.records.splice(0..0, known.records.drain(..newer));
        kept::keep(cache, &line);
        line.ids.drain(..newer);
        line.records.drain(..newer);
    }
    Ok(line)
}

/// The commits of a line by name, and where they meet the known ones.
struct Course {
    ids: Vec<LineId>,
    end: LineEnd,
    /// The first commit that is known: its place in the line, and among the known ones. From there on both are the same.
    join: Option<(usize, usize)>,
}

impl Course {
    fn of(repository: &Repository, tip: &CommitId, limits: HistoryLimits, known: &Line) -> Result<Self, GitError> {
        let max = limits.commits.saturating_add(MERGE_REACH);
        let places: HashMap<LineId, usize> = known.ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let (mut ids, mut end) = repository.line(repository.line_id(tip)?, max, |id| places.contains_key(&id))?;
        let join = ids.last().and_then(|last| places.get(last)).map(|&at| (ids.len() - 1, at));
        if let Some((_, at)) = join {
            ids.extend(&known.ids[at + 1..]);
            if ids.len() > max {
                ids.truncate(max);
                end = LineEnd::More;
            } else if let Some(last) = ids.pop() {
                let (rest, behind) = repository.line(last, max - ids.len(), |_| false)?;
                ids.extend(rest);
                end = behind;
            }
        }
        Ok(Self { ids, end, join })
    }
}

fn read_block(
    repository: &Repository,
    ids: &[LineId],
    range: std::ops::Range<usize>,
    rules: &HistoryRules,
    tables: &mut Tables,
) -> Result<Vec<Record>, GitError> {
    let commits = repository.line_commits(ids, range)?;
    let tell =
        |commit: &LineCommit| message::read(&commit.message, commit.is_merge, commit.merged_message.as_deref(), rules);
    let told: Vec<Told> = commits.par_iter().map(tell).collect();
    Ok(commits.into_iter().zip(told).map(|(commit, told)| tables.record(commit, told)).collect())
}

/// People and paths by number.
struct Tables {
    identities: Numbered<Identity>,
    paths: Numbered<String>,
}

struct Numbered<T> {
    all: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn of(all: Vec<T>, for_more: bool) -> Self {
        let numbers = all.iter().filter(|_| for_more).cloned().zip(0..).collect();
        Self { all, numbers }
    }

    fn number(&mut self, item: T) -> u32 {
        *self.numbers.entry(item).or_insert_with_key(|item| {
            self.all.push(item.clone());
            self.all.len() as u32 - 1
        })
    }
}

impl Tables {
    /// The tables of what is known; numbers for more are only there where they are needed.
    fn of(known: &mut Line, for_more: bool) -> Self {
        let (identities, paths) = (std::mem::take(&mut known.identities), std::mem::take(&mut known.paths));
        Self { identities: Numbered::of(identities, for_more), paths: Numbered::of(paths, for_more) }
    }

    fn record(&mut self, commit: LineCommit, told: Told) -> Record {
        Record {
            seconds: commit.seconds,
            subject: told.title,
            pull: told.pull,
            is_fix: told.is_fix,
            reverts: told.reverts,
            people: commit.people.into_iter().map(|person| self.identities.number(person)).collect(),
            touched: commit.touched.into_iter().map(|path| self.paths.number(path)).collect(),
        }
    }
}
