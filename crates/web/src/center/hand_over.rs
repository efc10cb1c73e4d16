//! Everything handed over: a warning with its days, an owner's wish with the charge, and the files.

use axum::http::{HeaderValue, header};
use mailkeep_commerce::CommerceError;
use mailkeep_commerce::handovers::{HandOver, HandOverState, ShownFile};
use mailkeep_identity::IdentityError;
use mailkeep_policy::Shown;
use mailkeep_types::{Timestamp, new_uuid};
use serde::Serialize;
use uuid::Uuid;

use super::changes::party;
use super::services::start_of;
use crate::bill::Bill;
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// The newest hand-over, and how to ask for one.
#[derive(Debug, Serialize)]
pub struct HandOverPage {
    /// The newest one.
    pub one: Option<HandOverRow>,
    /// The reason of the warning.
    pub reason: Option<Shown<String>>,
    /// Its files, while they can be fetched.
    pub files: Vec<FileRow>,
    /// What can be asked for.
    pub offer: Option<Offer>,
    /// In how many days it is delivered.
    pub days: i64,
    /// For how many days it can be fetched.
    pub keep: i64,
}

/// A hand-over.
#[derive(Debug, Clone, Serialize)]
pub struct HandOverRow {
    /// Its id.
    pub id: String,
    /// `breach` or `wish`.
    pub cause: &'static str,
    /// `warned`, `cured`, `making`, `ready` or `expired`.
    pub state: &'static str,
    /// When the owners were warned, or an owner asked.
    pub at: Timestamp,
    /// The last day to cure.
    pub cure_until: Option<Timestamp>,
    /// The last day to deliver.
    pub due: Option<Timestamp>,
    /// Until when it can be fetched.
    pub until: Option<Timestamp>,
    /// The invoice of the charge.
    pub invoice: Option<String>,
}

/// A file.
#[derive(Debug, Clone, Serialize)]
pub struct FileRow {
    /// Its place in the list.
    pub number: i64,
    /// Which part of its mailbox it is; 0 for the records.
    pub part: i64,
    /// The mailbox.
    pub name: Option<Shown<String>>,
    /// How large it is.
    pub size: i64,
}

/// What can be asked for.
#[derive(Debug, Clone, Serialize)]
pub struct Offer {
    /// Names the act.
    pub once: String,
    /// What it comes to.
    pub bill: Option<Bill>,
    /// The same in minor units, as it is confirmed.
    pub total_minor: i64,
}

impl HandOverRow {
    /// How a hand-over is shown in a time zone.
    pub fn of(one: &HandOver, zone: &str) -> Self {
        HandOverRow {
            id: one.id.to_string(),
            cause: one.cause.word(),
            state: one.state.word(),
            at: one.opened_at,
            cure_until: one.cure_until.map(|day| start_of(day, zone)),
            due: one.due_on.map(|day| start_of(day, zone)),
            until: one.expires_at,
            invoice: one.invoice.map(|invoice| invoice.to_string()),
        }
    }

    /// One of each state, for samples.
    pub fn samples() -> Vec<Self> {
        let row = |cause, state| HandOverRow {
            id: "h".to_owned(),
            cause,
            state,
            at: samples::days_ago(3),
            cure_until: (cause == "breach").then(|| samples::days_ago(-27)),
            due: matches!(state, "making" | "ready").then(|| samples::days_ago(-8)),
            until: matches!(state, "ready").then(|| samples::days_ago(-28)),
            invoice: matches!(state, "making" | "ready").then(|| "i".to_owned()),
        };
        vec![
            row("breach", "warned"),
            row("breach", "making"),
            row("wish", "ready"),
            row("breach", "cured"),
            row("wish", "expired"),
        ]
    }
}

impl Page for HandOverPage {
    const TEMPLATE: &'static str = "center/hand_over.html";

    fn samples() -> Vec<Self> {
        let file = |number, name: Option<&str>, part, size| FileRow {
            number,
            part,
            name: name.map(Into::into),
            size,
        };
        let files = vec![
            file(1, None, 0, 183_000),
            file(2, Some("ada@larkspur-books.example"), 1, 25_400_000),
            file(3, Some("ada@larkspur-books.example"), 2, 3_100_000),
            file(4, Some("orders@larkspur-books.example"), 1, 820_000),
        ];
        let offer = |bill: Option<Bill>| {
            Some(Offer { once: "o".to_owned(), total_minor: if bill.is_some() { 4900 } else { 0 }, bill })
        };
        let page = |one: Option<HandOverRow>| HandOverPage {
            reason: one
                .as_ref()
                .filter(|one| one.state == "warned")
                .map(|_| "Newsletters went to people who never asked for them, on 3 and 9 March.".into()),
            files: if one.as_ref().is_some_and(|one| one.state == "ready") {
                files.clone()
            } else {
                Vec::new()
            },
            offer: match &one {
                Some(one) if matches!(one.state, "warned" | "making") => None,
                Some(_) => offer(None),
                None => offer(Some(Bill::sample())),
            },
            one,
            days: 10,
            keep: 30,
        };
        let mut pages = vec![page(None)];
        pages.extend(HandOverRow::samples().into_iter().map(|row| page(Some(row))));
        pages
    }
}

