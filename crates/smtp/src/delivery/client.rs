//! Our side of a connection to another server.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use mailkeep_protocols::smtp::{DataEncoder, Reply, ReplyFault, ReplyReader};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::transaction::Transaction;

/// How long another server may take (RFC 5321 section 4.5.3.2 has the values to aim at).
#[derive(Debug, Clone)]
pub(crate) struct Patience {
    pub connect: Duration,
    pub command: Duration,
    pub data_block: Duration,
    pub data_end: Duration,
}

/// Why a connection is of no use.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientError {
    #[error("no connection: {0}")]
    Connect(io::Error),
    #[error("the connection broke: {0}")]
    Io(#[from] io::Error),
    #[error("the server closed the connection")]
    Closed,
    #[error("the server took too long")]
    Timeout,
    #[error("{0}")]
    Fault(#[from] ReplyFault),
    /// It would not talk to us.
    #[error("{0}")]
    Refused(Reply),
    #[error("TLS failed: {0}")]
    Tls(io::Error),
    #[error("the server offers no TLS, and it is required")]
    NoTls,
}

/// What a server offers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Features {
    pub pipelining: bool,
    pub size: Option<u64>,
    pub eight_bit: bool,
    pub smtputf8: bool,
    pub dsn: bool,
    pub starttls: bool,
}

impl Features {
    fn read(ehlo: &Reply) -> Self {
        let mut features = Features::default();
        for line in ehlo.lines().skip(1) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word.to_ascii_uppercase().as_str() {
                "PIPELINING" => features.pipelining = true,
                // 0 means that there is no fixed limit (RFC 1870 section 4).
                "SIZE" => features.size = rest.trim().parse().ok().filter(|size| *size > 0),
                "8BITMIME" => features.eight_bit = true,
                "SMTPUTF8" => features.smtputf8 = true,
                "DSN" => features.dsn = true,
                "STARTTLS" => features.starttls = true,
                _ => {}
            }
        }
        features
    }
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    Gone,
}

/// A greeted connection, ready for transactions.
pub(crate) struct Connection {
    /// Our own address in it.
    pub(crate) from: Option<IpAddr>,
    stream: Stream,
    input: Vec<u8>,
    reader: ReplyReader,
    patience: Patience,
    pub(crate) features: Features,
    /// Transactions so far.
    pub(crate) used: usize,
    /// The content of the present transaction was begun: the server may have the message even if it does not say so.
    pub(crate) content_sent: bool,
}

/// How a connection is to be made.
pub(crate) struct Dial<'a> {
    pub address: SocketAddr,
    pub host: &'a str,
    pub our_name: &'a str,
    pub patience: &'a Patience,
    /// TLS with this configuration, when the server offers it.
    pub tls: Option<&'a Arc<rustls::ClientConfig>>,
    /// No TLS, no mail.
    pub tls_required: bool,
}

impl Connection {
    /// Connects, greets, and goes over to TLS.
    pub(crate) async fn open(dial: Dial<'_>) -> Result<Self, ClientError> {
        let stream = timeout(dial.patience.connect, TcpStream::connect(dial.address))
            .await
            .map_err(|_| ClientError::Timeout)?
            .map_err(ClientError::Connect)?;
        let _ = stream.set_nodelay(true);
        let mut connection = Connection {
            from: stream.local_addr().ok().map(|address| address.ip()),
            stream: Stream::Plain(stream),
            input: Vec::new(),
            reader: ReplyReader::default(),
            patience: dial.patience.clone(),
            features: Features::default(),
            used: 0,
            content_sent: false,
        };
        let greeting = connection.read_reply(dial.patience.command).await?;
        if greeting.code() != 220 {
            return Err(ClientError::Refused(greeting));
        }
        connection.greet(dial.our_name).await?;
        match dial.tls {
            Some(tls) if connection.features.starttls => {
                connection.start_tls(tls, dial.host).await?;
                connection.greet(dial.our_name).await?;
            }
            _ if dial.tls_required => return Err(ClientError::NoTls),
            _ => {}
        }
        Ok(connection)
    }

    async fn greet(&mut self, our_name: &str) -> Result<(), ClientError> {
        let reply = self.command(&format!("EHLO {our_name}\r\n")).await?;
        if reply.is_positive() {
            self.features = Features::read(&reply);
            return Ok(());
        }
        let reply = self.command(&format!("HELO {our_name}\r\n")).await?;
        if reply.is_positive() { Ok(()) } else { Err(ClientError::Refused(reply)) }
    }

    async fn start_tls(&mut self, config: &Arc<rustls::ClientConfig>, host: &str) -> Result<(), ClientError> {
        let reply = self.command("STARTTLS\r\n").await?;
        if reply.code() != 220 {
            return Err(ClientError::Tls(io::Error::other(reply.to_string())));
        }
        // Whatever came with the reply was not protected (the client's side of CVE-2011-0411).
        self.input.clear();
        self.reader = ReplyReader::default();
        let name =
            ServerName::try_from(host.to_owned()).map_err(|e| ClientError::Tls(io::Error::other(e)))?;
        let Stream::Plain(stream) = std::mem::replace(&mut self.stream, Stream::Gone) else {
            return Err(ClientError::Closed);
        };
        let handshake = TlsConnector::from(config.clone()).connect(name, stream);
        let stream = timeout(self.patience.command, handshake)
            .await
            .map_err(|_| ClientError::Tls(io::ErrorKind::TimedOut.into()))?
            .map_err(ClientError::Tls)?;
        self.stream = Stream::Tls(Box::new(stream));
        Ok(())
    }

