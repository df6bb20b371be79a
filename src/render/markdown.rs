//! The report as a comment on a pull request: the verdict and what to do first, details folded.
//!
//! The first line is a hidden marker, by which the comment is found again. A comment may have 65,536 characters; where
//! that is not enough, rows are left out at the end of a list, whole, and the text says how many.

use super::escape::{NAME, markdown_code, markdown_fence, markdown_prose, visible};
use super::{waivers, words};
use crate::location::RepoPath;
use crate::report::{Finding, Flag, Recommendation, Report, Signal};
use crate::rules::words::capitalized;
use crate::terms::{Policy, Severity, Side};
use std::io::{self, Write};

/// The first line of every comment of ours, and of no other.
const MARKER: &str = "<!-- preflag:v1 -->";
/// Bytes, and so at most as many characters, up to which each part may fill the comment. The last leaves room for the
/// words about cuts and for the footer.
const FINDINGS_END: usize = 28_000;
const WAIVERS_END: usize = 34_000;
const RECOMMENDATIONS_END: usize = 48_000;
const DETAILS_END: usize = 60_000;

pub(super) fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut comment = Comment { text: format!("{MARKER}\n") };
    summary(&mut comment, report);
    findings(&mut comment, report);
    waived(&mut comment, report);
    recommendations(&mut comment, report);
    details(&mut comment, report);
    footer(&mut comment, report);
    out.write_all(comment.text.as_bytes())
}

struct Comment {
    text: String,
}

impl Comment {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A block with a blank line before it.
    fn block(&mut self, block: &str) {
        self.text.push('\n');
        self.line(block);
    }

    /// As many of these blocks as fit below `end`; how many did not.
    fn fill(&mut self, end: usize, blocks: impl Iterator<Item = String>) -> usize {
        let mut left_out = 0;
        for block in blocks {
            if left_out == 0 && self.text.len() + block.len() < end {
                self.line(&block);
            } else {
                left_out += 1;
            }
        }
        left_out
    }

    /// A folded section of rows or list items.
    fn folded(&mut self, title: &str, head: &str, rows: impl Iterator<Item = String>) {
        self.block(&format!("<details><summary>{title}</summary>\n"));
        if !head.is_empty() {
            self.line(head);
        }
        let left_out = self.fill(DETAILS_END, rows);
        if left_out > 0 {
            self.block(&format!("{left_out} more in the full report."));
        }
        self.block("</details>");
    }
}

fn summary(comment: &mut Comment, report: &Report) {
    let verdict = &report.verdict;
    let sign = match verdict.policy {
        Policy::Pass => "✅",
        Policy::Warn => "⚠️",
        Policy::Fail => "❌",
    };
    let score = verdict.score.map(|score| format!(" · score {score}")).unwrap_or_default();
    comment.line(&format!("### {sign} preflag: {}{score}", words::headline(report).join(" · ")));
    let mut reasons = verdict.reasons.iter();
    if let Some(first) = reasons.next() {
        comment.block(&markdown_prose(first));
    }
    let others: Vec<String> = reasons.map(|reason| format!("- {}", markdown_prose(reason))).collect();
    if !others.is_empty() {
        comment.line("");
        comment.fill(FINDINGS_END / 2, others.into_iter());
    }
    if let Some(step) = words::next_step(report) {
        comment.block(&format!("**What to do:** {}", markdown_prose(&step)));
    }
}

const FINDINGS_HEAD: &str = "| | Tier | Where | Gated by | Why |\n|---|---|---|---|---|";

fn findings(comment: &mut Comment, report: &Report) {
    let mut rows = report.findings.iter().filter(|finding| is_open(finding)).map(finding_row).peekable();
    if rows.peek().is_none() {
        return;
    }
    comment.block(FINDINGS_HEAD);
    let left_out = comment.fill(FINDINGS_END, rows);
    if left_out > 0 {
        let findings = words::count(left_out, "more finding is", "more findings are");
        comment.block(&format!("{findings} left out here: a comment has no room for more. See the full report."));
    }
}

/// Whether it belongs to what a reviewer must see; the rest is folded.
fn is_open(finding: &Finding) -> bool {
    !finding.known && finding.severity > Severity::Note
}

