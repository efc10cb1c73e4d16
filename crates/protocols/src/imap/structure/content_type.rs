//! `Content-Type`, `Content-Disposition` and their parameters (RFC 2045 section 5.1, RFC 2183).
//!
//! Parameters are kept as they are written, RFC 2231 pieces included: that is what IMAP clients expect to decode.

/// More parameters than this are passed over.
const MAX_PARAMETERS: usize = 64;

/// A value with parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parametrised {
    /// What stands before the first semicolon, e.g. `text/plain`.
    pub value: Vec<u8>,
    /// Names and values, unquoted.
    pub parameters: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Parametrised {
    /// The parameter `name`, in any case.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        let found = self.parameters.iter().find(|(n, _)| n.eq_ignore_ascii_case(name.as_bytes()));
        found.map(|(_, value)| value.as_slice())
    }

    /// Splits the value at its slash into type and subtype; `None` when there is none or a side is empty.
    pub fn split_type(&self) -> Option<(&[u8], &[u8])> {
        let slash = memchr::memchr(b'/', &self.value)?;
        let (main, sub) = self.value.split_at_checked(slash)?;
        let (main, sub) = (main.trim_ascii(), sub.get(1..)?.trim_ascii());
        (!main.is_empty() && !sub.is_empty()).then_some((main, sub))
    }
}

/// Reads a header value leniently: comments are dropped, missing quotes and semicolons forgiven.
pub(super) fn parse_parametrised(value: &[u8]) -> Parametrised {
    let mut lexer = Lexer { rest: value };
    let first = lexer.token_until(b";");
    let mut out = Parametrised { value: first, parameters: Vec::new() };
    while lexer.eat(b';') {
        let name = lexer.token_until(b"=;");
        if lexer.eat(b'=') {
            let value = lexer.token_until(b";");
            if !name.is_empty() && out.parameters.len() < MAX_PARAMETERS {
                out.parameters.push((name, value));
            }
        }
    }
    out
}

struct Lexer<'a> {
    rest: &'a [u8],
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn eat(&mut self, byte: u8) -> bool {
        match self.rest.split_first() {
            Some((first, rest)) if *first == byte => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// Everything up to one of the `stops` outside quotes and comments, unquoted and trimmed.
    fn token_until(&mut self, stops: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut quoted_until = 0;
        while let Some(&byte) = self.rest.first() {
            if stops.contains(&byte) {
                break;
            }
            self.next();
            match byte {
                b'"' => {
                    self.quoted(&mut out);
                    quoted_until = out.len();
                }
                b'(' => self.comment(),
                b'\r' | b'\n' | 0 => {}
                b' ' | b'\t' if out.is_empty() => {}
                other => out.push(other),
            }
        }
        while out.len() > quoted_until && matches!(out.last(), Some(b' ' | b'\t')) {
            out.pop();
        }
        out
    }

    fn quoted(&mut self, out: &mut Vec<u8>) {
        while let Some(byte) = self.next() {
            match byte {
                b'"' => return,
                b'\\' => out.extend(self.next().filter(|b| !matches!(b, b'\r' | b'\n' | 0))),
                b'\r' | b'\n' | 0 => {}
                other => out.push(other),
            }
        }
    }

    fn comment(&mut self) {
        let mut depth = 1u32;
        while let Some(byte) = self.next() {
            match byte {
                b'\\' => {
                    self.next();
                }
                b'(' => depth = depth.saturating_add(1),
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_usual_and_odd_values() {
        let parsed = parse_parametrised(b" text/plain; charset=\"utf-8\" (a comment);\r\n format=flowed ");
        assert_eq!(parsed.split_type(), Some((&b"text"[..], &b"plain"[..])));
        assert_eq!(parsed.get("CHARSET"), Some(&b"utf-8"[..]));
        assert_eq!(parsed.get("format"), Some(&b"flowed"[..]));
        let parsed = parse_parametrised(b"multipart/mixed; boundary=\"a;b \\\" c\"; ; x; y=");
        assert_eq!(parsed.get("boundary"), Some(&b"a;b \" c"[..]));
        assert_eq!(parsed.parameters.len(), 2);
        assert_eq!(parse_parametrised(b"text").split_type(), None);
        assert_eq!(parse_parametrised(b"\"unclosed; a=b").parameters, Vec::new());
    }
}
