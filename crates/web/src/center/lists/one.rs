//! One list: its mailboxes, and the people elsewhere who were asked.

use mailkeep_mailbox::lists::{Guest, GuestFilter, GuestState, ListSummary};
use mailkeep_policy::Shown;
use mailkeep_types::{EmailAddress, Timestamp};
use serde::Serialize;

use super::{ListRow, writers};
use crate::acts;
use crate::acts::lists::own;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::{Answer, TECHNICAL};
use crate::samples;

/// Guests on a page.
const ON_A_PAGE: i64 = 100;

/// One list.
#[derive(Debug, Serialize)]
pub struct ListPage {
    /// The list.
    pub list: ListRow,
    /// Its mailboxes.
    pub mailboxes: Vec<Choose>,
    /// Mailboxes that can be added.
    pub others: Vec<Choose>,
    /// The guests of the page.
    pub guests: Vec<GuestRow>,
    /// Which guests: a state, `all`, or `found` for those with an address that was searched.
    pub shown: &'static str,
    /// Which page of them.
    pub paging: Paging,
    /// How many may be asked in 24 hours, and how many were: nothing where there is no limit.
    pub limit: Option<Limit>,
    /// Addresses to be asked.
    pub form: Form,
    /// A mailbox to be added.
    pub mailbox: Form,
    /// Who may write to it.
    pub writing: Form,
    /// Who may.
    pub writers: Vec<Choose>,
    /// An address that is searched.
    pub search: Form,
    /// Whether the one who asks may change the list.
    pub may_change: bool,
}

/// Somebody elsewhere.
#[derive(Debug, Clone, Serialize)]
pub struct GuestRow {
    /// Its id.
    pub id: String,
    /// The address.
    pub address: Shown<String>,
    /// How they stand to the list.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// Since when.
    pub since: Timestamp,
    /// They were asked twice.
    pub twice: bool,
    /// They may be asked again.
    pub again: bool,
}

/// Invitations of the customer in 24 hours.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Limit {
    /// The most.
    pub most: u64,
    /// How many are left.
    pub left: u64,
}

impl GuestRow {
    fn new(guest: &Guest, address: &Shown<EmailAddress>, now: Timestamp) -> Self {
        GuestRow {
            id: guest.id.to_string(),
            address: address.text(),
            state: guest.state.id(),
            tone: tone(guest.state),
            since: guest.answered_at.unwrap_or(guest.asked_at),
            twice: guest.state == GuestState::Asked && guest.asks > 1,
            again: guest.may_be_asked(now),
        }
    }

    fn sample(local: &str, state: GuestState, twice: bool, again: bool) -> Self {
        GuestRow {
            id: local.to_owned(),
            address: format!("{local}@willow-bank.example").into(),
            state: state.id(),
            tone: tone(state),
            since: samples::now(),
            twice,
            again,
        }
    }
}

const fn tone(state: GuestState) -> &'static str {
    match state {
        GuestState::Joined => "good",
        GuestState::Asked => "note",
        GuestState::Left | GuestState::Removed => "plain",
        GuestState::Unreachable => "warn",
    }
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "center/lists/one.html";

    fn samples() -> Vec<Self> {
        let ada = Choose::new("m", "ada@larkspur-books.example");
        let grace = Choose::new("n", "grace@larkspur-books.example");
        let guests = vec![
            GuestRow::sample("olivia", GuestState::Asked, false, false),
            GuestRow::sample("edsger", GuestState::Asked, false, true),
            GuestRow::sample("barbara-with-a-long-address", GuestState::Joined, false, false),
            GuestRow::sample("kurt", GuestState::Left, false, false),
            GuestRow::sample("alan", GuestState::Unreachable, false, true),
            GuestRow::sample("donald", GuestState::Asked, true, false),
        ];
        let page = |guests, shown, form| ListPage {
            list: ListRow::sample("news", [1, 483, 17, 26, 3]),
            mailboxes: vec![ada.clone()],
            others: vec![grace.clone()],
            guests,
            shown,
            paging: Paging { page: 1, size: ON_A_PAGE, total: 529 },
            limit: Some(Limit { most: 100, left: 83 }),
            form,
            mailbox: Form::new(),
            writing: Form::new().with("writers", "members"),
            writers: writers::samples(),
            search: Form::new(),
            may_change: true,
        };
        let wrong = msg("verbatim").with("text", "Line 2: that is no e-mail address.");
        let typed =
            Form::new().with("addresses", "olivia@willow-bank.example\nedsger@").wrong("addresses", wrong);
        let mut found = page(Vec::new(), "found", Form::new());
        found.paging.total = 0;
        found.search = Form::new().with("address", "nobody@willow-bank.example");
        let mut new = page(Vec::new(), "all", Form::new());
        new.list = ListRow::sample("news", [0; 5]);
        new.mailboxes = Vec::new();
        new.paging.total = 0;
        new.limit = Some(Limit { most: 0, left: 0 });
        vec![page(guests.clone(), "all", Form::new()), page(guests, "all", typed), found, new]
    }
}

