//! Mail addresses and domain names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a text is not an address or a domain name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// There is no `@` with something on both sides of it.
    #[error("a mail address looks like name@example.com")]
    NoAt,
    /// The part before the `@` is empty, longer than 64 bytes or has characters that may not stand there.
    #[error("the part before the @ has characters that are not allowed there")]
    LocalPart,
    /// The domain name is malformed.
    #[error("“{0}” is not a domain name")]
    Domain(String),
    /// The whole address is longer than 254 bytes (RFC 5321 section 4.5.3.1.3).
    #[error("the address is longer than 254 bytes")]
    TooLong,
}

/// A domain name in its ASCII form, lower case and without a dot at the end (RFC 5890 A-labels).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct DomainName(String);

impl DomainName {
    /// Reads a domain name of at least two labels; letters outside ASCII become A-labels.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let bad = || AddressError::Domain(text.chars().take(80).collect());
        let trimmed = text.trim().trim_end_matches('.');
        let ascii = idna::domain_to_ascii(trimmed).map_err(|_| bad())?;
        let label_ok = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let all_numeric_tld =
            ascii.rsplit('.').next().is_some_and(|tld| tld.bytes().all(|b| b.is_ascii_digit()));
        if ascii.len() > 253 || !ascii.contains('.') || all_numeric_tld || !ascii.split('.').all(label_ok) {
            return Err(bad());
        }
        Ok(DomainName(ascii))
    }

    /// The ASCII form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form for people, with letters outside ASCII restored.
    pub fn to_unicode(&self) -> String {
        idna::domain_to_unicode(&self.0).0
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DomainName({})", self.0)
    }
}

impl FromStr for DomainName {
    type Err = AddressError;
    fn from_str(text: &str) -> Result<Self, AddressError> {
        DomainName::parse(text)
    }
}

impl<'de> Deserialize<'de> for DomainName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        DomainName::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// A mail address. The local part keeps the case in which it was given (RFC 5321 section 2.4); comparisons of our own
/// addresses use [`EmailAddress::canonical`].
///
/// An address of a person is personal data: it is kept in `policy::Personal` wherever it outlives one exchange.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress {
    local: String,
    domain: DomainName,
}

impl EmailAddress {
    /// Reads `local@domain`. Local parts may be dot-atoms (RFC 5322), with UTF-8 (RFC 6531), or quoted strings, which
    /// are kept without needless quotes.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(AddressError::NoAt)?;
        if local.is_empty() || domain.is_empty() {
            return Err(AddressError::NoAt);
        }
        if text.len() > 254 {
            return Err(AddressError::TooLong);
        }
        Self::from_parts(local, DomainName::parse(domain)?)
    }

    /// Puts an address together from its two sides.
    pub fn from_parts(local: &str, domain: DomainName) -> Result<Self, AddressError> {
        let local = match local.strip_prefix('"').and_then(|l| l.strip_suffix('"')) {
            Some(quoted) => unquote(quoted).ok_or(AddressError::LocalPart)?,
            None if is_dot_atom(local) => local.to_owned(),
            None => return Err(AddressError::LocalPart),
        };
        if local.is_empty() || local.len() > 64 || local.chars().any(char::is_control) {
            return Err(AddressError::LocalPart);
        }
        Ok(EmailAddress { local, domain })
    }

    /// The part before the `@`, unquoted, in the case in which it was given.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The domain.
    pub fn domain(&self) -> &DomainName {
        &self.domain
    }

    /// The form in which our own addresses are compared and looked up: lower case.
    pub fn canonical(&self) -> String {
        format!("{}@{}", self.local.to_lowercase(), self.domain)
    }

    /// True when the address can be used only with SMTPUTF8 (RFC 6531).
    pub fn needs_smtputf8(&self) -> bool {
        !self.local.is_ascii()
    }
}

fn is_atext(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || (!c.is_ascii() && !c.is_control())
}

fn is_dot_atom(text: &str) -> bool {
    text.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atext))
}

fn unquote(inner: &str) -> Option<String> {
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(chars.next()?),
            '"' => return None,
            other => out.push(other),
        }
    }
    Some(out)
}

impl fmt::Display for EmailAddress {
    /// `local@domain` as it goes on the wire, quoted where it must be.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_dot_atom(&self.local) {
            write!(f, "{}@{}", self.local, self.domain)
        } else {
            let escaped = self.local.replace('\\', "\\\\").replace('"', "\\\"");
            write!(f, "\"{escaped}\"@{}", self.domain)
        }
    }
}

impl fmt::Debug for EmailAddress {
    /// Names the type and the domain only, so that no person's address gets into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress(…@{})", self.domain)
    }
}

impl FromStr for EmailAddress {
    type Err = AddressError;
    fn from_str(text: &str) -> Result<Self, AddressError> {
        EmailAddress::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_usual_and_unusual_addresses() {
        let plain = EmailAddress::parse("Info+shop@Example.COM").unwrap();
        assert_eq!(plain.to_string(), "Info+shop@example.com");
        assert_eq!(plain.canonical(), "info+shop@example.com");
        let quoted = EmailAddress::parse("\"two words\"@example.com").unwrap();
        assert_eq!(quoted.local(), "two words");
        assert_eq!(quoted.to_string(), "\"two words\"@example.com");
        assert_eq!(EmailAddress::parse("\"plain\"@example.com").unwrap().to_string(), "plain@example.com");
        let wide = EmailAddress::parse("bücher@bücher.example").unwrap();
        assert_eq!(wide.domain().as_str(), "xn--bcher-kva.example");
        assert!(wide.needs_smtputf8());
    }

    #[test]
    fn refuses_what_is_none() {
        for bad in
            ["", "@", "a@", "@b.c", "a b@example.com", "a@b", "a..b@example.com", "a@-x.com", "a@1.2.3.4"]
        {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
        assert!(EmailAddress::parse(&format!("{}@example.com", "a".repeat(65))).is_err());
        assert!(EmailAddress::parse("\"line\r\nbreak\"@example.com").is_err());
    }

    #[test]
    fn debug_names_no_person() {
        assert_eq!(
            format!("{:?}", EmailAddress::parse("secret@example.com").unwrap()),
            "EmailAddress(…@example.com)"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_reads_back(text in "\\PC{0,40}@[a-z.]{1,20}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert_eq!(EmailAddress::parse(&address.to_string()).unwrap(), address);
            }
        }
    }
}
