use std::sync::Arc;

use mailkeep_storage::both_engines;
use mailkeep_storage::sql::{Database, Row, SqlError, params};
use mailkeep_types::{BodyId, SystemClock};
use proptest::prelude::*;

use super::super::Query;
use super::super::filter::SearchKey;
use super::super::grams::normalise;
use super::build::Builder;
use super::*;
use crate::messages::{Append, Flags, UidSet, prepare};
use crate::post_office::Settings;
use crate::testing::TestOffice;

fn pack_of(messages: &[(String, String)]) -> Pack {
    let mut builder = Builder::new(SearchKey::from_bytes(&[7; 32]));
    for (headers, body) in messages {
        builder.add(BodyId::new(&SystemClock), headers, body);
    }
    let (words, places) = builder.finish();
    Pack {
        id: BodyId::new(&SystemClock),
        words: PackWords::from_bytes(words).expect("the words fit together"),
        places: OnceCell::from(Some(PackPlaces::from_bytes(places).expect("the places fit together"))),
    }
}

proptest! {
    /// What a pack says is what a look at the texts says, for parts of words, phrases and signs.
    #[test]
    fn agrees_with_a_look_at_the_text(
        texts in proptest::collection::vec(("[abA1äİ東 .,]{0,12}", "[abB1äİ東 .,\\n]{0,30}"), 1..8),
        query in "[abAB1äİ東 .,]{1,6}",
    ) {
        let texts: Vec<(String, String)> =
            texts.iter().map(|(headers, body)| (normalise(headers), normalise(body))).collect();
        let (pack, query) = (pack_of(&texts), normalise(&query));
        let found = pack.find(&query);
        for (number, (headers, body)) in (0..).zip(&texts) {
            let said = found.of(number);
            prop_assert_eq!(said, Some((headers.contains(&query), body.contains(&query))), "{:?} in {:?}", query, texts);
        }
    }

    /// Bytes that were sealed by a program with an error are refused, or read without one.
    #[test]
    fn any_bytes_are_refused_or_read(at in 0usize..400, byte: u8, cut in 0usize..400) {
        let mut builder = Builder::new(SearchKey::from_bytes(&[7; 32]));
        builder.add(BodyId::new(&SystemClock), "a subject", "some words, and more words");
        let (mut words, mut places) = builder.finish();
        for bytes in [&mut words, &mut places] {
            bytes.truncate(cut.max(20));
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        // Wrong numbers must not make memory of them; counts stay as they were.
        let few = |bytes: &[u8], counts: usize| (0..counts).all(|n| number(bytes, n * 4).is_none_or(|n| n < 1_000_000));
        if few(&places, 3) && let (Some(words), places) = (PackWords::from_bytes(words), PackPlaces::from_bytes(places)) {
            let pack = Pack { id: BodyId::new(&SystemClock), words, places: OnceCell::from(places) };
            for text in ["o", "some", "words, and", "e w", ", ", " "] {
                pack.find(text);
            }
        }
    }
}

#[test]
fn a_text_too_long_is_looked_at() {
    let long = "word ".repeat(300_000);
    let pack = pack_of(&[("a".to_owned(), long), ("b".to_owned(), "word".to_owned())]);
    let found = pack.find("word");
    assert_eq!((found.of(0), found.of(1)), (None, Some((false, true))));
}

#[test]
fn a_phrase_of_very_many_words_is_looked_at() {
    let text = (0..70).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let pack = pack_of(&[("a".to_owned(), text.clone())]);
    assert_eq!(pack.find(&text).of(0), None);
    let some = text.split(" w50").next().expect("a beginning");
    assert_eq!(pack.find(some).of(0), Some((false, true)));
}

fn mail(number: usize) -> Append {
    let raw = format!(
        "From: a{number}@example.net\r\nSubject: Number {number}\r\n\r\nThis is the mail number {number}, for the {}.\r\n",
        if number.is_multiple_of(3) { "archive" } else { "harvest" }
    );
    Append { message: Arc::new(prepare(&raw.into())), flags: Flags::NONE, internal_at: None }
}

async fn count(db: &Database, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table}");
    db.read(move |tx| tx.query_one(&sql, &[], |row| row.get::<i64>(0))).await.unwrap()
}

both_engines!(opening_a_folder_makes_packs, |db: Database| async move {
    let test = TestOffice::open(db.clone()).await;
    let session = test.session("ann@example.com").await;
    let inbox = session.facts().inbox;
    session.append(inbox, (0..300).map(mail).collect()).await.unwrap();
    assert_eq!(count(&db, "search_packs").await, 0);
    // While packs of another mailbox are made, the next opening tries again.
    while count(&db, "search_packs").await == 0 {
        session.open_folder(inbox, false).await.unwrap();
    }
    assert_eq!(count(&db, "search_packed").await, 300);
});

