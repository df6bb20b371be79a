//! The words of every file of a tree: read from the repository once, in parallel, and then only asked.

use super::codec::words_bytes;
use super::files::Files;
use super::postings::{MAX_TEXTS, Postings, State, WordLists};
use crate::cache::MAX_BYTES;
use crate::git::BlobId;
use crate::git::objects::{Blob, Objects};
use crate::location::RepoPath;
use crate::syntax::language_for;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Words of larger files are not looked at (bytes).
const MAX_FILE_BYTES: u64 = 4 << 20;

/// Contents that one thread reads in one go; neighbours are read faster together.
const CHUNK: usize = 128;

/// Contents after which is looked at how much there is already.
const BATCH: usize = 4_096;

/// The words of all files together: an eighth of a gigabyte.
const MAX_POSTINGS: usize = 1 << 25;

/// The words of every file of a tree.
pub(super) struct Search {
    /// What earlier runs knew, and what this one read.
    parts: [Part; 2],
    /// Files of a known language whose words are not known, by their numbers, in order.
    pub(super) unread: Vec<u32>,
}

/// Texts with the files that hold them.
struct Part {
    postings: Postings,
    /// The files of each text: where they begin in `files`, and where the last ones end.
    starts: Vec<u32>,
    files: Vec<u32>,
}

impl Search {
    /// `known` are the words of contents that earlier runs read, `at_hand` of those that this run has read already.
    pub(super) fn new(files: &Files, objects: &Objects, known: Option<Postings>, mut at_hand: Vec<WordLists>) -> Self {
        let known = known.unwrap_or_else(|| Postings::new(Vec::new()));
        let numbers = known.texts.iter().enumerate().map(|(number, (blob, _))| (*blob, number));
        let mut numbers: HashMap<BlobId, usize> = numbers.collect();
        let mut seen = HashSet::new();
        // A content counts once.
        at_hand.retain(|list| {
            let is_new = list.texts.iter().all(|(blob, _)| !numbers.contains_key(blob) && !seen.contains(blob));
            seen.extend(list.texts.iter().filter(|_| is_new).map(|(blob, _)| *blob));
            is_new
        });
        let unknown = |blob: &&BlobId| !numbers.contains_key(*blob) && seen.insert(**blob);
        let mut missing: Vec<BlobId> = files.blobs.iter().filter(unknown).copied().collect();
        if missing.len() > CHUNK {
            objects.sort(&mut missing);
        }
        let first = known.texts.len();
        let held = at_hand.iter().flat_map(|list| &list.texts).map(|(blob, _)| blob);
        numbers.extend(held.chain(&missing).enumerate().map(|(at, blob)| (*blob, first + at)));
        let text_of: Vec<usize> = files.blobs.iter().map(|blob| numbers[blob]).collect();
        drop((numbers, seen));
        let room =
            MAX_POSTINGS.saturating_sub(known.postings.len() + at_hand.iter().map(WordLists::len).sum::<usize>());
        at_hand.extend(read(&missing, objects, room));
        let fresh = Postings::new(at_hand);
        let state = |text: usize| match text.checked_sub(known.texts.len()) {
            None => known.texts[text].1,
            Some(text) => fresh.texts[text].1,
        };
        let is_unread = |file: &u32| {
            let file = *file as usize;
            state(text_of[file]) != State::Words && is_source(files.path(file))
        };
        let unread = (0..files.len() as u32).filter(is_unread).collect();
        let split = known.texts.len();
        let parts = [(known, 0), (fresh, split)].map(|(postings, first)| Part::new(postings, first, &text_of));
        Self { parts, unread }
    }

    /// What the next run should know, where that is worth writing: all of this tree, and of others only so much.
    pub(super) fn worth_keeping(&self) -> Option<Postings> {
        let [known, fresh] = &self.parts;
        if fresh.postings.texts.len() < worth(self.parts.iter().map(Part::held).sum()) {
            return None;
        }
        let lengths = [known, fresh].map(|part| part.postings.lengths());
        let (mut texts, mut words, mut gained) = (0, 0, 0);
        let mut keep = [known, fresh].map(|part| vec![false; part.postings.texts.len()]);
        let mut take = |held: bool, most_texts: usize, most_words: usize| {
            for (at, part) in [known, fresh].into_iter().enumerate() {
                for (text, (_, state)) in part.postings.texts.iter().enumerate() {
                    let length = lengths[at][text] as usize;
                    let fits = texts < most_texts
                        && words + length <= most_words
                        && words_bytes(texts + 1, words + length) + 1_024 <= MAX_BYTES;
                    // What is missing today may be there tomorrow.
                    if part.holds(text) == held && fits && *state != State::Unreadable {
                        keep[at][text] = true;
                        (texts, words, gained) = (texts + 1, words + length, gained + at);
                    }
                }
            }
            (texts, words)
        };
        let (own_texts, own_words) = take(true, MAX_TEXTS, usize::MAX);
        // Other branches are come back to; but every run reads all that is kept.
        take(false, MAX_TEXTS.min(own_texts + own_texts / 2), own_words + own_words / 2);
        let is_known = |part: &Postings| std::ptr::eq(part, &known.postings);
        let joined = |part: &Postings, text: usize| keep[usize::from(!is_known(part))][text];
        (gained >= worth(own_texts)).then(|| Postings::joined(&known.postings, &fresh.postings, joined))
    }

