//! Delivery to scripted servers on loopback, with a name server on loopback.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use futures_util::future::BoxFuture;
use mailkeep_protocols::smtp::{MailParams, Notify, RcptParams, Ret};
use mailkeep_types::{Clock, EmailAddress};
use parking_lot::Mutex;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{Delivery, TlsMode};
use crate::departures::{Departures, HeldBack, HeldBackBy, Leaving};
use crate::house::{House, NewMessage};
use crate::testing::{LINK, MemoryHouse, Peer, resolver, tls};
use crate::{DeliveryConfig, DestinationConfig, MxConfig, SmtpConfig, SmtpDeps, SmtpServer};

/// What a scripted server heard, line by line.
type Heard = Arc<Mutex<Vec<String>>>;

/// A server that answers by the local part of the recipient: `no` 550, `later` 451; `features` follow its EHLO.
async fn scripted(listener: TcpListener, features: &'static [&'static str], heard: Heard) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        heard.lock().push("(connected)".into());
        let heard = heard.clone();
        tokio::spawn(async move {
            let mut peer = Peer::new(stream);
            peer.send(b"220 far\r\n").await;
            loop {
                let line = peer.line().await;
                heard.lock().push(line.clone());
                let reply = match line.get(..4).unwrap_or_default() {
                    "" => return,
                    "EHLO" => {
                        let lines: String = features.iter().map(|f| format!("250-{f}\r\n")).collect();
                        format!("250-far\r\n{lines}250 HELP\r\n")
                    }
                    "RCPT" if line.contains("<no@") => "550 5.1.1 unknown\r\n".into(),
                    "RCPT" if line.contains("<spam@") => "550 5.7.1 blocked for spam\r\n".into(),
                    "RCPT" if line.contains("<fast@") => "421 4.7.0 too many messages, slow down\r\n".into(),
                    "RCPT" if line.contains("<later@") => "451 4.2.0 come again\r\n".into(),
                    "DATA" => {
                        peer.send(b"354 go\r\n").await;
                        loop {
                            let line = peer.line().await;
                            if line == "." {
                                break;
                            }
                            heard.lock().push(line);
                        }
                        "250 2.0.0 got it\r\n".into()
                    }
                    "STAR" => "454 no TLS today\r\n".into(),
                    "QUIT" => "221 bye\r\n".into(),
                    _ => "250 ok\r\n".into(),
                };
                peer.send(reply.as_bytes()).await;
            }
        });
    }
}

fn config(port: u16, mode: TlsMode) -> SmtpConfig {
    let delivery = DeliveryConfig {
        remote_port: port,
        tls: mode,
        connect_seconds: 2,
        command_seconds: 5,
        retry_seconds: vec![60],
        ..DeliveryConfig::default()
    };
    SmtpConfig { host_name: "mail.example.com".into(), delivery, ..SmtpConfig::default() }
}

const RECORDS: [(&str, &str); 7] = [
    ("far.example", "MX 10 mx.far.example."),
    ("mx.far.example", "A 127.0.0.1"),
    ("implicit.example", "A 127.0.0.1"),
    ("nomail.example", "MX 0 ."),
    ("loop.example", "MX 5 mail.example.com."),
    ("mail.example.com", "A 127.0.0.9"),
    ("dead.example", "A 127.0.0.2"),
];

async fn run(house: &MemoryHouse, config: SmtpConfig) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    run_asking(house, config, Arc::new(crate::departures::Unhindered)).await
}

async fn run_asking(
    house: &MemoryHouse,
    config: SmtpConfig,
    departures: Arc<dyn Departures>,
) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    let roots = rustls::RootCertStore::empty();
    let delivery =
        Delivery::new(house.clone(), &config, resolver(&RECORDS).await, roots, house.clock.clone())
            .unwrap()
            .with_departures(departures);
    let stop = CancellationToken::new();
    let token = stop.clone();
    (stop, tokio::spawn(async move { delivery.run(token).await }))
}

