//! What a site asks when it sends a person (OpenID Connect Core section 3.1.2.1).
//!
//! It is read in two steps. [`Target`] says for whom and whereto; until that is known to be registered, nothing is
//! answered to the site. [`Asked`] says what for; what is wrong there is told to the site.

use super::error::{ErrorCode, OpenIdError};
use super::parameters::Parameters;
use super::pkce::Challenge;

/// The longest `state` and `nonce`.
const MOST: usize = 1000;
/// So many things are more than any site asks for.
const MOST_SCOPES: usize = 32;

/// For whom a person comes, and whereto they are sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The site's `client_id`.
    pub site: String,
    /// The address to return to, as it is to be registered.
    pub address: String,
    /// What the site wants to hear again with the answer.
    pub state: Option<String>,
}

impl Target {
    /// Reads it; `None` when the request names no site or no address.
    pub fn read(parameters: &Parameters) -> Option<Self> {
        Some(Target {
            site: parameters.get("client_id")?.to_owned(),
            address: parameters.get("redirect_uri")?.to_owned(),
            state: parameters.get("state").map(str::to_owned),
        })
    }
}

/// Whether the person may be asked, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Prompt {
    /// Nobody is to be asked anything.
    pub none: bool,
    /// The password is to be given again.
    pub login: bool,
    /// The person is to be asked again what is passed.
    pub consent: bool,
}

/// What a site asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What it wants to know, as it names it, without `openid` and `offline_access`.
    pub scopes: Vec<String>,
    /// Whether it wants a refresh token.
    pub offline: bool,
    /// The proof key of the code.
    pub challenge: Challenge,
    /// What the ID token is to hold again.
    pub nonce: Option<String>,
    /// Whether the person may be asked.
    pub prompt: Prompt,
    /// How long ago the password may have been given, in seconds.
    pub max_age: Option<u64>,
    /// Who is probably coming.
    pub login_hint: Option<String>,
    /// An ID token of whom the site believes to be signed in.
    pub id_token_hint: Option<String>,
}

impl Asked {
    /// Reads it.
    ///
    /// # Errors
    /// What is to be told to the site.
    pub fn read(parameters: &Parameters) -> Result<Self, OpenIdError> {
        for (name, code) in
            [("request", ErrorCode::RequestNotSupported), ("request_uri", ErrorCode::RequestUriNotSupported)]
        {
            if parameters.get(name).is_some() {
                return Err(OpenIdError::new(code, "request objects are not read here"));
            }
        }
        match parameters.get("response_type") {
            Some("code") => {}
            Some(_) => {
                let why = "the only response_type is code";
                return Err(OpenIdError::new(ErrorCode::UnsupportedResponseType, why));
            }
            None => return Err(OpenIdError::invalid("response_type is missing")),
        }
        if parameters.get("response_mode").is_some_and(|mode| mode != "query") {
            return Err(OpenIdError::invalid("the only response_mode is query"));
        }
        for name in ["state", "nonce"] {
            if parameters.get(name).is_some_and(|text| text.len() > MOST) {
                return Err(OpenIdError::invalid("state and nonce have at most 1000 bytes each"));
            }
        }
        let (scopes, offline) = scopes(parameters.get("scope").unwrap_or_default())?;
        let max_age = match parameters.get("max_age") {
            None => None,
            Some(digits) => {
                Some(digits.parse().map_err(|_| OpenIdError::invalid("max_age is no number of seconds"))?)
            }
        };
        Ok(Asked {
            scopes,
            offline,
            challenge: challenge(parameters)?,
            nonce: parameters.get("nonce").map(str::to_owned),
            prompt: prompt(parameters.get("prompt").unwrap_or_default())?,
            max_age,
            login_hint: parameters.get("login_hint").filter(|hint| hint.len() <= 254).map(str::to_owned),
            id_token_hint: parameters.get("id_token_hint").map(str::to_owned),
        })
    }
}

