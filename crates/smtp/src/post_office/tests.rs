//! The whole way over the real mail store: in by the MX, out by submission and delivery, on both engines.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use base64::Engine;
use mailkeep_mailbox::addresses::NewList;
use mailkeep_mailbox::lists::{GuestFilter, GuestState, Invitations};
use mailkeep_mailbox::mailboxes::{ClassLimits, MailboxChange, SendingBlock};
use mailkeep_mailbox::messages::UidSet;
use mailkeep_mailbox::queue::{Envelope, Hold, NewQueued, NewRecipient, RecipientEnvelope};
use mailkeep_mailbox::testing::{PASSWORD, TestOffice};
use mailkeep_mailbox::{MailboxSession, PostOffice};
use mailkeep_policy::Subject;
use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{AliasId, CustomerId, DomainId, DomainName, GuestId};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::client::TlsStream;
use tokio_util::sync::CancellationToken;

use super::MailHouse;
use crate::house::{BoxFuture, House as _, HouseError, ListLinks};
use crate::receive::Verifier;
use crate::testing::{Peer, resolver, tls};
use crate::{Delivery, DeliveryConfig, MxConfig, SmtpConfig, SmtpDeps, SmtpServer, SubmissionTls};

struct House {
    mx: SocketAddr,
    submission: SocketAddr,
    connector: tokio_rustls::TlsConnector,
}

fn config(remote_port: u16) -> SmtpConfig {
    SmtpConfig {
        host_name: "mx.example.com".into(),
        mx: MxConfig { verify: false, ..MxConfig::default() },
        delivery: DeliveryConfig { remote_port, ..DeliveryConfig::default() },
        ..SmtpConfig::default()
    }
}

async fn start(office: &PostOffice) -> House {
    let (server_tls, connector) = tls::pair();
    let deps = SmtpDeps {
        house: MailHouse::new(office.clone()),
        resolver: resolver(&[]).await,
        tls: Some(Arc::new(ArcSwap::from(server_tls))),
        clock: office.clock().clone(),
        policy: None,
    };
    let server = SmtpServer::new(deps, config(25)).unwrap();
    let (mx_listener, submission_listener) =
        (TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap());
    let (mx, submission) = (mx_listener.local_addr().unwrap(), submission_listener.local_addr().unwrap());
    let other = server.clone();
    tokio::spawn(async move { server.serve_mx(mx_listener, CancellationToken::new()).await });
    tokio::spawn(async move {
        other.serve_submission(submission_listener, SubmissionTls::Implicit, CancellationToken::new()).await;
    });
    House { mx, submission, connector }
}

impl House {
    async fn mx(&self) -> Peer<TcpStream> {
        let mut peer = Peer::new(TcpStream::connect(self.mx).await.unwrap());
        peer.reply().await;
        peer.say("EHLO far.example").await;
        peer
    }

    async fn submission(&self, address: &str, password: &str) -> (Peer<TlsStream<TcpStream>>, String) {
        let stream = TcpStream::connect(self.submission).await.unwrap();
        let stream = self.connector.connect("mx.example.com".try_into().unwrap(), stream).await.unwrap();
        let mut peer = Peer::new(stream);
        peer.reply().await;
        peer.say("EHLO laptop").await;
        let answer = base64::engine::general_purpose::STANDARD.encode(format!("\0{address}\0{password}"));
        let reply = peer.say(&format!("AUTH PLAIN {answer}")).await;
        (peer, reply)
    }
}

async fn send<S>(peer: &mut Peer<S>, from: &str, to: &[&str], subject: &str) -> String
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let reply = peer.say(&format!("MAIL FROM:<{from}>")).await;
    if !reply.starts_with("250") {
        return reply;
    }
    for one in to {
        let reply = peer.say(&format!("RCPT TO:<{one}>")).await;
        if !reply.starts_with("250") {
            peer.say("RSET").await;
            return reply;
        }
    }
    assert!(peer.say("DATA").await.starts_with("354"));
    peer.send(format!("From: <{from}>\r\nSubject: {subject}\r\n\r\nhello\r\n.\r\n").as_bytes()).await;
    peer.reply().await
}

/// The messages of a folder by its name.
async fn read(session: &MailboxSession, folder: &str) -> Vec<String> {
    let folder = session.find_folder(folder).await.unwrap();
    let all = session.read_messages(folder.id, &UidSet::all()).await.unwrap();
    all.into_iter().map(|(_, bytes)| String::from_utf8(bytes.to_vec()).unwrap()).collect()
}

