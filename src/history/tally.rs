//! What is known about files and people at one point of a history.
//!
//! Author file expertise is a shrunken share, from file to folder to subsystem to repository:
//! `share(file) = (k + 3 * share(folder)) / (n + 3)`, with `k` the author's and `n` all earlier changes to the file;
//! `share(folder) = (k + 10 * share(subsystem)) / (n + 10)`; `share(subsystem) = (k + 10 * share(repository)) / (n + 10)`.
//! A change counts once for a folder, however many of its files it touches. A folder's changes are those to files which stand
//! directly in it, a subsystem's are those anywhere below it. A change of several people counts as one for each of
//! them. Bots are nobody: their changes count among all, but not as anyone's.

use super::places::{self, Subsystems};
use super::{Change, History, PersonId};
use std::collections::HashMap;

const DAY: i64 = 86_400;

/// How long a change is recent.
const RECENT: i64 = 30 * DAY;

/// How long a fix counts.
const FIX: i64 = 365 * DAY;

/// How long a revert counts.
const REVERT: i64 = 2 * 365 * DAY;

/// How much the share in the folder weighs in that of the file, in changes.
const FOLDER_WEIGHT: f64 = 3.0;

/// How much what is around weighs in the share of a folder and of a subsystem, in changes.
const AROUND_WEIGHT: f64 = 10.0;

/// After so long, in days, an undone change counts by half.
const UNDONE_HALF_LIFE: f64 = 30.0;

/// Who changed a file most: at most so many.
const MAX_TOP: usize = 5;

/// No number: what is not asked for.
const NONE: u32 = u32::MAX;

/// Everything recorded so far.
pub(crate) struct Tally {
    subsystems: Subsystems,
    /// Of each path of the history.
    places: Vec<Place>,
    files: Numbers,
    folders: Numbers,
    areas: Numbers,
    of_files: Vec<FileCount>,
    of_folders: Vec<Count>,
    of_subsystems: Vec<Count>,
    of_all: Count,
    /// The changes recorded so far: the number of the next.
    recorded: u32,
}

type Numbers = HashMap<String, u32>;

/// The numbers of a path's file, folder and subsystem.
#[derive(Debug, Clone, Copy)]
struct Place {
    file: u32,
    folder: u32,
    subsystem: u32,
}

/// How many changes, and whose.
#[derive(Debug, Clone, Default)]
struct Count {
    changes: u32,
    /// Sorted by person; no bots.
    by: Vec<(PersonId, u32)>,
    /// The number of the last change, and one.
    last: u32,
}

#[derive(Debug, Clone, Default)]
struct FileCount {
    count: Count,
    /// When it was changed, mended and part of an undoing; sorted.
    changed: Vec<i64>,
    fixed: Vec<i64>,
    reverted: Vec<i64>,
    /// When an earlier change to it was undone; sorted.
    undone: Vec<i64>,
}

/// What history says about a change before it lands.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Measures {
    /// Mean over the source files: 0-1. Of each file the highest of the change's people.
    pub(crate) expertise: f64,
    /// Mean of ln(1 + distinct authors of the file).
    pub(crate) authors: f64,
    /// Mean of ln(1 + reverts that touch the file, in two years).
    pub(crate) reverts: f64,
    /// Mean of ln(1 + changes to the file in 30 days).
    pub(crate) recent: f64,
    /// Mean of ln(1 + fixes to the file in a year).
    pub(crate) fixes: f64,
    /// Mean of ln(1 + earlier changes to the file that were undone, each by half after every 30 days).
    pub(crate) undone: f64,
    /// What the means are made of, in the order asked for.
    pub(crate) files: Vec<FileMeasures>,
}

/// What history says about one file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FileMeasures {
    /// The shrunken share of the people asked about, of who has most: 0-1.
    pub(crate) expertise: f64,
    /// Changes by the people asked about (of who made most of them), and by anyone.
    pub(crate) own_changes: u32,
    pub(crate) changes: u32,
    pub(crate) authors: u32,
    pub(crate) reverts: u32,
    pub(crate) recent: u32,
    pub(crate) fixes: u32,
    /// Earlier changes that were undone, each by half after every 30 days; and when the last of them was.
    pub(crate) undone: f64,
    pub(crate) last_undone: Option<i64>,
    /// When it was last changed, in seconds since 1970.
    pub(crate) last: Option<i64>,
    /// Who changed it most, with the number of changes; people, not bots.
    pub(crate) top: Vec<(PersonId, u32)>,
}

