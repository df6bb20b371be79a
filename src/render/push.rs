//! What a pre-push hook says: a line for what is well, the short report for what stops the push and how to go on.

use super::escape::{NAME, SENTENCE, visible};
use super::{RenderOptions, terminal, words};
use crate::git::push::Unknown;
use crate::hook::place::Plan;
use crate::report::{Finding, Report};
use crate::terms::{Policy, Severity};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

/// What became of some names of a push.
pub(crate) struct Push {
    /// `main`, `v1.4`; at least one.
    pub(crate) names: Vec<String>,
    pub(crate) outcome: PushOutcome,
}

pub(crate) enum PushOutcome {
    Judged(Box<Report>),
    Unknown(Unknown),
}

/// Names that are listed in one line.
const LISTED: usize = 3;

/// Findings of one report that are listed.
const FINDINGS: usize = 12;

/// Writes what is to be said before a push; `left_out` names were not looked at.
pub(crate) fn render_push(
    pushes: &[Push],
    left_out: usize,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut stopped: Vec<&Report> = Vec::new();
    for push in pushes {
        let names = names(&push.names);
        match &push.outcome {
            PushOutcome::Unknown(why) => writeln!(out, "preflag: {names}: not judged, {}.", unknown(*why))?,
            PushOutcome::Judged(report) if report.verdict.policy == Policy::Fail => stopped.push(report),
            PushOutcome::Judged(report) => {
                let sign = words::policy_sign(report.verdict.policy);
                let reasons: Vec<String> =
                    report.verdict.reasons.iter().map(|reason| visible(reason, SENTENCE)).collect();
                match report.verdict.policy {
                    Policy::Warn => {
                        writeln!(out, "preflag: {sign} {names}: {}", reasons.join(" "))?;
                        writeln!(out, "  See it with `{}`.", command(report))?;
                    }
                    // What was let pass by a waiver is said, too.
                    _ if !report.waivers.is_empty() => writeln!(out, "preflag: {sign} {names}: {}", reasons.join(" "))?,
                    _ => writeln!(out, "preflag: {sign} {names}: {}", reasons.first().map_or("", String::as_str))?,
                }
            }
        }
    }
    if left_out > 0 {
        writeln!(out, "preflag: {left_out} more names were not judged; push fewer at once to have them judged.")?;
    }
    for push in pushes {
        if let PushOutcome::Judged(report) = &push.outcome
            && report.verdict.policy == Policy::Fail
        {
            writeln!(out)?;
            terminal::brief(&short(report, &push.names), options, out)?;
            writeln!(out, "\nThe whole report: {}", command(report))?;
        }
    }
    if stopped.is_empty() { Ok(()) } else { how_to_go_on(&stopped, out) }
}

fn how_to_go_on(stopped: &[&Report], out: &mut dyn Write) -> io::Result<()> {
    let areas: BTreeSet<&str> = stopped
        .iter()
        .flat_map(|report| report.findings.iter().filter(|finding| stops(finding)))
        .map(|finding| finding.area.as_deref().unwrap_or(&finding.rule))
        // It stands in a command that is copied.
        .filter(|area| area.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))
        .collect();
    let trailers: Vec<String> = match areas.is_empty() {
        true => vec!["--trailer 'Preflag-Waive: AREA: REASON'".to_owned()],
        false => areas.iter().map(|area| format!("--trailer 'Preflag-Waive: {area}: REASON'")).collect(),
    };
    writeln!(
        out,
        "\npreflag stopped this push. To go on, one of:\n\
         \x20 put it behind a flag or change it, commit, and push again\n\
         \x20 ship without a flag, with a reason that stays on record, and push again:\n\
         \x20   git commit --allow-empty -m 'Ship without a flag' {}\n\
         \x20 push without preflag, once:\n\
         \x20   git push --no-verify",
        trailers.join(" ")
    )
}

fn stops(finding: &Finding) -> bool {
    finding.severity == Severity::Error && !finding.known && finding.waived_by.is_none()
}

/// The report with what stops the push, and nothing else.
fn short(report: &Report, pushed: &[String]) -> Report {
    let mut short = report.clone();
    short.range.name = names(pushed);
    short.verdict.score = None;
    short.score = None;
    short.signals.clear();
    short.notices.clear();
    short.waivers.clear();
    short.flags = Default::default();
    short.findings.retain(stops);
    let is_shown = |id: &String| short.findings.iter().any(|finding| finding.id == *id);
    short.recommendations.retain(|recommendation| recommendation.covers.iter().any(is_shown));
    let more = short.findings.len().saturating_sub(FINDINGS);
    short.findings.truncate(FINDINGS);
    if more > 0 {
        short.verdict.reasons.push(format!("{more} more such findings are in the whole report."));
    }
    short
}

/// The command that says more; hashes only, so nothing of the repository stands in it.
fn command(report: &Report) -> String {
    let short = |hash: &str| hash.get(..12).unwrap_or(hash).to_owned();
    format!("preflag scan {}..{}", short(&report.range.base), short(&report.range.head))
}

fn names(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(LISTED).map(|name| visible(name, NAME / 3)).collect();
    if names.len() > LISTED {
        shown.push(format!("{} more", names.len() - LISTED));
    }
    shown.join(", ")
}

fn unknown(why: Unknown) -> &'static str {
    match why {
        Unknown::NothingThere => "since nothing is known there to compare it with (a first push)",
        Unknown::Unrelated => "since it has no commit in common with what is there",
        Unknown::Shallow => "since the history of this shallow clone ends before it (`git fetch --unshallow`)",
    }
}

/// A path as people read it.
pub(crate) fn visible_path(path: &Path) -> String {
    visible(&path.display().to_string(), SENTENCE)
}

/// Says what was done about the hook, or what is to be done.
pub(crate) fn render_hook_plan(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    match plan {
        Plan::Write { path } => writeln!(
            out,
            "Wrote {}: every `git push` is judged first now. `git push --no-verify` goes without it.",
            visible_path(path)
        ),
        Plan::Installed { path } => writeln!(out, "{} runs preflag already; nothing was done.", visible_path(path)),
        Plan::Edited { path } => {
            writeln!(out, "{} is an edited hook of preflag; it was left as it is.", visible_path(path))
        }
        Plan::Add(advice) => {
            writeln!(
                out,
                "{}. Nothing was written. Add this to {}, {}:\n",
                advice.why,
                visible_path(&advice.place),
                advice.spot
            )?;
            for line in advice.lines.lines() {
                writeln!(out, "{line}")?;
            }
            match advice.then {
                None => Ok(()),
                Some(then) => writeln!(out, "\nThen run: {then}"),
            }
        }
    }
}
