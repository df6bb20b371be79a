//! Which files differ from commit to commit of a line, as far as somebody asks.
//!
//! Trees are compared as they are stored, name by name, and only where they differ: that is all a pass over a long line
//! needs, and it is many times cheaper than a diff. Who asks about a few files says so by a [`Scope`]: of a folder that no
//! such file is in or below, it is only told that something in it differs, which its object name says without a look.

use super::deltas::EntryKind;
use super::error::GitError;
use super::objects::{ID_BYTES, TreeId};
use super::{Repository, line};
use crate::location::RepoPath;
use git2::{Odb, OdbObject, Oid};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// Files of one commit; what is behind them in the order of paths is left out.
const MAX_TOUCHED: usize = 50_000;

/// Folders of one commit that are compared.
const MAX_FOLDERS: usize = 50_000;

/// Deeper folders are not looked into.
const MAX_DEPTH: usize = 500;

/// Commits that one thread takes at a time: neighbours, since git stores their trees as differences of each other.
pub(super) const STRETCH: usize = 128;

/// What stands behind a folder that was not looked into. No file is called so, and it is in the folder's subsystem.
const BELOW: &str = "//";

/// The folders that are looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    All,
    /// These, by their paths; with each the folders that it is in, down to the root, whose path is empty.
    Folders(BTreeSet<String>),
}

impl Scope {
    /// The folders that these files are in.
    pub(crate) fn of_files(files: &[&str]) -> Self {
        Self::closed(files.iter().map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder)))
    }

    fn closed<'f>(folders: impl Iterator<Item = &'f str>) -> Self {
        let mut all = BTreeSet::from([String::new()]);
        for folder in folders {
            let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
            all.extend(ends.map(|end| folder[..end].to_owned()));
        }
        Self::Folders(all)
    }

    pub(crate) fn looks_into(&self, folder: &str) -> bool {
        match self {
            Self::All => true,
            Self::Folders(folders) => folders.contains(folder),
        }
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Folders(of_self), Self::Folders(of_other)) => Self::Folders(of_self | of_other),
            _ => Self::All,
        }
    }

    /// What is still to be looked into where `known` was; `None` where that is everything.
    pub(crate) fn without(&self, known: &Self) -> Option<Self> {
        match (self, known) {
            (_, Self::All) => None,
            (Self::All, Self::Folders(_)) => Some(Self::All),
            (Self::Folders(wanted), Self::Folders(known)) => {
                let mut missing = wanted.difference(known).map(String::as_str).peekable();
                missing.peek().is_some().then(|| Self::closed(missing))
            }
        }
    }
}

/// What neighbours in a line touch.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Each once. A path that ends in two slashes stands for something below a folder that was not looked into.
    pub(crate) paths: Vec<String>,
    /// For each commit the numbers of its paths, in the order of git's trees.
    pub(crate) by: Vec<Vec<u32>>,
}

impl Repository {
    /// What differs between each of these trees and the next: those of a line, newest first, and of what was before; `None`
    /// is before the first commit. In pieces that follow each other.
    pub(crate) fn touched(&self, trees: &[Option<TreeId>], scope: &Scope) -> Result<Vec<Touched>, GitError> {
        self.in_stretches(trees, scope, |look, trees| {
            let numbers = |differences: Vec<Difference>| differences.iter().map(|it| it.path).collect();
            let by = trees.windows(2).map(|pair| look.commit(pair[1], pair[0]).map(numbers));
            let by = by.collect::<Result<_, _>>()?;
            Ok(Touched { paths: std::mem::take(&mut look.paths), by })
        })
    }

    /// Compares the trees of a line in pieces, each with one more tree than commits, and gives what is made of each piece.
    pub(super) fn in_stretches<T: Send>(
        &self,
        trees: &[Option<TreeId>],
        scope: &Scope,
        stretch: impl Fn(&mut Look<'_>, &[Option<TreeId>]) -> Result<T, GitError> + Sync,
    ) -> Result<Vec<T>, GitError> {
        let starts: Vec<usize> = (0..trees.len().saturating_sub(1)).step_by(STRETCH).collect();
        // Handles live no longer than this: libgit2 remembers what they read.
        let handles = self.objects();
        let stretches = starts.into_par_iter().map(|start| {
            handles.with(|repository| {
                let objects = repository.odb().map_err(GitError::other("open the object database"))?;
                stretch(&mut Look::new(&objects, scope), &trees[start..trees.len().min(start + STRETCH + 1)])
            })?
        });
        stretches.collect()
    }
}

/// A file that differs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Difference {
    /// The number of its path.
    pub(super) path: u32,
    /// What it held before, if it was a regular file.
    pub(super) old: Option<Oid>,
}

