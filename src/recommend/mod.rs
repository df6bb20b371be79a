//! Does this change deserve a feature flag, which one, and how is it rolled out?
//!
//! Pure functions over a [`Change`] that the caller fills: nothing here reads a repository, a syntax tree or a clock.
//! It is not a check and finds nothing; it only advises on findings that exist. Whether code is gated is decided by
//! `gating`, what CI does by `policy`.
//!
//! Recommendations are rare and good: most changes get none, a change gets one, and two only when it brings two
//! features. Code under test, docs, vendored and generated code never become candidates, so they are not asked about here.
//!
//! # The decision
//!
//! The first row that fits decides ([`decide`]). The numbers are data: `deserves` in `rules/rollout.yaml`.
//!
//! | the change | outcome | why |
//! |---|---|---|
//! | is covered | already-flagged | its risky code runs only with a flag on |
//! | removes or edits flags | not-suited | removing a flag or flipping a default has a verdict of its own |
//! | brings a flag that is read | already-flagged | the findings say which part the flag misses |
//! | has no candidate of High or Critical tier | not-suited | the impact is too small for a flag to pay |
//! | is only schema and the like | not-suited | a flag can't gate it; the area says what helps instead |
//! | is only a data contract (an added field) | not-suited | compatibility is what counts there |
//! | is a script that people run by hand | not-suited | whoever runs it is the switch |
//! | only removes code, or mostly | not-suited | nothing new is left to switch off |
//! | is a revert, refactoring, removal, dependency update, docs or tests by its commits | not-suited | there are better safeguards |
//! | is a fix below `fix-lines` | not-suited | review instead |
//! | is a chore without new code or below `chore-lines` | not-suited | review instead |
//! | is small: below `changed-lines`, and below `new-code-lines` where it brings new code | not-suited | review instead |
//! | belongs to a feature with a flag: in the function, brought but read nowhere, over the rest of the change, or of the same subject nearby | reuse-existing | one feature, one switch |
//! | is anything else | suggested | new or changed behaviour in a sensitive area |
//!
//! Where a flag gates a part of the change, a Critical change in a file without any flag is judged by the rows below those
//! about flags, unless flags are removed.
//!
//! A number tuned by much (timeout, limit, batch size) is never small: a number flag turns it back at once. A candidate
//! falls out by its own rows; the change is not-suited when none is left, and the reasons are those of all of them.
//!
//! # The flag
//!
//! | part | from | in |
//! |---|---|---|
//! | key, name | the code's own names, in the style of the repository's keys | [`naming`] |
//! | type, variations, kind | what the change does: on/off, alternatives, a tuned number | [`plan`] |
//! | rollout, kill switch | tier and area | [`plan`], `rules/rollout.yaml` |
//! | code to paste | language and SDK | [`snippet`], `rules/snippets.yaml` |

mod decide;
mod naming;
mod plan;
mod reuse;
mod snippet;
mod tables;
mod words;

#[cfg(test)]
mod tests;

use crate::config::KeyStyle;
use crate::location::{LineRange, RepoPath};
use crate::report::{FlagKind, FlagValueType, Recommendation, RecommendedFlag};
use crate::terms::{Coverage, Outcome, Tier};
use std::collections::BTreeSet;
use tables::Tables;

/// A whole range, as far as advice needs to know it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Change<'a> {
    /// The commits' subjects, newest first.
    pub(crate) subjects: Vec<&'a str>,
    /// Of the behaviour that matters, as the verdict has it.
    pub(crate) coverage: Coverage,
    /// Keys that the change adds and something evaluates.
    pub(crate) flags_added: Vec<&'a str>,
    /// Keys that the change defines and nothing evaluates.
    pub(crate) flags_unread: Vec<&'a str>,
    /// How many flags' evaluations, definitions or defaults are edited.
    pub(crate) flags_modified: usize,
    pub(crate) flags_removed: usize,
    /// Keys that gate other parts of this change.
    pub(crate) flags_covering: Vec<&'a str>,
    /// Flags evaluated or defined anywhere in the changed files, on both sides: the naming style is learned from them.
    pub(crate) known_flags: Vec<KnownFlag<'a>>,
    /// One for each uncovered or partly covered finding.
    pub(crate) candidates: Vec<Candidate<'a>>,
    /// What the config wants in place of what the repository's own use says.
    pub(crate) wishes: Wishes<'a>,
}

/// What people decided about recommendations in the config.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wishes<'a> {
    /// How keys are written.
    pub(crate) key_style: Option<KeyStyle>,
    /// The rule pack whose SDK the code to paste uses.
    pub(crate) provider: Option<&'a str>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct KnownFlag<'a> {
    pub(crate) key: &'a str,
    /// The name that it is read through.
    pub(crate) constant: Option<&'a str>,
    /// The rule pack's id.
    pub(crate) provider: &'a str,
    /// How it is read, where it is.
    pub(crate) example: Option<Example<'a>>,
}

/// An evaluation as it stands in a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Example<'a> {
    /// The name in `language.yaml`.
    pub(crate) language: &'a str,
    /// The whole call: `this.flags.isEnabled("new-tax")`.
    pub(crate) code: &'a str,
}

