//! The Merkle tree of RFC 6962 section 2.1, grown leaf by leaf with the roots of its complete subtrees in memory.

use sha2::{Digest, Sha256};

/// A hash of the tree.
pub(super) type Hash = [u8; 32];

/// A tree that only grows.
#[derive(Debug, Clone, Default)]
pub struct MerkleTree {
    size: u64,
    /// Roots of the complete subtrees from the largest to the smallest, one for each bit of `size`.
    peaks: Vec<[u8; 32]>,
}

/// The hash of a leaf.
pub(super) fn leaf_hash(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(data).finalize().into()
}

/// The hash of two neighbours.
pub(super) fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a tree without leaves.
pub(super) fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

impl MerkleTree {
    /// Adds a leaf.
    pub fn push(&mut self, data: &[u8]) {
        let mut hash = leaf_hash(data);
        let mut size = self.size;
        while size & 1 == 1 {
            if let Some(left) = self.peaks.pop() {
                hash = node(&left, &hash);
            }
            size >>= 1;
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root: the SHA-256 of nothing for an empty tree.
    pub fn root(&self) -> [u8; 32] {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            None => empty_root(),
            Some(last) => peaks.fold(*last, |right, left| node(left, &right)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, computed from the top.
    fn by_definition(leaves: &[Vec<u8>]) -> [u8; 32] {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => leaf_hash(one),
            many => {
                let split = many.len().next_power_of_two() / 2;
                node(&by_definition(&many[..split]), &by_definition(&many[split..]))
            }
        }
    }

    #[test]
    fn grows_to_the_root_that_the_definition_gives() {
        let mut tree = MerkleTree::default();
        let mut leaves = Vec::new();
        for n in 0..70u8 {
            assert_eq!(tree.root(), by_definition(&leaves), "{n} leaves");
            tree.push(&[n; 3]);
            leaves.push(vec![n; 3]);
        }
        assert_eq!(tree.size(), 70);
    }

    #[test]
    fn agrees_with_the_published_roots() {
        // The test vectors of the reference implementation of Certificate Transparency.
        let leaves: [&[u8]; 4] = [b"", &[0x00], &[0x10], &[0x20, 0x21]];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ];
        let mut tree = MerkleTree::default();
        for (leaf, root) in leaves.iter().zip(roots) {
            tree.push(leaf);
            assert_eq!(data_encoding::HEXLOWER.encode(&tree.root()), root);
        }
    }
}
