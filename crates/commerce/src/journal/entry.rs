//! The entries of this crate: which accounts each business event moves.

use jiff::civil::Date;
use mailkeep_types::{Currency, CustomerId, Money};
use uuid::Uuid;

use super::{Account, Entry, Line};

fn entry(
    kind: &'static str,
    subject: Uuid,
    customer: CustomerId,
    booked_on: Date,
    currency: Currency,
    lines: &[(Account, i64)],
) -> Entry {
    let lines = lines
        .iter()
        .filter(|(_, amount_minor)| *amount_minor != 0)
        .map(|(account, amount_minor)| Line { account: *account, amount_minor: *amount_minor })
        .collect();
    Entry { kind, subject, customer, booked_on, currency, lines }
}

/// An invoice is issued: the customer owes its total.
pub fn invoice_issued(
    invoice: Uuid,
    customer: CustomerId,
    on: Date,
    currency: Currency,
    net_minor: i64,
    tax_minor: i64,
) -> Entry {
    let lines = [
        (Account::Receivable, net_minor + tax_minor),
        (Account::Revenue, -net_minor),
        (Account::TaxPayable, -tax_minor),
    ];
    entry("invoice_issued", invoice, customer, on, currency, &lines)
}

/// A payment attempt succeeded: the processor holds the money, the customer owes less.
pub fn payment_received(attempt: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::Processor, amount.minor), (Account::Receivable, -amount.minor)];
    entry("payment_received", attempt, customer, on, amount.currency, &lines)
}

/// A credit note is issued: the customer owes less, and less was sold.
pub fn credit_note_issued(
    note: Uuid,
    customer: CustomerId,
    on: Date,
    currency: Currency,
    net_minor: i64,
    tax_minor: i64,
) -> Entry {
    let lines = [
        (Account::Receivable, -(net_minor + tax_minor)),
        (Account::Revenue, net_minor),
        (Account::TaxPayable, tax_minor),
    ];
    entry("credit_note_issued", note, customer, on, currency, &lines)
}

/// A bank took a payment back: the customer owes it again, and the amount stands apart while it is disputed.
pub fn chargeback(attempt: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::Disputed, amount.minor), (Account::Processor, -amount.minor)];
    entry("chargeback", attempt, customer, on, amount.currency, &lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_entry_sums_to_zero(net in -1_000_000_000i64..1_000_000_000, tax in -1_000_000i64..1_000_000) {
            let (id, customer) = (Uuid::nil(), CustomerId::from_uuid(Uuid::nil()));
            let on = Date::new(2026, 3, 1).unwrap();
            let amount = Money::new(net, Currency::USD);
            for entry in [
                invoice_issued(id, customer, on, Currency::USD, net, tax),
                credit_note_issued(id, customer, on, Currency::USD, net, tax),
                payment_received(id, customer, on, amount),
                chargeback(id, customer, on, amount),
            ] {
                prop_assert!(entry.is_balanced(), "{:?}", entry);
            }
        }
    }
}
