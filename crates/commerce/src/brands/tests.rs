//! Brands of the configuration and of the console: who sells, in which series, and what is refused.

use mailkeep_policy::{Actor, Fact};
use mailkeep_types::{Money, SessionId, StaffId};

use super::console::NewBrand;
use super::*;
use crate::carts::change::NewLine;
use crate::orders::OrderStatus;
use crate::orders::place::PlaceOrder;
use crate::periods::Interval;
use crate::processor::sandbox::Scenario;
use crate::testing::{both_engines, harbour};

both_engines!(case_35_two_customers_of_a_reseller_see_the_reseller_and_not_us, |bench| async move {
    let bench = bench
        .reopened(|config| {
            config.brands = vec![harbour()];
            let list = "currency = \"EUR\"\nprices = { monthly = \"5.50\" }";
            config.plans[1].lists = vec![toml::from_str(list).unwrap()];
        })
        .await;
    let (commerce, config) = (&bench.commerce, bench.commerce.config());
    assert_eq!(config.check(), []);
    assert_eq!(config.brand_of_host("WWW.harbour.example:8443").unwrap().name, "Harbour Mail");
    assert!(config.brand_of_host("www.mailkeep.example").is_none());
    let line = |plan: &str, domain: &str| NewLine {
        plan_key: plan.to_owned(),
        interval: Interval::Monthly,
        mailboxes: 2,
        domain: domain.to_owned(),
        add_ons: Vec::new(),
    };
    assert!(commerce.add_to_cart_of("harbour", None, line("personal", "a.example")).await.is_err());
    for (domain, number) in [("one.example", "HM-000001"), ("two.example", "HM-000002")] {
        let buyer = bench.customer();
        let cart = commerce.add_to_cart_of("harbour", None, line("business", domain)).await.unwrap();
        let request = PlaceOrder { device: None, ..buyer.order_of(cart) };
        let order = commerce.place_order(request).await.unwrap();
        assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::Fulfilled);
        let invoice = commerce.list_invoices(buyer.customer).await.unwrap().remove(0);
        assert_eq!(
            (invoice.number.as_str(), invoice.currency, invoice.net_minor),
            (number, Currency::EUR, 1100)
        );
        let session = SessionId::new(&*bench.clock);
        let own = Fact::OwnSession(session);
        let (_, said) = commerce.open_invoice(Actor::Person(buyer.person), own, invoice.id).await.unwrap();
        assert_eq!(said.in_test().seller.name, "Harbour Mail Limited");
        assert_eq!(commerce.brand_of_customer(buyer.customer).await.unwrap(), "harbour");
        // Who belongs to a brand does not order under another one.
        let cart = commerce.add_to_cart(None, line("business", "other.example")).await.unwrap();
        let request = PlaceOrder { device: None, ..buyer.order_of(cart) };
        assert!(commerce.place_order(request).await.is_err());
    }
    // Renewals come from the same seller, in the same currency and series.
    bench.days(31);
    commerce.run_billing().await.unwrap();
    let sql = "SELECT number FROM invoices ORDER BY sequence";
    let numbers: Vec<String> = commerce
        .read(move |tx| {
            let none = mailkeep_storage::sql::params![];
            Ok(tx.query(sql, none, |row| row.get(0))?)
        })
        .await
        .unwrap();
    assert_eq!(numbers, ["HM-000001", "HM-000002", "HM-000003", "HM-000004"]);
});

#[test]
fn mistakes_in_brands_are_named() {
    let mut config = CommerceConfig::example();
    let wrong = BrandConfig { hosts: Vec::new(), plans: vec!["none".to_owned()], ..harbour() };
    let series = InvoiceConfig { series: "INV".to_owned(), ..harbour().invoices };
    config.brands = vec![harbour(), BrandConfig { invoices: series, ..wrong }];
    let keys: Vec<String> = config.check().into_iter().map(|problem| problem.key).collect();
    let at = |key: &str| format!("commerce.brand.harbour.{key}");
    assert_eq!(keys, [at("key"), at("hosts"), at("invoices"), at("plans")]);
}

