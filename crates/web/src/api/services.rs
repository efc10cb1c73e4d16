//! What was ordered and runs: subscriptions, each with the service it pays for.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::changes::{AskedBy, When, Wish};
use mailkeep_commerce::endings::EndWhen;
use mailkeep_commerce::periods::Interval;
use mailkeep_commerce::subscriptions::Subscription;
use mailkeep_identity::Scope;
use mailkeep_types::SubscriptionId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bills::BillView;
use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::{Date, Instant};
use crate::center::changes::party;
use crate::center::services::state;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::{ANY_ROLE, BILLING};

/// A service.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Service")]
pub struct ServiceView {
    /// The identifier of its subscription.
    pub id: String,
    /// The plan's name, as it was sold.
    pub plan: String,
    /// The domain it was ordered for.
    pub domain: Option<String>,
    /// `pending`, `active`, `suspended`, `cancelled` or `ended`.
    pub state: String,
    /// Mailboxes ordered.
    pub mailboxes: u32,
    /// `monthly`, `quarterly` or `annual`.
    pub term: String,
    /// The day on which it is billed next, or ends if it is cancelled.
    pub next_on: Date,
    /// Whether it ends on that day.
    pub cancelled: bool,
    /// Whether a change waits for that day.
    pub change_waits: bool,
    /// What its mailboxes have besides.
    pub add_ons: Vec<AddOnView>,
    /// When it began.
    pub created_at: Instant,
}

/// What the mailboxes of a service have besides.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AddOn")]
pub struct AddOnView {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub since: Date,
    /// The first day without it; `null` while it stays.
    pub until: Option<Date>,
}

/// An add-on to be added, or to be previewed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddOnToAdd {
    /// Its key.
    pub add_on: String,
    /// The total of the preview, in the smallest unit: when it comes to something else by now, nothing is done.
    #[serde(default)]
    pub total_minor: Option<i64>,
}

/// What an add-on comes to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AddOnPreview")]
pub struct AddOnPreviewView {
    /// Its key.
    pub add_on: String,
    /// For how many mailboxes it is billed at once.
    pub mailboxes: u32,
    /// The first day after what is billed at once.
    pub until: Date,
    /// What is billed at once.
    pub now: BillView,
    /// What it comes to with each whole term from then on; `null` when the plan that begins does not sell it.
    pub later: Option<BillView>,
    /// When that is billed first.
    pub next_billing_on: Date,
}

/// How a service is to end.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelToAsk {
    /// `renewal`, also when left out, or `now`: when today is over.
    #[serde(default)]
    pub when: Option<String>,
}

/// A change to be made, or to be previewed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeToAsk {
    /// The key of the plan.
    pub plan: String,
    /// `monthly`, `quarterly` or `annual`.
    pub term: String,
    /// At least so many mailboxes are paid for.
    pub mailboxes: u32,
    /// `now`, also when left out, or `next_billing`.
    #[serde(default)]
    pub when: Option<String>,
    /// The total of the preview, in the smallest unit: when it comes to something else by now, nothing is done.
    #[serde(default)]
    pub total_minor: Option<i64>,
}

/// What a change comes to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ChangePreview")]
pub struct ChangeView {
    /// The key of the plan.
    pub plan: String,
    /// `monthly`, `quarterly` or `annual`.
    pub term: String,
    /// Mailboxes that are paid for.
    pub mailboxes: u32,
    /// The day on which it takes effect.
    pub effective_on: Date,
    /// What is billed at once; `null` when it waits.
    pub now: Option<BillView>,
    /// What a whole term comes to from then on.
    pub later: BillView,
    /// When that is billed first.
    pub next_billing_on: Date,
    /// The names of the add-ons that end with it, because the plan does not sell them.
    pub add_ons_end: Vec<String>,
}

async fn view(ctx: &Ctx, subscription: Subscription) -> Result<ServiceView, WebError> {
    let commerce = &ctx.state.commerce;
    let plan = commerce.plan_version(subscription.plan_version).await?;
    let services = commerce.list_services(subscription.customer).await?;
    let service = services.iter().find(|service| service.subscription == subscription.id);
    let (state, _) = state(&subscription, service);
    let held = commerce.list_add_ons(subscription.customer).await?;
    let held = held.into_iter().filter(|had| had.subscription == subscription.id);
    Ok(ServiceView {
        id: subscription.id.to_string(),
        plan: plan.name,
        domain: service.map(|service| service.domain.to_string()),
        state: state.to_owned(),
        mailboxes: subscription.mailboxes,
        term: subscription.interval.word().to_owned(),
        next_on: subscription.next_on.into(),
        cancelled: subscription.cancel_at_end,
        change_waits: subscription.pending.is_some(),
        add_ons: held
            .map(|had| AddOnView {
                key: had.key,
                name: had.name,
                since: had.since.into(),
                until: had.until.map(Date::from),
            })
            .collect(),
        created_at: subscription.created_at.into(),
    })
}

