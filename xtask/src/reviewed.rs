//! Every function that opens personal data is listed in `policy/reviewed.toml` with the hash of the text that somebody
//! reviewed. One that is not listed, or that changed since, is a fault that says what to look at and which hash to enter.

use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::tidy::Source;

const LIST: &str = "policy/reviewed.toml";

/// What opens: a call in which a grant is shown, a sink, and whatever takes a value out of its wrapping. Written without
/// white space, as the code is compared.
const OPENINGS: [&str; 10] = [
    "cipher.open(",
    ".open_any(",
    "gate.deliver(",
    ".entered_as::<",
    ".revealed(",
    "sink::page(",
    "sink::json(",
    "sink::file(",
    "sink::mail(",
    "sink::sealed(",
];

#[derive(Deserialize)]
struct List {
    #[serde(default)]
    opening: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    function: String,
    /// What it does with the value.
    does: String,
    /// Why the value cannot go through a sink unseen.
    why: String,
    sha256: String,
}

/// A function that opens something.
#[derive(Debug, PartialEq, Eq)]
struct Opening {
    function: String,
    line: usize,
    sha256: String,
}

/// Compares the list with the code.
pub fn look(root: &Path, sources: &[Source]) -> Vec<String> {
    let text = std::fs::read_to_string(root.join(LIST)).unwrap_or_default();
    let list: List = match toml::from_str(&text) {
        Ok(list) => list,
        Err(error) => return vec![format!("{LIST}: {error}")],
    };
    compare(&list, sources)
}

fn compare(list: &List, sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut found: Vec<(&str, Opening)> = Vec::new();
    for source in sources.iter().filter(|source| source.is_product_code()) {
        found.extend(openings(source.text()).into_iter().map(|opening| (source.path(), opening)));
    }
    for (file, opening) in &found {
        let Opening { function, line, sha256 } = opening;
        let of_function = |entry: &&Entry| entry.file == *file && entry.function == *function;
        if list.opening.iter().filter(of_function).any(|entry| entry.sha256 == *sha256) {
            continue;
        }
        faults.push(match list.opening.iter().find(of_function) {
            Some(entry) => format!(
                "{file}:{line}: `{function}` opens personal data and was changed since its review: look whether it still \
                 only does what the entry says ({}), then enter sha256 = \"{sha256}\" in {LIST}",
                entry.does
            ),
            None => format!(
                "{file}:{line}: `{function}` opens personal data and is not in {LIST}: open with Policy::show and hand \
                 the value on wrapped; if it must compute with the value, have it reviewed and enter it with sha256 = \
                 \"{sha256}\""
            ),
        });
    }
    for entry in &list.opening {
        let of_entry =
            |(file, opening): &&(&str, Opening)| *file == entry.file && opening.function == entry.function;
        let (file, function) = (&entry.file, &entry.function);
        if !found.iter().any(|one| of_entry(&one)) {
            faults.push(format!("{LIST}: `{function}` in {file} opens nothing (any more): remove the entry"));
        }
        if entry.does.trim().is_empty() || entry.why.trim().is_empty() {
            faults.push(format!("{LIST}: `{function}` in {file}: say what it does, and why no sink can"));
        }
    }
    faults
}

/// The functions of a file that open something, innermost first to be named.
fn openings(text: &str) -> Vec<Opening> {
    let code = without_comments_and_texts(text);
    let functions = functions(&code);
    let (dense, places) = dense(&code);
    let mut at: Vec<usize> = OPENINGS
        .iter()
        .flat_map(|opening| dense.match_indices(opening).map(|(at, _)| at).collect::<Vec<_>>())
        .collect();
    // A grant shown as the first argument.
    at.extend(dense.match_indices(".open(").map(|(at, _)| at).filter(|at| {
        let argument = dense[at + 6..].split([',', '{', ';']).next().unwrap_or("");
        argument.contains("grant")
    }));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for place in at.into_iter().map(|at| places[at]) {
        let around = functions.iter().filter(|(_, from, to)| (*from..*to).contains(&place));
        // The innermost function is the one that begins last.
        if let Some((_, from, to)) = around.max_by_key(|(_, from, _)| *from)
            && !found.contains(&(*from, *to))
        {
            found.push((*from, *to));
        }
    }
    found.sort_unstable();
    let one = |(from, to): (usize, usize)| Opening {
        function: functions
            .iter()
            .find(|(_, begin, _)| *begin == from)
            .map(|(name, _, _)| name.clone())
            .unwrap_or_default(),
        line: text[..from].matches('\n').count() + 1,
        sha256: hash(&without_comments(&text[from..to])),
    };
    found.into_iter().map(one).collect()
}

