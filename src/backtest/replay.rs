//! Goes through the line once more, oldest first: each change is measured with what was known before it, then recorded.
//!
//! Rows are human changes to source code. Changes of bots, and those without an added or deleted source line, have none: they
//! hardly ever go wrong, and would make every ranking look better than it is. They are still recorded, as history knows them.

use super::labels::{FIX_DAYS, Fate, Fixes, undone};
use super::lines::ChangedLines;
use super::store::Store;
use crate::assess::score::{Estimates, features};
use crate::calendar::Date;
use crate::git::change::CommitId;
use crate::git::{DiffLimits, GitError, RangeSpec, Repository};
use crate::history::shape::Shape;
use crate::history::undoing::UNDONE_DAYS;
use crate::history::{Change, History, Tally};
use crate::location::RepoPath;
use crate::rules::RuleSet;
use crate::rules::files::FileKind;
use crate::terms::SignalId;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Changes that are compared at once; between two blocks the bar moves.
const BLOCK: usize = 32;

/// Of changes with more files than this, one is compared at a time: two at once would take twice the memory.
const LARGE: usize = 100;

/// So many compared changes are kept for the next run at a time.
const KEEP_EVERY: usize = 1_024;

const DAY: i64 = 86_400;

/// What is replayed.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    /// Changes that landed earlier are only recorded.
    pub(crate) since: Option<Date>,
    /// Of the others, the newest ones.
    pub(crate) limit: usize,
}

/// One measured change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Its place in the line.
    pub(crate) at: usize,
    /// The values of the signals asked for; `None` where one is not known.
    pub(crate) values: Vec<Option<f64>>,
    pub(crate) added_lines: u32,
    /// By which changes are put into an order.
    pub(crate) estimates: Estimates,
    pub(crate) fate: Fate,
}

/// What a replay found.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Replay {
    /// In the order of the line.
    pub(crate) rows: Vec<Row>,
    /// Changes of the span that have no row: by bots, without source code, and those that could not be read.
    pub(crate) bots: usize,
    pub(crate) no_code: usize,
    pub(crate) unread: usize,
    /// Why the first of them could not be read.
    pub(crate) trouble: Option<String>,
}

/// What a diff says of a change.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Diff {
    pub(crate) shape: Shape,
    pub(crate) lines: ChangedLines,
}

/// Reads diffs, on as many threads as there are.
struct Reader<'a> {
    folder: PathBuf,
    rules: &'a RuleSet,
    /// Open repositories that no thread uses right now.
    idle: Mutex<Vec<Repository>>,
    /// Whoever compares a large change.
    large: Mutex<()>,
}

/// Measures the changes of a span; `progress` hears how many of how many are done.
pub(crate) fn replay(
    folder: &Path,
    history: &History,
    rules: &RuleSet,
    signals: &[SignalId],
    span: Span,
    store: &mut Store,
    progress: &dyn Fn(usize, usize),
) -> Result<Replay, GitError> {
    give_back();
    let reader = Reader { folder: folder.to_owned(), rules, idle: Mutex::default(), large: Mutex::default() };
    let mut replay = Replay::default();
    let candidates = replay.candidates(history, rules, &span);
    let undone = undone(history);
    let newest = history.changes.iter().map(|change| change.seconds).max().unwrap_or(0);
    let is_over = |change: &Change, days: i64| change.seconds + days * DAY <= newest;
    let mut tally = Tally::new(history);
    let mut fixes = Fixes::default();
    let mut recorded = 0;
    for (number, block) in candidates.chunks(BLOCK).enumerate() {
        progress(number * BLOCK, candidates.len());
        let diffs = reader.block(history, block, store);
        for (&at, diff) in block.iter().zip(diffs) {
            let change = &history.changes[at];
            history.changes[recorded..at].iter().for_each(|change| tally.record(history, change));
            recorded = at;
            let mut diff = match diff {
                Ok(diff) => diff,
                Err(error) => {
                    replay.unread += 1;
                    replay.trouble.get_or_insert_with(|| error.to_string());
                    continue;
                }
            };
            for fixed in fixes.of(change, &diff.lines.deleted) {
                if let Ok(row) = replay.rows.binary_search_by_key(&fixed, |row| row.at) {
                    replay.rows[row].fate.fixed_by.get_or_insert(at);
                }
            }
            if diff.shape.added() + diff.shape.deleted() == 0 {
                replay.no_code += 1;
                continue;
            }
            diff.shape.is_fix = Some(change.is_fix);
            diff.shape.words = Some(rules.score.told_by(&change.subject));
            let measures = tally.measure(&change.people, change.seconds, &diff.shape.history_paths());
            let features = features(&diff.shape, Some(&measures));
            let score = rules.score.score(&features);
            let value =
                |id: &SignalId| features.iter().find(|feature| feature.id == *id).and_then(|feature| feature.value);
            replay.rows.push(Row {
                at,
                values: signals.iter().map(value).collect(),
                added_lines: diff.shape.added(),
                estimates: score.estimates(),
                fate: Fate {
                    undone_by: undone[at],
                    fixed_by: None,
                    undone_known: is_over(change, UNDONE_DAYS),
                    fix_known: is_over(change, FIX_DAYS),
                },
            });
            fixes.add(at, change, diff.lines.added);
        }
        if store.unkept() >= KEEP_EVERY {
            store.keep();
        }
    }
    progress(candidates.len(), candidates.len());
    store.keep();
    Ok(replay)
}

