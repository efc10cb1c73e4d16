//! What was counted, for those who look after it.

use std::collections::HashSet;
use std::net::IpAddr;
use std::time::Duration;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{DomainId, Timestamp};

use super::store;
use crate::deliveries::store::{DAY, egresses};
use crate::error::Result;
use crate::post_office::PostOffice;

/// So far back reports are added up.
const WINDOW: Duration = Duration::from_secs(30 * 24 * 3600);
/// So many domains are listed.
const MOST: i64 = 50;
/// So many servers of a domain are listed.
const MOST_WRONG: i64 = 5;
/// So many addresses of ours are known.
const MOST_OURS: i64 = 1_000;

/// A server that sent mail under a domain which was not aligned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The server; `None` for all that are not told apart.
    pub address: Option<IpAddr>,
    /// Whether it is one of ours.
    pub ours: bool,
    /// How many messages.
    pub messages: i64,
}

/// How mail under a domain fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DmarcOfDomain {
    /// The domain.
    pub domain: DomainId,
    /// How many messages were seen.
    pub messages: i64,
    /// How many of them had SPF or DKIM right and aligned.
    pub aligned: i64,
    /// How many were put aside or refused.
    pub turned_away: i64,
    /// Where the others came from, the most first.
    pub wrong: Vec<Source>,
    /// Who reported.
    pub reporters: Vec<String>,
}

/// How encrypted connections to a domain did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsOfDomain {
    /// The domain.
    pub domain: DomainId,
    /// How many went well.
    pub well: i64,
    /// How many did not.
    pub failed: i64,
    /// How they failed, by the words of RFC 8460, the most first.
    pub failures: Vec<(String, i64)>,
    /// Who reported.
    pub reporters: Vec<String>,
}

impl PostOffice {
    /// What other providers say of mail under domains here in the last 30 days, the worst first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn dmarc_of_domains(&self) -> Result<Vec<DmarcOfDomain>> {
        let own = self.settings().own_addresses.clone();
        let read = self.db().read(move |tx| {
            let since = tx.now().minus(WINDOW);
            let from = since.as_micros().div_euclid(DAY);
            let used = egresses(tx, since, MOST_OURS)?;
            let used = used.iter().filter_map(|address| address.parse::<IpAddr>().ok());
            let ours: HashSet<IpAddr> = own.iter().copied().chain(used).collect();
            let mut found = Vec::new();
            for sums in store::mail(tx, from, MOST)? {
                let wrong = store::wrong_sources(tx, sums.domain, from, MOST_WRONG)?;
                let source = |(address, messages): (String, i64)| {
                    let address = address.parse::<IpAddr>().ok();
                    Source { ours: address.is_some_and(|address| ours.contains(&address)), address, messages }
                };
                found.push(DmarcOfDomain {
                    domain: sums.domain,
                    messages: sums.messages,
                    aligned: sums.aligned,
                    turned_away: sums.turned_away,
                    wrong: wrong.into_iter().map(source).collect(),
                    reporters: store::reporters(tx, sums.domain, "dmarc", since)?,
                });
            }
            Ok::<_, SqlError>(found)
        });
        Ok(read.await?)
    }

    /// What other providers say of encrypted connections to domains here in the last 30 days, the worst first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tls_of_domains(&self) -> Result<Vec<TlsOfDomain>> {
        let read = self.db().read(move |tx| {
            let since = tx.now().minus(WINDOW);
            let from = since.as_micros().div_euclid(DAY);
            let mut found = Vec::new();
            for (domain, well, failed) in store::tls(tx, from, MOST)? {
                let failures = if failed > 0 { store::tls_failures(tx, domain, from)? } else { Vec::new() };
                let reporters = store::reporters(tx, domain, "tls", since)?;
                found.push(TlsOfDomain { domain, well, failed, failures, reporters });
            }
            Ok::<_, SqlError>(found)
        });
        Ok(read.await?)
    }

    /// How many reports of other providers came in the last 30 days, and when the last did.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn reports_received(&self) -> Result<(i64, Option<Timestamp>)> {
        let read = self.db().read(|tx| store::received(tx, tx.now().minus(WINDOW)));
        Ok(read.await?)
    }
}
