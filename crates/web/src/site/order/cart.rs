//! The visitor's cart behind its cookie.

use mailkeep_commerce::carts::{CartToken, Quote};
use mailkeep_policy::Shown;

use crate::bill::{Bill, BillLine};
use crate::cookies;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;

/// The token of the visitor's cart.
pub fn token(ctx: &Ctx) -> Option<CartToken> {
    cookies::get(&ctx.headers, cookies::CART).map(CartToken::from_text)
}

/// What is in the visitor's cart; nothing while it is empty.
///
/// # Errors
/// A plan that has left the offer, or a failure of the database.
pub async fn quote(ctx: &Ctx) -> Result<Option<Quote>, WebError> {
    let Some(token) = token(ctx) else { return Ok(None) };
    let quote = ctx.state.commerce.quote_cart(&token).await?;
    Ok((!quote.lines.is_empty()).then_some(quote))
}

/// One line of a bill in words: how many mailboxes, for which domain, for how long.
pub fn line_text(ctx: &Ctx, mailboxes: u32, domain: &str, interval: &str) -> String {
    let term = match interval {
        "annual" => ctx.say("order-term-annual"),
        "quarterly" => ctx.say("order-term-quarterly"),
        _ => ctx.say("order-term-monthly"),
    };
    ctx.text(
        &msg("order-line")
            .with("mailboxes", i64::from(mailboxes))
            .with("domain", domain)
            .with("term", term.to_lowercase()),
    )
}

/// The cart as a bill.
pub fn bill(ctx: &Ctx, quote: &Quote) -> Bill {
    let money = |minor| mailkeep_types::Money::new(minor, quote.totals.currency);
    let lines = quote
        .lines
        .iter()
        .zip(&quote.totals.lines)
        .map(|(line, total)| BillLine {
            name: line.plan.name.clone().into(),
            text: line_text(ctx, line.line.mailboxes, line.line.domain.as_str(), line.line.interval.word())
                .into(),
            amount: money(total.net_minor),
        })
        .collect();
    Bill {
        lines,
        net: money(quote.totals.net_minor),
        tax_name: if quote.totals.tax_minor == 0 { Shown::default() } else { quote.tax_name.clone().into() },
        tax: money(quote.totals.tax_minor),
        total: money(quote.totals.total_minor),
    }
}
