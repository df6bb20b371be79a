//! The pull request: which one it is, and whether a report is about what it holds now.
//!
//! A report can come from a job that ran the code of a stranger. Its words are only data; which pull request it goes to
//! is never its own claim, but what GitHub says of the commit that the job ran for.

use super::client::Client;
use super::error::PublishError;
use serde::Deserialize;

/// A pull request, as far as we look at it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Pull {
    pub(super) number: u64,
    pub(super) head: Head,
    /// The commit that GitHub makes to try the merge; what a checkout of `pull_request` has.
    #[serde(default)]
    pub(super) merge_commit_sha: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Head {
    pub(super) sha: String,
}

/// The branch and commit that a job ran for, as GitHub itself says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    /// `OWNER:BRANCH`.
    pub(crate) head: String,
    pub(crate) commit: String,
}

pub(super) async fn of_number(client: &Client, number: u64) -> Result<Pull, PublishError> {
    let route = client.target.route(&format!("pulls/{number}"));
    Ok(client.get("The pull request cannot be read", &route).await?.0)
}

/// The open pull request of a branch that is at this very commit.
pub(super) async fn of_source(client: &Client, source: &Source) -> Result<Pull, PublishError> {
    let head = crate::render::uri(&source.head);
    let route = client.target.route(&format!("pulls?state=open&per_page=100&head={head}"));
    let (pulls, _): (Vec<Pull>, bool) = client.get("The pull requests cannot be listed", &route).await?;
    pulls.into_iter().find(|pull| pull.head.sha == source.commit).ok_or_else(|| PublishError::NoPullRequest {
        head: crate::render::visible(&source.head, 200),
        commit: crate::render::visible(&source.commit, 64),
    })
}

impl Pull {
    /// Whether this commit is what the pull request holds now.
    pub(super) fn is_at(&self, commit: &str) -> bool {
        self.head.sha == commit || self.merge_commit_sha.as_deref() == Some(commit)
    }
}
