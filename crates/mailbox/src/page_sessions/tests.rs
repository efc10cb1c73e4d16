use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;

use crate::testing::TestOffice;

both_engines!(a_session_lives_until_it_is_ended, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let office = &test.office;
    let token = office.begin_page_session(session.mailbox()).await.unwrap();
    let other = office.begin_page_session(session.mailbox()).await.unwrap();
    assert_eq!(office.page_session(&token).await.unwrap().unwrap().mailbox, session.mailbox());
    assert!(office.page_session("not a token").await.unwrap().is_none());
    office.end_page_session(&token).await.unwrap();
    assert!(office.page_session(&token).await.unwrap().is_none());
    assert!(office.page_session(&other).await.unwrap().is_some());
});
