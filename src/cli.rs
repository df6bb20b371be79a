//! What can be typed. No I/O: the commands are in [`crate::commands`].

mod action;
mod backtest;
mod comment;
mod hook;
mod init;
mod outputs;
mod spot;
mod waivers;

pub(crate) use action::ActionArgs;
pub(crate) use backtest::BacktestArgs;
pub(crate) use comment::CommentArgs;
pub(crate) use hook::{HookCommand, HookRunArgs};
pub(crate) use init::{InitArgs, Part};
pub(crate) use outputs::{Destination, Output, Outputs};
pub(crate) use spot::Spot;
pub(crate) use waivers::{LogArgs, WaiverArgs, WaiversArgs};

use crate::config::{FailOn, Scope};
use crate::render::{ExpertsFormat, ExplanationFormat, InventoryFormat};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

/// What in this change is risky, is it behind a feature flag, and if not, which flag should it get?
///
/// preflag looks at what a range of commits changes, finds the parts that can hurt (payments, authentication, database
/// schema, public endpoints, integrations), and says which of them run only behind a feature flag. It needs no network
/// and no configuration, and it never runs code of the repository.
#[derive(Debug, Parser)]
#[command(name = "preflag", version, disable_help_subcommand = true, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 pass or warn, 1 the policy failed, 2 could not run.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge a change before it ships
    ///
    /// Without a range, what HEAD has and the upstream default branch has not. The report goes to the standard output,
    /// everything else to the standard error.
    #[command(after_help = SCAN_EXAMPLES)]
    Scan(Box<ScanArgs>),
    /// List the feature flags of the whole repository
    ///
    /// Where each flag is read and declared, through which SDK, with which default, who owns it and since when it is there.
    /// Tests, generated and vendored files are left out.
    #[command(after_help = FLAGS_EXAMPLES)]
    Flags(Box<FlagsArgs>),
    /// Say why a line is behind a flag, or why not
    ///
    /// Prints the way from the line to the flag: the condition, the wrappers, the constant and the key, and where the line is
    /// reached from when the flag stands before its callers. For a line in the open, the way on which no flag stands.
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(Box<ExplainArgs>),
    /// Judge the change that a job of GitHub Actions runs for
    ///
    /// Finds the range by the event, fetches the history that a shallow checkout lacks, and leaves the report where people look:
    /// the job's summary, annotations, one comment on the pull request, outputs for later steps. Config and rule packs are read
    /// from the base commit. The action of preflag (`action.yml`) runs this.
    #[command(after_help = action::HELP)]
    Action(Box<ActionArgs>),
    /// Leave one comment on a pull request, and keep it up to date
    ///
    /// Takes a report of `preflag scan --format json`, or scans. The comment is found again by its hidden first line and its
    /// author; it is updated in place, never doubled, and goes when nothing is left to say. The token is read from GITHUB_TOKEN
    /// or GH_TOKEN. In GitHub Actions, server, repository and pull request are known.
    #[command(after_help = comment::EXAMPLES)]
    Comment(Box<CommentArgs>),
    /// Say who knows files and folders, and on how many people that rests
    ///
    /// Counts the changes that each person made, by git's history along first parents: merges and squashed pull requests
    /// count for their authors and co-authors, .mailmap and .git-blame-ignore-revs are honoured, bots are marked. Renames
    /// are not followed. The bus factor is the smallest number of people who together made more than half of the changes.
    #[command(after_help = EXPERTS_EXAMPLES)]
    Experts(Box<ExpertsArgs>),
    /// List the waivers: decisions to ship without a flag, with who, why and until when
    ///
    /// Those of the change's commits and description and all of .preflag/waivers.yml, also those that have expired, that nothing
    /// is waived by, that somebody gave who may not, and those that are none.
    #[command(after_help = waivers::WAIVERS_EXAMPLES)]
    Waivers(Box<WaiversArgs>),
    /// List what `preflag scan --record` has kept: the verdicts on commits, with flags and waivers
    ///
    /// Records are git notes (refs/notes/preflag), one JSON object a line.
    #[command(after_help = waivers::LOG_EXAMPLES)]
    Log(LogArgs),
    /// Say how well the score would have ranked this repository's own past changes
    ///
    /// Replays the changes of HEAD's first-parent line with what was known before each, tells from git alone which were undone
    /// within 90 days or followed by a fix of the same lines within 14, and compares the order of the score with that by added lines and
    /// with chance. Changes by bots and without source code are left out.
    #[command(after_help = backtest::EXAMPLES)]
    Backtest(Box<BacktestArgs>),
    /// Begin: look at the repository and write a config, a workflow and the pre-push hook
    ///
    /// Shows what it would write, and asks. .preflag.yml has every setting explained and only what was found set. The workflow for
    /// GitHub Actions needs no secret. What exists is never changed: what would differ is shown.
    #[command(after_help = init::EXAMPLES)]
    Init(InitArgs),
    /// Judge what is pushed before it leaves, with a pre-push hook of git
    #[command(after_help = hook::EXAMPLES)]
    Hook {
        #[command(subcommand)]
        command: Box<HookCommand>,
    },
    /// Look at the rule packs: which SDKs and areas preflag knows
    Rules {
        #[command(subcommand)]
        command: RulesCommand,
    },
    /// Show where earlier runs left what they know of the repository, and how large it is
    ///
    /// preflag keeps which words each file mentions, by git's name for its content, and who changed what, by commit, in the
    /// folder `preflag` of the git directory. It only saves time: everything is found without it, too, and nothing in it can get old.
    #[command(after_help = "Examples:\n  preflag cache\n  preflag cache clear")]
    Cache(CacheArgs),
    /// Ask the index, to measure it
    #[command(name = "__index", hide = true)]
    Probe { arguments: Vec<String> },
    /// Print a completion script for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  preflag man > ~/.local/share/man/man1/preflag.1")]
    Man,
}

