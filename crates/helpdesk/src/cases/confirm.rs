//! Whoever asks shows that they do, by a link that goes to the address on file.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use mailkeep_policy::outbound::{MessageClass, Notice};
use mailkeep_types::{PersonId, StaffId, Timestamp};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Case, CaseKind, Identity, find_open, store};
use crate::tickets::turn::{Change, Log};
use crate::tickets::{self, Desk, Hand, TicketError};

/// The message with the link.
const CONFIRM: &str = "helpdesk/case_confirm";

/// How long the link can be followed.
pub const LINK_LASTS: Duration = Duration::from_secs(7 * 86_400);

/// What the page of the link says before it is confirmed; nothing of what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirming {
    /// The number of the case.
    pub number: String,
    /// What is asked.
    pub kind: Option<CaseKind>,
    /// When it came.
    pub received_at: Timestamp,
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

impl Desk {
    /// Sends a link to the address on file of the person who is said to ask, or, where there is no account, to the address that
    /// wrote. An earlier link stops working.
    ///
    /// # Errors
    /// [`TicketError::State`] when it is settled, or was shown already; [`TicketError::Changed`].
    pub async fn ask_to_confirm(
        &self,
        ticket: Uuid,
        version: i64,
        by: StaffId,
        person: Option<PersonId>,
    ) -> Result<(), TicketError> {
        let (outbound, hours) = (self.policy().outbound(), self.hours().clone());
        let mut secret = [0u8; 32];
        getrandom::fill(&mut secret).expect("the operating system's random source answers");
        let token = BASE64URL_NOPAD.encode(&secret);
        self.write(move |tx| {
            let (mut ticket, mut case) = find_open(tx, ticket, version)?;
            if case.identity == Identity::Shown {
                return Err(TicketError::State("it is known already who asks"));
            }
            // Another person than before: nothing that was shown of the one counts for the other.
            case.person = person.or(case.person);
            case.identity = Identity::Asked;
            store::update(tx, &case)?;
            let until = tx.now().plus(LINK_LASTS);
            store::set_token(tx, ticket.id, &hash(&token), until)?;
            Log { by: Hand::Staff(by), what: Change::Case("identity", Identity::Asked.word()) }.write(
                tx,
                &hours,
                &mut ticket,
            )?;
            let notice = Notice {
                class: MessageClass::Account,
                template: CONFIRM,
                subject: case.asks(&ticket),
                topic: None,
                to: None,
                unique_key: format!("{CONFIRM}:{}:{}", ticket.id, ticket.version),
                context: json!({
                    "number": ticket.number,
                    "days": LINK_LASTS.as_secs() / 86_400,
                    "path": format!("/privacy/confirm?token={token}"),
                }),
            };
            outbound.send(tx, &notice)?;
            Ok(())
        })
        .await
    }

    /// What a link is about; `None` when it does not work, or not any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_confirming(&self, token: &str) -> Result<Option<Confirming>, TicketError> {
        let hash = hash(token);
        self.read(move |tx| {
            let now = tx.now();
            let Some(case) = waiting(tx, &hash, now)? else { return Ok(None) };
            let ticket = tickets::store::find(tx, case.ticket)?.ok_or(TicketError::NotFound)?;
            Ok(Some(Confirming { number: ticket.number, kind: case.kind, received_at: case.received_at }))
        })
        .await
    }

    /// Whoever has the link says whether they asked. False when it does not work any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn confirm_case(&self, token: &str, asked: bool) -> Result<bool, TicketError> {
        let (hash, hours) = (hash(token), self.hours().clone());
        self.write(move |tx| {
            let now = tx.now();
            let Some(mut case) = waiting(tx, &hash, now)? else { return Ok(false) };
            let mut ticket = tickets::store::find(tx, case.ticket)?.ok_or(TicketError::NotFound)?;
            case.identity = if asked { Identity::Shown } else { Identity::Denied };
            case.shown_at = asked.then_some(now);
            store::update(tx, &case)?;
            let what = Change::Case("identity", case.identity.word());
            Log { by: Hand::Program, what }.write(tx, &hours, &mut ticket)?;
            Ok(true)
        })
        .await
    }
}

/// The case that waits for this link.
fn waiting(
    tx: &mut mailkeep_storage::sql::Tx<'_>,
    hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<Case>, TicketError> {
    let found = store::by_token(tx, hash, now)?;
    Ok(found.filter(|case| case.identity == Identity::Asked && case.settled_at.is_none()))
}
