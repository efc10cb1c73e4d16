//! To whom invoices are written: the name of the customer and the billing details, corrected at any time. Invoices that were
//! issued stay as they are.

use mailkeep_commerce::discounts::qualifications::Qualification;
use mailkeep_policy::{Act, Shown, Subject, Use, purpose};
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::profile::languages;
use super::services::start_of;
use crate::acts::orders::{self, Billing};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::{Answer, OWNER};
use crate::samples;
use crate::site::order::review::CountryOption;

/// The billing details.
#[derive(Debug, Serialize)]
pub struct BillingPage {
    /// The customer's name.
    pub name_form: Form,
    /// Whether the one who asks may change it.
    pub may_rename: bool,
    /// The billing details.
    pub form: Form,
    /// Countries to choose from.
    pub countries: Vec<CountryOption>,
    /// The languages that papers are written in.
    pub languages: Vec<Choose>,
    /// Discounts and exemptions that a person approved, newest first.
    pub approvals: Vec<ApprovalRow>,
}

/// An approval as the customer sees it.
#[derive(Debug, Clone, Serialize)]
pub struct ApprovalRow {
    /// As what.
    pub kind: &'static str,
    /// What it takes off; empty for an exemption.
    pub percent: String,
    /// The evidence that was looked at.
    pub evidence: Shown<String>,
    /// The first day.
    pub from: Timestamp,
    /// The last day.
    pub last: Timestamp,
    /// `holds`, `over` or `revoked`.
    pub state: &'static str,
}

impl Page for BillingPage {
    const TEMPLATE: &'static str = "center/billing.html";

    fn samples() -> Vec<Self> {
        let form = Form::new()
            .with("name", "Ada Example")
            .with("organisation", "Larkspur Books")
            .with("street", "12 Larkspur Lane")
            .with("city", "Springfield")
            .with("country", "US")
            .with("language", "en");
        let page = |form, may_rename| BillingPage {
            name_form: Form::new().with("organisation", "Larkspur Books"),
            may_rename,
            form,
            countries: crate::countries::options(),
            languages: languages(),
            approvals: vec![ApprovalRow {
                kind: "non_profit",
                percent: "25 %".to_owned(),
                evidence: "Determination letter 947 of 3 May 2019".into(),
                from: samples::days_ago(70),
                last: samples::days_ago(-295),
                state: "holds",
            }],
        };
        vec![page(form.clone(), true), page(form.wrong("street", msg("form-required")), false)]
    }
}

/// `GET /center/billing`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx) -> Result<BillingPage, WebError> {
    Ok(BillingPage {
        name_form: Form::new().with("organisation", ctx.who.customer_name.clone().unwrap_or_default()),
        may_rename: ctx.has_role(OWNER),
        form: orders::known_billing(ctx).await?.form(),
        countries: crate::countries::options(),
        languages: languages(),
        approvals: approvals(ctx).await?,
    })
}

async fn approvals(ctx: &Ctx) -> Result<Vec<ApprovalRow>, WebError> {
    let (person, commerce, zone) = (ctx.who.person()?, &ctx.state.commerce, ctx.chrome().time_zone);
    let held = commerce.open_qualifications(person.person, person.session, ctx.customer()?).await?;
    let today = mailkeep_commerce::local_date(ctx.state.clock.now(), &commerce.config().time_zone);
    let row = |(one, evidence): (Qualification, Shown<String>)| ApprovalRow {
        kind: one.kind.word(),
        percent: match commerce.config().qualified.percent(one.kind) {
            none if none.0 == 0 => String::new(),
            percent => percent.to_string(),
        },
        evidence,
        from: start_of(one.from, &zone),
        last: start_of(one.until.yesterday().unwrap_or(one.until), &zone),
        state: match one.revoked {
            Some(_) => "revoked",
            None if one.holds_on(today) => "holds",
            None => "over",
        },
    };
    Ok(held.into_iter().map(row).collect())
}

/// `POST /center/billing/name`
pub async fn rename(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let name = form.required(&ctx.form, "organisation").to_owned();
    if form.good() {
        match ctx.state.identity.rename_customer(ctx.access(), ctx.customer()?, &name).await {
            Ok(()) => return ctx.done("/center/billing", msg("billing-name-saved")),
            Err(error) => form.take(error, &["organisation"])?,
        }
    }
    let page = BillingPage { name_form: form, ..page(&ctx).await? };
    ctx.refused(&page)
}

/// `POST /center/billing`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    Billing::typed(&ctx.form).require(&mut form);
    if form.good() {
        let (customer, person) = (ctx.customer()?, ctx.who.person()?);
        let asked = Use {
            actor: person.actor(),
            subject: Subject::customer(customer),
            act: Act::Change,
            fields: &["billing_profiles.details"],
            fact: person.fact(),
        };
        ctx.state.policy.grant::<purpose::Rights>(asked).await?;
        match ctx.state.commerce.change_billing_details(customer, orders::typed_details(&ctx.form)).await {
            Ok(()) => return ctx.done("/center/billing", msg("billing-saved")),
            Err(error) => form.take(error, orders::FIELDS)?,
        }
    }
    let page = BillingPage { form, ..page(&ctx).await? };
    ctx.refused(&page)
}
