//! Keys with which sign-ins to sites are signed: ES256 (RFC 7518 section 3.4). The next key is published before it signs, so
//! that sites know it by then; an old one stays until nothing that it signed is asked about any more.

mod rotate;
mod sign;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde::Serialize;

/// The type of ID tokens, as their header names it.
pub(crate) const ID_TOKEN: &str = "JWT";
/// The type of logout tokens (OpenID Connect Back-Channel Logout section 2.4).
pub(crate) const LOGOUT_TOKEN: &str = "logout+jwt";
/// The house key under which private keys are sealed.
const HOUSE_KEY: &str = "site keys";
/// How long a key signs.
const SIGNS_FOR: Duration = Duration::from_secs(90 * 86_400);
/// How long a key is published before it signs. Sites read the list again when they meet a key that they do not know, or
/// once a day.
const PUBLISHED_BEFORE: Duration = Duration::from_secs(2 * 86_400);
/// How long a key stays published after the next one began: ID tokens last an hour, and are shown once more at signing out.
const KEPT_AFTER: Duration = Duration::from_secs(14 * 86_400);

/// A public key as it is published (RFC 7517).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedKey {
    /// The kind of key.
    pub kty: &'static str,
    /// What it is for.
    #[serde(rename = "use")]
    pub used_for: &'static str,
    /// How it signs.
    pub alg: &'static str,
    /// The curve.
    pub crv: &'static str,
    /// Its number.
    pub kid: String,
    /// The point, in two parts.
    pub x: String,
    /// The second part.
    pub y: String,
}
