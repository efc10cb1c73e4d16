//! The customers that the person acts for, and who else acts for them.

use mailkeep_identity::{ContactRoles, Scope};
use mailkeep_policy::Shown;
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::Instant;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::ANY_ROLE;

/// A customer.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Customer")]
pub struct CustomerView {
    /// Its identifier; the query field `customer` takes it.
    pub id: String,
    /// Its name.
    #[schemars(with = "String")]
    pub name: Shown<String>,
    /// What the person may do there: `owner`, `billing`, `technical`, `read_only`.
    pub roles: Vec<String>,
    /// Since when.
    pub created_at: Instant,
}

/// Who acts for a customer. Contacts are invited and removed in the Customer Center, where the password is asked for.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Contact")]
pub struct ContactView {
    /// Its identifier.
    pub id: String,
    /// The Registration ID of the person.
    pub registration_id: String,
    /// The person's name.
    #[schemars(with = "String")]
    pub name: Shown<String>,
    /// The person's e-mail address.
    #[schemars(with = "String")]
    pub email: Shown<String>,
    /// What the person may do.
    pub roles: Vec<String>,
    /// Since when.
    pub created_at: Instant,
}

fn words(roles: ContactRoles) -> Vec<String> {
    roles.iter().map(|role| role.word().to_owned()).collect()
}

async fn list(ctx: Ctx) -> Result<Page<CustomerView>, WebError> {
    let customers = ctx.state.identity.list_customers(ctx.access()).await?;
    let part = cut(&ctx, customers, |customer| customer.customer.uuid())?;
    Ok(part.page(|customer| CustomerView {
        id: customer.customer.to_string(),
        name: customer.name,
        roles: words(customer.roles),
        created_at: customer.created_at.into(),
    }))
}

async fn contacts(ctx: Ctx) -> Result<Page<ContactView>, WebError> {
    let (contacts, _) = ctx.state.identity.list_contacts(ctx.access(), ctx.customer()?).await?;
    let part = cut(&ctx, contacts, |contact| contact.contact.uuid())?;
    Ok(part.page(|contact| ContactView {
        id: contact.contact.to_string(),
        registration_id: contact.registration_id.to_string(),
        name: contact.name,
        email: contact.email.text(),
        roles: words(contact.roles),
        created_at: contact.created_at.into(),
    }))
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Customers");
    let scope = Scope::ProfileRead;
    let all = op("/api/v1/customers", "listCustomers", "The customers that the person acts for", scope, &[]);
    api.list(all, list);
    let who = op("/api/v1/contacts", "listContacts", "Who acts for the customer", scope, ANY_ROLE);
    api.list(who, contacts);
}
