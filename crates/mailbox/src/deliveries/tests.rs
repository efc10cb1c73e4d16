//! Counts on both engines: what is marked once is counted once, nothing says who wrote to whom, and small destinations lose their names.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::{DomainName, MailboxId, ManualClock, QueueId, SharedClock};

use super::{Counts, FEW, Over, Waits, Went};
use crate::PostOffice;
use crate::queue::{Envelope, Hold, NewQueued, NewRecipient, Outcome, RecipientEnvelope};
use crate::testing::TestOffice;

const HOUR: Duration = Duration::from_secs(3_600);
const OURS: Went = Went::Out(Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7))));

fn on_both_engines(body: impl AsyncFn(Database, Arc<ManualClock>)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-04");
        clock.advance(HOUR * 10 + HOUR / 2);
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| body(db, Arc::clone(&clock)).await);
    }
}

fn message(sender: Option<MailboxId>, domain: &str, recipients: usize, hold: Option<Hold>) -> NewQueued {
    let recipient = |number| NewRecipient {
        envelope: RecipientEnvelope {
            address: format!("r{number}@{domain}"),
            notify: None,
            orcpt: None,
            guest: None,
        },
        domain: DomainName::parse(domain).unwrap(),
    };
    NewQueued {
        sender,
        unique_key: None,
        envelope: Envelope::default(),
        content: Bytes::from_static(b"Subject: out\r\n\r\nbody\r\n"),
        recipients: (0..recipients).map(recipient).collect(),
        hold,
        expires_at: None,
        bulk: false,
    }
}

async fn mark(office: &PostOffice, id: QueueId, went: Went, outcomes: Vec<(i64, Outcome)>) {
    let sealed = office.seal_outcomes(id, outcomes).await.unwrap().went(went);
    office.db().write(move |tx| PostOffice::mark_queued_in(tx, &sealed)).await.unwrap();
}

fn taken() -> Outcome {
    Outcome::Delivered { answer: "250 2.0.0 ok".into() }
}

fn refused(answer: &str) -> Outcome {
    Outcome::Failed { code: Some(550), answer: answer.into() }
}

/// So many recipients of a domain get a message.
async fn deliver(office: &PostOffice, sender: MailboxId, domain: &str, recipients: usize) {
    let id = office.enqueue(message(Some(sender), domain, recipients, None)).await.unwrap().unwrap();
    mark(office, id, OURS, (0..).take(recipients).map(|place| (place, taken())).collect()).await;
}

#[test]
fn outcomes_are_counted_by_destination_and_by_sender_and_never_by_both() {
    on_both_engines(async |db, clock| {
        let test = TestOffice::open(db.clone()).await;
        let (office, ann) = (&test.office, test.session("ann@example.com").await.mailbox());
        let id = office.enqueue(message(Some(ann), "large.example", 25, None)).await.unwrap().unwrap();
        let at = db.now();
        let later = Outcome::Retry { at, code: Some(450), answer: "450 later".into(), delay_reported: false };
        let mut outcomes = vec![
            (0, later),
            (1, refused("550 5.1.1 no such user")),
            (2, refused("554 5.7.1 this message looks like spam")),
            (3, refused("550 5.7.1 your address is on our blocklist")),
            (4, refused("552 5.2.2 mailbox full")),
        ];
        outcomes.extend((5..25).map(|place| (place, taken())));
        mark(office, id, OURS, outcomes.clone()).await;
        // Another node that took over says the same again.
        mark(office, id, OURS, outcomes.split_off(1)).await;
        clock.advance(HOUR * 2);
        mark(office, id, Went::Out(None), vec![(0, taken())]).await;

        let found = office.deliveries(Over::Day).await.unwrap();
        let counts = Counts { delivered: 21, deferred: 1, dead: 1, spam: 1, policy: 1, failed: 1 };
        assert_eq!(found.all, counts);
        assert_eq!((counts.answered(), counts.refused(), counts.blocked()), (25, 4, 2));
        let [place] = found.places.as_slice() else { panic!("{:?}", found.places) };
        assert_eq!((place.destination.as_deref(), place.counts), (Some("large.example"), counts));
        assert_eq!(place.waits, Waits([20, 0, 0, 0, 1, 0]));
        assert_eq!(place.waits.half_within(), Some(10));
        let egresses: Vec<_> =
            found.egresses.iter().map(|one| (one.egress.as_str(), one.counts.answered())).collect();
        assert_eq!(egresses, [("192.0.2.7", 24), ("", 1)]);
        let [sender] = found.senders.as_slice() else { panic!("{:?}", found.senders) };
        let named = office.name_domains(vec![sender.domain.unwrap()]).await.unwrap();
        assert_eq!(named.values().next().unwrap().0.as_str(), "example.com");
        assert_eq!(sender.counts, counts);
        assert_eq!(found.times.len(), 24);
        let last: Vec<i64> = found.times.iter().rev().take(3).map(|one| one.counts.answered()).collect();
        assert_eq!(last, [1, 0, 24], "by the hour, without gaps");
        let week = office.deliveries(Over::Week).await.unwrap();
        assert_eq!((week.all, week.times.len()), (counts, 7));
    });
}

