//! The MX over real sockets, with a name server on loopback.

use mail_auth::common::crypto::Ed25519Key;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::house::Authorship;
use crate::submit::{SigningKey, sign};
use crate::testing::{MemoryHouse, Peer, resolver};
use crate::{MxConfig, SmtpConfig, SmtpDeps, SmtpServer};

async fn start(house: &MemoryHouse, records: &[(&str, &str)], verify: bool) -> std::net::SocketAddr {
    let config = SmtpConfig {
        host_name: "mx.example.com".into(),
        postmaster: "ada@example.com".into(),
        mx: MxConfig { verify, ..MxConfig::default() },
        ..SmtpConfig::default()
    };
    let deps = SmtpDeps {
        house: house.clone(),
        resolver: resolver(records).await,
        tls: None,
        clock: house.clock.clone(),
        policy: None,
    };
    let server = SmtpServer::new(deps, config).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { server.serve_mx(listener, CancellationToken::new()).await });
    address
}

async fn connect(address: std::net::SocketAddr) -> Peer<TcpStream> {
    let mut peer = Peer::new(TcpStream::connect(address).await.unwrap());
    assert!(peer.reply().await.starts_with("220"));
    assert!(peer.say("EHLO client.far.example").await.starts_with("250"));
    peer
}

/// Sends a message; the answer to its end.
async fn send(peer: &mut Peer<TcpStream>, from: &str, to: &[&str], message: &str) -> String {
    assert!(peer.say(&format!("MAIL FROM:<{from}>")).await.starts_with("250"));
    for one in to {
        let reply = peer.say(&format!("RCPT TO:<{one}>")).await;
        assert!(reply.starts_with("250"), "{one}: {reply}");
    }
    assert!(peer.say("DATA").await.starts_with("354"));
    peer.send(format!("{message}\r\n.\r\n").as_bytes()).await;
    peer.reply().await
}

const PLAIN: &str = "From: x@far.example\r\nSubject: hello\r\n\r\nhi";

#[tokio::test]
async fn recipients_are_answered_and_nothing_is_relayed() {
    let house = MemoryHouse::new();
    let address = start(&house, &[], false).await;
    let mut peer = connect(address).await;
    peer.say("MAIL FROM:<x@far.example>").await;
    for (recipient, code) in [
        ("<ada@example.com>", "250"),
        ("<Ada+lists@example.com>", "250"),
        ("<nobody@example.com>", "550 5.1.1"),
        ("<full@example.com>", "452 4.2.2"),
        ("<broken@example.com>", "451 4.3.0"),
        ("<x@elsewhere.example>", "550 5.7.1"),
        ("<@example.com:x@elsewhere.example>", "550 5.7.1"),
        ("<x%elsewhere.example@example.com>", "550 5.1.1"),
        ("<\"x@elsewhere.example\"@example.com>", "550 5.1.1"),
        ("<x@[127.0.0.1]>", "553 5.1.3"),
        ("<postmaster>", "250"),
    ] {
        let reply = peer.say(&format!("RCPT TO:{recipient}")).await;
        assert!(reply.starts_with(code), "{recipient}: {reply}");
    }
}

#[tokio::test]
async fn a_message_is_stamped_and_stored_once_for_each_mailbox() {
    let house = MemoryHouse::new();
    let address = start(&house, &[], false).await;
    let mut peer = connect(address).await;
    let message = format!(
        "Return-Path: <forged@x.example>\r\nAuthentication-Results: mx.example.com; dmarc=pass\r\n{PLAIN}"
    );
    let reply = send(
        &mut peer,
        "x@far.example",
        &["ada@example.com", "info@example.com", "bob@example.com"],
        &message,
    )
    .await;
    assert!(reply.starts_with("250 2.0.0 Stored as "), "{reply}");
    let stored = house.messages("ada");
    assert_eq!(stored.len(), 1);
    let (junk, text) = &stored[0];
    assert!(!junk && !text.contains("forged") && !text.contains("dmarc=pass"));
    assert!(text.starts_with("Return-Path: <x@far.example>\r\nAuthentication-Results: mx.example.com; none\r\nReceived: from client.far.example ([127.0.0.1])\r\n\tby mx.example.com with ESMTP id "), "{text}");
    assert!(!text.contains("for <"), "several recipients are not named");
    assert!(text.ends_with("Subject: hello\r\n\r\nhi\r\n"));
    assert_eq!(house.messages("bob").len(), 1);
}

