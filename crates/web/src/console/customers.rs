//! Finding a customer; everything personal is masked.

use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::form::Form;
use crate::page::Page;
use crate::paging::Paging;
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
            label: "C-5F2K-91QX".to_owned(),
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
