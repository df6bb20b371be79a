//! Counts the changes of people to some paths.

use super::{Expert, Knowledge, MAX_PEOPLE};
use crate::calendar::date;
use crate::history::{Change, History, PersonId};
use std::cmp::Reverse;
use std::collections::BTreeMap;

const YEAR: i64 = 365 * 86_400;

/// What is the same for all paths.
pub(super) struct Count {
    /// The time that everything is seen from: that of the newest commit.
    now: i64,
    /// By person: no commit for long.
    left: Vec<bool>,
}

/// The changes of one person, by their places in the history.
#[derive(Default)]
struct Own {
    changes: Vec<usize>,
    last_year: u32,
    first: i64,
    last: i64,
}

impl Count {
    pub(super) fn new(history: &History, left_after: i64) -> Self {
        let now = history.changes.last().map_or(0, |change| change.seconds);
        let mut last = vec![i64::MIN; history.people.len()];
        for change in &history.changes {
            for person in &change.people {
                last[person.0 as usize] = last[person.0 as usize].max(change.seconds);
            }
        }
        Self { now, left: last.into_iter().map(|last| last < now.saturating_sub(left_after)).collect() }
    }

    /// Who knows these files, and what is below these folders.
    pub(super) fn knowledge(&self, history: &History, paths: &[String]) -> Knowledge {
        let is_meant: Vec<bool> = history.paths.iter().map(|path| paths.iter().any(|of| is_below(path, of))).collect();
        let touches = |change: &Change| change.touched.iter().any(|path| is_meant[path.0 as usize]);
        let is_bot = |id: &PersonId| history.people[id.0 as usize].is_bot;
        let mut own: BTreeMap<PersonId, Own> = BTreeMap::new();
        let (mut by_people, mut by_bots) = (0, 0);
        for (at, change) in history.changes.iter().enumerate().filter(|(_, change)| touches(change)) {
            match change.people.iter().all(is_bot) {
                true => by_bots += 1,
                false => by_people += 1,
            }
            for &person in &change.people {
                let own = own.entry(person).or_default();
                if own.changes.is_empty() {
                    (own.first, own.last) = (change.seconds, change.seconds);
                }
                own.changes.push(at);
                own.first = own.first.min(change.seconds);
                own.last = own.last.max(change.seconds);
                own.last_year += u32::from(change.seconds > self.now.saturating_sub(YEAR));
            }
        }
        let key = key_people(history, &own, by_people);
        let mut order: Vec<(&PersonId, &Own)> = own.iter().collect();
        order.sort_by_key(|(id, own)| (is_bot(id), Reverse(own.changes.len()), Reverse(own.last), **id));
        let expert = |(id, own): &(&PersonId, &Own)| {
            let person = &history.people[id.0 as usize];
            Expert {
                name: person.name.clone(),
                email: person.email.clone(),
                changes: number(own.changes.len()),
                share: (!person.is_bot).then(|| rounded(own.changes.len() as f64 / f64::from(by_people.max(1)))),
                last_year: own.last_year,
                first_change: date(own.first),
                last_change: date(own.last),
                key: key.contains(id),
                is_bot: person.is_bot,
                left: !person.is_bot && self.left[id.0 as usize],
            }
        };
        Knowledge {
            changes: by_people,
            bot_changes: by_bots,
            bus_factor: number(key.len()),
            bus_factor_active: number(key.iter().filter(|id| !self.left[id.0 as usize]).count()),
            people: order.iter().take(MAX_PEOPLE).map(expert).collect(),
            more_people: number(order.len().saturating_sub(MAX_PEOPLE)),
        }
    }
}

/// The fewest people who together made more than half of the changes: whoever adds most is taken next.
///
/// Changes of several people make the fewest hard to find for sure; without such changes this finds them.
fn key_people(history: &History, own: &BTreeMap<PersonId, Own>, changes: u32) -> Vec<PersonId> {
    let mut made = vec![false; history.changes.len()];
    let (mut key, mut count) = (Vec::new(), 0);
    let mut open: Vec<(&PersonId, &Own)> = own.iter().filter(|(id, _)| !history.people[id.0 as usize].is_bot).collect();
    open.sort_by_key(|(id, own)| (Reverse(own.changes.len()), Reverse(own.last), **id));
    while count * 2 <= changes as usize && !open.is_empty() {
        let adds = |own: &Own| own.changes.iter().filter(|&&at| !made[at]).count();
        let mut best = (0, adds(open[0].1));
        for (at, (_, own)) in open.iter().enumerate().skip(1) {
            // No later one can add more than they made.
            if own.changes.len() <= best.1 {
                break;
            }
            let added = adds(own);
            if added > best.1 {
                best = (at, added);
            }
        }
        if best.1 == 0 {
            break;
        }
        let (id, own) = open.remove(best.0);
        own.changes.iter().for_each(|&at| made[at] = true);
        count += best.1;
        key.push(*id);
    }
    key
}

/// Whether a path is what is meant, or below it; everything is below the root.
fn is_below(path: &str, of: &str) -> bool {
    of.is_empty() || path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// To four places: enough for a share, and the same text everywhere.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
