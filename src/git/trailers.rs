//! Trailers in the messages of commits: `Key: value` in a paragraph of them, by git's own rules.
//!
//! git looks at the last paragraph of a message only. What is squashed carries the messages of several commits one below the
//! other, so here every paragraph but the first is one that could be the last. A line that begins with the key and is no trailer
//! is handed out too, as such: somebody meant it to be one.
//!
//! Who a commit is by is what the commit says. Names are not looked up in `.mailmap`, which the change itself may edit.

use super::change::{ChangeSet, CommitId};
use super::{EMPTY_TREE, GitError, Repository};
use git2::Oid;

/// More commits are not looked at; a notice says so.
const MAX_COMMITS: usize = 1_000;
/// More of a message is not read; a notice says so.
const MAX_MESSAGE: usize = 256 * 1024;
/// More trailers are not handed out; a notice says so.
const MAX_TRAILERS: usize = 100;
/// How git begins the message of a squashed merge, in which the messages are indented.
const SQUASHED: &str = "Squashed commit of the following:";

/// One line of a message that begins with the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trailer {
    pub(crate) commit: CommitId,
    /// The author's name and mail address, as the commit says.
    pub(crate) author: (String, String),
    /// The committer's time, in seconds since 1970.
    pub(crate) seconds: i64,
    /// The line of the message, from 1.
    pub(crate) line: u32,
    /// What follows the key, on one line; `None` where the line is no trailer.
    pub(crate) value: Option<String>,
}

/// What the commits of a change say under one key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trailers {
    /// The newest commit first, in the order of each message.
    pub(crate) found: Vec<Trailer>,
    /// What was not read, in plain sentences.
    pub(crate) notices: Vec<String>,
}

impl Repository {
    /// The trailers with this key of the commits that the head has and the base has not. Without a head there are none.
    pub(crate) fn trailers(&self, changes: &ChangeSet, key: &str) -> Result<Trailers, GitError> {
        let mut trailers = Trailers::default();
        let Some(head) = &changes.head else { return Ok(trailers) };
        let ids = self.commits_between(&changes.base, head, MAX_COMMITS + 1)?;
        if ids.len() > MAX_COMMITS {
            let notice = format!("`{key}` lines were looked for in the newest {MAX_COMMITS} commits only.");
            trailers.notices.push(notice);
        }
        for id in ids.into_iter().take(MAX_COMMITS) {
            let commit =
                self.raw.find_commit(self.id(&id.0)?).map_err(GitError::other(format!("read the commit {}", id.0)))?;
            let bytes = commit.message_raw_bytes();
            if last_place(bytes, key).is_some_and(|at| at + key.len() > MAX_MESSAGE) {
                let limit = MAX_MESSAGE / 1024;
                let short = id.0.get(..9).unwrap_or(&id.0);
                trailers.notices.push(format!(
                    "The message of the commit {short} was read up to {limit} KiB; `{key}` lines below do not count."
                ));
            }
            let message = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_MESSAGE)]);
            let author = commit.author();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let author = (text(author.name_bytes()), text(author.email_bytes()));
            for (line, value) in lines_with_key(&message, key) {
                if trailers.found.len() == MAX_TRAILERS {
                    trailers.notices.push(format!("More than {MAX_TRAILERS} `{key}` lines: the others do not count."));
                    return Ok(trailers);
                }
                let seconds = commit.time().seconds();
                trailers.found.push(Trailer { commit: id.clone(), author: author.clone(), seconds, line, value });
            }
        }
        Ok(trailers)
    }

    /// The committer's time of a commit, in seconds since 1970; `None` for what stands before the first commit.
    pub(crate) fn commit_seconds(&self, commit: &CommitId) -> Result<Option<i64>, GitError> {
        if commit.0 == EMPTY_TREE {
            return Ok(None);
        }
        let found = self.raw.find_commit(self.id(&commit.0)?);
        found.map(|commit| Some(commit.time().seconds())).map_err(GitError::other(format!("read commit {}", commit.0)))
    }

    /// The commits that the head has and the base has not, newest first, at most so many.
    pub(crate) fn commits_between(
        &self,
        base: &CommitId,
        head: &CommitId,
        max: usize,
    ) -> Result<Vec<CommitId>, GitError> {
        let head = self.id(&head.0)?;
        let base = if base.0 == EMPTY_TREE { None } else { Some(self.id(&base.0)?) };
        // The everyday case, one commit, without a walk.
        let is_child = |base: Oid| {
            self.raw
                .find_commit(head)
                .is_ok_and(|head| head.parent_count() == 1 && head.parent_id(0).ok() == Some(base))
        };
        if base.is_some_and(is_child) {
            return Ok(vec![CommitId(head.to_string())]);
        }
        let walk = || -> Result<Vec<CommitId>, git2::Error> {
            let mut walk = self.raw.revwalk()?;
            walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::TIME)?;
            walk.push(head)?;
            base.map_or(Ok(()), |base| walk.hide(base))?;
            walk.take(max).map(|id| id.map(|id| CommitId(id.to_string()))).collect()
        };
        walk().map_err(GitError::other(format!("list the commits up to {head}")))
    }
}

