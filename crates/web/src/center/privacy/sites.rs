//! The sites that the person signed in to with the Registration ID: what is passed to each, and the way to take it back.

use std::collections::BTreeMap;

use mailkeep_identity::site_sign_ins::SiteConsentView;
use mailkeep_identity::sites::Share;
use mailkeep_policy::FactKind;
use mailkeep_policy::ledger::FoundUse;
use mailkeep_types::{SiteConsentId, Timestamp};
use serde::Serialize;

use crate::connect::consent::words;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::uses::UseLine;

/// The sites of the person.
#[derive(Debug, Serialize)]
pub struct SitesPage {
    /// The sites, the one used last first.
    pub sites: Vec<SiteRow>,
    /// The person's number.
    pub registration_id: String,
}

/// A site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteRow {
    /// The agreement.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its first page.
    pub home: String,
    /// What is passed to it.
    pub shares: Vec<Msg>,
    /// Whether it knows the person by the Registration ID.
    pub numbered: bool,
    /// Since when.
    pub given_at: Timestamp,
    /// When the person last signed in to it.
    pub used_at: Timestamp,
    /// Whether the person is signed in to it.
    pub signed_in: bool,
}

impl Page for SitesPage {
    const TEMPLATE: &'static str = "center/privacy/sites.html";

    fn samples() -> Vec<Self> {
        let row = |id: &str, title: &str, shares: &[Share], numbered, days| SiteRow {
            id: id.to_owned(),
            title: title.to_owned(),
            home: format!("https://{id}.larkspur.example/"),
            shares: shares.iter().map(|share| words(*share)).collect(),
            numbered,
            given_at: samples::days_ago(days),
            used_at: samples::days_ago(days / 3),
            signed_in: days < 10,
        };
        let page = |sites| SitesPage { sites, registration_id: "R-7F3K-2Q9M-X".to_owned() };
        vec![
            page(vec![
                row("library", "Larkspur Library", &[Share::Profile, Share::Email], true, 3),
                row("forum", "Growers’ Forum", &[], false, 90),
            ]),
            page(Vec::new()),
        ]
    }
}

fn row(view: SiteConsentView) -> SiteRow {
    SiteRow {
        id: view.id.to_string(),
        title: view.title,
        home: view.home,
        shares: view.shares.into_iter().map(words).collect(),
        numbered: view.numbered,
        given_at: view.given_at,
        used_at: view.used_at,
        signed_in: view.signed_in > 0,
    }
}

/// `GET /center/privacy/sites`
pub async fn show(ctx: Ctx) -> Answer {
    let sites = ctx.state.identity.list_site_consents(ctx.access()).await?;
    let registration_id = ctx.who.person()?.registration_id.to_string();
    ctx.page(&SitesPage { sites: sites.into_iter().map(row).collect(), registration_id })
}

/// `POST /center/privacy/sites/{consent}/withdraw`
pub async fn withdraw(ctx: Ctx) -> Answer {
    ctx.state.identity.withdraw_site_consent(ctx.access(), ctx.param("consent")?).await?;
    ctx.done("/center/privacy/sites", msg("sites-withdrawn"))
}

/// Says beside each use to which site something was passed: the entry names the agreement.
pub(super) async fn name_sites(ctx: &Ctx, found: &[FoundUse], lines: &mut [UseLine]) -> Result<(), WebError> {
    let passed = |found: &FoundUse| found.entry.fact == FactKind::SiteConsent.id();
    if !found.iter().any(passed) {
        return Ok(());
    }
    let named: BTreeMap<SiteConsentId, String> = ctx.state.identity.name_agreed_sites(ctx.access()).await?;
    for (found, line) in found.iter().zip(lines) {
        if passed(found) {
            line.site = named.get(&SiteConsentId::from_uuid(found.entry.fact_id)).cloned();
        }
    }
    Ok(())
}
