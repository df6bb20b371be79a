//! A backtest in its formats: tables for people, JSON for programs, a picture. Pure functions, as for reports.

mod svg;

pub(crate) use svg::gains_svg;

use super::escape::write_json;
use super::{RenderOptions, terminal};
use crate::backtest::Backtest;
use crate::terms::Trouble;
use std::io::{self, Write};

/// How a backtest is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum BacktestFormat {
    /// For people at a terminal
    Table,
    /// All figures for programs, see rules/schema/backtest.json
    Json,
}

/// Writes the backtest in one format.
pub(crate) fn render_backtest(
    format: BacktestFormat,
    backtest: &Backtest,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        BacktestFormat::Table => terminal::backtest::render(backtest, options, out),
        BacktestFormat::Json => write_json(backtest, out),
    }
}

/// What a table or picture about a label is called.
pub(super) fn title(label: Trouble) -> &'static str {
    match label {
        Trouble::Undone => "Undone within 90 days",
        Trouble::FollowUp => "Followed by a fix within 14 days",
        Trouble::Either => "Undone or followed by a fix",
    }
}

#[cfg(test)]
mod tests {
    use crate::backtest::Backtest;
    use crate::current::assert_current;

    #[test]
    fn the_schema_is_current() {
        let mut schema = serde_json::to_value(schemars::schema_for!(Backtest)).expect("a schema is JSON");
        schema["title"] = "preflag backtest, schema_version 1".into();
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        assert_current("rules/schema/backtest.json", &text);
    }
}
