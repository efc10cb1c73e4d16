//! Writing a message.

use mailkeep_mailbox::messages::{FlagChange, Flags, UidSet};
use mailkeep_types::FolderId;
use serde::Serialize;

use super::composing::{AnswerKind, begin_answer};
use super::letters;
use super::reading::{self, Correspondent, Reading};
use super::service::{Visit, mail_error};
use super::side::{self, message_id};
use super::view::{Side, sample_side};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The form in which a message is written.
#[derive(Debug, Serialize)]
pub struct WritePage {
    /// Folders and the like.
    pub side: Side,
    /// `new`, `reply`, `forward` or `draft`: what the head says.
    pub kind: &'static str,
    /// From whom, as it will stand in the message.
    pub from: String,
    /// The fields.
    pub form: Form,
    /// Files that hang on it already, from the draft or the forwarded message.
    pub kept: Vec<KeptFile>,
    /// The largest message in bytes.
    pub max_bytes: i64,
}

/// A file that hangs on a message already.
#[derive(Debug, Serialize)]
pub struct KeptFile {
    /// Its section number.
    pub section: String,
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: i64,
}

impl Page for WritePage {
    const TEMPLATE: &'static str = "webmail/write.html";

    fn samples() -> Vec<Self> {
        let page = |kind, form, kept| WritePage {
            side: sample_side(None),
            kind,
            from: "Ada Example <ada@larkspur.example>".to_owned(),
            form,
            kept,
            max_bytes: 35 * 1024 * 1024,
        };
        let reply = || {
            Form::new()
                .with("to", "Bo Sample <bo@joinery.example>")
                .with("cc", "cleo@larkspur.example")
                .with("subject", "Re: Shelf plan for the new shop")
                .with(
                    "text",
                    "Dear Bo,\n\nit is just right.\n\nOn 14 May 2026, Bo Sample wrote:\n> here is the plan\n",
                )
        };
        let kept =
            vec![KeptFile { section: "2".to_owned(), name: "Shelf plan.pdf".to_owned(), size: 182_000 }];
        let wrong = reply().wrong("to", msg("mail-write-wrong-address").with("address", "bo@@joinery"));
        vec![
            page("new", Form::new(), Vec::new()),
            page("reply", reply(), Vec::new()),
            page("forward", wrong, kept),
        ]
    }
}

/// Bytes of all files of a letter; on its way a message is a third longer.
const MAX_FILES_BYTES: usize = 25 * 1024 * 1024;
/// What a form may bring: the files and some text.
pub(super) const MAX_FORM_BYTES: usize = MAX_FILES_BYTES + 2 * 1024 * 1024;

/// `GET /mail/write`: an empty letter, an answer begun, or a draft.
pub async fn show(ctx: Ctx) -> Answer {
    let visit = ctx.visit()?;
    let asked = |name: &str| message_id(ctx.query.get(name));
    let (side, _) = side::load(&ctx, visit, None).await?;
    let begun = if let Some(id) = asked("draft") {
        draft(visit, id).await?
    } else if let Some(id) = asked("reply") {
        answer(&ctx, visit, id, AnswerKind::Reply).await?
    } else if let Some(id) = asked("reply-all") {
        answer(&ctx, visit, id, AnswerKind::ReplyAll).await?
    } else if let Some(id) = asked("forward") {
        answer(&ctx, visit, id, AnswerKind::Forward).await?
    } else {
        let form = Form::new().with("to", ctx.query.get("to")).with("subject", ctx.query.get("subject"));
        Start { kind: "new", form, kept: Vec::new() }
    };
    let form = begun.form.with("key", letters::new_key()?).with("kind", begun.kind);
    ctx.page(&write_page(visit, side, begun.kind, form, begun.kept))
}

struct Start {
    kind: &'static str,
    form: Form,
    kept: Vec<KeptFile>,
}

pub(super) fn write_page(
    visit: &Visit,
    side: Side,
    kind: &'static str,
    form: Form,
    kept: Vec<KeptFile>,
) -> WritePage {
    let from = Correspondent { name: visit.name.clone(), address: visit.address.to_string() };
    let max_bytes = i64::try_from(MAX_FILES_BYTES).unwrap_or(i64::MAX);
    WritePage { side, kind, from: from.typed(), form, kept, max_bytes }
}

async fn draft(visit: &Visit, id: (FolderId, u32)) -> Result<Start, WebError> {
    let raw = visit.session.read_message(id.0, id.1).await.map_err(mail_error)?;
    let reading = reading::read(&raw);
    let name = format!("{}.{}", id.0, id.1);
    let form = Form::new()
        .with("to", typed(&reading.to))
        .with("cc", typed(&reading.cc))
        .with("bcc", typed(&reading.bcc))
        .with("subject", reading.subject.as_str())
        .with("text", reading.plain().replace("\r\n", "\n"))
        .with("references", reading.references.join(" "))
        .with("source", name.as_str())
        .with("draft", name);
    Ok(Start { kind: "draft", form, kept: kept(&reading) })
}

async fn answer(ctx: &Ctx, visit: &Visit, id: (FolderId, u32), kind: AnswerKind) -> Result<Start, WebError> {
    let raw = visit.session.read_message(id.0, id.1).await.map_err(mail_error)?;
    let one = UidSet::from_ranges([id.1..=id.1]);
    let row = visit
        .session
        .change_flags(id.0, &one, FlagChange::Add(Flags::NONE), None)
        .await
        .map_err(mail_error)?;
    let at = row.messages.first().map_or(ctx.state.clock.now(), |row| row.internal_at);
    let reading = reading::read(&raw);
    let chrome = ctx.chrome();
    let date =
        crate::format::Format::new(&chrome.language, &chrome.time_zone, chrome.now).time(at.as_micros());
    let who = reading.from.first().map(Correspondent::typed).unwrap_or_default();
    let intro = match kind {
        AnswerKind::Forward => msg("mail-quote-forward")
            .with("who", who)
            .with("date", date)
            .with("subject", reading.subject.as_str()),
        AnswerKind::Reply | AnswerKind::ReplyAll => {
            msg("mail-quote-intro").with("who", who).with("date", date)
        }
    };
    let begun = begin_answer(kind, &reading, &[visit.address.to_string()], &ctx.text(&intro));
    let name = format!("{}.{}", id.0, id.1);
    let form = Form::new()
        .with("to", typed(&begun.to))
        .with("cc", typed(&begun.cc))
        .with("subject", begun.subject)
        .with("text", begun.text)
        .with("references", begun.references.join(" "));
    Ok(match kind {
        AnswerKind::Forward => {
            Start { kind: "forward", form: form.with("source", name), kept: kept(&reading) }
        }
        AnswerKind::Reply | AnswerKind::ReplyAll => {
            Start { kind: "reply", form: form.with("answers", name), kept: Vec::new() }
        }
    })
}

fn typed(people: &[Correspondent]) -> String {
    people.iter().map(Correspondent::typed).collect::<Vec<_>>().join(", ")
}

pub(super) fn kept(reading: &Reading) -> Vec<KeptFile> {
    let size = |file: &reading::File| i64::try_from(file.size).unwrap_or(i64::MAX);
    let file = |file: &reading::File| KeptFile {
        section: file.section.clone(),
        name: file.name.clone(),
        size: size(file),
    };
    reading.files.iter().map(file).collect()
}

/// Whether the files of a letter are within the limit.
pub(super) fn files_fit(bytes: usize) -> bool {
    bytes <= MAX_FILES_BYTES
}
