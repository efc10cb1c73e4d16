//! Credit on a customer's account: what is there, and giving or taking back some, shown before it is confirmed.

use mailkeep_commerce::credits::GrantReason;
use mailkeep_commerce::credits::grant::Grant;
use mailkeep_commerce::payments::config::minor_units;
use mailkeep_types::{CustomerId, Money, new_uuid};
use serde::Serialize;
use uuid::Uuid;

use super::invoices::amount_text;
use crate::center::credit::{MovementRow, rows};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::{Form, Submitted};
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples::usd;

/// The credit of a customer.
#[derive(Debug, Serialize)]
pub struct CreditPage {
    /// The customer, as in addresses.
    pub customer: String,
    /// What is there.
    pub balance: Money,
    /// The movements of this page of the list, newest first.
    pub movements: Vec<MovementRow>,
    /// Where in the list.
    pub paging: Paging,
    /// What was typed.
    pub form: Form,
    /// Why credit is given.
    pub reasons: Vec<&'static str>,
    /// Names what is done with the form, so that the back button does it no second time.
    pub once: String,
    /// What it comes to, once something was asked for.
    pub preview: Option<GrantPreview>,
}

/// What giving or taking back comes to.
#[derive(Debug, Clone, Serialize)]
pub struct GrantPreview {
    /// Whether it is taken back.
    pub back: bool,
    /// How much.
    pub amount: Money,
    /// The same as it stands in a field.
    pub amount_text: String,
    /// What is there afterwards.
    pub after: Money,
    /// Why.
    pub reason: &'static str,
}

impl Page for CreditPage {
    const TEMPLATE: &'static str = "console/credit.html";

    fn samples() -> Vec<Self> {
        let page = |movements, form, preview| CreditPage {
            customer: "c".to_owned(),
            balance: usd(312),
            movements,
            paging: Paging { page: 1, size: 25, total: 4 },
            form,
            reasons: reasons(),
            once: "o".to_owned(),
            preview,
        };
        let asked = Form::new().with("act", "give").with("amount", "12.50").with("reason", "outage");
        let preview = GrantPreview {
            back: false,
            amount: usd(1250),
            amount_text: "12.50".to_owned(),
            after: usd(1562),
            reason: "outage",
        };
        vec![
            page(MovementRow::samples(), Form::new().with("act", "give"), None),
            page(MovementRow::samples(), asked.clone(), Some(preview)),
            page(Vec::new(), asked.wrong("amount", msg("money-amount-wrong")), None),
        ]
    }
}

fn reasons() -> Vec<&'static str> {
    GrantReason::ALL.map(GrantReason::word).to_vec()
}

async fn page(ctx: &Ctx, customer: CustomerId, form: Form) -> Result<CreditPage, WebError> {
    ctx.state.identity.find_customer_for_staff(ctx.access(), customer).await?;
    let commerce = &ctx.state.commerce;
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let all = rows(&commerce.list_account_credits(customer).await?);
    Ok(CreditPage {
        customer: customer.to_string(),
        balance: commerce.account_credit(customer).await?,
        movements: paging.cut(all),
        paging,
        form,
        reasons: reasons(),
        once: new_uuid(&*ctx.state.clock).to_string(),
        preview: None,
    })
}

/// What is asked for: the amount with its sign, and why.
fn asked(form: &mut Form, submitted: &Submitted, balance: Money) -> Option<(Money, GrantReason)> {
    let read = |text: &str| minor_units(text, balance.currency).filter(|minor| *minor > 0).ok_or(());
    let minor = form.checked(submitted, "amount", msg("money-amount-wrong"), read);
    let read = |word: &str| GrantReason::from_word(word).ok_or(());
    let reason = form.checked(submitted, "reason", msg("form-required"), read);
    let minor = if submitted.get("act") == "take" { -minor? } else { minor? };
    if balance.minor + minor < 0 {
        form.refuse("amount", msg("credit-too-much").with("held", balance.to_string()));
    }
    Some((Money::new(minor, balance.currency), reason?)).filter(|_| form.good())
}

/// `GET /console/customers/{customer}/credit`, with what is to be given in the query.
pub async fn show(ctx: Ctx) -> Answer {
    let wanted = !ctx.query.get("act").is_empty();
    let form = if wanted { Form::of(&ctx.query) } else { Form::new().with("act", "give") };
    let customer: CustomerId = ctx.param("customer")?;
    let mut page = page(&ctx, customer, form).await?;
    if wanted {
        let once: Uuid = ctx.query.get("once").parse().map_err(|_| WebError::NotFound)?;
        // Whoever comes back to what they did sees what came of it.
        if ctx.state.commerce.list_account_credits(customer).await?.iter().any(|one| one.cause == once) {
            return Ok(ctx.redirect(&format!("/console/customers/{customer}/credit")));
        }
        page.once = once.to_string();
    }
    if wanted && let Some((amount, reason)) = asked(&mut page.form, &ctx.query, page.balance) {
        let size = Money::new(amount.minor.abs(), amount.currency);
        page.preview = Some(GrantPreview {
            back: amount.minor < 0,
            amount: size,
            amount_text: amount_text(size),
            after: Money::new(page.balance.minor + amount.minor, amount.currency),
            reason: reason.word(),
        });
    }
    if page.form.good() { ctx.page(&page) } else { ctx.refused(&page) }
}

/// `POST /console/customers/{customer}/credit`
pub async fn grant(ctx: Ctx) -> Answer {
    let customer: CustomerId = ctx.param("customer")?;
    let mut page = page(&ctx, customer, Form::of(&ctx.form)).await?;
    let id = ctx.form.get("once").parse().map_err(|_| WebError::NotFound)?;
    // What was done is there already when the button is pressed again, so the balance is not looked at here.
    let roomy = Money::new(i64::MAX / 2, page.balance.currency);
    if let Some((amount, reason)) = asked(&mut page.form, &ctx.form, roomy) {
        let grant = Grant { id, customer, amount_minor: amount.minor, reason };
        match ctx.state.commerce.grant_credit(ctx.who.staff()?.staff, grant).await {
            Ok(_) => {
                let here = format!("/console/customers/{customer}/credit");
                return ctx.done(&here, msg("credit-done"));
            }
            Err(error) => page.form.take(error, &["amount"])?,
        }
    }
    ctx.refused(&page)
}
