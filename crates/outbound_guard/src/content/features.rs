//! What a message is told by: its words, where its links lead, how its page and its parts are made. All of it is hashed under a
//! secret, so that nobody who reads the numbers can look for a word in them.

use std::borrow::Cow;

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use crate::campaign::shingles::{ShingleKey, cut};
use crate::campaign::words::{each_link, each_word};

/// So much of a message's text is looked at, in bytes: what it wants it says at the beginning.
const MOST_TEXT: usize = 16 * 1024;
/// So much of its subject.
const MOST_SUBJECT: usize = 1_024;
/// So much of its pages.
const MOST_PAGE: usize = 64 * 1024;
/// So many of its parts.
const MOST_PARTS: usize = 50;
/// So many features are kept: of more, the same ones of the same text.
pub(super) const MOST_FEATURES: usize = 2_048;
/// What is longer is no word, in bytes.
const LONGEST_WORD: usize = 24;
/// What is longer is no name of an element, an attribute or a colour, in bytes.
const LONGEST_NAME: usize = 16;
/// Attributes whose values say how a page is dressed.
const DRESS: [&str; 6] = ["color", "bgcolor", "size", "face", "width", "height"];

/// Kinds of features. Their numbers are not those of shingles.
#[derive(Clone, Copy)]
enum Kind {
    Word = 1,
    Pair,
    SubjectWord,
    SubjectPair,
    Loud,
    Host,
    LinkEnd,
    Links,
    Element,
    Dress,
    Page,
    Part,
    Charset,
    Capitals,
    Digits,
    Marks,
    Money,
    Length,
}

/// Collects features.
struct Found {
    key: ShingleKey,
    features: Vec<u32>,
}

impl Found {
    fn add(&mut self, kind: Kind, one: &str, other: &str) {
        self.features.push(self.key.hash(kind as u8, &[one.as_bytes(), other.as_bytes()]));
    }

    /// Words alone, and each two that follow each other.
    fn add_words(&mut self, alone: Kind, together: Kind, text: &str) {
        let mut before = String::new();
        each_word(text, |word| {
            if word.len() > LONGEST_WORD {
                return before.clear();
            }
            let word = without_digits(word);
            self.add(alone, &word, "");
            if !before.is_empty() {
                self.add(together, &before, &word);
            }
            before.clear();
            before.push_str(&word);
        });
    }

    /// Where links lead, and how they are written.
    fn add_links(&mut self, text: &str) {
        let mut count = 0;
        each_link(text, |host, path| {
            count += 1;
            self.add_link(host, path);
        });
        self.add(Kind::Links, step(count), "");
    }

    fn add_link(&mut self, host: &str, path: &str) {
        let bare = host.rsplit('@').next().and_then(|host| host.split(':').next()).unwrap_or(host);
        self.add(Kind::Host, host, "");
        if bare.chars().all(|letter| letter.is_ascii_digit() || letter == '.') {
            return self.add(Kind::LinkEnd, "an address", "");
        }
        let mut labels = bare.rsplitn(3, '.');
        let (last, second) = (labels.next().unwrap_or_default(), labels.next().unwrap_or_default());
        self.add(Kind::Host, second, last);
        self.add(Kind::LinkEnd, "host", last);
        if let Some((_, end)) = path.rsplit_once('.').filter(|(_, end)| end.len() <= LONGEST_NAME) {
            self.add(Kind::LinkEnd, "file", &end.to_lowercase());
        }
    }

    /// The elements of a page and how they are dressed.
    fn add_page(&mut self, page: &str) {
        let (mut images, mut elements) = (0, 0);
        for element in page.split('<').skip(1) {
            let mut parts = element.split('>').next().unwrap_or_default().split_ascii_whitespace();
            let name = parts.next().unwrap_or_default().to_lowercase();
            if name.is_empty() || name.len() > LONGEST_NAME || name.starts_with('/') {
                continue;
            }
            elements += 1;
            images += usize::from(name == "img");
            self.add(Kind::Element, &name, "");
            for attribute in parts.take(12) {
                self.add_attribute(&name, attribute);
            }
        }
        self.add(Kind::Page, "images", step(images));
        self.add(Kind::Page, "elements", step(elements));
    }