impl Tally {
    /// Nothing recorded yet; whatever a history holds can be.
    pub(crate) fn new(history: &History) -> Self {
        let mut tally = Self::empty(history);
        for path in &history.paths {
            let place = tally.number(path);
            tally.places.push(place);
        }
        tally.make_room()
    }

    /// As [`Tally::new`], but no other files than these can be measured: quick for a few.
    pub(crate) fn of(history: &History, files: &[&str]) -> Self {
        let mut tally = Self::empty(history);
        for path in files {
            tally.number(path);
        }
        tally.places = history.paths.iter().map(|path| tally.place(path)).collect();
        tally.make_room()
    }

    fn empty(history: &History) -> Self {
        Self {
            subsystems: history.subsystems.clone(),
            places: Vec::with_capacity(history.paths.len()),
            files: Numbers::new(),
            folders: Numbers::new(),
            areas: Numbers::new(),
            of_files: Vec::new(),
            of_folders: Vec::new(),
            of_subsystems: Vec::new(),
            of_all: Count::default(),
            recorded: 0,
        }
    }

    fn number(&mut self, path: &str) -> Place {
        let number = |numbers: &mut Numbers, name: &str| {
            let next = numbers.len() as u32;
            numbers.get(name).copied().unwrap_or_else(|| *numbers.entry(name.to_owned()).or_insert(next))
        };
        Place {
            file: number(&mut self.files, path),
            folder: number(&mut self.folders, places::folder(path)),
            subsystem: number(&mut self.areas, self.subsystems.of_path(path)),
        }
    }

    fn place(&self, path: &str) -> Place {
        let number = |numbers: &Numbers, name: &str| numbers.get(name).copied().unwrap_or(NONE);
        Place {
            file: number(&self.files, path),
            folder: number(&self.folders, places::folder(path)),
            subsystem: number(&self.areas, self.subsystems.of_path(path)),
        }
    }

    fn make_room(mut self) -> Self {
        self.of_files.resize(self.files.len(), FileCount::default());
        self.of_folders.resize(self.folders.len(), Count::default());
        self.of_subsystems.resize(self.areas.len(), Count::default());
        self
    }

    /// Adds a change to what is known.
    pub(crate) fn record(&mut self, history: &History, change: &Change) {
        self.recorded += 1;
        let number = self.recorded;
        let is_person = |id: &&PersonId| history.people.get(id.0 as usize).is_some_and(|person| !person.is_bot);
        let people: Vec<PersonId> = change.people.iter().filter(is_person).copied().collect();
        self.of_all.add(number, &people);
        for path in &change.touched {
            // Changes of another history have no place here.
            let Some(&place) = self.places.get(path.0 as usize) else { continue };
            if let Some(file) = self.of_files.get_mut(place.file as usize) {
                file.count.add(number, &people);
                insert(&mut file.changed, change.seconds);
                if change.is_fix {
                    insert(&mut file.fixed, change.seconds);
                }
                if !change.reverts.is_empty() {
                    insert(&mut file.reverted, change.seconds);
                }
            }
            if let Some(folder) = self.of_folders.get_mut(place.folder as usize) {
                folder.add(number, &people);
            }
            if let Some(subsystem) = self.of_subsystems.get_mut(place.subsystem as usize) {
                subsystem.add(number, &people);
            }
        }
        for path in
            change.undoes.iter().filter_map(|&at| history.changes.get(at as usize)).flat_map(|undone| &undone.touched)
        {
            let Some(place) = self.places.get(path.0 as usize) else { continue };
            if let Some(file) = self.of_files.get_mut(place.file as usize) {
                insert(&mut file.undone, change.seconds);
            }
        }
    }

