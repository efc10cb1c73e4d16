//! The shingles of a message: what it says, cut into small overlapping pieces and hashed under a secret.

use std::borrow::Cow;
use std::hash::Hasher;
use std::sync::LazyLock;

use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders, PartType};
use siphasher::sip::SipHasher13;

use super::words::{each_link, each_word};

/// So much of a message's text is looked at, in bytes: more would make long messages slow to judge and say nothing new.
const MOST_TEXT: usize = 256 * 1024;
/// So many parts of a message are looked at.
const MOST_PARTS: usize = 100;
/// So many shingles of a message are kept; of longer ones an even sample that is the same for the same text.
pub(crate) const MOST_SHINGLES: usize = 1024;

/// Of the header only what says how the message is made, and the subject.
static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new().with_mime_headers().header_text(HeaderName::Subject).default_header_ignore()
});

/// What a message says, as numbers under a secret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Its small overlapping pieces, by which texts are told to be alike.
    pub shingles: Vec<u32>,
    /// What it is told by as wanted or unwanted ([`crate::content`]).
    pub features: Vec<u32>,
}

/// The secret under which shingles and recipients are hashed, so that nobody who reads the numbers can try texts on them.
#[derive(Clone, Copy)]
pub struct ShingleKey(u64, u64);

impl std::fmt::Debug for ShingleKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShingleKey")
    }
}

impl ShingleKey {
    /// Takes the first half of a secret.
    pub fn new(secret: &[u8; 32]) -> Self {
        let part = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        let (one, other) = secret.split_at(8);
        ShingleKey(part(one), part(other.get(..8).unwrap_or_default()))
    }

    /// A hash of words that follow each other; `kind` keeps texts, links and files apart.
    pub(crate) fn hash(self, kind: u8, pieces: &[&[u8]]) -> u32 {
        let mut hasher = SipHasher13::new_with_keys(self.0, self.1);
        hasher.write_u8(kind);
        for piece in pieces {
            hasher.write(piece);
            hasher.write_u8(0xff);
        }
        let hash = hasher.finish();
        // Both halves, since a filter of shingles goes by the lowest bits.
        (hash ^ (hash >> 32)) as u32
    }

    /// The number that stands for a recipient.
    pub fn recipient(self, canonical: &str) -> u32 {
        self.hash(b'r', &[canonical.as_bytes()])
    }

    /// What a message says as it goes out, as numbers.
    pub fn read(self, message: &[u8]) -> Said {
        match PARSER.parse(message) {
            Some(message) => {
                let texts = texts(&message);
                Said { shingles: self.shingles(&message, &texts), features: self.features(&message, &texts) }
            }
            None => Said::default(),
        }
    }

    /// The shingles of a message as it goes out, each once and in order of their numbers.
    pub fn of_message(self, message: &[u8]) -> Vec<u32> {
        let message = PARSER.parse(message);
        message.map_or_else(Vec::new, |message| self.shingles(&message, &texts(&message)))
    }

    fn shingles(self, message: &Message<'_>, texts: &[Cow<'_, str>]) -> Vec<u32> {
        let mut found = Vec::new();
        let mut left = MOST_TEXT;
        for text in texts {
            self.add_text(&mut found, cut(text, &mut left));
        }
        // What a page shows as words may hide where its links lead.
        let mut links = MOST_TEXT;
        for part in message.html_bodies().take(MOST_PARTS) {
            if let PartType::Html(html) = &part.body {
                self.add_links(&mut found, cut(html, &mut links));
            }
        }
        for part in message.attachments().take(MOST_PARTS) {
            let is_page = matches!(&part.body, PartType::Text(_) | PartType::Html(_));
            if !is_page || part.attachment_name().is_some() {
                found.push(self.hash(b'f', &[part.contents()]));
            }
        }
        sample(found)
    }

    fn add_text(self, found: &mut Vec<u32>, text: &str) {
        self.add_links(found, text);
        let (mut before, mut last, mut count) = (String::new(), String::new(), 0_usize);
        each_word(text, |word| {
            count += 1;
            if count > 2 {
                found.push(self.hash(b'w', &[before.as_bytes(), last.as_bytes(), word.as_bytes()]));
            }
            std::mem::swap(&mut before, &mut last);
            last.clear();
            last.push_str(word);
        });
        match count {
            1 => found.push(self.hash(b'w', &[last.as_bytes()])),
            2 => found.push(self.hash(b'w', &[before.as_bytes(), last.as_bytes()])),
            _ => {}
        }
    }

    fn add_links(self, found: &mut Vec<u32>, text: &str) {
        each_link(text, |host, path| found.push(self.hash(b'l', &[host.as_bytes(), path.as_bytes()])));
    }
}