fn finding_row(finding: &Finding) -> String {
    let area = finding.area.as_deref().map(|area| format!("<br>{}", markdown_prose(area))).unwrap_or_default();
    let symbol = finding.symbol.as_deref().map(|symbol| format!("<br>{}", markdown_code(symbol))).unwrap_or_default();
    let removed = if finding.side == Side::Old { "<br>(removed)" } else { "" };
    let gates: Vec<String> = finding
        .gates
        .iter()
        .take(8)
        .map(|gate| {
            let (flag, off) = words::gate(gate);
            format!("{}{}", markdown_code(flag), off.map(|off| format!(" ({off})")).unwrap_or_default())
        })
        .collect();
    let gates = if gates.is_empty() { words::no_gate(finding).to_owned() } else { gates.join("<br>") };
    let waived =
        finding.waived_by.as_deref().map(|id| format!(", waived ({})", markdown_prose(id))).unwrap_or_default();
    format!(
        "| {} | {} {}{area} | {}{symbol}{removed} | {gates} | {}<br><sub>{}{waived}</sub> |",
        markdown_prose(&finding.id),
        words::finding_sign(finding),
        finding.tier,
        place(&finding.path, &words::lines(finding)),
        markdown_prose(&finding.message),
        markdown_prose(&finding.rule),
    )
}

