//! Probes that the policy makes of itself, with a subject that exists for the probe alone and whose keys are destroyed
//! afterwards. Each tries what the promise excludes.

use std::collections::HashMap;

use mailkeep_types::{PersonId, StaffId, new_uuid};
use serde_json::json;
use uuid::Uuid;

use super::choosing;
use crate::gate::{Refusal, Use};
use crate::outbound::{Channel, ConsentState, MessageClass, Notice, Sent, set_consent};
use crate::personal::Personal;
use crate::subject::{Actor, Fact, Place, Subject};
use crate::vocabulary::{Act, category, purpose};
use crate::{Policy, break_glass};

type Outcome = Result<(), String>;

/// The outcome of each probe, by the check it stands for.
pub(super) async fn run(policy: &Policy) -> HashMap<String, Outcome> {
    let subject = Subject::person(PersonId::from_uuid(new_uuid(&**policy.clock())));
    let mut outcomes = HashMap::new();
    if let Err(error) = policy.create_key(subject).await {
        outcomes.insert("row-swap".to_owned(), Err(format!("no key can be made: {error}")));
        return outcomes;
    }
    let staff = staff_needs_fact(policy, subject).await;
    outcomes.insert("troubleshoot-needs-ticket".to_owned(), staff.clone());
    outcomes.insert("review-until-decided".to_owned(), staff.clone());
    let seen = match break_glass::unseen(policy).await {
        Ok(cases) if cases.is_empty() => staff,
        Ok(cases) => Err(format!("{} cases of break-glass were not looked at within a day", cases.len())),
        Err(error) => Err(error.to_string()),
    };
    outcomes.insert("staff-needs-fact".to_owned(), seen);
    outcomes.insert("disclosure-grounds".to_owned(), disclosure_needs_ground(policy, subject).await);
    outcomes
        .insert("account-class-always".to_owned(), messages(policy, subject, MessageClass::Account).await);
    outcomes.insert("feedback-opt-out".to_owned(), messages(policy, subject, MessageClass::Feedback).await);
    outcomes.insert("topics-chosen".to_owned(), choosing::topics_chosen(policy, subject).await);
    outcomes.insert("one-click".to_owned(), choosing::one_click(policy, subject).await);
    outcomes.insert("declined-stays".to_owned(), choosing::declined_stays(policy, subject).await);
    // The last one destroys the key of the probe's subject.
    outcomes.insert("row-swap".to_owned(), row_swap(policy, subject).await);
    outcomes
}

/// A value opens in its own place, not in another, and not after the key is destroyed.
async fn row_swap(policy: &Policy, subject: Subject) -> Outcome {
    let place = |row| Place { table: "outbound_messages", column: "context", row: Uuid::from_u128(row) };
    let value: Personal<String, category::Contact> = Personal::new("probe@example.com".to_owned());
    let sealed = policy.seal(subject, place(1), &value).map_err(|error| error.to_string())?;
    if sealed.as_bytes().windows(5).any(|bytes| bytes == b"probe") {
        return Err("a sealed value can be read".to_owned());
    }
    let opens = |place| policy.opens_in(subject, place, &sealed);
    if !opens(place(1)) {
        return Err("a sealed value does not open in its own place".to_owned());
    }
    if opens(place(2)) {
        return Err("a value that was moved to another row opens".to_owned());
    }
    policy.erase(subject).await.map_err(|error| error.to_string())?;
    match opens(place(1)) {
        true => Err("a value opens after its key was destroyed".to_owned()),
        false => Ok(()),
    }
}

/// Nobody opens the probe's data without a fact, whoever they say they are; and the refusal is on record.
async fn staff_needs_fact(policy: &Policy, subject: Subject) -> Outcome {
    let nobody = new_uuid(&**policy.clock());
    let actor = Actor::Staff(StaffId::from_uuid(nobody));
    for fact in [Fact::OpenTicket(nobody), Fact::BreakGlass(nobody)] {
        let asked = Use { actor, subject, act: Act::Read, fields: &["outbound_messages.context"], fact };
        refused(policy.grant::<purpose::Troubleshoot>(asked).await.err())?;
        refused(policy.grant::<purpose::Protect>(asked).await.err())?;
    }
    let recorded = policy.database().read(move |tx| crate::ledger::entries_of(tx, subject)).await;
    match recorded {
        Ok(4..) => Ok(()),
        Ok(count) => Err(format!("of four refusals {count} are on record")),
        Err(error) => Err(error.to_string()),
    }
}

async fn disclosure_needs_ground(policy: &Policy, subject: Subject) -> Outcome {
    let nobody = new_uuid(&**policy.clock());
    let actor = Actor::Staff(StaffId::from_uuid(nobody));
    let fact = Fact::Ground(nobody);
    let asked = Use { actor, subject, act: Act::Disclose, fields: &["outbound_messages.context"], fact };
    refused(policy.grant::<purpose::Comply>(asked).await.err())
}

fn refused(refusal: Option<Refusal>) -> Outcome {
    match refusal {
        Some(Refusal::NotAllowed { .. } | Refusal::Never(_) | Refusal::NotJustified(_) | Refusal::NoRole) => {
            Ok(())
        }
        Some(other) => Err(other.to_string()),
        None => Err("the gate let somebody without a fact through".to_owned()),
    }
}

/// Whoever declined everything gets what is always sent, and nothing else. Rolled back: nothing is sent.
async fn messages(policy: &Policy, subject: Subject, class: MessageClass) -> Outcome {
    let listed = policy.compiled().templates.iter().find(|(_, of)| **of == class);
    let Some(template) = listed.map(|(template, _)| template.clone()) else {
        // A policy file may leave every message of the class out; then none can be sent against anybody's choice.
        return Ok(());
    };
    // The registry of templates is small and lives as long as the program; a name of the probe's own is not needed.
    let template: &'static str = Box::leak(template.into_boxed_str());
    let (handle, always) = (policy.clone(), class == MessageClass::Account);
    let outcome = policy.database().write(move |tx| -> Result<(), Rollback> {
        let topic = crate::outbound::ALL_TOPICS;
        set_consent(&handle, tx, subject, topic, Channel::Email, ConsentState::Withdrawn, "probe")
            .map_err(Rollback::from)?;
        let notice = Notice {
            class,
            template,
            subject,
            topic: None,
            to: None,
            unique_key: format!("probe:{subject:?}"),
            context: json!({}),
        };
        let sent = handle.outbound().send(tx, &notice);
        Err(Rollback(match (sent, always) {
            (Ok(Sent::Queued(_)), true) | (Ok(Sent::Suppressed), false) => Ok(()),
            (Ok(_), true) => Err("a message about the account was kept back".to_owned()),
            (Ok(_), false) => Err("a message was sent to somebody who declined".to_owned()),
            (Err(error), _) => Err(error.to_string()),
        }))
    });
    outcome.await.err().map_or(Ok(()), |Rollback(outcome)| outcome)
}

/// Carries the outcome out of a transaction that is not to be kept.
struct Rollback(Outcome);

impl From<mailkeep_storage::sql::SqlError> for Rollback {
    fn from(error: mailkeep_storage::sql::SqlError) -> Self {
        Rollback(Err(error.to_string()))
    }
}
