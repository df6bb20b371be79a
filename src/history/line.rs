//! The line of commits as it is read, before it is known who is who: what one run leaves to the next.

use super::kept;
use super::message::{self, Told};
use super::places;
use super::{HistoryLimits, Reach, Reverted};
use crate::cache::Cache;
use crate::git::change::CommitId;
use crate::git::line::{Course, LineCommit, LineEnd, LineId, MERGE_REACH, OwnCommit};
use crate::git::objects::TreeId;
use crate::git::people::Identity;
use crate::git::touched::{Scope, Touched};
use crate::git::{GitError, Repository};
use crate::rules::history::HistoryRules;
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;

/// Commits that are read before the next are begun: bounds the memory for messages and paths.
const BLOCK: usize = 2_048;

/// Commits of a line, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The folders that every record tells of.
    pub(super) scope: Scope,
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
    /// Its files.
    pub(super) tree: TreeId,
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

impl Line {
    /// Nothing is known.
    pub(super) fn nothing() -> Self {
        let scope = Scope::of_files(&[]);
        let (ids, records, identities, paths) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { scope, ids, records, identities, paths, reach: Reach::Whole }
    }
}

/// Reads the line that ends in a commit as far as `scope` asks; of a cache, what earlier runs read of it.
pub(super) fn read(
    repository: &Repository,
    tip: &CommitId,
    scope: &Scope,
    limits: HistoryLimits,
    rules: &HistoryRules,
    cache: Option<&Cache>,
) -> Result<Line, GitError> {
    // Where a shallow clone ends moves.
    let cache = cache.filter(|_| !repository.is_shallow());
    let mut known = cache.and_then(kept::read).unwrap_or_else(Line::nothing);
    let (Course { ids, end, read }, join) = course(repository, tip, limits, &known)?;
    // The oldest commit of a shallow clone cannot be compared with the one before it.
    let there = ids.len() - usize::from(end == LineEnd::Shallow);
    let wanted = there.min(limits.commits);
    let known_records = known.records.len();
    // The place of a commit among the known ones.
    let known_at = |at: usize| join.and_then(|(new, old)| Some(at.checked_sub(new)? + old));
    let is_known = |at: usize| known_at(at).is_some_and(|at| at < known_records);
    let missing = (0..wanted).filter(|&at| !is_known(at)).count();
    let lacking = scope.without(&known.scope).filter(|_| missing < wanted);
    let scope_read = match known.scope {
        _ if missing == wanted => scope.clone(),
        // Everything of many old commits is too much for who asks about a few files.
        Scope::All if !is_known(wanted - 1) => scope.clone(),
        ref known => known.and(scope),
    };
    let mut tables = Tables::of(&mut known, missing > 0 || lacking.is_some());
    if let Some(lacking) = &lacking {
        learn(repository, &mut known, lacking, &mut tables)?;
    }
    // From where the lines meet, records are known until there are no more; in front of it are newer ones of another tip.
    let (join, old) = join.unwrap_or((usize::MAX, known_records));
    let mut shared = known.records.split_off(old.min(known_records)).into_iter();
    let mut records: Vec<Record> = Vec::with_capacity(wanted);
    let mut counted = Counted { scope, is_meant: Vec::new() };
    let mut touches = 0;
    'window: while records.len() < wanted {
        let start = records.len();
        let next = match (start >= join).then(|| shared.next()).flatten() {
            Some(record) => vec![record],
            None => {
                let end = wanted.min(start + BLOCK).min(if start < join { join } else { usize::MAX });
                let piece = Piece { ids: &ids, read: &read, range: start..end };
                piece.records(repository, &scope_read, rules, &mut tables)?
            }
        };
        for record in next {
            touches += counted.of(&record, &tables.paths.all);
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
    let (identities, paths) = (tables.identities.all, tables.paths.all);
    let mut line = Line { scope: scope_read, ids, records, identities, paths, reach };
    if let Some(cache) = cache.filter(|_| missing >= MIN_KEPT || lacking.is_some()) {
        // A look at an older commit does not make the newer ones forgotten.
        let newer = if join == 0 && old < known_records { old } else { 0 };
        line.ids.splice(0..0, known.ids.drain(..newer));
        line.records.splice(0..0, known.records.drain(..newer));
        kept::keep(cache, &line);
        line.ids.drain(..newer);
        line.records.drain(..newer);
    }
    Ok(line)
}

/// Reads more folders of the known commits.
fn learn(repository: &Repository, known: &mut Line, scope: &Scope, tables: &mut Tables) -> Result<(), GitError> {
    let Some(oldest) = known.records.len().checked_sub(1) else { return Ok(()) };
    let mut trees: Vec<Option<TreeId>> = known.records.iter().map(|record| Some(record.tree)).collect();
    trees.push(repository.tree_before(known.ids[oldest])?);
    let all = *scope == Scope::All;
    for start in (0..=oldest).step_by(BLOCK) {
        let end = (start + BLOCK).min(oldest + 1);
        let touched = tables.touched(repository.touched(&trees[start..=end], scope)?);
        for (record, more) in known.records[start..end].iter_mut().zip(touched) {
            match all {
                true => record.touched = more,
                false => {
                    record.touched.extend(more);
                    record.touched.sort_unstable();
                    record.touched.dedup();
                }
            }
        }
    }
    Ok(())
}

/// Counts what commits touch of what is asked about, whatever else is known of them.
struct Counted<'s> {
    scope: &'s Scope,
    /// Of the paths by their numbers.
    is_meant: Vec<bool>,
}

