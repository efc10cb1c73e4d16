//! Requests of programs that make something, so that one that is sent twice makes it once.
//!
//! A program names its request with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header). What is kept is
//! the keyed hash of that name and of the request, and the identifier of what was made: nothing personal, and no
//! secret that was shown once.

mod begin;
mod finish;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use uuid::Uuid;

use crate::principal::Principal;

/// For how long a repeated request is recognised.
pub const KEPT: Duration = Duration::from_secs(24 * 3600);
/// The longest name of a request, in characters.
pub const LONGEST_KEY: usize = 255;

/// A request that was begun and is to be finished.
#[derive(Debug)]
pub struct ApiRequest {
    who: Principal,
    key_hash: [u8; 32],
}

/// What is known of a request.
#[derive(Debug)]
pub enum Begun {
    /// It is new: carry it out and say how it went with [`crate::Identity::finish_api_request`].
    First(ApiRequest),
    /// It was carried out before and made this.
    Done(Uuid),
    /// It is being carried out, or nobody knows how it ended.
    Running,
    /// The same name was used for a different request.
    Different,
}
