//! Changing a service: another plan, term or number of mailboxes, with what it comes to before it is confirmed.

use mailkeep_commerce::changes::{AskedBy, ChangePreview, When, Wish};
use mailkeep_commerce::periods::Interval;
use mailkeep_commerce::subscriptions::Subscription;
use mailkeep_commerce::taxes::TaxParty;
use mailkeep_types::{SubscriptionId, Timestamp};
use serde::Serialize;

use super::services::start_of;
use crate::add_ons::price_text;
use crate::bill::Bill;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::{Form, Submitted};
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The fields that messages stand beside.
const FIELDS: &[&str] = &["plan", "interval", "mailboxes", "total"];

/// A service to be changed.
#[derive(Debug, Serialize)]
pub struct ChangePage {
    /// Its subscription's id.
    pub id: String,
    /// The domain it was ordered for.
    pub domain: String,
    /// The plan that runs.
    pub plan: String,
    /// `annual`, `quarterly` or `monthly`.
    pub term: String,
    /// Mailboxes that are paid for at least.
    pub mailboxes: i64,
    /// When it is billed next.
    pub next_billing: Timestamp,
    /// What is wanted.
    pub form: Form,
    /// The plans on offer.
    pub plans: Vec<PlanChoice>,
    /// Whether a change waits already.
    pub waits: bool,
    /// What it comes to, once something was chosen.
    pub preview: Option<PreviewCard>,
}

/// A plan to choose.
#[derive(Debug, Clone, Serialize)]
pub struct PlanChoice {
    /// Its key.
    pub value: String,
    /// Its name.
    pub title: String,
    /// What a mailbox costs.
    pub text: String,
}

/// What a change comes to.
#[derive(Debug, Clone, Serialize)]
pub struct PreviewCard {
    /// The plan.
    pub plan: String,
    /// The term.
    pub term: String,
    /// The mailboxes.
    pub mailboxes: i64,
    /// The day on which it takes effect.
    pub effective: Timestamp,
    /// What is billed at once; nothing when it waits.
    pub now: Option<Bill>,
    /// The total in minor units, as it is confirmed.
    pub total_minor: i64,
    /// Whether it would give money back, which waits for the next billing.
    pub gives_back: bool,
    /// What a term comes to from then on.
    pub later: Bill,
    /// When that is billed first.
    pub next_billing: Timestamp,
    /// What ends with it, because the plan does not sell it.
    pub ends: Vec<String>,
}

impl Page for ChangePage {
    const TEMPLATE: &'static str = "center/change.html";

    fn samples() -> Vec<Self> {
        let plan = |value: &str, title: &str, text: &str| PlanChoice {
            value: value.to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
        };
        let line = |name: &str, text: &str, minor| crate::bill::BillLine {
            name: name.into(),
            text: text.into(),
            amount: usd(minor),
        };
        let now = Bill {
            lines: vec![
                line("Business", "Credit for unused days", -2032),
                line("Enterprise", "5 mailboxes", 3726),
            ],
            net: usd(1694),
            tax: usd(106),
            total: usd(1800),
            ..Bill::sample()
        };
        let form = Form::new().with("plan", "enterprise").with("interval", "monthly").with("mailboxes", "5");
        let preview = PreviewCard {
            plan: "Enterprise".to_owned(),
            term: "monthly".to_owned(),
            mailboxes: 5,
            effective: samples::now(),
            now: Some(now),
            total_minor: 1800,
            gives_back: false,
            later: Bill::sample(),
            next_billing: samples::days_ago(-18),
            ends: Vec::new(),
        };
        let page = |form, preview, waits| ChangePage {
            id: "a".to_owned(),
            domain: "larkspur-books.example".to_owned(),
            plan: "Business".to_owned(),
            term: "monthly".to_owned(),
            mailboxes: 5,
            next_billing: samples::days_ago(-18),
            form,
            plans: vec![
                plan("personal", "Personal", "$3.00 for a mailbox and month"),
                plan("business", "Business", "$6.00 for a mailbox and month"),
                plan("enterprise", "Enterprise", "$11.00 for a mailbox and month"),
            ],
            waits,
            preview,
        };
        let later = PreviewCard {
            now: None,
            effective: samples::days_ago(-18),
            ends: vec!["Archive".to_owned()],
            ..preview.clone()
        };
        let back = PreviewCard { gives_back: true, total_minor: -1800, ..preview.clone() };
        vec![
            page(form.clone().with("when", "now"), Some(preview), false),
            page(form.clone().with("when", "next"), Some(later), true),
            page(form.clone().with("when", "now"), Some(back), false),
            page(form.with("when", "now").wrong("plan", msg("form-required")), None, false),
        ]
    }
}

/// `GET /center/services/{subscription}/change`
pub async fn show(ctx: Ctx) -> Answer {
    let id = ctx.param("subscription")?;
    let subscription = ctx.state.commerce.show_subscription(ctx.customer()?, id).await?;
    let plan = ctx.state.commerce.plan_version(subscription.plan_version).await?;
    let chosen = !ctx.query.get("plan").is_empty();
    let form = if chosen {
        Form::of(&ctx.query)
    } else {
        Form::new()
            .with("plan", plan.key.clone())
            .with("interval", subscription.interval.word())
            .with("mailboxes", subscription.mailboxes.to_string())
            .with("when", "now")
    };
    let page = page(&ctx, &subscription, form, chosen).await?;
    if page.form.errors.is_empty() && page.form.error.is_none() {
        ctx.page(&page)
    } else {
        ctx.refused(&page)
    }
}