    /// True when the connection is protected.
    pub(crate) fn is_tls(&self) -> bool {
        matches!(self.stream, Stream::Tls(_))
    }

    /// Runs a transaction: one answer for each recipient.
    ///
    /// # Errors
    /// When the connection broke and nothing is known of any recipient.
    pub(crate) async fn send(&mut self, transaction: &Transaction<'_>) -> Result<Vec<Reply>, ClientError> {
        self.used += 1;
        self.content_sent = false;
        let commands = transaction.commands(&self.features);
        let count = commands.len();
        let mut replies = Vec::with_capacity(count);
        if self.features.pipelining {
            self.write(commands.concat().as_bytes(), self.patience.command).await?;
            for _ in 0..count {
                replies.push(self.read_reply(self.patience.command).await?);
            }
        } else {
            for (at, command) in commands.iter().enumerate() {
                let nobody = at + 1 == count && !replies.iter().skip(1).any(Reply::is_positive);
                if nobody || replies.first().is_some_and(|mail| !mail.is_positive()) {
                    break;
                }
                replies.push(self.command(command).await?);
            }
        }
        self.finish(transaction, replies).await
    }

    /// Sends the content if DATA was accepted, and gives each recipient its answer.
    async fn finish(
        &mut self,
        transaction: &Transaction<'_>,
        replies: Vec<Reply>,
    ) -> Result<Vec<Reply>, ClientError> {
        let people = transaction.recipients.len();
        let Some((mail, rest)) = replies.split_first() else { return Err(ClientError::Closed) };
        let (rcpts, data) = rest.split_at(people.min(rest.len()));
        let may_send = mail.is_positive() && rcpts.iter().any(Reply::is_positive);
        let mut last = None;
        if let Some(data) = data.first() {
            last = Some(data.clone());
            if data.code() == 354 {
                last = Some(self.send_content(if may_send { transaction.content } else { &[] }).await?);
            }
        }
        if !last.as_ref().is_some_and(Reply::is_positive) {
            // Leaves no half transaction for the next message on this connection.
            self.command("RSET\r\n").await?;
        }
        let answers = (0..people).map(|at| match (rcpts.get(at), &last) {
            _ if !mail.is_positive() => mail.clone(),
            (Some(rcpt), _) if !rcpt.is_positive() => rcpt.clone(),
            (Some(_), Some(last)) => last.clone(),
            _ => mail.clone(),
        });
        Ok(answers.collect())
    }

    async fn send_content(&mut self, content: &[u8]) -> Result<Reply, ClientError> {
        self.content_sent = true;
        let mut encoder = DataEncoder::default();
        let mut block = Vec::with_capacity(70 * 1024);
        for chunk in content.chunks(64 * 1024) {
            encoder.encode(chunk, &mut block);
            if block.len() >= 64 * 1024 {
                self.write(&block, self.patience.data_block).await?;
                block.clear();
            }
        }
        encoder.finish(&mut block);
        self.write(&block, self.patience.data_block).await?;
        self.read_reply(self.patience.data_end).await
    }

    /// Takes leave; errors no longer matter.
    pub(crate) async fn quit(mut self) {
        let short = Duration::from_secs(5).min(self.patience.command);
        if self.write(b"QUIT\r\n", short).await.is_ok() {
            let _ = self.read_reply(short).await;
        }
    }

    async fn command(&mut self, line: &str) -> Result<Reply, ClientError> {
        self.write(line.as_bytes(), self.patience.command).await?;
        self.read_reply(self.patience.command).await
    }

    async fn write(&mut self, bytes: &[u8], patience: Duration) -> Result<(), ClientError> {
        let send = async {
            match &mut self.stream {
                Stream::Plain(stream) => stream.write_all(bytes).await,
                Stream::Tls(stream) => {
                    stream.write_all(bytes).await?;
                    stream.flush().await
                }
                Stream::Gone => Err(io::ErrorKind::NotConnected.into()),
            }
        };
        Ok(timeout(patience, send).await.map_err(|_| ClientError::Timeout)??)
    }

    async fn read_reply(&mut self, patience: Duration) -> Result<Reply, ClientError> {
        let read = async {
            loop {
                let (taken, reply) = self.reader.take(&self.input)?;
                self.input.drain(..taken);
                if let Some(reply) = reply {
                    return Ok(reply);
                }
                let count = match &mut self.stream {
                    Stream::Plain(stream) => stream.read_buf(&mut self.input).await?,
                    Stream::Tls(stream) => stream.read_buf(&mut self.input).await?,
                    Stream::Gone => 0,
                };
                if count == 0 {
                    return Err(ClientError::Closed);
                }
            }
        };
        timeout(patience, read).await.map_err(|_| ClientError::Timeout)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_server_offers() {
        let reply =
            Reply::new(250, None, "mx").line("pipelining").line("SIZE 0").line("8BITMIME").line("AUTH PLAIN");
        let features = Features { pipelining: true, eight_bit: true, ..Features::default() };
        assert_eq!(Features::read(&reply), features);
        assert_eq!(Features::read(&Reply::new(250, None, "DSN")), Features::default());
    }
}