const SCAN_EXAMPLES: &str = "\
Examples:
  preflag scan                          what this branch adds to the default branch
  preflag scan main..feature            what `feature` adds to `main`
  preflag scan --staged                 what the next commit would hold
  preflag scan --worktree               everything that is not committed yet
  preflag scan --paths 'apps/web/**'    one part of a monorepo; the rest is only read
  preflag scan --format markdown        a comment for the pull request
  preflag scan --format table --format sarif --output preflag.sarif
                                        a table to read and a file to upload
  preflag scan --write-baseline preflag-baseline.json
                                        accept what is there, for `--baseline` later

Exit codes: 0 pass or warn, 1 the policy failed, 2 could not run.";

const FLAGS_EXAMPLES: &str = "\
Examples:
  preflag flags                         every flag of HEAD
  preflag flags src/billing apps/web    those of two folders
  preflag flags --at v1.4               as of a tag, a branch or a commit
  preflag flags --worktree              with what is not committed yet
  preflag flags --output flags.csv      for a spreadsheet

Exit codes: 0 listed, 2 could not run.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  preflag explain src/tax.ts:41             the line as of HEAD
  preflag explain src/tax.ts:41 --at v1.4   as of a tag, a branch or a commit
  preflag explain src/tax.ts:41 --worktree  with what is not committed yet

Exit codes: 0 explained, 2 could not run.";

const EXPERTS_EXAMPLES: &str = "\
Examples:
  preflag experts src/billing               who knows a folder
  preflag experts src/tax.ts src/rates.ts   each of two files, and both together
  preflag experts .                         the whole repository
  preflag experts src --left-after 90       who has been away for three months is marked as gone

Exit codes: 0 answered, 2 could not run.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  preflag completions bash > ~/.local/share/bash-completion/completions/preflag
  preflag completions zsh > ~/.zfunc/_preflag
  preflag completions fish > ~/.config/fish/completions/preflag.fish";

