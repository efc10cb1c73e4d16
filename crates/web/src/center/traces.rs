//! What became of messages of one's mailboxes, for those who look after the domains.

use std::collections::HashMap;

use mailkeep_types::MailboxId;
use serde::Serialize;

use crate::acts;
use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
use crate::traces::{self, Search};

/// The search.
#[derive(Debug, Serialize)]
pub struct TracesPage {
    /// What is asked and found.
    pub search: Search,
}

impl Page for TracesPage {
    const TEMPLATE: &'static str = "center/traces.html";

    fn samples() -> Vec<Self> {
        let mut samples: Vec<Self> =
            Search::samples().into_iter().map(|search| TracesPage { search }).collect();
        for message in samples.iter_mut().filter_map(|page| page.search.found.as_mut()).flatten() {
            message.address = Some("ada@larkspur-books.example".into());
        }
        samples
    }
}

/// `GET /center/traces`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.page(&TracesPage { search: Search::empty(&ctx) })
}

/// `POST /center/traces`: what was found stands in the answer itself, since addresses belong into no address of a page.
pub async fn find(ctx: Ctx) -> Answer {
    let mut search = traces::search(&ctx, ctx.customer()?).await?;
    let mut opened = HashMap::new();
    for message in search.found.iter_mut().flatten() {
        if !opened.contains_key(&message.mailbox)
            && let Ok(id) = message.mailbox.parse::<MailboxId>()
        {
            let summary = ctx.state.office.mailbox_summary(id).await?;
            let address = acts::mailboxes::open_traced(&ctx, summary).await?.address.text();
            opened.insert(message.mailbox.clone(), address);
        }
        message.address = opened.get(&message.mailbox).cloned();
    }
    match search.form.good() {
        true => ctx.page(&TracesPage { search }),
        false => ctx.refused(&TracesPage { search }),
    }
}
