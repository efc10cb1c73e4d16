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
    /// What came by bank transfer.
    Bank,
    /// What we owe customers as credit on their account.
    AccountCredit,
    /// Credit that is on its way back to a card.
    RefundsDue,
    /// What a new card was charged to see that it works, until it is given back.
    CardChecks,
    /// What we bear ourselves: payments lost to disputes, cover for misused cards.
    Losses,
}

impl Account {
    /// Every account, in the order of reports.
    pub const ALL: [Account; 10] = [
        Account::Processor,
        Account::Bank,
        Account::Receivable,
        Account::Disputed,
        Account::AccountCredit,
        Account::RefundsDue,
        Account::CardChecks,
        Account::TaxPayable,
        Account::Revenue,
        Account::Losses,
    ];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Account::Receivable => "receivable",
            Account::Processor => "processor",
            Account::Revenue => "revenue",
            Account::TaxPayable => "tax_payable",
            Account::Disputed => "disputed",
            Account::Bank => "bank",
            Account::AccountCredit => "account_credit",
            Account::RefundsDue => "refunds_due",
            Account::CardChecks => "card_checks",
            Account::Losses => "losses",
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
    /// The invoice, payment attempt, credit note, dispute or other thing that is booked.
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
