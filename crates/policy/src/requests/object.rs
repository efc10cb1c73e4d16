//! A person objects to a use of their data, and follows what becomes of it.

use std::time::Duration;

use mailkeep_types::{PersonId, SessionId, new_uuid};
use uuid::Uuid;

use super::{Proof, RequestRow, place, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::Use;
use crate::outbound::{ALL_TOPICS, Channel, ConsentState, MessageClass, set_consent};
use crate::personal::{Personal, Sealed};
use crate::shown::Shown;
use crate::subject::{Actor, Fact, Subject};
use crate::vocabulary::{Act, PurposeId, category, purpose};

/// How long an answer may take: a month, as the laws that know such requests say.
const ANSWER_WITHIN: Duration = Duration::from_secs(30 * 86_400);

/// How many objections of one person wait at most: a guard against a script.
pub const MOST_WAITING: i64 = 20;

/// How long the person's own words may be, in characters.
pub const OWN_WORDS: usize = 4_000;

/// What became of the wish to object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    /// It waits for an answer.
    Waits(Uuid),
    /// It waits for an answer, and such messages have stopped already.
    Stopped(Uuid),
    /// Too many wait.
    TooMany,
}

/// An objection as the person who made it sees it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What is listed.
    pub row: RequestRow,
    /// What the person wrote.
    pub reason: Shown<String>,
    /// What was answered.
    pub answer: Option<Shown<String>>,
}

/// Records an objection to a use for `about`. Questions and offers stop at once: the consents are withdrawn in the same
/// transaction.
///
/// # Errors
/// When the person has no key, or the database fails.
pub async fn object(
    policy: &Policy,
    person: PersonId,
    proof: Proof,
    about: PurposeId,
    reason: &str,
) -> Result<Objection, PolicyError> {
    let (id, subject, now) = (new_uuid(&**policy.clock()), Subject::person(person), policy.clock().now());
    let words: String = reason.trim().chars().take(OWN_WORDS).collect();
    let value: Personal<String, category::Ticket> = Personal::new(words);
    let sealed = policy.seal(subject, place("reason", id), &value)?.into_bytes();
    let row = RequestRow {
        id,
        subject,
        purpose: Some(about),
        at: now,
        due_at: now.plus(ANSWER_WITHIN),
        done_at: None,
        outcome: None,
        answered_by: None,
    };
    let writing = policy.clone();
    let stopped = policy
        .database()
        .write(move |tx| -> Result<_, PolicyError> {
            if store::count_waiting(tx, subject)? >= MOST_WAITING {
                return Ok(None);
            }
            store::insert_objection(tx, &row, &sealed, proof)?;
            let topics: &[(&str, Channel)] = match about {
                PurposeId::Feedback => &[(MessageClass::Feedback.id(), Channel::Email)],
                PurposeId::Inform => &[
                    (ALL_TOPICS, Channel::Email),
                    (ALL_TOPICS, Channel::Post),
                    (ALL_TOPICS, Channel::Telephone),
                ],
                _ => &[],
            };
            for (topic, channel) in topics {
                set_consent(&writing, tx, subject, topic, *channel, ConsentState::Withdrawn, "objection")?;
            }
            Ok(Some(!topics.is_empty()))
        })
        .await?;
    Ok(match stopped {
        None => Objection::TooMany,
        Some(true) => Objection::Stopped(id),
        Some(false) => Objection::Waits(id),
    })
}

/// The person's objections with their words and answers, newest first.
///
/// # Errors
/// As the gate says.
pub async fn list_own(
    policy: &Policy,
    person: PersonId,
    session: SessionId,
) -> Result<Vec<Asked>, PolicyError> {
    let subject = Subject::person(person);
    let rows = policy.database().read(move |tx| store::of_subject(tx, subject)).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let asked = Use {
        actor: Actor::Person(person),
        subject,
        act: Act::Read,
        fields: &["subject_requests.reason", "subject_requests.answer"],
        fact: Fact::OwnSession(session),
    };
    let grant = policy.grant::<purpose::Rights>(asked).await?;
    let open = |column, id, sealed: Vec<u8>| {
        let sealed: Sealed<String, category::Ticket> = Sealed::from_bytes(sealed);
        policy.show(&grant, place(column, id), &sealed)
    };
    let mut own = Vec::with_capacity(rows.len());
    for store::SealedRequest { row, reason, answer } in rows {
        let reason = reason.map(|sealed| open("reason", row.id, sealed)).transpose()?.unwrap_or_default();
        let answer = answer.map(|sealed| open("answer", row.id, sealed)).transpose()?;
        own.push(Asked { row, reason, answer });
    }
    Ok(own)
}
