//! Acts on messages: read, star, move, delete, junk; and taking a move back.

use std::collections::BTreeMap;

use mailkeep_mailbox::folders::{Folder, Role};
use mailkeep_mailbox::messages::{FlagChange, Flags, UidSet};
use mailkeep_mailbox::{MailError, MailRefusal};
use mailkeep_types::FolderId;

use super::service::{Visit, mail_error};
use super::side::{self, message_id, with_role};
use super::view::Undo;
use crate::ctx::{Ctx, local_path};
use crate::error::WebError;
use crate::messages::msg;
use crate::routes::Answer;

/// More than a page of messages has.
const MAX_MESSAGES: usize = 1_000;

/// `POST /mail/act`
pub async fn act(ctx: Ctx) -> Answer {
    let visit = ctx.visit()?;
    let back = local_path(ctx.form.get("back"))
        .filter(|path| path.starts_with("/mail"))
        .unwrap_or("/mail".to_owned());
    let (verb, object) = ctx.form.get("do").split_once(':').unwrap_or((ctx.form.get("do"), ""));
    if let "star" | "unstar" = verb {
        let (folder, uid) = message_id(object).ok_or(WebError::NotFound)?;
        change(visit, folder, &UidSet::from_ranges([uid..=uid]), verb == "star", Flags::FLAGGED).await?;
        return Ok(ctx.redirect(&back));
    }
    let mut chosen: BTreeMap<FolderId, Vec<u32>> = BTreeMap::new();
    for (folder, uid) in ctx.form.all("m").take(MAX_MESSAGES).filter_map(message_id) {
        chosen.entry(folder).or_default().push(uid);
    }
    if chosen.is_empty() {
        return ctx.sorry(&back, msg("mail-none-ticked"));
    }
    if let "read" | "unread" = verb {
        for (folder, uids) in chosen {
            change(visit, folder, &uids.into_iter().collect(), verb == "read", Flags::SEEN).await?;
        }
        return Ok(ctx.redirect(&back));
    }
    let (_, folders) = side::load(&ctx, visit, None).await?;
    let into = match verb {
        "delete" => with_role(&folders, Role::Trash)?,
        "junk" => with_role(&folders, Role::Junk)?,
        "not-junk" => with_role(&folders, Role::Inbox)?,
        "archive" => with_role(&folders, Role::Archive)?,
        "move" => {
            let id: FolderId = object.parse().map_err(|_| WebError::NotFound)?;
            folders.iter().find(|folder| folder.id == id).ok_or(WebError::NotFound)?
        }
        _ => return Err(WebError::NotFound),
    };
    if verb == "delete" && chosen.keys().all(|folder| *folder == into.id) {
        return delete(&ctx, visit, &chosen, &back).await;
    }
    let verdict = match (verb, into.role) {
        ("junk", _) | ("move", Some(Role::Junk)) => Some(true),
        ("not-junk", _) => Some(false),
        _ => None,
    };
    if let Some(junk) = verdict {
        for (folder, uids) in &chosen {
            mark_junk(visit, *folder, &uids.iter().copied().collect(), Some(junk)).await?;
        }
    }
    move_all(&ctx, visit, chosen, into, &back).await
}

/// Keeps with the messages what their reader says of them, for other mail programs and for filters that learn: the
/// keywords `$Junk` and `$NotJunk` of the IANA registry, of which a message has at most one.
async fn mark_junk(
    visit: &Visit,
    folder: FolderId,
    uids: &UidSet,
    junk: Option<bool>,
) -> Result<(), WebError> {
    for (keyword, on) in [("$Junk", junk == Some(true)), ("$NotJunk", junk == Some(false))] {
        let flag = match visit.session.keyword_flags(&[keyword.to_owned()]).await {
            Ok(flag) => flag,
            // A mailbox with all the keywords that fit can still be tidied.
            Err(MailError::Refused(MailRefusal::KeywordLimit(_))) => continue,
            Err(other) => return Err(mail_error(other)),
        };
        change(visit, folder, uids, on, flag).await?;
    }
    Ok(())
}

async fn change(
    visit: &Visit,
    folder: FolderId,
    uids: &UidSet,
    on: bool,
    flag: Flags,
) -> Result<(), WebError> {
    let change = if on { FlagChange::Add(flag) } else { FlagChange::Remove(flag) };
    visit.session.change_flags(folder, uids, change, None).await.map_err(mail_error)?;
    Ok(())
}

