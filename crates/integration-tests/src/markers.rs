//! Words that nobody else types: planted in a field, they are found wherever it turns up, in clear or in an encoding.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mailkeep_types::{SystemClock, new_uuid};
use memchr::memmem;

/// The length of the stem: long enough that chance does not make one, and whole groups of base64.
const STEM: usize = 12;
/// The digits after it.
const DIGITS: usize = 4;

/// Markers with one stem. Each is the stem and a number: small letters and digits, so that it fits into names, addresses
/// and folders alike.
pub struct Markers {
    stem: String,
    planted: Vec<String>,
    texts: Vec<String>,
}

impl Default for Markers {
    fn default() -> Self {
        Self::new()
    }
}

impl Markers {
    /// A stem that no other test has.
    pub fn new() -> Self {
        let consonant = |byte: &u8| char::from(b"bcdfghjkmnpqrtvw"[usize::from(byte & 15)]);
        let random = new_uuid(&SystemClock).into_bytes();
        // The end of such an identifier is random, its beginning is the time.
        let stem: String = "qz".chars().chain(random.iter().rev().take(STEM - 2).map(consonant)).collect();
        Markers { stem, planted: Vec::new(), texts: Vec::new() }
    }

    /// The next marker, for a place of which the reports of a search speak.
    pub fn next(&mut self, place: &str) -> String {
        self.planted.push(place.to_owned());
        self.of(self.planted.len() - 1)
    }

    /// What all of them begin with.
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// Another text that is searched for too, e.g. a telephone number, which has no letters.
    pub fn also(&mut self, text: &str) {
        self.texts.push(text.to_owned());
    }

    /// How many were planted.
    pub fn count(&self) -> usize {
        self.planted.len() + self.texts.len()
    }

    /// The marker with a number.
    pub fn of(&self, number: usize) -> String {
        format!("{}{number:0DIGITS$}", self.stem)
    }

    /// The numbers of the markers in a text.
    pub fn numbers_in(&self, text: &str) -> BTreeSet<usize> {
        let text = text.to_ascii_lowercase();
        let after = text.match_indices(&self.stem).map(|(at, _)| at + STEM);
        after.filter_map(|at| text.get(at..at + DIGITS)?.parse().ok()).collect()
    }

    /// What a marker was planted as.
    pub fn place(&self, number: usize) -> &str {
        self.planted.get(number).map_or("nowhere", String::as_str)
    }

    /// A search for any of them.
    pub fn search(&self) -> Search {
        let stem = self.stem.as_bytes();
        let mut needles = vec![
            Needle::folded("in clear", stem.to_vec()),
            Needle::folded("in UTF-16", stem.iter().flat_map(|byte| [*byte, 0]).collect()),
            Needle::folded("in hexadecimal digits", data_encoding::HEXLOWER.encode(stem).into_bytes()),
        ];
        // What the first and last letters of the code are depends on the neighbours.
        for (shift, range) in [(0, 0..16), (1, 2..17), (2, 3..18)] {
            let code = STANDARD.encode([&vec![0; shift], stem].concat());
            needles.push(Needle { how: "in base64", text: code.as_bytes()[range].to_vec(), folded: false });
        }
        needles.extend(self.texts.iter().map(|text| Needle::folded("in clear", text.clone().into_bytes())));
        Search { needles }
    }
}

struct Needle {
    how: &'static str,
    text: Vec<u8>,
    folded: bool,
}

impl Needle {
    fn folded(how: &'static str, text: Vec<u8>) -> Self {
        Needle { how, text: text.to_ascii_lowercase(), folded: true }
    }
}

/// Looks for markers in bytes.
pub struct Search {
    needles: Vec<Needle>,
}

impl Search {
    /// How a marker stands in the bytes, with what is around it; `None` when none does.
    pub fn find(&self, bytes: &[u8]) -> Option<String> {
        let small = bytes.to_ascii_lowercase();
        self.needles.iter().find_map(|needle| {
            let text = if needle.folded { &small[..] } else { bytes };
            let at = memmem::find(text, &needle.text)?;
            let around = &bytes[at.saturating_sub(40)..bytes.len().min(at + 60)];
            Some(format!("{}: {}", needle.how, around.escape_ascii()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_found_in_every_form_that_is_looked_for() {
        let mut markers = Markers::new();
        let marker = markers.next("a name");
        markers.also("+12125550177");
        let search = markers.search();
        let sentence = format!("Dear {}, hello", marker.to_uppercase());
        assert!(search.find(sentence.as_bytes()).is_some());
        assert_eq!(markers.numbers_in(&sentence), BTreeSet::from([0]));
        for before in ["", "a", "ab", "abc", "abcd"] {
            let code = STANDARD.encode(format!("{before}{marker} and more"));
            assert!(search.find(code.as_bytes()).is_some(), "{before}");
            let digits = data_encoding::HEXUPPER.encode(format!("{before}{marker}").as_bytes());
            assert!(search.find(digits.as_bytes()).is_some(), "{before}");
        }
        let wide: Vec<u8> = marker.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(search.find(&wide).is_some());
        assert!(search.find(b"call +12125550177 now").is_some());
        assert!(search.find(b"nothing of the kind").is_none());
        assert!(Markers::new().search().find(sentence.as_bytes()).is_none(), "another test's");
    }
}
