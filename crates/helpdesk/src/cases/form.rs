//! A case begins with the form on the site, which is as good as a letter.

use std::collections::HashMap;
use std::time::Duration;

use mailkeep_policy::{LookupKind, Personal, Subject, category};
use mailkeep_types::{EmailAddress, PersonId, SubscriberId, Timestamp, new_uuid};

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

/// How many cases came from a network, and since when.
pub(crate) type Asked = HashMap<[u8; 32], (u32, Timestamp)>;

/// How often a visitor's network may ask within an hour.
const ASKS_PER_HOUR: u32 = 10;
const HOUR: Duration = Duration::from_secs(3600);
/// So many networks are counted before those of an hour ago are forgotten.
const NETWORKS: usize = 10_000;

impl Mailroom {
    /// Counts what a visitor's network asks for, on this node and in memory: against a form that is sent by a machine, to
    /// addresses of others.
    fn admit(&self, network: Option<&str>) -> Result<(), TicketError> {
        let Some(network) = network else { return Ok(()) };
        let key = self.policy().lookup_hash(LookupKind::Network, network);
        let now = self.policy().clock().now();
        let mut asked = self.asked().lock();
        if asked.len() >= NETWORKS {
            asked.retain(|_, (_, since)| now.since(*since) < HOUR);
        }
        let counted = asked.entry(key).or_insert((0, now));
        if now.since(counted.1) >= HOUR {
            *counted = (0, now);
        }
        counted.0 += 1;
        if counted.0 <= ASKS_PER_HOUR { Ok(()) } else { Err(TicketError::TooMany) }
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
