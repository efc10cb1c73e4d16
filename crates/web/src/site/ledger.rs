//! The ledger for anybody who checks on us: the newest signed head, the key, and the proof that it only grew. Heads say how
//! many entries there are and nothing about anybody.

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_policy::ledger::{self, LedgerError};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::Answer;

fn text(body: String) -> Answer {
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "max-age=60")];
    Ok((headers, body).into_response())
}

/// `GET /.well-known/mailkeep-ledger`: the newest signed head in the form of C2SP tlog-checkpoint; `?size=N` for the head
/// over exactly N entries, as it was published.
pub async fn head(ctx: Ctx) -> Answer {
    let policy = &ctx.state.policy;
    let found = match ctx.query.get("size") {
        "" => ledger::newest_checkpoint(policy).await,
        size => match size.parse() {
            Ok(size) => ledger::checkpoint_of_size(policy, size).await,
            Err(_) => Ok(None),
        },
    };
    match found.map_err(WebError::internal)? {
        Some(checkpoint) => text(checkpoint.note),
        None => Err(WebError::NotFound),
    }
}

/// `GET /.well-known/mailkeep-ledger/key`: the key that heads are signed with, in the form of a C2SP signed note.
pub async fn key(ctx: Ctx) -> Answer {
    let key = ctx.state.policy.ledger_key().await.map_err(WebError::internal)?;
    text(format!("{key}\n"))
}

/// `GET /.well-known/mailkeep-ledger/consistency?from=N`: the proof that the ledger of N entries, whose head stands on an
/// old invoice, is the beginning of the newest one.
pub async fn consistency(ctx: Ctx) -> Answer {
    let from: u64 = ctx.query.get("from").parse().map_err(|_| WebError::NotFound)?;
    // A visitor's question never makes us sign: only what a head covers already is proven here.
    let newest = ledger::newest_checkpoint(&ctx.state.policy).await.map_err(WebError::internal)?;
    if newest.is_none_or(|newest| newest.size < from) {
        return Err(WebError::NotFound);
    }
    match ledger::prove_consistency(&ctx.state.policy, from).await {
        Ok(proof) => Ok(axum::Json(proof).into_response()),
        Err(LedgerError::Shorter { .. }) => Err(WebError::NotFound),
        Err(error) => Err(WebError::internal(error)),
    }
}
