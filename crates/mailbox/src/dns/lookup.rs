//! Look-ups behind a small trait, so that tests can hand in a zone of their own.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{RData, RecordType};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DnsError {
    /// The name does not exist.
    #[error("the name does not exist in the DNS")]
    NoSuchName,
    /// The name exists, without records of this kind.
    #[error("the name has no such records in the DNS")]
    NoRecords,
    /// No server answered; try again.
    #[error("the DNS gave no answer: {0}")]
    Failed(String),
}

/// A mail exchanger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MxRecord {
    /// Lower is preferred.
    pub preference: u16,
    /// Its name in lower case without the dot at the end; empty for a null MX (RFC 7505).
    pub host: String,
}

/// A service record (RFC 2782).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SrvRecord {
    /// Lower is preferred.
    pub priority: u16,
    /// Port of the service.
    pub port: u16,
    /// Its name in lower case without the dot at the end.
    pub host: String,
}

/// What a look-up gives.
pub type DnsFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, DnsError>> + Send + 'a>>;

/// Looks records up. Names are without the dot at the end.
pub trait Resolver: Send + Sync {
    /// TXT records, the pieces of each joined.
    fn txt<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<String>>;
    /// MX records, the preferred first.
    fn mx<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<MxRecord>>;
    /// SRV records.
    fn srv<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<SrvRecord>>;
    /// The name that a CNAME points to.
    fn cname<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<String>>;
    /// Addresses of a host.
    fn addresses<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<IpAddr>>;
}

/// The resolver of the real program.
pub struct HickoryResolver(TokioResolver);

impl HickoryResolver {
    /// Asks the given servers, or those of the system when there are none. Answers are not kept, so that a customer who
    /// has just published a record need not wait.
    ///
    /// # Errors
    /// When the system's configuration cannot be read; naming servers in the configuration helps.
    pub fn new(servers: &[SocketAddr]) -> Result<Self, DnsError> {
        let failed = |error: NetError| DnsError::Failed(error.to_string());
        let mut options = ResolverOpts::default();
        options.timeout = Duration::from_secs(5);
        options.attempts = 2;
        options.cache_size = 0;
        if servers.is_empty() {
            let builder = TokioResolver::builder_tokio().map_err(failed)?;
            return Ok(HickoryResolver(builder.with_options(options).build().map_err(failed)?));
        }
        let servers = servers.iter().map(|server| {
            let mut connections = vec![ConnectionConfig::udp(), ConnectionConfig::tcp()];
            for connection in &mut connections {
                connection.port = server.port();
            }
            NameServerConfig::new(server.ip(), true, connections)
        });
        let config = ResolverConfig::from_parts(None, Vec::new(), servers.collect());
        let builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        Ok(HickoryResolver(builder.with_options(options).build().map_err(failed)?))
    }

    async fn records<T>(
        &self,
        name: &str,
        kind: RecordType,
        take: impl Fn(&RData) -> Option<T>,
    ) -> Result<Vec<T>, DnsError> {
        // The dot at the end keeps search lists of the system out of it.
        let found = self.0.lookup(format!("{name}."), kind).await;
        match found {
            Ok(lookup) => {
                let out: Vec<T> = lookup.answers().iter().filter_map(|record| take(&record.data)).collect();
                if out.is_empty() { Err(DnsError::NoRecords) } else { Ok(out) }
            }
            Err(error) if error.is_nx_domain() => Err(DnsError::NoSuchName),
            Err(error) if error.is_no_records_found() => Err(DnsError::NoRecords),
            Err(error) => Err(DnsError::Failed(error.to_string())),
        }
    }
}

fn host(name: impl std::fmt::Display) -> String {
    name.to_string().trim_end_matches('.').to_ascii_lowercase()
}

impl Resolver for HickoryResolver {
    fn txt<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<String>> {
        Box::pin(self.records(name, RecordType::TXT, |data| match data {
            RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
            _ => None,
        }))
    }

    fn mx<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<MxRecord>> {
        Box::pin(async move {
            let mut found = self
                .records(name, RecordType::MX, |data| match data {
                    RData::MX(mx) => Some(MxRecord { preference: mx.preference, host: host(&mx.exchange) }),
                    _ => None,
                })
                .await?;
            found.sort_by_key(|mx| mx.preference);
            Ok(found)
        })
    }

    fn srv<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<SrvRecord>> {
        Box::pin(self.records(name, RecordType::SRV, |data| match data {
            RData::SRV(srv) => {
                Some(SrvRecord { priority: srv.priority, port: srv.port, host: host(&srv.target) })
            }
            _ => None,
        }))
    }

    fn cname<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<String>> {
        Box::pin(self.records(name, RecordType::CNAME, |data| match data {
            RData::CNAME(cname) => Some(host(&cname.0)),
            _ => None,
        }))
    }

    fn addresses<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<IpAddr>> {
        Box::pin(async move {
            let mut out = self
                .records(name, RecordType::A, |data| match data {
                    RData::A(a) => Some(IpAddr::V4(a.0)),
                    _ => None,
                })
                .await
                .or_else(|error| match error {
                    DnsError::NoRecords => Ok(Vec::new()),
                    other => Err(other),
                })?;
            let six = self.records(name, RecordType::AAAA, |data| match data {
                RData::AAAA(aaaa) => Some(IpAddr::V6(aaaa.0)),
                _ => None,
            });
            out.extend(six.await.unwrap_or_default());
            if out.is_empty() { Err(DnsError::NoRecords) } else { Ok(out) }
        })
    }
}
