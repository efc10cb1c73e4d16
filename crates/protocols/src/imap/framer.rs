//! Cutting the stream of bytes into commands, with their literals (RFC 3501 section 4.3, RFC 7888), in bounded memory.

use memchr::memchr;

/// What a client may send. The server sets smaller limits before authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Octets of one line between literals.
    pub line: usize,
    /// Octets of a whole command with its literals, without the message of an `APPEND`.
    pub command: usize,
    /// Octets of the message of an `APPEND`; zero before authentication.
    pub append: usize,
}

/// What [`Framer::next`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// More bytes are needed.
    More,
    /// A literal of `length` octets begins. With `wait` the client waits for a continuation request.
    Literal {
        /// Octets that will follow.
        length: usize,
        /// True when a `+` reply must be sent before they do.
        wait: bool,
    },
    /// A command without its line end; literals stand in it as announced.
    Command(Vec<u8>),
    /// The command with this tag had a literal over the limit; it was passed over and reading goes on.
    TooLarge {
        /// The tag, `*` when there was none to be read.
        tag: String,
    },
    /// A line over the limit, or a literal beyond all reason: the connection must be closed.
    Overflow,
}

/// How far literals that are refused are read and thrown away, as a multiple of what would be accepted.
const SKIP_FACTOR: usize = 4;

/// The state between two reads. Holds no memory while nothing is pending.
#[derive(Debug, Default)]
pub struct Framer {
    buffer: Vec<u8>,
    /// How far line ends were looked for.
    scanned: usize,
    /// Where the current line started.
    line_start: usize,
    /// Octets of a literal still to come after `scanned`.
    literal_left: usize,
    /// Set while a refused command is passed over.
    refused: Option<String>,
}

impl Framer {
    /// The buffer to append what was read to.
    pub fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.buffer
    }

    /// True when bytes are waiting, e.g. commands sent along with `STARTTLS`.
    pub fn has_pending(&self) -> bool {
        !self.buffer.is_empty()
    }

    /// Gives the memory back when nothing is waiting.
    pub fn release(&mut self) {
        if self.buffer.is_empty() && self.buffer.capacity() > 0 {
            self.buffer = Vec::new();
        }
    }

    /// Looks for the next event in what has been read.
    pub fn next(&mut self, limits: &Limits) -> Event {
        loop {
            if self.literal_left > 0 && !self.take_literal() {
                return Event::More;
            }
            let Some(newline) = self.buffer.get(self.scanned..).and_then(|rest| memchr(b'\n', rest)) else {
                self.scanned = self.buffer.len();
                let line = self.scanned.saturating_sub(self.line_start);
                return if line > limits.line { Event::Overflow } else { Event::More };
            };
            let end = self.scanned.saturating_add(newline);
            let next = end.saturating_add(1);
            let line = self.buffer.get(self.line_start..end).unwrap_or_default();
            if line.len() > limits.line.saturating_add(1) {
                return Event::Overflow;
            }
            match announced_literal(line) {
                None => return self.finish(end, next),
                Some((length, wait)) => {
                    if let Some(event) = self.begin_literal(length, wait, next, limits) {
                        return event;
                    }
                }
            }
        }
    }

    /// The next line alone, without looking for literals: for `DONE` and SASL responses.
    pub fn next_line(&mut self, limit: usize) -> Event {
        match memchr(b'\n', &self.buffer) {
            Some(newline) if newline <= limit.saturating_add(1) => {
                self.finish(newline, newline.saturating_add(1))
            }
            None if self.buffer.len() <= limit => Event::More,
            _ => Event::Overflow,
        }
    }

    /// Moves over literal bytes that are there; true when the literal is complete.
    fn take_literal(&mut self) -> bool {
        let available = self.buffer.len().saturating_sub(self.scanned).min(self.literal_left);
        self.literal_left = self.literal_left.saturating_sub(available);
        if self.refused.is_some() {
            self.buffer.drain(self.scanned..self.scanned.saturating_add(available));
        } else {
            self.scanned = self.scanned.saturating_add(available);
        }
        self.line_start = self.scanned;
        self.literal_left == 0
    }

    fn begin_literal(&mut self, length: u64, wait: bool, next: usize, limits: &Limits) -> Option<Event> {
        let appending = limits.append > 0 && is_append(&self.buffer);
        let allowed = if appending { limits.append } else { limits.command };
        let total_allowed =
            if appending { limits.append.saturating_add(limits.command) } else { limits.command };
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if self.refused.is_none() && length <= allowed && next.saturating_add(length) <= total_allowed {
            self.scanned = next;
            self.line_start = next;
            self.literal_left = length;
            return Some(Event::Literal { length, wait });
        }
        let tag = self.refused.take().unwrap_or_else(|| tag_of(&self.buffer));
        if wait {
            // The client sends nothing before it is asked, so the command ends here.
            self.buffer.drain(..next.min(self.buffer.len()));
            self.restart();
            return Some(Event::TooLarge { tag });
        }
        if length > allowed.saturating_mul(SKIP_FACTOR) {
            return Some(Event::Overflow);
        }
        self.buffer.drain(..next.min(self.buffer.len()));
        self.restart();
        self.literal_left = length;
        self.refused = Some(tag);
        None
    }

    fn restart(&mut self) {
        self.scanned = 0;
        self.line_start = 0;
        self.literal_left = 0;
    }

    /// Hands out everything before `end` and keeps what stands at `next` and behind.
    fn finish(&mut self, end: usize, next: usize) -> Event {
        let rest = self.buffer.split_off(next.min(self.buffer.len()));
        let mut command = std::mem::replace(&mut self.buffer, rest);
        self.restart();
        command.truncate(end);
        if command.last() == Some(&b'\r') {
            command.pop();
        }
        match self.refused.take() {
            Some(tag) => Event::TooLarge { tag },
            None => Event::Command(command),
        }
    }
}

