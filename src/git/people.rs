//! Who made commits: authors, co-authors and reviewers, by the names that `.mailmap` gives them.

use super::change::CommitId;
use super::error::GitError;
use super::range::{HeadSide, RangeSpec, ResolvedRange};
use super::{EMPTY_TREE, Repository};
use git2::Signature;

/// The file that says which names and addresses are the same person's.
const MAILMAP: &str = ".mailmap";

/// A larger one is not read (bytes).
const MAX_MAILMAP: usize = 1 << 20;

/// The most characters of a name or an address.
const MAX_CHARS: usize = 120;

/// Trailers of one message that are read.
const MAX_TRAILERS: usize = 50;

/// Commits of a range whose people are asked for.
const MAX_COMMITS: usize = 500;

/// A name and an address, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Identity {
    pub(crate) name: String,
    pub(crate) email: String,
}

impl Identity {
    pub(crate) fn is_nobody(&self) -> bool {
        self.name.is_empty() && self.email.is_empty()
    }
}

/// Who makes a change, and who looked at it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Makers {
    /// Authors and co-authors, each once; those of the newest commits first.
    pub(crate) authors: Vec<Identity>,
    /// `Reviewed-by:` of its commits.
    pub(crate) reviewers: Vec<Identity>,
}

/// The names and addresses that stand for others.
pub(crate) struct Mailmap(Option<git2::Mailmap>);

impl Mailmap {
    /// A person by the canonical name and address.
    pub(crate) fn canonical(&self, written: &Identity) -> Identity {
        let resolved = || {
            let mailmap = self.0.as_ref()?;
            // Names of commits hold no bytes that signatures refuse; others stay as they are.
            let signature = Signature::new(&written.name, &written.email, &git2::Time::new(0, 0)).ok()?;
            mailmap.resolve_signature(&signature).ok().map(|resolved| identity(&resolved))
        };
        resolved().unwrap_or_else(|| written.clone())
    }
}

impl Repository {
    /// The mailmap of a commit.
    pub(crate) fn mailmap(&self, commit: &CommitId) -> Result<Mailmap, GitError> {
        let text = self.small_text(commit, MAILMAP, MAX_MAILMAP)?;
        Ok(Mailmap(text.and_then(|text| git2::Mailmap::from_buffer(&text.replace('\0', "")).ok())))
    }

    /// A text of a commit; `None` without such a file, and where it is too large.
    pub(crate) fn small_text(&self, commit: &CommitId, path: &str, max: usize) -> Result<Option<String>, GitError> {
        let bytes = match self.read_file(commit, path) {
            Err(GitError::TooLarge { .. }) => None,
            read => read?,
        };
        Ok(bytes.filter(|bytes| bytes.len() <= max).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Who makes the change of a range: of commits their authors; of what is not committed, whom git is configured for.
    pub(crate) fn people_of(&self, spec: &RangeSpec) -> Result<Makers, GitError> {
        let range = ResolvedRange::new(self, spec)?;
        let HeadSide::Commit(head) = range.head else {
            let mailmap = range.base.map(|base| self.mailmap(&CommitId(base.to_string()))).transpose()?;
            let own = self.raw.signature().ok().map(|signature| identity(&signature));
            let own = own.map(|own| mailmap.map_or_else(|| own.clone(), |mailmap| mailmap.canonical(&own)));
            return Ok(Makers { authors: own.into_iter().collect(), reviewers: Vec::new() });
        };
        let mailmap =
            self.mailmap(&CommitId(range.merge_base.map_or_else(|| EMPTY_TREE.to_owned(), |id| id.to_string())))?;
        let mut makers = Makers::default();
        let mut add = |list: fn(&mut Makers) -> &mut Vec<Identity>, written: Identity| {
            let person = mailmap.canonical(&written);
            let list = list(&mut makers);
            if !person.is_nobody() && !list.contains(&person) {
                list.push(person);
            }
        };
        let mut walk = || -> Result<(), git2::Error> {
            let mut walk = self.raw.revwalk()?;
            walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::TIME)?;
            walk.push(head)?;
            if let Some(base) = range.base {
                walk.hide(base)?;
            }
            for id in walk.take(MAX_COMMITS) {
                let commit = self.raw.find_commit(id?)?;
                let message = String::from_utf8_lossy(commit.message_bytes()).into_owned();
                // Who merges has not written what is merged.
                if commit.parent_count() < 2 {
                    add(|makers| &mut makers.authors, identity(&commit.author()));
                    co_authors(&message).for_each(|person| add(|makers| &mut makers.authors, person));
                }
                trailers(&message, "reviewed-by").for_each(|person| add(|makers| &mut makers.reviewers, person));
            }
            Ok(())
        };
        walk().map_err(GitError::other(format!("list the commits up to {head}")))?;
        Ok(makers)
    }
}

pub(super) fn identity(signature: &Signature<'_>) -> Identity {
    person(&String::from_utf8_lossy(signature.name_bytes()), &String::from_utf8_lossy(signature.email_bytes()))
}

fn person(name: &str, email: &str) -> Identity {
    let cut = |text: &str| text.trim().chars().filter(|c| !c.is_control()).take(MAX_CHARS).collect::<String>();
    Identity { name: cut(name), email: cut(email) }
}

/// The people whom `Co-authored-by:` names.
pub(super) fn co_authors(message: &str) -> impl Iterator<Item = Identity> {
    trailers(message, "co-authored-by")
}

/// The people of the trailers of one key, which is in lower case.
fn trailers(message: &str, key: &str) -> impl Iterator<Item = Identity> {
    let of_key = |line: &str| {
        let (found, value) = line.split_once(':')?;
        found.trim().eq_ignore_ascii_case(key).then(|| value.trim().to_owned())
    };
    let values = message.lines().filter_map(of_key).take(MAX_TRAILERS);
    let parse = |value: String| match value.split_once('<') {
        Some((name, rest)) => person(name, rest.split('>').next().unwrap_or_default()),
        None => person(&value, ""),
    };
    values.map(parse).collect::<Vec<_>>().into_iter()
}
