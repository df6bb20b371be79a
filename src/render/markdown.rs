//! The report as a comment on a pull request: the verdict and what to do first, details folded.
//!
//! The first line is a hidden marker, by which the comment is found again. Where the repository's address is known, places
//! are links to the very lines. A comment may have 65,536 characters; where that is not enough, rows are left out at the
//! end of a list, whole, and the text says how many.

use super::escape::{NAME, html_code, markdown_code, markdown_fence, markdown_prose, uri, visible};
use super::{waivers, words};
use crate::location::RepoPath;
use crate::report::{Finding, Flag, Recommendation, Report, Signal, StepKind};
use crate::rules::words::capitalized;
use crate::terms::{Policy, Severity, Side};
use std::io::{self, Write};

/// Bytes, and so at most as many characters, up to which each part may fill the comment. The last leaves room for the
/// words about cuts and for the footer.
const NEXT_END: usize = 12_000;
const FINDINGS_END: usize = 30_000;
const WAIVERS_END: usize = 36_000;
const RECOMMENDATIONS_END: usize = 50_000;
const DETAILS_END: usize = 60_000;
/// More rows than this are folded even where nothing else tells what to look at.
const ROWS_IN_SIGHT: usize = 8;

/// What a comment knows besides the report.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CommentOptions<'a> {
    /// Tells the comments of several configurations on one pull request apart.
    pub(crate) id: Option<&'a str>,
    /// The repository's address for people, `https://github.com/OWNER/NAME`: places become links.
    pub(crate) repository: Option<&'a str>,
}

/// The first line of every comment of ours under this id, and of no other.
pub(crate) fn marker(id: Option<&str>) -> String {
    match id {
        None => "<!-- preflag:v1 -->".to_owned(),
        Some(id) => format!("<!-- preflag:v1 {id} -->"),
    }
}

pub(super) fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(render_comment(report, &CommentOptions::default()).as_bytes())
}

/// The whole comment; at most 65,536 bytes.
pub(crate) fn render_comment(report: &Report, options: &CommentOptions<'_>) -> String {
    let mut comment = Comment { text: marker(options.id) + "\n", links: Links::new(report, options) };
    summary(&mut comment, report, options.id);
    findings(&mut comment, report);
    waived(&mut comment, report);
    recommendations(&mut comment, report);
    details(&mut comment, report);
    footer(&mut comment, report);
    comment.text
}

/// What takes the place of a comment when nothing is left to say, where it is to stay.
pub(crate) fn render_settled(options: &CommentOptions<'_>) -> String {
    let name = options.id.map(|id| format!(" ({id})")).unwrap_or_default();
    format!(
        "{}\n<details><summary>✅ preflag{name}: nothing left to do</summary>\n\n\
         What was said here is settled; it is in the history of this comment.\n\n</details>\n",
        marker(options.id)
    )
}

/// Where the lines of each side can be seen.
struct Links {
    /// `https://github.com/OWNER/NAME/blob/COMMIT/`, for the new side and the old.
    new: Option<String>,
    old: Option<String>,
}

impl Links {
    fn new(report: &Report, options: &CommentOptions<'_>) -> Self {
        // `index` and `worktree` are no commits that anyone else could open.
        let is_commit = |id: &str| matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        let blob = |commit: &str| {
            let repository = options.repository.filter(|_| is_commit(commit))?;
            Some(format!("{repository}/blob/{commit}/"))
        };
        Self { new: blob(&report.range.head), old: blob(&report.range.merge_base) }
    }

    /// The path with its lines, a link where it can be one.
    fn place(&self, path: &RepoPath, side: Side, (start, end): (u32, u32)) -> String {
        let shown = match (start, end) {
            (0, _) => String::new(),
            (start, end) if end > start => format!(":{start}-{end}"),
            (start, _) => format!(":{start}"),
        };
        // The lines must survive when the path is cut.
        let code = markdown_code(&format!("{}{shown}", visible(path.as_str(), NAME - 40)));
        let blob = if side == Side::New { &self.new } else { &self.old };
        // A browser would follow `..` out of the repository.
        let is_plain =
            path.as_str().len() <= NAME && !path.as_str().split('/').any(|part| matches!(part, "" | "." | ".."));
        let Some(blob) = blob.as_ref().filter(|_| is_plain) else { return code };
        let anchor = match (start, end) {
            (0, _) => String::new(),
            (start, end) if end > start => format!("#L{start}-L{end}"),
            (start, _) => format!("#L{start}"),
        };
        format!("[{code}]({blob}{}{anchor})", uri(path.as_str()))
    }

    fn finding(&self, finding: &Finding) -> String {
        self.place(&finding.path, finding.side, (finding.start_line, finding.end_line))
    }
}

