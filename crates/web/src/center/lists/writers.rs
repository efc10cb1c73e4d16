//! Who may write to a list.

use mailkeep_mailbox::lists::{GuestFilter, Writers};

use super::one::{Forms, back, page};
use crate::acts::lists::own;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::routes::Answer;

/// What there is to choose.
pub fn to_choose(ctx: &Ctx) -> Vec<Choose> {
    Writers::ALL.iter().map(|writers| Choose::new(writers.id(), ctx.say(text_of(*writers)))).collect()
}

pub fn samples() -> Vec<Choose> {
    vec![
        Choose::new("members", "Mailboxes of yours, and people elsewhere who joined"),
        Choose::new("inside", "Mailboxes of yours alone"),
        Choose::new("anyone", "Whoever knows the address"),
    ]
}

const fn text_of(writers: Writers) -> &'static str {
    match writers {
        Writers::Anyone => "list-writers-anyone",
        Writers::Members => "list-writers-members",
        Writers::Inside => "list-writers-inside",
    }
}

/// `POST /center/lists/{list}/writers`
pub async fn change(ctx: Ctx) -> Answer {
    let list = own(&ctx).await?;
    let mut form = Form::of(&ctx.form);
    let Some(writers) = Writers::from_id(ctx.form.get("writers")) else {
        form.refuse("writers", msg("form-required"));
        let forms = Forms { writers: form, ..Forms::default() };
        let page = page(&ctx, &list, GuestFilter::All, forms).await?;
        return ctx.refused(&page);
    };
    ctx.state.office.set_list_writers(list.id, writers).await?;
    back(&ctx, &list, msg("list-writers-saved"))
}
