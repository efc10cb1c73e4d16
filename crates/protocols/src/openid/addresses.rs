//! Addresses to which a person is sent back. They are registered, and a request must name one exactly (RFC 9700 section
//! 2.1): nothing is compared but whole texts.

use super::parameters::encode;

/// The longest address.
pub const MOST: usize = 500;

/// Why an address cannot be registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// It is too long, or has blanks or characters beyond ASCII.
    #[error("an address has at most 500 characters of ASCII without blanks")]
    Characters,
    /// It is not `https`, nor `http` on the machine of the person itself.
    #[error("an address begins with https://, or with http:// and 127.0.0.1, [::1] or localhost")]
    Scheme,
    /// It has no host, or a name and password before it.
    #[error("an address names its host, and nothing before it")]
    Host,
    /// It has a part behind `#`, or a `*`.
    #[error("an address is whole: without # and without *")]
    Part,
}

/// Whether an address can be registered.
///
/// # Errors
/// Why it cannot.
pub fn check(address: &str) -> Result<(), AddressFault> {
    if address.len() > MOST || !address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(AddressFault::Characters);
    }
    if address.contains(['#', '*', '\\', '"', '<', '>', '`', '{', '}', '|', '^', '\'', ';', ',']) {
        return Err(AddressFault::Part);
    }
    let (scheme, authority) = split(address).ok_or(AddressFault::Scheme)?;
    let host = host(authority).ok_or(AddressFault::Host)?;
    match scheme {
        "https" => Ok(()),
        // Programs on the person's own machine (RFC 8252 section 7.3).
        "http" if matches!(host, "127.0.0.1" | "[::1]" | "localhost") => Ok(()),
        _ => Err(AddressFault::Scheme),
    }
}

/// Scheme, host and port of a registered address, e.g. for a policy of a page.
pub fn origin(address: &str) -> Option<&str> {
    let (scheme, authority) = split(address)?;
    address.get(..scheme.len() + "://".len() + authority.len())
}

/// The host of an address that can be registered.
pub fn host_of(address: &str) -> Option<&str> {
    check(address).ok()?;
    host(split(address)?.1)
}

/// The address with parameters added to its query.
pub fn with_parameters(address: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = address.to_owned();
    let mut between = if address.contains('?') { '&' } else { '?' };
    for (name, value) in parameters {
        out.push(between);
        out.push_str(&format!("{}={}", encode(name), encode(value)));
        between = '&';
    }
    out
}

fn split(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    Some((scheme, authority))
}

/// The host of an authority; `None` for one with a name before it, a broken port or no host.
fn host(authority: &str) -> Option<&str> {
    if authority.contains('@') {
        return None;
    }
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (inside, after) = rest.split_once(']')?;
            let address: std::net::Ipv6Addr = inside.parse().ok()?;
            let _ = address;
            (authority.get(..inside.len() + 2)?, after)
        }
        None => match authority.split_once(':') {
            Some((host, _)) => (host, authority.get(host.len()..)?),
            None => (authority, ""),
        },
    };
    let port_fits = match port.strip_prefix(':') {
        None => port.is_empty(),
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok(),
    };
    let named = host.starts_with('[')
        || host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    (port_fits && named && !host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_whole_and_lead_to_one_host() {
        for good in [
            "https://library.example/back",
            "https://library.example:8443/back?from=mailkeep",
            "https://library.example",
            "http://127.0.0.1:8080/back",
            "http://[::1]:8080/back",
            "http://localhost/back",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for (wrong, fault) in [
            ("http://library.example/back", AddressFault::Scheme),
            ("javascript:alert(1)", AddressFault::Scheme),
            ("com.example.app:/back", AddressFault::Scheme),
            ("ftp://library.example/", AddressFault::Scheme),
            ("/back", AddressFault::Scheme),
            ("https://", AddressFault::Host),
            ("https:///back", AddressFault::Host),
            ("https://ada@library.example/", AddressFault::Host),
            ("https://library.example:port/", AddressFault::Host),
            ("https://[::1/", AddressFault::Host),
            ("https://library.example/#part", AddressFault::Part),
            ("https://*.library.example/", AddressFault::Part),
            ("https://library.example\\@evil.example/", AddressFault::Part),
            ("https://library.example/ back", AddressFault::Characters),
            ("https://b\u{fc}cherei.example/", AddressFault::Characters),
        ] {
            assert_eq!(check(wrong), Err(fault), "{wrong}");
        }
        assert_eq!(
            check(&format!("https://library.example/{}", "a".repeat(MOST))),
            Err(AddressFault::Characters)
        );
    }

    #[test]
    fn parameters_join_what_is_there() {
        let answer = [("code", "a b"), ("state", "x&y")];
        assert_eq!(
            with_parameters("https://a.example/b", &answer),
            "https://a.example/b?code=a%20b&state=x%26y"
        );
        assert_eq!(
            with_parameters("https://a.example/b?c=d", &answer),
            "https://a.example/b?c=d&code=a%20b&state=x%26y"
        );
        assert_eq!(origin("https://a.example:8443/b?c"), Some("https://a.example:8443"));
        assert_eq!(origin("https://a.example?c"), Some("https://a.example"));
    }
}
