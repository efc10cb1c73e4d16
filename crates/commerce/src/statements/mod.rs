//! Statements: what a customer owed at the beginning of a period, what moved it, and what they owe at its end. Read from the
//! journal, so that a statement cannot differ from the books.

pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_types::{Currency, CustomerId, InvoiceId};

use crate::commerce::Commerce;
use crate::error::CommerceError;

/// A statement in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The currency.
    pub currency: Currency,
    /// What was owed before the first day; a minus is credit.
    pub opening_minor: i64,
    /// What moved it, in the order of the days.
    pub movements: Vec<Movement>,
    /// What was owed after the last day.
    pub closing_minor: i64,
}

/// One movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The local date.
    pub on: Date,
    /// What happened, as the journal names it, e.g. `invoice_issued`.
    pub kind: String,
    /// The number of the invoice or credit note, also of the invoice that was paid.
    pub number: Option<String>,
    /// The invoice to look at.
    pub invoice: Option<InvoiceId>,
    /// What it added to what is owed; a minus took off.
    pub amount_minor: i64,
    /// What was owed after it.
    pub balance_minor: i64,
}

impl Commerce {
    /// The statements of a customer from a day until before another, one for each currency.
    pub async fn statement(
        &self,
        customer: CustomerId,
        from: Date,
        until: Date,
    ) -> Result<Vec<Statement>, CommerceError> {
        self.read(move |tx| {
            let mut statements = Vec::new();
            for currency in store::currencies(tx, customer)? {
                let opening_minor = store::owed_before(tx, customer, currency, from)?;
                let mut movements = store::movements(tx, customer, currency, from, until)?;
                let mut balance = opening_minor;
                for movement in &mut movements {
                    balance += movement.amount_minor;
                    movement.balance_minor = balance;
                }
                statements.push(Statement { currency, opening_minor, movements, closing_minor: balance });
            }
            Ok(statements)
        })
        .await
    }
}