/// What one thread compares with.
pub(super) struct Look<'r> {
    pub(super) objects: &'r Odb<'r>,
    scope: &'r Scope,
    /// What was read for the commit before, which the next in line mostly needs again, and for this one.
    before: Folders<'r>,
    now: Folders<'r>,
    /// Each once, by their numbers; what ends in two slashes stands for something below.
    pub(super) paths: Vec<String>,
    numbers: HashMap<Vec<u8>, u32>,
    /// Where the comparison is.
    path: Vec<u8>,
    /// Of this commit.
    files: Vec<Difference>,
    folders: usize,
}

type Folders<'r> = HashMap<Oid, Rc<OdbObject<'r>>>;

impl<'r> Look<'r> {
    fn new(objects: &'r Odb<'r>, scope: &'r Scope) -> Self {
        Self {
            objects,
            scope,
            before: Folders::new(),
            now: Folders::new(),
            paths: Vec::new(),
            numbers: HashMap::new(),
            path: Vec::new(),
            files: Vec::new(),
            folders: 0,
        }
    }

    /// The files that differ between two trees, in the order of git's trees.
    pub(super) fn commit(&mut self, old: Option<TreeId>, new: Option<TreeId>) -> Result<Vec<Difference>, GitError> {
        self.folders = 0;
        if old != new {
            self.before = std::mem::take(&mut self.now);
            self.compare(old.map(|tree| tree.0), new.map(|tree| tree.0), 0)?;
        }
        let mut files = std::mem::take(&mut self.files);
        // A damaged folder may have a name twice.
        let mut seen = BTreeSet::new();
        files.retain(|file| seen.insert(file.path));
        Ok(files)
    }

    fn folder(&mut self, id: Oid) -> Result<Rc<OdbObject<'r>>, GitError> {
        if let Some(known) = self.now.get(&id) {
            return Ok(Rc::clone(known));
        }
        let read = match self.before.remove(&id) {
            Some(known) => known,
            None => Rc::new(self.objects.read(id).map_err(|error| line::unreadable(&error, id, "a folder"))?),
        };
        self.now.insert(id, Rc::clone(&read));
        Ok(read)
    }

    /// Notes the files that differ between two folders.
    fn compare(&mut self, old: Option<Oid>, new: Option<Oid>, depth: usize) -> Result<(), GitError> {
        self.folders += 1;
        if depth > MAX_DEPTH || self.is_full() {
            return Ok(());
        }
        let (old, new) = (old.map(|id| self.folder(id)).transpose()?, new.map(|id| self.folder(id)).transpose()?);
        let (mut left, mut right) = (entries(old.as_deref()), entries(new.as_deref()));
        loop {
            left.skip_shared(&mut right);
            let order = match (left.peek(), right.peek()) {
                (Some(left), Some(right)) => left.key().cmp(&right.key()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return Ok(()),
            };
            let of_old = if order.is_le() { left.next() } else { None };
            let of_new = if order.is_ge() { right.next() } else { None };
            let Some(either) = of_old.as_ref().or(of_new.as_ref()) else { return Ok(()) };
            let length = self.path.len();
            if length > 0 {
                self.path.push(b'/');
            }
            self.path.extend_from_slice(either.name);
            match either.is_folder() {
                // A folder and a file of one name have different keys.
                true => {
                    let id = |entry: &Option<Entry<'_>>| entry.as_ref().and_then(Entry::oid);
                    let (old, new) = (id(&of_old), id(&of_new));
                    if old != new {
                        self.differs(old, new, depth)?;
                    }
                }
                false => self.note(of_old.as_ref().and_then(Entry::file)),
            }
            self.path.truncate(length);
            if self.is_full() {
                return Ok(());
            }
        }
    }

    /// A folder that is not the same.
    fn differs(&mut self, old: Option<Oid>, new: Option<Oid>, depth: usize) -> Result<(), GitError> {
        let is_meant = match self.scope {
            Scope::All => true,
            Scope::Folders(_) => self.scope.looks_into(RepoPath::from_bytes(&self.path).as_str()),
        };
        if is_meant {
            return self.compare(old, new, depth + 1);
        }
        self.path.extend_from_slice(BELOW.as_bytes());
        self.note(None);
        Ok(())
    }

    fn note(&mut self, old: Option<Oid>) {
        let path = match self.numbers.get(&self.path) {
            Some(&number) => number,
            None => {
                self.paths.push(RepoPath::from_bytes(&self.path).as_str().to_owned());
                self.numbers.insert(self.path.clone(), self.paths.len() as u32 - 1);
                self.paths.len() as u32 - 1
            }
        };
        self.files.push(Difference { path, old });
    }

    fn is_full(&self) -> bool {
        self.files.len() >= MAX_TOUCHED || self.folders >= MAX_FOLDERS
    }
}

