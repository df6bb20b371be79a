//! Does this change deserve a recommendation, and of which outcome? The table is in the parent module's docs.

use super::reuse::{self, Reuse};
use super::tables::Deserves;
use super::words::{self, Intent};
use super::{Candidate, Change};
use crate::rules::words::capitalized;
use crate::terms::{Coverage, Outcome, Tier};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub(super) struct Decision<'c, 'a> {
    pub(super) outcome: Outcome,
    /// One for each flag to add or reuse: at most two.
    pub(super) groups: Vec<Group<'c, 'a>>,
    pub(super) reasons: Vec<String>,
}

/// Findings that one flag settles.
#[derive(Debug)]
pub(super) struct Group<'c, 'a> {
    /// The finding that the flag is named after and the snippet is for.
    pub(super) primary: &'c Candidate<'a>,
    /// All of them, the primary too, in the order of the report.
    pub(super) covers: Vec<&'c Candidate<'a>>,
    pub(super) reuse: Option<Reuse<'a>>,
}

impl<'c, 'a> Decision<'c, 'a> {
    fn no(outcome: Outcome, reason: impl Into<String>) -> Self {
        Self { outcome, groups: Vec::new(), reasons: vec![reason.into()] }
    }
}

pub(super) fn decide<'c, 'a>(change: &'c Change<'a>, deserves: &Deserves) -> Decision<'c, 'a> {
    let Some(decision) = by_flags_touched(change) else { return by_code(change, &|_| true, deserves) };
    // A Critical change in a file without any flag is not what the flags are about that gate the rest.
    let apart = |candidate: &Candidate| {
        candidate.tier == Tier::Critical && candidate.flags_in_file.is_empty() && candidate.gates_nearby.is_empty()
    };
    let gates_rest = change.coverage == Coverage::Partial && !change.flags_covering.is_empty();
    if change.flags_removed > 0 || !gates_rest {
        return decision;
    }
    let other = by_code(change, &apart, deserves);
    if other.groups.is_empty() { decision } else { other }
}

/// Decides by the code of the findings that are asked about.
fn by_code<'c, 'a>(
    change: &'c Change<'a>,
    asked: &dyn Fn(&Candidate) -> bool,
    deserves: &Deserves,
) -> Decision<'c, 'a> {
    let mut reasons = Vec::new();
    let mut gateable: Vec<&Candidate> = Vec::new();
    for candidate in change.candidates.iter().filter(|candidate| asked(candidate)) {
        match not_gateable(candidate, deserves) {
            None => gateable.push(candidate),
            Some(reason) if !reasons.contains(&reason) => reasons.push(reason),
            Some(_) => {}
        }
    }
    if gateable.is_empty() {
        if reasons.is_empty() {
            reasons.push("No ungated change in a Critical or High area.".into());
        }
        return Decision { outcome: Outcome::NotSuited, groups: Vec::new(), reasons };
    }
    let intent = words::intent(&change.subjects);
    if let Some(reason) = not_by_intent(intent, &gateable, deserves) {
        reasons.insert(0, reason);
        return Decision { outcome: Outcome::NotSuited, groups: Vec::new(), reasons };
    }
    let areas = Areas::new(&gateable, deserves);
    let groups = groups(change, &gateable, &areas, deserves);
    if groups.is_empty() {
        reasons.insert(0, areas.too_small());
        return Decision { outcome: Outcome::NotSuited, groups, reasons };
    }
    if !change.flags_added.is_empty() && groups.iter().any(|group| group.reuse.is_none()) {
        return brings_its_flag(change);
    }
    // Beside a flag for the rest, only what no flag can gate is worth a word.
    reasons.retain(|reason| {
        change.candidates.iter().any(|it| it.not_gateable.is_some_and(|why| sentence(why) == *reason))
    });
    let outcome = if groups[0].reuse.is_some() { Outcome::ReuseExisting } else { Outcome::Suggested };
    Decision { outcome, groups, reasons }
}

/// Changes that are about flags have verdicts of their own.
fn by_flags_touched<'c, 'a>(change: &'c Change<'a>) -> Option<Decision<'c, 'a>> {
    if change.coverage == Coverage::Covered {
        let by = match change.flags_covering.is_empty() {
            true => String::new(),
            false => format!(" ({})", list(&change.flags_covering)),
        };
        return Some(Decision::no(Outcome::AlreadyFlagged, format!("The risky code runs only with a flag on{by}.")));
    }
    if change.flags_removed > 0 {
        let reason = "The change removes a flag: check that the code that stays is the side that is on for everyone.";
        return Some(Decision::no(Outcome::NotSuited, reason));
    }
    if change.flags_modified > 0 {
        let reason = "The change edits a flag: review the new rule or default; a second flag would not make it safer.";
        return Some(Decision::no(Outcome::NotSuited, reason));
    }
    // A flag that nothing reads yet may be the one to use.
    if !change.flags_added.is_empty() && (change.flags_unread.is_empty() || change.coverage == Coverage::Partial) {
        return Some(brings_its_flag(change));
    }
    None
}

