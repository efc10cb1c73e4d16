//! A person sees their API tokens.

use mailkeep_policy::{Act, Sealed, Subject, Use, category, purpose};

use super::{ApiTokenView, store};
use crate::access::Access;
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;

impl Identity {
    /// The tokens of the person who asks, newest first.
    ///
    /// # Errors
    /// When nobody is signed in, or the policy refuses.
    pub async fn list_api_tokens(&self, access: &Access) -> Result<Vec<ApiTokenView>, IdentityError> {
        let me = access.person_in_browser()?;
        let person = me.person;
        let asked = Use {
            actor: me.actor(),
            subject: Subject::person(person),
            act: Act::Read,
            fields: &["api_tokens.name"],
            fact: me.fact(),
        };
        let grant = self.policy().grant::<purpose::Rights>(asked).await?;
        let rows = self.db().read(move |tx| store::list(tx, person)).await?;
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            let name: Sealed<String, category::Preferences> = Sealed::from_bytes(row.name);
            views.push(ApiTokenView {
                id: row.id,
                name: self.policy().show(&grant, fields::api_token(row.id), &name)?,
                scopes: row.scopes,
                created_at: row.created_at,
                expires_at: row.expires_at,
                last_used_at: row.last_used_at,
            });
        }
        Ok(views)
    }
}
