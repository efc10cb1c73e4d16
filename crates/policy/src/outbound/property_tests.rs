//! Histories of choices by chance: what the gate decides must be what an independent reading of the history says. No
//! message goes without its right, and no message about the account is missing.

use mailkeep_storage::sql::{Database, Dialect, SqlError, Tx};
use mailkeep_storage::testing::run;
use mailkeep_types::PersonId;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;

use super::{ALL_TOPICS, Channel, ConsentState, MessageClass, Notice, Sent, set_consent};
use crate::Policy;
use crate::subject::Subject;

/// A step of a history: about what, by which channel, yes or no.
type Step = (String, Channel, bool);

/// What can be asked of the gate: class, topic, channel.
fn questions(policy: &Policy) -> Vec<(MessageClass, String, Channel)> {
    let topics = policy.compiled().topics().iter().map(|topic| (topic.class, topic.id.clone()));
    let classes = MessageClass::ALL.iter().map(|class| (*class, class.id().to_owned()));
    let about: Vec<_> = topics.chain(classes).collect();
    about
        .iter()
        .flat_map(|(class, topic)| Channel::ALL.iter().map(|channel| (*class, topic.clone(), *channel)))
        .collect()
}

/// The rule as the policy page says it, read backwards through the history.
fn expected(history: &[Step], class: MessageClass, topic: &str, channel: Channel) -> bool {
    let by_mail_only = class != MessageClass::Marketing;
    if by_mail_only && channel != Channel::Email
        || topic == "events_and_contests" && channel == Channel::Telephone
    {
        return false;
    }
    if class == MessageClass::Account {
        return true;
    }
    for (about, by, yes) in history.iter().rev().filter(|(_, by, _)| *by == channel) {
        assert_eq!(*by, channel);
        if about == topic {
            return *yes;
        }
        if !yes && (about == class.id() || about == ALL_TOPICS) {
            return false;
        }
    }
    class == MessageClass::Feedback
}

fn by_chance(chance: &mut StdRng, about: &[String]) -> Vec<Step> {
    (0..chance.random_range(0..8))
        .map(|_| {
            let topic = about[chance.random_range(0..about.len())].clone();
            let channel = Channel::ALL[chance.random_range(0..Channel::ALL.len())];
            (topic, channel, chance.random_bool(0.6))
        })
        .collect()
}

/// Ends a transaction whose rows are not wanted.
struct Done(usize);

impl From<SqlError> for Done {
    fn from(error: SqlError) -> Self {
        panic!("{error}")
    }
}

/// Tries one history; gives how many decisions were compared.
fn look(policy: &Policy, tx: &mut Tx<'_>, subject: Subject, history: &[Step]) -> usize {
    for (topic, channel, yes) in history {
        let state = if *yes { ConsentState::Given } else { ConsentState::Withdrawn };
        set_consent(policy, tx, subject, topic, *channel, state, "chance").unwrap();
    }
    let gate = policy.outbound();
    let asked = questions(policy);
    for (class, topic, channel) in &asked {
        let decided = gate.may_reach(tx, subject, *class, topic, *channel).unwrap();
        let right = expected(history, *class, topic, *channel);
        assert_eq!(decided, right, "{class} {topic} by {channel} after {history:?}");
    }
    // The gate itself, with a message of each class.
    for class in MessageClass::ALL {
        let listed = policy.compiled().templates.iter().find(|(_, of)| *of == class);
        let template: &'static str = Box::leak(listed.unwrap().0.clone().into_boxed_str());
        let notice = Notice {
            class: *class,
            template,
            subject,
            topic: None,
            to: None,
            unique_key: format!("{class}"),
            context: json!({}),
        };
        let sent = gate.send(tx, &notice).unwrap();
        let right = expected(history, *class, class.id(), Channel::Email);
        assert_eq!(matches!(sent, Sent::Queued(_)), right, "{class} after {history:?}");
    }
    asked.len() + MessageClass::ALL.len()
}

async fn compare(db: Database, wanted: usize, seed: u64) {
    let policy = crate::testing::policy(&db).await;
    let subject = Subject::person(PersonId::new(&**db.clock()));
    policy.create_key(subject).await.unwrap();
    let mut about: Vec<String> = questions(&policy).into_iter().map(|(_, topic, _)| topic).collect();
    about.push(ALL_TOPICS.to_owned());
    let mut chance = StdRng::seed_from_u64(seed);
    let mut decisions = 0;
    while decisions < wanted {
        let history = by_chance(&mut chance, &about);
        let handle = policy.clone();
        let done =
            db.write(move |tx| -> Result<(), Done> { Err(Done(look(&handle, tx, subject, &history))) });
        decisions += done.await.unwrap_err().0;
    }
}

#[test]
fn a_hundred_thousand_decisions_are_what_was_chosen() {
    run(Dialect::Sqlite, |db| compare(db, 100_000, 8058));
}

#[test]
fn the_other_engine_decides_alike() {
    run(Dialect::Postgres, |db| compare(db, 3_000, 8059));
}
