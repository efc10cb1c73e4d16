//! The rows of the tables, out of what was counted.

use mailkeep_mailbox::block_lists::Listing;
use mailkeep_mailbox::deliveries::{ByPlace, Counts, Reputation, Waits};
use mailkeep_outbound_guard::voices::CustomerVoices;
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::thousandths;
use crate::messages::{Msg, msg};

/// A part of a bar that is a hundred wide.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct Band {
    /// The colour, as in charts.
    pub colour: u8,
    /// From the left.
    pub x: String,
    /// How wide.
    pub width: String,
}

/// What is delivered, refused for what we are or sent, and refused otherwise, as a bar.
pub(super) fn bar(parts: [(u8, i64); 3]) -> Vec<Band> {
    let all: i64 = parts.iter().map(|(_, part)| part).sum();
    let mut x = 0;
    let mut bands = Vec::new();
    for (colour, part) in parts.into_iter().filter(|(_, part)| *part > 0) {
        // What is there is seen, however little it is.
        let width = thousandths(part, all).unwrap_or(0).max(15).min(1_000 - x);
        let tenth = |number: i64| format!("{}.{}", number / 10, number % 10);
        bands.push(Band { colour, x: tenth(x), width: tenth(width) });
        x += width;
    }
    bands
}

fn bar_of(counts: &Counts) -> Vec<Band> {
    bar([(3, counts.delivered), (5, counts.blocked()), (4, counts.dead + counts.failed)])
}

/// How long half of the deliveries took at most, in words.
pub(super) fn within(waits: &Waits) -> Msg {
    msg(match waits.half_within() {
        None => "sending-within-none",
        Some(10) => "sending-within-10",
        Some(60) => "sending-within-60",
        Some(600) => "sending-within-600",
        Some(3_600) => "sending-within-3600",
        Some(0) => "sending-within-longer",
        Some(_) => "sending-within-21600",
    })
}

/// A reputation with its colour.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Grade {
    /// Names its text.
    pub word: &'static str,
    /// How it looks.
    pub tone: &'static str,
}

impl Grade {
    pub(super) fn of(counts: &Counts, complaints: i64) -> Self {
        let reputation = Reputation::of(counts, complaints);
        let tone = match reputation {
            Reputation::TooFew => "note",
            Reputation::Good => "good",
            Reputation::Watch => "warn",
            Reputation::Poor => "bad",
        };
        Grade { word: reputation.word(), tone }
    }
}

/// A destination.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceRow {
    /// The domain; nothing for all with few recipients.
    pub name: Option<String>,
    /// Recipients with a final answer.
    pub answered: i64,
    /// How many of them it was delivered to, in thousandths.
    pub delivered: Option<i64>,
    /// The same as a bar.
    pub bar: Vec<Band>,
    /// Tries that were put off.
    pub deferred: i64,
    /// Taken for spam.
    pub spam: i64,
    /// Refused by a block or a rule.
    pub policy: i64,
    /// Addresses that do not exist.
    pub dead: i64,
    /// Refused or given up for another reason.
    pub failed: i64,
    /// How long it took.
    pub within: Msg,
}

impl PlaceRow {
    pub(super) fn of(place: ByPlace) -> Self {
        let counts = place.counts;
        PlaceRow {
            name: place.destination,
            answered: counts.answered(),
            delivered: thousandths(counts.delivered, counts.answered()),
            bar: bar_of(&counts),
            deferred: counts.deferred,
            spam: counts.spam,
            policy: counts.policy,
            dead: counts.dead,
            failed: counts.failed,
            within: within(&place.waits),
        }
    }
}

/// A sender's domain.
#[derive(Debug, Clone, Serialize)]
pub struct SenderRow {
    /// The domain; nothing for the house itself.
    pub name: Option<String>,
    /// The page of its customer.
    pub href: Option<String>,
    /// How well its mail was received in seven days.
    pub grade: Grade,
    /// Recipients with a final answer.
    pub answered: i64,
    /// How many of them it was delivered to, in thousandths.
    pub delivered: Option<i64>,
    /// The same as a bar.
    pub bar: Vec<Band>,
    /// Refused for what we are or sent.
    pub blocked: i64,
    /// Addresses that do not exist.
    pub dead: i64,
    /// How many of the recipients those are, in thousandths.
    pub dead_share: Option<i64>,
    /// Complaints in seven days.
    pub complaints: i64,
}

impl SenderRow {
    pub(super) fn of(
        name: Option<String>,
        href: Option<String>,
        (counts, week, complaints): (&Counts, &Counts, i64),
    ) -> Self {
        SenderRow {
            name,
            href,
            grade: Grade::of(week, complaints),
            answered: counts.answered(),
            delivered: thousandths(counts.delivered, counts.answered()),
            bar: bar_of(counts),
            blocked: counts.blocked(),
            dead: counts.dead,
            dead_share: thousandths(counts.dead, counts.answered()),
            complaints,
        }
    }
}

