//! The third step: billing address, the sums, and the order itself.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::carts::Quote;
use serde::Serialize;

use super::cart;
use crate::acts::orders::{self, Billing, Seen};
use crate::bill::Bill;
use crate::cookies;
use crate::ctx::Ctx;
use crate::error::WebError;
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
    /// The code of the coupon that is used.
    pub coupon: Option<String>,
    /// The terms that are accepted with the order: number and id of the version.
    pub terms: Option<(i64, String)>,
    /// Days that cost nothing first.
    pub trial_days: i64,
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
            coupon: None,
            terms: None,
            trial_days: 0,
            term: "annual".to_owned(),
            countries: crate::countries::options(),
        };
        let known = Form::new().with("name", "Ada Example").with("country", "US");
        vec![
            page(known.clone()),
            ReviewPage {
                coupon: Some("SPRING-26".to_owned()),
                terms: Some((2, "t".to_owned())),
                trial_days: 30,
                ..page(known.clone())
            },
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
    let page = page(&ctx, &quote, billing.form()).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, quote: &Quote, form: Form) -> Result<ReviewPage, WebError> {
    let terms = ctx.state.commerce.terms_for_orders(&quote.brand).await?;
    Ok(ReviewPage {
        form,
        coupon: quote.coupon.as_ref().map(|coupon| coupon.code.clone()),
        terms: terms.map(|terms| (terms.version, terms.id.to_string())),
        bill: cart::bill(ctx, quote),
        total_minor: quote.totals().total_minor,
        trial_days: i64::from(quote.trial_days),
        term: quote.lines.first().map_or("monthly", |line| line.line.interval.word()).to_owned(),
        countries: crate::countries::options(),
    })
}

/// `POST /order/coupon`: puts a code into the cart, or takes it out.
pub async fn coupon(ctx: Ctx) -> Answer {
    let Some(token) = cart::token(&ctx) else { return ctx.sorry("/plans", msg("order-empty")) };
    let given = ctx.form.get("coupon");
    match ctx.state.commerce.set_cart_coupon(&token, given).await {
        Ok(()) => {
            let done = if given.is_empty() { "order-coupon-out" } else { "order-coupon-in" };
            ctx.done("/order/review", msg(done))
        }
        Err(CommerceError::Invalid { message, .. }) => {
            ctx.sorry("/order/review", msg("verbatim").with("text", crate::error::sentence(&message)))
        }
        Err(error) => Err(error.into()),
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
    let seen = Seen {
        total_minor: Some(quote.totals().total_minor),
        terms: ctx.form.get("terms_version").parse().ok(),
    };
    let Some((customer, order)) = orders::place(&ctx, &mut form, token, billing, seen).await? else {
        let page = page(&ctx, &quote, form).await?;
        return ctx.refused(&page);
    };
    let mut response = ctx.redirect(&orders::payment_page(&ctx, customer, order).await?);
    cookies::clear(&mut response, cookies::CART);
    cookies::set(&mut response, cookies::CUSTOMER, &customer.to_string(), None);
    Ok(response)
}