fn brings_its_flag<'c, 'a>(change: &Change) -> Decision<'c, 'a> {
    let flags = list(&change.flags_added);
    let reason = format!("The change brings its flag ({flags}): see the findings for what is not behind it.");
    Decision::no(Outcome::AlreadyFlagged, reason)
}

/// Why no flag can or need gate this candidate.
fn not_gateable(candidate: &Candidate, deserves: &Deserves) -> Option<String> {
    if candidate.tier < Tier::High {
        return Some("Changes of less than High impact: a flag costs more than it saves.".into());
    }
    if let Some(why) = candidate.not_gateable {
        return Some(sentence(why));
    }
    let folders = format!("/{}", candidate.path.as_str());
    if deserves.run_by_hand.iter().any(|folder| folders.contains(&format!("/{folder}/"))) {
        return Some("A script is run by hand: try it on a few records first instead of a flag.".into());
    }
    if candidate.contract_only || adds_field(candidate, deserves) {
        return Some("Added fields change a contract, not behaviour: keep it compatible instead of a flag.".into());
    }
    let removal = candidate.added_lines == 0
        || (!candidate.new_declaration
            && candidate.added_lines < deserves.changed_lines.of(Tier::Critical)
            && candidate.removed_lines >= deserves.removal_ratio.saturating_mul(candidate.added_lines));
    if removal && tuned(candidate, deserves).is_none() {
        return Some("Code that is mostly removed leaves no new behaviour to switch off.".into());
    }
    None
}

/// True for a new function that only yields a field of an answer: nobody gets it who does not ask for it.
fn adds_field(candidate: &Candidate, deserves: &Deserves) -> bool {
    let own = candidate.symbol.map_or("", |symbol| symbol.rsplit('.').next().unwrap_or(symbol));
    let verb = words::split(own).into_iter().next();
    candidate.new_declaration
        && candidate.tier < Tier::Critical
        && verb.is_some_and(|verb| deserves.field_verbs.contains(&verb))
}

/// Why a change that says this of itself needs no flag.
fn not_by_intent(intent: Intent, gateable: &[&Candidate], deserves: &Deserves) -> Option<String> {
    let lines = size(gateable);
    let new_code = gateable.iter().any(|candidate| candidate.new_declaration);
    Some(match intent {
        Intent::Revert => "A revert is itself the way back: review instead of a flag.".into(),
        Intent::Dependencies => {
            "A dependency update can't be switched at run time: pin, test and watch instead.".into()
        }
        Intent::Housekeeping => "By its commits, the change is not meant to alter what users get.".into(),
        Intent::Refactor => {
            "A refactoring is to keep behaviour: compare old and new in review and tests instead.".into()
        }
        Intent::Removal => {
            "By its commits, the change takes something away: there is nothing new to switch off.".into()
        }
        Intent::Fix if lines < deserves.fix_lines => format!("A fix of {}: review instead of a flag.", count(lines)),
        Intent::Chore if gateable.iter().any(|candidate| tuned(candidate, deserves).is_some()) => return None,
        Intent::Chore if !new_code || lines < deserves.chore_lines => {
            format!("A chore of {}: review instead of a flag.", count(lines))
        }
        _ => return None,
    })
}

/// A limit, timeout or the like that was tuned by much.
pub(super) struct Tuned<'a> {
    pub(super) old: &'a str,
    pub(super) new: &'a str,
    /// The name of what was tuned.
    pub(super) name: &'a str,
}

pub(super) fn tuned<'a>(candidate: &Candidate<'a>, deserves: &Deserves) -> Option<Tuned<'a>> {
    let (old, new) = candidate.literal?;
    let number = |text: &str| text.replace('_', "").parse::<f64>().ok().filter(|it| it.is_finite() && *it > 0.0);
    let ratio = number(new)? / number(old)?;
    if ratio.max(1.0 / ratio) < deserves.tuned_factor {
        return None;
    }
    let in_line = candidate.site.source_line.split(|c: char| !c.is_alphanumeric() && c != '_');
    let mut names = in_line.chain(candidate.names.iter().copied()).chain(candidate.symbol);
    let tells = |name: &&str| words::split(name).iter().any(|word| deserves.tuned_words.contains(word));
    names.find(tells).map(|name| Tuned { old, new, name })
}

/// Added lines, each region once however many areas it touches.
fn size(candidates: &[&Candidate]) -> u32 {
    let regions: BTreeMap<_, u32> =
        candidates.iter().map(|candidate| ((candidate.path, candidate.lines), candidate.added_lines)).collect();
    regions.values().fold(0, |sum, lines| sum.saturating_add(*lines))
}

