//! `FETCH` and `UID FETCH` (RFC 3501 section 6.4.5, RFC 7162 section 3.1.4).
//!
//! What stands in the session's snapshot is answered from memory. For the rest, rows are read in batches ahead of the
//! writing; how much is read ahead is bounded, so a slow client holds little memory.

use mailkeep_mailbox::messages::{FlagChange, Flags, UidSet};
use mailkeep_protocols::imap::SequenceSet;
use mailkeep_protocols::imap::command::FetchItem;
use mailkeep_protocols::imap::dates::write_internal_date;
use mailkeep_protocols::imap::structure::{Part, SectionText, parse, render_body, select_fields};
use mailkeep_protocols::imap::write::number;

use super::fetch_sections::{Content, write_section};
use super::flags::write_flags;
use super::select::enable_condstore;
use super::{open_folder, places, store};
use crate::access::{Access, Message, Need};
use crate::reply::{Answer, Reply, Stop};
use crate::session::{Selected, Session};
use crate::views::Entry;
use crate::wire::Wire;

pub(super) async fn fetch(
    session: &mut Session,
    wire: &mut Wire,
    uid: bool,
    set: &SequenceSet,
    mut items: Vec<FetchItem>,
    changed_since: Option<u64>,
) -> Answer {
    if changed_since.is_some() && !items.contains(&FetchItem::ModSeq) {
        items.push(FetchItem::ModSeq);
    }
    if uid && !items.contains(&FetchItem::Uid) {
        items.insert(0, FetchItem::Uid);
    }
    if items.contains(&FetchItem::ModSeq) {
        enable_condstore(session, wire)?;
    }
    let (access, selected) = open_folder(session)?;
    let mut places = places(selected, uid, set)?;
    if let Some(since) = changed_since {
        places.retain(|place| selected.seen.entries.get(*place).is_some_and(|entry| entry.modseq > since));
    }
    let seen_now = if items.iter().any(|item| matches!(item, FetchItem::Section(s) if s.sets_seen)) {
        mark_seen(access, selected, &places).await?
    } else {
        Vec::new()
    };
    let listed = items.iter().map(is_listed).collect();
    let writer = Writer { items: &items, listed, keywords: access.keywords(), seen_now: &seen_now };
    let need = need_of(&items);
    if need == Need::Nothing {
        for place in places {
            if let Some(entry) = selected.seen.entries.get(place) {
                writer.message(wire, place, entry, None);
                wire.flush_if_full().await?;
            }
        }
        return Reply::ok("done");
    }
    let missing = stream(access, selected, wire, &places, need, &writer).await?;
    if missing && !uid {
        return Reply::no("[EXPUNGEISSUED] some of the messages are gone");
    }
    Reply::ok("done")
}

/// Sets `\Seen` where it is missing; gives the UIDs for which it changed, since their flags must be told.
async fn mark_seen(access: &Access, selected: &mut Selected, places: &[usize]) -> Result<Vec<u32>, Stop> {
    if selected.read_only {
        return Ok(Vec::new());
    }
    let entries = places.iter().filter_map(|place| selected.seen.entries.get(*place));
    let unseen: Vec<u32> = entries.filter(|e| !e.flags.contains(Flags::SEEN)).map(|e| e.uid).collect();
    if unseen.is_empty() {
        return Ok(unseen);
    }
    let uids: UidSet = unseen.iter().copied().collect();
    let stored = access.mail.change_flags(selected.folder, &uids, FlagChange::Add(Flags::SEEN), None).await?;
    store::apply(selected, &stored.messages);
    Ok(unseen)
}

/// What must be read of each message to answer the items.
fn need_of(items: &[FetchItem]) -> Need {
    items.iter().map(need_of_item).fold(Need::Nothing, Need::and)
}

fn need_of_item(item: &FetchItem) -> Need {
    match item {
        FetchItem::Uid | FetchItem::Flags | FetchItem::ModSeq | FetchItem::InternalDate | FetchItem::Size => {
            Need::Nothing
        }
        FetchItem::Envelope | FetchItem::BodyStructure => Need::Metadata,
        FetchItem::Section(_) if is_listed(item) => Need::Metadata,
        FetchItem::Section(_) | FetchItem::Body => Need::Content,
    }
}

/// Whether an item asks for header fields that are all in the metadata.
fn is_listed(item: &FetchItem) -> bool {
    let FetchItem::Section(section) = item else { return false };
    match &section.text {
        Some(SectionText::HeaderFields(names)) => section.path.is_empty() && Message::lists_fields(names),
        _ => false,
    }
}

