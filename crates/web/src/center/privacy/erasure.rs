//! Erasure: what would go and what stays, the wish with password and Registration ID, a day to undo it.

use mailkeep_identity::{IdentityError, Secret};
use mailkeep_policy::requests::Proof;
use mailkeep_policy::{Subject, erasures};
use mailkeep_types::{RegistrationId, Timestamp};
use serde::Serialize;

use crate::acts::erasures::{Preview, PreviewLine, preview};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// What an erasure would do, and the form that asks for it.
#[derive(Debug, Serialize)]
pub struct ErasurePage {
    /// What it would do.
    pub preview: Preview,
    /// When it will be done; nothing while none is planned.
    pub planned_at: Option<Timestamp>,
    /// The number to type.
    pub registration_id: String,
    /// After how many days no backup of the key is left.
    pub backup_days: i64,
    /// The form.
    pub form: Form,
}

impl Page for ErasurePage {
    const TEMPLATE: &'static str = "center/privacy/erasure.html";

    fn samples() -> Vec<Self> {
        let line = |table: &str, rows, days| PreviewLine { table: table.to_owned(), rows, days };
        let preview = |customers: &[&str], left: &[&str]| Preview {
            customers: customers.iter().map(|name| (*name).into()).collect(),
            left: left.iter().map(|name| (*name).into()).collect(),
            services: i64::from(!customers.is_empty()),
            domains: 2 * i64::from(!customers.is_empty()),
            mailboxes: 5 * i64::from(!customers.is_empty()),
            goes: vec![
                line("persons", 1, None),
                line("sessions", 2, None),
                line("message_bodies", 1_204, None),
            ],
            stays: vec![line("invoices", 12, Some(3650)), line("invoice_documents", 12, Some(3650))],
            owes: !customers.is_empty(),
        };
        let page = |preview, planned_at, form| ErasurePage {
            preview,
            planned_at,
            registration_id: "R-7F3K-2Q9M-X".to_owned(),
            backup_days: 7,
            form,
        };
        vec![
            page(preview(&["Larkspur Books"], &["Foxglove"]), None, Form::new()),
            page(preview(&[], &[]), None, Form::new().wrong("registration_id", msg("erasure-number-wrong"))),
            page(preview(&["Larkspur Books"], &[]), Some(samples::days_ago(-1)), Form::new()),
        ]
    }
}

async fn page(ctx: &Ctx, form: Form) -> Result<ErasurePage, WebError> {
    let (policy, person) = (&ctx.state.policy, ctx.who.person()?);
    Ok(ErasurePage {
        preview: preview(ctx).await?,
        planned_at: erasures::pending(policy, person.person).await?.map(|erasure| erasure.due_at),
        registration_id: person.registration_id.to_string(),
        backup_days: i64::from(policy.compiled().raw.erasure.days),
        form,
    })
}

/// `GET /center/privacy/erasure`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /center/privacy/erasure`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let person = ctx.who.person()?;
    let number = person.registration_id;
    let typed = form.checked(&ctx.form, "registration_id", msg("erasure-number-wrong"), |text| {
        text.parse::<RegistrationId>().ok().filter(|typed| *typed == number).ok_or(())
    });
    let password = Secret::new(ctx.form.raw("password"));
    if typed.is_some() {
        match ctx.state.identity.confirm_password(ctx.access(), password, &ctx.origin()).await {
            Ok(()) => {}
            Err(IdentityError::WrongCredentials) => form.refuse("password", msg("password-wrong")),
            Err(error) => form.take(error, &["password"])?,
        }
    }
    if !form.good() {
        let page = page(&ctx, form).await?;
        return ctx.refused(&page);
    }
    let sole = ctx.state.identity.customers_of_sole_owner(person.person).await?;
    let others: Vec<Subject> = sole.into_iter().map(Subject::customer).collect();
    let at_once = ctx.form.ticked("at_once");
    let proof = Proof::Session(person.session);
    erasures::plan(&ctx.state.policy, person.person, proof, number, &others, at_once).await?;
    ctx.done("/center/privacy/erasure", msg(if at_once { "erasure-begins" } else { "erasure-waits" }))
}

/// `POST /center/privacy/erasure/undo`
pub async fn undo(ctx: Ctx) -> Answer {
    match erasures::undo(&ctx.state.policy, ctx.who.person()?.person).await? {
        true => ctx.done("/center/privacy/erasure", msg("erasure-undone")),
        false => ctx.sorry("/center/privacy/erasure", msg("erasure-too-late")),
    }
}
