//! Extras: what is sold once, for a service that runs.

use mailkeep_commerce::carts::CartItem;
use mailkeep_commerce::catalogue::items::ItemVersion;
use mailkeep_commerce::catalogue::pricing::Measure;
use mailkeep_identity::Scope;
use mailkeep_types::{Money, SubscriptionId, new_uuid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bills::BillView;
use super::describe::{Api, Operation, op};
use super::invoices::InvoiceView;
use super::paging::{Page, cut};
use super::value::Amount;
use crate::center::changes::party;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::routes::{BILLING, Permission};
use uuid::Uuid;

/// Something that is sold once.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Extra")]
pub struct ExtraView {
    /// What an order names it by.
    pub key: String,
    /// What it is.
    pub name: String,
    /// `piece` or `hour`.
    pub measure: &'static str,
    /// What one costs, without tax, in each currency.
    pub prices: Vec<Amount>,
}

/// So many of one.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtraToOrder {
    /// The extra's key.
    pub key: String,
    /// How many.
    pub quantity: u32,
}

/// Extras to price.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtrasToPreview {
    /// What is wanted.
    pub items: Vec<ExtraToOrder>,
}

/// Extras to order.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtrasToOrder {
    /// What is wanted.
    pub items: Vec<ExtraToOrder>,
    /// What the preview said that it comes to, with tax, in the smallest unit of the currency.
    pub total_minor: i64,
}

impl From<ItemVersion> for ExtraView {
    fn from(item: ItemVersion) -> Self {
        ExtraView {
            measure: if item.measure == Measure::Hour { "hour" } else { "piece" },
            prices: item
                .prices
                .iter()
                .map(|(currency, minor)| Money::new(*minor, *currency).into())
                .collect(),
            key: item.key,
            name: item.name,
        }
    }
}

fn wanted(items: Vec<ExtraToOrder>) -> Vec<CartItem> {
    items.into_iter().map(|item| CartItem { key: item.key, quantity: item.quantity }).collect()
}

fn refused(error: mailkeep_commerce::CommerceError) -> WebError {
    let mut form = Form::new();
    match form.take(error, &["item", "total"]) {
        Ok(()) => WebError::Fields(Box::new(form)),
        Err(other) => other,
    }
}

async fn list(ctx: Ctx) -> Result<Page<ExtraView>, WebError> {
    let items = ctx.state.commerce.list_items().await?;
    Ok(cut(&ctx, items, |item| item.id)?.page(ExtraView::from))
}

async fn preview(ctx: Ctx, asked: ExtrasToPreview) -> Result<BillView, WebError> {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    let to = party(&ctx).await?;
    let priced = ctx.state.commerce.preview_extras(customer, id, wanted(asked.items), to).await;
    Ok(BillView::from(&priced.map_err(refused)?))
}

async fn order(ctx: Ctx, asked: ExtrasToOrder) -> Result<(Uuid, InvoiceView), WebError> {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    let act = new_uuid(&*ctx.state.clock);
    let items = wanted(asked.items);
    let done = ctx.state.commerce.order_extras(customer, id, items, act, asked.total_minor).await;
    let invoice = done.map_err(refused)?;
    Ok((invoice.uuid(), ordered(ctx, invoice.uuid()).await?))
}

/// The invoice of the extras, also for a request that is sent again.
async fn ordered(ctx: Ctx, invoice: Uuid) -> Result<InvoiceView, WebError> {
    let invoice = mailkeep_types::InvoiceId::from_uuid(invoice);
    Ok(ctx.state.commerce.show_invoice(ctx.customer()?, invoice).await?.0.into())
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Extras");
    let (path, id, summary) = ("/api/v1/extras", "listExtras", "What is sold once; no token is needed");
    api.list(Operation { path, id, summary, permission: Permission::Public }, list);
    let at = "/api/v1/services/{subscription}/extras/preview";
    let what = "What extras for a service come to, by the function that bills";
    api.ask(op(at, "previewExtras", what, Scope::BillingRead, BILLING), preview);
    let at = "/api/v1/services/{subscription}/extras";
    let what = "Order extras for a service; the answer is their invoice";
    api.make(op(at, "orderExtras", what, Scope::BillingWrite, BILLING), "/api/v1/invoices", order, ordered);
}
