//! A checkout of Actions has one commit; a change has a beginning. This fetches as much history as the range needs, with the
//! `git` program, and says so.
//!
//! Only the two commits and their histories are fetched, by their ids, until they meet. Nothing of the repository is executed: no
//! hooks, no submodules, no helpers of its own. Where the checkout has no credentials of its own (`persist-credentials: false`), the
//! token goes with the fetch, in its environment and to GitHub only.

use base64::Engine;
use std::path::Path;
use std::process::{Command, Stdio};

/// How many commits the first fetch brings; each later one twice as many.
const FIRST_DEPTH: u32 = 64;
/// More than this in one go is the whole history.
const LAST_DEPTH: u32 = 8_192;

/// What a fetch needs besides the commits.
pub(crate) struct Fetch<'a> {
    pub(crate) repo: &'a Path,
    /// `https://github.com`, where the token may go.
    pub(crate) server: Option<&'a str>,
    pub(crate) token: Option<&'a str>,
    /// A ref that leads to the head on the server, for servers that give no commits by their ids.
    pub(crate) fallback: Option<String>,
}

impl Fetch<'_> {
    /// Makes both commits and the place where they part known, as far as the server has them; says what was fetched.
    pub(crate) fn until_they_meet(&self, base: &str, head: &str) -> Vec<String> {
        let mut said = Vec::new();
        let missing: Vec<&str> = [base, head].into_iter().filter(|commit| !self.has(commit)).collect();
        let is_shallow = self.is_shallow();
        if !missing.is_empty() {
            let depth = format!("--depth={FIRST_DEPTH}");
            // Without a depth, a full checkout stays a full one.
            let mut arguments = if is_shallow { vec![depth.as_str()] } else { Vec::new() };
            arguments.push("origin");
            let with_ids: Vec<&str> = arguments.iter().copied().chain(missing.iter().copied()).collect();
            if self.fetch(&with_ids) {
                said.push(format!("Fetched {} that the checkout did not have.", commits(missing.len())));
            } else if let Some(fallback) = &self.fallback
                && self.fetch(&arguments.iter().copied().chain([fallback.as_str()]).collect::<Vec<_>>())
            {
                said.push(format!("Fetched {fallback}, which the checkout did not have."));
            }
        }
        let mut depth = FIRST_DEPTH;
        while self.is_shallow() && self.has(base) && self.has(head) && !self.meet(base, head) {
            let how = if depth > LAST_DEPTH { "--unshallow".to_owned() } else { format!("--deepen={depth}") };
            if !self.fetch(&[&how, "origin", base, head]) {
                break;
            }
            said.push(match depth > LAST_DEPTH {
                true => "Fetched the whole history to find where the two sides part.".to_owned(),
                false => format!("Fetched {depth} more commits of history to find where the two sides part."),
            });
            depth = depth.saturating_mul(2);
        }
        said
    }

    /// The commit of a branch on the server.
    pub(crate) fn branch(&self, name: &str) -> Option<String> {
        let tracking = format!("refs/remotes/origin/{name}");
        let depth = format!("--depth={FIRST_DEPTH}");
        let refspec = format!("+refs/heads/{name}:{tracking}");
        let shallow = if self.is_shallow() { vec![depth.as_str()] } else { Vec::new() };
        // What was fetched before is better than nothing.
        self.fetch(&[&shallow[..], &["origin", &refspec]].concat());
        let output =
            self.command(&["rev-parse", "--verify", "--quiet", &tracking]).stderr(Stdio::null()).output().ok()?;
        let commit = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        super::event::is_commit(&commit).then_some(commit)
    }

    /// Whether the commit is there.
    pub(crate) fn has(&self, commit: &str) -> bool {
        self.git(&["cat-file", "-e", &format!("{commit}^{{commit}}")])
    }

    fn meet(&self, base: &str, head: &str) -> bool {
        self.git(&["merge-base", base, head])
    }

    fn is_shallow(&self) -> bool {
        let output = self.command(&["rev-parse", "--is-shallow-repository"]).stderr(Stdio::null()).output();
        output.is_ok_and(|output| output.stdout.starts_with(b"true"))
    }

    fn fetch(&self, arguments: &[&str]) -> bool {
        let fixed = ["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"];
        let mut command = self.command(&[&fixed, arguments].concat());
        if let (Some(server), Some(token)) = (self.server, self.token) {
            let key = format!("http.{}/.extraheader", server.trim_end_matches('/'));
            // Two such headers are refused, and the checkout may have left one.
            if !self.git(&["config", "--get", &key]) {
                let login = base64::engine::general_purpose::STANDARD.encode(format!("x-access-token:{token}"));
                command
                    .env("GIT_CONFIG_COUNT", "1")
                    .env("GIT_CONFIG_KEY_0", key)
                    .env("GIT_CONFIG_VALUE_0", format!("AUTHORIZATION: basic {login}"));
            }
        }
        succeeds(&mut command)
    }

    fn git(&self, arguments: &[&str]) -> bool {
        succeeds(&mut self.command(arguments))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        let none = if cfg!(windows) { "NUL" } else { "/dev/null" };
        command.args(["-c", &format!("core.hooksPath={none}"), "-c", "gc.auto=0", "-c", "protocol.ext.allow=never"]);
        command.args(arguments).current_dir(self.repo).stdin(Stdio::null()).env("GIT_TERMINAL_PROMPT", "0");
        // Our own tokens are not for whatever git starts.
        command.env_remove("GITHUB_TOKEN").env_remove("GH_TOKEN");
        command
    }
}

/// Its words could be a stranger's, so they stay unread.
fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn commits(count: usize) -> String {
    if count == 1 { "a commit".to_owned() } else { format!("{count} commits") }
}
