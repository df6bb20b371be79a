//! What can be typed after `preflag comment`.

use super::{ScopeArgs, SourceArgs};
use crate::config::FailOn;
use crate::publish::{When, WhenSettled};
use clap::{Args, ValueHint};
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
Examples:
  preflag comment                                in GitHub Actions on a pull request: scan it and comment
  preflag comment --report preflag.json          with the report of an earlier step or job
  preflag comment main..feature --pr 12 --repo-slug octo/shop
                                                 from anywhere, with GITHUB_TOKEN set
  preflag comment main..feature --dry-run        print the comment and post nothing

Exit codes: 0 posted, nothing to post, or a token that can only read (it says so); 2 could not run.
The verdict is that of `preflag scan`; it is never changed here.";

#[derive(Debug, Args)]
pub(crate) struct CommentArgs {
    /// Commits to judge: A..B, A...B, or A (to HEAD); default: those of the pull request in GitHub Actions, else as with `scan`
    #[arg(conflicts_with = "report")]
    pub(crate) range: Option<String>,

    /// Take this report instead of scanning: JSON of `preflag scan`
    ///
    /// It may come from a job that ran code of a stranger: it is only data, and it is posted only where GitHub says that the
    /// pull request is at the commit that the report is about.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "paths")]
    pub(crate) report: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) source: SourceArgs,

    #[command(flatten)]
    pub(crate) scope: ScopeArgs,

    /// Read config and rule packs from the base commit, so that a change cannot switch off its own check
    ///
    /// This is the default where CI or GITHUB_ACTIONS is `true`.
    #[arg(long, conflicts_with = "no_config", help_heading = "Config")]
    pub(crate) config_from_base: bool,

    /// The mildest result that fails; it decides the comment's headline
    #[arg(long, value_name = "WHAT", help_heading = "Policy", conflicts_with = "report")]
    pub(crate) fail_on: Option<FailOn>,

    /// Findings known before; they are counted and not listed
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Policy", conflicts_with = "report")]
    pub(crate) baseline: Option<PathBuf>,

    /// When there is a comment
    #[arg(long, value_name = "WHEN", default_value = "findings", help_heading = "Comment")]
    pub(crate) comment: When,

    /// What becomes of the comment when nothing is left to say
    #[arg(long, value_name = "WHAT", default_value = "delete", help_heading = "Comment")]
    pub(crate) when_settled: WhenSettled,

    /// A name for this configuration, so that several can comment on one pull request
    #[arg(long, value_name = "NAME", value_parser = comment_id, help_heading = "Comment")]
    pub(crate) comment_id: Option<String>,

    /// Also make a check run with annotations on the head commit; needs `checks: write`
    #[arg(long, help_heading = "Comment")]
    pub(crate) check_run: bool,

    /// Also leave the code to paste as review comments at its lines, where they are in the diff: once each, one review a commit
    #[arg(long, help_heading = "Comment")]
    pub(crate) review: bool,

    /// Print the comment and post nothing
    #[arg(long, help_heading = "Comment")]
    pub(crate) dry_run: bool,

    /// The number of the pull request; default: that of the event in GitHub Actions
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), help_heading = "GitHub")]
    pub(crate) pr: Option<u64>,

    /// The repository; default: GITHUB_REPOSITORY
    #[arg(long, value_name = "OWNER/NAME", help_heading = "GitHub")]
    pub(crate) repo_slug: Option<String>,

    /// Whose comments are ours; default: GitHub is asked whose token it is
    #[arg(long, value_name = "LOGIN", help_heading = "GitHub")]
    pub(crate) author: Option<String>,
}

/// A name that can stand in a marker and in the name of a check.
pub(super) fn comment_id(typed: &str) -> Result<String, String> {
    let is_plain = (1..=64).contains(&typed.len())
        && typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        && !typed.contains("--");
    is_plain
        .then(|| typed.to_owned())
        .ok_or_else(|| "it takes letters, digits, `.`, `_` and single `-`, 64 at most".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_end_its_marker() {
        assert_eq!(comment_id("web-app_2.x").as_deref(), Ok("web-app_2.x"));
        for typed in ["", "a b", "a-->", "a--b", "ä", "a\nb", &"a".repeat(65)] {
            assert!(comment_id(typed).is_err(), "{typed:?}");
        }
    }
}
