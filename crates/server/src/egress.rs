//! The ways out that the configuration opens: databases, the store of bodies, name servers, the authority for
//! certificates, and the servers of those to whom people write.

use anyhow::{Context, Result};
use mailkeep_commerce::phone_gateway::GATEWAY;
use mailkeep_commerce::processor::stripe::client::PROCESSOR;
use mailkeep_policy::egress::{Destination, Egress, Way};
use mailkeep_policy::file::CompiledPolicy;
use mailkeep_webhooks::PROGRAMS;

use crate::config::{Config, TlsSource};
use crate::residency;

/// The main database, the database of keys, the store of bodies.
pub const DATABASE: Destination = Destination::OwnStore("database");
/// See [`DATABASE`].
pub const KEYS: Destination = Destination::OwnStore("database of keys");
/// See [`DATABASE`].
pub const BODIES: Destination = Destination::OwnStore("bodies");
/// Whom we ask where a domain's mail goes.
pub const NAME_SERVERS: Destination = Destination::Recipient("name-servers");
/// Whoever gives our certificates.
pub const AUTHORITY: Destination = Destination::Recipient("certificate-authority");
/// Mail servers of those to whom people write.
pub const ADDRESSEES: Destination = Destination::Recipient("whom-you-write-to");

/// Opens what the configuration names.
///
/// # Errors
/// When the policy does not declare one of them, or declares it elsewhere.
pub fn open(config: &Config, policy: &CompiledPolicy, egress: &Egress) -> Result<()> {
    for way in ways(config, &policy.raw.residency.code)? {
        egress.open(policy, way)?;
    }
    Ok(())
}

fn ways(config: &Config, declared: &str) -> Result<Vec<Way>> {
    let places = residency::places(config, declared);
    let country = |what: &str| {
        places
            .iter()
            .find(|place| place.what == what)
            .map_or(declared, |place| place.country.as_str())
            .to_owned()
    };
    let processor = |destination: Destination| country(&format!("processor {}", destination.name()));
    let anywhere =
        |destination, host: &str| Way { destination, host: host.to_owned(), country: "*".to_owned() };
    let mut ways = vec![anywhere(ADDRESSEES, "*"), anywhere(PROGRAMS, "*")];
    for (destination, url) in [(DATABASE, &config.database.url), (KEYS, &config.database.keys_url)] {
        for host in database_hosts(url) {
            ways.push(Way { destination, host, country: country(destination.name()) });
        }
    }
    if !config.blobs.endpoint.is_empty() {
        let host = host_of(&config.blobs.endpoint).context("blobs.endpoint has no host")?;
        // A store may be addressed with the bucket before its name.
        for host in [format!("*.{host}"), host] {
            ways.push(Way { destination: BODIES, host, country: country("bodies") });
        }
    }
    match config.dns.servers.as_slice() {
        // Those of the system are whichever it has.
        [] => ways.push(anywhere(NAME_SERVERS, "*")),
        named => ways.extend(named.iter().map(|server| anywhere(NAME_SERVERS, &server.ip().to_string()))),
    }
    if config.tls.source == TlsSource::Acme {
        let host = host_of(&config.tls.acme_directory).context("tls.acme_directory has no host")?;
        ways.push(anywhere(AUTHORITY, &host));
    }
    let stripe = &config.commerce.payments.stripe;
    if stripe.enabled {
        for url in [&stripe.api, &stripe.files] {
            let host = host_of(url).context("commerce.payments.stripe: an address has no host")?;
            ways.push(Way { destination: PROCESSOR, host, country: processor(PROCESSOR) });
        }
    }
    if !config.phones.gateway.is_empty() {
        let host = host_of(&config.phones.gateway).context("phones.gateway has no host")?;
        ways.push(Way { destination: GATEWAY, host, country: processor(GATEWAY) });
    }
    Ok(ways)
}

/// The host of an address on the web.
pub fn host_of(url: &str) -> Option<String> {
    let after = url.split_once("://")?.1;
    let authority = after.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = match authority.strip_prefix('[') {
        Some(six) => six.split(']').next()?,
        None => authority.split(':').next()?,
    };
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// The hosts of a database that is not a file or a socket.
fn database_hosts(url: &str) -> Vec<String> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return host_of(url).into_iter().collect();
    }
    let host = url.split_whitespace().find_map(|part| part.strip_prefix("host="));
    host.into_iter()
        .flat_map(|hosts| hosts.split(','))
        .filter(|host| !host.starts_with('/'))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_out_of_addresses() {
        for (url, host) in [
            ("https://s3.us-east-1.amazonaws.com/bucket", Some("s3.us-east-1.amazonaws.com")),
            ("https://user:secret@Store.Example:9000", Some("store.example")),
            ("http://[::1]:9000/", Some("::1")),
            ("store.example", None),
            ("https:///path", None),
        ] {
            assert_eq!(host_of(url).as_deref(), host, "{url}");
        }
        assert_eq!(database_hosts("postgres://mailkeep@db.example.com/mailkeep"), ["db.example.com"]);
        assert_eq!(database_hosts("host=192.0.2.7 user=mailkeep"), ["192.0.2.7"]);
        assert!(database_hosts("host=/run/postgresql user=mailkeep").is_empty());
        assert!(database_hosts("").is_empty());
    }
}
