//! What `preflag backtest` takes.

use super::{CacheUseArgs, LookArgs, SourceArgs};
use crate::calendar::Date;
use crate::render::BacktestFormat;
use crate::terms::Trouble;
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  preflag backtest                          the newest 20,000 changes
  preflag backtest --since 2024-01-01       those of a time
  preflag backtest --plot ranking.svg       with a picture
  preflag backtest --fit                    and try weights of this repository's own

Exit codes: 0 measured, 2 could not run.";

#[derive(Debug, Args)]
pub(crate) struct BacktestArgs {
    /// Only changes that landed on this day (UTC) or later; earlier ones still count as history
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,

    /// How many changes to measure, the newest first
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub(crate) limit: u32,

    /// What counts as trouble
    #[arg(long, value_name = "LABEL", default_value = "both")]
    pub(crate) label: Labels,

    /// Learn weights from the older two thirds and, if they rank the newer third better, write them as a rule pack
    ///
    /// Default: .preflag/rules/score/learned.yaml, from where scans read them.
    #[arg(long, value_name = "FILE", num_args = 0..=1, value_hint = ValueHint::FilePath)]
    pub(crate) fit: Option<Option<PathBuf>>,

    #[command(flatten)]
    pub(crate) source: SourceArgs,

    #[command(flatten)]
    pub(crate) cache: CacheUseArgs,

    /// How the figures are written; default: table, or what the name of the output says
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) format: Option<BacktestFormat>,

    /// Write to this file instead of the standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,

    /// Draw how many bad changes are found by looking at the riskiest first
    #[arg(long, value_name = "FILE.svg", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub(crate) plot: Option<PathBuf>,

    /// List every measured change with its signals (JSON)
    #[arg(long, help_heading = "Output")]
    pub(crate) changes: bool,

    #[command(flatten)]
    pub(crate) look: LookArgs,
}

/// What counts as trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Labels {
    /// Changes that were reverted within 90 days
    Reverts,
    /// Changes that a fix of the same lines followed within 14 days
    Quickfix,
    /// Each of them, and one or the other
    Both,
}

impl Labels {
    pub(crate) fn labels(self) -> &'static [Trouble] {
        match self {
            Self::Reverts => &[Trouble::Undone],
            Self::Quickfix => &[Trouble::FollowUp],
            Self::Both => &Trouble::ALL,
        }
    }
}
