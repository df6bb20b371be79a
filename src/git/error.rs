//! What can go wrong when a repository is read, and what to do about it.
//!
//! Each message names the path or revision it is about; [`GitError::hint`] is the command that helps, where one is known.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a repository or a range could not be read.
#[derive(Debug, Error)]
pub(crate) enum GitError {
    #[error("{} is not inside a git repository", path.display())]
    NotARepository { path: PathBuf },
    #[error("the git repository at {} belongs to another user", path.display())]
    NotOwned { path: PathBuf },
    #[error("the git repository at {} uses {feature}, which preflag cannot read yet", path.display())]
    Unsupported { path: PathBuf, feature: String },
    #[error("`{range}` is not a range of commits")]
    BadRange { range: String },
    #[error("`{name}` is not a revision of this repository")]
    UnknownRevision {
        name: String,
        /// A revision that exists and is probably meant.
        similar: Option<String>,
        shallow: bool,
    },
    #[error("`{name}` stands for more than one object")]
    AmbiguousRevision { name: String },
    #[error("`{name}` is a {kind}, not a commit")]
    NotACommit { name: String, kind: String },
    #[error("the parents of commit {commit} are not in this {}", if *shallow { "shallow clone" } else { "repository" })]
    MissingParent { commit: String, shallow: bool },
    #[error("this shallow clone does not reach back to the commit that `{base}` and `{head}` have in common")]
    MissingMergeBase { base: String, head: String },
    #[error("there is nothing to compare with: no upstream default branch was found")]
    NoDefaultBranch { shallow: bool },
    #[error("HEAD has no commits yet")]
    NoCommits,
    #[error("a bare repository has no {what}")]
    Bare { what: &'static str },
    #[error("{object} is not in this repository")]
    MissingObject { object: String, partial: bool },
    #[error("{path} is larger than {limit} bytes")]
    TooLarge { path: String, limit: u64 },
    #[error("git does not know who you are, and a record needs an author")]
    NoIdentity,
    #[error("the record could not be written to {reference}: {}", source.message())]
    NoteNotWritten { reference: String, source: git2::Error },
    #[error("the note on commit {commit} is larger than {limit} bytes or no text, so nothing can be added to it")]
    UnfitNote { commit: String, limit: usize },
    #[error("could not {doing}: {}", source.message())]
    Other { doing: String, source: git2::Error },
}

impl GitError {
    /// The next step for the person who reads the message, if there is one.
    pub(crate) fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NotARepository { .. } => "Run preflag inside a repository, or name one with `--repo DIR`.".to_owned(),
            Self::NotOwned { path } => format!(
                "If you trust it, run `git config --global --add safe.directory {}` (usual in containers).",
                shell_word(&path.to_string_lossy())
            ),
            Self::Unsupported { .. } => {
                "The git library that preflag is built on (libgit2) does not support it. A clone in the usual format \
                 (SHA-1 objects, `files` references) can be scanned."
                    .to_owned()
            }
            Self::BadRange { .. } => {
                "Write `BASE..HEAD`, one revision to compare with HEAD, or `--staged`, `--worktree`.".to_owned()
            }
            Self::UnknownRevision { similar: Some(similar), .. } => format!("Did you mean `{similar}`?"),
            Self::UnknownRevision { name, shallow, .. } => unknown_revision_hint(name, *shallow),
            Self::AmbiguousRevision { .. } => "Write more of the hash, or the whole name of the reference.".to_owned(),
            Self::NotACommit { .. } => "Name a commit, a branch or a tag of a commit.".to_owned(),
            Self::MissingParent { shallow: true, .. } => format!("{DEEPEN}."),
            Self::MissingParent { shallow: false, .. } => {
                "Run `git fsck` to see what is damaged, then `git fetch`.".to_owned()
            }
            Self::MissingMergeBase { .. } => format!("{DEEPEN}."),
            Self::NoDefaultBranch { shallow } => {
                let mut hint =
                    "Name the base, as in `preflag scan BASE..HEAD`, or run `git remote set-head origin --auto`."
                        .to_owned();
                if *shallow {
                    // Infallible: writing to a String.
                    let _ = write!(hint, " This clone is shallow: {}{}.", DEEPEN[..1].to_lowercase(), &DEEPEN[1..]);
                }
                hint
            }
            Self::NoCommits => {
                "Commit something first, use `--staged`, or name both ends, as in `BASE..BRANCH`.".to_owned()
            }
            Self::Bare { .. } => "Name a range of commits instead, as in `preflag scan BASE..HEAD`.".to_owned(),
            Self::MissingObject { partial: true, .. } => {
                "This is a partial clone: fetch everything with `git fetch --refetch --no-filter origin`.".to_owned()
            }
            Self::MissingObject { partial: false, .. } => {
                "Run `git fsck` to see what is damaged, then `git fetch`.".to_owned()
            }
            Self::NoIdentity => {
                "Run `git config user.name NAME` and `git config user.email MAIL`, or set GIT_COMMITTER_NAME and \
                 GIT_COMMITTER_EMAIL."
                    .to_owned()
            }
            Self::NoteNotWritten { reference, source } if source.code() == git2::ErrorCode::Locked => {
                format!("Another process holds it. If none does, remove the file {reference}.lock in the git directory.")
            }
            Self::NoteNotWritten { .. } => {
                "The git directory has to be writable. The report itself is complete; run the scan again with `--record` \
                 when it is."
                    .to_owned()
            }
            Self::UnfitNote { commit, .. } => format!(
                "Look at it with `git notes --ref preflag show {commit}`, and keep it under another name before you remove it."
            ),
            Self::TooLarge { .. } | Self::Other { .. } => return None,
        })
    }

    /// What libgit2 said while a repository was opened at `path`.
    pub(super) fn opening(path: &Path, source: git2::Error) -> Self {
        let path = path.to_path_buf();
        let message = source.message();
        if source.code() == git2::ErrorCode::Owner {
            let owned = message.split('\'').nth(1).map_or(path, PathBuf::from);
            return Self::NotOwned { path: owned };
        }
        if let Some(format) = message.strip_prefix("unknown object format ") {
            return Self::Unsupported { path, feature: format!("{} objects", plain(format).to_uppercase()) };
        }
        if message.starts_with("unsupported extension name extensions.refstorage") {
            return Self::Unsupported { path, feature: "another reference storage (reftable)".to_owned() };
        }
        if let Some(name) = message.strip_prefix("unsupported extension name ") {
            return Self::Unsupported { path, feature: format!("the extension `{}`", plain(name)) };
        }
        if source.code() == git2::ErrorCode::NotFound {
            return Self::NotARepository { path };
        }
        Self::Other { doing: format!("open the git repository at {}", path.display()), source }
    }

    pub(super) fn other(doing: impl Into<String>) -> impl FnOnce(git2::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Other { doing, source }
    }
}

