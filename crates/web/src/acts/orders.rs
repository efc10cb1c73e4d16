//! Placing an order of what is in a cart, with the billing details that are known already.

use mailkeep_commerce::carts::CartToken;
use mailkeep_commerce::orders::place::PlaceOrder;
use mailkeep_commerce::orders::{Applicant, BillingDetails};
use mailkeep_types::{CustomerId, OrderId};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::BILLING;

/// The fields that [`place`] puts messages beside.
pub const FIELDS: &[&str] =
    &["name", "street", "city", "region", "postal_code", "country", "phone", "organisation"];

/// To whom the invoice is written, as a form asks for it.
#[derive(Default)]
pub struct Billing {
    /// The person's name.
    pub name: String,
    /// The organisation, if one orders.
    pub organisation: String,
    /// Street, building, post box.
    pub street: String,
    /// The town.
    pub city: String,
    /// State or province.
    pub region: String,
    /// The postal code.
    pub postal_code: String,
    /// Two letters (ISO 3166).
    pub country: String,
    /// Where we may call, if given.
    pub phone: String,
}

impl Billing {
    fn of_details(details: &BillingDetails) -> Self {
        let (organisation, name, street) = match details.street.split_first() {
            // Of an organisation, the person stands above the street.
            Some((person, street)) if !street.is_empty() => (details.name.clone(), person.clone(), street),
            _ => (String::new(), details.name.clone(), details.street.as_slice()),
        };
        Billing {
            name,
            organisation,
            street: street.join(", "),
            city: details.city.clone(),
            region: details.region.clone(),
            postal_code: details.postal_code.clone(),
            country: details.country.clone(),
            phone: String::new(),
        }
    }

    fn details(self) -> BillingDetails {
        let mut street = vec![self.street];
        let mut name = self.name;
        if !self.organisation.is_empty() {
            street.insert(0, std::mem::replace(&mut name, self.organisation));
        }
        BillingDetails {
            name,
            street,
            postal_code: self.postal_code,
            city: self.city,
            region: self.region,
            country: self.country,
            tax_id: None,
        }
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
            .with("phone", &self.phone)
    }
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
        let known = commerce
            .open_billing_details(person.person, person.session, customer, Billing::of_details)
            .await?;
        if let Some(known) = known {
            return Ok(Billing { phone, ..known });
        }
    }
    let postal = profile.postal.unwrap_or_default();
    Ok(Billing {
        name: profile.name,
        organisation: String::new(),
        street: postal.lines.join(", "),
        city: postal.city,
        region: postal.region,
        postal_code: postal.postal_code,
        country: postal.country,
        phone,
    })
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
) -> Result<Option<(CustomerId, OrderId)>, WebError> {
    let required = [
        ("name", &billing.name),
        ("street", &billing.street),
        ("city", &billing.city),
        ("country", &billing.country),
    ];
    for (field, value) in required {
        if value.is_empty() {
            form.refuse(field, msg("form-required"));
        }
    }
    if !form.good() {
        return Ok(None);
    }
    let person = ctx.who.person()?;
    let profile = ctx.state.identity.read_profile(ctx.access()).await?;
    let phone = Some(billing.phone.clone()).filter(|phone| !phone.is_empty());
    let details = billing.details();
    let customer = if person.customers.is_empty() {
        ctx.state.identity.open_customer(ctx.access(), &details.name).await?
    } else {
        ctx.who.in_role(BILLING)?
    };
    let request = PlaceOrder {
        cart,
        customer,
        person: person.person,
        billing: details,
        applicant: Applicant { email: profile.email.to_string(), phone },
        network: ctx.peer,
        time_zone: Some(profile.time_zone),
        keep_card: true,
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
    let back = format!("{}/order/{order}?back=yes", ctx.state.config.public_url.trim_end_matches('/'));
    Ok(ctx.state.commerce.start_payment(customer, order, &back).await?)
}
