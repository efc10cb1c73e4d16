//! What was in force before, what is announced, and what changes from one policy to another: tables are compared, not texts.

use std::collections::HashMap;

use mailkeep_policy::file::diff::{CellChange, Change, Direction, Needs, diff};
use mailkeep_policy::versions::{self, Announcement, Version};
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::{PolicyPage, Standing, hex};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::routes::Answer;

/// Every policy that was in force.
#[derive(Debug, Serialize)]
pub struct VersionsPage {
    /// Those that are announced, the next first.
    pub coming: Vec<VersionRow>,
    /// Those that were in force, newest first.
    pub stood: Vec<VersionRow>,
}

/// A policy in the list.
#[derive(Debug, Clone, Serialize)]
pub struct VersionRow {
    /// The policy id.
    pub id: String,
    /// As the file names itself.
    pub version: String,
    /// From when.
    pub from: Timestamp,
    /// Until when; `None` for the one in force and for those to come.
    pub until: Option<Timestamp>,
    /// How many persons were told, of those that are announced.
    pub told: Option<i64>,
    /// How many changes widen, and how many narrow; `None` for the first.
    pub changes: Option<(usize, usize)>,
}

impl Page for VersionsPage {
    const TEMPLATE: &'static str = "site/policy/versions.html";

    fn samples() -> Vec<Self> {
        let at = crate::samples::now();
        let row = |id: &str, version: &str, until, told, changes| VersionRow {
            id: id.repeat(32),
            version: version.to_owned(),
            from: at,
            until,
            told,
            changes,
        };
        vec![
            VersionsPage {
                coming: vec![row("3c", "2026-12-24", None, Some(1204), Some((2, 1)))],
                stood: vec![
                    row("9f", "2026-03-01", None, None, Some((0, 3))),
                    row("1a", "2025-06-01", Some(at), None, None),
                ],
            },
            VersionsPage { coming: Vec::new(), stood: vec![row("9f", "2026-03-01", None, None, None)] },
        ]
    }
}

/// What changes from one policy to another.
#[derive(Debug, Serialize)]
pub struct ChangesPage {
    /// The other policy.
    pub before: Option<VersionRow>,
    /// The one that is looked at.
    pub after: VersionRow,
    /// Whether it is only announced.
    pub coming: bool,
    /// More is allowed, kept longer, or sent with less choice.
    pub widened: Vec<ChangeRow>,
    /// Less.
    pub narrowed: Vec<ChangeRow>,
    /// Other words for the same.
    pub reworded: Vec<ChangeRow>,
    /// When people were told, where notice was due.
    pub announced_at: Option<Timestamp>,
}

/// A change.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    /// In the words of the program.
    pub what: String,
    /// nothing, notice, consent.
    pub needs: Needs,
    /// Where a cell of the table changes: who, what, for what, on which facts.
    pub cell: Option<CellChange>,
}

impl From<&Change> for ChangeRow {
    fn from(change: &Change) -> Self {
        ChangeRow { what: change.what.clone(), needs: change.needs, cell: change.cell.clone() }
    }
}

impl ChangesPage {
    fn new(before: Option<VersionRow>, after: VersionRow, changes: &[Change]) -> Self {
        let of = |direction| {
            changes.iter().filter(|change| change.direction == direction).map(ChangeRow::from).collect()
        };
        ChangesPage {
            before,
            after,
            coming: false,
            widened: of(Direction::Widened),
            narrowed: of(Direction::Narrowed),
            reworded: of(Direction::Reworded),
            announced_at: None,
        }
    }
}

impl Page for ChangesPage {
    const TEMPLATE: &'static str = "site/policy/changes.html";

    fn samples() -> Vec<Self> {
        let at = crate::samples::now();
        let row = |id: &str, version: &str| VersionRow {
            id: id.repeat(32),
            version: version.to_owned(),
            from: at,
            until: None,
            told: None,
            changes: None,
        };
        let change =
            |direction, needs, what: &str, cell| Change { direction, needs, what: what.to_owned(), cell };
        let cell = CellChange {
            role: "support",
            act: "read",
            purpose: "troubleshoot",
            categories: vec!["identity", "contact"],
            facts: vec![vec!["open_ticket"]],
        };
        let wider = change(Direction::Widened, Needs::Notice, "support may now read", Some(cell));
        let changes = [
            wider,
            change(
                Direction::Widened,
                Needs::Consent,
                "messages of class marketing: opt_out instead of opt_in",
                None,
            ),
            change(Direction::Narrowed, Needs::Nothing, "fraud_signal is kept 90 days instead of 180", None),
            change(Direction::Reworded, Needs::Nothing, "the promise P9 has other words", None),
        ];
        let mut full = ChangesPage::new(Some(row("1a", "2025-06-01")), row("9f", "2026-03-01"), &changes);
        full.announced_at = Some(at);
        let mut coming =
            ChangesPage::new(Some(row("9f", "2026-03-01")), row("3c", "2026-12-24"), &changes[..1]);
        coming.coming = true;
        vec![full, coming, ChangesPage::new(None, row("1a", "2025-06-01"), &[])]
    }
}