#[test]
fn what_stays_here_is_not_counted_nor_how_long_somebody_thought_about_it() {
    on_both_engines(async |db, clock| {
        let test = TestOffice::open(db.clone()).await;
        let (office, ann) = (&test.office, test.session("ann@example.com").await.mailbox());
        let id = office.enqueue(message(Some(ann), "example.com", 1, None)).await.unwrap().unwrap();
        mark(office, id, Went::Here, vec![(0, taken())]).await;
        let id = office.enqueue(message(Some(ann), "large.example", 1, None)).await.unwrap().unwrap();
        mark(office, id, Went::Nowhere, vec![(0, refused("450 4.7.1 it waited for too long"))]).await;
        assert_eq!(office.deliveries(Over::Day).await.unwrap().all, Counts::default());
        let hold = Hold {
            code: "campaign".into(),
            value: 20,
            limit: 20,
            sentence: "alike".into(),
            number: None,
            score: None,
        };
        let held = office.enqueue(message(Some(ann), "far.example", 1, Some(hold))).await.unwrap().unwrap();
        clock.advance(HOUR);
        db.write(move |tx| PostOffice::release_held_in(tx, held)).await.unwrap();
        mark(office, held, OURS, vec![(0, taken())]).await;
        let own = office.enqueue(message(None, "far.example", 1, None)).await.unwrap().unwrap();
        mark(office, own, OURS, vec![(0, taken())]).await;
        let found = office.deliveries(Over::Day).await.unwrap();
        assert_eq!((found.all.delivered, found.waits), (2, Waits([1, 0, 0, 0, 0, 0])));
        assert!(found.senders.iter().any(|one| one.domain.is_none()), "the house itself: {found:?}");
    });
}

#[test]
fn destinations_of_few_have_no_name_and_after_a_day_none_is_kept() {
    on_both_engines(async |db, clock| {
        let test = TestOffice::open(db.clone()).await;
        let (office, ann) = (&test.office, test.session("ann@example.com").await.mailbox());
        let few = usize::try_from(FEW).unwrap();
        deliver(office, ann, "small.example", few - 1).await;
        deliver(office, ann, "large.example", few).await;
        clock.advance(HOUR);
        deliver(office, ann, "tiny.example", 1).await;
        let names = async |over| {
            let found = office.deliveries(over).await.unwrap();
            let named = found.places.into_iter().map(|one| (one.destination, one.counts.delivered));
            named.collect::<Vec<_>>()
        };
        let shown = [(Some("large.example".to_owned()), FEW), (None, FEW)];
        assert_eq!(names(Over::Day).await, shown);
        let kept = async || {
            let sql = "SELECT DISTINCT destination FROM delivery_destinations ORDER BY destination";
            db.read(move |tx| tx.query(sql, &[], |row| row.get::<String>(0))).await.unwrap()
        };
        office.sweep_deliveries().await.unwrap();
        assert_eq!(kept().await.len(), 3, "while it is shown by the hour");
        clock.advance(HOUR * 24 * 2);
        office.sweep_deliveries().await.unwrap();
        office.sweep_deliveries().await.unwrap();
        assert_eq!(kept().await, ["", "large.example"]);
        assert_eq!(names(Over::Day).await, []);
        assert_eq!(names(Over::Week).await, shown);
        let week = office.deliveries(Over::Week).await.unwrap();
        assert_eq!(week.senders[0].counts.delivered, 2 * FEW);
        assert_eq!(week.times[4].counts.delivered, 2 * FEW, "two days ago: {:?}", week.times);
        clock.advance(super::KEPT);
        office.sweep_deliveries().await.unwrap();
        assert_eq!(kept().await, Vec::<String>::new());
    });
}

#[test]
fn half_of_the_deliveries_took_no_longer_than_what_is_said() {
    assert_eq!(Waits::default().half_within(), None);
    assert_eq!(Waits([1, 0, 0, 0, 0, 0]).half_within(), Some(10));
    assert_eq!(Waits([1, 2, 0, 0, 0, 0]).half_within(), Some(60));
    assert_eq!(Waits([1, 0, 0, 0, 0, 2]).half_within(), Some(0));
    let mut waits = Waits::default();
    for seconds in [1, 10, 11, 3_601, 1_000_000] {
        waits.note(Duration::from_secs(seconds));
    }
    assert_eq!(waits, Waits([2, 1, 0, 0, 1, 1]));
}
