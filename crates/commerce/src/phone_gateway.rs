//! Codes to telephones, by a gateway of the provider's choice: a small program in front of whoever carries messages or calls.
//!
//! It gets `POST` with `{"to": "+12175550100", "code": "12345678"}` as JSON and the secret as bearer token, and answers with any
//! 2xx once the code is on its way. What it says to the person, and in which voice, is its own.

use std::path::PathBuf;
use std::time::Duration;

use mailkeep_policy::Policy;
use mailkeep_policy::egress::Destination;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::CommerceError;
use crate::ports::{BoxFuture, PhoneCodes, PortError};

/// The recipient of the policy file.
pub const GATEWAY: Destination = Destination::Recipient("telephone-gateway");
/// How long a call may take; the applicant waits meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);

/// The gateway that brings codes to telephones. Its secret is not among the settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PhonesConfig {
    /// Where it is, e.g. `https://phones.example/codes`; empty: codes go by mail alone.
    pub gateway: String,
    /// A file with its secret; empty: the environment's `MAILKEEP_PHONES_SECRET`.
    pub secret_file: PathBuf,
}

/// A client of the gateway.
pub struct PhoneGateway {
    http: reqwest::Client,
    url: reqwest::Url,
    secret: String,
    policy: Policy,
}

impl PhoneGateway {
    /// A client of the gateway that the settings name.
    ///
    /// # Errors
    /// [`CommerceError::Port`] when its address is none.
    pub fn new(config: &PhonesConfig, secret: String, policy: Policy) -> Result<Self, CommerceError> {
        let url = reqwest::Url::parse(&config.gateway)
            .ok()
            .filter(|url| url.has_host() && matches!(url.scheme(), "https" | "http"))
            .ok_or_else(|| CommerceError::Port("phones.gateway is not an address on the web".to_owned()))?;
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| CommerceError::Port(format!("the client for telephones: {error}")))?;
        Ok(PhoneGateway { http, url, secret, policy })
    }

    async fn send(&self, number: &str, code: &str) -> Result<(), PortError> {
        let host = self.url.host_str().unwrap_or_default();
        let passed = self.policy.egress().pass(GATEWAY, host.trim_matches(['[', ']']));
        passed.map_err(|error| PortError(error.to_string()))?;
        let body = serde_json::json!({ "to": number, "code": code }).to_string();
        let request = self
            .http
            .post(self.url.clone())
            .bearer_auth(&self.secret)
            .header(reqwest::header::CONTENT_TYPE, "application/json")
            .body(body);
        // The text of a failure may quote what was sent; its kind is enough.
        let said = request.send().await.map_err(|error| {
            let why = if error.is_timeout() { "no answer came in time" } else { "no connection" };
            PortError(format!("the telephone gateway: {why}"))
        })?;
        match said.status() {
            status if status.is_success() => Ok(()),
            status => Err(PortError(format!("the telephone gateway answered {}", status.as_u16()))),
        }
    }
}

impl PhoneCodes for PhoneGateway {
    fn send_code<'a>(&'a self, number: &'a str, code: &'a str) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(self.send(number, code))
    }
}
