//! Notes on commits: text that is kept beside a commit and does not change it. The only thing that preflag writes into a repository
//! besides its cache.
//!
//! Several writers may append at once. Each builds the new state of the notes under a reference of its own, on top of the state that
//! it has read, and then moves the common reference, which git allows only where it still names that state. Whoever comes too
//! late begins anew, so no line is lost, whether the other writer is preflag or git.

use super::change::CommitId;
use super::{GitError, Repository, deltas};
use git2::{ErrorCode, Oid, Signature};
use std::collections::BTreeSet;
use std::thread::sleep;
use std::time::Duration;

/// A larger note is neither read nor written.
const MAX_NOTE: usize = 4 << 20;
/// More notes are not read.
const MAX_NOTES: usize = 50_000;
/// How often a writer begins anew; with the pauses between, some four seconds.
const MAX_TRIES: u32 = 30;

/// The note of one commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) commit: CommitId,
    /// `None` where it is too large or cannot be read.
    pub(crate) text: Option<String>,
}

/// The notes of a repository.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    /// By the commit's name.
    pub(crate) notes: Vec<Note>,
    /// There are more than were read.
    pub(crate) cut: bool,
}

impl Repository {
    /// Appends a line to the note of a commit; `reference` is its full name, `refs/notes/...`.
    pub(crate) fn append_note(&self, reference: &str, commit: &CommitId, line: &str) -> Result<(), GitError> {
        let id = self.id(&commit.0)?;
        let who = self.committer().ok_or(GitError::NoIdentity)?;
        let fail = |source| GitError::NoteNotWritten { reference: reference.to_owned(), source };
        let mut last = None;
        for again in 0..MAX_TRIES {
            // Writers that meet once must not meet again.
            let pause = u64::from(again.min(8)) * 20 + u64::from(std::process::id() % 7) * 3;
            sleep(Duration::from_millis(if again == 0 { 0 } else { pause }));
            match self.try_append(reference, id, line, &who) {
                Err(Attempt::Failed(error)) if is_late(&error) => last = Some(error),
                Err(Attempt::Failed(error)) => return Err(fail(error)),
                Err(Attempt::Unfit) => return Err(GitError::UnfitNote { commit: commit.0.clone(), limit: MAX_NOTE }),
                Ok(()) => return Ok(()),
            }
        }
        Err(fail(last.expect("only late tries come here")))
    }

    /// Who commits here, as git knows it: by the environment, else by the config. (libgit2's own function asks for an author
    /// besides.)
    fn committer(&self) -> Option<Signature<'static>> {
        let config = self.raw.config().and_then(|mut config| config.snapshot()).ok();
        let known = |variable: &str, key: &str| {
            let from_env = std::env::var(variable).ok().filter(|value| !value.trim().is_empty());
            from_env.or_else(|| config.as_ref()?.get_string(key).ok())
        };
        let name = known("GIT_COMMITTER_NAME", "user.name")?;
        let email = known("GIT_COMMITTER_EMAIL", "user.email").or_else(|| std::env::var("EMAIL").ok())?;
        Signature::now(&name, &email).ok()
    }

    fn try_append(&self, reference: &str, id: Oid, line: &str, who: &Signature<'_>) -> Result<(), Attempt> {
        let before = self.tip(reference)?;
        let own = Own::new(self, before)?;
        let text = match before.map(|_| self.raw.find_note(Some(&own.name), id)) {
            None => String::new(),
            Some(Ok(note)) => match note.message() {
                Ok(text) if text.len() + line.len() < MAX_NOTE => text.to_owned(),
                _ => return Err(Attempt::Unfit),
            },
            Some(Err(error)) if error.code() == ErrorCode::NotFound => String::new(),
            Some(Err(error)) => return Err(error.into()),
        };
        let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        self.raw.note(who, who, Some(&own.name), id, &format!("{text}{newline}{line}\n"), true)?;
        let after = self.raw.refname_to_id(&own.name)?;
        let message = "notes: recorded by preflag";
        // Under the lock nobody else writes, also where there is no reference yet.
        let mut transaction = self.raw.transaction()?;
        transaction.lock_ref(reference)?;
        if self.tip(reference)? != before {
            let late = git2::Error::new(ErrorCode::Modified, git2::ErrorClass::Reference, "another run was faster");
            return Err(late.into());
        }
        transaction.set_target(reference, after, Some(who), message)?;
        transaction.commit()?;
        Ok(())
    }

    /// What a reference points to; `None` where there is none.
    fn tip(&self, reference: &str) -> Result<Option<Oid>, git2::Error> {
        match self.raw.refname_to_id(reference) {
            Ok(tip) => Ok(Some(tip)),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The notes under a reference, of these commits or of all; none where there is no such reference.
    pub(crate) fn notes(&self, reference: &str, of: Option<&BTreeSet<CommitId>>) -> Result<Notes, GitError> {
        let fail = GitError::other(format!("read the notes of {reference}"));
        let listed = match self.raw.notes(Some(reference)) {
            Ok(listed) => listed,
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(Notes::default()),
            Err(error) => return Err(fail(error)),
        };
        let mut ids: Vec<(CommitId, Oid)> = Vec::new();
        let mut cut = false;
        for pair in listed {
            let Ok((note, commit)) = pair else {
                cut = true;
                break;
            };
            let commit = CommitId(commit.to_string());
            if of.is_some_and(|of| !of.contains(&commit)) {
                continue;
            }
            if ids.len() == MAX_NOTES {
                cut = true;
                break;
            }
            ids.push((commit, note));
        }
        ids.sort_unstable_by(|a, b| a.0.0.cmp(&b.0.0));
        let notes = ids.into_iter().map(|(commit, note)| Note { text: self.note_text(note), commit }).collect();
        Ok(Notes { notes, cut })
    }

    fn note_text(&self, id: Oid) -> Option<String> {
        let objects = self.raw.odb().ok()?;
        let (size, kind) = objects.read_header(id).ok()?;
        if size > MAX_NOTE || kind != git2::ObjectType::Blob {
            return None;
        }
        objects.read(id).ok().map(|object| String::from_utf8_lossy(object.data()).into_owned())
    }
}

/// Why one try did not go through.
enum Attempt {
    Failed(git2::Error),
    /// What is there cannot be appended to.
    Unfit,
}

impl From<git2::Error> for Attempt {
    fn from(error: git2::Error) -> Self {
        Self::Failed(error)
    }
}

/// True where somebody else was there first, or is there now.
fn is_late(error: &git2::Error) -> bool {
    matches!(error.code(), ErrorCode::Modified | ErrorCode::Locked | ErrorCode::Exists)
}

/// A reference of this writer alone, which goes away with it.
struct Own<'r> {
    repository: &'r Repository,
    name: String,
}

