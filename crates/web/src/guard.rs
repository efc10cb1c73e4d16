//! The gate in front of every handler: recognises who asks, holds the request against the route's permission, reads
//! the body within its limit and refuses forms that are not ours.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;

use axum::body::to_bytes;
use axum::extract::{ConnectInfo, FromRequestParts, RawPathParams, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use mailkeep_identity::Access;
use mailkeep_outreach::choices::GPC;

use crate::api::caller;
use crate::cookies;
use crate::csrf;
use crate::ctx::{Ctx, Request};
use crate::error::WebError;
use crate::form::Submitted;
use crate::routes::Permission;
use crate::security::RequestId;
use crate::state::WebState;
use crate::upload::{self, Arriving};
use crate::who::{self, Who};

/// What the guard of one route knows.
#[derive(Clone)]
pub struct Guard {
    /// The services.
    pub state: WebState,
    /// Who may pass.
    pub permission: Permission,
    /// The largest body that is read, in bytes.
    pub max_body_bytes: usize,
    /// Whether the handler reads the form as it arrives.
    pub streams: bool,
}

/// Lets a request pass to its handler, or answers it.
///
/// # Errors
/// Why the request does not pass.
pub async fn guard(
    State(Guard { state, permission, max_body_bytes, streams }): State<Guard>,
    request: axum::extract::Request,
    next: Next,
) -> Result<Response, WebError> {
    let (mut parts, body) = request.into_parts();
    let acts = !matches!(parts.method, Method::GET | Method::HEAD);
    let bearer = matches!(permission, Permission::Api(..) | Permission::StaffApi(_));
    if acts && !bearer && !csrf::same_site(&parts.headers) {
        return Err(WebError::Forgery);
    }
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let query = Submitted::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let who = if matches!(permission, Permission::StaffApi(_)) {
        caller::recognise_staff(&state, &parts.headers, peer).await?
    } else if bearer {
        caller::recognise(&state, &parts.headers, peer, query.get("customer")).await?
    } else {
        Who::recognise(&state, &parts.headers, peer, permission).await?
    };
    if let Access::Person(person) = &who.access
        && who::gpc(&parts.headers)
    {
        let language = who.language().unwrap_or(crate::messages::FALLBACK);
        let manner = who::manner(GPC, language, peer);
        // The page is shown all the same; the signal comes again with the next request.
        if let Err(error) = state.outreach.honour_gpc(person.person, manner).await {
            tracing::error!(%error, "the signal of a browser could not be written down");
        }
    }
    let params = RawPathParams::from_request_parts(&mut parts, &())
        .await
        .map(|params| params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
        .unwrap_or_else(|_| HashMap::new());
    who.may(&state, permission, &params).await?;

    let is_form = parts.headers.get(header::CONTENT_TYPE).is_some_and(|value| {
        value.to_str().is_ok_and(|text| text.starts_with("application/x-www-form-urlencoded"))
    });
    let mut arriving = None;
    let mut token_sent = None;
    let bytes = if streams {
        // The rest stays where it is until the handler takes it.
        let kind = parts.headers.get(header::CONTENT_TYPE).filter(|_| upload::is_multipart(&parts.headers));
        let kind = kind.ok_or(WebError::Forgery)?;
        let (form, token) = Arriving::begin(kind, body, max_body_bytes).await?;
        (arriving, token_sent) = (Some(form), Some(token));
        Bytes::new()
    } else if acts {
        to_bytes(body, max_body_bytes).await.map_err(|_| WebError::TooLarge)?
    } else {
        Bytes::new()
    };
    let (form, files) = match parts.headers.get(header::CONTENT_TYPE) {
        Some(kind) if acts && !streams && upload::is_multipart(&parts.headers) => {
            upload::read(kind, bytes.clone()).await?
        }
        _ if is_form => (Submitted::parse(&bytes), Vec::new()),
        _ => (Submitted::default(), Vec::new()),
    };
    // Mail is its writer's own; every other form of ours is for something else than numbers of cards.
    let form = if permission == Permission::Mailbox { form } else { form.without_card_numbers() };
    // Whoever gives a name and a password may be signed in elsewhere in the same browser: the form is not of that session.
    let signs_in = permission == Permission::Credentials;
    if acts
        && !bearer
        && !signs_in
        && let Some(token) = who.csrf_token()
        && !csrf::matches(token_sent.as_deref().unwrap_or_else(|| form.raw("csrf")), &token)
    {
        return Err(WebError::Forgery);
    }

    let accept = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = who.language().map_or_else(|| state.renderer.messages().negotiate(accept), str::to_owned);
    let flash = cookies::get(&parts.headers, cookies::FLASH)
        .and_then(|value| data_encoding::BASE64URL_NOPAD.decode(value.as_bytes()).ok())
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let ctx = Ctx::new(Request {
        who,
        language,
        method: parts.method.clone(),
        path: parts.uri.path().to_owned(),
        query_text: parts.uri.query().unwrap_or_default().to_owned(),
        query,
        form,
        files,
        arriving: Mutex::new(arriving),
        body: bytes,
        params,
        headers: parts.headers.clone(),
        peer,
        request_id: parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
        flash,
        state,
    });
    let private = ctx.who.csrf_token().is_some();
    parts.extensions.insert(ctx);
    let mut response = next.run(axum::extract::Request::from_parts(parts, axum::body::Body::empty())).await;
    if private && !response.headers().contains_key(header::CACHE_CONTROL) {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, header::HeaderValue::from_static("private, no-store"));
    }
    Ok(response)
}
