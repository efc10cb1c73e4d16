//! Plans, and orders of them.

use mailkeep_commerce::carts::change::NewLine;
use mailkeep_commerce::catalogue::PlanVersion;
use mailkeep_commerce::orders::{Order, OrderStatus};
use mailkeep_commerce::periods::Interval;
use mailkeep_identity::Scope;
use mailkeep_types::{CustomerId, Money, OrderId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::bills::BillView;
use super::describe::{Api, Operation, op};
use super::made;
use super::paging::{Page, Part, asked, cut};
use super::value::{Amount, Instant};
use crate::acts::orders::{self, Billing};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::{BILLING, Permission};

/// A plan on offer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Plan")]
pub struct PlanView {
    /// What an order names it by.
    pub key: String,
    /// What customers read.
    pub name: String,
    /// One sentence about it.
    pub summary: String,
    /// Orders need at least so many mailboxes.
    pub fewest_mailboxes: u32,
    /// Orders have at most so many mailboxes; 0 is no limit.
    pub most_mailboxes: u32,
    /// The price of one mailbox, for each term on offer.
    pub prices: Vec<PriceView>,
}

/// A price of a plan.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Price")]
pub struct PriceView {
    /// `monthly`, `quarterly` or `annual`.
    pub term: String,
    /// For one mailbox and one term, without tax.
    pub per_mailbox: Amount,
    /// What mailboxes can have besides.
    pub add_ons: Vec<AddOnPriceView>,
}

/// A price of something that mailboxes can have besides.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AddOnPrice")]
pub struct AddOnPriceView {
    /// What an order names it by.
    pub key: String,
    /// What customers read.
    pub name: String,
    /// For one mailbox and one term, without tax.
    pub per_mailbox: Amount,
}

/// An order.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Order")]
pub struct OrderView {
    /// Its identifier.
    pub id: String,
    /// Its number, as people say it.
    pub number: String,
    /// `placed`, `authorised`, `verifying`, `in_review`, `more_asked`, `capturing`, `fulfilled`, `releasing` or `refused`.
    pub status: String,
    /// What that means, for people.
    pub status_text: String,
    /// What it comes to, with tax.
    pub total: Amount,
    /// When it was placed.
    pub placed_at: Instant,
    /// The invoice of an order that was fulfilled.
    pub invoice: Option<String>,
    /// What is ordered.
    pub lines: Vec<OrderLineView>,
    /// The hosted page where it is paid; only in the answers that begin a payment.
    pub payment_url: Option<String>,
}

/// One line of an order.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OrderLine")]
pub struct OrderLineView {
    /// The domain that the mail is for.
    pub domain: String,
    /// How many mailboxes.
    pub mailboxes: u32,
    /// `monthly`, `quarterly` or `annual`.
    pub term: String,
    /// What its mailboxes have besides, by key.
    pub add_ons: Vec<String>,
}

/// What is to be priced.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceToPreview {
    /// The plan's key.
    pub plan: String,
    /// `monthly`, `quarterly` or `annual`.
    pub term: String,
    /// How many mailboxes.
    pub mailboxes: u32,
    /// What they are to have besides, by key.
    #[serde(default)]
    pub add_ons: Vec<String>,
}

/// An order to be placed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderToPlace {
    /// The plan's key.
    pub plan: String,
    /// `monthly`, `quarterly` or `annual`.
    pub term: String,
    /// How many mailboxes.
    pub mailboxes: u32,
    /// The domain that the mail is for.
    pub domain: String,
    /// What the mailboxes are to have besides, by key.
    #[serde(default)]
    pub add_ons: Vec<String>,
    /// The code of a coupon.
    #[serde(default)]
    pub coupon: Option<String>,
    /// That the terms and the privacy policy are accepted.
    pub terms: bool,
    /// To whom the invoice is written; left out, it goes where the last one went, else to the person's profile.
    pub billing: Option<BillingToUse>,
}

