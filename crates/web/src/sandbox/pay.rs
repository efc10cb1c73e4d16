//! The payment page: choose how the bank shall answer.

use mailkeep_types::Money;
use serde::Serialize;

use crate::form::Form;
use crate::options::Choose;
use crate::page::Page;
use crate::samples::usd;
use crate::site::order::choose::Choice;

/// The payment page of the sandbox.
#[derive(Debug, Serialize)]
pub struct PayPage {
    /// Who is paid.
    pub merchant: String,
    /// How much.
    pub amount: Money,
    /// Where the form goes.
    pub action: String,
    /// Where cancelling leads.
    pub cancel_href: String,
    /// The answer that waits for the payer's confirmation, while the bank asks.
    pub challenge: Option<String>,
    /// What was chosen.
    pub form: Form,
    /// The answers to choose from.
    pub outcomes: Vec<Choice>,
    /// What the card network can say.
    pub checks: Vec<Choose>,
}

impl Page for PayPage {
    const TEMPLATE: &'static str = "sandbox/pay.html";

    fn samples() -> Vec<Self> {
        let page = |challenge| PayPage {
            merchant: "Mailkeep".to_owned(),
            amount: usd(38_970),
            action: "/sandbox/pay/sample".to_owned(),
            cancel_href: "/order".to_owned(),
            challenge,
            form: Form::new()
                .with("outcome", "approve")
                .with("card_code", "pass")
                .with("card_postal_code", "pass")
                .with("card_country", "US"),
            outcomes: vec![
                Choice::new("approve", "Approve", "The amount is authorised"),
                Choice::new("decline", "Decline", "The bank says no"),
                Choice::new("challenge", "3-D Secure", "The bank asks the payer first"),
                Choice::new("timeout", "Time out after charging", "The answer is lost, the charge is not"),
                Choice::new("delayed", "Delayed webhook", "The notice comes later"),
            ],
            checks: vec![Choose::new("pass", "Matches"), Choose::new("fail", "Does not match")],
        };
        vec![page(None), page(Some("challenge".to_owned()))]
    }
}