/// Out of the Trash nothing can be taken back by its owner.
async fn delete(ctx: &Ctx, visit: &Visit, chosen: &BTreeMap<FolderId, Vec<u32>>, back: &str) -> Answer {
    let mut count = 0;
    for (folder, uids) in chosen {
        let set = uids.iter().copied().collect();
        count += visit.session.delete_messages(*folder, &set).await.map_err(mail_error)?.0.len();
    }
    ctx.done(back, msg("mail-gone").with("n", i64::try_from(count).unwrap_or(i64::MAX)))
}

async fn move_all(
    ctx: &Ctx,
    visit: &Visit,
    chosen: BTreeMap<FolderId, Vec<u32>>,
    into: &Folder,
    back: &str,
) -> Answer {
    let mut undo = None;
    let several = chosen.len() > 1;
    for (folder, uids) in chosen {
        if folder == into.id {
            continue;
        }
        let set = uids.into_iter().collect();
        let copied = visit.session.move_messages(folder, &set, into.id).await.map_err(mail_error)?;
        let now: UidSet = copied.pairs.iter().map(|(_, new)| *new).collect();
        // What came together from several folders can only be put back by hand.
        undo = (!several && !now.is_empty()).then(|| Undo {
            what: what(into.role).to_owned(),
            count: i64::try_from(copied.pairs.len()).unwrap_or(i64::MAX),
            from: folder.to_string(),
            to: into.id.to_string(),
            uids: written(&now),
        });
    }
    let Some(undo) = undo else { return Ok(ctx.redirect(back)) };
    let sign = if back.contains('?') { '&' } else { '?' };
    Ok(ctx.redirect(&format!("{back}{sign}undo={}", undo.written())))
}

fn what(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Trash) => "trash",
        Some(Role::Junk) => "junk",
        Some(Role::Inbox) => "inbox",
        Some(Role::Archive) => "archive",
        Some(Role::Sent | Role::Drafts) | None => "folder",
    }
}

/// `POST /mail/undo`
pub async fn undo(ctx: Ctx) -> Answer {
    let visit = ctx.visit()?;
    let folder = |field| ctx.form.get(field).parse::<FolderId>().map_err(|_| WebError::NotFound);
    let (from, to) = (folder("from")?, folder("to")?);
    let uids = read_uids(ctx.form.get("uids")).ok_or(WebError::NotFound)?;
    let (_, folders) = side::load(&ctx, visit, None).await?;
    let junk = with_role(&folders, Role::Junk)?.id;
    if to == junk || from == junk {
        mark_junk(visit, to, &uids, (from == junk).then_some(true)).await?;
    }
    visit.session.move_messages(to, &uids, from).await.map_err(mail_error)?;
    ctx.done(&format!("/mail/f/{from}"), msg("mail-undone"))
}

/// Numbers as an address carries them: `4:7,9`.
fn written(uids: &UidSet) -> String {
    let range = |range: &std::ops::RangeInclusive<u32>| match (range.start(), range.end()) {
        (start, end) if start == end => start.to_string(),
        (start, end) => format!("{start}:{end}"),
    };
    uids.ranges().iter().map(range).collect::<Vec<_>>().join(",")
}

fn read_uids(text: &str) -> Option<UidSet> {
    let ranges = text.split(',').take(MAX_MESSAGES).map(|range| {
        let (start, end) = range.split_once(':').unwrap_or((range, range));
        Some(start.parse::<u32>().ok()?..=end.parse::<u32>().ok()?)
    });
    ranges.collect::<Option<Vec<_>>>().map(UidSet::from_ranges)
}

impl Undo {
    /// As the address of the list carries it.
    fn written(&self) -> String {
        format!("{}.{}.{}.{}.{}", self.what, self.count, self.from, self.to, self.uids)
    }

    /// Reads it from there; anything odd is nothing to undo.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let what =
            parts.next().filter(|what| ["trash", "junk", "inbox", "archive", "folder"].contains(what))?;
        let count = parts.next()?.parse().ok()?;
        let from: FolderId = parts.next()?.parse().ok()?;
        let to: FolderId = parts.next()?.parse().ok()?;
        let uids = read_uids(parts.next()?)?;
        Some(Undo {
            what: what.to_owned(),
            count,
            from: from.to_string(),
            to: to.to_string(),
            uids: written(&uids),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_undone_travels_in_the_address() {
        let id = "0190a5a0-0000-7000-8000-000000000001";
        let text = format!("trash.3.{id}.{id}.4:5,9");
        let undo = Undo::read(&text).unwrap();
        assert_eq!((undo.count, undo.uids.as_str()), (3, "4:5,9"));
        assert_eq!(undo.written(), text);
        for odd in ["", "trash", "x.1.a.b.c", "trash.3.<b>.x.1", &format!("trash.1.{id}.{id}.x")] {
            assert!(Undo::read(odd).is_none(), "{odd}");
        }
    }
}
