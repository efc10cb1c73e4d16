//! Held mail on pages: what the queue knows of it, in the words of the guard that decides; and the owner's answer to a strange
//! sign-in, which is the same in the webmail and in the Customer Center.

use mailkeep_mailbox::queue::{Held, Which};
use mailkeep_outbound_guard::ReasonCode;
use mailkeep_outbound_guard::holds::HeldMessage;
use mailkeep_outbound_guard::suspicions::{Sign, Suspicion};
use mailkeep_types::{MailboxId, Timestamp};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};
use crate::samples;

/// So many messages are let go or dropped with one answer; no mailbox holds more in two days without staff.
const MOST: usize = 5_000;

/// A mailbox that may be in somebody else's hands, as its owner is asked about it.
#[derive(Debug, Clone, Serialize)]
pub struct StrangeSignIn {
    /// Since when its mail is held.
    pub since: Timestamp,
    /// What is strange.
    pub signs: Vec<&'static str>,
    /// Whether whoever looks may say that it was them: not from a strange place.
    pub may_know: bool,
}

impl StrangeSignIn {
    pub(crate) fn of(suspicion: &Suspicion, may_know: bool) -> Self {
        let signs = suspicion.signs.iter().map(|sign| sign.word()).collect();
        StrangeSignIn { since: suspicion.at, signs, may_know }
    }

    pub(crate) fn sample(may_know: bool) -> Self {
        let signs = vec![Sign::NewPlace.word(), Sign::Guessed.word()];
        StrangeSignIn { since: samples::minutes_ago(12), signs, may_know }
    }
}

/// The owner says that they were in the strange place.
pub(crate) async fn know_place(ctx: &Ctx, mailbox: MailboxId) -> Result<(), WebError> {
    let held = held_of(ctx, mailbox).await?;
    ctx.state.holds.know_place(mailbox, &held).await?;
    Ok(())
}

/// The owner says that somebody else was: sessions and passwords end before anything else, and nothing that waits goes out.
pub(crate) async fn report_theft(ctx: &Ctx, mailbox: MailboxId) -> Result<(), WebError> {
    ctx.state.office.sign_out_everywhere(mailbox).await?;
    let held = held_of(ctx, mailbox).await?;
    ctx.state.holds.report_theft(mailbox, &held).await?;
    Ok(())
}

async fn held_of(ctx: &Ctx, mailbox: MailboxId) -> Result<Vec<HeldMessage>, WebError> {
    let held = ctx.state.office.list_held(Which::Mailbox(mailbox), MOST).await?;
    Ok(held.iter().map(as_message).collect())
}

/// A held message of the queue as the guard decides on it.
pub fn as_message(held: &Held) -> HeldMessage {
    HeldMessage {
        queue: held.id,
        mailbox: held.mailbox,
        customer: held.customer,
        code: ReasonCode::from_word(&held.hold.code),
        recipients: held.recipients,
        number: held.hold.number,
    }
}

/// Why something is held, as a sentence.
pub(crate) fn reason(code: &str, value: i64, limit: i64) -> Msg {
    let id = match ReasonCode::from_word(code) {
        Some(ReasonCode::Campaign) => "held-reason-campaign",
        Some(ReasonCode::Wave) => "held-reason-wave",
        Some(ReasonCode::SignIn) => "held-reason-sign-in",
        Some(ReasonCode::Returns) => "held-reason-returns",
        Some(ReasonCode::Complaints) => "held-reason-complaints",
        _ => "held-reason-other",
    };
    msg(id).with("value", value).with("limit", limit)
}
