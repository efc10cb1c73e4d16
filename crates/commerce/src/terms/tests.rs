use super::publish::{NewTerms, fingerprint};
use crate::brands::HOUSE;
use crate::error::CommerceError;
use crate::price_changes::NoticeMode;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, both_engines};

fn terms(body: &str, notice: NoticeMode) -> NewTerms {
    NewTerms { brand: String::new(), title: "Terms of service".to_owned(), body: body.to_owned(), notice }
}

async fn told(bench: &Bench) -> i64 {
    let sql = "SELECT COUNT(*) FROM outbound_messages WHERE template = 'commerce/terms_changed'";
    let none = || mailkeep_storage::sql::params![];
    bench.commerce.read(move |tx| Ok(tx.query_one(sql, none(), |row| row.get(0))?)).await.unwrap()
}

both_engines!(an_order_records_what_was_accepted_with_its_hash, |bench| async move {
    let commerce = &bench.commerce;
    let before = bench.served(1, "early.example", Scenario::Approve).await;
    assert!(commerce.accepted_terms(before.customer).await.unwrap().is_empty());

    let first = "You pay for what you order. We serve it.";
    commerce.publish_terms(bench.staff, terms(first, NoticeMode::ThirtyDays)).await.unwrap();
    let again = commerce.publish_terms(bench.staff, terms(first, NoticeMode::ThirtyDays)).await;
    assert!(matches!(again, Err(CommerceError::Invalid { field: "body", .. })), "{again:?}");
    let buyer = bench.served(1, "one.example", Scenario::Approve).await;
    let accepted = commerce.accepted_terms(buyer.customer).await.unwrap();
    assert_eq!((accepted[0].version, accepted[0].sha256), (1, fingerprint("Terms of service", first)));

    // The second version: new orders accept it, the others are told once and have thirty days.
    let second = "You pay for what you order. We serve it with care.";
    let id = commerce.publish_terms(bench.staff, terms(second, NoticeMode::ThirtyDays)).await.unwrap();
    commerce.announce_terms(id).await.unwrap();
    commerce.announce_terms(id).await.unwrap();
    assert_eq!(told(&bench).await, 2, "each person once");
    let current = commerce.terms_for_orders(HOUSE).await.unwrap().unwrap();
    assert_eq!((current.version, current.holds_from.to_string().as_str()), (2, "2026-03-31"));
    assert_eq!(commerce.terms_version(HOUSE, 1).await.unwrap().body, first);
    let later = bench.served(1, "two.example", Scenario::Approve).await;
    assert_eq!(commerce.accepted_terms(later.customer).await.unwrap()[0].version, 2);
});
