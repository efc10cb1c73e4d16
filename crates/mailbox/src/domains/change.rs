//! Changing a domain: catch-all, service and limits, suspension, removal.

use mailkeep_types::{DomainId, MailboxId, ServiceId};

use super::{DomainState, store};
use crate::error::{MailRefusal, Result};
use crate::mailboxes::{self, ClassLimits};
use crate::post_office::PostOffice;

/// What a service grants to a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DomainChange {
    /// The service that pays for it.
    pub service: Option<ServiceId>,
    /// How many mailboxes it allows; `None` is no limit.
    pub mailbox_limit: Option<i64>,
    /// Limits for its mailboxes.
    pub class: ClassLimits,
}

impl PostOffice {
    /// Sets the mailbox that gets what no other address of the domain takes; `None` refuses such mail.
    ///
    /// # Errors
    /// [`MailRefusal::NoDomain`], [`MailRefusal::NoMailbox`].
    pub async fn set_catch_all(&self, domain: DomainId, mailbox: Option<MailboxId>) -> Result<()> {
        self.db()
            .write(move |tx| -> Result<()> {
                store::row(tx, domain)?.ok_or(MailRefusal::NoDomain)?;
                if let Some(mailbox) = mailbox
                    && mailboxes::store::row(tx, mailbox)?.is_none_or(|row| row.domain != domain)
                {
                    return Err(MailRefusal::NoMailbox.into());
                }
                Ok(store::set_catch_all(tx, domain, mailbox)?)
            })
            .await?;
        self.forget_cached();
        Ok(())
    }

    /// Applies what a service grants.
    ///
    /// # Errors
    /// [`MailRefusal::NoDomain`] or a failure of the store.
    pub async fn change_domain(&self, domain: DomainId, change: DomainChange) -> Result<()> {
        self.db()
            .write(move |tx| -> Result<()> {
                store::row(tx, domain)?.ok_or(MailRefusal::NoDomain)?;
                Ok(store::set_service(tx, domain, change.service, change.mailbox_limit, change.class)?)
            })
            .await?;
        self.forget_cached();
        Ok(())
    }

    /// Narrows what the service grants, for all mailboxes of the domain.
    ///
    /// # Errors
    /// [`MailRefusal::NoDomain`] or a failure of the store.
    pub async fn narrow_domain(&self, domain: DomainId, own: ClassLimits) -> Result<()> {
        self.db()
            .write(move |tx| -> Result<()> {
                store::row(tx, domain)?.ok_or(MailRefusal::NoDomain)?;
                Ok(store::set_own_class(tx, domain, own)?)
            })
            .await?;
        self.forget_cached();
        Ok(())
    }

    /// Suspends a proven domain, or lifts the suspension.
    ///
    /// # Errors
    /// [`MailRefusal::NoDomain`] or a failure of the store.
    pub async fn suspend_domain(&self, domain: DomainId, on: bool) -> Result<()> {
        self.db()
            .write(move |tx| -> Result<()> {
                store::row(tx, domain)?.ok_or(MailRefusal::NoDomain)?;
                let state = if on { DomainState::Suspended } else { DomainState::Proven };
                Ok(store::set_state(tx, domain, state)?)
            })
            .await?;
        self.forget_cached();
        Ok(())
    }

    /// Removes a domain that has no mailboxes and no alias domains, with its aliases, lists and keys.
    ///
    /// # Errors
    /// [`MailRefusal::NoDomain`]; [`MailRefusal::DomainInUse`] while it is in use.
    pub async fn remove_domain(&self, domain: DomainId) -> Result<()> {
        self.db()
            .write(move |tx| -> Result<()> {
                store::row(tx, domain)?.ok_or(MailRefusal::NoDomain)?;
                if store::delete(tx, domain)? { Ok(()) } else { Err(MailRefusal::DomainInUse.into()) }
            })
            .await?;
        self.forget_cached();
        Ok(())
    }
}
