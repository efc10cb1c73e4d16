//! Payment methods: the kept cards, what each pays for, and new ones on the processor's own page.

use jiff::civil::Date;
use mailkeep_commerce::CommerceError;
use mailkeep_commerce::local_date;
use mailkeep_commerce::payment_methods::PaymentMethod;
use mailkeep_commerce::processor::CardFace;
use mailkeep_commerce::subscriptions::SubscriptionStatus;
use mailkeep_policy::Shown;
use mailkeep_types::{PaymentMethodId, SubscriptionId, Timestamp};
use serde::Serialize;

use super::services::start_of;
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// The payment methods of the customer.
#[derive(Debug, Serialize)]
pub struct CardsPage {
    /// The cards, newest first.
    pub cards: Vec<CardTile>,
    /// What runs, and what pays for it.
    pub services: Vec<PaidService>,
}

/// A card.
#[derive(Debug, Clone, Serialize)]
pub struct CardTile {
    /// Its id.
    pub id: String,
    /// The network; nothing for a card from before that was kept.
    pub brand: Option<Shown<String>>,
    /// The last four digits.
    pub last_four: Option<Shown<String>>,
    /// The last day on which it can be charged.
    pub expires: Option<Timestamp>,
    /// `good`, `soon` or `over`.
    pub state: &'static str,
    /// When it was given.
    pub kept_at: Timestamp,
    /// The domains of what it pays for.
    pub pays_for: Vec<String>,
    /// Whether it pays for everything that runs.
    pub all: bool,
}

/// A service that runs.
#[derive(Debug, Clone, Serialize)]
pub struct PaidService {
    /// Its subscription's id.
    pub id: String,
    /// The plan.
    pub plan: String,
    /// The domain.
    pub domain: String,
    /// The card that may be charged for it.
    pub card: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
}

impl Page for CardsPage {
    const TEMPLATE: &'static str = "center/cards.html";

    fn samples() -> Vec<Self> {
        let tile = |id: &str, brand: &str, digits: &str, days: i64, state, pays_for: &[&str], all| CardTile {
            id: id.to_owned(),
            brand: Some(brand.into()),
            last_four: Some(digits.into()),
            expires: Some(samples::days_ago(-days)),
            state,
            kept_at: samples::days_ago(200),
            pays_for: pays_for.iter().map(|domain| (*domain).to_owned()).collect(),
            all,
        };
        let service = |id: &str, domain: &str, card: Option<&str>| PaidService {
            id: id.to_owned(),
            plan: "Business".to_owned(),
            domain: domain.to_owned(),
            card: card.map(str::to_owned),
            since: card.map(|_| samples::days_ago(200)),
        };
        let (books, quill) = ("larkspur-books.example", "quill-and-co.example");
        vec![
            CardsPage {
                cards: vec![
                    tile("a", "Visa", "4242", 900, "good", &[books, quill], true),
                    tile("b", "Mastercard", "4444", 16, "soon", &[], false),
                ],
                services: vec![service("s", books, Some("a")), service("t", quill, Some("a"))],
            },
            CardsPage {
                cards: vec![
                    tile("a", "American Express", "0005", 900, "good", &[books], false),
                    CardTile {
                        brand: None,
                        last_four: None,
                        expires: None,
                        ..tile("b", "", "", 0, "good", &[], false)
                    },
                    tile("c", "Visa", "1881", -20, "over", &[], false),
                ],
                services: vec![service("s", books, Some("a")), service("t", quill, None)],
            },
            CardsPage { cards: Vec::new(), services: Vec::new() },
        ]
    }
}

