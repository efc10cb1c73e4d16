use mailkeep_types::{SessionId, SubscriptionId};

use super::*;
use crate::error::CommerceError;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, Buyer, both_engines};

const BACK: &str = "https://www.mailkeep.example/center/cards";

async fn subscription(bench: &Bench, buyer: &Buyer) -> SubscriptionId {
    bench.commerce.list_subscriptions(buyer.customer).await.unwrap()[0].id
}

/// Gives a card on the processor's page and comes back.
async fn give(bench: &Bench, buyer: &Buyer, permits: Vec<SubscriptionId>, scenario: Scenario) -> bool {
    let page = bench.commerce.start_card_set_up(buyer.customer, permits, BACK).await.unwrap();
    bench.sandbox.choose(page.rsplit('/').next().unwrap(), scenario).await.unwrap().unwrap();
    bench.commerce.advance_card_set_ups(buyer.customer).await.unwrap()
}

async fn remove(bench: &Bench, buyer: &Buyer, id: PaymentMethodId) -> Result<(), CommerceError> {
    let session = SessionId::new(&*bench.clock);
    bench.commerce.remove_card(buyer.person, session, buyer.customer, id).await
}

both_engines!(a_new_card_takes_over_what_its_owner_names_and_the_old_one_goes, |bench| async move {
    let buyer = bench.served(5, "company.example", Scenario::RenewalDeclinedHard).await;
    let of = subscription(&bench, &buyer).await;
    let old = bench.commerce.list_payment_methods(buyer.customer).await.unwrap().remove(0);
    assert_eq!(old.pays_for.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [of]);
    let refused = remove(&bench, &buyer, old.id).await;
    assert!(
        matches!(&refused, Err(CommerceError::State(why)) if why.contains("company.example")),
        "{refused:?}"
    );

    // Declined for good: the invoice waits for another card.
    bench.days(31);
    bench.commerce.run_billing().await.unwrap();
    let invoice = bench.commerce.list_invoices(buyer.customer).await.unwrap().remove(0);
    assert!(invoice.open_minor > 0);
    assert!(!give(&bench, &buyer, vec![of], Scenario::DeclineHard).await, "the bank says no");
    assert!(give(&bench, &buyer, vec![of], Scenario::Approve).await);
    assert!(!bench.commerce.advance_card_set_ups(buyer.customer).await.unwrap(), "kept once");
    let held = bench.commerce.list_payment_methods(buyer.customer).await.unwrap();
    assert_eq!(held.iter().map(|one| one.pays_for.len()).collect::<Vec<_>>(), [1, 0]);
    // A new card is tried at once.
    bench.commerce.collect_invoice(invoice.id).await.unwrap();
    assert_eq!(bench.commerce.find_invoice(invoice.id).await.unwrap().open_minor, 0);

    let session = SessionId::new(&*bench.clock);
    let opened = bench.commerce.open_payment_methods(buyer.person, session, buyer.customer).await.unwrap();
    let face = opened[0].1.as_ref().unwrap().in_test();
    assert_eq!((face.brand.as_str(), face.last_four.len(), face.year), ("Visa", 4, 2029));
    assert_eq!(opened[0].0.expires_on, Some("2029-04-30".parse().unwrap()));

    // The old one pays for nothing any more.
    remove(&bench, &buyer, old.id).await.unwrap();
    assert!(matches!(remove(&bench, &buyer, old.id).await, Err(CommerceError::NotFound(_))));
    let token = bench.db.read(move |tx| crate::payments::store::method_token(tx, old.id)).await.unwrap();
    assert_eq!(token, None);
    let left = bench.commerce.list_payment_methods(buyer.customer).await.unwrap();
    assert_eq!(left.len(), 1);
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});

both_engines!(permissions_are_given_and_withdrawn_one_by_one_and_never_for_another, |bench| async move {
    let buyer = bench.served(5, "company.example", Scenario::Approve).await;
    let other = bench.served(5, "other.example", Scenario::Approve).await;
    let (own, theirs) = (subscription(&bench, &buyer).await, subscription(&bench, &other).await);
    let card = bench.commerce.list_payment_methods(buyer.customer).await.unwrap().remove(0).id;
    for wrong in [
        bench.commerce.permit_card(buyer.customer, card, vec![theirs]).await,
        bench.commerce.permit_card(other.customer, card, vec![theirs]).await,
        bench.commerce.withdraw_card_permission(buyer.customer, theirs).await,
        bench.commerce.start_card_set_up(buyer.customer, vec![theirs], BACK).await.map(drop),
    ] {
        assert!(matches!(wrong, Err(CommerceError::NotFound(_))), "{wrong:?}");
    }
    bench.commerce.withdraw_card_permission(buyer.customer, own).await.unwrap();
    // Without a permission the renewal waits for its owner.
    bench.days(31);
    bench.commerce.run_billing().await.unwrap();
    let invoice = bench.commerce.list_invoices(buyer.customer).await.unwrap().remove(0);
    assert_eq!((invoice.paid_minor, invoice.open_minor), (0, 3188));
    bench.commerce.permit_card_for_all(buyer.customer, card).await.unwrap();
    bench.commerce.collect_invoice(invoice.id).await.unwrap();
    assert_eq!(bench.commerce.find_invoice(invoice.id).await.unwrap().open_minor, 0);
});

both_engines!(who_pays_with_a_card_that_ends_is_told_a_month_before_and_once, |bench| async move {
    let told = async || {
        let sql = "SELECT COUNT(*) FROM outbound_messages WHERE template = 'commerce/card_expiring'";
        let none = || mailkeep_storage::sql::params![];
        let count = bench.commerce.read(move |tx| Ok(tx.query_one(sql, none(), |row| row.get::<i64>(0))?));
        count.await.unwrap()
    };
    let good = bench.served(1, "good.example", Scenario::Approve).await;
    bench.commerce.run_billing().await.unwrap();
    assert_eq!(told().await, 0);
    // Given in March it ends with March.
    let ends = bench.served(1, "ends.example", Scenario::Expiring).await;
    for _ in 0..2 {
        bench.commerce.run_billing().await.unwrap();
    }
    assert_eq!(told().await, 1);
    // Whoever took it over before is not told.
    let own = subscription(&bench, &ends).await;
    assert!(give(&bench, &ends, vec![own], Scenario::Approve).await);
    bench.days(40);
    bench.commerce.run_billing().await.unwrap();
    assert_eq!(told().await, 1);
    assert_eq!(bench.commerce.list_payment_methods(good.customer).await.unwrap().len(), 1);
});
