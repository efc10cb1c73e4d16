use mailkeep_types::Clock;

use super::coupons::{CouponRefusal, CouponStanding, NewCoupon};
use super::qualifications::{Approval, QualifiedAs};
use crate::carts::change::NewLine;
use crate::error::CommerceError;
use crate::orders::OrderStatus;
use crate::orders::place::PlaceOrder;
use crate::periods::Interval;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, Buyer, both_engines};

/// Orders three business mailboxes with a coupon, up to the placed order.
async fn order_with(
    bench: &Bench,
    buyer: &Buyer,
    code: &str,
) -> Result<mailkeep_types::OrderId, CommerceError> {
    let line = NewLine {
        plan_key: "business".to_owned(),
        interval: Interval::Monthly,
        mailboxes: 3,
        domain: format!("{}.example", code.to_lowercase()),
        add_ons: Vec::new(),
    };
    let commerce = &bench.commerce;
    let cart = commerce.add_to_cart(None, line).await?;
    commerce.set_cart_coupon(&cart, code).await?;
    let request = PlaceOrder { device: None, ..buyer.order_of(cart) };
    commerce.place_order(request).await
}

fn in_dollars(amount: &str) -> Vec<(String, String)> {
    vec![("USD".to_owned(), amount.to_owned())]
}

fn refused_field<T: std::fmt::Debug>(result: Result<T, CommerceError>) -> &'static str {
    match result {
        Err(CommerceError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    }
}

async fn amounts(bench: &Bench, buyer: &Buyer) -> Vec<(i64, i64)> {
    let mut invoices = bench.commerce.list_invoices(buyer.customer).await.unwrap();
    invoices.reverse();
    invoices.iter().map(|invoice| (invoice.net_minor, invoice.total_minor)).collect()
}

both_engines!(a_coupon_takes_off_its_periods_and_is_used_once_by_a_customer, |bench| async move {
    let new =
        |code: &str| NewCoupon { code: code.to_owned(), percent: "50".to_owned(), ..NewCoupon::default() };
    let coupon = NewCoupon { periods: "2".to_owned(), most_uses: "2".to_owned(), ..new("half-2") };
    bench.commerce.make_coupon(bench.staff, coupon).await.unwrap();
    assert_eq!(refused_field(bench.commerce.make_coupon(bench.staff, new("HALF-2")).await), "code");

    let buyer = bench.customer();
    let order = order_with(&bench, &buyer, "half-2").await.unwrap();
    assert_eq!(bench.pay(&buyer, order, Scenario::Approve).await, OrderStatus::Fulfilled);
    for _ in 0..3 {
        bench.days(31);
        bench.commerce.run_billing().await.unwrap();
    }
    // 3 × 6.00 = 18.00, with 6.25 % tax 19.13; half of it for two months.
    assert_eq!(amounts(&bench, &buyer).await, [(900, 956), (900, 956), (1800, 1913), (1800, 1913)]);
    assert_eq!(refused_field(order_with(&bench, &buyer, "half-2").await), "coupon");
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");

    // The second use is the last; a refused order gives its use back.
    let other = bench.customer();
    let order = order_with(&bench, &other, "half-2").await.unwrap();
    assert_eq!(refused_field(order_with(&bench, &bench.customer(), "half-2").await), "coupon");
    bench.commerce.write(move |tx| Ok(crate::discounts::store::give_coupon_back(tx, order)?)).await.unwrap();
    order_with(&bench, &bench.customer(), "half-2").await.unwrap();
});

