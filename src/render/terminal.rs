//! The report for people at a terminal: what the verdict is, why, what to look at, what to do.
//!
//! Calm first: a change without trouble is two or three lines, colour marks only what matters, no boxes. Three layouts of
//! the findings table share the width: stacked cells when it is narrow, a column for each thing when it is wide.

pub(super) mod backtest;
pub(super) mod experts;
pub(super) mod inventory;
mod layout;
pub(super) mod log;
pub(super) mod waivers;

use super::escape::{CODE, NAME, SENTENCE, visible, visible_code};
use super::{RenderOptions, words};
use crate::report::{Finding, Flag, Recommendation, Report, Signal};
use crate::terms::{Coverage, Outcome, Policy, Severity, Side, Tier};
use layout::{Grid, Ink, Lines, columns, develop, elisions, ink, shorten, shorten_path, widest, wrap};
use std::io::{self, Write};

/// Narrower, the columns have no room left; wider, the eye loses the line.
const WIDTHS: std::ops::RangeInclusive<u16> = 60..=160;
/// From here on, "gated by" is a column.
const MEDIUM: usize = 100;
/// From here on, everything is a column.
const WIDE: usize = 140;
/// Flags of one kind, and notices, that are listed; the rest is counted.
const LISTED: usize = 12;
/// The most characters of an id: an area, a rule, a provider.
const WORD: usize = 40;

pub(super) fn render(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: String::new(), width: options.width.clamp(*WIDTHS.start(), *WIDTHS.end()).into() };
    headline(&mut page, report);
    findings(&mut page, report);
    flags(&mut page, report);
    recommendations(&mut page, report);
    signals(&mut page, report, options.explain_score);
    waivers::section(&mut page, report);
    notices(&mut page, report);
    if let Some(step) = words::next_step(report) {
        page.gap();
        page.hanging(&ink(Ink::Bold, "Next"), 6, Ink::Plain, &visible(&step, SENTENCE));
    }
    out.write_all(develop(&page.text, options.color).as_bytes())
}

/// The verdict, the findings and the flags to add, for where somebody waits: a push.
pub(super) fn brief(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: String::new(), width: options.width.clamp(*WIDTHS.start(), *WIDTHS.end()).into() };
    headline(&mut page, report);
    findings(&mut page, report);
    for (at, recommendation) in report.recommendations.iter().enumerate() {
        if at == 0 {
            page.gap();
        }
        let key = shorten(&visible(&recommendation.flag.key, NAME), page.width / 2);
        let covers = words::listed(&recommendation.covers);
        let words = format!("{} {} for {covers}", words::recommendation(recommendation), ink(Ink::Key, &key));
        page.line(&format!("  {words}"));
    }
    out.write_all(develop(&page.text, options.color).as_bytes())
}

/// Lines written so far, and how wide they may be.
struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn gap(&mut self) {
        self.line("");
    }

    fn title(&mut self, title: &str) {
        self.gap();
        self.line(&ink(Ink::Bold, title));
    }

    /// A paragraph, two columns in.
    fn paragraph(&mut self, style: Ink, text: &str) {
        for line in wrap(text, self.width - 2) {
            self.line(&format!("  {}", ink(style, &line)));
        }
    }

    /// A paragraph whose first line begins with a label, and whose other lines begin where the text does.
    fn hanging(&mut self, label: &str, indent: usize, style: Ink, text: &str) {
        let blank = indent.saturating_sub(columns(label));
        for (at, line) in wrap(text, self.width - indent).iter().enumerate() {
            let start = if at == 0 { format!("{label}{:blank$}", "") } else { " ".repeat(indent) };
            self.line(&format!("{start}{}", ink(style, line)));
        }
    }

    fn grid(&mut self, grid: Grid, airy: bool) {
        for line in grid.lines(airy) {
            self.line(&format!("  {line}"));
        }
    }
}

