//! The privacy desk for everybody: a form that is as good as a letter, the link by which somebody shows that they ask, and a page
//! on which a case is followed without an account.

use mailkeep_helpdesk::cases::{Asker, Asking, CaseKind, Confirming};
use mailkeep_helpdesk::tickets::{DeskKind, Seen, TicketError};
use mailkeep_types::{EmailAddress, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::account::outcome::OutcomePage;
use crate::cases::{self, CaseView};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::site::order::choose::Choice;
use crate::uses::word;

/// The longest text, in characters.
pub const LONGEST: usize = 20_000;

/// The form.
#[derive(Debug, Serialize)]
pub struct AskPage {
    /// What was typed.
    pub form: Form,
    /// What can be asked.
    pub kinds: Vec<Choice>,
    /// Where letters go.
    pub address: String,
    /// Whether the reader is signed in, so that it is known who asks.
    pub signed_in: bool,
}

impl Page for AskPage {
    const TEMPLATE: &'static str = "site/privacy.html";

    fn samples() -> Vec<Self> {
        let page = |form, signed_in| AskPage {
            form,
            kinds: cases::sample_kinds(),
            address: "privacy@example.com".to_owned(),
            signed_in,
        };
        let wrong = Form::new().with("email", "ada@").wrong("email", msg("form-email"));
        vec![
            page(Form::new(), false),
            page(wrong.wrong("kind", msg("form-required")), false),
            page(Form::new().with("kind", "access"), true),
        ]
    }
}

/// The page that the link to the address on file leads to; the acts are its forms.
#[derive(Debug, Serialize)]
pub struct ConfirmCasePage {
    /// The secret of the link.
    pub token: String,
    /// The number of the case.
    pub number: String,
    /// What is asked.
    pub kind: Option<&'static str>,
    /// When it came.
    pub received_at: Timestamp,
}

impl Page for ConfirmCasePage {
    const TEMPLATE: &'static str = "site/privacy_confirm.html";

    fn samples() -> Vec<Self> {
        let page = |kind| ConfirmCasePage {
            token: "sample".to_owned(),
            number: "T-7K2M-Q9XA".to_owned(),
            kind,
            received_at: samples::days_ago(2),
        };
        vec![page(Some("erasure")), page(None)]
    }
}

/// A case, for whoever has its link.
#[derive(Debug, Serialize)]
pub struct FollowPage {
    /// The case.
    pub case: CaseView,
    /// Where letters go.
    pub address: String,
}

impl Page for FollowPage {
    const TEMPLATE: &'static str = "site/privacy_case.html";

    fn samples() -> Vec<Self> {
        let page = |stage, kind, days| FollowPage {
            case: CaseView::sample("T-7K2M-Q9XA", kind, stage, days),
            address: "privacy@example.com".to_owned(),
        };
        vec![
            page("unread", None, 1),
            page("open", Some("access"), 12),
            page("waiting", Some("erasure"), 33),
            page("settled", Some("erasure"), 20),
        ]
    }
}

/// Where letters to the privacy desk go, as the policy says.
pub(crate) fn address(ctx: &Ctx) -> String {
    ctx.state.policy.compiled().raw.fill.get("privacy_address").cloned().unwrap_or_default()
}

fn page(ctx: &Ctx, form: Form) -> AskPage {
    AskPage {
        form,
        kinds: cases::kinds(ctx),
        address: address(ctx),
        signed_in: ctx.access().person_in_browser().is_ok(),
    }
}

/// `GET /privacy?kind=…`
pub async fn show(ctx: Ctx) -> Answer {
    let kind = CaseKind::from_word(ctx.query.get("kind"));
    let form = kind.map_or_else(Form::new, |kind| Form::new().with("kind", kind.word()));
    ctx.page(&page(&ctx, form))
}

/// What the form says, with the mistakes noted in it.
pub(crate) fn read(ctx: &Ctx, form: &mut Form) -> Option<Asking> {
    let read = |text: &str| CaseKind::from_word(text).ok_or(());
    let kind = form.checked(&ctx.form, "kind", msg("form-required"), read);
    let words = form.required(&ctx.form, "words").to_owned();
    if words.chars().count() > LONGEST {
        form.refuse("words", msg("field-too-long"));
    }
    let kind = kind.filter(|_| form.good())?;
    Some(Asking { kind, title: ctx.text(&word("case-kind", kind.word())), words })
}

/// `POST /privacy`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let asker = match ctx.access().person_in_browser() {
        Ok(person) => Some(Asker::Person(person.person)),
        Err(_) => {
            let read = |text: &str| EmailAddress::parse(text);
            form.checked(&ctx.form, "email", msg("form-email"), read).map(Asker::Address)
        }
    };
    let asking = read(&ctx, &mut form);
    if let (Some(asker), Some(asking), true) = (asker, asking, form.good()) {
        let network = ctx.peer.map(|peer| peer.to_string());
        let signed_in = matches!(asker, Asker::Person(_));
        match ctx.state.mailroom.ask_privacy_desk(asker, asking, network.as_deref()).await {
            Ok(ticket) if signed_in => {
                return ctx.done(&format!("/center/privacy/cases/{}", ticket.id), msg("case-asked"));
            }
            Ok(_) => {
                return ctx.page(&OutcomePage::look_into_mailbox("case-asked-title", "case-asked-text"));
            }
            Err(TicketError::State(text)) => {
                form.refuse_all(msg("verbatim").with("text", crate::error::sentence(text)));
            }
            Err(error) => form.take(error, &["words"])?,
        }
    }
    ctx.refused(&page(&ctx, form))
}

async fn confirming(ctx: &Ctx, token: &str) -> Result<Option<ConfirmCasePage>, WebError> {
    let found = ctx.state.desk.find_confirming(token).await?;
    Ok(found.map(|Confirming { number, kind, received_at }| ConfirmCasePage {
        token: token.to_owned(),
        number,
        kind: kind.map(CaseKind::word),
        received_at,
    }))
}

/// `GET /privacy/confirm?token=…`: looking changes nothing.
pub async fn show_confirm(ctx: Ctx) -> Answer {
    match confirming(&ctx, ctx.query.get("token")).await? {
        Some(page) => ctx.page(&page),
        None => ctx.refused(&OutcomePage::bad("confirm-bad-title", "case-confirm-bad")),
    }
}

/// `POST /privacy/confirm`: `answer` is `yes` or `no`.
pub async fn confirm(ctx: Ctx) -> Answer {
    let asked = ctx.form.get("answer") == "yes";
    if !ctx.state.desk.confirm_case(ctx.form.get("token"), asked).await? {
        return ctx.refused(&OutcomePage::bad("confirm-bad-title", "case-confirm-bad"));
    }
    ctx.page(&match asked {
        true => OutcomePage::good("case-confirmed-title", "case-confirmed-text"),
        false => OutcomePage::good("case-denied-title", "case-denied-text"),
    })
}

/// `GET /privacy/cases/{privacy_case}/{token}`: how a case stands, and nothing of what was written.
pub async fn follow(ctx: Ctx) -> Answer {
    let (case, token): (Uuid, String) = (ctx.param("privacy_case")?, ctx.param("token")?);
    if ctx.state.mailroom.follow_token(case) != token.to_ascii_lowercase() {
        return Err(WebError::NotFound);
    }
    let seen = Seen { ticket: case, owner: None, version: None, desk: DeskKind::Privacy };
    let (ticket, case) = ctx.state.desk.look_at_case(seen).await?;
    ctx.page(&FollowPage {
        case: CaseView::of(&ticket, &case, ctx.state.clock.now()),
        address: address(&ctx),
    })
}
