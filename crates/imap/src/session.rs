//! One session: its state, its loop, and moving on to what happened in the folder.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use mailkeep_mailbox::{MailError, MailRefusal};
use mailkeep_protocols::imap::command::{Command, Request};
use mailkeep_protocols::imap::{Limits, parse};
use mailkeep_storage::sql::Watch;
use mailkeep_types::{FolderId, MailboxId};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::access::Access;
use crate::commands;
use crate::limits::Slot;
use crate::reply::{Reply, Stop};
use crate::server::Shared;
use crate::views::{SharedView, Snapshot, advance};
use crate::wire::{Input, Wire};

/// Before login a line holds a name and a password, no more.
const LIMITS_BEFORE_LOGIN: Limits = Limits { line: 4 * 1024, command: 8 * 1024, append: 0 };

pub(crate) struct Session {
    pub shared: Arc<Shared>,
    pub address: IpAddr,
    pub user: Option<Box<User>>,
    /// The client asked for change numbers (RFC 7162 section 3.1).
    pub condstore: bool,
    pub login_failures: u32,
    bad_commands: u32,
    login_deadline: Instant,
    /// The tag of the command that runs.
    pub tag: String,
}

/// Who is logged in.
pub(crate) struct User {
    pub access: Access,
    pub watch: Watch,
    pub state_watch: Watch,
    pub selected: Option<Selected>,
    pub _slot: Slot<MailboxId>,
}

/// The folder that is open.
pub(crate) struct Selected {
    pub folder: FolderId,
    pub view: Arc<SharedView>,
    /// What the client knows of.
    pub seen: Arc<Snapshot>,
    pub read_only: bool,
    /// How many keywords the client was told of.
    pub keywords_told: usize,
    /// This session changed something itself, so what is shared may be older than what it knows.
    pub dirty: bool,
}

/// When a command lets the server tell of other sessions' changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    /// Everything, after asking the database in any case: the client asks for news.
    Look,
    /// Everything.
    All,
    /// Message numbers must stay as they are.
    NoExpunge,
    /// Nothing: the folder was just opened or closed.
    Nothing,
}

/// How the loop goes on after a command.
enum Next {
    Go,
    Idle,
    End,
}

impl Session {
    pub fn new(shared: Arc<Shared>, address: IpAddr) -> Self {
        let login_deadline = Instant::now() + shared.config.login_timeout();
        Session {
            shared,
            address,
            user: None,
            condstore: false,
            login_failures: 0,
            bad_commands: 0,
            login_deadline,
            tag: String::new(),
        }
    }

    /// Runs the session to its end.
    pub async fn run(mut self, mut wire: Wire, stop: CancellationToken) {
        wire.say("* OK [CAPABILITY ");
        wire.say(&commands::capability::list(&self, &wire));
        wire.say("] Mailkeep ready\r\n");
        let ended = self.run_commands(&mut wire, &stop).await;
        match ended {
            Ok(()) => {}
            Err(Stop::Bye(text)) => wire.untagged(&format!("BYE {text}")),
            Err(Stop::Broken(broken)) => {
                tracing::debug!(%broken, "an IMAP connection broke off");
                return;
            }
            Err(Stop::Reply(_)) => {}
        }
        wire.close().await;
    }

    fn limits(&self) -> Limits {
        let config = &self.shared.config;
        match self.user {
            None => LIMITS_BEFORE_LOGIN,
            Some(_) => Limits {
                line: config.max_line_bytes,
                command: config.max_command_bytes,
                append: config.max_message_bytes,
            },
        }
    }

    async fn run_commands(&mut self, wire: &mut Wire, stop: &CancellationToken) -> Result<(), Stop> {
        loop {
            let limits = self.limits();
            let deadline = self.user.is_none().then_some(self.login_deadline);
            let idle = self.idle_limit();
            let input = tokio::select! {
                biased;
                () = stop.cancelled() => return Err(Stop::Bye("[UNAVAILABLE] the server is restarting; connect again")),
                input = wire.next_command(&limits, idle, deadline) => input?,
            };
            let command = match input {
                Input::Command(command) if command.is_empty() => {
                    self.count_bad()?;
                    wire.untagged("BAD an empty line is no command");
                    continue;
                }
                Input::Command(command) => command,
                Input::TooLarge(tag) => {
                    self.count_bad()?;
                    let text = "[TOOBIG] the command or message is larger than this server takes";
                    Reply::No(text.into()).write(&tag, &mut wire.out);
                    continue;
                }
                Input::Overflow => return Err(Stop::Bye("the command line is too long")),
                Input::Timeout if self.user.is_none() => return Err(Stop::Bye("no login in time")),
                Input::Timeout => return Err(Stop::Bye("[UNAVAILABLE] logged out after a long silence")),
            };
            // The frames of commands are large; they live on the heap only while one runs.
            let next = Box::pin(self.execute(command, wire)).await?;
            wire.release_message();
            match next {
                Next::Go => {}
                Next::Idle => commands::idle(self, wire, stop).await?,
                Next::End => return Ok(()),
            }
        }
    }

