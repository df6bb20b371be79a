//! The line of commits as it is read, before it is known who is who: what one run leaves to the next.

use super::message::{self, Told};
use super::{HistoryLimits, Reach, Reverted};
use crate::git::change::CommitId;
use crate::git::line::{LineCommit, LineEnd, LineId, LineReader, MERGE_REACH};
use crate::git::people::Identity;
use crate::git::{GitError, Repository};
use crate::rules::history::HistoryRules;
use rayon::prelude::*;
use std::collections::HashMap;

/// Commits that are read before the next are begun: bounds the memory for messages and paths.
const BLOCK: usize = 2_048;

/// Commits of a line, newest first.
#[derive(Debug, Clone, Default)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) seconds: i64,
    pub(super) subject: String,
    pub(super) pull: Option<u64>,
    pub(super) is_fix: bool,
    pub(super) reverts: Vec<Reverted>,
    pub(super) people: Vec<u32>,
    pub(super) touched: Vec<u32>,
}

/// Reads the line that ends in a commit.
pub(super) fn read(
    repository: &Repository,
    tip: &CommitId,
    limits: HistoryLimits,
    rules: &HistoryRules,
) -> Result<Line, GitError> {
    let (ids, end) = repository.line(repository.line_id(tip)?, limits.commits + MERGE_REACH, |_| false)?;
    // The oldest commit of a shallow clone cannot be compared with the one before it.
    let there = ids.len() - usize::from(end == LineEnd::Shallow);
    let wanted = there.min(limits.commits);
    let mut line = Line { ids, ..Line::default() };
    let mut tables = Tables::default();
    let reader = repository.line_reader();
    let mut touches = 0;
    'blocks: for start in (0..wanted).step_by(BLOCK) {
        for record in read_block(&reader, &line.ids, start..wanted.min(start + BLOCK), rules, &mut tables)? {
            touches += record.touched.len();
            if touches > limits.touches {
                break 'blocks;
            }
            line.records.push(record);
        }
    }
    line.reach = match end {
        LineEnd::Root if line.records.len() == line.ids.len() => Reach::Whole,
        LineEnd::Shallow if line.records.len() == there => Reach::Shallow,
        _ => Reach::Limit { commits: line.records.len() },
    };
    (line.identities, line.paths) = (tables.identities.all, tables.paths.all);
    Ok(line)
}

fn read_block(
    reader: &LineReader,
    ids: &[LineId],
    range: std::ops::Range<usize>,
    rules: &HistoryRules,
    tables: &mut Tables,
) -> Result<Vec<Record>, GitError> {
    let commits = reader.read(ids, range)?;
    let tell =
        |commit: &LineCommit| message::read(&commit.message, commit.is_merge, commit.merged_message.as_deref(), rules);
    let told: Vec<Told> = commits.par_iter().map(tell).collect();
    Ok(commits.into_iter().zip(told).map(|(commit, told)| tables.record(commit, told)).collect())
}

/// People and paths by number.
#[derive(Default)]
struct Tables {
    identities: Numbered<Identity>,
    paths: Numbered<String>,
}

struct Numbered<T> {
    all: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { all: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn number(&mut self, item: T) -> u32 {
        *self.numbers.entry(item).or_insert_with_key(|item| {
            self.all.push(item.clone());
            self.all.len() as u32 - 1
        })
    }
}

impl Tables {
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
