//! The configuration: one TOML file plus the environment.
//!
//! Every key has a default but `server.hostname`, so that a new installation begins with three lines. The reference in
//! `docs/configuration.md` is written from the doc comments here and in the crates whose sections these are; a test
//! fails when it is out of date.

mod load;
mod reference;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use mailkeep_commerce::config::{CommerceConfig, EXAMPLE_TOML};
use mailkeep_commerce::phone_gateway::PhonesConfig;
use mailkeep_helpdesk::hours::HoursConfig;
use mailkeep_helpdesk::mailroom::HelpdeskConfig;
use mailkeep_identity::IdentityConfig;
use mailkeep_imap::ImapConfig;
use mailkeep_outbound_guard::sending::GuardConfig;
use mailkeep_outreach::{AnnouncementsConfig, StatusConfig};
use mailkeep_policy::unusual_uses::Lines;
use mailkeep_smtp::SmtpConfig;
use mailkeep_web::WebConfig;
use mailkeep_webhooks::WebhooksConfig;
use schemars::JsonSchema;
use serde::Deserialize;

#[cfg(test)]
use load::ConfigError;
pub use load::{load, parse};
pub use reference::render_reference;

/// The whole configuration.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The program itself: its name in the network and where it keeps its data.
    pub server: ServerConfig,
    /// Where it listens.
    #[serde(default)]
    pub listen: ListenConfig,
    /// The databases.
    #[serde(default)]
    pub database: DatabaseSection,
    /// Where large message bodies are kept.
    #[serde(default)]
    pub blobs: BlobsSection,
    /// Certificates.
    #[serde(default)]
    pub tls: TlsConfig,
    /// Names of the network.
    #[serde(default)]
    pub dns: DnsConfig,
    /// The policy that is enforced and published.
    #[serde(default)]
    pub policy: PolicySection,
    /// Where things stand.
    #[serde(default)]
    pub residency: ResidencySection,
    /// Sign-in, passwords, sessions.
    #[serde(default)]
    pub identity: IdentityConfig,
    /// What is sold, by whom, and by which rules. Without it a small example catalogue is on offer.
    #[serde(default = "example_commerce")]
    pub commerce: CommerceConfig,
    /// Codes to telephones, for those who are asked to show that an order is theirs.
    #[serde(default)]
    pub phones: PhonesConfig,
    /// When people of support are there, and where emergencies go.
    #[serde(default)]
    pub support: HoursConfig,
    /// The mail of the Help Desk.
    #[serde(default)]
    pub helpdesk: HelpdeskConfig,
    /// SMTP: mail from other servers, submission, delivery.
    #[serde(default)]
    pub smtp: SmtpConfig,
    /// What leaves mailboxes: limits by how long customers have paid, and when much the same text to many is held.
    #[serde(default)]
    pub guard: GuardConfig,
    /// How what we send is received elsewhere: reports of other providers, and block lists.
    #[serde(default)]
    pub reputation: ReputationSection,
    /// IMAP.
    #[serde(default)]
    pub imap: ImapConfig,
    /// The site, the Customer Center, webmail and the console.
    #[serde(default)]
    pub web: WebConfig,
    /// Telling programs of customers, and of the house, what happens.
    #[serde(default)]
    pub webhooks: WebhooksConfig,
    /// The status page.
    #[serde(default)]
    pub status: StatusConfig,
    /// What staff write to many.
    #[serde(default)]
    pub announcements: AnnouncementsConfig,
    /// HTTP and HTTPS: what one peer can hold.
    #[serde(default)]
    pub http: HttpConfig,
    /// What is logged, and how.
    #[serde(default)]
    pub log: LogConfig,
}

