//! Transfer encodings, charsets and encoded words, forgiving: what cannot be read is passed over, never refused.

use std::borrow::Cow;

use mail_parser::decoders::charsets::map::charset_decoder;

use super::parameters::hex;

/// Undoes a Content-Transfer-Encoding given in lower case (RFC 2045 section 6).
pub fn decode_transfer<'a>(encoding: &str, body: &'a [u8]) -> Cow<'a, [u8]> {
    match encoding {
        "base64" => Cow::Owned(decode_base64(body)),
        "quoted-printable" => Cow::Owned(decode_quoted_printable(body, false)),
        _ => Cow::Borrowed(body),
    }
}

/// Decodes base64; characters outside the alphabet are passed over (RFC 2045 section 6.8), a part after padding is
/// read on, since some senders concatenate.
pub fn decode_base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0u8);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (bits, count) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    out
}

/// Decodes quoted-printable; with `word`, an underscore is a blank (RFC 2047 section 4.2).
pub fn decode_quoted_printable(body: &[u8], word: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        at += 1;
        match byte {
            b'=' => match (body.get(at), body.get(at + 1)) {
                (Some(b'\n'), _) => at += 1,
                (Some(b'\r'), Some(b'\n')) => at += 2,
                (Some(high), Some(low)) => match (hex(*high), hex(*low)) {
                    (Some(high), Some(low)) => {
                        out.push(high << 4 | low);
                        at += 2;
                    }
                    _ => out.push(b'='),
                },
                _ => out.push(b'='),
            },
            b'_' if word => out.push(b' '),
            other => out.push(*other),
        }
    }
    out
}

/// Turns bytes of a charset into Unicode. An unknown or missing charset is read as UTF-8 where that is possible,
/// else as Windows-1252, as browsers do.
pub fn decode_text(charset: Option<&str>, bytes: &[u8]) -> String {
    let charset = charset.unwrap_or("").trim();
    let plain = ["", "utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit", "x-unknown"];
    if plain.iter().any(|p| charset.eq_ignore_ascii_case(p)) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return text.to_owned();
        }
        if charset.to_ascii_lowercase().starts_with("utf") {
            return String::from_utf8_lossy(bytes).into_owned();
        }
    } else if let Some(decoder) = charset_decoder(charset.as_bytes()) {
        return decoder(bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => charset_decoder(b"cp1252")
            .map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decoder| decoder(bytes)),
    }
}

/// Decodes the encoded words of a header value (RFC 2047) and leaves the rest as it is; unfolds.
pub fn decode_words(value: &[u8]) -> String {
    let value = &unfolded(value)[..];
    if memchr::memmem::find(value, b"=?").is_none() {
        return decode_text(None, value);
    }
    let (mut out, mut rest) = (String::new(), value);
    let mut after_word = false;
    while let Some(start) = memchr::memmem::find(rest, b"=?") {
        let (before, from_word) = rest.split_at(start);
        match encoded_word(from_word) {
            Some((text, length)) => {
                // Blanks between two encoded words do not count (RFC 2047 section 6.2).
                if !(after_word && before.iter().all(u8::is_ascii_whitespace)) {
                    out.push_str(&decode_text(None, before));
                }
                out.push_str(&text);
                rest = from_word.get(length..).unwrap_or_default();
                after_word = true;
            }
            None => {
                out.push_str(&decode_text(None, before));
                out.push_str("=?");
                rest = from_word.get(2..).unwrap_or_default();
                after_word = false;
            }
        }
    }
    out.push_str(&decode_text(None, rest));
    out
}

/// A value on one line (RFC 5322 section 2.2.3), without blanks at its ends.
fn unfolded(value: &[u8]) -> Cow<'_, [u8]> {
    let value = value.trim_ascii();
    match memchr::memchr2(b'\r', b'\n', value) {
        None => Cow::Borrowed(value),
        Some(_) => Cow::Owned(value.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect()),
    }
}

/// Reads `=?charset?B?text?=` at the start of `from` and gives its length. Words longer than 1,000 bytes are none:
/// RFC 2047 allows 75, and the limit keeps hostile headers from being scanned again and again.
fn encoded_word(from: &[u8]) -> Option<(String, usize)> {
    let window = from.get(..from.len().min(1_000))?;
    let inner = window.get(2..)?;
    let mut pieces = inner.splitn(3, |b| *b == b'?');
    let (charset, encoding, text) = (pieces.next()?, pieces.next()?, pieces.next()?);
    let end = memchr::memmem::find(text, b"?=")?;
    let text = text.get(..end)?;
    let bytes = match encoding {
        b"B" | b"b" => decode_base64(text),
        b"Q" | b"q" => decode_quoted_printable(text, true),
        _ => return None,
    };
    let charset = std::str::from_utf8(charset).ok()?;
    // RFC 2231 section 5: a language may follow the charset.
    let charset = charset.split('*').next();
    let length = 2 + charset_len(inner)? + 1 + encoding.len() + 1 + end + 2;
    Some((decode_text(charset, &bytes), length))
}

