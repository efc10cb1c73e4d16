//! What Stripe's objects mean. Pure: JSON in, outcome out.

use mailkeep_types::{Money, PaymentAttemptId, Timestamp};
use serde_json::Value;

use crate::processor::{Answer, CardChecks, CardFace, DisputeAnswer, DisputeState, Outcome, StoredCard};
use crate::screening::{CardCheck, CardFunding};

/// Declines after which a card is not tried again; Stripe's list of decline codes. Every other one may be better on
/// another day. `authentication_required` is among them: the payer must act on a page, so they are asked to pay there.
const HARD: [&str; 22] = [
    "authentication_required",
    "card_not_supported",
    "currency_not_supported",
    "expired_card",
    "fraudulent",
    "incorrect_cvc",
    "incorrect_number",
    "invalid_account",
    "invalid_cvc",
    "invalid_expiry_month",
    "invalid_expiry_year",
    "invalid_number",
    "lost_card",
    "merchant_blacklist",
    "pickup_card",
    "restricted_card",
    "revocation_of_all_authorizations",
    "revocation_of_authorization",
    "security_violation",
    "stolen_card",
    "stop_payment_order",
    "transaction_not_allowed",
];

/// What a key did to a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It asked for the payment: an authorisation on the page, or a charge of a kept card.
    Asked,
    /// It captured it.
    Captured,
    /// It gave it up.
    Released,
}

impl Part {
    /// The key of the metadata that names the attempt.
    pub const fn word(self) -> &'static str {
        match self {
            Part::Asked => "attempt",
            Part::Captured => "capture",
            Part::Released => "release",
        }
    }
}

fn text<'a>(value: &'a Value, path: &[&str]) -> Option<&'a str> {
    path.iter().try_fold(value, |value, key| value.get(key))?.as_str()
}

/// The decline's or error's word.
pub(super) fn error_code(body: &Value) -> String {
    let error = body.get("error").unwrap_or(body);
    let code = text(error, &["decline_code"]).or(text(error, &["code"])).or(text(error, &["type"]));
    code.unwrap_or_default().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(60).collect()
}

/// The outcome of a decline.
pub fn declined(code: &str) -> Outcome {
    let code = if code.is_empty() { "generic_decline" } else { code };
    Outcome::Declined { hard: HARD.contains(&code), code: code.to_owned() }
}

/// Which attempt an object's metadata names for a part.
pub fn named(object: &Value, part: Part) -> Option<PaymentAttemptId> {
    text(object, &["metadata", part.word()])?.parse().ok()
}

/// The part that a key has in a payment.
pub fn part_of(intent: &Value, key: PaymentAttemptId) -> Option<Part> {
    [Part::Captured, Part::Released, Part::Asked].into_iter().find(|part| named(intent, *part) == Some(key))
}

/// What a payment intent says of a part; `None` when that part was not carried out (yet).
pub fn of_intent(intent: &Value, part: Part) -> Option<Answer> {
    let status = text(intent, &["status"])?;
    let manual = text(intent, &["capture_method"]) == Some("manual");
    let error = intent.get("last_payment_error").filter(|error| !error.is_null());
    let outcome = match (part, status) {
        (Part::Asked, "requires_capture" | "succeeded") => Outcome::Succeeded,
        (Part::Asked, "processing") => Outcome::Pending,
        // On the page the payer may try another card; a kept card has had its answer.
        (Part::Asked, "requires_payment_method" | "requires_confirmation") if manual => {
            Outcome::ActionRequired
        }
        (Part::Asked, "requires_payment_method") => declined(&error.map(error_code).unwrap_or_default()),
        (Part::Asked, "requires_action") if manual => Outcome::ActionRequired,
        // Nobody is there to act when a kept card is charged.
        (Part::Asked, "requires_action") => declined("authentication_required"),
        (Part::Asked, "canceled") => Outcome::Declined { hard: false, code: "canceled".to_owned() },
        (Part::Captured, "succeeded") => Outcome::Succeeded,
        (Part::Captured, "processing") => Outcome::Pending,
        (Part::Captured, "canceled") => Outcome::Declined { hard: false, code: "expired".to_owned() },
        (Part::Released, "canceled") => Outcome::Succeeded,
        _ => return None,
    };
    let charge = intent.get("latest_charge").filter(|charge| charge.is_object());
    let card = charge.and_then(|charge| charge.get("payment_method_details")?.get("card"));
    let check = |name: &str| match text(card?, &["checks", name])? {
        "pass" => Some(CardCheck::Pass),
        "fail" => Some(CardCheck::Fail),
        _ => None,
    };
    let checks = CardChecks {
        code: check("cvc_check"),
        postal_code: check("address_postal_code_check"),
        country: card.and_then(|card| text(card, &["country"])).map(str::to_owned),
        funding: card.and_then(|card| match text(card, &["funding"])? {
            "credit" => Some(CardFunding::Credit),
            "debit" => Some(CardFunding::Debit),
            "prepaid" => Some(CardFunding::Prepaid),
            _ => None,
        }),
        fingerprint: card.and_then(|card| text(card, &["fingerprint"])).map(str::to_owned),
    };
    let kept = text(intent, &["metadata", "keep"]) == Some("yes");
    let token = match (text(intent, &["customer"]), text(intent, &["payment_method"])) {
        (Some(customer), Some(method)) if kept => Some(format!("{customer}/{method}")),
        _ => None,
    };
    Some(Answer {
        outcome,
        reference: text(intent, &["id"])?.to_owned(),
        card: token.map(|token| StoredCard { token, face: card.and_then(face) }),
        checks,
    })
}