both_engines!(mail_comes_in, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let domain = test.domain("example.com").await;
    let ann = test.mailbox(domain, "ann@example.com").await;
    let session = test.office.session(ann).await.unwrap();
    let house = start(&test.office).await;
    let mut peer = house.mx().await;
    assert!(
        send(&mut peer, "x@far.example", &["Ann+shop@example.com", "ann@example.com"], "one")
            .await
            .starts_with("250")
    );
    assert!(send(&mut peer, "x@far.example", &["nobody@example.com"], "two").await.starts_with("550 5.1.1"));
    assert!(
        send(&mut peer, "x@far.example", &["ann@unproven.example"], "three").await.starts_with("550 5.7.1")
    );
    let inbox = read(&session, "INBOX").await;
    assert_eq!(inbox.len(), 1, "once for each mailbox");
    assert!(inbox[0].starts_with("Return-Path: <x@far.example>\r\n") && inbox[0].ends_with("\r\nhello\r\n"));
});

both_engines!(who_reads_complaints_is_named_and_signs_as_well, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let mut records = Vec::new();
    for name in ["example.com", "house.example"] {
        let domain = test.domain(name).await;
        test.office.ensure_dkim_keys(domain).await.unwrap();
        for key in test.office.dkim_public_keys(domain).await.unwrap() {
            records
                .push((format!("{}._domainkey.{name}", key.selector), format!("TXT {}", key.record_text())));
        }
    }
    let borrowed: Vec<(&str, &str)> =
        records.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let verifier = Verifier::new(resolver(&borrowed).await, "far.example", Duration::from_secs(10));
    let passes = async |message: &[u8]| {
        let sender = "ann@example.com".parse().unwrap();
        let verdict = verifier.verify("127.0.0.1".parse().unwrap(), "far", Some(&sender), message).await;
        verdict.field.matches("dkim=pass").count()
    };
    let house = |to: &str| MailHouse::new(test.office.clone()).with_complaints_to(Some(to.parse().unwrap()));
    let sign = async |house: MailHouse, domain: &str, more: &str| {
        let message = format!("{more}From: ann@{domain}\r\nSubject: hello\r\n\r\nhello\r\n");
        let signed = house.sign(&domain.parse().unwrap(), message.into_bytes()).await.unwrap();
        (signed.clone(), String::from_utf8(signed).unwrap())
    };
    let (bytes, text) = sign(house("abuse@house.example"), "example.com", "").await;
    assert!(text.contains("\r\nCFBL-Address: abuse@house.example; report=arf\r\nFrom: "), "{text}");
    assert_eq!((passes(&bytes).await, text.matches("DKIM-Signature: ").count()), (4, 4), "{text}");
    let without = text.replace("abuse@house.example", "eve@far.example");
    assert_eq!(passes(without.as_bytes()).await, 0, "nobody else can be named afterwards");
    let (bytes, text) = sign(house("abuse@house.example"), "house.example", "").await;
    assert_eq!((passes(&bytes).await, text.matches("DKIM-Signature: ").count()), (2, 2), "its own mail once");
    let (_, text) = sign(house("abuse@keyless.example"), "example.com", "").await;
    assert!(!text.contains("CFBL-Address: "), "who cannot sign is not named: {text}");
    let own = "CFBL-Address: fbl@example.com; report=arf\r\n";
    let (_, text) = sign(house("abuse@house.example"), "example.com", own).await;
    assert_eq!((text.matches("CFBL-Address: ").count(), text.matches("DKIM-Signature: ").count()), (1, 2));
});

