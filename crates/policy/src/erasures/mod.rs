//! Erasures that people ask for themselves: planned with a password and the Registration ID, put off for a day in which
//! they can be undone, carried out by a job, and confirmed by a certificate.
//!
//! The certificate cannot be sealed under a key that is gone, and the address to send it to is gone too. So the link to it
//! is mailed when the erasure is planned; it opens once. The certificate names tables, counts and the entry in the ledger.

mod plan;
mod store;
#[cfg(test)]
mod tests;
mod work;

use std::time::Duration;

use mailkeep_types::{OutboundId, PersonId, RegistrationId, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ledger::EntryProof;
use crate::records::Certificate;

pub use plan::{find, pending, plan, undo, undo_with_token};
pub use work::{Claimed, add_part, claim, finish, take_certificate};

/// The kind of the job that carries an erasure out; its payload is [`CarryOut`].
pub const CARRY_OUT: &str = "policy.carry_out_erasure";

/// For how long an erasure can be undone.
pub const COOLING: Duration = Duration::from_secs(24 * 3600);

/// The payload of the job [`CARRY_OUT`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct CarryOut {
    /// The erasure.
    pub erasure_id: Uuid,
}

/// Where an erasure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureState {
    /// It can be undone.
    Cooling,
    /// It is being carried out.
    Working,
    /// It is done.
    Done,
    /// The person wants to stay.
    Undone,
}

impl ErasureState {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            ErasureState::Cooling => "cooling",
            ErasureState::Working => "working",
            ErasureState::Done => "done",
            ErasureState::Undone => "undone",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "cooling" => ErasureState::Cooling,
            "working" => ErasureState::Working,
            "done" => ErasureState::Done,
            _ => ErasureState::Undone,
        }
    }
}

/// An erasure.
#[derive(Debug, Clone)]
pub struct Erasure {
    /// The erasure.
    pub id: Uuid,
    /// Whose data.
    pub person: PersonId,
    /// The number of the profile, for the certificate.
    pub registration_id: RegistrationId,
    /// Where it stands.
    pub state: ErasureState,
    /// The message that carries the link to the certificate.
    pub notice: Option<OutboundId>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it is carried out.
    pub due_at: Timestamp,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// When the certificate was fetched.
    pub fetched_at: Option<Timestamp>,
}

/// What confirms an erasure.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ErasureCertificate {
    /// The number of the profile that was erased.
    pub registration_id: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// What was erased: the person, then what was theirs alone.
    pub parts: Vec<Certificate>,
    /// That the entry of the erasure is in the ledger, under its signed head.
    pub proof: Option<EntryProof>,
}