/// A customer of whom recipients said something in seven days.
#[derive(Debug, Clone, Serialize)]
pub struct CustomerRow {
    /// The customer's number.
    pub customer: String,
    /// Their page.
    pub href: String,
    /// Some of their domains.
    pub domains: String,
    /// How many recipients they wrote to.
    pub recipients: i64,
    /// How many complained.
    pub complaints: i64,
    /// How many of the recipients those are, in thousandths.
    pub complaint_share: Option<i64>,
    /// Addresses that do not exist.
    pub dead: i64,
    /// How many of the recipients those are, in thousandths.
    pub dead_share: Option<i64>,
    /// What follows: `warn`, `demote` or `hold`.
    pub level: Option<&'static str>,
}

impl CustomerRow {
    pub(super) fn of(voices: &CustomerVoices, href: String, domains: String) -> Self {
        let int = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let recipients = int(voices.recipients);
        CustomerRow {
            customer: voices.customer.to_string(),
            href,
            domains,
            recipients,
            complaints: int(voices.complaints),
            complaint_share: thousandths(int(voices.complaints), recipients),
            dead: int(voices.dead),
            dead_share: thousandths(int(voices.dead), recipients),
            level: voices.level.map(|level| level.word()),
        }
    }
}

/// An address of ours.
#[derive(Debug, Clone, Serialize)]
pub struct EgressRow {
    /// The address; empty where there was no connection.
    pub address: String,
    /// How well what goes out from it was received in seven days.
    pub grade: Grade,
    /// Recipients with a final answer.
    pub answered: i64,
    /// How many of them it was delivered to, in thousandths.
    pub delivered: Option<i64>,
    /// The same as a bar.
    pub bar: Vec<Band>,
    /// Tries that were put off.
    pub deferred: i64,
    /// Refused for what we are or sent.
    pub blocked: i64,
    /// The block lists on which it stands.
    pub listed: Vec<String>,
}

impl EgressRow {
    pub(super) fn of(address: String, counts: &Counts, week: &Counts, listings: &[Listing]) -> Self {
        let listed = listings.iter().filter(|one| one.listed && one.address == address);
        EgressRow {
            grade: Grade::of(week, 0),
            answered: counts.answered(),
            delivered: thousandths(counts.delivered, counts.answered()),
            bar: bar_of(counts),
            deferred: counts.deferred,
            blocked: counts.blocked(),
            listed: listed.map(|one| one.list.clone()).collect(),
            address,
        }
    }
}

/// What a block list says of an address of ours.
#[derive(Debug, Clone, Serialize)]
pub struct ListingRow {
    /// The list.
    pub list: String,
    /// The address.
    pub address: String,
    /// `listed`, `clear`, or `unknown` when it never answered.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// What it answered.
    pub answer: String,
    /// Since when.
    pub since: Option<Timestamp>,
    /// When it was asked last and answered.
    pub asked_at: Option<Timestamp>,
    /// When it gave no answer, if that was later.
    pub failed_at: Option<Timestamp>,
}

impl ListingRow {
    pub(super) fn of(listing: Listing) -> Self {
        let answered = listing.asked_at > Timestamp::EPOCH;
        let (state, tone) = match (answered, listing.listed) {
            (false, _) => ("unknown", "note"),
            (true, true) => ("listed", "bad"),
            (true, false) => ("clear", "good"),
        };
        ListingRow {
            list: listing.list,
            address: listing.address,
            state,
            tone,
            answer: listing.answer,
            since: answered.then_some(listing.since),
            asked_at: answered.then_some(listing.asked_at),
            failed_at: listing.failed_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_a_hundred_wide_and_shows_the_least() {
        let widths =
            |parts| bar(parts).into_iter().map(|band| (band.colour, band.x, band.width)).collect::<Vec<_>>();
        let text = |(colour, x, width): (u8, &str, &str)| (colour, x.to_owned(), width.to_owned());
        assert_eq!(widths([(3, 10,), (5, 0), (4, 0)]), [text((3, "0.0", "100.0"))]);
        assert_eq!(
            widths([(3, 1), (5, 1), (4, 999_998)]),
            [(3, "0.0", "1.5"), (5, "1.5", "1.5"), (4, "3.0", "97.0")].map(text)
        );
        assert_eq!(widths([(3, 0), (5, 0), (4, 0)]), []);
    }

    #[test]
    fn shares_are_rounded_and_nothing_has_none() {
        assert_eq!(thousandths(1, 0), None);
        assert_eq!(thousandths(1, 3), Some(333));
        assert_eq!(thousandths(2, 3), Some(667));
        assert_eq!(thousandths(3, 3), Some(1_000));
    }
}