#[tokio::test]
async fn lists_go_elsewhere_too_and_full_mailboxes_are_told() {
    let house = MemoryHouse::new();
    let address = start(&house, &[], false).await;
    let mut peer = connect(address).await;
    assert!(send(&mut peer, "x@far.example", &["all@example.com"], PLAIN).await.starts_with("250"));
    assert_eq!((house.messages("ada").len(), house.messages("bob").len()), (1, 1));
    let queued = house.queued();
    assert_eq!(queued[0].recipients[0].0.to_string(), "carol@far.example");
    assert!(String::from_utf8_lossy(&queued[0].content).contains("by mx.example.com"));

    assert!(send(&mut peer, "x@far.example", &["late@example.com"], PLAIN).await.starts_with("452 4.2.2"));
    let both = send(&mut peer, "x@far.example", &["late@example.com", "bob@example.com"], PLAIN).await;
    assert!(both.starts_with("250"), "{both}");
    let report = house.queued().pop().unwrap();
    assert_eq!((report.sender, report.recipients[0].0.to_string()), (None, "x@far.example".to_owned()));
    let text = String::from_utf8(report.content.to_vec()).unwrap();
    assert!(
        text.contains("Final-Recipient: rfc822; late@example.com\r\nAction: failed\r\nStatus: 5.2.2\r\n"),
        "{text}"
    );
}

#[tokio::test]
async fn to_a_list_that_is_not_open_only_those_write_who_may() {
    let house = MemoryHouse::new();
    let records = [("home.example", "TXT v=spf1 ip4:127.0.0.1 -all"), ("bad.example", "TXT v=spf1 -all")];
    let address = start(&house, &records, true).await;
    let mut peer = connect(address).await;
    for sender in ["", "x@far.example"] {
        assert!(peer.say(&format!("MAIL FROM:<{sender}>")).await.starts_with("250"));
        let reply = peer.say("RCPT TO:<board@example.com>").await;
        assert!(reply.starts_with("550 5.7.1") && reply.contains("This list"), "{sender}: {reply}");
        assert!(peer.say("RCPT TO:<ada@example.com>").await.starts_with("250"), "only the list is refused");
        peer.say("RSET").await;
    }
    let written_by = |from: &str| format!("From: {from}\r\nSubject: hello\r\n\r\nhi");
    for from in ["x@far.example", "ada@home.example, x@far.example"] {
        let reply = send(&mut peer, "ada@home.example", &["board@example.com"], &written_by(from)).await;
        assert!(reply.starts_with("550 5.7.1"), "{from}: {reply}");
    }
    assert!(house.messages("ada").is_empty());
    let genuine = written_by("Ada <ada@home.example>");
    let reply = send(&mut peer, "ada@home.example", &["board@example.com"], &genuine).await;
    assert!(reply.starts_with("250"), "{reply}");
    assert_eq!((house.messages("ada").len(), house.messages("bob").len()), (1, 1));
    assert!(house.queued().is_empty(), "nobody elsewhere is on it");

    // From anywhere else the same words prove nothing.
    let unproven = start(&house, &[("home.example", "TXT v=spf1 -all")], true).await;
    let mut peer = connect(unproven).await;
    let reply = send(&mut peer, "ada@home.example", &["board@example.com"], &genuine).await;
    assert!(reply.starts_with("550 5.7.1"), "{reply}");
}

#[tokio::test]
async fn spf_dkim_and_dmarc_decide() {
    let pkcs8 = Ed25519Key::generate_pkcs8().unwrap();
    let public = Ed25519Key::from_pkcs8_der(&pkcs8).unwrap().public_key();
    let public = data(&public);
    let key_record = format!("TXT v=DKIM1; k=ed25519; p={public}");
    let house = MemoryHouse::new();
    let records = [
        ("signed.example", "TXT v=spf1 -all"),
        ("_dmarc.signed.example", "TXT v=DMARC1; p=reject"),
        ("s1._domainkey.signed.example", key_record.as_str()),
        ("spf.example", "TXT v=spf1 ip4:127.0.0.1 -all"),
        ("_dmarc.spf.example", "TXT v=DMARC1; p=reject"),
        ("junk.example", "TXT v=spf1 -all"),
        ("_dmarc.junk.example", "TXT v=DMARC1; p=quarantine"),
    ];
    let address = start(&house, &records, true).await;
    let mut peer = connect(address).await;

    let forged = "From: x@signed.example\r\nSubject: forged\r\n\r\nhi";
    let reply = send(&mut peer, "x@signed.example", &["ada@example.com"], forged).await;
    assert!(reply.starts_with("550 5.7.1") && reply.contains("DMARC"), "{reply}");

    let key = SigningKey::ed25519("signed.example", "s1", &pkcs8).unwrap();
    let signed = sign(b"From: x@signed.example\r\nSubject: signed\r\n\r\nhi\r\n".to_vec(), &[key]).unwrap();
    let signed = String::from_utf8(signed).unwrap();
    let reply = send(&mut peer, "x@signed.example", &["ada@example.com"], signed.trim_end()).await;
    assert!(reply.starts_with("250"), "{reply}");
    let changed = signed.replace("\r\nhi", "\r\nho");
    let reply = send(&mut peer, "x@signed.example", &["ada@example.com"], changed.trim_end()).await;
    assert!(reply.starts_with("550 5.7.1"), "{reply}");

    let by_spf = "From: x@spf.example\r\nSubject: spf\r\n\r\nhi";
    assert!(send(&mut peer, "x@spf.example", &["ada@example.com"], by_spf).await.starts_with("250"));
    let junk = "From: x@junk.example\r\nSubject: junk\r\n\r\nhi";
    assert!(send(&mut peer, "x@junk.example", &["ada@example.com"], junk).await.starts_with("250"));
    let two = "From: x@spf.example\r\nFrom: x@signed.example\r\n\r\nhi";
    assert!(send(&mut peer, "x@spf.example", &["ada@example.com"], two).await.starts_with("550 5.6.0"));

    let stored = house.messages("ada");
    let words: Vec<_> =
        stored.iter().map(|(junk, text)| (*junk, text.split("Received:").next().unwrap())).collect();
    assert_eq!(words.len(), 3);
    assert!(
        words[0].1.contains("dkim=pass")
            && words[0].1.contains("dmarc=pass")
            && words[0].1.contains("spf=fail"),
        "{}",
        words[0].1
    );
    assert!(words[1].1.contains("spf=pass") && words[1].1.contains("dmarc=pass"), "{}", words[1].1);
    assert!(words[2].0 && words[2].1.contains("dmarc=fail"), "{}", words[2].1);
}