/// To whom an invoice is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BillingToUse {
    /// The person's name.
    pub name: String,
    /// The organisation, if one orders.
    #[serde(default)]
    pub organisation: String,
    /// Street, building, post box.
    pub street: String,
    /// The postal code.
    #[serde(default)]
    pub postal_code: String,
    /// The town.
    pub city: String,
    /// State, province or region.
    #[serde(default)]
    pub region: String,
    /// The country, as two letters of ISO 3166.
    pub country: String,
    /// The tax number of a business; in the European Union it decides who owes the tax.
    #[serde(default)]
    pub tax_id: String,
    /// The language of invoices and the other papers: `de`, `en` or `es`; English when it is left out.
    #[serde(default)]
    pub language: String,
    /// Where we may call about the order.
    #[serde(default)]
    pub phone: String,
}

impl From<BillingToUse> for Billing {
    fn from(given: BillingToUse) -> Self {
        Billing {
            name: given.name.into(),
            organisation: given.organisation.into(),
            street: given.street.into(),
            city: given.city.into(),
            region: given.region.into(),
            postal_code: given.postal_code.into(),
            country: given.country.into(),
            tax_id: given.tax_id.into(),
            language: given.language.into(),
            phone: given.phone.into(),
        }
    }
}

impl From<PlanVersion> for PlanView {
    fn from(plan: PlanVersion) -> Self {
        let price = |(interval, minor): &(Interval, i64)| PriceView {
            term: interval.word().to_owned(),
            per_mailbox: Money::new(*minor, plan.currency).into(),
            add_ons: plan
                .add_ons_in(plan.currency, *interval)
                .iter()
                .map(|add_on| AddOnPriceView {
                    key: add_on.key.clone(),
                    name: add_on.name.clone(),
                    per_mailbox: Money::new(add_on.unit_minor, plan.currency).into(),
                })
                .collect(),
        };
        PlanView {
            prices: plan.prices.iter().map(price).collect(),
            key: plan.key,
            name: plan.name,
            summary: plan.summary,
            fewest_mailboxes: plan.fewest_mailboxes,
            most_mailboxes: plan.most_mailboxes,
        }
    }
}

impl From<Order> for OrderView {
    fn from(order: Order) -> Self {
        OrderView {
            id: order.id.to_string(),
            status: order.status.word().to_owned(),
            status_text: order.status.sentence().to_owned(),
            total: order.total().into(),
            placed_at: order.placed_at.into(),
            invoice: order.invoice.map(|id| id.to_string()),
            lines: order
                .lines
                .iter()
                .map(|line| OrderLineView {
                    domain: line.domain.to_string(),
                    mailboxes: line.mailboxes,
                    term: line.interval.word().to_owned(),
                    add_ons: line.add_ons.clone(),
                })
                .collect(),
            number: order.number,
            payment_url: None,
        }
    }
}

async fn plans(ctx: Ctx) -> Result<Page<PlanView>, WebError> {
    let plans = ctx.state.commerce.list_plans().await?;
    Ok(cut(&ctx, plans, |plan| plan.id)?.page(PlanView::from))
}

async fn preview(ctx: Ctx, wanted: PriceToPreview) -> Result<BillView, WebError> {
    let mut form = Form::new();
    let Some(interval) = Interval::from_word(&wanted.term) else {
        form.refuse("term", msg("api-term-wrong"));
        return Err(WebError::Fields(Box::new(form)));
    };
    let to = orders::known_billing(&ctx).await?.quoted_to(&ctx);
    let brand = ctx.brand_key();
    let (plan, besides) = (&wanted.plan, wanted.add_ons);
    let asked = ctx.state.commerce.quote_plan(&brand, plan, interval, wanted.mailboxes, besides, to);
    match asked.await {
        Ok(quote) => Ok(BillView::from(&quote.priced)),
        Err(error) => {
            form.take(error, &["plan", "term", "mailboxes", "add_ons"])?;
            Err(WebError::Fields(Box::new(form)))
        }
    }
}

async fn list(ctx: Ctx) -> Result<Page<OrderView>, WebError> {
    let part = asked(&ctx)?;
    let orders =
        ctx.state.commerce.page_orders(ctx.customer()?, part.after.map(OrderId::from_uuid), part.ask());
    Ok(Part::of(orders.await?, part, |order| order.id.uuid()).page(OrderView::from))
}

async fn show(ctx: Ctx) -> Result<OrderView, WebError> {
    Ok(ctx.state.commerce.show_order(ctx.customer()?, ctx.param("order")?).await?.into())
}

