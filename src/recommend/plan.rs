//! What kind of flag, how to roll it out, and what its kill switch does and does not do.

use super::decide::{self, Group, Tuned};
use super::reuse::Why;
use super::tables::{RolloutTable, Stage};
use super::{Candidate, words};
use crate::report::{FlagKind, FlagValueType, KillSwitch, RecommendedFlag, RolloutStage};
use crate::rules::words::capitalized;
use crate::terms::Tier;
use std::collections::BTreeSet;

/// No name from the repository takes more room in a text.
const NAME_LENGTH: usize = 80;

/// More alternatives than this are data, not variations.
const MAX_VARIATIONS: usize = 5;

/// A flag without its name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape<'a> {
    pub(super) value_type: FlagValueType,
    pub(super) kind: FlagKind,
    /// The safe one first.
    pub(super) variations: Vec<String>,
    pub(super) temporary: bool,
    /// The name of the number that was tuned.
    pub(super) tuned: Option<&'a str>,
}

pub(super) fn shape<'a>(candidate: &Candidate<'a>, subjects: &[&str], table: &RolloutTable) -> Shape<'a> {
    if let Some(Tuned { old, new, name }) = decide::tuned(candidate, &table.deserves) {
        // A limit is turned by operators for as long as it exists.
        let variations = vec![number(old), number(new)];
        let (value_type, kind) = (FlagValueType::Number, FlagKind::KillSwitch);
        return Shape { value_type, kind, variations, temporary: false, tuned: Some(name) };
    }
    let kind = kind(candidate, subjects, table);
    let temporary = matches!(kind, FlagKind::Release | FlagKind::Experiment);
    let mut variations = alternatives(candidate);
    if variations.is_empty() && kind == FlagKind::Experiment {
        variations = vec!["control".into(), "treatment".into()];
    }
    if variations.is_empty() {
        let variations = vec!["false".into(), "true".into()];
        return Shape { value_type: FlagValueType::Boolean, kind, variations, temporary, tuned: None };
    }
    Shape { value_type: FlagValueType::String, kind, variations, temporary, tuned: None }
}

fn kind(candidate: &Candidate, subjects: &[&str], table: &RolloutTable) -> FlagKind {
    let said: BTreeSet<String> =
        candidate.symbol.into_iter().chain(subjects.iter().copied().take(20)).flat_map(words::split).collect();
    let fits = table.kinds.iter().find(|rule| {
        (rule.areas.is_empty() || rule.areas.iter().any(|area| area == candidate.area))
            && (rule.words.is_empty() || rule.words.iter().any(|word| said.contains(word)))
    });
    fits.map_or(FlagKind::Release, |rule| rule.kind)
}

/// The values to choose among: the old way first. Empty for a change that is on or off.
fn alternatives(candidate: &Candidate) -> Vec<String> {
    if let Some((old, new)) = candidate.replaced {
        let (old, new) = (words::split(old), words::split(new));
        // What tells `stripeGateway.charge` from `adyenGateway.charge`.
        let differs = |one: &[String], other: &[String]| one.iter().find(|word| !other.contains(word)).cloned();
        if let (Some(old), Some(new)) = (differs(&old, &new), differs(&new, &old)) {
            return vec![old, new];
        }
        return vec!["control".into(), "v2".into()];
    }
    let mut choices: Vec<String> = Vec::new();
    for choice in &candidate.choices {
        let choice = words::split(choice).join("-");
        if !choice.is_empty() && !choices.contains(&choice) && choice != "control" {
            choices.push(choice);
        }
    }
    if (2..MAX_VARIATIONS).contains(&choices.len()) {
        choices.insert(0, "control".into());
        return choices;
    }
    Vec::new()
}

/// A numeric literal without its separators: `600_000` -> `600000`.
fn number(literal: &str) -> String {
    literal.chars().filter(|c| *c != '_').take(30).collect()
}

pub(super) fn rollout(candidate: &Candidate, flag: &RecommendedFlag, table: &RolloutTable) -> Vec<RolloutStage> {
    let area = table.area(candidate.area);
    let stages = match flag.kind {
        FlagKind::Experiment => &table.stages.experiment,
        _ if !flag.temporary => &table.stages.permanent,
        _ if candidate.tier == Tier::Critical => &table.stages.critical,
        _ => &table.stages.high,
    };
    let stage = |stage: &Stage| RolloutStage {
        audience: match (&stage.audience, stage.percent) {
            (Some(audience), _) => audience.clone(),
            (None, Some(100)) => format!("all {}", area.unit),
            (None, percent) => format!("{}% of {}", percent.unwrap_or(100), area.unit),
        },
        percent: stage.percent,
        bake_hours: stage.bake_hours,
        watch: capitalized(&stage.watch.replace("{watch}", &area.watch)),
    };
    stages.iter().map(stage).collect()
}

