//! What was passed: a site reads it with its access token.

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_identity::IdentityError;
use mailkeep_identity::site_sign_ins::SiteClaims;
use mailkeep_policy::sink;
use mailkeep_protocols::openid::credentials::bearer;
use mailkeep_protocols::openid::{ErrorCode, OpenIdError};

use super::refusal;
use crate::ctx::Ctx;
use crate::routes::Answer;

/// `GET` and `POST /connect/userinfo`
pub async fn show(ctx: Ctx) -> Answer {
    match claims(&ctx).await {
        Ok(claims) => {
            Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(sink::json(&claims))).into_response())
        }
        Err(error) => Ok(refusal::answer(error, "Bearer")),
    }
}

async fn claims(ctx: &Ctx) -> Result<SiteClaims, IdentityError> {
    let header = ctx.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(bearer).ok_or_else(|| {
        let why = "an access token belongs into the header Authorization";
        OpenIdError::new(ErrorCode::InvalidToken, why)
    })?;
    ctx.state.identity.read_site_claims(token, &ctx.origin()).await
}
