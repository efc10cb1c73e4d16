//! A letter is taken: it stands in a ticket before the mail server says so.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use mailkeep_identity::{customers, persons};
use mailkeep_policy::outbound::{MessageClass, Notice};
use mailkeep_policy::{LookupKind, Personal, Subject, category};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, EmailAddress, PersonId, SubscriberId, new_uuid};
use serde_json::json;
use uuid::Uuid;

use super::colleague::Acts;
use super::place::{Tables, because_word, way_word};
use super::records::{email_place, id_place, raw_place};
use super::{Department, Incoming, Mailroom, owner, store};
use crate::cases::{Arriving, intake};
use crate::followers;
use crate::letters::Letter;
use crate::letters::duplicates::fingerprint;
use crate::letters::loops::{Exchange, WINDOW_HOURS, may_answer};
use crate::letters::machine::{Sign, sign_of_machine};
use crate::letters::marks::Mark;
use crate::letters::thread::{Arrival, Authenticity, Place, Rules, place};
use crate::merges;
use crate::rules::{self, Coming, When};
use crate::service_levels::Priority;
use crate::tickets::{
    EntryKind, Hand, LONGEST, LONGEST_TITLE, Move, NewTicket, Opening, Ticket, TicketError, TicketState,
};

/// The message that says that a letter arrived.
const RECEIVED: &str = "helpdesk/ticket_received";

/// Larger letters are read on a thread of their own.
const LARGE: usize = 256 * 1024;

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It began this ticket.
    Began(Uuid),
    /// It went on with this ticket.
    WentOn(Uuid),
    /// It came before; this is its ticket.
    Before(Uuid),
}

/// A letter that is read, before anything is asked about it.
pub(super) struct Arrived<'a> {
    department: &'a Department,
    pub(super) incoming: &'a Incoming<'a>,
    pub(super) letter: Arc<Letter>,
    pub(super) fingerprint: [u8; 32],
    sign: Option<Sign>,
    /// The address in From, else the sender of the envelope; and its hash.
    from: Option<EmailAddress>,
    hash: Option<[u8; 32]>,
    /// Its files are not offered: the scanner found something.
    harmful: bool,
}

/// What the tables know about a letter.
enum Known {
    Copy(Uuid),
    /// A member of staff acts by it.
    Staff(Acts),
    New(Box<Standing>),
}

#[derive(Clone)]
struct Standing {
    place: Place<Uuid>,
    /// The ticket whose letter could not be delivered.
    bounced: Option<Ticket>,
    contact: Option<(PersonId, Vec<CustomerId>)>,
    /// The person with this address, whether they act for a customer or not.
    account: Option<PersonId>,
    writer: Option<SubscriberId>,
    within: Option<Ticket>,
    exchange: Exchange,
}

/// As whom a letter is taken.
#[derive(Clone, Copy)]
struct As {
    owner: Subject,
    hand: Hand,
    /// A writer who is not written down yet.
    new: Option<SubscriberId>,
}

impl Mailroom {
    /// Takes a letter for a department. The caller says that it took it only when this ends well.
    ///
    /// # Errors
    /// When a database fails; nothing of the letter stands then, and it is to come again.
    pub async fn take(&self, department: &Department, incoming: Incoming<'_>) -> Result<Taken, TicketError> {
        let mut arrived = self.read(department, &incoming).await?;
        let standing = match self.know(&arrived).await? {
            Known::Copy(ticket) => return Ok(Taken::Before(ticket)),
            Known::Staff(acts) => return self.act(&arrived, acts).await,
            Known::New(standing) => *standing,
        };
        if !arrived.letter.files.is_empty() {
            arrived.harmful = self.inner.desk.is_harmful(incoming.raw).await?;
        }
        if let Some(ticket) = &standing.bounced {
            return self.note_bounce(&arrived, ticket).await;
        }
        let who = self.who(department, &standing, incoming.authenticity).await?;
        let taken = self.write_down(&arrived, standing, who).await;
        if let (Ok(Taken::Before(_)) | Err(TicketError::Changed), Some(writer)) = (&taken, who.new) {
            // Another letter of theirs was taken at the same moment, so nothing stands that was sealed for this one.
            self.policy().erase(owner(writer)).await?;
        }
        taken
    }

