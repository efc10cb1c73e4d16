//! What customers are told, through the outbound message gate: all of the class `account`.

use mailkeep_policy::{MessageClass, Notice, Policy, Subject};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{Money, PersonId};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::CommerceError;
use crate::orders::Order;

/// Something comes besides.
pub(crate) const ADD_ON_ADDED: &str = "commerce/add_on_added";
/// Something goes that was had besides.
pub(crate) const ADD_ON_REMOVED: &str = "commerce/add_on_removed";

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

/// The code by which an applicant shows that the mail address is theirs. The context has the `code`.
pub(crate) fn order_code(
    tx: &mut Tx<'_>,
    policy: &Policy,
    order: &Order,
    id: Uuid,
    code: &str,
) -> Result<(), CommerceError> {
    let template = "commerce/order_code";
    let context = json!({ "order_number": order.number, "order_id": order.id, "code": code });
    send(tx, policy, template, order.person, format!("{template}:{id}"), context)
}

/// An appeal was answered. The context has the `answer`.
pub(crate) fn appeal_answered(
    tx: &mut Tx<'_>,
    policy: &Policy,
    order: &Order,
    id: Uuid,
    answer: &str,
) -> Result<(), CommerceError> {
    let template = "commerce/order_appeal_answered";
    let context = json!({ "order_number": order.number, "order_id": order.id, "answer": answer });
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
    ends_on: jiff::civil::Date,
) -> Result<(), CommerceError> {
    let template = "commerce/service_cancelled";
    let context = json!({ "domains": domains, "ends_on": ends_on.to_string() });
    let key = format!("{template}:{}:{}", subscription.id, tx.now().as_micros());
    send(tx, policy, template, subscription.person, key, context)
}

/// What a preview says.
pub(crate) struct Preview<'a> {
    /// The subscription.
    pub subscription: &'a crate::subscriptions::Subscription,
    /// Its domains.
    pub domains: &'a [String],
    /// The day of the invoice.
    pub invoice_on: jiff::civil::Date,
    /// Mailboxes that were billed before.
    pub mailboxes_before: u32,
    /// Mailboxes that were counted.
    pub mailboxes: u32,
    /// What it comes to before tax.
    pub net: Money,
}

/// The first count found a change. The context has `domains`, `mailboxes_before`, `mailboxes`, `amount` and `invoice_on`.
pub(crate) fn billing_preview(
    tx: &mut Tx<'_>,
    policy: &Policy,
    preview: &Preview<'_>,
) -> Result<(), CommerceError> {
    let template = "commerce/billing_preview";
    let context = json!({
        "domains": preview.domains,
        "mailboxes_before": preview.mailboxes_before,
        "mailboxes_counted": preview.mailboxes,
        "amount_before_tax": preview.net.to_string(),
        "invoice_on": preview.invoice_on.to_string(),
        "subscription_id": preview.subscription.id,
    });
    let key = format!("{template}:{}:{}", preview.subscription.id, preview.invoice_on);
    send(tx, policy, template, preview.subscription.person, key, context)
}

/// The plan, the term or the number of mailboxes changes. The context has `domains`, `plan` and `effective_on`.
pub(crate) fn plan_changed(
    tx: &mut Tx<'_>,
    policy: &Policy,
    subscription: &crate::subscriptions::Subscription,
    domains: &[String],
    plan: &str,
    effective_on: jiff::civil::Date,
    change: Uuid,
) -> Result<(), CommerceError> {
    let template = "commerce/plan_changed";
    let context = json!({ "domains": domains, "plan": plan, "effective_on": effective_on.to_string() });
    send(tx, policy, template, subscription.person, format!("{template}:{change}"), context)
}

/// Something comes besides, or goes. The context has `domains`, `add_on`, and `effective_on` or `ends_on`.
pub(crate) fn add_on(
    tx: &mut Tx<'_>,
    policy: &Policy,
    template: &'static str,
    subscription: &crate::subscriptions::Subscription,
    domains: &[String],
    name: &str,
    on: jiff::civil::Date,
) -> Result<(), CommerceError> {
    let day = if template == ADD_ON_REMOVED { "ends_on" } else { "effective_on" };
    let context = json!({ "domains": domains, "add_on": name, day: on.to_string() });
    let key = format!("{template}:{}:{name}:{}", subscription.id, tx.now().as_micros());
    send(tx, policy, template, subscription.person, key, context)
}