/// Who lets what pass is for every reader, so it is not folded.
fn waived(comment: &mut Comment, report: &Report) {
    let rows: Vec<String> = waivers::shown(&report.waivers)
        .map(|waiver| {
            let (id, rule) = (markdown_prose(&waiver.id), markdown_code(&waiver.rule));
            let (paths, reason) = (waivers::paths(waiver, markdown_code), markdown_prose(&waiver.reason));
            let (origin, effect) = (markdown_prose(&waivers::origin(waiver)), markdown_prose(&waivers::effect(waiver)));
            format!("- **{id}** {rule}{paths}: {reason}<br><sub>{origin}; {effect}</sub>")
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    comment.block("**Waivers**\n");
    let left_out = comment.fill(WAIVERS_END, rows.into_iter());
    if left_out > 0 {
        comment.block(&format!("{} in the full report.", words::count(left_out, "more waiver", "more waivers")));
    }
}

fn place(path: &RepoPath, lines: &str) -> String {
    // The lines must survive when the path is cut.
    markdown_code(&format!("{}{lines}", visible(path.as_str(), NAME - 40)))
}

fn recommendations(comment: &mut Comment, report: &Report) {
    let left_out = comment.fill(RECOMMENDATIONS_END, report.recommendations.iter().map(recommendation));
    if left_out > 0 {
        comment.block(&format!(
            "{} in the full report.",
            words::count(left_out, "more recommendation", "more recommendations")
        ));
    }
}

fn recommendation(recommendation: &Recommendation) -> String {
    let flag = &recommendation.flag;
    let mut text = format!("\n#### {} {}\n", words::recommendation(recommendation), markdown_code(&flag.key));
    let covers = match words::listed(&recommendation.covers) {
        covers if covers.is_empty() => String::new(),
        covers => format!(" It covers {}.", markdown_prose(&covers)),
    };
    let values = words::variations(flag).map(|values| format!(": {}", markdown_prose(&values))).unwrap_or_default();
    let kind = capitalized(&words::flag_type(flag));
    text += &format!("\n{kind}{values}.{covers}\n\n{}\n", markdown_prose(&recommendation.rationale));
    if !recommendation.rollout.is_empty() {
        text += "\n| Stage | Who | Time | Watch |\n|---|---|---|---|\n";
        for (at, stage) in recommendation.rollout.iter().take(12).enumerate() {
            let (who, watch) = (markdown_prose(&stage.audience), words::watch(&recommendation.rollout, at));
            let watch = watch.map_or_else(|| "the same".to_owned(), markdown_prose);
            text += &format!("| {} | {who} | {} | {watch} |\n", at + 1, words::bake(stage.bake_hours));
        }
    }
    let kill = &recommendation.kill_switch;
    text += "\n";
    for (label, said) in [
        ("When it is off", kill.when_off.clone()),
        ("To clean up", words::joined(&kill.clean_up)),
        ("Cannot be undone", words::joined(&kill.cannot_undo)),
    ] {
        if !said.is_empty() {
            text += &format!("- **{label}:** {}\n", markdown_prose(&said));
        }
    }
    if let Some(snippet) = &recommendation.snippet {
        let place = place(&snippet.path, &format!(":{}", snippet.line));
        text += &format!("\nAt {place}:\n\n{}\n", markdown_fence(&snippet.language, &snippet.code));
    }
    text.trim_end().to_owned()
}

fn details(comment: &mut Comment, report: &Report) {
    let quiet: Vec<&Finding> = report.findings.iter().filter(|finding| !finding.known && !is_open(finding)).collect();
    if !quiet.is_empty() {
        let title = words::count(quiet.len(), "note", "notes");
        comment.folded(&title, FINDINGS_HEAD, quiet.into_iter().map(finding_row));
    }
    flags(comment, report);
    evidence(comment, report);
    score(comment, report);
    if !report.notices.is_empty() {
        let rows = words::notices(report).into_iter().map(|(reason, paths)| {
            let paths: Vec<String> = paths.iter().map(|path| markdown_code(path.as_str())).collect();
            let colon = if paths.is_empty() { "" } else { ": " };
            format!("- {}{colon}{}", words::listed(&paths), markdown_prose(reason))
        });
        comment.folded(&words::count(report.notices.len(), "notice", "notices"), "", rows);
    }
}

/// Why the score is what it is, and what would lower it; then all of it.
fn score(comment: &mut Comment, report: &Report) {
    let Some(total) = report.verdict.score else { return };
    let line = |signal: &Signal| {
        let points = words::points(signal.points);
        format!("- **{points}** {}", markdown_prose(&signal.explanation))
    };
    let mut rows = Vec::new();
    if let Some(score) = &report.score {
        rows.push(format!("{}\n", markdown_prose(&words::score(score))));
    }
    rows.extend(report.signals.iter().filter(|signal| signal.points != 0).map(line));
    if let Some(score) = &report.score {
        let more = [("To lower it", words::levers(score)), ("Who could review", words::reviewers(score))];
        for (label, text) in more {
            rows.extend(text.map(|text| format!("\n**{label}:** {}", markdown_prose(&text))));
        }
    }
    comment.folded(&format!("Score {total}: why"), "", rows.into_iter());
}

fn flags(comment: &mut Comment, report: &Report) {
    let groups =
        [("added", &report.flags.added), ("modified", &report.flags.modified), ("removed", &report.flags.removed)];
    let counted: Vec<String> = groups
        .iter()
        .filter(|(_, flags)| !flags.is_empty())
        .map(|(word, flags)| format!("{} {word}", flags.len()))
        .collect();
    if counted.is_empty() {
        return;
    }
    let rows = groups.iter().flat_map(|(word, flags)| flags.iter().map(move |flag| flag_row(word, flag)));
    comment.folded(&format!("Flags: {}", counted.join(", ")), "| Flag | | Where |\n|---|---|---|", rows);
}

fn flag_row(word: &str, flag: &Flag) -> String {
    let constant = flag.constant.as_deref().map(|name| format!("<br>as {}", markdown_code(name))).unwrap_or_default();
    let default = flag
        .default_change
        .as_ref()
        .map(|change| format!("<br>default {} → {}", markdown_code(&change.old), markdown_code(&change.new)));
    let place = words::best_reference(&flag.references)
        .map(|reference| place(&reference.path, &format!(":{}", reference.line)))
        .unwrap_or_default();
    let more = match flag.references.len() {
        0 | 1 => String::new(),
        many => format!(" and {} more", many - 1),
    };
    let (key, provider) = (markdown_code(&flag.key), markdown_prose(&flag.provider));
    format!("| {key}{constant} | {word}, {provider}{} | {place}{more} |", default.unwrap_or_default())
}

/// What the findings' words rest on: gates and related places.
fn evidence(comment: &mut Comment, report: &Report) {
    let mut rows = Vec::new();
    for finding in report.findings.iter().filter(|finding| !finding.known) {
        let id = markdown_prose(&finding.id);
        for gate in finding.gates.iter().take(8) {
            let at = place(&gate.path, &format!(":{}", gate.line));
            rows.push(format!("- {id} runs when {} is {}: {at}", markdown_code(&gate.flag), gate.polarity));
        }
        for related in finding.related.iter().take(8) {
            let before = if related.side == Side::Old { " before this change" } else { "" };
            let at = place(&related.path, &format!(":{}", related.line));
            rows.push(format!("- {id}: {} at {at}{before}", markdown_prose(related.note.trim_end_matches('.'))));
        }
    }
    if !rows.is_empty() {
        comment.folded("Evidence", "", rows.into_iter());
    }
}

fn footer(comment: &mut Comment, report: &Report) {
    let (tool, range) = (&report.tool, &report.range);
    let known = report.findings.iter().filter(|finding| finding.known).count();
    let known = match known {
        0 => String::new(),
        known => format!(" · {} not listed", words::count(known, "known finding", "known findings")),
    };
    comment.block(&format!(
        "<sub>{} {} · {} · {}, +{} −{}{known}</sub>",
        markdown_prose(&tool.name),
        markdown_prose(&tool.version),
        markdown_code(&words::range_name(range)),
        words::count(range.files as usize, "file", "files"),
        range.added_lines,
        range.removed_lines,
    ));
}
