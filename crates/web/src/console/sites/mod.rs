//! Sites that persons sign in to with their Registration ID: registered here, each for what the policy lets its kind have.

pub mod form;

use mailkeep_identity::sites::{ListedSite, Site};
use mailkeep_policy::Policy;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};
use crate::samples;

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let keep = Permission::Staff(StaffPermission::Sites);
    routes.get("/console/sites", keep, show);
    routes.get("/console/sites/new", keep, form::show_new);
    routes.post("/console/sites/new", keep, form::register);
    routes.get("/console/sites/{site}", keep, form::show);
    routes.post("/console/sites/{site}", keep, form::change);
    routes.post("/console/sites/{site}/secret", keep, form::renew_secret);
    routes.post("/console/sites/{site}/disable", keep, form::disable);
    routes.post("/console/sites/{site}/enable", keep, form::enable);
}

/// The sites.
#[derive(Debug, Serialize)]
pub struct SitesPage {
    /// Every site, by its title.
    pub sites: Vec<SiteRow>,
}

/// A site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteRow {
    /// Its id.
    pub id: String,
    /// What persons know it by.
    pub title: String,
    /// Its first page.
    pub home: String,
    /// As which recipient it is registered, in the words of the policy.
    pub kind: String,
    /// What may be passed to it now.
    pub categories: Vec<String>,
    /// Whether it knows people by their Registration ID.
    pub numbered: bool,
    /// How many persons agreed.
    pub persons: i64,
    /// `open`, `less` (the policy took something away), `unknown` (its kind is gone from the policy) or `disabled`.
    pub state: &'static str,
    /// When its registration was last changed.
    pub changed_at: Timestamp,
}

impl Page for SitesPage {
    const TEMPLATE: &'static str = "console/sites/list.html";

    fn samples() -> Vec<Self> {
        let row = |title: &str, categories: &[&str], numbered, persons, state| SiteRow {
            id: title.to_lowercase().replace(' ', "-"),
            title: title.to_owned(),
            home: format!("https://{}.example/", title.to_lowercase().replace(' ', "-")),
            kind: if numbered { "own-sites" } else { "other-sites" }.to_owned(),
            categories: categories.iter().map(|word| (*word).to_owned()).collect(),
            numbered,
            persons,
            state,
            changed_at: samples::days_ago(12),
        };
        vec![
            SitesPage {
                sites: vec![
                    row("Larkspur Library", &["identity", "contact"], true, 1_204, "open"),
                    row("Growers Forum", &["identity"], false, 37, "less"),
                    row("Old Shop", &[], false, 0, "disabled"),
                ],
            },
            SitesPage { sites: Vec::new() },
        ]
    }
}

/// How a site stands.
fn state(site: &Site, policy: &Policy) -> &'static str {
    let terms = policy.compiled().terms_of_site(&site.listed_as);
    match terms {
        _ if site.disabled => "disabled",
        None => "unknown",
        Some(terms) => {
            let kept = site.categories.iter().all(|category| terms.categories.contains(category));
            if kept && (terms.registration_id || !site.numbered) { "open" } else { "less" }
        }
    }
}

fn row(listed: ListedSite, policy: &Policy) -> SiteRow {
    let site = listed.site;
    let mut categories: Vec<String> =
        site.may_receive(policy).into_iter().map(|share| share.category().id().to_owned()).collect();
    categories.dedup();
    SiteRow {
        id: site.id.to_string(),
        state: state(&site, policy),
        numbered: site.knows_number(policy),
        categories,
        persons: listed.persons,
        kind: site.listed_as,
        title: site.title,
        home: site.home,
        changed_at: site.changed_at,
    }
}

/// `GET /console/sites`
pub async fn show(ctx: Ctx) -> Answer {
    let sites = ctx.state.identity.list_sites(ctx.access()).await?;
    let policy = &ctx.state.policy;
    ctx.page(&SitesPage { sites: sites.into_iter().map(|listed| row(listed, policy)).collect() })
}
