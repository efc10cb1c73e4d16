//! What a privacy officer does with a case. Every form carries the version of the case that its page showed.

use mailkeep_helpdesk::cases::{CaseKind, CaseOutcome, Jurisdiction};
use mailkeep_helpdesk::tickets::{DeskKind, Seen, TicketError};
use mailkeep_policy::requests::{self, Objection, Proof};
use mailkeep_policy::{PurposeId, Subject, erasures, exports};
use mailkeep_types::{PersonId, RegistrationId};
use uuid::Uuid;

use super::show;
use crate::acts;
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::routes::Answer;
use crate::uses::Words;

/// What people object to.
const USES: [PurposeId; 4] = [PurposeId::Inform, PurposeId::Feedback, PurposeId::Protect, PurposeId::Deliver];

/// The uses that can be objected to, in words.
pub(super) fn uses(ctx: &Ctx) -> Vec<Choose> {
    let words = Words::new(&ctx.state.renderer, &ctx.language);
    USES.iter().map(|purpose| Choose::new(purpose.id(), words.purpose(purpose.id()))).collect()
}

/// The case as the form's page showed it.
fn seen(ctx: &Ctx) -> Result<(Uuid, i64), WebError> {
    let version = ctx.form.get("version").parse().ok();
    Ok((ctx.param("privacy_case")?, version.ok_or_else(|| WebError::Bad(msg("ticket-changed")))?))
}

fn back(case: Uuid) -> String {
    format!("/console/privacy-cases/{case}")
}

/// What is said of a refusal; other failures pass.
fn told(error: TicketError) -> Result<Msg, WebError> {
    match error {
        TicketError::Changed => Ok(msg("ticket-changed")),
        TicketError::State(text) => Ok(msg("verbatim").with("text", sentence(text))),
        other => Err(other.into()),
    }
}

/// Leads back to the case and says what became of the act.
fn outcome<T>(ctx: &Ctx, case: Uuid, done: Result<T, TicketError>, said: &'static str) -> Answer {
    match done {
        Ok(_) => ctx.done(&back(case), msg(said)),
        Err(error) => ctx.sorry(&back(case), told(error)?),
    }
}

/// `POST …/triage`: what is asked, and under which law it is answered.
pub async fn triage(ctx: Ctx) -> Answer {
    let ((case, version), me) = (seen(&ctx)?, ctx.who.staff()?.staff);
    let kind = CaseKind::from_word(ctx.form.get("kind")).ok_or(WebError::NotFound)?;
    let law = Jurisdiction::from_word(ctx.form.get("law")).ok_or(WebError::NotFound)?;
    let done = ctx.state.desk.triage_case(case, version, me, kind, law).await;
    outcome(&ctx, case, done, "case-triaged")
}