    fn add_attribute(&mut self, element: &str, attribute: &str) {
        let (attribute, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        if attribute.len() > LONGEST_NAME {
            return;
        }
        let attribute = attribute.to_lowercase();
        self.add(Kind::Element, element, &attribute);
        let value = value.trim_matches(['"', '\'', ';']);
        if DRESS.contains(&attribute.as_str()) && value.len() <= LONGEST_NAME {
            self.add(Kind::Dress, &attribute, &value.to_lowercase());
        }
    }

    /// How a part is made.
    fn add_part(&mut self, part: &MessagePart<'_>) {
        if let Some(kind) = part.content_type() {
            let sub = kind.subtype().unwrap_or_default().to_lowercase();
            self.add(Kind::Part, &kind.ctype().to_lowercase(), &sub);
            if let Some(charset) = kind.attribute("charset") {
                self.add(Kind::Charset, &charset.to_lowercase(), "");
            }
        }
        if let Some(coded) = part.content_transfer_encoding() {
            self.add(Kind::Part, "coded", &coded.to_lowercase());
        }
        if let Some((_, end)) = part.attachment_name().and_then(|name| name.rsplit_once('.')) {
            self.add(Kind::Part, "file", &end.to_lowercase());
        }
    }

    /// How a text is written.
    fn add_manner(&mut self, place: &str, text: &str) {
        let (mut letters, mut capitals, mut digits, mut marks, mut money) = (0, 0, 0, 0, 0);
        let mut count = |letter: char, is_letter: bool, is_capital: bool| {
            letters += usize::from(is_letter);
            capitals += usize::from(is_capital);
            digits += usize::from(letter.is_ascii_digit());
            marks += usize::from(letter == '!');
            money += usize::from(matches!(letter, '$' | '€' | '£' | '%'));
        };
        if text.is_ascii() {
            for letter in text.bytes() {
                count(char::from(letter), letter.is_ascii_alphabetic(), letter.is_ascii_uppercase());
            }
        } else {
            for letter in text.chars() {
                count(letter, letter.is_alphabetic(), letter.is_uppercase());
            }
        }
        self.add(Kind::Capitals, place, share(capitals, letters));
        self.add(Kind::Digits, place, share(digits, letters));
        self.add(Kind::Marks, place, step(marks));
        self.add(Kind::Money, place, step(money));
        self.add(Kind::Length, place, step(text.len() / 64));
        for word in text.split_whitespace().filter(|word| is_loud(word)).take(200) {
            self.add(Kind::Loud, &word.to_lowercase(), "");
        }
    }
}

/// Numbers say what they look like and not which they are.
fn without_digits(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|letter| letter.is_ascii_digit()) {
        let shown = |letter: char| if letter.is_ascii_digit() { '0' } else { letter };
        return Cow::Owned(word.chars().map(shown).collect());
    }
    Cow::Borrowed(word)
}

/// All in capitals.
fn is_loud(word: &str) -> bool {
    (3..=LONGEST_WORD).contains(&word.len())
        && !word.contains(char::is_lowercase)
        && word.chars().filter(|letter| letter.is_alphabetic()).count() >= 3
}

/// A part of the whole as a step of a scale.
fn share(part: usize, whole: usize) -> &'static str {
    match part * 100 / whole.max(1) {
        0..=2 => "few",
        3..=9 => "some",
        10..=29 => "many",
        _ => "most",
    }
}

/// A number as a step of a scale.
const fn step(number: usize) -> &'static str {
    match number {
        0 => "0",
        1 => "1",
        2..=3 => "3",
        4..=7 => "7",
        8..=15 => "15",
        16..=63 => "63",
        64..=255 => "255",
        _ => "more",
    }
}