both_engines!(a_coupon_that_does_not_fit_is_refused_in_words, |bench| async move {
    let new = NewCoupon { code: "SPRING".to_owned(), amounts: in_dollars("5.00"), ..NewCoupon::default() };
    let personal = NewCoupon { plans: vec!["personal".to_owned()], ..new.clone() };
    let later = NewCoupon { code: "LATER".to_owned(), from: "2026-04-01".to_owned(), ..new.clone() };
    let gone = NewCoupon { code: "GONE".to_owned(), ..new.clone() };
    let commerce = &bench.commerce;
    commerce.make_coupon(bench.staff, personal).await.unwrap();
    commerce.make_coupon(bench.staff, later).await.unwrap();
    let gone = commerce.make_coupon(bench.staff, gone).await.unwrap();
    commerce.withdraw_coupon(gone).await.unwrap();
    assert!(commerce.withdraw_coupon(gone).await.is_err());
    let buyer = bench.customer();
    for code in ["SPRING", "LATER", "GONE", "NEVER"] {
        assert_eq!(refused_field(order_with(&bench, &buyer, code).await), "coupon", "{code}");
    }
    for (wrong, field) in [
        (NewCoupon { code: "A".to_owned(), ..new.clone() }, "code"),
        (NewCoupon { amounts: in_dollars("5.001"), ..new.clone() }, "amount"),
        (NewCoupon { percent: "5".to_owned(), ..new.clone() }, "percent"),
        (NewCoupon { periods: "0".to_owned(), code: "B-1".to_owned(), ..new.clone() }, "periods"),
        (NewCoupon { last: "2026-01-01".to_owned(), code: "B-2".to_owned(), ..new.clone() }, "last"),
        (NewCoupon { plans: vec!["none".to_owned()], code: "B-3".to_owned(), ..new }, "plans"),
    ] {
        assert_eq!(refused_field(commerce.make_coupon(bench.staff, wrong).await), field);
    }
});

both_engines!(case_14_a_qualified_discount_is_off_until_approved_dated_and_revocable, |bench| async move {
    let bench = bench
        .reopened(|config| {
            config.qualified.non_profit = "25".to_owned();
            config.qualified.days = 80;
        })
        .await;
    let commerce = &bench.commerce;
    let buyer = bench.served(3, "charity.example", Scenario::Approve).await;
    let month = async || {
        bench.days(31);
        commerce.run_billing().await.unwrap();
        amounts(&bench, &buyer).await.last().map(|(net, _)| *net).unwrap()
    };
    assert_eq!(month().await, 1800, "off until a person approves");

    let approval = |kind, evidence: &str| Approval {
        customer: buyer.customer,
        kind,
        evidence: evidence.to_owned(),
        last: None,
    };
    let letter = "Determination letter 947 of 3 May 2019";
    let vague = commerce.approve_qualification(bench.staff, approval(QualifiedAs::NonProfit, "ok")).await;
    assert_eq!(refused_field(vague), "evidence");
    let id =
        commerce.approve_qualification(bench.staff, approval(QualifiedAs::NonProfit, letter)).await.unwrap();
    let again = commerce.approve_qualification(bench.staff, approval(QualifiedAs::NonProfit, letter)).await;
    assert!(matches!(again, Err(CommerceError::Staff(_))), "{again:?}");
    let held = commerce.list_qualifications(buyer.customer).await.unwrap();
    assert_eq!((held[0].approved_by, held[0].revoked), (bench.staff, None));
    assert_eq!(month().await, 1350);
    // Revoked: the next bill is in full, the one before stays.
    commerce.revoke_qualification(bench.staff, buyer.customer, id).await.unwrap();
    assert!(commerce.revoke_qualification(bench.staff, buyer.customer, id).await.is_err());
    assert_eq!(month().await, 1800);
    assert_eq!(
        amounts(&bench, &buyer).await.iter().map(|(net, _)| *net).collect::<Vec<_>>(),
        [1800, 1800, 1350, 1800]
    );

    // Approved anew it ends by itself after its days.
    commerce.approve_qualification(bench.staff, approval(QualifiedAs::NonProfit, letter)).await.unwrap();
    assert_eq!((month().await, month().await, month().await), (1350, 1350, 1800));
    let session = mailkeep_types::SessionId::new(&*bench.clock);
    let opened = commerce.open_qualifications(buyer.person, session, buyer.customer).await.unwrap();
    assert_eq!(opened.len(), 2);
    assert_eq!(opened[0].1, letter);
});

