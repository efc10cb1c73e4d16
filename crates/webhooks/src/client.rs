//! The one place that connects to endpoints: looks the name up, refuses what is not of the public network, asks the policy, and
//! sends within its limits.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mailkeep_policy::Policy;
use mailkeep_policy::card_numbers;
use mailkeep_policy::egress::Destination;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Url, header};

use crate::addresses::is_public;
use crate::config::WebhooksConfig;
use crate::error::WebhookError;
use crate::signing;

/// The recipient of the policy file.
pub const PROGRAMS: Destination = Destination::Recipient("your-programs");
/// How much of an answer is read at most.
const MOST_BYTES: usize = 16 * 1024;
/// How much of it is kept, in characters.
const KEPT: usize = 240;

/// The addresses of a host.
pub type LookedUp<'a> = Pin<Box<dyn Future<Output = Result<Vec<IpAddr>, String>> + Send + 'a>>;

/// Looks names up.
pub trait Hosts: Send + Sync {
    /// The addresses of a host.
    fn addresses<'a>(&'a self, host: &'a str) -> LookedUp<'a>;
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tried {
    /// The status of the answer.
    pub status: Option<u16>,
    /// Why there is none.
    pub fault: Option<Fault>,
    /// Its first characters.
    pub answer: Option<String>,
    /// How long it took.
    pub took: Duration,
}

impl Tried {
    /// Whether the endpoint took it (Standard Webhooks: any 2xx).
    pub fn is_heard(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The name has no address.
    Name,
    /// The name leads into a network that nothing is sent to.
    Private,
    /// No connection, or no TLS.
    Connection,
    /// It took too long.
    Time,
    /// The answer broke off.
    Broken,
}

impl Fault {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Fault::Name => "name",
            Fault::Private => "private",
            Fault::Connection => "connection",
            Fault::Time => "time",
            Fault::Broken => "broken",
        }
    }
}

/// Connections go to the addresses that were looked at, and to no other: there is no second look-up in between.
struct Guarded {
    hosts: Arc<dyn Hosts>,
    private_too: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the name leads into a network that nothing is sent to")]
struct LeadsInside;

#[derive(Debug, thiserror::Error)]
#[error("the name has no address")]
struct NoAddress;

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (hosts, private_too) = (Arc::clone(&self.hosts), self.private_too);
        Box::pin(async move {
            let found = hosts.addresses(name.as_str()).await.map_err(|_| NoAddress)?;
            if found.is_empty() {
                return Err(NoAddress.into());
            }
            // One that leads inside beside one that does not is a trick: nothing is sent then.
            if !private_too && !found.iter().all(|address| is_public(*address)) {
                return Err(LeadsInside.into());
            }
            let addresses: Vec<SocketAddr> =
                found.into_iter().map(|address| SocketAddr::new(address, 0)).collect();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// Sends.
pub(crate) struct Client {
    http: reqwest::Client,
    policy: Policy,
    private_too: bool,
}

/// A registered site that is told something.
#[derive(Debug, Clone, Copy)]
pub struct SiteToTell<'a> {
    /// Its address for this.
    pub address: &'a str,
    /// As which recipient of the policy file it is registered.
    pub listed_as: &'a str,
    /// The hosts to which it sends people.
    pub hosts: &'a [String],
}

/// What is sent.
pub(crate) struct Letter<'a> {
    pub url: &'a str,
    pub id: &'a str,
    pub seconds: i64,
    pub signatures: &'a str,
    pub payload: &'a str,
}

impl Client {
    pub fn new(config: &WebhooksConfig, policy: Policy, hosts: Arc<dyn Hosts>) -> Result<Self, WebhookError> {
        let private_too = config.allow_private_addresses;
        let patience = Duration::from_secs(config.timeout_seconds.clamp(1, 60).into());
        let http = reqwest::Client::builder()
            .timeout(patience)
            .connect_timeout(patience.min(Duration::from_secs(5)))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .pool_max_idle_per_host(1)
            .user_agent(concat!("Mailkeep/", env!("CARGO_PKG_VERSION"), " (webhooks)"))
            .dns_resolver(Arc::new(Guarded { hosts, private_too }))
            .build()
            .map_err(|error| WebhookError::Client(error.to_string()))?;
        Ok(Client { http, policy, private_too })
    }

    pub async fn send(&self, letter: &Letter<'_>) -> Tried {
        let begun = Instant::now();
        let tried = self.try_send(letter).await;
        Tried {
            took: begun.elapsed(),
            ..tried.unwrap_or_else(|fault| Tried { fault: Some(fault), ..Tried::default() })
        }
    }