both_engines!(packs_answer_grow_and_go_with_their_messages, |db: Database| async move {
    // Without room in memory nothing is made ahead.
    let settings =
        Settings { search_cache_bytes: 0, undelete: std::time::Duration::ZERO, ..Settings::default() };
    let test = TestOffice::open_with(db.clone(), settings).await;
    let session = test.session("ann@example.com").await;
    let inbox = session.facts().inbox;
    let search = async |text: &str| {
        let rows = session.open_folder(inbox, false).await.unwrap().messages;
        session.search(&rows, Query::Text(text.to_owned())).await.unwrap().len()
    };

    session.append(inbox, (0..300).map(mail).collect()).await.unwrap();
    assert_eq!(session.make_packs().await.unwrap(), 1);
    assert_eq!((count(&db, "search_packs").await, count(&db, "search_packed").await), (1, 300));
    for (text, found) in [
        ("arves", 200),
        ("for the arch", 100),
        ("the mail", 300),
        ("mail the", 0),
        ("number 7, f", 1),
        (", for", 300),
        ("a7@example", 1),
        ("absent", 0),
    ] {
        assert_eq!(search(text).await, found, "{text}");
    }

    // Messages that came after it are found beside it; a second pack swallows none that is larger, a third both.
    session.append(inbox, (300..310).map(mail).collect()).await.unwrap();
    assert_eq!(session.make_packs().await.unwrap(), 0);
    assert_eq!(search("number 30").await, 11, "30 and 300 to 309");
    session.append(inbox, (310..600).map(mail).collect()).await.unwrap();
    assert_eq!(session.make_packs().await.unwrap(), 1);
    assert_eq!((count(&db, "search_packs").await, count(&db, "search_packed").await), (1, 600));
    assert_eq!(search("the harvest").await, 400);

    // With a message that is gone for good its pack goes.
    session.delete_messages(inbox, &UidSet::from_ranges([1..=1])).await.unwrap();
    assert_eq!(count(&db, "search_packs").await, 1, "it is not purged yet");
    test.office.purge_expunged().await.unwrap();
    assert_eq!((count(&db, "search_packs").await, count(&db, "search_packed").await), (0, 0));
    assert_eq!(search("the harvest").await, 400);
    assert_eq!(search("number 0,").await, 0);
    assert_eq!(session.make_packs().await.unwrap(), 1);
    assert_eq!(count(&db, "search_packed").await, 599);
    assert_eq!(test.office.doctor(false).await.unwrap().findings, []);
});

both_engines!(ever_new_words_fill_packs_early_and_leave_the_rest_to_the_filters, |db: Database| async move {
    // Room for one full pack.
    let settings = Settings { search_cache_bytes: 20 * 1024 * 1024, ..Settings::default() };
    let test = TestOffice::open_with(db.clone(), settings).await;
    let session = test.session("ann@example.com").await;
    let inbox = session.facts().inbox;
    let all: Vec<Append> = (0..300u64)
        .map(|mail| {
            let words = (0..8_000)
                .map(|word| format!("{:x}", (mail * 8_000 + word) * 0x9e37_79b9))
                .collect::<Vec<_>>();
            let raw = format!("Subject: Number {mail}\r\n\r\n{}\r\n", words.join(" "));
            Append { message: Arc::new(prepare(&raw.into())), flags: Flags::NONE, internal_at: None }
        })
        .collect();
    session.append(inbox, all).await.unwrap();
    session.make_packs().await.unwrap();
    assert_eq!(count(&db, "search_packs").await, 1);
    let packed = count(&db, "search_packed").await;
    assert!((10..200).contains(&packed), "{packed}");
    // Nothing of the letters stands in a pack in clear.
    let query = "SELECT words, places FROM search_packs";
    let both = |row: &Row<'_>| Ok::<(Vec<u8>, Vec<u8>), SqlError>((row.get(0)?, row.get(1)?));
    let packs = db.read(move |tx| tx.query(query, params![], both)).await.unwrap();
    for word in ["number", &*format!("{:x}", 0x9e37_79b9u64 * 7)] {
        let found = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!packs.iter().any(|(words, places)| found(words) || found(places)), "{word}");
    }
    let rows = session.open_folder(inbox, false).await.unwrap().messages;
    for number in [0, 299] {
        let found = session.search(&rows, Query::Text(format!("number {number}"))).await.unwrap();
        assert_eq!(found.len(), 1, "{number}");
    }
});
