//! The content of DATA: dots at the start of lines, and where it ends (RFC 5321 section 4.5.2).
//!
//! Only CR LF `.` CR LF ends it. A CR or LF that stands alone makes the whole message refused, so that two servers
//! cannot disagree on where one message ends and the next begins ("SMTP smuggling").

/// What a [`DataDecoder`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes taken from the input; what follows them is for after the data.
    pub taken: usize,
    /// The end of the data was reached.
    pub finished: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    LineStart,
    /// After the dot at the start of a line.
    Dot,
    /// After dot and CR.
    DotCr,
    Inside,
    /// After a CR inside a line.
    Cr,
}

/// Takes the data of one DATA in chunks of any size and gives the message without the added dots.
///
/// When a rule is broken, it goes on to the end without giving anything more, so that the refusal can be said in
/// order.
#[derive(Debug)]
pub struct DataDecoder {
    state: State,
    bare: bool,
    nul: bool,
}

impl Default for DataDecoder {
    fn default() -> Self {
        DataDecoder { state: State::LineStart, bare: false, nul: false }
    }
}

impl DataDecoder {
    /// True when a CR or LF stood alone: the message must be refused.
    pub fn found_bare_line_end(&self) -> bool {
        self.bare
    }

    /// True when there was a NUL byte: the message must be refused (RFC 5321 section 2.3.8 leaves no place for it).
    pub fn found_nul(&self) -> bool {
        self.nul
    }

    /// Decodes `input` up to the end of the data and appends the message to `out`.
    pub fn decode(&mut self, input: &[u8], out: &mut Vec<u8>) -> Progress {
        let mut taken = 0;
        while let Some(rest) = input.get(taken..).filter(|rest| !rest.is_empty()) {
            if self.state == State::Inside {
                // The body of a line goes over in one piece.
                let run = memchr::memchr3(b'\r', b'\n', 0, rest).unwrap_or(rest.len());
                if let Some(run) = rest.get(..run) {
                    self.put(run, out);
                }
                taken += run;
                if run == rest.len() {
                    break;
                }
            }
            let Some(&byte) = input.get(taken) else { break };
            taken += 1;
            if self.step(byte, out) {
                return Progress { taken, finished: true };
            }
        }
        Progress { taken, finished: false }
    }

    /// One byte; true at the end of the data.
    fn step(&mut self, byte: u8, out: &mut Vec<u8>) -> bool {
        self.nul |= byte == 0;
        match (self.state, byte) {
            (State::LineStart, b'.') => self.state = State::Dot,
            (State::Dot, b'\r') => self.state = State::DotCr,
            (State::DotCr, b'\n') => return true,
            (State::DotCr, _) => {
                // The dot was an added one; the CR after it stood alone.
                self.bare = true;
                self.state = State::Inside;
                return self.step(byte, out);
            }
            (State::Cr, b'\n') => {
                self.put(b"\r\n", out);
                self.state = State::LineStart;
            }
            (State::Cr, _) => {
                self.bare = true;
                self.state = State::Inside;
                return self.step(byte, out);
            }
            (State::LineStart | State::Inside, b'\r') => self.state = State::Cr,
            (State::LineStart | State::Dot | State::Inside, b'\n') => {
                self.bare = true;
                self.state = State::Inside;
            }
            (State::LineStart | State::Dot | State::Inside, other) => {
                self.put(&[other], out);
                self.state = State::Inside;
            }
        }
        false
    }

    fn put(&self, bytes: &[u8], out: &mut Vec<u8>) {
        if !self.bare && !self.nul {
            out.extend_from_slice(bytes);
        }
    }
}

/// Writes a message for DATA: adds the dots, and makes every end of line CR LF.
#[derive(Debug)]
pub struct DataEncoder {
    line_start: bool,
    after_cr: bool,
}

impl Default for DataEncoder {
    fn default() -> Self {
        DataEncoder { line_start: true, after_cr: false }
    }
}

impl DataEncoder {
    /// Appends a chunk of the message to `out`.
    pub fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) {
        let mut rest = chunk;
        while let Some(&first) = rest.first() {
            if self.after_cr {
                // Whatever follows it, the CR was written as a whole end of line.
                self.after_cr = false;
                if first == b'\n' {
                    rest = rest.get(1..).unwrap_or_default();
                    continue;
                }
            }
            if self.line_start && first == b'.' {
                out.push(b'.');
            }
            let run = memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
            let (line, tail) = rest.split_at_checked(run).unwrap_or((rest, &[]));
            out.extend_from_slice(line);
            self.line_start = line.is_empty() && self.line_start;
            rest = tail;
            if let Some((end, tail)) = rest.split_first() {
                out.extend_from_slice(b"\r\n");
                self.line_start = true;
                self.after_cr = *end == b'\r';
                rest = tail;
            }
        }
    }

    /// Ends the data: completes the last line and writes the dot.
    pub fn finish(self, out: &mut Vec<u8>) {
        if !self.line_start {
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b".\r\n");
    }
}

/// What a [`DataDecoder`] would say of a message that came without dots, by BDAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineCheck {
    /// Every line ends with CR LF.
    Fine,
    /// A CR or LF stands alone.
    BareLineEnd,
    /// There is a NUL byte.
    Nul,
}

