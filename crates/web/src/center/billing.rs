//! To whom invoices are written: the name of the customer and the billing details, corrected at any time. Invoices that were
//! issued stay as they are.

use mailkeep_policy::{Act, Subject, Use, purpose};
use serde::Serialize;

use crate::acts::orders::{self, Billing};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::{Answer, OWNER};
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
}

impl Page for BillingPage {
    const TEMPLATE: &'static str = "center/billing.html";

    fn samples() -> Vec<Self> {
        let form = Form::new()
            .with("name", "Ada Example")
            .with("organisation", "Larkspur Books")
            .with("street", "12 Larkspur Lane")
            .with("city", "Springfield")
            .with("country", "US");
        let page = |form, may_rename| BillingPage {
            name_form: Form::new().with("organisation", "Larkspur Books"),
            may_rename,
            form,
            countries: crate::countries::options(),
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
    })
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
