//! What a push brings that the other side does not have yet.
//!
//! git tells a hook for each name what stands there and what will. Where that is no older state of the same line (a new
//! branch, a rebased one, an object that nobody fetched), what is new is told from the default branch. No network: the other
//! side is known as far as it was fetched.

use super::change::CommitId;
use super::error::GitError;
use super::range::{self, DefaultBranch};
use super::{Repository, name};
use git2::Oid;

/// What a push does to one name of the other side, as git tells a pre-push hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefUpdate {
    /// What will stand there, or any revision; `None` deletes the name.
    pub(crate) local: Option<String>,
    /// `refs/heads/main`
    pub(crate) remote_ref: String,
    /// What stands there; `None` where nothing does.
    pub(crate) remote: Option<String>,
}

/// What one name of a push brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Brought {
    Range {
        base: CommitId,
        head: CommitId,
    },
    /// No commit that the other side lacks.
    Nothing,
    Unknown(Unknown),
}

/// Why it cannot be told what is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// Neither the branch nor a default branch is known of the other side.
    NothingThere,
    /// It has no commit in common with what is there.
    Unrelated,
    /// The history is cut off before it.
    Shallow,
}

impl Repository {
    /// The name of the branch that changes are merged into, as far as the repository knows.
    pub(crate) fn default_branch_name(&self) -> Option<String> {
        range::default_branch(self).map(|default| default.branch)
    }

    /// What is new to the other side; `remote` is its name where it has one.
    pub(crate) fn brought(&self, update: &RefUpdate, remote: Option<&str>) -> Result<Brought, GitError> {
        let Some(local) = update.local.as_deref() else { return Ok(Brought::Nothing) };
        // Notes are no code, and their history is their own.
        if update.remote_ref.starts_with("refs/notes/") {
            return Ok(Brought::Nothing);
        }
        let head = match range::commit(self, local) {
            Ok(head) => head,
            // A tag can name a file.
            Err(GitError::NotACommit { .. }) => return Ok(Brought::Nothing),
            Err(error) => return Err(error),
        };
        let known = self.known_there(update, remote, head);
        let mut best: Option<Oid> = None;
        for &tip in &known {
            let Some(shared) = range::merge_base(self, tip, head)? else { continue };
            // The nearest one: what was merged from the default branch was judged there.
            let nearer = match best {
                None => true,
                Some(best) => range::merge_base(self, best, shared)? == Some(best),
            };
            best = if nearer { Some(shared) } else { best };
        }
        Ok(match best {
            Some(base) if base == head => Brought::Nothing,
            Some(base) => Brought::Range { base: CommitId(name(Some(base))), head: CommitId(name(Some(head))) },
            None if known.is_empty() => Brought::Unknown(Unknown::NothingThere),
            None if self.is_shallow() => Brought::Unknown(Unknown::Shallow),
            None => Brought::Unknown(Unknown::Unrelated),
        })
    }