both_engines!(an_exemption_from_tax_is_approved_in_the_same_way, |bench| async move {
    let buyer = bench.served(3, "office.example", Scenario::Approve).await;
    let approval = Approval {
        customer: buyer.customer,
        kind: QualifiedAs::TaxExempt,
        evidence: "Exemption certificate 12 of 1 February 2026".to_owned(),
        last: Some("2026-04-15".parse().unwrap()),
    };
    bench.commerce.approve_qualification(bench.staff, approval).await.unwrap();
    for _ in 0..2 {
        bench.days(31);
        bench.commerce.run_billing().await.unwrap();
    }
    assert_eq!(amounts(&bench, &buyer).await, [(1800, 1913), (1800, 1800), (1800, 1913)]);
});

both_engines!(a_coupon_takes_off_its_amount_in_the_currency_of_the_brand, |bench| async move {
    let bench = bench
        .reopened(|config| {
            config.brands = vec![crate::testing::harbour()];
            let list = "currency = \"EUR\"\nprices = { monthly = \"5.50\" }";
            config.plans[1].lists = vec![toml::from_str(list).unwrap()];
        })
        .await;
    let eur = bench.commerce.config().currencies();
    assert_eq!(eur.iter().map(|one| one.code()).collect::<Vec<_>>(), ["USD", "EUR"]);
    let amounts = vec![("USD".to_owned(), "5.00".to_owned()), ("EUR".to_owned(), "4.50".to_owned())];
    let both = NewCoupon { code: "BOTH".to_owned(), amounts, ..NewCoupon::default() };
    bench.commerce.make_coupon(bench.staff, both).await.unwrap();
    let one = NewCoupon { code: "ONE".to_owned(), amounts: in_dollars("5.00"), ..NewCoupon::default() };
    bench.commerce.make_coupon(bench.staff, one).await.unwrap();
    let commerce = &bench.commerce;
    for (brand, off) in [("", 500), ("harbour", 450)] {
        let line = NewLine {
            plan_key: "business".to_owned(),
            interval: Interval::Monthly,
            mailboxes: 3,
            domain: "both.example".to_owned(),
            add_ons: Vec::new(),
        };
        let cart = commerce.add_to_cart_of(brand, None, line).await.unwrap();
        commerce.set_cart_coupon(&cart, "both").await.unwrap();
        let quote = commerce.quote_cart(&cart, commerce.unknown_buyer()).await.unwrap();
        assert_eq!(quote.totals().discount_minor, off, "{brand}");
        let only = commerce.set_cart_coupon(&cart, "one").await;
        assert_eq!(only.is_err(), brand == "harbour", "{only:?}");
    }
});