fn message(to: &[&str]) -> NewMessage {
    NewMessage {
        hold: None,
        vouched: false,
        mailbox: None,
        sender: EmailAddress::parse("ada@example.com").ok(),
        params: MailParams { ret: Some(Ret::Headers), envid: Some("E1".into()), ..MailParams::default() },
        recipients: to.iter().map(|to| (EmailAddress::parse(to).unwrap(), RcptParams::default())).collect(),
        content: bytes::Bytes::from_static(b"Subject: x\r\n\r\n.dot\r\nhi\r\n"),
    }
}

async fn start_scripted(features: &'static [&'static str]) -> (SocketAddr, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, heard) = (listener.local_addr().unwrap(), Heard::default());
    tokio::spawn(scripted(listener, features, heard.clone()));
    (address, heard)
}

#[tokio::test]
async fn recipients_end_as_the_server_says_and_the_sender_is_told_once() {
    let (address, heard) = start_scripted(&["PIPELINING", "SIZE 1000", "8BITMIME", "DSN"]).await;
    let house = MemoryHouse::new();
    let (stop, task) = run(&house, config(address.port(), TlsMode::Opportunistic)).await;
    house.enqueue(message(&["yes@far.example", "no@far.example", "later@far.example"])).await.unwrap();
    // Three outcomes, then that of the report, which goes to ada's own mailbox.
    house.wait_for_log(4).await;
    let log = house.log();
    assert_eq!(log[0], ("yes@far.example".into(), "delivered".into()));
    assert_eq!(log[1], ("no@far.example".into(), "failed 550 5.1.1 unknown".into()));
    assert_eq!(log[2], ("later@far.example".into(), "deferred 451 4.2.0 come again".into()));
    assert_eq!(log[3], ("ada@example.com".into(), "delivered".into()));
    let (_, report) = house.messages("ada").pop().unwrap();
    assert!(
        report.starts_with("Return-Path: <>\r\n")
            && report.contains("Diagnostic-Code: smtp; 550 5.1.1 unknown\r\n")
    );
    assert!(
        report.contains("Final-Recipient: rfc822; no@far.example") && !report.contains("later@far.example")
    );
    assert!(report.contains("Original-Envelope-Id: E1") && report.contains("text/rfc822-headers"));
    assert!(
        heard.lock().contains(&"MAIL FROM:<ada@example.com> SIZE=24 RET=HDRS ENVID=E1".to_owned()),
        "{:?}",
        heard.lock()
    );
    assert!(heard.lock().contains(&"..dot".to_owned()));

    // The one that was put off is tried again when its time has come, over the same connection.
    house.clock.advance(Duration::from_secs(80));
    house.wake();
    house.wait_for_log(5).await;
    assert_eq!(heard.lock().iter().filter(|line| *line == "(connected)").count(), 1);
    // After four hours the sender learns that it takes longer, and after five days that it failed.
    house.clock.advance(Duration::from_secs(5 * 3600));
    house.wake();
    house.wait_for_log(7).await;
    let (_, report) = house.messages("ada").pop().unwrap();
    assert!(report.contains("Action: delayed\r\n") && report.contains("Will-Retry-Until:"), "{report}");
    house.clock.advance(Duration::from_secs(6 * 24 * 3600));
    house.wake();
    house.wait_for_log(9).await;
    let (_, report) = house.messages("ada").pop().unwrap();
    assert!(report.contains("Action: failed\r\nStatus: 5.4.7\r\n"), "{report}");
    assert_eq!(house.messages("ada").len(), 3);
    stop.cancel();
    task.await.unwrap();
    assert_eq!(heard.lock().last().map(String::as_str), Some("QUIT"));
}

