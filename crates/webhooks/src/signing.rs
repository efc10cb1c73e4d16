//! Signatures of the Standard Webhooks scheme (<https://www.standardwebhooks.com>, version 1): HMAC-SHA256 over
//! `id.timestamp.payload`, in base64 after `v1,`. During a rotation there are two, with a space between.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use mailkeep_policy::{LookupKind, Policy};
use mailkeep_types::Timestamp;
use sha2::Sha256;
use uuid::Uuid;

/// The header with the identifier of the event.
pub const ID: &str = "webhook-id";
/// The header with the time of sending, in seconds.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// The header with the signatures.
pub const SIGNATURE: &str = "webhook-signature";
/// How every secret begins, so that it is recognised where it should not be.
pub const PREFIX: &str = "whsec_";

/// What signs for an endpoint. Shown when it is made; Debug shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// The secret of a generation of an endpoint: made from a house key, so that it need not be stored.
    pub(crate) fn of(policy: &Policy, endpoint: Uuid, generation: i64) -> Self {
        let text = format!("the secret {generation} of the webhook endpoint {endpoint}");
        Secret(policy.lookup_hash(LookupKind::Other, &text))
    }

    /// As whoever verifies needs it: `whsec_` and base64.
    pub fn expose(&self) -> String {
        format!("{PREFIX}{}", BASE64.encode(&self.0))
    }

    fn sign(&self, id: &str, seconds: i64, payload: &str) -> String {
        // A key of any length does: the constructor cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(format!("{id}.{seconds}.").as_bytes());
        mac.update(payload.as_bytes());
        format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
    }
}

/// The name of an event in [`ID`].
pub fn message_id(event: Uuid) -> String {
    format!("evt_{}", event.simple())
}

/// The value of [`SIGNATURE`] under each of the secrets.
pub fn signatures(secrets: &[Secret], id: &str, at: Timestamp, payload: &str) -> String {
    let sign = |secret: &Secret| secret.sign(id, at.as_seconds(), payload);
    secrets.iter().map(sign).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_the_specification() {
        // The example of the specification's reference libraries.
        let key = BASE64.decode(b"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}");
        let expected = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(BASE64.encode(&mac.finalize().into_bytes()), expected);
        let secret = Secret([7; 32]);
        let at = Timestamp::from_seconds(1_614_265_330);
        let both = signatures(&[secret.clone(), Secret([8; 32])], "evt_1", at, "{}");
        let [first, second] = both.split(' ').collect::<Vec<_>>()[..] else { panic!("two signatures") };
        assert!(first.starts_with("v1,") && second.starts_with("v1,") && first != second);
        assert_eq!(first, secret.sign("evt_1", 1_614_265_330, "{}"));
        assert_eq!(format!("{secret:?}"), "Secret");
    }
}
