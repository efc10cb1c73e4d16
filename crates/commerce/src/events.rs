//! What programs are told, in the transaction in which it happens: identifiers, states and amounts.
//!
//! Money is told of where it is booked, so that no way of it can be forgotten; orders and subscriptions where they move.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, Money, OrderId, PaymentAttemptId, SubscriptionId};
use mailkeep_webhooks::events::{Event, EventKind, emit};
use serde_json::{Value, json};

use crate::journal::{Account, Entry};
use crate::orders::OrderStatus;

fn amount(money: Money) -> Value {
    json!({ "currency": money.currency.code(), "minor": money.minor })
}

/// An entry was booked.
pub(crate) fn booked(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), SqlError> {
    let (kind, account) = match entry.kind {
        "invoice_issued" => (EventKind::InvoiceIssued, Account::Receivable),
        "credit_note_issued" => (EventKind::CreditNoteIssued, Account::Receivable),
        "payment_received" => (EventKind::PaymentSucceeded, Account::Processor),
        "transfer_received" => (EventKind::PaymentSucceeded, Account::Bank),
        "refund_begun" => (EventKind::RefundStarted, Account::RefundsDue),
        "refund_paid" => (EventKind::RefundPaid, Account::RefundsDue),
        "refund_failed" => (EventKind::RefundFailed, Account::RefundsDue),
        "chargeback" => (EventKind::DisputeOpened, Account::Disputed),
        "chargeback_reversed" => (EventKind::DisputeWon, Account::Disputed),
        "chargeback_lost" => (EventKind::DisputeLost, Account::Disputed),
        _ => return Ok(()),
    };
    let minor = entry.lines.iter().find(|line| line.account == account).map_or(0, |line| line.amount_minor);
    let data = json!({
        "id": entry.subject.to_string(),
        "amount": amount(Money::new(minor.abs(), entry.currency)),
        "on": entry.booked_on.to_string(),
    });
    emit(tx, &Event { kind, customer: entry.customer, data })
}

/// A payment was declined.
pub(crate) fn payment_failed(
    tx: &mut Tx<'_>,
    id: PaymentAttemptId,
    customer: CustomerId,
    money: Money,
    code: &str,
) -> Result<(), SqlError> {
    let data = json!({ "id": id.to_string(), "amount": amount(money), "decline_code": code });
    emit(tx, &Event { kind: EventKind::PaymentFailed, customer, data })
}

/// An order was placed, or came to its end.
pub(crate) fn order(
    tx: &mut Tx<'_>,
    id: OrderId,
    customer: CustomerId,
    status: OrderStatus,
) -> Result<(), SqlError> {
    let kind = match status {
        OrderStatus::Placed => EventKind::OrderPlaced,
        OrderStatus::Fulfilled => EventKind::OrderFulfilled,
        OrderStatus::Refused => EventKind::OrderRefused,
        _ => return Ok(()),
    };
    emit(tx, &Event { kind, customer, data: json!({ "id": id.to_string(), "status": status.word() }) })
}

/// Something happened to a subscription.
pub(crate) fn subscription(
    tx: &mut Tx<'_>,
    id: SubscriptionId,
    customer: CustomerId,
    kind: EventKind,
) -> Result<(), SqlError> {
    emit(tx, &Event { kind, customer, data: json!({ "id": id.to_string() }) })
}
