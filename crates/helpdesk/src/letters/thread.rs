//! Where a letter belongs: to which ticket, or to a new one, and why.
//!
//! Four ways lead to a ticket, the surest first: our signed Message-ID, the token in the address, the number in the subject, the
//! Message-ID of any letter that the ticket has seen. None of them is enough: the sender must take part in the ticket, and must not
//! have failed the proof of their address. Whoever got one of our letters from somebody else, or made up a mark, gets a new ticket,
//! in which staff see what it claimed to belong to; the sender learns nothing of it.

use std::time::Duration;

use mailkeep_types::{DomainName, EmailAddress, Timestamp};

use super::Letter;
use super::marks::{Mark, MarkKeys, TicketBytes, letter_of};

/// So many numbers in one subject are looked up.
const MAX_NUMBERS: usize = 4;

/// What the mail server found out about the address in From, by DMARC (RFC 7489) or by a DKIM signature of its very domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authenticity {
    /// The domain of the address says that the letter is its own.
    Proven,
    /// The domain says nothing.
    Unknown,
    /// The domain says that the letter is not its own.
    Failed,
}

/// How the letter came in.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// To whom it was delivered: the recipient of the envelope.
    pub recipient: &'a EmailAddress,
    /// What is known about its sender.
    pub authenticity: Authenticity,
    /// When it came.
    pub at: Timestamp,
}

/// What the rules leave to the operator.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// For so many days after its end an answer opens a ticket again; later it begins a new one.
    pub reopen_days: u32,
}

/// A ticket that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<T> {
    /// The ticket; where one was merged into another, the other.
    pub ticket: T,
    /// Since when it is closed.
    pub closed_at: Option<Timestamp>,
}

/// What the desk knows, as the caller looks it up.
pub trait Tickets {
    /// A ticket's identifier.
    type Ticket: Copy + Eq;
    /// Why it cannot be looked up now.
    type Error;

    /// The ticket with this identifier.
    fn by_id(&self, id: TicketBytes) -> Result<Option<Found<Self::Ticket>>, Self::Error>;
    /// The ticket with this number, which is in upper case.
    fn by_number(&self, number: &str) -> Result<Option<Found<Self::Ticket>>, Self::Error>;
    /// The ticket that has seen a letter with this Message-ID, whoever wrote it.
    fn by_letter(&self, message_id: &str) -> Result<Option<Found<Self::Ticket>>, Self::Error>;
    /// The ticket in which the answer is shown that went out in a letter of ours, which bears this signed Message-ID.
    fn by_answer(
        &self,
        id: TicketBytes,
        _letter: [u8; 16],
    ) -> Result<Option<Found<Self::Ticket>>, Self::Error> {
        self.by_id(id)
    }
    /// Whether a ticket was split from another.
    fn is_part(&self, _part: Self::Ticket, _whole: Self::Ticket) -> Result<bool, Self::Error> {
        Ok(false)
    }
    /// Whether an address is that of somebody who takes part: who opened the ticket, its followers, the customer's contacts.
    fn takes_part(&self, ticket: Self::Ticket, sender: &EmailAddress) -> Result<bool, Self::Error>;
    /// Whether an address is that of a member of staff who answers tickets.
    fn is_agent(&self, sender: &EmailAddress) -> Result<bool, Self::Error>;
    /// Whether letters of the desk bear this domain.
    fn is_ours(&self, domain: &DomainName) -> bool;
}

/// By which way a ticket was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// The signed Message-ID of a letter of ours.
    SignedId,
    /// The signed token in the address.
    Token,
    /// The number in the subject.
    Number,
    /// The Message-ID of another letter in the ticket.
    Reference,
}

/// As whom the sender acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// As the person whom the ticket is about, or one who takes part.
    Participant,
    /// As a member of staff.
    Agent,
}

/// Why a letter begins a new ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It refers to nothing that we know.
    Fresh,
    /// It has no sender, or more than one.
    NoSender,
    /// It bears a mark that looks like ours and is not.
    Forged(Way),
    /// Its sender takes no part in the ticket: it was passed on, or its number was guessed.
    Stranger(Way),
    /// The domain of its sender says that the letter is not its own.
    FailedProof,
    /// It bears the address of a member of staff, and nothing proves that it is theirs.
    UnprovenAgent,
    /// Its ticket was closed too long ago.
    ClosedLongAgo(Way),
}

/// Where a letter belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<T> {
    /// To a ticket that is there.
    Within {
        /// Which.
        ticket: T,
        /// How it was found.
        way: Way,
        /// As whom the sender acts.
        author: Author,
        /// Whether it opens the ticket again.
        reopens: bool,
    },
    /// To a new ticket.
    New {
        /// Why.
        because: Because,
        /// The ticket to which it claimed to belong, or whose sequel it is: a link for staff.
        related: Option<T>,
    },
}