fn headline(page: &mut Page, report: &Report) {
    let (verdict, range) = (&report.verdict, &report.range);
    let style = match verdict.policy {
        Policy::Pass => Ink::Good,
        Policy::Warn => Ink::Warn,
        Policy::Fail => Ink::Bad,
    };
    let policy = format!("{} {}", words::policy_sign(verdict.policy), verdict.policy);
    let left = format!("{}  {}", ink(style, &policy), ink(Ink::Bold, &words::headline(report).join(" · ")));

    let files = words::count(range.files as usize, "file", "files");
    let name = shorten(&words::range_name(range), 48);
    let short = format!("{name} · {files}");
    let full = format!("{short} +{} −{}", range.added_lines, range.removed_lines);
    let room = page.width.saturating_sub(columns(&left) + 2);
    match [&full, &short].into_iter().find(|right| columns(right) <= room) {
        Some(right) => {
            let blank = page.width - columns(&left) - columns(right);
            page.line(&format!("{left}{:blank$}{}", "", ink(Ink::Dim, right)));
        }
        None => {
            page.line(&left);
            page.paragraph(Ink::Dim, &full);
        }
    }
    let mut reasons = verdict.reasons.iter().map(|reason| visible(reason, SENTENCE));
    if let Some(first) = reasons.next() {
        page.paragraph(Ink::Plain, &first);
    }
    for reason in reasons {
        page.hanging(&ink(Ink::Dim, "  –"), 4, Ink::Plain, &reason);
    }
}

fn findings(page: &mut Page, report: &Report) {
    let rows: Vec<Row> = report.findings.iter().filter(|finding| !finding.known).map(Row::new).collect();
    let known = report.findings.len() - rows.len();
    if !rows.is_empty() {
        page.title("Findings");
        let grid = match page.width {
            WIDE.. => wide(&rows, page.width - 2),
            MEDIUM.. => medium(&rows, page.width - 2),
            _ => narrow(&rows, page.width - 2),
        };
        page.grid(grid, true);
    }
    if known > 0 {
        page.gap();
        let known = words::count(known, "known finding", "known findings");
        page.paragraph(Ink::Dim, &format!("{known} of the baseline not listed"));
    }
}

/// What a finding's cells say, before they know their widths.
struct Row {
    ink: Ink,
    tier: String,
    area: String,
    place: String,
    removed: &'static str,
    symbol: String,
    gate_ink: Ink,
    gates: String,
    gated: bool,
    message: String,
    rule: String,
}

impl Row {
    fn new(finding: &Finding) -> Self {
        let ink = match (finding.severity, finding.coverage) {
            (Severity::Error, _) => Ink::Bad,
            (Severity::Warning, _) => Ink::Warn,
            (Severity::Note, Coverage::Covered) => Ink::Good,
            (Severity::Note, _) => Ink::Dim,
        };
        let tier = match finding.tier {
            Tier::None => "–",
            tier => tier.as_str(),
        };
        let gates: Vec<String> = finding.gates.iter().take(LISTED).map(words::gate).map(gate_text).collect();
        Self {
            ink,
            tier: format!("{} {tier}", words::finding_sign(finding)),
            area: finding.area.as_deref().map(|area| visible(area, WORD)).unwrap_or_default(),
            place: format!("{}{}", visible(finding.path.as_str(), NAME), words::lines(finding)),
            removed: if finding.side == Side::Old { "(removed)" } else { "" },
            symbol: finding.symbol.as_deref().map(|symbol| visible(symbol, NAME)).unwrap_or_default(),
            gate_ink: match finding.coverage {
                Coverage::Covered => Ink::Good,
                Coverage::Na => Ink::Dim,
                Coverage::Partial | Coverage::Uncovered => ink,
            },
            gated: !gates.is_empty(),
            gates: if gates.is_empty() { words::no_gate(finding).to_owned() } else { gates.join(", ") },
            message: visible(&finding.message, SENTENCE),
            rule: format!("{} {}{}", visible(&finding.id, WORD), visible(&finding.rule, WORD), waived(finding)),
        }
    }

    /// On two lines if leaving out folders can do it, else the file's name takes a third.
    fn place(&self, width: usize) -> Lines {
        let lines = |place: &String| wrap(place, width).len();
        let mut options: Vec<String> = std::iter::once(self.place.clone()).chain(elisions(&self.place)).collect();
        let place = match options.iter().position(|place| lines(place) <= 2) {
            Some(at) => options.swap_remove(at),
            None => options.pop().filter(|place| lines(place) <= 3).unwrap_or_else(|| shorten(&self.place, 2 * width)),
        };
        Lines::new(Ink::Plain, &place, width).and(Ink::Dim, self.removed, width)
    }

    fn why(&self, width: usize) -> Lines {
        Lines::new(Ink::Plain, &self.message, width).and(Ink::Dim, &self.rule, width)
    }

    /// Tier over area.
    fn what(&self, width: usize) -> Lines {
        let area = wrap(&self.area, width - 2).into_iter().filter(|line| !line.is_empty());
        area.fold(Lines::new(self.ink, &self.tier, width), |lines, line| lines.indented(&line))
    }
}

