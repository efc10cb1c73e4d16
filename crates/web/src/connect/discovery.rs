//! What sites read before they send anybody: where everything is, and the keys that sign.

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_identity::sites::Share;
use serde_json::json;

use super::{AUTHORIZE, KEYS, REVOKE, SIGN_OUT, TOKEN, USERINFO, issuer};
use crate::ctx::Ctx;
use crate::routes::Answer;

/// `GET /.well-known/openid-configuration` (OpenID Connect Discovery 1.0 section 3)
pub async fn show(ctx: Ctx) -> Answer {
    let issuer = issuer(&ctx);
    let at = |path: &str| format!("{issuer}{path}");
    let mut scopes = vec!["openid"];
    scopes.extend(Share::ALL.iter().map(|share| share.word()));
    scopes.push("offline_access");
    let mut claims = vec!["iss", "sub", "aud", "iat", "exp", "auth_time", "nonce", "sid"];
    claims.extend(Share::ALL.iter().flat_map(|share| share.claims().iter().copied()));
    let secrets = ["client_secret_basic", "client_secret_post"];
    let body = json!({
        "issuer": issuer,
        "authorization_endpoint": at(AUTHORIZE),
        "token_endpoint": at(TOKEN),
        "userinfo_endpoint": at(USERINFO),
        "jwks_uri": at(KEYS),
        "revocation_endpoint": at(REVOKE),
        "end_session_endpoint": at(SIGN_OUT),
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "subject_types_supported": ["pairwise", "public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": [secrets[0], secrets[1], "none"],
        "revocation_endpoint_auth_methods_supported": [secrets[0], secrets[1], "none"],
        "scopes_supported": scopes,
        "claims_supported": claims,
        "claim_types_supported": ["normal"],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
        "op_policy_uri": at("/policy"),
    });
    Ok(([(header::CACHE_CONTROL, "public, max-age=3600")], axum::Json(body)).into_response())
}

/// `GET /connect/keys`
pub async fn keys(ctx: Ctx) -> Answer {
    let keys = ctx.state.identity.published_site_keys().await?;
    let headers = [(header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((headers, axum::Json(json!({ "keys": keys }))).into_response())
}