    /// Tells a site something in a form, and gives the status of its answer; nothing of the answer is kept.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn tell_site(&self, to: &SiteToTell<'_>, form: String) -> Result<u16, Fault> {
        let (url, host) = self.look_at(to.address)?;
        let (policy, whole) = (self.policy.compiled(), url.host_str().unwrap_or(&host));
        self.policy
            .egress()
            .pass_to_site(policy, to.listed_as, to.hosts, whole)
            .map_err(|_| Fault::Private)?;
        let request =
            self.http.post(url).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        Ok(request.send().await.map_err(|error| fault_of(&error))?.status().as_u16())
    }

    /// The address and its host, unless it leads inside.
    fn look_at(&self, address: &str) -> Result<(Url, String), Fault> {
        let url = check_url(address, self.private_too).map_err(|_| Fault::Private)?;
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        // An address in the place of a name is not looked up.
        if let Ok(address) = host.parse::<IpAddr>()
            && !self.private_too
            && !is_public(address)
        {
            return Err(Fault::Private);
        }
        Ok((url, host))
    }

    async fn try_send(&self, letter: &Letter<'_>) -> Result<Tried, Fault> {
        let (url, host) = self.look_at(letter.url)?;
        self.policy.egress().pass(PROGRAMS, &host).map_err(|_| Fault::Private)?;
        let request = self
            .http
            .post(url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(signing::ID, letter.id)
            .header(signing::TIMESTAMP, letter.seconds.to_string())
            .header(signing::SIGNATURE, letter.signatures)
            .body(letter.payload.to_owned());
        let mut response = request.send().await.map_err(|error| fault_of(&error))?;
        let status = response.status().as_u16();
        let mut bytes = Vec::new();
        // What was heard was heard, also when the rest of the answer is lost.
        while bytes.len() < MOST_BYTES {
            match response.chunk().await {
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) | Err(_) => break,
            }
        }
        Ok(Tried { status: Some(status), answer: Some(kept(&bytes)), ..Tried::default() })
    }
}

fn fault_of(error: &reqwest::Error) -> Fault {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(one) = source {
        if one.is::<LeadsInside>() {
            return Fault::Private;
        }
        if one.is::<NoAddress>() {
            return Fault::Name;
        }
        source = one.source();
    }
    match error {
        error if error.is_timeout() => Fault::Time,
        error if error.is_connect() => Fault::Connection,
        _ => Fault::Broken,
    }
}

/// The beginning of an answer: letters that can be shown, no numbers of cards.
fn kept(bytes: &[u8]) -> String {
    let text: String = String::from_utf8_lossy(bytes)
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(KEPT)
        .collect();
    card_numbers::without(text.trim()).into_owned()
}

/// Reads the address of an endpoint.
///
/// # Errors
/// A sentence for whoever wrote it.
pub(crate) fn check_url(text: &str, private_too: bool) -> Result<Url, &'static str> {
    if text.len() > 500 {
        return Err("write an address of at most 500 letters");
    }
    let url = Url::parse(text.trim()).map_err(|_| "write an address such as https://example.com/hooks")?;
    let named = url.host_str().is_some_and(|host| !host.is_empty());
    if !named || !(url.scheme() == "https" || (private_too && url.scheme() == "http")) {
        return Err("write an address that begins with https://");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("leave name and password out of the address; what is sent is signed");
    }
    if url.fragment().is_some() {
        return Err("leave out what follows #; it is never sent");
    }
    // The ports of mail, shells and the like are nobody's webhooks.
    let port = url.port_or_known_default().unwrap_or(443);
    if !private_too && port != 443 && port < 1024 {
        return Err("choose port 443, or one from 1024 on");
    }
    let address = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().ok());
    if !private_too && address.is_some_and(|address| !is_public(address)) {
        return Err("choose an address of the public network");
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_endpoints() {
        for good in ["https://hooks.example.com/a?b=c", "https://hooks.example.com:8443/", "https://1.1.1.1/"]
        {
            assert!(check_url(good, false).is_ok(), "{good}");
        }
        for bad in [
            "http://hooks.example.com/",
            "https://user:secret@hooks.example.com/",
            "https://hooks.example.com/#part",
            "https://hooks.example.com:25/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "file:///etc/passwd",
            "ftp://example.com/",
            "hooks.example.com",
            "https://",
        ] {
            assert!(check_url(bad, false).is_err(), "{bad}");
        }
        assert!(check_url("http://127.0.0.1:9000/", true).is_ok());
    }

    #[test]
    fn answers_are_cut_and_cleaned() {
        assert_eq!(kept(b"ok\r\nthanks\x00 "), "ok  thanks");
        assert_eq!(kept(&[b'a'; 5000]).len(), KEPT);
        assert!(!kept(b"paid with 4111 1111 1111 1111").contains("4111"));
    }
}
