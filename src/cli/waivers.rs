//! What can be typed about waivers and records.

use super::{CacheUseArgs, LookArgs, SourceArgs};
use crate::calendar::Date;
use crate::render::ListFormat;
use clap::{Args, ValueHint};
use std::path::PathBuf;

pub(super) const WAIVERS_EXAMPLES: &str = "\
A waiver is a line in the last paragraph of a commit's message, or anywhere in the pull request's description,
  Preflag-Waive: payments src/billing/**: Behind the maintenance window, agreed with Ana
where the path may be left out, or an entry of .preflag/waivers.yml, for longer than one change:
  waivers:
    - area: payments                    or `rule: ungated-change`
      paths: [src/billing/**]           may be left out
      owner: \"@acme/payments\"
      reason: Behind the maintenance window until the move is done
      expires: 2026-12-31               the last day on which it counts

Examples:
  preflag waivers                       those of this branch and of the file
  preflag waivers main..feature         those of another one
  git commit --amend --no-edit --trailer 'Preflag-Waive: payments: Agreed with Ana, see INC-7'

Exit codes: 0 listed, 2 could not run.";

pub(super) const LOG_EXAMPLES: &str = "\
Examples:
  preflag log                           the newest 20 records
  preflag log -n 200 --format json      more of them, for a program
  preflag log v1.4..v1.5                those of the commits between two releases
  git push origin refs/notes/preflag    share them; notes are not pushed with branches
  git fetch origin refs/notes/preflag:refs/notes/preflag

Exit codes: 0 listed, 2 could not run.";

/// What waivers are read from and judged by, besides commits and the file.
#[derive(Debug, Args)]
pub(crate) struct WaiverArgs {
    /// The pull request's description, where waivers may stand: a file, or `-` for the standard input
    ///
    /// A line `Preflag-Waive: <rule or area>[ path]: reason` ships without a flag; see `preflag waivers --help`.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Waivers")]
    pub(crate) description: Option<PathBuf>,

    /// Who wrote the description: a login or a mail address
    #[arg(long, value_name = "NAME", requires = "description", help_heading = "Waivers")]
    pub(crate) description_author: Option<String>,

    /// The day on which waivers have to count; default: that of the newer of head and base commit
    ///
    /// So a scan says the same on every run.
    #[arg(long, value_name = "DATE", help_heading = "Waivers")]
    pub(crate) today: Option<Date>,
}

#[derive(Debug, Args)]
pub(crate) struct WaiversArgs {
    /// Commits whose waivers are listed: A..B, A...B, or A (to HEAD); default: as `preflag scan`
    pub(crate) range: Option<String>,

    #[command(flatten)]
    pub(crate) source: SourceArgs,

    /// Read config and waivers from the base commit, as CI does
    #[arg(long, conflicts_with = "no_config", help_heading = "Config")]
    pub(crate) config_from_base: bool,

    #[command(flatten)]
    pub(crate) cache: CacheUseArgs,

    #[command(flatten)]
    pub(crate) waivers: WaiverArgs,

    /// How the list is written
    #[arg(short, long, value_name = "FORMAT", default_value = "table", help_heading = "Output")]
    pub(crate) format: ListFormat,

    #[command(flatten)]
    pub(crate) look: LookArgs,
}

#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    /// Commits whose records are listed: A..B, A...B, or A (to HEAD); default: all that have one
    pub(crate) range: Option<String>,

    /// How many records, the newest
    #[arg(short = 'n', long = "max-count", value_name = "N", default_value_t = 20)]
    pub(crate) max_count: u32,

    /// The repository, or a folder in it
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = ValueHint::DirPath)]
    pub(crate) repo: PathBuf,

    /// How the list is written
    #[arg(short, long, value_name = "FORMAT", default_value = "table", help_heading = "Output")]
    pub(crate) format: ListFormat,

    #[command(flatten)]
    pub(crate) look: LookArgs,
}
