use mailkeep_storage::both_engines;
use mailkeep_storage::sql::Database;

use super::*;
use crate::messages::{Delivery, Flags};
use crate::testing::{TestOffice, mail};

async fn names(session: &crate::MailboxSession) -> Vec<String> {
    session.list_folders().await.unwrap().into_iter().map(|folder| folder.name).collect()
}

both_engines!(folders_are_made_renamed_and_removed, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let first = ["INBOX", "Drafts", "Sent", "Junk", "Trash", "Archive"];
    assert_eq!(names(&session).await, first);
    session.create_folder("work/2026/march").await.unwrap();
    assert_eq!(names(&session).await[6..], ["work", "work/2026", "work/2026/march"]);
    assert!(session.create_folder("work/2026").await.is_err());
    assert!(session.create_folder("inbox").await.is_err());
    session.rename_folder("work/2026", "old/years").await.unwrap();
    assert_eq!(names(&session).await[6..], ["old", "old/years", "old/years/march", "work"]);
    assert!(session.rename_folder("old", "old/deeper").await.is_err());
    let delivery = Delivery::to_inbox(session.mailbox(), mail("one", "x"));
    test.office.deliver(vec![delivery]).await.unwrap();
    session.rename_folder("INBOX", "before").await.unwrap();
    assert_eq!(session.find_folder("before").await.unwrap().state.total, 1);
    assert_eq!(session.find_folder("inbox").await.unwrap().state.total, 0);
    let before = session.find_folder("before").await.unwrap();
    session.delete_folder(before.id).await.unwrap();
    assert_eq!(session.list_restorable(9).await.unwrap().len(), 1);
    assert!(session.delete_folder(session.facts().inbox).await.is_err());
    session.subscribe(session.facts().inbox, false).await.unwrap();
    assert!(!session.find_folder("INBOX").await.unwrap().subscribed);
    assert_eq!(test.office.doctor(false).await.unwrap().findings, []);
});

both_engines!(keywords_are_bits_of_the_mailbox, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let flags = session.keyword_flags(&["$Forwarded".into(), "urgent".into()]).await.unwrap();
    assert_eq!(flags.keyword_places().collect::<Vec<_>>(), [0, 1]);
    assert_eq!(session.keyword_flags(&["URGENT".into()]).await.unwrap(), Flags::keyword(1).unwrap());
    assert_eq!(session.keywords().await.unwrap(), ["$Forwarded", "urgent"]);
    let many: Vec<String> = (0..60).map(|n| format!("k{n}")).collect();
    assert!(session.keyword_flags(&many).await.is_err());
});

#[test]
fn names_have_one_form() {
    assert_eq!(canonical_name("inbox").unwrap(), "INBOX");
    assert_eq!(canonical_name("Inbox/a").unwrap(), "INBOX/a");
    assert_eq!(canonical_name("a/b/").unwrap(), "a/b");
    for bad in ["", "/", "a//b", "/a", "a\u{7}", " a", &"x".repeat(251)] {
        assert!(canonical_name(bad).is_err(), "{bad:?}");
    }
}
