//! Screening an authorised order: gather the facts, score them, move the order on.

use std::time::Duration;

use mailkeep_policy::{Act, Actor, Fact, Json, Personal, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_types::{DomainName, EmailAddress};

use super::advance::go_on_later;
use super::store::{self, StoredScreening};
use super::{Applicant, BillingDetails, Order, OrderStatus};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::notices;
use crate::payments::{self, AttemptKind};
use crate::screening::{Facts, Outcome, assess};

/// How far back orders from one network are counted.
const VELOCITY_WINDOW: Duration = Duration::from_secs(24 * 3600);

impl Commerce {
    /// Screens an authorised order. An order that was screened before and was sent back (its capture declined, another
    /// card authorised) is screened anew, with the new card's answers.
    pub(crate) async fn screen_order(&self, order: &Order) -> Result<bool, CommerceError> {
        let facts = self.gather_facts(order).await?;
        let config = &self.config().screening;
        let assessment = assess(&facts, config);
        let subject = Subject::customer(order.customer);
        let place = |column| Place { table: "screenings", column, row: order.id.uuid() };
        let outcome = assessment.outcome;
        let screening = StoredScreening {
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
                Outcome::Review => OrderStatus::InReview,
                Outcome::Refuse => OrderStatus::Releasing,
            };
            if store::move_on(tx, order.id, OrderStatus::Authorised, next)? {
                store::insert_screening(tx, order.id, &screening)?;
                if outcome == Outcome::Review {
                    notices::order(tx, &policy, "commerce/order_in_review", &order)?;
                } else {
                    store::set_decided(tx, order.id, None)?;
                    go_on_later(tx, order.id)?;
                }
            }
            Ok(true)
        })
        .await
    }

    /// Everything the decision rests on. What cannot be learnt stays `None`, which never approves.
    async fn gather_facts(&self, order: &Order) -> Result<Facts, CommerceError> {
        let grant = self
            .policy()
            .grant::<purpose::Protect>(Use {
                actor: Actor::System("order screening"),
                subject: Subject::customer(order.customer),
                act: Act::Read,
                fields: &["orders.billing", "orders.applicant"],
                fact: Fact::OrderPlaced(order.id),
            })
            .await?;
        let id = order.id;
        let parts = self.read(move |tx| store::sealed_parts(tx, id)).await?;
        let place = |column| Place { table: "orders", column, row: id.uuid() };
        let billing = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(parts.billing);
        let (country, postal_code) =
            self.policy().open(&grant, place("billing"), &billing, |Json(details)| {
                (details.country.clone(), details.postal_code.clone())
            })?;
        let applicant = Sealed::<Json<Applicant>, category::Contact>::from_bytes(parts.applicant);
        let (email, phone) =
            self.policy().open(&grant, place("applicant"), &applicant, |Json(applicant)| {
                (EmailAddress::parse(&applicant.email).ok(), applicant.phone.clone())
            })?;
        let (email_local, email_domain) = match &email {
            Some(address) => (address.local().to_owned(), Some(address.domain().clone())),
            None => (String::new(), None),
        };
        let email_domain_has_mx = match &email_domain {
            Some(domain) => self.receives_mail(domain).await,
            None => None,
        };

        let (customer, network) = (order.customer, parts.network_hash);
        let (attempts, from_network, served, refused) = self
            .read(move |tx| {
                let attempts = payments::store::of_order(tx, id, AttemptKind::Authorise)?;
                let since = tx.now().minus(VELOCITY_WINDOW);
                let from_network = match &network {
                    Some(hash) => Some(store::count_from_network(tx, hash, since, id)?),
                    None => None,
                };
                let served = store::count_with_status(tx, customer, OrderStatus::Fulfilled, id)?;
                let refused = store::count_with_status(tx, customer, OrderStatus::Refused, id)?;
                Ok((attempts, from_network, served, refused))
            })
            .await?;
        let checks = match attempts.last() {
            Some(attempt) => self.processor().find(attempt.id).await?.map(|answer| answer.checks),
            None => None,
        }
        .unwrap_or_default();
        Ok(Facts {
            email_local,
            email_domain: email_domain.map(|domain| domain.as_str().to_owned()).unwrap_or_default(),
            email_domain_has_mx,
            country,
            postal_code,
            phone,
            orders_from_network: from_network,
            served_orders: Some(served),
            refused_orders: Some(refused),
            card_code: checks.code,
            card_postal_code: checks.postal_code,
            card_country: checks.country,
            mailboxes: order.lines.iter().map(|line| line.mailboxes).sum(),
        })
    }

    async fn receives_mail(&self, domain: &DomainName) -> Option<bool> {
        match self.parts.exchangers.receives_mail(domain).await {
            Ok(answer) => Some(answer),
            Err(error) => {
                tracing::warn!(%error, "a mail exchanger look-up for a screening failed; a person will look");
                None
            }
        }
    }
}
