//! The bytes of a cached file: numbers are little-endian, and no length is believed before the bytes for it are there.

use crate::git::objects::ID_BYTES;

/// Tells damage from what was written; no protection from people, who could as well write another checksum.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |state: u64, part: u64| (state ^ part).wrapping_mul(FACTOR).rotate_left(29);
    // Four at a time: each has to wait for its own product only.
    let mut lanes = [1u64, 2, 3, 4];
    let (blocks, tail) = bytes.as_chunks::<32>();
    for block in blocks {
        let (parts, _) = block.as_chunks::<8>();
        for (lane, part) in lanes.iter_mut().zip(parts) {
            *lane = mix(*lane, u64::from_le_bytes(*part));
        }
    }
    let mut sum = lanes.into_iter().fold(bytes.len() as u64, mix);
    for &byte in tail {
        sum = mix(sum, u64::from(byte));
    }
    mix(sum, sum >> 32)
}

/// Appends numbers.
pub(crate) fn put(bytes: &mut Vec<u8>, numbers: impl IntoIterator<Item = u32>) {
    numbers.into_iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
}

/// What is left to read.
pub(crate) struct Bytes<'b>(pub(crate) &'b [u8]);

impl<'b> Bytes<'b> {
    pub(crate) fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn number(&mut self) -> Option<usize> {
        let number = self.take(4)?.first_chunk().map(|number| u32::from_le_bytes(*number))?;
        usize::try_from(number).ok()
    }

    pub(crate) fn numbers(&mut self, count: usize) -> Option<impl Iterator<Item = u32> + use<'b>> {
        let (numbers, _) = self.take(count.checked_mul(4)?)?.as_chunks::<4>();
        Some(numbers.iter().map(|number| u32::from_le_bytes(*number)))
    }

    pub(crate) fn names(&mut self, count: usize) -> Option<impl Iterator<Item = &'b [u8; ID_BYTES]> + use<'b>> {
        let (names, _) = self.take(count.checked_mul(ID_BYTES)?)?.as_chunks::<ID_BYTES>();
        Some(names.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_bit_counts_for_the_checksum(bytes in prop::collection::vec(any::<u8>(), 1..100), at in any::<prop::sample::Index>(), bit in 0u32..8) {
            let mut other = bytes.clone();
            other[at.index(bytes.len())] ^= 1u8 << bit;
            prop_assert_ne!(checksum(&bytes), checksum(&other));
        }
    }
}