fn waived(finding: &Finding) -> String {
    finding.waived_by.as_deref().map(|id| format!(", waived ({})", visible(id, WORD))).unwrap_or_default()
}

fn gate_text((flag, polarity): (&str, Option<&str>)) -> String {
    let flag = shorten(&visible(flag, NAME), 60);
    polarity.map(|polarity| format!("{flag} ({polarity})")).unwrap_or(flag)
}

fn narrow(rows: &[Row], width: usize) -> Grid {
    let what = what_width(rows);
    let room = width - what - 4;
    let place = widest(rows.iter().flat_map(|row| [row.place.as_str(), &row.symbol]), room * 45 / 100);
    let why = room - place;
    let mut grid = Grid::new(3).header(&["Tier", "Where", "Why"]);
    for row in rows {
        let gates = match (row.gated, row.gates.as_str()) {
            (true, gates) => format!("behind {gates}"),
            (false, "–") => String::new(),
            (false, gates) => gates.to_owned(),
        };
        let place = row.place(place).and_name(Ink::Plain, &row.symbol, place).and(row.gate_ink, &gates, place);
        grid.row(vec![row.what(what), place, row.why(why)]);
    }
    grid
}

fn medium(rows: &[Row], width: usize) -> Grid {
    let what = what_width(rows);
    let gates = widest(rows.iter().map(|row| row.gates.as_str()), 24).max("Gated by".len());
    let room = width - what - gates - 6;
    let place = widest(rows.iter().flat_map(|row| [row.place.as_str(), &row.symbol]), room * 45 / 100);
    let why = room - place;
    let mut grid = Grid::new(4).header(&["Tier", "Where", "Gated by", "Why"]);
    for row in rows {
        let place = row.place(place).and_name(Ink::Plain, &row.symbol, place);
        grid.row(vec![row.what(what), place, Lines::new(row.gate_ink, &row.gates, gates), row.why(why)]);
    }
    grid
}

fn wide(rows: &[Row], width: usize) -> Grid {
    let tier = widest(rows.iter().map(|row| row.tier.as_str()), 12);
    let area = widest(rows.iter().map(|row| row.area.as_str()), 14).max("Area".len());
    let gates = widest(rows.iter().map(|row| row.gates.as_str()), 28).max("Gated by".len());
    let symbol = widest(rows.iter().map(|row| row.symbol.as_str()), 28).max("Symbol".len());
    let room = width - tier - area - gates - symbol - 10;
    let place = widest(rows.iter().map(|row| row.place.as_str()), room * 2 / 5);
    let why = room - place;
    let mut grid = Grid::new(6).header(&["Tier", "Area", "Where", "Symbol", "Gated by", "Why"]);
    for row in rows {
        let or_dash = |text: &str, width| match text {
            "" => Lines::new(Ink::Dim, "–", width),
            text => Lines::new(Ink::Plain, text, width),
        };
        grid.row(vec![
            Lines::new(row.ink, &row.tier, tier),
            or_dash(&row.area, area),
            row.place(place),
            if row.symbol.is_empty() {
                or_dash("", symbol)
            } else {
                Lines::default().and_name(Ink::Plain, &row.symbol, symbol)
            },
            Lines::new(row.gate_ink, &row.gates, gates),
            row.why(why),
        ]);
    }
    grid
}

/// The column of tiers and, two columns in, areas.
fn what_width(rows: &[Row]) -> usize {
    let tier = widest(rows.iter().map(|row| row.tier.as_str()), 16);
    tier.max(widest(rows.iter().map(|row| row.area.as_str()), 14) + 2)
}

fn flags(page: &mut Page, report: &Report) {
    let groups = [
        ("+ added", &report.flags.added),
        ("~ modified", &report.flags.modified),
        ("− removed", &report.flags.removed),
    ];
    if groups.iter().all(|(_, flags)| flags.is_empty()) {
        return;
    }
    page.title("Flags");
    let shown = || groups.iter().flat_map(|(word, flags)| flags.iter().take(LISTED).map(move |flag| (*word, flag)));
    let word_width = widest(shown().map(|(word, _)| word), 10);
    let room = page.width - 2 - word_width - 4;
    let names: Vec<String> = shown().map(|(_, flag)| visible(&flag.key, NAME)).collect();
    let key_width = widest(names.iter().map(String::as_str), room * 40 / 100).max(12);
    let rest = room - key_width;
    let mut grid = Grid::new(3);
    for (word, flag) in shown() {
        grid.row(vec![
            Lines::new(Ink::Plain, word, word_width),
            Lines::new(Ink::Key, &shorten(&visible(&flag.key, NAME), key_width * 2), key_width),
            flag_details(flag, rest),
        ]);
    }
    page.grid(grid, false);
    for (word, flags) in groups.iter().filter(|(_, flags)| flags.len() > LISTED) {
        page.paragraph(Ink::Dim, &format!("{word}: {} more", flags.len() - LISTED));
    }
}

