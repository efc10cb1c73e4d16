//! Taking a single click back: what came before it comes again.

use std::time::Duration;

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{
    ALL_TOPICS, Channel, ConsentRow, ConsentState, Manner, NewChoice, consents_of, record_choices,
};
use mailkeep_types::Timestamp;

use super::stop::{ONE_CLICK, STOP_OFFERS};
use crate::{Outreach, OutreachError};

/// Where a receipt of it comes from.
pub const UNDO: &str = "undo";
/// How long a click can be taken back. Later, one chooses anew.
const WITHIN: Duration = Duration::from_secs(3600);

impl Outreach {
    /// Whether the last single click can be taken back, from the receipts, newest first.
    pub fn can_undo(&self, receipts: &[ConsentRow]) -> bool {
        let class_of = |topic: &str| self.policy().compiled().topic(topic).map(|terms| terms.class.id());
        !before_stop(receipts, self.now().minus(WITHIN), class_of).is_empty()
    }

    /// Takes the last single click back, if nothing was chosen since and it was within the hour: gives how many topics
    /// come again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn undo_stop(&self, subject: Subject, manner: Manner) -> Result<usize, OutreachError> {
        let policy = self.policy().clone();
        let count = self
            .db()
            .write(move |tx| -> Result<usize, OutreachError> {
                let receipts = consents_of(tx, subject)?;
                let class_of = |topic: &str| policy.compiled().topic(topic).map(|terms| terms.class.id());
                let again = before_stop(&receipts, tx.now().minus(WITHIN), class_of);
                let choices: Vec<NewChoice> = again
                    .into_iter()
                    .map(|(topic, channel, wording)| NewChoice {
                        topic,
                        channel,
                        state: ConsentState::Given,
                        wording,
                    })
                    .collect();
                let manner =
                    Manner { source: UNDO.to_owned(), language: manner.language.clone(), network: None };
                record_choices(&policy, tx, subject, &choices, &manner)?;
                Ok(choices.len())
            })
            .await?;
        Ok(count)
    }
}

/// The yeses that the newest single click ended: topic, channel, and what was shown when the yes was given. A click that
/// came twice is one.
fn before_stop<'a>(
    receipts: &[ConsentRow],
    since: Timestamp,
    class_of: impl Fn(&str) -> Option<&'a str>,
) -> Vec<(String, Channel, Option<String>)> {
    let Some(newest) = receipts.first() else { return Vec::new() };
    if newest.source != ONE_CLICK && newest.source != STOP_OFFERS {
        return Vec::new();
    }
    let of_click = |row: &&ConsentRow| row.source == newest.source && row.at >= since;
    let stopped: Vec<&ConsentRow> = receipts.iter().take_while(of_click).collect();
    let earlier = &receipts[stopped.len()..];
    let within = |row: &ConsentRow, wider: &ConsentRow| {
        wider.channel == row.channel
            && (wider.topic == row.topic
                || wider.state == ConsentState::Withdrawn
                    && (wider.topic == ALL_TOPICS || class_of(&row.topic) == Some(&wider.topic)))
    };
    earlier
        .iter()
        .enumerate()
        .filter(|(_, row)| row.state == ConsentState::Given)
        .filter(|(_, row)| stopped.iter().any(|no| within(row, no)))
        // Only the newest word about a topic counted when the click came.
        .filter(|(index, row)| !earlier[..*index].iter().any(|later| within(row, later)))
        .map(|(_, row)| (row.topic.clone(), row.channel, row.wording.clone()))
        .collect()
}