both_engines!(mail_goes_out_signed_and_is_told_when_it_fails, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let domain = test.domain("example.com").await;
    test.office.ensure_dkim_keys(domain).await.unwrap();
    let ann = test.mailbox(domain, "ann@example.com").await;
    let session = test.office.session(ann).await.unwrap();
    let house = start(&test.office).await;
    let (_, wrong) = house.submission("ann@example.com", "wrong-password-1").await;
    assert!(wrong.starts_with("535 5.7.8"), "{wrong}");
    let (mut peer, right) = house.submission("ann@example.com", PASSWORD).await;
    assert!(right.starts_with("235"), "{right}");
    assert!(
        send(&mut peer, "boss@example.com", &["x@far.example"], "not mine").await.starts_with("550 5.7.1")
    );
    let reply = send(&mut peer, "ann@example.com", &["x@far.example", "gone@nowhere.example"], "hello").await;
    assert!(reply.starts_with("250"), "{reply}");

    // The far side writes down what it gets.
    let far = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = far.local_addr().unwrap().port();
    let sink = tokio::spawn(async move {
        let (stream, _) = far.accept().await.unwrap();
        let mut peer = Peer::new(stream);
        peer.send(b"220 far\r\n").await;
        let mut content = String::new();
        loop {
            let line = peer.line().await;
            match line.as_str() {
                "DATA" => peer.send(b"354 go\r\n").await,
                "." => {
                    peer.send(b"250 ok\r\n").await;
                    return content;
                }
                _ if line.starts_with("EHLO") || line.starts_with("MAIL") || line.starts_with("RCPT") => {
                    peer.send(b"250 ok\r\n").await;
                }
                _ => content.push_str(&format!("{line}\r\n")),
            }
        }
    });
    let mut records = vec![("far.example".to_owned(), "A 127.0.0.1".to_owned())];
    for key in test.office.dkim_public_keys(domain).await.unwrap() {
        let name = format!("{}._domainkey.example.com", key.selector);
        records.push((name, format!("TXT {}", key.record_text())));
    }
    records.push(("_dmarc.example.com".to_owned(), "TXT v=DMARC1; p=reject".to_owned()));
    let borrowed: Vec<(&str, &str)> =
        records.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let zone = resolver(&borrowed).await;
    let (roots, clock) = (rustls::RootCertStore::empty(), test.office.clock().clone());
    let delivery =
        Delivery::new(MailHouse::new(test.office.clone()), &config(port), zone.clone(), roots, clock)
            .unwrap();
    let stop = CancellationToken::new();
    let token = stop.clone();
    let worker = tokio::spawn(async move { delivery.run(token).await });
    let content = tokio::time::timeout(Duration::from_secs(30), sink).await.unwrap().unwrap();
    assert_eq!(content.matches("DKIM-Signature: ").count(), 2, "{content}");
    let verifier = Verifier::new(zone, "far.example", Duration::from_secs(10));
    let sender = "ann@example.com".parse().unwrap();
    let verdict =
        verifier.verify("127.0.0.1".parse().unwrap(), "far", Some(&sender), content.as_bytes()).await;
    assert_eq!(verdict.field.matches("dkim=pass").count(), 2, "{}", verdict.field);
    assert!(verdict.field.contains("dmarc=pass"), "{}", verdict.field);

    // The recipient that does not exist comes back as a report, by way of the queue, into ann's own mailbox.
    let mut watch = session.watch();
    let report = async {
        loop {
            if let Some(report) = read(&session, "INBOX").await.pop() {
                return report;
            }
            watch.changed().await;
        }
    };
    let report = tokio::time::timeout(Duration::from_secs(30), report).await.unwrap();
    assert!(
        report
            .contains("Final-Recipient: rfc822; gone@nowhere.example\r\nAction: failed\r\nStatus: 5.1.2\r\n"),
        "{report}"
    );
    stop.cancel();
    worker.await.unwrap();
    assert_eq!(test.office.queue_counts().await.unwrap().messages, 0);
});

both_engines!(blocks_and_limits_stop_sending, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let class = ClassLimits {
        recipients_per_message: Some(3),
        recipients_per_day: Some(4),
        recipients_per_day_when_new: Some(4),
        ..ClassLimits::default()
    };
    let domain = test.domain_with("example.com", None, class).await;
    let ann = test.mailbox(domain, "ann@example.com").await;
    test.mailbox(domain, "ben@example.com").await;
    let house = start(&test.office).await;
    let (mut peer, _) = house.submission("ann@example.com", PASSWORD).await;
    let four = ["a@far.example", "b@far.example", "c@far.example", "d@far.example"];
    assert!(send(&mut peer, "ann@example.com", &four, "many").await.starts_with("550 5.5.3"));
    assert!(send(&mut peer, "ann@example.com", &four[..3], "some").await.starts_with("250"));
    assert!(send(&mut peer, "ann@example.com", &["ben@example.com"], "one here").await.starts_with("250"));
    let over = send(&mut peer, "ann@example.com", &four[..1], "one too many").await;
    assert!(over.starts_with("450 4.7.1"), "{over}");
    let over = send(&mut peer, "ann@example.com", &["ben@example.com"], "here too").await;
    assert!(over.starts_with("450 4.7.1"), "{over}");
    assert_eq!(test.office.queue_counts().await.unwrap().messages, 1);
    test.office.set_sending_block(ann, SendingBlock::Abuse, true).await.unwrap();
    let blocked = send(&mut peer, "ann@example.com", &four[..1], "blocked").await;
    assert!(blocked.starts_with("550 5.7.1"), "{blocked}");
});

