//! Thresholds, weights and the operator's own lists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::{ConfigProblem, is_domain};

/// How first orders are screened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScreeningConfig {
    /// From this score on the applicant shows that they are who they say.
    pub verify_from: i32,
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
    /// Other customers' orders from the same kind of device within two hours from which `device_busy` counts.
    pub device_busy_from: u32,
    /// Other customers' orders with the same card within thirty days from which `card_shared` counts.
    pub card_shared_from: u32,
    /// Other customers' orders under the same name within a week from which `name_repeated` counts.
    pub name_repeated_from: u32,
    /// Other customers' orders from the same mail domain within a week from which `mail_domain_busy` counts.
    pub mail_domain_busy_from: u32,
    /// Declined or refused orders from one network within a day from which `network_failed` counts.
    pub network_failed_from: u32,
    /// What the signs of a crowd (network, device, card, name, mail domain) weigh together at most: they speak of one thing.
    pub crowd_at_most: i32,
    /// A first order of more mailboxes than this counts as large.
    pub large_order_over: u32,
    /// A mail domain that exists for fewer days than this counts as young, where its age is known.
    pub young_domain_days: u32,
    /// Within how many days an applicant who is asked to shows who they are; then the order is refused.
    pub verify_within_days: u16,
    /// How many wrong codes end an order.
    pub wrong_codes_at_most: u32,
    /// For how many days after its refusal an order keeps who placed it.
    pub keep_refused_days: u16,
    /// For how many days after the decision documents of applicants are kept.
    pub keep_documents_days: u16,
    /// For how many days something stays on the block list.
    pub block_days: u16,
    /// Mail domains whose orders the operator refuses.
    pub blocked_domains: Vec<String>,
    /// Mail domains of throw-away addresses beyond the listed ones.
    pub disposable_domains: Vec<String>,
    /// Mail domains that give addresses to anybody beyond the listed ones.
    pub free_mail_domains: Vec<String>,
}

/// What each finding weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Something of the order is on the block list.
    pub blocked: i32,
    /// The mail domain is on the operator's own block list.
    pub blocked_domain: i32,
    /// The mail domain gives throw-away addresses: a list kept by hand says so.
    pub disposable_domain: i32,
    /// The mail domain gives throw-away addresses: a list gathered from others says so.
    pub disposable_rumour: i32,
    /// The mail of the domain goes where the mail of listed throw-away domains goes.
    pub disposable_exchanger: i32,
    /// The mail domain gives addresses to anybody.
    pub free_mail_domain: i32,
    /// The mail domain cannot receive mail.
    pub no_mx: i32,
    /// The mail domain exists for a short time only.
    pub young_domain: i32,
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
    /// The telephone number is one that anybody gets over the internet.
    pub phone_voip: i32,
    /// The telephone number is from another country than the address.
    pub phone_country_differs: i32,
    /// The card's security code is wrong.
    pub card_code_wrong: i32,
    /// The card's bank knows another postal code.
    pub card_postal_code_wrong: i32,
    /// The card is from another country than the address.
    pub card_country_differs: i32,
    /// The card is prepaid.
    pub card_prepaid: i32,
    /// The network is from another country than the address.
    pub network_country_differs: i32,
    /// The network hides where people are: a VPN or a proxy.
    pub network_anonymous: i32,
    /// The network is an exit of Tor.
    pub network_tor: i32,
    /// The network is one of servers rather than of people.
    pub network_hosting: i32,
    /// Several orders from one network.
    pub network_busy: i32,
    /// Many orders from one network.
    pub network_flood: i32,
    /// Orders from this network were declined or refused.
    pub network_failed: i32,
    /// Several customers order from the same kind of device.
    pub device_busy: i32,
    /// Other customers used the same card.
    pub card_shared: i32,
    /// Other customers gave the same name.
    pub name_repeated: i32,
    /// Several customers order from the same mail domain.
    pub mail_domain_busy: i32,
    /// The customer's first order.
    pub first_order: i32,
    /// The customer was served before.
    pub served_before: i32,
    /// An order of this customer was refused before.
    pub refused_before: i32,
    /// A first order of many mailboxes.
    pub large_first_order: i32,
    /// The applicant gave the code that was sent to their mail address.
    pub verified_mail: i32,
    /// The applicant gave the code that was sent to their telephone.
    pub verified_phone: i32,
    /// A person took the order back in after an appeal.
    pub cleared: i32,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            blocked: 100,
            blocked_domain: 100,
            disposable_domain: 60,
            disposable_rumour: 25,
            disposable_exchanger: 45,
            free_mail_domain: 5,
            no_mx: 45,
            young_domain: 22,
            role_address: 8,
            postal_code_form: 14,
            country_form: 25,
            phone_form: 13,
            phone_absent: 2,
            phone_voip: 6,
            phone_country_differs: 3,
            card_code_wrong: 45,
            card_postal_code_wrong: 22,
            card_country_differs: 8,
            card_prepaid: 8,
            network_country_differs: 5,
            network_anonymous: 8,
            network_tor: 20,
            network_hosting: 8,
            network_busy: 45,
            network_flood: 60,
            network_failed: 20,
            device_busy: 45,
            card_shared: 35,
            name_repeated: 18,
            mail_domain_busy: 25,
            first_order: 5,
            served_before: -15,
            refused_before: 40,
            large_first_order: 17,
            verified_mail: -25,
            verified_phone: -35,
            cleared: -100,
        }
    }
}

