//! Sessions over real loopback sockets with scripted clients, well-behaved and hostile.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use mailkeep_protocols::smtp::sasl::Credentials;
use mailkeep_protocols::smtp::{MailParams, Recipient, Reply};
use mailkeep_types::{EmailAddress, ManualClock};
use parking_lot::Mutex;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::{Client, Envelope, Reception, Role, SessionLimits, SessionSettings};
use crate::limits::{Connections, Memory};
use crate::listen::listen;
use crate::testing::{Peer, tls};

/// A message as the house got it: sender, recipients, content.
type Taken = (Option<String>, Vec<String>, Vec<u8>);

/// A house that takes mail for `example.com` and knows one password.
#[derive(Clone)]
struct House {
    role: Role,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Reception for House {
    type Principal = String;
    type Target = ();

    fn role(&self) -> Role {
        self.role
    }

    async fn authenticate(&self, _: IpAddr, credentials: Credentials) -> Result<String, Reply> {
        if credentials.password == "right" {
            Ok(credentials.name)
        } else {
            Err(Reply::of(535, (5, 7, 8), "Wrong"))
        }
    }

    async fn check_sender(
        &self,
        _: &Client<String>,
        _: Option<&EmailAddress>,
        _: &MailParams,
    ) -> Result<(), Reply> {
        Ok(())
    }

    async fn check_recipient(
        &self,
        _: &Client<String>,
        _: &Envelope<()>,
        recipient: Recipient,
    ) -> Result<(EmailAddress, ()), Reply> {
        match recipient {
            Recipient::Address(address) if address.domain().as_str() == "example.com" => Ok((address, ())),
            _ => Err(Reply::of(550, (5, 7, 1), "Relaying is not offered")),
        }
    }

    async fn receive(&self, _: &Client<String>, envelope: Envelope<()>, message: Vec<u8>) -> Reply {
        let recipients = envelope.recipients.iter().map(|r| r.address.to_string()).collect();
        self.taken.lock().push((envelope.sender.map(|s| s.to_string()), recipients, message));
        Reply::of(250, (2, 0, 0), "Stored")
    }
}

struct Server {
    address: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
    connector: tokio_rustls::TlsConnector,
}

fn limits() -> SessionLimits {
    SessionLimits {
        max_message_bytes: 100_000,
        max_header_bytes: 10_000,
        max_line_bytes: 2048,
        max_recipients: 100,
        max_hops: 30,
        max_commands: 50_000,
        max_messages: 1000,
        max_errors: 10,
        max_auth_failures: 3,
        command_time: Duration::from_secs(20),
        silence_time: Duration::from_secs(20),
        content_time: Duration::from_secs(20),
        session_time: Duration::from_secs(60),
    }
}

async fn start(role: Role, limits: SessionLimits, implicit_tls: bool) -> Server {
    let (server_tls, connector) = tls::pair();
    let settings = SessionSettings {
        host_name: "mx.example.com".into(),
        limits: Arc::new(limits),
        memory: Memory::new(1 << 20),
        tls: Some(Arc::new(ArcSwap::from(server_tls))),
        implicit_tls,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let taken = Arc::new(Mutex::new(Vec::new()));
    let house = House { role, taken: taken.clone() };
    let stop = CancellationToken::new();
    let connections = Connections::new(5, 3);
    let clock = ManualClock::at("2026-03-01");
    let grace = Duration::from_secs(5);
    let task = tokio::spawn(listen(listener, settings, connections, house, clock, grace, stop.clone()));
    Server { address, taken, stop, task, connector }
}

async fn mx() -> Server {
    start(Role::Mx, limits(), false).await
}

impl Server {
    async fn connect(&self) -> Peer<TcpStream> {
        let mut peer = Peer(TcpStream::connect(self.address).await.unwrap(), Vec::new());
        assert!(peer.line().await.starts_with("220 mx.example.com"));
        peer
    }
}

impl Peer<TcpStream> {
    async fn begin(&mut self) {
        assert!(self.say("EHLO client.example.org").await.starts_with("250 "));
        assert!(self.say("MAIL FROM:<a@example.org>").await.starts_with("250 2.1.0"));
        assert!(self.say("RCPT TO:<b@example.com>").await.starts_with("250 2.1.5"));
    }

    async fn begin_data(&mut self) {
        self.begin().await;
        assert!(self.say("DATA").await.starts_with("354 "));
    }
}

#[tokio::test]
async fn a_pipelined_session_delivers() {
    let server = mx().await;
    let mut peer = server.connect().await;
    peer.send(b"EHLO c\r\nMAIL FROM:<a@example.org> SIZE=20 BODY=8BITMIME\r\nRCPT TO:<b@example.com>\r\nRCPT TO:<c@elsewhere.example>\r\nDATA\r\n").await;
    let mut offered = Vec::new();
    loop {
        let line = peer.line().await;
        offered.push(line[4..].to_owned());
        if line.starts_with("250 ") {
            break;
        }
    }
    for word in [
        "PIPELINING",
        "SIZE 100000",
        "8BITMIME",
        "SMTPUTF8",
        "CHUNKING",
        "DSN",
        "STARTTLS",
        "ENHANCEDSTATUSCODES",
    ] {
        assert!(offered.iter().any(|line| line == word), "{word}");
    }
    assert!(!offered.iter().any(|line| line.starts_with("AUTH")));
    assert!(peer.reply().await.starts_with("250 2.1.0"));
    assert!(peer.reply().await.starts_with("250 2.1.5"));
    assert!(peer.reply().await.starts_with("550 5.7.1"));
    assert!(peer.reply().await.starts_with("354"));
    peer.send(b"Subject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n").await;
    assert!(peer.reply().await.starts_with("250 2.0.0"));
    assert!(peer.reply().await.starts_with("221"));
    assert_eq!(peer.line().await, "");
    let expected =
        (Some("a@example.org".into()), vec!["b@example.com".into()], b"Subject: x\r\n\r\n.dot\r\n".to_vec());
    assert_eq!(*server.taken.lock(), [expected]);
}

#[tokio::test]
async fn chunks_make_a_message() {
    let server = mx().await;
    let mut peer = server.connect().await;
    peer.begin().await;
    peer.send(b"BDAT 12\r\nSubject: y\r\n").await;
    assert!(peer.reply().await.starts_with("250 "));
    assert!(peer.say("DATA").await.starts_with("503"));
    peer.send(b"BDAT 6 LAST\r\n\r\n.\r\n.NOOP\r\n").await;
    assert!(peer.reply().await.starts_with("250 2.0.0 Stored"));
    assert!(peer.reply().await.starts_with("250 2.0.0 Here"));
    assert_eq!(server.taken.lock()[0].2, b"Subject: y\r\n\r\n.\r\n.\r\n");
    peer.begin().await;
    peer.send(b"BDAT 17 LAST\r\nSubject: y\r\n\r\n.\nxNOOP\r\n").await;
    assert!(peer.reply().await.starts_with("550 5.6.0"));
    assert!(peer.reply().await.starts_with("250 2.0.0 Here"));
    peer.send(b"BDAT 999999 LAST\r\n").await;
    assert!(peer.reply().await.starts_with("552 5.3.4"));
    assert_eq!(peer.line().await, "", "we do not read what is much too long");
}

#[tokio::test]
async fn order_matters() {
    let server = mx().await;
    let mut peer = server.connect().await;
    for (command, code) in [
        ("MAIL FROM:<a@example.org>", "503"),
        ("EHLO c", "250"),
        ("RCPT TO:<b@example.com>", "503"),
        ("DATA", "503"),
        ("AUTH PLAIN AGEAYg==", "502"),
        ("MAIL FROM:<a@example.org>", "250"),
        ("MAIL FROM:<a@example.org>", "503"),
        ("DATA", "554"),
        ("RSET", "250"),
        ("MAIL FROM:<a@example.org> SIZE=100001", "552"),
        ("MAIL FROM:<\u{fc}@example.org>", "550"),
        ("MAIL FROM:<\u{fc}@example.org> SMTPUTF8", "250"),
        ("VRFY b@example.com", "252"),
        ("EXPN list", "502"),
    ] {
        let reply = peer.say(command).await;
        assert!(reply.starts_with(code), "{command}: {reply}");
    }
}

#[tokio::test]
async fn plaintext_after_starttls_is_thrown_away() {
    let server = mx().await;
    let mut peer = server.connect().await;
    peer.say("EHLO c").await;
    peer.send(b"STARTTLS\r\nMAIL FROM:<evil@example.org>\r\nRCPT TO:<b@example.com>\r\n").await;
    assert!(peer.reply().await.starts_with("220"));
    assert!(peer.1.is_empty());
    let stream = server.connector.connect("mx.example.com".try_into().unwrap(), peer.0).await.unwrap();
    let mut peer = Peer(stream, Vec::new());
    assert!(peer.say("RCPT TO:<b@example.com>").await.starts_with("503"), "no envelope from before TLS");
    assert!(peer.say("MAIL FROM:<a@example.org>").await.starts_with("503"), "EHLO counts anew");
    peer.send(b"EHLO c\r\n").await;
    loop {
        let line = peer.line().await;
        assert!(!line.contains("STARTTLS"));
        if line.starts_with("250 ") {
            break;
        }
    }
}

#[tokio::test]
async fn passwords_go_through_tls_only_and_three_wrong_ones_end_the_session() {
    let server = start(Role::Submission, limits(), false).await;
    let mut peer = server.connect().await;
    peer.say("EHLO c").await;
    assert!(peer.say("AUTH PLAIN AGEAcmlnaHQ=").await.starts_with("538 5.7.11"));
    assert!(peer.say("MAIL FROM:<a@example.com>").await.starts_with("530 5.7.0"));

    let server = start(Role::Submission, limits(), true).await;
    let connect = async || {
        let stream = TcpStream::connect(server.address).await.unwrap();
        let stream = server.connector.connect("mx.example.com".try_into().unwrap(), stream).await.unwrap();
        let mut peer = Peer(stream, Vec::new());
        assert!(peer.reply().await.starts_with("220"));
        peer.say("EHLO c").await;
        peer
    };
    let mut peer = connect().await;
    assert!(peer.say("AUTH PLAIN AGEAcmlnaHQ=").await.starts_with("235"));
    assert!(peer.say("AUTH PLAIN AGEAcmlnaHQ=").await.starts_with("503"));
    let mut peer = connect().await;
    assert!(peer.say("MAIL FROM:<a@example.com>").await.starts_with("530"));
    assert_eq!(peer.say("AUTH LOGIN").await, "334 VXNlcm5hbWU6");
    assert_eq!(peer.say("YQ==").await, "334 UGFzc3dvcmQ6");
    assert!(peer.say("cmlnaHQ=").await.starts_with("235"));
    let mut peer = connect().await;
    assert!(peer.say("AUTH PLAIN").await.starts_with("334"));
    assert!(peer.say("*").await.starts_with("501"));
    for _ in 0..3 {
        assert!(peer.say("AUTH PLAIN AGEAd3Jvbmc=").await.starts_with("535"));
    }
    assert!(peer.line().await.starts_with("421"));
    assert_eq!(peer.line().await, "");
}

#[tokio::test]
async fn smuggled_messages_are_refused_whole() {
    let server = mx().await;
    for end in ["\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r.\r\n"] {
        let mut peer = server.connect().await;
        peer.begin_data().await;
        let smuggled = format!(
            "Subject: one\r\n\r\ntext{end}MAIL FROM:<admin@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: two\r\n\r\nx\r\n.\r\n"
        );
        peer.send(smuggled.as_bytes()).await;
        assert!(peer.reply().await.starts_with("550 5.6.0"), "{end:?}");
        assert!(peer.say("NOOP").await.starts_with("250"), "in step again after {end:?}");
    }
    assert!(server.taken.lock().is_empty());
}

#[tokio::test]
async fn nul_bytes_are_refused() {
    let server = mx().await;
    let mut peer = server.connect().await;
    peer.send(b"EHLO \0\r\n").await;
    assert!(peer.reply().await.starts_with("500 5.5.2"));
    peer.begin_data().await;
    peer.send(b"Subject: \0\r\n\r\n\0\r\n.\r\n").await;
    assert!(peer.reply().await.starts_with("550 5.6.0"));
    assert!(server.taken.lock().is_empty());
}

#[tokio::test]
async fn an_endless_line_is_cut_off() {
    let server = mx().await;
    let mut peer = server.connect().await;
    let sent = async {
        let mut sent = 0usize;
        let block = [b'x'; 4096];
        while peer.0.write_all(&block).await.is_ok() && sent < 1 << 30 {
            sent += block.len();
        }
        sent
    }
    .await;
    assert!(sent < 32 << 20, "{sent} bytes went out");
}

/// Sends `bytes` over and over until the server answers; returns how much was sent and the answer.
async fn flood(peer: &mut Peer<TcpStream>, bytes: &[u8], most: usize) -> (usize, String) {
    let (mut reader, mut writer) = peer.0.split();
    let sending = async {
        let mut sent = 0;
        while sent < most && writer.write_all(bytes).await.is_ok() {
            sent += bytes.len();
        }
        sent
    };
    let reading = async {
        let mut answer = [0; 512];
        let count = reader.read(&mut answer).await.unwrap_or(0);
        String::from_utf8_lossy(&answer[..count]).into_owned()
    };
    tokio::join!(sending, reading)
}

#[tokio::test]
async fn a_header_of_100_megabytes_is_refused_early() {
    let server = mx().await;
    let mut peer = server.connect().await;
    peer.begin_data().await;
    let field = format!("X-Long: {}\r\n", "x".repeat(900));
    let (sent, answer) = flood(&mut peer, field.as_bytes(), 100 << 20).await;
    assert!(answer.starts_with("552 5.3.4"), "{answer}");
    assert!(sent < 32 << 20, "{sent} bytes went out");
}

#[tokio::test]
async fn a_long_header_or_message_is_refused_in_order() {
    let server = mx().await;
    let mut peer = server.connect().await;
    peer.begin_data().await;
    peer.send(format!("{}\r\n\r\n.\r\n", "X-Long: yes\r\n".repeat(1000)).as_bytes()).await;
    let reply = peer.reply().await;
    assert!(reply.starts_with("552 5.3.4") && reply.contains("header"), "{reply}");
    peer.begin_data().await;
    peer.send(format!("Subject: x\r\n\r\n{}.\r\n", "0123456789012345678\r\n".repeat(6000)).as_bytes()).await;
    let reply = peer.reply().await;
    assert!(reply.starts_with("552 5.3.4") && reply.contains("100000"), "{reply}");
    peer.begin_data().await;
    peer.send(format!("{}Subject: x\r\n\r\n.\r\n", "Received: by a\r\n".repeat(31)).as_bytes()).await;
    assert!(peer.reply().await.starts_with("554 5.4.6"));
    assert!(server.taken.lock().is_empty());
}

#[tokio::test]
async fn ten_thousand_recipients_end_in_a_clear_no() {
    let server = mx().await;
    let mut peer = server.connect().await;
    peer.begin().await;
    let mut commands = String::new();
    for n in 0..10_000 {
        commands.push_str(&format!("RCPT TO:<r{n}@example.com>\r\n"));
    }
    // The others are told to come again, and the client may go on: a sender with many recipients would otherwise never
    // get any of its mail in.
    commands.push_str("DATA\r\n");
    let (mut accepted, mut put_off) = (1, 0);
    let (reader, mut writer) = peer.0.into_split();
    let sending = tokio::spawn(async move {
        let _ = writer.write_all(commands.as_bytes()).await;
    });
    let mut lines = tokio::io::AsyncBufReadExt::lines(tokio::io::BufReader::new(reader));
    while let Ok(Some(line)) = lines.next_line().await {
        match line.get(..3) {
            Some("250") => accepted += 1,
            Some("452") => put_off += 1,
            _ => {
                assert!(line.starts_with("354"), "{line}");
                break;
            }
        }
    }
    sending.abort();
    assert_eq!((accepted, put_off), (100, 9_901));
}

#[tokio::test]
async fn slow_clients_are_shown_the_door() {
    let mut quick = limits();
    quick.command_time = Duration::from_millis(150);
    let server = start(Role::Mx, quick, false).await;
    // One byte at a time never completes a command: each byte comes in time, the command does not.
    let mut peer = server.connect().await;
    let (mut reader, mut writer) = peer.0.split();
    let drip = async {
        let mut pace = tokio::time::interval(Duration::from_millis(20));
        loop {
            pace.tick().await;
            if writer.write_all(b"N").await.is_err() {
                break;
            }
        }
    };
    let mut answer = Vec::new();
    tokio::select! {
        () = drip => {}
        _ = reader.read_to_end(&mut answer) => {}
    }
    assert!(answer.starts_with(b"421 4.4.2"), "{}", String::from_utf8_lossy(&answer));

    let mut quick = limits();
    quick.silence_time = Duration::from_millis(100);
    let server = start(Role::Mx, quick, false).await;
    let mut peer = server.connect().await;
    peer.begin_data().await;
    peer.send(b"Subject: and now I wait").await;
    assert!(peer.reply().await.starts_with("421 4.4.2"));
    assert_eq!(peer.line().await, "");
}

#[tokio::test]
async fn one_place_has_few_connections_and_errors_end_a_session() {
    let server = mx().await;
    let (mut first, _second, _third) =
        (server.connect().await, server.connect().await, server.connect().await);
    let mut fourth = Peer(TcpStream::connect(server.address).await.unwrap(), Vec::new());
    assert!(fourth.line().await.starts_with("421 4.7.0"));
    for _ in 0..10 {
        assert!(first.say("WHAT").await.starts_with("500 5.5.1"));
    }
    assert!(first.line().await.starts_with("421 4.7.0"));
}

#[tokio::test]
async fn a_stop_lets_a_message_finish_and_says_421() {
    let server = mx().await;
    let mut idle = server.connect().await;
    let mut busy = server.connect().await;
    busy.begin_data().await;
    server.stop.cancel();
    assert!(idle.line().await.starts_with("421 4.3.2"));
    busy.send(b"Subject: x\r\n\r\nlate\r\n.\r\n").await;
    assert!(busy.reply().await.starts_with("250"));
    assert!(busy.line().await.starts_with("421 4.3.2"));
    server.task.await.unwrap();
    assert_eq!(server.taken.lock().len(), 1);
}
