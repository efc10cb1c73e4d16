//! Blocks: added with their cause, lifted with their cause.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{InvoiceId, ServiceId, SubscriptionId};
use uuid::Uuid;

use super::{BlockKind, change, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// Blocks a service for a cause, e.g. an abuse case. The caller has checked that it may.
    pub async fn block_service(
        &self,
        id: ServiceId,
        kind: BlockKind,
        cause: Uuid,
    ) -> Result<(), CommerceError> {
        self.write(move |tx| {
            store::find(tx, id)?.ok_or(CommerceError::NotFound("service"))?;
            if store::add_block(tx, id, kind, cause)? {
                change::announce(tx, id)?;
            }
            Ok(())
        })
        .await
    }

    /// Lifts the block of one cause; others stay.
    pub async fn lift_block(&self, id: ServiceId, kind: BlockKind, cause: Uuid) -> Result<(), CommerceError> {
        self.write(move |tx| {
            if store::lift_block(tx, id, kind, cause)? {
                change::announce(tx, id)?;
            }
            Ok(())
        })
        .await
    }
}

/// Blocks every service of a subscription; true when one was free before.
pub(crate) fn add_to_services_of(
    tx: &mut Tx<'_>,
    subscription: SubscriptionId,
    kind: BlockKind,
    cause: Uuid,
) -> Result<bool, CommerceError> {
    let mut any = false;
    for id in store::ids_of(tx, subscription)? {
        if store::add_block(tx, id, kind, cause)? {
            change::announce(tx, id)?;
            any = true;
        }
    }
    Ok(any)
}

/// Lifts the overdue blocks of an invoice on which nothing is owed any more, and no other blocks.
pub(crate) fn lift_paid(tx: &mut Tx<'_>, invoice: InvoiceId) -> Result<(), CommerceError> {
    for id in store::held_by_settled(tx, invoice)? {
        if store::lift_block(tx, id, BlockKind::Overdue, invoice.uuid())? {
            change::announce(tx, id)?;
        }
    }
    Ok(())
}
