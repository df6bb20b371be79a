//! What history says of the change that is scanned: its people, and how well they know what it touches.

use super::recent::Recent;
use crate::git::change::{ChangeSet, CommitId};
use crate::git::people::{Identity, Makers};
use crate::history::shape::Shape;
use crate::history::{History, Measures, PersonId, Tally};
use std::collections::BTreeSet;

/// Who changed nothing for so long may be gone: nobody to ask for a review (seconds).
const GONE: i64 = 365 * 86_400;

/// What was read of the history before a change.
pub(crate) struct Before {
    pub(crate) history: History,
    pub(crate) makers: Makers,
    /// When the change was made, in seconds since 1970.
    pub(crate) seconds: i64,
    /// The last commit before the change.
    pub(crate) tip: CommitId,
    /// What to compare with, if a backtest has measured it.
    pub(crate) recent: Option<Recent>,
}

/// History up to the change, with the people of the change.
pub(crate) struct Past<'h> {
    pub(crate) history: &'h History,
    /// Everything before the change.
    pub(crate) tally: &'h Tally,
    pub(crate) people: People,
    /// When the change was made, in seconds since 1970.
    pub(crate) seconds: i64,
    /// The last commit before the change.
    pub(crate) tip: CommitId,
    /// What to compare with, if a backtest has measured it.
    pub(crate) recent: Option<&'h Recent>,
}

/// Who makes the change and who looked at it, as far as history knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct People {
    /// People who have changed something before.
    pub(crate) authors: Vec<PersonId>,
    pub(crate) reviewers: Vec<PersonId>,
    /// Whether it is known at all who makes the change.
    pub(crate) is_known: bool,
}

/// What the change calls itself: the title of its first commit, as a pull request takes it over.
pub(crate) fn subject(changes: &ChangeSet) -> Option<&str> {
    let of_own = changes.commits.iter().rev().find(|commit| !commit.subject.starts_with("Merge "));
    of_own.or(changes.commits.first()).map(|commit| commit.subject.as_str())
}

impl Before {
    /// Who makes the change, as far as history knows them.
    pub(crate) fn people(&self) -> People {
        let known = |people: &[Identity]| people.iter().filter_map(|one| self.history.person(one)).collect();
        People {
            authors: known(&self.makers.authors),
            reviewers: known(&self.makers.reviewers),
            is_known: !self.makers.authors.is_empty(),
        }
    }

    /// What is known of these files.
    pub(crate) fn tally(&self, shape: &Shape) -> Tally {
        let mut tally = Tally::of(&self.history, &shape.history_paths());
        self.history.changes.iter().for_each(|change| tally.record(&self.history, change));
        tally
    }
}

impl Past<'_> {
    /// What history says of the change when these people looked at it, too.
    pub(crate) fn measures(&self, shape: &Shape, more: &[PersonId]) -> Measures {
        let People { authors, reviewers, .. } = &self.people;
        let people: Vec<PersonId> = authors.iter().chain(reviewers).chain(more).copied().collect();
        self.tally.measure(&people, self.seconds, &shape.history_paths())
    }

    pub(crate) fn is_bot(&self, person: PersonId) -> bool {
        self.history.people.get(person.0 as usize).is_none_or(|person| person.is_bot)
    }

    /// For people to read; never an address.
    pub(crate) fn name(&self, person: PersonId) -> &str {
        let name = self.history.people.get(person.0 as usize).map_or("", |person| person.name.as_str());
        if name.contains('@') { name.split('@').next().unwrap_or_default() } else { name }
    }

    /// People who changed something in the year before the change.
    pub(crate) fn active(&self) -> BTreeSet<PersonId> {
        let recent = self.history.changes.iter().rev().filter(|change| change.seconds >= self.seconds - GONE);
        recent.flat_map(|change| change.people.iter().copied()).collect()
    }
}