async fn list(ctx: Ctx) -> Result<Page<ServiceView>, WebError> {
    let all = ctx.state.commerce.list_subscriptions(ctx.customer()?).await?;
    let part = cut(&ctx, all, |subscription| subscription.id.uuid())?;
    let mut items = Vec::with_capacity(part.rows.len());
    for subscription in part.rows {
        items.push(view(&ctx, subscription).await?);
    }
    Ok(Page { items, next_cursor: part.next_cursor })
}

async fn show(ctx: Ctx) -> Result<ServiceView, WebError> {
    let id: SubscriptionId = ctx.param("subscription")?;
    let subscription = ctx.state.commerce.show_subscription(ctx.customer()?, id).await?;
    view(&ctx, subscription).await
}

async fn cancel(ctx: Ctx, wanted: CancelToAsk) -> Result<ServiceView, WebError> {
    let when = match wanted.when.as_deref() {
        None | Some("renewal") => EndWhen::AtRenewal,
        Some("now") => EndWhen::Now,
        Some(_) => return Err(WebError::Fields(Box::new(Form::new().wrong("when", msg("leaving-choose"))))),
    };
    let (customer, id) = (ctx.customer()?, ctx.param("subscription")?);
    ctx.state.commerce.end_subscription(customer, id, when, AskedBy::Customer).await?;
    show(ctx).await
}

/// What is wanted; what cannot be read is told by its field.
fn wish(wanted: &ChangeToAsk) -> Result<Wish, WebError> {
    let when = match wanted.when.as_deref() {
        None | Some("now") => Some(When::Now),
        Some("next_billing") => Some(When::NextBilling),
        Some(_) => None,
    };
    let (Some(interval), Some(when)) = (Interval::from_word(&wanted.term), when) else {
        let field = if when.is_some() { "term" } else { "when" };
        return Err(WebError::Fields(Box::new(Form::new().wrong(field, msg("api-term-wrong")))));
    };
    Ok(Wish { plan_key: wanted.plan.clone(), interval, mailboxes: wanted.mailboxes, when })
}

/// The fields that a refused change may name.
const FIELDS: &[&str] = &["plan", "term", "mailboxes", "add_on", "total_minor"];

fn refused(error: CommerceError) -> Result<WebError, WebError> {
    // The domain names its own fields.
    let error = match error {
        CommerceError::Invalid { field: "interval", message } => CommerceError::invalid("term", message),
        CommerceError::Invalid { field: "total", message } => CommerceError::invalid("total_minor", message),
        other => other,
    };
    let mut form = Form::new();
    form.take(error, FIELDS)?;
    Ok(WebError::Fields(Box::new(form)))
}

async fn preview(ctx: Ctx, wanted: ChangeToAsk) -> Result<ChangeView, WebError> {
    let (customer, id) = (ctx.customer()?, ctx.param("subscription")?);
    let party = party(&ctx).await?;
    let asked = ctx.state.commerce.preview_change(customer, id, wish(&wanted)?, AskedBy::Customer, party);
    let preview = match asked.await {
        Ok(preview) => preview,
        Err(error) => return Err(refused(error)?),
    };
    Ok(ChangeView {
        plan: preview.to.key.clone(),
        term: preview.interval.word().to_owned(),
        mailboxes: preview.mailboxes,
        effective_on: preview.effective_on.into(),
        now: preview.now.as_ref().map(BillView::from),
        later: BillView::from(&preview.later),
        next_billing_on: preview.next_billing.into(),
        add_ons_end: preview.ends.clone(),
    })
}

async fn preview_add_on(ctx: Ctx, wanted: AddOnToAdd) -> Result<AddOnPreviewView, WebError> {
    let (customer, id) = (ctx.customer()?, ctx.param("subscription")?);
    let party = party(&ctx).await?;
    match ctx.state.commerce.preview_add_on(customer, id, &wanted.add_on, party).await {
        Ok(said) => Ok(AddOnPreviewView {
            mailboxes: said.mailboxes,
            until: said.period.end.into(),
            now: BillView::from(&said.now),
            later: said.later.as_ref().map(BillView::from),
            next_billing_on: said.next_billing.into(),
            add_on: said.add_on.key,
        }),
        Err(error) => Err(refused(error)?),
    }
}

