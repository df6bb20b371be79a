//! Diffs that earlier runs read, by commit: a second run is quick, and one that was interrupted goes on where it stopped.
//!
//! Kept beside what else preflag remembers of the repository (see [`crate::cache`]), for the rules that they were read
//! with. A diff never changes, so nothing in it gets old.

use super::lines::{ChangedLines, LineSet};
use super::replay::Diff;
use crate::cache::bytes::checksum;
use crate::cache::{Cache, HEADER, Kept};
use crate::git::change::CommitId;
use crate::history::shape::{Shape, SourceChange};
use crate::location::RepoPath;
use crate::rules::builtin_text;
use std::collections::HashMap;

/// Changes with what is kept of a diff and with how it is written.
const FORMAT: u64 = 2;

/// More is not kept; the newest changes are read anew then (bytes).
const MAX_BYTES: usize = 48 << 20;

/// Where the first entry begins.
const FIRST: usize = HEADER + 8;

/// The bytes of a commit's name.
type Id = [u8; 20];

/// Diffs by commit.
pub(crate) struct Store {
    cache: Option<Cache>,
    /// As in the cache: its header, what the entries were made with, and one entry after another.
    bytes: Vec<u8>,
    /// Where the diff of a commit begins.
    places: HashMap<Id, usize>,
    unkept: usize,
}

impl Store {
    /// What is known; `made_with` names the rules that matter to a diff. Without a cache, nothing is kept.
    pub(crate) fn open(cache: Option<Cache>, made_with: &str) -> Self {
        let made_with = checksum(made_with.as_bytes()).wrapping_add(FORMAT).to_le_bytes();
        let kept = cache.as_ref().and_then(|cache| cache.read(Kept::Diffs));
        let kept = kept.filter(|bytes| bytes[HEADER..].starts_with(&made_with));
        let bytes = kept.unwrap_or_else(|| [[0; HEADER].as_slice(), &made_with].concat());
        let mut store = Self { cache, bytes, places: HashMap::new(), unkept: 0 };
        if store.find_places().is_none() {
            store.bytes.truncate(FIRST);
            store.places.clear();
        }
        store
    }

    /// What a diff depends on besides its commit: the rules by which files and lines are told.
    pub(crate) fn made_with() -> String {
        let mut score: serde_json::Value = serde_json::from_str(builtin_text("rules/score.yaml")).unwrap_or_default();
        // Weights are not part of a diff.
        for unrelated in ["signals", "bands"] {
            score.as_object_mut().and_then(|score| score.remove(unrelated));
        }
        format!("{} {score}", builtin_text("rules/files.yaml"))
    }

    /// Reads where each entry begins; `None` where one is damaged.
    fn find_places(&mut self) -> Option<()> {
        let mut rest = Input(self.bytes.get(FIRST..)?);
        while !rest.0.is_empty() {
            let id: Id = rest.take(20)?.try_into().ok()?;
            let length = rest.number()?;
            let at = self.bytes.len() - rest.0.len();
            rest.take(usize::try_from(length).ok()?)?;
            self.places.insert(id, at);
        }
        Some(())
    }

    /// The diff of a commit.
    pub(crate) fn get(&self, commit: &CommitId) -> Option<Diff> {
        let at = *self.places.get(&id(commit)?)?;
        read(&mut Input(self.bytes.get(at..)?))
    }

    /// Remembers a diff.
    pub(crate) fn add(&mut self, commit: &CommitId, diff: &Diff) {
        let Some(id) = id(commit).filter(|_| self.cache.is_some()) else { return };
        let mut entry = Vec::new();
        write(diff, &mut entry);
        if self.bytes.len() + entry.len() + 32 > MAX_BYTES {
            return;
        }
        self.bytes.extend_from_slice(&id);
        write_number(entry.len() as u64, &mut self.bytes);
        self.places.insert(id, self.bytes.len());
        self.bytes.extend_from_slice(&entry);
        self.unkept += 1;
    }

    /// How many diffs would be lost if the run ended here.
    pub(crate) fn unkept(&self) -> usize {
        self.unkept
    }

    /// Writes everything down for the next run.
    pub(crate) fn keep(&mut self) {
        if let (Some(cache), 1..) = (&self.cache, self.unkept) {
            cache.keep(Kept::Diffs, &mut self.bytes);
            self.unkept = 0;
        }
    }
}