#[tokio::test]
async fn domains_without_a_way_fail_or_wait() {
    let house = MemoryHouse::new();
    // Nobody listens on this port of the addresses in the zone.
    let (_reserved, free) = mailkeep_storage::testing::reserve_port().unwrap();
    let (_stop, _task) = run(&house, config(free, TlsMode::Opportunistic)).await;
    let mut new = message(&[
        "a@nomail.example",
        "a@nowhere.example",
        "a@loop.example",
        "a@dead.example",
        "a@mail.example.com",
    ]);
    new.sender = None;
    house.enqueue(new).await.unwrap();
    house.wait_for_log(5).await;
    let log = house.log();
    let of = |address: &str| log.iter().find(|(to, _)| to == address).map(|(_, word)| word.clone()).unwrap();
    assert!(of("a@nomail.example").starts_with("failed 556 5.1.10"), "{log:?}");
    assert!(of("a@nowhere.example").starts_with("failed 550 5.1.2"), "{log:?}");
    assert!(of("a@loop.example").starts_with("failed 550 5.4.6"), "{log:?}");
    assert!(of("a@dead.example").starts_with("deferred 451 4.4.1"), "{log:?}");
    assert_eq!(house.queued().len(), 1, "nobody reports to the null sender");
}

#[tokio::test]
async fn reports_keep_to_notify_and_servers_without_dsn_are_reported_for() {
    let (address, heard) = start_scripted(&[]).await;
    let house = MemoryHouse::new();
    let (_stop, _task) = run(&house, config(address.port(), TlsMode::Opportunistic)).await;
    let mut never = message(&["no@far.example"]);
    never.recipients[0].1.notify = Some(Notify::NEVER);
    house.enqueue(never).await.unwrap();
    house.wait_for_log(1).await;
    let mut success = message(&["yes@implicit.example"]);
    success.recipients[0].1 = RcptParams {
        notify: Some(Notify { success: true, failure: false, delay: false }),
        orcpt: Some(("rfc822".into(), "first@far.example".into())),
    };
    house.enqueue(success).await.unwrap();
    house.wait_for_log(3).await;
    let reports = house.messages("ada");
    assert_eq!(reports.len(), 1, "{:?}", house.log());
    let text = &reports[0].1;
    assert!(
        text.contains("Original-Recipient: rfc822; first@far.example\r\n")
            && text.contains("Action: relayed\r\n"),
        "{text}"
    );
    assert!(
        heard.lock().contains(&"RCPT TO:<yes@implicit.example>".to_owned()),
        "no DSN words for a server without it"
    );
}

#[tokio::test]
async fn a_message_that_the_server_cannot_take_is_not_sent() {
    let (address, heard) = start_scripted(&["SIZE 10"]).await;
    let house = MemoryHouse::new();
    let (_stop, _task) = run(&house, config(address.port(), TlsMode::Opportunistic)).await;
    house.enqueue(message(&["yes@far.example"])).await.unwrap();
    house.wait_for_log(1).await;
    assert!(house.log()[0].1.starts_with("failed 552 5.3.4"), "{:?}", house.log());
    let mut wide = message(&["yes@implicit.example"]);
    wide.content = "Subject: \u{fc}\r\n\r\n\r\n".into();
    house.enqueue(wide).await.unwrap();
    house.wait_for_log(3).await;
    assert!(
        house.log().iter().any(|(to, word)| to == "yes@implicit.example" && word.starts_with("failed 55"))
    );
    assert!(!heard.lock().iter().any(|line| line.starts_with("MAIL")));
}

