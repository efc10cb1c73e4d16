//! Screening an authorised order: gather the facts, score them, move the order on.

use mailkeep_policy::{Json, Personal, Place, Subject, category};

use super::advance::go_on_later;
use super::store::{self, StoredScreening};
use super::{Order, OrderStatus};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::notices;
use crate::reports::screening as reports;
use crate::screening::{self, Outcome, assess};

impl Commerce {
    /// Screens an authorised order. An order that was screened before and was sent back (its capture declined, another
    /// card authorised; the applicant gave a code; an appeal was granted) is screened anew.
    pub(crate) async fn screen_order(&self, order: &Order) -> Result<bool, CommerceError> {
        let (facts, traces) = self.gather_facts(order).await?;
        let config = &self.config().screening;
        let assessment = assess(&facts, config);
        let subject = Subject::customer(order.customer);
        let place = |column| Place { table: "screenings", column, row: order.id.uuid() };
        let outcome = assessment.outcome;
        let counted = assessment.clone();
        let stored = StoredScreening {
            score: i64::from(assessment.score),
            outcome,
            facts: {
                let facts: Personal<_, category::FraudSignal> = Personal::new(Json(facts));
                self.policy().seal(subject, place("facts"), &facts)?.into_bytes()
            },
            assessment: {
                let assessment: Personal<_, category::FraudSignal> = Personal::new(Json(assessment));
                self.policy().seal(subject, place("assessment"), &assessment)?.into_bytes()
            },
            config: serde_json::to_string(config)
                .map_err(|_| CommerceError::Stored("screening configuration"))?,
            screened_at: self.clock().now(),
        };
        let (order, policy) = (order.clone(), self.policy().clone());
        self.write(move |tx| {
            let next = match outcome {
                Outcome::Accept => OrderStatus::Capturing,
                Outcome::Verify => OrderStatus::Verifying,
                Outcome::Review => OrderStatus::InReview,
                Outcome::Refuse => OrderStatus::Releasing,
            };
            if store::move_on(tx, order.id, OrderStatus::Authorised, next)? {
                store::insert_screening(tx, order.id, &stored)?;
                reports::count_reasons(tx, &counted)?;
                screening::store::set_traces(tx, order.id, &traces)?;
                match outcome {
                    Outcome::Verify => notices::order(tx, &policy, "commerce/order_verify", &order)?,
                    Outcome::Review => notices::order(tx, &policy, "commerce/order_in_review", &order)?,
                    Outcome::Accept | Outcome::Refuse => {
                        store::set_decided(tx, order.id, None)?;
                        go_on_later(tx, order.id)?;
                    }
                }
            }
            Ok(true)
        })
        .await
    }
}
