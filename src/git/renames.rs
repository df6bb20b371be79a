//! Which added files are deleted ones under a new path, and which are copies of a file of the same change.
//!
//! As in git: first equal content, then equal file names with similar content, then any pair with similar content. Two
//! files are similar when at least half of the larger one's bytes stand in chunks (lines, or 64 bytes of a long line)
//! that both have. A copy must be more alike than a move, because much code has the same frame as its neighbours.
//! The work is bounded: past the limits files stay added and deleted, with a notice.

use super::DiffLimits;
use super::change::GitNotice;
use super::content::{Reader, is_binary};
use super::deltas::{Delta, Entry, Origin};
use git2::{ObjectType, Oid};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// Parts of 100 that a moved file shares with its source, at least.
const MOVED: u64 = 50;
/// Parts of 100 that a copied file shares with its source, at least.
const COPIED: u64 = 75;
/// Longer lines are compared in pieces of this many bytes.
const CHUNK: usize = 64;
/// At most this many bytes are read to compare files of one change.
const READ_BUDGET: u64 = 32 << 20;

/// Marks moves and copies, and removes the deletions that were moves.
pub(super) fn detect(reader: &Reader<'_>, deltas: &mut Vec<Delta>, limits: &DiffLimits, notices: &mut Vec<GitNotice>) {
    let is_file = |side: &Option<Entry>| side.is_some_and(|entry| entry.kind.is_file());
    let mut added = Vec::new();
    let mut deleted = Vec::new();
    let mut modified = Vec::new();
    for (at, delta) in deltas.iter().enumerate() {
        match (is_file(&delta.old), is_file(&delta.new)) {
            (false, true) if delta.old.is_none() => added.push(at),
            (true, false) if delta.new.is_none() => deleted.push(at),
            (true, true) => modified.push(at),
            _ => {}
        }
    }
    if added.is_empty() || (deleted.is_empty() && modified.is_empty()) {
        return;
    }
    let Ok(empty) = Oid::hash_object(ObjectType::Blob, b"") else { return };
    let mut search = Search {
        reader,
        limits,
        deltas,
        matches: BTreeMap::new(),
        moved: HashSet::new(),
        empty,
        files: HashMap::new(),
        read: 0,
        gave_up: false,
    };
    search.exact(&added, &deleted, &modified);
    search.same_name(&added, &deleted);
    search.similar(&added, &deleted, MOVED, false);
    search.similar(&added, &modified, COPIED, true);
    let Search { matches, moved, gave_up, .. } = search;
    for (target, Match { source, copied }) in matches {
        let Delta { path, old, .. } = deltas[source].clone();
        deltas[target].origin = Some(Origin { path, copied });
        // A copy is new code in a new place, all of it; its source still runs.
        if !copied {
            deltas[target].old = old;
        }
    }
    let mut at = 0;
    deltas.retain(|_| {
        at += 1;
        !moved.contains(&(at - 1))
    });
    if gave_up {
        notices.push(GitNotice {
            path: None,
            reason:
                "The change adds and removes too many files to find every moved one; some show as removed and added."
                    .to_owned(),
        });
    }
}

struct Match {
    source: usize,
    copied: bool,
}

struct Search<'s, 'r> {
    reader: &'s Reader<'r>,
    limits: &'s DiffLimits,
    deltas: &'s [Delta],
    /// From an added file to its source; both are places in `deltas`.
    matches: BTreeMap<usize, Match>,
    /// Deleted files that are the source of a move.
    moved: HashSet<usize>,
    /// The content of an empty file.
    empty: Oid,
    files: HashMap<usize, Option<Fingerprint>>,
    read: u64,
    gave_up: bool,
}

impl Search<'_, '_> {
    /// Pairs files with equal content, those with an equal name first.
    fn exact(&mut self, added: &[usize], deleted: &[usize], modified: &[usize]) {
        let deltas = self.deltas;
        // All empty files are equal, which says nothing.
        let content = |side: Option<Entry>| side.and_then(|entry| entry.object()).filter(|id| *id != self.empty);
        // Queues, because a change can move thousands of equal files.
        let mut named: HashMap<(Oid, &[u8]), VecDeque<usize>> = HashMap::new();
        let mut any: HashMap<Oid, VecDeque<usize>> = HashMap::new();
        let mut copied: HashMap<Oid, usize> = HashMap::new();
        for &at in deleted.iter().chain(modified) {
            let Some(id) = content(deltas[at].old) else { continue };
            copied.entry(id).or_insert(at);
            if deltas[at].new.is_none() {
                named.entry((id, file_name(&deltas[at].path))).or_default().push_back(at);
                any.entry(id).or_default().push_back(at);
            }
        }
        let targets: Vec<(usize, Oid)> =
            added.iter().filter_map(|&at| content(deltas[at].new).map(|id| (at, id))).collect();
        for &(target, id) in &targets {
            let same = named.get_mut(&(id, file_name(&deltas[target].path)));
            if let Some(source) = same.and_then(VecDeque::pop_front) {
                self.accept(target, source, false);
            }
        }
        for &(target, id) in targets.iter() {
            if self.matches.contains_key(&target) {
                continue;
            }
            let queue = any.entry(id).or_default();
            while queue.front().is_some_and(|at| self.moved.contains(at)) {
                queue.pop_front();
            }
            match (queue.pop_front(), copied.get(&id)) {
                (Some(source), _) => self.accept(target, source, false),
                (None, Some(&source)) => self.accept(target, source, true),
                (None, None) => {}
            }
        }
    }

