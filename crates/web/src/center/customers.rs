//! Choosing for which customer to work, for a contact of several.

use serde::Serialize;

use crate::page::Page;

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
    pub name: String,
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
            name: name.to_owned(),
            role: role.to_owned(),
            current,
        };
        vec![CustomersPage {
            customers: vec![row("Larkspur", "owner", true), row("Foxglove", "billing", false)],
        }]
    }
}
