//! Puts the crates together: who listens where, which jobs call whom.

pub mod http;
pub mod listen;

use anyhow::Result;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::parts::Parts;
use crate::tls::Tls;
use listen::Listeners;

/// Starts every server and the jobs; each ends with `shutdown`.
///
/// # Errors
/// When a part cannot be started.
pub async fn start(
    config: &Config,
    _parts: &Parts,
    _tls: &Tls,
    listeners: &mut Listeners,
    tasks: &TaskTracker,
    shutdown: &CancellationToken,
) -> Result<()> {
    let https = listeners.first("https").map_or(443, |address| address.port());
    if !config.listen.plain_http {
        for listener in listeners.take("http") {
            tasks.spawn(http::serve(listener, http::to_https(https), None, shutdown.clone()));
        }
    }
    Ok(())
}
