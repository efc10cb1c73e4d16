//! Unusual access: what the program found, explained by whoever did it, agreed to by somebody else.

use mailkeep_identity::{StaffAccess, StaffPermission};
use mailkeep_policy::unusual_uses::{self, UnusualError, UnusualUse};
use mailkeep_policy::{PolicyError, Shown, staff_uses};
use mailkeep_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// The queue.
#[derive(Debug, Serialize)]
pub struct UnusualPage {
    /// What was found: one's own, and for those who look at others' everything.
    pub rows: Vec<UnusualRow>,
    /// Whether the reader looks at others'.
    pub all: bool,
    /// The explanation as typed, for the row `wrong`.
    pub form: Form,
    /// The row whose explanation was refused.
    pub wrong: Option<String>,
}

/// Something unusual.
#[derive(Debug, Clone, Serialize)]
pub struct UnusualRow {
    /// Its id.
    pub id: String,
    /// What is unusual.
    pub sign: &'static str,
    /// Who did it.
    pub staff: String,
    /// Whether that is the reader.
    pub own: bool,
    /// How many were counted.
    pub seen: i64,
    /// Where the line runs.
    pub threshold: i64,
    /// The first of the uses.
    pub since: Timestamp,
    /// `open`, `explained` or `agreed`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Whether the reader may agree.
    pub agrees: bool,
    /// The explanation, once opened.
    pub explanation: Option<Shown<String>>,
}

impl UnusualRow {
    /// The row of a finding.
    pub fn of(found: &UnusualUse, name: String, reader: &StaffAccess) -> Self {
        let (state, tone) = match (found.explained_at, found.agreed_at) {
            (_, Some(_)) => ("agreed", "good"),
            (Some(_), None) => ("explained", "note"),
            (None, None) => ("open", "warn"),
        };
        let own = found.staff == reader.staff;
        UnusualRow {
            id: found.id.to_string(),
            sign: found.sign.id(),
            staff: name,
            own,
            seen: found.seen,
            threshold: found.threshold,
            since: found.since,
            state,
            tone,
            agrees: !own && state == "explained" && reader.may(StaffPermission::SecondLook),
            explanation: None,
        }
    }

    /// A row to look at.
    pub fn sample(explained: bool) -> Self {
        UnusualRow {
            id: "u".to_owned(),
            sign: "many_subjects",
            staff: "emmy".to_owned(),
            own: !explained,
            seen: 27,
            threshold: 20,
            since: samples::minutes_ago(95),
            state: if explained { "explained" } else { "open" },
            tone: if explained { "note" } else { "warn" },
            agrees: explained,
            explanation: None,
        }
    }
}

impl Page for UnusualPage {
    const TEMPLATE: &'static str = "console/unusual.html";

    fn samples() -> Vec<Self> {
        let words = "The mailing about the outage bounced; I looked up who has to be called.";
        let opened = UnusualRow { explanation: Some(words.into()), ..UnusualRow::sample(true) };
        let night = UnusualRow {
            id: "v".to_owned(),
            sign: "unusual_hour",
            seen: 3,
            threshold: 0,
            ..UnusualRow::sample(false)
        };
        let wrong = Form::new().wrong("words", msg("unusual-words"));
        vec![
            UnusualPage {
                rows: vec![
                    UnusualRow::sample(false),
                    night,
                    UnusualRow { id: "w".to_owned(), ..UnusualRow::sample(true) },
                ],
                all: true,
                form: Form::new(),
                wrong: None,
            },
            UnusualPage { rows: vec![opened], all: true, form: Form::new(), wrong: None },
            UnusualPage {
                rows: vec![UnusualRow::sample(false)],
                all: false,
                form: wrong,
                wrong: Some("u".to_owned()),
            },
            UnusualPage { rows: Vec::new(), all: true, form: Form::new(), wrong: None },
        ]
    }
}

/// `GET /console/unusual`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new(), None).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, form: Form, wrong: Option<Uuid>) -> Result<UnusualPage, WebError> {
    let staff = ctx.who.staff()?;
    let all = staff.may(StaffPermission::SecondLook);
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let found = unusual_uses::list(&ctx.state.policy, false).await?;
    let rows = found
        .iter()
        .filter(|one| all || one.staff == staff.staff)
        .map(|one| UnusualRow::of(one, names.get(&one.staff).cloned().unwrap_or_default(), staff))
        .collect();
    Ok(UnusualPage { rows, all, form, wrong: wrong.map(|id| id.to_string()) })
}

/// `POST /console/unusual/{finding}/explain`
pub async fn explain(ctx: Ctx) -> Answer {
    let (id, staff) = (ctx.param("finding")?, ctx.who.staff()?.staff);
    match unusual_uses::explain(&ctx.state.policy, id, staff, ctx.form.get("words")).await {
        Ok(()) => ctx.done("/console/unusual", msg("unusual-explained")),
        Err(UnusualError::Length) => {
            let form = Form::of(&ctx.form).wrong("words", msg("unusual-words"));
            let page = page(&ctx, form, Some(id)).await?;
            ctx.refused(&page)
        }
        Err(error) => refused(&ctx, error),
    }
}

/// `POST /console/unusual/{finding}/open`: opens the explanation; recorded like every use.
pub async fn open(ctx: Ctx) -> Answer {
    let (id, staff): (Uuid, _) = (ctx.param("finding")?, ctx.who.staff()?.staff);
    match unusual_uses::read_explanation(&ctx.state.policy, id, staff).await {
        Ok(words) => {
            let mut page = page(&ctx, Form::new(), None).await?;
            let name = id.to_string();
            if let Some(row) = page.rows.iter_mut().find(|row| row.id == name) {
                row.explanation = Some(words);
            }
            ctx.page(&page)
        }
        Err(error) => refused(&ctx, error),
    }
}

/// `POST /console/unusual/{finding}/agree`
pub async fn agree(ctx: Ctx) -> Answer {
    let (id, staff) = (ctx.param("finding")?, ctx.who.staff()?.staff);
    match unusual_uses::agree(&ctx.state.policy, id, staff).await {
        Ok(()) => ctx.done("/console/unusual", msg("unusual-agreed")),
        Err(error) => refused(&ctx, error),
    }
}

fn refused(ctx: &Ctx, error: UnusualError) -> Answer {
    match error {
        UnusualError::NotFound => Err(WebError::NotFound),
        UnusualError::NotYours | UnusualError::SamePerson => ctx.sorry("/console/unusual", msg("look-own")),
        UnusualError::Policy(PolicyError::Refused(refusal)) => Err(refusal.into()),
        other => Err(WebError::internal(other)),
    }
}

/// `POST /console/you/profiles`: says which profile is one's own as a customer.
pub async fn declare(ctx: Ctx) -> Answer {
    let number = ctx.form.get("number").parse().ok();
    let Some(number) = number else { return ctx.sorry("/console/you", msg("own-profile-wrong")) };
    let staff = ctx.who.staff()?.staff;
    match ctx.state.identity.find_person_of_number(ctx.access(), number).await? {
        Some(person) => {
            staff_uses::declare_own_profile(&ctx.state.policy, staff, person).await?;
            ctx.done("/console/you", msg("own-profile-declared"))
        }
        None => ctx.sorry("/console/you", msg("own-profile-wrong")),
    }
}
