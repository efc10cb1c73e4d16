//! The mailboxes of a list.

use mailkeep_mailbox::lists::GuestFilter;
use mailkeep_types::MailboxId;

use super::one::{Forms, back, page};
use crate::acts::lists::own;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::Answer;

/// `POST /center/lists/{list}/mailboxes`
pub async fn add(ctx: Ctx) -> Answer {
    let list = own(&ctx).await?;
    let mut form = Form::of(&ctx.form);
    if let Some(mailbox) = form.checked(&ctx.form, "mailbox", msg("form-required"), str::parse::<MailboxId>) {
        match ctx.state.office.add_list_mailbox(list.id, mailbox).await {
            Ok(()) => return back(&ctx, &list, msg("list-mailbox-added")),
            Err(error) => form.take(error, &["mailbox"])?,
        }
    }
    let forms = Forms { mailbox: form, ..Forms::default() };
    let page = page(&ctx, &list, GuestFilter::All, forms).await?;
    ctx.refused(&page)
}

/// `POST /center/lists/{list}/mailboxes/{mailbox}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let list = own(&ctx).await?;
    ctx.state.office.remove_list_mailbox(list.id, ctx.param("mailbox")?).await?;
    back(&ctx, &list, msg("list-mailbox-removed"))
}
