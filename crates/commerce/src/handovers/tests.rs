//! Case 19 as far as it is of commerce: the warning, the days to cure, the end, the charge, delivery.

use std::time::Duration;

use mailkeep_storage::blobs::{Blobs, BlobsConfig};
use mailkeep_storage::sql::{SqlError, params};

use super::*;
use crate::changes::AskedBy;
use crate::endings::EndWhen;
use crate::error::CommerceError;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, both_engines};

async fn told(bench: &Bench, template: &'static str) -> i64 {
    let count = bench.db.read(move |tx| -> Result<i64, SqlError> {
        let sql = "SELECT COUNT(*) FROM outbound_messages WHERE template = $1";
        tx.query_one(sql, params![template], |row| row.get(0))
    });
    count.await.unwrap()
}

/// Every sealed value of a table's column as it rests in the database.
async fn at_rest(bench: &Bench, column: &'static str, table: &'static str) -> Vec<Vec<u8>> {
    let found = bench.db.read(move |tx| -> Result<Vec<Vec<u8>>, SqlError> {
        let sql = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL");
        tx.query(&sql, params![], |row| row.get(0))
    });
    found.await.unwrap()
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

both_engines!(what_is_handed_over_stands_nowhere_in_clear, |bench| async move {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(&BlobsConfig::Folder(folder.path().to_owned())).unwrap();
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let (commerce, of) = (&bench.commerce, buyer.customer);
    let reason = "Mail to people who never asked for it.".to_owned();
    let id = commerce.warn_of_hand_over(bench.staff, of, reason, vec![buyer.person]).await.unwrap();
    // One file rests in its row, one in the store of blobs.
    for (number, pieces) in [(1, 10), (2, 10_000)] {
        let file = NewFile {
            number,
            part: number,
            name: Some(mailkeep_policy::Personal::new("someone@company.example".to_owned())),
            content: mailkeep_policy::Personal::new(b"a letter in clear ".repeat(pieces)),
            size: 0,
        };
        commerce.keep_hand_over_file(&blobs, id, of, file).await.unwrap();
    }
    let reasons = at_rest(&bench, "reason", "hand_overs").await;
    let names = at_rest(&bench, "name", "hand_over_files").await;
    let contents = at_rest(&bench, "content", "hand_over_files").await;
    let keys = blobs.list("hand-overs").await.unwrap();
    assert_eq!((reasons.len(), names.len(), contents.len(), keys.len()), (1, 2, 1, 1));
    let blob = blobs.get(&keys[0]).await.unwrap().to_vec();
    for bytes in reasons.iter().chain(&names).chain(&contents).chain([&blob]) {
        assert!(!bytes.is_empty());
        for words in [&b"never asked"[..], b"someone@", b"in clear"] {
            assert!(!holds(bytes, words), "{}", String::from_utf8_lossy(words));
        }
    }
});

both_engines!(case_19_warned_cured_warned_again_ended_charged_once, |bench| async move {
    let bench = bench
        .reopened(|config| {
            let item =
                "key = \"handover\"\nname = \"Hand-over\"\nmeasure = \"piece\"\nprices = { USD = \"50.00\" }";
            config.items = vec![toml::from_str(item).unwrap()];
            config.hand_over.item = "handover".to_owned();
        })
        .await;
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(&BlobsConfig::Folder(folder.path().to_owned())).unwrap();
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let (commerce, of, staff, owners) = (&bench.commerce, buyer.customer, bench.staff, vec![buyer.person]);
    let warn = |reason: &str| commerce.warn_of_hand_over(staff, of, reason.to_owned(), owners.clone());

    assert!(matches!(warn("short").await, Err(CommerceError::Invalid { field: "reason", .. })));
    let first = warn("Mail to people who never asked for it.").await.unwrap();
    assert!(matches!(warn("The same once more, please.").await, Err(CommerceError::Staff(_))));
    assert_eq!(told(&bench, "commerce/hand_over_warned").await, 1);
    commerce.cure_hand_over(staff, first, owners.clone()).await.unwrap();
    commerce.cure_hand_over(staff, first, owners.clone()).await.unwrap();
    assert_eq!(told(&bench, "commerce/hand_over_cured").await, 1);
    assert!(commerce.end_for_hand_over(staff, first, owners.clone()).await.is_err(), "it was cured");

    let again = warn("Mail to people who never asked, again.").await.unwrap();
    for day in 0..=31 {
        let ended = commerce.end_for_hand_over(staff, again, owners.clone()).await;
        assert_eq!(ended.is_ok(), day == 31, "day {day}: {ended:?}");
        bench.days(1);
    }
    let one = commerce.find_hand_over(again).await.unwrap();
    let days = one.due_on.unwrap().since(one.cure_until.unwrap()).unwrap().get_days();
    assert_eq!((one.state, days), (HandOverState::Making, 11), "the 31st day and ten more");
    assert_eq!(commerce.list_endings(of).await.unwrap().len(), 1);

    // The job is cut off after the charge, and runs again; then the services are paused already.
    let before = commerce.list_invoices(of).await.unwrap().len();
    for _ in 0..2 {
        assert!(commerce.begin_hand_over(&blobs, again).await.unwrap().is_some());
        commerce.run_billing().await.unwrap();
    }
    let file = || NewFile {
        number: 1,
        part: 1,
        name: Some(mailkeep_policy::Personal::new("a@company.example".to_owned())),
        content: mailkeep_policy::Personal::new(vec![7; 100_000]),
        size: 100_000,
    };
    commerce.keep_hand_over_file(&blobs, again, of, file()).await.unwrap();
    assert_eq!(blobs.list("hand-overs").await.unwrap().len(), 1);
    commerce.finish_hand_over(again, owners.clone()).await.unwrap();
    commerce.finish_hand_over(again, owners.clone()).await.unwrap();
    commerce.end_for_hand_over(staff, again, owners.clone()).await.unwrap();
    assert!(commerce.begin_hand_over(&blobs, again).await.unwrap().is_none(), "it is made");
    assert_eq!(commerce.list_invoices(of).await.unwrap().len(), before + 1, "one charge");
    let mails =
        (told(&bench, "commerce/hand_over_ended").await, told(&bench, "commerce/hand_over_ready").await);
    assert_eq!(mails, (1, 1));

    assert_eq!(commerce.sweep_hand_overs(&blobs).await.unwrap(), 0);
    bench.days(30);
    assert_eq!(commerce.sweep_hand_overs(&blobs).await.unwrap(), 1);
    assert_eq!(blobs.list("hand-overs").await.unwrap().len(), 0);
    assert_eq!(commerce.find_hand_over(again).await.unwrap().state, HandOverState::Expired);
});

both_engines!(what_staff_end_for_misuse_is_handed_over_and_taken_up_by_staff_alone, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let (commerce, of, staff) = (&bench.commerce, buyer.customer, bench.staff);
    for _ in 0..2 {
        commerce.end_for_abuse(staff, of).await.unwrap();
    }
    let handed = commerce.hand_overs_of(of).await.unwrap();
    let how: Vec<_> = handed.iter().map(|one| (one.cause, one.state, one.ended_by)).collect();
    assert_eq!(how, [(Cause::Abuse, HandOverState::Making, Some(staff))]);
    let days = handed[0].due_on.unwrap().since(local_day(&bench)).unwrap().get_days();
    assert_eq!(days, 10);
    let endings = commerce.list_endings(of).await.unwrap();
    assert_eq!(endings.len(), 1);
    let id = endings[0].subscription;
    let own = commerce.keep_subscription(of, id).await.unwrap_err();
    assert!(own.to_string().contains("our staff ended"), "{own}");
    let own = commerce.cancel_subscription(of, id).await.unwrap_err();
    assert!(own.to_string().contains("our staff ended"), "a later day of their own: {own}");
    let began = commerce.clock().now();
    commerce.take_up_after_abuse(staff, of, began.plus(Duration::from_secs(1))).await.unwrap();
    assert_eq!(commerce.list_endings(of).await.unwrap().len(), 1, "what was ended before for another reason");
    commerce.take_up_after_abuse(staff, of, began).await.unwrap();
    assert!(commerce.list_endings(of).await.unwrap().is_empty(), "before the day was over");

    // And once more, until it is paused: then it is restored. The customer had wished for the same day.
    commerce.end_subscription(of, id, EndWhen::Now, AskedBy::Customer).await.unwrap();
    commerce.end_for_abuse(staff, of).await.unwrap();
    assert!(commerce.keep_subscription(of, id).await.is_err(), "it is no longer the customer's to take back");
    bench.days(2);
    commerce.run_billing().await.unwrap();
    assert!(commerce.list_endings(of).await.unwrap()[0].paused_on.is_some());
    commerce.take_up_after_abuse(staff, of, began).await.unwrap();
    commerce.take_up_after_abuse(staff, of, began).await.unwrap();
    assert!(commerce.list_endings(of).await.unwrap().is_empty());
    assert!(commerce.list_services(of).await.unwrap()[0].ended_at.is_none());
});

both_engines!(whoever_was_warned_is_ended_for_misuse_by_the_same_hand_over, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let (commerce, of, staff) = (&bench.commerce, buyer.customer, bench.staff);
    let reason = "Mail to people who never asked for it.".to_owned();
    let warned = commerce.warn_of_hand_over(staff, of, reason, vec![buyer.person]).await.unwrap();
    commerce.end_for_abuse(staff, of).await.unwrap();
    let handed = commerce.hand_overs_of(of).await.unwrap();
    let how: Vec<_> = handed.iter().map(|one| (one.id, one.cause, one.state)).collect();
    assert_eq!(how, [(warned, Cause::Breach, HandOverState::Making)]);
});

fn local_day(bench: &Bench) -> Date {
    crate::commerce::local_date(bench.commerce.clock().now(), &bench.commerce.config().time_zone)
}