impl Counted<'_> {
    fn of(&mut self, record: &Record, paths: &[String]) -> usize {
        let new = paths[self.is_meant.len()..].iter().map(|path| self.scope.looks_into(places::folder(path)));
        self.is_meant.extend(new);
        record.touched.iter().filter(|&&path| self.is_meant[path as usize]).count()
    }
}

/// The commits of a line by name, and where they meet the known ones.
///
/// From the first commit that is known, both are the same: its place in the line, and among the known ones.
type Join = Option<(usize, usize)>;

fn course(
    repository: &Repository,
    tip: &CommitId,
    limits: HistoryLimits,
    known: &Line,
) -> Result<(Course, Join), GitError> {
    let max = limits.commits.saturating_add(MERGE_REACH);
    let places: HashMap<LineId, usize> = known.ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut course = repository.line(repository.line_id(tip)?, max, |id| places.contains_key(&id))?;
    let Course { ids, end, .. } = &mut course;
    let join = ids.last().and_then(|last| places.get(last)).map(|&at| (ids.len() - 1, at));
    if let Some((_, at)) = join {
        ids.extend(&known.ids[at + 1..]);
        if ids.len() > max {
            ids.truncate(max);
            *end = LineEnd::More;
        } else if let Some(last) = ids.pop() {
            let rest = repository.line(last, max - ids.len(), |_| false)?;
            ids.extend(rest.ids);
            *end = rest.end;
        }
    }
    Ok((course, join))
}

/// A piece of the line that is to be read.
struct Piece<'l> {
    /// The whole line.
    ids: &'l [LineId],
    /// What is read of its first commits.
    read: &'l [OwnCommit],
    range: Range<usize>,
}

impl Piece<'_> {
    fn records(
        self,
        repository: &Repository,
        scope: &Scope,
        rules: &HistoryRules,
        tables: &mut Tables,
    ) -> Result<Vec<Record>, GitError> {
        let Some(oldest) = self.range.clone().next_back() else { return Ok(Vec::new()) };
        let commits = repository.line_commits(self.ids, self.read, self.range)?;
        let mut trees: Vec<Option<TreeId>> = commits.iter().map(|commit| Some(commit.tree)).collect();
        trees.push(repository.tree_before(self.ids[oldest])?);
        let touched = tables.touched(repository.touched(&trees, scope)?);
        let tell = |commit: &LineCommit| {
            message::read(&commit.message, commit.is_merge, commit.merged_message.as_deref(), rules)
        };
        let told: Vec<Told> = commits.par_iter().map(tell).collect();
        let told = commits.into_iter().zip(told).zip(touched);
        Ok(told.map(|((commit, told), touched)| tables.record(commit, told, touched)).collect())
    }
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

    fn record(&mut self, commit: LineCommit, told: Told, touched: Vec<u32>) -> Record {
        Record {
            tree: commit.tree,
            seconds: commit.seconds,
            subject: told.title,
            pull: told.pull,
            is_fix: told.is_fix,
            reverts: told.reverts,
            people: commit.people.into_iter().map(|person| self.identities.number(person)).collect(),
            touched,
        }
    }

    /// What commits touch, by the numbers that paths have here.
    fn touched(&mut self, stretches: Vec<Touched>) -> Vec<Vec<u32>> {
        let mut all = Vec::new();
        for Touched { paths, mut by } in stretches {
            let numbers: Vec<u32> = paths.into_iter().map(|path| self.paths.number(path)).collect();
            by.iter_mut().flatten().for_each(|path| *path = numbers[*path as usize]);
            all.extend(by);
        }
        all
    }
}
