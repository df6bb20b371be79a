//! Where contents lie in pack files: an order to read them in, and nothing more.
//!
//! In a pack a content is often only what differs from another one, which stands before it and mostly near. libgit2 keeps
//! a few of those others and forgets them all at once, so contents in any other order are unpacked again and again: with
//! long chains of differences that takes ten times as long. An index that cannot be read, or says what is not so, costs
//! time and changes no answer.

use super::BlobId;
use super::objects::ID_BYTES;
use std::fs;
use std::path::{Path, PathBuf};

/// More packs than this are not looked at; so many are slow anyway.
const MAX_PACKS: usize = 50;

/// Larger indexes are not looked at: reading them would cost more than it saves (bytes).
const MAX_INDEX_BYTES: u64 = 64 << 20;

/// Puts contents in the order in which they lie in packs; those that lie in none come last, as they were.
pub(super) fn in_order(objects: &Path, blobs: &mut Vec<BlobId>) {
    let mut places = vec![(usize::MAX, u64::MAX); blobs.len()];
    for (pack, path) in indexes(&objects.join("pack")).iter().enumerate() {
        let Some(bytes) = read(path) else { continue };
        let Some(index) = PackIndex::new(&bytes) else { continue };
        for (blob, place) in blobs.iter().zip(&mut places).filter(|(_, place)| place.0 == usize::MAX) {
            if let Some(offset) = index.offset(blob) {
                *place = (pack, offset);
            }
        }
    }
    let mut order: Vec<usize> = (0..blobs.len()).collect();
    order.sort_by_key(|&at| places[at]);
    *blobs = order.into_iter().map(|at| blobs[at]).collect();
}

/// The indexes of a folder, by name.
fn indexes(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "idx")).collect();
    paths.sort_unstable();
    paths.truncate(MAX_PACKS);
    paths
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let metadata = fs::metadata(path).ok()?;
    (metadata.is_file() && metadata.len() <= MAX_INDEX_BYTES).then(|| fs::read(path).ok()).flatten()
}

/// The index of a pack, version 2: names in order, and where they begin in the pack.
///
/// <https://git-scm.com/docs/pack-format#_version_2_pack_idx_files_support_packs_larger_than_4_gib_and>
struct PackIndex<'b> {
    /// How many names begin with a byte up to this one.
    counts: &'b [[u8; 4]],
    names: &'b [[u8; ID_BYTES]],
    offsets: &'b [[u8; 4]],
    /// Offsets that do not fit into 31 bits.
    large: &'b [[u8; 8]],
}

impl<'b> PackIndex<'b> {
    fn new(bytes: &'b [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(b"\xFFtOc\0\0\0\x02")?;
        let (counts, rest) = rest.split_at_checked(256 * 4)?;
        let (counts, _) = counts.as_chunks();
        let count = u32::from_be_bytes(*counts.last()?) as usize;
        let (names, rest) = rest.split_at_checked(count.checked_mul(ID_BYTES)?)?;
        let (checks, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (offsets, rest) = rest.split_at_checked(checks.len())?;
        Some(Self { counts, names: names.as_chunks().0, offsets: offsets.as_chunks().0, large: rest.as_chunks().0 })
    }

    fn offset(&self, blob: &BlobId) -> Option<u64> {
        let name: &[u8; ID_BYTES] = blob.bytes().first_chunk()?;
        let count = |byte: usize| self.counts.get(byte).map_or(0, |count| u32::from_be_bytes(*count) as usize);
        let first = usize::from(name[0]).checked_sub(1).map_or(0, count);
        let like = self.names.get(first..count(usize::from(name[0])))?;
        let at = first + like.binary_search(name).ok()?;
        let offset = u32::from_be_bytes(*self.offsets.get(at)?);
        match offset.checked_sub(1 << 31) {
            None => Some(u64::from(offset)),
            Some(large) => self.large.get(large as usize).map(|offset| u64::from_be_bytes(*offset)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::testing::TestRepository;
    use proptest::prelude::*;

    /// A repository with one pack, and the contents in it.
    fn packed() -> (TestRepository, Vec<BlobId>) {
        let repository = TestRepository::new();
        let mut blobs = Vec::new();
        repository.packed(|| {
            for n in 0..300 {
                let content = format!("content {n}");
                repository.write(format!("f{n}"), &content);
                blobs.push(BlobId::from_bytes(&repository.object("blob", content.as_bytes())));
            }
            repository.commit("all");
        });
        (repository, blobs)
    }

    #[test]
    fn contents_are_put_in_the_order_of_the_pack() {
        let (repository, blobs) = packed();
        let objects = repository.path().join(".git/objects");
        let loose = BlobId::from_bytes(&repository.object("blob", b"loose"));
        let mut shuffled = blobs.clone();
        shuffled.sort();
        shuffled.insert(7, loose);
        let mut sorted = shuffled.clone();
        in_order(&objects, &mut sorted);
        assert_eq!(sorted.last(), Some(&loose));
        let bytes = read(&indexes(&objects.join("pack"))[0]).unwrap();
        let index = PackIndex::new(&bytes).unwrap();
        let offsets: Vec<u64> = sorted[..300].iter().map(|blob| index.offset(blob).unwrap()).collect();
        assert!(offsets.windows(2).all(|pair| pair[0] < pair[1]), "{offsets:?}");
        let mut none = shuffled.clone();
        in_order(Path::new("/nowhere"), &mut none);
        assert_eq!(none, shuffled);
    }

    #[test]
    fn damaged_indexes_cost_nothing_but_time() {
        let (repository, blobs) = packed();
        let bytes = read(&indexes(&repository.path().join(".git/objects/pack"))[0]).unwrap();
        proptest!(|(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5), cut in any::<prop::sample::Index>())| {
            let mut bytes = bytes.clone();
            // Most of them where the lengths are.
            edits.iter().enumerate().for_each(|(n, (at, byte))| {
                let at = at.index(if n % 2 == 0 { 1_040 } else { bytes.len() });
                bytes[at] = *byte;
            });
            let short = &bytes[..cut.index(bytes.len())];
            for bytes in [bytes.as_slice(), short] {
                if let Some(index) = PackIndex::new(bytes) {
                    blobs.iter().for_each(|blob| drop(index.offset(blob)));
                }
            }
        });
    }
}
