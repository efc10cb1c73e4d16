//! The second of two people: reads the document, then agrees or refuses. And the end of a seal.

use mailkeep_policy::disclosures::{self, DisclosureError};
use mailkeep_policy::{CategoryId, PolicyError};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::routes::Answer;

fn to(ctx: &Ctx) -> Result<(Uuid, String), WebError> {
    let id: Uuid = ctx.param("disclosure")?;
    Ok((id, format!("/console/disclosures/{id}")))
}

/// `POST /console/disclosures/{disclosure}/document`: hands the document to the second person; recorded like every use.
pub async fn document(ctx: Ctx) -> Answer {
    let (id, to) = to(&ctx)?;
    match disclosures::read_document(&ctx.state.policy, id, ctx.who.staff()?.staff).await {
        Ok(document) => {
            let (media, end) = match document.media_type.as_str() {
                "application/pdf" => ("application/pdf", "pdf"),
                _ => ("application/octet-stream", "bin"),
            };
            ctx.file(&document.content, media, &format!("document-{id}.{end}"))
        }
        Err(DisclosureError::Policy(PolicyError::Refused(_))) => ctx.sorry(&to, msg("disclosure-not-yours")),
        Err(error) => refused(error),
    }
}

/// `POST /console/disclosures/{disclosure}/agree`
pub async fn agree(ctx: Ctx) -> Answer {
    let (id, to) = to(&ctx)?;
    if !ctx.form.ticked("read") {
        return ctx.sorry(&to, msg("disclosure-read-first"));
    }
    match disclosures::agree(&ctx.state.policy, id, ctx.who.staff()?.staff).await {
        Ok(()) => ctx.done(&to, msg("disclosure-agreed-done")),
        Err(DisclosureError::SamePerson) => ctx.sorry(&to, msg("disclosure-same-person")),
        Err(DisclosureError::NotFound) => ctx.sorry(&to, msg("disclosure-late")),
        Err(error) => refused(error),
    }
}

/// `POST /console/disclosures/{disclosure}/narrow`: `scope` names what is left of the scope.
pub async fn narrow(ctx: Ctx) -> Answer {
    let (id, to) = to(&ctx)?;
    let left = ctx.form.all("scope").map(CategoryId::from_id).collect::<Option<Vec<_>>>();
    let left = left.ok_or(WebError::NotFound)?;
    match disclosures::narrow(&ctx.state.policy, id, ctx.who.staff()?.staff, left).await {
        Ok(()) => ctx.done(&to, msg("disclosure-narrowed")),
        Err(DisclosureError::NoScope) => ctx.sorry(&to, msg("disclosure-narrow-nothing")),
        Err(DisclosureError::Wider(_)) => ctx.sorry(&to, msg("disclosure-narrow-wider")),
        Err(DisclosureError::NotFound) => ctx.sorry(&to, msg("disclosure-late")),
        Err(error) => refused(error),
    }
}

/// `POST /console/disclosures/{disclosure}/refuse`
pub async fn refuse(ctx: Ctx) -> Answer {
    let (id, to) = to(&ctx)?;
    match disclosures::refuse(&ctx.state.policy, id, ctx.who.staff()?.staff).await {
        Ok(()) => ctx.done(&to, msg("disclosure-refused-done")),
        Err(DisclosureError::NotFound) => ctx.sorry(&to, msg("disclosure-late")),
        Err(error) => refused(error),
    }
}

/// `POST /console/disclosures/{disclosure}/reveal`: the law forbids no longer to tell; the person is told now.
pub async fn reveal(ctx: Ctx) -> Answer {
    let (id, to) = to(&ctx)?;
    match disclosures::reveal_now(&ctx.state.policy, id).await {
        Ok(()) => ctx.done(&to, msg("disclosure-revealed")),
        Err(DisclosureError::NotFound) => ctx.sorry(&to, msg("disclosure-late")),
        Err(error) => refused(error),
    }
}

fn refused(error: DisclosureError) -> Answer {
    match error {
        DisclosureError::NotFound => Err(WebError::NotFound),
        other => Err(WebError::internal(other)),
    }
}