/// The hash of a function's text without comments, white space and the commas that the formatter puts at line ends.
fn hash(text: &str) -> String {
    let mut dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for (with, without) in [(",)", ")"), (",]", "]"), (",}", "}")] {
        dense = dense.replace(with, without);
    }
    Sha256::digest(dense.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text without white space, and for each byte of it where it stood.
fn dense(text: &str) -> (String, Vec<usize>) {
    let (mut dense, mut places) = (String::new(), Vec::new());
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        dense.push(c);
        places.resize(dense.len(), at);
    }
    (dense, places)
}

/// Name, beginning and end of every function that has a body.
fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let mut functions = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let name: String = code[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let (mut round, mut depth) = (0i32, 0i32);
        for (offset, c) in code[at..].char_indices() {
            match c {
                '(' | '[' => round += 1,
                ')' | ']' => round -= 1,
                ';' if round == 0 && depth == 0 => break,
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    if depth == 0 {
                        functions.push((name.clone(), at, at + offset + 1));
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    functions
}

fn without_comments(text: &str) -> String {
    blank(text, false)
}

fn without_comments_and_texts(text: &str) -> String {
    blank(text, true)
}

/// The text with blanks, of the same length, where comments stand, and on wish what stands between quotation marks.
fn blank(text: &str, texts: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let wipe = |out: &mut Vec<u8>, from: usize, to: usize| {
        for byte in &mut out[from..to.min(bytes.len())] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    };
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text.as_bytes()[at..];
        let end = |mark: &[u8], from: usize| {
            rest[from..]
                .windows(mark.len())
                .position(|w| w == mark)
                .map_or(bytes.len(), |found| at + from + found)
        };
        if rest.starts_with(b"//") {
            let to = end(b"\n", 0);
            wipe(&mut out, at, to);
            at = to;
        } else if rest.starts_with(b"/*") {
            let to = end(b"*/", 2) + 2;
            wipe(&mut out, at, to);
            at = to;
        } else if rest.starts_with(b"r\"") || rest.starts_with(b"r#\"") {
            let mark: &[u8] = if rest[1] == b'#' { b"\"#" } else { b"\"" };
            let from = 1 + mark.len();
            let to = end(mark, from);
            if texts {
                wipe(&mut out, at + from, to);
            }
            at = to + mark.len();
        } else if rest[0] == b'"' {
            let mut to = at + 1;
            while to < bytes.len() && bytes[to] != b'"' {
                to += if bytes[to] == b'\\' { 2 } else { 1 };
            }
            if texts {
                wipe(&mut out, at + 1, to);
            }
            at = to + 1;
        } else if rest[0] == b'\'' {
            // A character, not a lifetime: 'x' or '\x'.
            let length = match rest {
                [_, b'\\', ..] => rest.iter().skip(2).position(|b| *b == b'\'').map(|found| found + 3),
                _ => text[at + 1..]
                    .chars()
                    .next()
                    .map(char::len_utf8)
                    .filter(|n| rest.get(n + 1) == Some(&b'\''))
                    .map(|n| n + 2),
            };
            if let Some(length) = length {
                wipe(&mut out, at + 1, at + length - 1);
            }
            at += length.unwrap_or(1);
        } else {
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = r##"
impl Identity {
    /// Opens the hash: policy.open(&grant, …).
    async fn check(&self, given: Secret) -> Result<bool, Error> {
        let grant = self.gate().await?; // .open(&grant
        let mark = '{'; let text = "} .open(&grant";
        self.policy().open(
            &grant,
            place,
            &sealed,
            |hash| hash.fits(&given),
        )
    }

    fn show(&self) -> Shown<String> {
        self.policy().show(&grant, place, &sealed)
    }

    fn file(&self) { std::fs::File::open(path); }
}
"##;

    fn list(entries: &[(&str, &str, &str)]) -> List {
        let entry = |(file, function, sha256): &(&str, &str, &str)| Entry {
            file: (*file).to_owned(),
            function: (*function).to_owned(),
            does: "compares it with the given password".to_owned(),
            why: "a comparison needs the value".to_owned(),
            sha256: (*sha256).to_owned(),
        };
        List { opening: entries.iter().map(entry).collect() }
    }

    #[test]
    fn what_opens_is_found_by_its_function() {
        let found = openings(CODE);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].function.as_str(), found[0].line), ("check", 4));
        let reflowed = CODE
            .replace("|hash| hash.fits(&given),\n        )", "|hash| hash.fits(&given) )")
            .replace("// .open(&grant", "");
        assert_eq!(openings(&reflowed)[0].sha256, found[0].sha256, "the formatter and comments do not count");
        let changed = CODE.replace("hash.fits(&given)", "log(hash)");
        assert_ne!(openings(&changed)[0].sha256, found[0].sha256);
        assert_eq!(openings("fn page(page: &P) { Value::of(sink::page(page)) }")[0].function, "page");
        assert_eq!(openings("fn at() { order.entered_as::<C>() }")[0].function, "at");
        assert_eq!(openings("fn read(self) { cipher.open(self.grant(), column, row, sealed)? }").len(), 1);
    }

    #[test]
    fn the_list_and_the_code_are_the_same() {
        const FILE: &str = "crates/identity/src/credentials/mod.rs";
        let sources = [Source::of(FILE, CODE), Source::of("crates/identity/src/credentials/tests.rs", CODE)];
        let right = openings(CODE).remove(0).sha256;
        assert_eq!(compare(&list(&[(FILE, "check", &right)]), &sources), Vec::<String>::new());
        let unlisted = compare(&list(&[]), &sources);
        assert!(
            unlisted.len() == 1 && unlisted[0].contains(&right) && unlisted[0].contains("not in"),
            "{unlisted:?}"
        );
        let changed = compare(&list(&[(FILE, "check", "00")]), &sources);
        assert!(changed.len() == 1 && changed[0].contains("changed since its review"), "{changed:?}");
        let stale = compare(&list(&[(FILE, "check", &right), (FILE, "show", "00")]), &sources);
        assert!(stale.len() == 1 && stale[0].contains("remove the entry"), "{stale:?}");
        let mut silent = list(&[(FILE, "check", &right)]);
        silent.opening[0].why.clear();
        assert_eq!(compare(&silent, &sources).len(), 1);
    }
}
