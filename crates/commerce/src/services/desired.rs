//! What the mail side is to be like, for the reconciler and for pages.

use mailkeep_types::{CustomerId, ServiceId};

use super::{DesiredService, Service, store};
use crate::add_ons;
use crate::catalogue;
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// What a service is to be like now. The reconciler makes the mail side equal to it and then calls
    /// [`Commerce::mark_provisioned`] with the generation it read here.
    pub async fn desired_service(&self, id: ServiceId) -> Result<DesiredService, CommerceError> {
        self.read(move |tx| {
            let service = store::find(tx, id)?.ok_or(CommerceError::NotFound("service"))?;
            let plan = catalogue::store::by_id(tx, service.plan_version)?;
            let (limits, more_quota_mb) = add_ons::with_granted(tx, &service, &plan)?;
            let purged = store::is_purged(tx, id)?;
            Ok(DesiredService {
                service,
                plan_name: plan.name,
                plan_key: plan.key,
                limits,
                more_quota_mb,
                most_mailboxes: plan.most_mailboxes,
                purged,
            })
        })
        .await
    }

    /// The mail side carried a generation of the desired state out.
    pub async fn mark_provisioned(&self, id: ServiceId, generation: i64) -> Result<(), CommerceError> {
        self.write(move |tx| Ok(store::set_provisioned(tx, id, generation)?)).await
    }

    /// Services whose mail side is behind: for the reconciler at start, and for the console.
    pub async fn services_behind(&self) -> Result<Vec<ServiceId>, CommerceError> {
        self.read(|tx| Ok(store::behind(tx)?)).await
    }

    /// The services of a customer, newest first.
    pub async fn list_services(&self, customer: CustomerId) -> Result<Vec<Service>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// One service of a customer.
    pub async fn show_service(&self, customer: CustomerId, id: ServiceId) -> Result<Service, CommerceError> {
        self.read(move |tx| {
            store::find(tx, id)?
                .filter(|service| service.customer == customer)
                .ok_or(CommerceError::NotFound("service"))
        })
        .await
    }
}
