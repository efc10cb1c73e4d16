//! The letter comes back from its form: it is sent, kept as a draft, or discarded.

use std::collections::HashSet;
use std::sync::Arc;

use bytes::Bytes;
use mailkeep_mailbox::folders::Role;
use mailkeep_mailbox::messages::{Append, FlagChange, Flags, UidSet, prepare_large};
use mailkeep_mailbox::{MailError, MailRefusal};
use mailkeep_types::{EmailAddress, FolderId};

use super::composing::{Letter, LetterFile, build, read_recipients};
use super::letters::{self, Claim};
use super::outgoing::{GuardSaid, Submission, SubmissionRefused};
use super::reading::{self, Correspondent, one_line};
use super::service::{Visit, mail_error};
use super::side::{self, message_id};
use super::write::{files_fit, kept, write_page};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::routes::Answer;

/// More recipients than this no person types; the limits of the mailbox may be lower.
const MAX_RECIPIENTS: usize = 500;

/// What a form became.
struct Written {
    letter: Letter,
    recipients: Vec<EmailAddress>,
}

/// `POST /mail/write`
pub async fn submit(ctx: Ctx) -> Answer {
    let (webmail, visit) = (ctx.state.webmail()?, ctx.visit()?);
    let old_draft = message_id(ctx.form.get("draft"));
    if ctx.form.get("do") == "discard" {
        remove_draft(visit, old_draft).await?;
        return ctx.done("/mail", msg("mail-discarded"));
    }
    let sending = ctx.form.get("do") == "send";
    let mut form = Form::of(&ctx.form);
    let key = letters::read_key(ctx.form.get("key")).map_or_else(letters::new_key, Ok)?;
    form = form.with("key", key.as_str());
    let written = read_letter(&ctx, visit, &mut form, &key, sending).await?;
    if !sending {
        if !form.errors.contains_key("files") {
            let draft = keep_draft(visit, &written.letter, old_draft).await;
            return match draft {
                Ok((folder, uid)) => {
                    ctx.done(&format!("/mail/write?draft={folder}.{uid}"), msg("mail-saved"))
                }
                Err(error) => again(&ctx, visit, form, &written, refusal(error)?).await,
            };
        }
        return again(&ctx, visit, form, &written, None).await;
    }
    if !form.good() {
        return again(&ctx, visit, form, &written, None).await;
    }
    match letters::claim(webmail.office().db(), visit.session.mailbox(), &key).await? {
        Claim::Ours => {}
        // The button was pressed twice, or the page sent again: the letter went out once, as it should.
        Claim::Sent => return ctx.done("/mail", msg("mail-sent")),
        Claim::Open => {
            form = form.with("key", letters::new_key()?);
            return again(&ctx, visit, form, &written, Some(msg("mail-write-twice"))).await;
        }
    }
    match send(&ctx, &written, &key).await {
        Ok(held) => {
            letters::finish(webmail.office().db(), visit.session.mailbox(), &key).await?;
            after_sending(&ctx, visit, &written.letter, old_draft, held).await
        }
        Err(refused) => {
            letters::release(webmail.office().db(), visit.session.mailbox(), &key).await?;
            let why = match refused {
                SubmissionRefused::ByRule(reason) => msg("mail-write-refused").with("reason", reason),
                SubmissionRefused::ByGuard(said) => of_guard(said),
                SubmissionRefused::Failed(reason) => {
                    tracing::warn!(%reason, "a letter could not be taken for delivery");
                    msg("mail-write-failed")
                }
            };
            again(&ctx, visit, form, &written, Some(why)).await
        }
    }
}

async fn send(ctx: &Ctx, written: &Written, key: &str) -> Result<Option<GuardSaid>, SubmissionRefused> {
    let failed = |error: WebError| SubmissionRefused::Failed(error.to_string());
    let (webmail, visit) = (ctx.state.webmail().map_err(failed)?, ctx.visit().map_err(failed)?);
    let submission = Submission {
        mailbox: visit.session.mailbox(),
        from: ctx.network(),
        sender: visit.address.clone(),
        recipients: written.recipients.clone(),
        message: build(&written.letter),
        unique_key: key.to_owned(),
    };
    webmail.outgoing().submit(submission).await
}

