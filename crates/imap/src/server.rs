//! Accepting connections, and stopping in order.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use mailkeep_mailbox::PostOffice;
use mailkeep_types::MailboxId;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::ImapConfig;
use crate::limits::{AppendMemory, Slots, counted_address};
use crate::session::Session;
use crate::views::Views;
use crate::wire::{Io, Wire};

/// The TLS configuration; its owner may put a new one in at any time, for connections to come.
pub type TlsSource = Arc<ArcSwap<rustls::ServerConfig>>;

/// How connections of a port are protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (port 993).
    ImplicitTls,
    /// Plain until `STARTTLS`; nobody can log in before (port 143).
    StartTls,
}

/// What all sessions share.
pub(crate) struct Shared {
    pub config: ImapConfig,
    pub office: PostOffice,
    pub tls: TlsSource,
    pub views: Views,
    pub memory: AppendMemory,
    pub mailboxes: Arc<Slots<MailboxId>>,
    connections: Arc<Slots<IpAddr>>,
}

/// The IMAP server; cheap to clone, one for all ports.
#[derive(Clone)]
pub struct ImapServer {
    shared: Arc<Shared>,
}

impl ImapServer {
    /// Takes the configuration, the mail store and the source of TLS configurations.
    pub fn new(config: ImapConfig, office: PostOffice, tls: TlsSource) -> Self {
        let connections = Slots::new(config.max_connections, config.max_connections_per_address);
        let mailboxes = Slots::new(usize::MAX, config.max_connections_per_mailbox);
        let memory = AppendMemory::new(config.append_memory_bytes);
        let shared = Shared { config, office, tls, views: Views::default(), memory, mailboxes, connections };
        ImapServer { shared: Arc::new(shared) }
    }

    /// Accepts connections until `shutdown`; then sessions say `BYE`, and those that are busy get a few seconds to
    /// finish their command.
    pub async fn serve(&self, listener: TcpListener, security: Security, shutdown: CancellationToken) {
        let sessions = TaskTracker::new();
        let cut = CancellationToken::new();
        loop {
            let accepted = tokio::select! {
                () = shutdown.cancelled() => break,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, from)) => self.start(stream, from, security, &sessions, &shutdown, &cut),
                Err(error) => rest_after(&error).await,
            }
        }
        drop(listener);
        sessions.close();
        if tokio::time::timeout(self.shared.config.shutdown_grace(), sessions.wait()).await.is_err() {
            cut.cancel();
            sessions.wait().await;
        }
    }

    fn start(
        &self,
        stream: TcpStream,
        from: SocketAddr,
        security: Security,
        sessions: &TaskTracker,
        shutdown: &CancellationToken,
        cut: &CancellationToken,
    ) {
        metrics::counter!("mailkeep_imap_connections_total").increment(1);
        let address = from.ip().to_canonical();
        let Some(slot) = self.shared.connections.take(counted_address(address)) else {
            metrics::counter!("mailkeep_imap_connections_refused_total").increment(1);
            let text = b"* BYE [UNAVAILABLE] too many connections; close one or try again later\r\n";
            // What does not fit the socket's buffer is not worth waiting for; under TLS the client sees a closed port.
            if security == Security::StartTls {
                let _ = stream.try_write(text);
            }
            return;
        };
        let _ = stream.set_nodelay(true);
        let (server, shutdown, cut) = (self.clone(), shutdown.clone(), cut.clone());
        sessions.spawn(async move {
            let _slot = slot;
            let open = metrics::gauge!("mailkeep_imap_connections");
            open.increment(1.0);
            tokio::select! {
                () = cut.cancelled() => {}
                () = server.handle_boxed(stream, address, security, shutdown) => {}
            }
            open.decrement(1.0);
        });
    }

    async fn handle_boxed(
        &self,
        stream: TcpStream,
        address: IpAddr,
        security: Security,
        stop: CancellationToken,
    ) {
        match security {
            Security::StartTls => self.handle(Box::new(stream), address, false, stop).await,
            Security::ImplicitTls => {
                let acceptor = TlsAcceptor::from(self.shared.tls.load_full());
                // The handshake's state is large and gone afterwards, so it is not part of this task's frame.
                let handshake = Box::pin(tokio::time::timeout(
                    self.shared.config.login_timeout(),
                    acceptor.accept(stream),
                ));
                match handshake.await {
                    Ok(Ok(stream)) => self.handle(Box::new(stream), address, true, stop).await,
                    Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
                    Err(_) => tracing::debug!("a TLS handshake took too long"),
                }
            }
        }
    }

    /// Serves one connection over any stream. `secure` says whether its bytes are protected already.
    pub async fn handle(&self, io: Box<dyn Io>, address: IpAddr, secure: bool, stop: CancellationToken) {
        let wire = Wire::new(io, self.shared.memory.clone(), self.shared.config.stall_timeout(), secure);
        Session::new(Arc::clone(&self.shared), address).run(wire, stop).await;
    }
}

/// When there are no file handles left, accepting at once again would only burn the processor.
async fn rest_after(error: &io::Error) {
    tracing::warn!(%error, "a connection could not be accepted; if this repeats, raise the limit of open files");
    tokio::time::sleep(Duration::from_millis(100)).await;
}
