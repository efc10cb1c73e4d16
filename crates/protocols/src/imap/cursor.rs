//! Reading tokens of RFC 3501 section 9 from one command.

use std::borrow::Cow;
use std::ops::Range;

use super::write::is_atom_char;

/// What is wrong with a command: the text of the `BAD` reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Bad(pub Cow<'static, str>);

impl Bad {
    pub(super) fn new(text: &'static str) -> Self {
        Bad(Cow::Borrowed(text))
    }

    /// A text that names what the client sent, shortened and without anything that could break the reply line.
    pub(super) fn about(text: &str, given: &[u8]) -> Self {
        let shown: String = given
            .iter()
            .take(40)
            .map(|b| if matches!(b, 0x20..=0x7e) && *b != b'"' { char::from(*b) } else { '?' })
            .collect();
        Bad(Cow::Owned(format!("{text}: {shown}")))
    }
}

pub(super) type Parsed<T> = Result<T, Bad>;

/// A place in a command. Literals stand in the command as `{length}`, line end and their bytes.
pub(super) struct Cursor<'a> {
    input: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(input: &'a [u8]) -> Self {
        Cursor { input, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.input.get(self.at..).unwrap_or_default()
    }

    pub fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn advance(&mut self, count: usize) -> &'a [u8] {
        let taken = self.rest().get(..count).unwrap_or_else(|| self.rest());
        self.at = self.at.saturating_add(taken.len());
        taken
    }

    pub fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.advance(1);
        }
        found
    }

    /// Takes `text`, in any case, if it stands here.
    pub fn eat_word(&mut self, text: &str) -> bool {
        let found =
            self.rest().get(..text.len()).is_some_and(|next| next.eq_ignore_ascii_case(text.as_bytes()));
        if found {
            self.advance(text.len());
        }
        found
    }

    pub fn expect(&mut self, byte: u8) -> Parsed<()> {
        if self.eat(byte) {
            return Ok(());
        }
        Err(match byte {
            b'(' => Bad::new("a list in parentheses is expected here"),
            b')' => Bad::new("a closing parenthesis is missing"),
            _ => Bad::about("unexpected text", self.rest()),
        })
    }

    /// One space. Clients that send more get away with it.
    pub fn space(&mut self) -> Parsed<()> {
        if !self.eat(b' ') {
            return Err(Bad::new("an argument is missing"));
        }
        while self.eat(b' ') {}
        Ok(())
    }

    /// The end of the command; spaces before it are forgiven.
    pub fn end(&mut self) -> Parsed<()> {
        while self.eat(b' ') {}
        match self.rest() {
            [] => Ok(()),
            more => Err(Bad::about("too many arguments", more)),
        }
    }

    pub fn at_end(&self) -> bool {
        self.rest().trim_ascii().is_empty()
    }

    pub fn take_while(&mut self, accept: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.rest().iter().position(|b| !accept(*b)).unwrap_or(self.rest().len());
        self.advance(length)
    }

    /// An atom as text; keywords of the grammar are read so and compared in any case.
    pub fn atom(&mut self) -> Parsed<&'a str> {
        let atom = self.take_while(is_atom_char);
        if atom.is_empty() {
            return Err(Bad::new("an argument is missing or has a character that is not allowed there"));
        }
        // Atoms are ASCII.
        std::str::from_utf8(atom)
            .map_err(|_| Bad::new("an argument has a character that is not allowed there"))
    }

    /// A number that fits 32 bits.
    pub fn number(&mut self) -> Parsed<u32> {
        u32::try_from(self.number64()?).map_err(|_| Bad::new("a number is too large"))
    }

    /// A number that fits 63 bits (RFC 7162 `mod-sequence-value`).
    pub fn number64(&mut self) -> Parsed<u64> {
        let digits = self.take_while(|b| b.is_ascii_digit());
        if digits.is_empty() {
            return Err(Bad::new("a number is expected"));
        }
        let text = std::str::from_utf8(digits).unwrap_or_default();
        let value: u64 = text.parse().map_err(|_| Bad::new("a number is too large"))?;
        if i64::try_from(value).is_err() {
            return Err(Bad::new("a number is too large"));
        }
        Ok(value)
    }

    /// A number from 1 that fits 32 bits.
    pub fn nz_number(&mut self) -> Parsed<u32> {
        match self.number()? {
            0 => Err(Bad::new("zero is not a valid number here")),
            number => Ok(number),
        }
    }

    /// `string`: quoted or literal.
    pub fn string(&mut self) -> Parsed<Cow<'a, [u8]>> {
        match self.peek() {
            Some(b'"') => self.quoted(),
            Some(b'{') => {
                self.literal().map(|range| Cow::Borrowed(self.input.get(range).unwrap_or_default()))
            }
            _ => Err(Bad::new("a string is expected: in double quotes or as a literal")),
        }
    }

    fn quoted(&mut self) -> Parsed<Cow<'a, [u8]>> {
        self.advance(1);
        let plain = self.take_while(|b| !matches!(b, b'"' | b'\\' | b'\r' | b'\n' | 0));
        if self.eat(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = plain.to_vec();
        loop {
            text.extend_from_slice(self.take_while(|b| !matches!(b, b'"' | b'\\' | b'\r' | b'\n' | 0)));
            if self.eat(b'"') {
                return Ok(Cow::Owned(text));
            }
            if !self.eat(b'\\') {
                return Err(Bad::new("a quoted string has no end; use a literal for text with line breaks"));
            }
            match self.advance(1) {
                [escaped @ (b'"' | b'\\')] => text.push(*escaped),
                _ => return Err(Bad::new("only \\\" and \\\\ may be escaped in a quoted string")),
            }
        }
    }

    /// A literal: the range of its bytes in the command.
    pub fn literal(&mut self) -> Parsed<Range<usize>> {
        let bad = || Bad::new("a literal looks like {length} or {length+} at the end of a line");
        if !self.eat(b'{') {
            return Err(bad());
        }
        let length = usize::try_from(self.number64()?).map_err(|_| bad())?;
        self.eat(b'+');
        if !self.eat(b'}') {
            return Err(bad());
        }
        self.eat(b'\r');
        if !self.eat(b'\n') {
            return Err(bad());
        }
        let start = self.at;
        let taken = self.advance(length);
        if taken.len() != length {
            return Err(bad());
        }
        if taken.contains(&0) {
            return Err(Bad::new("a literal must not contain NUL bytes"));
        }
        Ok(start..self.at)
    }

    /// `astring`: an atom (with `]`), or a string. Bytes outside ASCII are let through; the caller checks UTF-8.
    pub fn astring(&mut self) -> Parsed<Cow<'a, [u8]>> {
        self.astring_or(|_| false)
    }

    /// The same, with more bytes allowed in the atom.
    pub fn astring_or(&mut self, also: impl Fn(u8) -> bool) -> Parsed<Cow<'a, [u8]>> {
        match self.peek() {
            Some(b'"' | b'{') => self.string(),
            _ => {
                let atom = self.take_while(|b| is_atom_char(b) || b == b']' || b >= 0x80 || also(b));
                if atom.is_empty() {
                    Err(Bad::new("an argument is missing"))
                } else {
                    Ok(Cow::Borrowed(atom))
                }
            }
        }
    }

    /// An `astring` that must be UTF-8.
    pub fn text(&mut self) -> Parsed<String> {
        let bytes = self.astring()?;
        String::from_utf8(bytes.into_owned()).map_err(|_| Bad::new("the text is not valid UTF-8"))
    }

    /// A list in parentheses whose items `item` reads; at least `least` of them.
    pub fn list<T>(&mut self, least: usize, mut item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.expect(b'(')?;
        while self.eat(b' ') {}
        let mut items = Vec::new();
        while !self.eat(b')') {
            items.push(item(self)?);
            if self.peek() != Some(b')') {
                if self.peek().is_none() {
                    return Err(Bad::new("a closing parenthesis is missing"));
                }
                self.space()?;
            }
        }
        if items.len() < least { Err(Bad::new("the list must not be empty")) } else { Ok(items) }
    }
}
