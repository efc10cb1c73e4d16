//! The third step: billing address, the sums, and the order itself.

use serde::Serialize;

use crate::bill::Bill;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

/// The review page.
#[derive(Debug, Serialize)]
pub struct ReviewPage {
    /// The billing address, filled from the profile.
    pub form: Form,
    /// What the order comes to.
    pub bill: Bill,
    /// `annual` or `monthly`.
    pub term: String,
    /// Countries to choose from.
    pub countries: Vec<CountryOption>,
}

/// A country to choose.
#[derive(Debug, Clone, Serialize)]
pub struct CountryOption {
    /// Two letters (ISO 3166).
    pub value: &'static str,
    /// Its English name.
    pub label: &'static str,
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "site/order_review.html";

    fn samples() -> Vec<Self> {
        let page = |form| ReviewPage {
            form,
            bill: Bill::sample(),
            term: "annual".to_owned(),
            countries: crate::countries::options(),
        };
        let known = Form::new().with("name", "Ada Example").with("country", "US");
        vec![
            page(known.clone()),
            page(known.wrong("street", msg("form-required")).wrong("terms", msg("order-terms-missing"))),
        ]
    }
}
