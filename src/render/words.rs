//! Wording that several formats share, so that a team reads the same words in the terminal, the comment and the log.
//!
//! Names of the repository stand between backticks here; escaping is left to each format.

use super::escape::{NAME, visible};
use crate::location::RepoPath;
use crate::report::{
    Finding, FlagKind, FlagReference, FlagValueType, Gate, Range, Recommendation, RecommendedFlag, Report,
    RolloutStage, Score, Signal, WaiverStatus,
};
use crate::rules::words::capitalized;
use crate::terms::{Coverage, Outcome, Polarity, Policy, Severity, Side, Tier};
use std::collections::BTreeMap;

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Critical => "critical",
        Tier::High => "high",
        Tier::Moderate => "moderate",
        Tier::None => "nothing sensitive",
    }
}

/// Signals that say most about a score, if nothing more is asked for.
const STRONGEST: usize = 4;

/// Below this score, nobody needs more than half of them.
const CALM: u8 = 50;

/// Fewer points are not worth a line (points).
const LEAST_POINTS: i32 = 2;

/// Why the score is what it is: the signals that weigh most.
pub(super) fn strongest(report: &Report) -> impl Iterator<Item = &Signal> {
    let is_calm = report.verdict.score.is_none_or(|score| score < CALM);
    let count = if is_calm { STRONGEST / 2 } else { STRONGEST };
    report.signals.iter().filter(|signal| signal.points.abs() >= LEAST_POINTS).take(count)
}

/// `+12`, `−3`, and a dot for nothing.
pub(super) fn points(points: i32) -> String {
    match points {
        0 => "·".to_owned(),
        less if less < 0 => format!("−{}", less.unsigned_abs()),
        more => format!("+{more}"),
    }
}

/// What the score says: how often, and where the change stands among the repository's own.
pub(super) fn score(score: &Score) -> String {
    let own = score.percentile.as_ref().map(|own| {
        format!("Its likelihood is higher than that of {}% of the last {} changes here.", own.above, own.changes)
    });
    joined(&[Some(score.text.clone()), own].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>())
}

/// What would lower the score; `None` where nothing would.
pub(super) fn levers(score: &Score) -> Option<String> {
    let levers: Vec<String> =
        score.levers.iter().map(|lever| format!("{} {}", lever.action, points(lever.points))).collect();
    (!levers.is_empty()).then(|| levers.join("; "))
}

/// Who could review, where the author is new; `None` where nobody is known.
pub(super) fn reviewers(score: &Score) -> Option<String> {
    let people: Vec<String> =
        score.reviewers.iter().map(|reviewer| format!("{} ({})", reviewer.name, reviewer.knows)).collect();
    (!people.is_empty()).then(|| people.join("; "))
}

/// Nothing is said where there is nothing to cover.
fn coverage(coverage: Coverage) -> Option<&'static str> {
    match coverage {
        Coverage::Covered => Some("covered"),
        Coverage::Partial => Some("partly covered"),
        Coverage::Uncovered => Some("uncovered"),
        Coverage::Na => None,
    }
}

/// What the headline says of the change, part by part; short where there is nothing to say.
pub(crate) fn headline(report: &Report) -> Vec<&'static str> {
    let verdict = &report.verdict;
    match verdict.tier {
        Tier::None if report.range.files == 0 && report.range.left_out > 0 => vec!["no changes in these paths"],
        Tier::None if report.range.files == 0 => vec!["no changes"],
        Tier::None if verdict.outcome == Outcome::NotSuited => vec![tier(verdict.tier)],
        _ => {
            let mut parts = vec![tier(verdict.tier)];
            parts.extend(coverage(verdict.coverage));
            parts.push(outcome(verdict.outcome));
            parts
        }
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Suggested => "flag suggested",
        Outcome::ReuseExisting => "reuse a flag",
        Outcome::AlreadyFlagged => "already flagged",
        Outcome::NotSuited => "no flag asked for",
    }
}

/// A sign for the policy's verdict, the same in every format.
pub(super) fn policy_sign(policy: Policy) -> &'static str {
    match policy {
        Policy::Pass => "✓",
        Policy::Warn => "▲",
        Policy::Fail => "✗",
    }
}

/// A sign for a finding. A note about covered code is good news.
pub(super) fn finding_sign(finding: &Finding) -> &'static str {
    match (finding.severity, finding.coverage) {
        // Decided: nothing is to be done about it.
        _ if finding.waived_by.is_some() => "·",
        (Severity::Error, _) => "✗",
        (Severity::Warning, _) => "▲",
        (Severity::Note, Coverage::Covered) => "✓",
        (Severity::Note, _) => "·",
    }
}

/// `:41`, or `:41-58` for several lines; nothing for a finding about the whole file.
pub(super) fn lines(finding: &Finding) -> String {
    match (finding.start_line, finding.end_line) {
        (0, _) => String::new(),
        (start, end) if end > start => format!(":{start}-{end}"),
        (start, _) => format!(":{start}"),
    }
}