/// What the fields say; a message stands beside what cannot be read.
fn wish(form: &mut Form, submitted: &Submitted) -> Option<Wish> {
    let interval = Interval::from_word(submitted.get("interval"));
    if interval.is_none() {
        form.refuse("interval", msg("form-required"));
    }
    let mailboxes = submitted.get("mailboxes").parse::<u32>().ok().filter(|n| (1..=100_000).contains(n));
    if mailboxes.is_none() {
        form.refuse("mailboxes", msg("change-mailboxes-wrong"));
    }
    let plan_key = form.required(submitted, "plan").to_owned();
    let when = if submitted.get("when") == "next" { When::NextBilling } else { When::Now };
    Some(Wish { plan_key, interval: interval?, mailboxes: mailboxes?, when }).filter(|_| form.good())
}

async fn page(
    ctx: &Ctx,
    subscription: &Subscription,
    mut form: Form,
    chosen: bool,
) -> Result<ChangePage, WebError> {
    let (customer, commerce) = (ctx.customer()?, &ctx.state.commerce);
    let zone = subscription.time_zone.clone();
    let plan = commerce.plan_version(subscription.plan_version).await?;
    let services = commerce.list_services(customer).await?;
    let service = services.iter().find(|service| service.subscription == subscription.id);
    let plans = commerce
        .list_plans()
        .await?
        .into_iter()
        .map(|plan| {
            let price = [Interval::Monthly, Interval::Annual, Interval::Quarterly]
                .into_iter()
                .find_map(|interval| Some((interval, plan.price(interval)?)));
            let text = price.map_or_else(String::new, |(interval, price)| price_text(ctx, interval, price));
            PlanChoice { value: plan.key, title: plan.name, text }
        })
        .collect();
    let submitted = if chosen && !ctx.form.get("plan").is_empty() { &ctx.form } else { &ctx.query };
    let preview = match Some(()).filter(|()| chosen).and_then(|()| wish(&mut form, submitted)) {
        None => None,
        Some(wish) => {
            let party = party(ctx).await?;
            let asked = commerce.preview_change(customer, subscription.id, wish, AskedBy::Customer, party);
            match asked.await {
                Ok(preview) => Some(card(ctx, &preview, &zone)),
                Err(error) => {
                    form.take(error, FIELDS)?;
                    None
                }
            }
        }
    };
    Ok(ChangePage {
        id: subscription.id.to_string(),
        domain: service.map(|service| service.domain.to_unicode()).unwrap_or_default(),
        plan: plan.name,
        term: subscription.interval.word().to_owned(),
        mailboxes: i64::from(subscription.mailboxes),
        next_billing: start_of(subscription.next_on, &zone),
        form,
        plans,
        waits: subscription.pending.is_some(),
        preview,
    })
}

/// Where the customer is taxed.
pub(crate) async fn party(ctx: &Ctx) -> Result<TaxParty, WebError> {
    let person = ctx.who.person()?;
    let known = ctx.state.commerce.open_billing_details(person.person, person.session, ctx.customer()?);
    let seller = || TaxParty::in_country(&ctx.state.commerce.config().seller.country);
    Ok(known.await?.map_or_else(seller, |known| TaxParty::of_shown(&known)))
}

fn card(ctx: &Ctx, preview: &ChangePreview, zone: &str) -> PreviewCard {
    let total_minor = preview.now.as_ref().map_or(0, |now| now.totals.total_minor);
    PreviewCard {
        plan: preview.to.name.clone(),
        term: preview.interval.word().to_owned(),
        mailboxes: i64::from(preview.mailboxes),
        effective: start_of(preview.effective_on, zone),
        now: preview.now.as_ref().map(|now| Bill::of(ctx, now, |_| None)),
        total_minor,
        gives_back: total_minor < 0,
        later: Bill::of(ctx, &preview.later, |_| None),
        next_billing: start_of(preview.next_billing, zone),
        ends: preview.ends.clone(),
    }
}

/// `POST /center/services/{subscription}/change`
pub async fn submit(ctx: Ctx) -> Answer {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    let subscription = ctx.state.commerce.show_subscription(customer, id).await?;
    let mut form = Form::of(&ctx.form);
    if let Some(wish) = wish(&mut form, &ctx.form) {
        let expected = ctx.form.get("total").parse().ok();
        let waits = wish.when == When::NextBilling;
        let asked = ctx.state.commerce.change_subscription(customer, id, wish, AskedBy::Customer, expected);
        match asked.await {
            Ok(_) => {
                let said = if waits { "change-waits-done" } else { "change-done" };
                return ctx.done("/center/services", msg(said));
            }
            Err(error) => form.take(error, FIELDS)?,
        }
    }
    let errors = (form.errors.clone(), form.error.clone());
    let mut page = page(&ctx, &subscription, form, true).await?;
    (page.form.errors, page.form.error) = errors;
    ctx.refused(&page)
}

/// `POST /center/services/{subscription}/change/take-back`
pub async fn take_back(ctx: Ctx) -> Answer {
    ctx.state.commerce.take_back_change(ctx.customer()?, ctx.param("subscription")?).await?;
    ctx.done("/center/services", msg("change-taken-back"))
}
