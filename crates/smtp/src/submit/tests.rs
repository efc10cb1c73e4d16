//! Submission over real sockets with TLS.

use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::client::TlsStream;
use tokio_util::sync::CancellationToken;

use mailkeep_types::EmailAddress;

use crate::house::Authorship;
use crate::testing::{MemoryHouse, Peer, mailbox, resolver, tls};
use crate::{SmtpConfig, SmtpDeps, SmtpServer, SubmissionTls};

async fn sign_in(house: &MemoryHouse, name: &str) -> Peer<TlsStream<TcpStream>> {
    let (server_tls, connector) = tls::pair();
    let deps = SmtpDeps {
        house: house.clone(),
        resolver: resolver(&[]).await,
        tls: Some(Arc::new(ArcSwap::from(server_tls))),
        clock: house.clock.clone(),
        policy: None,
    };
    let config = SmtpConfig { host_name: "mail.example.com".into(), ..SmtpConfig::default() };
    let server = SmtpServer::new(deps, config).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        server.serve_submission(listener, SubmissionTls::StartTls, CancellationToken::new()).await;
    });
    let mut peer = Peer::new(TcpStream::connect(address).await.unwrap());
    peer.reply().await;
    peer.say("EHLO laptop").await;
    assert!(peer.say("STARTTLS").await.starts_with("220"));
    let stream = connector.connect("mx.example.com".try_into().unwrap(), peer.0).await.unwrap();
    let mut peer = Peer::new(stream);
    peer.say("EHLO laptop").await;
    let answer = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        format!("\0{name}@example.com\0right"),
    );
    assert!(peer.say(&format!("AUTH PLAIN {answer}")).await.starts_with("235"));
    peer
}

async fn send(peer: &mut Peer<TlsStream<TcpStream>>, from: &str, to: &[&str], message: &str) -> String {
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
    peer.send(format!("{message}\r\n.\r\n").as_bytes()).await;
    peer.reply().await
}

#[tokio::test]
async fn mail_is_completed_signed_and_queued() {
    let house = MemoryHouse::new();
    let mut peer = sign_in(&house, "ada").await;
    let message = "From: Ada <info@example.com>\r\nBcc: hidden@far.example\r\nSubject: hello\r\n\r\nhi";
    let reply = send(&mut peer, "ada@example.com", &["x@far.example", "bob@example.com"], message).await;
    assert!(reply.starts_with("250 2.0.0"), "{reply}");
    let queued = house.queued().pop().unwrap();
    assert_eq!(queued.recipients.len(), 2);
    let text = String::from_utf8(queued.content.to_vec()).unwrap();
    assert!(
        text.starts_with(
            "DKIM-Signature: d=example.com\r\nReceived: from client\r\n\tby mail.example.com with ESMTPSA id "
        ),
        "{text}"
    );
    assert!(
        text.contains("\r\nMessage-ID: <") && text.contains("\r\nDate: Sun, 1 Mar 2026 00:00:00 +0000\r\n")
    );
    assert!(!text.contains("hidden") && !text.contains("127.0.0.1"), "{text}");
}

#[tokio::test]
async fn a_message_to_one_mailbox_here_is_stored_at_once() {
    let house = MemoryHouse::new();
    let mut peer = sign_in(&house, "ada").await;
    let message = "From: ada@example.com\r\n\r\nhi";
    assert!(send(&mut peer, "ada@example.com", &["bob@example.com"], message).await.starts_with("250"));
    assert!(house.queued().is_empty());
    let (_, text) = house.messages("bob").pop().unwrap();
    assert!(text.starts_with("Return-Path: <ada@example.com>\r\nDKIM-Signature:"), "{text}");
    assert!(
        send(&mut peer, "ada@example.com", &["late@example.com"], message).await.starts_with("452 4.2.2")
    );
}

