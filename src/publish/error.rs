//! Why something could not be posted. No text here ever holds the token.

/// Why something could not be posted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PublishError {
    #[error("there is no token to speak to GitHub with")]
    NoToken,
    #[error("the token in {variable} has blanks or other signs that no token has")]
    MalformedToken { variable: &'static str },
    #[error("`{slug}` is not the name of a repository, OWNER/NAME")]
    Slug { slug: String },
    #[error("`{address}` is not the address of GitHub's API")]
    Api { address: String },
    /// The server answered, and will answer the same next time.
    #[error("{doing}: GitHub answers {status}, {message}")]
    Denied { doing: &'static str, status: u16, message: String },
    #[error("{doing}: GitHub asks to wait {seconds} s because of its rate limit, which is too long for us")]
    Limited { doing: &'static str, seconds: u64 },
    /// Nothing, or nothing that makes sense, came back, however often it was tried.
    #[error("{doing}: {why}")]
    Outage { doing: &'static str, why: String },
    #[error("the pull request has more than {limit} comments; ours may be among the rest")]
    TooManyComments { limit: usize },
    #[error("it cannot be told whose token this is, so which comments are ours")]
    Stranger,
    #[error("{path} is no report: {why}")]
    NoReport { path: String, why: String },
    #[error("there is no open pull request from {head} with the commit {commit}")]
    NoPullRequest { head: String, commit: String },
}

impl PublishError {
    /// The next step, if there is one.
    pub(crate) fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NoToken => {
                "Set GITHUB_TOKEN (or GH_TOKEN) in the environment; in GitHub Actions, \
                 `env: {GITHUB_TOKEN: ${{ github.token }}}`."
            }
            Self::MalformedToken { .. } => "Store the token again, without a line end.",
            Self::Slug { .. } => "Give --repo-slug OWNER/NAME, or set GITHUB_REPOSITORY.",
            Self::Api { .. } => {
                "GITHUB_API_URL is https://api.github.com, or https://HOST/api/v3 of an enterprise server."
            }
            Self::Denied { status: 401, .. } => "The token is wrong or has expired.",
            Self::Denied { status: 403, .. } => {
                "The token needs `pull-requests: write` (and `checks: write` for --check-run); that of a pull request \
                 from a fork can only read."
            }
            Self::Denied { status: 404, .. } => {
                "Look at the number of the pull request and the name of the repository, and whether the token may see it."
            }
            Self::Limited { .. } | Self::Outage { .. } => "Run it again later; it never leaves a second comment.",
            Self::Stranger => "Say it with --author LOGIN.",
            Self::NoReport { .. } => "Write it with `preflag scan --format json --output FILE` of this version.",
            Self::Denied { .. } | Self::TooManyComments { .. } | Self::NoPullRequest { .. } => return None,
        };
        Some(hint.to_owned())
    }

    /// True where GitHub does not let this token write, which is usual for pull requests from forks.
    pub(crate) fn is_read_only(&self) -> bool {
        matches!(self, Self::Denied { status: 403, .. })
    }
}