/// Finds out where a letter belongs.
pub fn place<T: Tickets>(
    letter: &Letter,
    arrival: Arrival<'_>,
    keys: &MarkKeys,
    tickets: &T,
    rules: Rules,
) -> Result<Place<T::Ticket>, T::Error> {
    let claims = claims(letter, arrival, keys, tickets)?;
    let claimed = claims.found.first().map(|(_, found)| found.ticket);
    let new = |because| Ok(Place::New { because, related: claimed });
    let Some(sender) = &letter.from else { return new(Because::NoSender) };
    if arrival.authenticity == Authenticity::Failed {
        return new(Because::FailedProof);
    }
    let agent = tickets.is_agent(sender)?;
    if agent && arrival.authenticity != Authenticity::Proven {
        return new(Because::UnprovenAgent);
    }
    if let Some(way) = claims.forged {
        return new(Because::Forged(way));
    }
    let mut refused = None;
    for (way, found) in claims.found {
        let author = if agent {
            Author::Agent
        } else if tickets.takes_part(found.ticket, sender)? {
            Author::Participant
        } else {
            refused.get_or_insert((Because::Stranger(way), found.ticket));
            continue;
        };
        if found.closed_at.is_some_and(|closed| is_long_ago(closed, arrival.at, rules)) {
            refused.get_or_insert((Because::ClosedLongAgo(way), found.ticket));
            continue;
        }
        return Ok(Place::Within { ticket: found.ticket, way, author, reopens: found.closed_at.is_some() });
    }
    Ok(match refused {
        Some((because, ticket)) => Place::New { because, related: Some(ticket) },
        None => Place::New { because: Because::Fresh, related: None },
    })
}

fn is_long_ago(closed: Timestamp, now: Timestamp, rules: Rules) -> bool {
    now > closed.plus(Duration::from_secs(u64::from(rules.reopen_days) * 24 * 60 * 60))
}

/// The tickets to which a letter claims to belong, by the surest way first.
struct Claims<T> {
    found: Vec<(Way, Found<T>)>,
    /// A mark that looks like ours and is not, where no other mark is right. Weaker ways are not believed then.
    forged: Option<Way>,
}

fn claims<T: Tickets>(
    letter: &Letter,
    arrival: Arrival<'_>,
    keys: &MarkKeys,
    tickets: &T,
) -> Result<Claims<T::Ticket>, T::Error> {
    let mut claims = Claims { found: Vec::new(), forged: None };
    let ours = |domain: &DomainName| tickets.is_ours(domain);
    let ids = letter.answers.iter().map(|id| (Way::SignedId, keys.read_message_id(id, ours), letter_of(id)));
    let addresses = std::iter::once(arrival.recipient).chain(&letter.to);
    let tokens = addresses.map(|address| (Way::Token, keys.read_address(address, ours), None));
    let mut right = false;
    for (way, mark, answered) in ids.chain(tokens) {
        match mark {
            Mark::Ours(id) => {
                right = true;
                let found = match answered {
                    Some(answered) => tickets.by_answer(id, answered)?,
                    None => tickets.by_id(id)?,
                };
                claims.found.extend(found.map(|found| (way, found)));
            }
            Mark::Forged => claims.forged = claims.forged.or(Some(way)),
            Mark::Foreign => {}
        }
    }
    if right {
        claims.forged = None;
    }
    for number in numbers_in(&letter.subject) {
        claims.found.extend(tickets.by_number(&number)?.map(|found| (Way::Number, found)));
    }
    let mut nearest = None;
    for id in &letter.answers {
        let found = tickets.by_letter(id)?.map(|found| (Way::Reference, found));
        nearest = nearest.or(found);
        claims.found.extend(found);
    }
    // A token and a number name a ticket, and what is answered may have been moved out of it.
    if let (Some((Way::Token | Way::Number, whole)), Some(part)) = (claims.found.first(), nearest)
        && tickets.is_part(part.1.ticket, whole.ticket)?
    {
        claims.found.insert(0, part);
    }
    Ok(claims)
}

/// The numbers of tickets in a subject, in upper case: `T-` and twice four letters or digits.
pub fn numbers_in(subject: &str) -> Vec<String> {
    let words = subject.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let numbers = words.filter(|word| {
        let mut parts = word.split('-');
        let four = |part: Option<&str>| part.is_some_and(|part| part.len() == 4);
        parts.next().is_some_and(|first| first.eq_ignore_ascii_case("t"))
            && four(parts.next())
            && four(parts.next())
            && parts.next().is_none()
    });
    numbers.take(MAX_NUMBERS).map(str::to_ascii_uppercase).collect()
}