/// Reads the fields; what is wrong is written beside them.
async fn read_letter(
    ctx: &Ctx,
    visit: &Visit,
    form: &mut Form,
    key: &str,
    sending: bool,
) -> Result<Written, WebError> {
    let mut recipients = Vec::new();
    let mut fields = Vec::new();
    for field in ["to", "cc", "bcc"] {
        let typed = read_recipients(ctx.form.get(field));
        if let Some(wrong) = typed.wrong.first()
            && sending
        {
            form.refuse(field, msg("mail-write-wrong-address").with("address", wrong.as_str()));
        }
        recipients.extend(typed.addresses);
        fields.push(typed.people);
    }
    let mut seen = HashSet::new();
    recipients.retain(|address| seen.insert(address.canonical()));
    if sending && recipients.is_empty() {
        form.refuse("to", msg("mail-write-nobody"));
    }
    if recipients.len() > MAX_RECIPIENTS {
        form.refuse("to", msg("mail-write-many").with("most", MAX_RECIPIENTS.to_string()));
    }
    let files = files(ctx, visit).await?;
    if !files_fit(files.iter().map(|file| file.bytes.len()).sum()) {
        form.refuse("files", msg("mail-write-too-large").with("most", "25 MB"));
    }
    let references: Vec<String> = ctx
        .form
        .get("references")
        .split_whitespace()
        .filter(|id| id.is_ascii() && !id.contains(['<', '>']))
        .take(50)
        .map(str::to_owned)
        .collect();
    let mut fields = fields.into_iter();
    let mut next = || fields.next().unwrap_or_default();
    let letter = Letter {
        from: Correspondent { name: visit.name.clone(), address: visit.address.to_string() },
        to: next(),
        cc: next(),
        bcc: next(),
        subject: one_line(ctx.form.get("subject")),
        text: ctx.form.lines("text"),
        in_reply_to: references.last().cloned(),
        references,
        message_id: format!("{key}@{}", visit.address.domain()),
        date: ctx.state.clock.now(),
        files,
    };
    Ok(Written { letter, recipients })
}

/// The files that hang on the letter: those kept from before and those that the form brought.
async fn files(ctx: &Ctx, visit: &Visit) -> Result<Vec<LetterFile>, WebError> {
    let mut files = Vec::new();
    let sections: Vec<&str> = ctx.form.all("keep").take(200).collect();
    if let Some((folder, uid)) = message_id(ctx.form.get("source"))
        && !sections.is_empty()
    {
        match visit.session.read_message(folder, uid).await {
            Ok(raw) => {
                let kept = reading::read(&raw).files;
                files.extend(kept.iter().filter(|file| sections.contains(&file.section.as_str())).map(
                    |file| LetterFile {
                        name: file.name.clone(),
                        media_type: file.media_type.clone(),
                        bytes: file.bytes(&raw),
                    },
                ));
            }
            // Somebody removed the draft meanwhile: better to say so than to send without the files.
            Err(MailError::Refused(_)) => return Err(WebError::Bad(msg("mail-write-source-gone"))),
            Err(other) => return Err(mail_error(other)),
        }
    }
    files.extend(ctx.files.iter().filter(|file| file.field == "files").map(|file| LetterFile {
        name: one_line(file.name.rsplit(['/', '\\']).next().unwrap_or_default()),
        media_type: file.media_type.to_ascii_lowercase(),
        bytes: file.bytes.to_vec(),
    }));
    Ok(files)
}

/// Shows the form again. Files that it brought would be lost with it, so the letter is kept as a draft first.
async fn again(ctx: &Ctx, visit: &Visit, mut form: Form, written: &Written, why: Option<Msg>) -> Answer {
    if let Some(why) = why {
        form.refuse_all(why);
    }
    let mut files = Vec::new();
    let fit = !form.errors.contains_key("files");
    if !written.letter.files.is_empty() && fit {
        let old = message_id(ctx.form.get("draft"));
        match keep_draft(visit, &written.letter, old).await {
            Ok((folder, uid)) => {
                let name = format!("{folder}.{uid}");
                form = form.with("draft", name.as_str()).with("source", name);
                let raw = visit.session.read_message(folder, uid).await.map_err(mail_error)?;
                files = kept(&reading::read(&raw));
            }
            Err(error) => {
                if let Some(full) = refusal(error)? {
                    form.refuse_all(full);
                }
            }
        }
    }
    let kind =
        ["reply", "forward", "draft"].into_iter().find(|kind| *kind == ctx.form.get("kind")).unwrap_or("new");
    let (side, _) = side::load(ctx, visit, None).await?;
    ctx.refused(&write_page(visit, side, kind, form, files))
}

