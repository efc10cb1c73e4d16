//! What the tables know, for finding out where a letter belongs.

use std::cell::RefCell;

use mailkeep_identity::{customers, persons};
use mailkeep_policy::Subject;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{DomainName, EmailAddress};
use uuid::Uuid;

use super::{Mailroom, store};
use crate::letters::marks::TicketBytes;
use crate::letters::thread::{Because, Found, Tickets, Way};
use crate::merges;
use crate::splits;
use crate::tickets;

/// The tables, in a transaction.
pub(super) struct Tables<'a, 't> {
    pub(super) mailroom: &'a Mailroom,
    pub(super) tx: RefCell<&'a mut Tx<'t>>,
}

impl Tables<'_, '_> {
    /// The ticket, or the one into which it was merged.
    fn found(&self, id: Uuid) -> Result<Option<Found<Uuid>>, SqlError> {
        let mut borrowed = self.tx.borrow_mut();
        let tx: &mut Tx<'_> = &mut borrowed;
        let id = merges::store::leads_to(tx, id)?;
        let ticket = tickets::store::find(tx, id)?;
        Ok(ticket.map(|ticket| Found { ticket: ticket.id, closed_at: ticket.closed_at }))
    }
}

impl Tickets for Tables<'_, '_> {
    type Ticket = Uuid;
    type Error = SqlError;

    fn by_id(&self, id: TicketBytes) -> Result<Option<Found<Uuid>>, SqlError> {
        self.found(Uuid::from_bytes(id))
    }

    fn by_number(&self, number: &str) -> Result<Option<Found<Uuid>>, SqlError> {
        let Some(number) = tickets::read_number(number) else { return Ok(None) };
        let ticket = tickets::store::find_number(*self.tx.borrow_mut(), &number)?;
        ticket.map_or(Ok(None), |ticket| self.found(ticket.id))
    }

    fn by_letter(&self, message_id: &str) -> Result<Option<Found<Uuid>>, SqlError> {
        let hash = self.mailroom.hash_of_id(message_id);
        let ticket = store::ticket_of_message(*self.tx.borrow_mut(), &hash)?;
        ticket.map_or(Ok(None), |id| self.found(id))
    }

    fn by_answer(&self, id: TicketBytes, letter: [u8; 16]) -> Result<Option<Found<Uuid>>, SqlError> {
        let shown = splits::store::ticket_of_answer(*self.tx.borrow_mut(), Uuid::from_bytes(letter))?;
        self.found(shown.unwrap_or(Uuid::from_bytes(id)))
    }

    fn is_part(&self, part: Uuid, whole: Uuid) -> Result<bool, SqlError> {
        let mut borrowed = self.tx.borrow_mut();
        let tx: &mut Tx<'_> = &mut borrowed;
        let written_in = splits::store::written_in(tx, part)?;
        Ok(part != whole && merges::store::leads_to(tx, written_in)? == whole)
    }

    fn takes_part(&self, ticket: Uuid, sender: &EmailAddress) -> Result<bool, SqlError> {
        let mut borrowed = self.tx.borrow_mut();
        let tx: &mut Tx<'_> = &mut borrowed;
        let Some(ticket) = tickets::store::find(tx, ticket)? else { return Ok(false) };
        let hash = self.mailroom.hash_of(sender);
        Ok(match ticket.owner {
            Subject::Customer(customer) => {
                let contact = customers::contact_with_email(tx, &hash)?;
                contact.is_some_and(|(_, customers)| customers.contains(&customer))
            }
            Subject::Person(person) => persons::active_with_email(tx, &hash)? == Some(person),
            Subject::Subscriber(writer) => store::writer_with(tx, &hash)? == Some(writer),
            _ => false,
        })
    }

    /// Staff have no mail address that the program knows.
    fn is_agent(&self, _: &EmailAddress) -> Result<bool, SqlError> {
        Ok(false)
    }

    fn is_ours(&self, domain: &DomainName) -> bool {
        self.mailroom.is_ours(domain)
    }
}

/// The word under which a way is stored.
pub(super) const fn way_word(way: Way) -> &'static str {
    match way {
        Way::SignedId => "signed_id",
        Way::Token => "token",
        Way::Number => "number",
        Way::Reference => "reference",
    }
}

/// The word under which a reason is stored.
pub(super) const fn because_word(because: Because) -> &'static str {
    match because {
        Because::Fresh => "fresh",
        Because::NoSender => "no_sender",
        Because::Forged(_) => "forged",
        Because::Stranger(_) => "stranger",
        Because::FailedProof => "failed_proof",
        Because::UnprovenAgent => "unproven_agent",
        Because::ClosedLongAgo(_) => "closed_long_ago",
    }
}
