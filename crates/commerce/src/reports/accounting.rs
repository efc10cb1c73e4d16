//! The journal for an accountant's books: one row for each line of each entry (RFC 4180), in the order of the days.
//!
//! Columns: `date` (ISO 8601), `entry` (the identifier that the lines of an entry share), `kind` (what happened), `account`,
//! `debit` and `credit` (one of them is empty; in units of the currency), `currency` (ISO 4217), `document` (the number of the
//! invoice or credit note; empty where there is none). The lines of an entry sum to zero, so those of any span of days do.

use jiff::civil::Date;
use mailkeep_types::{Currency, Money};
use uuid::Uuid;

use super::store;
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// The names of the columns.
pub const COLUMNS: &str = "date,entry,kind,account,debit,credit,currency,document\r\n";

/// One line of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportLine {
    /// The local date of the event.
    pub on: Date,
    /// The entry.
    pub entry: Uuid,
    /// What happened.
    pub kind: String,
    /// The account.
    pub account: String,
    /// Debit positive, credit negative.
    pub amount: Money,
    /// The number of the invoice or credit note.
    pub document: Option<String>,
}

impl ExportLine {
    /// The row of the file.
    pub fn row(&self) -> String {
        let amount = |minor: i64, currency: Currency| {
            let text = Money::new(minor, currency).to_string();
            text.split(' ').next().unwrap_or_default().to_owned()
        };
        let currency = self.amount.currency;
        let (debit, credit) = match self.amount.minor {
            minor if minor >= 0 => (amount(minor, currency), String::new()),
            minor => (String::new(), amount(minor.saturating_neg(), currency)),
        };
        let (entry, document) = (self.entry.simple(), self.document.as_deref().unwrap_or_default());
        // Words of ours, numbers and dates: nothing in it needs quotes.
        format!(
            "{},{entry},{},{},{debit},{credit},{},{document}\r\n",
            self.on,
            self.kind,
            self.account,
            currency.code()
        )
    }
}

/// Where a page of the export ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// The day of the last entry.
    pub on: Date,
    /// The last entry.
    pub entry: Uuid,
}

/// What moved on an account in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSum {
    /// The account.
    pub account: String,
    /// The currency.
    pub currency: Currency,
    /// All debits.
    pub debit_minor: i64,
    /// All credits, as a positive amount.
    pub credit_minor: i64,
}

impl Commerce {
    /// What moved on each account from a day until before another; debits and credits of a currency are equal.
    pub async fn account_sums(&self, from: Date, until: Date) -> Result<Vec<AccountSum>, CommerceError> {
        self.read(move |tx| store::account_sums(tx, from, until)).await
    }

    /// A page of the journal from a day until before another: the lines of the next `entries` entries after the one named. Empty at
    /// the end. An entry is never cut in two.
    pub async fn export_journal(
        &self,
        from: Date,
        until: Date,
        after: Option<After>,
        entries: u32,
    ) -> Result<Vec<ExportLine>, CommerceError> {
        self.read(move |tx| store::export(tx, from, until, after, entries)).await
    }
}
