use super::*;
use crate::testing::both_engines;

both_engines!(a_changed_price_is_a_new_version_and_the_old_one_stays, |bench| async move {
    let first = bench.commerce.list_plans().await.unwrap();
    assert_eq!(
        first.iter().map(|p| (p.key.as_str(), p.version)).collect::<Vec<_>>(),
        [("personal", 1), ("business", 1), ("enterprise", 1)]
    );
    assert_eq!(first[1].price(Interval::Annual), Some(Money::new(6000, Currency::USD)));
    assert_eq!(first[1].price(Interval::Quarterly), None);

    // The same configuration again changes nothing.
    let again = bench.reopened(|_| {}).await;
    assert_eq!(again.commerce.list_plans().await.unwrap(), first);

    let changed = bench
        .reopened(|config| {
            config.plans[1].prices.monthly = Some("7.00".to_owned());
            config.plans.remove(0);
        })
        .await;
    let second = changed.commerce.list_plans().await.unwrap();
    assert_eq!(
        second.iter().map(|p| (p.key.as_str(), p.version)).collect::<Vec<_>>(),
        [("business", 2), ("enterprise", 1)]
    );
    assert_eq!(second[0].price(Interval::Monthly), Some(Money::new(700, Currency::USD)));
    let old = changed.commerce.plan_version(first[1].id).await.unwrap();
    assert_eq!(old, first[1]);
});
