//! Statements: what a customer owed at the beginning of a period, what moved it, and what they owe at its end. Read from the
//! journal, so that a statement cannot differ from the books; as a document it bears the name and address that stand on the
//! newest invoice of the time, so that one of a time that is over is the same whenever it is drawn.

mod sheet;
pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_policy::{Actor, Fact, Shown};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{Currency, CustomerId, InvoiceId};
use std::sync::Arc;

use crate::commerce::Commerce;
use crate::error::CommerceError;

/// How many movements a statement lists; what is beyond stands in it as one sum.
const MOST: i64 = 2_000;

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
    /// What happened, as the journal names it, e.g. `invoice_issued`; `further` for all that is not listed.
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

fn read(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    currency: Currency,
    (from, until): (Date, Date),
    most: i64,
) -> Result<Statement, CommerceError> {
    let opening_minor = store::owed_before(tx, customer, currency, from)?;
    let closing_minor = store::owed_before(tx, customer, currency, until)?;
    let mut movements = store::movements(tx, customer, currency, (from, until), most)?;
    let mut balance = opening_minor;
    for movement in &mut movements {
        balance += movement.amount_minor;
        movement.balance_minor = balance;
    }
    if balance != closing_minor {
        movements.push(Movement {
            on: until.yesterday().unwrap_or(until),
            kind: "further".to_owned(),
            number: None,
            invoice: None,
            amount_minor: closing_minor - balance,
            balance_minor: closing_minor,
        });
    }
    Ok(Statement { currency, opening_minor, movements, closing_minor })
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
            let currencies = store::currencies(tx, customer)?;
            currencies.into_iter().map(|currency| read(tx, customer, currency, (from, until), MOST)).collect()
        })
        .await
    }

    /// The statements of a customer for a period as a document.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the fact does not let the actor read the newest invoice of the time.
    pub async fn statement_pdf(
        &self,
        actor: Actor,
        fact: Fact,
        customer: CustomerId,
        (from, until): (Date, Date),
    ) -> Result<Shown<Vec<u8>>, CommerceError> {
        let statements = self.statement(customer, from, until).await?;
        let newest = self.read(move |tx| Ok(store::newest_invoice(tx, customer, until)?)).await?;
        let letterhead = self.letterhead(actor, fact, customer, newest).await?;
        let period = Shown::from(Arc::new(sheet::Period { from, until, statements }));
        let drawn = letterhead.join(&period, |letterhead, period| sheet::render(letterhead, period).ok());
        drawn
            .maybe(Clone::clone)
            .ok_or_else(|| CommerceError::Render("the statement cannot be drawn".to_owned()))
    }
}
