//! Where mail for a domain goes (RFC 5321 section 5.1, RFC 7505).

use std::collections::BTreeMap;
use std::net::IpAddr;

use hickory_resolver::TokioResolver;
use hickory_resolver::net::NetError;
use hickory_resolver::proto::rr::RData;
use rand::seq::SliceRandom;

/// A server that takes mail for a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exchange {
    /// Its name in lower case, without the dot at the end.
    pub host: String,
    /// Its addresses, IPv4 first.
    pub addresses: Vec<IpAddr>,
}

/// Why there is no way to a domain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("the domain does not exist")]
    NoDomain,
    #[error("the domain says that it takes no mail (null MX)")]
    NullMx,
    #[error("the domain has no mail server: neither an MX record nor an address")]
    NoServer,
    #[error(
        "the mail server of the domain is this one, and the domain is not served here: its MX record leads in a circle"
    )]
    Ourselves,
    #[error("the domain's mail servers could not be looked up: {0}")]
    Later(String),
}

/// Our own names and addresses, to notice mail that would come back to us.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ourselves {
    pub names: Vec<String>,
    pub addresses: Vec<IpAddr>,
}

/// At most this many servers of a domain are tried.
const MAX_EXCHANGES: usize = 8;
/// At most this many addresses of a server.
const MAX_ADDRESSES: usize = 4;

/// The servers of a domain in the order in which they are tried.
pub(crate) async fn find_route(
    resolver: &TokioResolver,
    domain: &str,
    ourselves: &Ourselves,
) -> Result<Vec<Exchange>, RouteError> {
    let hosts = match find_hosts(resolver, domain).await? {
        Some(ranked) => cut_behind_ourselves(ranked, ourselves)?,
        // No MX record: the domain's own address (implicit MX).
        None => vec![domain.to_owned()],
    };
    let mut exchanges = Vec::new();
    let mut failure = None;
    for host in hosts.into_iter().take(MAX_EXCHANGES) {
        match resolver.lookup_ip(format!("{host}.")).await {
            Ok(found) => {
                let mut addresses: Vec<IpAddr> = found.iter().collect();
                if addresses.iter().any(|address| ourselves.addresses.contains(address)) {
                    // This server and all that stand behind it would only hand the mail back (section 5.1).
                    break;
                }
                addresses.sort_by_key(IpAddr::is_ipv6);
                addresses.truncate(MAX_ADDRESSES);
                exchanges.push(Exchange { host, addresses });
            }
            Err(error) if error.is_nx_domain() || error.is_no_records_found() => {}
            Err(error) => failure = Some(later(&error)),
        }
    }
    match (exchanges.is_empty(), failure) {
        (false, _) => Ok(exchanges),
        (true, Some(failure)) => Err(failure),
        (true, None) => Err(RouteError::NoServer),
    }
}

/// The hosts of the MX records by preference; `None` when there are no such records.
async fn find_hosts(
    resolver: &TokioResolver,
    domain: &str,
) -> Result<Option<BTreeMap<u16, Vec<String>>>, RouteError> {
    let found = match resolver.mx_lookup(format!("{domain}.")).await {
        Ok(found) => found,
        Err(error) if error.is_nx_domain() => return Err(RouteError::NoDomain),
        Err(error) if error.is_no_records_found() => return Ok(None),
        Err(error) => return Err(later(&error)),
    };
    let mut ranked: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for record in found.answers() {
        if let RData::MX(mx) = &record.data {
            let host = mx.exchange.to_ascii().trim_end_matches('.').to_ascii_lowercase();
            ranked.entry(mx.preference).or_default().push(host);
        }
    }
    if ranked.is_empty() {
        return Ok(None);
    }
    if ranked.values().flatten().all(String::is_empty) {
        return Err(RouteError::NullMx);
    }
    Ok(Some(ranked))
}

/// Orders hosts of the same preference by chance, and drops us and everyone who is not preferred to us.
fn cut_behind_ourselves(
    ranked: BTreeMap<u16, Vec<String>>,
    ourselves: &Ourselves,
) -> Result<Vec<String>, RouteError> {
    let mut hosts = Vec::new();
    for (_, mut same) in ranked {
        same.retain(|host| !host.is_empty());
        if same.iter().any(|host| ourselves.names.contains(host)) {
            break;
        }
        same.shuffle(&mut rand::rng());
        hosts.append(&mut same);
    }
    if hosts.is_empty() { Err(RouteError::Ourselves) } else { Ok(hosts) }
}

fn later(error: &NetError) -> RouteError {
    RouteError::Later(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_come_in_order_and_stop_before_us() {
        let ranked = || {
            BTreeMap::from([
                (10, vec!["a.example".to_owned(), "b.example".to_owned()]),
                (20, vec!["mx.example.com".to_owned(), "c.example".to_owned()]),
                (30, vec!["d.example".to_owned()]),
            ])
        };
        let mut hosts = cut_behind_ourselves(ranked(), &Ourselves::default()).unwrap();
        assert_eq!(hosts.len(), 5);
        assert_eq!(hosts.pop().as_deref(), Some("d.example"));
        hosts[..2].sort();
        assert_eq!(hosts[..2], ["a.example", "b.example"]);
        let us = Ourselves { names: vec!["mx.example.com".into()], addresses: vec![] };
        assert_eq!(cut_behind_ourselves(ranked(), &us).unwrap().len(), 2);
        let us = Ourselves { names: vec!["a.example".into()], addresses: vec![] };
        assert_eq!(cut_behind_ourselves(ranked(), &us), Err(RouteError::Ourselves));
    }
}
