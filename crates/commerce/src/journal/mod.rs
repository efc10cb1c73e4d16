//! The journal: double entry, immutable, each business event booked once.
//!
//! Amounts are signed: debits are positive, credits negative; the lines of an entry sum to zero in each currency.
//! [`entry`] builds the entries of this crate, so that which accounts move is written in one place.

pub mod check;
pub mod entry;
pub mod store;

use jiff::civil::Date;
use mailkeep_types::{Currency, CustomerId};
use uuid::Uuid;

/// The accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// What customers owe.
    Receivable,
    /// What the processor collected and has not paid out.
    Processor,
    /// What was sold, without tax.
    Revenue,
    /// Tax that is owed to the state.
    TaxPayable,
    /// Amounts that a bank took back and that are disputed.
    Disputed,
}

impl Account {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Account::Receivable => "receivable",
            Account::Processor => "processor",
            Account::Revenue => "revenue",
            Account::TaxPayable => "tax_payable",
            Account::Disputed => "disputed",
        }
    }
}

/// One line of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The account.
    pub account: Account,
    /// Debit positive, credit negative, in minor units.
    pub amount_minor: i64,
}

/// One business event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What happened, e.g. `invoice_issued`.
    pub kind: &'static str,
    /// The invoice, payment attempt or credit note that is booked.
    pub subject: Uuid,
    /// Whose account it moves.
    pub customer: CustomerId,
    /// The local date of the event.
    pub booked_on: Date,
    /// The currency of all lines.
    pub currency: Currency,
    /// The lines.
    pub lines: Vec<Line>,
}

impl Entry {
    /// True when debits and credits are equal.
    pub fn is_balanced(&self) -> bool {
        self.lines.iter().map(|line| i128::from(line.amount_minor)).sum::<i128>() == 0
    }
}
