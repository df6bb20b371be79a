//! Which earlier changes a change undoes.
//!
//! It says so by a hash (of at least seven digits), by the number of the pull request, or by the exact title; by number or title
//! the newest such change before it is meant. What lies further back than [`UNDONE_DAYS`] days is not undone but given up. A revert
//! that is itself reverted brings back what it undid: that is not held against the revert, and the first change stays undone, as it
//! had to be taken out.

use super::{Change, Reverted};
use std::collections::{BTreeMap, HashMap};

/// How long after it landed a change can count as undone.
pub(crate) const UNDONE_DAYS: i64 = 90;

const DAY: i64 = 86_400;

/// Shorter hashes name too many commits.
const SHORTEST_HASH: usize = 7;

/// For each change, oldest first, the places of those that it undoes.
pub(super) fn undoings(changes: &[Change]) -> Vec<Vec<u32>> {
    let mut names = Names::wanted(changes);
    let mut undoings = Vec::with_capacity(changes.len());
    for (at, change) in changes.iter().enumerate() {
        let mut undone: Vec<u32> = change.reverts.iter().filter_map(|reverted| names.find(reverted)).collect();
        undone.retain(|&target| {
            let first = &changes[target as usize];
            change.seconds - first.seconds <= UNDONE_DAYS * DAY && first.reverts.is_empty()
        });
        undone.sort_unstable();
        undone.dedup();
        undoings.push(undone);
        names.add(at as u32, change);
    }
    undoings
}

/// What earlier changes can be called, each name with the newest change of that name; only names that some change undoes.
struct Names<'c> {
    /// The first digits of hashes.
    hashes: HashMap<&'c str, BTreeMap<&'c str, u32>>,
    pulls: HashMap<u64, Option<u32>>,
    titles: HashMap<&'c str, Option<u32>>,
}

impl<'c> Names<'c> {
    fn wanted(changes: &'c [Change]) -> Self {
        let mut names = Self { hashes: HashMap::new(), pulls: HashMap::new(), titles: HashMap::new() };
        for reverted in changes.iter().flat_map(|change| &change.reverts) {
            match reverted {
                Reverted::Commit(hash) => {
                    hash.get(..SHORTEST_HASH).map(|front| names.hashes.entry(front).or_default());
                }
                Reverted::Pull(number) => {
                    names.pulls.insert(*number, None);
                }
                Reverted::Title(title) => {
                    names.titles.insert(title, None);
                }
            }
        }
        names
    }

    fn add(&mut self, at: u32, change: &'c Change) {
        if let Some(hashes) = change.commit.0.get(..SHORTEST_HASH).and_then(|front| self.hashes.get_mut(front)) {
            hashes.insert(&change.commit.0, at);
        }
        if let Some(newest) = self.titles.get_mut(change.subject.as_str()) {
            *newest = Some(at);
        }
        if let Some(newest) = change.pull.and_then(|pull| self.pulls.get_mut(&pull)) {
            *newest = Some(at);
        }
    }

    fn find(&self, reverted: &Reverted) -> Option<u32> {
        match reverted {
            Reverted::Commit(hash) => {
                let hashes = self.hashes.get(hash.get(..SHORTEST_HASH)?)?;
                let mut with_it = hashes.range(hash.as_str()..).take_while(|(name, _)| name.starts_with(hash.as_str()));
                let (_, &at) = with_it.next()?;
                with_it.next().is_none().then_some(at)
            }
            Reverted::Pull(number) => self.pulls.get(number).copied().flatten(),
            Reverted::Title(title) => self.titles.get(title.as_str()).copied().flatten(),
        }
    }
}
