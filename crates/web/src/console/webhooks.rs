//! Webhooks of the house: programs of ours that are told what happens to anybody. The same parts as in the Customer Center.

use mailkeep_webhooks::endpoints::{Registrar, Whose};
use serde::Serialize;
use uuid::Uuid;

use crate::center::webhooks::{
    Button, EndpointDetail, EndpointList, Place, change, detail, list, press, register,
};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The endpoints of the house.
#[derive(Debug, Serialize)]
pub struct WebhooksPage {
    /// What is on it.
    #[serde(flatten)]
    pub list: EndpointList,
}

/// One endpoint with its log.
#[derive(Debug, Serialize)]
pub struct WebhookPage {
    /// What is on it.
    #[serde(flatten)]
    pub detail: EndpointDetail,
}

impl Page for WebhooksPage {
    const TEMPLATE: &'static str = "console/webhooks.html";

    fn samples() -> Vec<Self> {
        EndpointList::samples("/console/webhooks").into_iter().map(|list| WebhooksPage { list }).collect()
    }
}

impl Page for WebhookPage {
    const TEMPLATE: &'static str = "console/webhook.html";

    fn samples() -> Vec<Self> {
        EndpointDetail::samples("/console/webhooks")
            .into_iter()
            .map(|detail| WebhookPage { detail })
            .collect()
    }
}

fn place(ctx: &Ctx) -> Result<Place, WebError> {
    let by = Registrar::Staff(ctx.who.staff()?.staff);
    Ok(Place { base: "/console/webhooks", whose: Whose::House, by })
}

/// `GET /console/webhooks`
pub async fn show(ctx: Ctx) -> Answer {
    let list = list(&ctx, place(&ctx)?, Form::new(), &[]).await?;
    ctx.page(&WebhooksPage { list })
}

/// `POST /console/webhooks`
pub async fn submit(ctx: Ctx) -> Answer {
    let place = place(&ctx)?;
    match register(&ctx, place).await? {
        Ok(made) => {
            let secret = Some(made.secret.expose());
            let detail = detail(&ctx, place, made.endpoint.id, None, secret).await?;
            ctx.page(&WebhookPage { detail })
        }
        Err((form, ticked)) => {
            let list = list(&ctx, place, form, &ticked).await?;
            ctx.refused(&WebhooksPage { list })
        }
    }
}

/// `GET /console/webhooks/{endpoint}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let detail = detail(&ctx, place(&ctx)?, ctx.param("endpoint")?, None, None).await?;
    ctx.page(&WebhookPage { detail })
}

/// `POST /console/webhooks/{endpoint}`
pub async fn submit_one(ctx: Ctx) -> Answer {
    let (place, id): (_, Uuid) = (place(&ctx)?, ctx.param("endpoint")?);
    match change(&ctx, place, id).await? {
        None => ctx.done(&format!("{}/{id}", place.base), msg("webhook-changed")),
        Some(form) => {
            let detail = detail(&ctx, place, id, Some(form), None).await?;
            ctx.refused(&WebhookPage { detail })
        }
    }
}

/// `POST /console/webhooks/{endpoint}/rotate`
pub async fn rotate(ctx: Ctx) -> Answer {
    let (place, id) = (place(&ctx)?, ctx.param("endpoint")?);
    let made = ctx.state.webhooks.rotate_secret(place.whose, id).await?;
    let detail = detail(&ctx, place, id, None, Some(made.secret.expose())).await?;
    ctx.page(&WebhookPage { detail })
}

/// `POST /console/webhooks/{endpoint}/test`, and the other buttons.
pub async fn push(ctx: Ctx, button: Button) -> Answer {
    press(&ctx, place(&ctx)?, ctx.param("endpoint")?, button).await
}

/// `POST /console/webhooks/{endpoint}/deliveries/{delivery}`
pub async fn replay(ctx: Ctx) -> Answer {
    let (place, id): (_, Uuid) = (place(&ctx)?, ctx.param("endpoint")?);
    ctx.state.webhooks.replay(place.whose, id, ctx.param("delivery")?).await?;
    ctx.done(&format!("{}/{id}", place.base), msg("webhook-replayed").with("n", 1))
}
