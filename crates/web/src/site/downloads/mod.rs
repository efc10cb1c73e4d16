//! Programs to download, as visitors see them: products, releases, files. No page sets a cookie, and none looks at who reads; what
//! the browser says of its system decides at most which files stand first.

pub mod feed;
pub mod file;
pub mod product;
pub mod release;
mod view;

use mailkeep_commerce::subscriptions::SubscriptionStatus;
use mailkeep_helpdesk::downloads::{Barred, Channel, Reader, Release, ReleaseState};
use mailkeep_types::Timestamp;
use serde::Serialize;

pub use view::{FileView, ReleaseView};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes};
use crate::samples;

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    routes.get("/downloads", Permission::Public, show);
    routes.get("/downloads/{program}", Permission::Public, product::show);
    routes.get("/downloads/{program}/feed.json", Permission::Public, feed::json);
    routes.get("/downloads/{program}/feed.atom", Permission::Public, feed::atom);
    routes.get("/downloads/{program}/{release}", Permission::Public, release::show);
    routes.get("/downloads/{program}/{release}/{file}", Permission::Public, file::serve);
}

/// All programs.
#[derive(Debug, Serialize)]
pub struct DownloadsPage {
    /// Each with what is newest.
    pub programs: Vec<ProgramCard>,
}

/// A program in the list.
#[derive(Debug, Serialize)]
pub struct ProgramCard {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// The newest release of each channel.
    pub newest: Vec<Newest>,
}

/// The newest release of a channel.
#[derive(Debug, Clone, Serialize)]
pub struct Newest {
    /// The channel.
    pub channel: &'static str,
    /// The version.
    pub version: String,
    /// When it was published.
    pub at: Option<Timestamp>,
}

impl Page for DownloadsPage {
    const TEMPLATE: &'static str = "site/downloads/home.html";

    fn samples() -> Vec<Self> {
        let newest = |channel, version: &str, days| Newest {
            channel,
            version: version.to_owned(),
            at: Some(samples::days_ago(days)),
        };
        let card = |slug: &str, name: &str, summary: &str, newest| ProgramCard {
            slug: slug.to_owned(),
            name: name.to_owned(),
            summary: summary.to_owned(),
            newest,
        };
        let programs = vec![
            card(
                "desktop-keeper",
                "Desktop Keeper",
                "Keeps a copy of your mailboxes on your own disk, encrypted.",
                vec![newest("stable", "2.4.1", 12), newest("beta", "2.5.0-beta.2", 3)],
            ),
            card(
                "importer",
                "Mailbox Importer",
                "Brings mail from another provider, folder by folder.",
                vec![newest("stable", "1.0.3", 200)],
            ),
        ];
        vec![DownloadsPage { programs }, DownloadsPage { programs: Vec::new() }]
    }
}

/// The newest release of each channel that is to be had; `releases` stand the newest first.
pub(crate) fn newest_of_each(releases: &[Release]) -> Vec<&Release> {
    let newest = |channel: &Channel| {
        releases.iter().find(|one| one.channel == *channel && one.state == ReleaseState::Published)
    };
    Channel::ALL.iter().filter_map(newest).collect()
}

/// `GET /downloads`
pub async fn show(ctx: Ctx) -> Answer {
    let seen = ctx.state.downloads.seen_products().await?;
    let programs = seen
        .into_iter()
        .map(|(product, releases)| ProgramCard {
            slug: product.slug,
            name: product.name,
            summary: product.summary,
            newest: newest_of_each(&releases)
                .into_iter()
                .map(|one| Newest {
                    channel: one.channel.word(),
                    version: one.version.clone(),
                    at: one.published_at,
                })
                .collect(),
        })
        .collect();
    ctx.page(&DownloadsPage { programs })
}

/// Who asks, with the plans that their customers are served under; looked up anew for each answer.
///
/// # Errors
/// When the database fails.
pub(crate) async fn reader(ctx: &Ctx) -> Result<Reader, WebError> {
    let Ok(person) = ctx.access().person_in_browser() else { return Ok(Reader::Visitor) };
    let commerce = &ctx.state.commerce;
    let mut plans = Vec::new();
    for membership in &person.customers {
        for subscription in commerce.list_subscriptions(membership.customer).await? {
            if subscription.status == SubscriptionStatus::Active {
                plans.push(commerce.plan_version(subscription.plan_version).await?.key);
            }
        }
    }
    plans.sort();
    plans.dedup();
    Ok(Reader::Person { plans })
}

/// Why somebody may not have a release, as texts are named.
pub(crate) fn barred_word(barred: Barred) -> &'static str {
    match barred {
        Barred::SignIn => "sign-in",
        Barred::Plans => "plans",
    }
}
