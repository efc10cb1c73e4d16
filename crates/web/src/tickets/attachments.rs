//! Files in tickets: as a form sends them, as pages show them, and as they are fetched.

use mailkeep_helpdesk::attachments::{Attachment, AttachmentFault, AttachmentsConfig, NewAttachment};
use mailkeep_helpdesk::tickets::{DeskKind, Seen, TicketError};
use mailkeep_policy::{Actor, Fact, May, Purpose, Shown, category, purpose};
use mailkeep_types::Habits;
use serde::Serialize;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::routes::Answer;
use crate::state::WebState;

/// The field of the forms.
const FIELD: &str = "files";

/// How large a form with files may be.
pub fn most_form_bytes(state: &WebState) -> usize {
    state.desk.attachments().most_bytes_together + state.config.max_form_bytes
}

/// How much may be sent, for the words beside the field.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Limits {
    /// How many.
    pub most: i64,
    /// The most bytes of one.
    pub most_bytes: i64,
    /// The most bytes of all.
    pub together: i64,
}

impl Limits {
    /// Those of the configuration.
    pub fn of(config: &AttachmentsConfig) -> Self {
        let number = |bytes: usize| i64::try_from(bytes).unwrap_or(i64::MAX);
        Limits {
            most: number(config.most),
            most_bytes: number(config.most_bytes),
            together: number(config.most_bytes_together),
        }
    }

    /// Those that are usual.
    pub fn sample() -> Self {
        Limits::of(&AttachmentsConfig::default())
    }
}

/// A file beside the words that it came with.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView {
    /// Where it is fetched; nothing for what would run at a click, or is harmful.
    pub href: Option<String>,
    /// The scanner for viruses found something in its letter.
    pub harmful: bool,
    /// Its name.
    pub name: Shown<String>,
    /// What it is, in a word: `picture`, `pdf`, `text`, `page`, `office`, `archive`, `sound`, `film` or `other`.
    pub kind: &'static str,
    /// Bytes.
    pub size: i64,
}

impl AttachmentView {
    /// A file of the ticket that this page shows.
    pub fn at(page: &str, file: Attachment) -> Self {
        AttachmentView {
            harmful: file.harmful,
            href: (!file.refused && !file.harmful).then(|| format!("{page}/attachments/{}", file.id)),
            kind: word_of(&file.media_type),
            name: file.name,
            size: file.size,
        }
    }

    /// A made-up one.
    pub fn sample(name: &str, kind: &'static str, size: i64, offered: bool) -> Self {
        AttachmentView {
            href: offered.then(|| "/center/tickets/t/attachments/a".to_owned()),
            harmful: false,
            name: name.into(),
            kind,
            size,
        }
    }
}

fn word_of(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "pdf",
        "text/html" | "image/svg+xml" => "page",
        kind if kind.starts_with("image/") => "picture",
        kind if kind.starts_with("audio/") => "sound",
        kind if kind.starts_with("video/") => "film",
        kind if kind.starts_with("text/") => "text",
        kind if kind.contains("officedocument")
            || kind.contains("opendocument")
            || kind.contains("ms-")
            || kind == "application/msword" =>
        {
            "office"
        }
        "application/zip" | "application/gzip" | "application/vnd.rar" | "application/zstd" => "archive",
        kind if kind.starts_with("application/x-") && !kind.ends_with("-storage") => "archive",
        _ => "other",
    }
}

/// The files that a form carried.
pub fn sent(ctx: &Ctx) -> Vec<NewAttachment> {
    let ours = ctx.files.iter().filter(|file| file.field == FIELD);
    ours.map(|file| NewAttachment { name: file.name.clone(), bytes: file.bytes.to_vec() }).collect()
}