/// Where the key stands last, whatever its casing.
fn last_place(message: &[u8], key: &str) -> Option<usize> {
    message.windows(key.len()).rposition(|window| window.eq_ignore_ascii_case(key.as_bytes()))
}

/// The lines that begin with the key, each with its number and, where it is a trailer, its value.
fn lines_with_key(message: &str, key: &str) -> Vec<(u32, Option<String>)> {
    let squashed = message.contains(SQUASHED);
    let lines: Vec<&str> = message
        .split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .map(|line| if squashed { line.strip_prefix("    ").unwrap_or(line) } else { line })
        .collect();
    let mut found = Vec::new();
    let (mut at, mut is_first) = (0, true);
    while at < lines.len() {
        let length = lines[at..].iter().position(|line| line.trim().is_empty()).unwrap_or(lines.len() - at);
        let paragraph = &lines[at..at + length];
        let keyed: Vec<usize> = (0..length).filter(|&line| begins_with(paragraph[line], key)).collect();
        if !keyed.is_empty() {
            let values = if is_first { Vec::new() } else { trailers_of(paragraph, key) };
            // Where some are trailers and some are not, git cannot say which; a paragraph is one or the other.
            let values = if values.len() == keyed.len() { values } else { Vec::new() };
            let mut values = values.into_iter();
            found.extend(keyed.into_iter().map(|line| ((at + line + 1) as u32, values.next())));
        }
        is_first &= length == 0;
        at += length + 1;
    }
    found
}

fn begins_with(line: &str, key: &str) -> bool {
    let Some((start, rest)) = line.split_at_checked(key.len()) else { return false };
    start.eq_ignore_ascii_case(key) && rest.trim_start_matches([' ', '\t']).starts_with(':')
}

