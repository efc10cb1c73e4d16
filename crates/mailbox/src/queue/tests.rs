use std::time::Duration;

use bytes::Bytes;
use mailkeep_storage::both_engines;
use mailkeep_storage::sql::Database;
use mailkeep_types::DomainName;

use super::*;
use crate::mailboxes::{MailboxChange, SendingBlock};
use crate::messages::{Along, Delivered, Delivery, UidSet};
use crate::testing::{TestOffice, mail};
use crate::{MailError, MailRefusal, PostOffice, Settings};

fn message(sender: Option<mailkeep_types::MailboxId>, recipients: &[&str]) -> NewQueued {
    let recipient = |address: &&str| NewRecipient {
        envelope: RecipientEnvelope {
            address: (*address).to_owned(),
            notify: None,
            orcpt: None,
            guest: None,
        },
        domain: DomainName::parse(address.rsplit_once('@').unwrap().1).unwrap(),
    };
    NewQueued {
        sender,
        unique_key: None,
        envelope: Envelope { return_path: "ann@example.com".into(), ..Envelope::default() },
        content: Bytes::from_static(b"Subject: out\r\n\r\nbody\r\n"),
        recipients: recipients.iter().map(recipient).collect(),
        hold: None,
        expires_at: None,
        bulk: false,
    }
}

const LEASE: Duration = Duration::from_secs(60);

both_engines!(recipients_are_claimed_once_and_leave_when_done, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let session = test.session("ann@example.com").await;
    let to = ["a@example.net", "b@example.net", "c@example.org"];
    let id = office.enqueue(message(Some(session.mailbox()), &to)).await.unwrap().unwrap();
    let claimed = office.claim_queued(10, LEASE).await.unwrap();
    assert_eq!(claimed.iter().map(|c| c.recipients.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(claimed[0].recipients[1].envelope.address, "b@example.net");
    assert_eq!(claimed[0].envelope.return_path, "ann@example.com");
    assert!(office.claim_queued(10, LEASE).await.unwrap().is_empty());
    assert!(office.queued_content(id).await.unwrap().ends_with(b"body\r\n"));
    let at = office.db().now();
    let retry = Outcome::Retry { at, code: Some(451), answer: "later".into(), delay_reported: true };
    let done = Outcome::Delivered { answer: "250 ok".into() };
    office.mark_queued(id, vec![(0, done.clone()), (1, retry), (2, done.clone())]).await.unwrap();
    let again = office.claim_queued(10, LEASE).await.unwrap();
    assert_eq!((again[0].recipients[0].position, again[0].recipients[0].attempts), (1, 1));
    assert!(again[0].recipients[0].delay_reported);
    office.mark_queued(id, vec![(1, done)]).await.unwrap();
    assert_eq!(office.queue_counts().await.unwrap(), QueueCounts::default());
    assert!(office.queued_content(id).await.is_err());
});

fn campaign(value: i64) -> Hold {
    Hold {
        code: "campaign".into(),
        value,
        limit: 20,
        sentence: "looks like a campaign".into(),
        number: Some(7),
        score: None,
    }
}

both_engines!(a_unique_key_queues_once_and_a_hold_waits, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let session = test.session("ann@example.com").await;
    let held = NewQueued {
        unique_key: Some("once".into()),
        hold: Some(campaign(20)),
        ..message(Some(session.mailbox()), &["a@example.net"])
    };
    let id = office.enqueue(held.clone()).await.unwrap().unwrap();
    assert_eq!(office.enqueue(held).await.unwrap(), None);
    assert!(office.claim_queued(10, LEASE).await.unwrap().is_empty());
    let queued = &office.list_queued(10).await.unwrap()[0];
    assert!(queued.held);
    assert_eq!(session.count_held().await.unwrap(), 1);
    office.retry_queued(id).await.unwrap();
    assert!(office.claim_queued(10, LEASE).await.unwrap().is_empty(), "to try it is not to release it");
    let release = async || office.db().write(move |tx| PostOffice::release_held_in(tx, id)).await.unwrap();
    assert!(release().await && !release().await);
    assert_eq!(session.count_held().await.unwrap(), 0);
    let claimed = office.claim_queued(10, LEASE).await.unwrap();
    assert_eq!(claimed.len(), 1);
    assert!(claimed[0].expires_at > queued.expires_at, "the time that it waited is given back");
    office.delete_queued(id).await.unwrap();
    assert_eq!(office.queue_counts().await.unwrap().messages, 0);
});

