//! What a repository's history knows: who changed which files when, what was undone, what was fixed.
//!
//! One pass along first parents gives a [`History`]: the changes of a line of commits, oldest first. A [`Tally`] records
//! changes one after the other and measures a new change by what it has recorded, and by nothing else: a scan records
//! everything before the change, the backtest measures each change before it records it. So both give the same answer,
//! and neither can look into the future.
//!
//! Knows nothing of flags, areas or points.

mod kept;
mod line;
mod message;
mod people;
mod places;
pub(crate) mod shape;
pub(crate) mod tally;
#[cfg(test)]
mod tests;
pub(crate) mod undoing;

pub(crate) use tally::{FileMeasures, Measures, Tally};

use crate::cache::Cache;
use crate::git::change::CommitId;
use crate::git::people::{Identity, Mailmap};
use crate::git::touched::Scope;
use crate::git::{GitError, Repository};
use crate::rules::history::HistoryRules;
use people::Register;
use places::Subsystems;
use std::collections::HashSet;

/// Commits whose changes count for nobody, one hash a line: those that only reformat.
const IGNORED: &str = ".git-blame-ignore-revs";

/// A larger list is not read (bytes).
const MAX_IGNORED: usize = 1 << 20;

/// How far back to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HistoryLimits {
    /// Commits of the line.
    pub(crate) commits: usize,
    /// Files touched by all of them together: bounds the memory.
    pub(crate) touches: usize,
}

impl Default for HistoryLimits {
    fn default() -> Self {
        Self { commits: 20_000, touches: 4_000_000 }
    }
}

/// The number of a person in [`History::people`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PersonId(pub(crate) u32);

/// The number of a path in [`History::paths`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PathId(pub(crate) u32);

/// The first-parent line that ends in a commit.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    /// Oldest first.
    pub(crate) changes: Vec<Change>,
    pub(crate) people: Vec<Person>,
    pub(crate) paths: Vec<String>,
    pub(crate) reach: Reach,
    register: Register,
    subsystems: Subsystems,
}

/// How far back a history goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Reach {
    /// To the first commit.
    #[default]
    Whole,
    /// To a stated limit.
    Limit { commits: usize },
    /// To where the shallow clone ends: what history says is unknown.
    Shallow,
}

/// Somebody, by the canonical name and address of `.mailmap`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) is_bot: bool,
}

/// One commit of the line with what it brought: a merge stands for the branch that it merges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) commit: CommitId,
    /// The author first, then co-authors; of a merge, the authors of what it merges.
    pub(crate) people: Vec<PersonId>,
    /// When it landed: the committer's time, in seconds since 1970.
    pub(crate) seconds: i64,
    /// The first line of the message, cut; of a merge, the title of what it merges where the message gives it.
    pub(crate) subject: String,
    /// The number of its pull request, where the message names it; the subject is without it.
    pub(crate) pull: Option<u64>,
    /// The subject says that it mends something, and nothing is undone.
    pub(crate) is_fix: bool,
    /// What it undoes, as its message names it; empty for other changes, also for those that do something again.
    pub(crate) reverts: Vec<Reverted>,
    /// Which earlier changes these are, by their places; those that count as undone by it.
    pub(crate) undoes: Vec<u32>,
    /// Every file that differs from the first parent; a rename counts on both sides. Where only some files are asked about,
    /// those in their folders, and a path that ends in two slashes for each other folder with a difference below it. Sorted.
    pub(crate) touched: Vec<PathId>,
}

/// How a revert names what it undoes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reverted {
    /// A full or short hash.
    Commit(String),
    /// The number of a pull request.
    Pull(u64),
    /// The exact title, without the number of a pull request.
    Title(String),
}

impl Reach {
    /// Where history ends before its beginning, in a sentence; `None` where it does not.
    pub(crate) fn ends(&self) -> Option<String> {
        match self {
            Self::Whole => None,
            Self::Limit { commits } => {
                Some(format!("History is read {commits} commits back along first parents; nothing older counts."))
            }
            Self::Shallow => {
                let mend = self.mend().map(|command| format!("; `{command}` brings the rest")).unwrap_or_default();
                Some(format!("This clone is shallow, so only a part of its history counts{mend}."))
            }
        }
    }

