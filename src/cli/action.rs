//! What can be typed after `preflag action`; all of it can also be set by variables, as steps of an action are.

use super::comment::comment_id;
use crate::config::{FailOn, Scope};
use crate::publish::{When, WhenSettled};
use clap::builder::BoolishValueParser;
use clap::{Args, ValueHint};
use std::path::PathBuf;

pub(super) const HELP: &str = "\
In a workflow:
  on: pull_request
  permissions: {contents: read, pull-requests: write}
  steps:
    - uses: actions/checkout@v5
      with: {persist-credentials: false}
    - uses: preflag/preflag@main

Outputs: verdict, tier, coverage, outcome, score, findings, flags-added, flags-modified, flags-removed (one key a line), report, sarif.

Exit codes: 0 pass or warn, 1 the policy failed, 2 could not run. A comment that cannot be posted changes none of it.";

#[derive(Debug, Args)]
pub(crate) struct ActionArgs {
    /// The commit to judge from; default: by the event
    #[arg(long, env = "INPUT_BASE", value_name = "REV", requires = "head")]
    pub(crate) base: Option<String>,

    /// The commit to judge; default: by the event
    #[arg(long, env = "INPUT_HEAD", value_name = "REV", requires = "base")]
    pub(crate) head: Option<String>,

    /// Judge nothing: post this report, which an earlier workflow made of a pull request from a fork
    ///
    /// For `on: workflow_run`. The report is only data; which pull request it goes to is asked of GitHub.
    #[arg(long, env = "INPUT_REPORT", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,

    /// The repository, or a folder in it
    #[arg(long, env = "INPUT_REPO", value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) repo: PathBuf,

    /// Judge only changed files that match, for a part of a monorepo; patterns as in the config, one a line
    ///
    /// What is outside is still read, as callers and flags; the report says how many changed files were left out. Give each part
    /// its own --comment-id.
    #[arg(long, env = "INPUT_PATHS", value_name = "PATTERNS", help_heading = "Config")]
    pub(crate) paths: Vec<Scope>,

    /// Read this config instead of the repository's .preflag.yml; it must not come from the pull request
    #[arg(long, env = "INPUT_CONFIG", value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Config")]
    pub(crate) config: Option<PathBuf>,

    /// The mildest result that fails; default: what the config says, else `uncovered-critical`
    #[arg(long, env = "INPUT_FAIL_ON", value_name = "WHAT", help_heading = "Policy")]
    pub(crate) fail_on: Option<FailOn>,

    /// Judge, but never fail
    #[arg(long, env = "INPUT_REPORT_ONLY", value_parser = BoolishValueParser::new(), help_heading = "Policy")]
    pub(crate) report_only: bool,

    /// Findings known before; only others count
    #[arg(long, env = "INPUT_BASELINE", value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Policy")]
    pub(crate) baseline: Option<PathBuf>,

    /// When there is a comment
    #[arg(long, env = "INPUT_COMMENT", value_name = "WHEN", default_value = "findings", help_heading = "Comment")]
    pub(crate) comment: When,

    /// What becomes of the comment when nothing is left to say
    #[arg(long, env = "INPUT_WHEN_SETTLED", value_name = "WHAT", default_value = "delete", help_heading = "Comment")]
    pub(crate) when_settled: WhenSettled,

    /// A name for this configuration, so that several can comment on one pull request
    #[arg(long, env = "INPUT_COMMENT_ID", value_name = "NAME", value_parser = comment_id, help_heading = "Comment")]
    pub(crate) comment_id: Option<String>,

    /// Also make a check run with annotations; needs `checks: write`
    #[arg(long, env = "INPUT_CHECK_RUN", value_parser = BoolishValueParser::new(), help_heading = "Comment")]
    pub(crate) check_run: bool,

    /// Also leave the code to paste as review comments at its lines, where they are in the diff: once each, one review a commit
    #[arg(long, env = "INPUT_REVIEW", value_parser = BoolishValueParser::new(), help_heading = "Comment")]
    pub(crate) review: bool,

    /// Where the report is written; default: a folder in RUNNER_TEMP
    #[arg(long, env = "INPUT_OUTPUT_DIR", value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Output")]
    pub(crate) output_dir: Option<PathBuf>,
}
