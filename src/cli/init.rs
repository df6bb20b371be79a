//! What can be typed to begin.

use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  preflag init                          look, show, and ask
  preflag init --dry-run                look and show
  preflag init --yes                    write without asking
  preflag init --skip hook --yes        only the config and the workflow

Exit codes: 0 done or shown, 2 could not run.";

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Write without asking
    #[arg(short, long)]
    pub(crate) yes: bool,

    /// Show what would be written, and write nothing
    #[arg(long, conflicts_with = "yes")]
    pub(crate) dry_run: bool,

    /// What to leave out; may be repeated
    #[arg(long, value_name = "WHAT")]
    pub(crate) skip: Vec<Part>,

    /// The repository, or a folder in it
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = ValueHint::DirPath)]
    pub(crate) repo: PathBuf,
}

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// .preflag.yml
    Config,
    /// .github/workflows/preflag.yml
    Workflow,
    /// The pre-push hook
    Hook,
}