async fn place(ctx: Ctx, wanted: OrderToPlace) -> Result<(Uuid, OrderView), WebError> {
    let mut form = Form::new();
    if !wanted.terms {
        form.refuse("terms", msg("order-terms-missing"));
    }
    let Some(interval) = Interval::from_word(&wanted.term) else {
        form.refuse("term", msg("api-term-wrong"));
        return Err(WebError::Fields(Box::new(form)));
    };
    let line = NewLine {
        plan_key: wanted.plan,
        interval,
        mailboxes: wanted.mailboxes,
        domain: wanted.domain,
        add_ons: wanted.add_ons,
    };
    let cart = match ctx.state.commerce.add_to_cart_of(&ctx.brand_key(), None, line).await {
        Ok(cart) => cart,
        Err(error) => {
            form.take(error, &["plan", "domain", "mailboxes", "add_ons"])?;
            return Err(WebError::Fields(Box::new(form)));
        }
    };
    if let Some(code) = wanted.coupon.filter(|code| !code.is_empty())
        && let Err(error) = ctx.state.commerce.set_cart_coupon(&cart, &code).await
    {
        form.take(error, &["coupon"])?;
        return Err(WebError::Fields(Box::new(form)));
    }
    let billing = match wanted.billing {
        Some(given) => given.into(),
        None => orders::known_billing(&ctx).await?,
    };
    let placed = orders::place(&ctx, &mut form, cart, billing, orders::Seen::default()).await?;
    let (customer, order) = made(placed, form)?;
    Ok((order.uuid(), payable(&ctx, customer, order).await?))
}

/// An order of the person's own customer, for a request that is sent again.
async fn placed(ctx: Ctx, id: Uuid) -> Result<OrderView, WebError> {
    let order = OrderId::from_uuid(id);
    // A first order opened the customer, so it is looked for among all of the person's own.
    for membership in &ctx.who.person()?.customers {
        if ctx.state.commerce.show_order(membership.customer, order).await.is_ok() {
            return payable(&ctx, membership.customer, order).await;
        }
    }
    Err(WebError::NotFound)
}

/// The order, with the page where it is paid while it waits for that.
async fn payable(ctx: &Ctx, customer: CustomerId, id: OrderId) -> Result<OrderView, WebError> {
    let order = ctx.state.commerce.show_order(customer, id).await?;
    let payment_url = match order.status {
        OrderStatus::Placed => Some(absolute(ctx, &orders::payment_page(ctx, customer, id).await?)),
        _ => None,
    };
    Ok(OrderView { payment_url, ..order.into() })
}

/// The sandbox's page is one of ours and is named by its path.
fn absolute(ctx: &Ctx, page: &str) -> String {
    if page.starts_with('/') {
        format!("{}{page}", ctx.state.config.public_url.trim_end_matches('/'))
    } else {
        page.to_owned()
    }
}

async fn pay(ctx: Ctx) -> Result<OrderView, WebError> {
    let (customer, id) = (ctx.customer()?, ctx.param("order")?);
    let page = orders::payment_page(&ctx, customer, id).await?;
    let order = ctx.state.commerce.show_order(customer, id).await?;
    Ok(OrderView { payment_url: Some(absolute(&ctx, &page)), ..order.into() })
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Plans");
    let (path, id, summary) = ("/api/v1/plans", "listPlans", "The plans on offer; no token is needed");
    api.list(Operation { path, id, summary, permission: Permission::Public }, plans);
    let (path, id) = ("/api/v1/price-previews", "previewPrice");
    let what = "What a plan would cost, with tax, by the function that bills";
    api.ask(op(path, id, what, Scope::BillingRead, &[]), preview);
    api.tag("Orders");
    let (read, write) = (Scope::BillingRead, Scope::BillingWrite);
    let at = "/api/v1/orders";
    api.list(op(at, "listOrders", "The orders of the customer", read, BILLING), list);
    let new = "Place an order; the answer has the address of the page where it is paid";
    // Who has no customer yet gets one with the first order, so the roles are checked by the act.
    api.make(op(at, "placeOrder", new, write, &[]), at, place, placed);
    api.read(op("/api/v1/orders/{order}", "showOrder", "One order", read, BILLING), show);
    let again = "Begin the payment of an order that waits for it";
    api.act(op("/api/v1/orders/{order}/pay", "payOrder", again, write, BILLING), pay, pay);
}
