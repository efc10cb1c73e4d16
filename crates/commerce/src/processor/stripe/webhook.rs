//! Stripe's webhooks: the signature is verified on the raw bytes, then the message says where to look.

use std::time::Duration;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use mailkeep_types::Timestamp;
use serde_json::Value;
use sha2::Sha256;

use super::answers::{Part, named};
use crate::error::CommerceError;
use crate::processor::{About, WebhookEvent};

/// How far the time of a signature may lie from ours, as in Stripe's own libraries.
const TOLERANCE: Duration = Duration::from_secs(300);

/// Verifies the header `Stripe-Signature` (`t=…,v1=…`, more than one `v1` while a secret is replaced) and reads the event.
///
/// # Errors
/// [`CommerceError::Webhook`] when no secret made a signature, it is too old, or the body is no event.
pub fn read(
    secrets: &[String],
    body: &[u8],
    signature: &str,
    now: Timestamp,
) -> Result<WebhookEvent, CommerceError> {
    verify(secrets, body, signature, now)?;
    let malformed = CommerceError::Webhook("the body is malformed");
    let Ok(event) = serde_json::from_slice::<Value>(body) else { return Err(malformed) };
    let field = |name: &str| event.get(name).and_then(Value::as_str);
    let (Some(id), Some(kind)) = (field("id"), field("type")) else { return Err(malformed) };
    let object = event.get("data").and_then(|data| data.get("object")).unwrap_or(&Value::Null);
    Ok(WebhookEvent { id: id.chars().take(255).collect(), about: about(kind, object) })
}

fn about(kind: &str, object: &Value) -> Option<About> {
    let attempt = |parts: &[Part]| parts.iter().find_map(|part| named(object, *part)).map(About::Attempt);
    let payment = || object.get("payment_intent")?.as_str().map(|id| About::Payment(id.to_owned()));
    match kind {
        "payment_intent.succeeded" => attempt(&[Part::Captured, Part::Asked]),
        "payment_intent.canceled" => attempt(&[Part::Released, Part::Asked]),
        _ if ["payment_intent.", "setup_intent.", "checkout.session."]
            .iter()
            .any(|of| kind.starts_with(of)) =>
        {
            attempt(&[Part::Asked])
        }
        _ if kind.starts_with("charge.dispute.") => payment(),
        _ if kind.starts_with("refund.") => attempt(&[Part::Asked]),
        _ => None,
    }
}

fn verify(secrets: &[String], body: &[u8], signature: &str, now: Timestamp) -> Result<(), CommerceError> {
    let fields = || signature.split(',').filter_map(|part| part.trim().split_once('='));
    let stamp = fields()
        .find(|(name, _)| *name == "t")
        .map(|(_, value)| value)
        .ok_or(CommerceError::Webhook("the signature has no time"))?;
    let seconds: i64 =
        stamp.parse().map_err(|_| CommerceError::Webhook("the time of the signature is malformed"))?;
    let given: Vec<Vec<u8>> = fields()
        .filter(|(name, _)| *name == "v1")
        .filter_map(|(_, hex)| HEXLOWER.decode(hex.as_bytes()).ok())
        .take(8)
        .collect();
    let fits = |secret: &String| {
        given.iter().any(|given| {
            // HMAC takes keys of every length (RFC 2104).
            let mut mac =
                <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()).expect("a key of any length");
            mac.update(stamp.as_bytes());
            mac.update(b".");
            mac.update(body);
            mac.verify_slice(given).is_ok()
        })
    };
    if !secrets.iter().filter(|secret| !secret.is_empty()).any(fits) {
        return Err(CommerceError::Webhook("the signature does not fit the body"));
    }
    let signed_at = Timestamp::from_seconds(seconds);
    if now.since(signed_at) > TOLERANCE || signed_at.since(now) > TOLERANCE {
        return Err(CommerceError::Webhook("the signature is too old"));
    }
    Ok(())
}
