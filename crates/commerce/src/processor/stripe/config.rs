//! Settings of Stripe. Secrets are not among them: they come from files or the environment.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Settings of Stripe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StripeConfig {
    /// Whether Stripe moves the money, in place of the built-in sandbox.
    pub enabled: bool,
    /// A file with the secret key of the API; empty: the environment's `MAILKEEP_STRIPE_KEY`.
    pub key_file: PathBuf,
    /// Files with the secrets of the webhook's endpoint (`whsec_…`), two while one is replaced; empty: the environment's
    /// `MAILKEEP_STRIPE_WEBHOOK_SECRETS`, separated by spaces.
    pub webhook_secret_files: Vec<PathBuf>,
    /// Where the API is.
    pub api: String,
    /// Where documents are sent to.
    pub files: String,
}

impl Default for StripeConfig {
    fn default() -> Self {
        StripeConfig {
            enabled: false,
            key_file: PathBuf::new(),
            webhook_secret_files: Vec::new(),
            api: "https://api.stripe.com".to_owned(),
            files: "https://files.stripe.com".to_owned(),
        }
    }
}