both_engines!(blocks_and_limits_stop_a_sender, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let class = crate::mailboxes::ClassLimits {
        recipients_per_message: Some(2),
        recipients_per_day: Some(3),
        ..Default::default()
    };
    let domain = test.domain_with("example.com", None, class).await;
    let ann = test.mailbox(domain, "ann@example.com").await;
    let two = ["a@example.net", "b@example.net"];
    let refusal = |result: crate::Result<_>| match result {
        Err(MailError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    let three = ["a@example.net", "b@example.net", "c@example.net"];
    assert_eq!(
        refusal(office.enqueue(message(Some(ann), &three)).await),
        MailRefusal::RecipientsPerMessage(2)
    );
    office.set_sending_block(ann, SendingBlock::Overdue, true).await.unwrap();
    office.set_sending_block(ann, SendingBlock::Abuse, true).await.unwrap();
    office.set_sending_block(ann, SendingBlock::Overdue, false).await.unwrap();
    let blocked = MailRefusal::SendingBlocked("abuse was found".into());
    assert_eq!(refusal(office.enqueue(message(Some(ann), &two)).await), blocked);
    office.set_sending_block(ann, SendingBlock::Abuse, false).await.unwrap();
    office.enqueue(message(Some(ann), &two)).await.unwrap();
    assert_eq!(refusal(office.enqueue(message(Some(ann), &two)).await), MailRefusal::RecipientsPerDay(3));
    office.enqueue(message(Some(ann), &["a@example.net"])).await.unwrap();
});

both_engines!(a_node_takes_its_own_claims_back_and_honours_those_of_others, |db: Database| async move {
    let node = |number| Settings { node: uuid::Uuid::from_u128(number), ..Settings::default() };
    let test = TestOffice::open_with(db.clone(), node(1)).await;
    let (office, policy) = (&test.office, test.office.policy().clone());
    let open = |number| PostOffice::open(db.clone(), policy.clone(), office.0.blobs.clone(), node(number));
    let other = open(2).await.unwrap();
    office.enqueue(message(None, &["a@example.net"])).await.unwrap();
    let claimed = office.claim_queued(10, LEASE).await.unwrap();
    assert_eq!(other.reclaim_queued().await.unwrap(), 0);
    assert!(other.claim_queued(10, LEASE).await.unwrap().is_empty());
    // The node is started anew: it goes on at once.
    let again = open(1).await.unwrap();
    assert_eq!(again.reclaim_queued().await.unwrap(), 1);
    assert_eq!(again.claim_queued(10, LEASE).await.unwrap().len(), 1);
    // A lease that is renewed does not end; one that is not does, and then it is the other's.
    let held = vec![(claimed[0].id, 0)];
    again.renew_queued(held.clone(), LEASE * 1000).await.unwrap();
    other.renew_queued(held.clone(), Duration::ZERO).await.unwrap();
    assert!(other.claim_queued(10, LEASE).await.unwrap().is_empty(), "a node cannot end another's lease");
    again.renew_queued(held.clone(), Duration::ZERO).await.unwrap();
    assert_eq!(other.claim_queued(10, LEASE).await.unwrap().len(), 1);
    again.renew_queued(held, LEASE).await.unwrap();
    assert_eq!(again.reclaim_queued().await.unwrap(), 0);
});

both_engines!(what_is_in_bulk_is_claimed_after_everything_else, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let many =
        NewQueued { bulk: true, ..message(None, &["a@example.net", "b@example.net", "c@example.net"]) };
    let many = office.enqueue(many).await.unwrap().unwrap();
    let one = office.enqueue(message(None, &["d@example.net"])).await.unwrap().unwrap();
    let claim = async |recipients, of_bulk| -> Vec<_> {
        let claimed = office.claim_queued(Room { recipients, of_bulk }, LEASE).await.unwrap();
        claimed.into_iter().map(|claimed| (claimed.id, claimed.bulk, claimed.recipients.len())).collect()
    };
    assert_eq!(claim(1, 1).await, [(one, false, 1)]);
    assert_eq!(claim(5, 0).await, []);
    assert_eq!(claim(5, 2).await, [(many, true, 2)]);
    let other = office.enqueue(message(None, &["e@example.net"])).await.unwrap().unwrap();
    assert_eq!(claim(5, 5).await, [(other, false, 1), (many, true, 1)]);
});

