//! Parts of what is downloaded (RFC 9110, section 14), so that a download that broke off goes on.

use std::ops::Range;

use axum::http::{HeaderMap, header};

/// What is wanted of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes that it does not have.
    Beyond,
}

/// What a request wants of a file of `size` bytes whose strong validator is `etag`. Several ranges at once, and what cannot be
/// read, are answered with the whole, as the RFC allows.
pub fn wanted(headers: &HeaderMap, etag: &str, size: u64) -> Wanted {
    // Whoever has the beginning of another file needs all of this one (section 13.1.5).
    let same = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == etag.as_bytes());
    let Some(range) = headers.get(header::RANGE).filter(|_| same).and_then(|range| range.to_str().ok())
    else {
        return Wanted::Whole;
    };
    parse(range, size).unwrap_or(Wanted::Whole)
}

fn parse(range: &str, size: u64) -> Option<Wanted> {
    let (unit, set) = range.split_once('=')?;
    let (first, last) = set.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number beyond all files is beyond this one.
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    if first.is_empty() {
        let length = number(last)?;
        return Some(match length.min(size) {
            0 => Wanted::Beyond,
            length => Wanted::Part(size - length..size),
        });
    }
    let first = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last)? };
    if last < first {
        return None;
    }
    Some(if first >= size { Wanted::Beyond } else { Wanted::Part(first..last.saturating_add(1).min(size)) })
}

/// Whether the asker has the file already (section 13.1.2).
pub fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|known| {
        known.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
    })
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, header};

    use super::{Wanted, is_known, wanted};

    fn with(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn ranges_are_read_as_the_rfc_says() {
        let table = [
            ("bytes=0-499", Wanted::Part(0..500)),
            ("bytes=500-999", Wanted::Part(500..1000)),
            ("bytes=-500", Wanted::Part(500..1000)),
            ("bytes=-5000", Wanted::Part(0..1000)),
            ("bytes=999-", Wanted::Part(999..1000)),
            ("Bytes = 10-20", Wanted::Part(10..21)),
            ("bytes=0-99999999999999999999999", Wanted::Part(0..1000)),
            ("bytes=1000-", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=99999999999999999999999-", Wanted::Beyond),
            ("bytes=20-10", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
            ("bytes", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
        ];
        for (range, expected) in table {
            assert_eq!(wanted(&with(&[(header::RANGE, range)]), "\"a\"", 1000), expected, "{range}");
        }
        assert_eq!(wanted(&HeaderMap::new(), "\"a\"", 1000), Wanted::Whole);
    }

    #[test]
    fn the_rest_of_another_file_is_not_the_rest_of_this_one() {
        let asks = |known| with(&[(header::RANGE, "bytes=5-"), (header::IF_RANGE, known)]);
        assert_eq!(wanted(&asks("\"a\""), "\"a\"", 10), Wanted::Part(5..10));
        for other in ["\"b\"", "W/\"a\"", "Sat, 28 Nov 2026 16:00:00 GMT"] {
            assert_eq!(wanted(&asks(other), "\"a\"", 10), Wanted::Whole, "{other}");
        }
        for known in ["\"a\"", "\"b\", \"a\"", "W/\"a\"", "*"] {
            assert!(is_known(&with(&[(header::IF_NONE_MATCH, known)]), "\"a\""), "{known}");
        }
        assert!(!is_known(&with(&[(header::IF_NONE_MATCH, "\"b\"")]), "\"a\""));
    }
}
