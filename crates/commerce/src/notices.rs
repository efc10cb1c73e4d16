//! What customers are told, through the outbound message gate: all of the class `account`.

use mailkeep_policy::{MessageClass, Notice, Policy, Subject};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{Money, PersonId};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::CommerceError;
use crate::orders::Order;

fn send(
    tx: &mut Tx<'_>,
    policy: &Policy,
    template: &'static str,
    person: PersonId,
    unique_key: String,
    context: Value,
) -> Result<(), CommerceError> {
    let notice = Notice {
        class: MessageClass::Account,
        template,
        subject: Subject::person(person),
        topic: None,
        to: None,
        unique_key,
        context,
    };
    policy.outbound().send(tx, &notice)?;
    Ok(())
}

/// Something happened to an order. The context has `order_number`, `total` and `status_sentence`.
pub(crate) fn order(
    tx: &mut Tx<'_>,
    policy: &Policy,
    template: &'static str,
    order: &Order,
) -> Result<(), CommerceError> {
    // A declined card may come more than once for an order; everything else happens once.
    let occasion = match template {
        "commerce/payment_failed" => tx.now().as_micros(),
        _ => 0,
    };
    let context = json!({
        "order_number": order.number,
        "order_id": order.id,
        "total": order.total().to_string(),
    });
    send(tx, policy, template, order.person, format!("{template}:{}:{occasion}", order.id), context)
}

/// A reviewer asks something. The context has the `question`.
pub(crate) fn order_question(
    tx: &mut Tx<'_>,
    policy: &Policy,
    order: &Order,
    id: Uuid,
    question: &str,
) -> Result<(), CommerceError> {
    let template = "commerce/order_question";
    let context = json!({ "order_number": order.number, "order_id": order.id, "question": question });
    send(tx, policy, template, order.person, format!("{template}:{id}"), context)
}

/// Something happened to an invoice. The context has `invoice_number`, `amount` and `due_on`.
pub(crate) fn invoice(
    tx: &mut Tx<'_>,
    policy: &Policy,
    template: &'static str,
    person: PersonId,
    invoice: &crate::invoices::Invoice,
    amount: Money,
    occasion: &str,
) -> Result<(), CommerceError> {
    let context = json!({
        "invoice_number": invoice.number,
        "invoice_id": invoice.id,
        "amount": amount.to_string(),
        "due_on": invoice.due_on.to_string(),
    });
    send(tx, policy, template, person, format!("{template}:{}:{occasion}", invoice.id), context)
}

/// A service ends. The context has `domain` and `ends_on`.
pub(crate) fn service_cancelled(
    tx: &mut Tx<'_>,
    policy: &Policy,
    subscription: &crate::subscriptions::Subscription,
    domains: &[String],
) -> Result<(), CommerceError> {
    let template = "commerce/service_cancelled";
    let context = json!({ "domains": domains, "ends_on": subscription.next_on.to_string() });
    let key = format!("{template}:{}:{}", subscription.id, tx.now().as_micros());
    send(tx, policy, template, subscription.person, key, context)
}