fn compared(before: &str, after: &str) -> (usize, usize) {
    let changes = versions::changes(before, after);
    let count = |direction| changes.iter().filter(|change| change.direction == direction).count();
    (count(Direction::Widened), count(Direction::Narrowed))
}

fn rows(list: &[Version]) -> Vec<VersionRow> {
    let row = |(index, version): (usize, &Version)| VersionRow {
        id: hex(&version.policy_id),
        version: version.version.clone(),
        from: version.from,
        until: index.checked_sub(1).and_then(|later| list.get(later)).map(|later| later.from),
        told: None,
        changes: list.get(index + 1).map(|before| compared(&before.text, &version.text)),
    };
    list.iter().enumerate().map(row).collect()
}

fn coming(next: &Announcement, now: Option<&Version>) -> VersionRow {
    VersionRow {
        id: hex(&next.policy_id),
        version: next.version.clone(),
        from: next.from,
        until: None,
        told: Some(next.told),
        changes: now.map(|now| compared(&now.text, &next.text)),
    }
}

/// `GET /policy/versions`
pub async fn list(ctx: Ctx) -> Answer {
    let policy = &ctx.state.policy;
    let (list, announced) = (versions::list(policy).await?, versions::announcements(policy).await?);
    ctx.page(&VersionsPage {
        coming: announced.iter().map(|next| coming(next, list.first())).collect(),
        stood: rows(&list),
    })
}

/// `GET /policy/versions/{version}`: a policy as it stood.
pub async fn show(ctx: Ctx) -> Answer {
    let policy = &ctx.state.policy;
    let id: String = ctx.param("version")?;
    if id == policy.compiled().id_text() {
        return Ok(ctx.redirect("/policy"));
    }
    let found = versions::find(policy, &id).await?.ok_or(WebError::NotFound)?;
    let list = versions::list(policy).await?;
    let stood = list.iter().find(|version| hex(&version.policy_id) == id);
    let mut page = PolicyPage::new(&found, &ctx.state.config.company, HashMap::new());
    page.standing = if stood.is_some() { Standing::Former } else { Standing::Coming };
    page.from = match stood {
        Some(version) => Some(version.from),
        None => versions::announcements(policy)
            .await?
            .iter()
            .find(|next| hex(&next.policy_id) == id)
            .map(|next| next.from),
    };
    ctx.page(&page)
}

/// `GET /policy/versions/{version}/changes`: against the one before, or `?since=` another.
pub async fn changes(ctx: Ctx) -> Answer {
    let policy = &ctx.state.policy;
    let id: String = ctx.param("version")?;
    let after = versions::find(policy, &id).await?.ok_or(WebError::NotFound)?;
    let (list, announced) = (versions::list(policy).await?, versions::announcements(policy).await?);
    let rows = rows(&list);
    let place = rows.iter().position(|row| row.id == id);
    let next = announced.iter().find(|next| hex(&next.policy_id) == id);
    let head = match (place, next) {
        (Some(place), _) => rows[place].clone(),
        (None, Some(next)) => coming(next, list.first()),
        (None, None) => return Err(WebError::NotFound),
    };
    let other = match ctx.query.get("since") {
        "" => rows.get(place.map_or(0, |place| place + 1)).cloned(),
        since => Some(rows.iter().find(|row| row.id == since).cloned().ok_or(WebError::NotFound)?),
    };
    let found = match &other {
        None => Vec::new(),
        Some(other) => match versions::find(policy, &other.id).await? {
            Some(before) => diff(&before, &after),
            None => return Err(WebError::NotFound),
        },
    };
    let mut page = ChangesPage::new(other, head, &found);
    page.coming = place.is_none();
    page.announced_at = versions::announced_at(policy, &after.id).await?;
    ctx.page(&page)
}
