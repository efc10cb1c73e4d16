//! The rules, each a look at some facts that may add a finding.

use super::config::ScreeningConfig;
use super::lists::built_in::ROLES;
use super::lists::{ListKind, Listed, Listing};
use super::{CardCheck, CardFunding, Facts, Method, Reason};
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
            list_date: None,
            sentence: sentence.into(),
        });
    }

    /// Something that a list says.
    fn listed(&mut self, code: &str, weight: i32, listing: &Listing, sentence: &str) {
        self.reasons.push(Reason {
            code: code.to_owned(),
            weight,
            value: listing.value.clone(),
            list_date: Some(listing.date.clone()),
            sentence: sentence.to_owned(),
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

/// Whether one of the operator's own domains is `domain` or above it.
fn own_list_has(own: &[String], domain: &str) -> bool {
    own.iter().any(|name| {
        domain.strip_suffix(name.as_str()).is_some_and(|front| front.is_empty() || front.ends_with('.'))
    })
}

pub(super) fn email(facts: &Facts, findings: &mut Findings<'_>) {
    let (config, weights) = (findings.config, &findings.config.weights);
    let domain = facts.email_domain.as_str();
    if own_list_has(&config.blocked_domains, domain) {
        findings.add(
            "blocked_domain",
            weights.blocked_domain,
            domain,
            "The mail domain is on our own block list.",
        );
    }
    for kind in &facts.blocked {
        findings.add("blocked", weights.blocked, kind.word(), kind.sentence());
    }
    mail_domain(facts, findings);
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
    if let Some(days) = facts.email_domain_age_days.filter(|days| *days < config.young_domain_days) {
        let sentence = format!("The mail domain exists for {days} days only.");
        findings.add("young_domain", weights.young_domain, days.to_string(), sentence);
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

/// What the operator and the lists say of the mail domain: one thing at most.
fn mail_domain(facts: &Facts, findings: &mut Findings<'_>) {
    let (config, weights) = (findings.config, &findings.config.weights);
    let domain = facts.email_domain.as_str();
    let Some(listings) = &facts.listings else {
        findings.missing("lists", "The lists of mail domains and networks could not be read.");
        return;
    };
    let of = |place| listings.iter().find(|listing| listing.of == place);
    let (of_domain, of_exchanger) = (of(Listed::MailDomain), of(Listed::Exchanger));
    let kind = of_domain.map(|listing| listing.kind);
    if own_list_has(&config.disposable_domains, domain) {
        let sentence = "The mail domain hands out throw-away addresses (our own list).";
        findings.add("disposable_domain", weights.disposable_domain, domain, sentence);
    } else if let (Some(listing), Some(ListKind::Disposable)) = (of_domain, kind) {
        let sentence = "The mail domain hands out throw-away addresses.";
        findings.listed("disposable_domain", weights.disposable_domain, listing, sentence);
    } else if let Some(listing) = of_exchanger {
        let sentence = "The domain's mail goes where that of a domain with throw-away addresses goes.";
        findings.listed("disposable_exchanger", weights.disposable_exchanger, listing, sentence);
    } else if own_list_has(&config.free_mail_domains, domain) {
        let sentence = "The mail domain gives an address to anybody (our own list).";
        findings.add("free_mail_domain", weights.free_mail_domain, domain, sentence);
    } else if let (Some(listing), Some(ListKind::FreeMail)) = (of_domain, kind) {
        let sentence = "The mail domain gives an address to anybody.";
        findings.listed("free_mail_domain", weights.free_mail_domain, listing, sentence);
    } else if let (Some(listing), Some(ListKind::DisposableRumour)) = (of_domain, kind) {
        let sentence = "Others say that the mail domain hands out throw-away addresses.";
        findings.listed("disposable_rumour", weights.disposable_rumour, listing, sentence);
    }
}

pub(super) fn address_and_phone(facts: &Facts, findings: &mut Findings<'_>) {
    let weights = &findings.config.weights;
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
        Some(phone) if !phone_fits(phone) || facts.phone_plan.as_ref().is_some_and(|plan| !plan.valid) => {
            findings.add("phone_form", weights.phone_form, phone, "The telephone number cannot be one.");
        }
        Some(_) => {}
    }
    let Some(plan) = facts.phone_plan.as_ref().filter(|plan| plan.valid) else { return };
    if plan.voip {
        let sentence = "The telephone number is one that anybody gets over the internet.";
        findings.add("phone_voip", weights.phone_voip, "", sentence);
    }
    if let Some(country) = plan.country.as_deref().filter(|country| *country != facts.country) {
        let sentence = format!("The telephone number is from {country}, the address from {}.", facts.country);
        findings.add("phone_country_differs", weights.phone_country_differs, country, sentence);
    }
}

pub(super) fn card(facts: &Facts, findings: &mut Findings<'_>) {
    let weights = &findings.config.weights;
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
    if facts.card_funding == Some(CardFunding::Prepaid) {
        findings.add(
            "card_prepaid",
            weights.card_prepaid,
            "",
            "The card is prepaid: its bank knows no holder.",
        );
    }
    if let Some(card_country) = facts.card_country.as_deref().filter(|c| *c != facts.country) {
        let sentence = format!("The card is from {card_country}, the address from {}.", facts.country);
        findings.add("card_country_differs", weights.card_country_differs, card_country, sentence);
    }
}

/// What kind of network an order comes from. Where it hides people, its country says nothing of them.
pub(super) fn network(facts: &Facts, findings: &mut Findings<'_>) {
    let weights = &findings.config.weights;
    let listing = facts.listings.iter().flatten().find(|listing| listing.of == Listed::Network);
    match listing {
        Some(listing) => {
            let (code, weight, sentence) = match listing.kind {
                ListKind::Tor => ("network_tor", weights.network_tor, "The order came through Tor."),
                ListKind::Anonymous => (
                    "network_anonymous",
                    weights.network_anonymous,
                    "The order came through a network that hides where people are.",
                ),
                _ => (
                    "network_hosting",
                    weights.network_hosting,
                    "The order came from a network of servers rather than of people.",
                ),
            };
            findings.listed(code, weight, listing, sentence);
        }
        None => {
            if let Some(located) = facts.network_country.as_ref().filter(|at| at.country != facts.country) {
                let sentence = format!(
                    "The order came from a network of {}, the address is in {}.",
                    located.country, facts.country
                );
                findings.add(
                    "network_country_differs",
                    weights.network_country_differs,
                    &located.country,
                    sentence,
                );
                if let Some(reason) = findings.reasons.last_mut() {
                    reason.list_date = Some(located.date.clone());
                }
            }
        }
    }
}

/// What an order has in common with others. These signs speak of one thing, so together they weigh no more than
/// `crowd_at_most`: what is above is taken off again, as a reason of its own.
pub(super) fn crowd(facts: &Facts, findings: &mut Findings<'_>) {
    let (config, weights) = (findings.config, &findings.config.weights);
    let before = findings.reasons.len();
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
    let Some(alike) = facts.alike else {
        findings.missing("alike", "Orders that have something in common with this one could not be counted.");
        return;
    };
    let signs = [
        (
            "device_busy",
            alike.device,
            config.device_busy_from,
            weights.device_busy,
            "ordered from the same kind of device within two hours",
        ),
        (
            "card_shared",
            alike.card,
            config.card_shared_from,
            weights.card_shared,
            "used the same card within thirty days",
        ),
        (
            "name_repeated",
            alike.name,
            config.name_repeated_from,
            weights.name_repeated,
            "gave the same name within a week",
        ),
        (
            "mail_domain_busy",
            alike.mail_domain,
            config.mail_domain_busy_from,
            weights.mail_domain_busy,
            "ordered from the same mail domain within a week",
        ),
    ];
    for (code, count, from, weight, what) in signs {
        if count >= from.max(1) {
            findings.add(code, weight, count.to_string(), format!("{count} other customers {what}."));
        }
    }
    let failed = alike.failed_from_network;
    if failed >= config.network_failed_from.max(1) {
        let sentence = format!("{failed} orders from this network were declined or refused within a day.");
        findings.add("network_failed", weights.network_failed, failed.to_string(), sentence);
    }
    let together =
        findings.reasons[before..].iter().fold(0i32, |sum, reason| sum.saturating_add(reason.weight));
    if together > config.crowd_at_most {
        let sentence = "These signs speak of one thing, so they weigh no more together.";
        findings.add("crowd_limit", config.crowd_at_most - together, "", sentence);
    }
}

pub(super) fn history(facts: &Facts, findings: &mut Findings<'_>) {
    let (config, weights) = (findings.config, &findings.config.weights);
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
    for method in &facts.verified {
        let (code, weight, sentence) = match method {
            Method::Mail => (
                "verified_mail",
                weights.verified_mail,
                "The applicant gave the code that was sent to their address.",
            ),
            Method::Phone => (
                "verified_phone",
                weights.verified_phone,
                "The applicant gave the code that was sent to their telephone.",
            ),
        };
        findings.add(code, weight, "", sentence);
    }
    if facts.cleared {
        findings.add("cleared", weights.cleared, "", "A person took the order back in after an appeal.");
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
