//! Choosing for which customer to work, for a contact of several.

use mailkeep_identity::ContactRole;
use mailkeep_identity::customers::CustomerView;
use mailkeep_policy::Shown;
use mailkeep_types::CustomerId;
use serde::Serialize;

use crate::chrome::Tone;
use crate::cookies;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The customers of the person.
#[derive(Debug, Serialize)]
pub struct CustomersPage {
    /// The customers.
    pub customers: Vec<CustomerRow>,
}

/// A customer.
#[derive(Debug, Clone, Serialize)]
pub struct CustomerRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Shown<String>,
    /// The person's role there.
    pub role: String,
    /// Whether it is the one being worked for.
    pub current: bool,
}

impl Page for CustomersPage {
    const TEMPLATE: &'static str = "center/customers.html";

    fn samples() -> Vec<Self> {
        let row = |name: &str, role: &str, current| CustomerRow {
            id: name.to_lowercase(),
            name: name.into(),
            role: role.to_owned(),
            current,
        };
        vec![CustomersPage {
            customers: vec![row("Larkspur", "owner", true), row("Foxglove", "billing", false)],
        }]
    }
}

/// `GET /center/customers`
pub async fn show(ctx: Ctx) -> Answer {
    let current = ctx.who.customer;
    let customers = ctx.state.identity.list_customers(ctx.access()).await?;
    let row = |customer: CustomerView| CustomerRow {
        id: customer.customer.to_string(),
        name: customer.name,
        role: customer.roles.iter().next().unwrap_or(ContactRole::ReadOnly).word().to_owned(),
        current: Some(customer.customer) == current,
    };
    ctx.page(&CustomersPage { customers: customers.into_iter().map(row).collect() })
}

/// `POST /center/customers/{customer}`
pub async fn choose(ctx: Ctx) -> Answer {
    let id: CustomerId = ctx.param("customer")?;
    let customers = ctx.state.identity.list_customers(ctx.access()).await?;
    if !customers.iter().any(|customer| customer.customer == id) {
        return Err(WebError::NotFound);
    }
    // The head of the page names the customer; the message travels in a cookie, where no name belongs.
    let mut response = ctx.redirect_saying("/center", Tone::Good, msg("customer-chosen"));
    cookies::set(&mut response, cookies::CUSTOMER, &id.to_string(), None);
    Ok(response)
}
