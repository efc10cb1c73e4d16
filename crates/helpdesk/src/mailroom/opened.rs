//! The letters of a ticket, as staff see them beside its words.

use mailkeep_policy::{Act, Actor, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{EmailAddress, StaffId};
use uuid::Uuid;

use super::records::{email_place, raw_place};
use super::store;
use crate::merges;
use crate::tickets::{Desk, DeskKind, Seen, Ticket, TicketError};

/// What is known about a letter in a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterShape {
    /// The letter.
    pub id: Uuid,
    /// The entry with its words.
    pub entry: Uuid,
    /// Bytes.
    pub size: i64,
    /// `proven`, `unknown` or `failed`: what is known about the address in From.
    pub authenticity: String,
    /// How it was found, or why it began a ticket.
    pub because: String,
    /// What shows that a machine wrote it.
    pub sign: Option<String>,
    /// The ticket that it claimed to belong to, by identifier and number.
    pub related: Option<(Uuid, String)>,
}

impl Desk {
    /// The letters of a ticket and of those that were merged into it, without their words.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_letters(&self, ticket: Uuid) -> Result<Vec<LetterShape>, TicketError> {
        self.read(move |tx| {
            let mut letters = Vec::new();
            for ticket in merges::store::shown_in(tx, ticket)? {
                letters.extend(store::shapes(tx, ticket)?);
            }
            Ok(letters)
        })
        .await
    }

    /// The address of the writer whose ticket it is, for staff under the ticket; nothing where the ticket is a customer's, or the
    /// letter named nobody.
    ///
    /// # Errors
    /// [`TicketError::Refused`] when the ticket is not open.
    pub async fn open_writer(
        &self,
        ticket: &Ticket,
        by: StaffId,
    ) -> Result<Option<Shown<EmailAddress>>, TicketError> {
        let Subject::Subscriber(writer) = ticket.owner else { return Ok(None) };
        let Some(sealed) = self.read(move |tx| Ok(store::email(tx, writer)?)).await? else { return Ok(None) };
        let asked = Use {
            actor: Actor::Staff(by),
            subject: ticket.owner,
            act: Act::Read,
            fields: &["ticket_writers.email"],
            fact: ticket.fact(),
        };
        let shown = match ticket.desk() {
            DeskKind::Support => {
                let grant = self.policy().grant::<purpose::Troubleshoot>(asked).await?;
                self.policy().show(&grant, email_place(writer), &sealed)
            }
            DeskKind::Privacy => {
                let grant = self.policy().grant::<purpose::Rights>(asked).await?;
                self.policy().show(&grant, email_place(writer), &sealed)
            }
        };
        Ok(Some(shown?))
    }

    /// A letter as it came, for staff under the ticket.
    ///
    /// # Errors
    /// [`TicketError::Refused`] when the ticket is not open; [`TicketError::NotFound`].
    pub async fn open_letter(
        &self,
        seen: Seen,
        by: StaffId,
        letter: Uuid,
    ) -> Result<Shown<Vec<u8>>, TicketError> {
        let (ticket, raw) = self
            .read(move |tx| {
                let ticket = seen.find(tx)?;
                let raw = store::raw(tx, ticket.id, letter)?.ok_or(TicketError::NotFound)?;
                Ok((ticket, raw))
            })
            .await?;
        let asked = Use {
            actor: Actor::Staff(by),
            subject: ticket.owner,
            act: Act::Read,
            fields: &["ticket_letters.raw"],
            fact: ticket.fact(),
        };
        let sealed: Sealed<Vec<u8>, category::Ticket> = Sealed::from_bytes(raw);
        let shown = match ticket.desk() {
            DeskKind::Support => {
                let grant = self.policy().grant::<purpose::Troubleshoot>(asked).await?;
                self.policy().show(&grant, raw_place(letter), &sealed)
            }
            DeskKind::Privacy => {
                let grant = self.policy().grant::<purpose::Rights>(asked).await?;
                self.policy().show(&grant, raw_place(letter), &sealed)
            }
        };
        Ok(shown?)
    }
}
