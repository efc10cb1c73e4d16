//! Query strings and forms as RFC 6749 reads them: each parameter once (section 3.1), one without a value as if it were
//! not there, and text in UTF-8 (appendix B).

use super::error::OpenIdError;

/// The longest query string or form that is read, in bytes.
pub const MOST_BYTES: usize = 8192;
/// So many parameters are more than any request has.
const MOST: usize = 64;

/// The parameters of a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    /// When it is too long, a parameter comes twice, or an encoding is broken.
    pub fn parse(text: &[u8]) -> Result<Self, OpenIdError> {
        if text.len() > MOST_BYTES {
            return Err(OpenIdError::invalid("the request is too long"));
        }
        let mut parameters: Vec<(String, String)> = Vec::new();
        for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default());
            let value = decode(halves.next().unwrap_or_default());
            let (Some(name), Some(value)) = (name, value) else {
                return Err(OpenIdError::invalid("a parameter is not encoded as it should be"));
            };
            if parameters.iter().any(|(known, _)| *known == name) {
                return Err(OpenIdError::invalid("a parameter comes twice"));
            }
            if parameters.len() == MOST {
                return Err(OpenIdError::invalid("there are too many parameters"));
            }
            parameters.push((name, value));
        }
        Ok(Parameters(parameters))
    }

    /// The value of a parameter; `None` when it is not there or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The same without a parameter.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// The same with a parameter.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        let mut parameters = self.without(name);
        parameters.0.push((name.to_owned(), value.to_owned()));
        parameters
    }

    /// As a query string.
    pub fn to_query(&self) -> String {
        let pairs: Vec<String> =
            self.0.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        pairs.join("&")
    }
}

/// Takes the encoding away; `None` when it is broken or no UTF-8.
pub fn decode(text: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (*first, tail) {
            (b'+', _) => out.push(b' '),
            (b'%', [high, low, after @ ..]) => {
                out.push(hex(*high)? << 4 | hex(*low)?);
                rest = after;
            }
            (b'%', _) => return None,
            (byte, _) => out.push(byte),
        }
    }
    String::from_utf8(out).ok()
}

/// Writes a value for a query string.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_parameter_comes_once_and_in_utf_8() {
        let parameters = Parameters::parse(b"a=1&b=x+y%C3%A4&&empty=&c").unwrap();
        assert_eq!((parameters.get("a"), parameters.get("b")), (Some("1"), Some("x y\u{e4}")));
        assert_eq!((parameters.get("empty"), parameters.get("c"), parameters.get("d")), (None, None, None));
        let long = format!("a={}", "x".repeat(MOST_BYTES));
        let many = (0..=MOST).map(|n| format!("p{n}=1&")).collect::<String>();
        for wrong in ["a=1&a=1", "a=1&%61=2", "a=%", "a=%4", "a=%zz", "a=%FF", &long, &many] {
            assert!(Parameters::parse(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(pairs in proptest::collection::btree_map(".{1,20}", ".{1,40}", 0..20)) {
            let mut parameters = Parameters::default();
            for (name, value) in &pairs {
                parameters = parameters.with(name, value);
            }
            let read = Parameters::parse(parameters.to_query().as_bytes()).unwrap();
            prop_assert_eq!(&read, &parameters);
            for (name, value) in &pairs {
                prop_assert_eq!(read.get(name), Some(value.as_str()));
            }
        }
    }
}
