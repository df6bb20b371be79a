//! Waivers at a terminal: the section of a report, and the list of them all.

use super::layout::{Grid, Ink, Lines, develop, ink, shorten, widest};
use super::{Page, RenderOptions, WIDTHS, WORD};
use crate::render::escape::{NAME, SENTENCE, visible};
use crate::render::waivers::{effect, origin, paths, shown, why};
use crate::render::words;
use crate::report::{Report, Waiver, WaiverStatus};
use crate::waivers::list::WaiverList;
use std::io::{self, Write};

/// Waivers of a report that are listed; the rest is counted.
const LISTED: usize = 12;

/// Where texts begin: behind `W1000`.
const INDENT: usize = 8;

/// The section of a report.
pub(super) fn section(page: &mut Page, report: &Report) {
    let waivers: Vec<&Waiver> = shown(&report.waivers).collect();
    if waivers.is_empty() {
        return;
    }
    page.title("Waivers");
    for waiver in waivers.iter().take(LISTED) {
        let scope = format!("{}{}", visible(&waiver.rule, WORD), paths(waiver, |path| visible(path, NAME)));
        let label = format!("  {}", ink(Ink::Bold, &shorten(&visible(&waiver.id, WORD), INDENT - 3)));
        page.hanging(&label, INDENT, Ink::Plain, &scope);
        page.hanging("", INDENT, Ink::Plain, &visible(&waiver.reason, SENTENCE));
        page.hanging("", INDENT, Ink::Dim, &origin(waiver));
        page.hanging("", INDENT, look(waiver.status).1, &effect(waiver));
    }
    if waivers.len() > LISTED {
        let more = words::count(waivers.len() - LISTED, "more waiver", "more waivers");
        page.paragraph(Ink::Dim, &format!("{more} in the JSON report"));
    }
}

/// The word for a status, with its sign, and how it looks.
fn look(status: WaiverStatus) -> (&'static str, Ink) {
    match status {
        WaiverStatus::Active => ("✓ active", Ink::Good),
        WaiverStatus::Unused => ("· unused", Ink::Dim),
        WaiverStatus::Expired => ("▲ expired", Ink::Warn),
        WaiverStatus::Refused => ("✗ refused", Ink::Bad),
        WaiverStatus::Invalid => ("✗ invalid", Ink::Bad),
    }
}

pub(in crate::render) fn render(list: &WaiverList, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: String::new(), width: options.width.clamp(*WIDTHS.start(), *WIDTHS.end()).into() };
    let count = match list.waivers.len() {
        0 => "No waivers".to_owned(),
        count => words::count(count, "waiver", "waivers"),
    };
    let day = list.as_of.as_ref().map(|day| format!(", as of {day}")).unwrap_or_default();
    let about = format!("for {}{day}", words::range_name(&list.range));
    page.hanging(&ink(Ink::Bold, &count), count.chars().count() + 2, Ink::Dim, &about);
    if !list.waivers.is_empty() {
        page.gap();
        let grid = table(&list.waivers, page.width - 2);
        page.grid(grid, true);
    }
    if !list.notices.is_empty() {
        page.title("Notices");
        for notice in &list.notices {
            let place = notice.path.as_ref().map(|path| format!("{}: ", visible(path.as_str(), NAME)));
            let text = format!("{}{}", place.unwrap_or_default(), visible(&notice.reason, SENTENCE));
            page.hanging(&ink(Ink::Warn, "  !"), 4, Ink::Plain, &text);
        }
    }
    out.write_all(develop(&page.text, options.color).as_bytes())
}

fn table(waivers: &[Waiver], width: usize) -> Grid {
    let status = widest(waivers.iter().map(|waiver| look(waiver.status).0), 9).max("Status".len());
    let scopes: Vec<(String, Vec<String>)> = waivers
        .iter()
        .map(|waiver| {
            let paths = waiver.paths.iter().take(LISTED).map(|path| visible(path, NAME));
            (visible(if waiver.rule.is_empty() { "–" } else { &waiver.rule }, WORD), paths.collect())
        })
        .collect();
    let room = width - status - 4;
    let words = scopes.iter().flat_map(|(what, paths)| std::iter::once(what).chain(paths));
    let scope = widest(words.map(String::as_str), room * 35 / 100).max("Waives".len());
    let room = room - scope;
    let mut grid = Grid::new(3).header(&["Status", "Waives", "Why, and by whom"]);
    for (waiver, (what, paths)) in waivers.iter().zip(&scopes) {
        let (word, style) = look(waiver.status);
        let more = waiver.paths.len().saturating_sub(LISTED);
        let more = if more > 0 { format!("and {more} more") } else { String::new() };
        let scope =
            paths.iter().fold(Lines::new(Ink::Plain, what, scope), |lines, path| lines.and(Ink::Dim, path, scope));
        grid.row(vec![
            Lines::new(style, word, status),
            scope.and(Ink::Dim, &more, status),
            Lines::default()
                .and(Ink::Plain, &visible(&waiver.reason, SENTENCE), room)
                .and(Ink::Dim, &origin(waiver), room)
                .and(style, &why(waiver), room),
        ]);
    }
    grid
}
