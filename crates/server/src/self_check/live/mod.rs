//! Probes of the running servers over the network: each tries what a promise excludes, as anybody outside could, with a
//! person who exists for the probe alone. The outcomes are stored, and count for eight days.
//!
//! The program does so once a day against its own listeners; `mailkeep policy check --live` does it now, also against the
//! address under which others reach the site.

mod choices;
mod desk;
mod mail;
mod person;
mod site;
mod tls;
mod wire;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_policy::checks::record_probe;

use crate::config::Config;
use crate::wiring::listen::Listeners;
use crate::wiring::services::Services;
use wire::Site;

/// For how long an outcome counts: one run a day, and a week in which somebody can notice that none came.
const COUNTS_FOR: Duration = Duration::from_secs(8 * 86_400);

/// What a probe found: nothing against the promise, or what.
pub(super) type Outcome = Result<(), String>;

/// Where the servers are reached.
#[derive(Debug, Clone, Default)]
pub struct Reached {
    /// The site over TLS.
    pub https: Option<SocketAddr>,
    /// Mail from other servers.
    pub mx: Option<SocketAddr>,
    /// Mail of our customers.
    pub submission: Option<SocketAddr>,
    /// IMAP.
    pub imap: Option<SocketAddr>,
}

impl Reached {
    /// As this process listens.
    pub fn by(listeners: &Listeners) -> Self {
        Reached {
            https: listeners.first("https"),
            mx: listeners.first("mx"),
            submission: listeners.first("submission"),
            imap: listeners.first("imap"),
        }
    }

    /// As the configuration says; a port that the system chooses is not known outside of the process.
    pub fn configured(config: &Config) -> Self {
        let known = |all: &[SocketAddr]| all.iter().copied().find(|address| address.port() != 0);
        let listen = &config.listen;
        Reached {
            https: known(&listen.https),
            mx: known(&listen.mx),
            submission: known(&listen.submission),
            imap: known(&listen.imap),
        }
    }
}

/// Probes, stores what was found, and gives it by check. `url` is another address of the site than its listener's.
///
/// # Errors
/// When a database fails, or the site cannot be reached at all.
pub async fn probe(
    config: &Config,
    services: &Services,
    reached: &Reached,
    url: Option<&str>,
) -> Result<BTreeMap<&'static str, Outcome>> {
    let site = match url {
        Some(url) => Site::at(config, url).await?,
        None => {
            let address =
                reached.https.context("there is no listener for https whose address is known; give --url")?;
            Site::of(config, address)?
        }
    };
    let mut found = BTreeMap::new();
    found.insert("cells-as-written", site::page_as_enforced(config, services, &site).await);
    found.insert("site-without-cookie", site::without_cookie(&site).await);
    found.insert("knowledgebase-search", site::knowledgebase_search(&site).await);
    found.insert("downloads", site::downloads(&site).await);
    found.insert("fields-asked", site::asked_with_notice(&site).await);
    let routes = crate::wiring::declared_routes(config, services)?;
    found.insert("routes-walked", site::closed_to_visitors(&site, &routes).await);
    found.insert("cancel-as-easy", site::cancel_as_easy(&routes));
    if site.is_tls() {
        found.insert("tls-256", tls::only_256_bits(&site).await);
    }
    desk::remove_left(services).await?;
    found.extend(person::probes(config, services, &site).await?);
    found.extend(desk::probes(config, services, &site).await?);
    if let Some(outcome) = mail::closed(reached).await {
        found.insert("staff-needs-fact", outcome);
    }
    if let Some(outcome) = mail::privacy_case(config, services, reached, &site).await {
        found.insert("privacy-case", outcome);
    }
    let until = services.policy.clock().now().plus(COUNTS_FOR);
    for (check, outcome) in &found {
        record_probe(&services.policy, check, outcome, until).await?;
    }
    Ok(found)
}
