//! A person reads what happened to their access.

use mailkeep_policy::{Act, Sealed, Shown, Use, category, purpose};
use mailkeep_types::Timestamp;

use super::{SecurityEvent, store};
use crate::access::Access;
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::principal::Principal;

impl Identity {
    /// The person's events before `before` (all of them: [`Timestamp::NEVER`]), newest first, at most `limit`.
    ///
    /// # Errors
    /// When nobody is signed in, or the policy refuses.
    pub async fn list_security_events(
        &self,
        access: &Access,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<SecurityEvent>, IdentityError> {
        let person = access.person_in_browser()?;
        let principal = Principal::Person(person.person);
        let asked = Use {
            actor: person.actor(),
            subject: principal.subject(),
            act: Act::Read,
            fields: &["security_events.network", "security_events.device"],
            fact: person.fact(),
        };
        let grant = self.policy().grant::<purpose::Rights>(asked).await?;
        let rows = self.db().read(move |tx| store::list(tx, principal, before, limit.min(500))).await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            let open = |column, sealed: Option<Vec<u8>>| -> Result<Option<Shown<String>>, IdentityError> {
                let Some(bytes) = sealed else { return Ok(None) };
                let sealed: Sealed<String, category::Network> = Sealed::from_bytes(bytes);
                let place = fields::security_event(column, row.id);
                Ok(Some(self.policy().show(&grant, place, &sealed)?))
            };
            let (network, device) = (open("network", row.network)?, open("device", row.device)?);
            events.push(SecurityEvent { kind: row.kind, network, device, at: row.at });
        }
        Ok(events)
    }
}
