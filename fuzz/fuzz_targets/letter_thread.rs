//! Any letter finds a place, and none makes up a mark of ours.
#![no_main]

use std::convert::Infallible;

use libfuzzer_sys::fuzz_target;
use mailkeep_helpdesk::letters::Letter;
use mailkeep_helpdesk::letters::duplicates::fingerprint;
use mailkeep_helpdesk::letters::machine::sign_of_machine;
use mailkeep_helpdesk::letters::marks::{MarkKeys, TicketBytes};
use mailkeep_helpdesk::letters::privacy::{hint, intake};
use mailkeep_helpdesk::letters::thread::{Arrival, Authenticity, Found, Place, Rules, Tickets, Way, place};
use mailkeep_types::{DomainName, EmailAddress, Timestamp};

/// Knows every number and letter, and holds everybody for a participant.
struct Desk;

const FOUND: Found<u8> = Found { ticket: 1, closed_at: None };

impl Tickets for Desk {
    type Ticket = u8;
    type Error = Infallible;

    fn by_id(&self, _: TicketBytes) -> Result<Option<Found<u8>>, Infallible> {
        panic!("a mark was made up")
    }
    fn by_number(&self, _: &str) -> Result<Option<Found<u8>>, Infallible> {
        Ok(Some(FOUND))
    }
    fn by_letter(&self, _: &str) -> Result<Option<Found<u8>>, Infallible> {
        Ok(Some(FOUND))
    }
    fn takes_part(&self, _: u8, _: &EmailAddress) -> Result<bool, Infallible> {
        Ok(true)
    }
    fn is_agent(&self, _: &EmailAddress) -> Result<bool, Infallible> {
        Ok(false)
    }
    fn is_ours(&self, _: &DomainName) -> bool {
        true
    }
}

fuzz_target!(|data: &[u8]| {
    let letter = Letter::read(data);
    sign_of_machine(data, letter.from.as_ref());
    fingerprint(data);
    intake(&letter.subject);
    hint(&letter);
    let fallback = EmailAddress::parse("support@host.example").expect("an address");
    let recipient = letter.to.first().unwrap_or(&fallback);
    let arrival = Arrival { recipient, authenticity: Authenticity::Unknown, at: Timestamp::from_seconds(0) };
    let Ok(place) =
        place(&letter, arrival, &MarkKeys::new([7; 32], Some([6; 32])), &Desk, Rules { reopen_days: 14 });
    assert!(!matches!(place, Place::Within { way: Way::SignedId | Way::Token, .. }));
});
