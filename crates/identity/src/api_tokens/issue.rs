//! A person makes an API token.

use mailkeep_policy::{Personal, Subject, category};
use mailkeep_types::ApiTokenId;

use super::{NewApiToken, PREFIX, store};
use crate::access::{Access, Scopes};
use crate::config::days;
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::persons::check_name;
use crate::principal::Principal;
use crate::secrets::tokens;
use crate::security_events::SecurityEventKind;

impl Identity {
    /// Makes a token that ends after `lifetime_days` (1 to 3650). Asks for a recent password.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `name`, `scopes` or `lifetime_days`; [`IdentityError::TooMany`];
    /// [`IdentityError::PasswordNeeded`].
    pub async fn issue_api_token(
        &self,
        access: &Access,
        name: &str,
        scopes: Scopes,
        lifetime_days: u32,
        origin: &Origin,
    ) -> Result<NewApiToken, IdentityError> {
        let person = access.person_in_browser()?.person;
        self.require_recent_password(access)?;
        let name = check_name("name", name)?;
        if scopes.is_empty() {
            return Err(IdentityError::field(
                "scopes",
                "scopes_missing",
                "Choose what the token may be used for.",
            ));
        }
        if !(1..=3650).contains(&lifetime_days) {
            return Err(IdentityError::field("lifetime_days", "lifetime_invalid", "Choose 1 to 3650 days."));
        }
        let (id, made) = (ApiTokenId::new(&**self.clock()), tokens::make(PREFIX));
        let value: Personal<String, category::Preferences> = Personal::new(name);
        let sealed = self.policy().seal(Subject::person(person), fields::api_token(id), &value)?.into_bytes();
        let (this, at, hash) = (self.clone(), origin.clone(), made.hash);
        let expires_at = self.now().plus(days(lifetime_days));
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                let most = this.config().max_api_tokens;
                if store::list(tx, person)?.len() >= most as usize {
                    return Err(IdentityError::TooMany(most));
                }
                store::insert(tx, id, person, &sealed, &hash, &scopes, expires_at)?;
                this.record(tx, Principal::Person(person), SecurityEventKind::ApiTokenIssued, Some(&at))
            })
            .await?;
        Ok(NewApiToken { id, token: made.token, expires_at })
    }
}
