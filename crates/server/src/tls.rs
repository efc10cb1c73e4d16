//! Certificates: made by the program itself, read from files, or got by ACME; changed without a restart.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_util::sync::CancellationToken;

use crate::config::{Config, TlsSource};

/// The TLS settings that listeners use for each new connection; swapped when certificates change.
pub type Reloadable = Arc<ArcSwap<ServerConfig>>;

/// The settings of the mail ports and of the site's ports.
#[derive(Clone)]
pub struct Tls {
    /// For SMTP and IMAP: takes what mail servers and clients still speak.
    pub mail: Reloadable,
    /// For the site: 256-bit suites only, unless configured otherwise.
    pub site: Reloadable,
    files: (PathBuf, PathBuf),
    strong: bool,
}

/// The files that certificates are read from.
pub fn files(config: &Config) -> (PathBuf, PathBuf) {
    match config.tls.source {
        TlsSource::Files => (config.tls.certificate.clone(), config.tls.key.clone()),
        TlsSource::SelfSigned | TlsSource::Acme => {
            let folder = config.server.data_dir.join("tls");
            (folder.join("certificate.pem"), folder.join("key.pem"))
        }
    }
}

impl Tls {
    /// Reads the certificates, making some first where there are none.
    ///
    /// # Errors
    /// When files cannot be read, or do not fit together.
    pub fn start(config: &Config) -> Result<Self> {
        let files = files(config);
        if config.tls.source != TlsSource::Files && !files.0.is_file() {
            make_self_signed(config, &files)?;
        }
        let strong = config.tls.strong_site_suites;
        let (mail, site) = read(&files, strong)?;
        Ok(Tls { mail: Arc::new(ArcSwap::new(mail)), site: Arc::new(ArcSwap::new(site)), files, strong })
    }

    /// Takes the files as they are now. On failure the old certificates stay.
    ///
    /// # Errors
    /// When files cannot be read, or do not fit together.
    pub fn reload(&self) -> Result<()> {
        let (mail, site) = read(&self.files, self.strong)?;
        self.mail.store(mail);
        self.site.store(site);
        Ok(())
    }

    /// Looks every minute whether the files changed.
    pub async fn watch(self, shutdown: CancellationToken) {
        let changed = |tls: &Tls| fs::metadata(&tls.files.0).and_then(|meta| meta.modified()).ok();
        let mut last = changed(&self);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(Duration::from_secs(60)) => {}
            }
            let now = changed(&self);
            if now == last {
                continue;
            }
            match self.reload() {
                Ok(()) => {
                    tracing::info!("the certificates were read again");
                    last = now;
                }
                Err(error) => {
                    tracing::error!(
                        error = format!("{error:#}"),
                        "the new certificates cannot be used; the old ones stay"
                    );
                }
            }
        }
    }
}

fn read(
    (certificate, key): &(PathBuf, PathBuf),
    strong: bool,
) -> Result<(Arc<ServerConfig>, Arc<ServerConfig>)> {
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .with_context(|| certificate.display().to_string())?;
    let key_der = PrivateKeyDer::from_pem_file(key).with_context(|| key.display().to_string())?;
    let mail = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain.clone(), key_der.clone_key())?;
    let mut provider = ring::default_provider();
    if strong {
        provider.cipher_suites.retain(|suite| {
            let name = format!("{:?}", suite.suite());
            name.contains("AES_256") || name.contains("CHACHA20")
        });
    }
    let mut site = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key_der)?;
    site.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((Arc::new(mail), Arc::new(site)))
}

/// Makes a certificate for ten years that covers the host name, further names, and loopback.
fn make_self_signed(config: &Config, (certificate, key): &(PathBuf, PathBuf)) -> Result<()> {
    let mut names = vec![config.server.hostname.clone(), "localhost".to_owned(), "127.0.0.1".to_owned()];
    names.extend(config.tls.names.iter().cloned());
    let key_pair = rcgen::KeyPair::generate()?;
    let mut parameters = rcgen::CertificateParams::new(names)?;
    parameters.distinguished_name.push(rcgen::DnType::CommonName, config.server.hostname.clone());
    let made = parameters.self_signed(&key_pair)?;
    write_secret(key, key_pair.serialize_pem().as_bytes())?;
    fs::write(certificate, made.pem()).with_context(|| certificate.display().to_string())?;
    tracing::warn!(
        "made a self-signed certificate: browsers and mail clients will warn; set tls.source to \"acme\" or \"files\""
    );
    Ok(())
}

/// Writes a file that only its owner can read.
pub fn write_secret(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    let mut file = file.with_context(|| path.display().to_string())?;
    file.write_all(content)?;
    file.sync_all().with_context(|| path.display().to_string())
}
