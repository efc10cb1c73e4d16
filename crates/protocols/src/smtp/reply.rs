//! Replies of a server (RFC 5321 section 4.2) with enhanced status codes (RFC 2034, 3463).

use std::borrow::Cow;
use std::fmt;

/// An enhanced status code such as `5.7.1` (RFC 3463).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Enhanced(pub u8, pub u16, pub u16);

impl fmt::Display for Enhanced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

impl Enhanced {
    /// Reads `class.subject.detail` at the start of `text`; the rest comes back with it.
    pub fn take(text: &str) -> Option<(Enhanced, &str)> {
        let (code, rest) = text.split_once(' ').unwrap_or((text, ""));
        let mut parts = code.split('.');
        let class: u8 = parts.next().and_then(|p| p.parse().ok()).filter(|c| matches!(c, 2 | 4 | 5))?;
        let mut part = || parts.next().filter(|p| p.len() <= 3).and_then(|p| p.parse::<u16>().ok());
        let enhanced = Enhanced(class, part()?, part()?);
        parts.next().is_none().then_some((enhanced, rest))
    }
}

/// A reply: a code, an enhanced code, and one line of text or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    code: u16,
    enhanced: Option<Enhanced>,
    lines: Vec<Cow<'static, str>>,
}

impl Reply {
    /// A reply of one line. Greetings, EHLO and 354 have no enhanced code.
    pub fn new(code: u16, enhanced: Option<Enhanced>, text: impl Into<Cow<'static, str>>) -> Self {
        Reply { code, enhanced, lines: vec![text.into()] }
    }

    /// A reply with an enhanced code, the usual case: `Reply::of(550, (5, 1, 1), "…")`.
    pub fn of(
        code: u16,
        (class, subject, detail): (u8, u16, u16),
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        Reply::new(code, Some(Enhanced(class, subject, detail)), text)
    }

    /// The same reply with one more line.
    #[must_use]
    pub fn line(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.lines.push(text.into());
        self
    }

    /// The three digits.
    pub fn code(&self) -> u16 {
        self.code
    }

    /// The enhanced code.
    pub fn enhanced(&self) -> Option<Enhanced> {
        self.enhanced
    }

    /// The enhanced code, or the general one of the reply's class: `5.0.0` for 5xx.
    pub fn status(&self) -> Enhanced {
        self.enhanced.unwrap_or(match self.code {
            200..300 => Enhanced(2, 0, 0),
            500..600 => Enhanced(5, 0, 0),
            _ => Enhanced(4, 0, 0),
        })
    }

    /// The lines of text.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(AsRef::as_ref)
    }

    /// The text in one line.
    pub fn text(&self) -> String {
        self.lines.join(" ")
    }

    /// 2xx and 3xx.
    pub fn is_positive(&self) -> bool {
        (200..400).contains(&self.code)
    }

    /// 4xx: it may work later.
    pub fn is_transient(&self) -> bool {
        (400..500).contains(&self.code)
    }

    /// 5xx: it will not work.
    pub fn is_permanent(&self) -> bool {
        (500..600).contains(&self.code)
    }

    /// Writes the reply as it goes on the wire. Text that came from outside cannot add lines: control characters
    /// become spaces, and a line is cut at 500 bytes (RFC 5321 section 4.5.3.1.5).
    pub fn write(&self, out: &mut Vec<u8>) {
        let last = self.lines.len().saturating_sub(1);
        for (at, line) in self.lines.iter().enumerate() {
            let mut text = format!("{:03}{}", self.code, if at == last { ' ' } else { '-' });
            if let Some(enhanced) = self.enhanced {
                text.push_str(&format!("{enhanced} "));
            }
            text.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
            let mut end = text.len().min(500);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
            out.extend_from_slice(text.as_bytes());
            out.extend_from_slice(b"\r\n");
        }
    }

    /// The bytes on the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(80);
        self.write(&mut out);
        out
    }
}

impl fmt::Display for Reply {
    /// `550 5.1.1 text` in one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} ", self.code)?;
        if let Some(enhanced) = self.enhanced {
            write!(f, "{enhanced} ")?;
        }
        f.write_str(&self.text())
    }
}

/// Why an answer of a server is no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplyFault {
    /// A line does not begin with three digits.
    #[error("the server's answer is not an SMTP reply")]
    Malformed,
    /// The lines of one reply have different codes.
    #[error("the lines of the server's reply have different codes")]
    Mixed,
    /// More lines or longer lines than we read.
    #[error("the server's reply is too long")]
    TooLong,
}

/// Reads the replies of a server from chunks of bytes. Holds at most 64 KiB.
#[derive(Debug, Default)]
pub struct ReplyReader {
    line: Vec<u8>,
    reply: Option<Reply>,
}

const MAX_LINE: usize = 4096;
const MAX_LINES: usize = 100;
const MAX_BYTES: usize = 64 * 1024;

