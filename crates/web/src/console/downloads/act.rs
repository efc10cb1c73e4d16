//! What is done with a release besides writing it.

use mailkeep_helpdesk::downloads::DownloadError;
use mailkeep_types::ReleaseId;

use super::release::{Refused, page};
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::Answer;

/// `POST /console/releases/{product_release}/publish`
pub async fn publish(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<ReleaseId>("product_release")?);
    let at = format!("/console/releases/{id}");
    match ctx.state.downloads.publish_release(staff, id).await {
        Ok(()) => ctx.done(&at, msg("release-published")),
        Err(DownloadError::State(sentence)) => ctx.sorry(&at, msg("verbatim").with("text", sentence)),
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/releases/{product_release}/withdraw`
pub async fn withdraw(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<ReleaseId>("product_release")?);
    match ctx.state.downloads.withdraw_release(staff, id, ctx.form.get("reason")).await {
        Ok(()) => ctx.done(&format!("/console/releases/{id}"), msg("release-withdrawn")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, &["reason"])?;
            let page = page(&ctx, id, Some(Refused::Withdraw(form))).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/releases/{product_release}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<ReleaseId>("product_release")?);
    match ctx.state.downloads.remove_release(staff, id).await {
        Ok(product) => ctx.done(&format!("/console/downloads/{product}"), msg("release-removed")),
        Err(DownloadError::State(sentence)) => {
            ctx.sorry(&format!("/console/releases/{id}"), msg("verbatim").with("text", sentence))
        }
        Err(error) => Err(error.into()),
    }
}
