//! One SMTP session as a state machine over any stream of bytes.
//!
//! The session knows the protocol and its limits; what to accept it asks a [`Reception`]. The commands are in one
//! file each group: `greet` (EHLO, STARTTLS), `authenticate` (AUTH), `envelope` (MAIL, RCPT), `content` (DATA, BDAT).

mod authenticate;
mod content;
mod envelope;
mod greet;
mod incoming;
mod reception;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use mailkeep_protocols::smtp::{Command, CommandFault, LineEvent, Reply, params::ParamFault};
use metrics::counter;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use self::reception::{Accepted, Client, Envelope, Reception, Role};
use crate::limits::Memory;
use crate::wire::{Transport, Wire, WireError};

/// The TLS configuration; its owner may put a new one in at any time, for the sessions to come.
pub type TlsSource = Arc<ArcSwap<rustls::ServerConfig>>;

/// What one session may ask of us.
#[derive(Debug, Clone)]
pub struct SessionLimits {
    /// Longest message in bytes, as announced with SIZE.
    pub max_message_bytes: u64,
    /// Longest header in bytes.
    pub max_header_bytes: usize,
    /// Longest command line in bytes with its CR LF. RFC 5321 asks for 512 and the extensions add to it.
    pub max_line_bytes: usize,
    /// Most recipients of a message.
    pub max_recipients: usize,
    /// Most `Received` fields of a message: more means a loop.
    pub max_hops: usize,
    /// Most commands in a session.
    pub max_commands: usize,
    /// Most messages in a session.
    pub max_messages: usize,
    /// Most commands that fail in a session.
    pub max_errors: usize,
    /// Most wrong passwords in a session.
    pub max_auth_failures: usize,
    /// How long a client may take for one command, from our last reply to its last byte.
    pub command_time: Duration,
    /// How long a client may be silent within the content of a message.
    pub silence_time: Duration,
    /// How long the content of one message may take.
    pub content_time: Duration,
    /// How long a session may last.
    pub session_time: Duration,
}

/// What all sessions of a listener share.
#[derive(Clone)]
pub struct SessionSettings {
    /// Our name in greetings and trace headers.
    pub host_name: Arc<str>,
    /// The limits.
    pub limits: Arc<SessionLimits>,
    /// Memory for messages coming in.
    pub memory: Memory,
    /// TLS; without it STARTTLS is not offered and nobody can authenticate.
    pub tls: Option<TlsSource>,
    /// The connection begins with TLS (port 465).
    pub implicit_tls: bool,
}

/// Runs a session to its end. `stop` ends it with 421 before the next command.
pub async fn serve<S: Transport, R: Reception>(
    stream: S,
    address: IpAddr,
    settings: SessionSettings,
    reception: R,
    session: Uuid,
    stop: CancellationToken,
) {
    let wire = Wire::new(stream, settings.limits.max_line_bytes);
    let client = Client {
        session,
        address: address.to_canonical(),
        helo: String::new(),
        extended: false,
        tls: None,
        principal: None,
    };
    let ends = Instant::now() + settings.limits.session_time;
    let role = reception.role().as_str();
    let counts = Counts::default();
    let session = Session { wire, settings, reception, client, envelope: None, chunks: None, counts, ends };
    let id = session.client.session;
    if let Err(error) = session.run(stop).await {
        counter!("mailkeep_smtp_sessions_broken_total", "role" => role).increment(1);
        tracing::debug!(session = %id, %error, "an SMTP session broke off");
    }
}

#[derive(Debug, Default)]
struct Counts {
    commands: usize,
    messages: usize,
    errors: usize,
    auth_failures: usize,
}

/// What to do after a command.
#[derive(PartialEq, Eq)]
enum Next {
    Go,
    Close,
}

struct Session<S, R: Reception> {
    wire: Wire<S>,
    settings: SessionSettings,
    reception: R,
    client: Client<R::Principal>,
    envelope: Option<Envelope<R::Target>>,
    /// The chunks of BDAT so far.
    chunks: Option<incoming::Incoming>,
    counts: Counts,
    ends: Instant,
}

/// How long we wait for a client to take our last words.
const FAREWELL: Duration = Duration::from_secs(5);

impl<S: Transport, R: Reception> Session<S, R> {
    async fn run(mut self, stop: CancellationToken) -> Result<(), WireError> {
        let result = self.talk(&stop).await;
        if matches!(result, Err(WireError::Timeout)) {
            let text = format!("{} You were too slow; closing the connection", self.settings.host_name);
            self.wire.say(&Reply::of(421, (4, 4, 2), text));
        }
        self.wire.close(Instant::now() + FAREWELL).await;
        result
    }

