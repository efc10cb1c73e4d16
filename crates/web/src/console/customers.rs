//! Finding a customer; everything personal is masked.

use mailkeep_identity::IdentityError;
use mailkeep_identity::customers::CustomerSummary;
use mailkeep_types::{CustomerId, DomainName, EmailAddress, RegistrationId, Timestamp};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::form::Form;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;

/// Customers found.
#[derive(Debug, Serialize)]
pub struct CustomersPage {
    /// The search.
    pub form: Form,
    /// The customers of this page of the list.
    pub customers: Vec<CustomerRow>,
    /// Where in the list.
    pub paging: Paging,
}

/// A customer, masked.
#[derive(Debug, Clone, Serialize)]
pub struct CustomerRow {
    /// What names the customer without a personal value.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Since when.
    pub since: Timestamp,
    /// Registration IDs of the contacts with their roles.
    pub contacts: Vec<String>,
    /// `active`, `new` or `blocked`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
}

impl Page for CustomersPage {
    const TEMPLATE: &'static str = "console/customers.html";

    fn samples() -> Vec<Self> {
        let row = CustomerRow {
            label: "0199a1f2-7c3e-7b1d-9d43-5f2c8e6a1b90".to_owned(),
            href: "/console/customers/c".to_owned(),
            since: samples::days_ago(40),
            contacts: vec!["R-7F3K-2Q9M-X (owner)".to_owned()],
            state: "active",
            tone: "good",
        };
        vec![
            CustomersPage {
                form: Form::new().with("q", "R-7F3K-2Q9M-X"),
                customers: vec![row],
                paging: Paging { page: 1, size: 25, total: 1 },
            },
            CustomersPage {
                form: Form::new(),
                customers: Vec::new(),
                paging: Paging { page: 1, size: 25, total: 0 },
            },
        ]
    }
}

/// `GET /console/customers?q=…`
pub async fn show(ctx: Ctx) -> Answer {
    let identity = &ctx.state.identity;
    let asked = ctx.query.get("q");
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let found: Vec<CustomerSummary> = if asked.is_empty() {
        identity.list_customers_for_staff(ctx.access(), Timestamp::NEVER, 500).await?
    } else if let Ok(number) = asked.parse::<RegistrationId>() {
        match identity.find_customers_by_registration_id(ctx.access(), number).await {
            Ok((_, customers)) => customers,
            Err(IdentityError::NotFound) => Vec::new(),
            Err(error) => return Err(error.into()),
        }
    } else if let Ok(id) = asked.parse::<CustomerId>() {
        identity.find_customer_for_staff(ctx.access(), id).await.into_iter().collect()
    } else if let Ok(email) = asked.parse::<EmailAddress>() {
        match identity.find_customers_by_email(ctx.access(), &email).await {
            Ok(customers) => customers,
            Err(IdentityError::NotFound) => Vec::new(),
            Err(error) => return Err(error.into()),
        }
    } else if let Ok(name) = asked.parse::<DomainName>()
        && let Some(domain) = ctx.state.office.proven_domain(&name).await?
    {
        identity.find_customer_for_staff(ctx.access(), domain.customer).await.into_iter().collect()
    } else {
        Vec::new()
    };
    let mut rows = Vec::new();
    for customer in paging.cut(found) {
        let services = ctx.state.commerce.list_services(customer.customer).await?;
        let living: Vec<_> = services.iter().filter(|service| service.ended_at.is_none()).collect();
        let (state, tone) = match () {
            () if living.is_empty() => ("new", "note"),
            () if living.iter().any(|service| !service.blocks.is_empty()) => ("blocked", "bad"),
            () => ("active", "good"),
        };
        rows.push(CustomerRow {
            label: customer.customer.to_string(),
            href: format!("/console/customers/{}", customer.customer),
            since: customer.created_at,
            contacts: customer.owner.iter().map(ToString::to_string).collect(),
            state,
            tone,
        });
    }
    let form = if asked.is_empty() { Form::new() } else { Form::new().with("q", asked) };
    ctx.page(&CustomersPage { form, customers: rows, paging })
}
