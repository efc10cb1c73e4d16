use proptest::prelude::*;

use super::*;

/// A customer nobody would look at twice.
pub(super) fn plain() -> Facts {
    Facts {
        email_local: "robin.sample".to_owned(),
        email_domain: "company.example".to_owned(),
        email_domain_has_mx: Some(true),
        listings: Some(Vec::new()),
        email_domain_age_days: None,
        country: "US".to_owned(),
        postal_code: "62701".to_owned(),
        phone: Some("+1 217 555 0100".to_owned()),
        phone_plan: Some(PhonePlan { valid: true, country: Some("US".to_owned()), voip: false }),
        network_country: None,
        orders_from_network: Some(0),
        alike: Some(Alike::default()),
        served_orders: Some(0),
        refused_orders: Some(0),
        card_code: Some(CardCheck::Pass),
        card_postal_code: Some(CardCheck::Pass),
        card_country: Some("US".to_owned()),
        card_funding: Some(CardFunding::Credit),
        mailboxes: 5,
        blocked: Vec::new(),
        verified: Vec::new(),
        cleared: false,
    }
}

/// What the built-in lists say of a mail domain and of its exchanger.
fn look_up(facts: &mut Facts, domain: &str, exchanger: &str) {
    let lists = Lists::built_in();
    facts.email_domain = domain.to_owned();
    facts.listings =
        Some(lists.of_mail_domain(domain).into_iter().chain(lists.of_exchanger(exchanger)).collect());
}

fn on_network(facts: &mut Facts, kind: lists::ListKind) {
    let (of, value, date) = (lists::Listed::Network, String::new(), "2026-10-01".to_owned());
    facts.listings = Some(vec![Listing { kind, of, value, date }]);
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
        look_up(f, "gmail.com", "mx.gmail.com");
        f.phone = None;
        f.phone_plan = None;
    });
    assert_eq!(verdict, Outcome::Accept);
    // Countries that differ, all of them, do not hold anybody up by themselves.
    let (verdict, codes) = outcome(|f| {
        f.card_country = Some("DE".to_owned());
        f.network_country = Some(Located { country: "FR".to_owned(), date: "2026-10-01".to_owned() });
        f.phone_plan = Some(PhonePlan { valid: true, country: Some("ES".to_owned()), voip: false });
    });
    assert_eq!((verdict, codes.len()), (Outcome::Accept, 4), "{codes:?}");
    // Who comes through a network that hides people is not asked why its country is another.
    let (verdict, codes) = outcome(|f| {
        f.network_country = Some(Located { country: "FR".to_owned(), date: "2026-10-01".to_owned() });
        on_network(f, lists::ListKind::Anonymous);
    });
    assert_eq!(verdict, Outcome::Accept);
    assert!(!codes.contains(&"network_country_differs".to_owned()));
}

