//! Probes of what people choose, with the probe's own subject. Each is rolled back: nothing is chosen and nothing is sent.

use mailkeep_storage::sql::{SqlError, Tx};

use crate::Policy;
use crate::outbound::suppressions::refuse_later;
use crate::outbound::{Channel, Choice, ConsentState, MessageClass, set_consent};
use crate::subject::Subject;

type Outcome = Result<(), String>;

/// A topic by a channel.
type Pair = (MessageClass, String, Channel);

/// Carries the outcome out of a transaction that is not to be kept.
struct Rollback(Outcome);

impl From<SqlError> for Rollback {
    fn from(error: SqlError) -> Self {
        Rollback(Err(error.to_string()))
    }
}

impl From<String> for Rollback {
    fn from(why: String) -> Self {
        Rollback(Err(why))
    }
}

async fn rolled_back<F>(policy: &Policy, body: F) -> Outcome
where
    F: Fn(&Policy, &mut Tx<'_>) -> Result<(), Rollback> + Send + 'static,
{
    let handle = policy.clone();
    let done = policy.database().write(move |tx| -> Result<(), Rollback> {
        Err(body(&handle, tx).err().unwrap_or(Rollback(Ok(()))))
    });
    done.await.err().map_or(Ok(()), |Rollback(outcome)| outcome)
}

fn pairs(policy: &Policy, only: impl Fn(MessageClass) -> bool) -> Vec<Pair> {
    let topics = policy.compiled().topics().iter().filter(|topic| only(topic.class));
    topics
        .flat_map(|topic| topic.channels.iter().map(|channel| (topic.class, topic.id.clone(), *channel)))
        .collect()
}

fn choose(
    policy: &Policy,
    tx: &mut Tx<'_>,
    subject: Subject,
    pair: &Pair,
    state: ConsentState,
) -> Result<(), Rollback> {
    Ok(set_consent(policy, tx, subject, &pair.1, pair.2, state, "probe")?)
}

fn reached(policy: &Policy, tx: &mut Tx<'_>, subject: Subject, pair: &Pair) -> Result<bool, Rollback> {
    Ok(policy.outbound().may_reach(tx, subject, pair.0, &pair.1, pair.2)?)
}

/// P14: a yes to one topic on one channel is a yes to that and to nothing else, and can be taken back.
pub(super) async fn topics_chosen(policy: &Policy, subject: Subject) -> Outcome {
    rolled_back(policy, move |policy, tx| {
        let asked_for =
            |class| policy.compiled().classes.get(&class).is_some_and(|terms| terms.choice == Choice::OptIn);
        let pairs = pairs(policy, asked_for);
        for chosen in &pairs {
            choose(policy, tx, subject, chosen, ConsentState::Given)?;
            for pair in &pairs {
                if reached(policy, tx, subject, pair)? != (pair == chosen) {
                    let (topic, channel) = (&chosen.1, chosen.2);
                    return Err(format!(
                        "a yes to {topic} by {channel} decides about {} by {}",
                        pair.1, pair.2
                    )
                    .into());
                }
            }
            choose(policy, tx, subject, chosen, ConsentState::Withdrawn)?;
        }
        Ok(())
    })
    .await
}

/// P16: the link under a message names its reader and nobody can make one; one no ends offers by every channel, and what
/// is about the account still arrives.
pub(super) async fn one_click(policy: &Policy, subject: Subject) -> Outcome {
    let token = policy.choice_token(subject, "special_offers");
    if policy.read_choice_token(&token) != Some((subject, "special_offers".to_owned())) {
        return Err("the link under a message does not lead back to its reader".to_owned());
    }
    let forged = token.char_indices().rev().nth(2).map(|(at, letter)| {
        let other = if letter == 'A' { "B" } else { "A" };
        [&token[..at], other, &token[at + 1..]].concat()
    });
    if forged.is_some_and(|forged| policy.read_choice_token(&forged).is_some()) {
        return Err("a link that was changed is taken for ours".to_owned());
    }
    rolled_back(policy, move |policy, tx| {
        let offers = pairs(policy, |class| class == MessageClass::Marketing);
        for pair in &offers {
            choose(policy, tx, subject, pair, ConsentState::Given)?;
        }
        let class = MessageClass::Marketing;
        for channel in Channel::ALL {
            let all = (class, class.id().to_owned(), *channel);
            choose(policy, tx, subject, &all, ConsentState::Withdrawn)?;
        }
        for pair in &offers {
            if reached(policy, tx, subject, pair)? {
                return Err(format!("{} still come by {} after the one click", pair.1, pair.2).into());
            }
        }
        let account = (MessageClass::Account, MessageClass::Account.id().to_owned(), Channel::Email);
        match reached(policy, tx, subject, &account)? {
            true => Ok(()),
            false => Err("a message about the account would be kept back".to_owned().into()),
        }
    })
    .await
}

/// P17: a refusal on the list outweighs an older yes, as after a restore; and the copies of the list agree.
pub(super) async fn declined_stays(policy: &Policy, subject: Subject) -> Outcome {
    policy.probe_suppressions().await?;
    rolled_back(policy, move |policy, tx| {
        for pair in pairs(policy, |_| true) {
            choose(policy, tx, subject, &pair, ConsentState::Given)?;
            refuse_later(policy, tx, subject, pair.2, &pair.1)?;
            if reached(policy, tx, subject, &pair)? {
                return Err(format!("{} by {} would be sent against a refusal", pair.1, pair.2).into());
            }
        }
        Ok(())
    })
    .await
}