pub(super) fn kill_switch(candidate: &Candidate, flag: &RecommendedFlag, table: &RolloutTable) -> KillSwitch {
    let area = table.area(candidate.area);
    let template = match flag.value_type {
        FlagValueType::Number => &table.off_number,
        FlagValueType::String => &table.off_string,
        FlagValueType::Boolean if candidate.new_declaration => &area.off.new,
        FlagValueType::Boolean => &area.off.changed,
    };
    let place = place(candidate);
    let old = flag.variations.first().map_or("", String::as_str);
    let (mut clean_up, mut cannot_undo) = (area.clean_up.clone(), area.cannot_undo.clone());
    let does: BTreeSet<String> =
        candidate.symbol.iter().chain(candidate.names.iter().take(40)).flat_map(|name| words::split(name)).collect();
    for effect in table.effects.iter().filter(|effect| effect.words.iter().any(|word| does.contains(word))) {
        for (text, list) in [(&effect.clean_up, &mut clean_up), (&effect.cannot_undo, &mut cannot_undo)] {
            list.extend(text.iter().filter(|text| !list.contains(text)).cloned().collect::<Vec<_>>());
        }
    }
    if flag.temporary {
        clean_up.push("When it stays off, remove the new path and the flag.".into());
    }
    KillSwitch { when_off: template.replace("{old}", old).replace("{symbol}", &place), clean_up, cannot_undo }
}

/// Why this flag, in one or two sentences.
pub(super) fn rationale(group: &Group, flag: &RecommendedFlag) -> String {
    let candidate = group.primary;
    let place = format!("`{}`", place(candidate));
    let what = match (candidate.new_declaration, &flag.value_type) {
        (_, FlagValueType::Number) => {
            format!("{place} changes a limit from {} to {}", flag.variations[0], flag.variations[1])
        }
        (true, _) => format!("{place} is new"),
        (false, _) => format!("{place} changes what it does"),
    };
    let evidence = candidate.evidence.first().map(|evidence| format!(": {}", clause(evidence))).unwrap_or_default();
    let gated = match candidate.gates_nearby.iter().any(|gate| gate.same_declaration) {
        true => "only part of it stands behind a flag",
        false => "no flag gates it",
    };
    let area = printable(candidate.area, NAME_LENGTH);
    let tier = if candidate.tier == Tier::Critical { "Critical" } else { "High" };
    let first = format!("{what} (area {area}, {tier} impact{evidence}), and {gated}.");
    let second = match &group.reuse {
        Some(reuse) => {
            let key = printable(reuse.key, NAME_LENGTH);
            match reuse.why {
                Why::SameFunction => format!(
                    "`{key}` already gates code of the same function: use it here too, and check for whom it is on."
                ),
                Why::Unread => format!("This change defines `{key}`, but nothing reads it yet: use it here."),
                Why::CoversRest => format!("`{key}` gates the rest of this change: put this behind it too."),
                Why::SameSubject => {
                    format!("`{key}` already exists for this feature: use it here too, and check for whom it is on.")
                }
            }
        }
        None if flag.value_type == FlagValueType::Number => {
            "As a number flag it can be turned back without a deploy.".into()
        }
        None => "Behind a flag it can ship dark, reach a few first, and be switched off without a deploy.".into(),
    };
    format!("{first} {second}")
}

/// What to call the code: its symbol, else its file.
fn place(candidate: &Candidate) -> String {
    let name = candidate.symbol.unwrap_or_else(|| candidate.path.file_name());
    let name = printable(name, NAME_LENGTH);
    if name.is_empty() { "the changed code".into() } else { name }
}

/// Text of the repository, safe inside a sentence and backticks; renderers still escape it.
pub(super) fn printable(text: &str, length: usize) -> String {
    text.chars().filter(|c| !c.is_control() && *c != '`').take(length).collect()
}

/// A clause of evidence, whose code stands in backticks already.
fn clause(evidence: &str) -> String {
    let clause: String = evidence.chars().filter(|c| !c.is_control()).take(120).collect();
    if clause.matches('`').count().is_multiple_of(2) { clause } else { clause.replace('`', "") }
}
