//! Services: what was ordered, and cancelling it.

use mailkeep_commerce::services::Service;
use mailkeep_commerce::subscriptions::{Subscription, SubscriptionStatus};
use mailkeep_types::{Money, Ratio, Timestamp};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::{Answer, BILLING};
use crate::samples::{self, usd};

/// The services of the customer.
#[derive(Debug, Serialize)]
pub struct ServicesPage {
    /// The services.
    pub services: Vec<ServiceCard>,
    /// Whether the one who asks may cancel.
    pub may_change: bool,
    /// Whether something is sold once.
    pub extras: bool,
}

/// A service.
#[derive(Debug, Clone, Serialize)]
pub struct ServiceCard {
    /// Its subscription's id.
    pub id: String,
    /// The plan.
    pub plan: String,
    /// The domain it was ordered for.
    pub domain: String,
    /// `pending`, `active`, `suspended`, `cancelled` or `ended`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Mailboxes ordered.
    pub mailboxes: i64,
    /// `annual` or `monthly`.
    pub term: String,
    /// What a term comes to.
    pub price: Money,
    /// The day on which its term is renewed, or ends; the invoice may come before it.
    pub renews: Option<Timestamp>,
    /// Whether it was cancelled for the end of its term.
    pub ends: bool,
    /// Whether it can be cancelled now.
    pub can_cancel: bool,
    /// The change that waits for the next billing.
    pub waits: Option<WaitingChange>,
    /// What happens after it was paused.
    pub left: Option<Left>,
    /// Whether there is a hosting report.
    pub reported: bool,
    /// The new price that it was told of.
    pub coming: Option<Coming>,
    /// What its mailboxes have besides.
    pub add_ons: Vec<Besides>,
    /// Whether there is more to have.
    pub more: bool,
}

/// What mailboxes have besides.
#[derive(Debug, Clone, Serialize)]
pub struct Besides {
    /// What it is.
    pub name: String,
    /// The first day without it, once it is to go.
    pub until: Option<Timestamp>,
}

/// A price that comes.
#[derive(Debug, Clone, Serialize)]
pub struct Coming {
    /// The first day that costs it.
    pub on: Timestamp,
    /// What a term costs now, without tax.
    pub old: Money,
    /// What it will cost.
    pub new: Money,
}

/// A change that waits for the next billing.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingChange {
    /// The plan from then on.
    pub plan: String,
    /// The term from then on.
    pub term: String,
    /// The mailboxes from then on.
    pub mailboxes: i64,
}

/// A service that was paused.
#[derive(Debug, Clone, Serialize)]
pub struct Left {
    /// When its mail is deleted; nothing when it was.
    pub delete: Option<Timestamp>,
    /// Until when staff can restore it; nothing when it is gone for good.
    pub restorable: Option<Timestamp>,
}

impl Page for ServicesPage {
    const TEMPLATE: &'static str = "center/services.html";

    fn samples() -> Vec<Self> {
        let card = ServiceCard {
            id: "a".to_owned(),
            plan: "Business".to_owned(),
            domain: "larkspur-books.example".to_owned(),
            state: "active",
            tone: "good",
            mailboxes: 5,
            term: "annual".to_owned(),
            price: usd(36_000),
            renews: Some(samples::days_ago(-300)),
            ends: false,
            can_cancel: true,
            waits: None,
            left: None,
            reported: true,
            coming: None,
            add_ons: Vec::new(),
            more: true,
        };
        let dearer = ServiceCard {
            id: "e".to_owned(),
            domain: "larkspur-archive.example".to_owned(),
            coming: Some(Coming { on: samples::days_ago(-40), old: usd(36_000), new: usd(39_000) }),
            ..card.clone()
        };
        let waits = ServiceCard {
            id: "c".to_owned(),
            domain: "quill-and-co.example".to_owned(),
            term: "monthly".to_owned(),
            waits: Some(WaitingChange {
                plan: "Enterprise".to_owned(),
                term: "annual".to_owned(),
                mailboxes: 8,
            }),
            ..card.clone()
        };
        let archive = |until| Besides { name: "Archive".to_owned(), until };
        let card = ServiceCard { add_ons: vec![archive(None)], price: usd(72_000), ..card };
        let waits = ServiceCard { add_ons: vec![archive(Some(samples::days_ago(-20)))], ..waits };
        let paused = ServiceCard {
            id: "d".to_owned(),
            domain: "former.example".to_owned(),
            state: "ended",
            tone: "note",
            can_cancel: false,
            renews: None,
            add_ons: Vec::new(),
            left: Some(Left { delete: Some(samples::days_ago(-9)), restorable: None }),
            ..card.clone()
        };
        let cancelled = ServiceCard {
            id: "b".to_owned(),
            state: "cancelled",
            tone: "warn",
            ends: true,
            can_cancel: false,
            term: "monthly".to_owned(),
            ..card.clone()
        };
        vec![
            ServicesPage {
                services: vec![card, dearer, waits, cancelled, paused],
                may_change: true,
                extras: true,
            },
            ServicesPage { services: Vec::new(), may_change: false, extras: false },
        ]
    }
}

