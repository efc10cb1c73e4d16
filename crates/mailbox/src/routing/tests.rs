use mailkeep_storage::both_engines;
use mailkeep_storage::sql::Database;
use mailkeep_types::EmailAddress;

use super::*;
use crate::addresses::NewList;
use crate::testing::TestOffice;

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

both_engines!(addresses_lead_where_they_should, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let domain = test.domain("example.com").await;
    let ann = test.mailbox(domain, "ann@example.com").await;
    let local = |detail: Option<&str>, by_catch_all| Route::Local {
        mailbox: ann,
        domain,
        detail: detail.map(str::to_owned),
        by_catch_all,
    };
    assert_eq!(office.resolve(&address("ANN@example.com")).await.unwrap(), local(None, false));
    assert_eq!(office.resolve(&address("ann+shop@example.com")).await.unwrap(), local(Some("shop"), false));
    assert_eq!(office.resolve(&address("bob@example.com")).await.unwrap(), Route::Unknown { domain });
    assert_eq!(office.resolve(&address("ann@example.net")).await.unwrap(), Route::NotOurs);
    // An alias domain repeats what is there and what comes later (BUSINESS-RULES 2).
    test.alias_domain("example.net", domain).await;
    assert_eq!(office.resolve(&address("ann@example.net")).await.unwrap(), local(None, false));
    let bob = test.mailbox(domain, "bob@example.com").await;
    assert!(
        matches!(office.resolve(&address("bob@example.net")).await.unwrap(), Route::Local { mailbox, .. } if mailbox == bob)
    );
    let alias = office.add_alias(domain, address("info@example.com"), ann).await.unwrap();
    assert_eq!(office.resolve(&address("info@example.net")).await.unwrap(), local(None, false));
    assert!(office.may_send_as(ann, &address("info@example.com")).await.unwrap());
    assert!(!office.may_send_as(bob, &address("info@example.com")).await.unwrap());
    assert!(office.add_alias(domain, address("bob@example.com"), ann).await.is_err());
    let list = NewList {
        domain,
        address: address("all@example.com"),
        mailboxes: vec![ann, bob],
        writers: Default::default(),
    };
    office.add_list(list).await.unwrap();
    assert!(
        matches!(office.resolve(&address("all@example.com")).await.unwrap(), Route::List { members, .. } if members.len() == 2)
    );
    let empty = NewList {
        domain,
        address: address("mixed@example.com"),
        mailboxes: Vec::new(),
        writers: Default::default(),
    };
    let list = office.add_list(empty).await.unwrap();
    let route = office.resolve(&address("mixed+bounces@example.com")).await.unwrap();
    let Route::List { guests: 0, detail, .. } = route else { panic!("{route:?}") };
    assert_eq!(detail.as_deref(), Some("bounces"));
    office.remove_alias(domain, list).await.unwrap();
    let aliases = office.list_aliases(domain).await.unwrap();
    assert_eq!(office.open_list_address(&aliases[1]).await.unwrap(), "all@example.com");
    office.remove_alias(domain, alias).await.unwrap();
    assert_eq!(office.resolve(&address("info@example.com")).await.unwrap(), Route::Unknown { domain });
    office.set_catch_all(domain, Some(ann)).await.unwrap();
    assert_eq!(office.resolve(&address("info@example.com")).await.unwrap(), local(None, true));
    office.suspend_domain(domain, true).await.unwrap();
    assert_eq!(office.resolve(&address("ann@example.com")).await.unwrap(), Route::Suspended { domain });
    assert!(office.dkim_signing_keys(address("ann@example.com").domain()).await.unwrap().is_empty());
});

both_engines!(nothing_is_routed_before_the_proof, |db: Database| async move {
    use crate::domains::{NewDomain, ProofOutcome};
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let new = |customer| NewDomain {
        customer,
        service: None,
        name: address("x@example.org").domain().clone(),
        alias_of: None,
        mailbox_limit: None,
        class: Default::default(),
    };
    let other = mailkeep_types::CustomerId::new(&**office.clock());
    let squatted = office.add_domain(new(other)).await.unwrap();
    assert_eq!(office.prove_domain(squatted.id, &test.dns).await.unwrap(), ProofOutcome::Missing);
    test.dns.add_txt(&squatted.challenge_name(), "something else");
    assert!(matches!(office.prove_domain(squatted.id, &test.dns).await.unwrap(), ProofOutcome::Wrong(_)));
    assert_eq!(office.resolve(&address("x@example.org")).await.unwrap(), Route::NotOurs);
    // Who named it first cannot keep it from who can prove it.
    let domain = test.domain("example.org").await;
    assert_eq!(office.resolve(&address("x@example.org")).await.unwrap(), Route::Unknown { domain });
    test.dns.add_txt(&squatted.challenge_name(), &squatted.challenge);
    assert_eq!(office.prove_domain(squatted.id, &test.dns).await.unwrap(), ProofOutcome::Taken);
    let keys = office.dkim_signing_keys(address("x@example.org").domain()).await.unwrap();
    assert_eq!(keys.len(), 2);
});
