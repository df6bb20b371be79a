//! The inventory of flags as a table: one row a flag, as many columns as the width has room for.

use super::layout::{Grid, Ink, Lines, columns, develop, ink, shorten, widest};
use super::{LISTED, Page, RenderOptions, WIDTHS, WORD};
use crate::inventory::{FlagEntry, HistoryRead, Inventory, OwnerSource};
use crate::render::escape::{NAME, SENTENCE, visible};
use crate::render::inventory::tree_name;
use crate::render::words;
use std::io::{self, Write};

/// The room between two columns.
const GAP: usize = 2;

/// One column of the table.
struct Column {
    name: &'static str,
    /// Never wider.
    limit: usize,
    /// Never narrower where it is shown.
    least: usize,
    /// When there is no room for all columns, the one with the smallest rank goes first.
    rank: u8,
    cells: Vec<(Ink, String)>,
}

impl Column {
    fn new(
        name: &'static str,
        (least, limit): (usize, usize),
        rank: u8,
        flags: &[FlagEntry],
        cell: impl Fn(&FlagEntry) -> (Ink, String),
    ) -> Self {
        Self { name, limit, least, rank, cells: flags.iter().map(cell).collect() }
    }

    /// Nothing stands in it.
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|(_, text)| text.is_empty())
    }

    /// The same words stand in every row, and they are no numbers.
    fn is_same(&self) -> bool {
        let (first, rest) = self.cells.split_first().expect("a table has rows");
        !rest.is_empty() && self.rank < 7 && rest.iter().all(|cell| cell == first)
    }

    fn width(&self) -> usize {
        widest(self.cells.iter().map(|(_, text)| text.as_str()), self.limit).max(columns(self.name))
    }
}

pub(in crate::render) fn render(inventory: &Inventory, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: String::new(), width: options.width.clamp(*WIDTHS.start(), *WIDTHS.end()).into() };
    let flags = &inventory.flags;
    let count = match flags.len() {
        0 => "No flags".to_owned(),
        count => words::count(count, "flag", "flags"),
    };
    let files = words::count(inventory.files as usize, "file", "files");
    page.line(&format!(
        "{}  {}",
        ink(Ink::Bold, &count),
        ink(Ink::Dim, &format!("in {files} of {}", tree_name(inventory)))
    ));
    let left_out = if flags.is_empty() { Vec::new() } else { table(&mut page, inventory) };
    remarks(&mut page, inventory, &left_out);
    notices(&mut page, inventory);
    out.write_all(develop(&page.text, options.color).as_bytes())
}

/// Writes the table and returns the names of the columns that there is no room for.
fn table(page: &mut Page, inventory: &Inventory) -> Vec<&'static str> {
    let mut all = all_columns(inventory);
    all.retain(|column| !column.is_empty());
    let room = page.width - 2;
    let (mut left_out, mut same) = (Vec::new(), Vec::new());
    let widths = loop {
        if let Some(widths) = fit(&all, room) {
            break widths;
        }
        // What says the same in every row is better said once.
        match all.iter().position(Column::is_same) {
            Some(at) => same.push(all.remove(at)),
            None => {
                let least = (0..all.len()).min_by_key(|&at| all[at].rank).expect("the first column always fits");
                left_out.push(all.remove(least).name);
            }
        }
    };
    if !same.is_empty() {
        let said = same.iter().map(|column| format!("{} {}", column.name.to_lowercase(), column.cells[0].1));
        page.paragraph(Ink::Plain, &format!("All of them: {}.", said.collect::<Vec<_>>().join(", ")));
    }
    page.gap();
    let names: Vec<&str> = all.iter().map(|column| column.name).collect();
    let mut grid = Grid::new(all.len()).header(&names);
    for row in 0..inventory.flags.len() {
        let cell = |(column, &width): (&Column, &usize)| {
            let (style, text) = &column.cells[row];
            match column.name {
                KEY => Lines::default().and_name(*style, text, width),
                _ => Lines::new(*style, &shorten(text, width), width),
            }
        };
        grid.row(all.iter().zip(&widths).map(cell).collect());
    }
    page.grid(grid, false);
    left_out
}

/// The widths of the columns in this much room; `None` where they do not fit.
fn fit(all: &[Column], room: usize) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = all.iter().map(Column::width).collect();
    let gaps = GAP * all.len().saturating_sub(1);
    // The key breaks over lines, owners and defaults are cut: the widest gives way first.
    while widths.iter().sum::<usize>() + gaps > room {
        let can_give = (0..all.len()).filter(|&at| widths[at] > all[at].least.max(columns(all[at].name)));
        let widest = can_give.max_by_key(|&at| (widths[at] - all[at].least, at))?;
        widths[widest] -= 1;
    }
    Some(widths)
}

const KEY: &str = "Flag";

