//! What would lower the score of a change: the score once more, with one thing different; and whom to ask for a review.

use super::past::Past;
use super::score::{Feature, features};
use super::told::listed;
use crate::history::shape::{Shape, SourceChange};
use crate::history::{Measures, PersonId};
use crate::report::{Lever, Reviewer};
use crate::rules::score::ScoreRules;
use crate::terms::SignalId;
use std::collections::BTreeMap;

/// What lowers the score by less is not worth the words (points).
const LEAST: i32 = 3;

/// More is no advice.
const MAX_LEVERS: usize = 3;

/// Smaller changes are not worth splitting (added lines of source).
const SPLIT_FROM: u32 = 200;

/// A part of a split change has at least this share of the added lines.
const SPLIT_SHARE: f64 = 0.15;

/// People who are looked at as reviewers, and who are named.
const MAX_CANDIDATES: usize = 8;
const MAX_REVIEWERS: usize = 3;

/// With a smaller share of the earlier changes, the authors are new to the files.
const NEW: f64 = 0.1;

/// A change whose score can be computed again.
pub(super) struct Scored<'s> {
    pub(super) rules: &'s ScoreRules,
    pub(super) shape: &'s Shape,
    pub(super) past: Option<&'s Past<'s>>,
    pub(super) measures: Option<&'s Measures>,
    /// All features of the change.
    pub(super) features: &'s [Feature],
    /// The flag that is recommended for it, if one is.
    pub(super) flag: Option<&'s str>,
}