impl LineCheck {
    /// Checks a whole message.
    pub fn of(message: &[u8]) -> Self {
        if memchr::memchr(0, message).is_some() {
            return LineCheck::Nul;
        }
        let mut pairs = 0;
        for at in memchr::memchr_iter(b'\r', message) {
            if message.get(at + 1) != Some(&b'\n') {
                return LineCheck::BareLineEnd;
            }
            pairs += 1;
        }
        // As many LF as pairs: none stands alone.
        if memchr::memchr_iter(b'\n', message).count() == pairs {
            LineCheck::Fine
        } else {
            LineCheck::BareLineEnd
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encode(message: &[u8]) -> Vec<u8> {
        let (mut encoder, mut out) = (DataEncoder::default(), Vec::new());
        encoder.encode(message, &mut out);
        encoder.finish(&mut out);
        out
    }

    fn decode(data: &[u8]) -> (Vec<u8>, Progress, bool) {
        let (mut decoder, mut out) = (DataDecoder::default(), Vec::new());
        let progress = decoder.decode(data, &mut out);
        (out, progress, decoder.found_bare_line_end())
    }

    #[test]
    fn dots_come_and_go() {
        let message = b"a\r\n.b\r\n..c\r\n.\r\nd.\r\n";
        let wire = encode(message);
        assert_eq!(wire, b"a\r\n..b\r\n...c\r\n..\r\nd.\r\n.\r\n");
        assert_eq!(decode(&wire), (message.to_vec(), Progress { taken: wire.len(), finished: true }, false));
    }

    #[test]
    fn what_follows_the_end_is_left() {
        let (out, progress, _) = decode(b"a\r\n.\r\nQUIT\r\n");
        assert_eq!((out.as_slice(), progress), (&b"a\r\n"[..], Progress { taken: 6, finished: true }));
        assert_eq!(decode(b".\r\n").1, Progress { taken: 3, finished: true });
    }

    #[test]
    fn no_smuggled_end_is_taken_for_one() {
        let smuggled: [&[u8]; 8] = [
            b"\n.\n",
            b"\n.\r\n",
            b"\r.\r",
            b"\r\n.\n",
            b"\r\n.\r",
            b"\r.\r\n",
            b"\n\n.\r\n",
            b"\r\n.\r\r\n",
        ];
        for end in smuggled {
            let data = [b"a\r\nb", end, b"MAIL FROM:<x@example.com>\r\n"].concat();
            let (_, progress, bare) = decode(&data);
            assert!(!progress.finished && bare, "{end:?}");
            let whole = [&data[..], b".\r\n"].concat();
            let (_, progress, bare) = decode(&whole);
            assert!(progress.finished && bare && progress.taken == whole.len(), "{end:?}");
        }
    }

    #[test]
    fn nul_is_found() {
        let (mut decoder, mut out) = (DataDecoder::default(), Vec::new());
        assert!(decoder.decode(b"a\0b\r\n.\r\n", &mut out).finished);
        assert!(decoder.found_nul());
    }

    #[test]
    fn the_encoder_gives_whole_line_ends_only() {
        assert_eq!(encode(b"a\nb\rc\r\n\r\r\n.\n"), b"a\r\nb\r\nc\r\n\r\n\r\n..\r\n.\r\n");
        assert_eq!(encode(b""), b".\r\n");
        assert_eq!(encode(b"a"), b"a\r\n.\r\n");
    }

    proptest! {
        #[test]
        fn lines_survive_in_any_chunks(lines in proptest::collection::vec("[.ab]{0,5}", 0..8), at in 0usize..60) {
            let message: Vec<u8> = lines.iter().flat_map(|line| format!("{line}\r\n").into_bytes()).collect();
            let wire = encode(&message);
            let (head, tail) = wire.split_at(at.min(wire.len()));
            let (mut decoder, mut out) = (DataDecoder::default(), Vec::new());
            let first = decoder.decode(head, &mut out);
            if !first.finished {
                prop_assert_eq!(first.taken, head.len());
                prop_assert!(decoder.decode(tail, &mut out).finished);
            }
            prop_assert_eq!(out, message);
            prop_assert!(!decoder.found_bare_line_end());
        }

        #[test]
        fn encoded_bytes_always_decode_without_fault(message in "[.a\r\n]{0,40}", at in 0usize..40) {
            let message = message.as_bytes();
            let (head, tail) = message.split_at(at.min(message.len()));
            let (mut encoder, mut wire) = (DataEncoder::default(), Vec::new());
            encoder.encode(head, &mut wire);
            encoder.encode(tail, &mut wire);
            encoder.finish(&mut wire);
            let (_, progress, bare) = decode(&wire);
            prop_assert!(progress.finished && !bare);
            prop_assert_eq!(progress.taken, wire.len());
            prop_assert_eq!(encode(message), wire);
        }

        #[test]
        fn the_check_of_chunks_agrees_with_the_decoder(message in "[a\r\n]{0,20}") {
            let (mut decoder, mut out) = (DataDecoder::default(), Vec::new());
            decoder.decode(message.as_bytes(), &mut out);
            let open_end = message.ends_with('\r');
            let bare = decoder.found_bare_line_end() || open_end;
            let expected = if bare { LineCheck::BareLineEnd } else { LineCheck::Fine };
            prop_assert_eq!(LineCheck::of(message.as_bytes()), expected);
        }

        #[test]
        fn only_the_whole_end_ends_it(data in "[.a\r\n]{0,40}") {
            let (_, progress, _) = decode(data.as_bytes());
            let end = if data.starts_with(".\r\n") { Some(3) } else { data.find("\r\n.\r\n").map(|at| at + 5) };
            prop_assert_eq!(progress.finished.then_some(progress.taken), end);
        }
    }
}