both_engines!(a_list_goes_on_to_its_guests_and_failures_stay_with_it, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let domain = test.domain("example.com").await;
    let ann = test.mailbox(domain, "ann@example.com").await;
    let (list, _) =
        list_with(&test, domain, "all@example.com", &["carol@far.example", "dan@far.example"]).await;
    test.office.add_list_mailbox(list, ann).await.unwrap();
    let asked = vec!["eve@far.example".parse().unwrap()];
    test.office.invite_guests(list, asked, invitations()).await.unwrap();
    let session = test.office.session(ann).await.unwrap();
    let house = start(&test.office).await;
    let mut peer = house.mx().await;
    assert!(send(&mut peer, "x@far.example", &["all@example.com"], "to all").await.starts_with("250"));
    assert_eq!(read(&session, "INBOX").await.len(), 1);
    let onward = test.office.claim_queued(10, Duration::from_secs(60)).await.unwrap();
    assert_eq!(onward[0].envelope.return_path, "all+bounces@example.com");
    let mut to: Vec<&str> = onward[0].recipients.iter().map(|one| one.envelope.address.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["carol@far.example", "dan@far.example"], "who was only asked gets nothing");
    assert_eq!(onward[0].recipients[0].envelope.notify.as_deref(), Some("NEVER"));

    // The copy comes back by way of a member: it does not go round.
    let copy = test.office.queued_content(onward[0].id).await.unwrap();
    peer.say("MAIL FROM:<carol@far.example>").await;
    peer.say("RCPT TO:<all@example.com>").await;
    peer.say("DATA").await;
    peer.send(&[&copy, b".\r\n".as_slice()].concat()).await;
    let answer = peer.reply().await;
    assert!(answer.starts_with("554 5.4.6"), "{answer}");

    // A failure is reported to the list, and reaches nobody; others cannot write there.
    let answer = send(&mut peer, "x@far.example", &["all+bounces@example.com"], "not a report").await;
    assert!(answer.starts_with("550 5.7.1"), "{answer}");
    assert!(send(&mut peer, "", &["all+bounces@example.com"], "a report").await.starts_with("250"));
    assert_eq!(read(&session, "INBOX").await.len(), 1);
    assert_eq!(test.office.queue_counts().await.unwrap().messages, 1);
});

/// Leads guests to a site.
struct Site;

impl ListLinks for Site {
    fn link(&self, _: CustomerId, token: String) -> BoxFuture<'_, Result<String, HouseError>> {
        Box::pin(async move { Ok(format!("https://www.example.com/lists/{token}")) })
    }
}

fn invitations() -> Invitations {
    Invitations { language: "en".to_owned(), most: None }
}

/// A list whose guests have joined, in their order.
async fn list_with(
    test: &TestOffice,
    domain: DomainId,
    address: &str,
    guests: &[&str],
) -> (AliasId, Vec<GuestId>) {
    // Addresses of guests rest under the customer's key.
    test.office.policy().create_key(Subject::customer(test.customer)).await.unwrap();
    let new = NewList { domain, address: address.parse().unwrap(), mailboxes: Vec::new() };
    let list = test.office.add_list(new).await.unwrap();
    let asked = guests.iter().map(|one| one.parse().unwrap()).collect();
    test.office.invite_guests(list, asked, invitations()).await.unwrap();
    let summary = test.office.list_summary(list).await.unwrap();
    let mut joined = Vec::new();
    for guest in guests {
        let filter = GuestFilter::Address(guest.parse().unwrap());
        let found = test.office.guests_of_list(&summary, filter, 0, 1).await.unwrap();
        joined.push(found.guests[0].id);
        test.office.join_list(found.guests[0].id).await.unwrap();
    }
    (list, joined)
}

