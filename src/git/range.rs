//! From what was typed to two sides of a diff.
//!
//! A range has a *base* (left), a *head* (right) and a *merge base*: where the two histories part. The diff runs from
//! the merge base to the head, so that what happened on the base meanwhile is not part of the change. The side before a
//! root commit is git's empty tree, here `None`.

use super::Repository;
use super::change::GitNotice;
use super::error::GitError;
use git2::{BranchType, ErrorCode, Oid};

/// What to compare, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RangeSpec {
    /// From where HEAD left the upstream default branch to HEAD.
    Default,
    /// `A..B`, `A...B`, `A..`, `..B`, `A` (to HEAD), `A^!` (that commit alone).
    Revisions(String),
    /// From HEAD to the index.
    Staged,
    /// From HEAD to the work tree: tracked files, and untracked ones that are not ignored.
    Worktree,
}

/// The right side of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadSide {
    Commit(Oid),
    Index,
    Worktree,
}

/// A range whose names are all resolved.
#[derive(Debug)]
pub(super) struct ResolvedRange {
    /// `None` is the empty tree.
    pub(super) base: Option<Oid>,
    pub(super) merge_base: Option<Oid>,
    pub(super) head: HeadSide,
    pub(super) notices: Vec<GitNotice>,
}

impl ResolvedRange {
    /// Looks up every name of the range.
    pub(super) fn new(repository: &Repository, spec: &RangeSpec) -> Result<Self, GitError> {
        match spec {
            RangeSpec::Default => default_range(repository),
            RangeSpec::Revisions(text) => {
                let (base, head) = split(text).ok_or_else(|| GitError::BadRange { range: visible(text) })?;
                let head_commit = commit(repository, &head)?;
                let base_commit = commit_or_before_root(repository, &base)?;
                between(repository, (&base, base_commit), (&head, head_commit))
            }
            RangeSpec::Staged => from_head(repository, HeadSide::Index, "index"),
            RangeSpec::Worktree => from_head(repository, HeadSide::Worktree, "work tree"),
        }
    }
}

/// The two names of a range; an empty one is HEAD.
fn split(text: &str) -> Option<(String, String)> {
    if let Some(commit) = text.strip_suffix("^!") {
        return (!commit.is_empty()).then(|| (format!("{commit}^"), commit.to_owned()));
    }
    let (base, head) = text.split_once("...").or_else(|| text.split_once("..")).unwrap_or((text, "HEAD"));
    if (base.is_empty() && (head.is_empty() || head == "HEAD")) || base.contains("..") || head.contains("..") {
        return None;
    }
    let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
    Some((or_head(base), or_head(head)))
}

/// The commit that a name stands for.
pub(super) fn commit(repository: &Repository, name: &str) -> Result<Oid, GitError> {
    let object = repository.raw.revparse_single(name).map_err(|source| match source.code() {
        ErrorCode::NotFound | ErrorCode::InvalidSpec if name == "HEAD" => GitError::NoCommits,
        ErrorCode::UnbornBranch => GitError::NoCommits,
        ErrorCode::NotFound | ErrorCode::InvalidSpec => {
            let remote = format!("origin/{name}");
            let similar = repository.raw.find_branch(&remote, BranchType::Remote).is_ok().then(|| visible(&remote));
            GitError::UnknownRevision { name: visible(name), similar, shallow: repository.is_shallow() }
        }
        ErrorCode::Ambiguous => GitError::AmbiguousRevision { name: visible(name) },
        _ => GitError::Other { doing: format!("look up `{}`", visible(name)), source },
    })?;
    let kind = object.kind();
    match object.peel(git2::ObjectType::Commit) {
        Ok(peeled) => Ok(peeled.id()),
        Err(_) => Err(GitError::NotACommit {
            name: visible(name),
            kind: kind.map_or_else(|| "object".to_owned(), |kind| kind.str().to_owned()),
        }),
    }
}

/// As [`commit`]; `X^` where `X` is a root commit is the empty tree.
fn commit_or_before_root(repository: &Repository, name: &str) -> Result<Option<Oid>, GitError> {
    let error = match commit(repository, name) {
        Ok(id) => return Ok(Some(id)),
        Err(error @ GitError::UnknownRevision { .. }) => error,
        Err(error) => return Err(error),
    };
    let child = ["^", "~", "^1", "~1"].iter().find_map(|suffix| name.strip_suffix(suffix));
    let Some(child) = child.and_then(|child| commit(repository, child).ok()) else { return Err(error) };
    before(repository, child)
}

/// The first parent, `None` for a root commit; an error when history is cut off there.
fn before(repository: &Repository, id: Oid) -> Result<Option<Oid>, GitError> {
    let commit = repository.raw.find_commit(id).map_err(GitError::other(format!("read commit {id}")))?;
    // A shallow clone hides the parents of its oldest commits; the commit itself still names them.
    let names_parent = commit.raw_header_bytes().split(|&byte| byte == b'\n').any(|line| line.starts_with(b"parent "));
    if !names_parent {
        return Ok(None);
    }
    match commit.parent_id(0).ok().filter(|&parent| repository.raw.find_commit(parent).is_ok()) {
        Some(parent) => Ok(Some(parent)),
        None => Err(GitError::MissingParent { commit: id.to_string(), shallow: repository.is_shallow() }),
    }
}

