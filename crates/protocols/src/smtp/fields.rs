//! The header of a message, field by field, as bytes that are never changed on the way.

/// One field with its folded lines and its last CR LF, as it stands in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    /// The name before the colon.
    pub name: &'a str,
    /// All bytes of the field.
    pub raw: &'a [u8],
}

impl<'a> Field<'a> {
    /// True when the field has this name, whatever the case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// What stands after the colon, in one line and trimmed; bytes that are not UTF-8 are replaced.
    pub fn value(&self) -> String {
        let after = self.raw.get(self.name.len()..).unwrap_or_default();
        let after = after.get(memchr::memchr(b':', after).map_or(0, |at| at + 1)..).unwrap_or_default();
        String::from_utf8_lossy(after).replace(['\r', '\n'], "").trim().to_owned()
    }
}

/// The header of a message and its body.
#[derive(Debug, Clone, Copy)]
pub struct HeaderSection<'a> {
    header: &'a [u8],
    body: &'a [u8],
}

impl<'a> HeaderSection<'a> {
    /// Finds the empty line between header and body. Without one, all is header; a message that begins with an empty
    /// line has no header.
    pub fn of(message: &'a [u8]) -> Self {
        if message.starts_with(b"\r\n") {
            return HeaderSection { header: &[], body: message };
        }
        let end = memchr::memmem::find(message, b"\r\n\r\n").map_or(message.len(), |at| at + 2);
        let (header, body) = message.split_at_checked(end).unwrap_or((message, &[]));
        HeaderSection { header, body }
    }

    /// The header's length in bytes.
    pub fn header_len(&self) -> usize {
        self.header.len()
    }

    /// The header as it stands.
    pub fn header(&self) -> &'a [u8] {
        self.header
    }

    /// What follows the header: the empty line and the body.
    pub fn body_with_separator(&self) -> &'a [u8] {
        self.body
    }

    /// The fields from the top. A line that is no field comes with an empty name.
    pub fn fields(&self) -> impl Iterator<Item = Field<'a>> {
        let mut rest = self.header;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (raw, tail) = rest.split_at_checked(field_len(rest))?;
            rest = tail;
            Some(Field { name: field_name(raw), raw })
        })
    }

    /// The fields of this name.
    pub fn named(&self, name: &str) -> impl Iterator<Item = Field<'a>> {
        self.fields().filter(move |field| field.is(name))
    }

    /// True when there is a field of this name.
    pub fn has(&self, name: &str) -> bool {
        self.named(name).next().is_some()
    }

    /// The message without the fields that `drop` picks; `None` when it picks none, so that nothing need be copied.
    pub fn without(&self, drop: impl Fn(&Field<'_>) -> bool) -> Option<Vec<u8>> {
        if !self.fields().any(|field| drop(&field)) {
            return None;
        }
        let mut out = Vec::with_capacity(self.header.len() + self.body.len());
        for field in self.fields().filter(|field| !drop(field)) {
            out.extend_from_slice(field.raw);
        }
        out.extend_from_slice(self.body);
        Some(out)
    }
}

/// Up to and with the first CR LF (or LF) that no white space follows.
fn field_len(text: &[u8]) -> usize {
    for at in memchr::memchr_iter(b'\n', text) {
        if !matches!(text.get(at + 1), Some(b' ' | b'\t')) {
            return at + 1;
        }
    }
    text.len()
}

fn field_name(raw: &[u8]) -> &str {
    let colon = memchr::memchr(b':', raw).unwrap_or(0);
    let name = raw.get(..colon).unwrap_or_default();
    let name = std::str::from_utf8(name).unwrap_or_default().trim_end();
    if name.bytes().all(|b| b.is_ascii_graphic()) { name } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MESSAGE: &[u8] =
        b"Received: a\r\n\tb\r\nSubject : one\r\n  two\r\nno field\r\nX: 1\r\n\r\nX: body\r\n";

    #[test]
    fn gives_the_fields_with_their_folds() {
        let section = HeaderSection::of(MESSAGE);
        let names: Vec<_> = section.fields().map(|field| field.name).collect();
        assert_eq!(names, ["Received", "Subject", "", "X"]);
        assert_eq!(section.named("subject").next().unwrap().value(), "one  two");
        assert_eq!(section.body_with_separator(), b"\r\nX: body\r\n");
        assert!(section.has("RECEIVED") && !section.has("body"));
    }

    #[test]
    fn leaves_out_what_is_picked_and_no_more() {
        let section = HeaderSection::of(MESSAGE);
        let out = section.without(|field| field.is("x")).unwrap();
        assert_eq!(out, b"Received: a\r\n\tb\r\nSubject : one\r\n  two\r\nno field\r\n\r\nX: body\r\n");
        assert_eq!(section.without(|field| field.is("y")), None);
    }

    #[test]
    fn messages_without_header_or_body() {
        assert_eq!(HeaderSection::of(b"\r\nbody").header_len(), 0);
        assert_eq!(HeaderSection::of(b"A: 1\r\n").fields().count(), 1);
        assert_eq!(HeaderSection::of(b"").fields().count(), 0);
    }

    proptest! {
        #[test]
        fn the_fields_are_the_header(message in "[ab: \t\r\n]{0,60}") {
            let section = HeaderSection::of(message.as_bytes());
            let joined: Vec<u8> = section.fields().flat_map(|field| field.raw.to_vec()).collect();
            prop_assert_eq!(joined.as_slice(), section.header());
            prop_assert_eq!([section.header(), section.body_with_separator()].concat(), message.as_bytes());
        }
    }
}