    async fn read<'a>(
        &self,
        department: &'a Department,
        incoming: &'a Incoming<'a>,
    ) -> Result<Arrived<'a>, TicketError> {
        let (sender, raw) = (incoming.sender.cloned(), incoming.raw.to_vec());
        let read = move || (Letter::read(&raw), fingerprint(&raw), sign_of_machine(&raw, sender.as_ref()));
        let (letter, fingerprint, sign) = if incoming.raw.len() > LARGE {
            let read = tokio::task::spawn_blocking(read).await;
            read.map_err(|error| TicketError::Failed(error.to_string()))?
        } else {
            read()
        };
        let copy = format!("copy {}", HEXLOWER.encode(&fingerprint));
        let from = letter.from.clone().or_else(|| incoming.sender.cloned());
        Ok(Arrived {
            department,
            incoming,
            letter: Arc::new(letter),
            fingerprint: self.policy().lookup_hash(LookupKind::Other, &copy),
            sign,
            hash: from.as_ref().map(|address| self.hash_of(address)),
            from,
            harmful: false,
        })
    }

    /// Finds out what the tables know.
    async fn know(&self, arrived: &Arrived<'_>) -> Result<Known, TicketError> {
        let (fingerprint, hash, sign) = (arrived.fingerprint, arrived.hash, arrived.sign);
        let (mailroom, letter) = (self.clone(), Arc::clone(&arrived.letter));
        let (recipient, authenticity) = (arrived.incoming.recipient.clone(), arrived.incoming.authenticity);
        self.inner
            .desk
            .read(move |tx| {
                if let Some(ticket) = store::ticket_of_copy(tx, &fingerprint)? {
                    return Ok(Known::Copy(ticket));
                }
                if let Some(hash) = &hash
                    && sign.is_none()
                    && authenticity == Authenticity::Proven
                    && let Some(acts) = mailroom.acts(tx, hash, &recipient)?
                {
                    return Ok(Known::Staff(acts));
                }
                let now = tx.now();
                let arrival = Arrival { recipient: &recipient, authenticity, at: now };
                let rules = Rules { reopen_days: mailroom.inner.reopen_days };
                let place = {
                    let tables = Tables { mailroom: &mailroom, tx: RefCell::new(&mut *tx) };
                    place(&letter, arrival, &mailroom.inner.keys, &tables, rules)?
                };
                let bounced =
                    match (sign, mailroom.inner.keys.read_address(&recipient, |d| mailroom.is_ours(d))) {
                        (Some(Sign::Report | Sign::NullSender), Mark::Ours(ticket)) => {
                            let ticket = merges::store::leads_to(tx, Uuid::from_bytes(ticket))?;
                            crate::tickets::store::find(tx, ticket)?
                        }
                        _ => None,
                    };
                let within = match place {
                    Place::Within { ticket, .. } => crate::tickets::store::find(tx, ticket)?,
                    Place::New { .. } => None,
                };
                let since = now.minus(Duration::from_secs(u64::from(WINDOW_HOURS) * 3600));
                let mut exchange = match &hash {
                    Some(hash) => store::exchange(tx, hash, since)?,
                    None => Exchange::default(),
                };
                exchange.received += 1;
                let contact = match &hash {
                    Some(hash) => customers::contact_with_email(tx, hash)?,
                    None => None,
                };
                let account = match &hash {
                    Some(hash) => persons::active_with_email(tx, hash)?,
                    None => None,
                };
                let writer = match &hash {
                    Some(hash) => store::writer_with(tx, hash)?,
                    None => None,
                };
                Ok(Known::New(Box::new(Standing {
                    place,
                    bounced,
                    contact,
                    account,
                    writer,
                    within,
                    exchange,
                })))
            })
            .await
    }

    /// As whom the letter is taken: the contact only when the address is proven and it is clear for which customer they write.
    async fn who(
        &self,
        department: &Department,
        standing: &Standing,
        authenticity: Authenticity,
    ) -> Result<As, TicketError> {
        if let Some(ticket) = &standing.within {
            let hand = match (ticket.owner, &standing.contact) {
                (Subject::Subscriber(writer), _) => Hand::Writer(writer),
                (Subject::Person(person), _) => Hand::Person(person),
                (_, Some((person, _))) => Hand::Person(*person),
                _ => return Err(TicketError::State("a letter of nobody within a ticket")),
            };
            return Ok(As { owner: ticket.owner, hand, new: None });
        }
        let proven = authenticity == Authenticity::Proven;
        // What somebody asks about themselves is no matter of their colleagues.
        if let Some(person) = standing.account
            && department.is_privacy()
            && proven
        {
            return Ok(As { owner: Subject::person(person), hand: Hand::Person(person), new: None });
        }
        if let Some((person, customers)) = &standing.contact
            && let [customer] = customers[..]
            && proven
        {
            return Ok(As { owner: Subject::customer(customer), hand: Hand::Person(*person), new: None });
        }
        let writer = match standing.writer {
            Some(writer) => writer,
            None => SubscriberId::new(&**self.policy().clock()),
        };
        self.policy().create_key(owner(writer)).await?;
        let new = standing.writer.is_none().then_some(writer);
        Ok(As { owner: owner(writer), hand: Hand::Writer(writer), new })
    }

    async fn write_down(
        &self,
        arrived: &Arrived<'_>,
        standing: Standing,
        who: As,
    ) -> Result<Taken, TicketError> {
        let Arrived { department, letter, from, hash, sign, fingerprint, .. } = arrived;
        let (desk, hash, sign, fingerprint) = (&self.inner.desk, *hash, *sign, *fingerprint);
        let entry = new_uuid(&**self.policy().clock());
        let words = words_of(letter);
        let (because, related, reopens) = match standing.place {
            Place::Within { way, reopens, .. } => (way_word(way), None, reopens),
            Place::New { because, related } => (because_word(because), related, false),
        };
        let email = match (who.new, from) {
            (Some(writer), Some(address)) => {
                let address: Personal<_, category::Contact> = Personal::new(address.clone());
                Some(self.policy().seal(owner(writer), email_place(writer), &address)?.into_bytes())
            }
            _ => None,
        };
        let answers = matches!(standing.place, Place::New { .. })
            && from.is_some()
            && arrived.incoming.authenticity != Authenticity::Failed
            && may_answer(sign, standing.exchange);
        let opening = match &standing.within {
            Some(_) => None,
            None => {
                let machine = sign.is_some_and(|sign| !sign.is_weak());
                let new = NewTicket {
                    owner: who.owner,
                    department: department.name.clone(),
                    subject: title_of(letter),
                    words: words.clone(),
                    priority: if machine { Priority::Low } else { Priority::Normal },
                    about: None,
                };
                Some(desk.seal_opening(&new, entry)?)
            }
        };
        let within = standing.within.as_ref().map(|ticket| ticket.id);
        let ticket = opening.as_ref().map(|opening: &Opening| opening.id()).or(within);
        let ticket = ticket.ok_or(TicketError::NotFound)?;
        let written = match within {
            Some(_) => Some(desk.seal_words(who.owner, entry, words)?),
            None => None,
        };
        let row = Row { owner: who.owner, ticket, entry, because, related, answers };
        let row = self.letter_row(arrived, hash, row)?;
        let (outbound, hours) = (self.policy().outbound(), desk.hours().clone());
        let (plans, title) = (desk.plans(), title_of(letter));
        let arriving = department.is_privacy().then(|| {
            let person = match who.hand {
                Hand::Person(person) => Some(person),
                _ => standing.account,
            };
            (Arriving::of(letter, person), self.follow_token(ticket))
        });
        let to = match who.hand {
            Hand::Person(person) => Subject::person(person),
            _ => who.owner,
        };
        desk.write(move |tx| {
            if let Some(ticket) = store::ticket_of_copy(tx, &fingerprint)? {
                return Ok(Taken::Before(ticket));
            }
            if let Hand::Writer(writer) = who.hand
                && !store::set_writer(tx, writer, email.as_deref(), who.new.and(hash.as_ref()))?
            {
                // Another letter of theirs was taken at the same moment: this one comes again.
                return Err(TicketError::Changed);
            }
            let taken = match (&opening, &written) {
                (Some(opening), _) => {
                    let mut ticket = opening.insert(tx, &hours, who.hand)?;
                    let arrived = Coming { when: When::Opened, subject: Some(&title), plans: plans.as_ref() };
                    rules::run(tx, &hours, &mut ticket, arrived)?;
                    match &arriving {
                        Some((arriving, token)) => {
                            let case = arriving.insert(tx, &ticket, hours.zone(), row.answered)?;
                            if row.answered && case.certain {
                                let path = intake::path(&ticket, token);
                                intake::say_received(tx, &outbound, &ticket, &case, hours.zone(), &path)?;
                            } else if row.answered {
                                say_received(tx, &outbound, &ticket, to, row.id)?;
                            }
                        }
                        None if row.answered => say_received(tx, &outbound, &ticket, to, row.id)?,
                        None => {}
                    }
                    Taken::Began(ticket.id)
                }
                (None, Some(written)) => {
                    let mut ticket =
                        crate::tickets::store::find(tx, row.ticket)?.ok_or(TicketError::NotFound)?;
                    let closed = reopens && ticket.state == TicketState::Closed;
                    let acts = if closed { &[Move::Reopen, Move::Write][..] } else { &[Move::Write][..] };
                    written.add(tx, &hours, &mut ticket, EntryKind::Customer, acts, who.hand)?;
                    followers::tell_all(tx, &outbound, &ticket)?;
                    let arrived = Coming { when: When::Written, subject: None, plans: plans.as_ref() };
                    rules::run(tx, &hours, &mut ticket, arrived)?;
                    Taken::WentOn(ticket.id)
                }
                (None, None) => return Err(TicketError::NotFound),
            };
            store::add_letter(tx, &row)?;
            Ok(taken)
        })
        .await
    }

    /// A report that a letter of ours did not arrive is a note in its ticket.
    async fn note_bounce(&self, arrived: &Arrived<'_>, ticket: &Ticket) -> Result<Taken, TicketError> {
        let (desk, fingerprint) = (&self.inner.desk, arrived.fingerprint);
        let entry = new_uuid(&**self.policy().clock());
        let written = desk.seal_words(ticket.owner, entry, words_of(&arrived.letter))?;
        let row = Row {
            owner: ticket.owner,
            ticket: ticket.id,
            entry,
            because: "bounce",
            related: None,
            answers: false,
        };
        // It is a report of a machine, and counts for nobody.
        let row = self.letter_row(arrived, None, row)?;
        let hours = desk.hours().clone();
        desk.write(move |tx| {
            if let Some(ticket) = store::ticket_of_copy(tx, &fingerprint)? {
                return Ok(Taken::Before(ticket));
            }
            let mut ticket = crate::tickets::store::find(tx, row.ticket)?.ok_or(TicketError::NotFound)?;
            written.add(tx, &hours, &mut ticket, EntryKind::Note, &[], Hand::Program)?;
            store::add_letter(tx, &row)?;
            Ok(Taken::WentOn(ticket.id))
        })
        .await
    }

    fn letter_row(
        &self,
        arrived: &Arrived<'_>,
        sender: Option<[u8; 32]>,
        row: Row,
    ) -> Result<store::LetterRow, TicketError> {
        let (Arrived { incoming, letter, .. }, desk) = (arrived, &self.inner.desk);
        let id = new_uuid(&**self.policy().clock());
        let raw: Personal<_, category::Ticket> = Personal::new(incoming.raw.to_vec());
        let raw = self.policy().seal(row.owner, raw_place(id), &raw)?.into_bytes();
        let message_id = match &letter.message_id {
            Some(message_id) => {
                let value: Personal<_, category::Ticket> = Personal::new(message_id.clone());
                Some(self.policy().seal(row.owner, id_place(id), &value)?.into_bytes())
            }
            None => None,
        };
        Ok(store::LetterRow {
            id,
            ticket: row.ticket,
            entry: row.entry,
            fingerprint: arrived.fingerprint,
            sender,
            message: letter.message_id.as_deref().map(|id| self.hash_of_id(id)),
            message_id,
            raw,
            size: i64::try_from(incoming.raw.len()).unwrap_or(i64::MAX),
            authenticity: match incoming.authenticity {
                Authenticity::Proven => "proven",
                Authenticity::Unknown => "unknown",
                Authenticity::Failed => "failed",
            },
            because: row.because,
            sign: arrived.sign.map(sign_word),
            related: row.related,
            answered: row.answers,
            files: desk.seal_letter_files(row.owner, id, &letter.files, arrived.harmful)?,
        })
    }
}