/// What is asked for beside `openid`, which must be there. What nobody knows is ignored later, by whoever knows.
fn scopes(text: &str) -> Result<(Vec<String>, bool), OpenIdError> {
    let wrong = |why| OpenIdError::new(ErrorCode::InvalidScope, why);
    let (mut scopes, mut openid, mut offline): (Vec<String>, _, _) = (Vec::new(), false, false);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        // RFC 6749 section 3.3.
        let fits = |byte: u8| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
        if !word.bytes().all(fits) {
            return Err(wrong("scope has a character that it must not have"));
        }
        match word {
            "openid" => openid = true,
            "offline_access" => offline = true,
            word if scopes.iter().any(|known| known == word) => {}
            _ if scopes.len() == MOST_SCOPES => return Err(wrong("scope has too many words")),
            word => scopes.push(word.to_owned()),
        }
    }
    if openid { Ok((scopes, offline)) } else { Err(wrong("scope must hold openid")) }
}

fn challenge(parameters: &Parameters) -> Result<Challenge, OpenIdError> {
    let Some(challenge) = parameters.get("code_challenge") else {
        return Err(OpenIdError::invalid("code_challenge is missing: every site proves itself by PKCE"));
    };
    if parameters.get("code_challenge_method") != Some("S256") {
        return Err(OpenIdError::invalid("the only code_challenge_method is S256"));
    }
    Challenge::parse(challenge).ok_or(OpenIdError::invalid("code_challenge is no SHA-256 in base64url"))
}

fn prompt(text: &str) -> Result<Prompt, OpenIdError> {
    let mut prompt = Prompt::default();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match word {
            "none" => prompt.none = true,
            "login" => prompt.login = true,
            // There is one account in a session; the page that asks says which, and lets another sign in.
            "consent" | "select_account" => prompt.consent = true,
            _ => {}
        }
    }
    if prompt.none && (prompt.login || prompt.consent) {
        return Err(OpenIdError::invalid("prompt says none and something else"));
    }
    Ok(prompt)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "response_type=code&client_id=library&redirect_uri=https%3A%2F%2Flibrary.example%2Fback\
        &scope=openid+profile+email&state=s&nonce=n&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\
        &code_challenge_method=S256&prompt=login&max_age=60&login_hint=ada%40example.com";

    fn parameters(text: &str) -> Parameters {
        Parameters::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn reads_a_request() {
        let read = parameters(GOOD);
        let target = Target::read(&read).unwrap();
        assert_eq!((target.site.as_str(), target.state.as_deref()), ("library", Some("s")));
        assert_eq!(target.address, "https://library.example/back");
        let asked = Asked::read(&read).unwrap();
        assert_eq!((asked.scopes, asked.offline), (vec!["profile".to_owned(), "email".to_owned()], false));
        assert_eq!((asked.nonce.as_deref(), asked.max_age), (Some("n"), Some(60)));
        assert!(asked.prompt.login && !asked.prompt.none && !asked.prompt.consent);
        assert_eq!(asked.login_hint.as_deref(), Some("ada@example.com"));
        assert!(Target::read(&parameters("client_id=library")).is_none());
        assert!(Target::read(&parameters("redirect_uri=https://a.example")).is_none());
    }

    #[test]
    fn each_mistake_has_its_word() {
        let cases = [
            ("response_type=code", "response_type=token", ErrorCode::UnsupportedResponseType),
            ("response_type=code&", "", ErrorCode::InvalidRequest),
            ("scope=openid+", "scope=", ErrorCode::InvalidScope),
            ("profile", "pro%22file", ErrorCode::InvalidScope),
            ("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "x=y", ErrorCode::InvalidRequest),
            ("E9Melhoa2O", "E9M", ErrorCode::InvalidRequest),
            ("_method=S256", "_method=plain", ErrorCode::InvalidRequest),
            ("&code_challenge_method=S256", "", ErrorCode::InvalidRequest),
            ("prompt=login", "prompt=none+login", ErrorCode::InvalidRequest),
            ("max_age=60", "max_age=-1", ErrorCode::InvalidRequest),
            ("state=s", "request=e30.e30.e30", ErrorCode::RequestNotSupported),
            ("state=s", "request_uri=https://a.example", ErrorCode::RequestUriNotSupported),
            ("state=s", "response_mode=fragment", ErrorCode::InvalidRequest),
        ];
        for (from, to, code) in cases {
            let text = GOOD.replace(from, to);
            assert_ne!(text, GOOD, "{from}");
            assert_eq!(Asked::read(&parameters(&text)).map_err(|error| error.code), Err(code), "{to}");
        }
    }
}
