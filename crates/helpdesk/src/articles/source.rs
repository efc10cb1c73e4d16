//! The Markdown of an article as far as the search, the links and the addresses need it: plain words, headings, links.
//!
//! It is no renderer: what readers see is made elsewhere, by a real one. Marks that it misses cost a little of the ranking.

use super::search::fold;

/// An article without its marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plain {
    /// The headings, each on a line.
    pub headings: String,
    /// The text, a paragraph on a line.
    pub text: String,
}

/// Takes the marks off a text.
pub fn plain(markdown: &str) -> Plain {
    let mut plain = Plain::default();
    for line in markdown.lines() {
        let line = line.trim();
        if let Some(heading) = line.strip_prefix('#') {
            plain.headings.push_str(&without_marks(heading.trim_start_matches('#').trim()));
            plain.headings.push('\n');
            continue;
        }
        let is_rule =
            !line.is_empty() && line.chars().all(|letter| matches!(letter, '-' | '|' | ':' | ' ' | '`'));
        if is_rule {
            continue;
        }
        let item = line.trim_start_matches(['*', '-', '>', ' ']);
        let numbered = item.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let item =
            if numbered.len() < item.len() { numbered.strip_prefix(". ").unwrap_or(item) } else { item };
        let words = without_marks(item);
        if words.is_empty() {
            if !plain.text.is_empty() && !plain.text.ends_with('\n') {
                plain.text.push('\n');
            }
            continue;
        }
        if !plain.text.is_empty() && !plain.text.ends_with('\n') {
            plain.text.push(' ');
        }
        plain.text.push_str(&words);
    }
    plain
}

/// A line without emphasis, code marks, targets of links and places that are filled in later.
fn without_marks(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        rest = match letter {
            ']' if after.starts_with('(') => {
                after.find(')').and_then(|end| after.get(end + 1..)).unwrap_or(after)
            }
            '{' => after.find('}').and_then(|end| after.get(end + 1..)).unwrap_or(after),
            '*' | '`' | '[' | ']' | '<' | '>' | '\\' => after,
            '|' => {
                words.push(' ');
                after
            }
            other => {
                words.push(other);
                after
            }
        };
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the links of a text lead, in their order: `[words](target)` and `<https://…>`.
pub fn links(markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = markdown;
    while let Some(at) = rest.find(['(', '<']) {
        let (before, from) = rest.split_at(at);
        let inside = from.get(1..).unwrap_or_default();
        let (closing, is_link) = if from.starts_with('(') {
            (')', before.ends_with(']'))
        } else {
            ('>', ["https://", "http://", "mailto:"].iter().any(|begin| inside.starts_with(begin)))
        };
        rest = inside;
        if let (true, Some(end)) = (is_link, inside.find(closing)) {
            let target = inside.get(..end).unwrap_or_default().split_whitespace().next().unwrap_or_default();
            if !target.is_empty() {
                found.push(target.to_owned());
            }
            rest = inside.get(end..).unwrap_or_default();
        }
    }
    found
}

/// An address made of a title: small letters and digits, with hyphens between words.
pub fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for letter in fold(title).chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(80);
    slug.trim_end_matches('-').to_owned()
}

/// Whether an address is one that an article can have.
pub fn is_slug(slug: &str) -> bool {
    // Pages of their own stand under these.
    !matches!(slug, "search" | "in")
        && (1..=80).contains(&slug.len())
        && !slug.starts_with('-')
        && !slug.ends_with('-')
        && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// A piece of a text around the first of some folded words, for a list of results.
pub fn snippet(text: &str, words: &[String], letters: usize) -> String {
    let line = text.lines().find(|line| {
        let folded = fold(line);
        words.iter().any(|word| folded.contains(word.as_str()))
    });
    let line = line.or_else(|| text.lines().next()).unwrap_or_default();
    let folded = fold(line);
    let hit = words.iter().filter_map(|word| folded.find(word.as_str())).min().unwrap_or(0);
    // Folding changes lengths a little; the beginning of a word is looked for from about there.
    let hit = line.char_indices().map(|(at, _)| at).take_while(|at| *at <= hit).count();
    let start = hit.saturating_sub(letters / 3);
    let mut piece: String = line.chars().skip(start).take(letters).collect();
    if start > 0 {
        piece = piece.split_once(' ').map_or(piece.clone(), |(_, rest)| format!("… {rest}"));
    }
    if line.chars().count() > start + letters {
        piece = piece.rsplit_once(' ').map_or(piece.clone(), |(rest, _)| format!("{rest} …"));
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::{is_slug, links, plain, slug_of, snippet};

    const TEXT: &str = "# Set up *Thunderbird*\n\n1. Open **Account Settings**\n2. See [the ports](/help/ports#imap) or <https://example.com/a>\n\n\
                        | use | port |\n|---|---|\n| IMAP | `993` |\n\nThe server is {mail_host}. (Not a link.)";

    #[test]
    fn marks_are_taken_off() {
        let plain = plain(TEXT);
        assert_eq!(plain.headings, "Set up Thunderbird\n");
        assert_eq!(
            plain.text,
            "Open Account Settings See the ports or https://example.com/a\nuse port IMAP 993\nThe server is . (Not a link.)"
        );
    }

    #[test]
    fn links_are_found() {
        assert_eq!(links(TEXT), ["/help/ports#imap", "https://example.com/a"]);
        assert!(links("a < b and (c) [d] (e) [open](").is_empty());
    }

    #[test]
    fn addresses_are_made_of_titles() {
        assert_eq!(slug_of("Thunderbird einrichten: für Anfänger!"), "thunderbird-einrichten-fur-anfanger");
        assert!(
            is_slug("set-up-k-9") && !is_slug("search") && !is_slug("Über") && !is_slug("") && !is_slug("-a")
        );
    }

    #[test]
    fn a_snippet_shows_the_word() {
        let text =
            format!("First line.\n{} the quota counts here {}", "word ".repeat(40), "more ".repeat(40));
        let piece = snippet(&text, &["quota".to_owned()], 90);
        assert!(piece.contains("quota") && piece.starts_with("… ") && piece.ends_with(" …"), "{piece}");
        assert_eq!(snippet("Short.", &["absent".to_owned()], 90), "Short.");
    }
}
