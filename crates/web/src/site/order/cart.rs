//! The visitor's cart behind its cookie.

use mailkeep_commerce::carts::{CartToken, Quote, QuotedTo};

use crate::bill::Bill;
use crate::cookies;
use crate::ctx::Ctx;
use crate::error::WebError;

/// The token of the visitor's cart.
pub fn token(ctx: &Ctx) -> Option<CartToken> {
    cookies::get(&ctx.headers, cookies::CART).map(CartToken::from_text)
}

/// What is in the visitor's cart; nothing while it is empty.
///
/// # Errors
/// A plan that has left the offer, or a failure of the database.
pub async fn quote(ctx: &Ctx, to: QuotedTo) -> Result<Option<Quote>, WebError> {
    let Some(token) = token(ctx) else { return Ok(None) };
    let quote = ctx.state.commerce.quote_cart(&token, to).await?;
    Ok((!quote.lines.is_empty()).then_some(quote))
}

/// The cart as a bill.
pub fn bill(ctx: &Ctx, quote: &Quote) -> Bill {
    Bill::of(ctx, &quote.priced, |plan| {
        let line = &quote.lines.get(plan)?.line;
        Some((line.domain.to_unicode(), line.interval.word()))
    })
}
