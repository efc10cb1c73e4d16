//! Producing what is handed over, and taking it.

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_policy::PolicyError;
use mailkeep_policy::disclosures::{self, DisclosureError};
use uuid::Uuid;

use super::show;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::routes::Answer;

/// `POST /console/disclosures/{disclosure}/produce`: opens exactly the scope and packs it; the page shows the passphrase once.
pub async fn produce(ctx: Ctx) -> Answer {
    let id: Uuid = ctx.param("disclosure")?;
    let to = format!("/console/disclosures/{id}");
    match disclosures::produce(&ctx.state.policy, id, ctx.who.staff()?.staff).await {
        Ok(package) => {
            let row = show::found(&ctx).await?;
            let page = show::page(&ctx, &row, Some(package.passphrase)).await?;
            ctx.page(&page)
        }
        Err(DisclosureError::NothingHeld) => ctx.sorry(&to, msg("disclosure-nothing")),
        Err(DisclosureError::Policy(PolicyError::Refused(_))) => ctx.sorry(&to, msg("disclosure-not-yours")),
        Err(DisclosureError::NotFound) => Err(WebError::NotFound),
        Err(error) => Err(WebError::internal(error)),
    }
}

/// `GET /console/disclosures/{disclosure}/package`: the archive, encrypted; for a day.
pub async fn package(ctx: Ctx) -> Answer {
    let id: Uuid = ctx.param("disclosure")?;
    match disclosures::take_package(&ctx.state.policy, id, ctx.who.staff()?.staff).await {
        Ok(archive) => {
            let headers = [
                (header::CONTENT_TYPE, "application/zip".to_owned()),
                (header::CONTENT_DISPOSITION, format!("attachment; filename=\"disclosure-{id}.zip\"")),
                (header::CACHE_CONTROL, "private, no-store".to_owned()),
            ];
            Ok((headers, archive).into_response())
        }
        Err(DisclosureError::NotFound) => {
            ctx.sorry(&format!("/console/disclosures/{id}"), msg("disclosure-package-gone"))
        }
        Err(error) => Err(WebError::internal(error)),
    }
}
