//! What something comes to, line by line, as every preview answers it.

use mailkeep_commerce::catalogue::pricing::{Priced, quantity_text};
use mailkeep_types::Money;
use schemars::JsonSchema;
use serde::Serialize;

use super::value::Amount;

/// Lines and sums.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Bill")]
pub struct BillView {
    /// The lines; what is credited has a minus.
    pub lines: Vec<BillLineView>,
    /// What is taken off.
    pub discount: Amount,
    /// Without tax.
    pub net: Amount,
    /// The tax.
    pub tax: Amount,
    /// With tax.
    pub total: Amount,
}

/// One line.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BillLine")]
pub struct BillLineView {
    /// The plan's, add-on's or item's name.
    pub name: String,
    /// `mailboxes`, `closed_mailboxes`, `space`, `add_on`, `add_on_space`, `setup`, `item` or `unused`.
    pub kind: String,
    /// How many, as people read it.
    pub quantity: String,
    /// The price of one.
    pub unit: Amount,
    /// After discounts, without tax.
    pub net: Amount,
    /// The tax of the line.
    pub tax: Amount,
    /// The rate of the tax, in hundredths of a percent.
    pub tax_rate: u16,
}

impl From<&Priced> for BillView {
    fn from(priced: &Priced) -> Self {
        let totals = &priced.totals;
        let money = |minor| Amount::from(Money::new(minor, totals.currency));
        let lines = priced.rows().map(|(line, tax, total)| BillLineView {
            name: line.name.clone(),
            kind: line.kind.word().to_owned(),
            quantity: quantity_text(line.quantity),
            unit: money(line.unit_minor),
            net: money(total.net_minor),
            tax: money(total.tax_minor),
            tax_rate: tax.rate.0,
        });
        BillView {
            discount: money(priced.rows().map(|(.., total)| total.discount_minor).sum()),
            net: money(totals.net_minor),
            tax: money(totals.tax_minor),
            total: money(totals.total_minor),
            lines: lines.collect(),
        }
    }
}
