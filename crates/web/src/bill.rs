//! What an order or invoice comes to, as pages show it.

use mailkeep_policy::Shown;
use mailkeep_types::Money;
use serde::Serialize;

use crate::samples::usd;

/// Lines and sums.
#[derive(Debug, Clone, Serialize)]
pub struct Bill {
    /// The lines.
    pub lines: Vec<BillLine>,
    /// The sum before tax.
    pub net: Money,
    /// What the tax is called; empty where there is none.
    pub tax_name: Shown<String>,
    /// The tax.
    pub tax: Money,
    /// What is to be paid.
    pub total: Money,
}

/// One line.
#[derive(Debug, Clone, Serialize)]
pub struct BillLine {
    /// The plan.
    pub name: Shown<String>,
    /// How many, for which domain, for how long.
    pub text: Shown<String>,
    /// The amount before tax.
    pub amount: Money,
}

impl BillLine {
    /// The line without its amount, for lists.
    pub fn in_one(&self) -> Shown<String> {
        self.name.join(&self.text, |name, text| format!("{name}: {text}"))
    }
}

impl Bill {
    /// Five mailboxes for a year.
    pub fn sample() -> Self {
        Bill {
            lines: vec![BillLine {
                name: "Business".into(),
                text: "5 mailboxes for larkspur-books.example, yearly".into(),
                amount: usd(36_000),
            }],
            net: usd(36_000),
            tax_name: "Sales tax 8.25 %".into(),
            tax: usd(2_970),
            total: usd(38_970),
        }
    }
}
