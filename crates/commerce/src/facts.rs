//! What commerce knows that justifies a use of personal data.

use mailkeep_policy::{Actor, Claim, Fact, FactKind, Policy, Subject};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, Money};

use crate::records::RECORDS;
use crate::{cover, invoices, orders, payments, screening, subscriptions};

/// Registers columns and fact checks with the policy.
pub(crate) fn register(policy: &Policy, card_cover: Money) {
    policy.register_records(RECORDS);
    policy.register_fact(FactKind::OrderPlaced, |tx, claim| {
        let (Some(customer), Fact::OrderPlaced(order)) = (customer_of(claim), claim.fact) else {
            return Ok(false);
        };
        let person = match claim.actor {
            Actor::Person(person) => Some(person),
            Actor::System(_) => None,
            Actor::Staff(_) | Actor::Mailbox(_) => return Ok(false),
        };
        orders::store::is_undecided(tx, order, customer, person)
    });
    policy.register_fact(FactKind::OrderInReview, |tx, claim| match (customer_of(claim), claim.fact) {
        (Some(customer), Fact::OrderInReview(order)) => orders::store::is_in_review(tx, order, customer),
        _ => Ok(false),
    });
    policy.register_fact(FactKind::OrderScreened, |tx, claim| match (customer_of(claim), claim.fact) {
        (Some(customer), Fact::OrderScreened(order)) if matches!(claim.actor, Actor::System(_)) => {
            screening::store::is_screened(tx, order, customer)
        }
        _ => Ok(false),
    });
    policy.register_fact(FactKind::DueInvoice, |tx, claim| match (customer_of(claim), claim.fact) {
        (Some(customer), Fact::DueInvoice(invoice)) => {
            let by_system = matches!(claim.actor, Actor::System(_));
            invoices::store::is_due_or_being_made(tx, invoice, customer, by_system)
        }
        _ => Ok(false),
    });
    // The stored card may be charged for exactly the subscriptions that its owner named.
    policy.register_fact(FactKind::StandingPermission, |tx, claim| match claim.fact {
        Fact::DueInvoice(invoice) => Ok(payments::store::permitted_for_invoice(tx, invoice)?.is_some()),
        _ => Ok(false),
    });
    policy.register_fact(FactKind::ServiceOrdered, |tx, claim| match (customer_of(claim), claim.fact) {
        (Some(customer), Fact::ServiceOrdered(id)) => subscriptions::store::is_ordered(tx, id, customer),
        _ => Ok(false),
    });
    policy.register_probe("first-order-screened", |tx| {
        Ok(match orders::store::served_unscreened(tx)? {
            0 => Ok(()),
            count => Err(format!("{count} customers are served whose first order was not screened")),
        })
    });
    policy.register_probe("card-cover", move |tx| {
        Ok(match cover::store::broken(tx, card_cover)? {
            0 if card_cover.minor > 0 => Ok(()),
            0 => Err("the configuration covers nothing of a misused card".to_owned()),
            count => {
                Err(format!("{count} claims exceed the cover, or were approved by whoever recorded them"))
            }
        })
    });
    policy.register_probe("card-needs-permission", charged_with_permission);
    policy.register_probe("token-for-recurring", charged_with_permission);
}

/// P44, P45: every charge of a kept card is for a subscription that its owner permitted it for.
fn charged_with_permission(tx: &mut Tx<'_>) -> Result<Result<(), String>, SqlError> {
    Ok(match payments::store::charged_unpermitted(tx)? {
        0 => Ok(()),
        count => Err(format!("{count} charges of a kept card have no permission behind them")),
    })
}

/// Facts of commerce justify uses of a customer's data only.
fn customer_of(claim: &Claim) -> Option<CustomerId> {
    match claim.subject {
        Subject::Customer(id) => Some(id),
        _ => None,
    }
}
