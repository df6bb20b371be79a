//! Who knows files and folders as tables: one a path, one row a person.

use super::layout::{Grid, Ink, Lines, develop, ink, shorten, widest};
use super::{LISTED, Page, RenderOptions, WIDTHS};
use crate::experts::{Expert, Experts, Knowledge};
use crate::render::escape::{NAME, SENTENCE, visible};
use crate::render::words;
use std::io::{self, Write};

/// No name takes more columns.
const WIDEST_NAME: usize = 40;

pub(in crate::render) fn render(experts: &Experts, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: String::new(), width: options.width.clamp(*WIDTHS.start(), *WIDTHS.end()).into() };
    let mut parts: Vec<(String, &Knowledge)> = Vec::new();
    if let Some(together) = &experts.together {
        parts.push((format!("All {} together", experts.paths.len()), together));
    }
    parts.extend(experts.paths.iter().map(|one| (name(&one.path), &one.knowledge)));
    for (at, (title, knowledge)) in parts.iter().enumerate() {
        if at > 0 {
            page.gap();
        }
        part(&mut page, title, knowledge);
    }
    remarks(&mut page, experts, &parts);
    out.write_all(develop(&page.text, options.color).as_bytes())
}

fn name(path: &str) -> String {
    if path.is_empty() { "The whole repository".to_owned() } else { visible(path, NAME) }
}

fn part(page: &mut Page, title: &str, knowledge: &Knowledge) {
    let changes = words::count(knowledge.changes as usize, "change", "changes");
    let bots = match knowledge.bot_changes {
        0 => String::new(),
        bots => format!(" and {bots} by bots"),
    };
    page.line(&ink(Ink::Bold, title));
    let factor = match knowledge.bus_factor {
        0 => "nobody known".to_owned(),
        factor => format!("bus factor {factor}"),
    };
    let gone = match knowledge.bus_factor - knowledge.bus_factor_active.min(knowledge.bus_factor) {
        0 => String::new(),
        gone if gone == knowledge.bus_factor && gone == 1 => ", and that person is gone".to_owned(),
        gone if gone == knowledge.bus_factor => ", and all of them are gone".to_owned(),
        gone => format!(", {gone} of them gone"),
    };
    let style = if knowledge.bus_factor_active < 2 { Ink::Warn } else { Ink::Plain };
    page.line(&format!(
        "  {}{}",
        ink(style, &format!("{factor}{gone}")),
        ink(Ink::Dim, &format!("  {changes} by people{bots}"))
    ));
    if knowledge.people.is_empty() {
        return;
    }
    page.gap();
    let shown = || knowledge.people.iter().take(LISTED);
    let names: Vec<String> = shown().map(|expert| visible(&expert.name, NAME)).collect();
    let width = widest(names.iter().map(String::as_str), WIDEST_NAME).max("Person".len());
    let mut grid = Grid::new(6).header(&["Person", "Share", "Changes", "Last year", "Last change", ""]);
    for (expert, name) in shown().zip(&names) {
        grid.row(row(expert, &shorten(name, width), width));
    }
    page.grid(grid, false);
    let more = knowledge.people.len().saturating_sub(LISTED) + knowledge.more_people as usize;
    if more > 0 {
        page.paragraph(Ink::Dim, &format!("and {more} more, see --format json"));
    }
}

fn row(expert: &Expert, name: &str, width: usize) -> Vec<Lines> {
    let style = match expert {
        Expert { is_bot: true, .. } => Ink::Dim,
        Expert { key: true, .. } => Ink::Key,
        _ => Ink::Plain,
    };
    let share = expert.share.map(|share| format!("{:.0}%", share * 100.0));
    let number = |text: &str, width: usize| Lines::fixed(format!("{text:>width$}"));
    let (mark_style, mark) = match expert {
        Expert { is_bot: true, .. } => (Ink::Dim, "bot"),
        Expert { left: true, key: true, .. } => (Ink::Warn, "key, gone"),
        Expert { left: true, .. } => (Ink::Dim, "gone"),
        Expert { key: true, .. } => (Ink::Plain, "key"),
        _ => (Ink::Plain, ""),
    };
    vec![
        Lines::new(style, name, width),
        number(share.as_deref().unwrap_or("–"), "Share".len()),
        number(&expert.changes.to_string(), "Changes".len()),
        number(&expert.last_year.to_string(), "Last year".len()),
        Lines::new(Ink::Plain, &expert.last_change, 11),
        Lines::new(mark_style, mark, 10),
    ]
}

/// What the tables alone do not say.
fn remarks(page: &mut Page, experts: &Experts, parts: &[(String, &Knowledge)]) {
    let mut remarks = Vec::new();
    if parts.iter().any(|(_, knowledge)| knowledge.bus_factor > 0) {
        remarks.push(
            "key: the smallest number of people who together made more than half of the changes by people. They are the \
             bus factor."
                .to_owned(),
        );
    }
    if parts.iter().any(|(_, knowledge)| knowledge.people.iter().any(|expert| expert.left)) {
        let days = words::count(experts.left_after_days as usize, "day", "days");
        remarks.push(format!("gone: no commit in this repository in the {days} before that commit."));
    }
    remarks.extend(experts.notices.iter().map(|notice| visible(&notice.reason, SENTENCE)));
    if !remarks.is_empty() {
        page.gap();
    }
    for remark in remarks {
        page.hanging(&ink(Ink::Dim, "  –"), 4, Ink::Plain, &remark);
    }
}
