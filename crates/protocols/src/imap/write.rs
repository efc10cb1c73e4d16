//! Writing values as they go on the wire: quoted strings, literals, folder names, number sets.
//!
//! All functions append to a buffer of the caller.

use super::utf7;

/// Longer strings are sent as literals, although the grammar sets no limit on quoted ones; some clients do.
const MAX_QUOTED: usize = 1000;

/// Appends a decimal number.
pub fn number(out: &mut Vec<u8>, value: u64) {
    // Twenty digits hold every u64; filled from the right.
    let mut digits = [0u8; 20];
    let mut start = digits.len();
    let mut rest = value;
    loop {
        start = start.saturating_sub(1);
        if let Some(slot) = digits.get_mut(start) {
            *slot = b'0' + (rest % 10) as u8;
        }
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(start..).unwrap_or_default());
}

/// True for bytes that may stand in a quoted string as they are (RFC 3501 `QUOTED-CHAR` without the escaped ones).
fn is_plain(byte: u8) -> bool {
    matches!(byte, 0x20..=0x7e) && byte != b'"' && byte != b'\\'
}

/// Appends a `string`: quoted where that is possible, a literal otherwise. NUL bytes, which no IMAP string may hold,
/// are left out.
pub fn string(out: &mut Vec<u8>, text: &[u8]) {
    if text.len() <= MAX_QUOTED && text.iter().all(|b| is_plain(*b)) {
        out.push(b'"');
        out.extend_from_slice(text);
        out.push(b'"');
    } else if text.len() <= MAX_QUOTED && text.iter().all(|b| matches!(b, 0x20..=0x7e)) {
        out.push(b'"');
        for &byte in text {
            if byte == b'"' || byte == b'\\' {
                out.push(b'\\');
            }
            out.push(byte);
        }
        out.push(b'"');
    } else if text.contains(&0) {
        let without: Vec<u8> = text.iter().copied().filter(|b| *b != 0).collect();
        string(out, &without);
    } else {
        literal(out, text);
    }
}

/// Appends `NIL` or a [`string`].
pub fn nstring(out: &mut Vec<u8>, text: Option<&[u8]>) {
    match text {
        Some(text) => string(out, text),
        None => out.extend_from_slice(b"NIL"),
    }
}

/// Appends a literal with its length: `{5}`, line end, the bytes.
pub fn literal(out: &mut Vec<u8>, bytes: &[u8]) {
    literal_length(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// Appends the announcement of a literal, for callers that stream the bytes themselves.
pub fn literal_length(out: &mut Vec<u8>, length: usize) {
    out.push(b'{');
    number(out, length as u64);
    out.extend_from_slice(b"}\r\n");
}

/// True for bytes that may stand in an atom (RFC 3501 `ATOM-CHAR`) and make no trouble in an `astring`.
pub fn is_atom_char(byte: u8) -> bool {
    matches!(byte, 0x21..=0x7e) && !matches!(byte, b'(' | b')' | b'{' | b'%' | b'*' | b'"' | b'\\' | b']')
}

/// Appends an `astring`: a bare atom where that is possible.
pub fn astring(out: &mut Vec<u8>, text: &[u8]) {
    let nil = text.eq_ignore_ascii_case(b"NIL");
    if !text.is_empty() && !nil && text.len() <= MAX_QUOTED && text.iter().all(|b| is_atom_char(*b)) {
        out.extend_from_slice(text);
    } else {
        string(out, text);
    }
}

/// Appends a folder's name: `INBOX` or modified UTF-7 (RFC 3501 section 5.1.3), always quoted, as clients expect.
pub fn folder_name(out: &mut Vec<u8>, name: &str) {
    string(out, utf7::encode(name).as_bytes());
}

/// Appends a sequence set for ascending numbers, with runs as `first:last`. Writes nothing for an empty list.
pub fn number_set(out: &mut Vec<u8>, numbers: impl IntoIterator<Item = u32>) {
    let mut run: Option<(u32, u32)> = None;
    let mut first_run = true;
    let mut finish = |out: &mut Vec<u8>, (first, last): (u32, u32)| {
        if !first_run {
            out.push(b',');
        }
        first_run = false;
        number(out, u64::from(first));
        if last > first {
            out.push(b':');
            number(out, u64::from(last));
        }
    };
    for next in numbers {
        run = match run {
            Some((first, last)) if last.checked_add(1) == Some(next) => Some((first, next)),
            Some(done) => {
                finish(out, done);
                Some((next, next))
            }
            None => Some((next, next)),
        };
    }
    if let Some(done) = run {
        finish(out, done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(f: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        f(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn chooses_the_form_of_strings() {
        assert_eq!(written(|o| string(o, b"plain text")), "\"plain text\"");
        assert_eq!(written(|o| string(o, br#"say "hi" \ bye"#)), r#""say \"hi\" \\ bye""#);
        assert_eq!(written(|o| string(o, "né".as_bytes())), "{3}\r\nné");
        assert_eq!(written(|o| string(o, b"a\r\nb")), "{4}\r\na\r\nb");
        assert_eq!(written(|o| string(o, b"a\0b")), "\"ab\"");
        assert_eq!(written(|o| nstring(o, None)), "NIL");
        assert_eq!(written(|o| astring(o, b"INBOX")), "INBOX");
        assert_eq!(written(|o| astring(o, b"nil")), "\"nil\"");
        assert_eq!(written(|o| astring(o, b"")), "\"\"");
        assert_eq!(written(|o| folder_name(o, "Entwürfe & mehr")), "\"Entw&APw-rfe &- mehr\"");
    }

    #[test]
    fn writes_numbers_and_sets() {
        assert_eq!(written(|o| number(o, 0)), "0");
        assert_eq!(written(|o| number(o, u64::MAX)), u64::MAX.to_string());
        assert_eq!(written(|o| number_set(o, [1, 2, 3, 7, 9, 10])), "1:3,7,9:10");
        assert_eq!(written(|o| number_set(o, [u32::MAX - 1, u32::MAX])), "4294967294:4294967295");
        assert_eq!(written(|o| number_set(o, [])), "");
    }
}
