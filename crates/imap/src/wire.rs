//! One connection: bytes in and out, the step up to TLS, time limits.
//!
//! While it waits it holds no buffer of its own: bytes are read into a buffer of the thread and copied when there are
//! some, and the output is given back once it is sent. That keeps thousands of idle connections small.

use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use mailkeep_protocols::imap::{Event, Framer, Limits};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsAcceptor;

use crate::limits::AppendMemory;

/// What a connection runs over.
pub trait Io: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// How much is read at once.
const READ_SIZE: usize = 32 * 1024;

/// Output beyond this is sent before more is made.
const FLUSH_AT: usize = 128 * 1024;

/// Output buffers up to this size are kept between commands of a busy connection.
const KEEP_OUTPUT: usize = 2 * FLUSH_AT;

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = RefCell::new(vec![0; READ_SIZE]);
}

/// Why a connection ends without the client having asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    /// The client hung up.
    #[error("the client closed the connection")]
    Closed,
    /// The client stalled.
    #[error("the client stalled")]
    Stalled,
    /// The network failed.
    #[error("the connection failed: {0}")]
    Io(#[from] io::Error),
}

/// What came in.
#[derive(Debug)]
pub(crate) enum Input {
    /// A command or line.
    Command(Vec<u8>),
    /// A command whose literal was over the limit.
    TooLarge(String),
    /// A line or literal beyond all limits.
    Overflow,
    /// Nothing came in time.
    Timeout,
}

pub(crate) struct Wire {
    io: Box<dyn Io>,
    framer: Framer,
    /// What is to be sent.
    pub out: Vec<u8>,
    memory: AppendMemory,
    /// Memory taken for the message that is coming in or being stored.
    reserved: Option<OwnedSemaphorePermit>,
    stall: Duration,
    /// True when the bytes are protected.
    pub secure: bool,
    /// Set by `STARTTLS`: once the reply is sent, the connection goes over to TLS.
    pub upgrade: Option<Arc<rustls::ServerConfig>>,
}

impl Wire {
    pub fn new(io: Box<dyn Io>, memory: AppendMemory, stall: Duration, secure: bool) -> Self {
        Wire {
            io,
            framer: Framer::default(),
            out: Vec::new(),
            memory,
            reserved: None,
            stall,
            secure,
            upgrade: None,
        }
    }

