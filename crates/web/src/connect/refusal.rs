//! What is answered to a site at an address for programs, when it does not get what it asked for (RFC 6749 section 5.2, RFC 6750
//! section 3).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mailkeep_identity::IdentityError;
use mailkeep_protocols::openid::{ErrorCode, OpenIdError};
use serde_json::json;

/// Answers a refusal. `scheme` is how the site was to prove itself: `Basic` or `Bearer`.
pub fn answer(error: IdentityError, scheme: &'static str) -> Response {
    let (refusal, wait) = match error {
        IdentityError::OpenId(refusal) => (refusal, None),
        IdentityError::Locked { retry_after, .. } => {
            let why = "there were too many tries from this network";
            (OpenIdError::new(ErrorCode::SlowDown, why), Some(retry_after.as_secs().max(1)))
        }
        // The gate refused what was agreed to: the agreement was taken back, or the person's data was erased.
        error if error.code() == "policy_refused" || error.is_erased() => {
            tracing::info!(%error, "the policy refused to pass something to a site");
            let code = if scheme == "Bearer" { ErrorCode::InvalidToken } else { ErrorCode::InvalidGrant };
            (OpenIdError::new(code, "nothing may be passed any more"), None)
        }
        other => {
            tracing::error!(error = %other, "a site could not be answered");
            (OpenIdError::new(ErrorCode::ServerError, "something failed on our side"), None)
        }
    };
    let status = match refusal.code {
        ErrorCode::InvalidClient | ErrorCode::InvalidToken => StatusCode::UNAUTHORIZED,
        ErrorCode::SlowDown => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    let body = json!({ "error": refusal.code.word(), "error_description": refusal.why });
    let mut response = (status, [(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response();
    let headers = response.headers_mut();
    if status == StatusCode::UNAUTHORIZED {
        let challenge = match scheme {
            // RFC 6750 section 3.1.
            "Bearer" => format!("Bearer error=\"{}\", error_description=\"{}\"", refusal.code, refusal.why),
            scheme => format!("{scheme} realm=\"site\""),
        };
        if let Ok(challenge) = HeaderValue::from_str(&challenge) {
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
    }
    if let Some(seconds) = wait {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