    /// Pairs an added and a deleted file when no others have that file name.
    fn same_name(&mut self, added: &[usize], deleted: &[usize]) {
        let mut by_name: BTreeMap<&[u8], (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for &at in added.iter().filter(|at| !self.matches.contains_key(at)) {
            by_name.entry(file_name(&self.deltas[at].path)).or_default().0.push(at);
        }
        for &at in deleted.iter().filter(|at| !self.moved.contains(at)) {
            by_name.entry(file_name(&self.deltas[at].path)).or_default().1.push(at);
        }
        for (targets, sources) in by_name.into_values() {
            if let (&[target], &[source]) = (targets.as_slice(), sources.as_slice())
                && self.score(target, source, MOVED).is_some()
            {
                self.accept(target, source, false);
            }
        }
    }

    fn similar(&mut self, added: &[usize], sources: &[usize], threshold: u64, copied: bool) {
        let targets: Vec<usize> = added.iter().copied().filter(|at| !self.matches.contains_key(at)).collect();
        let sources: Vec<usize> = sources.iter().copied().filter(|at| !self.moved.contains(at)).collect();
        if targets.len() * sources.len() > self.limits.rename_limit * self.limits.rename_limit {
            self.gave_up |= !copied;
            return;
        }
        let gave_up = self.gave_up;
        let mut pairs = Vec::new();
        for &target in &targets {
            for &source in &sources {
                pairs.extend(
                    self.score(target, source, threshold).map(|score| (std::cmp::Reverse(score), target, source)),
                );
            }
        }
        // A copy that is not recognised is an added file, which loses nothing.
        self.gave_up = if copied { gave_up } else { self.gave_up };
        pairs.sort_unstable();
        for (_, target, source) in pairs {
            if !self.matches.contains_key(&target) && (copied || !self.moved.contains(&source)) {
                self.accept(target, source, copied);
            }
        }
    }

    fn accept(&mut self, target: usize, source: usize, copied: bool) {
        self.matches.insert(target, Match { source, copied });
        if !copied {
            self.moved.insert(source);
        }
    }

    /// Parts of 100 that the two have in common, when that is enough.
    fn score(&mut self, target: usize, source: usize, threshold: u64) -> Option<u64> {
        let (a, b) = (self.size(target)?, self.size(source)?);
        if a.min(b) * 100 < threshold * a.max(b) {
            return None;
        }
        self.load(target);
        self.load(source);
        let chunks = |at: usize| self.files.get(&at)?.as_ref()?.chunks.as_deref();
        let score = common(chunks(target)?, chunks(source)?) * 100 / a.max(b);
        (score >= threshold).then_some(score)
    }

    /// The size of a file that can be compared.
    fn size(&mut self, at: usize) -> Option<u64> {
        if !self.files.contains_key(&at) {
            let fingerprint = self.side(at).and_then(|(entry, path)| {
                let size = self.reader.size(entry, path).ok()?;
                (1..=self.limits.max_file_bytes).contains(&size).then_some(Fingerprint { size, chunks: None })
            });
            self.files.insert(at, fingerprint);
        }
        self.files[&at].as_ref().map(|file| file.size)
    }

    fn load(&mut self, at: usize) {
        let Some(Some(Fingerprint { size, chunks: None })) = self.files.get(&at) else { return };
        if self.read + size > READ_BUDGET {
            self.gave_up = true;
            return;
        }
        self.read += size;
        let bytes = self.side(at).and_then(|(entry, path)| self.reader.bytes(entry, path, *size).ok());
        let fingerprint = bytes.map(|bytes| Fingerprint {
            size: bytes.len() as u64,
            chunks: Some(if is_binary(&bytes) { Vec::new() } else { chunks(&bytes) }),
        });
        self.files.insert(at, fingerprint);
    }

    /// The only side of an added or deleted file; the old side of a modified one.
    fn side(&self, at: usize) -> Option<(Entry, &[u8])> {
        let delta = &self.deltas[at];
        delta.old.or(delta.new).map(|entry| (entry, delta.path.as_slice()))
    }
}

struct Fingerprint {
    size: u64,
    /// How many bytes stand in chunks with this hash, sorted by hash; `None` until read.
    chunks: Option<Vec<(u64, u64)>>,
}

fn file_name(path: &[u8]) -> &[u8] {
    path.rsplit(|&byte| byte == b'/').next().unwrap_or(path)
}

fn chunks(bytes: &[u8]) -> Vec<(u64, u64)> {
    let lines = bytes.split_inclusive(|&byte| byte == b'\n');
    let mut chunks: Vec<(u64, u64)> =
        lines.flat_map(|line| line.chunks(CHUNK)).map(|chunk| (hash(chunk), chunk.len() as u64)).collect();
    chunks.sort_unstable();
    chunks.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    chunks
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The bytes in chunks that both have.
fn common(a: &[(u64, u64)], b: &[(u64, u64)]) -> u64 {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while let (Some(&(x, in_a)), Some(&(y, in_b))) = (a.get(i), b.get(j)) {
        if x == y {
            sum += in_a.min(in_b);
        }
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    sum
}