/// `GET /center/cards`
pub async fn show(ctx: Ctx) -> Answer {
    let customer = ctx.customer()?;
    // Whoever comes back from the processor's page need not wait for its notice; while it is silent, the job goes on.
    if let Err(error) = ctx.state.commerce.advance_card_set_ups(customer).await {
        tracing::info!(code = error.code(), "a new card waits for its processor");
    }
    let page = page(&ctx).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx) -> Result<CardsPage, WebError> {
    let (customer, commerce, person) = (ctx.customer()?, &ctx.state.commerce, ctx.who.person()?);
    let held = commerce.open_payment_methods(person.person, person.session, customer).await?;
    let hosted = commerce.list_services(customer).await?;
    let mut services = Vec::new();
    for subscription in commerce.list_subscriptions(customer).await? {
        if subscription.status != SubscriptionStatus::Active {
            continue;
        }
        let found = hosted.iter().find(|service| service.subscription == subscription.id);
        let paid = |(method, _): &(PaymentMethod, Option<Shown<CardFace>>)| {
            let (_, since) = method.pays_for.iter().find(|(id, _)| *id == subscription.id)?;
            Some((method.id.to_string(), *since))
        };
        let paid = held.iter().find_map(paid);
        services.push(PaidService {
            id: subscription.id.to_string(),
            plan: commerce.plan_version(subscription.plan_version).await?.name,
            domain: found.map(|service| service.domain.to_unicode()).unwrap_or_default(),
            since: paid.as_ref().map(|(_, since)| *since),
            card: paid.map(|(card, _)| card),
        });
    }
    let zone = ctx.chrome().time_zone;
    let today = local_date(ctx.state.clock.now(), &zone);
    let tile = |(method, face): &(PaymentMethod, Option<Shown<CardFace>>)| {
        let id = method.id.to_string();
        let of_it = |service: &&PaidService| service.card.as_deref() == Some(id.as_str());
        let pays_for: Vec<String> =
            services.iter().filter(of_it).map(|service| service.domain.clone()).collect();
        CardTile {
            brand: face.as_ref().map(|face| face.reshape(|face| face.brand.clone())),
            last_four: face.as_ref().map(|face| face.reshape(|face| face.last_four.clone())),
            expires: method.expires_on.map(|date| start_of(date, &zone)),
            state: method.expires_on.map_or("good", |date| state(date, today)),
            kept_at: method.kept_at,
            all: !services.is_empty() && pays_for.len() == services.len(),
            pays_for,
            id,
        }
    };
    Ok(CardsPage { cards: held.iter().map(tile).collect(), services })
}

/// How far a card is from its end.
fn state(expires_on: Date, today: Date) -> &'static str {
    let soon = today.checked_add(jiff::Span::new().months(1)).unwrap_or(today);
    match expires_on {
        day if day < today => "over",
        day if day <= soon => "soon",
        _ => "good",
    }
}

/// The subscriptions that were ticked.
fn ticked(ctx: &Ctx) -> Vec<SubscriptionId> {
    ctx.form.all("for").filter_map(|id| id.parse().ok()).collect()
}

/// `POST /center/cards`: leads to the processor's page, for the services that were ticked.
pub async fn add(ctx: Ctx) -> Answer {
    let back = format!("{}/center/cards?back=yes", ctx.chrome().brand.url);
    let page = ctx.state.commerce.start_card_set_up(ctx.customer()?, ticked(&ctx), &back).await?;
    Ok(ctx.redirect(&page))
}

/// `POST /center/cards/{card}/permit`: lets a card pay for the services that were ticked, or for everything.
pub async fn permit(ctx: Ctx) -> Answer {
    let (customer, card): (_, PaymentMethodId) = (ctx.customer()?, ctx.param("card")?);
    let commerce = &ctx.state.commerce;
    match ctx.form.get("all") {
        "yes" => commerce.permit_card_for_all(customer, card).await?,
        _ => commerce.permit_card(customer, card, ticked(&ctx)).await?,
    }
    ctx.done("/center/cards", msg("cards-permitted"))
}

/// `POST /center/cards/{card}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let (person, card) = (ctx.who.person()?, ctx.param("card")?);
    let done = ctx.state.commerce.remove_card(person.person, person.session, ctx.customer()?, card).await;
    match done {
        Ok(()) => ctx.done("/center/cards", msg("cards-removed")),
        Err(CommerceError::State(why)) => {
            ctx.sorry("/center/cards", msg("verbatim").with("text", sentence(&why)))
        }
        Err(CommerceError::ProcessorUnknown(_)) => ctx.sorry("/center/cards", msg("cards-silent")),
        Err(error) => Err(error.into()),
    }
}

/// `POST /center/services/{subscription}/card`: lets another card pay for a service.
pub async fn switch(ctx: Ctx) -> Answer {
    let (customer, subscription) = (ctx.customer()?, ctx.param("subscription")?);
    let card = ctx.form.get("card").parse().map_err(|_| WebError::NotFound)?;
    ctx.state.commerce.permit_card(customer, card, vec![subscription]).await?;
    ctx.done("/center/cards", msg("cards-permitted"))
}

/// `POST /center/services/{subscription}/card/withdraw`
pub async fn withdraw(ctx: Ctx) -> Answer {
    let (customer, subscription) = (ctx.customer()?, ctx.param("subscription")?);
    ctx.state.commerce.withdraw_card_permission(customer, subscription).await?;
    ctx.done("/center/cards", msg("cards-withdrawn"))
}