/// The texts of a message; a page becomes text each time that it is asked for.
fn texts<'a>(message: &'a Message<'_>) -> Vec<Cow<'a, str>> {
    (0..message.text_body_count().min(MOST_PARTS)).filter_map(|number| message.body_text(number)).collect()
}

/// The text as far as there is room left.
pub(crate) fn cut<'a>(text: &'a str, left: &mut usize) -> &'a str {
    let end = text.floor_char_boundary(*left);
    *left -= end;
    text.get(..end).unwrap_or_default()
}

/// Halves the set, by the lowest bits of the hashes, until it is small enough: what is left of a shingle's neighbours is
/// the same in every message of about that length.
fn sample(mut found: Vec<u32>) -> Vec<u32> {
    found.sort_unstable();
    found.dedup();
    let mut level = 0;
    while found.len() > MOST_SHINGLES && level < 31 {
        level += 1;
        found.retain(|shingle| is_kept(*shingle, level));
    }
    found
}

/// Whether a shingle is in the sample of a level, which has one of two to the power of the level.
pub(crate) const fn is_kept(shingle: u32, level: u32) -> bool {
    shingle & ((1 << level) - 1) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: ShingleKey = ShingleKey(1, 2);

    fn plain(text: &str) -> Vec<u32> {
        KEY.of_message(
            format!("From: a@example.com\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n")
                .as_bytes(),
        )
    }

    fn html(text: &str) -> Vec<u32> {
        KEY.of_message(
            format!("From: a@example.com\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{text}\r\n")
                .as_bytes(),
        )
    }

    fn common(one: &[u32], other: &[u32]) -> usize {
        one.iter().filter(|shingle| other.contains(shingle)).count()
    }

    #[test]
    fn words_count_as_they_are_read() {
        let one = plain("Dear Ada, our lamp is new and costs nothing.");
        assert_eq!(one.len(), 7);
        let other = plain("DEAR  Bob:\r\nour lamp is\r\nnew and costs nothing!");
        assert_eq!(common(&one, &other), 5, "two begin with the name");
        let page = html("<p>Dear <b>Ada</b>, our lamp is new</p><p>and costs nothing.</p>");
        assert_eq!(common(&one, &page), 7, "markup is no text");
        let coded = KEY.of_message(
            b"From: a@example.com\r\nContent-Transfer-Encoding: base64\r\n\r\nRGVhciBBZGEsIG91ciBsYW1wIGlzIG5ldyBhbmQgY29zdHMgbm90aGluZy4=\r\n",
        );
        assert_eq!(coded, one);
        assert_eq!(plain("Hello").len(), 1);
        assert!(plain("").is_empty());
        assert!(KEY.of_message(b"").is_empty());
    }

    #[test]
    fn links_and_files_are_shingles_of_their_own() {
        let one = plain("see https://Shop.example/lamp?to=ada#x now");
        let other =
            html("<a href=\"http://shop.example/lamp?to=bob\">quite other words stand here today</a>");
        assert_eq!(common(&one, &other), 1, "the link");
        let file = |name: &str, words: &str| {
            KEY.of_message(
                format!(
                    "From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n{words}\r\n--b\r\n\
                     Content-Type: application/pdf; name={name}\r\nContent-Disposition: attachment; filename={name}\r\n\
                     Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjcK\r\n--b--\r\n"
                )
                .as_bytes(),
            )
        };
        assert_eq!(
            common(&file("a.pdf", "one two three"), &file("b.pdf", "four five six")),
            1,
            "the file, by its bytes"
        );
    }

    #[test]
    fn of_a_long_text_an_even_sample_is_kept_that_is_the_same_for_the_same_text() {
        let text: String = (0..9_000).map(|n| format!("word{n} ")).collect();
        let one = plain(&text);
        assert!((MOST_SHINGLES / 3..=MOST_SHINGLES).contains(&one.len()), "{}", one.len());
        let other = plain(&format!("Dear Bob {text}"));
        assert!(common(&one, &other) * 100 >= one.len() * 99);
        assert!(plain(&"x".repeat(3 * MOST_TEXT)).len() <= 1);
    }
}
