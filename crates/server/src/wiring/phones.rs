//! Who brings codes to telephones, if anybody does.

use std::sync::Arc;

use anyhow::{Context, Result};
use mailkeep_commerce::phone_gateway::{PhoneGateway, PhonesConfig};
use mailkeep_commerce::ports::PhoneCodes;
use mailkeep_policy::Policy;

use super::secrets;

const SECRET: &str = "MAILKEEP_PHONES_SECRET";

/// The gateway that the configuration names.
///
/// # Errors
/// When its secret is missing, or its address is none.
pub fn open(config: &PhonesConfig, policy: &Policy) -> Result<Option<Arc<dyn PhoneCodes>>> {
    if config.gateway.is_empty() {
        return Ok(None);
    }
    let secret = secrets::read(&config.secret_file, SECRET).context("phones.gateway is set")?;
    Ok(Some(Arc::new(PhoneGateway::new(config, secret, policy.clone())?)))
}