    /// What to do where it does not reach far enough; `None` where nothing can be done.
    pub(crate) fn mend(&self) -> Option<&'static str> {
        match self {
            Self::Shallow => Some("git fetch --unshallow"),
            Self::Whole | Self::Limit { .. } => None,
        }
    }
}

impl History {
    /// The history of the line that ends in a commit. `cache` says whether what earlier runs read may be used and added to;
    /// it changes nothing but the time.
    pub(crate) fn load(
        repository: &Repository,
        tip: &CommitId,
        limits: HistoryLimits,
        rules: &HistoryRules,
        cache: bool,
    ) -> Result<Self, GitError> {
        Self::read(repository, tip, &Scope::All, limits, rules, cache)
    }

    /// The same for who measures only these files: quicker, since of other folders hardly anything is read. What
    /// [`Tally::of`] says of them is the same.
    pub(crate) fn of_files(
        repository: &Repository,
        tip: &CommitId,
        files: &[&str],
        limits: HistoryLimits,
        rules: &HistoryRules,
        cache: bool,
    ) -> Result<Self, GitError> {
        Self::read(repository, tip, &Scope::of_files(files), limits, rules, cache)
    }

    fn read(
        repository: &Repository,
        tip: &CommitId,
        scope: &Scope,
        limits: HistoryLimits,
        rules: &HistoryRules,
        cache: bool,
    ) -> Result<Self, GitError> {
        let cache = cache.then(|| Cache::of(repository));
        let line = line::read(repository, tip, scope, limits, rules, cache.as_ref())?;
        let mailmap = repository.mailmap(tip)?;
        let ignored = repository.small_text(tip, IGNORED, MAX_IGNORED)?.unwrap_or_default();
        let ignored: HashSet<&str> =
            ignored.lines().map(|line| line.split('#').next().unwrap_or(line).trim()).collect();
        Ok(Self::new(&line, &mailmap, &ignored, rules))
    }

    fn new(line: &line::Line, mailmap: &Mailmap, ignored: &HashSet<&str>, rules: &HistoryRules) -> Self {
        let mut history = Self { reach: line.reach.clone(), ..Self::default() };
        let mut people: Vec<Option<PersonId>> = vec![None; line.identities.len()];
        let mut paths: Vec<Option<PathId>> = vec![None; line.paths.len()];
        for (id, record) in line.ids.iter().zip(&line.records).rev() {
            let commit = id.commit();
            if ignored.contains(commit.0.as_str()) {
                continue;
            }
            let mut of_change = Vec::with_capacity(record.people.len());
            for &identity in &record.people {
                let enter = || history.register.enter(&line.identities[identity as usize], mailmap, rules);
                let person = *people[identity as usize].get_or_insert_with(enter);
                if !of_change.contains(&person) {
                    of_change.push(person);
                }
            }
            let mut touched: Vec<PathId> = Vec::with_capacity(record.touched.len());
            for &path in &record.touched {
                touched.push(*paths[path as usize].get_or_insert_with(|| {
                    history.paths.push(line.paths[path as usize].clone());
                    PathId(history.paths.len() as u32 - 1)
                }));
            }
            touched.sort_unstable();
            history.changes.push(Change {
                commit,
                people: of_change,
                seconds: record.seconds,
                subject: record.subject.clone(),
                pull: record.pull,
                is_fix: record.is_fix,
                reverts: record.reverts.clone(),
                undoes: Vec::new(),
                touched,
            });
        }
        let undoings = undoing::undoings(&history.changes);
        history.changes.iter_mut().zip(undoings).for_each(|(change, undoes)| change.undoes = undoes);
        history.people = std::mem::take(&mut history.register.people);
        history.subsystems = Subsystems::of(rules);
        history
    }

    /// The person of a name and an address that `.mailmap` was asked for; `None` for one who has changed nothing yet.
    pub(crate) fn person(&self, identity: &Identity) -> Option<PersonId> {
        self.register.find(identity)
    }
}
