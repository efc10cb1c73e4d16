//! The closed list of events, and how one is told.

use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, new_uuid, words};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::jobs::{DELIVER, EndpointJob};
use crate::{deliveries, endpoints};

words! {
    /// What can happen.
    EventKind {
        /// An order was placed.
        OrderPlaced = "order.placed",
        /// An order is paid, billed and served.
        OrderFulfilled = "order.fulfilled",
        /// An order was refused.
        OrderRefused = "order.refused",
        /// A subscription began.
        SubscriptionStarted = "subscription.started",
        /// Plan, term or number of mailboxes change, now or with the next billing.
        SubscriptionChanged = "subscription.changed",
        /// A subscription shall end.
        SubscriptionCancelled = "subscription.cancelled",
        /// A cancellation was taken back, or an ended subscription taken up again.
        SubscriptionResumed = "subscription.resumed",
        /// A subscription has ended.
        SubscriptionEnded = "subscription.ended",
        /// An invoice was issued.
        InvoiceIssued = "invoice.issued",
        /// A credit note was issued.
        CreditNoteIssued = "credit_note.issued",
        /// A payment came in, by card or by bank.
        PaymentSucceeded = "payment.succeeded",
        /// A payment was declined.
        PaymentFailed = "payment.failed",
        /// Money is on its way back to a card.
        RefundStarted = "refund.started",
        /// Money went back to a card.
        RefundPaid = "refund.paid",
        /// Money could not go back to a card and is credit on the account.
        RefundFailed = "refund.failed",
        /// A bank took a payment back.
        DisputeOpened = "dispute.opened",
        /// A bank decided for us.
        DisputeWon = "dispute.won",
        /// A bank decided against us.
        DisputeLost = "dispute.lost",
        /// A mailbox was made.
        MailboxCreated = "mailbox.created",
        /// The name, quota or state of a mailbox changed.
        MailboxChanged = "mailbox.changed",
        /// Somebody pressed the button that tries an endpoint.
        Test = "webhook.test",
    }
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// To whom.
    pub customer: CustomerId,
    /// What a program must know: `id`, states, amounts. Nothing that a person wrote.
    pub data: Value,
}

/// Tells everybody who wants to know, once the caller's transaction is durable.
///
/// # Errors
/// When the database fails.
pub fn emit(tx: &mut Tx<'_>, event: &Event) -> Result<(), SqlError> {
    let listening = endpoints::store::listening(tx, event.customer, event.kind)?;
    if listening.is_empty() {
        return Ok(());
    }
    let id = write(tx, Some(event.customer), event.kind, event.data.clone())?;
    for endpoint in listening.iter().filter(|endpoint| endpoint.disabled_at.is_none()) {
        send(tx, endpoint.id, id, false)?;
    }
    Ok(())
}

/// Writes the event itself.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    customer: Option<CustomerId>,
    kind: EventKind,
    mut data: Value,
) -> Result<Uuid, SqlError> {
    let now = tx.now();
    if let (Some(fields), Some(customer)) = (data.as_object_mut(), customer) {
        fields.insert("customer".to_owned(), json!(customer.to_string()));
    }
    let payload =
        json!({ "type": kind.word(), "timestamp": now.to_jiff().to_string(), "data": data }).to_string();
    let id = new_uuid(&At(now));
    deliveries::store::insert_event(tx, id, customer, kind, &payload)?;
    Ok(id)
}

/// Puts an event on its way to an endpoint.
pub(crate) fn send(tx: &mut Tx<'_>, endpoint: Uuid, event: Uuid, replayed: bool) -> Result<Uuid, SqlError> {
    let id = new_uuid(&At(tx.now()));
    deliveries::store::insert(tx, id, endpoint, event, replayed)?;
    let job = NewJob::new(DELIVER, &EndpointJob { endpoint_id: endpoint });
    enqueue(tx, job.key(endpoint.to_string()))?;
    Ok(id)
}

/// A clock that stands at the time of a transaction.
#[derive(Debug)]
struct At(mailkeep_types::Timestamp);

impl mailkeep_types::Clock for At {
    fn now(&self) -> mailkeep_types::Timestamp {
        self.0
    }
}
