//! Roots and proofs of RFC 6962 section 2.1 over a tree that lies in the database.
//!
//! The hashes of complete subtrees of 256, 256², … leaves are stored once they are complete; everything else is computed
//! from at most 256 hashes for each such step of height. A root or a proof thus costs the same few reads whether the
//! ledger has a thousand entries or a billion.

use super::merkle::{Hash, empty_root, node};

/// How many levels lie between stored ones.
pub(super) const STEP: u8 = 8;

/// Where hashes of complete subtrees come from.
pub(super) trait Nodes {
    /// Why one cannot be read.
    type Error;

    /// The hashes of the subtrees of `height` (a multiple of [`STEP`]; zero for leaves) from index `from` on.
    ///
    /// # Errors
    /// Also when fewer than `count` are there.
    fn nodes(&mut self, height: u8, from: u64, count: u64) -> Result<Vec<Hash>, Self::Error>;
}

/// The root of the first `size` leaves.
pub(super) fn root<N: Nodes>(nodes: &mut N, size: u64) -> Result<Hash, N::Error> {
    if size == 0 { Ok(empty_root()) } else { range(nodes, 0, size) }
}

/// PATH(m, D[n]): the proof that leaf `index` is in the tree of `size` leaves.
pub(super) fn inclusion<N: Nodes>(nodes: &mut N, index: u64, size: u64) -> Result<Vec<Hash>, N::Error> {
    let (mut low, mut high) = (0, size);
    let mut proof = Vec::new();
    while high - low > 1 {
        let split = low + split(high - low);
        if index < split {
            proof.push(range(nodes, split, high)?);
            high = split;
        } else {
            proof.push(range(nodes, low, split)?);
            low = split;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// PROOF(m, D[n]): the proof that the tree of `old` leaves is the beginning of the tree of `size` leaves.
pub(super) fn consistency<N: Nodes>(nodes: &mut N, old: u64, size: u64) -> Result<Vec<Hash>, N::Error> {
    let (mut low, mut high) = (0, size);
    let mut proof = Vec::new();
    if old == 0 {
        return Ok(proof);
    }
    while old < high {
        let split = low + split(high - low);
        if old <= split {
            proof.push(range(nodes, split, high)?);
            high = split;
        } else {
            proof.push(range(nodes, low, split)?);
            low = split;
        }
    }
    // The verifier knows the old root when the old tree is a complete left part of the new one.
    if low > 0 {
        proof.push(range(nodes, low, high)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The largest power of two below `count`, which is two at least.
fn split(count: u64) -> u64 {
    1 << (63 - (count - 1).leading_zeros())
}

/// The hash of the leaves from `low` to before `high`, a range that the recursion of the RFC visits.
fn range<N: Nodes>(nodes: &mut N, low: u64, high: u64) -> Result<Hash, N::Error> {
    let count = high - low;
    if count.is_power_of_two() {
        let height = count.trailing_zeros() as u8;
        return complete(nodes, height, low >> height);
    }
    let split = low + split(count);
    Ok(node(&range(nodes, low, split)?, &range(nodes, split, high)?))
}

/// The hash of a complete subtree.
fn complete<N: Nodes>(nodes: &mut N, height: u8, index: u64) -> Result<Hash, N::Error> {
    let above = height % STEP;
    let mut hashes = nodes.nodes(height - above, index << above, 1 << above)?;
    fold(&mut hashes);
    Ok(hashes.first().copied().unwrap_or_else(empty_root))
}

/// Hashes a power of two of neighbours up to one.
pub(super) fn fold(hashes: &mut Vec<Hash>) {
    while hashes.len() > 1 {
        let pairs: Vec<Hash> =
            hashes.as_chunks::<2>().0.iter().map(|[left, right]| node(left, right)).collect();
        *hashes = pairs;
    }
}

#[cfg(test)]
mod tests {
    use tlog_tiles::tlog;

    use super::*;
    use crate::ledger::merkle::{MerkleTree, leaf_hash};

    /// All leaves in memory; higher nodes are folded from them, as the database's were when they became complete.
    struct InMemory(Vec<Hash>);

    impl Nodes for InMemory {
        type Error = std::convert::Infallible;
        fn nodes(&mut self, height: u8, from: u64, count: u64) -> Result<Vec<Hash>, Self::Error> {
            let of = |index: u64| {
                let (low, high) = (index << height, (index + 1) << height);
                let mut leaves = self.0[low as usize..high as usize].to_vec();
                fold(&mut leaves);
                leaves[0]
            };
            Ok((from..from + count).map(of).collect())
        }
    }

    #[test]
    fn proofs_satisfy_the_verifier_of_another_hand() {
        let data: Vec<[u8; 4]> = (0..1_300u32).map(u32::to_be_bytes).collect();
        let mut nodes = InMemory(data.iter().map(|data| leaf_hash(data)).collect());
        let mut roots = Vec::new();
        let mut tree = MerkleTree::default();
        for data in &data {
            roots.push(tree.root());
            tree.push(data);
        }
        roots.push(tree.root());
        let sizes = (1..=70).chain([255, 256, 257, 511, 513, 600, 768, 1_023, 1_025, 1_300]);
        for size in sizes {
            let found = root(&mut nodes, size).unwrap();
            assert_eq!(found, roots[size as usize], "{size} leaves");
            let head = tlog::Hash(found);
            for index in (0..size).step_by(usize::try_from(size / 40).unwrap().max(1)) {
                let proof: Vec<_> =
                    inclusion(&mut nodes, index, size).unwrap().into_iter().map(tlog::Hash).collect();
                let leaf = tlog::record_hash(&data[index as usize]);
                tlog::check_record(&proof, size, head, index, leaf)
                    .unwrap_or_else(|error| panic!("leaf {index} of {size}: {error}"));
            }
            for old in (1..=size).step_by(usize::try_from(size / 40).unwrap().max(1)) {
                let proof: Vec<_> =
                    consistency(&mut nodes, old, size).unwrap().into_iter().map(tlog::Hash).collect();
                tlog::check_tree(&proof, size, head, old, tlog::Hash(roots[old as usize]))
                    .unwrap_or_else(|error| panic!("{old} in {size}: {error}"));
                if old < size {
                    let wrong = tlog::Hash(roots[old as usize - 1]);
                    assert!(tlog::check_tree(&proof, size, head, old, wrong).is_err(), "{old} in {size}");
                }
            }
        }
    }
}