fn between(
    repository: &Repository,
    (base_name, base): (&str, Option<Oid>),
    (head_name, head): (&str, Oid),
) -> Result<ResolvedRange, GitError> {
    let mut notices = Vec::new();
    let merge_base = match base {
        None => None,
        Some(base) => match merge_base(repository, base, head)? {
            Some(found) => Some(found),
            None if repository.is_shallow() => {
                return Err(GitError::MissingMergeBase { base: visible(base_name), head: visible(head_name) });
            }
            None => {
                notices.push(GitNotice {
                    path: None,
                    reason: format!(
                        "`{}` and `{}` have no commit in common, so the two are compared directly.",
                        visible(base_name),
                        visible(head_name)
                    ),
                });
                Some(base)
            }
        },
    };
    Ok(ResolvedRange { base, merge_base, head: HeadSide::Commit(head), notices })
}

/// The best common ancestor; `None` when the histories are unrelated.
pub(super) fn merge_base(repository: &Repository, base: Oid, head: Oid) -> Result<Option<Oid>, GitError> {
    // The everyday case, one commit, without a walk.
    if base == head || repository.raw.find_commit(head).is_ok_and(|head| head.parent_ids().any(|id| id == base)) {
        return Ok(Some(base));
    }
    match repository.raw.merge_base(base, head) {
        Ok(id) => Ok(Some(id)),
        Err(source) if source.code() == ErrorCode::NotFound => Ok(None),
        Err(source) => Err(GitError::Other { doing: format!("find the merge base of {base} and {head}"), source }),
    }
}

fn from_head(repository: &Repository, head: HeadSide, what: &'static str) -> Result<ResolvedRange, GitError> {
    if repository.raw.is_bare() {
        return Err(GitError::Bare { what });
    }
    let commit = match commit(repository, "HEAD") {
        Ok(id) => Some(id),
        Err(GitError::NoCommits) => None,
        Err(error) => return Err(error),
    };
    let mut notices = Vec::new();
    if let Some(operation) = operation(repository.raw.state()) {
        notices.push(GitNotice {
            path: None,
            reason: format!("A {operation} is in progress, so the {what} also holds what it brings in."),
        });
    }
    Ok(ResolvedRange { base: commit, merge_base: commit, head, notices })
}

fn operation(state: git2::RepositoryState) -> Option<&'static str> {
    use git2::RepositoryState as State;
    match state {
        State::Merge => Some("merge"),
        State::Revert | State::RevertSequence => Some("revert"),
        State::CherryPick | State::CherryPickSequence => Some("cherry-pick"),
        State::Rebase | State::RebaseInteractive | State::RebaseMerge => Some("rebase"),
        State::ApplyMailbox | State::ApplyMailboxOrRebase => Some("series of patches"),
        State::Clean | State::Bisect => None,
    }
}

/// The branch that changes are merged into, as far as the repository knows.
pub(super) struct DefaultBranch {
    /// As people write it: `origin/main`.
    name: String,
    /// The branch name alone: `main`.
    pub(super) branch: String,
    pub(super) tip: Oid,
    /// No remote's, but one of this repository.
    pub(super) is_local: bool,
}

fn default_range(repository: &Repository) -> Result<ResolvedRange, GitError> {
    let head = commit(repository, "HEAD")?;
    let upstream =
        default_branch(repository).ok_or_else(|| GitError::NoDefaultBranch { shallow: repository.is_shallow() })?;
    let on_it = match repository.raw.head() {
        Ok(reference) if reference.is_branch() => reference.shorthand_bytes() == upstream.branch.as_bytes(),
        _ => head == upstream.tip,
    };
    let mut range = between(repository, (&upstream.name, Some(upstream.tip)), ("HEAD", head))?;
    if on_it && range.merge_base == Some(head) {
        let parent = before(repository, head)?;
        range.base = parent;
        range.merge_base = parent;
        range.notices.push(GitNotice {
            path: None,
            reason: format!("HEAD has nothing that `{}` does not have, so its last commit is scanned.", upstream.name),
        });
    }
    Ok(range)
}

/// The usual names of the branch that changes are merged into.
const USUAL: [&str; 2] = ["main", "master"];

pub(super) fn default_branch(repository: &Repository) -> Option<DefaultBranch> {
    let raw = &repository.raw;
    let remotes = raw.remotes().ok();
    let mut names: Vec<&str> =
        remotes.iter().flat_map(|names| names.iter()).filter_map(|name| name.ok().flatten()).collect();
    // Other remotes count only when there is no doubt which one is meant.
    if names.len() != 1 || names.contains(&"origin") {
        names = vec!["origin"];
    }
    default_of(repository, names[0])
        .or_else(|| USUAL.iter().find_map(|branch| named(repository, (*branch).to_owned(), branch, BranchType::Local)))
}

/// The default branch of one remote, as far as it was fetched.
pub(super) fn default_of(repository: &Repository, remote: &str) -> Option<DefaultBranch> {
    let from_remote = repository.raw.find_reference(&format!("refs/remotes/{remote}/HEAD")).ok().and_then(|head| {
        let head = head.resolve().ok()?;
        let name = String::from_utf8_lossy(head.shorthand_bytes()).into_owned();
        let branch = name.strip_prefix(&format!("{remote}/")).unwrap_or(&name).to_owned();
        Some(DefaultBranch { branch, name, tip: head.peel_to_commit().ok()?.id(), is_local: false })
    });
    let usual = |branch: &&str| named(repository, format!("{remote}/{branch}"), branch, BranchType::Remote);
    from_remote.or_else(|| USUAL.iter().find_map(usual))
}

fn named(repository: &Repository, name: String, branch: &str, kind: BranchType) -> Option<DefaultBranch> {
    let tip = repository.raw.find_branch(&name, kind).ok()?.get().peel_to_commit().ok()?.id();
    Some(DefaultBranch { branch: branch.to_owned(), name, tip, is_local: kind == BranchType::Local })
}

/// The text with control characters escaped, for messages.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { c.escape_debug().to_string() } else { c.to_string() }).collect()
}
