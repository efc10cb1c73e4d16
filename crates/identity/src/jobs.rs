//! What identity does in the background: it removes what has ended.

use std::time::Duration;

use mailkeep_policy::Subject;
use mailkeep_storage::jobs::JobsBuilder;

use crate::config::{days, hours};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::principal::Principal;
use crate::{
    api_requests, api_tokens, credentials, customers, limits, links, persons, security_events, sessions,
    site_sign_ins, staff_tokens,
};

/// The kind of the hourly job.
pub const SWEEP: &str = "identity.sweep";
/// The kind of the job that keeps the keys of ID tokens: the next one is published before it signs, old ones go.
pub const SITE_KEYS: &str = "identity.site_keys";

/// The kind of the job that tells a site that a sign-in to it ended; its payload is a
/// [`SiteSignOut`](crate::site_sign_ins::SiteSignOut). The server carries it out, since nothing here connects to anybody.
pub const TELL_SITE: &str = "identity.tell_site";

/// Adds this crate's jobs to a runner.
#[must_use]
pub fn register(builder: JobsBuilder, identity: &Identity) -> JobsBuilder {
    let (identity, keeper) = (identity.clone(), identity.clone());
    builder
        .handler(SWEEP, move |_| {
            let identity = identity.clone();
            async move { identity.sweep().await.map_err(mailkeep_storage::jobs::JobError::retry) }
        })
        .handler(SITE_KEYS, move |_| {
            let identity = keeper.clone();
            async move { identity.rotate_site_keys().await.map_err(mailkeep_storage::jobs::JobError::retry) }
        })
        .every(SWEEP, Duration::from_secs(3600))
        .every(SITE_KEYS, Duration::from_secs(3600))
}

impl Identity {
    /// Removes what has ended: sessions, links, invitations, tokens and limits; security events after their term; and
    /// registrations that were never confirmed, whose keys are destroyed.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn sweep(&self) -> Result<(), IdentityError> {
        let config = self.config().clone();
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                let now = tx.now();
                sessions::store::sweep(tx)?;
                links::store::sweep(tx)?;
                customers::store::sweep(tx)?;
                api_tokens::store::sweep(tx)?;
                staff_tokens::store::sweep(tx)?;
                api_requests::store::sweep(tx, now.minus(api_requests::KEPT))?;
                limits::store::sweep(tx, now.minus(hours(config.limits.forget_hours)))?;
                site_sign_ins::store::sweep(tx)?;
                security_events::store::sweep(tx, now.minus(days(config.keep_security_events_days)))?;
                Ok(())
            })
            .await?;
        let before = self.now().minus(days(self.config().keep_unconfirmed_days));
        let stale = self.db().read(move |tx| persons::store::list_unconfirmed(tx, before)).await?;
        for person in stale {
            let closed = self
                .db()
                .write(move |tx| -> Result<bool, IdentityError> {
                    let closed = persons::store::close_unconfirmed(tx, person)?;
                    if closed {
                        credentials::store::remove(tx, Principal::Person(person))?;
                    }
                    Ok(closed)
                })
                .await?;
            if closed {
                self.policy().erase(Subject::person(person)).await?;
            }
        }
        Ok(())
    }
}