/// Where it is read, what became of its default, who serves it.
fn flag_details(flag: &Flag, width: usize) -> Lines {
    let mut parts = Vec::new();
    if let Some(change) = &flag.default_change {
        let (old, new) = (visible(&change.old, WORD), visible(&change.new, WORD));
        parts.push((Ink::Warn, format!("default {old} → {new}")));
    }
    if let Some(reference) = words::best_reference(&flag.references) {
        let more = match flag.references.len() {
            0 | 1 => String::new(),
            many => format!(" and {} more", many - 1),
        };
        let place = format!("{}:{}", visible(reference.path.as_str(), NAME), reference.line);
        parts.push((Ink::Plain, format!("{}{more}", shorten_path(&place, 2 * width - more.len() - 2))));
    }
    let constant =
        flag.constant.as_deref().map(|constant| format!("as {}, ", visible(constant, 80))).unwrap_or_default();
    parts.push((Ink::Dim, format!("{constant}{}", visible(&flag.provider, WORD))));
    // One line where they fit beside each other, else one below the other.
    let beside: Vec<String> = parts.iter().map(|(style, text)| ink(*style, text)).collect();
    let beside = beside.join(&ink(Ink::Dim, " · "));
    if columns(&beside) <= width {
        return Lines::fixed(beside);
    }
    parts.iter().fold(Lines::default(), |lines, (style, text)| lines.and(*style, text, width))
}

fn recommendations(page: &mut Page, report: &Report) {
    if report.recommendations.is_empty() {
        return;
    }
    page.title(if report.recommendations.len() == 1 { "Recommendation" } else { "Recommendations" });
    for (at, recommendation) in report.recommendations.iter().enumerate() {
        if at > 0 {
            page.gap();
        }
        recommend(page, recommendation);
    }
}

/// Labels of a recommendation's lines: "Cannot undo" and two blanks.
const LABEL: usize = 13;

fn recommend(page: &mut Page, recommendation: &Recommendation) {
    let flag = &recommendation.flag;
    let key = shorten(&visible(&flag.key, NAME), page.width / 2);
    // What is known of a flag that exists already is in its service.
    let kind = match recommendation.outcome {
        Outcome::ReuseExisting => String::new(),
        _ => words::flag_type(flag),
    };
    let line = format!("  {} {}", words::recommendation(recommendation), ink(Ink::Key, &key));
    if columns(&line) + 3 + columns(&kind) <= page.width {
        page.line(format!("{line}  {}", ink(Ink::Dim, &kind)).trim_end());
    } else {
        page.line(&line);
        page.paragraph(Ink::Dim, &kind);
    }
    page.paragraph(Ink::Plain, &visible(&recommendation.rationale, SENTENCE));
    page.gap();
    field(page, "Covers", &words::listed(&recommendation.covers));
    field(page, "Values", &words::variations(flag).unwrap_or_default());
    rollout(page, recommendation);
    let kill = &recommendation.kill_switch;
    field(page, "When off", &kill.when_off);
    field(page, "Clean up", &words::joined(&kill.clean_up));
    field(page, "Cannot undo", &words::joined(&kill.cannot_undo));
    if let Some(snippet) = &recommendation.snippet {
        page.gap();
        let place = format!("{}:{}", visible(snippet.path.as_str(), NAME), snippet.line);
        page.paragraph(Ink::Dim, &place);
        // Not wrapped: it is there to be copied.
        for line in visible_code(&snippet.code, CODE).lines() {
            page.line(&format!("    {}", line.replace('\t', "    ")));
        }
    }
}

fn field(page: &mut Page, label: &str, text: &str) {
    if !text.is_empty() {
        page.hanging(&format!("  {}", ink(Ink::Dim, label)), LABEL + 2, Ink::Plain, &visible(text, SENTENCE));
    }
}