/// What to say where a finding is about lines that the change removes, and that nobody can open any more.
pub(super) fn removed_lines(finding: &Finding) -> Option<String> {
    (finding.side == Side::Old).then(|| match lines(finding).trim_start_matches(':') {
        "" => "Removed code.".to_owned(),
        lines if lines.contains('-') => format!("Removed code: lines {lines} before this change."),
        line => format!("Removed code: line {line} before this change."),
    })
}

/// One gate: the flag, and `off` where the code runs when the flag is off.
pub(super) fn gate(gate: &Gate) -> (&str, Option<&'static str>) {
    (&gate.flag, (gate.polarity == Polarity::Off).then_some("off"))
}

/// What stands in the place of gates where there are none.
pub(super) fn no_gate(finding: &Finding) -> &'static str {
    match finding.coverage {
        Coverage::Na => "–",
        _ => "no flag",
    }
}

pub(super) fn flag_type(flag: &RecommendedFlag) -> String {
    let value = match flag.value_type {
        FlagValueType::Boolean => "boolean",
        FlagValueType::String => "string",
        FlagValueType::Number => "number",
    };
    let kind = match flag.kind {
        FlagKind::Release => "release flag",
        FlagKind::KillSwitch => "kill switch",
        FlagKind::Experiment => "experiment",
        FlagKind::Permission => "permission flag",
    };
    let life = if flag.temporary { "temporary" } else { "permanent" };
    format!("{value} {kind}, {life}")
}

/// `yes / no`: the values a flag can take; a boolean's go without saying.
pub(super) fn variations(flag: &RecommendedFlag) -> Option<String> {
    (flag.value_type != FlagValueType::Boolean && !flag.variations.is_empty()).then(|| flag.variations.join(" / "))
}

/// How a recommendation begins, before the key.
pub(super) fn recommendation(recommendation: &Recommendation) -> &'static str {
    match recommendation.outcome {
        Outcome::ReuseExisting => "Reuse the flag",
        _ => "Add a flag",
    }
}

/// `24 h`, `3 days`.
pub(super) fn bake(hours: u32) -> String {
    match hours {
        0 => String::new(),
        _ if hours >= 48 && hours.is_multiple_of(24) => format!("{} days", hours / 24),
        _ => format!("{hours} h"),
    }
}

/// The place that shows a flag best: its first evaluation, else its first definition.
pub(super) fn best_reference(references: &[FlagReference]) -> Option<&FlagReference> {
    references.iter().find(|reference| !reference.definition).or(references.first())
}

pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `F1`, `F1 and F2`, `F1, F2 and F3`, `F1, F2 and 7 more`.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] if words.len() <= 4 => format!("{} and {last}", init.join(", ")),
        [first, second, third, rest @ ..] => format!("{first}, {second}, {third} and {} more", rest.len()),
        [..] => words.join(" and "),
    }
}

/// The range as it was asked for, with commit ids as short as people write them.
pub(super) fn range_name(range: &Range) -> String {
    let name = visible(&range.name, NAME);
    let mut short = String::with_capacity(name.len());
    let mut rest = name.as_str();
    while !rest.is_empty() {
        let hex = rest.find(|character: char| !matches!(character, '0'..='9' | 'a'..='f')).unwrap_or(rest.len());
        short.push_str(&rest[..if hex == 40 { 9 } else { hex }]);
        let next = rest[hex..].chars().next().map_or(0, char::len_utf8);
        short.push_str(&rest[hex..hex + next]);
        rest = &rest[hex + next..];
    }
    short
}

/// One sentence or clause after the other, whether they end in a full stop or not.
pub(super) fn joined(clauses: &[String]) -> String {
    let mut joined = String::new();
    for clause in clauses {
        match joined.chars().last() {
            None => {}
            Some('.' | '!' | '?' | ';') => joined.push(' '),
            Some(_) => joined.push_str("; "),
        }
        joined.push_str(clause.trim());
    }
    joined
}

/// What to watch in a stage; `None` where it is what the stage before watches.
pub(super) fn watch(rollout: &[RolloutStage], at: usize) -> Option<&str> {
    let repeated = at > 0 && rollout[at - 1].watch == rollout[at].watch;
    (!repeated).then_some(rollout[at].watch.as_str())
}