#[tokio::test]
async fn senders_must_be_ones_own_and_limits_hold() {
    let house = MemoryHouse::new();
    let mut peer = sign_in(&house, "ada").await;
    let own = "From: ada@example.com\r\n\r\nhi";
    for (from, to, message, code) in [
        ("bob@example.com", vec!["x@far.example"], own, "550 5.7.1"),
        ("x@far.example", vec!["y@far.example"], own, "550 5.7.1"),
        ("ada@example.com", vec!["x@far.example"], "From: bob@example.com\r\n\r\nhi", "550 5.7.1"),
        (
            "ada@example.com",
            vec!["x@far.example"],
            "From: ada@example.com, boss@far.example\r\n\r\nhi",
            "550 5.7.1",
        ),
        (
            "ada@example.com",
            vec!["x@far.example"],
            "From: ada@example.com\r\nSender: bob@example.com\r\n\r\nhi",
            "550 5.7.1",
        ),
        ("ada@example.com", vec!["x@far.example"], "Subject: no author\r\n\r\nhi", "550 5.6.0"),
        ("ada@example.com", vec!["nobody@example.com"], own, "550 5.1.1"),
        (
            "ada@example.com",
            vec!["a@far.example", "b@far.example", "c@far.example", "d@far.example"],
            own,
            "550 5.5.3",
        ),
        ("", vec!["x@far.example"], "From: bob@example.com\r\n\r\nhi", "550 5.7.1"),
        ("", vec!["x@far.example"], own, "250 2.0.0"),
    ] {
        let reply = send(&mut peer, from, &to, message).await;
        assert!(reply.starts_with(code), "{from} {message}: {reply}");
    }
    assert_eq!(house.queued().len(), 1);
    let mut peer = sign_in(&house, "bob").await;
    let reply =
        send(&mut peer, "bob@example.com", &["x@far.example"], "From: bob@example.com\r\n\r\nhi").await;
    assert!(reply.starts_with("550 5.7.1 Sending is stopped"), "{reply}");
}

#[tokio::test]
async fn letters_of_pages_meet_the_same_checks() {
    let house = MemoryHouse::new();
    let deps = SmtpDeps {
        house: house.clone(),
        resolver: resolver(&[]).await,
        tls: None,
        clock: house.clock.clone(),
        policy: None,
    };
    let server = SmtpServer::new(deps, SmtpConfig::default()).unwrap();
    let send = |who: &str, from: &str, to: &[&str], message: &str| {
        let address = |text: &str| EmailAddress::parse(text).unwrap();
        let (reception, who) = (server.submission_reception(), mailbox(who));
        let here = std::net::Ipv4Addr::LOCALHOST.into();
        let (from, to) = (address(from), to.iter().map(|to| address(to)).collect());
        let message = message.as_bytes().to_vec();
        async move { reception.take_letter(who, here, from, to, message).await }
    };
    let own = "From: ada@example.com\r\nBcc: x@far.example\r\n\r\nhi\r\n";
    send("ada", "ada@example.com", &["x@far.example", "bob@example.com"], own).await.unwrap();
    let queued = house.queued();
    assert_eq!(queued[0].recipients.len(), 2);
    assert!(!String::from_utf8_lossy(&queued[0].content).contains("Bcc:"));
    for (who, from, to, message, code, names) in [
        ("ada", "bob@example.com", vec!["x@far.example"], own, 550, false),
        ("ada", "ada@example.com", vec!["x@far.example"], "From: bob@example.com\r\n\r\nhi", 550, false),
        ("ada", "ada@example.com", vec!["x@far.example", "nobody@example.com"], own, 550, true),
        ("ada", "ada@example.com", vec![], own, 554, false),
        ("bob", "bob@example.com", vec!["x@far.example"], "From: bob@example.com\r\n\r\nhi", 550, false),
    ] {
        let refused = send(who, from, &to, message).await.unwrap_err();
        assert_eq!((refused.reply.code(), refused.recipient.is_some()), (code, names), "{from} {message}");
    }
    assert_eq!(house.queued().len(), 1);
}

#[tokio::test]
async fn departments_take_their_letters_before_the_rest_goes() {
    let house = MemoryHouse::new();
    let mut peer = sign_in(&house, "ada").await;
    let message = "From: Ada <ada@example.com>\r\nSubject: hello\r\n\r\nhi";
    let reply = send(&mut peer, "ada@example.com", &["support@example.com"], message).await;
    assert!(reply.starts_with("250 2.0.0"), "{reply}");
    let sent = ("support@example.com".to_owned(), Some("ada@example.com".to_owned()), Authorship::Proven);
    assert_eq!((house.letters(), house.queued().len()), (vec![sent], 0));
    let both = ["support@example.com", "x@far.example"];
    assert!(send(&mut peer, "ada@example.com", &both, message).await.starts_with("250"));
    let queued = house.queued().pop().unwrap();
    assert_eq!((house.letters().len(), queued.recipients.len()), (2, 1));
    assert_eq!(queued.recipients[0].0.to_string(), "x@far.example");
}