/// The areas of a change, the one that matters most first.
struct Areas<'c, 'a> {
    areas: Vec<AreaSize<'c, 'a>>,
}

struct AreaSize<'c, 'a> {
    tier: Tier,
    lines: u32,
    deserves: bool,
    candidates: Vec<&'c Candidate<'a>>,
}

impl<'c, 'a> Areas<'c, 'a> {
    fn new(gateable: &[&'c Candidate<'a>], deserves: &Deserves) -> Self {
        let mut by_area: BTreeMap<&str, Vec<&'c Candidate<'a>>> = BTreeMap::new();
        for candidate in gateable {
            by_area.entry(candidate.area).or_default().push(candidate);
        }
        let mut areas: Vec<AreaSize> = by_area
            .into_values()
            .map(|mut candidates| {
                candidates.sort_by_key(|candidate| prominence(candidate));
                let tier = candidates.iter().map(|candidate| candidate.tier).max().unwrap_or_default();
                let lines = size(&candidates);
                let new_code = candidates.iter().any(|candidate| {
                    candidate.new_declaration && candidate.added_lines >= deserves.new_declaration_lines
                });
                let enough = lines >= deserves.changed_lines.of(tier)
                    || (new_code && lines >= deserves.new_code_lines.of(tier))
                    || candidates.iter().any(|candidate| tuned(candidate, deserves).is_some());
                AreaSize { tier, lines, deserves: enough, candidates }
            })
            .collect();
        areas.sort_by_key(|area| (!area.deserves, Reverse((area.tier, area.lines)), prominence(area.candidates[0])));
        Self { areas }
    }

    fn too_small(&self) -> String {
        let lines = self.areas.iter().map(|area| area.lines).max().unwrap_or(0);
        format!("A small change ({} in one area): review instead of a flag.", count(lines))
    }
}

/// Sorts the candidate first that a flag would best be named after: the largest piece of code, new before changed.
fn prominence<'c>(candidate: &'c Candidate) -> impl Ord + use<'c> {
    let weight = candidate.added_lines.saturating_mul(if candidate.new_declaration { 2 } else { 1 });
    let named = candidate.site.in_function && candidate.symbol.is_some();
    (Reverse((candidate.tier, named, weight)), candidate.path, candidate.lines, candidate.finding)
}

fn groups<'c, 'a>(
    change: &'c Change<'a>,
    gateable: &[&'c Candidate<'a>],
    areas: &Areas<'c, 'a>,
    deserves: &Deserves,
) -> Vec<Group<'c, 'a>> {
    let mut deserving = areas.areas.iter().filter(|area| area.deserves);
    let Some(first) = deserving.next() else { return Vec::new() };
    let primary = first.candidates[0];
    let second = deserving.find(|area| {
        let other = area.candidates[0];
        other.new_declaration
            && primary.new_declaration
            && area.lines >= deserves.changed_lines.of(area.tier).saturating_mul(2)
            && apart(primary, other)
    });
    let own: Vec<&Candidate> = second.map_or(Vec::new(), |area| {
        let related = |candidate: &&&Candidate<'a>| apart(primary, candidate);
        area.candidates.iter().filter(related).copied().collect()
    });
    let of_second = |candidate: &Candidate| own.iter().any(|other| std::ptr::eq(*other, candidate));
    let mut groups = Vec::new();
    for (primary, second_group) in
        std::iter::once((primary, false)).chain(second.map(|area| (area.candidates[0], true)))
    {
        let covers: Vec<_> =
            gateable.iter().copied().filter(|candidate| of_second(candidate) == second_group).collect();
        let reuse = reuse::existing_flag(change, primary, &covers);
        groups.push(Group { primary, covers, reuse });
    }
    groups
}

/// True when two pieces of code are of different features: other folders, no word in common.
fn apart(one: &Candidate, other: &Candidate) -> bool {
    let folder = |candidate: &Candidate| candidate.path.as_str().rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let words = |candidate: &Candidate| -> BTreeSet<String> {
        words::split(candidate.symbol.unwrap_or(""))
            .into_iter()
            .chain(words::split(candidate.path.file_name()))
            .collect()
    };
    // Every file of a language shares its extension.
    let shared = words(one).intersection(&words(other)).any(|word| Some(word.as_str()) != one.path.extension());
    folder(one) != folder(other) && !shared
}

fn count(lines: u32) -> String {
    if lines == 1 { "1 line".into() } else { format!("{lines} lines") }
}

fn list(keys: &[&str]) -> String {
    let shown: Vec<String> = keys.iter().take(3).map(|key| format!("`{key}`")).collect();
    let more = if keys.len() > shown.len() { ", ..." } else { "" };
    shown.join(", ") + more
}

/// A clause as a sentence of its own.
fn sentence(clause: &str) -> String {
    format!("{}.", capitalized(clause.trim().trim_end_matches('.')))
}
