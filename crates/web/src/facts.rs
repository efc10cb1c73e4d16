//! The one fact that two domains make together: a person administers a mailbox when their living session belongs to
//! somebody with a role at the customer whose domain the mailbox is in.

use mailkeep_identity::{ContactRole, Principal, customers, sessions};
use mailkeep_mailbox::mailboxes;
use mailkeep_policy::{Actor, Claim, Fact, FactKind, Policy, Subject};
use mailkeep_storage::sql::{SqlError, Tx};

/// Tells the policy's gate how the fact is looked up.
pub fn register(policy: &Policy) {
    policy.register_fact(FactKind::ManagedMailbox, manages);
}

fn manages(tx: &mut Tx<'_>, claim: &Claim) -> Result<bool, SqlError> {
    let (Fact::ManagedMailbox(session), Actor::Person(person), Subject::Mailbox(mailbox)) =
        (claim.fact, claim.actor, claim.subject)
    else {
        return Ok(false);
    };
    if sessions::living_holder(tx, session)? != Some(Principal::Person(person)) {
        return Ok(false);
    }
    let Some(customer) = mailboxes::customer_of(tx, mailbox)? else { return Ok(false) };
    let roles = customers::roles_of(tx, customer, person)?;
    // Whoever may look sees addresses; what each role may change is the route's permission.
    let looking = [ContactRole::Owner, ContactRole::Technical, ContactRole::Billing, ContactRole::ReadOnly];
    Ok(roles.is_some_and(|roles| roles.any_of(&looking)))
}
