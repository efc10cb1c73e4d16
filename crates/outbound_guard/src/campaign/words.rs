//! The words and the links of a text, one after the other, without keeping them all.

/// Gives each word of a text that is no link, in small letters.
pub(crate) fn each_word(text: &str, mut give: impl FnMut(&str)) {
    let mut small = String::new();
    for piece in text.split_whitespace().filter(|piece| link(piece).is_none()) {
        let words = piece.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        for word in words {
            small.clear();
            if word.is_ascii() {
                small.push_str(word);
                small.make_ascii_lowercase();
            } else {
                small.push_str(&word.to_lowercase());
            }
            give(&small);
        }
    }
}

/// Gives host and path of each link in a text or a page.
pub(crate) fn each_link(text: &str, mut give: impl FnMut(&str, &str)) {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '<' | '>' | '(' | ')');
    let mut read = 0;
    for (at, _) in text.match_indices("://") {
        // The rest of a piece that was read as one link.
        let Some(before) = text.get(read..at) else { continue };
        let from = before.char_indices().rfind(|(_, letter)| ends(*letter));
        let from = from.map_or(read, |(place, letter)| read + place + letter.len_utf8());
        let piece = text.get(from..).unwrap_or_default();
        let piece = piece.split(ends).next().unwrap_or_default();
        read = from + piece.len();
        if let Some((host, path)) = link(piece) {
            give(&host, path);
        }
    }
}

/// Host and path of a link. The query is left out: there the reader has a number of their own.
pub(crate) fn link(piece: &str) -> Option<(String, &str)> {
    // Most pieces have no colon at all, and are told by that.
    let mut colons = piece.match_indices(':').filter_map(|(at, _)| piece.split_at_checked(at));
    let (scheme, rest) = colons.find_map(|(scheme, rest)| Some((scheme, rest.strip_prefix("://")?)))?;
    let scheme = scheme.rsplit(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    (!host.is_empty()).then(|| (host.to_lowercase(), path.trim_end_matches(['.', ',', '/'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        each_link(text, |host, path| found.push((host.to_owned(), path.to_owned())));
        found
    }

    #[test]
    fn words_are_small_and_links_are_none() {
        let mut found = Vec::new();
        each_word("Dear ÉMILE, (see:http://a.example/x) pay-now 12:30", |word| found.push(word.to_owned()));
        assert_eq!(found, ["dear", "émile", "pay", "now", "12", "30"]);
        assert!(link("ftp://example.com/x").is_none() && link("https://").is_none() && link("a:b").is_none());
    }

    #[test]
    fn links_are_those_of_the_pieces_between_signs_that_end_them() {
        assert_eq!(
            links("x<a href='HTTP://Shop.example/lamp?to=ada'>\u{a0}(see:https://b.example/,) "),
            [("shop.example".into(), "lamp".into()), ("b.example".into(), String::new())]
        );
        // Texts of few signs, so that all that matters stands beside everything else.
        let signs =
            ["http", "s", "://", ":", "//", "/", "a.b", "?", "#", " ", "<", "\"", "é", "\u{2003}", ")"];
        let mut state = 7_u64;
        for _ in 0..20_000 {
            let text: String = (0..12)
                .map(|_| {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    signs[usize::try_from(state >> 33).unwrap() % signs.len()]
                })
                .collect();
            let ends = |letter: char| letter.is_whitespace() || "\"'<>()".contains(letter);
            let plainly: Vec<(String, String)> =
                text.split(ends).filter_map(link).map(|(host, path)| (host, path.to_owned())).collect();
            assert_eq!(links(&text), plainly, "{text:?}");
        }
    }
}
