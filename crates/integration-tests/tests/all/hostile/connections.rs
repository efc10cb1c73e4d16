//! Connections that are only held.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use anyhow::{Context, Result};
use futures_util::future::try_join_all;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Target;
use super::talk::{ATTACKER, connect};

/// Every port, what is said there slowly, and what the server says when it has waited long enough. Where TLS comes first
/// it can say nothing before the handshake, and closes.
const PORTS: [(&str, &[u8], &str); 7] = [
    ("mx", b"EHLO slow.example and so on and so on and so on", "421 "),
    ("submission", b"EHLO slow.example and so on and so on and so on", "421 "),
    (
        "submissions",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "",
    ),
    ("imap", b"a LOGIN somebody at and so on and so on and so on", "* BYE "),
    ("imaps", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ""),
    ("http", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: and so on", ""),
    ("https", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ""),
];

/// Long after the server's patience.
const END: Duration = Duration::from_secs(30);

/// One byte at a time on every port; the connection ends in time however often a byte comes.
pub async fn slow_on_every_port(target: &Target) -> Result<()> {
    let all = PORTS.iter().map(|(listener, words, farewell)| async move {
        let stream = connect(ATTACKER, target.world.installation.address(listener)).await?;
        let (mut reader, mut writer) = stream.into_split();
        let drip = async {
            let mut pace = tokio::time::interval(Duration::from_millis(250));
            for byte in *words {
                pace.tick().await;
                if writer.write_all(&[*byte]).await.is_err() {
                    break;
                }
            }
            std::future::pending::<()>().await;
        };
        let mut said = Vec::new();
        let over = async { tokio::time::timeout(END, reader.read_to_end(&mut said)).await };
        tokio::select! {
            () = drip => {}
            over = over => drop(over.with_context(|| format!("{listener} waits for ever"))?),
        }
        let said = String::from_utf8_lossy(&said).into_owned();
        anyhow::ensure!(said.contains(farewell), "{listener}: {said}");
        Ok(())
    });
    try_join_all(all).await.map(drop)
}

/// From many addresses, since one alone gets only so many.
pub async fn thousand_silent(target: &Target) -> Result<()> {
    let mut open: Vec<TcpStream> = Vec::new();
    for number in 0..1_000u16 {
        let (listener, _, _) = PORTS[usize::from(number) % PORTS.len()];
        let from = IpAddr::V4(Ipv4Addr::new(127, 0, 1, u8::try_from(number / 40)?));
        open.push(connect(from, target.world.installation.address(listener)).await?);
    }
    let ended = open.into_iter().map(|mut stream| async move {
        let mut said = Vec::new();
        tokio::time::timeout(END, stream.read_to_end(&mut said)).await.context("one is held for ever")
    });
    try_join_all(ended).await.map(drop)
}
