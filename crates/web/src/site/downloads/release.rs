//! One release: its files, how to check them, and what is new.

use axum::http::StatusCode;
use serde::Serialize;

use super::{ReleaseView, newest_of_each, reader};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// A release.
#[derive(Debug, Serialize)]
pub struct ReleasePage {
    /// The address of its program.
    pub slug: String,
    /// The name of its program.
    pub name: String,
    /// The release.
    pub release: ReleaseView,
    /// A newer version of the same channel.
    pub newer: Option<String>,
    /// Whether a file of it was asked for and not given.
    pub refused: bool,
}

impl Page for ReleasePage {
    const TEMPLATE: &'static str = "site/downloads/release.html";

    fn samples() -> Vec<Self> {
        let page = |release, newer: Option<&str>, refused| ReleasePage {
            slug: "desktop-keeper".to_owned(),
            name: "Desktop Keeper".to_owned(),
            release,
            newer: newer.map(str::to_owned),
            refused,
        };
        let mut withdrawn = ReleaseView::sample("2.4.0", "stable", 14);
        withdrawn.withdrawn =
            Some(("It could lose the last folder when the disk was full.".to_owned(), samples::days_ago(12)));
        withdrawn.files.clear();
        let mut closed = ReleaseView::sample("2.4.1", "stable", 12);
        (closed.audience, closed.barred) = ("plans", Some("plans"));
        closed.plans = vec!["Business".to_owned(), "Enterprise".to_owned()];
        let mut unsigned = ReleaseView::sample("2.3.0", "stable", 90);
        for file in &mut unsigned.files {
            file.key = None;
        }
        unsigned.notes.clear();
        vec![
            page(ReleaseView::sample("2.4.1", "stable", 12), None, false),
            page(withdrawn, Some("2.4.1"), true),
            page(closed, None, true),
            page(unsigned, Some("2.4.1"), false),
        ]
    }
}

/// The page of a release.
///
/// # Errors
/// [`WebError::NotFound`].
pub(super) async fn page(ctx: &Ctx, refused: bool) -> Result<ReleasePage, WebError> {
    let (slug, version): (String, String) = (ctx.param("program")?, ctx.param("release")?);
    let (product, all) = ctx.state.downloads.seen_product(&slug).await?;
    let (reader, plans) = (reader(ctx).await?, ctx.state.commerce.list_plans().await?);
    let releases: Vec<_> = all.iter().map(|(release, _)| release.clone()).collect();
    let (release, files) = all.iter().find(|(one, _)| one.version == version).ok_or(WebError::NotFound)?;
    let place = |id| releases.iter().position(|one| one.id == id);
    let newer = newest_of_each(&releases)
        .into_iter()
        .find(|newest| newest.channel == release.channel && place(newest.id) < place(release.id));
    // Whoever had a version that was withdrawn needs another, also an older one.
    let instead = newest_of_each(&releases).into_iter().find(|newest| newest.channel == release.channel);
    let newer = if release.withdrawn_at.is_some() { instead } else { newer };
    Ok(ReleasePage {
        newer: newer.map(|one| one.version.clone()),
        release: ReleaseView::of(&product, release, files, &reader, &plans),
        slug: product.slug.clone(),
        name: product.name.clone(),
        refused,
    })
}

/// `GET /downloads/{program}/{release}`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, false).await?;
    ctx.page(&page)
}

/// Says why a file is not given.
///
/// # Errors
/// A mistake in the template.
pub(super) async fn refuse(ctx: &Ctx, status: StatusCode) -> Answer {
    let page = page(ctx, true).await?;
    ctx.page_with(status, &page)
}