impl ShingleKey {
    /// The features of a message as it goes out, each once and in order of their numbers.
    pub(crate) fn features(self, message: &Message<'_>, texts: &[Cow<'_, str>]) -> Vec<u32> {
        let mut found = Found { key: self, features: Vec::new() };
        let (mut subject, mut text, mut page) = (MOST_SUBJECT, MOST_TEXT, MOST_PAGE);
        let subject = cut(message.subject().unwrap_or_default(), &mut subject);
        found.add_words(Kind::SubjectWord, Kind::SubjectPair, subject);
        found.add_words(Kind::Word, Kind::Pair, subject);
        found.add_manner("subject", subject);
        for body in texts {
            let body = cut(body, &mut text);
            found.add_words(Kind::Word, Kind::Pair, body);
            found.add_links(body);
            found.add_manner("text", body);
        }
        for part in message.html_bodies().take(MOST_PARTS) {
            if let PartType::Html(html) = &part.body {
                let html = cut(html, &mut page);
                found.add_page(html);
                found.add_links(html);
            }
        }
        for part in message.parts.iter().take(MOST_PARTS) {
            found.add_part(part);
        }
        found.add(Kind::Part, "parts", step(message.parts.len()));
        let mut features = found.features;
        features.sort_unstable();
        features.dedup();
        features.truncate(MOST_FEATURES);
        features
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(message: &str) -> Vec<u32> {
        ShingleKey::new(&[7; 32]).read(message.as_bytes()).features
    }

    fn common(one: &[u32], other: &[u32]) -> usize {
        one.iter().filter(|feature| other.contains(feature)).count()
    }

    fn page(html: &str) -> Vec<u32> {
        features(&format!("From: a@example.com\r\nContent-Type: text/html\r\n\r\n{html}\r\n"))
    }

    #[test]
    fn numbers_and_the_ways_of_coding_make_no_difference() {
        let one = features("Subject: Your bill 4711\r\n\r\nPlease pay 12.50 until Friday\r\n");
        let other = features("Subject: Your bill 9833\r\n\r\nplease  PAY\r\n99.80 until Friday\r\n");
        assert!(common(&one, &other) + 2 >= other.len(), "{} of {}", common(&one, &other), other.len());
        let coded = features(
            "Subject: =?utf-8?q?Your_bill_4711?=\r\nContent-Transfer-Encoding: base64\r\n\r\nUGxlYXNlIHBheSAxMi41MCB1bnRpbCBGcmlkYXkK\r\n",
        );
        assert!(common(&one, &coded) == one.len(), "the words are the same");
    }

    #[test]
    fn links_and_dress_tell_a_page() {
        let one = page("<p>Look <a href='http://www.shop.example/a.php?to=ada'>here</a></p>");
        let same = page("<p>Look <a href='https://shop.example/b.php?to=bob'>here</a></p>");
        let bare = page("<p>Look <a href='http://192.0.2.7/a.php'>here</a></p>");
        let port = page("<p>Look <a href='https://shop.example:8080/b.php'>here</a></p>");
        assert!(common(&one, &port) > common(&one, &bare), "a port is no address");
        assert!(common(&one, &same) > common(&one, &bare));
        let dressed = page("<p>Look <font color=\"#FF0000\">here</font></p>");
        let plain = page("<p>Look <font>here</font></p>");
        assert_eq!(dressed.len(), plain.len() + 2, "an attribute and its value");
    }

    #[test]
    fn what_is_huge_or_broken_is_read_as_far_as_it_goes() {
        let long: String = (0..40_000).map(|n| format!("w{}x ", n * 7_919 % 99_991)).collect();
        assert!(features(&format!("Subject: x\r\n\r\n{long}")).len() <= MOST_FEATURES);
        assert!(!page(&"<".repeat(200_000)).is_empty());
        assert!(!page(&format!("<a {}>", "b=c ".repeat(50_000))).is_empty());
        assert!(features("").is_empty());
    }
}