    /// The files that hold all of these words, by their numbers, in order.
    pub(super) fn with_all(&self, words: &[&str]) -> Vec<u32> {
        let mut files: Vec<u32> = self.parts.iter().flat_map(|part| part.with_all(words)).collect();
        files.sort_unstable();
        files
    }
}

/// So many contents must have been read before the cache is written anew, in a tree of so many.
fn worth(texts: usize) -> usize {
    32 + texts / 64
}

impl Part {
    /// Whether a file of the tree has this text.
    fn holds(&self, text: usize) -> bool {
        self.starts[text] < self.starts[text + 1]
    }

    /// How many texts the files of the tree have.
    fn held(&self) -> usize {
        (0..self.postings.texts.len()).filter(|&text| self.holds(text)).count()
    }

    /// The texts of this part are those from number `first` on.
    fn new(postings: Postings, first: usize, text_of: &[usize]) -> Self {
        let range = first..first + postings.texts.len();
        let held = || text_of.iter().enumerate().filter(|(_, text)| range.contains(text));
        let mut starts = vec![0u32; postings.texts.len() + 1];
        for (_, text) in held() {
            starts[text - first + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut files = vec![0; starts.last().map_or(0, |end| *end as usize)];
        for (file, text) in held() {
            let place = &mut next[text - first];
            files[*place as usize] = file as u32;
            *place += 1;
        }
        Self { postings, starts, files }
    }

    fn with_all(&self, words: &[&str]) -> impl Iterator<Item = u32> {
        let texts = self.postings.with_all(words).into_iter().map(|text| text as usize);
        texts.flat_map(|text| self.starts[text] as usize..self.starts[text + 1] as usize).map(|at| self.files[at])
    }
}

/// The words of contents, in their order; at most about `room` words.
fn read(blobs: &[BlobId], objects: &Objects, mut room: usize) -> Vec<WordLists> {
    let mut lists = Vec::new();
    for (at, batch) in blobs.chunks(BATCH).enumerate() {
        if room == 0 || (at + 1) * BATCH > MAX_TEXTS {
            let mut list = WordLists::default();
            batch.iter().for_each(|blob| list.add(*blob, State::Unreadable, ""));
            lists.push(list);
            continue;
        }
        let read = read_batch(batch, objects);
        room = room.saturating_sub(read.iter().map(WordLists::len).sum());
        lists.extend(read);
    }
    lists
}

/// The words of contents, chunk by chunk, read by as many threads as the program may use.
///
/// They are no threads of rayon's: a thread that waits for rayon takes up other work meanwhile, and that work may ask for
/// the very words that are being read, and wait for them for ever.
fn read_batch(blobs: &[BlobId], objects: &Objects) -> Vec<WordLists> {
    let chunks: Vec<&[BlobId]> = blobs.chunks(CHUNK).collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(chunks.len())));
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(chunk) = chunks.get(at) else { break };
            let list = read_chunk(chunk, objects);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, list));
        }
    };
    thread::scope(|scope| {
        for _ in 1..rayon::current_num_threads().min(chunks.len()) {
            // Where no thread is to be had, the others do its work.
            let _ = thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, list)| list).collect()
}

fn read_chunk(blobs: &[BlobId], objects: &Objects) -> WordLists {
    let mut list = WordLists::default();
    let mut left = blobs.iter();
    // Where the repository cannot be opened again, all that is left is unreadable.
    let _ = objects.read(blobs, MAX_FILE_BYTES, |content| {
        let Some(blob) = left.next() else { return };
        match content {
            Blob::Text(bytes) => list.add(*blob, State::Words, &String::from_utf8_lossy(bytes)),
            Blob::NoText => list.add(*blob, State::NoText, ""),
            Blob::TooLarge => list.add(*blob, State::TooLarge, ""),
            Blob::Unreadable => list.add(*blob, State::Unreadable, ""),
        }
    });
    left.for_each(|blob| list.add(*blob, State::Unreadable, ""));
    list.finish()
}

/// The words of texts that are at hand: the changed files of one side.
pub(super) struct Overlay {
    paths: Vec<String>,
    postings: Postings,
}

impl Overlay {
    pub(super) fn new<'t>(texts: impl Iterator<Item = (&'t str, &'t Arc<str>)>) -> Self {
        let mut texts: Vec<(&str, &Arc<str>)> = texts.collect();
        texts.sort_unstable_by_key(|(path, _)| *path);
        let mut list = WordLists::default();
        // They are asked for by their numbers; no content goes by this name.
        let nameless = BlobId::from_bytes(&[0; 20]);
        texts.iter().for_each(|(_, text)| list.add(nameless, State::Words, text));
        let paths = texts.iter().map(|(path, _)| (*path).to_owned()).collect();
        Self { paths, postings: Postings::new(vec![list]) }
    }

    pub(super) fn with_all(&self, words: &[&str]) -> impl Iterator<Item = &str> {
        self.postings.with_all(words).into_iter().map(|text| self.paths[text as usize].as_str())
    }
}

/// Whether a file of this name could use a flag.
pub(super) fn is_source(path: &str) -> bool {
    language_for(&RepoPath::new(path)).is_some()
}
