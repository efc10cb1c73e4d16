//! A person sees where they are signed in.

use mailkeep_policy::{Act, Sealed, Use, category, purpose};

use super::{SessionView, store};
use crate::access::{Access, Scope};
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::principal::Principal;

impl Identity {
    /// The living sessions of the person who asks, the latest used first.
    ///
    /// # Errors
    /// When nobody is signed in, or the policy refuses.
    pub async fn list_sessions(&self, access: &Access) -> Result<Vec<SessionView>, IdentityError> {
        let me = access.person_with(Scope::SessionsRead)?;
        let (principal, current) = (Principal::Person(me.person), me.session);
        let asked = Use {
            actor: me.actor(),
            subject: principal.subject(),
            act: Act::Read,
            fields: &["sessions.network", "sessions.device"],
            fact: me.fact(),
        };
        let grant = self.policy().grant::<purpose::Rights>(asked).await?;
        let rows = self.db().read(move |tx| store::list(tx, principal)).await?;
        let mut sessions = Vec::with_capacity(rows.len());
        for row in rows {
            let open = |column, bytes: Vec<u8>| {
                let sealed: Sealed<String, category::Network> = Sealed::from_bytes(bytes);
                self.policy().show(&grant, fields::session(column, row.session), &sealed)
            };
            sessions.push(SessionView {
                session: row.session,
                network: open("network", row.network)?,
                device: open("device", row.device)?,
                created_at: row.created_at,
                last_seen_at: row.last_seen_at,
                expires_at: row.expires_at,
                current: row.session == current,
            });
        }
        Ok(sessions)
    }
}