/// Takes every message on loopback and hands it over; recipients whose address begins with `no` do not exist.
async fn sink() -> (u16, tokio::sync::mpsc::UnboundedReceiver<(Vec<String>, String)>) {
    let far = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = far.local_addr().unwrap().port();
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = far.accept().await {
            let sender = sender.clone();
            tokio::spawn(async move {
                let mut peer = Peer::new(stream);
                peer.send(b"220 far\r\n").await;
                let (mut to, mut content, mut in_data) = (Vec::new(), String::new(), false);
                loop {
                    let line = peer.line().await;
                    match line.as_str() {
                        "" if !in_data => return,
                        "." if in_data => {
                            in_data = false;
                            let _ = sender.send((std::mem::take(&mut to), std::mem::take(&mut content)));
                        }
                        _ if in_data => {
                            content.push_str(&format!("{}\r\n", line.strip_prefix('.').unwrap_or(&line)));
                            continue;
                        }
                        "DATA" => {
                            in_data = true;
                            peer.send(b"354 go\r\n").await;
                            continue;
                        }
                        line if line.starts_with("RCPT TO:<no") => {
                            peer.send(b"550 5.1.1 No such user\r\n").await;
                            continue;
                        }
                        line if line.starts_with("RCPT") => to.push(line.to_owned()),
                        _ => {}
                    }
                    peer.send(b"250 ok\r\n").await;
                }
            });
        }
    });
    (port, receiver)
}

both_engines!(each_guest_gets_a_signed_copy_with_a_way_out_of_their_own, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let domain = test.domain("example.com").await;
    test.office.ensure_dkim_keys(domain).await.unwrap();
    test.mailbox(domain, "ann@example.com").await;
    let names = ["carol@far.example", "dan@far.example", "fay@far.example", "nobody@far.example"];
    let (list, guests) = list_with(&test, domain, "news@example.com", &names).await;
    let house = start(&test.office).await;
    let (mut ann, _) = house.submission("ann@example.com", PASSWORD).await;
    let (port, mut taken) = sink().await;
    let mut records = vec![("far.example".to_owned(), "A 127.0.0.1".to_owned())];
    for key in test.office.dkim_public_keys(domain).await.unwrap() {
        let name = format!("{}._domainkey.example.com", key.selector);
        records.push((name, format!("TXT {}", key.record_text())));
    }
    records.push(("_dmarc.example.com".to_owned(), "TXT v=DMARC1; p=reject".to_owned()));
    let borrowed: Vec<(&str, &str)> =
        records.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let zone = resolver(&borrowed).await;
    let (roots, clock) = (rustls::RootCertStore::empty(), test.office.clock().clone());
    let mail_house = MailHouse::new(test.office.clone()).with_links(Arc::new(Site));
    let delivery = Delivery::new(mail_house, &config(port), zone.clone(), roots, clock).unwrap();
    let stop = CancellationToken::new();
    let token = stop.clone();
    let worker = tokio::spawn(async move { delivery.run(token).await });
    let mut next =
        async || tokio::time::timeout(Duration::from_secs(30), taken.recv()).await.unwrap().unwrap();
    let emptied = async || {
        while test.office.queue_counts().await.unwrap().messages > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };

    assert!(send(&mut ann, "ann@example.com", &["news@example.com"], "issue 1").await.starts_with("250"));
    let mut links = std::collections::BTreeSet::new();
    for _ in 0..3 {
        let (to, content) = next().await;
        assert_eq!(to.len(), 1, "one transaction for each: {to:?}");
        let at = names.iter().position(|name| to[0].contains(name)).unwrap();
        let link = format!("https://www.example.com/lists/{}", test.office.guest_token(guests[at]));
        for field in [
            format!("List-Unsubscribe: <{link}>\r\n"),
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n".to_owned(),
            "List-Id: <news.example.com>\r\n".to_owned(),
            "List-Post: <mailto:news@example.com>\r\n".to_owned(),
            "Precedence: list\r\n".to_owned(),
        ] {
            assert_eq!(content.matches(&field).count(), 1, "{field} in {content}");
        }
        links.insert(link);
        // The author's two signatures hold, and those of the list, which cover the way out (RFC 8058).
        assert_eq!(content.matches("DKIM-Signature: ").count(), 4, "{content}");
        let verifier = Verifier::new(zone.clone(), "far.example", Duration::from_secs(10));
        let sender = "news+bounces@example.com".parse().unwrap();
        let from = "127.0.0.1".parse().unwrap();
        let verdict = verifier.verify(from, "far", Some(&sender), content.as_bytes()).await;
        assert_eq!(verdict.field.matches("dkim=pass").count(), 4, "{}", verdict.field);
        let unfolded = content.replace("\r\n\t", "").replace("\r\n ", "").replace(' ', "");
        let covers = |field: &str| {
            let heads = unfolded.split("h=").skip(1).filter_map(|rest| rest.split(';').next());
            heads.filter(|signed| signed.split(':').any(|one| one == field)).count()
        };
        assert_eq!((covers("List-Unsubscribe"), covers("List-Unsubscribe-Post")), (2, 2), "{unfolded}");
    }
    assert_eq!(links.len(), 3);

    // What comes from elsewhere with an address of the list's domain in From, and proves nothing, is not signed by it.
    emptied().await;
    let mut peer = house.mx().await;
    assert!(send(&mut peer, "ann@example.com", &["news@example.com"], "forged").await.starts_with("250"));
    for _ in 0..3 {
        let (_, content) = next().await;
        assert!(content.contains("forged") && content.contains("List-Unsubscribe: <https://"), "{content}");
        assert!(!content.contains("DKIM-Signature"), "{content}");
    }

    // Who leaves gets nothing any more, also of what was on its way; an address that is gone goes after the third message.
    emptied().await;
    test.office.leave_list(guests[1]).await.unwrap();
    for issue in ["issue 2", "issue 3"] {
        assert!(send(&mut ann, "ann@example.com", &["news@example.com"], issue).await.starts_with("250"));
        for _ in 0..2 {
            let (to, content) = next().await;
            assert!(!to[0].contains("dan@") && content.contains(issue), "{to:?}");
        }
        emptied().await;
    }
    let summary = test.office.list_summary(list).await.unwrap();
    let count = |state| summary.count(state);
    assert_eq!(
        (count(GuestState::Joined), count(GuestState::Left), count(GuestState::Unreachable)),
        (2, 1, 1)
    );
    stop.cancel();
    worker.await.unwrap();
});

