//! Asking, and what is made of the answers.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::{ManualClock, SharedClock};

use super::ask::{Said, meaning, question};
use crate::Settings;
use crate::dns::DnsError;
use crate::testing::TestOffice;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn an_address_is_asked_for_backwards() {
    assert_eq!(question("bl.example.", ip("192.0.2.7")), "7.2.0.192.bl.example");
    // The example of RFC 5782 section 2.4.
    let six = "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.bl.example";
    assert_eq!(question("bl.example", ip("4321:0:1:2:3:4:567:89ab")), six);
}

#[test]
fn only_answers_of_a_block_list_list() {
    let listed = |text: &str| Said::Listed(text.to_owned());
    assert_eq!(meaning(Ok(vec![ip("127.0.0.10"), ip("127.0.0.2")])), listed("127.0.0.2"));
    assert_eq!(meaning(Err(DnsError::NoSuchName)), Said::Clear);
    assert_eq!(meaning(Err(DnsError::NoRecords)), Said::Clear);
    assert!(matches!(meaning(Err(DnsError::Failed("late".into()))), Said::Nothing(_)));
    assert!(matches!(meaning(Ok(vec![ip("127.255.255.254")])), Said::Nothing(_)), "an open resolver");
    assert!(
        matches!(meaning(Ok(vec![ip("203.0.113.9")])), Said::Nothing(_)),
        "a name server that makes it up"
    );
}

fn on_both_engines(body: impl AsyncFn(Database, Arc<ManualClock>)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-04");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| body(db, Arc::clone(&clock)).await);
    }
}

#[test]
fn what_lists_say_is_kept_with_its_time_until_they_are_asked_no_more() {
    on_both_engines(async |db, clock| {
        let settings = Settings {
            block_lists: vec!["bl.example".into()],
            own_addresses: vec![ip("192.0.2.7"), ip("192.0.2.8")],
            ..Settings::default()
        };
        let test = TestOffice::open_with(db.clone(), settings).await;
        let office = &test.office;
        test.dns.add("A", "8.2.0.192.bl.example", "127.0.0.4");
        office.ask_block_lists(&test.dns).await.unwrap();
        let begun = db.now();
        clock.advance(Duration::from_secs(3_600));
        office.ask_block_lists(&test.dns).await.unwrap();
        let found = office.block_listings().await.unwrap();
        let told: Vec<_> =
            found.iter().map(|one| (one.address.as_str(), one.listed, one.answer.as_str())).collect();
        assert_eq!(told, [("192.0.2.8", true, "127.0.0.4"), ("192.0.2.7", false, "")]);
        assert!(found.iter().all(|one| one.since == begun && one.asked_at == db.now()));
        test.dns.remove("A", "8.2.0.192.bl.example");
        office.ask_block_lists(&test.dns).await.unwrap();
        let found = office.block_listings().await.unwrap();
        assert!(found.iter().all(|one| !one.listed), "{found:?}");

        let other = Settings { own_addresses: vec![ip("192.0.2.7")], ..Settings::default() };
        let quiet = TestOffice::open_with(db, other).await;
        quiet.office.ask_block_lists(&test.dns).await.unwrap();
        assert!(quiet.office.block_listings().await.unwrap().is_empty(), "no list is named");
    });
}
