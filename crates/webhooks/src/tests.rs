use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{IpAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mailkeep_policy::egress::Way;
use mailkeep_policy::{Policy, Subject};
use mailkeep_storage::jobs::Jobs;
use mailkeep_storage::sql::{Database, Dialect, SqlError, params};
use mailkeep_types::{CustomerId, ManualClock, PersonId, StaffId};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::deliveries::{Delivery, DeliveryState, PATIENCE, wait_after};
use crate::endpoints::{NewEndpoint, Registrar, Whose};
use crate::events::{Event, EventKind, emit};
use crate::{Hosts, LookedUp, PROGRAMS, WebhookError, Webhooks, WebhooksConfig};

/// A request as it came.
#[derive(Debug, Clone)]
struct Heard {
    headers: Vec<(String, String)>,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// A program that hears and answers what it is told to, and 200 after that.
struct Program {
    url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
}

impl Program {
    fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let (heard, answers) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(VecDeque::new())));
        let (to, from) = (Arc::clone(&heard), Arc::clone(&answers));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut bytes = Vec::new();
                let mut part = [0u8; 4096];
                let request = loop {
                    let Ok(count) = stream.read(&mut part) else { break None };
                    if count == 0 {
                        break None;
                    }
                    bytes.extend_from_slice(&part[..count]);
                    if let Some(request) = whole(&bytes) {
                        break Some(request);
                    }
                };
                let Some(request) = request else { continue };
                to.lock().unwrap().push(request);
                let answer = from.lock().unwrap().pop_front().unwrap_or("200 OK");
                let text = format!(
                    "HTTP/1.1 {answer}\r\nContent-Length: 5\r\nLocation: /elsewhere\r\nConnection: close\r\n\r\nheard"
                );
                let _ = stream.write_all(text.as_bytes());
            }
        });
        Program { url, heard, answers }
    }

    fn answer(&self, answers: &[&'static str]) {
        self.answers.lock().unwrap().extend(answers);
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

fn whole(bytes: &[u8]) -> Option<Heard> {
    let text = String::from_utf8(bytes.to_vec()).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let headers: Vec<(String, String)> = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length: usize = headers.iter().find(|(name, _)| name == "content-length")?.1.parse().ok()?;
    (body.len() >= length).then(|| Heard { headers, body: body.to_owned() })
}

/// Names that a test knows.
struct Names(Vec<(&'static str, Vec<IpAddr>)>);

impl Hosts for Names {
    fn addresses<'a>(&'a self, host: &'a str) -> LookedUp<'a> {
        Box::pin(async move {
            let found = self.0.iter().find(|(known, _)| *known == host);
            found.map(|(_, addresses)| addresses.clone()).ok_or_else(|| "no such name".to_owned())
        })
    }
}

struct Bench {
    db: Database,
    clock: Arc<ManualClock>,
    webhooks: Webhooks,
    customer: CustomerId,
    stop: CancellationToken,
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Bench {
    async fn new(db: Database, clock: Arc<ManualClock>, inside: bool, names: Names) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let policy: Policy = mailkeep_policy::testing::policy(&db).await;
        let way = Way { destination: PROGRAMS, host: "*".to_owned(), country: "*".to_owned() };
        policy.egress().open(policy.compiled(), way).unwrap();
        let config = WebhooksConfig {
            allow_private_addresses: inside,
            timeout_seconds: 5,
            ..WebhooksConfig::default()
        };
        let webhooks = Webhooks::open(db.clone(), policy, config, Arc::new(names)).unwrap();
        let customer = CustomerId::new(&*clock);
        let stop = CancellationToken::new();
        let runner = crate::jobs::register(Jobs::builder(db.clone()), &webhooks).run(stop.clone());
        tokio::spawn(runner);
        Bench { db, clock, webhooks, customer, stop }
    }

    fn whose(&self) -> Whose {
        Whose::Customer(self.customer)
    }

    async fn register(&self, url: &str, events: &[EventKind]) -> Uuid {
        let person = PersonId::new(&*self.clock);
        self.webhooks.policy().create_key(Subject::person(person)).await.unwrap();
        let by = Registrar::Person(person);
        let new = NewEndpoint { url: url.to_owned(), events: events.to_vec() };
        self.webhooks.register_endpoint(self.whose(), by, new).await.unwrap().endpoint.id
    }

    async fn happens(&self, kind: EventKind, customer: CustomerId) {
        self.db
            .write(move |tx| emit(tx, &Event { kind, customer, data: json!({ "id": "thing" }) }))
            .await
            .unwrap();
    }

    /// Waits until the log of an endpoint is as wanted; gives it.
    async fn until(&self, endpoint: Uuid, wanted: impl Fn(&[Delivery]) -> bool) -> Vec<Delivery> {
        for _ in 0..600 {
            let log = self.log(endpoint).await;
            if wanted(&log) {
                return log;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("still not: {:?}", self.log(endpoint).await);
    }

    async fn log(&self, endpoint: Uuid) -> Vec<Delivery> {
        self.webhooks.page_deliveries(self.whose(), endpoint, None, 100).await.unwrap()
    }
}

/// Runs a test on both engines: `on_both!(name, |db, clock| async move { … });`
macro_rules! on_both {
    ($name:ident, $body:expr) => {
        mod $name {
            use super::*;

            #[test]
            fn sqlite() {
                run(Dialect::Sqlite, $body);
            }

            #[test]
            fn postgres() {
                run(Dialect::Postgres, $body);
            }
        }
    };
}

fn run<F, R>(dialect: Dialect, body: F)
where
    F: FnOnce(Database, Arc<ManualClock>) -> R,
    R: Future<Output = ()>,
{
    let clock = ManualClock::at("2026-03-01");
    let given = Arc::clone(&clock);
    mailkeep_storage::testing::run_at(dialect, clock, |db| body(db, given));
}

fn all(state: DeliveryState) -> impl Fn(&[Delivery]) -> bool {
    move |log| !log.is_empty() && log.iter().all(|one| one.state == state)
}

on_both!(what_happens_is_told_to_whom_it_concerns, |db, clock| async move {
    let bench = Bench::new(db, clock, true, Names(Vec::new())).await;
    let (own, house, other) = (Program::listen(), Program::listen(), Program::listen());
    let endpoint = bench.register(&own.url, &[EventKind::InvoiceIssued]).await;
    let staff = Registrar::Staff(StaffId::new(&*bench.clock));
    let for_all = NewEndpoint { url: house.url.clone(), events: Vec::new() };
    let of_house = bench.webhooks.register_endpoint(Whose::House, staff, for_all).await.unwrap();
    let stranger = Whose::Customer(CustomerId::new(&*bench.clock));
    let theirs = NewEndpoint { url: other.url.clone(), events: Vec::new() };
    let person = Registrar::Person(PersonId::new(&*bench.clock));
    bench.webhooks.register_endpoint(stranger, person, theirs).await.unwrap();

    bench.happens(EventKind::InvoiceIssued, bench.customer).await;
    bench.happens(EventKind::OrderPlaced, bench.customer).await;
    let log = bench.until(endpoint, all(DeliveryState::Delivered)).await;
    assert_eq!((log.len(), log[0].kind.as_str(), log[0].status), (1, "invoice.issued", Some(200)));
    assert_eq!((log[0].answer.as_deref(), log[0].attempts), (Some("heard"), 1));
    for _ in 0..400 {
        if house.heard().len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(house.heard().len(), 2, "the house is told everything");
    assert_eq!(other.heard().len(), 0, "nobody is told what concerns others");
    let heard = &own.heard()[0];
    let body: Value = serde_json::from_str(&heard.body).unwrap();
    assert_eq!(body["type"], "invoice.issued");
    assert_eq!(body["data"], json!({ "id": "thing", "customer": bench.customer.to_string() }));
    assert_eq!(body["timestamp"], "2026-03-01T00:00:00Z");
    let id = crate::signing::message_id(log[0].event);
    assert_eq!((heard.header("webhook-id"), heard.header("webhook-timestamp")), (id.as_str(), "1772323200"));
    let secret = bench.webhooks.show_secret(bench.whose(), endpoint).await.unwrap().secret;
    assert!(secret.expose().starts_with("whsec_"));
    let expected = crate::signing::signatures(&[secret], &id, bench.db.now(), &heard.body);
    assert_eq!(heard.header("webhook-signature"), expected);
    // Nobody sees or touches what is not theirs.
    let of_house = of_house.endpoint.id;
    let shown = bench.webhooks.show_endpoint(bench.whose(), of_house).await;
    assert!(matches!(shown, Err(WebhookError::NotFound)));
    let removed = bench.webhooks.remove_endpoint(stranger, endpoint).await;
    assert!(matches!(removed, Err(WebhookError::NotFound)));
    let read = bench.webhooks.page_deliveries(stranger, endpoint, None, 10).await;
    assert!(matches!(read, Err(WebhookError::NotFound)));
});

on_both!(what_is_not_heard_is_tried_again_and_what_is_rolled_back_never_was, |db, clock| async move {
    let bench = Bench::new(db, clock, true, Names(Vec::new())).await;
    let program = Program::listen();
    program.answer(&["500 Oh", "302 Found"]);
    let endpoint = bench.register(&program.url, &[]).await;
    let customer = bench.customer;
    let refused = bench
        .db
        .write(move |tx| -> Result<(), SqlError> {
            emit(tx, &Event { kind: EventKind::OrderPlaced, customer, data: json!({}) })?;
            Err(SqlError::NotFound)
        })
        .await;
    assert!(refused.is_err());
    bench.happens(EventKind::OrderFulfilled, customer).await;
    let log = bench.until(endpoint, |log| log.iter().any(|one| one.attempts == 1)).await;
    assert_eq!((log.len(), log[0].state, log[0].status), (1, DeliveryState::Waiting, Some(500)));
    let waits = log[0].next_at.since(bench.db.now());
    assert!((5..=6).contains(&waits.as_secs()), "{waits:?}");
    assert!(bench.webhooks.show_endpoint(bench.whose(), endpoint).await.unwrap().failing_since.is_some());
    bench.clock.advance(Duration::from_secs(10));
    let log = bench.until(endpoint, |log| log[0].attempts == 2).await;
    assert_eq!(log[0].status, Some(302), "a redirect is not followed");
    bench.clock.advance(Duration::from_secs(400));
    let log = bench.until(endpoint, all(DeliveryState::Delivered)).await;
    assert_eq!(log[0].attempts, 3);
    let heard = program.heard();
    assert_eq!(heard.len(), 3);
    assert!(heard.iter().all(|one| one.body == heard[0].body), "the same bytes each time");
    assert!(heard.iter().all(|one| one.header("webhook-id") == heard[0].header("webhook-id")));
    assert_ne!(heard[0].header("webhook-signature"), heard[2].header("webhook-signature"));
    let endpoint = bench.webhooks.show_endpoint(bench.whose(), endpoint).await.unwrap();
    assert_eq!(endpoint.failing_since, None);
});

on_both!(who_is_silent_for_days_is_disabled_and_what_was_missed_is_replayed, |db, clock| async move {
    let bench = Bench::new(db, clock, true, Names(Vec::new())).await;
    let program = Program::listen();
    program.answer(&["503 Busy"; 2]);
    let endpoint = bench.register(&program.url, &[]).await;
    let begun = bench.db.now();
    bench.happens(EventKind::InvoiceIssued, bench.customer).await;
    bench.until(endpoint, |log| log.iter().any(|one| one.attempts == 1)).await;
    bench.clock.advance(PATIENCE);
    bench.until(endpoint, all(DeliveryState::Failed)).await;
    let off = bench.webhooks.show_endpoint(bench.whose(), endpoint).await.unwrap();
    assert_eq!(off.disabled_why.as_deref(), Some("failing"));
    let told = bench
        .db
        .read(|tx| {
            let sql = "SELECT COUNT(*) FROM outbound_messages WHERE template = $1";
            tx.query_one(sql, params!["webhooks/endpoint_disabled"], |row| -> Result<i64, SqlError> {
                row.get(0)
            })
        })
        .await
        .unwrap();
    assert_eq!(told, 1);

    // What happens meanwhile is not sent, and can be asked for later.
    bench.happens(EventKind::CreditNoteIssued, bench.customer).await;
    let refused = bench.webhooks.replay_since(bench.whose(), endpoint, begun).await;
    assert!(matches!(refused, Err(WebhookError::State(_))), "{refused:?}");
    bench.webhooks.enable_endpoint(bench.whose(), endpoint).await.unwrap();
    assert_eq!(bench.webhooks.replay_since(bench.whose(), endpoint, begun).await.unwrap(), 2);
    let delivered = |log: &[Delivery], wanted: usize| {
        log.iter().filter(|one| one.state == DeliveryState::Delivered).count() == wanted
    };
    let log = bench.until(endpoint, |log| delivered(log, 2)).await;
    // Identifiers of one moment stand in no order.
    let of = |kind: &str| log.iter().find(|one| one.replayed && one.kind == kind).cloned().unwrap();
    let (invoice, note) = (of("invoice.issued"), of("credit_note.issued"));
    assert_eq!(log.len(), 3);
    assert_eq!(log.iter().find(|one| !one.replayed).unwrap().event, invoice.event, "under the same name");
    bench.clock.advance(Duration::from_secs(1));
    let again = bench.webhooks.replay(bench.whose(), endpoint, note.id).await.unwrap();
    let log = bench.until(endpoint, |log| delivered(log, 3)).await;
    assert_eq!((log[3].id, log[3].event), (again, note.event));
    bench.clock.advance(Duration::from_secs(1));

    // 410 says that it will never be there again.
    program.answer(&["410 Gone"]);
    bench.webhooks.test_endpoint(bench.whose(), endpoint).await.unwrap();
    bench.until(endpoint, |log| log.len() == 5 && log[4].state == DeliveryState::Failed).await;
    let off = bench.webhooks.show_endpoint(bench.whose(), endpoint).await.unwrap();
    assert_eq!(off.disabled_why.as_deref(), Some("gone"));
    bench.clock.advance(Duration::from_secs(40 * 86_400));
    bench.until(endpoint, |log| log.is_empty()).await;
    bench.webhooks.remove_endpoint(bench.whose(), endpoint).await.unwrap();
});

on_both!(two_secrets_sign_during_a_rotation, |db, clock| async move {
    let bench = Bench::new(db, clock, true, Names(Vec::new())).await;
    let program = Program::listen();
    let endpoint = bench.register(&program.url, &[]).await;
    let old = bench.webhooks.show_secret(bench.whose(), endpoint).await.unwrap().secret;
    let new = bench.webhooks.rotate_secret(bench.whose(), endpoint).await.unwrap().secret;
    assert_ne!(old, new);
    bench.webhooks.test_endpoint(bench.whose(), endpoint).await.unwrap();
    bench.until(endpoint, all(DeliveryState::Delivered)).await;
    bench.clock.advance(Duration::from_secs(25 * 3600));
    bench.webhooks.test_endpoint(bench.whose(), endpoint).await.unwrap();
    bench.until(endpoint, |log| log.len() == 2 && log[1].state == DeliveryState::Delivered).await;
    let heard = program.heard();
    let (during, after) = (heard[0].header("webhook-signature"), heard[1].header("webhook-signature"));
    assert_eq!((during.split(' ').count(), after.split(' ').count()), (2, 1));
    let at = mailkeep_types::Timestamp::from_seconds(heard[0].header("webhook-timestamp").parse().unwrap());
    let expected = crate::signing::signatures(&[new, old], heard[0].header("webhook-id"), at, &heard[0].body);
    assert_eq!(during, expected);
});

on_both!(nothing_is_sent_inside, |db, clock| async move {
    let inside: IpAddr = "127.0.0.1".parse().unwrap();
    let outside: IpAddr = "1.1.1.1".parse().unwrap();
    let names = Names(vec![
        ("inside.example", vec![inside]),
        ("both.example", vec![outside, inside]),
        ("metadata.example", vec!["169.254.169.254".parse().unwrap()]),
    ]);
    let bench = Bench::new(db, clock, false, names).await;
    for (host, fault) in [
        ("inside.example", "private"),
        ("both.example", "private"),
        ("metadata.example", "private"),
        ("nowhere.example", "name"),
    ] {
        let endpoint = bench.register(&format!("https://{host}/hooks"), &[]).await;
        bench.webhooks.test_endpoint(bench.whose(), endpoint).await.unwrap();
        let log = bench.until(endpoint, |log| log.iter().any(|one| one.attempts == 1)).await;
        assert_eq!((log[0].fault.as_deref(), log[0].status), (Some(fault), None), "{host}");
    }
    let by = Registrar::Person(PersonId::new(&*bench.clock));
    for url in ["http://example.com/", "https://127.0.0.1/", "https://[fd00::1]/", "https://10.0.0.1:8443/"] {
        let new = NewEndpoint { url: url.to_owned(), events: Vec::new() };
        let refused = bench.webhooks.register_endpoint(bench.whose(), by, new).await;
        assert!(matches!(refused, Err(WebhookError::Field { field: "url", .. })), "{url}");
    }
    for number in 4..10 {
        bench.register(&format!("https://n{number}.example/"), &[]).await;
    }
    let new = NewEndpoint { url: "https://eleventh.example/".to_owned(), events: Vec::new() };
    let refused = bench.webhooks.register_endpoint(bench.whose(), by, new).await;
    assert!(matches!(refused, Err(WebhookError::Field { field: "url", .. })), "{refused:?}");
});

#[test]
fn the_calendar_of_tries_takes_three_days() {
    let id = Uuid::nil();
    let waits: Vec<Duration> = (1..=9).map(|attempts| wait_after(attempts, id).unwrap()).collect();
    assert_eq!(waits[0], Duration::from_secs(5));
    assert!(waits.windows(2).all(|pair| pair[0] < pair[1]));
    let sum: Duration = waits.iter().sum();
    assert!(sum >= PATIENCE && sum < PATIENCE + Duration::from_secs(6 * 3600), "{sum:?}");
    assert_eq!(wait_after(10, id), None);
    assert!(wait_after(2, Uuid::max()).unwrap() <= Duration::from_secs(330));
}
