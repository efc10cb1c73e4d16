//! Which processor moves the money: the built-in sandbox, or Stripe with its secrets.

use std::sync::Arc;

use anyhow::{Context, Result};
use mailkeep_commerce::processor::Processor;
use mailkeep_commerce::processor::sandbox::Sandbox;
use mailkeep_commerce::processor::stripe::config::StripeConfig;
use mailkeep_commerce::processor::stripe::{Stripe, StripeSecrets};
use mailkeep_policy::Policy;

use super::secrets;

const KEY: &str = "MAILKEEP_STRIPE_KEY";
const WEBHOOK_SECRETS: &str = "MAILKEEP_STRIPE_WEBHOOK_SECRETS";

/// The processor that the configuration names.
///
/// # Errors
/// When a secret is missing; the sentence says where it is looked for, and never what it is.
pub fn open(config: &StripeConfig, policy: &Policy, sandbox: &Sandbox) -> Result<Arc<dyn Processor>> {
    if !config.enabled {
        return Ok(Arc::new(sandbox.clone()));
    }
    let enabled = "Stripe is enabled";
    let key = secrets::read(&config.key_file, KEY).context(enabled)?;
    let webhook = match config.webhook_secret_files.as_slice() {
        [] => {
            let all = secrets::from_environment(WEBHOOK_SECRETS).context(enabled)?;
            all.split_whitespace().map(str::to_owned).collect()
        }
        files => files.iter().map(|file| secrets::from_file(file)).collect::<Result<Vec<_>>>()?,
    };
    let stripe = Stripe::new(config, StripeSecrets { key, webhook }, policy.clone())?;
    Ok(Arc::new(stripe))
}
