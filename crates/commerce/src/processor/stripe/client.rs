//! The one place that connects to Stripe: asks the policy first, sends, and says what became of the call.

use std::time::Duration;

use mailkeep_policy::Policy;
use mailkeep_policy::egress::Destination;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::config::StripeConfig;
use crate::error::CommerceError;
use crate::processor::CallError;

/// The recipient of the policy file.
pub const PROCESSOR: Destination = Destination::Recipient("card-processor");
/// How long a call may take; then its outcome is unknown and is asked for.
const PATIENCE: Duration = Duration::from_secs(30);
/// No answer of the API is larger.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Fields of a form, in Stripe's notation: `metadata[attempt]`.
pub(super) type Fields = Vec<(String, String)>;

/// What the API answered.
pub(super) enum Said {
    /// What was asked for.
    Done(Value),
    /// A card was declined (402).
    CardError(Value),
    /// There is no such thing (404).
    Nothing,
}

/// A client of the API.
pub struct Client {
    http: reqwest::Client,
    api: String,
    files: String,
    key: String,
    policy: Policy,
}

impl Client {
    pub(super) fn new(config: &StripeConfig, key: String, policy: Policy) -> Result<Self, CommerceError> {
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| CommerceError::Port(format!("the client for Stripe: {error}")))?;
        let base = |url: &str| url.trim_end_matches('/').to_owned();
        Ok(Client { http, api: base(&config.api), files: base(&config.files), key, policy })
    }

    pub(super) async fn get(&self, path: &str) -> Result<Said, CallError> {
        self.send(Method::GET, &self.api, path, None, None).await
    }

    /// Calls; with a key the same call is carried out once, however often it is made.
    pub(super) async fn post(
        &self,
        path: &str,
        fields: Fields,
        key: Option<&str>,
    ) -> Result<Said, CallError> {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        let body = ("application/x-www-form-urlencoded".to_owned(), body.into_bytes());
        self.send(Method::POST, &self.api, path, Some(body), key).await
    }

    /// Sends a document for a dispute; returns what the answer to the dispute names it by.
    pub(super) async fn upload(&self, document: &[u8], key: &str) -> Result<Said, CallError> {
        const BOUNDARY: &str = "mailkeep-7f3k2q9m";
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\ndispute_evidence\r\n\
             --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"evidence.pdf\"\r\n\
             Content-Type: application/pdf\r\n\r\n"
        );
        let mut body = head.into_bytes();
        body.extend_from_slice(document);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let body = (format!("multipart/form-data; boundary={BOUNDARY}"), body);
        self.send(Method::POST, &self.files, "/v1/files", Some(body), Some(key)).await
    }

    async fn send(
        &self,
        method: Method,
        base: &str,
        path: &str,
        body: Option<(String, Vec<u8>)>,
        key: Option<&str>,
    ) -> Result<Said, CallError> {
        let refused = |why: &str| CallError::Refused(why.to_owned());
        let url = format!("{base}{path}");
        let parsed = reqwest::Url::parse(&url).map_err(|_| refused("the address of the API is none"))?;
        let host = parsed.host_str().ok_or_else(|| refused("the address of the API has no host"))?;
        self.policy
            .egress()
            .pass(PROCESSOR, host.trim_matches(['[', ']']))
            .map_err(|error| CallError::Refused(error.to_string()))?;
        let mut request = self.http.request(method, parsed).bearer_auth(&self.key);
        if let Some((kind, bytes)) = body {
            request = request.header(reqwest::header::CONTENT_TYPE, kind).body(bytes);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        // The text of a failure names the address, which may hold an identifier; its kind is enough.
        let lost = |error: reqwest::Error| {
            let why = if error.is_timeout() {
                "no answer came in time"
            } else if error.is_connect() {
                "no connection"
            } else {
                "the answer broke off"
            };
            CallError::Unknown(format!("Stripe: {why}"))
        };
        let mut response = request.send().await.map_err(lost)?;
        let status = response.status();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if bytes.len() + chunk.len() > MOST_BYTES {
                return Err(CallError::Unknown("Stripe: the answer is too large".to_owned()));
            }
            bytes.extend_from_slice(&chunk);
        }
        let said = serde_json::from_slice::<Value>(&bytes).ok();
        judge(status, said)
    }
}

/// What a status and body mean for a call.
pub(super) fn judge(status: StatusCode, said: Option<Value>) -> Result<Said, CallError> {
    let code = said.as_ref().map(super::answers::error_code).unwrap_or_default();
    match status.as_u16() {
        200..=299 => said
            .map(Said::Done)
            // It may have been carried out: what cannot be read is asked for again.
            .ok_or_else(|| CallError::Unknown("Stripe: the answer cannot be read".to_owned())),
        402 => said
            .map(Said::CardError)
            .ok_or_else(|| CallError::Unknown("Stripe: the decline cannot be read".to_owned())),
        404 => Ok(Said::Nothing),
        // Nothing was done, but not because of what was asked: a key to be mended, a lock, a limit, an outage.
        401 | 403 => Err(CallError::Unknown("Stripe does not accept our key".to_owned())),
        409 | 429 | 500..=599 => Err(CallError::Unknown(format!("Stripe: status {status} {code}"))),
        _ => Err(CallError::Refused(format!("Stripe: status {status} {code}"))),
    }
}

/// Percent-encoding for forms and queries: what is not unreserved (RFC 3986 section 2.3).
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
