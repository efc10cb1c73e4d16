//! How long a search takes over 5,000 articles: `cargo run --release -p mailkeep-helpdesk --example search_cost`

use std::time::Instant;

use mailkeep_helpdesk::articles::search::{Document, Index};

const ARTICLES: u64 = 5_000;
const WORDS_EACH: u64 = 300;
/// As many words as a knowledgebase of that size uses.
const VOCABULARY: u64 = 30_000;
const SEARCHES: u64 = 2_000;

/// A number that looks random and is the same in each run.
fn mixed(seed: u64) -> u64 {
    let mut value = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// A word of syllables; small numbers are used most, as in any language.
fn word(number: u64) -> String {
    const BEGIN: [&str; 12] = ["b", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "st"];
    const MIDDLE: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "ou", "io"];
    let mut left = mixed(number) | 1 << 40;
    let mut text = String::new();
    for _ in 0..2 + number % 3 {
        text.push_str(BEGIN[usize::try_from(left % 12).unwrap_or(0)]);
        text.push_str(MIDDLE[usize::try_from(left / 12 % 8).unwrap_or(0)]);
        left /= 96;
    }
    text
}

fn any_word(seed: u64) -> String {
    let (one, other) = (mixed(seed) % VOCABULARY, mixed(seed ^ 0xABCD) % VOCABULARY);
    word(one.min(other))
}

fn text(article: u64, from: u64, words: u64) -> String {
    (from..from + words).map(|at| any_word(article * 10_000 + at)).collect::<Vec<_>>().join(" ")
}

/// Two letters change places, as fingers do.
fn mistyped(word: &str, seed: u64) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + usize::try_from(seed).unwrap_or(0) % letters.len().saturating_sub(2).max(1);
    if at + 1 < letters.len() {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

fn main() {
    let documents: Vec<Document> = (0..ARTICLES)
        .map(|at| Document {
            title: text(at, 0, 5),
            headings: text(at, 10, 15),
            text: text(at, 50, WORDS_EACH),
            public: at % 10 != 0,
            ..Document::default()
        })
        .collect();
    let begun = Instant::now();
    let index = Index::build("en", &documents);
    println!("reading {ARTICLES} articles: {} ms", begun.elapsed().as_millis());

    for (what, mistype) in [("as written", false), ("one word mistyped", true)] {
        let mut micros: Vec<u128> = (0..SEARCHES)
            .map(|at| {
                let first = any_word(at * 7919);
                let first = if mistype { mistyped(&first, at) } else { first };
                let typed = format!("{first} {} {}", any_word(at * 104_729), any_word(at * 1_299_709));
                let begun = Instant::now();
                let found = index.search(&typed, true, 20);
                std::hint::black_box(found);
                begun.elapsed().as_micros()
            })
            .collect();
        micros.sort_unstable();
        let at = |share: usize| micros.get(micros.len() * share / 100).copied().unwrap_or(0);
        println!("search of three words, {what}: p50 {} µs, p95 {} µs, p99 {} µs", at(50), at(95), at(99));
    }
}
