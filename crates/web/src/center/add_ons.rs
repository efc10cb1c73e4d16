//! What the mailboxes of a service have besides: added at once with what it comes to before, removed with the term.

use mailkeep_commerce::add_ons::add::AddOnPreview;
use mailkeep_commerce::add_ons::list::HeldAddOn;
use mailkeep_commerce::changes::AskedBy;
use mailkeep_commerce::subscriptions::{Subscription, SubscriptionStatus};
use mailkeep_types::{Money, SubscriptionId, Timestamp};
use serde::Serialize;

use super::changes::party;
use super::services::start_of;
use crate::add_ons::{grants_text, price_text};
use crate::bill::Bill;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// What a service has besides, and what it could have.
#[derive(Debug, Serialize)]
pub struct AddOnsPage {
    /// Its subscription's id.
    pub id: String,
    /// The domain it was ordered for.
    pub domain: String,
    /// The plan that runs.
    pub plan: String,
    /// The first day after what is paid for.
    pub ends: Timestamp,
    /// Whether something may be added or removed now.
    pub runs: bool,
    /// What it has.
    pub held: Vec<HeldCard>,
    /// What it could have.
    pub offered: Vec<OfferedCard>,
    /// What went wrong.
    pub form: Form,
    /// What one of them comes to, once it was chosen.
    pub preview: Option<AddOnCard>,
}

/// Something that a service has.
#[derive(Debug, Clone, Serialize)]
pub struct HeldCard {
    /// Which.
    pub key: String,
    /// What it is.
    pub name: String,
    /// What it brings.
    pub text: String,
    /// What it costs for a mailbox and term.
    pub price: String,
    /// Its first day.
    pub since: Timestamp,
    /// The first day without it, once it is to go.
    pub until: Option<Timestamp>,
    /// Whether it can be taken back that it is to go.
    pub can_keep: bool,
}

/// Something that a service could have.
#[derive(Debug, Clone, Serialize)]
pub struct OfferedCard {
    /// Which.
    pub key: String,
    /// What it is.
    pub name: String,
    /// What it brings.
    pub text: String,
    /// What it costs for a mailbox and term.
    pub price: String,
}

/// What an add-on comes to.
#[derive(Debug, Clone, Serialize)]
pub struct AddOnCard {
    /// Which.
    pub key: String,
    /// What it is.
    pub name: String,
    /// For how many mailboxes.
    pub mailboxes: i64,
    /// What is billed at once; nothing while the first days cost nothing.
    pub now: Option<Bill>,
    /// The total in minor units, as it is confirmed.
    pub total_minor: i64,
    /// Until when that pays.
    pub until: Timestamp,
    /// What it comes to with each whole term.
    pub later: Option<Bill>,
    /// When that is billed first.
    pub next_billing: Timestamp,
    /// Whether a card may be charged for this service.
    pub card: bool,
}

impl Page for AddOnsPage {
    const TEMPLATE: &'static str = "center/add_ons.html";

    fn samples() -> Vec<Self> {
        let text = "7 GB more for each mailbox; deleted mail can be brought back for 365 days";
        let offered = |key: &str, name: &str, text: &str, price: &str| OfferedCard {
            key: key.to_owned(),
            name: name.to_owned(),
            text: text.to_owned(),
            price: price.to_owned(),
        };
        let both = vec![
            offered("archive", "Archive", text, "$6.00 for a mailbox and month"),
            offered("letters", "Large letters", "Messages up to 150 MB", "$1.50 for a mailbox and month"),
        ];
        let held = HeldCard {
            key: "archive".to_owned(),
            name: "Archive".to_owned(),
            text: text.to_owned(),
            price: "$6.00 for a mailbox and month".to_owned(),
            since: samples::days_ago(40),
            until: None,
            can_keep: false,
        };
        let going = HeldCard { until: Some(samples::days_ago(-18)), can_keep: true, ..held.clone() };
        let page = |held, offered, preview| AddOnsPage {
            id: "a".to_owned(),
            domain: "larkspur-books.example".to_owned(),
            plan: "Business".to_owned(),
            ends: samples::days_ago(-18),
            runs: true,
            held,
            offered,
            form: Form::new(),
            preview,
        };
        let bill = |minor, tax| Bill {
            lines: vec![crate::bill::BillLine {
                name: "Archive".into(),
                text: "for 5 mailboxes".into(),
                amount: usd(minor),
            }],
            net: usd(minor),
            tax: usd(tax),
            total: usd(minor + tax),
            ..Bill::sample()
        };
        let preview = AddOnCard {
            key: "archive".to_owned(),
            name: "Archive".to_owned(),
            mailboxes: 5,
            now: Some(bill(2032, 127)),
            total_minor: 2159,
            until: samples::days_ago(-18),
            later: Some(bill(3000, 188)),
            next_billing: samples::days_ago(-18),
            card: true,
        };
        let free = AddOnCard { now: None, total_minor: 0, card: false, ..preview.clone() };
        let letters = both[1..].to_vec();
        let mut refused = AddOnsPage { runs: false, ..page(vec![held.clone()], letters.clone(), None) };
        refused.form.refuse_all(msg("verbatim").with("text", "This subscription is cancelled."));
        vec![
            page(Vec::new(), both.clone(), None),
            page(Vec::new(), both.clone(), Some(preview)),
            page(Vec::new(), both, Some(free)),
            page(vec![held], letters.clone(), None),
            page(vec![going], letters, None),
            refused,
            page(Vec::new(), Vec::new(), None),
        ]
    }
}

