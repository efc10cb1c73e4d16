use proptest::prelude::*;

use super::*;

/// A customer nobody would look at twice.
fn plain() -> Facts {
    Facts {
        email_local: "robin.sample".to_owned(),
        email_domain: "company.example".to_owned(),
        email_domain_has_mx: Some(true),
        country: "US".to_owned(),
        postal_code: "62701".to_owned(),
        phone: Some("+1 217 555 0100".to_owned()),
        orders_from_network: Some(0),
        served_orders: Some(0),
        refused_orders: Some(0),
        card_code: Some(CardCheck::Pass),
        card_postal_code: Some(CardCheck::Pass),
        card_country: Some("US".to_owned()),
        mailboxes: 5,
    }
}

fn outcome(change: impl FnOnce(&mut Facts)) -> (Outcome, Vec<String>) {
    let mut facts = plain();
    change(&mut facts);
    let result = assess(&facts, &ScreeningConfig::default());
    (result.outcome, result.reasons.into_iter().map(|r| r.code).collect())
}

#[test]
fn an_ordinary_first_order_is_accepted() {
    assert_eq!(outcome(|_| {}), (Outcome::Accept, vec!["first_order".to_owned()]));
    // A free mail address, an office, no telephone: still an ordinary customer.
    let (verdict, _) = outcome(|f| {
        f.email_domain = "gmail.com".to_owned();
        f.phone = None;
    });
    assert_eq!(verdict, Outcome::Accept);
    // A card from another country alone never refuses.
    let (verdict, _) = outcome(|f| f.card_country = Some("DE".to_owned()));
    assert_eq!(verdict, Outcome::Review);
}

#[test]
fn each_sign_has_its_reason() {
    type Case = (&'static str, fn(&mut Facts), Outcome);
    let cases: [Case; 12] = [
        ("disposable_domain", |f| f.email_domain = "sub.mailinator.com".to_owned(), Outcome::Review),
        ("no_mx", |f| f.email_domain_has_mx = Some(false), Outcome::Review),
        ("role_address", |f| f.email_local = "Info+shop".to_owned(), Outcome::Accept),
        ("postal_code_form", |f| f.postal_code = "ABC".to_owned(), Outcome::Accept),
        ("country_form", |f| f.country = "Atlantis".to_owned(), Outcome::Review),
        ("phone_form", |f| f.phone = Some("555".to_owned()), Outcome::Accept),
        ("card_code_wrong", |f| f.card_code = Some(CardCheck::Fail), Outcome::Review),
        ("card_postal_code_wrong", |f| f.card_postal_code = Some(CardCheck::Fail), Outcome::Review),
        ("network_busy", |f| f.orders_from_network = Some(3), Outcome::Review),
        ("network_flood", |f| f.orders_from_network = Some(8), Outcome::Review),
        ("refused_before", |f| f.refused_orders = Some(1), Outcome::Review),
        ("large_first_order", |f| f.mailboxes = 51, Outcome::Review),
    ];
    for (code, change, expected) in cases {
        let (verdict, codes) = outcome(change);
        assert!(codes.contains(&code.to_owned()), "{code}: {codes:?}");
        assert_eq!(verdict, expected, "{code}");
    }
}

#[test]
fn what_is_missing_never_approves() {
    let cases: [fn(&mut Facts); 7] = [
        |f| f.email_domain_has_mx = None,
        |f| f.orders_from_network = None,
        |f| f.served_orders = None,
        |f| f.refused_orders = None,
        |f| f.card_code = None,
        |f| f.card_code = Some(CardCheck::Unavailable),
        |f| f.card_postal_code = None,
    ];
    for change in cases {
        let (verdict, codes) = outcome(change);
        assert_eq!(verdict, Outcome::Review, "{codes:?}");
        assert!(codes.iter().any(|c| c.starts_with("missing_")), "{codes:?}");
    }
}

#[test]
fn signs_add_up_to_a_refusal_and_good_history_helps() {
    let (verdict, _) = outcome(|f| {
        f.email_domain = "mailinator.com".to_owned();
        f.card_code = Some(CardCheck::Fail);
    });
    assert_eq!(verdict, Outcome::Refuse);
    let (verdict, codes) = outcome(|f| {
        f.served_orders = Some(2);
        f.card_postal_code = Some(CardCheck::Fail);
    });
    assert_eq!((verdict, codes.contains(&"served_before".to_owned())), (Outcome::Accept, true));
    let own =
        ScreeningConfig { blocked_domains: vec!["company.example".to_owned()], ..ScreeningConfig::default() };
    assert_eq!(assess(&plain(), &own).outcome, Outcome::Refuse);
}

#[test]
fn every_reason_is_a_sentence() {
    let mut facts = plain();
    facts.card_code = None;
    facts.email_domain = "mailinator.com".to_owned();
    facts.email_domain_has_mx = None;
    facts.orders_from_network = Some(9);
    for reason in assess(&facts, &ScreeningConfig::default()).reasons {
        assert!(reason.sentence.ends_with('.') && reason.sentence.len() > 20, "{reason:?}");
    }
}

fn any_check() -> impl Strategy<Value = Option<CardCheck>> {
    prop_oneof![
        Just(None),
        Just(Some(CardCheck::Pass)),
        Just(Some(CardCheck::Fail)),
        Just(Some(CardCheck::Unavailable))
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_facts_give_an_answer_that_replays(
        (local, domain, mx, country, postal) in
            ("\\PC{0,20}", "[a-z.]{0,20}", any::<Option<bool>>(), "\\PC{0,3}", "\\PC{0,12}"),
        (phone, network, served, refused) in
            (any::<Option<String>>(), any::<Option<u32>>(), any::<Option<u32>>(), any::<Option<u32>>()),
        (code, card_postal, mailboxes) in (any_check(), any_check(), any::<u32>()),
    ) {
        let facts = Facts {
            email_local: local, email_domain: domain, email_domain_has_mx: mx, country, postal_code: postal, phone,
            orders_from_network: network, served_orders: served, refused_orders: refused, card_code: code,
            card_postal_code: card_postal, card_country: None, mailboxes,
        };
        let config = ScreeningConfig::default();
        let first = assess(&facts, &config);
        let stored: Facts = serde_json::from_str(&serde_json::to_string(&facts).unwrap()).unwrap();
        prop_assert_eq!(&assess(&stored, &config), &first);
        if !first.missing.is_empty() {
            prop_assert!(first.outcome != Outcome::Accept);
        }
    }
}