both_engines!(a_code_that_somebody_brings_along_is_looked_at_and_its_uses_are_counted, |bench| async move {
    let commerce = &bench.commerce;
    let make = async |new: NewCoupon| commerce.make_coupon(bench.staff, new).await.unwrap();
    let day = |days: i64| {
        let zoned = bench.clock.now().to_jiff() + jiff::SignedDuration::from_hours(24 * days);
        jiff::Timestamp::to_zoned(zoned, jiff::tz::TimeZone::UTC).date().to_string()
    };
    let new =
        |code: &str| NewCoupon { code: code.to_owned(), percent: "50".to_owned(), ..NewCoupon::default() };
    let once =
        make(NewCoupon { most_uses: "1".to_owned(), plans: vec!["business".to_owned()], ..new("once") })
            .await;
    make(NewCoupon { from: day(3), ..new("later") }).await;
    let short = make(NewCoupon { last: day(2), ..new("short") }).await;
    let euros = NewCoupon { percent: String::new(), amounts: in_dollars("5.00"), ..new("dollars") };
    make(euros).await;
    let look = async |code: &str, plans: &[&str]| {
        let looked_at = commerce.look_at_code("", code, plans).await.unwrap();
        looked_at.map(|coupon| coupon.code)
    };
    assert_eq!(look(" once ", &[]).await, Ok("ONCE".to_owned()));
    assert_eq!(look("once", &["business"]).await, Ok("ONCE".to_owned()));
    assert_eq!(look("once", &["personal"]).await, Err(CouponRefusal::OtherPlan));
    assert_eq!(look("never", &[]).await, Err(CouponRefusal::Unknown));
    assert_eq!(look("later", &[]).await, Err(CouponRefusal::NotInForce));
    assert_eq!(look("dollars", &[]).await, Ok("DOLLARS".to_owned()));

    let begun = bench.clock.now();
    assert_eq!(commerce.coupon_uses_since(once, begun).await.unwrap(), 0);
    let standing = async |id, days: i64| {
        let (asking, at) =
            (commerce.clone(), begun.plus(std::time::Duration::from_secs(86_400 * days.unsigned_abs())));
        commerce.read(move |tx| asking.coupon_standing(tx, id, at)).await.unwrap()
    };
    assert_eq!(standing(short, 1).await, Some(CouponStanding::InForce));
    assert_eq!(standing(short, 4).await, Some(CouponStanding::Over));
    assert_eq!(standing(uuid::Uuid::nil(), 0).await, None);
    let buyer = bench.customer();
    let order = order_with(&bench, &buyer, "once").await.unwrap();
    bench.pay(&buyer, order, Scenario::Approve).await;
    assert_eq!(commerce.coupon_uses_since(once, begun).await.unwrap(), 1);
    bench.days(1);
    assert_eq!(commerce.coupon_uses_since(once, bench.clock.now()).await.unwrap(), 0, "used before");
    assert_eq!(standing(once, 0).await, Some(CouponStanding::UsedUp));
    assert_eq!(look("once", &[]).await, Err(CouponRefusal::NotInForce));
    assert!(!commerce.coupon_stands(once).await.unwrap() && commerce.coupon_stands(short).await.unwrap());
    commerce.withdraw_coupon(short).await.unwrap();
    assert_eq!(standing(short, 0).await, Some(CouponStanding::Over));
    let codes = commerce.coupons_in_force().await.unwrap().into_iter().map(|coupon| coupon.code);
    assert_eq!(codes.collect::<Vec<_>>(), ["DOLLARS"]);
});

both_engines!(a_coupon_is_for_whoever_buys_in_its_currency, |bench| async move {
    let bench = bench.reopened(|config| config.brands = vec![crate::testing::harbour()]).await;
    let commerce = &bench.commerce;
    let make = async |new: NewCoupon| commerce.make_coupon(bench.staff, new).await.unwrap();
    let dollars =
        NewCoupon { code: "dollars".to_owned(), amounts: in_dollars("5.00"), ..NewCoupon::default() };
    let share = NewCoupon { code: "both".to_owned(), percent: "10".to_owned(), ..NewCoupon::default() };
    for id in [make(dollars).await, make(share).await] {
        // Who is nobody's customer yet buys of the house, in dollars.
        let asking = commerce.clone();
        assert!(commerce.read(move |tx| asking.coupon_is_for(tx, id, &[])).await.unwrap());
    }
    let seen = async |brand: &str, code: &str| commerce.look_at_code(brand, code, &[]).await.unwrap().err();
    assert_eq!(seen("harbour", "dollars").await, Some(CouponRefusal::OtherCurrency));
    assert_eq!((seen("", "dollars").await, seen("harbour", "both").await), (None, None));
    let gone = commerce.clone();
    assert!(!commerce.read(move |tx| gone.coupon_is_for(tx, uuid::Uuid::nil(), &[])).await.unwrap());
});
