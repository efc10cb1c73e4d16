//! Requests that make something, sent once or more often: with an `Idempotency-Key` they make it once.

use std::future::Future;

use mailkeep_identity::api_requests::Begun;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;

/// The header that names a request.
pub const HEADER: &str = "idempotency-key";

/// Makes something, or shows what the same request made before.
///
/// # Errors
/// Those of `make` and `again`; [`WebError::Conflict`] for a request that is under way, or whose name was used for
/// another.
pub(super) async fn once<G>(
    ctx: &Ctx,
    make: impl Future<Output = Result<(Uuid, G), WebError>>,
    again: impl AsyncFnOnce(Uuid) -> Result<G, WebError>,
) -> Result<(Uuid, G), WebError> {
    let Some(key) = ctx.headers.get(HEADER) else { return make.await };
    let key = key.to_str().map_err(|_| WebError::Unreadable(msg("api-key-wrong")))?;
    let request =
        [ctx.path.as_bytes(), b"\n", ctx.query.get("customer").as_bytes(), b"\n", &ctx.body].concat();
    let identity = &ctx.state.identity;
    let begun = match identity.begin_api_request(ctx.access(), key, &request).await {
        Ok(begun) => begun,
        Err(error) => {
            let mut form = Form::new();
            form.take(error, &["idempotency_key"])?;
            return Err(WebError::Fields(Box::new(form)));
        }
    };
    match begun {
        Begun::First(request) => {
            let made = make.await;
            // After a failure of ours nobody knows how far it came: the name stays taken until it is forgotten.
            if !matches!(made, Err(WebError::Internal(_))) {
                identity.finish_api_request(request, made.as_ref().ok().map(|(id, _)| *id)).await?;
            }
            made
        }
        Begun::Done(id) => Ok((id, again(id).await?)),
        Begun::Running => Err(WebError::Conflict(msg("api-key-running"))),
        Begun::Different => Err(WebError::Conflict(msg("api-key-different"))),
    }
}
