//! Recording a transfer: too little pays a part, too much becomes credit on the account.

use jiff::civil::Date;
use mailkeep_types::{InvoiceId, Money, StaffId, new_uuid};

use super::store;
use crate::commerce::Commerce;
use crate::credits::{self, CreditKind};
use crate::error::CommerceError;
use crate::services::block;
use crate::{invoices, journal, notices};

/// A transfer as staff read it from the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTransfer {
    /// The number of the invoice that the payer named.
    pub invoice_number: String,
    /// The amount, in minor units of the invoice's currency.
    pub amount_minor: i64,
    /// The day on which it came in.
    pub received_on: Date,
    /// What names the line of the statement, so that it is not recorded twice.
    pub statement_line: String,
}

/// What recording came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// The invoice.
    pub invoice: InvoiceId,
    /// What it paid.
    pub paid: Money,
    /// What is still owed.
    pub open: Money,
    /// What became credit on the account.
    pub credited: Money,
}

impl Commerce {
    /// Records a transfer.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for a number that no invoice has, an amount that is none, or a line of the statement that
    /// was recorded before.
    pub async fn record_transfer(
        &self,
        staff: StaffId,
        transfer: NewTransfer,
    ) -> Result<Recorded, CommerceError> {
        if transfer.amount_minor <= 0 {
            return Err(CommerceError::invalid("amount", "write the amount that came in"));
        }
        if transfer.statement_line.trim().is_empty() {
            return Err(CommerceError::invalid(
                "statement_line",
                "write what names the line of the statement",
            ));
        }
        let (id, entry_id) = (new_uuid(&**self.clock()), new_uuid(&**self.clock()));
        let policy = self.policy().clone();
        self.write(move |tx| {
            let invoice = invoices::store::by_number(tx, transfer.invoice_number.trim())?
                .ok_or_else(|| CommerceError::invalid("invoice_number", "no invoice has this number"))?;
            if transfer.received_on < invoice.issued_on {
                let message = "the invoice is newer than the transfer; look at the date again";
                return Err(CommerceError::invalid("received_on", message));
            }
            let amount = Money::new(transfer.amount_minor, invoice.currency);
            let paid = Money::new(amount.minor.min(invoice.open_minor), invoice.currency);
            let over = Money::new(amount.minor - paid.minor, invoice.currency);
            if !store::insert(tx, id, &invoice, &transfer, paid.minor, staff)? {
                let message = "this line of the statement is recorded already";
                return Err(CommerceError::invalid("statement_line", message));
            }
            if paid.minor > 0 && !invoices::store::add_payment(tx, invoice.id, paid.minor)? {
                return Err(CommerceError::Stored("payment of more than is owed"));
            }
            if over.minor > 0 {
                credits::store::insert(tx, id, invoice.customer, CreditKind::Overpaid, id, over)?;
            }
            let on = transfer.received_on;
            let entry = journal::entry::transfer_received(id, invoice.customer, on, amount, over.minor);
            journal::store::book(tx, entry_id, &entry)?;
            block::lift_paid(tx, invoice.id)?;
            let after = invoices::store::find(tx, invoice.id)?.ok_or(CommerceError::NotFound("invoice"))?;
            if let Some(person) = invoices::store::person(tx, invoice.id)? {
                let template = "commerce/payment_received";
                notices::invoice(tx, &policy, template, person, &after, amount, &id.to_string())?;
            }
            Ok(Recorded { invoice: invoice.id, paid, open: after.open(), credited: over })
        })
        .await
    }
}