const DEEPEN: &str = "Get more history with `git fetch --deepen=100` or all of it with `git fetch --unshallow`; \
                      in GitHub Actions give `actions/checkout` the input `fetch-depth: 0`";

fn unknown_revision_hint(name: &str, shallow: bool) -> String {
    // `HEAD~3` and `main^2` name a place in history: fetching by that name cannot work.
    let relative = name.contains(['~', '^', '@', ':']);
    if relative && shallow {
        return format!("The history ends before it in this shallow clone. {DEEPEN}.");
    }
    if relative {
        return "The history may be shorter than that; `git log --oneline` shows it.".to_owned();
    }
    let hash = name.len() >= 40 && name.chars().all(|c| c.is_ascii_hexdigit());
    let mut hint = if hash {
        format!("If the server has it, run `git fetch origin {name}`.")
    } else {
        // Clones of one branch, as CI makes them, need the whole refspec: without it only FETCH_HEAD is written.
        let branch = name.strip_prefix("origin/").unwrap_or(name);
        let refspec = shell_word(&format!("{branch}:refs/remotes/origin/{branch}"));
        let then = if branch == name { format!(" and name it `origin/{branch}`") } else { String::new() };
        format!("If the server has that branch, run `git fetch origin {refspec}`{then}.")
    };
    if shallow {
        // Infallible: writing to a String.
        let _ = write!(hint, " This clone is shallow. {DEEPEN}.");
    }
    hint
}

/// The text without quotes and control characters.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\'' | '"' | '`') && !c.is_control()).collect()
}

/// The text as one word of a POSIX shell.
pub(super) fn shell_word(text: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | ':' | '@' | ',');
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(harmless) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