/// What a page of a list shows again after a form was refused.
#[derive(Default)]
pub struct Forms {
    /// Addresses to be asked.
    pub invite: Form,
    /// A mailbox to be added.
    pub mailbox: Form,
    /// Who may write to it.
    pub writers: Form,
    /// An address that is searched.
    pub search: Form,
}

/// The page with some of the guests.
pub async fn page(
    ctx: &Ctx,
    list: &ListSummary,
    filter: GuestFilter,
    forms: Forms,
) -> Result<ListPage, WebError> {
    let office = &ctx.state.office;
    let shown = match &filter {
        GuestFilter::All => "all",
        GuestFilter::In(state) => state.id(),
        GuestFilter::Address(_) => "found",
    };
    let paging = Paging::asked(ctx.query.get("page"), ON_A_PAGE);
    let found = office.guests_of_list(list, filter, paging.skip(), paging.size).await?;
    let (addresses, now) = (acts::lists::opened(ctx, &found.guests).await?, ctx.state.clock.now());
    let guests =
        found.guests.iter().zip(&addresses).map(|(guest, address)| GuestRow::new(guest, address, now));
    let members = office.list_mailboxes_of(list.id).await?;
    let (mut mailboxes, mut others) = (Vec::new(), Vec::new());
    for domain in acts::mailboxes::domains(ctx).await? {
        for opened in acts::mailboxes::of_domain(ctx, &domain).await? {
            let place = if members.contains(&opened.summary.id) { &mut mailboxes } else { &mut others };
            place.push(Choose::new(opened.summary.id.to_string(), opened.address.text()));
        }
    }
    let may_change = ctx.has_role(TECHNICAL);
    Ok(ListPage {
        list: ListRow::new(list, &office.open_list(list).await?),
        mailboxes,
        others,
        guests: guests.collect(),
        shown,
        paging: paging.of(i64::try_from(found.total).unwrap_or(i64::MAX)),
        limit: if may_change { limit(ctx, list).await? } else { None },
        form: forms.invite,
        mailbox: forms.mailbox,
        writing: forms.writers.with("writers", list.writers.id()),
        writers: writers::to_choose(ctx),
        search: forms.search,
        may_change,
    })
}

async fn limit(ctx: &Ctx, list: &ListSummary) -> Result<Option<Limit>, WebError> {
    let Some(most) = acts::lists::invitations(ctx, list).await?.most else { return Ok(None) };
    let sent = ctx.state.office.invitations_sent(ctx.customer()?).await?;
    Ok(Some(Limit { most, left: most.saturating_sub(sent) }))
}

/// `GET /center/lists/{list}`; `?state=` narrows the guests.
pub async fn show(ctx: Ctx) -> Answer {
    let list = own(&ctx).await?;
    let state = GuestState::SHOWN.into_iter().find(|state| state.id() == ctx.query.get("state"));
    let page = page(&ctx, &list, state.map_or(GuestFilter::All, GuestFilter::In), Forms::default()).await?;
    ctx.page(&page)
}

/// `POST /center/lists/{list}/find`: what was found stands in the answer, since addresses belong into no address of a page.
pub async fn find(ctx: Ctx) -> Answer {
    let list = own(&ctx).await?;
    let mut search = Form::of(&ctx.form);
    let address = search.checked(&ctx.form, "address", msg("form-email"), EmailAddress::parse);
    let good = address.is_some();
    let filter = address.map_or(GuestFilter::All, GuestFilter::Address);
    let page = page(&ctx, &list, filter, Forms { search, ..Forms::default() }).await?;
    if good { ctx.page(&page) } else { ctx.refused(&page) }
}

/// `POST /center/lists/{list}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let list = own(&ctx).await?;
    ctx.state.office.remove_alias(list.domain, list.id).await?;
    ctx.done("/center/lists", msg("list-removed"))
}

/// Leads back to the list after an act.
pub fn back(ctx: &Ctx, list: &ListSummary, message: Msg) -> Answer {
    ctx.done(&format!("/center/lists/{}", list.id), message)
}