/// `GET /center/services`
pub async fn show(ctx: Ctx) -> Answer {
    let (customer, commerce) = (ctx.customer()?, &ctx.state.commerce);
    let services = commerce.list_services(customer).await?;
    let endings = commerce.list_endings(customer).await?;
    let reports = commerce.list_hosting_reports(customer).await?;
    let coming = commerce.list_coming_prices(customer).await?;
    let besides = commerce.list_add_ons(customer).await?;
    let mut cards = Vec::new();
    for subscription in commerce.list_subscriptions(customer).await? {
        let plan = subscription.billed_as(commerce.plan_version(subscription.plan_version).await?);
        let service = services.iter().find(|service| service.subscription == subscription.id);
        let (state, tone) = state(&subscription, service);
        let besides: Vec<_> = besides.iter().filter(|had| had.subscription == subscription.id).collect();
        // A mailbox costs what the plan says with all that it has besides and keeps.
        let unit = plan.price(subscription.interval).unwrap_or(Money::zero(plan.currency));
        let kept = besides.iter().filter(|had| had.until.is_none()).filter_map(|had| had.price);
        let unit = kept.fold(unit, |sum, price| sum.plus(price).unwrap_or(sum));
        let price = unit.times(Ratio::new(i64::from(subscription.mailboxes), 1)).unwrap_or(unit);
        let active = subscription.status == SubscriptionStatus::Active;
        let ending = endings.iter().find(|ending| ending.subscription == subscription.id);
        let day = |date| start_of(date, &subscription.time_zone);
        let waits = match subscription.pending {
            None => None,
            Some(change) => Some(WaitingChange {
                plan: commerce.plan_version(change.plan_version).await?.name,
                term: change.interval.word().to_owned(),
                mailboxes: i64::from(change.mailboxes),
            }),
        };
        let left = ending.filter(|ending| ending.paused_on.is_some()).map(|ending| Left {
            delete: ending.delete_on.filter(|_| ending.deleted_on.is_none()).map(day),
            restorable: ending.restore_until.filter(|_| ending.purged_on.is_none()).map(day),
        });
        let next = ending.map_or(subscription.next_on, |ending| ending.ends_on);
        cards.push(ServiceCard {
            id: subscription.id.to_string(),
            plan: plan.name.clone(),
            domain: service.map(|service| service.domain.to_unicode()).unwrap_or_default(),
            state,
            tone,
            mailboxes: i64::from(subscription.mailboxes),
            term: subscription.interval.word().to_owned(),
            price,
            renews: active.then(|| day(next)),
            ends: active && ending.is_some(),
            can_cancel: active && ending.is_none(),
            waits,
            left,
            coming: coming
                .iter()
                .find(|price| price.subscription == subscription.id && active && ending.is_none())
                .map(|price| Coming { on: day(price.on), old: price.old, new: price.new }),
            more: plan.add_ons_in(plan.currency, subscription.interval).len() > besides.len(),
            add_ons: besides
                .iter()
                .map(|had| Besides { name: had.name.clone(), until: had.until.map(day) })
                .collect(),
            reported: reports.iter().any(|stored| stored.report.subscription == subscription.id),
        });
    }
    let extras = !commerce.list_items().await?.is_empty();
    ctx.page(&ServicesPage { services: cards, may_change: ctx.has_role(BILLING), extras })
}

/// The state of a service as people and programs name it, and how it looks.
pub fn state(subscription: &Subscription, service: Option<&Service>) -> (&'static str, &'static str) {
    match service {
        _ if subscription.status == SubscriptionStatus::Ended => ("ended", "note"),
        Some(service) if !service.blocks.is_empty() => ("suspended", "bad"),
        _ if subscription.cancel_at_end => ("cancelled", "warn"),
        Some(service) if !service.is_provisioned() => ("pending", "note"),
        _ => ("active", "good"),
    }
}

/// Midnight of a local date.
pub fn start_of(date: jiff::civil::Date, time_zone: &str) -> Timestamp {
    let zone = jiff::tz::TimeZone::get(time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    date.to_zoned(zone).map_or(Timestamp::EPOCH, |zoned| Timestamp::from_jiff(zoned.timestamp()))
}

/// `POST /center/services/{subscription}/keep`
pub async fn keep(ctx: Ctx) -> Answer {
    ctx.state.commerce.keep_subscription(ctx.customer()?, ctx.param("subscription")?).await?;
    ctx.done("/center/services", msg("service-kept"))
}
