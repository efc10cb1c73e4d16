//! Held mail on pages: what the queue knows of it, in the words of the guard that decides.

use mailkeep_mailbox::queue::Held;
use mailkeep_outbound_guard::ReasonCode;
use mailkeep_outbound_guard::holds::HeldMessage;

use crate::messages::{Msg, msg};

/// A held message of the queue as the guard decides on it.
pub fn as_message(held: &Held) -> HeldMessage {
    HeldMessage {
        queue: held.id,
        mailbox: held.mailbox,
        customer: held.customer,
        code: ReasonCode::from_word(&held.hold.code),
        recipients: held.recipients,
    }
}

/// Why something is held, as a sentence.
pub(crate) fn reason(code: &str, value: i64, limit: i64) -> Msg {
    let id = match ReasonCode::from_word(code) {
        Some(ReasonCode::Campaign) => "held-reason-campaign",
        Some(ReasonCode::Wave) => "held-reason-wave",
        _ => "held-reason-other",
    };
    msg(id).with("value", value).with("limit", limit)
}
