//! The rules, each a look at some facts that may add a finding.

use super::config::ScreeningConfig;
use super::lists::{DISPOSABLE, FREE_MAIL, LISTS_DATE, ROLES, lists_domain};
use super::{CardCheck, Facts, Reason};
use crate::config::is_country_code;

/// Collects what the rules find.
pub(super) struct Findings<'a> {
    config: &'a ScreeningConfig,
    reasons: Vec<Reason>,
    missing: Vec<String>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(config: &'a ScreeningConfig) -> Self {
        Findings { config, reasons: Vec::new(), missing: Vec::new() }
    }

    fn add(&mut self, code: &str, weight: i32, value: impl Into<String>, sentence: impl Into<String>) {
        self.reasons.push(Reason {
            code: code.to_owned(),
            weight,
            value: value.into(),
            sentence: sentence.into(),
        });
    }

    /// Something could not be learnt. It weighs nothing by itself; it keeps the order from being accepted.
    fn missing(&mut self, what: &str, sentence: &str) {
        self.missing.push(what.to_owned());
        self.add(&format!("missing_{what}"), 0, "", sentence);
    }

    pub(super) fn into_parts(self) -> (Vec<Reason>, Vec<String>) {
        (self.reasons, self.missing)
    }
}

fn in_either(built_in: &[&str], own: &[String], domain: &str) -> bool {
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    lists_domain(built_in, domain) || lists_domain(&own, domain)
}

pub(super) fn email(facts: &Facts, findings: &mut Findings<'_>) {
    let (config, weights) = (findings.config, findings.config.weights.clone());
    let domain = facts.email_domain.as_str();
    if in_either(&[], &config.blocked_domains, domain) {
        findings.add(
            "blocked_domain",
            weights.blocked_domain,
            domain,
            "The mail domain is on our own block list.",
        );
    }
    if in_either(DISPOSABLE, &config.disposable_domains, domain) {
        let sentence = format!("The mail domain hands out throw-away addresses (list of {LISTS_DATE}).");
        findings.add("disposable_domain", weights.disposable_domain, domain, sentence);
    } else if in_either(FREE_MAIL, &config.free_mail_domains, domain) {
        let sentence = format!("The mail domain gives an address to anybody (list of {LISTS_DATE}).");
        findings.add("free_mail_domain", weights.free_mail_domain, domain, sentence);
    }
    match facts.email_domain_has_mx {
        Some(true) => {}
        Some(false) => {
            findings.add(
                "no_mx",
                weights.no_mx,
                domain,
                "The mail domain has no mail exchanger and cannot receive mail.",
            );
        }
        None => findings.missing("mx", "The mail exchangers of the mail domain could not be looked up."),
    }
    let local = facts.email_local.to_lowercase();
    let office = local.split('+').next().unwrap_or_default();
    if ROLES.contains(&office) {
        findings.add(
            "role_address",
            weights.role_address,
            office,
            "The address names an office rather than a person.",
        );
    }
}

pub(super) fn address_and_phone(facts: &Facts, findings: &mut Findings<'_>) {
    let weights = findings.config.weights.clone();
    if !is_country_code(&facts.country) {
        findings.add(
            "country_form",
            weights.country_form,
            &facts.country,
            "The country of the address is not one.",
        );
    } else if !postal_code_fits(&facts.country, &facts.postal_code) {
        let sentence = format!("The postal code does not have the form of {}.", facts.country);
        findings.add("postal_code_form", weights.postal_code_form, &facts.postal_code, sentence);
    }
    match facts.phone.as_deref() {
        None => findings.add("phone_absent", weights.phone_absent, "", "No telephone number was given."),
        Some(phone) if !phone_fits(phone) => {
            findings.add("phone_form", weights.phone_form, phone, "The telephone number cannot be one.");
        }
        Some(_) => {}
    }
}

