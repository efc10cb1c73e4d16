//! Normalised text and its trigrams.
//!
//! A word is a run of letters and digits. Its trigrams are the keys under which it is found; a query's words are runs
//! within the words of the text, so their trigrams are a part of the text's. Scripts without blanks between words
//! (Chinese, Japanese, Korean) also give pairs, since a word there is often two characters.

use std::collections::HashSet;

const SYMBOLS: usize = 36;
const WORDS: usize = (SYMBOLS * SYMBOLS * SYMBOLS).div_ceil(64);
/// Texts with more trigrams of other scripts are not filtered.
const MAX_OTHER: usize = 60_000;
const PAIR: u64 = 1 << 63;

/// The distinct trigrams of a text.
#[derive(Clone)]
pub(crate) struct Grams {
    /// One bit for each trigram of ASCII letters and digits.
    ascii: Box<[u64; WORDS]>,
    other: HashSet<u64>,
    complete: bool,
}

impl Default for Grams {
    fn default() -> Self {
        Grams { ascii: Box::new([0; WORDS]), other: HashSet::new(), complete: true }
    }
}

impl std::fmt::Debug for Grams {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Grams({})", self.len())
    }
}

/// Lower case, and one blank for any run of white space: in this form texts and queries are compared. Each character
/// is changed by itself, so that a part of a text becomes a part of the normalised text.
pub(crate) fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            if !blank {
                out.push(' ');
            }
            blank = true;
            continue;
        }
        blank = false;
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

fn symbol(c: char) -> Option<usize> {
    match c {
        'a'..='z' => Some(c as usize - 'a' as usize),
        'A'..='Z' => Some(c as usize - 'A' as usize),
        '0'..='9' => Some(c as usize - '0' as usize + 26),
        _ => None,
    }
}

fn letter(symbol: usize) -> u64 {
    let base = if symbol < 26 { 'a' as usize + symbol } else { '0' as usize + symbol - 26 };
    base as u64
}

fn is_dense_script(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

impl Grams {
    /// Adds the trigrams of a text, which need not be normalised.
    pub(crate) fn add(&mut self, text: &str) {
        let mut window = Window::default();
        for c in text.chars() {
            match symbol(c) {
                Some(symbol) => self.push_ascii(&mut window, symbol),
                None if !c.is_ascii() && c.is_alphanumeric() => {
                    for lower in c.to_lowercase() {
                        self.push_other(&mut window, lower);
                    }
                }
                None => window = Window::default(),
            }
        }
    }

    fn push_ascii(&mut self, window: &mut Window, symbol: usize) {
        if window.ascii_run >= 2 {
            let index = window.index % (SYMBOLS * SYMBOLS) * SYMBOLS + symbol;
            window.index = index;
            if let Some(word) = self.ascii.get_mut(index / 64) {
                *word |= 1 << (index % 64);
            }
        } else {
            window.index = window.index * SYMBOLS + symbol;
            if window.length >= 2 {
                self.insert(window.before << 42 | window.last << 21 | letter(symbol));
            }
        }
        window.ascii_run += 1;
        window.shift(letter(symbol));
    }

    fn push_other(&mut self, window: &mut Window, c: char) {
        let code = u64::from(c);
        if window.length >= 1 && is_dense_script(c) {
            self.insert(PAIR | window.last << 21 | code);
        }
        if window.length >= 2 {
            self.insert(window.before << 42 | window.last << 21 | code);
        }
        (window.ascii_run, window.index) = (0, 0);
        window.shift(code);
    }

    fn insert(&mut self, code: u64) {
        if self.other.len() < MAX_OTHER {
            self.other.insert(code);
        } else {
            self.complete = false;
        }
    }

    /// Says that the text was not read to its end: its message is then always looked at.
    pub(crate) fn give_up(&mut self) {
        self.complete = false;
    }

    /// True when all trigrams of the text are there.
    pub(crate) fn is_complete(&self) -> bool {
        self.complete
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ascii.iter().map(|word| word.count_ones() as usize).sum::<usize>() + self.other.len()
    }

    /// Hands each trigram to `each` as a number.
    pub(crate) fn for_each(&self, mut each: impl FnMut(u64)) {
        for (index, word) in self.ascii.iter().enumerate() {
            let mut word = *word;
            while word != 0 {
                let gram = index * 64 + word.trailing_zeros() as usize;
                word &= word - 1;
                let (a, b, c) = (gram / (SYMBOLS * SYMBOLS), gram / SYMBOLS % SYMBOLS, gram % SYMBOLS);
                each(letter(a) << 42 | letter(b) << 21 | letter(c));
            }
        }
        self.other.iter().copied().for_each(each);
    }
}

#[derive(Default)]
struct Window {
    before: u64,
    last: u64,
    length: usize,
    ascii_run: usize,
    index: usize,
}

impl Window {
    fn shift(&mut self, code: u64) {
        self.before = self.last;
        self.last = code;
        self.length += 1;
    }
}
