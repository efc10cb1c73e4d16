//! Views of the desk that staff keep under a name.

use mailkeep_helpdesk::tickets::TicketError;
use mailkeep_helpdesk::views::SavedView;
use serde::Serialize;

use super::narrow::Looked;
use crate::ctx::Ctx;
use crate::error::sentence;
use crate::messages::msg;
use crate::routes::Answer;

/// A view that was kept.
#[derive(Debug, Clone, Serialize)]
pub struct SavedRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is shown.
    pub href: String,
    /// Whether all of support see it.
    pub shared: bool,
    /// Whether the page shows it.
    pub current: bool,
}

impl SavedRow {
    pub(super) fn of(view: SavedView, looked: &Looked) -> Self {
        let kept = Looked { queue: view.queue, filter: view.filter };
        SavedRow {
            id: view.id.to_string(),
            name: view.name,
            href: kept.href(),
            shared: view.shared,
            current: kept == *looked,
        }
    }

    /// A made-up one.
    pub(super) fn sample(name: &str, shared: bool, current: bool) -> Self {
        let href = "/console/tickets?view=all&tag=dns".to_owned();
        SavedRow { id: name.to_lowercase(), name: name.to_owned(), href, shared, current }
    }
}

/// `POST /console/tickets/views`: keeps what the page shows under `name`, for all of support with `shared`.
pub async fn keep(ctx: Ctx) -> Answer {
    let (me, looked) = (ctx.who.staff()?.staff, Looked::of_form(&ctx.form));
    let (name, shared, back) = (ctx.form.get("name"), ctx.form.ticked("shared"), looked.href());
    match ctx.state.desk.keep_view(me, name, shared, looked.queue, looked.filter).await {
        Ok(_) => ctx.done(&back, msg("tickets-view-kept")),
        Err(error @ (TicketError::Field { .. } | TicketError::State(_))) => {
            ctx.sorry(&back, msg("verbatim").with("text", sentence(&error.to_string())))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/tickets/views/{saved_view}/delete`
pub async fn throw_away(ctx: Ctx) -> Answer {
    let (me, back) = (ctx.who.staff()?.staff, Looked::of_form(&ctx.form).href());
    ctx.state.desk.throw_view_away(me, ctx.param("saved_view")?).await?;
    ctx.done(&back, msg("tickets-view-gone"))
}
