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

/// A payment attempt succeeded: the processor holds the money, the customer owes less. What is over, since somebody else
/// paid meanwhile, is credit on their account.
pub fn payment_received(
    attempt: Uuid,
    customer: CustomerId,
    on: Date,
    amount: Money,
    over_minor: i64,
) -> Entry {
    let lines = [
        (Account::Processor, amount.minor),
        (Account::Receivable, over_minor - amount.minor),
        (Account::AccountCredit, -over_minor),
    ];
    entry("payment_received", attempt, customer, on, amount.currency, &lines)
}

/// A bank transfer came in: the customer owes less, and what is over is credit on their account.
pub fn transfer_received(
    transfer: Uuid,
    customer: CustomerId,
    on: Date,
    amount: Money,
    over_minor: i64,
) -> Entry {
    let lines = [
        (Account::Bank, amount.minor),
        (Account::Receivable, over_minor - amount.minor),
        (Account::AccountCredit, -over_minor),
    ];
    entry("transfer_received", transfer, customer, on, amount.currency, &lines)
}

/// A credit note took off what was paid already: we owe the customer that much.
pub fn paid_part_credited(note: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::Receivable, amount.minor), (Account::AccountCredit, -amount.minor)];
    entry("paid_part_credited", note, customer, on, amount.currency, &lines)
}

/// Credit on the account pays for an invoice.
pub fn credit_applied(credit: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::AccountCredit, amount.minor), (Account::Receivable, -amount.minor)];
    entry("credit_applied", credit, customer, on, amount.currency, &lines)
}

/// We bear a loss of the customer, e.g. of a misused card: credit on their account.
pub fn cover_granted(case: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::Losses, amount.minor), (Account::AccountCredit, -amount.minor)];
    entry("cover_granted", case, customer, on, amount.currency, &lines)
}

/// Staff gave credit for which nothing was paid, or took it back with a minus: we bear it.
pub fn credit_granted(grant: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::Losses, amount.minor), (Account::AccountCredit, -amount.minor)];
    let kind = if amount.minor > 0 { "credit_granted" } else { "credit_taken_back" };
    entry(kind, grant, customer, on, amount.currency, &lines)
}

/// Credit is on its way back to a card.
pub fn refund_begun(refund: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::AccountCredit, amount.minor), (Account::RefundsDue, -amount.minor)];
    entry("refund_begun", refund, customer, on, amount.currency, &lines)
}

/// The processor gave the money back.
pub fn refund_paid(refund: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::RefundsDue, amount.minor), (Account::Processor, -amount.minor)];
    entry("refund_paid", refund, customer, on, amount.currency, &lines)
}

/// The processor could not give the money back: it is credit again.
pub fn refund_failed(refund: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::RefundsDue, amount.minor), (Account::AccountCredit, -amount.minor)];
    entry("refund_failed", refund, customer, on, amount.currency, &lines)
}

/// A new card was charged a little to see that it works.
pub fn card_checked(attempt: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::Processor, amount.minor), (Account::CardChecks, -amount.minor)];
    entry("card_checked", attempt, customer, on, amount.currency, &lines)
}

/// What a new card was charged was given back.
pub fn card_check_returned(attempt: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::CardChecks, amount.minor), (Account::Processor, -amount.minor)];
    entry("card_check_returned", attempt, customer, on, amount.currency, &lines)
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

/// A bank took a payment back: the amount stands apart while it is disputed.
pub fn chargeback(dispute: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::Disputed, amount.minor), (Account::Processor, -amount.minor)];
    entry("chargeback", dispute, customer, on, amount.currency, &lines)
}

/// The bank decided for us: the processor has the money again.
pub fn chargeback_reversed(dispute: Uuid, customer: CustomerId, on: Date, amount: Money) -> Entry {
    let lines = [(Account::Processor, amount.minor), (Account::Disputed, -amount.minor)];
    entry("chargeback_reversed", dispute, customer, on, amount.currency, &lines)
}

/// The bank decided against us: the customer owes `owed_minor` of it again, and we bear the rest.
pub fn chargeback_lost(
    dispute: Uuid,
    customer: CustomerId,
    on: Date,
    amount: Money,
    owed_minor: i64,
) -> Entry {
    let lines = [
        (Account::Receivable, owed_minor),
        (Account::Losses, amount.minor - owed_minor),
        (Account::Disputed, -amount.minor),
    ];
    entry("chargeback_lost", dispute, customer, on, amount.currency, &lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_entry_sums_to_zero(
            net in -1_000_000_000i64..1_000_000_000,
            tax in -1_000_000i64..1_000_000,
            over in 0i64..1_000_000,
        ) {
            let (id, customer) = (Uuid::nil(), CustomerId::from_uuid(Uuid::nil()));
            let on = Date::new(2026, 3, 1).unwrap();
            let amount = Money::new(net, Currency::USD);
            for entry in [
                invoice_issued(id, customer, on, Currency::USD, net, tax),
                credit_note_issued(id, customer, on, Currency::USD, net, tax),
                payment_received(id, customer, on, amount, over),
                transfer_received(id, customer, on, amount, over),
                paid_part_credited(id, customer, on, amount),
                credit_applied(id, customer, on, amount),
                cover_granted(id, customer, on, amount),
                credit_granted(id, customer, on, amount),
                refund_begun(id, customer, on, amount),
                refund_paid(id, customer, on, amount),
                refund_failed(id, customer, on, amount),
                card_checked(id, customer, on, amount),
                card_check_returned(id, customer, on, amount),
                chargeback(id, customer, on, amount),
                chargeback_reversed(id, customer, on, amount),
                chargeback_lost(id, customer, on, amount, over),
            ] {
                prop_assert!(entry.is_balanced(), "{:?}", entry);
            }
        }
    }
}
