//! The whole way over the real mail store: in by the MX, out by submission and delivery, on both engines.

mod lists;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use base64::Engine;
use hickory_resolver::TokioResolver;
use mailkeep_mailbox::mailboxes::{ClassLimits, MailboxChange, SendingBlock};
use mailkeep_mailbox::messages::UidSet;
use mailkeep_mailbox::queue::{Envelope, Hold, NewQueued, NewRecipient, RecipientEnvelope};
use mailkeep_mailbox::testing::{PASSWORD, TestOffice};
use mailkeep_mailbox::{MailboxSession, PostOffice};
use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{DomainId, DomainName};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::client::TlsStream;
use tokio_util::sync::CancellationToken;

use super::MailHouse;
use crate::house::House as _;
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

/// Where names lead, with the keys of these domains.
async fn zone_with(office: &PostOffice, domains: &[DomainId], more: &[(&str, &str)]) -> TokioResolver {
    let mut records: Vec<(String, String)> =
        more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    for id in domains {
        let domain = office.domain(*id).await.unwrap().name;
        for key in office.dkim_public_keys(*id).await.unwrap() {
            records.push((
                format!("{}._domainkey.{domain}", key.selector),
                format!("TXT {}", key.record_text()),
            ));
        }
    }
    let borrowed: Vec<(&str, &str)> =
        records.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    resolver(&borrowed).await
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
    let mut domains = Vec::new();
    for name in ["example.com", "house.example"] {
        let domain = test.domain(name).await;
        test.office.ensure_dkim_keys(domain).await.unwrap();
        domains.push(domain);
    }
    let zone = zone_with(&test.office, &domains, &[]).await;
    let verifier = Verifier::new(zone, "far.example", Duration::from_secs(10));
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
    let more = [("far.example", "A 127.0.0.1"), ("_dmarc.example.com", "TXT v=DMARC1; p=reject")];
    let zone = zone_with(&test.office, &[domain], &more).await;
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
            bulk: false,
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
