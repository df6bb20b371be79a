//! Which of many texts hold a word: the words of all texts, turned round.
//!
//! Texts are numbered. Each of their words is a *posting*, the number of the text with a part of the word's hash; postings
//! lie in buckets by another part of it. So a question looks at one bucket, whatever the number of texts. 28 bits of a
//! hash are told apart: in a repository of 50,000 files that is one file too many in some dozens of questions.

use super::words::{Distinct, hash};
use crate::git::BlobId;

/// Bits of a hash that choose the bucket: the highest.
const BUCKET_BITS: u32 = 14;

/// Bits of a hash that a posting holds: those below.
const REST_BITS: u32 = 14;

/// The number of buckets.
pub(super) const BUCKETS: usize = 1 << BUCKET_BITS;

/// More texts than this cannot be told apart.
pub(super) const MAX_TEXTS: usize = 1 << (32 - REST_BITS);

/// What is known of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Its words are known.
    Words,
    /// Binary, or a pointer to large file storage.
    NoText,
    TooLarge,
    /// Not in this repository, or damaged.
    Unreadable,
}

/// The distinct words of some texts, one after the other.
#[derive(Debug, Default)]
pub(super) struct WordLists {
    pub(super) texts: Vec<(BlobId, State)>,
    hashes: Vec<u32>,
    /// Where the words of each text end.
    ends: Vec<u32>,
    distinct: Distinct,
}

/// The words of many texts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Postings {
    pub(super) texts: Vec<(BlobId, State)>,
    /// Where each bucket begins, and where the last one ends.
    pub(super) starts: Vec<u32>,
    pub(super) postings: Vec<u32>,
}

impl WordLists {
    pub(super) fn add(&mut self, blob: BlobId, state: State, text: &str) {
        if state == State::Words {
            self.distinct.add(text, &mut self.hashes);
        }
        self.texts.push((blob, state));
        self.ends.push(u32::try_from(self.hashes.len()).unwrap_or(u32::MAX));
    }

    /// The number of words.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// What only collecting needed is given back.
    pub(super) fn finish(mut self) -> Self {
        self.distinct = Distinct::default();
        self.hashes.shrink_to_fit();
        self
    }

    /// Each text's number within this list, with its words.
    fn iter(&self) -> impl Iterator<Item = (usize, &[u32])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ranges = starts.zip(&self.ends).map(|(start, &end)| start as usize..end as usize);
        ranges.enumerate().map(|(text, range)| (text, &self.hashes[range]))
    }
}

impl Postings {
    /// Texts get numbers in the order of the lists.
    pub(super) fn new(lists: Vec<WordLists>) -> Self {
        let mut starts = vec![0u32; BUCKETS + 1];
        for &hash in lists.iter().flat_map(|list| &list.hashes) {
            starts[bucket(hash) + 1] += 1;
        }
        for at in 0..BUCKETS {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut postings = vec![0; starts[BUCKETS] as usize];
        let mut texts = Vec::with_capacity(lists.iter().map(|list| list.texts.len()).sum());
        for list in lists {
            for (text, hashes) in list.iter() {
                for &hash in hashes {
                    let place = &mut next[bucket(hash)];
                    postings[*place as usize] = posting((texts.len() + text) as u32, hash);
                    *place += 1;
                }
            }
            texts.extend_from_slice(&list.texts);
        }
        Self { texts, starts, postings }
    }

    /// Whether postings speak of this many texts only.
    pub(super) fn fit(postings: &[u32], texts: usize) -> bool {
        postings.iter().fold(0, |most, &posting| most.max(posting >> REST_BITS)) < texts.max(1) as u32
            && (texts > 0 || postings.is_empty())
    }

    /// How many words each text has.
    pub(super) fn lengths(&self) -> Vec<u32> {
        let mut lengths = vec![0; self.texts.len()];
        self.postings.iter().for_each(|posting| lengths[(posting >> REST_BITS) as usize] += 1);
        lengths
    }

    /// Both as one, without the texts that are not to be kept.
    pub(super) fn joined(a: &Self, b: &Self, keep: impl Fn(&Self, usize) -> bool) -> Self {
        let mut texts = Vec::new();
        let numbers = [a, b].map(|part| {
            let number = |text: usize| {
                keep(part, text).then(|| {
                    texts.push(part.texts[text]);
                    texts.len() as u32 - 1
                })
            };
            (0..part.texts.len()).map(number).collect::<Vec<Option<u32>>>()
        });
        let mut starts = Vec::with_capacity(BUCKETS + 1);
        let mut postings = Vec::with_capacity(a.postings.len() + b.postings.len());
        starts.push(0);
        for bucket in 0..BUCKETS {
            for (part, numbers) in [a, b].into_iter().zip(&numbers) {
                let range = part.starts[bucket] as usize..part.starts[bucket + 1] as usize;
                postings.extend(part.postings[range].iter().filter_map(|posting| {
                    let number = numbers[(posting >> REST_BITS) as usize]?;
                    Some(number << REST_BITS | posting & ((1 << REST_BITS) - 1))
                }));
            }
            starts.push(postings.len() as u32);
        }
        Self { texts, starts, postings }
    }

    /// The texts that hold all of these words, by their numbers, in order; for no words, all texts.
    pub(super) fn with_all(&self, words: &[&str]) -> Vec<u32> {
        let mut hashes: Vec<u32> = words.iter().map(|word| hash(word.as_bytes())).collect();
        // The smallest bucket first: it decides how much is left to compare.
        hashes.sort_by_key(|&hash| self.bucket(hash).len());
        let Some((&first, others)) = hashes.split_first() else {
            let numbers = 0..self.texts.len() as u32;
            return numbers.filter(|&number| self.texts[number as usize].1 == State::Words).collect();
        };
        let mut found: Vec<u32> = self.with(first).collect();
        for &other in others {
            let mut all = self.with(other).peekable();
            found.retain(|&text| {
                while all.next_if(|&next| next < text).is_some() {}
                all.peek() == Some(&text)
            });
        }
        found
    }

    /// The texts that hold a word, in order.
    fn with(&self, hash: u32) -> impl Iterator<Item = u32> {
        let wanted = rest(hash);
        let matching = move |posting: &&u32| **posting & ((1 << REST_BITS) - 1) == wanted;
        self.bucket(hash).iter().filter(matching).map(|posting| posting >> REST_BITS)
    }

    fn bucket(&self, hash: u32) -> &[u32] {
        let at = bucket(hash);
        &self.postings[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

fn bucket(hash: u32) -> usize {
    (hash >> (32 - BUCKET_BITS)) as usize
}

fn rest(hash: u32) -> u32 {
    (hash >> (32 - BUCKET_BITS - REST_BITS)) & ((1 << REST_BITS) - 1)
}

fn posting(text: u32, hash: u32) -> u32 {
    text << REST_BITS | rest(hash)
}