#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    /// Commits to judge: A..B, A...B, or A (to HEAD)
    ///
    /// The old side is where the two histories part, as in a pull request.
    pub(crate) range: Option<String>,

    /// Judge what is staged
    #[arg(long, conflicts_with_all = ["range", "worktree"])]
    pub(crate) staged: bool,

    /// Judge everything that is not committed: staged, unstaged, and new files that are not ignored
    #[arg(long, conflicts_with = "range")]
    pub(crate) worktree: bool,

    #[command(flatten)]
    pub(crate) source: SourceArgs,

    #[command(flatten)]
    pub(crate) scope: ScopeArgs,

    #[command(flatten)]
    pub(crate) cache: CacheUseArgs,

    /// Do not look at the history before the change: its part of the score is then not known
    #[arg(long)]
    pub(crate) no_history: bool,

    /// Show everything that the score is made of, not only what weighs most
    #[arg(long, help_heading = "Output")]
    pub(crate) explain_score: bool,

    /// Read config and rule packs from the base commit, so that a change cannot switch off its own check
    ///
    /// This is the default where CI or GITHUB_ACTIONS is `true`.
    #[arg(long, conflicts_with = "no_config", help_heading = "Config")]
    pub(crate) config_from_base: bool,

    #[command(flatten)]
    pub(crate) outputs: Outputs,

    /// The mildest result that fails
    ///
    /// Default: what the config says, else `uncovered-critical`.
    #[arg(long, value_name = "WHAT", help_heading = "Policy")]
    pub(crate) fail_on: Option<FailOn>,

    /// Judge, but never fail: the verdict is `warn` at most
    #[arg(long, help_heading = "Policy")]
    pub(crate) report_only: bool,

    /// Exit with 0 whatever the verdict is
    ///
    /// For steps that only upload the report. The report itself stays as it is.
    #[arg(long, help_heading = "Policy")]
    pub(crate) no_gate: bool,

    /// Findings known before; only others count for the policy
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Policy")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write the findings of this scan as a new baseline
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Policy")]
    pub(crate) write_baseline: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) waivers: WaiverArgs,

    /// Keep what the report comes down to as a git note on the head commit, for `preflag log`
    ///
    /// It is appended to refs/notes/preflag, after the report is written. Notes are not pushed by themselves: `git push origin
    /// refs/notes/preflag`.
    #[arg(long, conflicts_with_all = ["staged", "worktree"], help_heading = "Output")]
    pub(crate) record: bool,

    #[command(flatten)]
    pub(crate) look: LookArgs,

    /// Say how long each stage took, in the report
    #[arg(long, help_heading = "Output")]
    pub(crate) timings: bool,

    /// Print no report to the standard output; files are still written
    #[arg(short, long, help_heading = "Output")]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct FlagsArgs {
    /// Files and folders to look at; default: all
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// The commit to look at
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    pub(crate) at: String,

    /// Look at the work tree: HEAD with everything that is not committed
    #[arg(long, conflicts_with = "at")]
    pub(crate) worktree: bool,

    /// Look at tests too
    #[arg(long)]
    pub(crate) tests: bool,

    /// Leave out first and last changes, and owners where CODEOWNERS names none
    #[arg(long)]
    pub(crate) no_history: bool,

    /// How many commits to look at for first and last changes
    #[arg(long, value_name = "N", default_value_t = 20_000, conflicts_with = "no_history")]
    pub(crate) max_commits: u32,

    #[command(flatten)]
    pub(crate) source: SourceArgs,

    #[command(flatten)]
    pub(crate) cache: CacheUseArgs,

    /// How the list is written; default: table, or what the name of the output says
    #[arg(short, long, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) format: Option<InventoryFormat>,

    /// Write to this file instead of the standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) look: LookArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The file and the line in it, from 1
    #[arg(value_name = "PATH:LINE", value_hint = ValueHint::FilePath)]
    pub(crate) spot: Spot,

    /// The commit to look at
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    pub(crate) at: String,

    /// Look at the work tree: HEAD with everything that is not committed
    #[arg(long, conflicts_with = "at")]
    pub(crate) worktree: bool,

    #[command(flatten)]
    pub(crate) source: SourceArgs,

    #[command(flatten)]
    pub(crate) cache: CacheUseArgs,

    /// How the explanation is written
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    pub(crate) format: ExplanationFormat,

    #[command(flatten)]
    pub(crate) look: LookArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExpertsArgs {
    /// Files and folders
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// The commit to look back from
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    pub(crate) at: String,

    /// How many commits to look at
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) max_commits: u32,

    /// After how many days without a commit somebody is marked as gone
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    pub(crate) left_after: u32,

    /// The repository, or a folder in it
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = ValueHint::DirPath)]
    pub(crate) repo: PathBuf,

    #[command(flatten)]
    pub(crate) cache: CacheUseArgs,

    /// How the answer is written
    #[arg(short, long, value_name = "FORMAT", default_value = "table", help_heading = "Output")]
    pub(crate) format: ExpertsFormat,

    #[command(flatten)]
    pub(crate) look: LookArgs,
}

