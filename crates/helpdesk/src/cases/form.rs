//! A case begins with the form on the site, which is as good as a letter.

use mailkeep_policy::{Personal, Subject, category};
use mailkeep_types::{EmailAddress, PersonId, SubscriberId, new_uuid};

use super::intake::{Arriving, path, say_received};
use super::{CaseKind, store};
use crate::mailroom::records::email_place;
use crate::mailroom::{self, Mailroom};
use crate::service_levels::Priority;
use crate::tickets::{Hand, NewTicket, PRIVACY, Ticket, TicketError};

/// So many cases of one asker are open at a time: a guard against a script.
pub const MOST_OPEN: i64 = 5;

/// Who fills the form in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    /// A person who is signed in.
    Person(PersonId),
    /// Somebody who gives an address. That it is theirs nobody knows yet.
    Address(EmailAddress),
}

/// The form.
#[derive(Debug, Clone)]
pub struct Asking {
    /// What is asked.
    pub kind: CaseKind,
    /// What the case is called.
    pub title: String,
    /// The words.
    pub words: String,
}

/// How often a visitor's network may ask within an hour.
const ASKS_PER_HOUR: u32 = 10;

impl Mailroom {
    /// Counts what a visitor's network asks for: against a form that is sent by a machine, to addresses of others.
    fn admit(&self, network: Option<&str>) -> Result<(), TicketError> {
        let Some(network) = network else { return Ok(()) };
        let few = self.asked().admit(self.policy(), network, ASKS_PER_HOUR);
        if few { Ok(()) } else { Err(TicketError::TooMany) }
    }

    /// Opens a case. Whoever asks hears of it at their address. `network`: from where a visitor asks.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `words`; [`TicketError::State`] when too many of theirs are open; [`TicketError::TooMany`] when
    /// their network asks too often.
    pub async fn ask_privacy_desk(
        &self,
        asker: Asker,
        asking: Asking,
        network: Option<&str>,
    ) -> Result<Ticket, TicketError> {
        if matches!(asker, Asker::Address(_)) {
            self.admit(network)?;
        }
        let (owner, hand, person, new) = match asker {
            Asker::Person(person) => {
                (Subject::person(person), Hand::Person(person), Some((person, true)), None)
            }
            Asker::Address(address) => {
                let hash = self.hash_of(&address);
                let known = self.desk().read(move |tx| Ok(mailroom::store::writer_with(tx, &hash)?)).await?;
                let writer = known.unwrap_or_else(|| SubscriberId::new(&**self.policy().clock()));
                let owner = Subject::subscriber(writer);
                self.policy().create_key(owner).await?;
                let address: Personal<_, category::Contact> = Personal::new(address);
                let sealed = self.policy().seal(owner, email_place(writer), &address)?.into_bytes();
                (owner, Hand::Writer(writer), None, Some((writer, sealed, hash)))
            }
        };
        let arriving = Arriving { kind: Some(asking.kind), hint: Some(asking.kind), certain: true, person };
        let ticket = NewTicket {
            owner,
            department: PRIVACY.to_owned(),
            subject: asking.title,
            words: asking.words,
            priority: Priority::Normal,
            about: None,
        };
        let opening = self.desk().seal_opening(&ticket, new_uuid(&**self.policy().clock()))?;
        let (hours, outbound) = (self.desk().hours().clone(), self.policy().outbound());
        let token = self.follow_token(opening.id());
        self.desk()
            .write(move |tx| {
                if let Some((writer, sealed, hash)) = &new
                    && !mailroom::store::set_writer(tx, *writer, Some(sealed), Some(hash))?
                {
                    // A letter of theirs was taken at the same moment.
                    return Err(TicketError::Changed);
                }
                if store::open_of(tx, owner)? >= MOST_OPEN {
                    return Err(TicketError::State("several cases of yours are open; answer in one of them"));
                }
                let ticket = opening.insert(tx, &hours, hand)?;
                let case = arriving.insert(tx, &ticket, hours.zone(), true)?;
                say_received(tx, &outbound, &ticket, &case, hours.zone(), &path(&ticket, &token))?;
                Ok(ticket)
            })
            .await
    }
}
