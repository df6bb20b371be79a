//! What the index keeps in the cache, as bytes. Whoever wrote them, reading them ends in a value that holds together or in none.

use super::files::{Files, Folder};
use super::postings::{BUCKETS, MAX_TEXTS, Postings, State};
use crate::cache::bytes::{Bytes, put};
use crate::cache::{Cache, HEADER, Kept};
use crate::git::BlobId;
use crate::git::objects::{ID_BYTES, TreeId};

/// What earlier runs left of a listing.
pub(super) fn kept_files(cache: &Cache) -> Option<Files> {
    files_from(&cache.read(Kept::Files)?[HEADER..])
}

/// What earlier runs left of words.
pub(super) fn kept_words(cache: &Cache) -> Option<Postings> {
    words_from(&cache.read(Kept::Words)?[HEADER..])
}

pub(super) fn keep_files(cache: &Cache, files: &Files) {
    cache.keep(Kept::Files, &mut bytes_of_files(HEADER, files));
}

pub(super) fn keep_words(cache: &Cache, words: &Postings) {
    cache.keep(Kept::Words, &mut bytes_of_words(HEADER, words));
}

/// The bytes of a listing after `header` empty ones.
pub(super) fn bytes_of_files(header: usize, files: &Files) -> Vec<u8> {
    let size = files.paths.len() + files.len() * (4 + ID_BYTES) + files.folders.len() * (16 + ID_BYTES) + 32;
    let mut bytes = Vec::with_capacity(header + size);
    bytes.resize(header, 0);
    // A listing of nothing is not worth keeping; it would read as one of another tree.
    bytes.extend_from_slice(files.root.as_ref().map_or(&[0; ID_BYTES], TreeId::bytes));
    put(&mut bytes, [files.len() as u32, files.folders.len() as u32]);
    put(&mut bytes, files.ends.iter().copied());
    files.blobs.iter().for_each(|blob| bytes.extend_from_slice(blob.bytes()));
    for folder in &files.folders {
        bytes.extend_from_slice(folder.tree.bytes());
        put(&mut bytes, [folder.path_bytes, folder.first, folder.after, folder.below]);
    }
    bytes.extend_from_slice(files.paths.as_bytes());
    bytes
}

pub(super) fn files_from(bytes: &[u8]) -> Option<Files> {
    let mut bytes = Bytes(bytes);
    let root = TreeId::from_bytes(bytes.take(ID_BYTES)?.first_chunk()?);
    let [files, folders] = [bytes.number()?, bytes.number()?];
    let ends: Vec<u32> = bytes.numbers(files)?.collect();
    let blobs = bytes.names(files)?.map(BlobId::from_bytes).collect();
    let folders = bytes.take(folders.checked_mul(ID_BYTES + 16)?)?;
    let folders: Vec<Folder> = folders.chunks_exact(ID_BYTES + 16).filter_map(folder_from).collect();
    let paths = std::str::from_utf8(bytes.0).ok()?.to_owned();
    let whole = ends.last().map_or(0, |end| *end as usize) == paths.len();
    let cut_well = ends.is_sorted() && ends.iter().all(|&end| paths.is_char_boundary(end as usize));
    if !whole || !cut_well {
        return None;
    }
    let files = Files { root: Some(root), paths, ends, blobs, folders, cut: false, unread: 0 };
    folders_fit(&files).then_some(files)
}

fn folder_from(bytes: &[u8]) -> Option<Folder> {
    let mut bytes = Bytes(bytes);
    let tree = TreeId::from_bytes(bytes.take(ID_BYTES)?.first_chunk()?);
    let number = |bytes: &mut Bytes<'_>| bytes.number().map(|number| number as u32);
    Some(Folder {
        tree,
        path_bytes: number(&mut bytes)?,
        first: number(&mut bytes)?,
        after: number(&mut bytes)?,
        below: number(&mut bytes)?,
    })
}

/// Whether each folder holds files, lies in the one around it and is named by its files.
fn folders_fit(files: &Files) -> bool {
    // The folders around the next one: the number of the last folder in it, and the files.
    let mut around = vec![(files.folders.len(), 0, files.len() as u32)];
    files.folders.iter().enumerate().all(|(at, folder)| {
        while around.last().is_some_and(|(end, ..)| *end <= at) {
            around.pop();
        }
        let Some(&(end, first, after)) = around.last() else { return false };
        let own_end = at + 1 + folder.below as usize;
        let fits = first <= folder.first && folder.first < folder.after && folder.after <= after && own_end <= end;
        around.push((own_end, folder.first, folder.after));
        fits && files.path(folder.first as usize).is_char_boundary(folder.path_bytes as usize)
    })
}

/// The bytes of words after `header` empty ones.
pub(super) fn bytes_of_words(header: usize, words: &Postings) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(header + words_bytes(words.texts.len(), words.postings.len()));
    bytes.resize(header, 0);
    put(&mut bytes, [words.texts.len() as u32]);
    put(&mut bytes, words.starts.iter().copied());
    words.texts.iter().for_each(|(blob, _)| bytes.extend_from_slice(blob.bytes()));
    bytes.extend(words.texts.iter().map(|(_, state)| match state {
        State::Words => 0,
        State::NoText => 1,
        State::TooLarge | State::Unreadable => 2,
    }));
    put(&mut bytes, words.postings.iter().copied());
    bytes
}