/// The literal that a line announces at its end, and whether the client waits.
fn announced_literal(line: &[u8]) -> Option<(u64, bool)> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let inner = line.strip_suffix(b"}")?;
    let open = memchr::memrchr(b'{', inner)?;
    let inner = inner.get(open.saturating_add(1)..)?;
    let (digits, wait) = match inner.strip_suffix(b"+") {
        Some(digits) => (digits, false),
        None => (inner, true),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // More digits than fit are a length that is refused.
    let length = std::str::from_utf8(digits).ok()?.parse().unwrap_or(u64::MAX);
    Some((length, wait))
}

fn is_append(command: &[u8]) -> bool {
    let mut words = command.splitn(3, |b| *b == b' ');
    words.nth(1).is_some_and(|name| name.eq_ignore_ascii_case(b"APPEND"))
}

/// The tag of a command, `*` when it has none that may be repeated.
pub(super) fn tag_of(command: &[u8]) -> String {
    let word = command.split(|b| matches!(b, b' ' | b'\r' | b'\n')).next().unwrap_or_default();
    let valid = !word.is_empty()
        && word.len() <= 64
        && word.iter().all(|b| (super::write::is_atom_char(*b) || *b == b']') && *b != b'+');
    if valid { String::from_utf8_lossy(word).into_owned() } else { "*".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: Limits = Limits { line: 64, command: 100, append: 1000 };

    fn feed(framer: &mut Framer, bytes: &[u8]) -> Vec<Event> {
        framer.buffer().extend_from_slice(bytes);
        let mut events = Vec::new();
        loop {
            match framer.next(&LIMITS) {
                Event::More => return events,
                Event::Overflow => {
                    events.push(Event::Overflow);
                    return events;
                }
                event => events.push(event),
            }
        }
    }

    fn command(text: &str) -> Event {
        Event::Command(text.as_bytes().to_vec())
    }

    #[test]
    fn lines_and_literals() {
        let mut framer = Framer::default();
        assert_eq!(feed(&mut framer, b"a NOOP\r\nb CAPA"), [command("a NOOP")]);
        assert_eq!(feed(&mut framer, b"BILITY\n"), [command("b CAPABILITY")]);
        assert_eq!(feed(&mut framer, b"c LOGIN {3}\r\n"), [Event::Literal { length: 3, wait: true }]);
        assert_eq!(feed(&mut framer, b"ann {2+}\r\n"), [Event::Literal { length: 2, wait: false }]);
        assert_eq!(
            feed(&mut framer, b"\r\n\r\nd NOOP\r\n"),
            [command("c LOGIN {3}\r\nann {2+}\r\n\r\n"), command("d NOOP")]
        );
        assert!(!framer.has_pending());
    }

    #[test]
    fn refuses_large_literals_and_goes_on() {
        let mut framer = Framer::default();
        let too_large = |tag: &str| Event::TooLarge { tag: tag.to_owned() };
        assert_eq!(feed(&mut framer, b"a LOGIN {5000}\r\nb NOOP\r\n"), [too_large("a"), command("b NOOP")]);
        let mut skipped = b"c SELECT {300+}\r\n".to_vec();
        skipped.extend_from_slice(&[b'x'; 300]);
        skipped.extend_from_slice(b" {2+}\r\nyy\r\nd NOOP\r\n");
        assert_eq!(feed(&mut framer, &skipped), [too_large("c"), command("d NOOP")]);
        let mut large = b"e APPEND x {900+}\r\n".to_vec();
        large.extend_from_slice(&[b'\n'; 900]);
        large.extend_from_slice(b"\r\n");
        assert!(matches!(
            feed(&mut framer, &large).as_slice(),
            [Event::Literal { length: 900, wait: false }, Event::Command(_)]
        ));
        assert_eq!(feed(&mut framer, b"f APPEND x {1001}\r\n"), [too_large("f")]);
        assert_eq!(feed(&mut framer, b"g APPEND x {99999999999999999999999+}\r\n"), [Event::Overflow]);
    }

    #[test]
    fn refuses_endless_lines() {
        let mut framer = Framer::default();
        assert_eq!(feed(&mut framer, &[b'a'; 65]), [Event::Overflow]);
        let mut framer = Framer::default();
        let mut line = vec![b'a'; 70];
        line.extend_from_slice(b"\r\n");
        assert_eq!(feed(&mut framer, &line), [Event::Overflow]);
        let mut framer = Framer::default();
        framer.buffer().extend_from_slice(b"DONE\r\na NOOP\r\n");
        assert_eq!(framer.next_line(20), command("DONE"));
        assert_eq!(framer.next_line(3), Event::Overflow);
    }

    #[test]
    fn literals_add_up_to_the_limit_of_the_command() {
        let mut framer = Framer::default();
        let events =
            feed(&mut framer, b"a LOGIN {40+}\r\n0123456789012345678901234567890123456789 {40+}\r\n");
        assert_eq!(events, [Event::Literal { length: 40, wait: false }]);
        let events = feed(&mut framer, &[b'x'; 40]);
        assert_eq!(events, []);
        assert_eq!(feed(&mut framer, b"\r\n"), [Event::TooLarge { tag: "a".to_owned() }]);
    }

    proptest! {
        #[test]
        fn chunks_do_not_matter(
            pieces in proptest::collection::vec(prop_oneof![
                Just(b"a NOOP\r\n".to_vec()), Just(b"b APPEND x {5+}\r\n12\n45\r\n".to_vec()),
                Just(b"c X {200+}\r\n".to_vec()), Just(b"{3}\r\n".to_vec()),
                proptest::collection::vec(any::<u8>(), 0..20),
            ], 0..12),
            size in 1usize..9,
        ) {
            let stream = pieces.concat();
            let whole = feed(&mut Framer::default(), &stream);
            let mut framer = Framer::default();
            let mut cut = Vec::new();
            for chunk in stream.chunks(size) {
                cut.extend(feed(&mut framer, chunk));
                if cut.last() == Some(&Event::Overflow) {
                    break;
                }
            }
            prop_assert_eq!(cut, whole);
        }
    }
}
