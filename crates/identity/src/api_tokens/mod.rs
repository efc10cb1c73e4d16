//! API tokens: a person's own keys for programs, with limited scopes. Only a hash is stored; a token can be revoked and
//! ends by itself.

mod authenticate;
mod issue;
mod list;
mod revoke;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_policy::Shown;
use mailkeep_types::{ApiTokenId, Timestamp};

pub(crate) use authenticate::TOUCH;

use crate::access::Scopes;
use crate::secrets::Secret;

/// How every token begins, so that it is recognised where it should not be.
pub const PREFIX: &str = "mkp_";

/// A token that was just made.
#[derive(Debug)]
pub struct NewApiToken {
    /// Its identifier.
    pub id: ApiTokenId,
    /// The token; shown once.
    pub token: Secret,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A token as its owner sees it.
#[derive(Debug, Clone)]
pub struct ApiTokenView {
    /// Its identifier.
    pub id: ApiTokenId,
    /// What the owner calls it.
    pub name: Shown<String>,
    /// What it may be used for.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}