/// Notices that say the same, together: the reason, and the paths it is about.
pub(super) fn notices(report: &Report) -> Vec<(&str, Vec<&RepoPath>)> {
    let mut groups: Vec<(&str, Vec<&RepoPath>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for notice in &report.notices {
        let at = *places.entry(&notice.reason).or_insert(groups.len());
        if at == groups.len() {
            groups.push((&notice.reason, Vec::new()));
        }
        groups[at].1.extend(&notice.path);
    }
    groups
}

/// The next step, as one sentence or two; `None` when there is nothing to do.
pub(super) fn next_step(report: &Report) -> Option<String> {
    let step = next_for_flags(report)?;
    let failing = || report.findings.iter().filter(|finding| is_open(finding) && finding.area.is_some());
    // Of equals, the first.
    let loudest = failing().rev().max_by_key(|finding| (finding.severity, finding.tier));
    // Who was refused once need not hear it again.
    let refused = report.waivers.iter().any(|waiver| waiver.status == WaiverStatus::Refused);
    let fails = report.verdict.policy == Policy::Fail && !refused;
    Some(match loudest.filter(|_| fails).and_then(|finding| finding.area.as_deref()) {
        Some(area) => format!(
            "{step} To ship as it is, say why in the last paragraph of a commit's message: `Preflag-Waive: {}: REASON`.",
            area.replace('`', "'")
        ),
        None => step,
    })
}

/// Whether all that is loudest stands in the open and could be behind a flag.
fn could_be_gated(report: &Report) -> bool {
    let mut loud = report.findings.iter().filter(|finding| is_open(finding) && finding.severity == Severity::Error);
    let gateable = |finding: &Finding| matches!(finding.coverage, Coverage::Uncovered | Coverage::Partial);
    loud.next().is_some_and(gateable) && loud.all(gateable)
}

/// Whether somebody still has to look at it.
fn is_open(finding: &Finding) -> bool {
    !finding.known && finding.waived_by.is_none() && finding.severity > Severity::Note
}

fn next_for_flags(report: &Report) -> Option<String> {
    let open = report.findings.iter().any(is_open);
    let waived = |id: &String| report.findings.iter().any(|finding| finding.id == *id && finding.waived_by.is_some());
    // What is waived needs no flag; without anything else there is nothing to do.
    if !open && report.findings.iter().any(|finding| finding.waived_by.is_some()) {
        return None;
    }
    let fails = report.verdict.policy == Policy::Fail;
    let wanted: Vec<&Recommendation> = report
        .recommendations
        .iter()
        .filter(|recommendation| recommendation.covers.is_empty() || !recommendation.covers.iter().all(waived))
        .collect();
    let steps: Vec<String> = wanted.iter().take(3).map(|recommendation| step(recommendation, waived)).collect();
    let more = wanted.len().saturating_sub(steps.len());
    if !steps.is_empty() {
        let more = if more > 0 { format!("; {more} more above") } else { String::new() };
        return Some(format!("{}{more}. Then scan again.", capitalized(&steps.join("; "))));
    }
    match report.verdict.outcome {
        Outcome::Suggested => Some("Put the uncovered findings behind a flag, then scan again.".into()),
        Outcome::ReuseExisting => {
            Some("Put the uncovered findings behind the feature's own flag, then scan again.".into())
        }
        Outcome::AlreadyFlagged if open => Some("Settle the findings above before the flag is switched on.".into()),
        Outcome::AlreadyFlagged => Some("Ship with the flag off, then roll it out in stages.".into()),
        Outcome::NotSuited if fails && could_be_gated(report) => Some(
            "No flag is asked for, though one would settle this: review the findings above before you merge.".into(),
        ),
        Outcome::NotSuited if fails => {
            Some("A flag does not settle this: review the findings above before you merge.".into())
        }
        Outcome::NotSuited if open => Some("Review the findings above; a flag is not asked for.".into()),
        Outcome::NotSuited => None,
    }
}

pub(super) fn step(recommendation: &Recommendation, waived: impl Fn(&String) -> bool) -> String {
    let covers: Vec<String> = recommendation.covers.iter().filter(|id| !waived(id)).cloned().collect();
    let covers = if covers.is_empty() { "the change".to_owned() } else { listed(&covers) };
    let which = match recommendation.outcome {
        Outcome::ReuseExisting => "the existing flag",
        _ => "a new flag",
    };
    // A backtick in a key would end the quotation; every format shows it as a plain quote.
    format!("put {covers} behind {which} `{}`", recommendation.flag.key.replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stay_short() {
        let ids = |n: usize| (1..=n).map(|n| format!("F{n}")).collect::<Vec<_>>();
        assert_eq!(listed(&ids(1)), "F1");
        assert_eq!(listed(&ids(2)), "F1 and F2");
        assert_eq!(listed(&ids(4)), "F1, F2, F3 and F4");
        assert_eq!(listed(&ids(9)), "F1, F2, F3 and 6 more");
    }

    #[test]
    fn commit_ids_are_short() {
        let report = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/reports/empty.json"));
        let report: Report = serde_json::from_str(&report.expect("a sample")).expect("a report");
        let short = |name: &str| range_name(&Range { name: name.to_owned(), ..report.range.clone() });
        let id = "29341f77b2ba38adac953f45687cff92badd431e";
        assert_eq!(short(&format!("{id}^..{id}")), "29341f77b^..29341f77b");
        assert_eq!(short("origin/main..feature/deadbeef-税"), "origin/main..feature/deadbeef-税");
    }

    #[test]
    fn clauses_join_with_one_stop() {
        assert_eq!(joined(&["Mend it.".into(), "Sweep".into(), "rest".into()]), "Mend it. Sweep; rest");
    }

    #[test]
    fn bake_times_are_in_hours_or_whole_days() {
        assert_eq!([bake(0), bake(24), bake(36), bake(48)], ["", "24 h", "36 h", "2 days"]);
    }
}
