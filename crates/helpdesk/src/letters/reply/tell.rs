//! What a line says by its words: whether a program wrote it, and of which kind.

use super::words::{
    ABOVE, DEVICES, FIELDS, HeaderField, NOTICE_LINES, NOTICE_MATTERS, NOTICE_OPENERS, OPENERS, QUOTING,
    SENT_WITH, SEPARATORS, WROTE, WROTE_ON,
};

/// Characters without a width that programs put around names and addresses.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A line without what surrounds its words.
pub(super) fn clean(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Whether a text of one or a few lines, in lower case and joined by blanks, is the line above a quote.
pub(super) fn is_attribution(joined: &str) -> bool {
    // Some programs draw the line out with dashes: “---- On … wrote ----”.
    let dashed = joined.starts_with("--") && joined.ends_with("--");
    let text = joined.trim_matches(|c: char| c == '-' || c == '*' || c.is_whitespace() || is_invisible(c));
    let ends = text.ends_with([':', '：']) || dashed;
    let address =
        text.contains('@') && (text.contains('<') || text.contains("mailto:") || text.contains("&lt;"));
    let verb = WROTE.iter().any(|verb| text.contains(verb));
    if dashed && verb {
        return true;
    }
    let opens = text.starts_with(|c: char| c.is_ascii_digit())
        || OPENERS.iter().any(|opener| text.starts_with(opener));
    if !(has_year(text) || has_time(text)) {
        return false;
    }
    let named = text.len() <= 160 && WROTE_ON.iter().any(|words| text.contains(words));
    if ends && verb && (opens || address || named) {
        return true;
    }
    // Without a verb: a date, a time and an address, as Gmail writes it in some languages; or a date and an address alone.
    let bare = text.trim_end_matches([':', '：']);
    let closes = bare.ends_with('>');
    let full = ends
        && has_year(text)
        && has_time(text)
        && (closes || ((opens || joined.starts_with('*')) && bare.ends_with([']', ')'])));
    address && (full || (closes && starts_with_date(text)))
}

/// The same for programs that say the day alone, or no day at all.
pub(super) fn is_undated_attribution(joined: &str) -> bool {
    let text = joined.trim_matches(|c: char| c == '*' || c.is_whitespace() || is_invisible(c));
    // An address that was broken over lines is none yet.
    let address = text.contains('@') && text.matches('<').count() == 1 && text.matches('>').count() == 1;
    let verb = WROTE.iter().any(|verb| text.contains(verb));
    let day = address
        && verb
        && text.contains(|c: char| c.is_ascii_digit())
        && OPENERS.iter().any(|opener| text.starts_with(opener));
    let quoting = text.len() <= 160 && QUOTING.iter().any(|words| text.starts_with(words));
    let named =
        address && !text.starts_with('<') && text.rsplit_once('>').is_some_and(|(_, verb)| is_verb(verb));
    text.ends_with([':', '：']) && (day || quoting || named)
}

/// Whether a text is a verb of writing and the colon.
fn is_verb(text: &str) -> bool {
    let verb = text.trim().trim_end_matches([':', '：']).trim_end();
    WROTE.contains(&verb)
}

/// Whether a line, in lower case, directly above a quote is no more than a name and a verb of writing: “Ann wrote:”.
pub(super) fn is_name_and_verb(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let bare = line.trim_end_matches([':', '：']).trim_end();
    !line.contains(['<', '>', '@'])
        && line.ends_with([':', '：'])
        && (2..=8).contains(&words)
        && WROTE.iter().any(|verb| bare.ends_with(verb))
}

/// Whether a line may be the last one of what [`is_attribution`] looks at.
pub(super) fn may_end_attribution(line: &str) -> bool {
    line.ends_with([':', '：', '>'])
        || (line.starts_with("--") && line.ends_with("--"))
        || line.ends_with("----")
}

/// Whether a line ends a sentence, so that what follows is no continuation of it. A day may have a dot: “28.”.
pub(super) fn ends_sentence(line: &str) -> bool {
    let mut back = line.chars().rev();
    match back.next() {
        Some('!' | '?' | '。') => true,
        Some('.') => back.take_while(|c| c.is_alphabetic()).count() > 4,
        _ => false,
    }
}

fn has_year(text: &str) -> bool {
    text.as_bytes().windows(4).enumerate().any(|(at, window)| {
        let century = matches!(window, [b'1', b'9', ..] | [b'2', b'0', ..]);
        let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
        let after = text.as_bytes().get(at + 4);
        century
            && window.iter().all(u8::is_ascii_digit)
            && !before.is_some_and(u8::is_ascii_digit)
            && !after.is_some_and(u8::is_ascii_digit)
    })
}

fn has_time(text: &str) -> bool {
    text.as_bytes().windows(4).any(|window| match window {
        [hour, b':' | b'.' | b'h', minutes @ ..] => {
            hour.is_ascii_digit() && minutes.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    })
}

/// `2013/7/20 …` or `2016-10-24 …`.
fn starts_with_date(text: &str) -> bool {
    let (year, rest) = text.split_at_checked(4).unwrap_or(("", ""));
    year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && rest.starts_with(['/', '-', '.'])
        && rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
}

/// Whether a line, in lower case, stands above a letter that follows whole.
pub(super) fn is_separator(line: &str) -> bool {
    if ABOVE.iter().any(|words| line.contains(words)) {
        return line.chars().count() <= 120;
    }
    let inner = line.trim_matches(|c: char| {
        matches!(c, '-' | '_' | '*' | '=' | '>' | '<' | ':' | '—' | '–') || c.is_whitespace()
    });
    if !SEPARATORS.iter().any(|words| inner.starts_with(words)) {
        return false;
    }
    let drawn =
        line.starts_with("--") || line.starts_with("__") || line.starts_with('*') || line.starts_with("==");
    // Apple Mail draws no dashes: “Begin forwarded message:”.
    let announced = line.ends_with(':') && SEPARATORS.contains(&inner);
    announced || (drawn && inner.chars().count() <= 60)
}

/// The field that a line, in lower case, begins.
pub(super) fn header_field(line: &str) -> Option<HeaderField> {
    let line = line.trim_start_matches(['*', '_']);
    let (name, _) = line.split_once([':', '：'])?;
    let name = name.trim_end_matches(|c: char| c == '*' || c == '_' || c.is_whitespace());
    if name.len() > 40 {
        return None;
    }
    FIELDS.iter().find(|(_, names)| names.contains(&name)).map(|(field, _)| *field)
}

/// Whether a line, in lower case, is a whole header that was made one line.
pub(super) fn is_flat_header(line: &str) -> bool {
    let has = |name: &str| line.contains(&format!(" {name}:"));
    let begins = matches!(header_field(line), Some(HeaderField::From | HeaderField::Date));
    begins && [has("from") || line.starts_with("from:"), has("to"), has("subject")].iter().all(|found| *found)
}

/// Whether a telephone or a program wrote the line, in lower case, under what a person wrote.
pub(super) fn is_device_line(line: &str) -> bool {
    let line = line
        .trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '*' | '_' | '-') || c.is_whitespace());
    if line.chars().count() > 120 {
        return false;
    }
    let about = DEVICES.iter().any(|device| line.contains(device));
    let words = line.split_whitespace().count();
    (about && SENT_WITH.iter().any(|opener| line.starts_with(opener)))
        || (about && words <= 6 && (line.starts_with("from my ") || line.starts_with("via my ")))
        || (words <= 4 && (line.ends_with(" from mobile") || line.ends_with(" from my phone")))
        || (line.ends_with("から送信")
            || line.ends_with("gönderildi")
            || line.ends_with("에서 보냄")
            || line.ends_with("傳送"))
}

/// Whether a paragraph, in lower case and joined by blanks, was put under the letter by somebody else.
pub(super) fn is_notice(paragraph: &str) -> bool {
    let paragraph =
        paragraph.trim_start_matches(|c: char| matches!(c, '*' | '_' | '-' | '=' | '#') || c.is_whitespace());
    NOTICE_LINES.iter().any(|words| paragraph.starts_with(words))
        || (paragraph.len() >= 60
            && NOTICE_OPENERS.iter().any(|words| paragraph.starts_with(words))
            && NOTICE_MATTERS.iter().any(|words| paragraph.contains(words)))
}