/// How a table looks.
#[derive(Debug, Args)]
pub(crate) struct LookArgs {
    /// Colours in the table
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    pub(crate) color: Color,

    /// Columns of the table; default: those of the terminal, else 100
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=500), help_heading = "Output")]
    pub(crate) width: Option<u16>,
}

/// Where the repository and its settings are.
#[derive(Debug, Args)]
pub(crate) struct SourceArgs {
    /// The repository, or a folder in it
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = ValueHint::DirPath)]
    pub(crate) repo: PathBuf,

    /// Read this config instead of the repository's .preflag.yml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Config")]
    pub(crate) config: Option<PathBuf>,

    /// Read no config and no rule packs of the repository
    #[arg(long, conflicts_with = "config", help_heading = "Config")]
    pub(crate) no_config: bool,
}

/// Whether what runs remember may be used and added to.
#[derive(Debug, Args)]
pub(crate) struct CacheUseArgs {
    /// Neither read nor write what runs remember of the repository (see `preflag cache`)
    #[arg(long)]
    pub(crate) no_cache: bool,
}

/// The part of the repository that is judged.
#[derive(Debug, Args)]
pub(crate) struct ScopeArgs {
    /// Judge only changed files that match, for a part of a monorepo: `--paths 'apps/web/**'`; can be repeated
    ///
    /// What is outside is still read, as callers and flags; the report says how many changed files were left out. Patterns are as
    /// in the config, several at once one a line.
    #[arg(long, value_name = "PATTERN", help_heading = "Config")]
    paths: Vec<Scope>,
}

impl ScopeArgs {
    pub(crate) fn scope(&self) -> Scope {
        Scope::all(&self.paths)
    }
}

/// What is done with the cache.
#[derive(Debug, Args)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    pub(crate) command: Option<CacheCommand>,

    /// The repository, or a folder in it
    #[arg(long, global = true, value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = ValueHint::DirPath)]
    pub(crate) repo: PathBuf,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum CacheCommand {
    /// Remove it; the next run starts anew
    Clear,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Print a table of all rule packs, the repository's own included
    List {
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Check rule packs and configs without scanning anything
    ///
    /// Without files, the repository's config and packs.
    #[command(
        after_help = "Example:\n  preflag rules check .preflag.yml .preflag/rules/flags/ours.yaml\n\nExit codes: 0 all are well, 2 some are not."
    )]
    Check {
        /// Packs (flags/NAME.yaml, areas/NAME.yaml) and configs (.preflag.yml)
        #[arg(value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,

        #[command(flatten)]
        source: SourceArgs,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn sides_exclude_each_other() {
        for typed in
            ["scan a..b --staged", "scan a --worktree", "scan --staged --worktree", "scan --no-config --config x"]
        {
            let words = std::iter::once("preflag").chain(typed.split(' '));
            assert!(Cli::try_parse_from(words).is_err(), "{typed}");
        }
    }
}