pub(super) fn card(facts: &Facts, findings: &mut Findings<'_>) {
    let weights = findings.config.weights.clone();
    match facts.card_code {
        Some(CardCheck::Pass) => {}
        Some(CardCheck::Fail) => {
            findings.add(
                "card_code_wrong",
                weights.card_code_wrong,
                "",
                "The card's security code is wrong.",
            );
        }
        Some(CardCheck::Unavailable) | None => {
            findings.missing("card_code", "The bank does not say whether the card's security code is right.");
        }
    }
    match facts.card_postal_code {
        Some(CardCheck::Fail) => findings.add(
            "card_postal_code_wrong",
            weights.card_postal_code_wrong,
            "",
            "The card's bank knows another postal code.",
        ),
        // Many banks outside a few countries never say: that alone holds nobody up.
        Some(CardCheck::Pass | CardCheck::Unavailable) => {}
        None => findings
            .missing("card_postal_code", "The processor did not say whether the postal code is right."),
    }
    if let Some(card_country) = facts.card_country.as_deref().filter(|c| *c != facts.country) {
        let sentence = format!("The card is from {card_country}, the address from {}.", facts.country);
        findings.add("card_country_differs", weights.card_country_differs, card_country, sentence);
    }
}

pub(super) fn history(facts: &Facts, findings: &mut Findings<'_>) {
    let (config, weights) = (findings.config, findings.config.weights.clone());
    match facts.orders_from_network {
        None => findings.missing("network", "The network from which the order came is not known."),
        Some(n) if n >= config.network_flood_from => {
            let sentence = format!("{n} other orders came from this network within a day.");
            findings.add("network_flood", weights.network_flood, n.to_string(), sentence);
        }
        Some(n) if n >= config.network_busy_from => {
            let sentence = format!("{n} other orders came from this network within a day.");
            findings.add("network_busy", weights.network_busy, n.to_string(), sentence);
        }
        Some(_) => {}
    }
    match facts.served_orders {
        None => findings.missing("history", "Earlier orders of the customer could not be read."),
        Some(0) => {
            findings.add("first_order", weights.first_order, "", "This is the customer's first order.");
            if facts.mailboxes > config.large_order_over {
                let sentence = format!("A first order of {} mailboxes is large.", facts.mailboxes);
                findings.add(
                    "large_first_order",
                    weights.large_first_order,
                    facts.mailboxes.to_string(),
                    sentence,
                );
            }
        }
        Some(n) => {
            let sentence = format!("The customer has been served {n} times before.");
            findings.add("served_before", weights.served_before, n.to_string(), sentence);
        }
    }
    match facts.refused_orders {
        None => findings.missing("refusals", "Earlier refusals of the customer could not be read."),
        Some(0) => {}
        Some(n) => {
            let sentence = format!("{n} orders of this customer were refused before.");
            findings.add("refused_before", weights.refused_before, n.to_string(), sentence);
        }
    }
}

/// The forms of a few countries, `9` for a digit and `A` for a letter; elsewhere anything short will do.
const POSTAL_FORMS: &[(&str, &[&str])] = &[
    ("AT", &["9999"]),
    ("AU", &["9999"]),
    ("BE", &["9999"]),
    ("CA", &["A9A 9A9", "A9A9A9"]),
    ("CH", &["9999"]),
    ("DE", &["99999"]),
    ("DK", &["9999"]),
    ("ES", &["99999"]),
    ("FR", &["99999"]),
    ("GB", &["A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA"]),
    ("IT", &["99999"]),
    ("NL", &["9999 AA", "9999AA"]),
    ("PL", &["99-999"]),
    ("SE", &["999 99", "99999"]),
    ("US", &["99999", "99999-9999"]),
];

fn postal_code_fits(country: &str, code: &str) -> bool {
    let code = code.trim();
    let Some((_, forms)) = POSTAL_FORMS.iter().find(|(c, _)| *c == country) else {
        // Some countries have no postal codes at all.
        return code.len() <= 12;
    };
    let fits = |form: &&str| {
        form.len() == code.len()
            && form.bytes().zip(code.bytes()).all(|(f, c)| match f {
                b'9' => c.is_ascii_digit(),
                b'A' => c.is_ascii_alphabetic(),
                other => c == other,
            })
    };
    forms.iter().any(fits)
}

/// Seven to fifteen digits (ITU-T E.164), with the signs that people put between them, and not all the same digit.
fn phone_fits(phone: &str) -> bool {
    let allowed = phone
        .chars()
        .enumerate()
        .all(|(at, c)| c.is_ascii_digit() || " -./()".contains(c) || (c == '+' && at == 0));
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    allowed && (7..=15).contains(&digits.len()) && digits.iter().any(|d| Some(d) != digits.first())
}
