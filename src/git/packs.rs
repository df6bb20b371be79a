//! Where contents lie in pack files: an order to read them in, and nothing more.
//!
//! In a pack a content is often only what differs from another one, which stands before it, and that again from another.
//! libgit2 keeps some of those others and forgets them all at once. So what goes back to the same content is read
//! together; in any other order long chains of differences are unpacked again and again, which takes ten times as long. An index that cannot be read, or says what is not so, costs
//! time and changes no answer.

use super::BlobId;
use super::objects::ID_BYTES;
use std::collections::HashMap;
use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// More packs than this are not looked at; so many are slow anyway.
const MAX_PACKS: usize = 50;

/// Larger indexes are not looked at: reading them would cost more than it saves (bytes).
const MAX_INDEX_BYTES: u64 = 64 << 20;

/// A chain of differences is not followed further; git makes them 50 long unless told otherwise.
const MAX_CHAIN: usize = 300;

/// Puts contents in the order in which they lie in packs, each family together; those that lie in none come last, as they were.
pub(super) fn in_order(objects: &Path, blobs: &mut Vec<BlobId>) {
    let mut places = vec![(usize::MAX, 0, 0); blobs.len()];
    for (pack, path) in indexes(&objects.join("pack")).iter().enumerate() {
        let Some(bytes) = read(path) else { continue };
        let Some(index) = PackIndex::new(&bytes) else { continue };
        let mut families = Families::of(&path.with_extension("pack"));
        for (blob, place) in blobs.iter().zip(&mut places).filter(|(_, place)| place.0 == usize::MAX) {
            if let Some(offset) = index.offset(blob) {
                let root = families.as_mut().map_or(0, |families| families.root(offset));
                *place = (pack, root, offset);
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

/// Contents of a pack that are differences from the same one, at whatever remove.
struct Families {
    pack: fs::File,
    /// The content that each one goes back to.
    roots: HashMap<u64, u64>,
}

impl Families {
    fn of(pack: &Path) -> Option<Self> {
        let is_file = fs::metadata(pack).is_ok_and(|metadata| metadata.is_file());
        is_file.then(|| fs::File::open(pack).ok()).flatten().map(|pack| Self { pack, roots: HashMap::new() })
    }

    /// Where the content begins that this one goes back to.
    fn root(&mut self, offset: u64) -> u64 {
        let mut chain = Vec::new();
        let mut at = offset;
        let root = loop {
            if let Some(&known) = self.roots.get(&at) {
                break known;
            }
            chain.push(at);
            match self.base(at).filter(|_| chain.len() < MAX_CHAIN) {
                Some(base) => at = base,
                None => break at,
            }
        };
        self.roots.extend(chain.into_iter().map(|at| (at, root)));
        root
    }

    /// Where the content begins that the one at `offset` is a difference from.
    ///
    /// <https://git-scm.com/docs/pack-format#_pack_pack_files_have_the_following_format>
    fn base(&mut self, offset: u64) -> Option<u64> {
        const DIFFERENCE_AT_OFFSET: u8 = 6;
        let mut bytes = [0; 32];
        self.pack.seek(SeekFrom::Start(offset)).ok()?;
        let length = self.pack.read(&mut bytes).ok()?;
        // The kind and the size; every byte but the last has its highest bit set.
        let size_ends = bytes[..length].iter().position(|byte| byte & 0x80 == 0)?;
        if bytes[0] >> 4 & 7 != DIFFERENCE_AT_OFFSET {
            return None;
        }
        let mut back = 0u64;
        for (at, byte) in bytes[size_ends + 1..length].iter().enumerate() {
            back = back.checked_mul(128)?.checked_add(u64::from(byte & 0x7F) + u64::from(at > 0) * 128)?;
            if byte & 0x80 == 0 {
                return offset.checked_sub(back).filter(|base| *base < offset);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::testing::{TestRepository, git};
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
        assert_eq!(Families::of(&indexes(&objects.join("pack"))[0].with_extension("pack")).unwrap().root(12), 12);
        let mut none = shuffled.clone();
        in_order(Path::new("/nowhere"), &mut none);
        assert_eq!(none, shuffled);
    }

    #[test]
    fn what_goes_back_to_the_same_content_stands_together() {
        let repository = TestRepository::new();
        let text = |n: usize, family: usize| {
            (0..200)
                .map(|line| format!("{family}{line}{}\n", line * line * (family + 3) + usize::from(line == n)))
                .collect()
        };
        let texts: Vec<String> = (0..60).map(|n| text(n / 3 * 7, n % 3)).collect();
        for (n, text) in texts.iter().enumerate() {
            repository.write(format!("f{n}"), text);
        }
        repository.commit("all");
        if git(repository.path(), &["repack", "-adq"]).is_none() {
            return;
        }
        let objects = repository.path().join(".git/objects");
        let mut blobs: Vec<BlobId> =
            texts.iter().map(|text| BlobId::from_bytes(&repository.object("blob", text.as_bytes()))).collect();
        in_order(&objects, &mut blobs);
        let index = indexes(&objects.join("pack")).remove(0);
        let mut families = Families::of(&index.with_extension("pack")).unwrap();
        let bytes = read(&index).unwrap();
        let index = PackIndex::new(&bytes).unwrap();
        let mut roots: Vec<u64> = blobs.iter().map(|blob| families.root(index.offset(blob).unwrap())).collect();
        assert!(roots.is_sorted());
        roots.dedup();
        assert!(roots.len() < 30, "git found what they have in common: {roots:?}");
        // Anything may stand there.
        assert!((0..2_000).all(|offset| families.base(offset).is_none_or(|base| base < offset)));
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
                    let _ = blobs.iter().filter_map(|blob| index.offset(blob)).count();
                }
            }
        });
    }
}
