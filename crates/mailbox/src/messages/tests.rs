use bytes::Bytes;
use mailkeep_storage::both_engines;
use mailkeep_storage::sql::Database;

use super::*;
use crate::folders::Role;
use crate::testing::{TestOffice, mail};
use crate::{MailError, MailRefusal};

both_engines!(a_delivered_message_is_listed_read_and_counted, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let message = mail("Hello there", "A text for you");
    let delivered = test.office.deliver(vec![Delivery::to_inbox(session.mailbox(), message)]).await.unwrap();
    let [Delivered::Stored(stored)] = delivered[..] else { panic!("{delivered:?}") };
    assert_eq!(stored.uid, 1);
    let inbox = session.facts().inbox;
    let view = session.open_folder(inbox, true).await.unwrap();
    assert_eq!((view.state.total, view.state.unseen, view.recent_from), (1, 1, 1));
    assert_eq!(session.open_folder(inbox, true).await.unwrap().recent_from, 2);
    let listed = session.read_metadata(inbox, &UidSet::all(), 10).await.unwrap();
    assert_eq!(listed[0].1.field("subject").as_deref(), Some("Hello there"));
    assert_eq!(listed[0].1.preview(), "A text for you");
    assert!(listed[0].1.envelope().starts_with(b"("));
    let raw = session.read_message(inbox, 1).await.unwrap();
    assert!(raw.ends_with(b"A text for you\r\n"));
    assert_eq!(session.usage().await.unwrap().used_bytes, raw.len() as u64);
    assert_eq!(test.office.doctor(false).await.unwrap().findings, []);
});

both_engines!(large_messages_lie_in_the_blob_store, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let inbox = session.facts().inbox;
    let mut noise = String::new();
    let mut state = 1u64;
    while noise.len() < 300_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        noise.push_str(&format!("{:016x} ", state));
    }
    let raw = Bytes::from(format!("Subject: large\r\nX-Odd: needle-in-header\r\n\r\n{noise}findme\r\n"));
    let message = std::sync::Arc::new(prepare(&raw));
    let append = Append { message, flags: Flags::SEEN, internal_at: None };
    session.append(inbox, vec![append]).await.unwrap();
    assert_eq!(session.read_message(inbox, 1).await.unwrap(), raw);
    let rows = session.open_folder(inbox, false).await.unwrap().messages;
    for (key, found) in [
        (crate::search::Query::Body("findme".into()), vec![1]),
        (crate::search::Query::Body("findnobody".into()), vec![]),
        (crate::search::Query::Header("x-odd".into(), "in-header".into()), vec![1]),
    ] {
        assert_eq!(session.search(&rows, key).await.unwrap(), found);
    }
    assert_eq!(test.office.doctor(false).await.unwrap().findings, []);
});

both_engines!(a_full_mailbox_refuses, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let change = crate::mailboxes::MailboxChange { quota_bytes: Some(200), ..Default::default() };
    test.office.change_mailbox(session.mailbox(), change).await.unwrap();
    let session = test.office.session(session.mailbox()).await.unwrap();
    let deliver = || test.office.deliver(vec![Delivery::to_inbox(session.mailbox(), mail("one", "text"))]);
    assert!(matches!(deliver().await.unwrap()[..], [Delivered::Stored(_)]));
    assert_eq!(deliver().await.unwrap(), [Delivered::OverQuota]);
    let append = Append { message: mail("two", "text"), flags: Flags::NONE, internal_at: None };
    let refused = session.append(session.facts().inbox, vec![append]).await;
    assert!(matches!(refused, Err(MailError::Refused(MailRefusal::OverQuota))));
    assert_eq!(session.usage().await.unwrap().messages, 1);
    assert_eq!(test.office.doctor(false).await.unwrap().findings, []);
});

both_engines!(flags_copies_and_expunges_are_in_the_change_log, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let inbox = session.facts().inbox;
    let trash = session.facts().folder_of(Role::Trash);
    for n in 0..4 {
        test.office
            .deliver(vec![Delivery::to_inbox(session.mailbox(), mail(&format!("m{n}"), "x"))])
            .await
            .unwrap();
    }
    let before = session.open_folder(inbox, false).await.unwrap().state.modseq;
    let set: UidSet = [1, 3].into_iter().collect();
    let stored = session.change_flags(inbox, &set, FlagChange::Add(Flags::SEEN), None).await.unwrap();
    assert_eq!(stored.messages.len(), 2);
    let changes = session.folder_changes(inbox, before).await.unwrap();
    assert_eq!(changes.changed.iter().map(|m| m.uid).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(changes.state.unseen, 2);
    // Somebody saw an older state: what changed since is left alone.
    let late = session
        .change_flags(inbox, &UidSet::all(), FlagChange::Add(Flags::FLAGGED), Some(before))
        .await
        .unwrap();
    assert_eq!(late.modified, [1, 3]);
    let copied = session.copy_messages(inbox, &set, trash).await.unwrap();
    assert_eq!(copied.pairs, [(1, 1), (3, 2)]);
    let moved = session.move_messages(inbox, &UidSet::from_ranges([2..=2]), trash).await.unwrap();
    assert_eq!(moved.pairs, [(2, 3)]);
    session.change_flags(inbox, &set, FlagChange::Add(Flags::DELETED), None).await.unwrap();
    let (gone, modseq) = session.expunge(inbox, &UidSet::all()).await.unwrap();
    assert_eq!(gone, [1, 3]);
    let changes = session.folder_changes(inbox, before).await.unwrap();
    assert_eq!((changes.expunged, changes.state.modseq), (vec![1, 2, 3], modseq));
    let restorable = session.list_restorable(10).await.unwrap();
    assert_eq!(restorable.len(), 2);
    let (folder, uid) = session.undelete(inbox, 3).await.unwrap();
    assert_eq!((folder, uid), (inbox, 5));
    assert!(session.read_message(inbox, 5).await.unwrap().starts_with(b"From: Ann"));
    assert_eq!(test.office.doctor(false).await.unwrap().findings, []);
});

#[test]
fn hostile_structure_is_prepared_in_bounds() {
    let mut nested = String::new();
    for level in 0..1_000 {
        nested.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"));
    }
    let messages = "Content-Type: message/rfc822\r\n\r\n".repeat(1_000);
    let charsets =
        "Subject: =?no-such?B?AAAA?=\r\nContent-Type: text/plain; charset=\"\0\"\r\n\r\n\u{0}\u{0}text"
            .to_owned();
    let encoded = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD".to_owned();
    for raw in [nested, messages, charsets, encoded, String::new()] {
        let length = raw.len();
        let prepared = prepare(&Bytes::from(raw));
        assert!(prepared.metadata.as_bytes().len() <= length * 8 + 2_000);
    }
}
