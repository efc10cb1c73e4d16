//! Search keys of IMAP as those of the mail store.

use jiff::civil::Date;
use jiff::tz::Offset;
use mailkeep_mailbox::messages::UidSet;
use mailkeep_mailbox::search::Query as Key;
use mailkeep_protocols::imap::command::SearchKey;
use mailkeep_types::Timestamp;

use crate::access::Access;
use crate::views::Snapshot;

/// Translates a key. Message numbers become UIDs of the snapshot; days are days of UTC, in which dates are shown.
pub(super) fn translate(key: &SearchKey, access: &Access, seen: &Snapshot) -> Key {
    let again = |key: &SearchKey| translate(key, access, seen);
    match key {
        SearchKey::All => Key::All,
        SearchKey::Nothing => nothing(),
        SearchKey::And(keys) => Key::And(keys.iter().map(again).collect()),
        SearchKey::Or(left, right) => Key::Or(vec![again(left), again(right)]),
        SearchKey::Not(key) => Key::Not(Box::new(again(key))),
        SearchKey::Sequence(set) => {
            let places = seen.by_number(&set.resolve(seen.len()));
            Key::Uids(
                places.iter().filter_map(|place| seen.entries.get(*place)).map(|entry| entry.uid).collect(),
            )
        }
        SearchKey::Uid(set) => Key::Uids(UidSet::from_ranges(set.resolve(seen.last_uid()))),
        // A keyword that the mailbox does not know is on no message.
        SearchKey::Has(flag) => access.known_flag(flag).map_or_else(nothing, Key::Flagged),
        SearchKey::ModSeq(least) => Key::ModSeq(*least),
        SearchKey::Larger(size) => Key::Larger(u64::from(*size)),
        SearchKey::Smaller(size) => Key::Smaller(u64::from(*size)),
        SearchKey::Before(day) => Key::ArrivedBefore(start_of(*day)),
        SearchKey::Since(day) => Key::ArrivedFrom(start_of(*day)),
        SearchKey::On(day) => {
            Key::And(vec![Key::ArrivedFrom(start_of(*day)), Key::ArrivedBefore(start_of(next(*day)))])
        }
        SearchKey::SentBefore(day) => Key::SentBefore(start_of(*day)),
        SearchKey::SentSince(day) => Key::SentFrom(start_of(*day)),
        SearchKey::SentOn(day) => {
            Key::And(vec![Key::SentFrom(start_of(*day)), Key::SentBefore(start_of(next(*day)))])
        }
        SearchKey::Body(text) => Key::Body(text.clone()),
        SearchKey::Text(text) => Key::Text(text.clone()),
        SearchKey::Header(field, text) => Key::Header(field.clone(), text.clone()),
    }
}

fn nothing() -> Key {
    Key::Or(Vec::new())
}

fn next(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

fn start_of(day: Date) -> Timestamp {
    match Offset::UTC.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())) {
        Ok(start) => Timestamp::from_jiff(start),
        // Days at the ends of the calendar.
        Err(_) if day.year() < 1970 => Timestamp::from_micros(i64::MIN),
        Err(_) => Timestamp::NEVER,
    }
}