fn charset_len(inner: &[u8]) -> Option<usize> {
    memchr::memchr(b'?', inner)
}

/// The text a reader of an HTML page would see: without tags, scripts, styles and comments, entities resolved.
pub fn html_to_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if from.starts_with('&') {
            rest = push_entity(from, &mut out);
            continue;
        }
        rest = if let Some(comment) = from.strip_prefix("<!--") {
            comment.find("-->").map_or("", |end| comment.get(end + 3..).unwrap_or(""))
        } else {
            let end = from.find('>').map_or(from.len(), |end| end + 1);
            let (tag, after) = from.split_at(end);
            let name = tag.trim_start_matches(['<', '/']);
            let name: &str = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
            if !INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline)) {
                out.push(' ');
            }
            let raw = !tag.starts_with("</") && RAW.iter().any(|r| name.eq_ignore_ascii_case(r));
            if raw { after_raw(name, after) } else { after }
        };
    }
    out.push_str(rest);
    out
}

/// Tags that do not part words.
const INLINE: [&str; 12] = ["a", "b", "i", "u", "em", "strong", "span", "font", "small", "big", "tt", "wbr"];
/// Elements whose content is not shown.
const RAW: [&str; 3] = ["script", "style", "template"];

/// What follows the end tag of a raw element. It is looked for only once per element; a missing end tag ends the
/// text, so the whole stays linear.
pub(super) fn after_raw<'a>(name: &str, after: &'a str) -> &'a str {
    let mut from = 0;
    while let Some(at) = after.get(from..).and_then(|a| a.find("</")) {
        let tag_start = from + at + 2;
        let tag = after.as_bytes().get(tag_start..tag_start + name.len());
        if tag.is_some_and(|t| t.eq_ignore_ascii_case(name.as_bytes())) {
            return after
                .get(tag_start + name.len()..)
                .and_then(|a| a.split_once('>'))
                .map_or("", |(_, a)| a);
        }
        from = tag_start;
    }
    ""
}

pub(super) fn push_entity<'a>(from: &'a str, out: &mut String) -> &'a str {
    let name_end = from.bytes().take(12).position(|b| b == b';');
    let resolved = name_end.and_then(|end| Some((from.get(1..end)?, from.get(end + 1..)?)));
    if let Some((name, after)) = resolved {
        let c = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some(' '),
            _ => numeric(name).or_else(|| named(name)),
        };
        if let Some(c) = c {
            out.push(c);
            return after;
        }
    }
    out.push('&');
    from.get(1..).unwrap_or("")
}

fn numeric(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
}

/// The named entities of letters, which matter to a search.
fn named(name: &str) -> Option<char> {
    const NAMED: [(&str, char); 40] = [
        ("auml", 'ä'),
        ("ouml", 'ö'),
        ("uuml", 'ü'),
        ("Auml", 'Ä'),
        ("Ouml", 'Ö'),
        ("Uuml", 'Ü'),
        ("szlig", 'ß'),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("ecirc", 'ê'),
        ("euml", 'ë'),
        ("Eacute", 'É'),
        ("agrave", 'à'),
        ("aacute", 'á'),
        ("acirc", 'â'),
        ("atilde", 'ã'),
        ("aring", 'å'),
        ("Aring", 'Å'),
        ("aelig", 'æ'),
        ("ccedil", 'ç'),
        ("Ccedil", 'Ç'),
        ("iacute", 'í'),
        ("igrave", 'ì'),
        ("icirc", 'î'),
        ("iuml", 'ï'),
        ("ntilde", 'ñ'),
        ("Ntilde", 'Ñ'),
        ("oacute", 'ó'),
        ("ograve", 'ò'),
        ("ocirc", 'ô'),
        ("otilde", 'õ'),
        ("oslash", 'ø'),
        ("Oslash", 'Ø'),
        ("uacute", 'ú'),
        ("ugrave", 'ù'),
        ("ucirc", 'û'),
        ("yacute", 'ý'),
        ("euro", '€'),
        ("pound", '£'),
        ("copy", '©'),
    ];
    NAMED.iter().find(|(n, _)| *n == name).map(|(_, c)| *c)
}