struct Comment {
    text: String,
    links: Links,
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
    fn folded(&mut self, title: &str, head: &str, rows: Vec<String>) {
        self.block(&format!("<details><summary>{title}</summary>\n"));
        if !head.is_empty() {
            self.line(head);
        }
        let left_out = self.fill(DETAILS_END, rows.into_iter());
        if left_out > 0 {
            self.block(&format!("{left_out} more in the full report."));
        }
        self.block("</details>");
    }
}

fn summary(comment: &mut Comment, report: &Report, id: Option<&str>) {
    let verdict = &report.verdict;
    let sign = match verdict.policy {
        Policy::Pass => "✅",
        Policy::Warn => "⚠️",
        Policy::Fail => "❌",
    };
    let score = verdict.score.map(|score| format!(" · score {score}")).unwrap_or_default();
    // Of several comments each says which one it is.
    let name = id.map(|id| format!(" ({})", markdown_prose(id))).unwrap_or_default();
    comment.line(&format!("### {sign} preflag{name}: {}{score}", words::headline(report).join(" · ")));
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
        next(comment, report);
    }
}

/// Where the first flag goes, and the code to paste.
fn next(comment: &mut Comment, report: &Report) {
    let Some(first) = report.recommendations.first() else { return };
    let covered = report.findings.iter();
    // What is waived needs no flag.
    let covered = covered.filter(|finding| finding.waived_by.is_none() && first.covers.contains(&finding.id));
    let places: Vec<String> = covered
        .take(ROWS_IN_SIGHT)
        .map(|finding| {
            let symbol = finding.symbol.as_deref().map(|symbol| format!(" {}", markdown_code(symbol)));
            let place = comment.links.finding(finding);
            format!("- {}: {place}{}", markdown_prose(&finding.id), symbol.unwrap_or_default())
        })
        .collect();
    if !places.is_empty() {
        comment.line("");
        comment.fill(NEXT_END, places.into_iter());
    }
    if let Some(snippet) = snippet(&comment.links, first) {
        comment.fill(NEXT_END, std::iter::once(snippet));
    }
}

fn snippet(links: &Links, recommendation: &Recommendation) -> Option<String> {
    let snippet = recommendation.snippet.as_ref()?;
    let place = links.place(&snippet.path, Side::New, (snippet.line, snippet.line));
    Some(format!("\nAt {place}:\n\n{}", markdown_fence(&snippet.language, &snippet.code)))
}

const FINDINGS_HEAD: &str = "| | Tier | Where | Gated by | Why |\n|---|---|---|---|---|";

/// What a reviewer must see. In sight where no flag is recommended, as there is nothing else to go by.
fn findings(comment: &mut Comment, report: &Report) {
    let findings: Vec<&Finding> = report.findings.iter().filter(|finding| is_open(finding)).collect();
    if findings.is_empty() {
        return;
    }
    let open = report.recommendations.is_empty() && findings.len() <= ROWS_IN_SIGHT;
    let is_waived = |finding: &&&Finding| finding.waived_by.is_some();
    let of = |severity| findings.iter().filter(|it| !is_waived(it) && it.severity == severity).count();
    let waived = match findings.iter().filter(is_waived).count() {
        0 => String::new(),
        waived => format!(", {waived} waived"),
    };
    let errors = words::count(of(Severity::Error), "error", "errors");
    let warnings = words::count(of(Severity::Warning), "warning", "warnings");
    let count = words::count(findings.len(), "finding", "findings");
    let details = if open { "<details open>" } else { "<details>" };
    comment
        .block(&format!("{details}<summary><b>{count}</b>: {errors}, {warnings}{waived}</summary>\n\n{FINDINGS_HEAD}"));
    let rows: Vec<String> = findings.iter().map(|finding| finding_row(&comment.links, finding)).collect();
    let left_out = comment.fill(FINDINGS_END, rows.into_iter());
    if left_out > 0 {
        let findings = words::count(left_out, "more finding is", "more findings are");
        comment.block(&format!("{findings} left out here: a comment has no room for more. See the full report."));
    }
    comment.block("</details>");
}

/// Whether it belongs to what a reviewer must see; the rest is folded.
fn is_open(finding: &Finding) -> bool {
    !finding.known && finding.severity > Severity::Note
}

