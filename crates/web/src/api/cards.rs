//! Kept cards: what each may be charged for. A card itself is given on the processor's page alone.

use mailkeep_commerce::payment_methods::PaymentMethod;
use mailkeep_commerce::processor::CardFace;
use mailkeep_identity::Scope;
use mailkeep_policy::Shown;
use mailkeep_types::PaymentMethodId;
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::{Date, Instant};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::BILLING;

/// A kept card.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Card")]
pub struct CardView {
    /// Its identifier.
    pub id: String,
    /// The network, e.g. `Visa`, where the processor says so.
    #[schemars(with = "Option<String>")]
    pub brand: Option<Shown<String>>,
    /// Its last four digits.
    #[schemars(with = "Option<String>")]
    pub last_four: Option<Shown<String>>,
    /// The last day on which it can be charged.
    pub expires_on: Option<Date>,
    /// When it was given.
    pub kept_at: Instant,
    /// The services that it may be charged for.
    pub pays_for: Vec<String>,
}

fn view((method, face): (PaymentMethod, Option<Shown<CardFace>>)) -> CardView {
    CardView {
        id: method.id.to_string(),
        brand: face.as_ref().map(|face| face.reshape(|face| face.brand.clone())),
        last_four: face.map(|face| face.reshape(|face| face.last_four.clone())),
        expires_on: method.expires_on.map(Date::from),
        kept_at: method.kept_at.into(),
        pays_for: method.pays_for.iter().map(|(subscription, _)| subscription.to_string()).collect(),
    }
}

async fn held(ctx: &Ctx) -> Result<Vec<(PaymentMethod, Option<Shown<CardFace>>)>, WebError> {
    let (customer, person) = (ctx.customer()?, ctx.who.person()?);
    Ok(ctx.state.commerce.open_payment_methods(person.person, person.session, customer).await?)
}

async fn list(ctx: Ctx) -> Result<Page<CardView>, WebError> {
    Ok(cut(&ctx, held(&ctx).await?, |(method, _)| method.id.uuid())?.page(view))
}

async fn show(ctx: Ctx) -> Result<CardView, WebError> {
    let id: PaymentMethodId = ctx.param("card")?;
    let found = held(&ctx).await?.into_iter().find(|(method, _)| method.id == id);
    found.map(view).ok_or(WebError::NotFound)
}

async fn permit(ctx: Ctx) -> Result<CardView, WebError> {
    ctx.state.commerce.permit_card_for_all(ctx.customer()?, ctx.param("card")?).await?;
    show(ctx).await
}

async fn remove(ctx: Ctx) -> Result<(), WebError> {
    let (customer, person) = (ctx.customer()?, ctx.who.person()?);
    let id = ctx.param("card")?;
    Ok(ctx.state.commerce.remove_card(person.person, person.session, customer, id).await?)
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Cards");
    let (read, write) = (Scope::BillingRead, Scope::BillingWrite);
    api.list(op("/api/v1/cards", "listCards", "The kept cards of the customer", read, BILLING), list);
    let at = "/api/v1/cards/{card}";
    api.read(op(at, "showCard", "One kept card", read, BILLING), show);
    let what = "Remove a card; one that pays for something that runs is kept";
    api.remove(op(at, "removeCard", what, write, BILLING), remove);
    let at = "/api/v1/cards/{card}/permit";
    let what = "Let a card pay for everything that runs, in place of the cards that paid before";
    api.act(op(at, "permitCard", what, write, BILLING), permit, show);
}
