//! Objecting to a use, and following what becomes of it.

use mailkeep_policy::requests::{self, Asked, OWN_WORDS, Objection, Proof};
use mailkeep_policy::{PurposeId, Shown};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::site::order::choose::Choice;
use crate::uses::Words;

/// The uses to which one can object.
const USES: [PurposeId; 4] = [PurposeId::Protect, PurposeId::Feedback, PurposeId::Inform, PurposeId::Deliver];

/// Objections.
#[derive(Debug, Serialize)]
pub struct ObjectionsPage {
    /// Those that were made, newest first.
    pub made: Vec<ObjectionRow>,
    /// A new one.
    pub form: Form,
    /// The uses to choose from.
    pub uses: Vec<Choice>,
}

/// An objection.
#[derive(Debug, Clone, Serialize)]
pub struct ObjectionRow {
    /// Its id.
    pub id: String,
    /// To which use.
    pub purpose: String,
    /// What the person wrote.
    pub reason: Shown<String>,
    /// When.
    pub at: Timestamp,
    /// When it is to be answered.
    pub due_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// `granted`, `refused` or `partly`.
    pub outcome: Option<&'static str>,
    /// What was answered.
    pub answer: Option<Shown<String>>,
}

impl Page for ObjectionsPage {
    const TEMPLATE: &'static str = "center/privacy/objections.html";

    fn samples() -> Vec<Self> {
        let waits = ObjectionRow {
            id: "o".to_owned(),
            purpose: "to keep fraud and break-ins away from you and others".to_owned(),
            reason: "I have been a customer for three years; please stop keeping what the screening found."
                .into(),
            at: samples::days_ago(3),
            due_at: samples::days_ago(-27),
            answered_at: None,
            outcome: None,
            answer: None,
        };
        let answered = ObjectionRow {
            id: "p".to_owned(),
            answered_at: Some(samples::days_ago(1)),
            outcome: Some("granted"),
            answer: Some("You are right. We removed it today.".into()),
            ..waits.clone()
        };
        let uses = vec![
            Choice::new("protect", "To keep fraud away", "What the screening found, networks of sign-ins"),
            Choice::new("inform", "To tell you of offers and news", "Stops at once"),
        ];
        vec![
            ObjectionsPage { made: vec![waits, answered], form: Form::new(), uses: uses.clone() },
            ObjectionsPage {
                made: Vec::new(),
                form: Form::new().wrong("purpose", msg("form-required")),
                uses,
            },
        ]
    }
}

async fn page(ctx: &Ctx, form: Form) -> Result<ObjectionsPage, WebError> {
    let person = ctx.who.person()?;
    let words = Words::new(&ctx.state.renderer, &ctx.language);
    let made = requests::list_own(&ctx.state.policy, person.person, person.session).await?;
    let row = |asked: Asked| ObjectionRow {
        id: asked.row.id.to_string(),
        purpose: asked.row.purpose.map(|purpose| words.purpose(purpose.id())).unwrap_or_default(),
        reason: asked.reason,
        at: asked.row.at,
        due_at: asked.row.due_at,
        answered_at: asked.row.done_at,
        outcome: asked.row.outcome.map(requests::Outcome::word),
        answer: asked.answer,
    };
    let choice = |purpose: &PurposeId| {
        let text = ctx.text(&crate::uses::word("object", purpose.id()));
        Choice::new(purpose.id(), words.purpose(purpose.id()), text)
    };
    Ok(ObjectionsPage {
        made: made.into_iter().map(row).collect(),
        form,
        uses: USES.iter().map(choice).collect(),
    })
}

/// `GET /center/privacy/objections`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /center/privacy/objections`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let read = |text: &str| PurposeId::from_id(text).filter(|purpose| USES.contains(purpose)).ok_or(());
    let purpose = form.checked(&ctx.form, "purpose", msg("form-required"), read);
    let reason = ctx.form.get("reason");
    // Offers and questions stop without a reason; what the service rests on is weighed against one.
    if purpose.is_some_and(|purpose| matches!(purpose, PurposeId::Protect | PurposeId::Deliver)) {
        form.required(&ctx.form, "reason");
    }
    if reason.chars().count() > OWN_WORDS {
        form.refuse("reason", msg("field-too-long"));
    }
    if let (true, Some(purpose)) = (form.good(), purpose) {
        let person = ctx.who.person()?;
        let made = requests::object(
            &ctx.state.policy,
            person.person,
            Proof::Session(person.session),
            purpose,
            reason,
        )
        .await?;
        return match made {
            Objection::Waits(_) => ctx.done("/center/privacy/objections", msg("objection-made")),
            Objection::Stopped(_) => ctx.done("/center/privacy/objections", msg("objection-stopped")),
            Objection::TooMany => ctx.sorry("/center/privacy/objections", msg("objection-too-many")),
        };
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}