#[tokio::test]
async fn tls_is_used_when_offered_and_done_without_when_it_fails() {
    // The remote side is our own MX with a certificate that nobody certified.
    let far = MemoryHouse::new();
    let (server_tls, _) = tls::pair();
    let deps = SmtpDeps {
        house: far.clone(),
        resolver: resolver(&[]).await,
        tls: Some(Arc::new(ArcSwap::from(server_tls))),
        clock: far.clock.clone(),
        policy: None,
    };
    let mx = MxConfig { verify: false, ..MxConfig::default() };
    let server = SmtpServer::new(deps, SmtpConfig { mx, ..SmtpConfig::default() }).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { server.serve_mx(listener, CancellationToken::new()).await });

    // To the far house, example.com is its own; here it is a domain elsewhere.
    let near = MemoryHouse::without_domain();
    let zone = resolver(&[("example.com", "A 127.0.0.1")]).await;
    let start = |mode| {
        let roots = rustls::RootCertStore::empty();
        Delivery::new(near.clone(), &config(port, mode), zone.clone(), roots, near.clock.clone()).unwrap()
    };
    let stop = CancellationToken::new();
    let (opportunistic, token) = (start(TlsMode::Opportunistic), stop.clone());
    let task = tokio::spawn(async move { opportunistic.run(token).await });
    near.enqueue(message(&["bob@example.com"])).await.unwrap();
    near.wait_for_log(1).await;
    let (_, text) = far.messages("bob").pop().unwrap();
    assert!(text.contains("with ESMTPS id") && text.contains("(using TLSv1.3 "), "{text}");
    stop.cancel();
    task.await.unwrap();

    let (verified, token) = (start(TlsMode::Verified), CancellationToken::new());
    tokio::spawn(async move { verified.run(token).await });
    near.enqueue(message(&["bob@example.com"])).await.unwrap();
    near.wait_for_log(2).await;
    assert!(near.log()[1].1.starts_with("deferred 451 4.7.5"), "{:?}", near.log());

    // A server that offers TLS and then refuses it gets the message without.
    let (address, heard) = start_scripted(&["STARTTLS"]).await;
    let house = MemoryHouse::new();
    let (_stop, _task) = run(&house, config(address.port(), TlsMode::Opportunistic)).await;
    house.enqueue(message(&["yes@far.example"])).await.unwrap();
    house.wait_for_log(1).await;
    assert_eq!(house.log()[0].1, "delivered");
    assert_eq!(heard.lock().iter().filter(|line| *line == "(connected)").count(), 2);
}

/// Stops mail of mailboxes while it is told to, and notes what was refused.
#[derive(Default)]
struct Gate {
    stops: Mutex<Option<HeldBack>>,
    refused: Mutex<Vec<String>>,
}

impl Departures for Gate {
    fn held_back<'a>(&'a self, leaving: Leaving<'a>) -> BoxFuture<'a, Result<Option<HeldBack>, String>> {
        let stops = self.stops.lock().filter(|_| leaving.mailbox.is_some() || leaving.of_list);
        Box::pin(async move { Ok(stops) })
    }

    fn refused<'a>(&'a self, leaving: Leaving<'a>) -> BoxFuture<'a, ()> {
        self.refused.lock().push(leaving.to.to_string());
        Box::pin(async {})
    }
}

