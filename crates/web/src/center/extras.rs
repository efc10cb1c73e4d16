//! Extras: what is sold once, ordered for a service that runs, with what it comes to before it is confirmed.

use mailkeep_types::{SubscriptionId, new_uuid};
use serde::Serialize;

use super::changes::party;
use crate::bill::Bill;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::{Form, Submitted};
use crate::items::{self, ItemField};
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The extras for a service.
#[derive(Debug, Serialize)]
pub struct ExtrasPage {
    /// Its subscription's id.
    pub id: String,
    /// The domain it was ordered for.
    pub domain: String,
    /// What is on offer.
    pub items: Vec<ItemField>,
    /// What was chosen.
    pub form: Form,
    /// Names what is done with the form, so that the back button does it no second time.
    pub once: String,
    /// What it comes to, once something was chosen.
    pub preview: Option<ExtrasPreview>,
}

/// What extras come to.
#[derive(Debug, Clone, Serialize)]
pub struct ExtrasPreview {
    /// Lines and sums.
    pub bill: Bill,
    /// The total in minor units, as it is confirmed.
    pub total_minor: i64,
    /// Whether a card may be charged for this service.
    pub card: bool,
}

impl Page for ExtrasPage {
    const TEMPLATE: &'static str = "center/extras.html";

    fn samples() -> Vec<Self> {
        let page = |items, form, preview| ExtrasPage {
            id: "a".to_owned(),
            domain: "larkspur-books.example".to_owned(),
            items,
            form,
            once: "o".to_owned(),
            preview,
        };
        let preview = |card| ExtrasPreview { bill: Bill::sample(), total_minor: 38_970, card };
        let asked = Form::new().with("item-migration", "2");
        vec![
            page(ItemField::samples(), Form::new(), None),
            page(ItemField::samples(), asked.clone(), Some(preview(true))),
            page(ItemField::samples(), asked.clone(), Some(preview(false))),
            page(ItemField::samples(), asked.wrong("item-work", msg("form-number")), None),
            page(Vec::new(), Form::new(), None),
        ]
    }
}

async fn page(
    ctx: &Ctx,
    id: SubscriptionId,
    submitted: &Submitted,
    chosen: bool,
) -> Result<ExtrasPage, WebError> {
    let (customer, commerce) = (ctx.customer()?, &ctx.state.commerce);
    let subscription = commerce.show_subscription(customer, id).await?;
    let plan = subscription.billed_as(commerce.plan_version(subscription.plan_version).await?);
    let services = commerce.list_services(customer).await?;
    let service = services.iter().find(|service| service.subscription == id);
    let items = items::on_offer(ctx, plan.currency).await?;
    let mut form = Form::of(submitted);
    let wanted = items::wanted(&items, &mut form, submitted);
    let mut preview = None;
    if chosen && form.good() {
        match commerce.preview_extras(customer, id, wanted, party(ctx).await?).await {
            Ok(priced) => {
                let cards = commerce.list_payment_methods(customer).await?;
                let pays = |(of, _): &(SubscriptionId, _)| *of == id;
                preview = Some(ExtrasPreview {
                    bill: Bill::of(ctx, &priced, |_| None),
                    total_minor: priced.totals.total_minor,
                    card: cards.iter().any(|card| card.pays_for.iter().any(pays)),
                });
            }
            Err(error) => form.take(error, &[])?,
        }
    }
    Ok(ExtrasPage {
        id: id.to_string(),
        domain: service.map(|service| service.domain.to_unicode()).unwrap_or_default(),
        items,
        form,
        once: match submitted.get("once") {
            "" => new_uuid(&*ctx.state.clock).to_string(),
            sent => sent.to_owned(),
        },
        preview,
    })
}

/// `GET /center/services/{subscription}/extras`, with what is chosen in the query.
pub async fn show(ctx: Ctx) -> Answer {
    let chosen = ctx.query.get("see") == "yes";
    // Whoever comes back to what they ordered sees what came of it.
    if let Ok(act) = ctx.query.get("once").parse()
        && let Some(invoice) = ctx.state.commerce.find_extras(ctx.customer()?, act).await?
    {
        return Ok(ctx.redirect(&format!("/center/invoices/{invoice}")));
    }
    let page = page(&ctx, ctx.param("subscription")?, &ctx.query, chosen).await?;
    if page.form.good() { ctx.page(&page) } else { ctx.refused(&page) }
}

/// `POST /center/services/{subscription}/extras`
pub async fn order(ctx: Ctx) -> Answer {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    let mut page = page(&ctx, id, &ctx.form, true).await?;
    let act = ctx.form.get("once").parse().map_err(|_| WebError::NotFound)?;
    let confirmed = ctx.form.get("total").parse().map_err(|_| WebError::NotFound)?;
    if page.form.good() {
        let wanted = items::wanted(&page.items, &mut page.form, &ctx.form);
        match ctx.state.commerce.order_extras(customer, id, wanted, act, confirmed).await {
            Ok(invoice) => {
                return ctx.done(&format!("/center/invoices/{invoice}"), msg("extras-ordered"));
            }
            Err(error) => page.form.take(error, &[])?,
        }
    }
    ctx.refused(&page)
}