/// One entry of a folder as it is stored.
struct Entry<'t> {
    mode: &'t [u8],
    name: &'t [u8],
    id: &'t [u8],
}

impl<'t> Entry<'t> {
    fn is_folder(&self) -> bool {
        matches!(self.mode, b"40000" | b"040000")
    }

    /// What git sorts by: a folder as if its name ended in a slash.
    fn key(&self) -> Key<'t> {
        Key(self.name, self.is_folder())
    }

    fn oid(&self) -> Option<Oid> {
        Oid::from_bytes(self.id).ok()
    }

    /// What a regular file holds.
    fn file(&self) -> Option<Oid> {
        let mode = u32::from_str_radix(std::str::from_utf8(self.mode).ok()?, 8).ok()?;
        EntryKind::from_mode(mode).filter(|kind| kind.is_file()).and_then(|_| self.oid())
    }
}

#[derive(PartialEq, Eq)]
struct Key<'t>(&'t [u8], bool);

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let shared = self.0.len().min(other.0.len());
        let after = |key: &Self| key.0.get(shared).copied().or(key.1.then_some(b'/'));
        let bytes = self.0[..shared].cmp(&other.0[..shared]);
        // The rest matters only behind the first byte of it when a name holds a slash, which none does.
        bytes.then_with(|| after(self).cmp(&after(other))).then_with(|| self.0.len().cmp(&other.0.len()))
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The entries of a folder that are still to be looked at.
struct Entries<'t>(&'t [u8]);

/// The entries of a folder; what is behind a damaged one is not there.
fn entries<'t>(tree: Option<&'t OdbObject<'_>>) -> Entries<'t> {
    let tree = tree.filter(|tree| tree.kind() == git2::ObjectType::Tree);
    Entries(tree.map_or(&[], OdbObject::data))
}

impl<'t> Entries<'t> {
    /// Goes past the entries that are the same on both sides.
    fn skip_shared(&mut self, other: &mut Entries<'_>) {
        while let Some(length) = self.first_length().filter(|&length| other.0.starts_with(&self.0[..length])) {
            self.0 = &self.0[length..];
            other.0 = &other.0[length..];
        }
    }

    /// The bytes of the first entry.
    fn first_length(&self) -> Option<usize> {
        let nul = memchr(0, self.0)?;
        Some(nul + 1 + ID_BYTES).filter(|&length| length <= self.0.len())
    }

    fn peek(&self) -> Option<Entry<'t>> {
        let bytes = &self.0[..self.first_length()?];
        let (text, id) = bytes.split_at(bytes.len() - ID_BYTES);
        let space = memchr(b' ', text)?;
        Some(Entry { mode: &text[..space], name: &text[space + 1..text.len() - 1], id })
    }

    fn next(&mut self) -> Option<Entry<'t>> {
        let entry = self.peek()?;
        self.0 = &self.0[self.first_length()?..];
        Some(entry)
    }
}

fn memchr(byte: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&other| other == byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_has_the_folders_around_and_knows_what_is_missing() {
        let folders = |scope: &Scope| match scope {
            Scope::All => panic!("not everything was asked for"),
            Scope::Folders(folders) => folders.iter().cloned().collect::<Vec<_>>(),
        };
        let first = Scope::of_files(&["a/b/c.ts", "d.ts"]);
        assert_eq!(folders(&first), ["", "a", "a/b"]);
        assert!(first.looks_into("a") && first.looks_into("") && !first.looks_into("a/c"));
        let second = Scope::of_files(&["a/c/d.ts"]);
        assert_eq!(folders(&second.without(&first).expect("one is missing")), ["", "a", "a/c"]);
        assert_eq!(folders(&first.and(&second)), ["", "a", "a/b", "a/c"]);
        assert_eq!(Scope::of_files(&["a/e.ts"]).without(&first), None);
        assert_eq!((first.without(&Scope::All), Scope::All.without(&first)), (None, Some(Scope::All)));
    }
}