#[tokio::test]
async fn what_is_held_back_is_not_tried_and_its_sender_told_of_the_delay_and_it_goes_on() {
    let (address, heard) = start_scripted(&["DSN"]).await;
    let (house, gate) = (MemoryHouse::new(), Arc::new(Gate::default()));
    *gate.stops.lock() = Some(HeldBack { by: HeldBackBy::Sender, until: None });
    let config = config(address.port(), TlsMode::Opportunistic);
    let (stop, task) = run_asking(&house, config, Arc::<Gate>::clone(&gate)).await;
    let mut new = message(&["yes@far.example"]);
    new.mailbox = Some(crate::testing::mailbox("ada"));
    house.enqueue(new).await.unwrap();
    house.wait_for_log(1).await;
    assert_eq!(house.log()[0], ("yes@far.example".into(), "waits Sender".into()));
    house.clock.advance(Duration::from_secs(4 * 3600 - 1));
    house.wake();
    house.clock.advance(Duration::from_secs(1));
    house.wake();
    house.wait_for_log(3).await;
    let log = house.log();
    assert_eq!((log[1].1.as_str(), log[2].0.as_str()), ("waits Sender", "ada@example.com"), "the report");
    let (_, report) = house.messages("ada").pop().unwrap();
    assert!(report.contains("Action: delayed\r\n") && report.contains("is stopped"), "{report}");
    assert!(heard.lock().is_empty(), "nobody was called");
    *gate.stops.lock() = None;
    house.clock.advance(Duration::from_secs(6 * 3600));
    house.wake();
    house.wait_for_log(4).await;
    assert_eq!(house.log()[3], ("yes@far.example".into(), "delivered".into()));
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn what_waits_for_too_long_comes_back() {
    let (address, _) = start_scripted(&["DSN"]).await;
    let (house, gate) = (MemoryHouse::new(), Arc::new(Gate::default()));
    let until = Some(house.clock.now().plus(Duration::from_secs(30 * 24 * 3600)));
    *gate.stops.lock() = Some(HeldBack { by: HeldBackBy::Destination, until });
    let config = config(address.port(), TlsMode::Opportunistic);
    let (_stop, _task) = run_asking(&house, config, gate).await;
    let mut new = message(&["yes@far.example"]);
    new.mailbox = Some(crate::testing::mailbox("ada"));
    house.enqueue(new).await.unwrap();
    house.wait_for_log(1).await;
    house.clock.advance(Duration::from_secs(5 * 24 * 3600));
    house.wake();
    house.wait_for_log(3).await;
    assert!(house.log()[1].1.starts_with("failed 450 4.7.1"), "{:?}", house.log());
    let (_, report) = house.messages("ada").pop().unwrap();
    assert!(report.contains("Action: failed\r\nStatus: 5.4.7\r\n"), "{report}");
}

#[tokio::test]
async fn refusals_for_spam_are_heard_and_others_are_not() {
    let (address, _) = start_scripted(&["DSN"]).await;
    let (house, gate) = (MemoryHouse::new(), Arc::new(Gate::default()));
    let config = config(address.port(), TlsMode::Opportunistic);
    let (_stop, _task) = run_asking(&house, config, Arc::<Gate>::clone(&gate)).await;
    for to in ["no@far.example", "later@far.example", "yes@far.example", "spam@implicit.example"] {
        let mut new = message(&[to]);
        (new.mailbox, new.sender) = (Some(crate::testing::mailbox("ada")), None);
        house.enqueue(new).await.unwrap();
    }
    let mut of_house = message(&["spam@far.example"]);
    of_house.sender = None;
    house.enqueue(of_house).await.unwrap();
    house.wait_for_log(5).await;
    assert_eq!(*gate.refused.lock(), ["implicit.example"]);
}

#[tokio::test]
async fn copies_of_a_list_wait_as_its_customer_does_and_are_not_even_opened() {
    let (address, heard) = start_scripted(&["DSN"]).await;
    let (house, gate) = (MemoryHouse::new(), Arc::new(Gate::default()));
    *gate.stops.lock() = Some(HeldBack { by: HeldBackBy::Sender, until: None });
    let config = config(address.port(), TlsMode::Opportunistic);
    let (stop, task) = run_asking(&house, config, Arc::<Gate>::clone(&gate)).await;
    let mut copy = message(&["carol@far.example"]);
    copy.sender = Some("news+bounces@example.com".parse().unwrap());
    house.enqueue(copy).await.unwrap();
    house.wait_for_log(1).await;
    assert_eq!(house.log()[0], ("carol@far.example".into(), "waits Sender".into()));
    assert!(heard.lock().is_empty());
    *gate.stops.lock() = None;
    house.clock.advance(Duration::from_secs(6 * 3600));
    house.wake();
    house.wait_for_log(2).await;
    assert_eq!(house.log()[1].1, "delivered");
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn a_guest_of_a_list_gets_a_copy_that_says_how_to_leave_and_nothing_after_that() {
    let (address, heard) = start_scripted(&["PIPELINING", "8BITMIME"]).await;
    let house = MemoryHouse::new();
    let (stop, task) = run(&house, config(address.port(), TlsMode::Opportunistic)).await;
    house.enqueue(message(&["carol@far.example", "yes@far.example"])).await.unwrap();
    house.wait_for_log(2).await;
    let lines = heard.lock().clone();
    let recipients: Vec<&String> = lines.iter().filter(|line| line.starts_with("RCPT")).collect();
    assert_eq!(lines.iter().filter(|line| *line == "DATA").count(), 2, "{recipients:?}");
    assert_eq!(lines.iter().filter(|line| **line == format!("List-Unsubscribe: <{LINK}>")).count(), 1);
    house.leave();
    house.enqueue(message(&["carol@far.example"])).await.unwrap();
    // The author is told what became of it, as they asked: this message was not a copy of a list.
    house.wait_for_log(3).await;
    let failed = ("carol@far.example".to_owned(), "failed 550 5.7.1 The recipient left the list".to_owned());
    assert!(house.log().contains(&failed), "{:?}", house.log());
    stop.cancel();
    task.await.unwrap();
}

async fn send_in_bulk(house: &MemoryHouse, to: &str) {
    let mut one = message(&[to]);
    one.sender = Some("bulk@example.com".parse().unwrap());
    house.enqueue(one).await.unwrap();
}

fn with_destination(port: u16, bulk_per_minute: u32) -> SmtpConfig {
    let mut config = config(port, TlsMode::Opportunistic);
    // By the name of its server: far.example has mx.far.example.
    let servers = vec!["far.example".to_owned()];
    let said = DestinationConfig { servers, bulk_per_minute: Some(bulk_per_minute), ..Default::default() };
    config.delivery.destinations = vec![said];
    config
}

#[tokio::test]
async fn mail_in_bulk_waits_for_its_turn_and_other_mail_does_not() {
    let (address, _) = start_scripted(&["DSN"]).await;
    let house = MemoryHouse::new();
    let (_stop, _task) = run(&house, with_destination(address.port(), 1)).await;
    for to in ["one@far.example", "two@far.example"] {
        send_in_bulk(&house, to).await;
    }
    house.wait_for_log(2).await;
    let mut log = house.log();
    log.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!([log[0].1.as_str(), &log[1].1], ["delivered", "waits Line"], "{log:?}");
    house.enqueue(message(&["yes@far.example"])).await.unwrap();
    send_in_bulk(&house, "three@implicit.example").await;
    house.wait_for_log(4).await;
    let later = &house.log()[2..];
    assert!(later.iter().all(|(_, became)| became == "delivered"), "{later:?}");
}

#[tokio::test]
async fn a_destination_gets_so_many_a_minute() {
    let (address, _) = start_scripted(&["DSN"]).await;
    let house = MemoryHouse::new();
    let begun = std::time::Instant::now();
    let (_stop, _task) = run(&house, with_destination(address.port(), 300)).await;
    for number in 0..6 {
        send_in_bulk(&house, &format!("reader{number}@far.example")).await;
    }
    house.wait_for_log(6).await;
    assert!(house.log().iter().all(|(_, became)| became == "delivered"));
    assert!(begun.elapsed() >= Duration::from_millis(1_000), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_destination_that_asks_for_it_gets_less_in_bulk() {
    let (address, _) = start_scripted(&["DSN"]).await;
    let house = MemoryHouse::new();
    let (_stop, _task) = run(&house, config(address.port(), TlsMode::Opportunistic)).await;
    send_in_bulk(&house, "fast@far.example").await;
    house.wait_for_log(1).await;
    assert!(house.log()[0].1.starts_with("deferred"), "{:?}", house.log());
    let begun = std::time::Instant::now();
    for to in ["one@far.example", "two@far.example", "three@far.example"] {
        send_in_bulk(&house, to).await;
    }
    house.wait_for_log(4).await;
    assert!(begun.elapsed() >= Duration::from_millis(1_900), "{:?}", begun.elapsed());
    assert!(house.log()[1..].iter().all(|(_, became)| became == "delivered"), "{:?}", house.log());
}
