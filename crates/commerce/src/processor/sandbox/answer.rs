//! What the sandbox answers, once for each key and then the same for ever.

use jiff::tz::TimeZone;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{Clock, Money, PaymentAttemptId, Timestamp, new_uuid};

use super::store::{self, Given};
use super::{Answer, CallError, DELAY, Sandbox, Scenario, StoredCard, dispute, outage};
use crate::processor::{CardChecks, CardFace, Outcome};
use crate::screening::CardCheck;

/// What a database closure found out: an answer, or why there is none.
pub(super) enum Reply {
    Answer(Box<Given>),
    Refused(&'static str),
    /// Carried out, but the answer is lost on the way.
    Lost,
}

impl Sandbox {
    pub(super) async fn answer_capture(
        &self,
        key: PaymentAttemptId,
        authorisation: &str,
        amount: Money,
    ) -> Result<Answer, CallError> {
        let (authorisation, clock) = (authorisation.to_owned(), self.clock().clone());
        let reply = self.db.write(move |tx| {
            if let Some(given) = store::given_to(tx, key)? {
                return Ok(Reply::Answer(Box::new(given)));
            }
            let Some(held) = store::authorisation(tx, &authorisation)? else {
                return Ok(Reply::Refused("there is no such authorisation"));
            };
            if held.outcome != "succeeded" || held.settles_at > tx.now() {
                return Ok(Reply::Refused("the authorisation did not succeed"));
            }
            if amount.minor > held.amount.minor || amount.currency != held.amount.currency {
                return Ok(Reply::Refused("more is asked for than was authorised"));
            }
            if !store::uses_of(tx, &authorisation)?.is_empty() {
                return Ok(Reply::Refused("the authorisation is used up"));
            }
            let given =
                give(tx, &*clock, key, "capture", held.scenario, &authorisation, amount, "succeeded")?;
            Ok::<_, SqlError>(match held.scenario {
                Scenario::TimeoutAfterCharging => Reply::Lost,
                _ => Reply::Answer(Box::new(given)),
            })
        });
        self.speak(reply.await.map_err(outage)?)
    }

    pub(super) async fn answer_release(
        &self,
        key: PaymentAttemptId,
        authorisation: &str,
    ) -> Result<Answer, CallError> {
        let (authorisation, clock) = (authorisation.to_owned(), self.clock().clone());
        let reply = self.db.write(move |tx| {
            if let Some(given) = store::given_to(tx, key)? {
                return Ok(Reply::Answer(Box::new(given)));
            }
            let Some(held) = store::authorisation(tx, &authorisation)? else {
                return Ok(Reply::Refused("there is no such authorisation"));
            };
            if !store::uses_of(tx, &authorisation)?.is_empty() {
                return Ok(Reply::Refused("the authorisation is used up"));
            }
            let nothing = Money::zero(held.amount.currency);
            let given =
                give(tx, &*clock, key, "release", held.scenario, &authorisation, nothing, "succeeded")?;
            Ok::<_, SqlError>(Reply::Answer(Box::new(given)))
        });
        self.speak(reply.await.map_err(outage)?)
    }

    pub(super) async fn answer_charge(
        &self,
        key: PaymentAttemptId,
        card: &StoredCard,
        amount: Money,
    ) -> Result<Answer, CallError> {
        let (token, clock) = (card.token.clone(), self.clock().clone());
        let reply = self.db.write(move |tx| {
            if let Some(given) = store::given_to(tx, key)? {
                return Ok(Reply::Answer(Box::new(given)));
            }
            let Some((scenario, charged_before)) = store::count_charge(tx, &token)? else {
                return Ok(Reply::Refused("there is no such card"));
            };
            let outcome = match scenario {
                Scenario::RenewalDeclinedHard | Scenario::DeclineHard => "hard",
                Scenario::DeclineSoft => "soft",
                Scenario::RenewalDeclinedSoft if charged_before < 2 => "soft",
                _ => "succeeded",
            };
            let given = give(tx, &*clock, key, "charge", scenario, &token, amount, outcome)?;
            Ok::<_, SqlError>(match scenario {
                Scenario::TimeoutAfterCharging => Reply::Lost,
                _ => Reply::Answer(Box::new(given)),
            })
        });
        self.speak(reply.await.map_err(outage)?)
    }

    pub(super) async fn answer_refund(
        &self,
        key: PaymentAttemptId,
        payment: &str,
        amount: Money,
    ) -> Result<Answer, CallError> {
        let (payment, clock) = (payment.to_owned(), self.clock().clone());
        let reply = self.db.write(move |tx| {
            if let Some(given) = store::given_to(tx, key)? {
                return Ok(Reply::Answer(Box::new(given)));
            }
            let Some(paid) = store::payment(tx, &payment)? else {
                return Ok(Reply::Refused("there is no such payment"));
            };
            let returned: i64 = store::uses_of(tx, &payment)?
                .iter()
                .filter(|given| given.kind == "refund")
                .map(|given| given.amount.minor)
                .sum();
            let disputed = store::dispute_amount(tx, paid.attempt)?;
            if amount.minor <= 0 || amount.minor > paid.amount.minor - returned - disputed {
                return Ok(Reply::Refused("more is given back than was taken"));
            }
            let given = give(tx, &*clock, key, "refund", paid.scenario, &payment, amount, "succeeded")?;
            Ok::<_, SqlError>(match paid.scenario {
                Scenario::TimeoutAfterCharging => Reply::Lost,
                _ => Reply::Answer(Box::new(given)),
            })
        });
        self.speak(reply.await.map_err(outage)?)
    }