fn finding_row(links: &Links, finding: &Finding) -> String {
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
        links.finding(finding),
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

fn recommendations(comment: &mut Comment, report: &Report) {
    let parts: Vec<String> = report
        .recommendations
        .iter()
        .enumerate()
        .map(|(at, one)| recommendation(&comment.links, one, at == 0))
        .collect();
    let left_out = comment.fill(RECOMMENDATIONS_END, parts.into_iter());
    if left_out > 0 {
        comment.block(&format!(
            "{} in the full report.",
            words::count(left_out, "more recommendation", "more recommendations")
        ));
    }
}

/// One flag, folded: why, how to roll it out, what switching it off does. The code of the first stands above already.
fn recommendation(links: &Links, recommendation: &Recommendation, is_first: bool) -> String {
    let flag = &recommendation.flag;
    let title = format!("{} {}: rollout and kill switch", words::recommendation(recommendation), html_code(&flag.key));
    let mut text = format!("\n<details><summary>{title}</summary>\n");
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
    if let Some(snippet) = snippet(links, recommendation).filter(|_| !is_first) {
        text += &format!("{snippet}\n");
    }
    format!("{}\n\n</details>", text.trim_end())
}

fn details(comment: &mut Comment, report: &Report) {
    let quiet: Vec<&Finding> = report.findings.iter().filter(|finding| !finding.known && !is_open(finding)).collect();
    if !quiet.is_empty() {
        let title = words::count(quiet.len(), "note", "notes");
        let rows = quiet.iter().map(|finding| finding_row(&comment.links, finding)).collect();
        comment.folded(&title, FINDINGS_HEAD, rows);
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
        comment.folded(&words::count(report.notices.len(), "notice", "notices"), "", rows.collect());
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
    comment.folded(&format!("Score {total}: why"), "", rows);
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
    let links = &comment.links;
    let rows = groups.iter().flat_map(|(word, flags)| flags.iter().map(move |flag| flag_row(links, word, flag)));
    let rows = rows.collect();
    comment.folded(&format!("Flags: {}", counted.join(", ")), "| Flag | | Where |\n|---|---|---|", rows);
}

fn flag_row(links: &Links, word: &str, flag: &Flag) -> String {
    let constant = flag.constant.as_deref().map(|name| format!("<br>as {}", markdown_code(name))).unwrap_or_default();
    let default = flag
        .default_change
        .as_ref()
        .map(|change| format!("<br>default {} → {}", markdown_code(&change.old), markdown_code(&change.new)));
    let place = words::best_reference(&flag.references)
        .map(|reference| links.place(&reference.path, reference.side, (reference.line, reference.line)))
        .unwrap_or_default();
    let more = match flag.references.len() {
        0 | 1 => String::new(),
        many => format!(" and {} more", many - 1),
    };
    let (key, provider) = (markdown_code(&flag.key), markdown_prose(&flag.provider));
    format!("| {key}{constant} | {word}, {provider}{} | {place}{more} |", default.unwrap_or_default())
}

/// What the findings' words rest on: gates with the way to their flag, and related places.
fn evidence(comment: &mut Comment, report: &Report) {
    let links = &comment.links;
    let mut rows = Vec::new();
    for finding in report.findings.iter().filter(|finding| !finding.known) {
        let id = markdown_prose(&finding.id);
        for gate in finding.gates.iter().take(8) {
            let at = links.place(&gate.path, finding.side, (gate.line, gate.line));
            rows.push(format!("- {id} runs when {} is {}: {at}", markdown_code(&gate.flag), gate.polarity));
            for step in gate.via.iter().take(12) {
                let what = match step.kind {
                    StepKind::Caller => "used in",
                    StepKind::Wrapper => "through the wrapper",
                    StepKind::Evaluation => "which reads",
                    StepKind::Constant => "whose key is",
                };
                let at = links.place(&step.path, finding.side, (step.line, step.line));
                rows.push(format!("  - {what} {} at {at}", markdown_code(&step.name)));
            }
        }
        for related in finding.related.iter().take(8) {
            let before = if related.side == Side::Old { " before this change" } else { "" };
            let at = links.place(&related.path, related.side, (related.line, related.line));
            rows.push(format!("- {id}: {} at {at}{before}", markdown_prose(related.note.trim_end_matches('.'))));
        }
    }
    if !rows.is_empty() {
        comment.folded("Gates and evidence", "", rows);
    }
}

fn footer(comment: &mut Comment, report: &Report) {
    let (tool, range) = (&report.tool, &report.range);
    let known = report.findings.iter().filter(|finding| finding.known).count();
    let known = match known {
        0 => String::new(),
        known => format!(" · {} not listed", words::count(known, "known finding", "known findings")),
    };
    let left_out = match range.left_out {
        0 => String::new(),
        files => format!(" · {} outside the judged paths", words::count(files as usize, "file", "files")),
    };
    comment.block(&format!(
        "<sub>{} {} · {} · {}, +{} −{}{left_out}{known}</sub>",
        markdown_prose(&tool.name),
        markdown_prose(&tool.version),
        markdown_code(&words::range_name(range)),
        words::count(range.files as usize, "file", "files"),
        range.added_lines,
        range.removed_lines,
    ));
}
