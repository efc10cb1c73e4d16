use std::time::Duration;

use mailkeep_policy::Personal;
use mailkeep_storage::both_engines;
use mailkeep_storage::sql::Database;

use super::*;
use crate::post_office::{PostOffice, Settings};
use crate::testing::{PASSWORD, TestOffice};

fn sign_in<'a>(address: &'a str, password: &str, protocol: Protocol) -> SignIn<'a> {
    SignIn { address, password: Secret::new(password), protocol, network: "192.0.2.7".parse().unwrap() }
}

both_engines!(passwords_open_a_session, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let domain = test.domain("example.com").await;
    let mailbox = test.mailbox(domain, "ann@example.com").await;
    let office = &test.office;
    let session =
        office.authenticate(sign_in("Ann@Example.com", PASSWORD, Protocol::Imap)).await.unwrap().unwrap();
    assert_eq!(session.mailbox(), mailbox);
    let (name, address) = session.identity().await.unwrap();
    assert_eq!((name.as_str(), address.to_string().as_str()), ("Ann Example", "ann@example.com"));
    for (address, password) in
        [("ann@example.com", "wrong"), ("nobody@example.com", PASSWORD), ("no address", "x")]
    {
        let refused = office.authenticate(sign_in(address, password, Protocol::Imap)).await.unwrap();
        assert_eq!(refused.unwrap_err(), SignInRefusal::Wrong);
    }
    office.set_mailbox_password(mailbox, Secret::new("another-good-one")).await.unwrap();
    let old = office.authenticate(sign_in("ann@example.com", PASSWORD, Protocol::Imap)).await.unwrap();
    assert_eq!(old.unwrap_err(), SignInRefusal::Wrong);
    assert!(office.set_mailbox_password(mailbox, Secret::new("short")).await.is_err());
});

both_engines!(application_passwords_are_for_their_protocols_until_revoked, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let office = &test.office;
    let label = Personal::new("Telephone".to_owned());
    let made = office.create_app_password(session.mailbox(), label, &[Protocol::Imap]).await.unwrap();
    let try_it = |protocol| office.authenticate(sign_in("ann@example.com", &made.secret, protocol));
    assert!(try_it(Protocol::Imap).await.unwrap().is_ok());
    assert_eq!(try_it(Protocol::Smtp).await.unwrap().unwrap_err(), SignInRefusal::Protocol);
    let listed = session.app_passwords().await.unwrap();
    assert_eq!(listed[0].1, "Telephone");
    assert!(listed[0].0.last_used_at.is_some());
    office.revoke_app_password(session.mailbox(), made.id).await.unwrap();
    assert_eq!(try_it(Protocol::Imap).await.unwrap().unwrap_err(), SignInRefusal::Wrong);
});

both_engines!(too_many_wrong_passwords_lock_out_for_a_time, |db: Database| async move {
    let settings =
        Settings { wrong_passwords: 3, lockout_window: Duration::from_secs(60), ..Settings::default() };
    let test = TestOffice::open_with(db, settings).await;
    test.session("ann@example.com").await;
    for _ in 0..3 {
        let refused =
            test.office.authenticate(sign_in("ann@example.com", "wrong", Protocol::Smtp)).await.unwrap();
        assert_eq!(refused.unwrap_err(), SignInRefusal::Wrong);
    }
    let refused =
        test.office.authenticate(sign_in("ann@example.com", PASSWORD, Protocol::Smtp)).await.unwrap();
    assert!(matches!(refused.unwrap_err(), SignInRefusal::TooMany(_)));
});

both_engines!(states_keep_owners_out, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    for state in MailboxState::ALL {
        let change = MailboxChange { state: Some(state), ..Default::default() };
        test.office.change_mailbox(session.mailbox(), change).await.unwrap();
        let opened =
            test.office.authenticate(sign_in("ann@example.com", PASSWORD, Protocol::Imap)).await.unwrap();
        assert_eq!(opened.is_ok(), state.may_sign_in(), "{state}");
        assert_eq!(session.still_open().await.unwrap(), state.may_sign_in());
    }
});

