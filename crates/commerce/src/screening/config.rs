//! Thresholds, weights and the operator's own lists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::{ConfigProblem, is_domain};

/// How first orders are screened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScreeningConfig {
    /// From this score on a person decides.
    pub review_from: i32,
    /// From this score on an order is refused.
    pub refuse_from: i32,
    /// What each finding weighs; negative weights speak for an order.
    pub weights: Weights,
    /// Orders from one network within 24 hours from which `network_busy` counts.
    pub network_busy_from: u32,
    /// Orders from one network within 24 hours from which `network_flood` counts instead.
    pub network_flood_from: u32,
    /// A first order of more mailboxes than this counts as large.
    pub large_order_over: u32,
    /// Mail domains whose orders the operator refuses.
    pub blocked_domains: Vec<String>,
    /// Mail domains of throw-away addresses beyond the built-in ones.
    pub disposable_domains: Vec<String>,
    /// Mail domains that give addresses to anybody beyond the built-in ones.
    pub free_mail_domains: Vec<String>,
}

/// What each finding weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// The mail domain is on the operator's own block list.
    pub blocked_domain: i32,
    /// The mail domain gives throw-away addresses.
    pub disposable_domain: i32,
    /// The mail domain gives addresses to anybody.
    pub free_mail_domain: i32,
    /// The mail domain cannot receive mail.
    pub no_mx: i32,
    /// The address names an office such as `info`.
    pub role_address: i32,
    /// The postal code does not have the form of its country.
    pub postal_code_form: i32,
    /// The country is not one.
    pub country_form: i32,
    /// The telephone number cannot be one.
    pub phone_form: i32,
    /// No telephone number was given.
    pub phone_absent: i32,
    /// The card's security code is wrong.
    pub card_code_wrong: i32,
    /// The card's bank knows another postal code.
    pub card_postal_code_wrong: i32,
    /// The card is from another country than the address. Alone it never refuses.
    pub card_country_differs: i32,
    /// Several orders from one network.
    pub network_busy: i32,
    /// Many orders from one network.
    pub network_flood: i32,
    /// The customer's first order.
    pub first_order: i32,
    /// The customer was served before.
    pub served_before: i32,
    /// An order of this customer was refused before.
    pub refused_before: i32,
    /// A first order of many mailboxes.
    pub large_first_order: i32,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            blocked_domain: 100,
            disposable_domain: 60,
            free_mail_domain: 8,
            no_mx: 35,
            role_address: 8,
            postal_code_form: 18,
            country_form: 25,
            phone_form: 18,
            phone_absent: 4,
            card_code_wrong: 45,
            card_postal_code_wrong: 25,
            card_country_differs: 20,
            network_busy: 25,
            network_flood: 60,
            first_order: 5,
            served_before: -15,
            refused_before: 40,
            large_first_order: 20,
        }
    }
}

impl Default for ScreeningConfig {
    fn default() -> Self {
        ScreeningConfig {
            review_from: 25,
            refuse_from: 80,
            weights: Weights::default(),
            network_busy_from: 3,
            network_flood_from: 8,
            large_order_over: 50,
            blocked_domains: Vec::new(),
            disposable_domains: Vec::new(),
            free_mail_domains: Vec::new(),
        }
    }
}

impl ScreeningConfig {
    /// Every mistake.
    pub fn check(&self) -> Vec<ConfigProblem> {
        let mut problems = Vec::new();
        if self.review_from < 1 || self.review_from > self.refuse_from {
            problems.push(ConfigProblem::at(
                "commerce.screening.review_from",
                "must be at least 1 and not above refuse_from",
            ));
        }
        if self.network_busy_from == 0 || self.network_busy_from > self.network_flood_from {
            problems.push(ConfigProblem::at(
                "commerce.screening.network_busy_from",
                "must be at least 1 and not above network_flood_from",
            ));
        }
        for (key, list) in [
            ("blocked_domains", &self.blocked_domains),
            ("disposable_domains", &self.disposable_domains),
            ("free_mail_domains", &self.free_mail_domains),
        ] {
            for name in list.iter().filter(|name| !is_domain(name)) {
                problems.push(ConfigProblem::at(
                    format!("commerce.screening.{key}"),
                    format!("“{name}” is not a domain name in small ASCII letters"),
                ));
            }
        }
        problems
    }
}