both_engines!(a_try_that_is_repeated_stores_once, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let session = test.session("ann@example.com").await;
    let id = office.enqueue(message(None, &["ann@example.com"])).await.unwrap().unwrap();
    let list = mailkeep_types::AliasId::new(&**office.clock());
    let deliver = async |onward: bool| {
        let delivery = Delivery::to_inbox(session.mailbox(), mail("once", "text"));
        let mut along = Along { queued: Some(id), ..Along::default() };
        if onward {
            let copy = office.seal_queued(message(None, &["carol@far.example"])).await.unwrap();
            along.onward.push((list, copy));
        }
        office.deliver_along(vec![delivery], along).await.unwrap()
    };
    assert!(matches!(deliver(true).await[..], [Delivered::Stored(_)]));
    assert_eq!(deliver(true).await, [Delivered::Before]);
    assert_eq!(office.queue_counts().await.unwrap().messages, 2, "the copy for the list went on once");
    let inbox = session.find_folder("INBOX").await.unwrap();
    assert_eq!(session.read_messages(inbox.id, &UidSet::all()).await.unwrap().len(), 1);
    // What was full before is tried again, and the notes go with the message.
    let quota = async |bytes| {
        let change = MailboxChange { quota_bytes: Some(bytes), ..Default::default() };
        office.change_mailbox(session.mailbox(), change).await.unwrap();
    };
    quota(1).await;
    let second = office.enqueue(message(None, &["ann@example.com"])).await.unwrap().unwrap();
    let try_second = async || {
        let delivery = Delivery::to_inbox(session.mailbox(), mail("twice", "text"));
        office
            .deliver_along(vec![delivery], Along { queued: Some(second), ..Along::default() })
            .await
            .unwrap()
    };
    assert_eq!(try_second().await, [Delivered::OverQuota]);
    quota(0).await;
    assert!(matches!(try_second().await[..], [Delivered::Stored(_)]));
    for id in [id, second] {
        office.mark_queued(id, vec![(0, Outcome::Delivered { answer: "250 ok".into() })]).await.unwrap();
    }
    assert!(office.doctor(false).await.unwrap().findings.is_empty());
});

both_engines!(what_is_held_is_grouped_by_customer_and_cause, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let domain = test.domain("example.com").await;
    let ann = test.mailbox(domain, "ann@example.com").await;
    let bob = test.mailbox(domain, "bob@example.com").await;
    let hold = async |mailbox, to: &[&str], hold: Hold| {
        let new = NewQueued { hold: Some(hold), ..message(Some(mailbox), to) };
        office.enqueue(new).await.unwrap().unwrap()
    };
    let first = hold(ann, &["a@example.net", "b@example.net"], campaign(20)).await;
    let second = hold(bob, &["c@example.net"], campaign(21)).await;
    let wave = hold(bob, &["d@example.net"], Hold { code: "wave".into(), ..campaign(25) }).await;
    office.enqueue(message(Some(ann), &["e@example.net"])).await.unwrap();
    assert!(office.db().write(move |tx| PostOffice::confirm_held_in(tx, second)).await.unwrap());
    let clusters = office.list_held_clusters(10).await.unwrap();
    let numbers: Vec<_> = clusters
        .iter()
        .map(|c| (c.code.as_str(), c.messages, c.mailboxes, c.recipients, c.value, c.confirmed))
        .collect();
    assert_eq!(numbers, [("campaign", 2, 2, 3, 21, 1), ("wave", 1, 1, 1, 25, 0)]);
    let ids = async |which| -> Vec<_> {
        office.list_held(which, 10).await.unwrap().into_iter().map(|held| held.id).collect()
    };
    let cluster = Which::Cluster(clusters[0].customer, "campaign".into());
    assert_eq!(ids(cluster.clone()).await, [first, second]);
    assert_eq!(ids(Which::Mailbox(bob)).await, [second, wave]);
    assert_eq!(ids(Which::Customer(clusters[0].customer)).await, [first, second, wave]);
    assert_eq!(ids(Which::Since(office.db().now())).await.len(), 3);
    assert!(ids(Which::Since(office.db().now().minus(LEASE))).await.is_empty());
    let envelope = office.held_envelope(first).await.unwrap().unwrap();
    assert_eq!(envelope.recipients[1].address, "b@example.net");
    let take = async || office.db().write(move |tx| PostOffice::take_held_in(tx, first)).await.unwrap();
    assert!(take().await && !take().await);
    assert!(office.held_envelope(first).await.unwrap().is_none());
    assert_eq!(ids(cluster).await, [second]);
    assert_eq!(office.queue_counts().await.unwrap().held, 2);
});

