//! Maps by numbers that are hashes already, under a secret: nobody outside can choose them, and hashing them again only takes time.

use std::hash::{BuildHasherDefault, Hasher};

/// For maps and sets of such numbers.
pub(crate) type ByNumber = BuildHasherDefault<Number>;

/// Spreads a number over the bits that a map goes by: it takes the lowest and the highest, and a sample of shingles has the same lowest.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Number(u64);

impl Hasher for Number {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        let mixed = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}
