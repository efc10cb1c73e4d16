//! Puts a proven domain with mailboxes into the data folder of a stopped installation, for measuring:
//!
//! ```text
//! mailkeep --config mailkeep.toml init
//! seed DATA-FOLDER DOMAIN COUNT [PASSWORD]
//! ```
//!
//! The mailboxes are `u0@DOMAIN` …, without quota. Without a password nobody can sign in to them, and ten thousand are
//! made in seconds.

use std::path::PathBuf;
use std::sync::Arc;

use mailkeep_mailbox::domains::NewDomain;
use mailkeep_mailbox::mailboxes::{ClassLimits, NewMailbox, Secret};
use mailkeep_mailbox::testing::TestDns;
use mailkeep_mailbox::{PostOffice, Settings};
use mailkeep_policy::{Personal, Policy, PolicyConfig, RootKeySource};
use mailkeep_storage::blobs::{Blobs, BlobsConfig};
use mailkeep_storage::sql::{Database, DatabaseConfig};
use mailkeep_types::{CustomerId, DomainName, EmailAddress, SharedClock, SystemClock};

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, domain, count, password @ ..] = arguments.as_slice() else {
        eprintln!("usage: seed DATA-FOLDER DOMAIN COUNT [PASSWORD]");
        std::process::exit(2);
    };
    let count: usize = count.parse().expect("COUNT is a number");
    let office = open(&PathBuf::from(folder)).await;
    let domain = add_domain(&office, domain).await;
    let mut running = tokio::task::JoinSet::new();
    // Makers at once share commits.
    for maker in 0..64 {
        let (office, password) = (office.clone(), password.first().cloned());
        let (id, name) = domain.clone();
        running.spawn(async move {
            for number in (maker..count).step_by(64) {
                let new = NewMailbox {
                    domain: id,
                    address: EmailAddress::parse(&format!("u{number}@{name}")).expect("an address"),
                    display_name: Personal::new(format!("User {number}")),
                    password: password.as_deref().map(Secret::new),
                    quota_bytes: Some(0),
                };
                office.create_mailbox(new).await.expect("a new mailbox");
            }
        });
    }
    running.join_all().await;
}

async fn open(folder: &std::path::Path) -> PostOffice {
    let clock: SharedClock = Arc::new(SystemClock);
    let at = |file: &str| DatabaseConfig::Sqlite { path: folder.join(file), readers: 2 };
    let db = Database::open(&at("mailkeep.db"), Arc::clone(&clock)).await.expect("the database opens");
    let keys = Database::open(&at("keys.db"), Arc::clone(&clock)).await.expect("the key database opens");
    let root_key = RootKeySource::File(folder.join("root.key"));
    let config = PolicyConfig {
        file: None,
        root_key,
        ledger_origin: "mail.example.com/ledger".to_owned(),
        suppression_file: None,
    };
    let policy = Policy::start(db.clone(), keys, &config, clock).await.expect("the policy starts");
    let blobs = Blobs::open(&BlobsConfig::Folder(folder.join("blobs"))).expect("a folder for blobs");
    PostOffice::open(db, policy, blobs, Settings::default()).await.expect("the mail store opens")
}

async fn add_domain(office: &PostOffice, name: &str) -> (mailkeep_types::DomainId, String) {
    let most = Some(i64::MAX / 2);
    let class = ClassLimits {
        recipients_per_message: most,
        recipients_per_day: most,
        recipients_per_day_when_new: most,
        ..ClassLimits::default()
    };
    let new = NewDomain {
        customer: CustomerId::new(&SystemClock),
        service: None,
        name: DomainName::parse(name).expect("a domain name"),
        alias_of: None,
        mailbox_limit: None,
        class,
    };
    let domain = office.add_domain(new).await.expect("a new domain");
    let dns = TestDns::default();
    dns.add_txt(&domain.challenge_name(), &domain.challenge);
    office.prove_domain(domain.id, &dns).await.expect("the domain is proven");
    (domain.id, name.to_owned())
}