    async fn talk(&mut self, stop: &CancellationToken) -> Result<(), WireError> {
        if self.settings.implicit_tls {
            let Some(tls) = self.settings.tls.clone() else { return Ok(()) };
            let described = self.wire.start_tls(tls.load_full(), self.deadline()).await?;
            self.client.tls = Some(described);
        }
        self.wire.say(&Reply::new(220, None, format!("{} ESMTP Mailkeep", self.settings.host_name)));
        loop {
            let deadline = self.deadline();
            let event = tokio::select! {
                biased;
                () = stop.cancelled() => {
                    let text = format!("{} is restarting; connect again in a minute", self.settings.host_name);
                    self.wire.say(&Reply::of(421, (4, 3, 2), text));
                    return Ok(());
                }
                event = self.wire.next_line(deadline) => event?,
            };
            if self.obey_line(event).await? == Next::Close {
                return Ok(());
            }
            if let Some(reply) = self.exhausted() {
                self.wire.say(&reply);
                return Ok(());
            }
        }
    }

    /// When the present command must be there.
    fn deadline(&self) -> Instant {
        (Instant::now() + self.settings.limits.command_time).min(self.ends)
    }

    fn exhausted(&self) -> Option<Reply> {
        let (counts, limits) = (&self.counts, &self.settings.limits);
        if counts.errors >= limits.max_errors {
            return Some(Reply::of(421, (4, 7, 0), "Too many errors; closing the connection"));
        }
        if counts.auth_failures >= limits.max_auth_failures {
            return Some(Reply::of(421, (4, 7, 0), "Too many wrong passwords; closing the connection"));
        }
        if counts.commands >= limits.max_commands || counts.messages >= limits.max_messages {
            return Some(Reply::of(
                421,
                (4, 7, 0),
                "That is enough for one connection; connect again to go on",
            ));
        }
        None
    }

    /// Says a refusal and counts it.
    fn refuse(&mut self, reply: &Reply) {
        self.counts.errors += 1;
        self.wire.say(reply);
    }

    async fn obey_line(&mut self, event: LineEvent) -> Result<Next, WireError> {
        self.counts.commands += 1;
        match event {
            LineEvent::Line(line) => match Command::parse(&line) {
                Ok(command) => self.obey(command).await,
                Err(fault) => {
                    self.refuse(&reply_to_fault(&fault));
                    Ok(Next::Go)
                }
            },
            LineEvent::Refused(fault) => {
                self.refuse(&Reply::of(500, (5, 5, 2), format!("This cannot be read: {fault}")));
                Ok(Next::Go)
            }
            LineEvent::Flood | LineEvent::Incomplete => {
                self.wire.say(&Reply::of(421, (4, 7, 0), "A line without end; closing the connection"));
                Ok(Next::Close)
            }
        }
    }

    async fn obey(&mut self, command: Command) -> Result<Next, WireError> {
        if self.chunks.is_some()
            && !matches!(command, Command::Bdat { .. } | Command::Rset | Command::Noop | Command::Quit)
        {
            self.refuse(&Reply::of(503, (5, 5, 1), "Send the next chunk with BDAT, or RSET to start anew"));
            return Ok(Next::Go);
        }
        match command {
            Command::Ehlo(name) => self.greet(name, true),
            Command::Helo(name) => self.greet(name, false),
            Command::Lhlo => self.refuse(&Reply::of(500, (5, 5, 1), "This is SMTP and not LMTP; say EHLO")),
            Command::Mail(sender, params) => self.mail(sender, *params).await,
            Command::Rcpt(recipient, params) => self.rcpt(recipient, *params).await,
            Command::Data => self.data().await?,
            Command::Bdat { size, last } => return self.bdat(size, last).await,
            Command::Rset => {
                self.reset();
                self.wire.say(&Reply::of(250, (2, 0, 0), "Forgotten"));
            }
            Command::Noop => self.wire.say(&Reply::of(250, (2, 0, 0), "Here")),
            Command::Quit => {
                self.wire.say(&Reply::of(221, (2, 0, 0), "Goodbye"));
                return Ok(Next::Close);
            }
            Command::Vrfy => {
                self.wire.say(&Reply::of(252, (2, 1, 5), "Send the message and it will be tried"))
            }
            Command::Expn => self.refuse(&Reply::of(502, (5, 5, 1), "Lists are not expanded here")),
            Command::Help => {
                self.wire.say(&Reply::of(214, (2, 0, 0), "See RFC 5321; EHLO lists what is offered"))
            }
            Command::StartTls => return self.start_tls().await,
            Command::Auth(mechanism, initial) => self.auth(mechanism, initial).await?,
        }
        Ok(Next::Go)
    }

    fn reset(&mut self) {
        self.envelope = None;
        self.chunks = None;
    }
}

fn reply_to_fault(fault: &CommandFault) -> Reply {
    let (code, status) = match fault {
        CommandFault::UnknownVerb => (500, (5, 5, 1)),
        CommandFault::Syntax(_) => (501, (5, 5, 2)),
        CommandFault::Encoding => (500, (5, 5, 2)),
        CommandFault::Sender(_) => (553, (5, 1, 7)),
        CommandFault::Recipient(_) => (553, (5, 1, 3)),
        CommandFault::Param(ParamFault::Unknown(_)) => (555, (5, 5, 4)),
        CommandFault::Param(_) => (501, (5, 5, 4)),
    };
    Reply::of(code, status, capitalised(&fault.to_string()))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
