//! The first step: plan, term, domain, number of mailboxes.

use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

/// The form of the first step.
#[derive(Debug, Serialize)]
pub struct OrderPage {
    /// What was chosen.
    pub form: Form,
    /// The plans on sale.
    pub plans: Vec<Choice>,
    /// Yearly or monthly.
    pub terms: Vec<Choice>,
}

/// One of several.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What it is.
    pub title: String,
    /// More on it.
    pub text: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, title: impl Into<String>, text: impl Into<String>) -> Self {
        Choice { value: value.into(), title: title.into(), text: text.into() }
    }
}

impl Page for OrderPage {
    const TEMPLATE: &'static str = "site/order.html";

    fn samples() -> Vec<Self> {
        let page = |form| OrderPage {
            form,
            plans: vec![
                Choice::new("personal", "Personal", "$3.00 a mailbox and month"),
                Choice::new("business", "Business", "$6.00 a mailbox and month"),
                Choice::new("archive", "Business with archive", "$11.00 a mailbox and month"),
            ],
            terms: vec![
                Choice::new("annual", "Yearly", "Prepaid for a year at the lower price"),
                Choice::new("monthly", "Monthly", "Month by month, stop at any time"),
            ],
        };
        let chosen = Form::new().with("plan", "business").with("term", "annual").with("mailboxes", "5");
        vec![page(chosen.clone()), page(chosen.wrong("domain", msg("form-required")))]
    }
}