    /// Measures a change of these people to these files, as of a time. A file that is not known yet has no changes, but
    /// its folder may have.
    ///
    /// Nobody stands for people who have changed nothing yet.
    pub(crate) fn measure(&self, people: &[PersonId], seconds: i64, files: &[&str]) -> Measures {
        let files: Vec<FileMeasures> = files.iter().map(|path| self.of_file(people, seconds, path)).collect();
        let count = files.len().max(1) as f64;
        let mean = |of: &dyn Fn(&FileMeasures) -> f64| files.iter().map(of).sum::<f64>() / count;
        let ln = |number: u32| f64::from(number).ln_1p();
        Measures {
            expertise: mean(&|file| file.expertise),
            authors: mean(&|file| ln(file.authors)),
            reverts: mean(&|file| ln(file.reverts)),
            recent: mean(&|file| ln(file.recent)),
            fixes: mean(&|file| ln(file.fixes)),
            undone: mean(&|file| file.undone.ln_1p()),
            files,
        }
    }

    fn of_file(&self, people: &[PersonId], seconds: i64, path: &str) -> FileMeasures {
        let place = self.place(path);
        let folder = self.of_folders.get(place.folder as usize);
        let subsystem = self.of_subsystems.get(place.subsystem as usize);
        let known = self.of_files.get(place.file as usize);
        let count = known.map(|file| &file.count);
        let expertise = people.iter().map(|&person| {
            let repository = f64::from(self.of_all.of(person)) / f64::from(self.of_all.changes.max(1));
            let subsystem = share(subsystem, person, AROUND_WEIGHT, repository);
            let folder = share(folder, person, AROUND_WEIGHT, subsystem);
            share(count, person, FOLDER_WEIGHT, folder)
        });
        let expertise = expertise.fold(0.0, f64::max);
        let Some(file) = known else { return FileMeasures { expertise, ..FileMeasures::default() } };
        let since = |times: &[i64], span: i64| {
            let start = seconds.saturating_sub(span);
            (times.len() - times.partition_point(|&time| time < start)) as u32
        };
        let mut top = file.count.by.clone();
        top.sort_by_key(|&(person, changes)| (std::cmp::Reverse(changes), person));
        top.truncate(MAX_TOP);
        FileMeasures {
            expertise,
            own_changes: people.iter().map(|&person| file.count.of(person)).max().unwrap_or(0),
            changes: file.count.changes,
            authors: file.count.by.len() as u32,
            reverts: since(&file.reverted, REVERT),
            recent: since(&file.changed, RECENT),
            fixes: since(&file.fixed, FIX),
            undone: file.undone.iter().map(|&time| faded(seconds - time)).sum(),
            last_undone: file.undone.last().copied(),
            last: file.changed.last().copied(),
            top,
        }
    }
}

impl Count {
    fn add(&mut self, number: u32, people: &[PersonId]) {
        if self.last == number {
            return;
        }
        self.last = number;
        self.changes += 1;
        for &person in people {
            match self.by.binary_search_by_key(&person, |(person, _)| *person) {
                Ok(at) => self.by[at].1 += 1,
                Err(at) => self.by.insert(at, (person, 1)),
            }
        }
    }

    fn of(&self, person: PersonId) -> u32 {
        self.by.binary_search_by_key(&person, |(person, _)| *person).map_or(0, |at| self.by[at].1)
    }
}

/// A share that starts from the one around it and believes its own numbers the more, the more there are.
fn share(count: Option<&Count>, person: PersonId, weight: f64, around: f64) -> f64 {
    let (own, all) = count.map_or((0, 0), |count| (count.of(person), count.changes));
    (f64::from(own) + weight * around) / (f64::from(all) + weight)
}

/// What is left of one after so many seconds.
fn faded(seconds: i64) -> f64 {
    let days = seconds.max(0) as f64 / DAY as f64;
    0.5_f64.powf(days / UNDONE_HALF_LIFE)
}

/// Keeps times sorted; they nearly come so.
fn insert(times: &mut Vec<i64>, time: i64) {
    let at = times.partition_point(|&before| before <= time);
    times.insert(at, time);
}
