//! One connection of a client: buffered bytes in both directions, deadlines, and the step up to TLS.

use std::io;
use std::sync::Arc;

use bytes::{Buf, BytesMut};
use mailkeep_protocols::smtp::{LineCutter, LineEvent, Reply};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// What ends a connection from outside.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WireError {
    #[error("the client was too slow")]
    Timeout,
    #[error("the client closed the connection")]
    Closed,
    #[error("the connection failed: {0}")]
    Io(#[from] io::Error),
}

/// Anything that carries bytes both ways.
pub trait Transport: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Transport for T {}

enum Stream<S> {
    Plain(S),
    Tls(Box<TlsStream<S>>),
    Gone,
}

/// Bytes that are read at once at most.
const READ_AHEAD: usize = 16 * 1024;

/// Replies are sent when the client's pipelined commands are used up, or when this many bytes wait.
const FLUSH_AT: usize = 8 * 1024;

pub(crate) struct Wire<S> {
    stream: Stream<S>,
    input: BytesMut,
    output: Vec<u8>,
    cutter: LineCutter,
}

impl<S: Transport> Wire<S> {
    pub(crate) fn new(stream: S, line_limit: usize) -> Self {
        let cutter = LineCutter::new(line_limit);
        Wire { stream: Stream::Plain(stream), input: BytesMut::new(), output: Vec::new(), cutter }
    }

    pub(crate) fn set_line_limit(&mut self, limit: usize) {
        self.cutter.set_limit(limit);
    }

    /// Puts a reply into the output; it is sent before the next read that has to wait.
    pub(crate) fn say(&mut self, reply: &Reply) {
        reply.write(&mut self.output);
    }

    pub(crate) async fn flush(&mut self, deadline: Instant) -> Result<(), WireError> {
        if self.output.is_empty() {
            return Ok(());
        }
        let output = std::mem::take(&mut self.output);
        let send = async {
            match &mut self.stream {
                Stream::Plain(stream) => stream.write_all(&output).await,
                Stream::Tls(stream) => {
                    stream.write_all(&output).await?;
                    stream.flush().await
                }
                Stream::Gone => Err(io::ErrorKind::NotConnected.into()),
            }
        };
        Ok(timeout_at(deadline, send).await.map_err(|_| WireError::Timeout)??)
    }

    /// The next line of the client.
    pub(crate) async fn next_line(&mut self, deadline: Instant) -> Result<LineEvent, WireError> {
        loop {
            if self.output.len() >= FLUSH_AT {
                self.flush(deadline).await?;
            }
            if !self.input.is_empty() {
                let (taken, event) = self.cutter.take(&self.input);
                self.input.advance(taken);
                if event != LineEvent::Incomplete {
                    return Ok(event);
                }
            }
            self.fill(deadline).await?;
        }
    }

    /// Bytes of the client that are not yet used; waits for some when there are none.
    pub(crate) async fn bytes(&mut self, deadline: Instant) -> Result<&[u8], WireError> {
        if self.input.is_empty() {
            self.fill(deadline).await?;
        }
        Ok(&self.input)
    }

    /// Marks the first `count` of [`Wire::bytes`] as used.
    pub(crate) fn use_up(&mut self, count: usize) {
        self.input.advance(count.min(self.input.len()));
    }

    async fn fill(&mut self, deadline: Instant) -> Result<(), WireError> {
        self.flush(deadline).await?;
        self.input.reserve(READ_AHEAD);
        let read = async {
            match &mut self.stream {
                Stream::Plain(stream) => stream.read_buf(&mut self.input).await,
                Stream::Tls(stream) => stream.read_buf(&mut self.input).await,
                Stream::Gone => Ok(0),
            }
        };
        match timeout_at(deadline, read).await {
            Err(_) => Err(WireError::Timeout),
            Ok(Ok(0)) => Err(WireError::Closed),
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(error.into()),
        }
    }

    /// Goes over to TLS. What the client sent before is thrown away: an attacker on the way may have put it there to
    /// be taken for part of the protected session (RFC 3207 section 6, CVE-2011-0411).
    pub(crate) async fn start_tls(
        &mut self,
        config: Arc<rustls::ServerConfig>,
        deadline: Instant,
    ) -> Result<String, WireError> {
        self.flush(deadline).await?;
        self.input.clear();
        let Stream::Plain(stream) = std::mem::replace(&mut self.stream, Stream::Gone) else {
            return Err(io::Error::from(io::ErrorKind::InvalidInput).into());
        };
        let handshake = TlsAcceptor::from(config).accept(stream);
        let stream = timeout_at(deadline, handshake).await.map_err(|_| WireError::Timeout)??;
        let (_, session) = stream.get_ref();
        let version = session.protocol_version().and_then(|v| v.as_str()).unwrap_or("TLS");
        let suite = session.negotiated_cipher_suite().and_then(|s| s.suite().as_str()).unwrap_or("unknown");
        let described = format!("{} {suite}", version.replace('_', "."));
        self.stream = Stream::Tls(Box::new(stream));
        Ok(described)
    }

    /// Sends what is left and closes; errors no longer matter.
    pub(crate) async fn close(mut self, deadline: Instant) {
        let _ = self.flush(deadline).await;
        let shutdown = async {
            match &mut self.stream {
                Stream::Plain(stream) => stream.shutdown().await,
                Stream::Tls(stream) => stream.shutdown().await,
                Stream::Gone => Ok(()),
            }
        };
        let _ = timeout_at(deadline, shutdown).await;
    }
}
