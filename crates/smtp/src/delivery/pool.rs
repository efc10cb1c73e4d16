//! Connections to other servers, shared by the messages for one destination.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use mailkeep_protocols::smtp::Reply;
use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, SemaphorePermit};
use tokio::time::Instant;

use super::client::{ClientError, Connection, Dial, Patience};
use super::route::Exchange;
use super::shaping::{Limits, Shaping};
use super::tls::TlsMode;

/// The pool: per destination (a domain of recipients) a limited number of connections, some of them idle.
pub(crate) struct Pool {
    settings: PoolSettings,
    shaping: Shaping,
    destinations: Mutex<HashMap<String, Arc<Destination>>>,
}

/// What the pool keeps to.
pub(crate) struct PoolSettings {
    pub our_name: String,
    pub port: u16,
    pub patience: Patience,
    pub tls_mode: TlsMode,
    pub tls: Arc<rustls::ClientConfig>,
    pub idle_time: Duration,
}

pub(crate) struct Destination {
    pub limits: Arc<Limits>,
    idle: Mutex<Vec<Idle>>,
    /// Nobody answered; until then it is not tried again.
    down: Mutex<Option<(Instant, Reply)>>,
}

struct Idle {
    connection: Connection,
    host: String,
    since: Instant,
}

/// How long a destination that did not answer is left alone.
const DOWN_TIME: Duration = Duration::from_secs(30);

/// A connection in use.
pub(crate) struct Lease {
    pub connection: Connection,
    pub host: String,
    destination: Arc<Destination>,
    _place: OwnedSemaphorePermit,
}

impl Pool {
    pub(crate) fn new(settings: PoolSettings, shaping: Shaping) -> Self {
        Pool { settings, shaping, destinations: Mutex::default() }
    }

    /// The destination that a domain of recipients is.
    pub(crate) async fn destination(&self, resolver: &TokioResolver, domain: &str) -> Arc<Destination> {
        if let Some(known) = self.destinations.lock().get(domain) {
            return Arc::clone(known);
        }
        let limits = self.shaping.limits(resolver, domain).await;
        let fresh = || Arc::new(Destination { limits, idle: Mutex::default(), down: Mutex::default() });
        self.destinations.lock().entry(domain.to_owned()).or_insert_with(fresh).clone()
    }

    /// Closes connections that nobody used for a while, and forgets destinations without any.
    pub(crate) async fn tidy(&self, all: bool) {
        let mut old = Vec::new();
        let now = Instant::now();
        self.destinations.lock().retain(|_, destination| {
            let mut idle = destination.idle.lock();
            let mut kept = Vec::new();
            for one in idle.drain(..) {
                if all || now.duration_since(one.since) >= self.settings.idle_time {
                    old.push(one.connection);
                } else {
                    kept.push(one);
                }
            }
            *idle = kept;
            let down = destination.down.lock().as_ref().is_some_and(|(until, _)| *until > now);
            let in_use = Arc::strong_count(destination) > 1;
            in_use || down || !idle.is_empty() || !destination.limits.pace.is_at_rest(now)
        });
        futures_util::future::join_all(old.into_iter().map(Connection::quit)).await;
    }
}

impl Destination {
    /// Waits for a place; the connection comes with [`Place::connect`].
    pub(crate) async fn place<'a>(self: &Arc<Self>, pool: &'a Pool) -> Option<Place<'a>> {
        let permit = self.limits.places.clone().acquire_owned().await.ok()?;
        Some(Place { pool, destination: Arc::clone(self), permit })
    }

    /// Waits for what mail in bulk needs beside a place.
    pub(crate) async fn place_of_bulk(&self) -> Option<SemaphorePermit<'_>> {
        self.limits.bulk.acquire().await.ok()
    }
}

/// The right to one connection to a destination.
pub(crate) struct Place<'a> {
    pool: &'a Pool,
    destination: Arc<Destination>,
    permit: OwnedSemaphorePermit,
}

impl Place<'_> {
    /// The answer to give while the destination is known to be down.
    pub(crate) fn down(&self) -> Option<Reply> {
        let down = self.destination.down.lock();
        down.as_ref().filter(|(until, _)| *until > Instant::now()).map(|(_, reply)| reply.clone())
    }

    /// An idle connection, if there is one.
    pub(crate) fn take_idle(self) -> Result<Lease, Self> {
        let idle_time = self.pool.settings.idle_time;
        let found = {
            let mut idle = self.destination.idle.lock();
            idle.retain(|one| one.since.elapsed() < idle_time);
            idle.pop()
        };
        match found {
            Some(idle) => Ok(Lease {
                connection: idle.connection,
                host: idle.host,
                destination: self.destination,
                _place: self.permit,
            }),
            None => Err(self),
        }
    }

    /// Connects to the first server that answers.
    ///
    /// # Errors
    /// The reply to record for the recipients: nobody could be reached, or nobody would talk to us.
    pub(crate) async fn connect(self, route: &[Exchange]) -> Result<Lease, Reply> {
        let mut last = None;
        for exchange in route {
            for address in &exchange.addresses {
                let address = SocketAddr::new(*address, self.pool.settings.port);
                match self.pool.settings.open(address, &exchange.host).await {
                    Ok(connection) => {
                        *self.destination.down.lock() = None;
                        return Ok(Lease {
                            connection,
                            host: exchange.host.clone(),
                            destination: self.destination,
                            _place: self.permit,
                        });
                    }
                    Err(error) => {
                        tracing::debug!(host = %exchange.host, %error, "a mail server could not be used");
                        last = Some(describe(&exchange.host, &error));
                    }
                }
            }
        }
        let reply =
            last.unwrap_or_else(|| Reply::of(451, (4, 4, 4), "The domain has no server with an address"));
        *self.destination.down.lock() = Some((Instant::now() + DOWN_TIME, reply.clone()));
        Err(reply)
    }
}

impl PoolSettings {
    async fn open(&self, address: SocketAddr, host: &str) -> Result<Connection, ClientError> {
        let dial = |tls| Dial {
            address,
            host,
            our_name: &self.our_name,
            patience: &self.patience,
            tls,
            tls_required: self.tls_mode == TlsMode::Verified,
        };
        match self.tls_mode {
            TlsMode::Off => Connection::open(dial(None)).await,
            TlsMode::Verified => Connection::open(dial(Some(&self.tls))).await,
            TlsMode::Opportunistic => match Connection::open(dial(Some(&self.tls))).await {
                Err(ClientError::Tls(error)) => {
                    tracing::debug!(%host, %error, "TLS failed; delivering without");
                    Connection::open(dial(None)).await
                }
                other => other,
            },
        }
    }
}

impl Lease {
    /// Puts the connection back for the next message.
    pub(crate) async fn give_back(self) {
        if self.connection.used >= self.destination.limits.messages_per_connection {
            return self.connection.quit().await;
        }
        let idle = Idle { connection: self.connection, host: self.host, since: Instant::now() };
        self.destination.idle.lock().push(idle);
    }
}

/// Every trouble with a connection is temporary: the next server or the next attempt may do better.
pub(crate) fn describe(host: &str, error: &ClientError) -> Reply {
    let status = match error {
        ClientError::Connect(_) => (4, 4, 1),
        ClientError::Tls(_) | ClientError::NoTls => (4, 7, 5),
        ClientError::Refused(_) => (4, 3, 2),
        _ => (4, 4, 2),
    };
    Reply::of(451, status, format!("{host}: {error}"))
}