/// `POST …/confirm`: sends the link to the address on file of the Registration ID, or of whoever is known to ask.
pub async fn confirm(ctx: Ctx) -> Answer {
    let ((case, version), me) = (seen(&ctx)?, ctx.who.staff()?.staff);
    let mut form = Form::of(&ctx.form);
    let typed = ctx.form.get("registration_id").trim().to_owned();
    let person = match typed.as_str() {
        "" => None,
        typed => match typed.parse::<RegistrationId>() {
            Ok(number) => {
                let found = ctx.state.identity.find_person_of_number(ctx.access(), number).await?;
                if found.is_none() {
                    form.refuse("registration_id", msg("case-nobody"));
                }
                found
            }
            Err(_) => {
                form.refuse("registration_id", msg("case-number-wrong"));
                None
            }
        },
    };
    if form.good() {
        let done = ctx.state.desk.ask_to_confirm(case, version, me, person).await;
        return outcome(&ctx, case, done, "case-link-sent");
    }
    let page = show::page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `POST …/act`: `what` is `copy`, `erase` or `object`. Under the case alone, and only when it is known who asks.
pub async fn act(ctx: Ctx) -> Answer {
    let ((case, version), me) = (seen(&ctx)?, ctx.who.staff()?.staff);
    let kind = match ctx.form.get("what") {
        "copy" => CaseKind::Access,
        "erase" => CaseKind::Erasure,
        "object" => CaseKind::Objection,
        _ => return Err(WebError::NotFound),
    };
    let about = PurposeId::from_id(ctx.form.get("use")).filter(|purpose| USES.contains(purpose));
    if kind == CaseKind::Objection && about.is_none() {
        return Err(WebError::NotFound);
    }
    let person = match ctx.state.desk.act_on_case(case, version, me, kind).await {
        Ok(person) => person,
        Err(error) => return ctx.sorry(&back(case), told(error)?),
    };
    let said = match kind {
        CaseKind::Access => copy(&ctx, case, person).await?,
        CaseKind::Erasure => erase(&ctx, case, person).await?,
        _ => object(&ctx, case, person, about.unwrap_or(PurposeId::Inform)).await?,
    };
    ctx.done(&back(case), said)
}

/// The customers that are the person's alone.
async fn alone(ctx: &Ctx, person: PersonId) -> Result<Vec<Subject>, WebError> {
    let sole = ctx.state.identity.customers_of_sole_owner(person).await?;
    Ok(sole.into_iter().map(Subject::customer).collect())
}

async fn copy(ctx: &Ctx, case: Uuid, person: PersonId) -> Result<Msg, WebError> {
    let sole = ctx.state.identity.customers_of_sole_owner(person).await?;
    let others = acts::erasures::belongings_of(ctx, &sole).await?;
    exports::ask(&ctx.state.policy, person, Proof::Case(case), &others).await?;
    Ok(msg("case-copy-begun"))
}

async fn erase(ctx: &Ctx, case: Uuid, person: PersonId) -> Result<Msg, WebError> {
    let (summary, _) = ctx.state.identity.find_person_for_staff(ctx.access(), person).await?;
    let (number, others) = (summary.registration_id, alone(ctx, person).await?);
    let proof = Proof::Case(case);
    erasures::plan(&ctx.state.policy, person, proof, number, &others, false).await?;
    Ok(msg("case-erasure-begun"))
}

async fn object(ctx: &Ctx, case: Uuid, person: PersonId, about: PurposeId) -> Result<Msg, WebError> {
    let seen = Seen { ticket: case, owner: None, version: None, desk: DeskKind::Privacy };
    let (ticket, _) = ctx.state.desk.look_at_case(seen).await?;
    let reason = ctx.text(&msg("case-object-reason").with("number", ticket.number));
    let made = requests::object(&ctx.state.policy, person, Proof::Case(case), about, &reason).await?;
    Ok(match made {
        Objection::Waits(_) => msg("case-objection-made"),
        Objection::Stopped(_) => msg("objection-stopped"),
        Objection::TooMany => msg("objection-too-many"),
    })
}

/// Notes a refusal in the form; other failures pass.
fn note(form: &mut Form, error: TicketError) -> Result<(), WebError> {
    match error {
        error @ (TicketError::Changed | TicketError::State(_)) => form.refuse_all(told(error)?),
        other => form.take(other, &["words"])?,
    }
    Ok(())
}

/// `POST …/extend`: puts the answer off and says why.
pub async fn extend(ctx: Ctx) -> Answer {
    let ((case, version), me) = (seen(&ctx)?, ctx.who.staff()?.staff);
    let mut form = Form::of(&ctx.form);
    let words = form.required(&ctx.form, "words").to_owned();
    if form.good() {
        match ctx.state.desk.extend_case(case, version, me, &words).await {
            Ok(()) => return ctx.done(&back(case), msg("case-extended")),
            Err(error) => note(&mut form, error)?,
        }
    }
    let page = show::page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `POST …/reply`: writes to whoever asks without settling the case; `how` is `answer` or `ask`.
pub async fn reply(ctx: Ctx) -> Answer {
    let ((case, version), me) = (seen(&ctx)?, ctx.who.staff()?.staff);
    let mut form = Form::of(&ctx.form);
    let words = form.required(&ctx.form, "words").to_owned();
    if form.good() {
        let asks = ctx.form.get("how") == "ask";
        match ctx.state.desk.write_in_case(case, version, me, &words, asks).await {
            Ok(()) => return ctx.done(&format!("{}#newest", back(case)), msg("ticket-answered")),
            Err(error) => note(&mut form, error)?,
        }
    }
    let page = show::page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `POST …/settle`: answers the case with its outcome.
pub async fn settle(ctx: Ctx) -> Answer {
    let ((case, version), me) = (seen(&ctx)?, ctx.who.staff()?.staff);
    let mut form = Form::of(&ctx.form);
    let read = |text: &str| CaseOutcome::from_word(text).ok_or(());
    let came = form.checked(&ctx.form, "outcome", msg("form-required"), read);
    let words = form.required(&ctx.form, "words").to_owned();
    if let (true, Some(came)) = (form.good(), came) {
        match ctx.state.desk.settle_case(case, version, me, came, &words).await {
            Ok(()) => return ctx.done(&back(case), msg("case-answer-sent")),
            Err(error) => note(&mut form, error)?,
        }
    }
    let page = show::page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `POST …/pass`: what is no matter of privacy goes to support.
pub async fn pass(ctx: Ctx) -> Answer {
    let ((case, version), me) = (seen(&ctx)?, ctx.who.staff()?.staff);
    let departments = ctx.state.mailroom.departments();
    let support = departments.iter().find(|one| !one.is_privacy()).ok_or(WebError::NotFound)?;
    match ctx.state.desk.pass_to_support(case, version, me, &support.name).await {
        Ok(()) => ctx.done("/console/privacy-cases", msg("case-passed")),
        Err(error) => ctx.sorry(&back(case), told(error)?),
    }
}

/// `POST /console/tickets/{ticket}/privacy`: a ticket of support becomes a case.
pub async fn pass_to_privacy(ctx: Ctx) -> Answer {
    let version = ctx.form.get("version").parse().ok();
    let version = version.ok_or_else(|| WebError::Bad(msg("ticket-changed")))?;
    let (ticket, me) = (ctx.param("ticket")?, ctx.who.staff()?.staff);
    let seen = Seen { ticket, owner: None, version: Some(version), desk: DeskKind::Support };
    match ctx.state.desk.pass_to_privacy(seen, me).await {
        Ok(()) => ctx.done("/console/tickets", msg("case-passed-here")),
        Err(error) => ctx.sorry(&format!("/console/tickets/{ticket}"), told(error)?),
    }
}
