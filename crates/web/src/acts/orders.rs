//! Placing an order of what is in a cart, with the billing details that are known already.

use mailkeep_commerce::carts::{CartToken, QuotedTo};
use mailkeep_commerce::documents::LANGUAGES;
use mailkeep_commerce::orders::BillingDetails;
use mailkeep_commerce::orders::place::PlaceOrder;
use mailkeep_commerce::taxes::TaxParty;
use mailkeep_policy::Shown;
use mailkeep_types::{CustomerId, OrderId};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::{Form, Submitted};
use crate::messages::msg;
use crate::routes::BILLING;

/// The fields that [`place`] puts messages beside.
pub const FIELDS: &[&str] = &[
    "name",
    "street",
    "city",
    "region",
    "postal_code",
    "country",
    "tax_id",
    "language",
    "phone",
    "organisation",
    "coupon",
];

/// To whom the invoice is written, as a form asks for it.
#[derive(Default)]
pub struct Billing {
    /// The person's name.
    pub name: Shown<String>,
    /// The organisation, if one orders.
    pub organisation: Shown<String>,
    /// Street, building, post box.
    pub street: Shown<String>,
    /// The town.
    pub city: Shown<String>,
    /// State or province.
    pub region: Shown<String>,
    /// The postal code.
    pub postal_code: Shown<String>,
    /// Two letters (ISO 3166).
    pub country: Shown<String>,
    /// The tax number of a business.
    pub tax_id: Shown<String>,
    /// In which of the languages of our papers it is written.
    pub language: Shown<String>,
    /// Where we may call, if given.
    pub phone: Shown<String>,
}

/// [`BillingDetails`], as they are gathered from what was typed or filled in.
#[derive(Serialize)]
struct DetailsParts<'a> {
    name: &'a Shown<String>,
    street: Vec<&'a Shown<String>>,
    postal_code: &'a Shown<String>,
    city: &'a Shown<String>,
    region: &'a Shown<String>,
    country: &'a Shown<String>,
    tax_id: Option<&'a Shown<String>>,
    language: &'a Shown<String>,
}

/// [`mailkeep_commerce::orders::Applicant`], gathered likewise.
#[derive(Serialize)]
struct ApplicantParts<'a> {
    email: Shown<String>,
    phone: Option<&'a Shown<String>>,
}

impl Billing {
    fn of_details(details: &Shown<BillingDetails>) -> Self {
        let part = |part: fn(&BillingDetails) -> String| details.reshape(part);
        Billing {
            name: details.reshape(|details| split(details).1.to_owned()),
            organisation: details.reshape(|details| split(details).0.to_owned()),
            street: details.reshape(|details| split(details).2.join(", ")),
            city: part(|details| details.city.clone()),
            region: part(|details| details.region.clone()),
            postal_code: part(|details| details.postal_code.clone()),
            country: part(|details| details.country.clone()),
            tax_id: part(|details| details.tax_id.clone().unwrap_or_default()),
            language: part(|details| of_papers(&details.language)),
            phone: Shown::default(),
        }
    }

    /// What a form says.
    pub fn typed(form: &Submitted) -> Self {
        let given = |name: &str| Shown::from(form.get(name));
        Billing {
            name: given("name"),
            organisation: given("organisation"),
            street: given("street"),
            city: given("city"),
            region: given("region"),
            postal_code: given("postal_code"),
            country: given("country"),
            tax_id: given("tax_id"),
            language: given("language"),
            phone: given("phone"),
        }
    }

    /// Puts a message beside each field that must not be empty and is.
    pub fn require(&self, form: &mut Form) {
        let required = [
            ("name", &self.name),
            ("street", &self.street),
            ("city", &self.city),
            ("country", &self.country),
        ];
        for (field, _) in required.into_iter().filter(|(_, value)| value.is_blank()) {
            form.refuse(field, msg("form-required"));
        }
    }

    fn details(&self) -> Option<Shown<BillingDetails>> {
        // Of an organisation, the person stands above the street.
        let (name, street) = match self.organisation.is_blank() {
            true => (&self.name, vec![&self.street]),
            false => (&self.organisation, vec![&self.name, &self.street]),
        };
        Shown::gather(&DetailsParts {
            name,
            street,
            postal_code: &self.postal_code,
            city: &self.city,
            region: &self.region,
            country: &self.country,
            tax_id: Some(&self.tax_id).filter(|id| !id.is_blank()),
            language: &self.language,
        })
    }

    /// To whom a cart is quoted, as far as it is known.
    pub fn quoted_to(&self, ctx: &Ctx) -> QuotedTo {
        let unknown = ctx.state.commerce.unknown_buyer();
        let known = self.details().map(|details| TaxParty::of_shown(&details));
        let party = known.filter(|party| !party.country.is_empty()).unwrap_or(unknown.party);
        QuotedTo { party, customer: ctx.who.in_role(BILLING).ok() }
    }

    /// The same in the fields of a form.
    pub fn form(&self) -> Form {
        Form::new()
            .with("name", &self.name)
            .with("organisation", &self.organisation)
            .with("street", &self.street)
            .with("city", &self.city)
            .with("region", &self.region)
            .with("postal_code", &self.postal_code)
            .with("country", &self.country)
            .with("tax_id", &self.tax_id)
            .with("language", &self.language)
            .with("phone", &self.phone)
    }
}

