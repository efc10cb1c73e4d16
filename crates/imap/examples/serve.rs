//! Serves one empty mailbox from a throw-away database on loopback, for measuring and for trying clients:
//!
//! ```text
//! cargo run --release -p mailkeep-imap --example serve
//! bench/imap/measure.py --port PORT --user ann@example.com --password correct-horse-7 --pid PID
//! ```
//!
//! `serve postgres` uses a throw-away PostgreSQL instead of SQLite. The first line it prints is `PORT TLS-PORT PID`; it
//! ends with its standard input.

use std::sync::Arc;

use arc_swap::ArcSwap;
use mailkeep_imap::{ImapConfig, ImapServer, Security};
use mailkeep_mailbox::testing::TestOffice;
use mailkeep_storage::sql::{Database, Dialect};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

fn main() {
    let postgres = std::env::args().nth(1).is_some_and(|engine| engine == "postgres");
    let dialect = if postgres { Dialect::Postgres } else { Dialect::Sqlite };
    mailkeep_storage::testing::run(dialect, serve);
}

async fn serve(db: Database) {
    let office = TestOffice::open(db).await;
    let domain = office.domain("example.com").await;
    office.mailbox(domain, "ann@example.com").await;
    let config = ImapConfig {
        plaintext_login_on_loopback: true,
        max_connections_per_address: 5_000,
        max_connections_per_mailbox: 5_000,
        ..ImapConfig::default()
    };
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let tls = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a certificate with its key");
    let server = ImapServer::new(config, office.office.clone(), Arc::new(ArcSwap::from_pointee(tls)));
    let stop = CancellationToken::new();
    let mut ports = Vec::new();
    for security in [Security::StartTls, Security::ImplicitTls] {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        ports.push(listener.local_addr().expect("an address").port());
        let (server, stop) = (server.clone(), stop.clone());
        tokio::spawn(async move { server.serve(listener, security, stop).await });
    }
    println!("{} {} {}", ports[0], ports[1], std::process::id());
    let ended =
        tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink()));
    let _ = ended.await;
    stop.cancel();
}