/// It waits for a day, by what was found at a time.
fn waits(office: &PostOffice, found_at: mailkeep_types::Timestamp) -> Outcome {
    Outcome::Waits {
        at: office.db().now().plus(Duration::from_secs(24 * 3600)),
        found_at,
        of_destination: false,
        answer: "450 4.7.1 sending is stopped".into(),
        delay_reported: false,
    }
}

both_engines!(what_waits_is_not_due_before_somebody_makes_it_so, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let (ann, bob) = (test.session("ann@example.com").await, test.session("bob@example.org").await);
    let ann = ann.mailbox();
    let of_ann = office.enqueue(message(Some(ann), &["a@far.example"])).await.unwrap().unwrap();
    let of_bob = office.enqueue(message(Some(bob.mailbox()), &["b@near.example"])).await.unwrap().unwrap();
    let stop_all = async || {
        let claimed = office.claim_queued(10, LEASE).await.unwrap();
        for one in &claimed {
            assert_eq!(one.recipients[0].attempts, 0, "it was not tried");
            office.mark_queued(one.id, vec![(0, waits(office, office.db().now()))]).await.unwrap();
        }
        claimed.len()
    };
    assert_eq!(stop_all().await, 2);
    assert_eq!(stop_all().await, 0);
    let due = async |which| {
        let count = office.make_due(which).await.unwrap();
        let claimed = office.claim_queued(10, LEASE).await.unwrap();
        let ids: Vec<_> = claimed.iter().map(|one| one.id).collect();
        for one in &claimed {
            office.mark_queued(one.id, vec![(0, waits(office, office.db().now()))]).await.unwrap();
        }
        (count, ids)
    };
    let customer = test.customer;
    assert_eq!(due(Waiting::OfMailbox(ann)).await, (1, vec![of_ann]));
    assert_eq!(due(Waiting::For(DomainName::parse("near.example").unwrap())).await, (1, vec![of_bob]));
    assert_eq!(due(Waiting::For(DomainName::parse("else.example").unwrap())).await, (0, vec![]));
    let far = DomainName::parse("far.example").unwrap();
    assert_eq!(due(Waiting::OfCustomerFor(customer, far)).await, (1, vec![of_ann]));
    let all = due(Waiting::OfCustomer(customer)).await;
    assert_eq!((all.0, all.1.len()), (2, 2));
    let nobody = mailkeep_types::CustomerId::from_uuid(uuid::Uuid::from_u128(99));
    assert_eq!(due(Waiting::OfCustomer(nobody)).await, (0, vec![]));
});

both_engines!(whoever_is_let_go_while_it_is_looked_at_goes, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let ann = test.session("ann@example.com").await.mailbox();
    let id = office.enqueue(message(Some(ann), &["a@far.example"])).await.unwrap().unwrap();
    office.claim_queued(10, LEASE).await.unwrap();
    office.mark_queued(id, vec![(0, waits(office, office.db().now()))]).await.unwrap();
    // Claimed and found to wait; then it is let go; then what was found is written down.
    office.make_due(Waiting::OfMailbox(ann)).await.unwrap();
    assert_eq!(office.claim_queued(10, LEASE).await.unwrap().len(), 1);
    let found_at = office.db().now();
    assert_eq!(office.make_due(Waiting::OfMailbox(ann)).await.unwrap(), 1);
    office.mark_queued(id, vec![(0, waits(office, found_at))]).await.unwrap();
    assert_eq!(office.claim_queued(10, LEASE).await.unwrap().len(), 1, "it is due");
});
