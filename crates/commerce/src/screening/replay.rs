//! Deciding again what was decided: the same facts and configuration must come to the same.

use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_types::{CustomerId, OrderId};

use super::store::{self, StoredScreening};
use super::{Assessment, Facts, Outcome, ScreeningConfig, assess};
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// What a replay found; nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replayed {
    /// The same assessment, reason by reason.
    Same {
        /// Its score.
        score: i64,
        /// What became of the order.
        outcome: Outcome,
    },
    /// Another one.
    Differs {
        /// What is stored.
        stored: (i64, Outcome),
        /// What it comes to now.
        now: (i64, Outcome),
    },
    /// The facts are past their term, or their key was destroyed.
    Gone,
}

/// The facts and the assessment of a screening, opened.
pub(super) struct OpenScreening {
    pub facts: Facts,
    pub assessment: Assessment,
    pub config: ScreeningConfig,
}

impl Commerce {
    /// Replays the screening of an order.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] for an order that was not screened.
    pub async fn replay_screening(&self, order: OrderId) -> Result<Replayed, CommerceError> {
        let found = self.read(move |tx| store::screened(tx, order)).await?;
        let (customer, screening) = found.ok_or(CommerceError::NotFound("screening"))?;
        let stored = (screening.score, screening.outcome);
        let Some(open) = self.open_screening(order, customer, screening).await? else {
            return Ok(Replayed::Gone);
        };
        let again = assess(&open.facts, &open.config);
        Ok(match again == open.assessment {
            true => Replayed::Same { score: stored.0, outcome: stored.1 },
            false => Replayed::Differs { stored, now: (i64::from(again.score), again.outcome) },
        })
    }

    /// The orders that were screened, newest first.
    pub async fn list_screened(&self) -> Result<Vec<OrderId>, CommerceError> {
        self.read(|tx| Ok(store::screened_orders(tx)?)).await
    }

    /// Opens a screening for the screening itself; `None` when there is nothing left to open.
    pub(super) async fn open_screening(
        &self,
        order: OrderId,
        customer: CustomerId,
        screening: StoredScreening,
    ) -> Result<Option<OpenScreening>, CommerceError> {
        if screening.facts.is_empty() || screening.assessment.is_empty() {
            return Ok(None);
        }
        let asked = Use {
            actor: Actor::System("replay of a screening"),
            subject: Subject::customer(customer),
            act: Act::Read,
            fields: &["screenings.facts", "screenings.assessment"],
            fact: Fact::OrderScreened(order),
        };
        let grant = match self.policy().grant::<purpose::Protect>(asked).await {
            Ok(grant) => grant,
            Err(mailkeep_policy::Refusal::Key(mailkeep_policy::KeyError::Erased(_))) => return Ok(None),
            Err(refusal) => return Err(refusal.into()),
        };
        let place = |column| Place { table: "screenings", column, row: order.uuid() };
        let facts = Sealed::<Json<Facts>, category::FraudSignal>::from_bytes(screening.facts);
        let assessment = Sealed::<Json<Assessment>, category::FraudSignal>::from_bytes(screening.assessment);
        let facts = self.policy().open(&grant, place("facts"), &facts, |Json(facts)| facts.clone())?;
        let assessment =
            self.policy()
                .open(&grant, place("assessment"), &assessment, |Json(assessment)| assessment.clone())?;
        let config = serde_json::from_str(&screening.config)
            .map_err(|_| CommerceError::Stored("screening configuration"))?;
        Ok(Some(OpenScreening { facts, assessment, config }))
    }
}
