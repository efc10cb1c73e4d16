//! A visitor's cart: lines that anybody can gather without registering.
//!
//! The cart is found by a random token that only the visitor has; the database keeps its hash. It holds nothing about
//! the visitor and expires by itself.

pub mod change;
pub mod quote;
pub mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::{CustomerId, DomainName, Money, Timestamp};
use uuid::Uuid;

use crate::catalogue::PlanVersion;
use crate::catalogue::items::ItemVersion;
use crate::catalogue::pricing::Priced;
use crate::discounts::coupons::Coupon;
use crate::periods::Interval;
use crate::taxes::TaxParty;
use crate::totals::Totals;

/// How long a cart is kept after its making.
pub const CART_DAYS: u64 = 30;
/// Most lines of a cart.
pub const MOST_LINES: usize = 20;
/// Most pieces or hours of an item; more is a conversation with a person.
pub const MOST_PIECES: u32 = 1000;
/// Most mailboxes of a line; more is a conversation with a person.
pub const MOST_MAILBOXES: u32 = 10_000;

/// The secret that finds a cart. Kept by the visitor, e.g. in a cookie that is set with the first line.
#[derive(Clone, PartialEq, Eq)]
pub struct CartToken(pub(crate) String);

impl CartToken {
    /// Takes a token as the visitor sent it.
    pub fn from_text(text: &str) -> Self {
        CartToken(text.chars().take(64).collect())
    }

    /// The text for the visitor.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for CartToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CartToken(…)")
    }
}

/// One line of a cart as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartLine {
    /// Names the line within its cart.
    pub id: Uuid,
    /// The plan's key.
    pub plan_key: String,
    /// For how long each price buys.
    pub interval: Interval,
    /// How many mailboxes.
    pub mailboxes: u32,
    /// The domain that the mail is for.
    pub domain: DomainName,
    /// What its mailboxes have besides, by key.
    pub add_ons: Vec<String>,
}

/// Something in a cart that is sold once, by the piece or by the hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartItem {
    /// The item's key.
    pub key: String,
    /// How many pieces or hours.
    pub quantity: u32,
}

/// A cart as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cart {
    /// Its identifier.
    pub id: Uuid,
    /// Its lines in the order in which they were put in.
    pub lines: Vec<CartLine>,
    /// What comes once, by key.
    pub items: Vec<CartItem>,
    /// When it is thrown away.
    pub expires_at: Timestamp,
    /// The code of a coupon that was typed.
    pub coupon: Option<String>,
    /// The brand on whose site it was filled; empty for the house's own.
    pub brand: String,
}

/// To whom a cart is quoted: what decides the tax, and the customer if it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotedTo {
    /// Where they are taxed.
    pub party: TaxParty,
    /// Who they are.
    pub customer: Option<CustomerId>,
}

/// One line with its plan and price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteLine {
    /// The line of the cart.
    pub line: CartLine,
    /// The plan version that is in force now.
    pub plan: PlanVersion,
    /// The price of the first mailbox.
    pub unit: Money,
}

/// What a cart comes to now, computed by the function that bills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The lines of the cart.
    pub lines: Vec<QuoteLine>,
    /// What comes once, with the version that is in force now.
    pub items: Vec<(CartItem, ItemVersion)>,
    /// What all comes to: at least one priced line for each line of the cart, named by its place, and one for each item.
    pub priced: Priced,
    /// The coupon that is used.
    pub coupon: Option<Coupon>,
    /// The brand on whose site it was filled; empty for the house's own.
    pub brand: String,
    /// Days that cost nothing, before the first period.
    pub trial_days: u16,
}

impl Quote {
    /// The sums.
    pub fn totals(&self) -> &Totals {
        &self.priced.totals
    }
}