/// `GET /center/services/{subscription}/add-ons`, with what is chosen in the query.
pub async fn show(ctx: Ctx) -> Answer {
    let chosen = ctx.query.get("add").to_owned();
    let page = page(&ctx, ctx.param("subscription")?, &chosen).await?;
    if page.form.good() { ctx.page(&page) } else { ctx.refused(&page) }
}

async fn page(ctx: &Ctx, id: SubscriptionId, chosen: &str) -> Result<AddOnsPage, WebError> {
    let (customer, commerce) = (ctx.customer()?, &ctx.state.commerce);
    let subscription = commerce.show_subscription(customer, id).await?;
    let services = commerce.list_services(customer).await?;
    let service = services.iter().find(|service| service.subscription == id);
    let offered = commerce.offered_add_ons(customer, id).await?;
    let interval = subscription.interval;
    let held = commerce.list_add_ons(customer).await?;
    let held = held.iter().filter(|had| had.subscription == id);
    let mut form = Form::new();
    let mut preview = None;
    if !chosen.is_empty() {
        match commerce.preview_add_on(customer, id, chosen, party(ctx).await?).await {
            Ok(said) => preview = Some(card(ctx, &subscription, said).await?),
            Err(error) => form.take(error, &[])?,
        }
    }
    Ok(AddOnsPage {
        id: id.to_string(),
        domain: service.map(|service| service.domain.to_unicode()).unwrap_or_default(),
        ends: start_of(subscription.next_on, &subscription.time_zone),
        runs: subscription.status == SubscriptionStatus::Active && !subscription.cancel_at_end,
        held: held.map(|had| held_card(ctx, &subscription, had)).collect(),
        offered: offered
            .add_ons
            .iter()
            .map(|add_on| OfferedCard {
                key: add_on.key.clone(),
                name: add_on.name.clone(),
                text: grants_text(ctx, add_on.grants),
                price: price_text(ctx, interval, Money::new(add_on.unit_minor, offered.plan.currency)),
            })
            .collect(),
        plan: offered.plan.name,
        form,
        preview,
    })
}

fn held_card(ctx: &Ctx, subscription: &Subscription, had: &HeldAddOn) -> HeldCard {
    let day = |date| start_of(date, &subscription.time_zone);
    HeldCard {
        key: had.key.clone(),
        name: had.name.clone(),
        text: grants_text(ctx, had.grants),
        price: had.price.map(|price| price_text(ctx, subscription.interval, price)).unwrap_or_default(),
        since: day(had.since),
        until: had.until.map(day),
        can_keep: had.can_keep,
    }
}

async fn card(ctx: &Ctx, subscription: &Subscription, said: AddOnPreview) -> Result<AddOnCard, WebError> {
    let day = |date| start_of(date, &subscription.time_zone);
    let cards = ctx.state.commerce.list_payment_methods(ctx.customer()?).await?;
    let pays = |(of, _): &(SubscriptionId, _)| *of == subscription.id;
    let total_minor = said.now.totals.total_minor;
    Ok(AddOnCard {
        key: said.add_on.key,
        name: said.add_on.name,
        mailboxes: i64::from(said.mailboxes),
        now: (total_minor != 0).then(|| Bill::of(ctx, &said.now, |_| None)),
        total_minor,
        until: day(said.period.end),
        later: said.later.map(|later| Bill::of(ctx, &later, |_| None)),
        next_billing: day(said.next_billing),
        card: cards.iter().any(|card| card.pays_for.iter().any(pays)),
    })
}

fn address(id: SubscriptionId) -> String {
    format!("/center/services/{id}/add-ons")
}

/// `POST /center/services/{subscription}/add-ons`
pub async fn add(ctx: Ctx) -> Answer {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    let key = ctx.form.get("add").to_owned();
    let confirmed: i64 = ctx.form.get("total").parse().map_err(|_| WebError::NotFound)?;
    let asked = ctx.state.commerce.add_add_on(customer, id, &key, AskedBy::Customer, Some(confirmed));
    match asked.await {
        Ok(_) => ctx.done(&address(id), msg("add-on-added")),
        Err(error) => {
            // Sent twice, it was added once: whoever has it sees that they do.
            let held = ctx.state.commerce.list_add_ons(customer).await?;
            if held.iter().any(|had| had.subscription == id && had.key == key && had.until.is_none()) {
                return ctx.done(&address(id), msg("add-on-added"));
            }
            let mut form = Form::new();
            form.take(error, &[])?;
            let mut page = page(&ctx, id, &key).await?;
            page.form = form;
            ctx.refused(&page)
        }
    }
}

/// `POST /center/services/{subscription}/add-ons/{add_on}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    let key: String = ctx.param("add_on")?;
    ctx.state.commerce.remove_add_on(customer, id, &key, AskedBy::Customer).await?;
    ctx.done(&address(id), msg("add-on-removed"))
}

/// `POST /center/services/{subscription}/add-ons/{add_on}/keep`
pub async fn keep(ctx: Ctx) -> Answer {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    let key: String = ctx.param("add_on")?;
    match ctx.state.commerce.keep_add_on(customer, id, &key).await {
        Ok(()) => ctx.done(&address(id), msg("add-on-kept")),
        Err(error) => {
            let mut form = Form::new();
            form.take(error, &[])?;
            let mut page = page(&ctx, id, "").await?;
            page.form = form;
            ctx.refused(&page)
        }
    }
}
