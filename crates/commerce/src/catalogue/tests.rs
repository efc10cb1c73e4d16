use super::*;
use crate::error::CommerceError;
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

both_engines!(a_sheet_comes_back_as_it_was_written, |bench| async move {
    let written = bench
        .reopened(|config| {
            let more: crate::catalogue::config::PlanConfig = toml::from_str(
                r#"
                key = "business"
                name = "Business"
                summary = "Mail"
                included_space_mb = 25000
                prices = { monthly = "6.00", annual = "60.00" }
                tiers.monthly = { mode = "graduated", steps = [{ from = 11, price = "5.00" }] }
                closed = { monthly = "2.00" }
                space.monthly = { by = "use", price = "0.25", gigabyte = 1024 }
                space.annual = { by = "pool", price = "3.00", whole_gigabytes = true }
                setup = "25.00"
                trial_days = 30
                tax_class = "books"
                limits = { quota_mb = 1, message_size_mb = 1, recipients_per_message = 1, recipients_per_day = 1 }
                [[add_on]]
                key = "archive"
                name = "Archive"
                prices = { monthly = "6.00" }
                included_mb = 7000
                [[list]]
                currency = "EUR"
                prices = { monthly = "5.50" }
                [[list.add_on]]
                key = "archive"
                prices = { monthly = "5.40" }
                "#,
            )
            .unwrap();
            config.plans = vec![more];
            config.items = vec![
                toml::from_str("key = \"work\"\nname = \"Work\"\nmeasure = \"hour\"\nprices = { USD = \"90.00\" }")
                    .unwrap(),
            ];
        })
        .await;
    assert_eq!(written.commerce.config().check(), []);
    let plan = written.commerce.list_plans().await.unwrap().remove(0);
    assert_eq!((plan.version, plan.sheet.trial_days, plan.sheet.tax_class.as_str()), (2, 30, "books"));
    let [dollars, euros] = plan.sheet.lists.as_slice() else { panic!("two lists") };
    let monthly = dollars.interval(Interval::Monthly).unwrap();
    assert_eq!(
        (monthly.mailbox.steps.len(), monthly.closed_minor, dollars.setup_minor),
        (2, Some(200), 2500)
    );
    assert_eq!(monthly.space.unwrap().gigabyte, sheet::Gigabyte::Of1024);
    assert!(dollars.interval(Interval::Annual).unwrap().space.unwrap().whole_gigabytes);
    let archive = &euros.interval(Interval::Monthly).unwrap().add_ons[0];
    assert_eq!((archive.name.as_str(), archive.unit_minor), ("Archive", 540));
    let items = written.commerce.list_items().await.unwrap();
    assert_eq!((items[0].version, items[0].price(Currency::USD)), (1, Some(9000)));
    // The same again changes nothing.
    let again = written.reopened(|_| {}).await;
    assert_eq!(again.commerce.list_plans().await.unwrap(), [plan]);
    assert_eq!(again.commerce.list_items().await.unwrap(), items);
});

#[test]
fn mistakes_in_prices_are_named_with_their_keys() {
    let mut config = crate::config::CommerceConfig::example();
    let wrong = toml::from_str(
        r#"
        key = "wrong"
        name = "Wrong"
        summary = ""
        included_space_mb = 0
        prices = { monthly = "6.00" }
        tiers.monthly = { mode = "volume", steps = [{ from = 1, price = "x" }] }
        closed = { annual = "1.00" }
        space.monthly = { by = "use", price = "-1" }
        setup = "1.234"
        limits = { quota_mb = 1, message_size_mb = 1, recipients_per_message = 1, recipients_per_day = 1 }
        [[add_on]]
        key = "Archive"
        prices = { monthly = "6.00" }
        space.monthly = { by = "quota", price = "1.00" }
        [[list]]
        currency = "USD"
        prices = { }
        "#,
    );
    config.plans = vec![wrong.unwrap()];
    let keys: Vec<String> = config.check().into_iter().map(|problem| problem.key).collect();
    assert_eq!(
        keys,
        [
            "commerce.plan.wrong.space.monthly.price",
            "commerce.plan.wrong.setup",
            "commerce.plan.wrong.tiers.monthly",
            "commerce.plan.wrong.tiers.monthly",
            "commerce.plan.wrong.closed.annual",
            "commerce.plan.wrong.add_on.Archive.key",
            "commerce.plan.wrong.add_on.Archive.name",
            "commerce.plan.wrong.add_on.Archive.space.monthly",
            "commerce.plan.wrong.list.USD.prices",
            "commerce.plan.wrong.list.USD.currency",
        ]
    );
}

