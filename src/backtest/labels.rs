//! What became of changes, from git alone: which were undone, and which soon needed a fix.
//!
//! **Undone**: a later change of the line says that it reverts this one, and landed within
//! [`UNDONE_DAYS`](crate::history::undoing::UNDONE_DAYS) days (see [`crate::history::undoing`]).
//!
//! **Follow-up fix**: within [`FIX_DAYS`] days a change lands whose subject says that it fixes something and that is no revert, and
//! either at least half of the lines that it deletes are lines that this change added, or it deletes at least half of the lines
//! that this change added, and at least two (of a change of one line, a large fix says nothing). A line is its file and its text without blanks around it (see [`super::lines`]). What a branch mended
//! of itself before it was merged is not seen here, because a merge is one change.
//!
//! **Either**: one or the other. A change whose time is not over yet, as of the newest change of the line, has no label.

use super::lines::{Common, LineSet};
use crate::history::{Change, History};
use crate::terms::Trouble;
use std::collections::VecDeque;

/// How long after it landed a fix counts as that of a change.
pub(crate) const FIX_DAYS: i64 = 14;

const DAY: i64 = 86_400;

/// What became of one change: the place in the line of the change that shows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    pub(crate) undone_by: Option<usize>,
    pub(crate) fixed_by: Option<usize>,
    /// The time in which it could be undone is over, and that in which it could be fixed.
    pub(crate) undone_known: bool,
    pub(crate) fix_known: bool,
}

impl Fate {
    /// Whether this became of it; `None` while that cannot be known.
    pub(crate) fn is(&self, label: Trouble) -> Option<bool> {
        let undone = self.undone_known.then_some(self.undone_by.is_some());
        let fixed = self.fix_known.then_some(self.fixed_by.is_some());
        match label {
            Trouble::Undone => undone,
            Trouble::FollowUp => fixed,
            // Also where one is known already: newer changes would else seem to be bad more often.
            Trouble::Either => undone.zip(fixed).map(|(undone, fixed)| undone || fixed),
        }
    }

    /// The change that shows that it went wrong, the earlier one.
    pub(crate) fn shown_by(&self, label: Trouble) -> Option<usize> {
        match label {
            Trouble::Undone => self.undone_by,
            Trouble::FollowUp => self.fixed_by,
            Trouble::Either => self.undone_by.into_iter().chain(self.fixed_by).min(),
        }
    }
}

/// For each change of the line, the first change that undoes it in time.
pub(crate) fn undone(history: &History) -> Vec<Option<usize>> {
    let mut undone = vec![None; history.changes.len()];
    for (at, change) in history.changes.iter().enumerate() {
        for &target in &change.undoes {
            undone[target as usize].get_or_insert(at);
        }
    }
    undone
}

/// Finds follow-up fixes while changes come by, oldest first; remembers those of a fortnight.
#[derive(Debug, Default)]
pub(crate) struct Fixes {
    recent: VecDeque<Recent>,
}

#[derive(Debug)]
struct Recent {
    at: usize,
    seconds: i64,
    added: LineSet,
}

impl Fixes {
    /// The earlier changes that this one fixes.
    pub(crate) fn of(&mut self, change: &Change, deleted: &LineSet) -> Vec<usize> {
        // Clocks differ: only from the front, so that each change is there for the whole time after it landed.
        while self.recent.front().is_some_and(|first| first.seconds < change.seconds - FIX_DAYS * DAY) {
            self.recent.pop_front();
        }
        if !change.is_fix || !change.reverts.is_empty() || deleted.is_empty() {
            return Vec::new();
        }
        let in_time = |recent: &&Recent| change.seconds - recent.seconds <= FIX_DAYS * DAY;
        let fixed = self.recent.iter().filter(in_time).filter(|recent| is_fix_of(recent.added.common(deleted)));
        fixed.map(|recent| recent.at).collect()
    }

    /// Remembers a change.
    pub(crate) fn add(&mut self, at: usize, change: &Change, added: LineSet) {
        if !added.is_empty() {
            self.recent.push_back(Recent { at, seconds: change.seconds, added });
        }
    }
}

/// Whether a fix is about a change, by the lines that the change added and the fix deleted.
fn is_fix_of(lines: Common) -> bool {
    let of_change = lines.both >= 2 && 2 * lines.both >= lines.of_first;
    let of_fix = lines.both >= 1 && 2 * lines.both >= lines.of_second;
    of_change || of_fix
}