/// The program itself.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// The name under which mail servers and clients reach this program, e.g. `mail.example.com`. It is said in SMTP and
    /// IMAP greetings, stands in the MX records that customers publish, and must have a certificate.
    pub hostname: String,
    /// The folder for the databases, bodies, keys and certificates.
    #[serde(default = "default_data_dir")]
    pub data_dir: PathBuf,
    /// For tests and demonstrations: a clock that can be moved on through the operator's port. How far it is ahead is kept in
    /// the data folder, for commands and the next start. Never set this on an installation with customers.
    #[serde(default)]
    pub steered_clock: bool,
}

fn default_data_dir() -> PathBuf {
    PathBuf::from("/var/lib/mailkeep")
}

/// Addresses to listen on. An empty list turns a listener off. Port 0 takes a free port, which is printed at the start.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ListenConfig {
    /// SMTP from other mail servers.
    pub mx: Vec<SocketAddr>,
    /// Submission of mail by customers, with STARTTLS.
    pub submission: Vec<SocketAddr>,
    /// Submission of mail by customers, TLS from the first byte.
    pub submissions: Vec<SocketAddr>,
    /// IMAP with STARTTLS.
    pub imap: Vec<SocketAddr>,
    /// IMAP, TLS from the first byte.
    pub imaps: Vec<SocketAddr>,
    /// The site without TLS: answers ACME challenges and sends everything else to HTTPS, unless `plain_http` is set.
    pub http: Vec<SocketAddr>,
    /// The site, the Customer Center, webmail, the console and the API.
    pub https: Vec<SocketAddr>,
    /// The operator's port: `/metrics`, `/health` and `/ready`, without TLS and without sign-in. Keep it on loopback.
    pub operator: Vec<SocketAddr>,
    /// Serve the whole site on `http` too: only behind a proxy that speaks TLS, or on loopback.
    pub plain_http: bool,
}

fn any(port: u16) -> Vec<SocketAddr> {
    vec![SocketAddr::from(([0u16; 8], port))]
}

impl Default for ListenConfig {
    fn default() -> Self {
        ListenConfig {
            mx: any(25),
            submission: any(587),
            submissions: any(465),
            imap: any(143),
            imaps: any(993),
            http: any(80),
            https: any(443),
            operator: vec![SocketAddr::from(([127, 0, 0, 1], 9090))],
            plain_http: false,
        }
    }
}

/// The databases.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DatabaseSection {
    /// `sqlite:PATH` or `postgres://user:password@host/name`; empty means a file of SQLite in `server.data_dir`. To another
    /// machine the way is encrypted and its certificate checked, unless the URL ends with `?sslmode=disable`.
    pub url: String,
    /// The database of keys, apart from the other so that its backups can have a shorter life; empty means a file of
    /// SQLite in `server.data_dir`.
    pub keys_url: String,
    /// PEM file with the root that the certificates of PostgreSQL servers are trusted by; empty: the system's roots.
    pub tls_root: PathBuf,
}

/// Where large message bodies are kept.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BlobsSection {
    /// A folder; empty means `blobs` in `server.data_dir`. Not used when `endpoint` is set.
    pub folder: String,
    /// The address of a store with the S3 API, e.g. `https://s3.example.com`.
    pub endpoint: String,
    /// The bucket; it must exist.
    pub bucket: String,
    /// The region that signatures name.
    pub region: String,
    /// The access key.
    pub access_key_id: String,
    /// The secret key; better given as `MAILKEEP__BLOBS__SECRET_ACCESS_KEY` in the environment.
    pub secret_access_key: String,
}

/// Where certificates come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TlsSource {
    /// Made by the program at its first start. Browsers and other mail servers will not trust it.
    #[default]
    SelfSigned,
    /// From `certificate` and `key`, read again when they change.
    Files,
    /// From a certificate authority that speaks ACME (RFC 8555), answered on port 80.
    Acme,
}