impl Scored<'_> {
    /// What would lower the score, strongest first.
    pub(super) fn levers(&self) -> Vec<Lever> {
        let mut levers: Vec<Lever> = [self.flag(), self.review(), self.split()].into_iter().flatten().collect();
        levers.retain(|lever| lever.points <= -LEAST);
        levers.sort_by_key(|lever| lever.points);
        levers.truncate(MAX_LEVERS);
        levers
    }

    /// The difference of the scores, in whole points as they are shown.
    fn with(&self, changed: &[Feature]) -> i32 {
        let changed_one = |id: SignalId| changed.iter().find(|feature| feature.id == id).copied();
        let features: Vec<Feature> =
            self.features.iter().map(|feature| changed_one(feature.id).unwrap_or(*feature)).collect();
        let total = |features: &[Feature]| self.rules.score(features).total().round() as i32;
        total(&features) - total(self.features)
    }

    fn flag(&self) -> Option<Lever> {
        let flag = self.flag?.replace('`', "'");
        let points = self.with(&[Feature { id: SignalId::Gated, value: Some(1.0) }]);
        Some(Lever { action: format!("behind the flag `{flag}`"), points })
    }

    fn review(&self) -> Option<Lever> {
        let past = self.past?;
        let with = |&person: &PersonId| {
            let expertise = past.measures(self.shape, &[person]).expertise;
            self.with(&[Feature { id: SignalId::Expertise, value: Some(expertise) }])
        };
        let candidates = self.candidates();
        // Of equals, who changed the files most.
        let (person, points) =
            candidates.iter().map(|(person, _)| (person, with(person))).min_by_key(|(_, points)| *points)?;
        let knows = self.known_place(*person);
        Some(Lever { action: format!("reviewed by {} (knows {knows})", past.name(*person)), points })
    }

    /// People other than the change's own who changed these files, with how often; most first.
    fn candidates(&self) -> Vec<(PersonId, u32)> {
        let (Some(past), Some(measures)) = (self.past, self.measures) else { return Vec::new() };
        let active = past.active();
        let own = |person: &PersonId| past.people.authors.contains(person) || past.people.reviewers.contains(person);
        let mut changes: BTreeMap<PersonId, u32> = BTreeMap::new();
        for &(person, count) in measures.files.iter().flat_map(|file| &file.top) {
            if active.contains(&person) && !past.is_bot(person) && !own(&person) && !past.name(person).is_empty() {
                *changes.entry(person).or_default() += count;
            }
        }
        let mut people: Vec<(PersonId, u32)> = changes.into_iter().collect();
        people.sort_by_key(|&(person, count)| (std::cmp::Reverse(count), person));
        people.truncate(MAX_CANDIDATES);
        people
    }

    /// The changed file that a person changed most, or the folder of several.
    fn known_place(&self, person: PersonId) -> String {
        let known = self.known_files(person);
        let (mut place, _, _) = known.first().copied().unwrap_or_default();
        let is_below = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        for (path, _, _) in &known[1.min(known.len())..] {
            while !place.is_empty() && *path != place && !is_below(path, place) {
                place = place.rsplit_once('/').map_or("", |(folder, _)| folder);
            }
        }
        // A folder at the top says little.
        if place.contains('/') || known.len() == 1 {
            place.to_owned()
        } else {
            format!("{} of these files", known.len())
        }
    }

    /// Changed files with a person's changes and all changes to each, most first.
    fn known_files(&self, person: PersonId) -> Vec<(&str, u32, u32)> {
        let files = self.measures.map_or(&[][..], |measures| &measures.files);
        let paths = self.shape.history_paths();
        let mut known: Vec<(&str, u32, u32)> = paths
            .into_iter()
            .zip(files)
            .filter_map(|(path, file)| {
                let count = file.top.iter().find(|(other, _)| *other == person)?.1;
                Some((path, count, file.changes))
            })
            .collect();
        known.sort_by_key(|&(path, count, _)| (std::cmp::Reverse(count), path));
        known
    }

    /// People who know the files, where the authors do not.
    pub(super) fn reviewers(&self) -> Vec<Reviewer> {
        let (Some(past), Some(measures)) = (self.past, self.measures) else { return Vec::new() };
        // A bot has no place to be new to, and what it changes is its own.
        let is_bot = past.people.authors.iter().any(|&person| past.is_bot(person));
        if measures.expertise >= NEW || is_bot || !past.people.is_known {
            return Vec::new();
        }
        let told = |(person, _): (PersonId, u32)| {
            let (path, own, all) = *self.known_files(person).first()?;
            Some(Reviewer { name: past.name(person).to_owned(), knows: format!("{own} of {all} changes to {path}") })
        };
        self.candidates().into_iter().filter_map(told).take(MAX_REVIEWERS).collect()
    }

    /// The change in parts: where the folders of its files first differ.
    fn split(&self) -> Option<Lever> {
        if self.shape.added() < SPLIT_FROM {
            return None;
        }
        let parts = parts(self.shape);
        let added = |files: &[SourceChange]| files.iter().map(|file| file.added).sum::<u32>();
        let least = SPLIT_SHARE * f64::from(self.shape.added());
        let large = parts.values().filter(|files| f64::from(added(files)) >= least).count();
        if large < 2 || large < parts.len() {
            return None;
        }
        let worst = parts.values().map(|files| {
            let part = Shape { files: files.clone(), ..self.shape.clone() };
            let measures = self.past.map(|past| past.measures(&part, &[]));
            self.with(&features(&part, self.measures.and(measures.as_ref())))
        });
        let points = worst.max()?;
        let names: Vec<String> = parts.keys().cloned().collect();
        Some(Lever { action: format!("split in {}: {} (the riskier alone)", names.len(), listed(&names)), points })
    }
}

/// The source files by the first folder in which they differ.
fn parts(shape: &Shape) -> BTreeMap<String, Vec<SourceChange>> {
    let folders: Vec<Vec<&str>> = shape
        .files
        .iter()
        .map(|file| file.path.as_str().rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect()))
        .collect();
    let same = |at: usize| {
        let first = folders.first().and_then(|folder| folder.get(at));
        first.is_some() && folders.iter().all(|folder| folder.get(at) == first)
    };
    let depth = (0..).take_while(|&at| same(at)).count();
    let mut parts: BTreeMap<String, Vec<SourceChange>> = BTreeMap::new();
    for (file, folder) in shape.files.iter().zip(&folders) {
        let name = folder.iter().take(depth + 1).copied().collect::<Vec<_>>().join("/");
        let name = if name.is_empty() { ".".to_owned() } else { name };
        parts.entry(name).or_default().push(file.clone());
    }
    parts
}
