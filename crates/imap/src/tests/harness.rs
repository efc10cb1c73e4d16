//! A server over a throw-away database, and clients that talk to it through pipes.

use std::net::IpAddr;
use std::sync::Arc;

use arc_swap::ArcSwap;
use mailkeep_mailbox::testing::{PASSWORD, TestOffice};
use mailkeep_storage::sql::Database;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_util::sync::CancellationToken;

use crate::wire::Io;
use crate::{ImapConfig, ImapServer};

pub(in crate::tests) const USER: &str = "ann@example.com";

/// A server with one mailbox, `ann@example.com`.
pub(in crate::tests) struct Harness {
    pub server: ImapServer,
    pub stop: CancellationToken,
    pub certificate: rustls::pki_types::CertificateDer<'static>,
    /// Kept as long as the server runs.
    _office: TestOffice,
}

/// Where a client's bytes come from, as the server sees it.
pub(in crate::tests) const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));

impl Harness {
    pub async fn new(db: Database) -> Self {
        Self::with(db, ImapConfig { login_failure_delay_ms: 0, ..ImapConfig::default() }).await
    }

    pub async fn with(db: Database, config: ImapConfig) -> Self {
        let office = TestOffice::open(db).await;
        let domain = office.domain("example.com").await;
        office.mailbox(domain, USER).await;
        let (tls, certificate) = tls();
        let server = ImapServer::new(config, office.office.clone(), Arc::new(ArcSwap::from(tls)));
        Harness { server, stop: CancellationToken::new(), certificate, _office: office }
    }

    /// A client that has read the greeting; the bytes count as protected.
    pub async fn connect(&self) -> Client<tokio::io::DuplexStream> {
        self.connect_as(true).await
    }

    /// The same without protection.
    pub async fn connect_plain(&self) -> Client<tokio::io::DuplexStream> {
        self.connect_as(false).await
    }

    async fn connect_as(&self, secure: bool) -> Client<tokio::io::DuplexStream> {
        let (near, far) = tokio::io::duplex(64 * 1024);
        let (server, stop) = (self.server.clone(), self.stop.clone());
        tokio::spawn(async move { server.handle(Box::new(far), HERE, secure, stop).await });
        let mut client = Client::new(near);
        assert!(client.line().await.starts_with("* OK [CAPABILITY IMAP4rev1"));
        client
    }

    /// A client that is logged in.
    pub async fn login(&self) -> Client<tokio::io::DuplexStream> {
        let mut client = self.connect().await;
        client.ok(&format!("LOGIN {USER} {PASSWORD}")).await;
        client
    }

    /// A client that has INBOX open.
    pub async fn inbox(&self) -> Client<tokio::io::DuplexStream> {
        let mut client = self.login().await;
        client.ok("SELECT INBOX").await;
        client
    }
}

fn tls() -> (Arc<rustls::ServerConfig>, rustls::pki_types::CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(["mail.example.com".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    (Arc::new(config), certificate)
}

/// An answer: the untagged lines, and the tagged one without its tag.
#[derive(Debug)]
pub(in crate::tests) struct Out {
    pub untagged: Vec<String>,
    pub tagged: String,
}

impl Out {
    /// The untagged lines as one text.
    pub fn text(&self) -> String {
        self.untagged.join("\n")
    }
}

/// A client that speaks in lines.
pub(in crate::tests) struct Client<S> {
    pub stream: S,
    buffer: Vec<u8>,
    tag: u32,
}

impl<S: Io> Client<S> {
    pub fn new(stream: S) -> Self {
        Client { stream, buffer: Vec::new(), tag: 0 }
    }

    pub async fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    /// The next line without its end, with literals in it as they came; empty at the end of the connection.
    pub async fn line(&mut self) -> String {
        let mut line = Vec::new();
        loop {
            let Some(part) = self.until_newline().await else { return String::new() };
            line.extend_from_slice(&part);
            let text = String::from_utf8_lossy(&line).into_owned();
            let literal =
                text.strip_suffix("}\r\n").and_then(|t| t.rsplit_once('{')).and_then(|(_, n)| n.parse().ok());
            match literal {
                Some(length) => line.extend_from_slice(&self.exactly(length).await),
                None => return text.trim_end_matches("\r\n").to_owned(),
            }
        }
    }

    async fn until_newline(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.buffer) {
                return Some(self.buffer.drain(..=at).collect());
            }
            if !self.fill().await {
                return None;
            }
        }
    }

    async fn exactly(&mut self, length: usize) -> Vec<u8> {
        while self.buffer.len() < length {
            assert!(self.fill().await, "the connection ended within a literal");
        }
        self.buffer.drain(..length).collect()
    }

    async fn fill(&mut self) -> bool {
        let mut piece = [0; 4096];
        match self.stream.read(&mut piece).await {
            Ok(0) | Err(_) => false,
            Ok(count) => {
                self.buffer.extend_from_slice(&piece[..count]);
                true
            }
        }
    }

    /// Runs a command and reads to its tagged reply.
    pub async fn run(&mut self, command: &str) -> Out {
        self.tag += 1;
        let tag = format!("t{}", self.tag);
        self.send(format!("{tag} {command}\r\n").as_bytes()).await;
        self.reply(&tag).await
    }

    /// Reads to the tagged reply.
    pub async fn reply(&mut self, tag: &str) -> Out {
        let mut untagged = Vec::new();
        loop {
            let line = self.line().await;
            assert!(!line.is_empty(), "the connection ended after {untagged:?}");
            match line.strip_prefix(tag).and_then(|rest| rest.strip_prefix(' ')) {
                Some(tagged) => return Out { untagged, tagged: tagged.to_owned() },
                None => untagged.push(line),
            }
        }
    }

    /// Runs a command that must succeed; its untagged lines.
    pub async fn ok(&mut self, command: &str) -> Vec<String> {
        let out = self.run(command).await;
        assert!(out.tagged.starts_with("OK"), "{command}: {out:?}");
        out.untagged
    }

    /// Runs a command that must fail; the tagged reply.
    pub async fn fails(&mut self, command: &str) -> String {
        let out = self.run(command).await;
        assert!(!out.tagged.starts_with("OK"), "{command}: {out:?}");
        out.tagged
    }

    /// Appends a message with a literal that does not wait; the tagged reply.
    pub async fn append(&mut self, folder: &str, options: &str, message: &str) -> String {
        let out = self.run(&format!("APPEND {folder} {options}{{{}+}}\r\n{message}", message.len())).await;
        assert!(out.tagged.starts_with("OK [APPENDUID"), "{out:?}");
        out.tagged
    }
}

/// A small message.
pub(in crate::tests) fn message(subject: &str) -> String {
    format!(
        "From: Ann Example <ann@example.com>\r\nTo: bob@example.net\r\nSubject: {subject}\r\n\
         Date: Sun, 1 Mar 2026 23:30:00 -0500\r\nMessage-ID: <{subject}@example.com>\r\n\r\nText of {subject}.\r\n"
    )
}
