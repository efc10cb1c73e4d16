//! What identity tells the policy's gate: which sessions and sign-ins there are, which roles staff have, and where the
//! address of a subject stands.

use mailkeep_policy::outbound::{Channel, StoredAddress, StoredLanguage};
use mailkeep_policy::{Actor, Claim, Fact, FactKind, Policy, Sealed, Subject};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::PersonId;

use crate::access::StaffRole;
use crate::principal::Principal;
use crate::records::RECORDS;
use crate::{customers, fields, persons, sessions, site_sign_ins, staff};

/// Registers everything with the gate.
pub(crate) fn register(policy: &Policy) {
    policy.register_records(RECORDS);
    policy.register_fact(FactKind::OwnSession, own_session);
    policy.register_fact(FactKind::SignIn, sign_in);
    policy.register_fact(FactKind::SiteConsent, site_consent);
    policy.register_staff_roles(|tx, id| {
        let row = staff::store::find(tx, id)?;
        let roles = row.filter(|row| row.status == staff::StaffStatus::Active).map(|row| row.roles);
        Ok(roles.unwrap_or_default().into_iter().map(StaffRole::policy_role).collect())
    });
    policy.register_addresses(address);
    policy.register_reach(reach);
    policy.register_probe("staff-second-factor", |tx| {
        Ok(match staff::store::without_second_factor(tx)? {
            0 => Ok(()),
            count => Err(format!("{count} active members of staff have no second factor")),
        })
    });
}

/// A living session (or API token) of the person who acts, over their own data or that of a customer of theirs.
fn own_session(tx: &mut Tx<'_>, claim: &Claim) -> Result<bool, SqlError> {
    let (Fact::OwnSession(session), Actor::Person(person)) = (claim.fact, claim.actor) else {
        return Ok(false);
    };
    if sessions::store::living_holder(tx, session)? != Some(Principal::Person(person)) {
        return Ok(false);
    }
    match claim.subject {
        Subject::Person(id) => Ok(id == person),
        Subject::Customer(customer) => {
            Ok(customers::store::roles_of(tx, customer, person)?.is_some_and(|roles| !roles.is_empty()))
        }
        Subject::Mailbox(_) | Subject::Staff(_) | Subject::Subscriber(_) => Ok(false),
    }
}

/// An attempt to sign in that is neither finished nor too old, over the credentials of whom it is for.
fn sign_in(tx: &mut Tx<'_>, claim: &Claim) -> Result<bool, SqlError> {
    let (Fact::SignIn(attempt), Actor::System(_)) = (claim.fact, claim.actor) else { return Ok(false) };
    let open = sessions::store::open_attempt(tx, attempt)?;
    Ok(open.is_some_and(|principal| principal.subject() == claim.subject))
}

/// What the person agreed to pass to a site, while the person is signed in to it.
fn site_consent(tx: &mut Tx<'_>, claim: &Claim) -> Result<bool, SqlError> {
    match (claim.fact, claim.actor, claim.subject) {
        (Fact::SiteConsent(consent), Actor::System(_), Subject::Person(person)) => {
            site_sign_ins::store::stands(tx, consent, person)
        }
        _ => Ok(false),
    }
}

/// By which hashes a person is reached; a customer is reached through the owner who gets its messages.
fn reach(tx: &mut Tx<'_>, subject: Subject) -> Result<Vec<(Channel, [u8; 32])>, SqlError> {
    match reached(tx, subject)? {
        Some(person) => persons::store::lookups(tx, person),
        None => Ok(Vec::new()),
    }
}

/// A customer's messages go to the owner who is contact for the longest time.
fn address(tx: &mut Tx<'_>, subject: Subject) -> Result<Option<StoredAddress>, SqlError> {
    if let Subject::Staff(id) = subject {
        let sealed = staff::proven(tx, id)?;
        return Ok(sealed.map(|sealed| StoredAddress {
            subject,
            place: fields::staff_address(id),
            sealed: Sealed::from_bytes(sealed),
            language: None,
        }));
    }
    let Some(person) = reached(tx, subject)? else { return Ok(None) };
    let found = persons::store::email_and_language(tx, person)?;
    Ok(found.map(|(sealed, language)| StoredAddress {
        subject: Subject::person(person),
        place: fields::person("email", person),
        sealed,
        language: Some(StoredLanguage { place: fields::person("language", person), sealed: language }),
    }))
}

fn reached(tx: &mut Tx<'_>, subject: Subject) -> Result<Option<PersonId>, SqlError> {
    match subject {
        Subject::Person(id) => Ok(Some(id)),
        Subject::Customer(id) => customers::store::first_owner(tx, id),
        Subject::Mailbox(_) | Subject::Staff(_) | Subject::Subscriber(_) => Ok(None),
    }
}
