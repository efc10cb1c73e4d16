//! Hand-overs: the list, one of them, and the warning that begins it. Days and figures; nothing personal is opened, and the
//! files are for the owners alone.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::handovers::{HandOverState, LONGEST_REASON};
use mailkeep_commerce::local_date;
use mailkeep_types::{CustomerId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::center::hand_over::HandOverRow;
use crate::ctx::Ctx;
use crate::error::sentence;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;

/// The hand-overs, those that wait for somebody first.
#[derive(Debug, Serialize)]
pub struct HandOversPage {
    /// The hand-overs of this page of the list.
    pub rows: Vec<HandOverRow>,
    /// How many are past their day.
    pub overdue: i64,
    /// Where in the list.
    pub paging: Paging,
}

impl Page for HandOversPage {
    const TEMPLATE: &'static str = "console/hand_overs.html";

    fn samples() -> Vec<Self> {
        vec![
            HandOversPage {
                rows: HandOverRow::samples(),
                overdue: 1,
                paging: Paging { page: 1, size: 25, total: 5 },
            },
            HandOversPage { rows: Vec::new(), overdue: 0, paging: Paging { page: 1, size: 25, total: 0 } },
        ]
    }
}

/// One hand-over.
#[derive(Debug, Serialize)]
pub struct HandOverPage {
    /// The hand-over.
    pub one: HandOverRow,
    /// The customer, as in addresses.
    pub customer: String,
    /// Who warned.
    pub warned_by: Option<String>,
    /// Who ended the services, and when.
    pub ended: Option<(String, Timestamp)>,
    /// How many files there are.
    pub files: i64,
    /// Their bytes.
    pub bytes: i64,
    /// Whether it can be taken back.
    pub may_cure: bool,
    /// Whether the days to cure are over.
    pub may_end: bool,
    /// Whether it should have been delivered.
    pub overdue: bool,
    /// In how many days it is delivered.
    pub days: i64,
}

impl Page for HandOverPage {
    const TEMPLATE: &'static str = "console/hand_over.html";

    fn samples() -> Vec<Self> {
        let page = |at: usize, may_end, overdue| {
            let one = HandOverRow::samples().remove(at);
            HandOverPage {
                customer: "c".to_owned(),
                warned_by: (one.cause == "breach").then(|| "rosalind".to_owned()),
                ended: (one.cause == "breach" && one.state == "making")
                    .then(|| ("grace".to_owned(), samples::days_ago(2))),
                files: if one.state == "ready" { 4 } else { 0 },
                bytes: if one.state == "ready" { 29_500_000 } else { 0 },
                may_cure: one.state == "warned",
                may_end,
                overdue,
                days: 10,
                one,
            }
        };
        vec![
            page(0, false, false),
            page(0, true, false),
            page(1, false, false),
            page(1, false, true),
            page(2, false, false),
            page(3, false, false),
        ]
    }
}

/// The warning, while it is written.
#[derive(Debug, Serialize)]
pub struct WarningPage {
    /// The customer, as in addresses.
    pub customer: String,
    /// How many owners get it.
    pub owners: i64,
    /// Days to cure.
    pub cure: i64,
    /// Days to deliver.
    pub days: i64,
    /// The most letters.
    pub longest: i64,
    /// What was typed.
    pub form: Form,
}

impl Page for WarningPage {
    const TEMPLATE: &'static str = "console/hand_over_warning.html";

    fn samples() -> Vec<Self> {
        let page = |form| WarningPage {
            customer: "c".to_owned(),
            owners: 2,
            cure: 30,
            days: 10,
            longest: 2000,
            form,
        };
        vec![page(Form::new()), page(Form::new().wrong("reason", msg("form-required")))]
    }
}

/// `GET /console/hand-overs`
pub async fn show(ctx: Ctx) -> Answer {
    let commerce = &ctx.state.commerce;
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let overdue = count(commerce.overdue_hand_overs().await?);
    let rows = paging.cut(commerce.list_hand_overs().await?);
    let zone = &commerce.config().time_zone;
    ctx.page(&HandOversPage {
        rows: rows.iter().map(|one| HandOverRow::of(one, zone)).collect(),
        overdue,
        paging,
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// `GET /console/hand-overs/{hand_over}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let (id, commerce): (Uuid, _) = (ctx.param("hand_over")?, &ctx.state.commerce);
    let one = commerce.find_hand_over(id).await?;
    let config = commerce.config();
    let today = local_date(ctx.state.clock.now(), &config.time_zone);
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let name = |staff| names.get(&staff).cloned().unwrap_or_else(|| staff.to_string());
    let (files, bytes) = commerce.size_of_hand_over(id).await?;
    ctx.page(&HandOverPage {
        customer: one.customer.to_string(),
        warned_by: one.warned_by.map(name),
        ended: one.ended_by.map(name).zip(one.ended_at),
        files,
        bytes,
        may_cure: one.state == HandOverState::Warned,
        may_end: one.can_be_ended(today),
        overdue: one.is_overdue(today),
        days: i64::from(config.hand_over.deliver_days),
        one: HandOverRow::of(&one, &config.time_zone),
    })
}

async fn warning(ctx: &Ctx, customer: CustomerId, owners: usize, form: Form) -> WarningPage {
    let config = &ctx.state.commerce.config().hand_over;
    WarningPage {
        customer: customer.to_string(),
        owners: count(owners),
        cure: i64::from(config.cure_days),
        days: i64::from(config.deliver_days),
        longest: count(LONGEST_REASON),
        form,
    }
}

/// `GET /console/customers/{customer}/hand-over`
pub async fn show_warning(ctx: Ctx) -> Answer {
    let customer: CustomerId = ctx.param("customer")?;
    let owners = ctx.state.identity.owners_of(customer).await?;
    let page = warning(&ctx, customer, owners.len(), Form::new()).await;
    ctx.page(&page)
}

/// `POST /console/customers/{customer}/hand-over`
pub async fn warn(ctx: Ctx) -> Answer {
    let (customer, staff): (CustomerId, _) = (ctx.param("customer")?, ctx.who.staff()?.staff);
    let owners = ctx.state.identity.owners_of(customer).await?;
    let (mut form, told) = (Form::of(&ctx.form), owners.len());
    let reason = form.required(&ctx.form, "reason").to_owned();
    if form.good() {
        match ctx.state.commerce.warn_of_hand_over(staff, customer, reason, owners).await {
            Ok(id) => return ctx.done(&format!("/console/hand-overs/{id}"), msg("hand-over-warned")),
            Err(CommerceError::Staff(why)) => {
                return ctx.sorry("/console/hand-overs", msg("verbatim").with("text", sentence(&why)));
            }
            Err(error) => form.take(error, &["reason"])?,
        }
    }
    let page = warning(&ctx, customer, told, form).await;
    ctx.refused(&page)
}

/// `POST /console/hand-overs/{hand_over}/cure`
pub async fn cure(ctx: Ctx) -> Answer {
    let (id, staff): (Uuid, _) = (ctx.param("hand_over")?, ctx.who.staff()?.staff);
    let one = ctx.state.commerce.find_hand_over(id).await?;
    let owners = ctx.state.identity.owners_of(one.customer).await?;
    after(&ctx, id, ctx.state.commerce.cure_hand_over(staff, id, owners).await, "hand-over-cured")
}

/// `POST /console/hand-overs/{hand_over}/end`
pub async fn end(ctx: Ctx) -> Answer {
    let (id, staff): (Uuid, _) = (ctx.param("hand_over")?, ctx.who.staff()?.staff);
    let one = ctx.state.commerce.find_hand_over(id).await?;
    let owners = ctx.state.identity.owners_of(one.customer).await?;
    after(&ctx, id, ctx.state.commerce.end_for_hand_over(staff, id, owners).await, "hand-over-ended")
}

fn after(ctx: &Ctx, id: Uuid, done: Result<(), CommerceError>, said: &'static str) -> Answer {
    let here = format!("/console/hand-overs/{id}");
    match done {
        Ok(()) => ctx.done(&here, msg(said)),
        Err(CommerceError::Staff(why)) => ctx.sorry(&here, msg("verbatim").with("text", sentence(&why))),
        Err(error) => Err(error.into()),
    }
}
