//! Credit on the account pays first: before a card is charged and before the payer is sent to a page.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{Clock, Money, new_uuid};

use super::{CreditKind, store};
use crate::error::CommerceError;
use crate::invoices::{self, Invoice};
use crate::journal;
use crate::services::block;

/// Pays as much of an invoice as the customer's credit allows; returns the invoice as it stands then.
pub(crate) fn apply_credit(
    tx: &mut Tx<'_>,
    clock: &dyn Clock,
    invoice: Invoice,
    on: Date,
) -> Result<Invoice, CommerceError> {
    let held = store::balance(tx, invoice.customer, invoice.currency)?;
    let minor = held.min(invoice.open_minor);
    if minor <= 0 || !invoices::store::add_payment(tx, invoice.id, minor)? {
        return Ok(invoice);
    }
    let (id, amount) = (new_uuid(clock), Money::new(minor, invoice.currency));
    store::insert(tx, id, invoice.customer, CreditKind::Applied, invoice.id.uuid(), amount.negated())?;
    let entry = journal::entry::credit_applied(id, invoice.customer, on, amount);
    journal::store::book(tx, new_uuid(clock), &entry)?;
    block::lift_paid(tx, invoice.id)?;
    invoices::store::find(tx, invoice.id)?.ok_or(CommerceError::NotFound("invoice"))
}
