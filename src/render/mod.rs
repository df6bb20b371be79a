//! STAND-IN until the render branch is merged: the owner's version wins.

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

/// What a renderer may know about where its text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenderOptions {
    /// Columns of the terminal.
    pub width: u16,
    /// Whether ANSI colours are wanted.
    pub color: bool,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { width: 100, color: false }
    }
}

/// Writes the report in one format.
pub fn render(_: Format, report: &Report, _: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    writeln!(out)
}