/// The values of the key's trailers, were this the last paragraph of a message.
fn trailers_of(paragraph: &[&str], key: &str) -> Vec<String> {
    let message = format!("subject\n\n{}\n", paragraph.join("\n"));
    let Ok(trailers) = git2::message_trailers_strs(&message) else { return Vec::new() };
    let one_line = |value: &str| value.split_whitespace().collect::<Vec<_>>().join(" ");
    let ours = trailers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
    ours.map(|(_, value)| one_line(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::RangeSpec;
    use crate::git::testing::TestRepository;

    const KEY: &str = "Preflag-Waive";

    fn found(message: &str) -> Vec<(u32, Option<String>)> {
        lines_with_key(message, KEY)
    }

    fn one(line: u32, value: &str) -> Vec<(u32, Option<String>)> {
        vec![(line, Some(value.to_owned()))]
    }

    #[test]
    fn trailers_stand_in_a_paragraph_of_them() {
        assert_eq!(found("Subject\n\nPreflag-Waive: auth: why\n"), one(3, "auth: why"));
        assert_eq!(found("Subject\n\nBody.\n\nSigned-off-by: A <a@b>\npreflag-waive:auth: why"), one(6, "auth: why"));
        assert_eq!(found("Subject\n\nPreflag-Waive: auth: why\n  and more\n"), one(3, "auth: why and more"));
        assert_eq!(found("Subject\r\n\r\nPreflag-Waive: auth: why\r\n"), one(3, "auth: why"));
        assert_eq!(
            found("S\n\nPreflag-Waive: a: b\nPreflag-Waive: c: d\n"),
            [(3, Some("a: b".to_owned())), (4, Some("c: d".to_owned()))]
        );
    }

    #[test]
    fn what_is_squashed_keeps_its_trailers() {
        let github = "Title (#12)\n\n* One\n\nPreflag-Waive: auth: why\n\n* Two\n\nText.\n\n---------\n\nCo-authored-by: B <b@c>\n";
        assert_eq!(found(github), one(5, "auth: why"));
        let git = "Squashed commit of the following:\n\ncommit 1\nAuthor: A <a@b>\n\n    Subject\n\n    Preflag-Waive: auth: why\n";
        assert_eq!(found(git), one(8, "auth: why"));
    }

    #[test]
    fn a_line_that_is_no_trailer_is_told() {
        assert_eq!(found("Preflag-Waive: auth: why\n"), [(1, None)], "the subject");
        assert_eq!(found("S\n\nSome text\nPreflag-Waive: auth: why\n"), [(4, None)], "in a paragraph of text");
        assert_eq!(found("S\n\nWrite `Preflag-Waive: auth: why` in it.\n    Preflag-Waive: x: y\n"), []);
        assert_eq!(found("S\n\nPreflag-Waived: no\n"), []);
    }

    #[test]
    fn only_the_commits_of_the_change_count() {
        let repository = TestRepository::new();
        repository.write("a", "1").commit("Base\n\nPreflag-Waive: auth: of old");
        repository.write("a", "2").commit("One\n\nPreflag-Waive: auth: first");
        repository.write("a", "3").commit("Two\n\nPreflag-Waive: payments a/**: second");
        let open = repository.open();
        let changes = |range: &str| {
            open.change_set(&RangeSpec::Revisions(range.to_owned()), &Default::default()).expect("the range is there")
        };
        let trailers = open.trailers(&changes("HEAD~2"), KEY).expect("they are read");
        let values: Vec<&str> = trailers.found.iter().filter_map(|trailer| trailer.value.as_deref()).collect();
        assert_eq!(values, ["payments a/**: second", "auth: first"]);
        assert_eq!(trailers.found[0].author, ("Ada".to_owned(), "ada@example.com".to_owned()));
        assert_eq!(open.trailers(&changes("HEAD^!"), KEY).expect("they are read").found.len(), 1);
        assert_eq!(open.trailers(&changes("HEAD~2^!"), KEY).expect("they are read").found.len(), 1, "a first commit");
    }

    #[test]
    fn a_flood_of_them_is_bounded_and_said() {
        let repository = TestRepository::new();
        repository.write("a", "1").commit("Base");
        repository.write("a", "2").commit(&format!("S\n\n{}", "Preflag-Waive: auth: why\n".repeat(1_000)));
        repository
            .write("a", "3")
            .commit(&format!("S\n\n{}\n\nPreflag-Waive: auth: far below\n", "x\n".repeat(200_000)));
        let open = repository.open();
        let changes =
            open.change_set(&RangeSpec::Revisions("HEAD~2".to_owned()), &Default::default()).expect("it is there");
        let trailers = open.trailers(&changes, KEY).expect("they are read");
        assert_eq!(trailers.found.len(), MAX_TRAILERS);
        assert_eq!(trailers.notices.len(), 2, "{:?}", trailers.notices);
    }
}
