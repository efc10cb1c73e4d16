//! Just enough of a mail client: submits over implicit TLS and looks into a mailbox. The tests of the protocols
//! themselves use clients that nobody here wrote.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use base64::Engine;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

const LIMIT: Duration = Duration::from_secs(30);

/// Whom a client connects to.
#[derive(Clone)]
pub struct Server {
    /// The name that the certificate must have.
    pub host: String,
    /// Where it is.
    pub address: SocketAddr,
    /// The certificate that is trusted.
    pub certificate: std::path::PathBuf,
    /// From which address; from whichever the system takes when nothing is said.
    pub from: Option<IpAddr>,
}

impl Server {
    /// The same, reached from another address of this machine.
    #[must_use]
    pub fn reached_from(self, from: IpAddr) -> Self {
        Server { from: Some(from), ..self }
    }
}

/// A line-wise connection.
struct Line<S>(BufReader<S>);

impl Line<TlsStream<TcpStream>> {
    async fn connect(server: &Server) -> Result<Self> {
        let tls = client_config(&server.certificate)?;
        let name = ServerName::try_from(server.host.clone())?;
        let stream = match server.from {
            None => TcpStream::connect(server.address).await?,
            Some(from) => {
                let socket = TcpSocket::new_v4()?;
                socket.bind(SocketAddr::new(from, 0))?;
                socket.connect(server.address).await?
            }
        };
        stream.set_nodelay(true)?;
        Ok(Line(BufReader::new(TlsConnector::from(Arc::new(tls)).connect(name, stream).await?)))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Line<S> {
    async fn read(&mut self) -> Result<String> {
        let mut line = Vec::new();
        let read = tokio::time::timeout(LIMIT, self.0.read_until(b'\n', &mut line)).await;
        anyhow::ensure!(read.context("the server is silent")?? > 0, "the server closed the connection");
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.0.write_all(bytes).await?;
        Ok(self.0.flush().await?)
    }
}

/// TLS that trusts this certificate only.
///
/// # Errors
/// When it cannot be read.
pub fn client_config(certificate: &Path) -> Result<rustls::ClientConfig> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(certificate)? {
        roots.add(certificate?)?;
    }
    Ok(rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}

/// Submits a message on the port for submission with TLS from the first byte.
///
/// # Errors
/// With the server's reply, when it refuses.
pub async fn submit(server: &Server, user: &str, password: &str, to: &[&str], message: &str) -> Result<()> {
    submit_and_hear(server, user, password, to, message).await.map(drop)
}

/// As [`submit`], with what the server said of the message.
///
/// # Errors
/// With the server's reply, when it refuses.
pub async fn submit_and_hear(
    server: &Server,
    user: &str,
    password: &str,
    to: &[&str],
    message: &str,
) -> Result<String> {
    let mut line = Line::connect(server).await?;
    reply(&mut line, "220").await?;
    line.write(b"EHLO client.example\r\n").await?;
    reply(&mut line, "250").await?;
    let secret = base64::engine::general_purpose::STANDARD.encode(format!("\0{user}\0{password}"));
    line.write(format!("AUTH PLAIN {secret}\r\n").as_bytes()).await?;
    reply(&mut line, "235").await?;
    transfer(&mut line, user, to, message).await
}

/// Hands a message in as another mail server does: on the port of the MX, without a password.
///
/// # Errors
/// With the server's reply, when it refuses.
pub async fn hand_in(address: SocketAddr, from: &str, to: &str, message: &str) -> Result<()> {
    let mut line = Line(BufReader::new(TcpStream::connect(address).await?));
    reply(&mut line, "220").await?;
    line.write(b"EHLO sink.example\r\n").await?;
    reply(&mut line, "250").await?;
    transfer(&mut line, from, &[to], message).await.map(drop)
}

/// The transaction of one message, from `MAIL` to `QUIT`.
async fn transfer<S: AsyncRead + AsyncWrite + Unpin>(
    line: &mut Line<S>,
    from: &str,
    to: &[&str],
    message: &str,
) -> Result<String> {
    line.write(format!("MAIL FROM:<{from}>\r\n").as_bytes()).await?;
    reply(line, "250").await?;
    for to in to {
        line.write(format!("RCPT TO:<{to}>\r\n").as_bytes()).await?;
        reply(line, "250").await?;
    }
    line.write(b"DATA\r\n").await?;
    reply(line, "354").await?;
    let stuffed = message.replace("\r\n.", "\r\n..");
    line.write(format!("{}\r\n.\r\n", stuffed.trim_end()).as_bytes()).await?;
    let said = reply(line, "250").await?;
    line.write(b"QUIT\r\n").await?;
    reply(line, "221").await?;
    Ok(said)
}

async fn reply<S: AsyncRead + AsyncWrite + Unpin>(line: &mut Line<S>, wanted: &str) -> Result<String> {
    loop {
        let text = line.read().await?;
        if text.as_bytes().get(3) == Some(&b'-') {
            continue;
        }
        if text.starts_with(wanted) {
            return Ok(text);
        }
        bail!("the server replied “{text}” where {wanted} was expected");
    }
}

/// A signed-in IMAP connection.
pub struct Imap {
    line: Line<TlsStream<TcpStream>>,
    tag: u32,
}

impl Imap {
    /// Connects over TLS and signs in.
    ///
    /// # Errors
    /// With the server's answer, when it refuses.
    pub async fn sign_in(server: &Server, user: &str, password: &str) -> Result<Self> {
        let mut imap = Imap { line: Line::connect(server).await?, tag: 0 };
        imap.line.read().await?;
        imap.command(&format!("LOGIN \"{user}\" \"{password}\"")).await?;
        Ok(imap)
    }

    /// Sends a command and gives all that came before its completion, literals included.
    ///
    /// # Errors
    /// With the server's answer, when it is not OK.
    pub async fn command(&mut self, command: &str) -> Result<String> {
        self.tag += 1;
        let tag = format!("t{}", self.tag);
        self.line.write(format!("{tag} {command}\r\n").as_bytes()).await?;
        self.finish(&tag, command).await
    }

    async fn finish(&mut self, tag: &str, command: &str) -> Result<String> {
        let mut answer = String::new();
        loop {
            let line = self.line.read().await?;
            if let Some(outcome) = line.strip_prefix(&format!("{tag} ")) {
                anyhow::ensure!(outcome.starts_with("OK"), "{command}: {outcome}");
                return Ok(answer);
            }
            answer.push_str(&line);
            answer.push('\n');
            let literal =
                line.strip_suffix('}').and_then(|l| l.rsplit_once('{')).and_then(|(_, n)| n.parse().ok());
            if let Some(length) = literal {
                let mut bytes = vec![0; length];
                tokio::time::timeout(LIMIT, self.line.0.read_exact(&mut bytes)).await??;
                answer.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
    }

    /// Puts a message into a folder.
    ///
    /// # Errors
    /// With the server's answer, when it refuses.
    pub async fn append(&mut self, folder: &str, message: &[u8]) -> Result<()> {
        self.tag += 1;
        let tag = format!("t{}", self.tag);
        self.line.write(format!("{tag} APPEND \"{folder}\" {{{}}}\r\n", message.len()).as_bytes()).await?;
        let go_ahead = self.line.read().await?;
        anyhow::ensure!(go_ahead.starts_with('+'), "APPEND: {go_ahead}");
        self.line.write(&[message, b"\r\n"].concat()).await?;
        self.finish(&tag, "APPEND").await.map(drop)
    }

    /// Waits until the folder that is selected holds a message that matches an IMAP search.
    ///
    /// # Errors
    /// When none came within the limit.
    pub async fn wait_for(&mut self, search: &str, limit: Duration) -> Result<Vec<u32>> {
        let wait = async {
            let mut was_silent = false;
            loop {
                let answer = self.command(&format!("UID SEARCH {search}")).await?;
                let found: Vec<u32> = answer
                    .lines()
                    .filter_map(|line| line.strip_prefix("* SEARCH"))
                    .flat_map(|l| l.split_whitespace().filter_map(|w| w.parse().ok()))
                    .collect();
                if !found.is_empty() {
                    // What came while nothing was heard is announced with the answer at the latest.
                    let is_told = !was_silent || answer.contains("EXISTS");
                    anyhow::ensure!(is_told, "IDLE did not tell of {search}: {answer}");
                    return Ok::<_, anyhow::Error>(found);
                }
                if answer.contains("EXISTS") {
                    // Announced with this very answer, so it would not be announced again.
                    was_silent = false;
                    continue;
                }
                was_silent = !self.idle_once().await?;
            }
        };
        tokio::time::timeout(limit, wait)
            .await
            .with_context(|| format!("nothing matched {search} in time"))?
    }

    /// Lets the server say when something happens; false when nothing did for a while.
    async fn idle_once(&mut self) -> Result<bool> {
        self.tag += 1;
        let tag = format!("t{}", self.tag);
        self.line.write(format!("{tag} IDLE\r\n").as_bytes()).await?;
        let go_ahead = self.line.read().await?;
        // What happened before IDLE began is announced at once; else wait for it.
        let mut told = go_ahead.contains("EXISTS");
        while !told {
            let Ok(line) = tokio::time::timeout(LIMIT / 3, self.line.read()).await else { break };
            told = line?.contains("EXISTS");
        }
        self.line.write(b"DONE\r\n").await?;
        let rest = self.finish(&tag, "IDLE").await?;
        Ok(told || rest.contains("EXISTS"))
    }
}
