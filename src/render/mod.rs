//! Renderers: a finished [`Report`] in, text out.
//!
//! Each format is one file and a pure function of the report: it lays out, wraps, escapes and, where the reader's place
//! is limited, cuts with a word about the cut. It decides, scores and judges nothing; the exit code never depends on a
//! format. Wording that several formats share is in `words.rs`, all escaping in `escape.rs`.
//!
//! A new format: its file here, a variant and an arm below. The tests loop over [`Format::ALL`].

mod backtest;
mod escape;
mod experts;
mod explain;
mod github;
mod init;
mod inventory;
mod json;
mod log;
mod markdown;
mod push;
mod review;
mod sarif;
mod terminal;
#[cfg(test)]
mod tests;
mod waivers;
mod words;

pub(crate) use backtest::{BacktestFormat, gains_svg, render_backtest};
pub(crate) use escape::{log_line, uri, visible, workflow_message};
pub(crate) use experts::{ExpertsFormat, render_experts};
pub(crate) use explain::{ExplanationFormat, render_explanation};
pub(crate) use init::render_init;
pub(crate) use inventory::{InventoryFormat, render_inventory};
pub(crate) use log::render_log;
pub(crate) use markdown::{CommentOptions, marker, render_comment, render_settled};
pub(crate) use push::{Push, PushOutcome, render_hook_plan, render_push, visible_path};
pub(crate) use review::{ReviewSpot, review_body, review_marker, review_spots};
pub(crate) use waivers::{ListFormat, by_whom, render_waivers};
pub(crate) use words::headline;

use crate::report::Report;
use std::io::{self, Write};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Format {
    /// For people at a terminal
    Table,
    /// The whole report for programs, see rules/schema/report.json
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// A comment for a pull request
    Markdown,
    /// Workflow commands: annotations in GitHub Actions
    Github,
}

impl Format {
    /// Every format, in the order of the help text.
    pub const ALL: [Self; 5] = [Self::Table, Self::Json, Self::Sarif, Self::Markdown, Self::Github];
}

/// What a renderer may know about where its text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenderOptions {
    /// Columns of the terminal; only [`Format::Table`] looks at it.
    pub width: u16,
    /// Whether ANSI colours are wanted; only [`Format::Table`] uses them.
    pub color: bool,
    /// Whether the table shows all that the score is made of.
    pub explain_score: bool,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { width: 100, color: false, explain_score: false }
    }
}

/// Writes the report in one format.
pub fn render(format: Format, report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Table => terminal::render(report, options, out),
        Format::Json => json::render(report, out),
        Format::Sarif => sarif::render(report, out),
        Format::Markdown => markdown::render(report, out),
        Format::Github => github::render(report, out),
    }
}