both_engines!(a_full_mailbox_is_told_at_rcpt, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let domain = test.domain("example.com").await;
    let ann = test.mailbox(domain, "ann@example.com").await;
    let quota = async |bytes| {
        let change = MailboxChange { quota_bytes: Some(bytes), ..MailboxChange::default() };
        test.office.change_mailbox(ann, change).await.unwrap();
    };
    quota(100_000).await;
    let house = start(&test.office).await;
    let mut peer = house.mx().await;
    assert!(peer.say("MAIL FROM:<x@far.example> SIZE=200000").await.starts_with("250"));
    let answer = peer.say("RCPT TO:<ann@example.com>").await;
    assert!(answer.starts_with("452 4.2.2"), "{answer}");
    peer.say("RSET").await;
    assert!(send(&mut peer, "x@far.example", &["ann@example.com"], "fits").await.starts_with("250"));
    quota(100).await;
    let answer = send(&mut peer, "x@far.example", &["ann@example.com"], "does not").await;
    assert!(answer.starts_with("452 4.2.2"), "{answer}");
});

both_engines!(what_is_given_back_is_reported_to_its_sender_once, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let office = &test.office;
    let house = MailHouse::new(office.clone());
    let ann = test.session("ann@example.com").await;
    let held = async |notify: Option<&str>| {
        let envelope = RecipientEnvelope {
            address: "bob@far.example".into(),
            notify: notify.map(str::to_owned),
            orcpt: None,
            guest: None,
        };
        let new = NewQueued {
            sender: Some(ann.mailbox()),
            unique_key: None,
            envelope: Envelope { return_path: "ann@example.com".into(), ..Envelope::default() },
            content: bytes::Bytes::from_static(b"Subject: offer\r\n\r\nbuy\r\n"),
            recipients: vec![NewRecipient { envelope, domain: DomainName::parse("far.example").unwrap() }],
            hold: Some(Hold {
                code: "campaign".into(),
                value: 20,
                limit: 20,
                sentence: "much the same".into(),
                number: None,
                score: None,
            }),
            expires_at: None,
        };
        office.enqueue(new).await.unwrap().unwrap()
    };
    let words = "nobody decided on it within 48 hours";
    let give_back =
        async |id| house.give_back(id, "mx.example.com", words, Box::new(|_| Ok(()))).await.unwrap();
    let id = held(None).await;
    assert!(give_back(id).await && !give_back(id).await);
    let queued = office.list_queued(10).await.unwrap();
    assert_eq!(queued.len(), 1);
    assert_eq!((queued[0].sender, queued[0].destinations[0].0.as_str()), (None, "example.com"));
    let report = office.queued_content(queued[0].id).await.unwrap();
    let report = String::from_utf8(report.to_vec()).unwrap();
    for part in ["To: <ann@example.com>", "<bob@far.example>", words, "Status: 5.7.1", "Subject: offer"] {
        assert!(report.contains(part), "{part} is not in {report}");
    }
    assert!(give_back(held(Some("NEVER")).await).await);
    assert_eq!(office.list_queued(10).await.unwrap().len(), 1, "no report was asked for");
});
