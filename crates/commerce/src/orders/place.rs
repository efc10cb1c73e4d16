//! Placing an order: a cart becomes an order of a customer.

use std::net::IpAddr;

use mailkeep_policy::{Json, LookupKind, Personal, Place, Shown, Subject, category};
use mailkeep_types::{CustomerId, OrderId, PersonId};

use super::store::{self, SealedParts};
use super::{Applicant, BillingDetails, Order, OrderLine, OrderStatus};
use crate::carts::{self, CartToken, QuotedTo};
use crate::commerce::{Commerce, local_date};
use crate::config::is_country_code;
use crate::discounts;
use crate::documents::LANGUAGES;
use crate::error::CommerceError;
use crate::events;
use crate::journal;
use crate::notices;
use crate::screening;
use crate::taxes::TaxParty;
use crate::taxes::places::VatState;
use crate::terms;

/// What the confirmation page sends.
pub struct PlaceOrder {
    /// The cart.
    pub cart: CartToken,
    /// Who orders.
    pub customer: CustomerId,
    /// The signed-in person.
    pub person: PersonId,
    /// To whom the invoice is written.
    pub billing: Shown<BillingDetails>,
    /// How the applicant is reached.
    pub applicant: Shown<Applicant>,
    /// Where the request came from.
    pub network: Option<IpAddr>,
    /// What the browser says of itself in every request, for counting; coarse, and no cookie.
    pub device: Option<String>,
    /// The customer's time zone; the installation's when `None`.
    pub time_zone: Option<String>,
    /// Whether the card may be kept for renewals of what is ordered here.
    pub keep_card: bool,
    /// The total that the person saw and confirmed; another one is not ordered.
    pub expected_total_minor: Option<i64>,
    /// The version of the terms that the page showed; when another one is in force by now, it must be read first.
    pub terms_seen: Option<uuid::Uuid>,
}

impl Commerce {
    /// Places an order of what is in the cart. Sent twice, it places one order.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit.
    pub async fn place_order(&self, request: PlaceOrder) -> Result<OrderId, CommerceError> {
        check_billing(&request.billing)?;
        let time_zone = match request.time_zone {
            Some(zone) if jiff::tz::TimeZone::get(&zone).is_ok() => zone,
            Some(_) => {
                return Err(CommerceError::invalid(
                    "time_zone",
                    "this time zone is not known; choose another",
                ));
            }
            None => self.config().time_zone.clone(),
        };
        let (customer, person, keep_card) = (request.customer, request.person, request.keep_card);
        let subject = Subject::customer(customer);
        self.policy().create_key(subject).await?;
        self.policy().create_key(Subject::person(person)).await?;

        let id = OrderId::new(&**self.clock());
        let place = |column| Place { table: "orders", column, row: id.uuid() };
        let profile_place = Place { table: "billing_profiles", column: "details", row: customer.uuid() };
        let closed = || CommerceError::invalid("name", "write to whom the invoice goes");
        // The person filled these in, or confirmed what was filled in for them.
        let billing = request.billing.reshape(|details| Json(details.clone()));
        let billing = billing.entered_as::<category::BillingAddress>().ok_or_else(closed)?;
        let applicant = request.applicant.reshape(|applicant| Json(applicant.clone()));
        let applicant = applicant.entered_as::<category::Contact>().ok_or_else(closed)?;
        let policy = self.policy();
        let network = request.network.map(|ip| Personal::<_, category::Network>::new(ip.to_string()));
        let parts = SealedParts {
            billing: policy.seal(subject, place("billing"), &billing)?.into_bytes(),
            applicant: policy.seal(subject, place("applicant"), &applicant)?.into_bytes(),
            network: match &network {
                Some(ip) => Some(policy.seal(subject, place("network"), ip)?.into_bytes()),
                None => None,
            },
            network_hash: request.network.map(|ip| policy.lookup_hash(LookupKind::Network, &network_of(ip))),
        };
        let profile = policy.seal(subject, profile_place, &billing)?.into_bytes();
        let party = TaxParty::of_shown(&request.billing);
        let (expected, terms_seen) = (request.expected_total_minor, request.terms_seen);
        let on = local_date(self.clock().now(), &time_zone);
        let device =
            request.device.map(|device| policy.lookup_hash(LookupKind::Other, &format!("device {device}")));

        let (hash, config, policy) =
            (carts::change::hash(&request.cart), self.config().clone(), policy.clone());
        self.write(move |tx| {
            let (cart, ordered) = carts::store::find(tx, &hash)?
                .ok_or_else(|| CommerceError::invalid("cart", "the cart has expired; please choose again"))?;
            if let Some(earlier) = ordered {
                // The button was pressed twice.
                let same = store::find(tx, earlier)?.is_some_and(|order| order.customer == customer);
                return if same { Ok(earlier) } else { Err(CommerceError::NotFound("cart")) };
            }
            if cart.lines.is_empty() {
                return Err(CommerceError::invalid("cart", "the cart is empty; choose a plan first"));
            }
            let to = QuotedTo { party, customer: Some(customer) };
            let quote = carts::quote::quote(tx, Some(&cart), &config, to, on)?;
            let (totals, tax) = (quote.totals().clone(), quote.priced.main_tax());
            if expected.is_some_and(|expected| expected != totals.total_minor) {
                let message = "the price changed with your address; please look at it and confirm again";
                return Err(CommerceError::invalid("total", message));
            }
            let order = Order {
                id,
                number: format!("ORD-{:06}", journal::store::next_number(tx, "ORD")?),
                customer,
                person,
                status: OrderStatus::Placed,
                currency: totals.currency,
                net_minor: totals.net_minor,
                tax_minor: totals.tax_minor,
                total_minor: totals.total_minor,
                tax_name: tax.name,
                tax_rate: tax.rate,
                priced: Some(quote.priced.clone()),
                coupon: quote.coupon.as_ref().map(|coupon| coupon.id),
                trial_days: quote.trial_days,
                time_zone: time_zone.clone(),
                keep_card,
                placed_at: tx.now(),
                decided_at: None,
                decided_by: None,
                invoice: None,
                lines: quote
                    .lines
                    .iter()
                    .map(|line| OrderLine {
                        plan_version: line.plan.id,
                        interval: line.line.interval,
                        mailboxes: line.line.mailboxes,
                        domain: line.line.domain.clone(),
                        add_ons: line.line.add_ons.clone(),
                    })
                    .collect(),
            };
            if !carts::store::mark_ordered(tx, cart.id, id)? {
                return Err(CommerceError::State("this cart is being ordered already".to_owned()));
            }
            // Whoever bought under a brand before stays with it.
            let brand = store::brand(tx, customer)?;
            if brand.is_some_and(|brand| brand != quote.brand) {
                let message = "you are a customer of another brand of ours; please order on its site";
                return Err(CommerceError::invalid("cart", message));
            }
            store::set_brand(tx, customer, &quote.brand)?;
            terms::accept::accept(tx, &quote.brand, terms_seen, id, customer, person)?;
            if let Some(coupon) = order.coupon
                && !discounts::store::use_coupon(tx, coupon, id, customer)?
            {
                let message = "this code was used already; take it out to go on without it";
                return Err(CommerceError::invalid("coupon", message));
            }
            store::insert(tx, &order, &parts)?;
            events::order(tx, order.id, order.customer, order.status)?;
            if let Some(device) = &device {
                screening::store::set_device(tx, id, device)?;
            }
            store::put_profile(tx, customer, &profile)?;
            notices::order(tx, &policy, "commerce/order_received", &order)?;
            Ok(id)
        })
        .await
    }
}