impl<'r> Own<'r> {
    fn new(repository: &'r Repository, at: Option<Oid>) -> Result<Self, git2::Error> {
        // Other processes have other numbers; other threads of this one, another place of this value.
        let place = &raw const *repository as usize;
        let name = format!("refs/preflag/writing-{}-{place:x}", std::process::id());
        let own = Self { repository, name };
        own.remove()?;
        if let Some(at) = at {
            repository.raw.reference(&own.name, at, true, "notes: being written")?;
        }
        Ok(own)
    }

    fn remove(&self) -> Result<(), git2::Error> {
        match self.repository.raw.find_reference(&self.name) {
            Ok(mut reference) => reference.delete(),
            Err(error) if deltas::is_missing(&error) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Own<'_> {
    fn drop(&mut self) {
        // What stays behind names only what the notes hold, too.
        let _ = self.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::testing::TestRepository;

    const REFERENCE: &str = "refs/notes/preflag";

    fn with_identity() -> TestRepository {
        let repository = TestRepository::new();
        let mut config = repository.raw.config().expect("a config");
        config.set_str("user.name", "Ada").expect("it is set");
        config.set_str("user.email", "ada@example.com").expect("it is set");
        repository
    }

    fn text(repository: &Repository, commit: &CommitId) -> Option<String> {
        let notes = repository.notes(REFERENCE, None).expect("they are read").notes;
        notes.into_iter().find(|note| note.commit == *commit).and_then(|note| note.text)
    }

    #[test]
    fn lines_are_appended_and_read_back() {
        let repository = with_identity();
        let first = CommitId(repository.write("a", "1").commit("one").to_string());
        let second = CommitId(repository.write("a", "2").commit("two").to_string());
        let open = repository.open();
        assert!(open.notes(REFERENCE, None).expect("there are none").notes.is_empty());
        open.append_note(REFERENCE, &first, "one").expect("it is written");
        open.append_note(REFERENCE, &second, "two").expect("it is written");
        open.append_note(REFERENCE, &first, "three").expect("it is written");
        assert_eq!(text(&open, &first).as_deref(), Some("one\nthree\n"));
        assert_eq!(text(&open, &second).as_deref(), Some("two\n"));
        let only: BTreeSet<CommitId> = [second.clone()].into();
        assert_eq!(open.notes(REFERENCE, Some(&only)).expect("they are read").notes.len(), 1);
        let own = repository.raw.references_glob("refs/preflag/*").expect("references are listed");
        assert_eq!(own.count(), 0, "nothing stays behind");
    }

    #[test]
    fn writers_at_once_lose_nothing() {
        let repository = with_identity();
        let commit = CommitId(repository.write("a", "1").commit("one").to_string());
        std::thread::scope(|scope| {
            for writer in 0..6 {
                let (repository, commit) = (&repository, &commit);
                let open = repository.open();
                scope.spawn(move || {
                    for line in 0..5 {
                        open.append_note(REFERENCE, commit, &format!("{writer}.{line}")).expect("it is written");
                    }
                });
            }
        });
        let text = text(&repository.open(), &commit).expect("there is a note");
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 30, "{text}");
    }

    #[test]
    fn a_note_that_cannot_be_appended_to_stays_as_it_is() {
        let repository = with_identity();
        let commit = repository.write("a", "1").commit("one");
        let who = repository.raw.signature().expect("an identity");
        let large = "x".repeat(MAX_NOTE + 1);
        repository.raw.note(&who, &who, Some(REFERENCE), commit, &large, false).expect("it is written");
        let (open, commit) = (repository.open(), CommitId(commit.to_string()));
        let error = open.append_note(REFERENCE, &commit, "line").expect_err("it is too large");
        assert!(matches!(error, GitError::UnfitNote { .. }), "{error}");
        assert_eq!(open.notes(REFERENCE, None).expect("they are read").notes[0].text, None);
    }

    #[test]
    fn a_lock_that_stays_is_an_error_and_loses_nothing() {
        let repository = with_identity();
        let commit = CommitId(repository.write("a", "1").commit("one").to_string());
        let open = repository.open();
        open.append_note(REFERENCE, &commit, "one").expect("it is written");
        repository.write(".git/refs/notes/preflag.lock", "");
        let error = open.append_note(REFERENCE, &commit, "two").expect_err("it is locked");
        assert!(matches!(error, GitError::NoteNotWritten { .. }), "{error}");
        assert_eq!(text(&open, &commit).as_deref(), Some("one\n"));
    }
}
