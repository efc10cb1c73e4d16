//! Changing the desired state: each change grows the generation and leaves a job for the mail side.

use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{ServiceId, SubscriptionId};
use uuid::Uuid;

use super::store;
use crate::error::CommerceError;
use crate::jobs::{SERVICE_CHANGED, ServiceChanged};

/// Tells the mail side that a service's desired state is another, in the caller's transaction.
pub(crate) fn announce(tx: &mut Tx<'_>, id: ServiceId) -> Result<(), CommerceError> {
    store::bump(tx, id)?;
    enqueue(tx, NewJob::new(SERVICE_CHANGED, &ServiceChanged { service_id: id }))?;
    Ok(())
}

/// Ends every service of a subscription.
pub(crate) fn end_services_of(tx: &mut Tx<'_>, subscription: SubscriptionId) -> Result<(), CommerceError> {
    for id in store::ids_of(tx, subscription)? {
        if store::end(tx, id)? {
            announce(tx, id)?;
        }
    }
    Ok(())
}

/// Moves every service of a subscription to another plan.
pub(crate) fn change_plan_of(
    tx: &mut Tx<'_>,
    subscription: SubscriptionId,
    plan_version: Uuid,
    mailboxes: u32,
) -> Result<(), CommerceError> {
    for id in store::ids_of(tx, subscription)? {
        if store::set_plan(tx, id, plan_version, mailboxes)? {
            announce(tx, id)?;
        }
    }
    Ok(())
}

/// Takes every service of a subscription up again.
pub(crate) fn take_up_services_of(
    tx: &mut Tx<'_>,
    subscription: SubscriptionId,
) -> Result<(), CommerceError> {
    for id in store::ids_of(tx, subscription)? {
        if store::take_up(tx, id)? {
            announce(tx, id)?;
        }
    }
    Ok(())
}

/// Tells the mail side of every service of a subscription again.
pub(crate) fn announce_services_of(
    tx: &mut Tx<'_>,
    subscription: SubscriptionId,
) -> Result<(), CommerceError> {
    for id in store::ids_of(tx, subscription)? {
        announce(tx, id)?;
    }
    Ok(())
}