/// `GET /center/hand-over`
pub async fn show(ctx: Ctx) -> Answer {
    let (customer, commerce) = (ctx.customer()?, &ctx.state.commerce);
    let person = ctx.who.person()?;
    let newest = commerce.hand_overs_of(customer).await?.into_iter().next();
    let open = |one: &HandOver| matches!(one.state, HandOverState::Warned | HandOverState::Making);
    let (reason, files) = match &newest {
        Some(one) if !matches!(one.state, HandOverState::Expired | HandOverState::Cured) => {
            commerce.show_hand_over((person.person, person.session), one).await?
        }
        _ => (None, Vec::new()),
    };
    let ready = newest.as_ref().is_some_and(|one| one.state == HandOverState::Ready);
    let offer = if newest.as_ref().is_some_and(open) { None } else { offer(&ctx).await? };
    let config = &commerce.config().hand_over;
    ctx.page(&HandOverPage {
        one: newest.as_ref().map(|one| HandOverRow::of(one, &commerce.config().time_zone)),
        reason,
        files: files.into_iter().filter(|_| ready).map(file_row).collect(),
        offer,
        days: i64::from(config.deliver_days),
        keep: i64::from(config.keep_days),
    })
}

fn file_row(shown: ShownFile) -> FileRow {
    let ShownFile { file, name } = shown;
    FileRow { number: file.number, part: file.part, name, size: file.size }
}

/// What can be asked for now; nothing where the services have ended and the charge could not be shown.
async fn offer(ctx: &Ctx) -> Result<Option<Offer>, WebError> {
    let priced = match ctx.state.commerce.preview_hand_over(ctx.customer()?, party(ctx).await?).await {
        Ok(priced) => priced,
        Err(CommerceError::State(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    Ok(Some(Offer {
        once: new_uuid(&*ctx.state.clock).to_string(),
        total_minor: priced.as_ref().map_or(0, |priced| priced.totals.total_minor),
        bill: priced.map(|priced| Bill::of(ctx, &priced, |_| None)),
    }))
}

/// `POST /center/hand-over`: an owner asks; the password must have been given a moment ago.
pub async fn ask(ctx: Ctx) -> Answer {
    if let Some(first) = password_first(&ctx)? {
        return Ok(first);
    }
    let (customer, person) = (ctx.customer()?, ctx.who.person()?.person);
    let once: Uuid = ctx.form.get("once").parse().map_err(|_| WebError::NotFound)?;
    let total = ctx.form.get("total").parse().map_err(|_| WebError::NotFound)?;
    let asked = ctx.state.commerce.ask_for_hand_over(customer, person, once, total, party(&ctx).await?).await;
    match asked {
        Ok(()) => ctx.done("/center/hand-over", msg("hand-over-asked")),
        Err(error @ (CommerceError::State(_) | CommerceError::Invalid { .. })) => {
            ctx.sorry("/center/hand-over", msg("verbatim").with("text", sentence(&error.to_string())))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /center/hand-over/{hand_over}/{hand_over_file}`: a file; the password must have been given a moment ago.
pub async fn fetch(ctx: Ctx) -> Answer {
    if let Some(first) = password_first(&ctx)? {
        return Ok(first);
    }
    let (id, number): (Uuid, i64) = (ctx.param("hand_over")?, ctx.param("hand_over_file")?);
    let (customer, person) = (ctx.customer()?, ctx.who.person()?);
    let (commerce, blobs) = (&ctx.state.commerce, ctx.state.office.blobs());
    let who = (person.person, person.session);
    let found = commerce.open_hand_over_file(blobs, who, customer, id, number).await?;
    let file = found.ok_or(WebError::NotFound)?;
    let mut response = ctx.file(&file, "application/zip", &format!("hand-over-{number}.zip"))?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn password_first(ctx: &Ctx) -> Result<Option<axum::response::Response>, WebError> {
    match ctx.state.identity.require_recent_password(ctx.access()) {
        Err(IdentityError::PasswordNeeded) => {
            Ok(Some(ctx.redirect("/center/password?next=/center/hand-over")))
        }
        other => {
            other?;
            Ok(None)
        }
    }
}
