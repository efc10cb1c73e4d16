//! Makes a list: each person on it said yes to this topic on this channel, has not declined since, and finds the list in the
//! record of uses.

use std::collections::HashSet;

use mailkeep_identity::IdentityError;
use mailkeep_identity::persons::Listed;
use mailkeep_policy::outbound::suppressions::refused_at;
use mailkeep_policy::outbound::{Channel, Cursor, candidates, given_receipt};
use mailkeep_policy::{Actor, Fact, KeyError, PolicyError, Refusal, Subject};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{PersonId, Timestamp, new_uuid};
use uuid::Uuid;

use super::{ListExport, store};
use crate::{Outreach, OutreachError};

const BATCH: i64 = 500;
/// As what the program makes lists; so it stands in the ledger.
const ACTOR: Actor = Actor::System("list for letters and calls");
/// A do-not-call registry must have been looked at within so many days (16 CFR 310.4(b)(3)(iv)).
const SCRUB_DAYS: i64 = 31;

/// Somebody who said yes, the receipt, and when.
type Willing = (PersonId, Uuid, Timestamp);

/// What list is wanted.
#[derive(Debug, Clone)]
pub struct ListRequest {
    /// For letters or for calls.
    pub channel: Channel,
    /// About what.
    pub topic: String,
    /// The day of the registry, `2026-03-01`; needed for calls.
    pub scrubbed_on: Option<String>,
    /// The registry: numbers as they are found on the suppression list.
    pub registry: HashSet<[u8; 32]>,
    /// Who makes it.
    pub made_by: String,
}

/// A list.
#[derive(Debug)]
pub struct MadeList {
    /// Its lines.
    pub lines: Vec<Listed>,
    /// What was noted of it.
    pub note: ListExport,
}

impl Outreach {
    /// Makes a list and notes that it was made.
    ///
    /// # Errors
    /// A topic that does not come by the channel, calls without a recent registry, and failures of the database.
    pub async fn make_list(&self, request: ListRequest) -> Result<MadeList, OutreachError> {
        self.check(&request)?;
        let channel = request.channel;
        let (willing, mut left_out) = self.willing(channel, &request.topic).await?;
        let mut lines = Vec::new();
        for (person, receipt, said_yes) in willing {
            let opened = self.identity().read_for_list(ACTOR, person, Fact::Consent(receipt), channel).await;
            let line = match opened {
                Ok(line) => line,
                // Said no, or was erased, since the list was begun.
                Err(IdentityError::NotFound) => {
                    left_out += 1;
                    continue;
                }
                Err(IdentityError::Policy(PolicyError::Refused(
                    Refusal::NotJustified(_) | Refusal::Key(KeyError::Erased(_)),
                ))) => {
                    left_out += 1;
                    continue;
                }
                Err(other) => return Err(other.into()),
            };
            if self.is_left_out(&request, &line, said_yes).await? { left_out += 1 } else { lines.push(line) }
        }
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let note = ListExport {
            channel,
            topic: request.topic,
            scrubbed_on: request.scrubbed_on,
            people: count(lines.len()),
            left_out: count(left_out),
            made_by: request.made_by,
            at: self.now(),
        };
        let (id, policy_id) = (new_uuid(&**self.policy().clock()), self.policy().compiled().id);
        let noted = note.clone();
        self.db().write(move |tx| store::insert(tx, id, &noted, &policy_id)).await?;
        Ok(MadeList { lines, note })
    }

    fn check(&self, request: &ListRequest) -> Result<(), OutreachError> {
        let topic = self.policy().compiled().topic(&request.topic);
        let by_it = topic.is_some_and(|topic| topic.channels.contains(&request.channel));
        if !by_it || request.channel == Channel::Email {
            return Err(OutreachError::field("topic", "This topic does not come by letter or by telephone."));
        }
        if request.channel != Channel::Telephone {
            return Ok(());
        }
        let sentence = "Hold the list against the do-not-call registry of the last 31 days and give its day, such as \
                        2026-03-01.";
        let day = request.scrubbed_on.as_deref().and_then(days_of);
        let today = self.now().as_seconds().div_euclid(86_400);
        match day {
            Some(day) if (today - SCRUB_DAYS..=today).contains(&day) => Ok(()),
            _ => Err(OutreachError::field("scrubbed_on", sentence)),
        }
    }

    /// Who said yes and has not declined since, with the receipt; and how many have.
    pub(super) async fn willing(
        &self,
        channel: Channel,
        topic: &str,
    ) -> Result<(Vec<Willing>, usize), OutreachError> {
        let Some(class) = self.policy().compiled().topic(topic).map(|terms| terms.class) else {
            return Ok((Vec::new(), 0));
        };
        let (mut willing, mut declined, mut after) = (Vec::new(), 0, Cursor::START);
        loop {
            let (gate, topic) = (self.policy().outbound(), topic.to_owned());
            let (last, found, no) = self
                .db()
                .read(move |tx| -> Result<_, SqlError> {
                    let batch = candidates(tx, &topic, channel, after, BATCH)?;
                    let (mut found, mut no) = (Vec::new(), 0);
                    for subject in &batch {
                        let Subject::Person(person) = *subject else { continue };
                        let comes = gate.may_reach(tx, *subject, class, &topic, channel)?;
                        match given_receipt(tx, *subject, &topic, channel)?.filter(|_| comes) {
                            Some((receipt, at)) => found.push((person, receipt, at)),
                            None => no += 1,
                        }
                    }
                    Ok((batch.last().copied(), found, no))
                })
                .await?;
            willing.extend(found);
            declined += no;
            let Some(last) = last else { return Ok((willing, declined)) };
            after = Cursor::after(last);
        }
    }

    /// Whether the number or address of the line itself stands on the registry or was refused since the yes, by this person
    /// or another who has it too.
    async fn is_left_out(
        &self,
        request: &ListRequest,
        line: &Listed,
        said_yes: Timestamp,
    ) -> Result<bool, OutreachError> {
        let Some(holder) = line.holder else { return Ok(true) };
        if request.registry.contains(&holder) {
            return Ok(true);
        }
        let (policy, topic, channel) = (self.policy().clone(), request.topic.clone(), request.channel);
        let refused = self.db().read(move |tx| refused_at(&policy, tx, holder, channel, &topic)).await?;
        Ok(refused.is_some_and(|refused| refused > said_yes))
    }
}

/// Days since 1970 of a date such as `2026-03-01`.
fn days_of(text: &str) -> Option<i64> {
    let date: jiff::civil::Date = text.parse().ok()?;
    let midnight = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(midnight.timestamp().as_second().div_euclid(86_400))
}
