//! The link in messages to somebody who is asked onto a distribution list, or is on it: joining, leaving, not being asked again.
//! Looking changes nothing, for scanners follow links; mail programs send the act of leaving themselves (RFC 8058).

use mailkeep_mailbox::lists::GuestState;
use mailkeep_policy::Shown;
use mailkeep_types::GuestId;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The page of the link.
#[derive(Debug, Serialize)]
pub struct ListLinkPage {
    /// The list's address; nothing where list or guest are not there any more.
    pub list: Option<Shown<String>>,
    /// Its domain.
    pub domain: String,
    /// How the guest stands to it; `gone` where they do not any more.
    pub state: &'static str,
    /// Whether that was said just now.
    pub just_now: bool,
    /// Where its forms lead.
    pub action: String,
}

impl Page for ListLinkPage {
    const TEMPLATE: &'static str = "site/list_link.html";

    fn samples() -> Vec<Self> {
        let page = |state: GuestState, just_now| ListLinkPage {
            list: Some("news@larkspur-books.example".into()),
            domain: "larkspur-books.example".to_owned(),
            state: state.id(),
            just_now,
            action: "/lists/sample".to_owned(),
        };
        let gone = ListLinkPage { list: None, state: "gone", ..page(GuestState::Left, false) };
        vec![
            page(GuestState::Asked, false),
            page(GuestState::Joined, true),
            page(GuestState::Joined, false),
            page(GuestState::Left, true),
            page(GuestState::Left, false),
            page(GuestState::Unreachable, false),
            page(GuestState::Removed, false),
            gone,
        ]
    }
}

fn guest(ctx: &Ctx) -> Result<GuestId, WebError> {
    let token = ctx.params.get("token").map(String::as_str).unwrap_or_default();
    ctx.state.office.read_guest_token(token).ok_or(WebError::NotFound)
}

async fn answer(ctx: &Ctx, guest: GuestId, just_now: bool) -> Answer {
    let linked = ctx.state.office.guest_of_link(guest).await?;
    let page = ListLinkPage {
        list: linked.as_ref().map(|linked| linked.list.text()),
        state: linked.as_ref().map_or("gone", |linked| linked.state.id()),
        domain: linked.map(|linked| linked.domain).unwrap_or_default(),
        just_now,
        action: ctx.path.clone(),
    };
    Ok(super::of_secret_link(ctx.page(&page)?))
}

/// `GET /lists/{token}`
pub async fn show(ctx: Ctx) -> Answer {
    answer(&ctx, guest(&ctx)?, false).await
}

/// `POST /lists/{token}`: answers with 200 and no redirect, whoever sends it.
pub async fn submit(ctx: Ctx) -> Answer {
    let guest = guest(&ctx)?;
    let office = &ctx.state.office;
    let done = if ctx.form.get("List-Unsubscribe") == "One-Click" {
        office.leave_list(guest).await?
    } else if ctx.form.get("act") == "join" {
        office.join_list(guest).await?
    } else {
        return Err(WebError::Bad(msg("one-click-unclear")));
    };
    answer(&ctx, guest, done).await
}