/// Organisation, person and street of billing details.
fn split(details: &BillingDetails) -> (&str, &str, &[String]) {
    match details.street.split_first() {
        // Of an organisation, the person stands above the street.
        Some((person, street)) if !street.is_empty() => (&details.name, person, street),
        _ => ("", &details.name, &details.street),
    }
}

/// Billing details as they were just typed.
pub fn typed_details(form: &Submitted) -> BillingDetails {
    let given = |name: &str| form.get(name).to_owned();
    let (mut name, mut street) = (given("name"), vec![given("street")]);
    let organisation = given("organisation");
    if !organisation.is_empty() {
        // Of an organisation, the person stands above the street.
        street.insert(0, std::mem::replace(&mut name, organisation));
    }
    BillingDetails {
        name,
        street,
        postal_code: given("postal_code"),
        city: given("city"),
        region: given("region"),
        country: given("country"),
        tax_id: Some(given("tax_id")).filter(|id| !id.is_empty()),
        language: given("language"),
    }
}

/// The language of our papers that comes nearest to a preference such as `de-AT`.
fn of_papers(preferred: &str) -> String {
    let language = preferred.split('-').next().unwrap_or_default();
    let [english, ..] = LANGUAGES;
    LANGUAGES.into_iter().find(|known| *known == language).unwrap_or(english).to_owned()
}

/// What is known already, so that nobody types it twice (P7): the details of the customer's last order, else what the
/// person's profile says.
///
/// # Errors
/// When the gate refuses.
pub async fn known_billing(ctx: &Ctx) -> Result<Billing, WebError> {
    let person = ctx.who.person()?;
    let profile = ctx.state.identity.read_profile(ctx.access()).await?;
    let phone = profile.phone.unwrap_or_default();
    if let Ok(customer) = ctx.who.in_role(BILLING) {
        let commerce = &ctx.state.commerce;
        let known = commerce.open_billing_details(person.person, person.session, customer).await?;
        if let Some(known) = known {
            return Ok(Billing { phone, ..Billing::of_details(&known) });
        }
    }
    let postal = profile.postal.unwrap_or_default();
    Ok(Billing {
        name: profile.name,
        organisation: Shown::default(),
        street: postal.reshape(|postal| postal.lines.join(", ")),
        city: postal.reshape(|postal| postal.city.clone()),
        region: postal.reshape(|postal| postal.region.clone()),
        postal_code: postal.reshape(|postal| postal.postal_code.clone()),
        country: postal.reshape(|postal| postal.country.clone()),
        tax_id: Shown::default(),
        language: profile.language.reshape(|language| of_papers(language)),
        phone,
    })
}

/// What the person saw when they confirmed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// The total, in minor units.
    pub total_minor: Option<i64>,
    /// The version of the terms.
    pub terms: Option<uuid::Uuid>,
}

/// Places an order of what is in the cart, for the customer being worked for; a person's first order opens one.
///
/// # Errors
/// [`WebError::Forbidden`] for a contact who may not order; a failure of the store.
pub async fn place(
    ctx: &Ctx,
    form: &mut Form,
    cart: CartToken,
    billing: Billing,
    seen: Seen,
) -> Result<Option<(CustomerId, OrderId)>, WebError> {
    billing.require(form);
    if !form.good() {
        return Ok(None);
    }
    let person = ctx.who.person()?;
    let profile = ctx.state.identity.read_profile(ctx.access()).await?;
    let phone = Some(&billing.phone).filter(|phone| !phone.is_blank());
    let applicant = Shown::gather(&ApplicantParts { email: profile.email.text(), phone });
    let (Some(details), Some(applicant)) = (billing.details(), applicant) else {
        form.refuse("name", msg("form-required"));
        return Ok(None);
    };
    let customer = if person.customers.is_empty() {
        let name = details.reshape(|details| details.name.clone());
        ctx.state.identity.open_customer(ctx.access(), name).await?
    } else {
        ctx.who.in_role(BILLING)?
    };
    let request = PlaceOrder {
        cart,
        customer,
        person: person.person,
        billing: details,
        applicant,
        network: ctx.peer,
        device: ctx.device(),
        time_zone: Some(ctx.state.identity.greeting(person).await?.time_zone.clone()),
        keep_card: true,
        expected_total_minor: seen.total_minor,
        terms_seen: seen.terms,
    };
    match ctx.state.commerce.place_order(request).await {
        Ok(order) => Ok(Some((customer, order))),
        Err(error) => {
            form.take(error, FIELDS)?;
            Ok(None)
        }
    }
}

/// The address of the processor's page for an order that waits for its payment.
///
/// # Errors
/// An order in another state, or a processor that does not answer.
pub async fn payment_page(ctx: &Ctx, customer: CustomerId, order: OrderId) -> Result<String, WebError> {
    let back = format!("{}/order/{order}?back=yes", ctx.chrome().brand.url);
    Ok(ctx.state.commerce.start_payment(customer, order, &back).await?)
}
