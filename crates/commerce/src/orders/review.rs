//! What a reviewer sees of a held order, under a grant whose fact is that the order is in review.

use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{OrderId, StaffId};

use super::{Applicant, BillingDetails, Order, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::screening::{Assessment, Facts, ScreeningConfig, assess};

/// Everything a reviewer needs, to be shown.
#[derive(Debug)]
pub struct ReviewFile {
    /// The order.
    pub order: Order,
    /// To whom the invoice is written.
    pub billing: Shown<BillingDetails>,
    /// How the applicant is reached.
    pub applicant: Shown<Applicant>,
    /// What the decision rests on.
    pub facts: Shown<Facts>,
    /// Score and reasons.
    pub assessment: Shown<Assessment>,
    /// Whether the stored facts and configuration give the same assessment again.
    pub replays: bool,
}

impl Commerce {
    /// The orders that wait for a person, oldest first, without anything personal.
    pub async fn list_orders_in_review(&self) -> Result<Vec<Order>, CommerceError> {
        self.read(store::in_review).await
    }

    /// Opens the file of a held order for a member of staff. The ledger shows it to the applicant.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the order is not in review or the role does not fit.
    pub async fn open_review_file(&self, staff: StaffId, id: OrderId) -> Result<ReviewFile, CommerceError> {
        let order =
            self.read(move |tx| store::find(tx, id)).await?.ok_or(CommerceError::NotFound("order"))?;
        let grant = self
            .policy()
            .grant::<purpose::Protect>(Use {
                actor: Actor::Staff(staff),
                subject: Subject::customer(order.customer),
                act: Act::Read,
                fields: &["orders.billing", "orders.applicant", "screenings.facts", "screenings.assessment"],
                fact: Fact::OrderInReview(id),
            })
            .await?;
        let (parts, screening) = self
            .read(move |tx| {
                let screening = store::screening(tx, id)?.ok_or(CommerceError::NotFound("screening"))?;
                Ok((store::sealed_parts(tx, id)?, screening))
            })
            .await?;
        let policy = self.policy();
        let place = |table, column| Place { table, column, row: id.uuid() };
        let billing = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(parts.billing);
        let applicant = Sealed::<Json<Applicant>, category::Contact>::from_bytes(parts.applicant);
        let facts = Sealed::<Json<Facts>, category::FraudSignal>::from_bytes(screening.facts);
        let assessment = Sealed::<Json<Assessment>, category::FraudSignal>::from_bytes(screening.assessment);
        let config: ScreeningConfig = serde_json::from_str(&screening.config)
            .map_err(|_| CommerceError::Stored("screening configuration"))?;
        let billing = policy.show(&grant, place("orders", "billing"), &billing)?;
        let applicant = policy.show(&grant, place("orders", "applicant"), &applicant)?;
        let facts = policy.show(&grant, place("screenings", "facts"), &facts)?;
        let assessment = policy.show(&grant, place("screenings", "assessment"), &assessment)?;
        let facts = facts.reshape(|Json(facts)| facts.clone());
        let assessment = assessment.reshape(|Json(assessment)| assessment.clone());
        let again = facts.join(&config.into(), assess);
        let same = again.join(&assessment, |again, stored| again == stored);
        Ok(ReviewFile {
            order,
            billing: billing.reshape(|Json(billing)| billing.clone()),
            applicant: applicant.reshape(|Json(applicant)| applicant.clone()),
            facts,
            assessment,
            replays: same.check(|same| if *same { Ok(()) } else { Err(()) }).is_ok(),
        })
    }
}