impl Replay {
    /// The changes that may have a row, by their places; counts the others.
    fn candidates(&mut self, history: &History, rules: &RuleSet, span: &Span) -> Vec<usize> {
        let is_code: Vec<bool> = (history.paths.iter())
            .map(|path| rules.files.kind(&RepoPath::new(path.as_str()), "") == FileKind::Code)
            .collect();
        let mut candidates = Vec::new();
        for (at, change) in history.changes.iter().enumerate().rev() {
            if candidates.len() >= span.limit {
                break;
            }
            let is_bot = |person: &crate::history::PersonId| history.people[person.0 as usize].is_bot;
            match change {
                _ if span.since.as_ref().is_some_and(|since| Date::of(change.seconds) < *since) => {}
                _ if !change.people.is_empty() && change.people.iter().all(is_bot) => self.bots += 1,
                _ if !change.touched.iter().any(|path| is_code[path.0 as usize]) => self.no_code += 1,
                _ => candidates.push(at),
            }
        }
        candidates.reverse();
        candidates
    }
}

impl Reader<'_> {
    /// The diffs of these changes, from the store or from the repository.
    fn block(&self, history: &History, block: &[usize], store: &mut Store) -> Vec<Result<Diff, GitError>> {
        let commit = |at: usize| &history.changes[at].commit;
        let read = |at: usize| {
            let is_large = history.changes[at].touched.len() > LARGE;
            // Nothing is broken when another thread ended badly: it guards memory, no data.
            let _alone = is_large.then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
            self.read(commit(at))
        };
        let kept: &Store = store;
        let diffs: Vec<(bool, Result<Diff, GitError>)> = block
            .par_iter()
            .map(|&at| match kept.get(commit(at)) {
                Some(diff) => (true, Ok(diff)),
                None => (false, read(at)),
            })
            .collect();
        // A handle keeps what it has seen of packs; over a long line that is all of them.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
        give_back();
        for (&at, diff) in block.iter().zip(&diffs) {
            if let (false, Ok(diff)) = diff {
                store.add(commit(at), diff);
            }
        }
        diffs.into_iter().map(|(_, diff)| diff).collect()
    }

    fn read(&self, commit: &CommitId) -> Result<Diff, GitError> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let free = idle().pop();
        let repository = free.map_or_else(|| Repository::open(&self.folder), Ok)?;
        let diff = self.diff(&repository, commit);
        idle().push(repository);
        diff
    }

    fn diff(&self, repository: &Repository, commit: &CommitId) -> Result<Diff, GitError> {
        let range = RangeSpec::Revisions(format!("{}^!", commit.0));
        let changes = repository.change_set(&range, &limits())?;
        let shape = Shape::of(&changes, self.rules);
        let is_source = |path: &RepoPath| shape.files.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let lines = ChangedLines::of(changes.files.iter().filter(|file| is_source(&file.path)));
        Ok(Diff { shape, lines })
    }
}

/// Gives memory that nothing uses back to the system.
///
/// glibc keeps what threads free, in pieces between what is still in use; over a long line that becomes more than the rest.
fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it only touches what the allocator holds as free, under the allocator's own locks.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Less than for the one change of a scan: two threads with thousands of changes are to stay small.
fn limits() -> DiffLimits {
    DiffLimits {
        max_total_bytes: 16 << 20,
        max_diff_lines: 500_000,
        max_files: 3_000,
        rename_limit: 200,
        max_commits: 0,
        ..DiffLimits::default()
    }
}
