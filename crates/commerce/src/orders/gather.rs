//! Everything that a screening rests on. What cannot be learnt stays unknown, which never approves.

use std::net::IpAddr;
use std::time::Duration;

use mailkeep_policy::{Act, Actor, Fact, Json, LookupKind, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_types::{DomainName, EmailAddress};

use super::store;
use super::{Applicant, BillingDetails, Order, verifications};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::payments::{self, AttemptKind};
use crate::processor::CardChecks;
use crate::screening::blocks::mail_domain_text;
use crate::screening::lists::ListKind;
use crate::screening::store::Traces;
use crate::screening::{self, Facts, Listing, Lists, Located, PhonePlan};

/// How far back orders from one network are counted.
const NETWORK_WINDOW: Duration = Duration::from_secs(24 * 3600);
/// How many mail exchangers of a domain are looked at.
const MOST_EXCHANGERS: usize = 10;

/// What an order says of its applicant, opened for the screening.
struct Given {
    name: String,
    country: String,
    postal_code: String,
    email: Option<EmailAddress>,
    phone: Option<String>,
    network: Option<IpAddr>,
}

impl Commerce {
    /// The facts of an order, and the keyed hashes by which later orders are compared with it.
    pub(super) async fn gather_facts(&self, order: &Order) -> Result<(Facts, Traces), CommerceError> {
        let given = self.open_given(order).await?;
        let domain = given.email.as_ref().map(EmailAddress::domain);
        let has_mx = match domain {
            Some(domain) => self.receives_mail(domain).await,
            None => None,
        };
        let exchangers = match (domain, has_mx) {
            (Some(domain), Some(true)) => self.exchangers_of(domain).await,
            (_, Some(false)) => Some(Vec::new()),
            _ => None,
        };
        let age = match domain {
            Some(domain) => self.parts.exchangers.age_days(domain).await,
            None => None,
        };
        let (listings, network_country) = self.look_up(&given, exchangers);
        let checks = self.card_checks(order).await?;
        let free_mail = listings.iter().flatten().any(|listing| listing.kind == ListKind::FreeMail);
        let traces = self.traces_of(&given, &checks, free_mail);

        let (id, customer, seen) = (order.id, order.customer, traces.clone());
        let (traces, cleared, from_network, alike, blocked, served, refused, verified) = self
            .read(move |tx| {
                let (kept, cleared) = screening::store::traces(tx, id)?;
                let traces = Traces { network: kept.network, device: kept.device, ..seen.clone() };
                let since = tx.now().minus(NETWORK_WINDOW);
                let from_network = match &traces.network {
                    Some(hash) => Some(store::count_from_network(tx, hash, since, id)?),
                    None => None,
                };
                let alike = screening::store::alike(tx, &traces, customer)?;
                let blocked = screening::store::blocked(tx, &traces)?;
                let (served, refused) = store::count_decided(tx, customer, id)?;
                let verified = verifications::passed(tx, id)?;
                Ok((traces, cleared, from_network, alike, blocked, served, refused, verified))
            })
            .await?;
        let facts = Facts {
            email_local: given.email.as_ref().map(|email| email.local().to_owned()).unwrap_or_default(),
            email_domain: domain.map(|domain| domain.as_str().to_owned()).unwrap_or_default(),
            email_domain_has_mx: has_mx,
            listings,
            email_domain_age_days: age,
            phone_plan: given.phone.as_deref().map(|phone| phone_plan(phone, &given.country)),
            country: given.country,
            postal_code: given.postal_code,
            phone: given.phone,
            network_country,
            orders_from_network: from_network,
            alike: Some(alike),
            served_orders: Some(served),
            refused_orders: Some(refused),
            card_code: checks.code,
            card_postal_code: checks.postal_code,
            card_country: checks.country,
            card_funding: checks.funding,
            mailboxes: order.lines.iter().map(|line| line.mailboxes).sum(),
            blocked,
            verified,
            cleared,
        };
        Ok((facts, traces))
    }

    /// Opens what the applicant gave.
    async fn open_given(&self, order: &Order) -> Result<Given, CommerceError> {
        let grant = self
            .policy()
            .grant::<purpose::Protect>(Use {
                actor: Actor::System("order screening"),
                subject: Subject::customer(order.customer),
                act: Act::Read,
                fields: &["orders.billing", "orders.applicant", "orders.network"],
                fact: Fact::OrderPlaced(order.id),
            })
            .await?;
        let id = order.id;
        let parts = self.read(move |tx| store::sealed_parts(tx, id)).await?;
        let place = |column| Place { table: "orders", column, row: id.uuid() };
        let policy = self.policy();
        let billing = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(parts.billing);
        let (name, country, postal_code) =
            policy.open(&grant, place("billing"), &billing, |Json(details)| {
                (details.name.clone(), details.country.clone(), details.postal_code.clone())
            })?;
        let applicant = Sealed::<Json<Applicant>, category::Contact>::from_bytes(parts.applicant);
        let (email, phone) = policy.open(&grant, place("applicant"), &applicant, |Json(applicant)| {
            (EmailAddress::parse(&applicant.email).ok(), applicant.phone.clone())
        })?;
        let network = match parts.network {
            Some(bytes) => {
                let sealed = Sealed::<String, category::Network>::from_bytes(bytes);
                policy.open(&grant, place("network"), &sealed, |address| address.parse().ok())?
            }
            None => None,
        };
        Ok(Given { name, country, postal_code, email, phone, network })
    }

    /// What the lists say; nothing at all when they cannot be read, or when it is not known where the mail goes.
    fn look_up(
        &self,
        given: &Given,
        exchangers: Option<Vec<String>>,
    ) -> (Option<Vec<Listing>>, Option<Located>) {
        let lists: std::sync::Arc<Lists> = match self.lists().current() {
            Ok(lists) => lists,
            Err(fault) => {
                tracing::error!(%fault, "the lists of the screening cannot be read; a person will look at each order");
                return (None, None);
            }
        };
        let mut listings = Vec::new();
        if let Some(email) = &given.email {
            listings.extend(lists.of_mail_domain(email.domain().as_str()));
        }
        listings.extend(exchangers.iter().flatten().find_map(|host| lists.of_exchanger(host)));
        listings.extend(given.network.and_then(|address| lists.of_network(address)));
        (Some(listings), given.network.and_then(|address| lists.country_of(address)))
    }

    /// What the processor said of the card that was authorised last.
    async fn card_checks(&self, order: &Order) -> Result<CardChecks, CommerceError> {
        let id = order.id;
        let attempts = self.read(move |tx| payments::store::of_order(tx, id, AttemptKind::Authorise)).await?;
        Ok(match attempts.last() {
            Some(attempt) => self.processor().find(attempt.id).await?.map(|answer| answer.checks),
            None => None,
        }
        .unwrap_or_default())
    }

    /// Keyed hashes of what was given. A free mail domain has everybody's mail: it is nobody's trace.
    fn traces_of(&self, given: &Given, checks: &CardChecks, free_mail: bool) -> Traces {
        let hash = |kind, text: &str| Some(self.policy().lookup_hash(kind, text).to_vec());
        let name = given.name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let domain = given.email.as_ref().map(|email| email.domain().as_str()).filter(|_| !free_mail);
        Traces {
            card: checks
                .fingerprint
                .as_ref()
                .and_then(|card| hash(LookupKind::Other, &format!("card {card}"))),
            name: hash(LookupKind::Other, &format!("name {name}")),
            mail: given
                .email
                .as_ref()
                .and_then(|email| hash(LookupKind::Email, &email.to_string().to_lowercase())),
            mail_domain: domain.and_then(|domain| hash(LookupKind::Other, &mail_domain_text(domain))),
            ..Traces::default()
        }
    }

    async fn receives_mail(&self, domain: &DomainName) -> Option<bool> {
        match self.parts.exchangers.receives_mail(domain).await {
            Ok(answer) => Some(answer),
            Err(error) => {
                tracing::warn!(%error, "a mail exchanger look-up for a screening failed; a person will look");
                None
            }
        }
    }

    async fn exchangers_of(&self, domain: &DomainName) -> Option<Vec<String>> {
        let mut hosts = self.parts.exchangers.exchangers(domain).await.ok()?;
        hosts.truncate(MOST_EXCHANGERS);
        Some(hosts.iter().map(|host| host.trim_end_matches('.').to_ascii_lowercase()).collect())
    }
}

/// Reads a number as it is written in a country. The plans are those of the crate `phonenumber`.
pub(super) fn phone_plan(phone: &str, country: &str) -> PhonePlan {
    let home = country.parse::<phonenumber::country::Id>().ok();
    match phonenumber::parse(home, phone) {
        Ok(number) => PhonePlan {
            valid: number.is_valid(),
            country: number.country().id().map(|id| id.as_ref().to_owned()),
            voip: matches!(number.number_type(&phonenumber::metadata::DATABASE), phonenumber::Type::Voip),
        },
        Err(_) => PhonePlan { valid: false, country: None, voip: false },
    }
}

/// The number in the form in which codes are sent to it; `None` when it cannot be one.
pub(super) fn dialled(phone: &str, country: &str) -> Option<String> {
    let number = phonenumber::parse(country.parse().ok(), phone).ok()?;
    number.is_valid().then(|| number.format().mode(phonenumber::Mode::E164).to_string())
}
