//! What a job runs for: the payload of its event, read as far as we need it.
//!
//! A payload holds names that strangers chose (branches, titles). Only commits, numbers and names that look like such get out.

use crate::publish::Source;
use serde::Deserialize;
use std::env;
use std::fs::File;
use std::io::Read;

/// GitHub's own limit for payloads is 25 MB.
const MAX_BYTES: u64 = 32 << 20;

/// Reads a variable; empty ones count as unset.
pub(crate) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Where GitHub is and what this job runs for, as the runner says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Surroundings {
    pub(crate) is_actions: bool,
    /// `https://api.github.com` unless it says otherwise.
    pub(crate) api: String,
    pub(crate) server: Option<String>,
    /// `OWNER/NAME`.
    pub(crate) slug: Option<String>,
    pub(crate) event: Event,
    /// What a pull request says of itself, and its author's login.
    pub(crate) description: Option<(String, String)>,
}

impl Surroundings {
    pub(crate) fn of_environment() -> Self {
        let name = variable("GITHUB_EVENT_NAME").unwrap_or_default();
        let payload = variable("GITHUB_EVENT_PATH").and_then(|path| {
            let mut text = Vec::new();
            File::open(path).ok()?.take(MAX_BYTES).read_to_end(&mut text).ok()?;
            serde_json::from_slice(&text).ok()
        });
        let payload: serde_json::Value = payload.unwrap_or_default();
        let text = |path: &str| payload.pointer(path).and_then(|text| text.as_str()).map(str::to_owned);
        Self {
            description: text("/pull_request/body").zip(text("/pull_request/user/login")),
            is_actions: variable("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
            api: variable("GITHUB_API_URL").unwrap_or_else(|| "https://api.github.com".to_owned()),
            server: variable("GITHUB_SERVER_URL"),
            slug: variable("GITHUB_REPOSITORY"),
            event: Event::new(&name, payload, variable("GITHUB_SHA").as_deref()),
        }
    }
}

/// An event that preflag knows what to do with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Event {
    /// `pull_request`, `pull_request_target`: from this commit to that.
    PullRequest { number: u64, base: String, head: String, is_fork: bool },
    /// The merge queue tries a group.
    MergeGroup { base: String, head: String },
    /// Commits that came to a branch; there is no `before` for a new one.
    Push { before: Option<String>, after: String, default_branch: Option<String> },
    /// A branch or a tag is gone.
    Deleted,
    /// Another workflow has ended; `source` is what that one ran for.
    WorkflowRun { source: Source },
    /// By hand, by the clock, or anything else: the commit that is checked out.
    Other { head: Option<String>, default_branch: Option<String> },
    /// No event at all.
    #[default]
    None,
}

/// The parts of payloads that we look at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Payload {
    pull_request: Option<PullRequest>,
    merge_group: Option<MergeGroup>,
    workflow_run: Option<WorkflowRun>,
    before: Option<String>,
    after: Option<String>,
    deleted: bool,
    repository: Repository,
}

#[derive(Debug, Deserialize)]
struct PullRequest {
    number: u64,
    base: Side,
    head: Side,
}