/// Why a file does not come in, in the reader's words.
fn said(ctx: &Ctx, fault: &AttachmentFault) -> Msg {
    let size = |bytes: &usize| Habits::of(&ctx.language).bytes(i64::try_from(*bytes).unwrap_or(i64::MAX));
    match fault {
        AttachmentFault::Empty(name) => msg("attachment-empty").with("name", name.as_str()),
        AttachmentFault::TooLarge { name, most } => {
            msg("attachment-too-large").with("name", name.as_str()).with("most", size(most))
        }
        AttachmentFault::TooLargeTogether(most) => {
            msg("attachment-too-large-together").with("most", size(most))
        }
        AttachmentFault::TooMany(most) => {
            msg("attachment-too-many").with("most", i64::try_from(*most).unwrap_or(i64::MAX))
        }
        AttachmentFault::WouldRun(name) => msg("attachment-would-run").with("name", name.as_str()),
        AttachmentFault::Harmful(name) => msg("attachment-harmful").with("name", name.as_str()),
        AttachmentFault::NotScanned(name) => msg("attachment-not-scanned").with("name", name.as_str()),
        AttachmentFault::CardNumber(name) => msg("attachment-card-number").with("name", name.as_str()),
    }
}

/// Puts what was refused beside its field, or above the form.
///
/// # Errors
/// The error itself if it is not about the form.
pub fn refuse(ctx: &Ctx, form: &mut Form, error: TicketError, fields: &[&str]) -> Result<(), WebError> {
    match error {
        TicketError::Attachment(fault) => {
            form.refuse(FIELD, said(ctx, &fault));
            Ok(())
        }
        other => form.take(other, fields),
    }
}

/// No browser fills a field for files again: whoever sees the form once more is told to choose them again.
pub fn told_again(ctx: &Ctx, form: &mut Form) {
    if ctx.files.iter().any(|file| file.field == FIELD) {
        form.refuse(FIELD, msg("attachment-again"));
    }
}

/// Answers with a file of a ticket.
///
/// # Errors
/// When it is not there, or what the gate says.
pub async fn fetch<P>(ctx: &Ctx, seen: Seen, attachment: Uuid, (actor, fact): (Actor, Fact)) -> Answer
where
    P: Purpose + May<category::Ticket>,
{
    let file = ctx.state.desk.open_attachment::<P>(seen, actor, fact, attachment).await?;
    ctx.foreign_file(&file.bytes, &file.media_type, &file.name)
}

/// `GET /center/tickets/{ticket}/attachments/{attachment}`: a file for a contact, to be saved and never shown in place.
pub async fn own(ctx: Ctx) -> Answer {
    let (seen, person) = (super::own(&ctx)?, ctx.who.person()?);
    fetch::<purpose::Rights>(&ctx, seen, ctx.param("attachment")?, (person.actor(), person.fact())).await
}

/// `GET /console/tickets/{ticket}/attachments/{attachment}`: the same for staff, under the ticket.
pub async fn of_ticket(ctx: Ctx) -> Answer {
    let seen = Seen { ticket: ctx.param("ticket")?, owner: None, version: None, desk: DeskKind::Support };
    let actor = Actor::Staff(ctx.who.staff()?.staff);
    let by = (actor, Fact::OpenTicket(seen.ticket));
    fetch::<purpose::Troubleshoot>(&ctx, seen, ctx.param("attachment")?, by).await
}

/// `GET /console/privacy-cases/{privacy_case}/attachments/{case_attachment}`: the same for privacy officers, under the case.
pub async fn of_case(ctx: Ctx) -> Answer {
    let seen =
        Seen { ticket: ctx.param("privacy_case")?, owner: None, version: None, desk: DeskKind::Privacy };
    let actor = Actor::Staff(ctx.who.staff()?.staff);
    let by = (actor, Fact::OpenCase(seen.ticket));
    fetch::<purpose::Rights>(&ctx, seen, ctx.param("case_attachment")?, by).await
}

#[cfg(test)]
mod tests {
    use super::word_of;

    #[test]
    fn a_word_says_what_a_file_is() {
        for (media_type, word) in [
            ("application/pdf", "pdf"),
            ("image/png", "picture"),
            ("image/svg+xml", "page"),
            ("text/plain", "text"),
            ("application/msword", "office"),
            ("application/vnd.oasis.opendocument.text", "office"),
            ("application/zip", "archive"),
            ("application/x-7z-compressed", "archive"),
            ("application/x-ole-storage", "other"),
            ("application/octet-stream", "other"),
        ] {
            assert_eq!(word_of(media_type), word, "{media_type}");
        }
    }
}