fn all_columns(inventory: &Inventory) -> Vec<Column> {
    let flags = &inventory.flags;
    let plain = |text: String| (Ink::Plain, text);
    let date = |change: &Option<crate::inventory::Change>| {
        let older = matches!(inventory.history, HistoryRead::Limited { .. } | HistoryRead::Shallow { .. });
        match change {
            Some(change) => plain(change.date.clone()),
            None if older => (Ink::Dim, "older".to_owned()),
            None => plain(String::new()),
        }
    };
    vec![
        Column::new(KEY, (26, 60), 99, flags, |flag| match flag.key_known {
            true => (Ink::Key, visible(&flag.key, NAME)),
            false => (Ink::Warn, format!("{}?", visible(&flag.key, NAME))),
        }),
        Column::new("Provider", (10, 18), 6, flags, |flag| {
            let more = if flag.other_providers.is_empty() { "" } else { " +" };
            plain(format!("{}{more}", visible(&flag.provider, WORD)))
        }),
        Column::new("Type", (7, 7), 2, flags, |flag| {
            plain(flag.value_type.map(|value| value.as_str().to_owned()).unwrap_or_default())
        }),
        Column::new("Default", (7, 20), 3, flags, |flag| {
            plain(several(flag.defaults.iter().map(|text| visible(text, WORD))))
        }),
        Column::new("Reads", (5, 7), 9, flags, |flag| {
            let style = if flag.evaluations == 0 { Ink::Warn } else { Ink::Plain };
            (style, flag.evaluations.to_string())
        }),
        Column::new("Files", (5, 7), 7, flags, |flag| plain(flag.files.to_string())),
        Column::new("Owners", (14, 34), 4, flags, |flag| {
            let from_git = flag.owners.iter().any(|owner| owner.source == OwnerSource::Git);
            // Who changed it last is a hint, who owns it is a fact.
            let owners = flag.owners.iter().map(|owner| visible(&owner.name, WORD));
            (if from_git { Ink::Dim } else { Ink::Plain }, several(owners))
        }),
        Column::new("First change", (12, 12), 1, flags, |flag| date(&flag.first_change)),
        Column::new("Last change", (11, 11), 5, flags, |flag| date(&flag.last_change)),
    ]
}

/// The first of several, and how many more there are.
fn several(texts: impl Iterator<Item = String>) -> String {
    let texts: Vec<String> = texts.collect();
    match &texts[..] {
        [] => String::new(),
        [only] => only.clone(),
        [first, more @ ..] => format!("{first} +{}", more.len()),
    }
}

/// What the table alone does not say.
fn remarks(page: &mut Page, inventory: &Inventory, left_out: &[&str]) {
    let flags = &inventory.flags;
    let mut remarks = Vec::new();
    let unread = flags.iter().filter(|flag| flag.evaluations == 0).count();
    if unread > 0 {
        let are = if unread == 1 { "flag is declared and read nowhere" } else { "flags are declared and read nowhere" };
        remarks.push(format!("{unread} {are} here: removed, or read in a way that preflag does not see."));
    }
    let unknown = flags.iter().filter(|flag| !flag.key_known).count();
    if unknown > 0 {
        let rows = if unknown == 1 { "one row is" } else { "rows are" };
        remarks.push(format!("? {rows} the name of a constant, whose key could not be told."));
    }
    let dynamic = &inventory.dynamic;
    if let Some(first) = dynamic.references.first() {
        let reads = words::count(dynamic.evaluations as usize, "more read", "more reads");
        let files = words::count(dynamic.files as usize, "file", "files");
        let place = format!("{}:{}", visible(first.path.as_str(), NAME), first.line);
        remarks
            .push(format!("{reads} in {files} with a key that only the running program knows, the first at {place}."));
    }
    if !left_out.is_empty() {
        let mut names: Vec<String> = left_out.iter().map(|name| name.to_lowercase()).collect();
        names.sort();
        remarks.push(format!("No room for {}: widen the terminal, or use --format csv.", names.join(", ")));
    }
    if !remarks.is_empty() {
        page.gap();
    }
    for remark in remarks {
        page.hanging(&ink(Ink::Dim, "  –"), 4, Ink::Plain, &visible(&remark, SENTENCE));
    }
}

fn notices(page: &mut Page, inventory: &Inventory) {
    if inventory.notices.is_empty() {
        return;
    }
    page.title("Not looked at, or not fully");
    for notice in inventory.notices.iter().take(LISTED) {
        let place = notice.path.as_ref().map(|path| format!("{}: ", visible(path.as_str(), NAME))).unwrap_or_default();
        page.paragraph(Ink::Plain, &format!("{place}{}", visible(&notice.reason, SENTENCE)));
    }
    if let Some(more) = inventory.notices.len().checked_sub(LISTED).filter(|&more| more > 0) {
        page.paragraph(Ink::Dim, &format!("and {more} more, see --format json"));
    }
}
