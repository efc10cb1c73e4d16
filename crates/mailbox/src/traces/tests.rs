//! What became of messages on both engines: found by whoever knows them, by nobody else, and as long as the policy says.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::{CustomerId, DomainName, EmailAddress, ManualClock, SharedClock};

use super::{StepKind, TraceQuery, Way};
use crate::PostOffice;
use crate::folders::Role;
use crate::messages::{DeliverTo, Delivery, prepare};
use crate::queue::{Envelope, Hold, NewQueued, NewRecipient, Outcome, RecipientEnvelope};
use crate::testing::TestOffice;

fn on_both_engines(body: impl AsyncFn(Database, Arc<ManualClock>)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| body(db, Arc::clone(&clock)).await);
    }
}

fn address(text: &str) -> Option<EmailAddress> {
    Some(EmailAddress::parse(text).unwrap())
}

/// Way, place and steps of what was found.
async fn found(office: &PostOffice, customer: CustomerId, query: TraceQuery) -> Vec<(Way, i64, Vec<String>)> {
    let traces = office.find_traces(customer, query).await.unwrap();
    let told = |step: &super::Step| {
        let code = step.code.map(|code| format!(" {code}")).unwrap_or_default();
        let more = step.status.as_deref().or(step.word.as_deref()).map(|more| format!(" {more}"));
        format!("{}{code}{}", step.kind.word(), more.unwrap_or_default())
    };
    traces.iter().map(|trace| (trace.way, trace.position, trace.steps.iter().map(told).collect())).collect()
}

#[test]
fn what_was_sent_is_followed_to_each_final_answer() {
    on_both_engines(async |db, clock| {
        let test = TestOffice::open(db.clone()).await;
        let office = &test.office;
        let ann = test.session("ann@example.com").await.mailbox();
        let to = ["bob@far.example", "eve@else.example"];
        let recipients = to.map(|address| NewRecipient {
            envelope: RecipientEnvelope {
                address: address.to_owned(),
                notify: None,
                orcpt: None,
                guest: None,
            },
            domain: DomainName::parse(address.rsplit_once('@').unwrap().1).unwrap(),
        });
        let hold = Hold {
            code: "campaign".into(),
            value: 20,
            limit: 20,
            sentence: "much the same".into(),
            number: None,
            score: None,
        };
        let new = NewQueued {
            sender: Some(ann),
            unique_key: None,
            envelope: Envelope { return_path: "ann@example.com".into(), ..Envelope::default() },
            content: Bytes::from_static(b"Message-ID: <one@example.com>\r\nSubject: out\r\n\r\nbody\r\n"),
            recipients: recipients.to_vec(),
            hold: Some(hold),
            expires_at: None,
            bulk: false,
        };
        let id = office.enqueue(new).await.unwrap().unwrap();
        let second = Duration::from_secs(1);
        clock.advance(second);
        db.write(move |tx| PostOffice::release_held_in(tx, id)).await.unwrap();
        clock.advance(second);
        let at = db.now();
        let answer = "450 4.7.1 greylisted, bob@far.example".to_owned();
        let later = Outcome::Retry { at, code: Some(450), answer, delay_reported: false };
        let gone = Outcome::Failed { code: Some(550), answer: "550 5.1.1 no such user".into() };
        office.mark_queued(id, vec![(0, later), (1, gone)]).await.unwrap();
        clock.advance(second);
        office
            .mark_queued(id, vec![(0, Outcome::Delivered { answer: "250 2.0.0 ok".into() })])
            .await
            .unwrap();

        let bob = vec!["held campaign", "released", "deferred 450 4.7.1", "delivered 250 2.0.0"];
        let eve = vec!["held campaign", "released", "failed 550 5.1.1"];
        let query = TraceQuery { sender: address("Ann@Example.com"), ..TraceQuery::default() };
        let all = found(office, test.customer, query).await;
        let owned = |steps: &[&str]| steps.iter().map(|step| (*step).to_owned()).collect::<Vec<_>>();
        assert_eq!(all, [(Way::Out, 0, owned(&bob)), (Way::Out, 1, owned(&eve))]);
        let one = TraceQuery { recipient: address("eve@else.example"), ..TraceQuery::default() };
        assert_eq!(found(office, test.customer, one).await, [(Way::Out, 1, owned(&eve))]);
        let query = |id: &str| TraceQuery { message_id: Some(id.to_owned()), ..TraceQuery::default() };
        assert_eq!(found(office, test.customer, query("<one@example.com>")).await.len(), 2);
        assert_eq!(found(office, test.customer, query("two@example.com")).await, []);
        let stranger = CustomerId::new(&**db.clock());
        assert_eq!(found(office, stranger, query("one@example.com")).await, [], "another's");
        let before = TraceQuery { until: Some(at.minus(second * 10)), ..TraceQuery::default() };
        assert_eq!(found(office, test.customer, before).await, []);

        clock.advance(Duration::from_secs(31 * 24 * 3600));
        let due = mailkeep_policy::retention::run(office.policy()).await.unwrap();
        let rows = |table| due.iter().find(|due| due.table == table).map(|due| due.rows);
        assert_eq!((rows("mail_traces"), rows("mail_trace_steps")), (Some(2), Some(5)));
        assert_eq!(found(office, test.customer, TraceQuery::default()).await, []);
    });
}

#[test]
fn what_came_is_found_by_its_sender_and_by_the_mailbox() {
    on_both_engines(async |db, _| {
        let test = TestOffice::open(db).await;
        let office = &test.office;
        let ann = test.session("ann@example.com").await.mailbox();
        let raw =
            "Return-Path: <bob@far.example>\r\nMessage-ID: <in@far.example>\r\nSubject: in\r\n\r\nhello\r\n";
        let message = Arc::new(prepare(&Bytes::from(raw)));
        let junk = Delivery { folder: DeliverTo::Role(Role::Junk), ..Delivery::to_inbox(ann, message) };
        office.deliver(vec![junk]).await.unwrap();
        let stored = [(Way::In, 0, vec!["delivered junk".to_owned()])];
        let query = TraceQuery::default();
        for query in [
            TraceQuery { sender: address("bob@far.example"), ..query.clone() },
            TraceQuery { recipient: address("ann@example.com"), ..query.clone() },
            TraceQuery { message_id: Some("in@far.example".to_owned()), ..query.clone() },
            query.clone(),
        ] {
            assert_eq!(found(office, test.customer, query).await, stored);
        }
        let wrong = TraceQuery { recipient: address("bob@far.example"), ..query };
        assert_eq!(found(office, test.customer, wrong).await, [], "the other way round");
        assert_eq!(StepKind::ALL.map(StepKind::word).map(StepKind::from_word), StepKind::ALL.map(Some));
    });
}
