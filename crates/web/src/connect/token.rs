//! Codes and refresh tokens are changed for tokens, and tokens given back. A site proves who it is first.

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use mailkeep_identity::IdentityError;
use mailkeep_identity::site_sign_ins::{ShownCode, SiteTokens};
use mailkeep_identity::sites::Site;
use mailkeep_protocols::openid::{ErrorCode, OpenIdError, Parameters, SiteCredentials};
use serde_json::json;

use super::{issuer, refusal};
use crate::ctx::Ctx;
use crate::routes::Answer;

/// `POST /connect/token`
pub async fn give(ctx: Ctx) -> Answer {
    match tokens(&ctx).await {
        Ok(tokens) => {
            let mut body = json!({
                "access_token": tokens.access_token.expose(),
                "token_type": "Bearer",
                "expires_in": tokens.expires_in_seconds,
                "id_token": tokens.id_token.expose(),
                "scope": tokens.scope,
            });
            if let Some(refresh_token) = &tokens.refresh_token {
                body["refresh_token"] = refresh_token.expose().into();
            }
            let headers = [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")];
            Ok((headers, axum::Json(body)).into_response())
        }
        Err(error) => Ok(refusal::answer(error, "Basic")),
    }
}

/// `POST /connect/revoke` (RFC 7009)
pub async fn revoke(ctx: Ctx) -> Answer {
    let outcome = async {
        let (site, parameters) = site(&ctx).await?;
        let token = needed(&parameters, "token", "token is missing")?;
        ctx.state.identity.revoke_site_token(&site, token).await
    };
    match outcome.await {
        Ok(()) => Ok((StatusCode::OK, [(header::CACHE_CONTROL, "no-store")]).into_response()),
        Err(error) => Ok(refusal::answer(error, "Basic")),
    }
}

async fn tokens(ctx: &Ctx) -> Result<SiteTokens, IdentityError> {
    let (site, parameters) = site(ctx).await?;
    let identity = &ctx.state.identity;
    match needed(&parameters, "grant_type", "grant_type is missing")? {
        "authorization_code" => {
            let shown = ShownCode {
                code: needed(&parameters, "code", "code is missing")?,
                address: needed(&parameters, "redirect_uri", "redirect_uri is missing")?,
                verifier: needed(&parameters, "code_verifier", "code_verifier is missing")?,
            };
            identity.exchange_site_code(&site, shown, &issuer(ctx)).await
        }
        "refresh_token" => {
            let token = needed(&parameters, "refresh_token", "refresh_token is missing")?;
            identity.renew_site_tokens(&site, token, &issuer(ctx)).await
        }
        _ => {
            let why = "grant_type is authorization_code or refresh_token";
            Err(OpenIdError::new(ErrorCode::UnsupportedGrantType, why).into())
        }
    }
}

/// The site that asks, and what it asks with. The body is read again, more strictly than a form of ours.
async fn site(ctx: &Ctx) -> Result<(Site, Parameters), IdentityError> {
    let parameters = Parameters::parse(&ctx.body)?;
    let header = ctx.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let credentials = SiteCredentials::read(header, &parameters)?;
    let site = ctx.state.identity.authenticate_site(&credentials, &ctx.origin()).await?;
    Ok((site, parameters))
}

fn needed<'a>(parameters: &'a Parameters, name: &str, why: &'static str) -> Result<&'a str, IdentityError> {
    parameters.get(name).ok_or_else(|| OpenIdError::invalid(why).into())
}
