//! Issue 5: what attackers try, and what people do, land as specified.

use std::convert::Infallible;

use mailkeep_types::{DomainName, EmailAddress, Timestamp};
use proptest::prelude::*;

use super::Letter;
use super::marks::{Mark, MarkKeys, TicketBytes};
use super::thread::*;

const OPEN: TicketBytes = [1; 16];
const CLOSED: TicketBytes = [2; 16];
const LONG_CLOSED: TicketBytes = [3; 16];
const OF_ANOTHER: TicketBytes = [4; 16];
const DAY: i64 = 24 * 60 * 60 * 1_000_000;
const NOW: Timestamp = Timestamp::from_micros(1_000 * DAY);
const RULES: Rules = Rules { reopen_days: 14 };

fn keys() -> MarkKeys {
    MarkKeys::new([7; 32], Some([6; 32]))
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn ours() -> DomainName {
    DomainName::parse("host.example").unwrap()
}

fn is_ours(domain: &DomainName) -> bool {
    *domain == ours()
}

/// A desk with an open ticket of Ann, two closed ones, and one of Bob.
struct Desk;

impl Tickets for Desk {
    type Ticket = u8;
    type Error = Infallible;

    fn by_id(&self, id: TicketBytes) -> Result<Option<Found<u8>>, Infallible> {
        let closed_at = match id {
            CLOSED => Some(Timestamp::from_micros(NOW.as_micros() - 14 * DAY)),
            LONG_CLOSED => Some(Timestamp::from_micros(NOW.as_micros() - 14 * DAY - 1)),
            OPEN | OF_ANOTHER => None,
            _ => return Ok(None),
        };
        Ok(Some(Found { ticket: id[0], closed_at }))
    }

    fn by_number(&self, number: &str) -> Result<Option<Found<u8>>, Infallible> {
        match number {
            "T-AAAA-1111" => self.by_id(OPEN),
            "T-AAAA-2222" => self.by_id(CLOSED),
            "T-AAAA-4444" => self.by_id(OF_ANOTHER),
            _ => Ok(None),
        }
    }

    fn by_letter(&self, message_id: &str) -> Result<Option<Found<u8>>, Infallible> {
        match message_id {
            "first@sample.example" | "relay-7@relay.example" => self.by_id(OPEN),
            "bobs@sample.example" => self.by_id(OF_ANOTHER),
            _ => Ok(None),
        }
    }

    fn takes_part(&self, ticket: u8, sender: &EmailAddress) -> Result<bool, Infallible> {
        let who = if ticket == OF_ANOTHER[0] { "bob@sample.example" } else { "ann@sample.example" };
        Ok(sender.canonical() == who)
    }

    fn is_agent(&self, sender: &EmailAddress) -> Result<bool, Infallible> {
        Ok(sender.canonical() == "agent@host.example")
    }

    fn is_ours(&self, domain: &DomainName) -> bool {
        is_ours(domain)
    }
}

fn place_of(fields: &str, recipient: &EmailAddress, authenticity: Authenticity) -> Place<u8> {
    let letter = Letter::read(format!("{fields}\r\n\r\nHello\r\n").as_bytes());
    let Ok(place) = place(&letter, Arrival { recipient, authenticity, at: NOW }, &keys(), &Desk, RULES);
    place
}

fn within(ticket: TicketBytes, way: Way) -> Place<u8> {
    Place::Within { ticket: ticket[0], way, author: Author::Participant, reopens: ticket == CLOSED }
}

fn new(because: Because, related: Option<TicketBytes>) -> Place<u8> {
    Place::New { because, related: related.map(|ticket| ticket[0]) }
}

/// Changes one letter of the signed part.
fn forged(mark: &str) -> String {
    let at = mark.find(['@']).unwrap() - 5;
    let other = if mark.as_bytes()[at] == b'a' { "b" } else { "a" };
    format!("{}{other}{}", &mark[..at], &mark[at + 1..])
}

#[test]
fn every_way_and_every_attack_lands_as_specified() {
    use Authenticity::{Failed, Proven, Unknown};
    let keys = keys();
    let id = |ticket| keys.message_id(ticket, [9; 16], &ours());
    let old = MarkKeys::new([6; 32], None).message_id(OPEN, [9; 16], &ours());
    let gone = MarkKeys::new([5; 32], None).message_id(OPEN, [9; 16], &ours());
    let elsewhere =
        MarkKeys::new([5; 32], None).message_id(OPEN, [9; 16], &DomainName::parse("other.example").unwrap());
    let token = |ticket| keys.reply_address(&address("support@host.example"), ticket).unwrap().to_string();
    let (open, mine, bobs) = (id(OPEN), token(OPEN), id(OF_ANOTHER));
    let plain = "support@host.example".to_owned();
    let forged_token = forged(&mine);
    let ann = "From: Ann <ann@sample.example>\r\n";
    let eve = "From: Eve <eve@evil.example>\r\n";
    let agent = "From: agent@host.example\r\n";
    let table: Vec<(&str, String, &String, Authenticity, Place<u8>)> = vec![
        ("a first letter", format!("{ann}Subject: Hello"), &plain, Unknown, new(Because::Fresh, None)),
        ("an answer", format!("{ann}In-Reply-To: <{open}>"), &plain, Unknown, within(OPEN, Way::SignedId)),
        (
            "in a long thread",
            format!("{ann}References: <{open}>\r\n <x@y.example>"),
            &plain,
            Unknown,
            within(OPEN, Way::SignedId),
        ),
        (
            "under the key before",
            format!("{ann}In-Reply-To: <{old}>"),
            &plain,
            Unknown,
            within(OPEN, Way::SignedId),
        ),
        (
            "in capitals",
            format!("{ann}In-Reply-To: <{}>", open.to_uppercase()),
            &plain,
            Unknown,
            within(OPEN, Way::SignedId),
        ),
        (
            "a rewritten Message-ID, the address kept",
            format!("{ann}In-Reply-To: <new@relay.example>"),
            &mine,
            Unknown,
            within(OPEN, Way::Token),
        ),
        (
            "a rewritten Message-ID, the number kept",
            format!("{ann}In-Reply-To: <new@relay.example>\r\nSubject: Re: [T-AAAA-1111] x"),
            &plain,
            Unknown,
            within(OPEN, Way::Number),
        ),
        (
            "a rewritten Message-ID that the ticket has seen",
            format!("{ann}References: <relay-7@relay.example>"),
            &plain,
            Unknown,
            within(OPEN, Way::Reference),
        ),
        (
            "the number alone",
            format!("{ann}Subject: about t-aaaa-1111"),
            &plain,
            Unknown,
            within(OPEN, Way::Number),
        ),
        (
            "their own first letter again",
            format!("{ann}References: <first@sample.example>"),
            &plain,
            Unknown,
            within(OPEN, Way::Reference),
        ),
        ("the token in To only", format!("{ann}To: <{mine}>"), &plain, Unknown, within(OPEN, Way::Token)),
        // Attacks.
        (
            "a forged Message-ID",
            format!("{ann}In-Reply-To: <{}>", forged(&open)),
            &plain,
            Unknown,
            new(Because::Forged(Way::SignedId), None),
        ),
        (
            "a forged one with the right number",
            format!("{ann}In-Reply-To: <{}>\r\nSubject: T-AAAA-1111", forged(&open)),
            &plain,
            Unknown,
            new(Because::Forged(Way::SignedId), Some(OPEN)),
        ),
        (
            "a forged one beside a right one",
            format!("{ann}References: <{}> <{open}>", forged(&open)),
            &plain,
            Unknown,
            within(OPEN, Way::SignedId),
        ),
        (
            "under a key that is gone",
            format!("{ann}In-Reply-To: <{gone}>"),
            &plain,
            Unknown,
            new(Because::Forged(Way::SignedId), None),
        ),
        (
            "of another desk of the same make",
            format!("{ann}In-Reply-To: <{elsewhere}>"),
            &plain,
            Unknown,
            new(Because::Fresh, None),
        ),
        (
            "a Message-ID put under another domain",
            format!("{ann}In-Reply-To: <{}>", open.replace("host.example", "evil.example")),
            &plain,
            Unknown,
            new(Because::Fresh, None),
        ),
        (
            "a forged token",
            ann.trim().to_owned(),
            &forged_token,
            Unknown,
            new(Because::Forged(Way::Token), None),
        ),
        (
            "a stranger with the right number",
            format!("{eve}Subject: T-AAAA-1111"),
            &plain,
            Proven,
            new(Because::Stranger(Way::Number), Some(OPEN)),
        ),
        (
            "a stranger with a right token",
            eve.trim().to_owned(),
            &mine,
            Proven,
            new(Because::Stranger(Way::Token), Some(OPEN)),
        ),
        (
            "our letter passed on and answered by another",
            format!("{eve}In-Reply-To: <{open}>\r\nSubject: Fwd: [T-AAAA-1111]"),
            &plain,
            Proven,
            new(Because::Stranger(Way::SignedId), Some(OPEN)),
        ),
        (
            "a stranger with a foreign identifier",
            format!("{eve}References: <first@sample.example>"),
            &plain,
            Proven,
            new(Because::Stranger(Way::Reference), Some(OPEN)),
        ),
        (
            "Ann with Bob's letter",
            format!("{ann}In-Reply-To: <{bobs}>"),
            &plain,
            Proven,
            new(Because::Stranger(Way::SignedId), Some(OF_ANOTHER)),
        ),
        (
            "Ann with Bob's number and her own letter",
            format!("{ann}In-Reply-To: <{open}>\r\nSubject: T-AAAA-4444"),
            &plain,
            Proven,
            within(OPEN, Way::SignedId),
        ),
        (
            "the customer passes our letter on to us",
            format!("{ann}Subject: Fwd: [T-AAAA-1111] x"),
            &plain,
            Proven,
            within(OPEN, Way::Number),
        ),
        (
            "a forged From with everything right",
            format!("{ann}In-Reply-To: <{open}>\r\nSubject: T-AAAA-1111"),
            &mine,
            Failed,
            new(Because::FailedProof, Some(OPEN)),
        ),
        (
            "two senders",
            format!("From: ann@sample.example, eve@evil.example\r\nIn-Reply-To: <{open}>"),
            &plain,
            Proven,
            new(Because::NoSender, Some(OPEN)),
        ),
        ("no sender", format!("In-Reply-To: <{open}>"), &plain, Unknown, new(Because::NoSender, Some(OPEN))),
        // Closed tickets.
        (
            "an answer within the days",
            format!("{ann}In-Reply-To: <{}>", id(CLOSED)),
            &plain,
            Unknown,
            within(CLOSED, Way::SignedId),
        ),
        (
            "an answer after them",
            format!("{ann}In-Reply-To: <{}>", id(LONG_CLOSED)),
            &plain,
            Unknown,
            new(Because::ClosedLongAgo(Way::SignedId), Some(LONG_CLOSED)),
        ),
        (
            "a stranger's answer to a closed one",
            format!("{eve}In-Reply-To: <{}>", id(CLOSED)),
            &plain,
            Proven,
            new(Because::Stranger(Way::SignedId), Some(CLOSED)),
        ),
        (
            "a ticket that is no more",
            format!("{ann}In-Reply-To: <{}>", id([5; 16])),
            &plain,
            Unknown,
            new(Because::Fresh, None),
        ),
        // Agents.
        (
            "an agent with proof",
            format!("{agent}In-Reply-To: <{open}>"),
            &plain,
            Proven,
            Place::Within { ticket: 1, way: Way::SignedId, author: Author::Agent, reopens: false },
        ),
        (
            "an agent without proof",
            format!("{agent}In-Reply-To: <{open}>"),
            &mine,
            Unknown,
            new(Because::UnprovenAgent, Some(OPEN)),
        ),
        (
            "an agent whose proof failed",
            format!("{agent}In-Reply-To: <{open}>"),
            &mine,
            Failed,
            new(Because::FailedProof, Some(OPEN)),
        ),
    ];
    for (what, fields, recipient, authenticity, expected) in table {
        assert_eq!(place_of(&fields, &address(recipient), authenticity), expected, "{what}");
    }
}

#[test]
fn marks_are_known_again_and_no_others() {
    let keys = keys();
    let id = keys.message_id(OPEN, [9; 16], &ours());
    assert_eq!(keys.read_message_id(&id, is_ours), Mark::Ours(OPEN));
    assert_ne!(id, keys.message_id(OPEN, [8; 16], &ours()), "each letter has its own");
    let reply = keys.reply_address(&address("support@host.example"), OPEN).unwrap();
    assert_eq!(keys.read_address(&reply, is_ours), Mark::Ours(OPEN));
    assert!(reply.local().len() <= 64);
    assert!(keys.reply_address(&address(&format!("{}@host.example", "a".repeat(30))), OPEN).is_none());
    // What people put behind a plus sign is theirs.
    for other in ["support@host.example", "support+sales@host.example", "a+b+c@host.example"] {
        assert_eq!(keys.read_address(&address(other), is_ours), Mark::Foreign);
    }
    assert_eq!(keys.read_message_id("desk.@host.example", is_ours), Mark::Forged);
    assert_eq!(keys.read_message_id("CAF1@host.example", is_ours), Mark::Foreign);
    // A token is no Message-ID, and the other way round.
    let token = reply.local().split_once('+').unwrap().1.to_owned();
    assert_eq!(keys.read_message_id(&format!("desk.{token}@host.example"), is_ours), Mark::Forged);
}

#[test]
fn numbers_are_found_in_subjects() {
    assert_eq!(numbers_in("Re: [T-7F3K-2Q9M] a question"), ["T-7F3K-2Q9M"]);
    assert_eq!(numbers_in("t-7f3k-2q9m, T-AAAA-BBBB"), ["T-7F3K-2Q9M", "T-AAAA-BBBB"]);
    for none in ["", "XT-7F3K-2Q9M", "T-7F3K-2Q9M-1", "T-7F3-2Q9M", "T7F3K2Q9M", "ÄT-7F3K"] {
        assert!(numbers_in(none).is_empty(), "{none}");
    }
    assert_eq!(numbers_in(&"T-AAAA-1111 ".repeat(1_000)).len(), 4);
}

proptest! {
    #[test]
    fn a_mark_with_any_other_letter_is_not_ours(at in 0usize..200, c in "[a-z2-7]") {
        let keys = keys();
        let id = keys.message_id(OPEN, [9; 16], &ours());
        let (local, domain) = id.split_once('@').unwrap();
        let at = 5 + at % (local.len() - 5);
        let changed = format!("{}{c}{}@{domain}", &local[..at], &local[at + 1..]);
        let expected = if changed == id { Mark::Ours(OPEN) } else { Mark::Forged };
        prop_assert_eq!(keys.read_message_id(&changed, is_ours), expected);
    }

    #[test]
    fn no_letter_makes_it_panic(raw in prop::collection::vec(any::<u8>(), 0..300), id in "desk\\.[A-Za-z2-7=@.]{0,90}") {
        let letter = Letter::read(&raw);
        let arrival = Arrival { recipient: &address("support@host.example"), authenticity: Authenticity::Proven, at: NOW };
        prop_assert!(place(&letter, arrival, &keys(), &Desk, RULES).is_ok());
        prop_assert!(!matches!(keys().read_message_id(&id, is_ours), Mark::Ours(_)));
    }
}
