//! A person as staff see them: number, state and dates, and fields that open under a break-glass case.

use mailkeep_identity::persons::{ContactCard, PersonStatus};
use mailkeep_policy::{Actor, Fact, Shown, purpose};
use mailkeep_types::{PersonId, Timestamp};
use serde::Serialize;

use super::opening::{self, Opening};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// A person.
#[derive(Debug, Serialize)]
pub struct PersonPage {
    /// The id.
    pub id: String,
    /// The Registration ID.
    pub number: String,
    /// Where the person stands.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Since when.
    pub since: Timestamp,
    /// The customers that the person acts for.
    pub customers: Vec<CustomerLink>,
    /// Name, address and telephone number, while they are open.
    pub card: Option<Card>,
    /// Why it is open or not.
    pub opening: Opening,
    /// The form of a break-glass case.
    pub form: Form,
}

/// A customer that the person acts for.
#[derive(Debug, Clone, Serialize)]
pub struct CustomerLink {
    /// The id.
    pub id: String,
    /// Since when.
    pub since: Timestamp,
}

/// What is open.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// The name.
    pub name: Shown<String>,
    /// The address.
    pub email: Shown<String>,
    /// The telephone number.
    pub phone: Option<Shown<String>>,
}

impl From<ContactCard> for Card {
    fn from(card: ContactCard) -> Self {
        Card { name: card.name, email: card.email.text(), phone: card.phone }
    }
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "console/person.html";

    fn samples() -> Vec<Self> {
        let page = |opening, form| PersonPage {
            id: "p".to_owned(),
            number: "R-7F3K-2Q9M-X".to_owned(),
            state: "active",
            tone: "good",
            since: samples::days_ago(40),
            customers: vec![CustomerLink {
                id: "0199a1f2-7c3e-7b1d-9d43-5f2c8e6a1b90".to_owned(),
                since: samples::days_ago(40),
            }],
            card: None,
            opening,
            form,
        };
        let closed = Opening { break_glass: true, ..Opening::default() };
        let wrong = Form::new().with("cause", "abuse").wrong("reason", msg("break-reason-short"));
        vec![
            page(closed.clone(), Form::new()),
            page(closed.clone(), wrong),
            page(Opening::default().refused(msg("open-refused-fact")), Form::new()),
        ]
    }
}

/// `GET /console/persons/{person}`: shapes; nothing personal is opened.
pub async fn show(ctx: Ctx) -> Answer {
    let page = masked(&ctx, ctx.param("person")?).await?;
    ctx.page(&page)
}

/// The page with everything masked.
///
/// # Errors
/// When there is no such person.
pub async fn masked(ctx: &Ctx, id: PersonId) -> Result<PersonPage, WebError> {
    let (person, customers) = ctx.state.identity.find_person_for_staff(ctx.access(), id).await?;
    let tone = match person.status {
        PersonStatus::Active => "good",
        PersonStatus::Pending => "note",
        PersonStatus::Closed => "warn",
    };
    let link = |customer: mailkeep_identity::customers::CustomerSummary| CustomerLink {
        id: customer.customer.to_string(),
        since: customer.created_at,
    };
    Ok(PersonPage {
        id: id.to_string(),
        number: person.registration_id.to_string(),
        state: person.status.word(),
        tone,
        since: person.created_at,
        customers: customers.into_iter().map(link).collect(),
        card: None,
        opening: Opening::closed(ctx.who.staff()?),
        form: Form::new(),
    })
}

/// `POST /console/persons/{person}/open`: what is a person's own opens under a ticket of theirs or a break-glass case. Without
/// one the gate refuses, and the attempt is on record.
pub async fn open(ctx: Ctx) -> Answer {
    let id: PersonId = ctx.param("person")?;
    let mut page = masked(&ctx, id).await?;
    let staff = ctx.who.staff()?;
    let (actor, fact) = (Actor::Staff(staff.staff), opening::no_fact(staff));
    let identity = &ctx.state.identity;
    let tried = match fact {
        Fact::OpenTicket(_) => identity.read_contact_card::<purpose::Troubleshoot>(actor, id, fact).await,
        Fact::DueInvoice(_) => identity.read_contact_card::<purpose::Deliver>(actor, id, fact).await,
        _ => identity.read_contact_card::<purpose::Protect>(actor, id, fact).await,
    };
    match tried {
        // Nobody brought such a fact about; a gate that believes it is broken.
        Ok(_) => Err(WebError::internal("the gate let a fact through that does not exist")),
        Err(error) => {
            page.opening = page.opening.refused(opening::refusal(error)?);
            ctx.refused(&page)
        }
    }
}
