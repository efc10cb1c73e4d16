//! Cover for a misused card: a customer tells of one in fixed words, and sees how far it is.

use mailkeep_commerce::cover::claim::NewClaim;
use mailkeep_commerce::cover::{Claim, ClaimStatus, How, RefusedBecause};
use mailkeep_commerce::payments::config::minor_units;
use mailkeep_types::{Habits, Money, Timestamp, new_uuid};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The fields that messages stand beside.
const FIELDS: &[&str] = &["payment", "amount", "how", "reported_on", "not_at_fault"];

/// The claims of the customer, and a form for another one.
#[derive(Debug, Serialize)]
pub struct CoverPage {
    /// The claims, newest first.
    pub claims: Vec<ClaimRow>,
    /// What was typed.
    pub form: Form,
    /// The payments that one can be about.
    pub payments: Vec<Choose>,
    /// How a card can be misused.
    pub ways: Vec<Choose>,
    /// The most that is covered.
    pub most: Money,
    /// Names the act, so that the form sent twice is one claim.
    pub once: String,
}

/// A claim.
#[derive(Debug, Clone, Serialize)]
pub struct ClaimRow {
    /// Its id.
    pub id: String,
    /// What the bank leaves to the customer.
    pub amount: Money,
    /// How it happened.
    pub how: &'static str,
    /// `open`, `recorded`, `granted` or `refused`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Why it is refused.
    pub because: Option<&'static str>,
    /// When it was told.
    pub at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

impl ClaimRow {
    /// A claim as a row.
    pub fn of(claim: &Claim) -> Self {
        ClaimRow {
            id: claim.id.to_string(),
            amount: claim.amount,
            how: claim.how.word(),
            state: claim.status.word(),
            tone: match claim.status {
                ClaimStatus::Open | ClaimStatus::Recorded => "note",
                ClaimStatus::Granted => "good",
                ClaimStatus::Refused => "bad",
            },
            because: claim.refused_because.map(RefusedBecause::word),
            at: claim.claimed_at,
            decided_at: claim.decided_at,
        }
    }

    /// Made-up claims.
    pub fn samples() -> Vec<Self> {
        let row = |id: &str, state, tone, because: Option<&'static str>| ClaimRow {
            id: id.to_owned(),
            amount: usd(5000),
            how: "copied",
            state,
            tone,
            because,
            at: samples::days_ago(12),
            decided_at: matches!(state, "granted" | "refused").then(|| samples::days_ago(3)),
        };
        vec![
            row("a", "open", "note", None),
            row("b", "recorded", "note", None),
            row("c", "granted", "good", None),
            row("d", "refused", "bad", Some("bank_pays")),
        ]
    }
}

impl Page for CoverPage {
    const TEMPLATE: &'static str = "center/cover.html";

    fn samples() -> Vec<Self> {
        let page = |claims, form, payments: Vec<Choose>| CoverPage {
            claims,
            form,
            payments,
            ways: vec![
                Choose::new("copied", "Somebody used its number"),
                Choose::new("stolen", "It was stolen"),
            ],
            most: usd(5000),
            once: "o".to_owned(),
        };
        let payments = vec![Choose::new("p", "2 May 2026 · $389.70")];
        vec![
            page(ClaimRow::samples(), Form::new(), payments.clone()),
            page(Vec::new(), Form::new().wrong("amount", msg("form-required")), payments),
            page(Vec::new(), Form::new(), Vec::new()),
        ]
    }
}

async fn page(ctx: &Ctx, form: Form) -> Result<CoverPage, WebError> {
    let (customer, commerce) = (ctx.customer()?, &ctx.state.commerce);
    let claims = commerce.list_cover_claims_of(customer).await?;
    let payments = commerce.claimable_payments(customer).await?;
    let habits = Habits::of(&ctx.language);
    let label = |amount: Money, day| format!("{} · {}", habits.date(day), habits.money(amount));
    let currency = commerce.account_credit(customer).await?.currency;
    let once = match ctx.form.get("once") {
        "" => new_uuid(&*ctx.state.clock).to_string(),
        sent => sent.to_owned(),
    };
    Ok(CoverPage {
        claims: claims.iter().map(ClaimRow::of).collect(),
        form,
        payments: payments
            .iter()
            .map(|payment| Choose::new(payment.id.to_string(), label(payment.amount, payment.local_day)))
            .collect(),
        ways: How::ALL
            .iter()
            .map(|how| {
                let id = match how {
                    How::Stolen => "cover-how-stolen",
                    How::Copied => "cover-how-copied",
                    How::Unknown => "cover-how-unknown",
                };
                Choose::new(how.word(), ctx.say(id))
            })
            .collect(),
        most: commerce.config().payments.cover_limit(currency),
        once,
    })
}

/// `GET /center/cover`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /center/cover`
pub async fn claim(ctx: Ctx) -> Answer {
    let (customer, person) = (ctx.customer()?, ctx.who.person()?.person);
    let mut form = Form::of(&ctx.form);
    let currency = ctx.state.commerce.account_credit(customer).await?.currency;
    let payment = form.checked(&ctx.form, "payment", msg("form-required"), str::parse);
    let amount = |text: &str| minor_units(text, currency).ok_or(());
    let amount_minor = form.checked(&ctx.form, "amount", msg("money-amount-wrong"), amount);
    let how = form.checked(&ctx.form, "how", msg("form-required"), |word| How::from_word(word).ok_or(()));
    let reported_on = form.checked(&ctx.form, "reported_on", msg("transfer-day-wrong"), str::parse);
    let id = ctx.form.get("once").parse().unwrap_or_else(|_| new_uuid(&*ctx.state.clock));
    if let (true, Some(payment), Some(amount_minor), Some(how), Some(reported_on)) =
        (form.good(), payment, amount_minor, how, reported_on)
    {
        let not_at_fault = ctx.form.ticked("not_at_fault");
        let new = NewClaim { id, payment, amount_minor, how, reported_on, not_at_fault };
        match ctx.state.commerce.open_cover_claim(customer, person, new).await {
            Ok(_) => return ctx.done("/center/cover", msg("cover-told")),
            Err(error) => form.take(error, FIELDS)?,
        }
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}