    /// Appends text to the output.
    pub fn say(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Appends an untagged response line.
    pub fn untagged(&mut self, text: &str) {
        self.out.extend_from_slice(b"* ");
        self.out.extend_from_slice(text.as_bytes());
        self.out.extend_from_slice(b"\r\n");
    }

    /// Sends the output when there is much of it: back-pressure for long answers.
    pub async fn flush_if_full(&mut self) -> Result<(), Broken> {
        if self.out.len() >= FLUSH_AT { self.flush().await } else { Ok(()) }
    }

    /// Sends the output.
    pub async fn flush(&mut self) -> Result<(), Broken> {
        let mut out = std::mem::take(&mut self.out);
        if out.is_empty() {
            return Ok(());
        }
        let sent = self.send(&out).await;
        if out.capacity() <= KEEP_OUTPUT {
            out.clear();
            self.out = out;
        }
        sent
    }

    /// Sends bytes in pieces, each of which must go out within the stall limit.
    pub async fn send(&mut self, mut bytes: &[u8]) -> Result<(), Broken> {
        while !bytes.is_empty() {
            let written = timeout(self.stall, self.io.write(bytes)).await.map_err(|_| Broken::Stalled)??;
            if written == 0 {
                return Err(Broken::Closed);
            }
            bytes = bytes.get(written..).unwrap_or_default();
        }
        timeout(self.stall, self.io.flush()).await.map_err(|_| Broken::Stalled)??;
        Ok(())
    }

    /// True when the client has sent more than was read as commands.
    pub fn has_pending(&self) -> bool {
        self.framer.has_pending()
    }

    /// Gives back the memory taken for a message.
    pub fn release_message(&mut self) {
        self.reserved = None;
    }

    /// The next command. `idle` limits the wait for its first byte, the stall limit every later one; `deadline`, if
    /// given, limits everything.
    ///
    /// May be dropped at any await and called again without losing bytes.
    pub async fn next_command(
        &mut self,
        limits: &Limits,
        idle: Duration,
        deadline: Option<Instant>,
    ) -> Result<Input, Broken> {
        loop {
            match self.framer.next(limits) {
                Event::More => {
                    self.flush().await?;
                    if !self.fill(idle, deadline).await? {
                        return Ok(Input::Timeout);
                    }
                }
                Event::Literal { length, wait } => {
                    // Room is waited for before the client is asked to send.
                    if length > 0 {
                        let reserved = self.memory.reserve(length).await;
                        if reserved.is_some() {
                            self.reserved = reserved;
                        }
                    }
                    if wait {
                        self.say("+ OK\r\n");
                        self.flush().await?;
                    }
                }
                Event::Command(command) => return Ok(Input::Command(command)),
                Event::TooLarge { tag } => return Ok(Input::TooLarge(tag)),
                Event::Overflow => return Ok(Input::Overflow),
            }
        }
    }

    /// The next line that is no command: `DONE` or a SASL response. May be dropped like [`Wire::next_command`].
    pub async fn next_line(
        &mut self,
        limit: usize,
        idle: Duration,
        deadline: Option<Instant>,
    ) -> Result<Input, Broken> {
        loop {
            match self.framer.next_line(limit) {
                Event::Command(line) => return Ok(Input::Command(line)),
                Event::More => {
                    self.flush().await?;
                    if !self.fill(idle, deadline).await? {
                        return Ok(Input::Timeout);
                    }
                }
                _ => return Ok(Input::Overflow),
            }
        }
    }

    /// Reads some bytes; false when the time is over.
    async fn fill(&mut self, idle: Duration, deadline: Option<Instant>) -> Result<bool, Broken> {
        let pending = self.framer.has_pending();
        if !pending {
            self.framer.release();
            if self.out.is_empty() {
                self.out = Vec::new();
            }
        }
        let mut until = Instant::now() + if pending { self.stall } else { idle };
        if let Some(deadline) = deadline {
            until = until.min(deadline);
        }
        let (io, buffer) = (&mut self.io, self.framer.buffer());
        let read = std::future::poll_fn(|context| {
            SCRATCH.with_borrow_mut(|scratch| {
                let mut into = ReadBuf::new(scratch);
                match Pin::new(&mut *io).poll_read(context, &mut into) {
                    Poll::Pending => Poll::Pending,
                    Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
                    Poll::Ready(Ok(())) => {
                        buffer.extend_from_slice(into.filled());
                        Poll::Ready(Ok(into.filled().len()))
                    }
                }
            })
        });
        match tokio::time::timeout_at(until, read).await {
            Err(_) => Ok(false),
            Ok(Ok(0)) => Err(Broken::Closed),
            Ok(Ok(_)) => Ok(true),
            Ok(Err(error)) => Err(error.into()),
        }
    }

    /// Goes over to TLS if `STARTTLS` asked for it, which has made sure that the client sent nothing ahead.
    pub async fn upgrade_if_asked(&mut self, limit: Duration) -> Result<(), Broken> {
        let Some(config) = self.upgrade.take() else { return Ok(()) };
        self.flush().await?;
        let plain = std::mem::replace(&mut self.io, Box::new(tokio::io::empty()));
        let handshake = TlsAcceptor::from(config).accept(plain);
        let secured = timeout(limit, handshake).await.map_err(|_| Broken::Stalled)??;
        self.io = Box::new(secured);
        self.secure = true;
        Ok(())
    }

    /// Sends what is left and closes; failures no longer matter.
    pub async fn close(mut self) {
        let limit = Duration::from_secs(5).min(self.stall);
        let _ = timeout(limit, async {
            self.flush().await?;
            self.io.shutdown().await.map_err(Broken::from)
        })
        .await;
    }
}
