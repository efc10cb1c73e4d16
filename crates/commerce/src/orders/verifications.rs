//! Codes sent to applicants: their rows and pure rules.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{OrderId, Timestamp};
use uuid::Uuid;

use super::held;
use crate::screening::Method;

/// How long a code can be given.
pub const CODE_LIVES: Duration = Duration::from_secs(30 * 60);
/// How many codes are sent for an order within a day.
pub const CODES_A_DAY: u32 = 5;
/// Digits of a code.
pub const CODE_DIGITS: u32 = 8;

/// A code that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Its identifier.
    pub id: Uuid,
    /// The order.
    pub order: OrderId,
    /// Where it went.
    pub method: Method,
    /// Keyed hash of it.
    pub code_hash: Vec<u8>,
    /// How many wrong codes were given for it.
    pub wrong_codes: u32,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was given.
    pub passed_at: Option<Timestamp>,
}

/// By what an applicant has shown who they are.
pub(super) fn passed(tx: &mut Tx<'_>, order: OrderId) -> Result<Vec<Method>, crate::error::CommerceError> {
    let mut methods: Vec<Method> = held::store::verifications(tx, order)?
        .into_iter()
        .filter(|one| one.passed_at.is_some())
        .map(|one| one.method)
        .collect();
    methods.sort_unstable();
    methods.dedup();
    Ok(methods)
}

/// Whether a day has seen enough codes.
pub(super) fn too_many(tx: &mut Tx<'_>, order: OrderId) -> Result<bool, SqlError> {
    let since = tx.now().minus(Duration::from_secs(24 * 3600));
    Ok(held::store::codes_since(tx, order, since)? >= CODES_A_DAY)
}