/// Reads the messages and writes them; true when some were gone.
async fn stream(
    access: &Access,
    selected: &Selected,
    wire: &mut Wire,
    places: &[usize],
    need: Need,
    writer: &Writer<'_>,
) -> Result<bool, Stop> {
    let seen = &selected.seen;
    let uids = places.iter().filter_map(|place| seen.entries.get(*place)).map(|entry| entry.uid).collect();
    let mut batches = access.read(selected.folder, uids, need);
    let mut missing = false;
    let mut expected =
        places.iter().filter_map(|place| seen.entries.get(*place).map(|entry| (*place, entry)));
    while let Some(batch) = batches.next().await {
        for message in batch? {
            // Both sides ascend by UID.
            for (place, entry) in expected.by_ref() {
                if entry.uid == message.uid {
                    if let Some(large) = writer.message(wire, place, entry, Some(&message)) {
                        wire.flush().await?;
                        wire.send(large).await?;
                        writer.after_large(wire);
                    }
                    break;
                }
                missing = true;
            }
            wire.flush_if_full().await?;
        }
    }
    Ok(missing || expected.next().is_some())
}

struct Writer<'a> {
    items: &'a [FetchItem],
    /// For each item whether the metadata answers for it.
    listed: Vec<bool>,
    keywords: &'a [String],
    seen_now: &'a [u32],
}

/// A last item this large is sent from where it is instead of being copied.
const LARGE: usize = 256 * 1024;

impl Writer<'_> {
    /// Appends the `FETCH` response of a message. When its last item is large, the bytes of that item are given back to be
    /// sent next, followed by [`Writer::after_large`].
    fn message<'m>(
        &self,
        wire: &mut Wire,
        place: usize,
        entry: &Entry,
        message: Option<&'m Message>,
    ) -> Option<&'m [u8]> {
        let out = &mut wire.out;
        out.extend_from_slice(b"* ");
        number(out, place as u64 + 1);
        out.extend_from_slice(b" FETCH (");
        let mut structure = None;
        let mut first = true;
        if self.seen_now.binary_search(&entry.uid).is_ok() && !self.items.contains(&FetchItem::Flags) {
            self.item(out, (&FetchItem::Flags, false), entry, message, &mut structure);
            first = false;
        }
        for (nth, item) in self.items.iter().zip(self.listed.iter().copied()).enumerate() {
            if !std::mem::take(&mut first) {
                out.push(b' ');
            }
            if let Some(bytes) = self.item(out, item, entry, message, &mut structure) {
                if bytes.len() >= LARGE && nth + 1 == self.items.len() {
                    return Some(bytes);
                }
                out.extend_from_slice(bytes);
            }
        }
        out.extend_from_slice(b")\r\n");
        None
    }

    fn after_large(&self, wire: &mut Wire) {
        wire.out.extend_from_slice(b")\r\n");
    }

    /// Appends one item; what is given back is to be appended after it.
    fn item<'m>(
        &self,
        out: &mut Vec<u8>,
        (item, listed): (&FetchItem, bool),
        entry: &Entry,
        message: Option<&'m Message>,
        structure: &mut Option<Part>,
    ) -> Option<&'m [u8]> {
        match (item, message) {
            (FetchItem::Uid, _) => {
                out.extend_from_slice(b"UID ");
                number(out, u64::from(entry.uid));
            }
            (FetchItem::Flags, _) => {
                out.extend_from_slice(b"FLAGS (");
                write_flags(out, entry.flags, self.keywords);
                out.push(b')');
            }
            (FetchItem::ModSeq, _) => {
                out.extend_from_slice(b"MODSEQ (");
                number(out, entry.modseq);
                out.push(b')');
            }
            (FetchItem::InternalDate, _) => {
                out.extend_from_slice(b"INTERNALDATE ");
                write_internal_date(out, entry.internal_at);
            }
            (FetchItem::Size, _) => {
                out.extend_from_slice(b"RFC822.SIZE ");
                number(out, u64::from(entry.size));
            }
            (FetchItem::Envelope, Some(message)) => {
                out.extend_from_slice(b"ENVELOPE ");
                out.extend_from_slice(message.envelope());
            }
            (FetchItem::BodyStructure, Some(message)) => {
                out.extend_from_slice(b"BODYSTRUCTURE ");
                out.extend_from_slice(message.body_structure());
            }
            (FetchItem::Body, Some(message)) => {
                let raw = message.content();
                out.extend_from_slice(b"BODY ");
                out.extend_from_slice(&render_body(raw, structure.get_or_insert_with(|| parse(raw))));
            }
            (FetchItem::Section(section), Some(message)) => {
                let content = match (&section.text, message.listing()) {
                    (Some(SectionText::HeaderFields(names)), Some(listing)) if listed => {
                        Content::Fields(select_fields(listing, names, false))
                    }
                    _ => Content::Raw(message.content()),
                };
                return write_section(out, section, content, structure);
            }
            // Items that need a message are only asked for with one.
            (_, None) => {}
        }
        None
    }
}
