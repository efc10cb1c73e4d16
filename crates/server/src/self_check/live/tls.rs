//! What the site agrees to when a browser offers it less.

use super::Outcome;
use super::wire::Site;

/// P27: a handshake with suites of 128 bits alone fails, and one with 256 bits succeeds.
pub(super) async fn only_256_bits(site: &Site) -> Outcome {
    let strong = |name: &str| name.contains("AES_256") || name.contains("CHACHA20");
    site.handshake(strong)
        .await
        .map_err(|error| format!("no handshake with 256 bits succeeds: {error:#}"))?;
    match site.handshake(|name| !strong(name)).await {
        Ok(suite) => Err(format!("the site agrees to {suite}; set tls.strong_site_suites = true")),
        Err(_) => Ok(()),
    }
}
