//! What a customer qualifies for: discounts and exemptions that a person approves on evidence, with their days.

use mailkeep_commerce::discounts::qualifications::{Approval, Qualification, QualifiedAs};
use mailkeep_types::{CustomerId, Timestamp};
use serde::Serialize;

use super::{name_of, names};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// The approvals of a customer.
#[derive(Debug, Serialize)]
pub struct QualificationsPage {
    /// The customer.
    pub customer: String,
    /// The approvals, newest first.
    pub approvals: Vec<ApprovalRow>,
    /// A new one.
    pub form: Form,
    /// As what a customer can qualify.
    pub kinds: Vec<Choose>,
    /// For how many days an approval holds when nothing else is said.
    pub days: i64,
}

/// An approval.
#[derive(Debug, Clone, Serialize)]
pub struct ApprovalRow {
    /// Its id.
    pub id: String,
    /// As what.
    pub kind: &'static str,
    /// What it takes off.
    pub percent: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub last: String,
    /// Who approved it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Who revoked it.
    pub revoked_by: Option<String>,
    /// `holds`, `over` or `revoked`.
    pub state: &'static str,
}

impl Page for QualificationsPage {
    const TEMPLATE: &'static str = "console/catalogue/qualifications.html";

    fn samples() -> Vec<Self> {
        let row = |id: &str, kind, state: &'static str, revoked: Option<&str>| ApprovalRow {
            id: id.to_owned(),
            kind,
            percent: if kind == "tax_exempt" { String::new() } else { "25 %".to_owned() },
            from: "2026-03-01".to_owned(),
            last: "2027-02-28".to_owned(),
            by: "rosalind".to_owned(),
            at: samples::days_ago(70),
            revoked_by: revoked.map(str::to_owned),
            state,
        };
        let page = |approvals, form| QualificationsPage {
            customer: "0199a1f2-7c3e-7b1d-9d43-5f2c8e6a1b90".to_owned(),
            approvals,
            form,
            kinds: vec![
                Choose::new("non_profit", "Non-profit organisation"),
                Choose::new("tax_exempt", "No tax"),
            ],
            days: 365,
        };
        vec![
            page(
                vec![
                    row("a", "non_profit", "holds", None),
                    row("b", "tax_exempt", "over", None),
                    row("c", "education", "revoked", Some("grace")),
                ],
                Form::new(),
            ),
            page(Vec::new(), Form::new().wrong("evidence", msg("form-required"))),
        ]
    }
}

async fn page(ctx: &Ctx, customer: CustomerId, form: Form) -> Result<QualificationsPage, WebError> {
    ctx.state.identity.find_customer_for_staff(ctx.access(), customer).await?;
    let commerce = &ctx.state.commerce;
    let config = commerce.config();
    let (names, today) =
        (names(ctx).await?, mailkeep_commerce::local_date(ctx.state.clock.now(), &config.time_zone));
    let row = |one: Qualification| ApprovalRow {
        id: one.id.to_string(),
        kind: one.kind.word(),
        percent: match config.qualified.percent(one.kind) {
            none if none.0 == 0 => String::new(),
            percent => percent.to_string(),
        },
        from: one.from.to_string(),
        last: one.until.yesterday().unwrap_or(one.until).to_string(),
        by: name_of(&names, Some(one.approved_by)).unwrap_or_default(),
        at: one.approved_at,
        revoked_by: one.revoked.and_then(|(by, _)| name_of(&names, Some(by))),
        state: match one.revoked {
            Some(_) => "revoked",
            None if one.holds_on(today) => "holds",
            None => "over",
        },
    };
    let kinds = QualifiedAs::ALL.map(|kind| {
        let id = match kind {
            QualifiedAs::NonProfit => "qualified-non_profit",
            QualifiedAs::Government => "qualified-government",
            QualifiedAs::Education => "qualified-education",
            QualifiedAs::TaxExempt => "qualified-tax_exempt",
        };
        let percent = config.qualified.percent(kind);
        let label = if percent.0 == 0 { ctx.say(id) } else { format!("{}: {percent}", ctx.say(id)) };
        Choose::new(kind.word(), label)
    });
    Ok(QualificationsPage {
        customer: customer.to_string(),
        approvals: commerce.list_qualifications(customer).await?.into_iter().map(row).collect(),
        form,
        kinds: kinds.to_vec(),
        days: i64::from(config.qualified.days),
    })
}

/// `GET /console/catalogue/discounts/{customer}`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, ctx.param("customer")?, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /console/catalogue/discounts/{customer}`
pub async fn approve(ctx: Ctx) -> Answer {
    let customer: CustomerId = ctx.param("customer")?;
    ctx.state.identity.find_customer_for_staff(ctx.access(), customer).await?;
    let mut form = Form::of(&ctx.form);
    let kind = QualifiedAs::from_word(ctx.form.get("kind"));
    if kind.is_none() {
        form.refuse("kind", msg("form-required"));
    }
    let last = match ctx.form.get("last") {
        "" => None,
        text => text.parse().map_or_else(
            |_| {
                form.refuse("last", msg("catalogue-date-wrong"));
                None
            },
            Some,
        ),
    };
    if let (Some(kind), true) = (kind, form.good()) {
        let approval = Approval { customer, kind, evidence: ctx.form.get("evidence").to_owned(), last };
        match ctx.state.commerce.approve_qualification(ctx.who.staff()?.staff, approval).await {
            Ok(_) => {
                return ctx
                    .done(&format!("/console/catalogue/discounts/{customer}"), msg("qualified-approved"));
            }
            Err(error) => form.take(error, &["evidence", "last", "kind"])?,
        }
    }
    let page = page(&ctx, customer, form).await?;
    ctx.refused(&page)
}

/// `POST /console/catalogue/discounts/{customer}/{qualification}/revoke`
pub async fn revoke(ctx: Ctx) -> Answer {
    let customer: CustomerId = ctx.param("customer")?;
    let id = ctx.param("qualification")?;
    let at = format!("/console/catalogue/discounts/{customer}");
    match ctx.state.commerce.revoke_qualification(ctx.who.staff()?.staff, customer, id).await {
        Ok(()) => ctx.done(&at, msg("qualified-revoked")),
        Err(mailkeep_commerce::CommerceError::Staff(sentence)) => {
            ctx.sorry(&at, msg("verbatim").with("text", crate::error::sentence(&sentence)))
        }
        Err(error) => Err(error.into()),
    }
}
