//! What the operator can set.

use schemars::JsonSchema;
use serde::Deserialize;

/// Webhooks: telling programs of customers, and of the house, what happens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WebhooksConfig {
    /// Whether endpoints may be reached by HTTP without TLS, and at private and loopback addresses. Never set this where
    /// customers register endpoints: they could reach what stands behind your firewall.
    pub allow_private_addresses: bool,
    /// How many seconds an endpoint has to answer.
    pub timeout_seconds: u32,
    /// How many endpoints a customer may register.
    pub endpoints_per_customer: u32,
    /// For how many days events and the log of their deliveries are kept.
    pub keep_days: u32,
}

impl Default for WebhooksConfig {
    fn default() -> Self {
        WebhooksConfig {
            allow_private_addresses: false,
            timeout_seconds: 15,
            endpoints_per_customer: 10,
            keep_days: 30,
        }
    }
}
