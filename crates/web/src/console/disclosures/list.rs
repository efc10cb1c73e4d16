//! The register as a list.

use std::collections::BTreeMap;

use mailkeep_policy::disclosures::{self, Disclosure, DisclosureState, Ground};
use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;

use crate::console::break_glass::about;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;

/// The register.
#[derive(Debug, Serialize)]
pub struct DisclosuresPage {
    /// The filters.
    pub form: Form,
    /// The grounds to choose from.
    pub grounds: Vec<&'static str>,
    /// The states to choose from.
    pub states: Vec<&'static str>,
    /// The disclosures of this page of the list.
    pub rows: Vec<DisclosureRow>,
    /// Where in the list.
    pub paging: Paging,
    /// The filters as they stand in a link.
    pub query: String,
}

/// A disclosure in a list; no personal data.
#[derive(Debug, Clone, Serialize)]
pub struct DisclosureRow {
    /// Its id.
    pub id: String,
    /// The ground.
    pub ground: &'static str,
    /// For whom it is.
    pub recipient: String,
    /// Whose data, by a number of ours.
    pub about: String,
    /// When it was opened.
    pub at: Timestamp,
    /// Who opened it.
    pub by: String,
    /// Whether the person may not be told of it yet.
    pub sealed: bool,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
}

impl DisclosureRow {
    /// The row of a disclosure.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn of(
        ctx: &Ctx,
        row: &Disclosure,
        names: &BTreeMap<StaffId, String>,
    ) -> Result<Self, WebError> {
        Ok(DisclosureRow {
            id: row.id.to_string(),
            ground: row.ground.id(),
            recipient: row.recipient.clone(),
            about: about(ctx, row.subject).await?,
            at: row.opened_at,
            by: names.get(&row.opened_by).cloned().unwrap_or_default(),
            sealed: row.is_sealed(ctx.state.clock.now()),
            state: row.state().id(),
            tone: tone(row.state()),
        })
    }

    /// A row to look at.
    pub fn sample(state: &'static str, tone: &'static str) -> Self {
        DisclosureRow {
            id: "d".to_owned(),
            ground: "legal_process",
            recipient: "District Court of Example".to_owned(),
            about: "R-7F3K-2Q9M-X".to_owned(),
            at: samples::days_ago(2),
            by: "rosalind".to_owned(),
            sealed: state == "agreed",
            state,
            tone,
        }
    }
}

/// How a state looks.
pub fn tone(state: DisclosureState) -> &'static str {
    match state {
        DisclosureState::Waiting => "warn",
        DisclosureState::Agreed => "note",
        DisclosureState::Produced => "good",
        DisclosureState::Refused => "bad",
    }
}

/// Every state, as a word.
const STATES: [&str; 5] = ["waiting", "agreed", "produced", "refused", "sealed"];

impl Page for DisclosuresPage {
    const TEMPLATE: &'static str = "console/disclosures.html";

    fn samples() -> Vec<Self> {
        let page = |rows: Vec<DisclosureRow>, form| DisclosuresPage {
            form,
            grounds: grounds(),
            states: STATES.to_vec(),
            paging: Paging { page: 1, size: 25, total: i64::try_from(rows.len()).unwrap_or(0) },
            rows,
            query: String::new(),
        };
        vec![
            page(
                vec![
                    DisclosureRow::sample("waiting", "warn"),
                    DisclosureRow::sample("agreed", "note"),
                    DisclosureRow::sample("produced", "good"),
                    DisclosureRow::sample("refused", "bad"),
                ],
                Form::new(),
            ),
            page(Vec::new(), Form::new().with("state", "sealed")),
        ]
    }
}

/// Every ground, as a word.
pub fn grounds() -> Vec<&'static str> {
    Ground::ALL.iter().map(|ground| ground.id()).collect()
}

/// `GET /console/disclosures?ground=…&state=…&q=…`
pub async fn show(ctx: Ctx) -> Answer {
    let (ground, state, text) = (ctx.query.get("ground"), ctx.query.get("state"), ctx.query.get("q"));
    let now = ctx.state.clock.now();
    let mut rows = disclosures::list(&ctx.state.policy).await?;
    rows.retain(|row| {
        (ground.is_empty() || row.ground.id() == ground)
            && (state.is_empty() || row.state().id() == state || state == "sealed" && row.is_sealed(now))
            && (text.is_empty() || row.recipient.to_lowercase().contains(&text.to_lowercase()))
    });
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let mut shown = Vec::new();
    for row in paging.cut(rows) {
        shown.push(DisclosureRow::of(&ctx, &row, &names).await?);
    }
    let form = Form::new().with("ground", ground).with("state", state).with("q", text);
    let encoded = crate::ctx::encode;
    let query = format!("ground={}&state={}&q={}&", encoded(ground), encoded(state), encoded(text));
    ctx.page(&DisclosuresPage {
        form,
        grounds: grounds(),
        states: STATES.to_vec(),
        rows: shown,
        paging,
        query,
    })
}
