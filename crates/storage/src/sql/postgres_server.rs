//! Where a PostgreSQL server is, and whether the way there is encrypted.

use std::path::Path;
use std::sync::Arc;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::SqlError;

/// A server that connections are made to.
#[derive(Clone)]
pub(super) struct Server {
    config: Config,
    /// `None` where nothing leaves the machine, or where the URL says `sslmode=disable`.
    tls: Option<MakeRustlsConnect>,
}

impl Server {
    /// Reads a URL. To another machine the way is always encrypted and the server's certificate always checked, unless
    /// the URL says `sslmode=disable`; on this machine only where it says `sslmode=require`.
    pub(super) fn new(url: &str, root: Option<&Path>) -> Result<Self, SqlError> {
        let mut config: Config =
            url.parse().map_err(|error| SqlError::Config(format!("the database's URL: {error}")))?;
        let encrypted = match config.get_ssl_mode() {
            SslMode::Disable => false,
            SslMode::Require => true,
            _ => !stays_here(&config),
        };
        config.ssl_mode(if encrypted { SslMode::Require } else { SslMode::Disable });
        let tls = if encrypted { Some(MakeRustlsConnect::new(trust(root)?)) } else { None };
        Ok(Server { config, tls })
    }

    pub(super) fn connect(&self) -> Result<Client, SqlError> {
        let client = match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        };
        client.map_err(|error| {
            let hint = if self.tls.is_some() {
                "; the way to it is encrypted: is `database.tls_root` the root of its certificate?"
            } else {
                ""
            };
            SqlError::Config(format!("{}{hint}", SqlError::from(error)))
        })
    }
}

/// Is every host of the URL this machine: a socket in a folder, or an address of loopback?
fn stays_here(config: &Config) -> bool {
    let by_address = config.get_hostaddrs();
    if !by_address.is_empty() {
        return by_address.iter().all(std::net::IpAddr::is_loopback);
    }
    config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
    })
}

fn trust(root: Option<&Path>) -> Result<ClientConfig, SqlError> {
    let mut roots = RootCertStore::empty();
    match root {
        Some(path) => {
            let unreadable = |error: &dyn std::fmt::Display| {
                SqlError::Config(format!("the root certificate {} of the database: {error}", path.display()))
            };
            for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unreadable(&error))? {
                let certificate = certificate.map_err(|error| unreadable(&error))?;
                roots.add(certificate).map_err(|error| unreadable(&error))?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| SqlError::Config(error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encrypted(url: &str) -> bool {
        Server::new(url, None).expect("a URL").tls.is_some()
    }

    #[test]
    fn the_way_to_another_machine_is_encrypted_unless_the_url_says_otherwise() {
        assert!(encrypted("postgres://mailkeep@db.example.com/mailkeep"));
        assert!(encrypted("host=192.0.2.7 user=mailkeep"));
        assert!(!encrypted("postgres://mailkeep@db.example.com/mailkeep?sslmode=disable"));
        assert!(!encrypted("host=/run/postgresql user=mailkeep"));
        assert!(!encrypted("postgres://mailkeep@127.0.0.1/mailkeep"));
        assert!(encrypted("postgres://mailkeep@localhost/mailkeep?sslmode=require"));
    }
}
