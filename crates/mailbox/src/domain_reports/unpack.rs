//! The file in a report's letter, out of its archive. Neither archive nor file may take more memory than the limits, whatever they say
//! about themselves.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use flate2::read::GzDecoder;
use mailkeep_protocols::imap::structure::parse;
use mailkeep_protocols::mime::{Leaf, leaves};

/// Of a longer letter nothing is read.
const LONGEST_LETTER: usize = 4 * 1024 * 1024;
/// A file that is longer, unpacked, is left.
pub(super) const LONGEST_FILE: usize = 4 * 1024 * 1024;
/// Files of a letter that are looked into.
const MOST_FILES: usize = 3;
/// Files of an archive that are looked into; reports come alone.
const MOST_PACKED: usize = 3;

/// What may be reports in a letter, unpacked.
pub(super) fn files(raw: &[u8]) -> Vec<Vec<u8>> {
    if raw.len() > LONGEST_LETTER {
        return Vec::new();
    }
    let leaves = leaves(&parse(raw));
    let packed = leaves.iter().filter(|leaf| may_be_report(leaf)).take(MOST_FILES);
    packed.flat_map(|leaf| unpack(leaf.bytes(raw))).collect()
}

fn may_be_report(leaf: &Leaf) -> bool {
    match (leaf.media_type.as_str(), leaf.media_subtype.as_str()) {
        ("application", _) | ("text", "xml") => true,
        // Some programs know no better type.
        (_, _) => leaf.file_name.as_deref().is_some_and(|name| {
            let name = name.to_ascii_lowercase();
            [".xml", ".gz", ".zip", ".json"].iter().any(|end| name.ends_with(end))
        }),
    }
}

/// By the first bytes, since types and names are often wrong.
fn unpack(bytes: Cow<'_, [u8]>) -> Vec<Vec<u8>> {
    match bytes.as_ref() {
        [0x1f, 0x8b, ..] => capped(GzDecoder::new(bytes.as_ref())).into_iter().collect(),
        [b'P', b'K', 3, 4, ..] => unzip(&bytes),
        plain if plain.len() <= LONGEST_FILE => vec![bytes.into_owned()],
        _ => Vec::new(),
    }
}

fn unzip(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut files = Vec::new();
    for place in 0..archive.len().min(MOST_PACKED) {
        // What an entry says of its length is not believed.
        if let Ok(entry) = archive.by_index(place) {
            files.extend(capped(entry));
        }
    }
    files
}

/// All of it, unless it is longer than it may be or broken.
fn capped(from: impl Read) -> Option<Vec<u8>> {
    let most = u64::try_from(LONGEST_FILE).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes).ok()?;
    (bytes.len() <= LONGEST_FILE).then_some(bytes)
}
