//! Builders for tests: a mail store on a throw-away database, a proven domain, mailboxes, mails, a DNS of one's own.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use mailkeep_policy::Personal;
use mailkeep_storage::blobs::{Blobs, BlobsConfig};
use mailkeep_storage::sql::Database;
use mailkeep_types::{CustomerId, DomainId, DomainName, EmailAddress, MailboxId};
use parking_lot::Mutex;

use crate::dns::{DnsError, DnsFuture, MxRecord, Resolver, SrvRecord};
use crate::domains::{NewDomain, ProofOutcome};
use crate::mailboxes::{ClassLimits, MailboxSession, NewMailbox, Secret};
use crate::messages::{Prepared, prepare};
use crate::post_office::{PostOffice, Settings};

/// A mail store with everything that a test needs.
pub struct TestOffice {
    /// The mail store.
    pub office: PostOffice,
    /// Its DNS.
    pub dns: TestDns,
    /// A customer.
    pub customer: CustomerId,
    _blobs: tempfile::TempDir,
}

/// The password of mailboxes made by [`TestOffice::mailbox`].
pub const PASSWORD: &str = "correct-horse-7";

impl TestOffice {
    /// Opens one over `db` with the settings of a new installation.
    pub async fn open(db: Database) -> Self {
        Self::open_with(db, Settings::default()).await
    }

    /// Opens one over `db` with the given settings.
    pub async fn open_with(db: Database, settings: Settings) -> Self {
        let policy = mailkeep_policy::testing::policy(&db).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let blobs = Blobs::open(&BlobsConfig::Folder(folder.path().to_owned())).expect("a folder for blobs");
        let customer = CustomerId::new(&**db.clock());
        let office = PostOffice::open(db, policy, blobs, settings).await.expect("a fresh mail store opens");
        TestOffice { office, dns: TestDns::default(), customer, _blobs: folder }
    }

    /// Adds a domain and proves it.
    pub async fn domain(&self, name: &str) -> DomainId {
        self.domain_with(name, None, ClassLimits::default()).await
    }

    /// Adds an alias domain and proves it.
    pub async fn alias_domain(&self, name: &str, of: DomainId) -> DomainId {
        self.domain_with(name, Some(of), ClassLimits::default()).await
    }

    /// Adds a domain with limits and proves it.
    pub async fn domain_with(&self, name: &str, alias_of: Option<DomainId>, class: ClassLimits) -> DomainId {
        let name = DomainName::parse(name).expect("a domain name");
        let (customer, service) = (self.customer, None);
        let new = NewDomain { customer, service, name, alias_of, mailbox_limit: None, class };
        let domain = self.office.add_domain(new).await.expect("a new domain");
        self.dns.add_txt(&domain.challenge_name(), &domain.challenge);
        let outcome = self.office.prove_domain(domain.id, &self.dns).await.expect("the proof is looked for");
        assert_eq!(outcome, ProofOutcome::Proven);
        domain.id
    }

    /// Makes a mailbox with [`PASSWORD`].
    pub async fn mailbox(&self, domain: DomainId, address: &str) -> MailboxId {
        let new = NewMailbox {
            domain,
            address: EmailAddress::parse(address).expect("an address"),
            display_name: Personal::new("Ann Example".to_owned()),
            password: Some(Secret::new(PASSWORD)),
            quota_bytes: Some(0),
        };
        self.office.create_mailbox(new).await.expect("a new mailbox")
    }

    /// Makes a mailbox in a new domain and opens its session.
    pub async fn session(&self, address: &str) -> MailboxSession {
        let domain = address.rsplit_once('@').map_or(address, |(_, domain)| domain);
        let domain = self.domain(domain).await;
        let mailbox = self.mailbox(domain, address).await;
        self.office.session(mailbox).await.expect("a session")
    }
}

/// A small mail, prepared.
pub fn mail(subject: &str, text: &str) -> Arc<Prepared> {
    let raw = format!(
        "From: Ann Example <ann@example.com>\r\nTo: bob@example.net\r\nSubject: {subject}\r\n\
         Date: Sun, 01 Mar 2026 10:00:00 +0000\r\nMessage-ID: <{}@example.com>\r\n\r\n{text}\r\n",
        subject.replace(' ', "-")
    );
    Arc::new(prepare(&Bytes::from(raw)))
}

/// A DNS of one's own.
#[derive(Clone, Default)]
pub struct TestDns(Arc<Mutex<HashMap<(&'static str, String), Vec<String>>>>);

impl TestDns {
    /// Adds a TXT record.
    pub fn add_txt(&self, name: &str, text: &str) {
        self.add("TXT", name, text);
    }

    /// Adds a record: the value of MX is `10 host`, of SRV `priority port host`.
    pub fn add(&self, kind: &'static str, name: &str, value: &str) {
        self.0.lock().entry((kind, name.to_ascii_lowercase())).or_default().push(value.to_owned());
    }

    /// Removes the records of a kind.
    pub fn remove(&self, kind: &'static str, name: &str) {
        self.0.lock().remove(&(kind, name.to_ascii_lowercase()));
    }

    fn get(&self, kind: &'static str, name: &str) -> Result<Vec<String>, DnsError> {
        self.0.lock().get(&(kind, name.to_ascii_lowercase())).cloned().ok_or(DnsError::NoSuchName)
    }
}

impl Resolver for TestDns {
    fn txt<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<String>> {
        Box::pin(async move { self.get("TXT", name) })
    }

    fn mx<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<MxRecord>> {
        Box::pin(async move {
            let parse = |value: String| {
                let (preference, host) = value.split_once(' ').unwrap_or(("0", ""));
                MxRecord {
                    preference: preference.parse().unwrap_or(0),
                    host: host.trim_end_matches('.').to_owned(),
                }
            };
            Ok(self.get("MX", name)?.into_iter().map(parse).collect())
        })
    }

    fn srv<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<SrvRecord>> {
        Box::pin(async move {
            let parse = |value: String| {
                let words: Vec<&str> = value.split(' ').collect();
                let number = |at: usize| words.get(at).and_then(|w| w.parse().ok()).unwrap_or(0);
                let host = words.last().copied().unwrap_or("").trim_end_matches('.').to_owned();
                SrvRecord { priority: number(0), port: number(words.len().saturating_sub(2)), host }
            };
            Ok(self.get("SRV", name)?.into_iter().map(parse).collect())
        })
    }

    fn cname<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<String>> {
        Box::pin(async move {
            Ok(self.get("CNAME", name)?.into_iter().map(|v| v.trim_end_matches('.').to_owned()).collect())
        })
    }

    fn addresses<'a>(&'a self, name: &'a str) -> DnsFuture<'a, Vec<IpAddr>> {
        Box::pin(async move { Ok(self.get("A", name)?.iter().filter_map(|v| v.parse().ok()).collect()) })
    }
}
