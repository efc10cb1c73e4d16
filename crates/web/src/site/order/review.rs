//! The third step: billing address, the sums, and the order itself.

use mailkeep_commerce::carts::Quote;
use mailkeep_commerce::orders::place::PlaceOrder;
use mailkeep_commerce::orders::{Applicant, BillingDetails};
use mailkeep_types::{CustomerId, OrderId};
use serde::Serialize;

use super::cart;
use crate::bill::Bill;
use crate::cookies;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::{Answer, BILLING};

/// The review page.
#[derive(Debug, Serialize)]
pub struct ReviewPage {
    /// The billing address, filled from the profile.
    pub form: Form,
    /// What the order comes to.
    pub bill: Bill,
    /// `annual` or `monthly`.
    pub term: String,
    /// Countries to choose from.
    pub countries: Vec<CountryOption>,
}

/// A country to choose.
#[derive(Debug, Clone, Serialize)]
pub struct CountryOption {
    /// Two letters (ISO 3166).
    pub value: &'static str,
    /// Its English name.
    pub label: &'static str,
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "site/order_review.html";

    fn samples() -> Vec<Self> {
        let page = |form| ReviewPage {
            form,
            bill: Bill::sample(),
            term: "annual".to_owned(),
            countries: crate::countries::options(),
        };
        let known = Form::new().with("name", "Ada Example").with("country", "US");
        vec![
            page(known.clone()),
            page(known.wrong("street", msg("form-required")).wrong("terms", msg("order-terms-missing"))),
        ]
    }
}

const FIELDS: &[&str] =
    &["name", "street", "city", "region", "postal_code", "country", "phone", "organisation"];

/// `GET /order/review`
pub async fn show(ctx: Ctx) -> Answer {
    let Some(quote) = cart::quote(&ctx).await? else {
        return ctx.sorry("/plans", msg("order-empty"));
    };
    // What the person told us before is not asked for again (P7).
    let profile = ctx.state.identity.read_profile(ctx.access()).await?;
    let mut form = Form::new().with("name", profile.name).with("phone", profile.phone.unwrap_or_default());
    if let Some(postal) = profile.postal {
        form = form
            .with("street", postal.lines.join(", "))
            .with("city", postal.city)
            .with("region", postal.region)
            .with("postal_code", postal.postal_code)
            .with("country", postal.country);
    }
    ctx.page(&page(&ctx, &quote, form))
}

fn page(ctx: &Ctx, quote: &Quote, form: Form) -> ReviewPage {
    ReviewPage {
        form,
        bill: cart::bill(ctx, quote),
        term: quote.lines.first().map_or("monthly", |line| line.line.interval.word()).to_owned(),
        countries: crate::countries::options(),
    }
}

/// `POST /order/place`
pub async fn place(ctx: Ctx) -> Answer {
    let (Some(token), Some(quote)) = (cart::token(&ctx), cart::quote(&ctx).await?) else {
        return ctx.sorry("/plans", msg("order-empty"));
    };
    let mut form = Form::of(&ctx.form);
    for field in ["name", "street", "city", "country"] {
        form.required(&ctx.form, field);
    }
    if !ctx.form.ticked("terms") {
        form.refuse("terms", msg("order-terms-missing"));
    }
    if !form.good() {
        return ctx.refused(&page(&ctx, &quote, form));
    }
    let person = ctx.who.person()?;
    let profile = ctx.state.identity.read_profile(ctx.access()).await?;
    let given = |name: &str| ctx.form.get(name).to_owned();
    let organisation = given("organisation");
    let name = if organisation.is_empty() { given("name") } else { organisation.clone() };
    let customer = match ctx.who.in_role(BILLING) {
        Ok(customer) => customer,
        Err(WebError::Bad(_)) => ctx.state.identity.open_customer(ctx.access(), &name).await?,
        Err(error) => return Err(error),
    };
    let mut street: Vec<String> = vec![given("street")];
    if !organisation.is_empty() {
        street.insert(0, given("name"));
    }
    let request = PlaceOrder {
        cart: token,
        customer,
        person: person.person,
        billing: BillingDetails {
            name,
            street,
            postal_code: given("postal_code"),
            city: given("city"),
            region: given("region"),
            country: given("country"),
            tax_id: None,
        },
        applicant: Applicant {
            email: profile.email.to_string(),
            phone: Some(given("phone")).filter(|phone| !phone.is_empty()),
        },
        network: ctx.peer,
        time_zone: Some(profile.time_zone),
        keep_card: true,
    };
    match ctx.state.commerce.place_order(request).await {
        Ok(order) => {
            let mut response = pay(&ctx, customer, order).await?;
            cookies::clear(&mut response, cookies::CART);
            cookies::set(&mut response, cookies::CUSTOMER, &customer.to_string(), None);
            Ok(response)
        }
        Err(error) => {
            form.take(error, FIELDS)?;
            ctx.refused(&page(&ctx, &quote, form))
        }
    }
}

/// Leads to the processor's page for an order that waits for its payment.
///
/// # Errors
/// An order in another state, or a processor that does not answer.
pub async fn pay(ctx: &Ctx, customer: CustomerId, order: OrderId) -> Answer {
    let back = format!("{}/order/{order}?back=yes", ctx.state.config.public_url.trim_end_matches('/'));
    let to = ctx.state.commerce.start_payment(customer, order, &back).await?;
    Ok(ctx.redirect(&to))
}
