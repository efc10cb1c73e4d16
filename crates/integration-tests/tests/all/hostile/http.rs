//! By HTTP.

use std::time::Duration;

use anyhow::Result;

use super::Target;
use super::talk::Talk;

pub async fn huge_head(target: &Target) -> Result<()> {
    for (listener, tls) in [("http", false), ("https", true)] {
        for head in [format!("X-Filler: {}\r\n", "a".repeat(1_000)), "a".repeat(10_000)] {
            let mut talk = connect(target, listener, tls).await?;
            talk.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-First: ").await;
            let said = talk.flood(head.as_bytes(), 10_000).await?;
            anyhow::ensure!(said.starts_with("HTTP/1.1 431"), "{listener}: {said}");
        }
    }
    Ok(())
}

pub async fn slow_body(target: &Target) -> Result<()> {
    let mut talk = connect(target, "https", true).await?;
    talk.send(form_head(target, 1_000).as_bytes()).await;
    // One byte now and then keeps it alive for nobody.
    let said = talk.drip(b'a', Duration::from_millis(200)).await?;
    anyhow::ensure!(said.starts_with("HTTP/1.1 408"), "{said}");
    Ok(())
}

pub async fn huge_form(target: &Target) -> Result<()> {
    // Announced, and not: both end as soon as it is clear that it is too much.
    let mut talk = connect(target, "https", true).await?;
    talk.send(form_head(target, 1_000_000_000).as_bytes()).await;
    let said = talk.flood("a=b&".repeat(25_000).as_bytes(), 1_000).await?;
    anyhow::ensure!(said.starts_with("HTTP/1.1 413"), "{said}");
    let mut talk = connect(target, "https", true).await?;
    let head = form_head(target, 0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
    talk.send(head.as_bytes()).await;
    let said = talk.flood(format!("186a0\r\n{}\r\n", "a=b&".repeat(25_000)).as_bytes(), 1_000).await?;
    anyhow::ensure!(said.starts_with("HTTP/1.1 413"), "{said}");
    Ok(())
}

async fn connect(target: &Target, listener: &str, tls: bool) -> Result<Talk> {
    if tls { Talk::attack_tls(target, listener).await } else { Talk::attack(target, listener).await }
}

fn form_head(target: &Target, length: usize) -> String {
    let port = target.world.installation.address("https").port();
    format!(
        "POST /sign-in HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: https://localhost:{port}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
    )
}
