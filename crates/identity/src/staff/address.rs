//! Where a member of staff is told of work by mail, and answers from: an address that they proved. One that is not proven yet gets
//! nothing but the link that proves it.

use mailkeep_policy::{Personal, Subject, category};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{EmailAddress, StaffId, Timestamp};
use serde::Serialize;

use super::{StaffStatus, store};
use crate::access::{Access, StaffPermission};
use crate::config::hours;
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::limits::{self, Admission};
use crate::links::{self, LinkKind};
use crate::messages::{self, To};
use crate::origin::Origin;
use crate::persons::check_email;
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;

/// The address of a member of staff, as they see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaffAddress {
    /// Its domain.
    pub domain: String,
    /// Since when it is proven.
    pub proven_at: Option<Timestamp>,
}

impl Identity {
    /// The address of the member of staff who asks.
    ///
    /// # Errors
    /// When no member of staff asks.
    pub async fn staff_address(&self, access: &Access) -> Result<Option<StaffAddress>, IdentityError> {
        let me = access.staff()?.staff;
        Ok(self.db().read(move |tx| store::address(tx, me)).await?)
    }

    /// Notes an address and sends it the link that proves it; one that was there before is forgotten. Asks for a recent password.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `email`; [`IdentityError::Locked`] when it was sent many links.
    pub async fn set_staff_address(
        &self,
        access: &Access,
        email: &str,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let me = access.staff()?.staff;
        self.require_recent_password(access)?;
        let email = check_email("email", email)?;
        let (lookup, domain) = (self.email_lookup(&email), email.domain().to_string());
        let (principal, subject) = (Principal::Staff(me), Subject::staff(me));
        let value: Personal<EmailAddress, category::Contact> = Personal::new(email.clone());
        let sealed = self.policy().seal(subject, fields::staff_address(me), &value)?.into_bytes();
        let link = self.new_link(LinkKind::StaffAddress, hours(self.config().links.confirm_hours));
        let (this, at, links) = (self.clone(), origin.clone(), self.limit_of_links(&lookup));
        let write = self.db().write(move |tx| -> Result<Admission, IdentityError> {
            let admission = limits::admit(tx, &[links], &this.config().limits)?;
            if admission == Admission::Open {
                store::set_address(tx, me, &sealed, &lookup, &domain)?;
                link.write(tx, principal)?;
                this.record(tx, principal, SecurityEventKind::EmailChangeAsked, Some(&at))?;
                let (to, hours) = (To::at(subject, email.clone()), this.config().links.confirm_hours);
                messages::staff_address(this.policy(), tx, &to, link.id, &link.token, hours)?;
            }
            Ok(admission)
        });
        match write.await? {
            Admission::Open => Ok(()),
            Admission::Locked { until } => Err(IdentityError::locked(until, self.now())),
        }
    }

    /// Proves the address by the link that was sent to it: whoever follows it is signed in, and has it.
    ///
    /// # Errors
    /// [`IdentityError::LinkInvalid`], also when the link is another's, or a colleague has the address.
    pub async fn prove_staff_address(
        &self,
        access: &Access,
        token: &str,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let me = access.staff()?.staff;
        let (this, at, token) = (self.clone(), origin.clone(), token.to_owned());
        let write = self.db().write(move |tx| -> Result<bool, IdentityError> {
            let principal = Principal::Staff(me);
            let link = links::store::find(tx, LinkKind::StaffAddress, &token)?;
            let Some(link) = link.filter(|link| !link.used && link.principal == principal) else {
                return Ok(false);
            };
            if !store::prove_address(tx, me)? || !links::store::mark_used(tx, link.id)? {
                return Ok(false);
            }
            this.record(tx, principal, SecurityEventKind::EmailChanged, Some(&at))?;
            Ok(true)
        });
        if write.await? { Ok(()) } else { Err(self.refuse_link(origin).await) }
    }

    /// Forgets the address.
    ///
    /// # Errors
    /// When no member of staff asks.
    pub async fn remove_staff_address(&self, access: &Access) -> Result<(), IdentityError> {
        let me = access.staff()?.staff;
        let write = self.db().write(move |tx| -> Result<(), SqlError> {
            links::store::delete_all(tx, Principal::Staff(me), LinkKind::StaffAddress)?;
            store::remove_address(tx, me)
        });
        Ok(write.await?)
    }
}

/// The active member of staff who proved that they have an address with this hash, and may do this.
///
/// # Errors
/// When the database fails.
pub fn colleague_with_email(
    tx: &mut Tx<'_>,
    lookup: &[u8],
    needed: StaffPermission,
) -> Result<Option<StaffId>, SqlError> {
    let Some(staff) = store::with_address(tx, lookup)? else { return Ok(None) };
    let member = store::find(tx, staff)?.filter(|member| {
        member.status == StaffStatus::Active
            && member.roles.iter().any(|role| role.permissions().contains(&needed))
    });
    Ok(member.map(|member| member.staff))
}

/// The sealed address of an active member of staff, once it is proven.
pub(crate) fn proven(tx: &mut Tx<'_>, staff: StaffId) -> Result<Option<Vec<u8>>, SqlError> {
    let active = store::find(tx, staff)?.is_some_and(|member| member.status == StaffStatus::Active);
    if active { store::proven_address(tx, staff) } else { Ok(None) }
}