#[tokio::test]
async fn departments_get_letters_with_what_is_known_about_their_sender() {
    let pkcs8 = Ed25519Key::generate_pkcs8().unwrap();
    let public = data(&Ed25519Key::from_pkcs8_der(&pkcs8).unwrap().public_key());
    let key_record = format!("TXT v=DKIM1; k=ed25519; p={public}");
    let house = MemoryHouse::new();
    let records = [
        ("strict.example", "TXT v=spf1 ip4:127.0.0.1 -all"),
        ("_dmarc.strict.example", "TXT v=DMARC1; p=reject"),
        ("junk.example", "TXT v=spf1 -all"),
        ("_dmarc.junk.example", "TXT v=DMARC1; p=none"),
        // These two have no policy.
        ("spf.example", "TXT v=spf1 ip4:127.0.0.1 -all"),
        ("s1._domainkey.signed.example", key_record.as_str()),
    ];
    let address = start(&house, &records, true).await;
    let mut peer = connect(address).await;
    let key = SigningKey::ed25519("signed.example", "s1", &pkcs8).unwrap();
    let signed = sign(b"From: x@signed.example\r\nSubject: s\r\n\r\nhi\r\n".to_vec(), &[key]).unwrap();
    let signed = String::from_utf8(signed).unwrap();
    let of_another = signed.replace("From: x@signed.example", "From: x@plain.example");
    let from = |address: &str| format!("From: {address}\r\nSubject: s\r\n\r\nhi");
    for (sender, message, known) in [
        ("x@strict.example", from("x@strict.example"), Authorship::Proven),
        ("x@junk.example", from("x@junk.example"), Authorship::Failed),
        ("x@spf.example", from("x@spf.example"), Authorship::Proven),
        ("x@spf.example", from("x@plain.example"), Authorship::Unknown),
        ("x@plain.example", signed, Authorship::Proven),
        ("x@plain.example", of_another, Authorship::Unknown),
        ("x@plain.example", from("x@plain.example"), Authorship::Unknown),
        // A From that programs read in different ways proves nothing of the address that somebody may see in it.
        ("x@spf.example", from("x@plain.example <y@spf.example>, z@plain.example"), Authorship::Unknown),
        ("x@spf.example", from("y@spf.example, x@plain.example"), Authorship::Unknown),
        ("x@spf.example", from("x@plain.example, y@spf.example"), Authorship::Unknown),
        ("x@spf.example", from("(y@spf.example) x@plain.example"), Authorship::Unknown),
        ("x@spf.example", from("friends: x@plain.example, y@spf.example;"), Authorship::Unknown),
        ("x@spf.example", from("<x@plain.example> <y@spf.example>"), Authorship::Unknown),
    ] {
        let reply = send(&mut peer, sender, &["support+x@example.com"], message.trim_end()).await;
        assert!(reply.starts_with("250"), "{sender}: {reply}");
        let last = house.letters().pop().unwrap();
        let to = "support+x@example.com".to_owned();
        assert_eq!(last, (to, Some(sender.to_owned()), known), "{message}");
    }
}

fn data(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
