//! Lines of a command stream: CR LF at the end, a limited length, no NUL.

/// What the next bytes of a command stream are.
#[derive(Debug, PartialEq, Eq)]
pub enum LineEvent {
    /// No whole line yet: more bytes are needed.
    Incomplete,
    /// A line without its CR LF.
    Line(Vec<u8>),
    /// A line that must be refused; the stream goes on after it.
    Refused(LineFault),
    /// So many bytes without an end of line that the connection should be closed.
    Flood,
}

/// Why a line is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// Longer than the limit.
    #[error("the line is too long")]
    TooLong,
    /// Ended by LF alone, or with a CR inside (RFC 5321 section 2.3.8).
    #[error("lines end with CR LF, and neither stands alone")]
    BareLineEnd,
    /// There is a NUL byte in it.
    #[error("the line has a NUL byte")]
    Nul,
}

/// Cuts a stream of bytes into lines.
///
/// A line that is too long is skipped up to its end and reported once; a stream that brings no end of line for
/// sixteen times the limit is a [`LineEvent::Flood`]. At most `limit` bytes are held.
#[derive(Debug)]
pub struct LineCutter {
    limit: usize,
    held: Vec<u8>,
    skipped: usize,
}

impl LineCutter {
    /// Cuts lines of at most `limit` bytes, the CR LF included.
    pub fn new(limit: usize) -> Self {
        LineCutter { limit, held: Vec::new(), skipped: 0 }
    }

    /// Changes the limit for the lines to come, e.g. for an answer of AUTH (RFC 4954 section 4).
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// True when a part of a line is held.
    pub fn is_inside_line(&self) -> bool {
        !self.held.is_empty() || self.skipped > 0
    }

    /// Takes from the start of `input` what belongs to the next line. Returns how many bytes were taken; the rest is
    /// for the next call.
    pub fn take(&mut self, input: &[u8]) -> (usize, LineEvent) {
        let end = memchr::memchr(b'\n', input);
        let taken = end.map_or(input.len(), |at| at + 1);
        let part = input.get(..taken).unwrap_or(input);
        if self.skipped > 0 || self.held.len() + part.len() > self.limit {
            self.skipped += self.held.len() + part.len();
            self.held.clear();
        } else {
            self.held.extend_from_slice(part);
        }
        if self.skipped > self.limit.saturating_mul(16) {
            return (taken, LineEvent::Flood);
        }
        if end.is_none() {
            return (taken, LineEvent::Incomplete);
        }
        if self.skipped > 0 {
            self.skipped = 0;
            return (taken, LineEvent::Refused(LineFault::TooLong));
        }
        let mut line = std::mem::take(&mut self.held);
        line.pop();
        if line.pop() != Some(b'\r') || line.contains(&b'\r') {
            return (taken, LineEvent::Refused(LineFault::BareLineEnd));
        }
        if line.contains(&0) {
            return (taken, LineEvent::Refused(LineFault::Nul));
        }
        (taken, LineEvent::Line(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(limit: usize, chunks: &[&[u8]]) -> Vec<LineEvent> {
        let mut cutter = LineCutter::new(limit);
        let mut events = Vec::new();
        for chunk in chunks {
            let mut rest = *chunk;
            while !rest.is_empty() {
                let (taken, event) = cutter.take(rest);
                rest = &rest[taken..];
                if event != LineEvent::Incomplete {
                    events.push(event);
                }
            }
        }
        events
    }

    #[test]
    fn pipelined_lines_come_one_by_one() {
        let events = cut(100, &[b"NOOP\r\nRSE", b"T\r\n"]);
        assert_eq!(events, [LineEvent::Line(b"NOOP".to_vec()), LineEvent::Line(b"RSET".to_vec())]);
    }

    #[test]
    fn bad_lines_are_refused_and_the_stream_goes_on() {
        let events = cut(10, &[b"NOOP\nA\rB\r\n0123456789012\r\nN\0\r\nQUIT\r\n"]);
        assert_eq!(
            events,
            [
                LineEvent::Refused(LineFault::BareLineEnd),
                LineEvent::Refused(LineFault::BareLineEnd),
                LineEvent::Refused(LineFault::TooLong),
                LineEvent::Refused(LineFault::Nul),
                LineEvent::Line(b"QUIT".to_vec()),
            ]
        );
    }

    #[test]
    fn an_endless_line_is_a_flood_and_is_not_held() {
        let mut cutter = LineCutter::new(512);
        let mut flood = false;
        for _ in 0..100 {
            flood |= cutter.take(&[b'x'; 1000]).1 == LineEvent::Flood;
            assert!(cutter.held.len() <= 512);
        }
        assert!(flood);
    }

    proptest! {
        #[test]
        fn the_cut_of_the_chunks_does_not_matter(
            bytes in proptest::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'a'), Just(0u8)], 0..60),
            at in 0usize..60,
        ) {
            let at = at.min(bytes.len());
            let (head, tail) = bytes.split_at(at);
            prop_assert_eq!(cut(8, &[&bytes]), cut(8, &[head, tail]));
        }
    }
}
