//! Header fields as byte ranges.

use memchr::memchr;

/// One header field.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// The name as it stands in the message.
    pub name: &'a [u8],
    /// The value behind the colon with its folds, without the line end.
    pub value: &'a [u8],
    /// The whole field with its line end.
    pub raw: &'a [u8],
}

impl Field<'_> {
    /// True when this is the field `name`, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// The length of the header with the empty line that ends it. A message without one is all header.
pub fn header_length(raw: &[u8]) -> usize {
    let mut at = 0;
    while let Some(rest) = raw.get(at..) {
        match memchr(b'\n', rest) {
            None => return raw.len(),
            Some(newline) => {
                let line = rest.get(..newline).unwrap_or_default();
                at = at.saturating_add(newline).saturating_add(1);
                if line.is_empty() || line == b"\r" {
                    return at;
                }
            }
        }
    }
    raw.len()
}

/// Walks over the fields of a header. Lines without a colon are passed over; an empty line ends the walk.
pub fn fields(header: &[u8]) -> impl Iterator<Item = Field<'_>> {
    let mut rest = header;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let end = field_end(rest);
            let (raw, after) = rest.split_at_checked(end)?;
            rest = after;
            let text = trim_line_end(raw);
            if text.is_empty() {
                return None;
            }
            if let Some(colon) = memchr(b':', text) {
                let (name, value) = text.split_at_checked(colon)?;
                // Space before the colon is obsolete syntax (RFC 5322 section 4.5) and no part of the name.
                let name = name.trim_ascii_end();
                if !name.is_empty() && name.iter().all(|b| matches!(b, 0x21..=0x7e)) {
                    return Some(Field { name, value: value.get(1..).unwrap_or_default(), raw });
                }
            }
        }
    })
}

/// Where the field at the start of `text` ends: behind the last line that a following line does not continue.
fn field_end(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match text.get(at..).and_then(|rest| memchr(b'\n', rest)) {
            None => return text.len(),
            Some(newline) => {
                let first_line_empty =
                    at == 0 && trim_line_end(text.get(..newline).unwrap_or_default()).is_empty();
                at = at.saturating_add(newline).saturating_add(1);
                if first_line_empty || !matches!(text.get(at), Some(b' ' | b'\t')) {
                    return at;
                }
            }
        }
    }
}

fn trim_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The value without its folds (RFC 5322 section 2.2.3), without white space around it and without NUL bytes, at most
/// `limit` bytes of it.
pub fn unfold(value: &[u8], limit: usize) -> Vec<u8> {
    let trimmed = value.trim_ascii();
    let kept = trimmed.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n' | 0));
    kept.take(limit).collect()
}