fn id(commit: &CommitId) -> Option<Id> {
    let hex = commit.0.as_bytes();
    let mut id = Id::default();
    for (byte, pair) in id.iter_mut().zip(hex.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    (hex.len() == 40).then_some(id)
}

fn write(diff: &Diff, out: &mut Vec<u8>) {
    let shape = &diff.shape;
    write_number(u64::from(shape.test_lines), out);
    write_number(shape.files.len() as u64, out);
    for file in &shape.files {
        write_text(file.path.as_str(), out);
        let old = file.old_path.as_ref().map_or("", |path| path.as_str());
        write_text(old, out);
        for number in [file.added, file.deleted, file.conditionals] {
            write_number(u64::from(number), out);
        }
        out.push(u8::from(file.is_ui) | u8::from(file.is_core) << 1);
    }
    for paths in [&shape.config, &shape.dependencies] {
        write_number(paths.len() as u64, out);
        paths.iter().for_each(|path| write_text(path.as_str(), out));
    }
    for set in [&diff.lines.added, &diff.lines.deleted] {
        out.push(u8::from(set.is_cut));
        write_number(set.hashes.len() as u64, out);
        let mut before = 0;
        for hash in &set.hashes {
            write_number(u64::from(hash - before), out);
            before = *hash;
        }
    }
}

/// The counterpart of [`write()`]; `None` where the bytes make no sense.
fn read(input: &mut Input<'_>) -> Option<Diff> {
    let test_lines = input.small()?;
    let files = input.list(|input| {
        let path = RepoPath::new(input.text()?);
        let old_path = Some(input.text()?).filter(|path| !path.is_empty()).map(RepoPath::new);
        let [added, deleted, conditionals] = [input.small()?, input.small()?, input.small()?];
        let bits = input.take(1)?[0];
        let (is_ui, is_core) = (bits & 1 != 0, bits & 2 != 0);
        Some(SourceChange { path, old_path, added, deleted, conditionals, is_ui, is_core })
    })?;
    let mut paths = || input.list(|input| input.text().map(RepoPath::new));
    let (config, dependencies) = (paths()?, paths()?);
    let mut set = || {
        let is_cut = input.take(1)?[0] != 0;
        let mut before = 0_u32;
        let hashes = input.list(|input| {
            before = before.checked_add(input.small()?)?;
            Some(before)
        })?;
        Some(LineSet { hashes, is_cut })
    };
    let lines = ChangedLines { added: set()?, deleted: set()? };
    Some(Diff { shape: Shape { files, test_lines, config, dependencies, ..Shape::default() }, lines })
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    write_number(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

/// LEB128: seven bits a byte, the lowest first.
fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Bytes that are still to be read.
struct Input<'b>(&'b [u8]);

impl<'b> Input<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = usize::try_from(self.number()?).ok()?;
        // Each takes a byte at least, so a damaged count asks for no more memory than the bytes have.
        (count <= self.0.len()).then_some(())?;
        (0..count).map(|_| one(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::testing::TestRepository;

    fn commit(number: u64) -> CommitId {
        CommitId(format!("{number:040x}"))
    }

    fn diff(number: u32) -> Diff {
        let file = SourceChange {
            path: RepoPath::new("src/é.ts"),
            old_path: number.is_multiple_of(2).then(|| RepoPath::new("src/b.ts")),
            added: number,
            deleted: 300,
            conditionals: 2,
            is_ui: true,
            is_core: false,
        };
        let set = |hashes: &[u32], is_cut| LineSet { hashes: hashes.to_vec(), is_cut };
        Diff {
            shape: Shape {
                files: vec![file],
                test_lines: 7,
                config: vec![RepoPath::new("a.toml")],
                dependencies: vec![RepoPath::new("a.lock")],
                ..Shape::default()
            },
            lines: ChangedLines { added: set(&[1, 1, 900, u32::MAX], true), deleted: set(&[], false) },
        }
    }

    #[test]
    fn a_second_run_finds_what_the_first_one_read() {
        let repository = TestRepository::new();
        let open = |made_with: &str| Store::open(Some(Cache::of(&repository.open())), made_with);
        let mut store = open("rules");
        (1..50).for_each(|number| store.add(&commit(number), &diff(number as u32)));
        assert_eq!(store.unkept(), 49);
        store.keep();
        let again = open("rules");
        assert!((1..50).all(|number| again.get(&commit(number)) == Some(diff(number as u32))));
        assert_eq!((again.get(&commit(50)), again.unkept()), (None, 0));
        assert_eq!(open("other rules").get(&commit(1)), None);
        let mut none = Store::open(None, "rules");
        none.add(&commit(1), &diff(1));
        assert_eq!(none.get(&commit(1)), None);
    }

    #[test]
    fn damage_is_no_answer_and_no_panic() {
        let mut whole = Vec::new();
        write(&diff(3), &mut whole);
        assert_eq!(read(&mut Input(&whole)), Some(diff(3)));
        for end in 0..whole.len() {
            assert_eq!(read(&mut Input(&whole[..end])), None, "cut at {end}");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0xff;
            let _ = read(&mut Input(&damaged));
        }
        assert_eq!(id(&CommitId("é".repeat(20))), None);
    }
}
