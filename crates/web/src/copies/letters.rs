//! The mail of a mailbox as files that other providers and mail programs read: one archive after the other, each with an mbox
//! for each folder. The form is mboxrd (RFC 4155, with `>` before each quoted `From `), and the flags stand before a letter's own
//! fields as `Status`, `X-Status` and `X-Keywords`, where importers look for them.

use std::collections::HashSet;

use mailkeep_mailbox::messages::Flags;
use mailkeep_types::Timestamp;

use super::archive::Archive;

/// An mbox that is larger goes on in a second one.
const MBOX: usize = 8 * 1024 * 1024;
/// An archive that is larger is closed at the next mbox.
const ARCHIVE: usize = 24 * 1024 * 1024;

/// The archives of a mailbox, written one after the other so that only one is in memory.
pub struct Letters {
    now: Timestamp,
    archive: Archive,
    empty: bool,
    names: HashSet<String>,
    folder: String,
    piece: u32,
    mbox: Vec<u8>,
}

impl Letters {
    /// Nothing yet; files are dated `now`.
    pub fn new(now: Timestamp) -> Self {
        Letters {
            now,
            archive: Archive::new(now),
            empty: true,
            names: HashSet::new(),
            folder: String::new(),
            piece: 0,
            mbox: Vec::new(),
        }
    }

    /// Begins a folder. Its mbox is there also when it has no letters.
    pub fn begin_folder(&mut self, name: &str) {
        let path = path_of(name);
        let mut own = path.clone();
        let mut number = 1;
        // Names that differ by case or by what a file's name cannot hold are one on some systems.
        while !self.names.insert(own.to_lowercase()) {
            number += 1;
            own = format!("{path} ({number})");
        }
        self.folder = own;
        self.piece = 0;
    }

    /// Adds a letter to the folder. Gives an archive that is full, to be stored before the next letter.
    pub fn add(&mut self, at: Timestamp, flags: Flags, keywords: &[String], raw: &[u8]) -> Option<Vec<u8>> {
        write_letter(&mut self.mbox, at, flags, keywords, raw);
        if self.mbox.len() < MBOX {
            return None;
        }
        self.close_mbox();
        (self.archive.size() >= ARCHIVE).then(|| self.take())
    }

    /// Ends the folder. Gives an archive that is full.
    pub fn end_folder(&mut self) -> Option<Vec<u8>> {
        if !self.mbox.is_empty() || self.piece == 0 {
            self.close_mbox();
        }
        (self.archive.size() >= ARCHIVE).then(|| self.take())
    }

    /// The last archive, if something is in it.
    pub fn finish(mut self) -> Option<Vec<u8>> {
        (!self.empty).then(|| self.take())
    }

    fn close_mbox(&mut self) {
        self.piece += 1;
        let name = match self.piece {
            1 => format!("{}.mbox", self.folder),
            piece => format!("{}-{piece}.mbox", self.folder),
        };
        self.archive.add(&name, &self.mbox);
        self.mbox.clear();
        self.empty = false;
    }

    fn take(&mut self) -> Vec<u8> {
        self.empty = true;
        std::mem::replace(&mut self.archive, Archive::new(self.now)).finish()
    }
}

/// A folder's name as a path that every system can make, and that leads out of no folder.
fn path_of(name: &str) -> String {
    let part = |part: &str| {
        let kept: String =
            part.chars().map(|c| if c.is_control() || "\\:*?\"<>|".contains(c) { '_' } else { c }).collect();
        let kept = kept.trim().trim_matches('.').to_owned();
        if kept.is_empty() { "_".to_owned() } else { kept }
    };
    name.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn write_letter(mbox: &mut Vec<u8>, at: Timestamp, flags: Flags, keywords: &[String], raw: &[u8]) {
    let at = at.to_jiff().to_zoned(jiff::tz::TimeZone::UTC);
    mbox.extend_from_slice(
        format!("From MAILER-DAEMON {}\n", at.strftime("%a %b %e %H:%M:%S %Y")).as_bytes(),
    );
    let status = if flags.contains(Flags::SEEN) { "RO" } else { "O" };
    mbox.extend_from_slice(format!("Status: {status}\n").as_bytes());
    let marks = [(Flags::ANSWERED, 'A'), (Flags::FLAGGED, 'F'), (Flags::DRAFT, 'T'), (Flags::DELETED, 'D')];
    let marks: String =
        marks.iter().filter(|(flag, _)| flags.contains(*flag)).map(|(_, mark)| *mark).collect();
    if !marks.is_empty() {
        mbox.extend_from_slice(format!("X-Status: {marks}\n").as_bytes());
    }
    let words: Vec<&str> =
        flags.keyword_places().filter_map(|place| keywords.get(place)).map(String::as_str).collect();
    if !words.is_empty() {
        mbox.extend_from_slice(format!("X-Keywords: {}\n", words.join(" ")).as_bytes());
    }
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let quotes = text.iter().take_while(|byte| **byte == b'>').count();
        if text.get(quotes..).is_some_and(|rest| rest.starts_with(b"From ")) {
            mbox.push(b'>');
        }
        mbox.extend_from_slice(text);
        mbox.push(b'\n');
    }
    mbox.push(b'\n');
}