impl Weights {
    /// Weights that end an order by themselves: what the provider blocked.
    const HARD: [&str; 2] = ["blocked", "blocked_domain"];
    /// Weights of countries that do not agree.
    const COUNTRIES: [&str; 3] = ["card_country_differs", "network_country_differs", "phone_country_differs"];

    /// Every weight by its name.
    fn named(&self) -> Vec<(String, i64)> {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(fields)) => {
                fields.into_iter().filter_map(|(name, weight)| Some((name, weight.as_i64()?))).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Default for ScreeningConfig {
    fn default() -> Self {
        ScreeningConfig {
            verify_from: 25,
            review_from: 50,
            refuse_from: 80,
            weights: Weights::default(),
            network_busy_from: 3,
            network_flood_from: 8,
            device_busy_from: 3,
            card_shared_from: 2,
            name_repeated_from: 4,
            mail_domain_busy_from: 4,
            network_failed_from: 2,
            crowd_at_most: 60,
            large_order_over: 50,
            young_domain_days: 30,
            verify_within_days: 14,
            wrong_codes_at_most: 10,
            keep_refused_days: 90,
            keep_documents_days: 30,
            block_days: 365,
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
        let mut wrong = |key: &str, message: &str| {
            problems.push(ConfigProblem::at(format!("commerce.screening.{key}"), message));
        };
        if self.verify_from < 1 || self.verify_from > self.review_from {
            wrong("verify_from", "must be at least 1 and not above review_from");
        }
        if self.review_from > self.refuse_from {
            wrong("review_from", "must not be above refuse_from");
        }
        if self.network_busy_from == 0 || self.network_busy_from > self.network_flood_from {
            wrong("network_busy_from", "must be at least 1 and not above network_flood_from");
        }
        let named = self.weights.named();
        for (name, _) in named.iter().filter(|(name, weight)| {
            !Weights::HARD.contains(&name.as_str()) && *weight >= i64::from(self.refuse_from)
        }) {
            wrong(
                &format!("weights.{name}"),
                "must be below refuse_from: only what is on the block list refuses by itself",
            );
        }
        let countries: i64 = named
            .iter()
            .filter(|(name, _)| Weights::COUNTRIES.contains(&name.as_str()))
            .map(|(_, weight)| weight.max(&0))
            .sum();
        if countries + i64::from(self.weights.first_order) >= i64::from(self.refuse_from) {
            wrong(
                "weights.card_country_differs",
                "countries that differ must not refuse by themselves: with phone, network and first_order they must stay \
                 below refuse_from",
            );
        }
        if self.weights.cleared > -self.refuse_from {
            wrong("weights.cleared", "must take away at least refuse_from: a person has decided");
        }
        for (key, list) in [
            ("blocked_domains", &self.blocked_domains),
            ("disposable_domains", &self.disposable_domains),
            ("free_mail_domains", &self.free_mail_domains),
        ] {
            for name in list.iter().filter(|name| !is_domain(name)) {
                wrong(key, &format!("“{name}” is not a domain name in small ASCII letters"));
            }
        }
        problems
    }
}