#[test]
fn each_sign_has_its_reason() {
    type Case = (&'static str, fn(&mut Facts), Outcome);
    let cases: [Case; 28] = [
        ("disposable_domain", |f| look_up(f, "sub.mailinator.com", ""), Outcome::Review),
        ("disposable_exchanger", |f| look_up(f, "fresh.example", "mx2.yopmail.com"), Outcome::Review),
        (
            "disposable_rumour",
            |f| {
                let (kind, of) = (lists::ListKind::DisposableRumour, lists::Listed::MailDomain);
                let (value, date) = ("odd.example".to_owned(), "2026-10-01".to_owned());
                f.listings = Some(vec![Listing { kind, of, value, date }]);
            },
            Outcome::Verify,
        ),
        ("no_mx", |f| f.email_domain_has_mx = Some(false), Outcome::Review),
        ("young_domain", |f| f.email_domain_age_days = Some(3), Outcome::Verify),
        ("role_address", |f| f.email_local = "Info+shop".to_owned(), Outcome::Accept),
        ("postal_code_form", |f| f.postal_code = "ABC".to_owned(), Outcome::Accept),
        ("country_form", |f| f.country = "Atlantis".to_owned(), Outcome::Verify),
        ("phone_form", |f| f.phone = Some("555".to_owned()), Outcome::Accept),
        (
            "phone_form",
            |f| f.phone_plan = Some(PhonePlan { valid: false, country: None, voip: false }),
            Outcome::Accept,
        ),
        (
            "phone_voip",
            |f| f.phone_plan = Some(PhonePlan { valid: true, country: Some("US".to_owned()), voip: true }),
            Outcome::Accept,
        ),
        ("card_code_wrong", |f| f.card_code = Some(CardCheck::Fail), Outcome::Review),
        ("card_postal_code_wrong", |f| f.card_postal_code = Some(CardCheck::Fail), Outcome::Verify),
        ("card_prepaid", |f| f.card_funding = Some(CardFunding::Prepaid), Outcome::Accept),
        ("network_tor", |f| on_network(f, lists::ListKind::Tor), Outcome::Verify),
        ("network_anonymous", |f| on_network(f, lists::ListKind::Anonymous), Outcome::Accept),
        ("network_hosting", |f| on_network(f, lists::ListKind::Hosting), Outcome::Accept),
        ("network_busy", |f| f.orders_from_network = Some(3), Outcome::Review),
        ("network_flood", |f| f.orders_from_network = Some(8), Outcome::Review),
        ("device_busy", |f| f.alike = Some(Alike { device: 3, ..Alike::default() }), Outcome::Review),
        ("card_shared", |f| f.alike = Some(Alike { card: 2, ..Alike::default() }), Outcome::Verify),
        ("name_repeated", |f| f.alike = Some(Alike { name: 4, ..Alike::default() }), Outcome::Accept),
        (
            "mail_domain_busy",
            |f| f.alike = Some(Alike { mail_domain: 4, ..Alike::default() }),
            Outcome::Verify,
        ),
        (
            "network_failed",
            |f| f.alike = Some(Alike { failed_from_network: 2, ..Alike::default() }),
            Outcome::Verify,
        ),
        (
            "crowd_limit",
            |f| {
                (f.orders_from_network, f.alike) =
                    (Some(9), Some(Alike { device: 9, card: 9, ..Alike::default() }))
            },
            Outcome::Review,
        ),
        ("refused_before", |f| f.refused_orders = Some(1), Outcome::Verify),
        ("large_first_order", |f| f.mailboxes = 51, Outcome::Accept),
        ("blocked", |f| f.blocked = vec![blocks::BlockKind::Card], Outcome::Refuse),
    ];
    for (code, change, expected) in cases {
        let (verdict, codes) = outcome(change);
        assert!(codes.contains(&code.to_owned()), "{code}: {codes:?}");
        assert_eq!(verdict, expected, "{code}");
    }
}

#[test]
fn what_is_missing_never_approves() {
    let cases: [fn(&mut Facts); 9] = [
        |f| f.listings = None,
        |f| f.alike = None,
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
        look_up(f, "mailinator.com", "");
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
fn who_shows_who_they_are_is_accepted_and_who_is_vouched_for_too() {
    let held = |f: &mut Facts| f.card_postal_code = Some(CardCheck::Fail);
    for method in [Method::Mail, Method::Phone] {
        let mut facts = plain();
        held(&mut facts);
        assert_eq!(assess(&facts, &ScreeningConfig::default()).outcome, Outcome::Verify);
        facts.verified = vec![method];
        assert_eq!(assess(&facts, &ScreeningConfig::default()).outcome, Outcome::Accept, "{method:?}");
    }
    // A code does not outweigh what a person must look at.
    let (verdict, _) = outcome(|f| {
        look_up(f, "mailinator.com", "");
        f.verified = vec![Method::Mail];
    });
    assert_eq!(verdict, Outcome::Verify);
    let (verdict, _) = outcome(|f| {
        f.card_code = Some(CardCheck::Fail);
        f.alike = Some(Alike { device: 9, ..Alike::default() });
        f.cleared = true;
    });
    assert_eq!(verdict, Outcome::Accept);
    let (verdict, _) = outcome(|f| {
        f.blocked = vec![blocks::BlockKind::Network];
        f.cleared = true;
    });
    assert_eq!(verdict, Outcome::Accept, "whoever vouches for an order has seen that it is blocked");
}

#[test]
fn only_the_block_list_refuses_by_itself() {
    let wrong = |change: fn(&mut ScreeningConfig)| {
        let mut config = ScreeningConfig::default();
        change(&mut config);
        config.check().into_iter().map(|problem| problem.key).collect::<Vec<_>>()
    };
    assert!(ScreeningConfig::default().check().is_empty());
    assert_eq!(wrong(|c| c.weights.disposable_domain = 80), ["commerce.screening.weights.disposable_domain"]);
    assert_eq!(
        wrong(|c| c.weights.card_country_differs = 70),
        ["commerce.screening.weights.card_country_differs"]
    );
    assert_eq!(wrong(|c| c.weights.cleared = -10), ["commerce.screening.weights.cleared"]);
    assert_eq!(wrong(|c| c.verify_from = 60), ["commerce.screening.verify_from"]);
}

#[test]
fn every_reason_is_a_sentence() {
    let mut facts = plain();
    facts.card_code = None;
    look_up(&mut facts, "mailinator.com", "");
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
        (lists, alike, cleared) in
            (any::<bool>().prop_map(|known| known.then(Vec::new)), any::<Option<(u32, u32, u32)>>(), any::<bool>()),
    ) {
        let facts = Facts {
            email_local: local, email_domain: domain, email_domain_has_mx: mx, country, postal_code: postal, phone,
            orders_from_network: network, served_orders: served, refused_orders: refused, card_code: code,
            card_postal_code: card_postal, card_country: None, mailboxes, listings: lists,
            alike: alike.map(|(device, card, name)| Alike { device, card, name, ..Alike::default() }), cleared, ..plain()
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
