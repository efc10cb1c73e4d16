//! What is sold once, by the piece, or by the hour: migrations, work, licences.

use mailkeep_types::Currency;
use uuid::Uuid;

use super::pricing::Measure;

/// One version of an item, as sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemVersion {
    /// Names this version for ever.
    pub id: Uuid,
    /// The item's key.
    pub key: String,
    /// 1 for the first.
    pub version: i64,
    /// What customers read.
    pub name: String,
    /// Whether it is sold by the piece or by the hour.
    pub measure: Measure,
    /// As what it is taxed.
    pub tax_class: String,
    /// The price of one in each currency.
    pub prices: Vec<(Currency, i64)>,
}

impl ItemVersion {
    /// The price of one in a currency, if it is sold in it.
    pub fn price(&self, currency: Currency) -> Option<i64> {
        self.prices.iter().find(|(sold_in, _)| *sold_in == currency).map(|(_, minor)| *minor)
    }
}