/// Puts the letter into Drafts in place of the earlier one.
async fn keep_draft(
    visit: &Visit,
    letter: &Letter,
    old: Option<(FolderId, u32)>,
) -> Result<(FolderId, u32), MailError> {
    let drafts = visit.session.facts().folder_of(Role::Drafts);
    let uid = append(visit, drafts, letter, Flags::DRAFT | Flags::SEEN).await?;
    if let Some((folder, uid)) = old
        && folder == drafts
    {
        visit.session.delete_messages(folder, &UidSet::from_ranges([uid..=uid])).await?;
    }
    Ok((drafts, uid))
}

async fn append(visit: &Visit, folder: FolderId, letter: &Letter, flags: Flags) -> Result<u32, MailError> {
    let message = Arc::new(prepare_large(Bytes::from(build(letter))).await);
    let stored = visit.session.append(folder, vec![Append { message, flags, internal_at: None }]).await?;
    stored.first().map(|stored| stored.uid).ok_or(MailError::Refused(MailRefusal::NoMessage))
}

async fn remove_draft(visit: &Visit, draft: Option<(FolderId, u32)>) -> Result<(), WebError> {
    let Some((folder, uid)) = draft else { return Ok(()) };
    // Only drafts are removed so: the name of another message in the form removes nothing.
    if folder == visit.session.facts().folder_of(Role::Drafts) {
        visit.session.delete_messages(folder, &UidSet::from_ranges([uid..=uid])).await.map_err(mail_error)?;
    }
    Ok(())
}

/// What the outbound guard said, for the one who sends.
fn of_guard(said: GuardSaid) -> Msg {
    let id = match said.code {
        "trial-outside" => "mail-guard-trial-outside",
        "per-message" => "mail-guard-per-message",
        "per-hour" => "mail-guard-per-hour",
        "first-time" => "mail-guard-first-time",
        "campaign" | "wave" => "mail-guard-held",
        "sign-in" => "mail-guard-sign-in",
        "throttled" => "mail-guard-throttled",
        "locked" => "mail-guard-locked",
        "suspended" => "mail-guard-suspended",
        _ => "mail-guard-per-day",
    };
    msg(id).with("value", said.value).with("limit", said.limit)
}

/// The copy in Sent, the draft removed, the answered message marked. The letter is on its way whatever happens here.
async fn after_sending(
    ctx: &Ctx,
    visit: &Visit,
    letter: &Letter,
    draft: Option<(FolderId, u32)>,
    held: Option<GuardSaid>,
) -> Answer {
    let sent = visit.session.facts().folder_of(Role::Sent);
    let unsaved = match append(visit, sent, letter, Flags::SEEN).await {
        Ok(_) => None,
        Err(MailError::Refused(refusal)) => Some(refusal.to_string()),
        Err(other) => {
            tracing::error!(request = ctx.request_id, %other, "a sent letter could not be kept");
            Some(ctx.text(&msg("error-internal-title")))
        }
    };
    if unsaved.is_none() {
        remove_draft(visit, draft).await?;
    }
    if let Some((folder, uid)) = message_id(ctx.form.get("answers")) {
        let one = UidSet::from_ranges([uid..=uid]);
        // The message may be gone by now, which is no reason to say that sending failed.
        match visit.session.change_flags(folder, &one, FlagChange::Add(Flags::ANSWERED), None).await {
            Ok(_) | Err(MailError::Refused(_)) => {}
            Err(other) => return Err(mail_error(other)),
        }
    }
    match unsaved {
        None => ctx.done("/mail", held.map_or_else(|| msg("mail-sent"), of_guard)),
        Some(reason) => ctx.done("/mail", msg("mail-sent-unsaved").with("reason", reason)),
    }
}

/// What the owner can mend is said in the form.
fn refusal(error: MailError) -> Result<Option<Msg>, WebError> {
    match error {
        MailError::Refused(MailRefusal::OverQuota) => Ok(Some(msg("mail-quota-full"))),
        MailError::Refused(other) => Ok(Some(msg("mail-refused").with("reason", other.to_string()))),
        other => Err(mail_error(other)),
    }
}
