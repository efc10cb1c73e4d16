//! A program: the newest of each channel, and all that was before.

use mailkeep_helpdesk::downloads::{Channel, Platform, ReleaseState};
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::{ReleaseView, newest_of_each, reader};
use crate::ctx::Ctx;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;

const SIZE: i64 = 20;

/// A program.
#[derive(Debug, Serialize)]
pub struct ProgramPage {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// Systems to choose from.
    pub platforms: Vec<&'static str>,
    /// The system that is chosen.
    pub platform: &'static str,
    /// The release that is offered: the newest of the ripest channel that has one.
    pub offered: Option<ReleaseView>,
    /// The newest of the other channels.
    pub others: Vec<ReleaseView>,
    /// All releases, the newest first.
    pub rows: Vec<ReleaseRow>,
    /// Which page of them.
    pub paging: Paging,
}

/// A release in the list.
#[derive(Debug, Serialize)]
pub struct ReleaseRow {
    /// Its version.
    pub version: String,
    /// Its channel.
    pub channel: &'static str,
    /// When it was published.
    pub at: Option<Timestamp>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

impl Page for ProgramPage {
    const TEMPLATE: &'static str = "site/downloads/program.html";

    fn samples() -> Vec<Self> {
        let row = |version: &str, channel, days, withdrawn| ReleaseRow {
            version: version.to_owned(),
            channel,
            at: Some(samples::days_ago(days)),
            withdrawn,
        };
        let page = |offered: Option<ReleaseView>, others| ProgramPage {
            slug: "desktop-keeper".to_owned(),
            name: "Desktop Keeper".to_owned(),
            summary: "Keeps a copy of your mailboxes on your own disk, encrypted.".to_owned(),
            platforms: vec!["windows", "macos", "linux"],
            platform: "linux",
            offered,
            others,
            rows: vec![
                row("2.5.0-beta.2", "beta", 3, false),
                row("2.4.1", "stable", 12, false),
                row("2.4.0", "stable", 14, true),
                row("2.3.0", "stable", 90, false),
            ],
            paging: Paging { page: 1, size: SIZE, total: 24 },
        };
        let stable = ReleaseView::sample("2.4.1", "stable", 12);
        let mut closed = ReleaseView::sample("2.4.1", "stable", 12);
        (closed.audience, closed.barred) = ("registered", Some("sign-in"));
        vec![
            page(Some(stable), vec![ReleaseView::sample("2.5.0-beta.2", "beta", 3)]),
            page(Some(closed), Vec::new()),
            page(None, Vec::new()),
        ]
    }
}

/// The system that a request comes from, as far as it says; looked at for this answer alone.
fn hinted(agent: &str) -> Option<Platform> {
    // Android says Linux too, and an iPad says Mac OS X.
    let marks = [
        ("Android", Platform::Android),
        ("iPhone", Platform::Ios),
        ("iPad", Platform::Ios),
        ("Windows", Platform::Windows),
        ("Mac OS X", Platform::Macos),
        ("Linux", Platform::Linux),
    ];
    marks.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, platform)| *platform)
}

/// `GET /downloads/{program}?for=…&page=…`
pub async fn show(ctx: Ctx) -> Answer {
    let slug: String = ctx.param("program")?;
    let (product, all) = ctx.state.downloads.seen_product(&slug).await?;
    let (reader, plans) = (reader(&ctx).await?, ctx.state.commerce.list_plans().await?);
    let releases: Vec<_> = all.iter().map(|(release, _)| release.clone()).collect();
    let newest = newest_of_each(&releases);
    let view = |wanted: &mailkeep_helpdesk::downloads::Release| {
        let files =
            all.iter().find(|(release, _)| release.id == wanted.id).map(|(_, files)| files.as_slice());
        ReleaseView::of(&product, wanted, files.unwrap_or_default(), &reader, &plans)
    };
    let mut views: Vec<ReleaseView> = newest.into_iter().map(view).collect();
    let offered = (!views.is_empty()).then(|| views.remove(0));
    let has = |platform: &Platform| {
        offered.iter().flat_map(|release| &release.files).any(|file| file.platform == platform.word())
    };
    let platforms: Vec<Platform> = Platform::ALL
        .iter()
        .copied()
        .filter(|platform| *platform != Platform::Any && has(platform))
        .collect();
    let agent = ctx.headers.get(axum::http::header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let platform = Platform::from_word(ctx.query.get("for"))
        .or_else(|| hinted(agent.unwrap_or_default()))
        .filter(|platform| platforms.contains(platform))
        .or_else(|| platforms.first().copied())
        .unwrap_or(Platform::Any);
    let mut paging = Paging::asked(ctx.query.get("page"), SIZE);
    let rows = paging
        .cut(releases)
        .into_iter()
        .map(|release| ReleaseRow {
            withdrawn: release.state == ReleaseState::Withdrawn,
            channel: Channel::word(release.channel),
            at: release.published_at,
            version: release.version,
        })
        .collect();
    ctx.page(&ProgramPage {
        slug: product.slug,
        name: product.name,
        summary: product.summary,
        platforms: platforms.into_iter().map(Platform::word).collect(),
        platform: platform.word(),
        offered,
        others: views,
        rows,
        paging,
    })
}

#[cfg(test)]
mod tests {
    use mailkeep_helpdesk::downloads::Platform;

    use super::hinted;

    #[test]
    fn a_browser_says_its_system() {
        let table = [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36", Some(Platform::Windows)),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101", Some(Platform::Linux)),
            ("Mozilla/5.0 (Linux; Android 14; Pixel 8)", Some(Platform::Android)),
            ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)", Some(Platform::Ios)),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", Some(Platform::Macos)),
            ("curl/8.9.1", None),
        ];
        for (agent, platform) in table {
            assert_eq!(hinted(agent), platform, "{agent}");
        }
    }
}
