//! Signed heads of the ledger: what stands on invoices and at the well-known address, so that history cannot be
//! rewritten unnoticed.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::merkle::Hash;
use super::note::Head;
use super::tree::{self, Nodes, STEP};
use super::{LedgerError, store};
use crate::Policy;

/// How many subtrees of 256 entries are completed in one transaction, so that others get their turn.
const BLOCKS_AT_ONCE: u64 = 32;

/// A signed head.
#[derive(Debug, Clone, Serialize)]
pub struct Checkpoint {
    /// How many entries it covers.
    pub size: u64,
    /// The root over them.
    #[serde(serialize_with = "crate::hexadecimal")]
    pub root: Hash,
    /// The signed text.
    pub note: String,
    /// When it was signed.
    pub at: Timestamp,
}

impl Checkpoint {
    /// The head without its signature.
    pub fn head(&self) -> Head {
        Head { size: self.size, root: self.root }
    }
}

/// The stored tree, within a transaction.
pub(super) struct StoredTree<'a, 'tx>(pub &'a mut Tx<'tx>);

impl Nodes for StoredTree<'_, '_> {
    type Error = LedgerError;

    fn nodes(&mut self, height: u8, from: u64, count: u64) -> Result<Vec<Hash>, LedgerError> {
        let nodes = store::nodes(self.0, height, from, count)?;
        if nodes.len() as u64 == count { Ok(nodes) } else { Err(LedgerError::Gap) }
    }
}

/// Signs the head of the ledger as it is now; the newest one again when nothing was added since. Run hourly by a job, and
/// whenever a proof is asked for an entry that no head covers yet.
///
/// # Errors
/// [`LedgerError::Gap`] when entries are missing, or a failure of the databases.
pub async fn make_checkpoint(policy: &Policy) -> Result<Checkpoint, LedgerError> {
    let signer = policy.ledger_signer().await?;
    while policy.database().write(complete_blocks).await? {}
    let checkpoint = policy
        .database()
        .write(move |tx| {
            let size = store::size(tx)?;
            if let Some(newest) = store::newest_checkpoint(tx)?
                && newest.size == size
            {
                return Ok(newest);
            }
            while complete_blocks(tx)? {}
            let head = Head { size, root: tree::root(&mut StoredTree(tx), size)? };
            let checkpoint = Checkpoint { size, root: head.root, note: signer.sign(&head), at: tx.now() };
            store::insert_checkpoint(tx, &checkpoint)?;
            Ok::<_, LedgerError>(checkpoint)
        })
        .await?;
    policy.remember_head(checkpoint.head());
    Ok(checkpoint)
}

/// Stores the roots of subtrees that became complete; true when there is more to do.
fn complete_blocks(tx: &mut Tx<'_>) -> Result<bool, LedgerError> {
    let mut size = store::size(tx)?;
    let mut more = false;
    let mut height = STEP;
    loop {
        size >>= STEP;
        let done = store::node_count(tx, height)?;
        let end = size.min(done + BLOCKS_AT_ONCE);
        for index in done..end {
            let mut below = StoredTree(tx).nodes(height - STEP, index << STEP, 1 << STEP)?;
            tree::fold(&mut below);
            store::insert_node(tx, height, index, &below[0])?;
        }
        more |= end < size;
        // A subtree above can be complete only where all below it are stored.
        size = end;
        height += STEP;
        if size >> STEP == 0 {
            return Ok(more);
        }
    }
}

/// The newest signed head; `None` before the first hour.
///
/// # Errors
/// When the database fails.
pub async fn newest_checkpoint(policy: &Policy) -> Result<Option<Checkpoint>, SqlError> {
    policy.database().read(store::newest_checkpoint).await
}

/// The signed head over exactly `size` entries, as it was published.
///
/// # Errors
/// When the database fails.
pub async fn checkpoint_of_size(policy: &Policy, size: u64) -> Result<Option<Checkpoint>, SqlError> {
    policy.database().read(move |tx| store::checkpoint_of_size(tx, size)).await
}
