//! People elsewhere: asking them, asking again, taking them off.

use mailkeep_mailbox::lists::{GuestFilter, Invited, ListSummary, Unasked};
use mailkeep_mailbox::{MailError, MailRefusal};
use mailkeep_types::GuestId;

use super::one::{Forms, back, page};
use crate::acts::lists::{MOST_AT_ONCE, Pasted, invitations, mistakes, opened, own, read};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::routes::Answer;

/// `POST /center/lists/{list}/guests`: all addresses are asked, or nobody when something is wrong with one.
pub async fn invite(ctx: Ctx) -> Answer {
    let list = own(&ctx).await?;
    let mut form = Form::of(&ctx.form);
    let pasted = read(form.required(&ctx.form, "addresses"));
    let asked = match fault(&ctx, &pasted) {
        Some(fault) => {
            form.refuse("addresses", fault);
            None
        }
        None if form.good() => ask(&ctx, &list, pasted, &mut form).await?,
        None => None,
    };
    if let Some(message) = asked {
        return back(&ctx, &list, message);
    }
    let page = page(&ctx, &list, GuestFilter::All, Forms { invite: form, ..Forms::default() }).await?;
    ctx.refused(&page)
}

/// What is wrong with what was pasted, before anybody is looked up.
fn fault(ctx: &Ctx, pasted: &Pasted) -> Option<Msg> {
    if pasted.addresses.len() > MOST_AT_ONCE {
        return Some(count("list-too-many", MOST_AT_ONCE as u64));
    }
    let faults: Vec<_> = pasted.wrong.iter().map(|line| (*line, "list-line-no-address")).collect();
    (!faults.is_empty()).then(|| mistakes(ctx, &faults))
}

async fn ask(
    ctx: &Ctx,
    list: &ListSummary,
    pasted: Pasted,
    form: &mut Form,
) -> Result<Option<Msg>, WebError> {
    let how = invitations(ctx, list).await?;
    let lines = pasted.lines;
    match ctx.state.office.invite_guests(list.id, pasted.addresses, how).await {
        Ok(Invited::Sent { asked: 0, .. }) => Ok(Some(msg("list-asked-known"))),
        Ok(Invited::Sent { asked, .. }) => Ok(Some(count("list-asked", asked as u64))),
        Ok(Invited::Not(faults)) => {
            let why =
                |(at, why): &(usize, Unasked)| (lines.get(*at).copied().unwrap_or_default(), words(*why));
            let faults: Vec<_> = faults.iter().map(why).collect();
            form.refuse("addresses", mistakes(ctx, &faults));
            Ok(None)
        }
        Err(MailError::Refused(refusal)) => {
            form.refuse("addresses", refused(&refusal).ok_or(MailError::Refused(refusal))?);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

const fn words(why: Unasked) -> &'static str {
    match why {
        Unasked::Declined => "list-line-declined",
        Unasked::AskedBefore => "list-line-asked",
        Unasked::OwnDomain => "list-line-own",
    }
}

/// A refusal in the reader's language.
fn refused(refusal: &MailRefusal) -> Option<Msg> {
    Some(match refusal {
        MailRefusal::Invitations(0) => msg("list-no-invitations"),
        MailRefusal::Invitations(most) => count("list-over", *most),
        MailRefusal::ListMembers(most) => count("list-full", *most as u64),
        MailRefusal::AskedBefore => msg("list-asked-before"),
        MailRefusal::Declined => msg("list-declined"),
        _ => return None,
    })
}

fn count(id: &'static str, n: u64) -> Msg {
    msg(id).with("n", i64::try_from(n).unwrap_or(i64::MAX))
}

/// `POST /center/lists/{list}/guests/{guest}/ask`
pub async fn ask_again(ctx: Ctx) -> Answer {
    let list = own(&ctx).await?;
    let id: GuestId = ctx.param("guest")?;
    let guest = ctx.state.office.guest(list.id, id).await?;
    let address = opened(&ctx, &[guest]).await?.into_iter().next().ok_or(WebError::NotFound)?;
    let how = invitations(&ctx, &list).await?;
    match ctx.state.office.ask_guest_again(list.id, id, &address, how).await {
        Ok(()) => back(&ctx, &list, count("list-asked", 1)),
        Err(MailError::Refused(refusal)) => match refused(&refusal) {
            Some(message) => ctx.sorry(&format!("/center/lists/{}", list.id), message),
            None => Err(MailError::Refused(refusal).into()),
        },
        Err(error) => Err(error.into()),
    }
}

/// `POST /center/lists/{list}/guests/{guest}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let list = own(&ctx).await?;
    ctx.state.office.remove_guest(list.id, ctx.param("guest")?).await?;
    back(&ctx, &list, msg("list-guest-removed"))
}