impl ReplyReader {
    /// Takes bytes from the start of `input` up to the end of a reply. Returns how many were taken and the reply when
    /// it is whole. After an error the connection is of no use.
    pub fn take(&mut self, input: &[u8]) -> Result<(usize, Option<Reply>), ReplyFault> {
        let mut taken = 0;
        while let Some(rest) = input.get(taken..).filter(|rest| !rest.is_empty()) {
            let end = memchr::memchr(b'\n', rest).map(|at| at + 1);
            let part = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest);
            taken += part.len();
            if self.line.len() + part.len() > MAX_LINE {
                return Err(ReplyFault::TooLong);
            }
            self.line.extend_from_slice(part);
            if end.is_some() {
                let line = std::mem::take(&mut self.line);
                if self.end_line(&line)? {
                    return Ok((taken, self.reply.take()));
                }
            }
        }
        Ok((taken, None))
    }

    /// Reads one line; true when it is the last of its reply.
    fn end_line(&mut self, line: &[u8]) -> Result<bool, ReplyFault> {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end_matches(['\r', '\n']);
        let code = text.get(..3).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
        let code: u16 = code.and_then(|digits| digits.parse().ok()).ok_or(ReplyFault::Malformed)?;
        if !(200..600).contains(&code) {
            return Err(ReplyFault::Malformed);
        }
        let rest = text.get(3..).unwrap_or_default();
        let (more, rest) = match rest.strip_prefix('-') {
            Some(rest) => (true, rest),
            None if rest.is_empty() => (false, rest),
            None => (false, rest.strip_prefix(' ').ok_or(ReplyFault::Malformed)?),
        };
        let class = code / 100;
        let (enhanced, words) = match Enhanced::take(rest) {
            Some((enhanced, words)) if u16::from(enhanced.0) == class => (Some(enhanced), words),
            _ => (None, rest),
        };
        match &mut self.reply {
            None => self.reply = Some(Reply::new(code, enhanced, words.to_owned())),
            Some(reply) if reply.code != code => return Err(ReplyFault::Mixed),
            Some(reply) => {
                let held: usize = reply.lines.iter().map(|line| line.len()).sum();
                if reply.lines.len() >= MAX_LINES || held + words.len() > MAX_BYTES {
                    return Err(ReplyFault::TooLong);
                }
                reply.lines.push(Cow::Owned(words.to_owned()));
            }
        }
        Ok(!more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Result<Vec<Reply>, ReplyFault> {
        let (mut reader, mut rest, mut replies) = (ReplyReader::default(), bytes, Vec::new());
        while !rest.is_empty() {
            let (taken, reply) = reader.take(rest)?;
            rest = &rest[taken..];
            replies.extend(reply);
        }
        Ok(replies)
    }

    #[test]
    fn writes_one_line_and_many() {
        assert_eq!(Reply::of(550, (5, 1, 1), "No such mailbox").to_bytes(), b"550 5.1.1 No such mailbox\r\n");
        let ehlo = Reply::new(250, None, "mx.example.com").line("SIZE 1").line("DSN");
        assert_eq!(ehlo.to_bytes(), b"250-mx.example.com\r\n250-SIZE 1\r\n250 DSN\r\n");
    }

    #[test]
    fn text_from_outside_adds_no_line_and_no_length() {
        let reply = Reply::of(550, (5, 0, 0), format!("a\r\n250 ok{}", "é".repeat(600)));
        let bytes = reply.to_bytes();
        assert_eq!(bytes.iter().filter(|b| **b == b'\n').count(), 1);
        assert!(bytes.len() <= 502);
    }

    #[test]
    fn reads_pipelined_replies() {
        let replies = read(b"250-mx\r\n250 SIZE\r\n550 5.1.1 no\r\n354\r\n").unwrap();
        assert_eq!(replies.len(), 3);
        assert_eq!(replies[0].lines().collect::<Vec<_>>(), ["mx", "SIZE"]);
        assert_eq!((replies[1].enhanced(), replies[1].text()), (Some(Enhanced(5, 1, 1)), "no".to_owned()));
        assert_eq!(replies[2].code(), 354);
    }

    #[test]
    fn an_enhanced_code_of_another_class_is_text() {
        assert_eq!(read(b"450 5.1.1 no\r\n").unwrap()[0].status(), Enhanced(4, 0, 0));
    }

    #[test]
    fn what_is_no_reply_is_refused() {
        assert_eq!(read(b"hello\r\n"), Err(ReplyFault::Malformed));
        assert_eq!(read(b"250_x\r\n"), Err(ReplyFault::Malformed));
        assert_eq!(read(b"999 x\r\n"), Err(ReplyFault::Malformed));
        assert_eq!(read(b"250-a\r\n550 b\r\n"), Err(ReplyFault::Mixed));
        assert_eq!(read(&[b'2'; 5000]), Err(ReplyFault::TooLong));
        assert_eq!(read(&b"250-a\r\n".repeat(200)), Err(ReplyFault::TooLong));
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_chunks_give_the_same(bytes in "[0-9 \\-a\r\n.]{0,60}", at in 0usize..60) {
            let bytes = bytes.as_bytes();
            let (head, tail) = bytes.split_at(at.min(bytes.len()));
            let mut reader = ReplyReader::default();
            let mut replies = Vec::new();
            let mut fault = None;
            for mut chunk in [head, tail] {
                while !chunk.is_empty() && fault.is_none() {
                    match reader.take(chunk) {
                        Ok((taken, reply)) => { chunk = &chunk[taken..]; replies.extend(reply); }
                        Err(error) => fault = Some(error),
                    }
                }
            }
            prop_assert_eq!(fault.map_or(Ok(replies), Err), read(bytes));
        }

        #[test]
        fn reads_what_it_writes(code in 200u16..600, lines in proptest::collection::vec("[a-zA-Z][a-z ]{0,30}", 1..5)) {
            let mut reply = Reply::new(code, None, lines[0].clone());
            for line in &lines[1..] {
                reply = reply.line(line.clone());
            }
            prop_assert_eq!(read(&reply.to_bytes()).unwrap(), vec![reply]);
        }
    }
}
