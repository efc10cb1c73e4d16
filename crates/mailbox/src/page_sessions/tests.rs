use mailkeep_policy::Personal;
use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;

use crate::mailboxes::{Protocol, Secret, SignIn};
use crate::testing::{PASSWORD, TestOffice};

both_engines!(a_session_lives_until_it_is_ended, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let office = &test.office;
    let token = office.begin_page_session(session.mailbox(), None).await.unwrap();
    let other = office.begin_page_session(session.mailbox(), None).await.unwrap();
    assert_eq!(office.page_session(&token).await.unwrap().unwrap().mailbox, session.mailbox());
    assert!(office.page_session("not a token").await.unwrap().is_none());
    office.end_page_session(&token).await.unwrap();
    assert!(office.page_session(&token).await.unwrap().is_none());
    assert!(office.page_session(&other).await.unwrap().is_some());
});

both_engines!(a_session_ends_with_the_app_password_that_opened_it, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let (office, ann) = (&test.office, test.session("ann@example.com").await.mailbox());
    let make = async || {
        let label = Personal::new("Browser".to_owned());
        office.create_app_password(ann, label, &[Protocol::Webmail]).await.unwrap()
    };
    let (revoked, kept) = (make().await, make().await);
    let open = async |secret: &str| {
        let sign_in = SignIn {
            address: "ann@example.com",
            password: Secret::new(secret),
            protocol: Protocol::Webmail,
            network: "192.0.2.1".parse().unwrap(),
        };
        let session = office.authenticate(sign_in).await.unwrap().unwrap();
        office.begin_page_session(session.mailbox(), session.app_password()).await.unwrap()
    };
    let gone = open(&revoked.secret).await;
    let others = [open(&kept.secret).await, open(PASSWORD).await];
    office.revoke_app_password(ann, revoked.id).await.unwrap();
    assert!(office.page_session(&gone).await.unwrap().is_none());
    for other in others {
        assert!(office.page_session(&other).await.unwrap().is_some());
    }
});
