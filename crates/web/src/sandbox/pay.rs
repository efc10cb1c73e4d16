//! The payment page: choose how the bank shall answer.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use mailkeep_commerce::CommerceError;
use mailkeep_commerce::processor::sandbox::page::{Page as SandboxPage, Step};
use mailkeep_commerce::processor::sandbox::{Sandbox, Scenario};
use mailkeep_types::Money;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::Msg;
use crate::page::Page;
use crate::routes::Answer;
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
        };
        let card = PayPage { amount: usd(0), ..page(None) };
        vec![page(None), page(Some("challenge".to_owned())), card]
    }
}

/// `GET /sandbox/pay/{token}`
pub async fn show(ctx: Ctx) -> Answer {
    let (sandbox, token) = processor(&ctx)?;
    let page = sandbox.page(&token).await.map_err(WebError::internal)?.ok_or(WebError::NotFound)?;
    answer(&ctx, &token, page)
}

/// `POST /sandbox/pay/{token}`
pub async fn submit(ctx: Ctx) -> Answer {
    let (sandbox, token) = processor(&ctx)?;
    let page = match ctx.form.get("challenge") {
        "" => match Scenario::from_word(ctx.form.get("outcome")) {
            Some(scenario) => sandbox.choose(&token, scenario).await,
            None => sandbox.page(&token).await,
        },
        answer => sandbox.answer_challenge(&token, answer == "pass").await,
    };
    let page = page.map_err(WebError::internal)?.ok_or(WebError::NotFound)?;
    answer(&ctx, &token, page)
}

fn processor(ctx: &Ctx) -> Result<(Sandbox, String), WebError> {
    let sandbox = ctx.state.sandbox.clone().ok_or(WebError::NotFound)?;
    Ok((sandbox, ctx.param("token")?))
}

fn answer(ctx: &Ctx, token: &str, page: SandboxPage) -> Answer {
    let challenge = match page.step {
        Step::Return(to) => return Ok(ctx.redirect(&to)),
        Step::Challenge => Some("challenge".to_owned()),
        Step::Choose => None,
    };
    let outcome = |scenario: &Scenario| {
        let title = Msg { id: format!("sandbox-{}", scenario.word()).into(), args: BTreeMap::new() };
        Choice::new(scenario.word(), ctx.text(&title), scenario.sentence())
    };
    ctx.page(&PayPage {
        merchant: format!("{} ({})", ctx.state.config.brand_name, page.description),
        amount: page.amount,
        action: format!("/sandbox/pay/{token}"),
        cancel_href: "/center".to_owned(),
        challenge,
        form: Form::new().with("outcome", Scenario::Approve.word()),
        outcomes: Scenario::ALL.iter().map(outcome).collect(),
    })
}

/// `POST /webhooks/payment`: what the processor says; believed only so far as to ask it.
pub async fn webhook(ctx: Ctx) -> Answer {
    let header = ["sandbox-signature", "stripe-signature"];
    let signature =
        header.iter().find_map(|name| ctx.headers.get(*name)).and_then(|value| value.to_str().ok());
    match ctx.state.commerce.receive_webhook(&ctx.body, signature.unwrap_or_default()).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(error @ CommerceError::Webhook(_)) => {
            tracing::warn!(%error, "a webhook was refused");
            Ok(StatusCode::BAD_REQUEST.into_response())
        }
        Err(error) => Err(error.into()),
    }
}
