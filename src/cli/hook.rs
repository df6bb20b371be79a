//! What can be typed about the pre-push hook.

use super::{CacheUseArgs, LookArgs, ScopeArgs, SourceArgs};
use clap::{Args, Subcommand, ValueHint};
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  preflag hook install                  every `git push` of this repository is judged first
  git push --no-verify                  once without it
  preflag hook uninstall                no more

With pre-commit, in .pre-commit-config.yaml (then `pre-commit install --hook-type pre-push`):
  - repo: https://github.com/preflag/preflag
    rev: <tag or commit>
    hooks: [{id: preflag}]";

const INSTALL_HELP: &str = "\
Example:
  preflag hook install

Exit codes: 0 it is there, 1 it has to be added by hand (what and where is printed), 2 could not run.";

const RUN_HELP: &str = "\
Examples:
  preflag hook run                      at a terminal: what HEAD has and the default branch has not
  git push --no-verify                  push without it
  git commit --amend --no-edit --trailer 'Preflag-Waive: payments: Agreed with Ana'
                                        ship without a flag, with a reason that stays on record

Exit codes: 0 the push may go, 1 the policy failed, 2 could not run.";

#[derive(Debug, Subcommand)]
pub(crate) enum HookCommand {
    /// Write a pre-push hook that runs `preflag hook run`
    ///
    /// It goes where git looks for hooks (`core.hooksPath`, linked work trees). A hook that is there is never changed: then, and
    /// with husky, lefthook and pre-commit, what to add is printed.
    #[command(after_help = INSTALL_HELP)]
    Install(HookPlaceArgs),
    /// Remove the hook, if it is as preflag wrote it
    #[command(after_help = "Exit codes: 0 it is gone, 2 could not run.")]
    Uninstall(HookPlaceArgs),
    /// Judge a push: what git tells a pre-push hook on the standard input
    ///
    /// A new branch is judged from where it left the default branch, an update from what the other side has, a rebased branch by
    /// its own commits. Deletions and notes are let through, and so is what cannot be compared with anything (the first push to
    /// an empty repository): then a line says so. Everything is written to the standard error.
    #[command(after_help = RUN_HELP)]
    Run(HookRunArgs),
}

#[derive(Debug, Args)]
pub(crate) struct HookPlaceArgs {
    /// The repository, or a folder in it
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = ValueHint::DirPath)]
    pub(crate) repo: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct HookRunArgs {
    /// The name of the remote
    pub(crate) remote: Option<String>,

    /// Its address, which is never shown and not used
    #[arg(hide = true)]
    pub(crate) address: Option<String>,

    #[command(flatten)]
    pub(crate) source: SourceArgs,

    #[command(flatten)]
    pub(crate) scope: ScopeArgs,

    #[command(flatten)]
    pub(crate) cache: CacheUseArgs,

    #[command(flatten)]
    pub(crate) look: LookArgs,
}
