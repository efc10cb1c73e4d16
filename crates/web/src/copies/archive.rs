//! A ZIP archive (PKWARE APPNOTE 6.3), written in one go: a few files, each deflated, none above four gigabytes.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use mailkeep_types::Timestamp;

/// Deflate.
const METHOD: u16 = 8;
/// The version that can read deflated files in folders.
const NEEDED: u16 = 20;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;

/// An archive that is being written.
pub(super) struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    files: u16,
    date: u16,
    time: u16,
}

impl Archive {
    /// An empty archive whose files are dated `now`, in UTC.
    pub(super) fn new(now: Timestamp) -> Self {
        let at = now.to_jiff().to_zoned(jiff::tz::TimeZone::UTC).datetime();
        let part = |number: i16| u16::try_from(number).unwrap_or(0);
        let date = (part(at.year() - 1980) << 9) | (part(at.month().into()) << 5) | part(at.day().into());
        let seconds = part(at.second().into()) / 2;
        let time = (part(at.hour().into()) << 11) | (part(at.minute().into()) << 5) | seconds;
        Archive { bytes: Vec::new(), directory: Vec::new(), files: 0, date, time }
    }

    /// Adds a file. One too large for the form is left out; nothing that is stored is.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        // Writing to memory does not fail.
        let packed = encoder.write_all(content).and_then(|()| encoder.finish()).unwrap_or_default();
        let sizes =
            (u32::try_from(packed.len()), u32::try_from(content.len()), u32::try_from(self.bytes.len()));
        let (Ok(packed_size), Ok(size), Ok(offset)) = sizes else { return };
        let length = u16::try_from(name.len()).unwrap_or(u16::MAX);
        let mut common = Vec::new();
        for number in [NEEDED, UTF8, METHOD, self.time, self.date] {
            common.extend_from_slice(&number.to_le_bytes());
        }
        for number in [crc32fast::hash(content), packed_size, size] {
            common.extend_from_slice(&number.to_le_bytes());
        }
        for number in [length, 0] {
            common.extend_from_slice(&number.to_le_bytes());
        }
        self.bytes.extend_from_slice(b"PK\x03\x04");
        self.bytes.extend_from_slice(&common);
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(&packed);
        self.directory.extend_from_slice(b"PK\x01\x02");
        self.directory.extend_from_slice(&NEEDED.to_le_bytes());
        self.directory.extend_from_slice(&common);
        // No comment, one disk, no attributes.
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.files += 1;
    }

    /// How large it is so far, in bytes.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The archive's bytes.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let size = u32::try_from(self.directory.len()).unwrap_or(u32::MAX);
        let offset = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(&self.directory);
        self.bytes.extend_from_slice(b"PK\x05\x06");
        self.bytes.extend_from_slice(&[0; 4]);
        for number in [self.files, self.files] {
            self.bytes.extend_from_slice(&number.to_le_bytes());
        }
        for number in [size, offset] {
            self.bytes.extend_from_slice(&number.to_le_bytes());
        }
        self.bytes.extend_from_slice(&[0; 2]);
        self.bytes
    }
}