/// Certificates.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TlsConfig {
    /// Where certificates come from.
    pub source: TlsSource,
    /// PEM file with the certificate and its chain.
    pub certificate: PathBuf,
    /// PEM file with the private key.
    pub key: PathBuf,
    /// The directory of the certificate authority.
    pub acme_directory: String,
    /// PEM file with the root that the authority's own server is trusted by; empty: the system's roots. For an authority
    /// in one's own house.
    pub acme_root: PathBuf,
    /// The address that the certificate authority writes to before a certificate ends.
    pub acme_contact: String,
    /// Further names that the certificate shall cover, e.g. `autoconfig.example.com`.
    pub names: Vec<String>,
    /// Refuse suites with keys of less than 256 bits on the site's ports. Mail ports take what RFC 8996 allows.
    pub strong_site_suites: bool,
}

impl Default for TlsConfig {
    fn default() -> Self {
        TlsConfig {
            source: TlsSource::default(),
            certificate: PathBuf::new(),
            key: PathBuf::new(),
            acme_directory: "https://acme-v02.api.letsencrypt.org/directory".to_owned(),
            acme_root: PathBuf::new(),
            acme_contact: String::new(),
            names: Vec::new(),
            strong_site_suites: true,
        }
    }
}

fn example_commerce() -> CommerceConfig {
    toml::from_str(EXAMPLE_TOML).expect("the example of the build is tested by its crate")
}

/// Names of the network.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DnsConfig {
    /// Name servers to ask, as `address:port`; empty: those of the system.
    pub servers: Vec<SocketAddr>,
}

/// How what we send is received elsewhere: reports of other providers, and block lists.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReputationSection {
    /// The address for DMARC and TLS reports, which stands in the records that customers are asked to publish; empty: `dmarc-reports@` the domain
    /// that `server.hostname` is in. It must lead to this server (MX), and `*._report._dmarc.` its domain must have the TXT record `v=DMARC1`, or
    /// other providers will not send reports there. Nothing else is taken at this address.
    pub reports_to: String,
    /// DNS block lists that are asked every hour whether our addresses stand there, e.g. `["zen.spamhaus.org"]`; empty: none is asked. Mind
    /// what the list allows, and name servers of your own in `dns.servers`: large open ones are often refused. Asked are
    /// `smtp.delivery.own_addresses` and the public addresses from which mail went in the last week.
    pub block_lists: Vec<String>,
}

/// The policy that is enforced and published.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PolicySection {
    /// A policy file of your own, narrower than the built-in one; empty: the built-in one. A wider one is refused.
    pub file: PathBuf,
    /// Folders with backups of the keys: `mailkeep keys backup` writes into the first, `mailkeep keys prune` and every
    /// node once an hour remove what is older than the policy's erasure time, and `mailkeep policy check` finds what was
    /// left.
    pub key_backups: Vec<PathBuf>,
    /// Minutes between two self-checks from inside, whose marks stand on the policy page; 0 for none.
    pub self_check_minutes: u32,
    /// Hours between two self-checks over the network, against this program's own listeners; 0 for none.
    pub live_check_hours: u32,
    /// The mail address that is told when a promise is broken; empty: `web.support_email`.
    pub alerts_to: String,
    /// Where the usual ends for accesses of staff to personal data; what is beyond stands in the console until it is explained.
    pub unusual: UnusualSection,
    /// Folders and files in which `mailkeep policy check --live` looks, beside the data folder, for what its synthetic persons
    /// typed: of logs, of dumps of the database.
    pub canaries_also_in: Vec<PathBuf>,
    /// Where the root key comes from. Nothing set: the environment variable `MAILKEEP_ROOT_KEY`, else the file
    /// `root.key` in `server.data_dir`.
    pub root_key: RootKeySection,
}

impl Default for PolicySection {
    fn default() -> Self {
        PolicySection {
            file: PathBuf::new(),
            key_backups: Vec::new(),
            root_key: RootKeySection::default(),
            canaries_also_in: Vec::new(),
            unusual: UnusualSection::default(),
            self_check_minutes: 60,
            live_check_hours: 24,
            alerts_to: String::new(),
        }
    }
}

