//! Puts the crates together: who listens where, which jobs call whom.

pub mod http;
pub mod listen;

use anyhow::Result;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::acme::{self, Challenges};
use crate::config::{Config, TlsSource};
use crate::parts::Parts;
use crate::tls::Tls;
use listen::Listeners;

/// Starts every server and the jobs; each ends with `shutdown`.
///
/// # Errors
/// When a part cannot be started.
pub async fn start(
    config: &Config,
    parts: &Parts,
    tls: &Tls,
    listeners: &mut Listeners,
    tasks: &TaskTracker,
    shutdown: &CancellationToken,
) -> Result<()> {
    let https = listeners.first("https").map_or(443, |address| address.port());
    let challenges = Challenges::default();
    if !config.listen.plain_http {
        for listener in listeners.take("http") {
            let router = challenges.clone().before(http::to_https(https));
            tasks.spawn(http::serve(listener, router, None, shutdown.clone()));
        }
    }
    if config.tls.source == TlsSource::Acme {
        let clock = std::sync::Arc::clone(&parts.clock);
        tasks.spawn(acme::run(config.clone(), tls.clone(), challenges, clock, shutdown.clone()));
    }
    Ok(())
}