/// How many bytes words take.
pub(super) fn words_bytes(texts: usize, postings: usize) -> usize {
    4 + (BUCKETS + 1) * 4 + texts * (ID_BYTES + 1) + postings * 4
}

pub(super) fn words_from(bytes: &[u8]) -> Option<Postings> {
    let mut bytes = Bytes(bytes);
    let count = bytes.number().filter(|&count| count <= MAX_TEXTS)?;
    let starts: Vec<u32> = bytes.numbers(BUCKETS + 1)?.collect();
    let names = bytes.names(count)?;
    let states = bytes.take(count)?.iter().map(|state| match state {
        0 => Some(State::Words),
        1 => Some(State::NoText),
        2 => Some(State::TooLarge),
        _ => None,
    });
    let texts = names.zip(states).map(|(name, state)| Some((BlobId::from_bytes(name), state?)));
    let texts: Vec<(BlobId, State)> = texts.collect::<Option<_>>()?;
    let end = *starts.last()? as usize;
    let postings: Vec<u32> = bytes.numbers(end)?.collect();
    let fit = bytes.0.is_empty() && starts.is_sorted() && Postings::fit(&postings, texts.len());
    fit.then_some(Postings { texts, starts, postings })
}

#[cfg(test)]
mod tests {
    use super::super::files::Lister;
    use super::super::postings::WordLists;
    use super::*;
    use crate::git::objects::{TreeVisitor, Walk};
    use proptest::prelude::*;

    fn files() -> Files {
        let mut lister = Lister::new(TreeId::from_bytes(&[1; ID_BYTES]), None);
        lister.folder(b"", TreeId::from_bytes(&[1; ID_BYTES]));
        for folder in [b"a", b"b"] {
            let id = TreeId::from_bytes(&[folder[0]; ID_BYTES]);
            assert_eq!(lister.folder(folder, id), Walk::Enter);
            lister.file(&[folder, b"/\xC3\xA9.ts" as &[u8]].concat(), BlobId::from_bytes(&[3; ID_BYTES]));
            lister.folder(&[folder, b"/in" as &[u8]].concat(), id);
            lister.file(&[folder, b"/in/x.ts" as &[u8]].concat(), BlobId::from_bytes(&[4; ID_BYTES]));
            lister.leave();
            lister.leave();
        }
        lister.leave();
        // git would have put `in` first, and so does this.
        lister.finish()
    }

    fn words() -> Postings {
        let mut list = WordLists::default();
        list.add(BlobId::from_bytes(&[3; ID_BYTES]), State::Words, "pay(order, tax)");
        list.add(BlobId::from_bytes(&[4; ID_BYTES]), State::NoText, "");
        list.add(BlobId::from_bytes(&[5; ID_BYTES]), State::Words, "refund(order)");
        Postings::new(vec![list])
    }

    #[test]
    fn what_is_written_is_read() {
        let (files, words) = (files(), words());
        assert_eq!(files_from(&bytes_of_files(3, &files)[3..]), Some(files));
        let bytes = bytes_of_words(3, &words);
        assert_eq!(bytes.len() - 3, words_bytes(3, words.postings.len()));
        assert_eq!(words_from(&bytes[3..]), Some(words));
    }

    /// What the values are used for, with whatever was read.
    fn use_all(files: Option<&Files>, words: Option<&Postings>) {
        if let Some(files) = files {
            files.iter().for_each(|path| assert!(files.find(path).len() <= files.len()));
            let mut lister = Lister::new(TreeId::from_bytes(&[2; ID_BYTES]), Some(files));
            lister.folder(b"", TreeId::from_bytes(&[2; ID_BYTES]));
            for path in [b"a" as &[u8], b"b", b"a/in", b"b/in"] {
                lister.folder(path, TreeId::from_bytes(&[path[0]; ID_BYTES]));
            }
            let taken = lister.finish();
            let _ = files_from(&bytes_of_files(0, &taken));
        }
        if let Some(words) = words {
            let found = words.with_all(&["order"]);
            assert!(found.iter().all(|&text| (text as usize) < words.texts.len()));
            words.with_all(&["pay", "tax"]);
            Postings::joined(words, words, |_, text| text % 2 == 0);
            assert_eq!(words.lengths().len(), words.texts.len());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn bytes_of_anybody_end_in_a_value_that_holds_together_or_in_none(
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
            cut in prop::option::of(any::<prop::sample::Index>()),
        ) {
            for mut bytes in [bytes_of_files(0, &files()), bytes_of_words(0, &words())] {
                for (at, byte) in &edits {
                    // Small numbers are the lengths that nearly fit.
                    let at = at.index(bytes.len());
                    bytes[at] = if byte.is_multiple_of(2) { byte / 16 } else { *byte };
                }
                if let Some(cut) = &cut {
                    bytes.truncate(cut.index(bytes.len()));
                }
                use_all(files_from(&bytes).as_ref(), words_from(&bytes).as_ref());
            }
        }

        #[test]
        fn noise_is_no_cache(bytes in prop::collection::vec(0u8..4, 0..300)) {
            use_all(files_from(&bytes).as_ref(), words_from(&bytes).as_ref());
        }
    }
}