/// What the owner of a card knows it by.
fn face(card: &Value) -> Option<CardFace> {
    let number = |name: &str| card.get(name)?.as_i64();
    Some(CardFace {
        brand: brand(text(card, &["brand"])?),
        last_four: text(card, &["last4"])?.chars().filter(char::is_ascii_digit).take(4).collect(),
        month: number("exp_month")?.try_into().ok()?,
        year: number("exp_year")?.try_into().ok()?,
    })
}

/// A network as it writes its own name.
fn brand(word: &str) -> String {
    let known = [
        ("amex", "American Express"),
        ("diners", "Diners Club"),
        ("discover", "Discover"),
        ("jcb", "JCB"),
        ("mastercard", "Mastercard"),
        ("unionpay", "UnionPay"),
        ("visa", "Visa"),
    ];
    known.into_iter().find(|(own, _)| *own == word).map_or("Card", |(_, name)| name).to_owned()
}

/// What the set-up of a card says; its card is expanded.
pub fn of_set_up(set_up: &Value) -> Option<Answer> {
    let outcome = match text(set_up, &["status"])? {
        "succeeded" => Outcome::Succeeded,
        "processing" => Outcome::Pending,
        "canceled" => Outcome::Declined { hard: false, code: "canceled".to_owned() },
        // On the page the owner may try another card.
        _ => Outcome::ActionRequired,
    };
    let method = set_up.get("payment_method").filter(|method| method.is_object());
    let token = method.and_then(|method| text(method, &["id"])).zip(text(set_up, &["customer"]));
    let card = token.map(|(method_id, customer)| StoredCard {
        token: format!("{customer}/{method_id}"),
        face: method.and_then(|method| method.get("card")).and_then(face),
    });
    let reference = text(set_up, &["id"])?.to_owned();
    Some(Answer { outcome, reference, card, checks: CardChecks::default() })
}

/// What a refund says.
pub fn of_refund(refund: &Value) -> Option<Answer> {
    let outcome = match text(refund, &["status"])? {
        "succeeded" => Outcome::Succeeded,
        "pending" | "requires_action" => Outcome::Pending,
        _ => Outcome::Declined {
            hard: true,
            code: text(refund, &["failure_reason"]).unwrap_or("refund_failed").to_owned(),
        },
    };
    let reference = text(refund, &["id"])?.to_owned();
    Some(Answer { outcome, reference, card: None, checks: CardChecks::default() })
}

/// What a dispute says. Inquiries (`warning_…`) take no money back and are none yet.
pub fn of_dispute(dispute: &Value) -> Option<DisputeAnswer> {
    let state = match text(dispute, &["status"])? {
        "needs_response" => DisputeState::NeedsResponse,
        "under_review" => DisputeState::UnderReview,
        "won" => DisputeState::Won,
        "lost" => DisputeState::Lost,
        _ => return None,
    };
    let currency = text(dispute, &["currency"])?.to_ascii_uppercase().parse().ok()?;
    let due = dispute.get("evidence_details").and_then(|details| details.get("due_by")?.as_i64());
    Some(DisputeAnswer {
        reference: text(dispute, &["id"])?.to_owned(),
        amount: Money::new(dispute.get("amount")?.as_i64()?, currency),
        reason: text(dispute, &["reason"]).unwrap_or("general").to_owned(),
        state,
        due_at: due.map(Timestamp::from_seconds),
    })
}