both_engines!(a_class_says_by_what_a_mailbox_is_used, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let domain = test.domain("example.com").await;
    let ann = test.mailbox(domain, "ann@example.com").await;
    let office = &test.office;
    let try_it =
        async |protocol| office.authenticate(sign_in("ann@example.com", PASSWORD, protocol)).await.unwrap();
    let imap = try_it(Protocol::Imap).await.unwrap();
    let only = |protocols: &[Protocol]| ClassLimits {
        protocols: Some(protocols.iter().copied().collect()),
        ..ClassLimits::default()
    };

    // The domain keeps its mailboxes from IMAP; the session that is open ends.
    office.narrow_domain(domain, only(&[Protocol::Smtp, Protocol::Webmail])).await.unwrap();
    assert_eq!(try_it(Protocol::Imap).await.unwrap_err(), SignInRefusal::NotGranted);
    assert!(!imap.still_open().await.unwrap());
    let token = office.begin_page_session(ann, None).await.unwrap();
    assert!(office.page_session(&token).await.unwrap().is_some());

    // A mailbox cannot have back what its domain does not give, and the webmail can be taken as well.
    let class = only(&[Protocol::Smtp, Protocol::Imap]);
    office.change_mailbox(ann, MailboxChange { class: Some(class), ..Default::default() }).await.unwrap();
    assert_eq!(office.narrowed_class(ann).await.unwrap(), class);
    assert_eq!(try_it(Protocol::Imap).await.unwrap_err(), SignInRefusal::NotGranted);
    assert!(office.page_session(&token).await.unwrap().is_none());
    assert!(try_it(Protocol::Smtp).await.is_ok());

    // With application passwords alone the mailbox's own password opens the webmail and nothing else.
    office.narrow_domain(domain, ClassLimits::default()).await.unwrap();
    let class = Some(ClassLimits { app_passwords_only: true, ..ClassLimits::default() });
    office.change_mailbox(ann, MailboxChange { class, ..Default::default() }).await.unwrap();
    assert_eq!(try_it(Protocol::Smtp).await.unwrap_err(), SignInRefusal::AppPasswordNeeded);
    assert!(try_it(Protocol::Webmail).await.is_ok());
    let label = Personal::new("Telephone".to_owned());
    let made = office.create_app_password(ann, label, &Protocol::ALL).await.unwrap();
    let by_app = office.authenticate(sign_in("ann@example.com", &made.secret, Protocol::Smtp)).await.unwrap();
    assert!(by_app.unwrap().still_open().await.unwrap());
    // A wrong password is told nothing of all this.
    let wrong = office.authenticate(sign_in("ann@example.com", "wrong", Protocol::Smtp)).await.unwrap();
    assert_eq!(wrong.unwrap_err(), SignInRefusal::Wrong);
});

both_engines!(a_full_mailbox_is_noticed_before_the_message_comes, |db: Database| async move {
    use crate::messages::Delivery;
    let impatient = Settings { full_patience: Duration::ZERO, ..Settings::default() };
    let test = TestOffice::open(db.clone()).await;
    let office = &test.office;
    let open = PostOffice::open(db, office.policy().clone(), office.0.blobs.clone(), impatient);
    let impatient = open.await.unwrap();
    let domain = test.domain("example.com").await;
    let ann = test.mailbox(domain, "ann@example.com").await;
    let quota = async |bytes| {
        let change = MailboxChange { quota_bytes: Some(bytes), ..Default::default() };
        office.change_mailbox(ann, change).await.unwrap();
        impatient.forget_cached();
    };
    assert_eq!(office.room_for(ann, u64::MAX).await.unwrap(), Room::Enough, "no quota, no end");
    office.deliver(vec![Delivery::to_inbox(ann, crate::testing::mail("one", "text"))]).await.unwrap();
    quota(1_000_000).await;
    assert_eq!(office.room_for(ann, 2_000_000).await.unwrap(), Room::FullForNow, "too long for what is left");
    quota(100).await;
    assert_eq!(office.room_for(ann, 0).await.unwrap(), Room::FullForNow);
    assert_eq!(impatient.room_for(ann, 0).await.unwrap(), Room::Full);
    quota(1_000_000).await;
    assert_eq!(office.room_for(ann, 0).await.unwrap(), Room::Enough);
});
