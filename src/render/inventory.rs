//! The inventory of flags in its formats: a table for people, JSON and CSV for programs. Pure functions, as for reports.

use super::escape::{NAME, visible, write_json};
use super::{RenderOptions, terminal};
use crate::inventory::{FlagEntry, Inventory};
use std::io::{self, Write};

/// How an inventory is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum InventoryFormat {
    /// For people at a terminal
    Table,
    /// The whole inventory for programs, see rules/schema/inventory.json
    Json,
    /// One row a flag, for spreadsheets
    Csv,
}

/// Writes the inventory in one format.
pub(crate) fn render_inventory(
    format: InventoryFormat,
    inventory: &Inventory,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        InventoryFormat::Table => terminal::inventory::render(inventory, options, out),
        InventoryFormat::Json => write_json(inventory, out),
        InventoryFormat::Csv => csv(inventory, out),
    }
}

const COLUMNS: [&str; 15] = [
    "key",
    "key_known",
    "constants",
    "provider",
    "type",
    "default",
    "evaluations",
    "definitions",
    "files",
    "owners",
    "first_change",
    "first_commit",
    "last_change",
    "last_commit",
    "paths",
];

/// RFC 4180, with a header. Lists are parted by blanks.
fn csv(inventory: &Inventory, out: &mut dyn Write) -> io::Result<()> {
    write_record(&COLUMNS.map(str::to_owned), out)?;
    inventory.flags.iter().try_for_each(|flag| write_record(&record(flag), out))
}

fn record(flag: &FlagEntry) -> [String; COLUMNS.len()] {
    let mut paths: Vec<&str> = flag.references.iter().map(|reference| reference.path.as_str()).collect();
    paths.dedup();
    let owners: Vec<&str> = flag.owners.iter().map(|owner| owner.name.as_str()).collect();
    let [first, last] = [&flag.first_change, &flag.last_change].map(|change| match change {
        Some(change) => (change.date.clone(), change.commit.clone()),
        None => (String::new(), String::new()),
    });
    [
        flag.key.clone(),
        flag.key_known.to_string(),
        flag.constants.join(" "),
        flag.provider.clone(),
        flag.value_type.map(|value| value.as_str().to_owned()).unwrap_or_default(),
        flag.defaults.join(" "),
        flag.evaluations.to_string(),
        flag.definitions.to_string(),
        flag.files.to_string(),
        // Names of people have blanks.
        owners.join(", "),
        first.0,
        first.1,
        last.0,
        last.1,
        paths.join(" "),
    ]
}

fn write_record(fields: &[String], out: &mut dyn Write) -> io::Result<()> {
    let fields: Vec<String> = fields.iter().map(|field| cell(field)).collect();
    write!(out, "{}\r\n", fields.join(","))
}

/// The most characters of a cell; spreadsheets take 32,767.
const MAX_CELL: usize = 30_000;

/// A cell that no spreadsheet takes for a formula: such a text begins with an apostrophe.
fn cell(text: &str) -> String {
    let text = visible(text, MAX_CELL);
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']);
    let text = if formula { format!("'{text}") } else { text };
    match text.contains(['"', ',', '\r', '\n', ';', '\'']) || text.starts_with(' ') || text.ends_with(' ') {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// What a table calls the tree: its name, and the commit where the name does not say it.
pub(super) fn tree_name(inventory: &Inventory) -> String {
    let short = inventory.tree.commit.get(..9).unwrap_or(&inventory.tree.commit);
    let name = visible(&inventory.tree.name, NAME);
    if inventory.tree.commit.starts_with(&inventory.tree.name) { short.to_owned() } else { format!("{name} ({short})") }
}

#[cfg(test)]
mod tests {
    use super::cell;
    use crate::current::assert_current;
    use crate::inventory::Inventory;

    #[test]
    fn the_schema_is_current() {
        let mut schema = serde_json::to_value(schemars::schema_for!(Inventory)).expect("a schema is JSON");
        schema["title"] = "preflag inventory of flags, schema_version 1".into();
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        assert_current("rules/schema/inventory.json", &text);
    }

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        assert_eq!(cell("new-tax"), "new-tax");
        assert_eq!(cell("a,b \"c\""), "\"a,b \"\"c\"\"\"");
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        for start in ["=1", "+1", "-1", "@team", " =1", "\t=1", "＝1"] {
            assert!(!cell(start).trim_start_matches('"').starts_with(['=', '+', '-', '@', ' ', '\t', '＝']), "{start}");
        }
        assert!(!cell("a\r\nb").contains(['\r', '\n']), "one line a row");
    }
}
