//! Which processor moves the money: the built-in sandbox, or Stripe with its secrets.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use mailkeep_commerce::processor::Processor;
use mailkeep_commerce::processor::sandbox::Sandbox;
use mailkeep_commerce::processor::stripe::config::StripeConfig;
use mailkeep_commerce::processor::stripe::{Stripe, StripeSecrets};
use mailkeep_policy::Policy;

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
    let key = match config.key_file.as_os_str().is_empty() {
        true => from_environment(KEY)?,
        false => from_file(&config.key_file)?,
    };
    let webhook = match config.webhook_secret_files.as_slice() {
        [] => from_environment(WEBHOOK_SECRETS)?.split_whitespace().map(str::to_owned).collect(),
        files => files.iter().map(|file| from_file(file)).collect::<Result<Vec<_>>>()?,
    };
    let stripe = Stripe::new(config, StripeSecrets { key, webhook }, policy.clone())?;
    Ok(Arc::new(stripe))
}

fn from_file(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("the secret in {}", path.display()))?;
    let secret = text.trim().to_owned();
    anyhow::ensure!(!secret.is_empty(), "{} holds no secret", path.display());
    Ok(secret)
}

fn from_environment(name: &str) -> Result<String> {
    let secret = std::env::var(name).unwrap_or_default().trim().to_owned();
    anyhow::ensure!(!secret.is_empty(), "Stripe is enabled, and neither a file nor {name} holds its secret");
    Ok(secret)
}
