//! Versions: how they are written, and which is newer.

use std::cmp::Reverse;

use super::Release;

const MAX_VERSION: usize = 40;
/// Addresses beside the versions of a product.
const TAKEN: [&str; 2] = ["feed.json", "feed.atom"];

/// Whether a text can be a version: it stands in addresses and names of files.
pub fn is_version(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || ".-_+".contains(letter);
    text.len() <= MAX_VERSION
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(fits)
        && !text.contains("..")
        && !TAKEN.contains(&text)
}

/// The number of a version, where it is one of Semantic Versioning; a `v` before it is a habit of many.
pub(super) fn number(text: &str) -> Option<semver::Version> {
    semver::Version::parse(text.strip_prefix('v').unwrap_or(text)).ok()
}

/// Sorts releases, the newest first: by number where all have one (SemVer, section 11), else by when they were published.
pub fn newest_first(releases: &mut [Release]) {
    let day = |one: &Release| (one.published_at.unwrap_or(one.created_at), one.id);
    if releases.iter().all(|one| number(&one.version).is_some()) {
        releases.sort_by_cached_key(|one| Reverse((number(&one.version), day(one))));
    } else {
        releases.sort_by_key(|one| Reverse(day(one)));
    }
}

#[cfg(test)]
mod tests {
    use super::{is_version, number};

    #[test]
    fn versions_can_stand_in_addresses() {
        for good in ["1.0.0", "v2.3.4-beta.1", "2026.11", "1.0.0+linux", "7", "r12_a"] {
            assert!(is_version(good), "{good}");
        }
        let long = "1".repeat(41);
        for bad in
            ["", "1/2", "..", "1..2", ".1", "-1", "a b", "1.0\n", "ä", "feed.json", "feed.atom", "<b>", &long]
        {
            assert!(!is_version(bad), "{bad}");
        }
    }

    #[test]
    fn numbers_are_compared_as_semantic_versioning_says() {
        // SemVer 2.0.0, section 11.
        let rising = [
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "v1.9.0",
            "1.10.0",
            "2.0.0",
        ];
        for pair in rising.windows(2) {
            assert!(number(pair[0]).unwrap() < number(pair[1]).unwrap(), "{pair:?}");
        }
        assert_eq!(number("2026.11"), None);
    }
}
