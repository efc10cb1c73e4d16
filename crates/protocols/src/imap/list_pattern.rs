//! Matching folder names against the patterns of `LIST` (RFC 3501 section 6.3.8).

/// True when `name` matches `pattern`: `*` stands for anything, `%` for anything without the `delimiter`. `INBOX` as the
/// first level matches in any case. Takes time proportional to the product of the lengths.
pub fn matches(pattern: &str, name: &str, delimiter: char) -> bool {
    let name: Vec<char> = fold_inbox(name, delimiter).chars().collect();
    // places[i]: the pattern read so far matches the first i characters of the name.
    let mut places = vec![false; name.len().saturating_add(1)];
    if let Some(first) = places.first_mut() {
        *first = true;
    }
    for p in fold_inbox(pattern, delimiter).chars() {
        let wildcard = p == '*' || p == '%';
        let mut before = false;
        for (at, place) in places.iter_mut().enumerate() {
            let here = *place;
            let read = at.checked_sub(1).and_then(|previous| name.get(previous)).copied();
            *place = if wildcard {
                // `before` is already the new value of the place to the left.
                here || (before && (p == '*' || read != Some(delimiter)))
            } else {
                before && read == Some(p)
            };
            before = if wildcard { *place } else { here };
        }
    }
    places.last().copied().unwrap_or(false)
}

/// The text with a first level of `inbox` in capitals.
fn fold_inbox(text: &str, delimiter: char) -> String {
    let first = text.split([delimiter, '*', '%']).next().unwrap_or_default();
    if first.eq_ignore_ascii_case("INBOX") {
        let rest = text.get(first.len()..).unwrap_or_default();
        return format!("INBOX{rest}");
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (pattern, name, expected) in [
            ("*", "Archive/2026/03", true),
            ("%", "Archive", true),
            ("%", "Archive/2026", false),
            ("Archive/%", "Archive/2026", true),
            ("Archive/%", "Archive/2026/03", false),
            ("Archive/%", "Archive", false),
            ("%/%", "Archive/2026", true),
            ("*3", "Archive/2026/03", true),
            ("*/0*", "Archive/2026/03", true),
            ("inbox", "INBOX", true),
            ("InBox/x", "INBOX/x", true),
            ("inbox%", "INBOX", true),
            ("archive", "Archive", false),
            ("", "", true),
            ("", "x", false),
            ("a%c%e", "abcde", true),
            ("a%c%f", "abcde", false),
        ] {
            assert_eq!(matches(pattern, name, '/'), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn many_wildcards_take_no_time() {
        assert!(!matches(&"*a".repeat(200), &"a".repeat(150), '/'));
    }
}