    pub(super) async fn forget(&self, card: &StoredCard) -> Result<(), CallError> {
        let token = card.token.clone();
        self.db.write(move |tx| store::delete_card(tx, &token)).await.map_err(outage)
    }

    pub(super) async fn look_up(&self, key: PaymentAttemptId) -> Result<Option<Answer>, CallError> {
        let given = self.db.read(move |tx| store::given_to(tx, key)).await.map_err(outage)?;
        let now = self.db.now();
        Ok(given.map(|given| as_answer(&given, now)))
    }

    /// How many refunds were made and what they sum to.
    pub async fn returned(&self) -> Result<(i64, i64), CallError> {
        self.db.read(store::returned).await.map_err(outage)
    }

    /// How many captures and charges succeeded and what they sum to: what a bank statement would show.
    pub async fn taken(&self) -> Result<(i64, i64), CallError> {
        self.db.read(store::taken).await.map_err(outage)
    }

    fn speak(&self, reply: Reply) -> Result<Answer, CallError> {
        match reply {
            Reply::Answer(given) => Ok(as_answer(&given, self.db.now())),
            Reply::Refused(why) => Err(CallError::Refused(why.to_owned())),
            Reply::Lost => Err(CallError::Unknown("the connection ended before the answer came".to_owned())),
        }
    }
}

/// What the payer's bank says on the page. An authorisation is its own target, so that its uses are found by its
/// reference.
pub(super) fn give_authorisation(
    tx: &mut Tx<'_>,
    clock: &dyn Clock,
    attempt: PaymentAttemptId,
    scenario: Scenario,
    amount: Money,
    outcome: &str,
    card_token: Option<String>,
) -> Result<(), SqlError> {
    let reference = format!("sbx_{}", new_uuid(clock).simple());
    let settles_at = if scenario == Scenario::DelayedAnswer { tx.now().plus(DELAY) } else { tx.now() };
    let outcome = outcome.to_owned();
    let target = reference.clone();
    let given = Given {
        attempt,
        kind: "authorise",
        scenario,
        reference,
        target,
        amount,
        outcome,
        card_token,
        settles_at,
    };
    store::insert_given(tx, &given)?;
    store::insert_webhook(tx, new_uuid(clock), attempt, &given.outcome, settles_at)
}

/// Works an answer out, stores it, and announces it by webhook.
#[expect(clippy::too_many_arguments, reason = "each is one column of the answer")]
fn give(
    tx: &mut Tx<'_>,
    clock: &dyn Clock,
    attempt: PaymentAttemptId,
    kind: &'static str,
    scenario: Scenario,
    target: &str,
    amount: Money,
    outcome: &str,
) -> Result<Given, SqlError> {
    let settles_at = match (kind, scenario) {
        ("charge", Scenario::DelayedAnswer) => tx.now().plus(DELAY),
        _ => tx.now(),
    };
    let given = Given {
        attempt,
        kind,
        scenario,
        reference: format!("sbx_{}", new_uuid(clock).simple()),
        target: target.to_owned(),
        amount,
        outcome: outcome.to_owned(),
        card_token: None,
        settles_at,
    };
    store::insert_given(tx, &given)?;
    store::insert_webhook(tx, new_uuid(clock), attempt, outcome, settles_at)?;
    if scenario == Scenario::Disputed && matches!(kind, "capture" | "charge") {
        dispute::begin(tx, clock, &given)?;
    }
    Ok(given)
}

pub(super) fn as_answer(given: &Given, now: Timestamp) -> Answer {
    let outcome = if given.settles_at > now {
        Outcome::Pending
    } else {
        match given.outcome.as_str() {
            "succeeded" => Outcome::Succeeded,
            "hard" => Outcome::Declined { hard: true, code: "card_reported_lost".to_owned() },
            _ => Outcome::Declined { hard: false, code: "insufficient_funds".to_owned() },
        }
    };
    let check = |wrong: bool| Some(if wrong { CardCheck::Fail } else { CardCheck::Pass });
    let scenario = given.scenario;
    let checks = CardChecks {
        code: check(matches!(scenario, Scenario::WrongCode | Scenario::WrongCodeAndPostalCode)),
        postal_code: check(matches!(scenario, Scenario::WrongPostalCode | Scenario::WrongCodeAndPostalCode)),
        country: (scenario == Scenario::ForeignCard).then(|| "ZZ".to_owned()),
        funding: None,
        fingerprint: given.card_token.clone(),
    };
    let card = given.card_token.clone().map(|token| StoredCard { token, face: face(given) });
    Answer { outcome, reference: given.reference.clone(), card, checks }
}

/// What a made-up card looks like: its number by what it does, good for three years from when it was given.
fn face(given: &Given) -> Option<CardFace> {
    let of = Scenario::ALL.iter().position(|scenario| *scenario == given.scenario)?;
    let brand = ["Visa", "Mastercard", "American Express"].get(of % 3)?;
    let date = given.settles_at.to_jiff().to_zoned(TimeZone::UTC).date();
    let years = if given.scenario == Scenario::Expiring { 0 } else { 3 };
    let last_four = format!("{:04}", 4242 + 101 * of);
    Some(CardFace { brand: (*brand).to_owned(), last_four, month: date.month(), year: date.year() + years })
}
