//! The draw: the seed is opened, and who won follows from it. Winners are told through the message gate.

use mailkeep_policy::Policy;
use mailkeep_policy::outbound::{MessageClass, Notice};
use mailkeep_storage::sql::Tx;
use mailkeep_types::ContestId;
use serde_json::json;

use super::proof::{commitment, draw, list_hash};
use super::{Contest, ContestState, SEEDS, WON, number_hash, store};
use crate::outreach::send_unless_erased;
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Draws a contest whose list is published. Gives how many won.
    ///
    /// # Errors
    /// [`OutreachError::State`] when the list is not there, when it was drawn before, and when what is stored is not what was
    /// published.
    pub async fn draw_contest(&self, id: ContestId) -> Result<usize, OutreachError> {
        let sealed = self.db().read(move |tx| store::sealed_seed(tx, id)).await?;
        let sealed = sealed.ok_or(OutreachError::NotFound)?;
        let opened = self.policy().open_house_value(SEEDS, id.uuid(), &sealed).await?;
        let seed: Option<[u8; 32]> = opened.and_then(|seed| seed.as_slice().try_into().ok());
        let seed = seed.ok_or_else(|| OutreachError::state("The seed cannot be opened."))?;
        let policy = self.policy().clone();
        self.db()
            .write(move |tx| -> Result<usize, OutreachError> {
                let contest = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                if contest.state(tx.now()) != ContestState::Frozen {
                    return Err(OutreachError::state(
                        "Only a contest whose list is published is drawn, and once.",
                    ));
                }
                let numbers = store::numbers(tx, id)?;
                if commitment(&seed) != contest.commitment || Some(list_hash(&numbers)) != contest.list_hash {
                    return Err(OutreachError::state("The seed or the list is not what was published."));
                }
                let winners = draw(&seed, &numbers, usize::try_from(contest.places).unwrap_or(0));
                store::set_drawn(tx, id, &seed)?;
                for (number, place) in winners.iter().zip(1..) {
                    store::set_place(tx, id, number, place)?;
                    tell(&policy, tx, &contest, number)?;
                }
                Ok(winners.len())
            })
            .await
    }
}

/// Tells whoever has the number; nobody where they were erased since.
fn tell(policy: &Policy, tx: &mut Tx<'_>, contest: &Contest, number: &str) -> Result<(), OutreachError> {
    let lookup = number_hash(policy, contest.id, number);
    let Some((subject, language)) = store::holder_of(tx, &lookup)? else { return Ok(()) };
    let notice = Notice {
        class: MessageClass::Account,
        template: WON,
        subject,
        topic: None,
        to: None,
        unique_key: format!("{WON}:{}:{number}", contest.id),
        context: json!({
            "language": language,
            "contest": contest.title,
            "number": number,
            "path": format!("/contests/{}", contest.slug),
        }),
    };
    send_unless_erased(policy, tx, &notice)?;
    Ok(())
}
