//! The servers, ready to be wired: one handle for the MX and for submission.

use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use mailkeep_types::{EmailAddress, SharedClock};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::config::SmtpConfig;
use crate::house::House;
use crate::limits::{Connections, Memory};
use crate::listen::listen;
use crate::receive::{MxReception, Verifier};
use crate::session::{SessionLimits, SessionSettings, TlsSource};
use crate::submit::{SubmissionPolicy, SubmissionReception, WithinLimits};

/// What the servers need.
pub struct SmtpDeps<H> {
    /// The mail store.
    pub house: H,
    /// For SPF, DKIM and DMARC; see [`crate::dns::resolver`].
    pub resolver: TokioResolver,
    /// The TLS configuration, which its owner may exchange at any time.
    pub tls: Option<TlsSource>,
    /// The clock.
    pub clock: SharedClock,
    /// Decides on submitted messages; without one, the limits of the mailbox do ([`WithinLimits`]).
    pub policy: Option<Arc<dyn SubmissionPolicy>>,
}

/// How a client comes to TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmissionTls {
    /// The connection begins with it (port 465, RFC 8314).
    Implicit,
    /// With STARTTLS (port 587).
    StartTls,
}

/// The SMTP servers. Cheap to clone; the limits hold for all listeners of a service together.
#[derive(Clone)]
pub struct SmtpServer<H> {
    deps: Arc<SmtpDeps<H>>,
    config: Arc<SmtpConfig>,
    limits: Arc<SessionLimits>,
    memory: Memory,
    mx: Arc<Connections>,
    submission: Arc<Connections>,
    postmaster: Option<EmailAddress>,
}

impl<H: House> SmtpServer<H> {
    /// Makes the servers; they begin with the `serve_` functions.
    ///
    /// # Errors
    /// When `postmaster` in the configuration is neither empty nor an address.
    pub fn new(deps: SmtpDeps<H>, config: SmtpConfig) -> Result<Self, mailkeep_types::AddressError> {
        let postmaster = match config.postmaster.trim() {
            "" => None,
            address => Some(EmailAddress::parse(address)?),
        };
        let connections = || Connections::new(config.max_connections, config.max_connections_per_address);
        Ok(SmtpServer {
            deps: Arc::new(deps),
            limits: Arc::new(config.session_limits()),
            memory: Memory::new(config.memory_mib.saturating_mul(1024 * 1024)),
            mx: connections(),
            submission: connections(),
            postmaster,
            config: Arc::new(config),
        })
    }

    /// Serves the MX until `stop`.
    pub async fn serve_mx(&self, listener: TcpListener, stop: CancellationToken) {
        let (deps, mx) = (&self.deps, &self.config.mx);
        let time = Duration::from_secs(mx.verify_seconds);
        let verifier = mx.verify.then(|| Verifier::new(deps.resolver.clone(), &self.config.host_name, time));
        let reception = MxReception::new(
            deps.house.clone(),
            &self.config.host_name,
            self.postmaster.clone(),
            verifier,
            mx.refuse_by_dmarc,
            deps.clock.clone(),
        );
        let settings = self.settings(false);
        listen(listener, settings, self.mx.clone(), reception, deps.clock.clone(), self.grace(), stop).await;
    }

    /// Serves submission until `stop`.
    pub async fn serve_submission(&self, listener: TcpListener, tls: SubmissionTls, stop: CancellationToken) {
        let (deps, reception) = (&self.deps, self.submission_reception());
        let settings = self.settings(tls == SubmissionTls::Implicit);
        listen(
            listener,
            settings,
            self.submission.clone(),
            reception,
            deps.clock.clone(),
            self.grace(),
            stop,
        )
        .await;
    }

    /// What answers submission: by SMTP, and for letters that are written on pages of ours.
    pub fn submission_reception(&self) -> SubmissionReception<H> {
        let deps = &self.deps;
        let policy = deps.policy.clone().unwrap_or_else(|| Arc::new(WithinLimits(deps.house.clone())));
        SubmissionReception::new(deps.house.clone(), &self.config.host_name, policy, deps.clock.clone())
    }

    fn settings(&self, implicit_tls: bool) -> SessionSettings {
        SessionSettings {
            host_name: self.config.host_name.as_str().into(),
            limits: self.limits.clone(),
            memory: self.memory.clone(),
            tls: self.deps.tls.clone(),
            implicit_tls,
        }
    }

    fn grace(&self) -> Duration {
        Duration::from_secs(self.config.grace_seconds)
    }
}
