//! An applicant shows that they are who they say: by a code that comes to the address or telephone on file, or by asking
//! for a person instead.

use mailkeep_policy::{Act, Actor, Fact, Json, LookupKind, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_types::{CustomerId, OrderId, new_uuid};

use super::advance::go_on_later;
use super::verifications::{self, CODE_DIGITS, CODE_LIVES, CODES_A_DAY, Verification};
use super::{Applicant, BillingDetails, Order, OrderStatus, gather, held, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::notices;
use crate::screening::Method;

/// What an applicant reads while they are asked to show who they are; nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationState {
    /// The ways that are open.
    pub methods: Vec<Method>,
    /// Where a code went that can still be given.
    pub waiting: Option<Method>,
    /// How many wrong codes are left before the order is refused.
    pub tries_left: u32,
}

impl Commerce {
    /// How far an applicant is with showing who they are.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] for another customer's order.
    pub async fn verification_state(
        &self,
        customer: CustomerId,
        order: OrderId,
    ) -> Result<VerificationState, CommerceError> {
        self.show_order(customer, order).await?;
        let at_most = self.config().screening.wrong_codes_at_most;
        let mut methods = vec![Method::Mail];
        if self.parts.phones.is_some() {
            methods.push(Method::Phone);
        }
        self.read(move |tx| {
            let now = tx.now();
            let sent = held::store::verifications(tx, order)?;
            let wrong: u32 = sent.iter().map(|one| one.wrong_codes).sum();
            let waiting = sent.last().filter(|one| one.passed_at.is_none() && one.expires_at > now);
            Ok(VerificationState {
                methods: methods.clone(),
                waiting: waiting.map(|one| one.method),
                tries_left: at_most.saturating_sub(wrong),
            })
        })
        .await
    }

    /// Sends a code to the address or telephone of an order. The caller has checked that the person may act for the
    /// customer.
    ///
    /// # Errors
    /// [`CommerceError::State`] when nothing is to be shown, or a day has seen enough codes;
    /// [`CommerceError::Invalid`] for `method` when it is not offered or the number cannot be one.
    pub async fn send_code(
        &self,
        customer: CustomerId,
        id: OrderId,
        method: Method,
    ) -> Result<(), CommerceError> {
        let order = self.show_order(customer, id).await?;
        let code = new_code();
        let verification = Verification {
            id: new_uuid(&**self.clock()),
            order: id,
            method,
            code_hash: self.code_hash(id, &code),
            wrong_codes: 0,
            sent_at: self.clock().now(),
            expires_at: self.clock().now().plus(CODE_LIVES),
            passed_at: None,
        };
        let number = match method {
            Method::Mail => None,
            Method::Phone => Some(self.number_of(&order).await?),
        };
        let (policy, for_mail, sent) = (self.policy().clone(), code.clone(), verification.id);
        self.write(move |tx| {
            let order = store::find(tx, id)?.ok_or(CommerceError::NotFound("order"))?;
            if order.status != OrderStatus::Verifying {
                return Err(nothing_to_show());
            }
            if verifications::too_many(tx, id)? {
                let message = format!("at most {CODES_A_DAY} codes are sent a day; ask for a person instead");
                return Err(CommerceError::State(message));
            }
            held::store::insert_verification(tx, &verification)?;
            if verification.method == Method::Mail {
                notices::order_code(tx, &policy, &order, verification.id, &for_mail)?;
            }
            Ok(())
        })
        .await?;
        if let (Some(number), Some(phones)) = (number, &self.parts.phones)
            && let Err(error) = phones.send_code(&number, &code).await
        {
            tracing::warn!(%error, order = %id, "no code went to a telephone");
            self.write(move |tx| Ok(held::store::end_verification(tx, sent)?)).await?;
            let message = "the code could not be sent to your telephone just now; have one sent by mail";
            return Err(CommerceError::invalid("method", message));
        }
        Ok(())
    }

    /// Takes a code. The right one sends the order to be screened anew, with what was shown; too many wrong ones refuse it.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for `code`; [`CommerceError::State`] when nothing is to be shown (any more).
    pub async fn give_code(
        &self,
        customer: CustomerId,
        id: OrderId,
        code: &str,
    ) -> Result<OrderStatus, CommerceError> {
        self.show_order(customer, id).await?;
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let hash = self.code_hash(id, &digits);
        let at_most = self.config().screening.wrong_codes_at_most;
        let right = self
            .write(move |tx| {
                let order = store::find(tx, id)?.ok_or(CommerceError::NotFound("order"))?;
                if order.status != OrderStatus::Verifying {
                    return Err(nothing_to_show());
                }
                let now = tx.now();
                let sent = held::store::verifications(tx, id)?;
                let Some(last) = sent.last().filter(|one| one.passed_at.is_none() && one.expires_at > now)
                else {
                    return Err(CommerceError::invalid("code", "this code has ended; have another one sent"));
                };
                // Both are keyed hashes: comparing them tells nothing of the code.
                if last.code_hash == hash {
                    held::store::pass_verification(tx, last.id)?;
                    store::move_on(tx, id, OrderStatus::Verifying, OrderStatus::Authorised)?;
                    go_on_later(tx, id)?;
                    return Ok(true);
                }
                held::store::count_wrong_code(tx, last.id)?;
                let wrong: u32 = sent.iter().map(|one| one.wrong_codes).sum::<u32>() + 1;
                if wrong >= at_most {
                    refuse_unverified(tx, &order)?;
                }
                Ok(false)
            })
            .await?;
        let status = match self.advance_order(id).await {
            // What was decided stands, and its job goes on.
            Err(CommerceError::ProcessorUnknown(_)) => self.find_order(id).await?.status,
            other => other?,
        };
        match (right, status) {
            (false, OrderStatus::Verifying) => {
                Err(CommerceError::invalid("code", "this is not the code that was sent"))
            }
            (_, status) => Ok(status),
        }
    }

    /// The applicant would rather deal with a person: the order goes to the reviewers.
    ///
    /// # Errors
    /// [`CommerceError::State`] when nothing is to be shown (any more).
    pub async fn ask_for_a_person(&self, customer: CustomerId, id: OrderId) -> Result<(), CommerceError> {
        self.show_order(customer, id).await?;
        let policy = self.policy().clone();
        self.write(move |tx| {
            let order = store::find(tx, id)?.ok_or(CommerceError::NotFound("order"))?;
            if !store::move_on(tx, id, OrderStatus::Verifying, OrderStatus::InReview)? {
                return Err(nothing_to_show());
            }
            notices::order(tx, &policy, "commerce/order_in_review", &order)
        })
        .await
    }

    /// Refuses orders whose applicants did not show who they are in time.
    pub(crate) async fn end_verifications(&self) -> Result<(), CommerceError> {
        let days = u64::from(self.config().screening.verify_within_days);
        let before = self.clock().now().minus(std::time::Duration::from_secs(days * 86_400));
        self.write(move |tx| {
            for order in held::store::verifying_since(tx, before)? {
                refuse_unverified(tx, &order)?;
            }
            Ok(())
        })
        .await
    }

    fn code_hash(&self, order: OrderId, code: &str) -> Vec<u8> {
        self.policy().lookup_hash(LookupKind::Other, &format!("code {order} {code}")).to_vec()
    }

    /// The telephone number of an order, in the form in which it is dialled.
    async fn number_of(&self, order: &Order) -> Result<String, CommerceError> {
        let unfit =
            || CommerceError::invalid("method", "no code can be sent to the telephone number of this order");
        if self.parts.phones.is_none() {
            return Err(unfit());
        }
        let grant = self
            .policy()
            .grant::<purpose::Protect>(Use {
                actor: Actor::System("order screening"),
                subject: Subject::customer(order.customer),
                act: Act::Read,
                fields: &["orders.applicant", "orders.billing"],
                fact: Fact::OrderPlaced(order.id),
            })
            .await?;
        let id = order.id;
        let parts = self.read(move |tx| store::sealed_parts(tx, id)).await?;
        let place = |column| Place { table: "orders", column, row: id.uuid() };
        let applicant = Sealed::<Json<Applicant>, category::Contact>::from_bytes(parts.applicant);
        let billing = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(parts.billing);
        let country = self
            .policy()
            .open(&grant, place("billing"), &billing, |Json(details)| details.country.clone())?;
        let number = self.policy().open(&grant, place("applicant"), &applicant, |Json(applicant)| {
            applicant.phone.as_deref().and_then(|phone| gather::dialled(phone, &country))
        })?;
        number.ok_or_else(unfit)
    }
}

fn nothing_to_show() -> CommerceError {
    CommerceError::State("this order does not wait for a code any more".to_owned())
}

/// Who did not show who they are is refused, and hears how to object.
fn refuse_unverified(tx: &mut mailkeep_storage::sql::Tx<'_>, order: &Order) -> Result<(), CommerceError> {
    if store::move_on(tx, order.id, OrderStatus::Verifying, OrderStatus::Releasing)? {
        store::set_decided(tx, order.id, None)?;
        go_on_later(tx, order.id)?;
    }
    Ok(())
}

/// A code of [`CODE_DIGITS`] digits.
fn new_code() -> String {
    let mut random = [0u8; 8];
    getrandom::fill(&mut random).expect("the operating system's random source answers");
    let number = u64::from_be_bytes(random) % 10u64.pow(CODE_DIGITS);
    format!("{number:0width$}", width = CODE_DIGITS as usize)
}