/// The network an address belongs to, as it is counted: /24 of IPv4, /48 of IPv6, what one site gets (RFC 6177).
fn network_of(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let s = v6.segments();
            format!("{:x}:{:x}:{:x}::/48", s[0], s[1], s[2])
        }
    }
}

/// The fields without which no invoice can be written.
pub(crate) fn check_billing(billing: &Shown<BillingDetails>) -> Result<(), CommerceError> {
    billing.check(look_at_billing).map_err(|(field, message)| CommerceError::invalid(field, message))
}

fn look_at_billing(billing: &BillingDetails) -> Result<(), (&'static str, &'static str)> {
    let longest = [&billing.name, &billing.city, &billing.region, &billing.postal_code]
        .into_iter()
        .chain(&billing.street)
        .chain(&billing.tax_id)
        .map(|text| text.chars().count())
        .max();
    if longest.unwrap_or(0) > 200 || billing.street.len() > 4 {
        return Err(("street", "at most four lines of 200 characters"));
    }
    for (field, value, message) in [
        ("name", &billing.name, "write the name that is to stand on the invoice"),
        ("city", &billing.city, "write the town"),
    ] {
        if value.trim().is_empty() {
            return Err((field, message));
        }
    }
    if billing.street.iter().all(|line| line.trim().is_empty()) {
        return Err(("street", "write the street or post box"));
    }
    if !is_country_code(&billing.country) {
        return Err(("country", "choose the country"));
    }
    if !billing.language.is_empty() && !LANGUAGES.contains(&billing.language.as_str()) {
        return Err(("language", "choose one of the languages that invoices are written in"));
    }
    if TaxParty::of(billing).vat == VatState::Wrong {
        return Err(("tax_id", "this is not a VAT number of the country; correct it, or leave it out"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_what_one_site_gets() {
        let net = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(net("192.0.2.77"), "192.0.2.0/24");
        assert_eq!(net("::ffff:192.0.2.9"), "192.0.2.0/24");
        assert_eq!(net("2001:db8:1:2345::9"), net("2001:db8:1:ffff::1"));
        assert_ne!(net("2001:db8:1:2345::9"), net("2001:db8:2:2345::9"));
    }
}