    /// Commits that the other side has, those of the default branch first.
    fn known_there(&self, update: &RefUpdate, remote: Option<&str>, head: Oid) -> Vec<Oid> {
        let branch = update.remote_ref.strip_prefix("refs/heads/");
        // A branch of this repository says nothing of the other side when it is what is pushed.
        let counts = |default: &DefaultBranch| {
            !default.is_local || (branch != Some(default.branch.as_str()) && default.tip != head)
        };
        let default = range::default_branch(self).filter(counts).map(|default| default.tip);
        let of_remote = remote.and_then(|remote| range::default_of(self, remote)).map(|default| default.tip);
        // As git says, and as it was fetched last.
        let there = update.remote.as_deref().and_then(|there| range::commit(self, there).ok());
        let fetched = remote.zip(branch).and_then(|(remote, branch)| {
            let found = self.raw.find_reference(&format!("refs/remotes/{remote}/{branch}")).ok()?;
            Some(found.peel_to_commit().ok()?.id())
        });
        let mut known: Vec<Oid> = [default, of_remote, there, fetched].into_iter().flatten().collect();
        let mut seen = Vec::new();
        known.retain(|id| {
            !seen.contains(id) && {
                seen.push(*id);
                true
            }
        });
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::testing::TestRepository;

    fn update(remote_ref: &str, remote: Option<Oid>, local: Option<Oid>) -> RefUpdate {
        let hex = |id: Oid| id.to_string();
        RefUpdate { local: local.map(hex), remote_ref: remote_ref.to_owned(), remote: remote.map(hex) }
    }

    fn range(base: Oid, head: Oid) -> Brought {
        Brought::Range { base: CommitId(base.to_string()), head: CommitId(head.to_string()) }
    }

    /// `main` with two commits, `origin/main` at the second.
    fn published() -> (TestRepository, Oid, Oid) {
        let repository = TestRepository::new();
        repository.raw.remote("origin", "https://example.com/r").expect("a remote can be named");
        let first = repository.write("a", "1").commit("first");
        let second = repository.write("a", "2").commit("second");
        repository.reference("refs/remotes/origin/main", second);
        (repository, first, second)
    }

    #[test]
    fn new_branches_are_told_from_the_default_branch_and_updates_from_what_is_there() {
        let (repository, first, second) = published();
        let third = repository.write("a", "3").commit("third");
        let fourth = repository.write("a", "4").commit("fourth");
        let brought = |update| repository.open().brought(&update, Some("origin")).expect("it can be told");
        assert_eq!(brought(update("refs/heads/f", None, Some(fourth))), range(second, fourth));
        assert_eq!(brought(update("refs/heads/f", Some(third), Some(fourth))), range(third, fourth));
        assert_eq!(brought(update("refs/heads/main", Some(second), Some(fourth))), range(second, fourth));
        assert_eq!(brought(update("refs/heads/f", Some(third), None)), Brought::Nothing, "it is deleted");
        assert_eq!(brought(update("refs/heads/f", None, Some(first))), Brought::Nothing, "main has it");
        assert_eq!(brought(update("refs/tags/v1", None, Some(third))), range(second, third));
        assert_eq!(brought(update("refs/notes/preflag", None, Some(fourth))), Brought::Nothing);
    }

    #[test]
    fn a_rebased_branch_brings_its_own_commits_only() {
        let (repository, first, second) = published();
        let old = repository.commit_of("Ana <a@b.c>", "old", &[first], None);
        let new = repository.write("b", "1").commit_of("Ana <a@b.c>", "new", &[second], None);
        let brought = |there: Option<Oid>| {
            let mut update = update("refs/heads/f", there, Some(new));
            if there.is_none() {
                update.remote = Some("1".repeat(40));
            }
            repository.open().brought(&update, Some("origin")).expect("it can be told")
        };
        assert_eq!(brought(Some(old)), range(second, new), "what main has is not of this branch");
        assert_eq!(brought(None), range(second, new), "an object that nobody fetched");
    }

    #[test]
    fn what_a_merge_brings_from_the_default_branch_is_not_judged_again() {
        let (repository, first, second) = published();
        let pushed = repository.write("b", "1").commit_of("Ana <a@b.c>", "pushed", &[first], None);
        let merge = repository.commit_of("Ana <a@b.c>", "merge", &[pushed, second], None);
        let update = update("refs/heads/f", Some(pushed), Some(merge));
        assert_eq!(repository.open().brought(&update, None).expect("it can be told"), range(second, merge));
    }

    #[test]
    fn a_first_push_has_nothing_to_be_compared_with() {
        let repository = TestRepository::new();
        let first = repository.write("a", "1").commit("first");
        let brought = |name: &str, head| repository.open().brought(&update(name, None, Some(head)), Some("origin"));
        let main = brought("refs/heads/main", first).expect("it can be told");
        assert_eq!(main, Brought::Unknown(Unknown::NothingThere));
        let feature = repository.write("a", "2").commit_of("Ana <a@b.c>", "feature", &[first], None);
        assert_eq!(brought("refs/heads/f", feature).expect("it can be told"), range(first, feature), "from local main");
        let other = repository.commit_of("Ana <a@b.c>", "other", &[], None);
        let pages = brought("refs/heads/gh-pages", other).expect("it can be told");
        assert_eq!(pages, Brought::Unknown(Unknown::Unrelated));
    }

    #[test]
    fn tags_of_files_bring_nothing_and_missing_objects_are_errors() {
        let (repository, ..) = published();
        let blob = repository.raw.blob(b"x").expect("a blob can be written");
        let brought = |id: &str| {
            let update = RefUpdate { local: Some(id.to_owned()), remote_ref: "refs/tags/x".into(), remote: None };
            repository.open().brought(&update, Some("no such/remote name"))
        };
        assert_eq!(brought(&blob.to_string()).expect("it can be told"), Brought::Nothing);
        assert!(brought(&"1".repeat(40)).is_err());
    }
}