both_engines!(what_the_console_writes_of_an_item_the_configuration_leaves_alone, |bench| async move {
    let item = "key = \"migration\"\nname = \"Migration\"\nmeasure = \"piece\"\nprices = { USD = \"90.00\" }";
    let bench = bench.reopened(|config| config.items = vec![toml::from_str(item).unwrap()]).await;
    let staff = mailkeep_types::StaffId::new(&*bench.clock);
    let typed = |key: &str, price: &str| crate::catalogue::items::NewItem {
        key: key.to_owned(),
        name: "Migration of a mailbox".to_owned(),
        measure: "piece".to_owned(),
        tax_class: String::new(),
        prices: vec![("USD".to_owned(), price.to_owned()), ("EUR".to_owned(), String::new())],
        offered: true,
    };
    let commerce = &bench.commerce;
    assert_eq!(commerce.write_item(staff, typed("migration", "75.50"), false).await.unwrap(), 2);
    assert_eq!(commerce.write_item(staff, typed("call-out", "40"), true).await.unwrap(), 1);
    let same = commerce.write_item(staff, typed("migration", "75.50"), false).await;
    assert!(matches!(same, Err(CommerceError::Unchanged)), "{same:?}");
    for (new, field) in [
        (typed("Call Out", "1"), "key"),
        (typed("other", "1.234"), "prices"),
        (typed("other", ""), "prices"),
        (
            crate::catalogue::items::NewItem { measure: "gigabyte".to_owned(), ..typed("other", "1") },
            "measure",
        ),
        (
            crate::catalogue::items::NewItem { tax_class: "E Books".to_owned(), ..typed("other", "1") },
            "tax_class",
        ),
    ] {
        match commerce.write_item(staff, new, true).await {
            Err(CommerceError::Invalid { field: said, .. }) => assert_eq!(said, field),
            other => panic!("{field}: {other:?}"),
        }
    }
    match commerce.write_item(staff, typed("call-out", "41"), true).await {
        Err(CommerceError::Invalid { field, .. }) => assert_eq!(field, "key"),
        other => panic!("{other:?}"),
    }
    let absent = commerce.write_item(staff, typed("absent", "41"), false).await;
    assert!(matches!(absent, Err(CommerceError::NotFound(_))), "{absent:?}");
    // The next start changes neither.
    let bench = bench.reopened(|_| {}).await;
    let commerce = &bench.commerce;
    let offered = commerce.list_items().await.unwrap();
    let prices: Vec<_> =
        offered.iter().map(|item| (item.key.as_str(), item.version, item.prices[0].1)).collect();
    assert_eq!(prices, [("migration", 2, 7550), ("call-out", 1, 4000)]);
    let known = commerce.list_all_items().await.unwrap();
    assert!(known.iter().all(|item| item.of_console && item.made_by == Some(staff) && item.buyers == 0));
    commerce.offer_item("migration", false).await.unwrap();
    let bench = bench.reopened(|_| {}).await;
    let keys: Vec<_> = bench.commerce.list_items().await.unwrap().into_iter().map(|item| item.key).collect();
    assert_eq!(keys, ["call-out"], "what was taken off stays off");
    assert!(matches!(bench.commerce.offer_item("nothing", true).await, Err(CommerceError::NotFound(_))));
});
