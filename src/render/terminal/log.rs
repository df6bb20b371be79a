//! The log of records as a table: one row a record, newest first.

use super::layout::{Grid, Ink, Lines, develop, ink, widest};
use super::{Page, RenderOptions, WIDTHS, WORD};
use crate::record::{Entry, Log, Record};
use crate::render::escape::{NAME, SENTENCE, visible};
use crate::render::words;
use crate::report::WaiverStatus;
use crate::terms::{Coverage, Policy, Tier};
use std::io::{self, Write};

/// Narrower, the time of day is left out.
const NARROW: usize = 78;
/// Keys and waivers of one record, and damaged lines, that are listed; the rest is counted.
const LISTED: usize = 6;

pub(in crate::render) fn render(log: &Log, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: String::new(), width: options.width.clamp(*WIDTHS.start(), *WIDTHS.end()).into() };
    if log.records.is_empty() {
        page.paragraph(Ink::Plain, "No records. `preflag scan --record` writes one; those of another clone come with");
        page.paragraph(Ink::Plain, "`git fetch origin refs/notes/preflag:refs/notes/preflag`.");
    } else {
        let grid = table(&log.records, page.width - 2);
        page.grid(grid, false);
    }
    if log.more > 0 {
        page.gap();
        let more = words::count(log.more as usize, "more record", "more records");
        page.paragraph(Ink::Dim, &format!("{more}; `-n` lists more."));
    }
    damaged(&mut page, log);
    out.write_all(develop(&page.text, options.color).as_bytes())
}

fn damaged(page: &mut Page, log: &Log) {
    if log.damaged.is_empty() && !log.cut {
        return;
    }
    page.title("Not read");
    for damage in log.damaged.iter().take(LISTED) {
        let line = if damage.line == 0 { String::new() } else { format!(", line {}", damage.line) };
        let text = format!("The note of {}{line}: {}.", short(&damage.commit), visible(&damage.reason, SENTENCE));
        page.hanging(&ink(Ink::Warn, "  !"), 4, Ink::Plain, &text);
    }
    if let Some(more) = log.damaged.len().checked_sub(LISTED).filter(|more| *more > 0) {
        page.paragraph(Ink::Dim, &format!("and {more} more, see --format json"));
    }
    if log.cut {
        page.hanging(&ink(Ink::Warn, "  !"), 4, Ink::Plain, "There are more notes than are read.");
    }
}

fn short(commit: &str) -> String {
    visible(&commit.chars().take(9).collect::<String>(), WORD)
}

fn table(records: &[Entry], width: usize) -> Grid {
    let judged: Vec<String> = records.iter().map(|entry| judged(&entry.record)).collect();
    // Where there is little room, the day has to do.
    let time = if width < NARROW { 10 } else { 16 };
    let (commit, verdict) = (9, 7);
    let room = width - time - commit - verdict - 8;
    let what = widest(judged.iter().map(String::as_str), room * 45 / 100).max("Change".len());
    let rest = room - what;
    let mut grid = Grid::new(5).header(&["When", "Commit", "Verdict", "Change", "Flags, waivers"]);
    for (entry, judged) in records.iter().zip(&judged) {
        let record = &entry.record;
        let style = match record.verdict {
            Policy::Pass => Ink::Good,
            Policy::Warn => Ink::Warn,
            Policy::Fail => Ink::Bad,
        };
        let moment: String = record.time.chars().take(time).map(|c| if c == 'T' { ' ' } else { c }).collect();
        let sign = format!("{} {}", words::policy_sign(record.verdict), record.verdict);
        grid.row(vec![
            Lines::new(Ink::Plain, &visible(&moment, NAME), time),
            Lines::new(Ink::Plain, &short(&entry.commit), commit),
            Lines::new(style, &sign, verdict),
            Lines::new(Ink::Plain, judged, what).and(Ink::Dim, &visible(&record.range.name, WORD), what),
            details(record, rest),
        ]);
    }
    grid
}

fn judged(record: &Record) -> String {
    let tier = if record.tier == Tier::None { "nothing sensitive" } else { record.tier.as_str() };
    let mut parts = vec![tier.to_owned()];
    parts.extend((record.coverage != Coverage::Na).then(|| record.coverage.to_string()));
    parts.extend(record.score.map(|score| format!("score {score}")));
    parts.join(", ")
}

fn details(record: &Record, width: usize) -> Lines {
    let mut lines = Lines::default();
    let groups = [("+", &record.flags.added), ("~", &record.flags.modified), ("−", &record.flags.removed)];
    let keys: Vec<String> = groups
        .iter()
        .flat_map(|(sign, keys)| keys.iter().map(move |key| format!("{sign} {}", visible(key, WORD))))
        .collect();
    for key in keys.iter().take(LISTED) {
        lines = lines.and(Ink::Key, key, width);
    }
    if keys.len() > LISTED {
        lines = lines.and(Ink::Dim, &format!("and {} more", keys.len() - LISTED), width);
    }
    for waiver in record.waivers.iter().take(LISTED) {
        let counts = match waiver.status {
            WaiverStatus::Active => "waived",
            WaiverStatus::Unused => "unused waiver of",
            WaiverStatus::Expired => "expired waiver of",
            WaiverStatus::Refused => "refused waiver of",
            WaiverStatus::Invalid => "invalid waiver of",
        };
        let (rule, by) = (visible(&waiver.rule, WORD), visible(&waiver.by, WORD));
        let text = format!("{counts} {rule} by {by}: {}", visible(&waiver.reason, SENTENCE));
        lines = lines.and(if waiver.status == WaiverStatus::Active { Ink::Plain } else { Ink::Dim }, &text, width);
    }
    if record.waivers.len() > LISTED {
        lines = lines.and(Ink::Dim, &format!("and {} more waivers", record.waivers.len() - LISTED), width);
    }
    if lines.len() == 0 { Lines::new(Ink::Dim, "–", width) } else { lines }
}
