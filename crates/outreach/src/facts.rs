//! What this crate tells the policy: its tables, who answered a survey, where a subscriber's address stands, and by which hash it is found.

use mailkeep_policy::outbound::{Channel, StoredAddress};
use mailkeep_policy::{Actor, Fact, FactKind, Policy, Subject};

use crate::records::RECORDS;
use crate::{subscribers, surveys};

/// Registers everything.
pub(crate) fn register(policy: &Policy) {
    policy.register_records(RECORDS);
    policy.register_fact(FactKind::SurveyAnswered, |tx, claim| {
        match (claim.fact, claim.actor, claim.subject) {
            (Fact::SurveyAnswered(id), Actor::Staff(_), Subject::Person(person)) => {
                surveys::store::is_answer_of(tx, id, person)
            }
            _ => Ok(false),
        }
    });
    policy.register_addresses(|tx, subject| {
        let Subject::Subscriber(id) = subject else { return Ok(None) };
        let sealed = subscribers::store::email(tx, id)?;
        Ok(sealed.map(|sealed| StoredAddress {
            subject,
            place: subscribers::email_place(id),
            sealed,
            language: None,
        }))
    });
    policy.register_reach(|tx, subject| {
        let Subject::Subscriber(id) = subject else { return Ok(Vec::new()) };
        let hash = subscribers::store::email_lookup(tx, id)?;
        Ok(hash.map(|hash| (Channel::Email, hash)).into_iter().collect())
    });
}
