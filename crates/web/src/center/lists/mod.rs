//! Distribution lists: addresses that lead to several mailboxes, and to people elsewhere who said themselves that they want it.

pub mod guests;
mod mailboxes;
pub mod one;
mod writers;

use mailkeep_mailbox::addresses::NewList;
use mailkeep_mailbox::lists::{GuestState, ListSummary, Writers};
use mailkeep_policy::Shown;
use mailkeep_types::{DomainId, EmailAddress};
use serde::Serialize;

use crate::acts;
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::{ANY_ROLE, Answer, Permission, Routes, TECHNICAL};

/// Declares the routes of lists.
pub fn routes(routes: &mut Routes) {
    let (look, change) = (Permission::CustomerRole(ANY_ROLE), Permission::CustomerRole(TECHNICAL));
    routes.get("/center/lists", look, show);
    routes.post("/center/lists", change, make);
    routes.get("/center/lists/{list}", look, one::show);
    routes.post("/center/lists/{list}/find", look, one::find);
    routes.post("/center/lists/{list}/remove", change, one::remove);
    routes.post("/center/lists/{list}/writers", change, writers::change);
    routes.post("/center/lists/{list}/mailboxes", change, mailboxes::add);
    routes.post("/center/lists/{list}/mailboxes/{mailbox}/remove", change, mailboxes::remove);
    routes.post("/center/lists/{list}/guests", change, guests::invite);
    routes.post("/center/lists/{list}/guests/{guest}/ask", change, guests::ask_again);
    routes.post("/center/lists/{list}/guests/{guest}/remove", change, guests::remove);
}

/// The lists of the customer.
#[derive(Debug, Serialize)]
pub struct ListsPage {
    /// The lists.
    pub lists: Vec<ListRow>,
    /// Domains where one can be made.
    pub domains: Vec<Choose>,
    /// Who may write to a new one.
    pub writers: Vec<Choose>,
    /// A new list.
    pub form: Form,
    /// Whether the one who asks may change them.
    pub may_change: bool,
}

/// A list with its figures.
#[derive(Debug, Clone, Serialize)]
pub struct ListRow {
    /// Its id.
    pub id: String,
    /// The address.
    pub address: Shown<String>,
    /// Mailboxes that get its messages.
    pub mailboxes: u64,
    /// People elsewhere who joined.
    pub joined: u64,
    /// Who was asked and did not answer.
    pub asked: u64,
    /// Who left or said no.
    pub left: u64,
    /// Whose address is gone.
    pub unreachable: u64,
}

impl ListRow {
    fn new(list: &ListSummary, address: &Shown<EmailAddress>) -> Self {
        ListRow {
            id: list.id.to_string(),
            address: address.text(),
            mailboxes: list.mailboxes,
            joined: list.count(GuestState::Joined),
            asked: list.count(GuestState::Asked),
            left: list.count(GuestState::Left),
            unreachable: list.count(GuestState::Unreachable),
        }
    }

    fn sample(local: &str, [mailboxes, joined, asked, left, unreachable]: [u64; 5]) -> Self {
        let address = format!("{local}@larkspur-books.example").into();
        ListRow { id: local.to_owned(), address, mailboxes, joined, asked, left, unreachable }
    }
}

impl Page for ListsPage {
    const TEMPLATE: &'static str = "center/lists/all.html";

    fn samples() -> Vec<Self> {
        let domains = vec![
            Choose::new("a", "@larkspur-books.example"),
            Choose::new("b", "@larkspur-reading-rooms.example"),
        ];
        let page = |lists, domains, form: Form| ListsPage {
            lists,
            domains,
            writers: writers::samples(),
            form: form.with("writers", Writers::Members.id()),
            may_change: true,
        };
        let rows = vec![
            ListRow::sample("everybody", [12, 0, 0, 0, 0]),
            ListRow::sample("news", [2, 483, 17, 26, 3]),
        ];
        let wrong = Form::new().with("local", "news").wrong("local", msg("field-taken"));
        vec![
            page(rows, domains.clone(), Form::new()),
            page(Vec::new(), domains, wrong),
            page(Vec::new(), Vec::new(), Form::new()),
        ]
    }
}

async fn page(ctx: &Ctx, form: Form) -> Result<ListsPage, WebError> {
    let office = &ctx.state.office;
    let mut lists = Vec::new();
    for list in office.lists_of_customer(ctx.customer()?).await? {
        lists.push(ListRow::new(&list, &office.open_list(&list).await?));
    }
    let domains = acts::mailboxes::domains(ctx).await?;
    let domains =
        domains.iter().map(|domain| Choose::new(domain.id.to_string(), format!("@{}", domain.name)));
    Ok(ListsPage {
        lists,
        domains: domains.collect(),
        writers: writers::to_choose(ctx),
        form,
        may_change: ctx.has_role(TECHNICAL),
    })
}

/// `GET /center/lists`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new().with("writers", Writers::Members.id())).await?;
    ctx.page(&page)
}

/// `POST /center/lists`
pub async fn make(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let local = form.required(&ctx.form, "local").to_owned();
    let domain = form.checked(&ctx.form, "domain", msg("form-required"), str::parse::<DomainId>);
    if form.good()
        && let Some(id) = domain
    {
        let domains = acts::mailboxes::domains(&ctx).await?;
        let domain = domains.into_iter().find(|domain| domain.id == id).ok_or(WebError::NotFound)?;
        match EmailAddress::from_parts(&local, domain.name.clone()) {
            // What stands after a plus is taken off when mail comes.
            Ok(address) if !local.contains('+') => {
                // Whoever says nothing gets the careful one.
                let writers = Writers::from_id(ctx.form.get("writers")).unwrap_or(Writers::Members);
                let new = NewList { domain: id, address, mailboxes: Vec::new(), writers };
                match ctx.state.office.add_list(new).await {
                    Ok(list) => return ctx.done(&format!("/center/lists/{list}"), msg("list-made")),
                    Err(mailkeep_mailbox::MailError::Refused(refusal)) => {
                        form.refuse("local", msg("verbatim").with("text", sentence(&refusal.to_string())));
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            _ => form.refuse("local", msg("mailbox-local-wrong")),
        }
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}
