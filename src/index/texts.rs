//! The texts of many files, each looked at once and none kept.
//!
//! One after the other by their names they would be unpacked from the same beginnings again and again; in the order in which
//! they lie in the repository, most of what one needs was just unpacked for another.

use super::postings::{State, WordLists};
use super::{MAX_TEXT_BYTES, Tree};
use crate::git::BlobId;
use crate::git::objects::Blob;
use crate::location::RepoPath;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;

/// Contents that one thread reads in one go: few enough that no thread waits long for another one at the end.
const CHUNK: usize = 32;

impl Tree<'_> {
    /// Looks at the text of each file, from all threads; `None` for what has no text, as in [`Tree::text`].
    ///
    /// The answers stand in the order of the paths.
    pub(crate) fn look_at<R: Send>(
        &self,
        paths: &[RepoPath],
        look: impl Fn(&RepoPath, Option<&str>) -> R + Sync,
    ) -> Vec<R> {
        let (mut blobs, mut files_of) = (Vec::new(), HashMap::<BlobId, Vec<usize>>::new());
        let mut others: Vec<usize> = Vec::new();
        for (at, path) in paths.iter().enumerate() {
            match self.blob(path.as_str()) {
                Some(blob) => {
                    let files = files_of.entry(blob).or_default();
                    if files.is_empty() {
                        blobs.push(blob);
                    }
                    files.push(at);
                }
                None => others.push(at),
            }
        }
        if let (Some(objects), true) = (&self.index.objects, blobs.len() > CHUNK) {
            objects.sort(&mut blobs);
        }
        let learns = self.index.has_no_words();
        let of_chunk = |chunk: &[BlobId]| {
            let mut words = WordLists::default();
            let mut found: Vec<(usize, R)> = Vec::with_capacity(chunk.len());
            let mut left = chunk.iter();
            let mut add = |blob: &BlobId, text: Option<&str>| {
                let files = files_of.get(blob).into_iter().flatten();
                found.extend(files.map(|&at| (at, look(&paths[at], text))));
            };
            let read = self.index.objects.as_ref().map(|objects| {
                objects.read(chunk, MAX_TEXT_BYTES, |content| {
                    let Some(blob) = left.next() else { return };
                    let text = match content {
                        Blob::Text(bytes) => Some(String::from_utf8_lossy(bytes)),
                        Blob::NoText | Blob::TooLarge | Blob::Unreadable => None,
                    };
                    if let Some(text) = text.as_deref().filter(|_| learns) {
                        words.add(*blob, State::Words, text);
                    }
                    add(blob, text.as_ref().map(Cow::as_ref));
                })
            });
            // Where the repository cannot be opened again, what is left has no text.
            drop(read);
            left.for_each(|blob| add(blob, None));
            (found, words.finish())
        };
        let (found, words): (Vec<Vec<(usize, R)>>, Vec<WordLists>) = blobs.par_chunks(CHUNK).map(of_chunk).unzip();
        self.index.learned(words);
        let mut found: Vec<(usize, R)> = found.into_iter().flatten().collect();
        let other = |&at: &usize| (at, look(&paths[at], self.text(paths[at].as_str()).as_deref()));
        found.par_extend(others.par_iter().map(other));
        found.sort_unstable_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, answer)| answer).collect()
    }

    /// The content of a file that did not change, where it is known which one is meant.
    fn blob(&self, path: &str) -> Option<BlobId> {
        if self.changed(path).is_some() {
            return None;
        }
        let files = self.index.files();
        match &files.blobs[files.find(path)] {
            [blob] => Some(*blob),
            _ => None,
        }
    }
}
