//! Binds every listener of the configuration before anything is served, so that a port that is taken is told at once.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use anyhow::{Context, Result};
use tokio::net::TcpListener;

use crate::config::ListenConfig;

/// Bound listeners by their name in the configuration.
pub struct Listeners(BTreeMap<&'static str, Vec<TcpListener>>);

impl Listeners {
    /// Binds all.
    ///
    /// # Errors
    /// Names the key and address that cannot be had.
    pub async fn bind(config: &ListenConfig) -> Result<Self> {
        let wanted: [(&'static str, &Vec<SocketAddr>); 8] = [
            ("mx", &config.mx),
            ("submission", &config.submission),
            ("submissions", &config.submissions),
            ("imap", &config.imap),
            ("imaps", &config.imaps),
            ("http", &config.http),
            ("https", &config.https),
            ("operator", &config.operator),
        ];
        let mut bound = BTreeMap::new();
        for (name, addresses) in wanted {
            let mut listeners = Vec::new();
            for address in addresses {
                let listener = TcpListener::bind(address).await.with_context(|| {
                    format!("listen.{name}: {address} cannot be listened on (is another program there, or is the port below 1024 and the right missing?)")
                })?;
                listeners.push(listener);
            }
            bound.insert(name, listeners);
        }
        Ok(Listeners(bound))
    }

    /// The addresses as JSON, for whoever started us with free ports.
    pub fn addresses(&self) -> String {
        let addresses: BTreeMap<&str, Vec<SocketAddr>> = self
            .0
            .iter()
            .map(|(name, all)| (*name, all.iter().filter_map(|l| l.local_addr().ok()).collect()))
            .collect();
        serde_json::to_string(&addresses).unwrap_or_default()
    }

    /// Where the first listener of a name listens.
    pub fn first(&self, name: &str) -> Option<SocketAddr> {
        self.0.get(name)?.first()?.local_addr().ok()
    }

    /// Hands over the listeners of a name.
    pub fn take(&mut self, name: &str) -> Vec<TcpListener> {
        self.0.get_mut(name).map(std::mem::take).unwrap_or_default()
    }
}
