//! Break-glass: opening contact data with a reason, where no fact fits. The person is told; a colleague looks at it.

use mailkeep_identity::IdentityError;
use mailkeep_policy::break_glass::{self, BreakGlassError, Case, Cause, LIFE};
use mailkeep_policy::staff_uses::{self, StaffUse};
use mailkeep_policy::{Actor, Fact, Shown, Subject, purpose};
use mailkeep_types::{CustomerId, PersonId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::customer::ContactRow;
use super::opening::{self, Opening};
use super::person::Card;
use super::{customer, person};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// One's own cases.
#[derive(Debug, Serialize)]
pub struct CasesPage {
    /// The cases, newest first.
    pub cases: Vec<CaseRow>,
}

/// A case, without its words.
#[derive(Debug, Clone, Serialize)]
pub struct CaseRow {
    /// Its id.
    pub id: String,
    /// What kind of reason it has.
    pub cause: &'static str,
    /// Who opened it.
    pub staff: String,
    /// Whom it is about: a number of ours.
    pub about: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// `open`, `waiting`, `late`, `confirmed`, `disputed` or `settled`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
}

impl CaseRow {
    /// The row of a case.
    pub fn of(case: &Case, staff: String, about: String, now: Timestamp) -> Self {
        let (state, tone) = state(case, now);
        CaseRow {
            id: case.id.to_string(),
            cause: case.cause.id(),
            staff,
            about,
            opened_at: case.opened_at,
            ends_at: case.ends_at,
            state,
            tone,
        }
    }

    /// A row to look at.
    pub fn sample(state: &'static str, tone: &'static str) -> Self {
        CaseRow {
            id: "c".to_owned(),
            cause: "account_at_risk",
            staff: "rosalind".to_owned(),
            about: "R-7F3K-2Q9M-X".to_owned(),
            opened_at: samples::minutes_ago(22),
            ends_at: samples::now().plus(std::time::Duration::from_secs(38 * 60)),
            state,
            tone,
        }
    }
}

/// Where a case stands, and how that looks.
pub fn state(case: &Case, now: Timestamp) -> (&'static str, &'static str) {
    use mailkeep_policy::break_glass::{SECOND_LOOK, Verdict};
    match case.verdict {
        Some(Verdict::Confirmed) => ("confirmed", "good"),
        Some(Verdict::Disputed) if case.settled_at.is_some() => ("settled", "note"),
        Some(Verdict::Disputed) => ("disputed", "bad"),
        None if now.since(case.opened_at) > SECOND_LOOK => ("late", "bad"),
        None if now < case.ends_at => ("open", "warn"),
        None => ("waiting", "note"),
    }
}

impl Page for CasesPage {
    const TEMPLATE: &'static str = "console/cases.html";

    fn samples() -> Vec<Self> {
        vec![
            CasesPage {
                cases: vec![
                    CaseRow::sample("open", "warn"),
                    CaseRow::sample("disputed", "bad"),
                    CaseRow::sample("confirmed", "good"),
                ],
            },
            CasesPage { cases: Vec::new() },
        ]
    }
}

/// One's own case: what it opens, and what was opened.
#[derive(Debug, Serialize)]
pub struct CasePage {
    /// The case.
    pub case: CaseRow,
    /// For how many seconds it goes on.
    pub seconds: i64,
    /// How long a case lives, in seconds.
    pub life: i64,
    /// What was opened under it.
    pub uses: Vec<UseRow>,
    /// Of a person, while it is open.
    pub card: Option<Card>,
    /// The name of a customer, while it is open.
    pub name: Option<Shown<String>>,
    /// The contacts of a customer, while they are open.
    pub contacts: Vec<ContactRow>,
    /// Why it is open or not.
    pub opening: Opening,
}

/// Something that was done under a case.
#[derive(Debug, Clone, Serialize)]
pub struct UseRow {
    /// When.
    pub at: Timestamp,
    /// Which fields.
    pub fields: Vec<String>,
    /// Whether the gate let it through.
    pub allowed: bool,
    /// The place of the entry in the ledger.
    pub position: Option<i64>,
}

impl From<StaffUse> for UseRow {
    fn from(one: StaffUse) -> Self {
        UseRow { at: one.at, fields: one.fields, allowed: one.allowed, position: one.position }
    }
}

impl UseRow {
    /// A row to look at.
    pub fn sample() -> Self {
        UseRow {
            at: samples::minutes_ago(20),
            fields: vec!["persons.name".to_owned(), "persons.email".to_owned()],
            allowed: true,
            position: Some(4711),
        }
    }
}

impl Page for CasePage {
    const TEMPLATE: &'static str = "console/case.html";

    fn samples() -> Vec<Self> {
        let card = Card {
            name: "Ada Example".into(),
            email: "ada@example.com".into(),
            phone: Some("+1 217 555 0100".into()),
        };
        let page = |case, seconds, card: Option<Card>| CasePage {
            case,
            seconds,
            life: 3600,
            uses: vec![UseRow::sample()],
            opening: match card {
                Some(_) => {
                    Opening { under: Some(msg("fact-break_glass")), seconds: 60, ..Opening::default() }
                }
                None => Opening::default(),
            },
            card,
            name: None,
            contacts: Vec::new(),
        };
        vec![
            page(CaseRow::sample("open", "warn"), 2280, None),
            page(CaseRow::sample("open", "warn"), 2280, Some(card)),
            page(CaseRow::sample("waiting", "note"), 0, None),
        ]
    }
}

/// `GET /console/break-glass`
pub async fn show(ctx: Ctx) -> Answer {
    let staff = ctx.who.staff()?;
    let now = ctx.state.clock.now();
    let mut cases = Vec::new();
    for case in break_glass::of_staff(&ctx.state.policy, staff.staff).await? {
        let about = about(&ctx, case.subject).await?;
        cases.push(CaseRow::of(&case, staff.login.clone(), about, now));
    }
    ctx.page(&CasesPage { cases })
}

/// The number under which staff know a subject.
///
/// # Errors
/// A failure of the database.
pub async fn about(ctx: &Ctx, subject: Subject) -> Result<String, WebError> {
    Ok(match subject {
        Subject::Person(id) => match ctx.state.identity.find_person_for_staff(ctx.access(), id).await {
            Ok((person, _)) => person.registration_id.to_string(),
            Err(IdentityError::NotFound | IdentityError::Forbidden) => id.to_string(),
            Err(error) => return Err(error.into()),
        },
        other => other.uuid().to_string(),
    })
}

/// `POST /console/break-glass`: opens a case about a customer or a person.
pub async fn begin(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let cause = form.checked(&ctx.form, "cause", msg("form-required"), |word| Cause::from_id(word).ok_or(()));
    let reason = form.required(&ctx.form, "reason").to_owned();
    let subject = subject(ctx.form.get("subject")).ok_or(WebError::NotFound)?;
    if let (Some(cause), true) = (cause, form.good()) {
        let staff = ctx.who.staff()?.staff;
        match break_glass::open(&ctx.state.policy, staff, subject, cause, &reason).await {
            Ok(fact) => {
                return ctx.done(&format!("/console/break-glass/{}", fact.uuid()), msg("break-begun"));
            }
            Err(BreakGlassError::ReasonTooShort) => form.refuse("reason", msg("break-reason-short")),
            Err(BreakGlassError::ReasonTooLong) => form.refuse("reason", msg("break-reason-long")),
            Err(BreakGlassError::Policy(mailkeep_policy::PolicyError::Key(_))) => {
                return Err(WebError::NotFound);
            }
            Err(error) => return Err(WebError::internal(error)),
        }
    }
    match subject {
        Subject::Customer(id) => {
            let mut page = customer::masked(&ctx, id).await?;
            page.form = form;
            ctx.refused(&page)
        }
        Subject::Person(id) => {
            let mut page = person::masked(&ctx, id).await?;
            page.form = form;
            ctx.refused(&page)
        }
        Subject::Mailbox(_) | Subject::Staff(_) | Subject::Subscriber(_) => Err(WebError::NotFound),
    }
}

fn subject(text: &str) -> Option<Subject> {
    let (kind, id) = text.split_once(':')?;
    match kind {
        "customer" => id.parse::<CustomerId>().ok().map(Subject::customer),
        "person" => id.parse::<PersonId>().ok().map(Subject::person),
        _ => None,
    }
}

async fn own(ctx: &Ctx) -> Result<Option<Case>, WebError> {
    let id: Uuid = ctx.param("case")?;
    let case = break_glass::find(&ctx.state.policy, id).await?.ok_or(WebError::NotFound)?;
    Ok(Some(case).filter(|case| ctx.who.staff().is_ok_and(|staff| staff.staff == case.staff)))
}

/// `GET /console/break-glass/{case}`: one's own case; a colleague's is for the second look.
pub async fn show_one(ctx: Ctx) -> Answer {
    match own(&ctx).await? {
        Some(case) => {
            let page = masked(&ctx, &case).await?;
            ctx.page(&page)
        }
        None => Ok(ctx.redirect(&format!("/console/second-look/{}", ctx.param::<Uuid>("case")?))),
    }
}

async fn masked(ctx: &Ctx, case: &Case) -> Result<CasePage, WebError> {
    let now = ctx.state.clock.now();
    let uses = staff_uses::of_fact(&ctx.state.policy, case.id).await?;
    let contacts = match case.subject {
        Subject::Customer(id) => customer::masked(ctx, id).await?.contacts,
        _ => Vec::new(),
    };
    let seconds = |span: std::time::Duration| i64::try_from(span.as_secs()).unwrap_or(0);
    Ok(CasePage {
        case: CaseRow::of(case, ctx.who.staff()?.login.clone(), about(ctx, case.subject).await?, now),
        seconds: seconds(case.ends_at.since(now)),
        life: seconds(LIFE),
        // The second look is a use as well, but not of this case's own.
        uses: uses.into_iter().filter(|one| one.fact == "break_glass").map(UseRow::from).collect(),
        card: None,
        name: None,
        contacts,
        opening: Opening::default(),
    })
}

/// `POST /console/break-glass/{case}/open`: opens what the rule allows; the person is told.
pub async fn open(ctx: Ctx) -> Answer {
    let Some(case) = own(&ctx).await? else { return Err(WebError::NotFound) };
    let (identity, actor, fact) = (&ctx.state.identity, Actor::Staff(case.staff), Fact::BreakGlass(case.id));
    let (card, named) = match case.subject {
        Subject::Person(id) => {
            (Some(identity.read_contact_card::<purpose::Protect>(actor, id, fact).await), None)
        }
        Subject::Customer(id) => {
            (None, Some(identity.read_customer_card::<purpose::Protect>(actor, id, fact).await))
        }
        Subject::Mailbox(_) | Subject::Staff(_) | Subject::Subscriber(_) => return Err(WebError::NotFound),
    };
    let mut page = masked(&ctx, &case).await?;
    let now = ctx.state.clock.now();
    let ends_at = match (card, named) {
        (Some(Ok(card)), _) => {
            let ends_at = card.ends_at;
            page.card = Some(card.into());
            ends_at
        }
        (_, Some(Ok(card))) => {
            let ends_at = card.ends_at;
            for contact in card.contacts {
                let number = contact.registration_id.to_string();
                if let Some(row) = page.contacts.iter_mut().find(|row| row.number == number) {
                    row.name = Some(contact.name);
                    row.email = Some(contact.email.text());
                }
            }
            page.name = Some(card.name);
            ends_at
        }
        (Some(Err(error)), _) | (_, Some(Err(error))) => {
            page.opening = page.opening.refused(opening::refusal(error)?);
            return ctx.refused(&page);
        }
        (None, None) => return Err(WebError::NotFound),
    };
    page.opening = page.opening.until(ends_at, now, msg("fact-break_glass"));
    let (seconds, to) = (page.opening.seconds, format!("/console/break-glass/{}", case.id));
    opening::open_page(&ctx, &page, seconds, &to)
}

/// `POST /console/break-glass/{case}/close`
pub async fn close(ctx: Ctx) -> Answer {
    let id: Uuid = ctx.param("case")?;
    let to = format!("/console/break-glass/{id}");
    match break_glass::close(&ctx.state.policy, id, ctx.who.staff()?.staff).await {
        Ok(()) => ctx.done(&to, msg("break-closed")),
        Err(BreakGlassError::NotFound) => Err(WebError::NotFound),
        Err(error) => Err(WebError::internal(error)),
    }
}
