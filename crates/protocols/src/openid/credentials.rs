//! By what a site proves who it is at the token endpoint: RFC 6749 section 2.3.1, by header or in the form, one of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::{ErrorCode, OpenIdError};
use super::parameters::{Parameters, decode};

/// Who a site says it is.
#[derive(Clone, PartialEq, Eq)]
pub struct SiteCredentials {
    /// Its `client_id`.
    pub id: String,
    /// Its secret; a site that cannot keep one shows none.
    pub secret: Option<String>,
    /// Whether it came in the header, which is then named in a refusal.
    pub in_header: bool,
}

impl std::fmt::Debug for SiteCredentials {
    /// Never the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SiteCredentials({:?})", self.id)
    }
}

impl SiteCredentials {
    /// Reads the header `Authorization` and the parameters of the form.
    ///
    /// # Errors
    /// When there are none, both, or they cannot be read.
    pub fn read(authorization: Option<&str>, parameters: &Parameters) -> Result<Self, OpenIdError> {
        let wrong = |why| OpenIdError::new(ErrorCode::InvalidClient, why);
        let (id, secret) = (parameters.get("client_id"), parameters.get("client_secret"));
        let Some(header) = authorization else {
            let id = id.ok_or_else(|| wrong("the site does not say who it is"))?;
            return Ok(SiteCredentials {
                id: id.to_owned(),
                secret: secret.map(str::to_owned),
                in_header: false,
            });
        };
        if secret.is_some() {
            return Err(OpenIdError::invalid("the site shows its secret in two ways"));
        }
        let (scheme, encoded) =
            header.split_once(' ').ok_or_else(|| wrong("the header Authorization cannot be read"))?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return Err(wrong("the header Authorization is not Basic"));
        }
        let pair = STANDARD.decode(encoded.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let pair = pair.ok_or_else(|| wrong("the header Authorization cannot be read"))?;
        let (name, secret) =
            pair.split_once(':').ok_or_else(|| wrong("the header Authorization cannot be read"))?;
        // Both are encoded once more before they are joined.
        let (Some(name), Some(secret)) = (decode(name.as_bytes()), decode(secret.as_bytes())) else {
            return Err(wrong("the header Authorization cannot be read"));
        };
        if id.is_some_and(|id| id != name) {
            return Err(OpenIdError::invalid("the header and the form name different sites"));
        }
        let secret = Some(secret).filter(|secret| !secret.is_empty());
        Ok(SiteCredentials { id: name, secret, in_header: true })
    }
}

/// The token of a header `Authorization: Bearer …` (RFC 6750 section 2.1).
pub fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    let token = token.trim();
    let fits = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=')
    };
    (scheme.eq_ignore_ascii_case("bearer")
        && !token.is_empty()
        && token.len() <= 200
        && token.bytes().all(fits))
    .then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: Option<&str>, form: &str) -> Result<(String, Option<String>), ErrorCode> {
        let parameters = Parameters::parse(form.as_bytes()).unwrap();
        SiteCredentials::read(header, &parameters)
            .map(|credentials| (credentials.id, credentials.secret))
            .map_err(|error| error.code)
    }

    #[test]
    fn a_site_shows_its_secret_in_one_way() {
        let basic = |text: &str| format!("Basic {}", STANDARD.encode(text));
        let some = |id: &str, secret: Option<&str>| Ok((id.to_owned(), secret.map(str::to_owned)));
        assert_eq!(read(Some(&basic("library:a%2Bb+c")), "grant_type=x"), some("library", Some("a+b c")));
        assert_eq!(read(Some(&basic("library:s")), "client_id=library"), some("library", Some("s")));
        assert_eq!(read(None, "client_id=library&client_secret=s"), some("library", Some("s")));
        assert_eq!(read(None, "client_id=app"), some("app", None));
        assert_eq!(read(None, "grant_type=x"), Err(ErrorCode::InvalidClient));
        assert_eq!(read(Some(&basic("library:s")), "client_secret=s"), Err(ErrorCode::InvalidRequest));
        assert_eq!(read(Some(&basic("library:s")), "client_id=other"), Err(ErrorCode::InvalidRequest));
        for wrong in ["Basic", "Basic ???", "Bearer abc", &basic("no colon"), &basic("library:%zz")] {
            assert_eq!(read(Some(wrong), ""), Err(ErrorCode::InvalidClient), "{wrong}");
        }
    }

    #[test]
    fn a_bearer_shows_one_token() {
        assert_eq!(bearer("Bearer mks_abc-1"), Some("mks_abc-1"));
        assert_eq!(bearer("bearer  x"), Some("x"));
        for wrong in ["Bearer", "Bearer ", "Basic abc", "Bearer a b", "Bearer \u{e4}", ""] {
            assert_eq!(bearer(wrong), None, "{wrong}");
        }
    }
}