fn typed() -> NewBrand {
    NewBrand {
        key: "quay".to_owned(),
        hosts: "WWW.quay.example\nquay.example".to_owned(),
        series: "QP".to_owned(),
        credit_note_series: "QPC".to_owned(),
        mail_host: String::new(),
        ..NewBrand::of(&harbour())
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, CommerceError>) -> &'static str {
    match outcome {
        Err(CommerceError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    }
}

both_engines!(a_brand_of_the_console_sells_at_once_and_keeps_its_currency, |bench| async move {
    let bench = bench
        .reopened(|config| {
            let list = "currency = \"EUR\"\nprices = { monthly = \"5.50\" }";
            config.plans[1].lists = vec![toml::from_str(list).unwrap()];
        })
        .await;
    let (commerce, staff) = (&bench.commerce, StaffId::new(&*bench.clock));
    let other_node = bench.reopened(|_| {}).await.commerce;
    let effect = commerce.preview_brand(&typed(), true).await.unwrap();
    assert!(
        effect.changes.iter().any(|(field, old, new)| *field == "series" && old.is_empty() && new == "QP")
    );
    assert!(commerce.list_brands().await.unwrap().is_empty(), "a preview writes nothing");
    assert_eq!(commerce.write_brand(staff, &typed(), true).await.unwrap(), 1);
    assert_eq!(commerce.config().brand_of_host("www.quay.example").unwrap().key, "quay");
    assert!(other_node.config().brand("quay").is_none());
    other_node.reload_brands().await.unwrap();
    assert_eq!(other_node.config().currency_of("quay"), Currency::EUR);

    let buyer = bench.customer();
    let line = NewLine {
        plan_key: "business".to_owned(),
        interval: Interval::Monthly,
        mailboxes: 2,
        domain: "one.example".to_owned(),
        add_ons: Vec::new(),
    };
    let cart = commerce.add_to_cart_of("quay", None, line).await.unwrap();
    let order = commerce.place_order(PlaceOrder { device: None, ..buyer.order_of(cart) }).await.unwrap();
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::Fulfilled);
    let invoice = commerce.list_invoices(buyer.customer).await.unwrap().remove(0);
    assert_eq!((invoice.number.as_str(), invoice.net_minor), ("QP-000001", 1100));

    let known = commerce.list_brands().await.unwrap().remove(0);
    assert_eq!((known.used.customers, known.used.services), (1, 1));
    assert_eq!(known.used.invoiced, [Money::new(1100, Currency::EUR)]);
    assert_eq!(known.written.map(|(version, by, _)| (version, by)), Some((1, staff)));
    let dollars = NewBrand { currency: String::new(), ..typed() };
    assert_eq!(refused(commerce.preview_brand(&dollars, false).await), "currency");
    let renamed = NewBrand { name: "Quay Post".to_owned(), series: "QX".to_owned(), ..typed() };
    assert_eq!(commerce.write_brand(staff, &renamed, false).await.unwrap(), 2);
    // The numbers that it had are nobody else's.
    let taker = NewBrand {
        key: "taker".to_owned(),
        hosts: "taker.example".to_owned(),
        credit_note_series: "TKC".to_owned(),
        ..typed()
    };
    assert_eq!(refused(commerce.write_brand(staff, &taker, true).await), "series");
    // What the console wrote holds after a start, too.
    let again = bench.reopened(|config| config.brands.clear()).await;
    assert_eq!(again.commerce.config().brand("quay").unwrap().name, "Quay Post");
});

both_engines!(a_brand_of_the_configuration_is_changed_in_the_console, |bench| async move {
    let bench = bench.reopened(|config| config.brands = vec![harbour()]).await;
    let (commerce, staff) = (&bench.commerce, StaffId::new(&*bench.clock));
    let of_file = NewBrand::of(&harbour());
    let same = commerce.write_brand(staff, &of_file, false).await;
    assert!(matches!(same, Err(CommerceError::Unchanged)), "{same:?}");
    assert_eq!(refused(commerce.write_brand(staff, &of_file, true).await), "key");
    let changed = NewBrand { seller: "Harbour Group".to_owned(), ..of_file };
    let effect = commerce.preview_brand(&changed, false).await.unwrap();
    let seller = ("seller", "Harbour Mail Limited".to_owned(), "Harbour Group".to_owned());
    assert_eq!(effect.changes, [seller]);
    commerce.write_brand(staff, &changed, false).await.unwrap();
    assert_eq!(commerce.config().seller_of("harbour").name, "Harbour Group");
    assert_eq!(commerce.list_brands().await.unwrap().len(), 1);
});

both_engines!(what_does_not_fit_a_brand_is_said_at_its_field, |bench| async move {
    let bench = bench.reopened(|config| config.brands = vec![harbour()]).await;
    let commerce = &bench.commerce;
    let wrong = [
        ("key", NewBrand { key: "Quay Post".to_owned(), ..typed() }),
        ("name", NewBrand { name: " ".to_owned(), ..typed() }),
        ("hosts", NewBrand { hosts: String::new(), ..typed() }),
        ("hosts", NewBrand { hosts: "https://quay.example/".to_owned(), ..typed() }),
        ("hosts", NewBrand { hosts: "www.harbour.example".to_owned(), ..typed() }),
        ("mail_host", NewBrand { mail_host: "not a host".to_owned(), ..typed() }),
        ("currency", NewBrand { currency: "gold".to_owned(), ..typed() }),
        ("plans", NewBrand { plans: vec!["none".to_owned()], ..typed() }),
        ("seller", NewBrand { seller: "x".repeat(121), ..typed() }),
        ("address", NewBrand { address: "\n".to_owned(), ..typed() }),
        ("country", NewBrand { country: "Ireland".to_owned(), ..typed() }),
        ("email", NewBrand { email: "billing".to_owned(), ..typed() }),
        ("series", NewBrand { series: "HM".to_owned(), ..typed() }),
        ("series", NewBrand { series: "INV".to_owned(), ..typed() }),
        ("series", NewBrand { series: "Q-1".to_owned(), ..typed() }),
        ("due_days", NewBrand { due_days: "soon".to_owned(), ..typed() }),
    ];
    for (field, new) in wrong {
        assert_eq!(refused(commerce.preview_brand(&new, true).await), field, "{new:?}");
    }
    let nobody = NewBrand { key: "nobody".to_owned(), ..typed() };
    assert!(matches!(commerce.preview_brand(&nobody, false).await, Err(CommerceError::NotFound("brand"))));
});