    pub fn idle_limit(&self) -> Duration {
        self.shared.config.idle_timeout()
    }

    fn count_bad(&mut self) -> Result<(), Stop> {
        self.bad_commands += 1;
        if self.bad_commands > self.shared.config.max_bad_commands {
            return Err(Stop::Bye("too many commands that make no sense"));
        }
        Ok(())
    }

    /// Runs one command.
    async fn execute(&mut self, input: Vec<u8>, wire: &mut Wire) -> Result<Next, Stop> {
        let Request { tag, command } = match parse(&input) {
            Ok(request) => request,
            Err(rejected) => {
                let text = rejected.bad.to_string();
                // A character set that is not known is no mistake of grammar (RFC 3501 section 6.4.4).
                let reply = if text.starts_with("[BADCHARSET") {
                    Reply::No(text.into())
                } else {
                    Reply::Bad(text.into())
                };
                reply.write(&rejected.tag, &mut wire.out);
                self.count_bad()?;
                return Ok(Next::Go);
            }
        };
        self.bad_commands = 0;
        let next = match command {
            Command::Logout => Next::End,
            Command::Idle if self.user.is_some() => {
                self.tag = tag;
                return Ok(Next::Idle);
            }
            _ => Next::Go,
        };
        self.tag.clone_from(&tag);
        let name = commands::name(&command);
        let started = Instant::now();
        let (reply, telling) = match commands::run(self, wire, command, input).await {
            Ok((reply, telling)) => (reply, telling),
            Err(Stop::Reply(reply)) => (reply, Telling::Nothing),
            Err(other) => return Err(other),
        };
        match self.tell_changes(wire, telling, false).await {
            Ok(()) | Err(Stop::Reply(_)) => {}
            Err(other) => return Err(other),
        }
        reply.write(&tag, &mut wire.out);
        metrics::histogram!("mailkeep_imap_command_seconds", "command" => name)
            .record(started.elapsed().as_secs_f64());
        wire.flush_if_full().await?;
        wire.upgrade_if_asked(self.shared.config.login_timeout()).await?;
        Ok(next)
    }

    /// Moves the open folder on to its newest state and tells the client what changed.
    ///
    /// The database is asked when a notice came, when this session changed something, or with `look`.
    pub async fn tell_changes(&mut self, wire: &mut Wire, telling: Telling, look: bool) -> Result<(), Stop> {
        let condstore = self.condstore;
        let Some(user) = self.user.as_deref_mut() else { return Ok(()) };
        let Some(selected) = user.selected.as_mut().filter(|_| telling != Telling::Nothing) else {
            return Ok(());
        };
        if user.state_watch.take() && !user.access.mail.still_open().await? {
            return Err(Stop::Bye("[CONTACTADMIN] this mailbox cannot be used at the moment"));
        }
        let look = look || telling == Telling::Look || selected.dirty;
        let newest = if user.watch.take() || look {
            match selected.view.refresh(&user.access).await {
                Ok(newest) => newest,
                Err(MailError::Refused(MailRefusal::NoFolder)) => {
                    return Err(Stop::Bye("the folder was deleted"));
                }
                Err(error) => return Err(error.into()),
            }
        } else {
            selected.view.newest()
        };
        selected.dirty = false;
        let (seen, changes) = advance(&selected.seen, &newest, telling != Telling::NoExpunge);
        selected.seen = seen;
        let seen = Arc::clone(&selected.seen);
        for number in &changes.expunged {
            wire.untagged(&format!("{number} EXPUNGE"));
        }
        if let Some(exists) = changes.exists {
            wire.untagged(&format!("{exists} EXISTS"));
        }
        if !changes.flags.is_empty() {
            commands::flags::tell_new_keywords(user, wire, &seen, &changes.flags).await?;
            for place in changes.flags {
                if let Some(entry) = seen.entries.get(place) {
                    commands::flags::write_flags_of(wire, place, entry, &user.access, condstore);
                    wire.flush_if_full().await?;
                }
            }
        }
        Ok(())
    }
}