/// Where the usual ends for accesses of staff to personal data; what is beyond stands in the console until it is explained.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UnusualSection {
    /// Different persons and customers that one member of staff may look at in an hour.
    pub subjects_an_hour: u32,
    /// Refusals that one member of staff may collect in an hour.
    pub refusals_an_hour: u32,
    /// Members of staff who may look at the same person or customer in a day.
    pub staff_a_day: u32,
    /// Earlier accesses of a member of staff from which on their usual hours are known.
    pub uses_to_know_hours: u32,
    /// An hour of the day (with the hours beside it) in which less than this many percent of somebody's earlier accesses fell is
    /// not a usual one.
    pub usual_percent: u32,
}

impl Default for UnusualSection {
    fn default() -> Self {
        let Lines { subjects_an_hour, refusals_an_hour, staff_a_day, uses_to_know_hours, usual_percent } =
            Lines::default();
        UnusualSection { subjects_an_hour, refusals_an_hour, staff_a_day, uses_to_know_hours, usual_percent }
    }
}

impl UnusualSection {
    /// The same as the policy core takes it.
    pub fn lines(self) -> Lines {
        let UnusualSection {
            subjects_an_hour,
            refusals_an_hour,
            staff_a_day,
            uses_to_know_hours,
            usual_percent,
        } = self;
        Lines { subjects_an_hour, refusals_an_hour, staff_a_day, uses_to_know_hours, usual_percent }
    }
}

/// Where the root key comes from: one of the three.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RootKeySection {
    /// A file with 64 hexadecimal digits that only its owner can read.
    pub file: PathBuf,
    /// An environment variable with 64 hexadecimal digits.
    pub environment: String,
    /// A program and its arguments that write 64 hexadecimal digits, e.g. the client of a key service. No shell reads
    /// them, and what the program writes is never logged.
    pub command: Vec<String>,
    /// How long the command may take; 0 is ten seconds.
    pub timeout_seconds: u32,
}

/// HTTP and HTTPS: what one peer can hold.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HttpConfig {
    /// Most connections at once on a listener; more wait in the system's queue.
    pub max_connections: usize,
    /// Longest head of a request in bytes, 8192 at least.
    pub max_head_bytes: usize,
    /// Seconds for the TLS handshake, and for the head of a request; also how long a connection may say nothing.
    pub head_seconds: u64,
    /// Seconds for the body of a request: a form with its attachments over a slow line.
    pub body_seconds: u64,
}

impl Default for HttpConfig {
    fn default() -> Self {
        HttpConfig { max_connections: 4096, max_head_bytes: 64 * 1024, head_seconds: 15, body_seconds: 600 }
    }
}

impl HttpConfig {
    /// Time for the handshake and for the head of a request.
    pub fn head_time(&self) -> Duration {
        Duration::from_secs(self.head_seconds)
    }

    /// Time for the body of a request.
    pub fn body_time(&self) -> Duration {
        Duration::from_secs(self.body_seconds)
    }
}

/// Where things stand, by country (ISO 3166-1, two capital letters). What is left empty stands where the server does, and the
/// server, when nothing is said, in the country that the policy declares. A place elsewhere stops the start.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ResidencySection {
    /// This machine.
    pub server: String,
    /// The database.
    pub database: String,
    /// The database of keys.
    pub keys: String,
    /// The store of bodies. For a store with the S3 API whose region is known, the region counts.
    pub blobs: String,
    /// The backups.
    pub backups: String,
    /// Who processes data for you, by name, e.g. `card-processor = "US"`.
    pub processors: std::collections::BTreeMap<String, String>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// What is logged. Lines never hold personal values: identifiers and domains only.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LogConfig {
    /// `error`, `warn`, `info`, `debug`, or a filter such as `info,mailkeep_smtp=debug`.
    pub level: String,
    /// How lines look.
    pub format: LogFormat,
}

impl Default for LogConfig {
    fn default() -> Self {
        LogConfig { level: "info".to_owned(), format: LogFormat::default() }
    }
}