fn rollout(page: &mut Page, recommendation: &Recommendation) {
    if recommendation.rollout.is_empty() {
        return;
    }
    let rollout = &recommendation.rollout;
    let stages: Vec<[String; 3]> = rollout
        .iter()
        .enumerate()
        .map(|(at, stage)| {
            let watch = words::watch(rollout, at).map(|watch| visible(watch, SENTENCE)).unwrap_or_default();
            [visible(&stage.audience, NAME), words::bake(stage.bake_hours), watch]
        })
        .collect();
    let room = page.width - 2 - LABEL - 4;
    let audience = widest(stages.iter().map(|[audience, ..]| audience.as_str()), room * 40 / 100);
    let bake = widest(stages.iter().map(|[_, bake, _]| bake.as_str()), 10);
    let watch = room - audience - bake;
    let mut grid = Grid::new(4);
    for (at, stage) in stages.iter().enumerate() {
        // The label's column is as wide as those of the fields around.
        let label = if at == 0 {
            format!("{}{:blank$}", ink(Ink::Dim, "Rollout"), "", blank = LABEL - 2 - 7)
        } else {
            String::new()
        };
        grid.row(vec![
            Lines::fixed(label),
            Lines::new(Ink::Plain, &stage[0], audience),
            Lines::new(Ink::Dim, &stage[1], bake),
            if stage[2].is_empty() {
                Lines::new(Ink::Dim, "the same", watch)
            } else {
                Lines::new(Ink::Plain, &stage[2], watch)
            },
        ]);
    }
    page.grid(grid, false);
}

/// Labels of the lines below the points: "Lower it" and two blanks.
const SCORE_LABEL: usize = 10;

fn signals(page: &mut Page, report: &Report, all: bool) {
    let Some(total) = report.verdict.score else { return };
    page.title(&format!("Score {total}"));
    if let Some(score) = &report.score {
        page.paragraph(Ink::Plain, &visible(&words::score(score), SENTENCE));
    }
    let shown: Vec<&Signal> = if all { report.signals.iter().collect() } else { words::strongest(report).collect() };
    for signal in shown {
        let points = format!("  {:>4}", words::points(signal.points));
        page.hanging(&ink(Ink::Bold, &points), 8, Ink::Plain, &visible(&signal.explanation, SENTENCE));
        if all {
            details(page, signal);
        }
    }
    let Some(score) = &report.score else { return };
    for (label, text) in [("Lower it", words::levers(score)), ("To ask", words::reviewers(score))] {
        if let Some(text) = text {
            page.hanging(
                &format!("  {}", ink(Ink::Dim, label)),
                SCORE_LABEL + 2,
                Ink::Plain,
                &visible(&text, SENTENCE),
            );
        }
    }
    if !score.overridden_by.is_empty() {
        let from: Vec<String> = score.overridden_by.iter().map(|from| visible(from, NAME)).collect();
        page.paragraph(Ink::Dim, &format!("Weights from {}", words::listed(&from)));
    }
}

/// What a signal means, what its weight rests on, and what it was told from.
fn details(page: &mut Page, signal: &Signal) {
    let estimates = match (signal.undone_points, signal.follow_up_points) {
        (0, 0) => String::new(),
        (undone, follow_up) => {
            format!(" Towards being undone {}, towards a fix {}.", words::points(undone), words::points(follow_up))
        }
    };
    let about = format!("{}: {} Weight: {}.{estimates}", signal.name, signal.definition, signal.source);
    page.hanging("", 8, Ink::Dim, &visible(&about, SENTENCE));
    for line in signal.evidence.iter().take(LISTED) {
        page.hanging("        –", 10, Ink::Dim, &visible(line, SENTENCE));
    }
}

fn notices(page: &mut Page, report: &Report) {
    if report.notices.is_empty() {
        return;
    }
    page.title("Notices");
    let groups = words::notices(report);
    for (reason, paths) in groups.iter().take(LISTED) {
        let reason = visible(reason, SENTENCE);
        let text = match paths.as_slice() {
            [] => reason,
            [path] => format!("{}: {reason}", visible(path.as_str(), NAME)),
            many => format!("{} files: {reason}", many.len()),
        };
        page.hanging(&ink(Ink::Warn, "  !"), 4, Ink::Plain, &text);
        if paths.len() > 1 {
            let paths: Vec<String> = paths.iter().map(|path| visible(path.as_str(), NAME)).collect();
            page.hanging("", 4, Ink::Dim, &words::listed(&paths));
        }
    }
    if groups.len() > LISTED {
        let more = words::count(groups.len() - LISTED, "more kind of notice", "more kinds of notices");
        page.paragraph(Ink::Dim, &format!("{more} in the JSON report"));
    }
}
