//! The search against real misspellings, and what it must and must not find.

use super::index::{Document, Index};

fn document(title: &str, text: &str) -> Document {
    Document { title: title.to_owned(), text: text.to_owned(), public: true, ..Document::default() }
}

/// Misspellings that people really made, each with the word that was meant: 500 words, far apart in the list.
fn misspellings() -> Vec<(String, String)> {
    let mut all: Vec<(&str, &str)> = typos_dict::WORD
        .map
        .entries()
        .filter_map(|(typo, meant)| match meant {
            [meant] => Some((typo.into_inner(), *meant)),
            _ => None,
        })
        .filter(|(typo, meant)| {
            typo.len() >= 4
                && meant.len() >= 4
                && [typo, meant].iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))
        })
        .collect();
    all.sort_unstable();
    let step = all.len() / 700;
    let mut chosen: Vec<(String, String)> = Vec::new();
    for (typo, meant) in all.iter().step_by(step) {
        if chosen.len() < 500 && !chosen.iter().any(|(_, known)| known == meant) {
            chosen.push(((*typo).to_owned(), (*meant).to_owned()));
        }
    }
    chosen
}

#[test]
fn real_misspellings_find_the_article_that_was_meant() {
    let pairs = misspellings();
    assert_eq!(pairs.len(), 500, "the dictionary has enough of them");
    let documents: Vec<Document> = pairs
        .iter()
        .enumerate()
        .map(|(at, (_, word))| {
            // Each article speaks of its neighbours' words too, as articles do.
            let others: Vec<&str> = (1..12)
                .filter_map(|by| pairs.get((at + by * 41) % pairs.len()))
                .map(|(_, other)| other.as_str())
                .collect();
            document(
                &format!("How {word} works"),
                &format!("All about {word}. It has to do with {}.", others.join(", ")),
            )
        })
        .collect();
    let index = Index::build("en", &documents);
    let missed: Vec<&(String, String)> = pairs
        .iter()
        .enumerate()
        .filter(|(at, (typo, _))| !index.search(typo, true, 3).hits.iter().any(|hit| hit.document == *at))
        .map(|(_, pair)| pair)
        .collect();
    assert!(missed.len() <= 25, "{} of 500 missed: {missed:?}", missed.len());
}

fn small() -> Index {
    let mut private = document("Handover of zebrafish keys", "Only customers read of zebrafish.");
    private.public = false;
    Index::build(
        "en",
        &[
            document("Set up Thunderbird", "Open the account settings and type the password of the mailbox."),
            document(
                "Change your password",
                "Sign in and choose a new password. Passwords have twelve letters.",
            ),
            document("Read an invoice", "Each line of the invoice is a mailbox or a quota."),
            private,
        ],
    )
}

fn first(index: &Index, typed: &str) -> Option<usize> {
    index.search(typed, true, 10).hits.first().map(|hit| hit.document)
}

#[test]
fn stems_begins_and_synonyms_are_found() {
    let index = small();
    assert_eq!(first(&index, "changing passwords"), Some(1));
    assert_eq!(first(&index, "thunderb"), Some(0));
    assert_eq!(first(&index, "bill"), Some(2), "an invoice by another word");
    assert_eq!(first(&index, "How do I change my pasword?"), Some(1));
    assert_eq!(
        index.search("how do I chnage my password", true, 3).meant.as_deref(),
        Some("change password")
    );
    assert!(index.search("xylophone", true, 10).hits.is_empty());
    assert!(index.search("", true, 10).hits.is_empty());
}

#[test]
fn visitors_learn_nothing_of_what_is_for_customers() {
    let index = small();
    for typed in ["zebrafish", "zebrafsih", "zebra", "handover"] {
        let found = index.search(typed, true, 10);
        assert!(
            found.hits.is_empty() && found.meant.is_none() && found.words.is_empty(),
            "{typed}: {found:?}"
        );
    }
    assert_eq!(index.search("zebrafsih", false, 10).hits.len(), 1);
}

#[test]
fn what_somebody_writes_leads_to_articles() {
    let index = small();
    let text = "Hello, since yesterday my mail program asks for my password again and again. Thank you!";
    let found = index.suggest("pasword not accepted", text, true, 3);
    assert_eq!(found.first().map(|hit| hit.document), Some(1));
    assert!(index.suggest("", "", true, 3).is_empty());
}

#[test]
fn other_languages_have_their_own_stems() {
    let index = Index::build("de", &[document("Rechnungen bezahlen", "Die Rechnung kommt am Ersten.")]);
    assert_eq!(first(&index, "meine rechnung"), Some(0));
    assert_eq!(first(&index, "rechnugn"), Some(0));
    let index = Index::build("es", &[document("Cambiar la contraseña", "Elija una contraseña nueva.")]);
    assert_eq!(first(&index, "contrasena"), Some(0));
    assert_eq!(first(&index, "clave"), Some(0));
}