/// A service is paused. The context has `domains` and `delete_on`.
pub(crate) fn service_paused(
    tx: &mut Tx<'_>,
    policy: &Policy,
    subscription: &crate::subscriptions::Subscription,
    domains: &[String],
    delete_on: jiff::civil::Date,
) -> Result<(), CommerceError> {
    let template = "commerce/service_paused";
    let context = json!({ "domains": domains, "delete_on": delete_on.to_string() });
    let key = format!("{template}:{}:{delete_on}", subscription.id);
    send(tx, policy, template, subscription.person, key, context)
}

/// The mail of a service is deleted. The context has `domains` and `restore_until`.
pub(crate) fn service_deleted(
    tx: &mut Tx<'_>,
    policy: &Policy,
    subscription: &crate::subscriptions::Subscription,
    domains: &[String],
    restore_until: jiff::civil::Date,
) -> Result<(), CommerceError> {
    let template = "commerce/service_deleted";
    let context = json!({ "domains": domains, "restore_until": restore_until.to_string() });
    let key = format!("{template}:{}:{restore_until}", subscription.id);
    send(tx, policy, template, subscription.person, key, context)
}

/// What a subscription is told of a new price.
pub(crate) struct PriceTold {
    /// The plan's name.
    pub plan: String,
    /// The domains.
    pub domains: Vec<String>,
    /// What a period costs now, without tax.
    pub old: Money,
    /// What it will cost.
    pub new: Money,
    /// From which day on.
    pub on: jiff::civil::Date,
}

/// A price changes. The context has `plan`, `domains`, `old_price`, `new_price` and `effective_on`.
pub(crate) fn price_change(
    tx: &mut Tx<'_>,
    policy: &Policy,
    subscription: &crate::subscriptions::Subscription,
    change: Uuid,
    told: &PriceTold,
) -> Result<(), CommerceError> {
    let template = "commerce/price_change";
    let context = json!({
        "plan": told.plan,
        "domains": told.domains,
        "old_price": told.old.to_string(),
        "new_price": told.new.to_string(),
        "interval": subscription.interval.word(),
        "effective_on": told.on.to_string(),
    });
    send(
        tx,
        policy,
        template,
        subscription.person,
        format!("{template}:{change}:{}", subscription.id),
        context,
    )
}

/// The terms change. The context has `terms_title` and `effective_on`.
pub(crate) fn terms_changed(
    tx: &mut Tx<'_>,
    policy: &Policy,
    person: PersonId,
    terms: &crate::terms::TermsVersion,
) -> Result<(), CommerceError> {
    let template = "commerce/terms_changed";
    let context = json!({ "terms_title": terms.title, "effective_on": terms.holds_from.to_string() });
    send(tx, policy, template, person, format!("{template}:{}:{person}", terms.id), context)
}

/// A card ends soon that pays for something. The context has `domains` and `expires_on`.
pub(crate) fn card_expiring(
    tx: &mut Tx<'_>,
    policy: &Policy,
    person: PersonId,
    card: mailkeep_types::PaymentMethodId,
    domains: &[String],
    expires_on: jiff::civil::Date,
) -> Result<(), CommerceError> {
    let template = "commerce/card_expiring";
    let context = json!({ "domains": domains, "expires_on": expires_on.to_string() });
    send(tx, policy, template, person, format!("{template}:{card}"), context)
}

/// Credit was given or taken back by staff. The context has the `amount`.
pub(crate) fn credit_granted(
    tx: &mut Tx<'_>,
    policy: &Policy,
    person: PersonId,
    grant: Uuid,
    amount: Money,
) -> Result<(), CommerceError> {
    let template = if amount.minor > 0 { "commerce/credit_granted" } else { "commerce/credit_taken_back" };
    let amount = Money::new(amount.minor.abs(), amount.currency);
    let context = json!({ "amount": amount.to_string() });
    send(tx, policy, template, person, format!("{template}:{grant}"), context)
}

/// A claim for a misused card was decided. The context has the `amount`.
pub(crate) fn cover_decided(
    tx: &mut Tx<'_>,
    policy: &Policy,
    claim: &crate::cover::Claim,
    granted: bool,
) -> Result<(), CommerceError> {
    let template = if granted { "commerce/cover_granted" } else { "commerce/cover_refused" };
    let context = json!({ "amount": claim.amount.to_string() });
    send(tx, policy, template, claim.person, format!("{template}:{}", claim.id), context)
}

/// A step of a hand-over, told to every owner once. The context has `reason` and `cure_until`, `due_on`, or `fetch_until`.
pub(crate) fn hand_over(
    tx: &mut Tx<'_>,
    policy: &Policy,
    template: &'static str,
    owners: &[PersonId],
    id: Uuid,
    context: &Value,
) -> Result<(), CommerceError> {
    for owner in owners {
        send(tx, policy, template, *owner, format!("{template}:{id}:{owner}"), context.clone())?;
    }
    Ok(())
}
