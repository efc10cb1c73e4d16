//! What is answered to a site that asked for something it does not get.

use std::fmt;

/// The words of RFC 6749 sections 4.1.2.1 and 5.2, RFC 6750 section 3.1 and OpenID Connect Core section 3.1.2.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// A parameter is missing, comes twice or cannot be read.
    InvalidRequest,
    /// The site is not who it says, or not registered.
    InvalidClient,
    /// The code or refresh token does not work.
    InvalidGrant,
    /// The access token does not work.
    InvalidToken,
    /// Something is asked for that the site may not have.
    InvalidScope,
    /// Another kind of grant than a code or a refresh token.
    UnsupportedGrantType,
    /// Another answer than a code.
    UnsupportedResponseType,
    /// The person said no.
    AccessDenied,
    /// Nobody is signed in, and nobody may be asked.
    LoginRequired,
    /// The person has to be asked, and may not be.
    ConsentRequired,
    /// Request objects are not read.
    RequestNotSupported,
    /// Nor are they fetched.
    RequestUriNotSupported,
    /// Too many tries.
    SlowDown,
    /// Something failed on our side.
    ServerError,
}

impl ErrorCode {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            ErrorCode::InvalidRequest => "invalid_request",
            ErrorCode::InvalidClient => "invalid_client",
            ErrorCode::InvalidGrant => "invalid_grant",
            ErrorCode::InvalidToken => "invalid_token",
            ErrorCode::InvalidScope => "invalid_scope",
            ErrorCode::UnsupportedGrantType => "unsupported_grant_type",
            ErrorCode::UnsupportedResponseType => "unsupported_response_type",
            ErrorCode::AccessDenied => "access_denied",
            ErrorCode::LoginRequired => "login_required",
            ErrorCode::ConsentRequired => "consent_required",
            ErrorCode::RequestNotSupported => "request_not_supported",
            ErrorCode::RequestUriNotSupported => "request_uri_not_supported",
            ErrorCode::SlowDown => "slow_down",
            ErrorCode::ServerError => "server_error",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A refusal, with a sentence for whoever builds the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {why}")]
pub struct OpenIdError {
    /// The word.
    pub code: ErrorCode,
    /// What was wrong: fixed words, in the characters that RFC 6749 allows.
    pub why: &'static str,
}

impl OpenIdError {
    /// A refusal.
    pub const fn new(code: ErrorCode, why: &'static str) -> Self {
        OpenIdError { code, why }
    }

    /// A request that cannot be read.
    pub const fn invalid(why: &'static str) -> Self {
        OpenIdError { code: ErrorCode::InvalidRequest, why }
    }
}