/// What of a row is not in the letter.
struct Row {
    owner: Subject,
    ticket: Uuid,
    entry: Uuid,
    because: &'static str,
    related: Option<Uuid>,
    answers: bool,
}

/// Says that the letter arrived, in the transaction that took it.
fn say_received(
    tx: &mut Tx<'_>,
    outbound: &mailkeep_policy::outbound::Outbound,
    ticket: &Ticket,
    to: Subject,
    letter: Uuid,
) -> Result<(), TicketError> {
    let mut context = json!({
        "number": ticket.number,
        "ticket": ticket.id,
        "department": ticket.department,
    });
    if let (Some(path), Some(context)) = (ticket.path(), context.as_object_mut()) {
        context.insert("path".to_owned(), json!(path));
    }
    let notice = Notice {
        class: MessageClass::Account,
        template: RECEIVED,
        subject: to,
        topic: None,
        to: None,
        unique_key: format!("{RECEIVED}:{letter}"),
        context,
    };
    outbound.send(tx, &notice)?;
    Ok(())
}

/// The text of an entry: the letter's, as far as an entry has room. The whole letter is kept beside it.
fn words_of(letter: &Letter) -> String {
    let text: String =
        letter.text.trim().chars().filter(|c| !matches!(c, '\0' | '\r')).take(LONGEST).collect();
    if text.is_empty() { "—".to_owned() } else { text }
}

fn title_of(letter: &Letter) -> String {
    let title: String =
        letter.subject.trim().chars().filter(|c| !c.is_control()).take(LONGEST_TITLE).collect();
    if title.is_empty() { "—".to_owned() } else { title }
}

const fn sign_word(sign: Sign) -> &'static str {
    match sign {
        Sign::AutoSubmitted => "auto_submitted",
        Sign::Report => "report",
        Sign::NullSender => "null_sender",
        Sign::Field => "field",
        Sign::AsksForSilence => "asks_for_silence",
        Sign::List => "list",
        Sign::SenderName => "sender_name",
        Sign::Subject => "subject",
    }
}
