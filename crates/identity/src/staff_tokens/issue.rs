//! A member of staff makes a token.

use mailkeep_types::ApiTokenId;

use super::{GRANTABLE, LONGEST_DAYS, PREFIX, StaffTokenView, store};
use crate::access::{Access, StaffPermission};
use crate::api_tokens::NewApiToken;
use crate::config::days;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::persons::check_name;
use crate::principal::Principal;
use crate::secrets::{Secret, tokens};
use crate::security_events::SecurityEventKind;

/// A token to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewStaffToken<'a> {
    /// What it is for, in its owner's words.
    pub title: &'a str,
    /// What it may do.
    pub permissions: &'a [StaffPermission],
    /// After how many days it ends.
    pub lifetime_days: u32,
}

impl Identity {
    /// Makes a token for some of what the member of staff may do, which ends after `lifetime_days` (1 to [`LONGEST_DAYS`]). The
    /// password is given for it.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `title`, `permissions`, `lifetime_days` or `current_password`; [`IdentityError::TooMany`];
    /// [`IdentityError::Locked`] after wrong passwords.
    pub async fn issue_staff_token(
        &self,
        access: &Access,
        wish: NewStaffToken<'_>,
        password: Secret,
        origin: &Origin,
    ) -> Result<NewApiToken, IdentityError> {
        let me = access.staff_in_browser()?;
        let NewStaffToken { title, permissions, lifetime_days } = wish;
        let title = check_name("title", title)?;
        let allowed = |one: &StaffPermission| GRANTABLE.contains(one) && me.may(*one);
        if permissions.is_empty() || !permissions.iter().all(allowed) {
            let sentence = "Choose what the token is for, of what you may do yourself.";
            return Err(IdentityError::field("permissions", "permissions_missing", sentence));
        }
        if !(1..=LONGEST_DAYS).contains(&lifetime_days) {
            let sentence = format!("Choose 1 to {LONGEST_DAYS} days.");
            return Err(IdentityError::field("lifetime_days", "lifetime_invalid", sentence));
        }
        match self.confirm_password(access, password, origin).await {
            Err(IdentityError::WrongCredentials) => {
                let sentence = "This is not your present password.";
                return Err(IdentityError::field("current_password", "password_wrong", sentence));
            }
            other => other?,
        }
        let (staff, made) = (me.staff, tokens::make(PREFIX));
        let (created_at, expires_at) = (self.now(), self.now().plus(days(lifetime_days)));
        let id = ApiTokenId::new(&**self.clock());
        let permissions = permissions.to_vec();
        let row = StaffTokenView { id, title, permissions, created_at, expires_at, last_used_at: None };
        let (this, at, hash) = (self.clone(), origin.clone(), made.hash);
        self.db()
            .write(move |tx| {
                let most = this.config().max_api_tokens;
                if store::list(tx, staff)?.len() >= most as usize {
                    return Err(IdentityError::TooMany(most));
                }
                store::insert(tx, staff, &row, &hash)?;
                this.record(tx, Principal::Staff(staff), SecurityEventKind::ApiTokenIssued, Some(&at))
            })
            .await?;
        Ok(NewApiToken { id, token: made.token, expires_at })
    }
}
