//! Where a request comes from.

use std::net::IpAddr;

/// The network address and the device of a request, as far as it tells them, and the brand on whose site it was made.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin {
    network: IpAddr,
    device: String,
    brand: String,
}

impl std::fmt::Debug for Origin {
    /// Neither value belongs in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Origin(…)")
    }
}

impl Origin {
    /// Takes the peer's address and the `User-Agent` header, of which only a short description is kept.
    pub fn new(network: IpAddr, user_agent: &str) -> Self {
        Origin { network: canonical(network), device: describe(user_agent), brand: String::new() }
    }

    /// The same on the site of another brand than the house's own, by its key: what is written in answer speaks of it, and leads back
    /// to its site.
    #[must_use]
    pub fn on_site_of(self, brand: String) -> Self {
        Origin { brand, ..self }
    }

    /// The key of the brand on whose site it was; empty for the house's own.
    pub fn brand(&self) -> &str {
        &self.brand
    }

    /// The address.
    pub fn network(&self) -> IpAddr {
        self.network
    }

    /// The device in a few words, e.g. `Firefox on Linux`.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// What counts as one network for limits: an IPv4 address, or the /64 of an IPv6 address, which one household has.
    pub(crate) fn limit_text(&self) -> String {
        match self.network {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => {
                let segments = v6.segments();
                format!("{:x}:{:x}:{:x}:{:x}::/64", segments[0], segments[1], segments[2], segments[3])
            }
        }
    }
}

fn canonical(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

/// Names browser and system; the order matters, since browsers name each other in their headers.
fn describe(user_agent: &str) -> String {
    let has = |needle: &str| user_agent.contains(needle);
    let browser = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("HeadlessChrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("Thunderbird/", "Thunderbird"),
        ("curl/", "curl"),
        ("python", "Python"),
    ]
    .iter()
    .find(|(needle, _)| has(needle))
    .map(|(_, name)| *name);
    let system = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]
    .iter()
    .find(|(needle, _)| has(needle))
    .map(|(_, name)| *name);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Unknown program".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_browser_and_system_and_keeps_nothing_else() {
        let origin = |agent: &str| Origin::new("::ffff:192.0.2.7".parse().unwrap(), agent);
        let firefox = origin("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        assert_eq!(firefox.device(), "Firefox on Linux");
        assert_eq!(firefox.limit_text(), "192.0.2.7");
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0";
        assert_eq!(origin(edge).device(), "Edge on Windows");
        assert_eq!(origin("<script>alert(1)</script>").device(), "Unknown program");
    }

    #[test]
    fn one_household_of_ipv6_is_one_network() {
        let one = Origin::new("2001:db8:1:2:3::4".parse().unwrap(), "");
        let two = Origin::new("2001:db8:1:2:ffff::9".parse().unwrap(), "");
        let other = Origin::new("2001:db8:1:3::4".parse().unwrap(), "");
        assert_eq!(one.limit_text(), two.limit_text());
        assert_ne!(one.limit_text(), other.limit_text());
    }
}
