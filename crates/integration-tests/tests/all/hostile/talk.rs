//! A connection that says exactly what the test says.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use base64::Engine;
use mailkeep_integration_tests::journey::HOST;
use mailkeep_integration_tests::mail::client_config;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;

use super::Target;

/// Who attacks comes from here, so that limits for each address leave the others alone.
pub const ATTACKER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 66));

const LIMIT: Duration = Duration::from_secs(60);

/// Anything that carries bytes both ways.
pub trait Io: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Io for T {}

/// A connection, read by lines.
pub struct Talk(BufReader<Box<dyn Io>>);

/// A bare connection from an address of one's own.
pub async fn connect(from: IpAddr, to: SocketAddr) -> Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(from, 0))?;
    Ok(socket.connect(to).await?)
}

async fn secure(target: &Target, stream: impl Io + 'static) -> Result<Box<dyn Io>> {
    let config = Arc::new(client_config(&target.world.installation.certificate())?);
    let name = ServerName::try_from(HOST)?;
    Ok(Box::new(TlsConnector::from(config).connect(name, stream).await?))
}

impl Talk {
    /// Connects as somebody who behaves.
    pub async fn plain(target: &Target, listener: &str) -> Result<Self> {
        let address = target.world.installation.address(listener);
        Ok(Talk(BufReader::new(Box::new(TcpStream::connect(address).await?))))
    }

    /// As [`Talk::plain`], over TLS.
    pub async fn tls(target: &Target, listener: &str) -> Result<Self> {
        let stream = TcpStream::connect(target.world.installation.address(listener)).await?;
        Ok(Talk(BufReader::new(secure(target, stream).await?)))
    }

    /// Connects as the attacker.
    pub async fn attack(target: &Target, listener: &str) -> Result<Self> {
        let stream = connect(ATTACKER, target.world.installation.address(listener)).await?;
        Ok(Talk(BufReader::new(Box::new(stream))))
    }

    /// As [`Talk::attack`], over TLS.
    pub async fn attack_tls(target: &Target, listener: &str) -> Result<Self> {
        let stream = connect(ATTACKER, target.world.installation.address(listener)).await?;
        Ok(Talk(BufReader::new(secure(target, stream).await?)))
    }

    /// Goes over to TLS in the middle.
    pub async fn upgrade(self, target: &Target) -> Result<Self> {
        Ok(Talk(BufReader::new(secure(target, self.0.into_inner()).await?)))
    }

    /// The next line; empty at the end of the connection.
    pub async fn line(&mut self) -> Result<String> {
        let mut line = Vec::new();
        let read = tokio::time::timeout(LIMIT, self.0.read_until(b'\n', &mut line)).await;
        // A connection that was cut off is over too.
        let _ = read.context("no answer")?;
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    /// Reads until a line that begins like this, over the lines before the last of a reply.
    pub async fn expect(&mut self, wanted: &str) -> Result<String> {
        loop {
            let line = self.line().await?;
            let more = line.as_bytes().get(3) == Some(&b'-');
            if line.starts_with(wanted) && !more {
                return Ok(line);
            }
            anyhow::ensure!(
                more || (line.starts_with("* ") && !wanted.starts_with("* BYE")),
                "“{line}”, not {wanted}"
            );
        }
    }

    /// Sends bytes; that the other side no longer takes them is seen in what it says.
    pub async fn send(&mut self, bytes: &[u8]) {
        let sent = async {
            self.0.write_all(bytes).await?;
            self.0.flush().await
        };
        let _ = tokio::time::timeout(LIMIT, sent).await;
    }

    /// Sends a line and reads its answer.
    pub async fn ask(&mut self, line: &str, wanted: &str) -> Result<String> {
        self.send(format!("{line}\r\n").as_bytes()).await;
        self.expect(wanted).await.with_context(|| line.chars().take(80).collect::<String>())
    }

    /// Sends the same bytes again and again until the other side has heard enough, and gives the line that it says then.
    pub async fn flood(self, bytes: &[u8], times: usize) -> Result<String> {
        let (reader, mut writer) = tokio::io::split(self.0);
        let mut reader = Talk::of(reader);
        let bytes = bytes.to_vec();
        let writing = async move {
            for _ in 0..times {
                if writer.write_all(&bytes).await.is_err() {
                    break;
                }
            }
            // Kept open until the answer is read.
            std::future::pending::<()>().await;
        };
        tokio::select! {
            () = writing => anyhow::bail!("writing never ends"),
            line = reader.line() => line,
        }
    }

    /// Sends a byte now and then until the other side has waited enough, and gives the line that it says then.
    pub async fn drip(self, byte: u8, pace: Duration) -> Result<String> {
        let (reader, mut writer) = tokio::io::split(self.0);
        let mut reader = Talk::of(reader);
        let writing = async move {
            let mut pace = tokio::time::interval(pace);
            loop {
                pace.tick().await;
                if writer.write_all(&[byte]).await.is_err() || writer.flush().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::select! {
            () = writing => anyhow::bail!("writing never ends"),
            line = reader.line() => line,
        }
    }

    fn of(reader: impl AsyncRead + Unpin + Send + 'static) -> Self {
        Talk(BufReader::new(Box::new(tokio::io::join(reader, tokio::io::sink()))))
    }
}

/// The answer of AUTH PLAIN.
pub fn plain_answer(target: &Target) -> String {
    base64::engine::general_purpose::STANDARD.encode(format!("\0{}\0{}", target.user, target.password))
}
