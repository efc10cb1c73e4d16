//! Where guests of distribution lists say whether they want it: on the site of the brand that the list's customer belongs to.

use std::sync::Arc;

use mailkeep_commerce::Commerce;
use mailkeep_smtp::house::{BoxFuture, HouseError, ListLinks};
use mailkeep_types::CustomerId;
use mailkeep_web::config::WebConfig;

/// Knows the sites.
pub struct Links {
    /// Knows to which brand a customer belongs.
    pub commerce: Commerce,
    /// The house's own.
    pub site: Arc<WebConfig>,
}

impl ListLinks for Links {
    fn link(&self, customer: CustomerId, token: String) -> BoxFuture<'_, Result<String, HouseError>> {
        Box::pin(async move {
            let mut site = self.site.public_url.clone();
            if !self.commerce.config().brands.is_empty() {
                let brand = self.commerce.brand_of_customer(customer).await;
                let brand = brand.map_err(|error| HouseError::Failed(error.to_string()))?;
                site = self.site.under(self.commerce.config().brand(&brand)).public_url;
            }
            Ok(format!("{}/lists/{token}", site.trim_end_matches('/')))
        })
    }
}
