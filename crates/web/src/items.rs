//! What is sold once, by the piece or by the hour, as a form offers it: one number field for each item.

use mailkeep_commerce::carts::CartItem;
use mailkeep_types::{Currency, Habits};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::{Form, Submitted};
use crate::messages::msg;

/// An item to choose.
#[derive(Debug, Clone, Serialize)]
pub struct ItemField {
    /// The field's name: `item-` and the item's key.
    pub field: String,
    /// What it is.
    pub name: String,
    /// What one costs.
    pub price: String,
}

impl ItemField {
    /// Two made-up ones.
    pub fn samples() -> Vec<Self> {
        let item = |key: &str, name: &str, price: &str| ItemField {
            field: format!("item-{key}"),
            name: name.to_owned(),
            price: price.to_owned(),
        };
        vec![item("migration", "Moving mail to us", "$90.00 each"), item("work", "Work", "$120.00 an hour")]
    }
}

/// What is on offer in a currency.
///
/// # Errors
/// A failure of the store.
pub async fn on_offer(ctx: &Ctx, currency: Currency) -> Result<Vec<ItemField>, WebError> {
    use mailkeep_commerce::catalogue::pricing::Measure;
    let habits = Habits::of(&ctx.language);
    let mut fields = Vec::new();
    for item in ctx.state.commerce.list_items().await? {
        let Some(minor) = item.price(currency) else { continue };
        let price = habits.money(mailkeep_types::Money::new(minor, currency));
        let id = if item.measure == Measure::Hour { "item-an-hour" } else { "item-each" };
        fields.push(ItemField {
            field: format!("item-{}", item.key),
            name: item.name,
            price: ctx.text(&msg(id).with("price", price)),
        });
    }
    Ok(fields)
}

/// What was wanted of it; a message stands beside what is no number.
pub fn wanted(fields: &[ItemField], form: &mut Form, submitted: &Submitted) -> Vec<CartItem> {
    let mut wanted = Vec::new();
    for ItemField { field, .. } in fields {
        let quantity = match submitted.get(field) {
            "" => Some(0),
            text => text.parse::<u32>().ok(),
        };
        match (quantity, field.strip_prefix("item-")) {
            (Some(quantity), Some(key)) => wanted.push(CartItem { key: key.to_owned(), quantity }),
            _ => form.refuse(field, msg("form-number")),
        }
    }
    wanted
}