/// A finding about changed code that no flag gates, or not wholly.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'a> {
    /// The finding's id.
    pub(crate) finding: &'a str,
    pub(crate) area: &'a str,
    pub(crate) tier: Tier,
    /// Why a flag can't gate it, in a few words, where the area says so.
    pub(crate) not_gateable: Option<&'a str>,
    /// Clauses for people, strongest first: "calls `stripe.charges.create`".
    pub(crate) evidence: Vec<&'a str>,
    pub(crate) path: &'a RepoPath,
    /// The changed lines on the new side.
    pub(crate) lines: LineRange,
    /// The name in `language.yaml`.
    pub(crate) language: Option<&'a str>,
    /// The enclosing declaration: `TaxService.calculateTax`.
    pub(crate) symbol: Option<&'a str>,
    /// Behavioural lines, without blank ones, comments and copy.
    pub(crate) added_lines: u32,
    pub(crate) removed_lines: u32,
    /// True when the declaration itself is new.
    pub(crate) new_declaration: bool,
    /// True when only the shape of data changes: a field of an answer, a property of a model.
    pub(crate) contract_only: bool,
    /// Identifiers added in the region, most frequent first.
    pub(crate) names: Vec<&'a str>,
    /// The old and the new literal, when the change is one tuned literal.
    pub(crate) literal: Option<(&'a str, &'a str)>,
    /// The old and the new callee, when the change puts one implementation in the place of another.
    pub(crate) replaced: Option<(&'a str, &'a str)>,
    /// The strings that added branches choose among: `case "stripe": ... case "adyen":`.
    pub(crate) choices: Vec<&'a str>,
    /// Keys of flags evaluated in the same file.
    pub(crate) flags_in_file: Vec<&'a str>,
    /// Flags that gate other code around the region.
    pub(crate) gates_nearby: Vec<NearbyGate<'a>>,
    /// What the snippet needs to know about the place.
    pub(crate) site: Site<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NearbyGate<'a> {
    pub(crate) key: &'a str,
    /// True when it gates code of the same function, false when of the same file.
    pub(crate) same_declaration: bool,
}

/// The place where a guard would go.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site<'a> {
    /// True inside the body of a function, where an early return can stand.
    pub(crate) in_function: bool,
    pub(crate) is_async: bool,
    /// The function's parameter names, without the receiver; empty when there are none or they are patterns.
    pub(crate) parameters: Vec<&'a str>,
    /// The first changed line, as written.
    pub(crate) source_line: &'a str,
    /// The whitespace in front of the first statement of the function (or of the changed line at module level).
    pub(crate) indentation: &'a str,
    /// The line where the guard goes, from 1: the first statement of the function, or the changed line.
    pub(crate) line: u32,
    /// True where the first statement of the function's block begins that line, so that others can be put before it.
    pub(crate) begins_line: bool,
    /// True where the function says what it returns, which leaving it early may not be.
    pub(crate) says_type: bool,
    /// Names that stand outside of functions and classes, so that every function can read them.
    pub(crate) module_names: BTreeSet<&'a str>,
}

/// What to do about a change.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Advice {
    pub(crate) outcome: Outcome,
    /// At most two; empty unless the outcome is to add or reuse a flag.
    pub(crate) recommendations: Vec<Recommendation>,
    /// Why there is no (other) recommendation: short sentences, each once.
    pub(crate) reasons: Vec<String>,
}

/// Advises on one change.
pub(crate) fn advise(change: &Change) -> Advice {
    let tables = Tables::built_in();
    let decision = decide::decide(change, &tables.rollout.deserves);
    let mut taken: Vec<String> = Vec::new();
    let mut recommendations = Vec::new();
    for group in &decision.groups {
        let recommendation = recommend(change, group, &mut taken, tables);
        // Two features that would get the same switch are one.
        if recommendations.iter().all(|earlier: &Recommendation| earlier.flag.key != recommendation.flag.key) {
            recommendations.push(recommendation);
        }
    }
    Advice { outcome: decision.outcome, recommendations, reasons: decision.reasons }
}

fn recommend(change: &Change, group: &decide::Group, taken: &mut Vec<String>, tables: &Tables) -> Recommendation {
    let shape = plan::shape(group.primary, &change.subjects, &tables.rollout);
    let flag = match &group.reuse {
        Some(reuse) => RecommendedFlag {
            key: reuse.key.to_owned(),
            name: naming::title(reuse.key),
            value_type: FlagValueType::Boolean,
            kind: FlagKind::Release,
            variations: vec!["false".into(), "true".into()],
            temporary: true,
        },
        None => {
            let naming::Name { key, title } = naming::name(group.primary, &shape, change, taken);
            taken.push(key.clone());
            RecommendedFlag {
                key,
                name: title,
                value_type: shape.value_type,
                kind: shape.kind,
                variations: shape.variations.clone(),
                temporary: shape.temporary,
            }
        }
    };
    Recommendation {
        outcome: if group.reuse.is_some() { Outcome::ReuseExisting } else { Outcome::Suggested },
        covers: group.covers.iter().map(|candidate| candidate.finding.to_owned()).collect(),
        rollout: plan::rollout(group.primary, &flag, &tables.rollout),
        kill_switch: plan::kill_switch(group.primary, &flag, &tables.rollout),
        snippet: snippet::snippet(group.primary, &flag, change, &tables.snippets),
        rationale: plan::rationale(group, &flag),
        flag,
    }
}
