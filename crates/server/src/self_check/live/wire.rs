//! The least of an HTTP client: one request on a connection, TLS with chosen suites, cookies by hand. It connects to this
//! installation's own site and nowhere else.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::config::Config;
use crate::tls;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest answer that is read.
const MOST: u64 = 4 * 1024 * 1024;

/// Where the site is, and whom to trust that it is it.
#[derive(Debug, Clone)]
pub struct Site {
    host: String,
    authority: String,
    address: SocketAddr,
    roots: Option<Arc<RootCertStore>>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in small letters, and values.
    pub headers: Vec<(String, String)>,
    /// The body, as text.
    pub body: String,
}

impl Answer {
    /// The first header of a name.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// What shows that a form came from this page; nothing when there is no form.
    pub fn token(&self) -> Option<&str> {
        self.body.split("name=\"csrf\" value=\"").nth(1)?.split('"').next()
    }

    /// What is set by a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let set = self.headers.iter().filter(|(key, _)| key == "set-cookie");
        set.filter_map(|(_, value)| value.split(';').next()?.split_once('='))
            .find(|(key, value)| *key == name && !value.is_empty())
            .map(|(_, value)| value)
    }

    /// Whether the asker is led to sign in.
    pub fn asks_to_sign_in(&self) -> bool {
        matches!(self.status, 302 | 303) && self.header("location").contains("sign-in")
    }
}

impl Site {
    /// The site at one of this process's own listeners.
    ///
    /// # Errors
    /// When the public address has no host, or the certificate cannot be read.
    pub fn of(config: &Config, address: SocketAddr) -> Result<Self> {
        let authority = authority(&config.web.public_url)?;
        Ok(Site { host: host(&authority), authority, address, roots: Some(roots(config)?) })
    }

    /// The site as others reach it.
    ///
    /// # Errors
    /// When the address has no host, or the host no address.
    pub async fn at(config: &Config, url: &str) -> Result<Self> {
        let authority = authority(url)?;
        let secure = url.starts_with("https://");
        let place = match authority.rsplit_once(':') {
            Some((_, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => authority.clone(),
            _ => format!("{authority}:{}", if secure { 443 } else { 80 }),
        };
        let address = tokio::net::lookup_host(&place).await?.next().with_context(|| place.clone())?;
        let roots = if secure { Some(roots(config)?) } else { None };
        Ok(Site { host: host(&authority), authority, address, roots })
    }

    /// Whether the site is asked over TLS.
    pub const fn is_tls(&self) -> bool {
        self.roots.is_some()
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// When nothing answers, in time and in HTTP.
    pub async fn get(&self, path: &str, cookies: &str) -> Result<Answer> {
        self.ask("GET", path, cookies, "").await
    }

    /// Sends a form as a page of the site would.
    ///
    /// # Errors
    /// As [`Site::get`].
    pub async fn post(&self, path: &str, cookies: &str, form: &str) -> Result<Answer> {
        self.ask("POST", path, cookies, form).await
    }

    /// Sends a request.
    ///
    /// # Errors
    /// As [`Site::get`].
    pub async fn ask(&self, method: &str, path: &str, cookies: &str, form: &str) -> Result<Answer> {
        let cookies = if cookies.is_empty() { String::new() } else { format!("Cookie: {cookies}\r\n") };
        self.send(method, path, &cookies, form).await
    }

    /// Fetches the last byte of a file.
    ///
    /// # Errors
    /// As [`Site::get`].
    pub async fn last_byte(&self, path: &str) -> Result<Answer> {
        self.send("GET", path, "Range: bytes=-1\r\n", "").await
    }

    async fn send(&self, method: &str, path: &str, more: &str, form: &str) -> Result<Answer> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept-Language: en\r\nSec-Fetch-Site: same-origin\r\n\
             User-Agent: mailkeep-probe\r\n{more}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.authority,
            form.len()
        );
        let exchange = async {
            let stream = TcpStream::connect(self.address).await?;
            match &self.roots {
                None => exchange(stream, &request).await,
                Some(_) => exchange(self.secure(stream, ring::default_provider()).await?, &request).await,
            }
        };
        let bytes = tokio::time::timeout(PATIENCE, exchange)
            .await
            .with_context(|| format!("{} says nothing", self.address))?
            .with_context(|| format!("{method} {path} at {}", self.address))?;
        parse(&bytes).with_context(|| format!("{method} {path}"))
    }

    /// Whether a handshake succeeds with these suites alone; the name of the suite that was agreed on.
    ///
    /// # Errors
    /// When it does not, or nothing listens.
    pub async fn handshake(&self, suites: impl Fn(&str) -> bool) -> Result<String> {
        let mut provider = ring::default_provider();
        provider.cipher_suites.retain(|suite| suites(&format!("{:?}", suite.suite())));
        let agreed = async {
            let stream = self.secure(TcpStream::connect(self.address).await?, provider).await?;
            let suite = stream.get_ref().1.negotiated_cipher_suite().context("no suite")?;
            Ok(format!("{:?}", suite.suite()))
        };
        tokio::time::timeout(PATIENCE, agreed).await.context("the handshake takes too long")?
    }

    async fn secure(
        &self,
        stream: TcpStream,
        provider: CryptoProvider,
    ) -> Result<tokio_rustls::client::TlsStream<TcpStream>> {
        let roots = self.roots.clone().context("the address is not one of TLS")?;
        let client = ClientConfig::builder_with_provider(Arc::new(provider))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(self.host.clone())?;
        Ok(tokio_rustls::TlsConnector::from(Arc::new(client)).connect(name, stream).await?)
    }
}

async fn exchange<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, request: &str) -> Result<Vec<u8>> {
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut bytes = Vec::new();
    // A peer that closes without a TLS farewell has said what it had to say.
    match (&mut stream).take(MOST).read_to_end(&mut bytes).await {
        Err(error) if bytes.is_empty() => Err(error.into()),
        _ => Ok(bytes),
    }
}

fn parse(bytes: &[u8]) -> Result<Answer> {
    let split =
        bytes.windows(4).position(|four| four == b"\r\n\r\n").context("the answer has no end of its head")?;
    let (head, body) = bytes.split_at(split);
    let head = String::from_utf8_lossy(head);
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let Some(status) = status else { bail!("the answer is not HTTP") };
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let body = body.get(4..).unwrap_or_default();
    let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if chunked { unchunk(body) } else { body.to_vec() };
    Ok(Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() })
}

fn unchunk(mut rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(rest.get(..end).unwrap_or_default()).unwrap_or_default();
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16).unwrap_or(0);
        let Some(chunk) = rest.get(end + 2..end + 2 + size).filter(|_| size > 0) else { break };
        out.extend_from_slice(chunk);
        rest = rest.get(end + 4 + size..).unwrap_or_default();
    }
    out
}

fn authority(url: &str) -> Result<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    anyhow::ensure!(!authority.is_empty(), "“{url}” has no host");
    Ok(authority.to_owned())
}

fn host(authority: &str) -> String {
    let bracketed = authority.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match bracketed {
        Some((address, _)) => address.to_owned(),
        None => authority.split(':').next().unwrap_or_default().to_owned(),
    }
}

/// Who may vouch for the site: the authorities of the machine, and the certificate that the program itself shows.
fn roots(config: &Config) -> Result<Arc<RootCertStore>> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let (certificate, _) = tls::files(config);
    if certificate.is_file() {
        let own: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&certificate)
            .and_then(Iterator::collect)
            .with_context(|| certificate.display().to_string())?;
        roots.add_parsable_certificates(own);
    }
    Ok(Arc::new(roots))
}
