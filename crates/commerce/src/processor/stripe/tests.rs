use reqwest::StatusCode;
use serde_json::{Value, json};

use super::answers::{self, Part, declined, of_dispute, of_intent, of_refund};
use super::client::{Said, encode, judge};
use super::*;
use crate::processor::{About, DisputeState, Outcome};

fn intent(status: &str, method: &str) -> Value {
    json!({
        "id": "pi_1", "status": status, "capture_method": method,
        "metadata": { "attempt": "0190a0a0-0000-7000-8000-000000000001", "keep": "yes" },
        "customer": "cus_1", "payment_method": "pm_1",
        "latest_charge": { "payment_method_details": { "card": {
            "country": "FR", "checks": { "cvc_check": "pass", "address_postal_code_check": "fail" } } } },
    })
}

#[test]
fn each_status_has_its_outcome() {
    let said = |status, method, part| of_intent(&intent(status, method), part).map(|answer| answer.outcome);
    let soft = |code: &str| Some(Outcome::Declined { hard: false, code: code.to_owned() });
    let hard = |code: &str| Some(Outcome::Declined { hard: true, code: code.to_owned() });
    for (status, method, part, outcome) in [
        ("requires_capture", "manual", Part::Asked, Some(Outcome::Succeeded)),
        ("requires_payment_method", "manual", Part::Asked, Some(Outcome::ActionRequired)),
        ("requires_action", "manual", Part::Asked, Some(Outcome::ActionRequired)),
        ("processing", "automatic", Part::Asked, Some(Outcome::Pending)),
        ("succeeded", "automatic", Part::Asked, Some(Outcome::Succeeded)),
        ("requires_payment_method", "automatic", Part::Asked, soft("generic_decline")),
        ("requires_action", "automatic", Part::Asked, hard("authentication_required")),
        ("requires_capture", "manual", Part::Captured, None),
        ("succeeded", "manual", Part::Captured, Some(Outcome::Succeeded)),
        ("canceled", "manual", Part::Captured, soft("expired")),
        ("canceled", "manual", Part::Released, Some(Outcome::Succeeded)),
        ("requires_capture", "manual", Part::Released, None),
    ] {
        assert_eq!(said(status, method, part), outcome, "{status} {method} {part:?}");
    }
    let answer = of_intent(&intent("requires_capture", "manual"), Part::Asked).unwrap();
    assert_eq!(answer.card.unwrap().token, "cus_1/pm_1");
    assert_eq!(answer.checks.country.as_deref(), Some("FR"));
    assert_eq!(answer.checks.postal_code, Some(crate::screening::CardCheck::Fail));
}

#[test]
fn declines_are_hard_only_when_the_card_will_never_work() {
    for code in ["lost_card", "stolen_card", "expired_card", "authentication_required"] {
        assert!(matches!(declined(code), Outcome::Declined { hard: true, .. }), "{code}");
    }
    for code in ["insufficient_funds", "do_not_honor", "processing_error", "try_again_later", ""] {
        assert!(matches!(declined(code), Outcome::Declined { hard: false, .. }), "{code}");
    }
    let body =
        json!({ "error": { "type": "card_error", "code": "card_declined", "decline_code": "lost_card" } });
    assert_eq!(answers::error_code(&body), "lost_card");
}

#[test]
fn what_may_have_been_done_is_never_called_refused() {
    let said = |status: u16| judge(StatusCode::from_u16(status).unwrap(), Some(json!({ "error": {} })));
    for unknown in [401, 403, 409, 429, 500, 502, 503] {
        assert!(matches!(said(unknown), Err(CallError::Unknown(_))), "{unknown}");
    }
    assert!(matches!(said(400), Err(CallError::Refused(_))));
    assert!(matches!(said(402), Ok(Said::CardError(_))));
    assert!(matches!(said(404), Ok(Said::Nothing)));
    assert!(matches!(judge(StatusCode::OK, None), Err(CallError::Unknown(_))));
}

#[test]
fn disputes_and_refunds_are_read() {
    let dispute = |status: &str| {
        json!({ "id": "dp_1", "amount": 1000, "currency": "usd", "reason": "fraudulent", "status": status,
            "evidence_details": { "due_by": 1_780_000_000 } })
    };
    let read = of_dispute(&dispute("needs_response")).unwrap();
    assert_eq!((read.amount.minor, read.state), (1000, DisputeState::NeedsResponse));
    assert_eq!(read.due_at, Some(Timestamp::from_seconds(1_780_000_000)));
    assert_eq!(of_dispute(&dispute("warning_needs_response")), None, "an inquiry takes nothing back");
    let refund = |status: &str| of_refund(&json!({ "id": "re_1", "status": status })).unwrap().outcome;
    assert_eq!(refund("succeeded"), Outcome::Succeeded);
    assert_eq!(refund("pending"), Outcome::Pending);
    assert!(matches!(refund("failed"), Outcome::Declined { hard: true, .. }));
}

#[test]
fn webhooks_say_where_to_look() {
    // Made with Stripe's own Python package (stripe 16.1.0, WebhookSignature._compute_signature).
    let body =
        br#"{"id":"evt_1","type":"charge.dispute.created","data":{"object":{"payment_intent":"pi_1"}}}"#;
    let secrets = ["whsec_old".to_owned(), "whsec_new".to_owned()];
    let at = Timestamp::from_seconds(1_780_000_000);
    let header = "t=1780000000,v1=c60d3e439528c040c2c1d8b24d93688c365c49adf1ebbe425f2ac2b0445df18f";
    let event = webhook::read(&secrets, body, header, at).unwrap();
    assert_eq!((event.id.as_str(), event.about), ("evt_1", Some(About::Payment("pi_1".to_owned()))));
    let late = at.plus(std::time::Duration::from_secs(301));
    assert!(webhook::read(&secrets, body, header, late).is_err());
    assert!(webhook::read(&secrets[..1], body, header, at).is_err());
    assert!(webhook::read(&[String::new()], body, header, at).is_err());
    let other =
        br#"{"id":"evt_2","type":"charge.dispute.created","data":{"object":{"payment_intent":"pi_1"}}}"#;
    assert!(webhook::read(&secrets, other, header, at).is_err());
    for malformed in ["", "t=,v1=", "t=1780000000", "v1=00", "t=x,v1=zz", "t=1780000000,v1=00,v1=11"] {
        assert!(webhook::read(&secrets, body, malformed, at).is_err(), "{malformed}");
    }
}

#[test]
fn forms_are_percent_encoded() {
    assert_eq!(encode("a b&c=d/é"), "a%20b%26c%3Dd%2F%C3%A9");
}