#[cfg(test)]
mod tests {
    use mailkeep_mailbox::messages::Flags;

    use super::super::tests::files;
    use super::{Letters, MBOX, path_of};

    #[test]
    fn letters_keep_flags_and_words_and_from_lines_are_quoted() {
        let mut letters = Letters::new(crate::samples::now());
        letters.begin_folder("INBOX");
        let raw = b"Subject: One\r\n\r\nFrom here on\r\n>From there\r\nend";
        let flags = Flags::SEEN.with(Flags::FLAGGED).with(Flags::keyword(1).unwrap());
        let words = ["a".to_owned(), "$Work".to_owned()];
        assert!(letters.add(crate::samples::now(), flags, &words, raw).is_none());
        assert!(letters.end_folder().is_none());
        letters.begin_folder("Empty/inner");
        assert!(letters.end_folder().is_none());
        let files = files(&letters.finish().unwrap());
        assert_eq!(files[1], ("Empty/inner.mbox".to_owned(), Vec::new()));
        let (name, mbox) = &files[0];
        let mbox = String::from_utf8(mbox.clone()).unwrap();
        assert_eq!(name, "INBOX.mbox");
        let (from, rest) = mbox.split_once('\n').unwrap();
        assert!(from.starts_with("From MAILER-DAEMON "), "{from}");
        assert_eq!(
            rest,
            "Status: RO\nX-Status: F\nX-Keywords: $Work\nSubject: One\n\n>From here on\n>>From there\nend\n\n"
        );
    }

    #[test]
    fn much_mail_comes_in_several_archives_with_every_letter_once() {
        let mut letters = Letters::new(crate::samples::now());
        let mut archives = Vec::new();
        letters.begin_folder("INBOX");
        // What deflates badly, so that archives fill up.
        let mut state = 1u32;
        let mut body = vec![0u8; MBOX / 2 + 1];
        for number in 0..12 {
            for byte in &mut body {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *byte = b'0' + (state >> 24) as u8 % 75;
            }
            let raw = [format!("X-Number: {number}\r\n\r\n").as_bytes(), &body].concat();
            archives.extend(letters.add(crate::samples::now(), Flags::NONE, &[], &raw));
        }
        archives.extend(letters.end_folder());
        archives.extend(letters.finish());
        assert!(archives.len() > 1, "{}", archives.len());
        let all: Vec<_> = archives.iter().flat_map(|archive| files(archive)).collect();
        let names: std::collections::HashSet<_> = all.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), all.len(), "no piece has the name of another");
        let text: String = all.iter().map(|(_, mbox)| String::from_utf8_lossy(mbox)).collect();
        for number in 0..12 {
            assert_eq!(text.matches(&format!("\nX-Number: {number}\n")).count(), 1);
        }
    }

    #[test]
    fn names_lead_out_of_no_folder() {
        for (name, path) in
            [("../../etc", "_/_/etc"), ("a\\b:c", "a_b_c"), ("Projects/2026", "Projects/2026"), ("/", "_/_")]
        {
            assert_eq!(path_of(name), path);
        }
        let mut letters = Letters::new(crate::samples::now());
        for name in ["A:b", "a_b"] {
            letters.begin_folder(name);
            letters.end_folder();
        }
        let names: Vec<_> = files(&letters.finish().unwrap()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["A_b.mbox", "a_b (2).mbox"]);
    }
}
