//! Writing the flags of messages.

use mailkeep_mailbox::messages::Flags;
use mailkeep_protocols::imap::write::number;

use crate::access::Access;
use crate::reply::Stop;
use crate::session::User;
use crate::views::{Entry, Snapshot};
use crate::wire::Wire;

const SYSTEM: [(Flags, &str); 5] = [
    (Flags::SEEN, "\\Seen"),
    (Flags::ANSWERED, "\\Answered"),
    (Flags::FLAGGED, "\\Flagged"),
    (Flags::DELETED, "\\Deleted"),
    (Flags::DRAFT, "\\Draft"),
];

const ALL_SYSTEM: Flags =
    Flags::SEEN.with(Flags::ANSWERED).with(Flags::FLAGGED).with(Flags::DELETED).with(Flags::DRAFT);

/// Appends the names of the flags, without parentheses.
pub(crate) fn write_flags(out: &mut Vec<u8>, flags: Flags, keywords: &[String]) {
    let mut first = true;
    let mut one = |name: &str| {
        if !std::mem::take(&mut first) {
            out.push(b' ');
        }
        out.extend_from_slice(name.as_bytes());
    };
    for (flag, name) in SYSTEM {
        if flags.contains(flag) {
            one(name);
        }
    }
    if !flags.without(ALL_SYSTEM).is_empty() {
        for place in flags.keyword_places() {
            if let Some(name) = keywords.get(place) {
                one(name);
            }
        }
    }
}

/// All flags that the mailbox knows: the system's and its keywords.
pub(crate) fn known_flags(access: &Access) -> String {
    let mut names: Vec<&str> = SYSTEM.iter().map(|(_, name)| *name).collect();
    names.extend(access.keywords().iter().map(String::as_str).filter(|name| !name.is_empty()));
    names.join(" ")
}

/// An untagged `FETCH` that tells the flags of a message.
pub(crate) fn write_flags_of(wire: &mut Wire, place: usize, entry: &Entry, access: &Access, condstore: bool) {
    let out = &mut wire.out;
    out.extend_from_slice(b"* ");
    number(out, place as u64 + 1);
    out.extend_from_slice(b" FETCH (UID ");
    number(out, u64::from(entry.uid));
    if condstore {
        out.extend_from_slice(b" MODSEQ (");
        number(out, entry.modseq);
        out.push(b')');
    }
    out.extend_from_slice(b" FLAGS (");
    write_flags(out, entry.flags, access.keywords());
    out.extend_from_slice(b"))\r\n");
}

/// Learns keywords that other sessions made, and tells the client before it sees them.
pub(crate) async fn tell_new_keywords(
    user: &mut User,
    wire: &mut Wire,
    seen: &Snapshot,
    places: &[usize],
) -> Result<(), Stop> {
    let known = user.access.keywords().len();
    let unknown = |place: &usize| {
        seen.entries
            .get(*place)
            .is_some_and(|entry| entry.flags.keyword_places().any(|keyword| keyword >= known))
    };
    if places.iter().any(unknown) {
        user.access.reload_keywords().await?;
    }
    tell_keywords(user, wire);
    Ok(())
}

/// Tells the client of keywords it has not heard of.
pub(crate) fn tell_keywords(user: &mut User, wire: &mut Wire) {
    let known = user.access.keywords().len();
    if let Some(selected) = &mut user.selected
        && selected.keywords_told < known
    {
        selected.keywords_told = known;
        let line = format!("FLAGS ({})", known_flags(&user.access));
        wire.untagged(&line);
    }
}
