//! The third step: billing address, the sums, and the order itself.

use mailkeep_commerce::carts::Quote;
use serde::Serialize;

use super::cart;
use crate::acts::orders::{self, Billing};
use crate::bill::Bill;
use crate::cookies;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The review page.
#[derive(Debug, Serialize)]
pub struct ReviewPage {
    /// The billing address, filled from the profile.
    pub form: Form,
    /// What the order comes to.
    pub bill: Bill,
    /// The total as it is sent with the confirmation, in minor units.
    pub total_minor: i64,
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
            total_minor: 38_970,
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

/// `GET /order/review`
pub async fn show(ctx: Ctx) -> Answer {
    let billing = orders::known_billing(&ctx).await?;
    let Some(quote) = cart::quote(&ctx, billing.quoted_to(&ctx)).await? else {
        return ctx.sorry("/plans", msg("order-empty"));
    };
    ctx.page(&page(&ctx, &quote, billing.form()))
}

fn page(ctx: &Ctx, quote: &Quote, form: Form) -> ReviewPage {
    ReviewPage {
        form,
        bill: cart::bill(ctx, quote),
        total_minor: quote.totals().total_minor,
        term: quote.lines.first().map_or("monthly", |line| line.line.interval.word()).to_owned(),
        countries: crate::countries::options(),
    }
}

/// `POST /order/place`
pub async fn place(ctx: Ctx) -> Answer {
    let billing = Billing::typed(&ctx.form);
    let (Some(token), Some(quote)) = (cart::token(&ctx), cart::quote(&ctx, billing.quoted_to(&ctx)).await?)
    else {
        return ctx.sorry("/plans", msg("order-empty"));
    };
    let mut form = Form::of(&ctx.form);
    if !ctx.form.ticked("terms") {
        form.refuse("terms", msg("order-terms-missing"));
    }
    // The address may change the tax: what is confirmed is what was seen.
    let seen = ctx.form.get("total").parse().ok();
    if form.good() && seen.is_some_and(|seen: i64| seen != quote.totals().total_minor) {
        form.refuse_all(msg("order-total-changed"));
    }
    let total = Some(quote.totals().total_minor);
    let Some((customer, order)) = orders::place(&ctx, &mut form, token, billing, total).await? else {
        return ctx.refused(&page(&ctx, &quote, form));
    };
    let mut response = ctx.redirect(&orders::payment_page(&ctx, customer, order).await?);
    cookies::clear(&mut response, cookies::CART);
    cookies::set(&mut response, cookies::CUSTOMER, &customer.to_string(), None);
    Ok(response)
}
