//! Signed messages about answers. They may be sent again and in any order; the receiver must not care.

use std::time::Duration;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{PaymentAttemptId, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

use super::{CallError, Sandbox, outage, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::processor::{About, WebhookEvent};

/// How far the time of a signature may lie from ours.
const TOLERANCE: Duration = Duration::from_secs(300);

/// The body of a webhook.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    id: Uuid,
    attempt: PaymentAttemptId,
    outcome: String,
}

/// A webhook on its way: the bytes of the body and the value of the header `Sandbox-Signature`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Names the event.
    pub id: Uuid,
    /// The raw body.
    pub body: Vec<u8>,
    /// `t=<seconds>,v1=<hex HMAC-SHA256 over "<seconds>.<body>">`.
    pub signature: String,
}

impl Sandbox {
    /// The webhooks that are due; with `again` also those that were delivered before.
    ///
    /// # Errors
    /// [`CallError::Unknown`] when the sandbox's database fails.
    pub async fn due_webhooks(&self, again: bool) -> Result<Vec<Delivery>, CallError> {
        let rows = self.db.read(move |tx| store::due_webhooks(tx, again)).await.map_err(outage)?;
        let now = self.db.now();
        Ok(rows
            .into_iter()
            .map(|(id, attempt, outcome)| sign(&self.secret, id, attempt, outcome, now))
            .collect())
    }

    /// The receiver took a webhook.
    ///
    /// # Errors
    /// [`CallError::Unknown`] when the sandbox's database fails.
    pub async fn mark_delivered(&self, id: Uuid) -> Result<(), CallError> {
        let marked = self.db.write(move |tx| -> Result<(), SqlError> { store::mark_delivered(tx, id) });
        marked.await.map_err(outage)
    }
}

impl Commerce {
    /// Carries the sandbox's due webhooks over, with no network between: what its own delivery would do over HTTP.
    /// Returns how many were taken in.
    ///
    /// # Errors
    /// What taking one in brought; it and those after it come again.
    pub async fn take_sandbox_webhooks(&self, sandbox: &Sandbox) -> Result<usize, CommerceError> {
        let due = sandbox.due_webhooks(false).await?;
        for delivery in &due {
            self.receive_webhook(&delivery.body, &delivery.signature).await?;
            sandbox.mark_delivered(delivery.id).await?;
        }
        Ok(due.len())
    }
}

fn sign(secret: &[u8; 32], id: Uuid, attempt: PaymentAttemptId, outcome: String, now: Timestamp) -> Delivery {
    // Three plain fields: serialising them cannot fail.
    let body = serde_json::to_vec(&Body { id, attempt, outcome }).unwrap_or_default();
    let seconds = now.as_seconds();
    let signature =
        format!("t={seconds},v1={}", HEXLOWER.encode(&mac(secret, seconds, &body).finalize().into_bytes()));
    Delivery { id, body, signature }
}

fn mac(secret: &[u8; 32], seconds: i64, body: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of every length (RFC 2104).
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret).expect("a key of any length");
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

/// Verifies the signature on the raw bytes, then reads them.
pub(super) fn read(
    secret: &[u8; 32],
    body: &[u8],
    signature: &str,
    now: Timestamp,
) -> Result<WebhookEvent, CommerceError> {
    let field = |name: &str| signature.split(',').find_map(|part| part.trim().strip_prefix(name));
    let seconds: i64 = field("t=")
        .and_then(|t| t.parse().ok())
        .ok_or(CommerceError::Webhook("the signature has no time"))?;
    let given = field("v1=")
        .and_then(|hex| HEXLOWER.decode(hex.as_bytes()).ok())
        .ok_or(CommerceError::Webhook("the signature is malformed"))?;
    mac(secret, seconds, body)
        .verify_slice(&given)
        .map_err(|_| CommerceError::Webhook("the signature does not fit the body"))?;
    let signed_at = Timestamp::from_seconds(seconds);
    if now.since(signed_at) > TOLERANCE || signed_at.since(now) > TOLERANCE {
        return Err(CommerceError::Webhook("the signature is too old"));
    }
    let body: Body =
        serde_json::from_slice(body).map_err(|_| CommerceError::Webhook("the body is malformed"))?;
    Ok(WebhookEvent { id: body.id.to_string(), about: Some(About::Attempt(body.attempt)) })
}
