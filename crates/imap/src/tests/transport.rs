//! Real sockets: TLS both ways, STARTTLS injection, limits of connections.

use std::net::SocketAddr;
use std::sync::Arc;

use mailkeep_mailbox::testing::PASSWORD;
use mailkeep_storage::testing::both_engines;
use rustls::pki_types::ServerName;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;

use super::harness::USER;
use super::{Client, Harness};
use crate::{ImapConfig, Security};

async fn listen(harness: &Harness, security: Security) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (server, stop) = (harness.server.clone(), harness.stop.clone());
    tokio::spawn(async move { server.serve(listener, security, stop).await });
    address
}

fn connector(harness: &Harness) -> TlsConnector {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(harness.certificate.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

fn name() -> ServerName<'static> {
    ServerName::try_from("mail.example.com").unwrap()
}

both_engines!(tls_from_the_first_byte, |db| async move {
    let harness = Harness::new(db).await;
    let address = listen(&harness, Security::ImplicitTls).await;
    let tcp = TcpStream::connect(address).await.unwrap();
    let mut client = Client::new(connector(&harness).connect(name(), tcp).await.unwrap());
    let greeting = client.line().await;
    assert!(greeting.contains("AUTH=PLAIN") && !greeting.contains("STARTTLS"), "{greeting}");
    client.ok(&format!("LOGIN {USER} {PASSWORD}")).await;
    assert!(client.fails("STARTTLS").await.starts_with("BAD"));
    // One who speaks in the clear to this port is hung up on.
    let mut clear = Client::new(TcpStream::connect(address).await.unwrap());
    clear.send(b"a NOOP\r\na NOOP\r\n").await;
    while !clear.line().await.is_empty() {}
});

both_engines!(starttls_and_injection, |db| async move {
    let harness = Harness::new(db).await;
    let address = listen(&harness, Security::StartTls).await;
    let mut client = Client::new(TcpStream::connect(address).await.unwrap());
    assert!(client.line().await.contains("STARTTLS LOGINDISABLED"));
    client.ok("STARTTLS").await;
    let mut client = Client::new(connector(&harness).connect(name(), client.stream).await.unwrap());
    client.ok(&format!("LOGIN {USER} {PASSWORD}")).await;
    client.ok("SELECT INBOX").await;

    let mut attacker = Client::new(TcpStream::connect(address).await.unwrap());
    attacker.line().await;
    attacker.send(format!("a STARTTLS\r\nb LOGIN {USER} {PASSWORD}\r\n").as_bytes()).await;
    assert_eq!(attacker.line().await, "* BYE commands must not follow STARTTLS before TLS is up");
    assert_eq!(attacker.line().await, "");
});

both_engines!(connections_are_counted, |db| async move {
    let config = ImapConfig { max_connections_per_address: 2, ..ImapConfig::default() };
    let harness = Harness::with(db, config).await;
    let address = listen(&harness, Security::StartTls).await;
    let mut clients = Vec::new();
    for _ in 0..2 {
        let mut client = Client::new(TcpStream::connect(address).await.unwrap());
        assert!(client.line().await.starts_with("* OK"));
        clients.push(client);
    }
    let mut third = Client::new(TcpStream::connect(address).await.unwrap());
    assert!(third.line().await.starts_with("* BYE [UNAVAILABLE] too many connections"));
    clients[0].ok("LOGOUT").await;
    assert_eq!(clients[0].line().await, "");
    // The place is free as soon as the server is done with the connection.
    loop {
        let mut again = Client::new(TcpStream::connect(address).await.unwrap());
        if again.line().await.starts_with("* OK") {
            break;
        }
    }
});
