//! What the operator sets for the pages.

use mailkeep_commerce::brands::BrandConfig;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::chrome::Brand;

/// The `[web]` table of the configuration.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WebConfig {
    /// The name that customers see.
    pub brand_name: String,
    /// The company behind the brand, shown at the foot of every page.
    pub company: String,
    /// The address under which browsers reach the site, without a path: `https://www.example.com`.
    pub public_url: String,
    /// Where customers can write to a person.
    pub support_email: String,
    /// The time zone of dates for visitors and for persons who chose none: an IANA name.
    pub time_zone: String,
    /// The host name that mail programs connect to.
    pub mail_host: String,
    /// IMAP with TLS from the start.
    pub imaps_port: u16,
    /// IMAP with STARTTLS.
    pub imap_port: u16,
    /// Submission with TLS from the start.
    pub submissions_port: u16,
    /// Submission with STARTTLS.
    pub submission_port: u16,
    /// Further origins that a form may lead to: the payment page of an outside processor, e.g.
    /// `https://checkout.stripe.com`.
    pub payment_origins: Vec<String>,
    /// The largest form that is read, in bytes.
    pub max_form_bytes: usize,
    /// The largest file that staff may upload for the downloads, in bytes. It must arrive within `http.body_seconds`.
    pub max_download_bytes: u64,
    /// How many requests an API token may make in a minute, on each node; a whole minute's worth may come at once.
    pub api_requests_per_minute: u32,
    /// Whether pages for development (`/_components`) are served.
    pub development: bool,
}

impl Default for WebConfig {
    fn default() -> Self {
        WebConfig {
            brand_name: "Mailkeep".to_owned(),
            company: "Mailkeep Example Inc.".to_owned(),
            public_url: "https://localhost:8443".to_owned(),
            support_email: "support@mailkeep.example".to_owned(),
            time_zone: "America/New_York".to_owned(),
            mail_host: "mail.mailkeep.example".to_owned(),
            imaps_port: 993,
            imap_port: 143,
            submissions_port: 465,
            submission_port: 587,
            payment_origins: Vec::new(),
            max_form_bytes: 256 * 1024,
            max_download_bytes: 2 * 1024 * 1024 * 1024,
            api_requests_per_minute: 300,
            development: false,
        }
    }
}

impl WebConfig {
    /// The same as a brand has it: its name, company, addresses and servers. The house's own where there is none.
    #[must_use]
    pub fn under(&self, brand: Option<&BrandConfig>) -> Self {
        let config = self.clone();
        let Some(brand) = brand else { return config };
        let face = Brand::of(&config).under(Some(brand));
        WebConfig {
            brand_name: face.name,
            company: face.company,
            support_email: face.support_email,
            public_url: face.url,
            mail_host: brand.mail_host.clone().unwrap_or_else(|| config.mail_host.clone()),
            ..config
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_refused() {
        assert!(serde_json::from_str::<WebConfig>(r#"{"brand": "x"}"#).is_err());
        assert_eq!(serde_json::from_str::<WebConfig>("{}").unwrap().imaps_port, 993);
    }
}
