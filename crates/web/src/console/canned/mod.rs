//! Canned replies for staff who answer: all of them, found by a word.

pub mod edit;

use mailkeep_helpdesk::canned::CannedHead;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};
use crate::samples;

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let answer = Permission::Staff(StaffPermission::Tickets);
    routes.get("/console/canned-replies", answer, show);
    routes.post("/console/canned-replies", answer, edit::submit);
    routes.get("/console/canned-replies/new", answer, edit::show_new);
    routes.get("/console/canned-replies/{canned_reply}", answer, edit::show_one);
    routes.post("/console/canned-replies/{canned_reply}", answer, edit::change);
    routes.post("/console/canned-replies/{canned_reply}/delete", answer, edit::throw_away);
}

/// The canned replies.
#[derive(Debug, Serialize)]
pub struct CannedPage {
    /// The word that is looked for.
    pub q: String,
    /// Those that have it.
    pub rows: Vec<CannedRow>,
}

/// A canned reply in the list.
#[derive(Debug, Clone, Serialize)]
pub struct CannedRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: String,
    /// Its department; nothing when it is for all.
    pub department: Option<String>,
    /// Its language.
    pub language: String,
    /// When it was written last.
    pub at: Timestamp,
}

impl Page for CannedPage {
    const TEMPLATE: &'static str = "console/canned/list.html";

    fn samples() -> Vec<Self> {
        let row = |title: &str, category: &str, department: Option<&str>, language: &str| CannedRow {
            id: "a".to_owned(),
            title: title.to_owned(),
            category: category.to_owned(),
            department: department.map(str::to_owned),
            language: language.to_owned(),
            at: samples::days_ago(3),
        };
        let rows = vec![
            row("Der SPF-Eintrag fehlt", "Zones", Some("support"), "de"),
            row("The SPF record is missing", "Zones", Some("support"), "en"),
            row("We look into it", "", None, "en"),
        ];
        vec![
            CannedPage { q: String::new(), rows },
            CannedPage { q: "fax".to_owned(), rows: Vec::new() },
            CannedPage { q: String::new(), rows: Vec::new() },
        ]
    }
}

fn row(head: CannedHead) -> CannedRow {
    CannedRow {
        id: head.id.to_string(),
        title: head.title,
        category: head.category,
        department: head.department,
        language: head.language,
        at: head.changed_at,
    }
}

/// `GET /console/canned-replies?q=…`
pub async fn show(ctx: Ctx) -> Answer {
    let q = ctx.query.get("q").to_owned();
    let word = q.to_lowercase();
    let all = ctx.state.desk.list_canned().await?;
    let has = |text: &str| text.to_lowercase().contains(&word);
    let found = all.into_iter().filter(|head| has(&head.title) || has(&head.category));
    ctx.page(&CannedPage { rows: found.map(row).collect(), q })
}