#[derive(Debug, Deserialize)]
struct Side {
    sha: String,
    #[serde(default)]
    repo: Option<Repository>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Repository {
    full_name: Option<String>,
    default_branch: Option<String>,
    owner: Owner,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Owner {
    login: Option<String>,
}

#[derive(Debug, Deserialize)]
struct MergeGroup {
    base_sha: String,
    head_sha: String,
}

#[derive(Debug, Deserialize)]
struct WorkflowRun {
    head_sha: String,
    head_branch: Option<String>,
    #[serde(default)]
    head_repository: Repository,
}

impl Event {
    fn new(name: &str, payload: serde_json::Value, sha: Option<&str>) -> Self {
        let payload: Payload = serde_json::from_value(payload).unwrap_or_default();
        let default_branch = payload.repository.default_branch.filter(|name| is_branch(name));
        match name {
            "" => return Self::None,
            "pull_request" | "pull_request_target" => {
                if let Some(PullRequest { number, base, head }) = payload.pull_request
                    && is_commit(&base.sha)
                    && is_commit(&head.sha)
                {
                    let name = |side: &Side| side.repo.as_ref().and_then(|repo| repo.full_name.clone());
                    let is_fork = name(&base) != name(&head);
                    return Self::PullRequest { number, base: base.sha, head: head.sha, is_fork };
                }
            }
            "merge_group" => {
                if let Some(MergeGroup { base_sha: base, head_sha: head }) = payload.merge_group
                    && is_commit(&base)
                    && is_commit(&head)
                {
                    return Self::MergeGroup { base, head };
                }
            }
            "push" => {
                let known = |commit: Option<String>| {
                    commit.filter(|commit| is_commit(commit) && commit.bytes().any(|byte| byte != b'0'))
                };
                if payload.deleted {
                    return Self::Deleted;
                }
                if let Some(after) = known(payload.after) {
                    return Self::Push { before: known(payload.before), after, default_branch };
                }
            }
            "workflow_run" => {
                if let Some(run) = payload.workflow_run
                    && let (Some(branch), Some(owner)) = (run.head_branch, run.head_repository.owner.login)
                    && is_commit(&run.head_sha)
                {
                    let source = Source { head: format!("{owner}:{branch}"), commit: run.head_sha };
                    return Self::WorkflowRun { source };
                }
            }
            _ => {}
        }
        Self::Other { head: sha.filter(|sha| is_commit(sha)).map(str::to_owned), default_branch }
    }
}

/// The full id of a commit.
pub(crate) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A name that git takes for a branch and for nothing else.
fn is_branch(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./+#@".contains(&byte) || byte >= 0x80;
    (1..=250).contains(&name.len())
        && !name.starts_with(['-', '.', '/'])
        && !name.contains("..")
        && !name.contains("@{")
        && name.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const A: &str = "1111111111111111111111111111111111111111";
    const B: &str = "2222222222222222222222222222222222222222";
    const ZERO: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn each_event_says_what_it_is_for() {
        let repo = |name: &str| json!({"full_name": name});
        let pull = |from: &str| json!({"pull_request": {"number": 7, "base": {"sha": A, "repo": repo("o/r")}, "head": {"sha": B, "repo": repo(from)}}});
        let event = |name: &str, payload| Event::new(name, payload, Some(B));
        let of_pull = |is_fork| Event::PullRequest { number: 7, base: A.into(), head: B.into(), is_fork };
        assert_eq!(event("pull_request", pull("o/r")), of_pull(false));
        assert_eq!(event("pull_request_target", pull("stranger/r")), of_pull(true));
        assert_eq!(
            event("merge_group", json!({"merge_group": {"base_sha": A, "head_sha": B}})),
            Event::MergeGroup { base: A.into(), head: B.into() }
        );
        let push = |before: &str, after: &str| {
            event("push", json!({"before": before, "after": after, "repository": {"default_branch": "main"}}))
        };
        let main = Some("main".to_owned());
        assert_eq!(push(A, B), Event::Push { before: Some(A.into()), after: B.into(), default_branch: main.clone() });
        assert_eq!(push(ZERO, B), Event::Push { before: None, after: B.into(), default_branch: main });
        assert_eq!(event("push", json!({"before": A, "after": ZERO, "deleted": true})), Event::Deleted);
        let run = json!({"workflow_run": {"head_sha": B, "head_branch": "x`y", "head_repository": {"owner": {"login": "stranger"}}}});
        assert_eq!(
            event("workflow_run", run),
            Event::WorkflowRun { source: Source { head: "stranger:x`y".into(), commit: B.into() } }
        );
        assert_eq!(event("schedule", json!({})), Event::Other { head: Some(B.into()), default_branch: None });
        assert_eq!(Event::new("", json!({}), None), Event::None);
    }

    #[test]
    fn what_is_no_commit_and_no_branch_does_not_get_out() {
        let pull = json!({"pull_request": {"number": 7, "base": {"sha": "--upload-pack=x"}, "head": {"sha": B}}});
        assert_eq!(Event::new("pull_request", pull, None), Event::Other { head: None, default_branch: None });
        for name in ["-x", "a..b", "a b", "a\nb", "", "x@{1}", ".x", "a~1", "a:b"] {
            assert!(!is_branch(name), "{name}");
        }
        assert!(is_branch("release/1.x") && is_branch("größe"));
        for payload in [json!(null), json!([]), json!("x"), json!({"pull_request": 3})] {
            assert_eq!(
                Event::new("pull_request", payload, Some("x")),
                Event::Other { head: None, default_branch: None }
            );
        }
    }
}
