//! What is known about files and people at one point of a history.
//!
//! Author file expertise is a shrunken share, from file to folder to subsystem to repository:
//! `share(file) = (k + 3 * share(folder)) / (n + 3)`, with `k` the author's and `n` all earlier changes to the file;
//! `share(folder) = (k + 10 * share(subsystem)) / (n + 10)`; `share(subsystem) = (k + 10 * share(repository)) / (n + 10)`.
//! A change counts once for a folder, however many of its files it touches.

use super::{Change, History, PersonId};

/// Everything recorded so far.
pub(crate) struct Tally {}

/// What history says about a change before it lands.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Measures {
    /// Mean over the source files: 0-1. The highest of the change's people.
    pub(crate) expertise: f64,
    /// Mean of ln(1 + distinct authors of the file).
    pub(crate) authors: f64,
    /// Mean of ln(1 + reverts that touch the file, in two years).
    pub(crate) reverts: f64,
    /// Mean of ln(1 + changes to the file in 30 days).
    pub(crate) recent: f64,
    /// Mean of ln(1 + fixes to the file in a year).
    pub(crate) fixes: f64,
    /// What the means are made of, in the order asked for.
    pub(crate) files: Vec<FileMeasures>,
}

/// What history says about one file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FileMeasures {
    /// The shrunken share of the people asked about: 0-1.
    pub(crate) expertise: f64,
    /// Changes by the people asked about, and by anyone.
    pub(crate) own_changes: u32,
    pub(crate) changes: u32,
    pub(crate) authors: u32,
    pub(crate) reverts: u32,
    pub(crate) recent: u32,
    pub(crate) fixes: u32,
    /// When it was last changed, in seconds since 1970.
    pub(crate) last: Option<i64>,
    /// Who changed it most, with the number of changes; people, not bots.
    pub(crate) top: Vec<(PersonId, u32)>,
}

impl Tally {
    pub(crate) fn new() -> Self {
        Self {}
    }

    /// Adds a change to what is known.
    pub(crate) fn record(&mut self, _history: &History, _change: &Change) {}

    /// Measures a change of these people to these files, as of a time. A file that is not known yet has no changes, but
    /// its folder may have.
    pub(crate) fn measure(&self, _people: &[PersonId], _seconds: i64, _files: &[&str]) -> Measures {
        Measures::default()
    }
}