async fn add_add_on(ctx: Ctx, wanted: AddOnToAdd) -> Result<ServiceView, WebError> {
    let (customer, id) = (ctx.customer()?, ctx.param("subscription")?);
    let (commerce, total) = (&ctx.state.commerce, wanted.total_minor);
    if let Err(error) = commerce.add_add_on(customer, id, &wanted.add_on, AskedBy::Customer, total).await {
        return Err(refused(error)?);
    }
    show(ctx).await
}

async fn remove_add_on(ctx: Ctx) -> Result<(), WebError> {
    let (customer, id, key): (_, _, String) =
        (ctx.customer()?, ctx.param("subscription")?, ctx.param("add_on")?);
    ctx.state.commerce.remove_add_on(customer, id, &key, AskedBy::Customer).await?;
    Ok(())
}

async fn keep_add_on(ctx: Ctx) -> Result<ServiceView, WebError> {
    let (customer, id, key): (_, _, String) =
        (ctx.customer()?, ctx.param("subscription")?, ctx.param("add_on")?);
    ctx.state.commerce.keep_add_on(customer, id, &key).await?;
    show(ctx).await
}

async fn change(ctx: Ctx, wanted: ChangeToAsk) -> Result<ServiceView, WebError> {
    let (customer, id) = (ctx.customer()?, ctx.param("subscription")?);
    let (wish, total) = (wish(&wanted)?, wanted.total_minor);
    let asked = ctx.state.commerce.change_subscription(customer, id, wish, AskedBy::Customer, total);
    if let Err(error) = asked.await {
        return Err(refused(error)?);
    }
    show(ctx).await
}

async fn take_back(ctx: Ctx) -> Result<(), WebError> {
    Ok(ctx.state.commerce.take_back_change(ctx.customer()?, ctx.param("subscription")?).await?)
}

async fn keep(ctx: Ctx) -> Result<ServiceView, WebError> {
    ctx.state.commerce.keep_subscription(ctx.customer()?, ctx.param("subscription")?).await?;
    show(ctx).await
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Services");
    let (read, write) = (Scope::BillingRead, Scope::BillingWrite);
    api.list(op("/api/v1/services", "listServices", "The services of the customer", read, ANY_ROLE), list);
    let at = "/api/v1/services/{subscription}";
    api.read(op(at, "showService", "One service", read, ANY_ROLE), show);
    let at = "/api/v1/services/{subscription}/cancel";
    let what = "End a service when its term ends, or when today is over";
    api.carry_out(op(at, "cancelService", what, write, BILLING), cancel, show);
    let at = "/api/v1/services/{subscription}/keep";
    api.act(op(at, "keepService", "Take a cancellation back", write, BILLING), keep, show);
    let at = "/api/v1/services/{subscription}/change-preview";
    let what = "What another plan, term or number of mailboxes comes to, by the function that bills";
    api.ask(op(at, "previewChange", what, write, BILLING), preview);
    let at = "/api/v1/services/{subscription}/change";
    let what = "Change plan, term or number of mailboxes, now or with the next billing";
    api.carry_out(op(at, "changeService", what, write, BILLING), change, show);
    api.remove(op(at, "takeChangeBack", "Take back a change that waits", write, BILLING), take_back);
    let at = "/api/v1/services/{subscription}/add-on-preview";
    let what = "What an add-on comes to, by the function that bills";
    api.ask(op(at, "previewAddOn", what, write, BILLING), preview_add_on);
    let at = "/api/v1/services/{subscription}/add-ons";
    let what = "Add something for every mailbox, at once";
    api.carry_out(op(at, "addAddOn", what, write, BILLING), add_add_on, show);
    let at = "/api/v1/services/{subscription}/add-ons/{add_on}";
    let what = "Remove an add-on with the end of the term";
    api.remove(op(at, "removeAddOn", what, write, BILLING), remove_add_on);
    let at = "/api/v1/services/{subscription}/add-ons/{add_on}/keep";
    api.act(op(at, "keepAddOn", "Keep an add-on that is to go", write, BILLING), keep_add_on, show);
}
