//! The words of a text, as numbers.
//!
//! A word is an unbroken run of ASCII letters, digits, `_` and `$`, and bytes beyond ASCII. Here it is only a hash of 32
//! bits: two words may share one, so what is found by it is a candidate. The hash is part of the cache's format.

/// Whether a byte belongs to a word, for each byte.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        table[byte] = b.is_ascii_alphanumeric() || b == b'_' || b == b'$' || b >= 0x80;
        byte += 1;
    }
    table
};

/// Whether a character belongs to a word.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii()
}

/// The words of a text, each as often as it occurs.
pub(super) fn words(text: &str) -> impl Iterator<Item = &[u8]> {
    let mut rest = text.as_bytes();
    std::iter::from_fn(move || {
        let start = rest.iter().position(|&byte| IN_WORD[byte as usize])?;
        let from = &rest[start..];
        let length = from.iter().position(|&byte| !IN_WORD[byte as usize]).unwrap_or(from.len());
        rest = &from[length..];
        Some(&from[..length])
    })
}

/// The number that stands for a word.
pub(super) fn hash(word: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |state: u64, part: u64| {
        let product = u128::from(state ^ part) * u128::from(FACTOR);
        (product as u64) ^ (product >> 64) as u64
    };
    let mut state = (word.len() as u64).wrapping_mul(FACTOR) ^ 0x5851_F42D_4C95_7F2D;
    let (eights, tail) = word.as_chunks::<8>();
    for part in eights {
        state = mix(state, u64::from_le_bytes(*part));
    }
    // Byte by byte: a tail is short, and copying it costs a call.
    let tail = tail.iter().rev().fold(0, |part, &byte| part << 8 | u64::from(byte));
    (mix(state, tail) >> 32) as u32
}

/// Keeps each number once; made to be used for many texts in turn.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    /// A power of two of places: the number of the text in the high half, the hash in the low half.
    table: Vec<u64>,
    text: u32,
}

/// Places at first; enough for most sources.
const PLACES: usize = 1 << 12;

impl Distinct {
    /// Adds the distinct words of a text to the list, in the order in which they first occur.
    pub(super) fn add(&mut self, text: &str, list: &mut Vec<u32>) {
        self.text = self.text.wrapping_add(1);
        if self.text == 0 || self.table.is_empty() {
            // Numbers of texts come round again: forget the old ones.
            self.table = vec![0; self.table.len().max(PLACES)];
            self.text = 1;
        }
        let first = list.len();
        for word in words(text) {
            let hash = hash(word);
            if self.insert(hash) {
                list.push(hash);
                if (list.len() - first) * 2 > self.table.len() {
                    self.grow(&list[first..]);
                }
            }
        }
    }

    fn insert(&mut self, hash: u32) -> bool {
        let entry = u64::from(self.text) << 32 | u64::from(hash);
        let last = self.table.len() - 1;
        let mut at = hash as usize & last;
        loop {
            let found = self.table[at];
            if found == entry {
                return false;
            }
            if (found >> 32) as u32 != self.text {
                self.table[at] = entry;
                return true;
            }
            at = (at + 1) & last;
        }
    }

    fn grow(&mut self, hashes: &[u32]) {
        self.table = vec![0; self.table.len() * 2];
        for &hash in hashes {
            self.insert(hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn words_end_where_the_definition_says() {
        let found: Vec<&[u8]> = words("a-b $x_1(\u{e9}t\u{e9})\n\"2fa\"").collect();
        assert_eq!(found, [b"a" as &[u8], b"b", b"$x_1", "\u{e9}t\u{e9}".as_bytes(), b"2fa"]);
        assert_eq!(words(" \n-").count(), 0);
    }

    #[test]
    fn the_hash_stays_what_it_was() {
        // Caches hold it: another value needs another format version.
        assert_eq!([hash(b""), hash(b"flag"), hash(b"isNewTaxEnabled")], [779_143_916, 3_179_629_549, 2_786_729_016]);
    }

    #[test]
    fn like_words_differ() {
        let hashes: BTreeSet<u32> = (0..100_000).map(|n| hash(format!("order{n}").as_bytes())).collect();
        assert!(hashes.len() > 99_990, "{}", hashes.len());
    }

    proptest! {
        #[test]
        fn words_are_those_of_a_split_and_stand_once(texts in prop::collection::vec("[a-c_$é\\- \n]{0,60}", 1..5)) {
            let mut distinct = Distinct::default();
            for text in &texts {
                let mut list = Vec::new();
                distinct.add(text, &mut list);
                let split = text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty());
                let expected: BTreeSet<u32> = split.map(|word| hash(word.as_bytes())).collect();
                prop_assert_eq!(list.len(), expected.len());
                prop_assert_eq!(list.into_iter().collect::<BTreeSet<u32>>(), expected);
            }
        }

        #[test]
        fn a_table_that_grows_forgets_nothing(count in 1usize..20_000) {
            let text: String = (0..count).map(|n| format!("w{} ", n % 7_000)).collect();
            let mut list = Vec::new();
            Distinct::default().add(&text, &mut list);
            prop_assert_eq!(list.len(), count.min(7_000));
        }
    }
}
