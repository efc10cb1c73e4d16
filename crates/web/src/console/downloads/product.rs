//! A product: what is said of it, its releases, how often it was downloaded, and what staff did.

use mailkeep_helpdesk::downloads::{Done, ProductDraft, Release, WholeProduct};
use mailkeep_types::{DownloadProductId, Timestamp};
use serde::Serialize;

use crate::console::reports::Cell;
use crate::console::reports::chart::{Chart, Drawing, Series, Stand};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

const FIELDS: &[&str] = &["name", "slug", "summary", "key"];

/// A product, or a new one.
#[derive(Debug, Serialize)]
pub struct ProductPage {
    /// Its number; empty for a new one.
    pub id: String,
    /// What is said of it.
    pub form: Form,
    /// How it stands; nothing for a new one.
    pub stands: Option<Stands>,
}

/// How a product stands.
#[derive(Debug, Serialize)]
pub struct Stands {
    /// Its name.
    pub name: String,
    /// Its address.
    pub slug: String,
    /// Whether readers see it.
    pub seen: bool,
    /// Its releases.
    pub releases: Vec<ReleaseRow>,
    /// Downloads of the last days as a drawing; nothing where there were none.
    pub chart: Option<Chart>,
    /// The days with downloads, the newest first.
    pub days: Vec<(Timestamp, i64)>,
    /// What was done.
    pub acts: Vec<ActRow>,
}

/// A release in the list.
#[derive(Debug, Serialize)]
pub struct ReleaseRow {
    /// Its number.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its channel.
    pub channel: &'static str,
    /// Where it stands.
    pub state: &'static str,
    /// Who may have it.
    pub audience: &'static str,
    /// When it was published.
    pub at: Option<Timestamp>,
    /// How often it was downloaded.
    pub downloads: i64,
}

/// Something that was done.
#[derive(Debug, Serialize)]
pub struct ActRow {
    /// What.
    pub act: &'static str,
    /// With which version or file.
    pub about: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Page for ProductPage {
    const TEMPLATE: &'static str = "console/downloads/product.html";

    fn samples() -> Vec<Self> {
        let row = |version: &str, channel, state, audience, days: i64, downloads| ReleaseRow {
            id: "r".to_owned(),
            version: version.to_owned(),
            channel,
            state,
            audience,
            at: (state != "draft").then(|| samples::days_ago(days)),
            downloads,
        };
        let act = |act, about: &str, days| ActRow {
            act,
            about: about.to_owned(),
            by: "wilma".to_owned(),
            at: samples::days_ago(days),
        };
        let days: Vec<(Timestamp, i64)> =
            (0..30).rev().map(|ago| (samples::days_ago(ago), (ago * 37) % 90)).collect();
        let form = Form::new()
            .with("name", "Desktop Keeper")
            .with("slug", "desktop-keeper")
            .with("summary", "Keeps a copy of your mailboxes on your own disk, encrypted.")
            .with("key", "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3");
        let stands = Stands {
            name: "Desktop Keeper".to_owned(),
            slug: "desktop-keeper".to_owned(),
            seen: true,
            releases: vec![
                row("2.5.0", "stable", "draft", "public", 0, 0),
                row("2.5.0-beta.2", "beta", "published", "registered", 3, 212),
                row("2.4.1", "stable", "published", "public", 12, 8_340),
                row("2.4.0", "stable", "withdrawn", "plans", 14, 417),
            ],
            chart: chart(&days),
            days: newest_with_downloads(&days),
            acts: vec![
                act("published", "2.5.0-beta.2", 3),
                act("withdrew", "2.4.0", 12),
                act("added_file", "keeper.deb", 14),
            ],
        };
        let empty = Stands {
            name: "Mailbox Importer".to_owned(),
            slug: "importer".to_owned(),
            seen: false,
            releases: Vec::new(),
            chart: None,
            days: Vec::new(),
            acts: vec![act("added_product", "Mailbox Importer", 0)],
        };
        vec![
            ProductPage { id: "a".to_owned(), form: form.clone(), stands: Some(stands) },
            ProductPage { id: "b".to_owned(), form: form.with("key", ""), stands: Some(empty) },
            ProductPage {
                id: String::new(),
                form: Form::new().wrong("name", msg("form-required")),
                stands: None,
            },
        ]
    }
}

fn chart(days: &[(Timestamp, i64)]) -> Option<Chart> {
    let name = |at: &Timestamp| Cell::Text(at.to_jiff().strftime("%m-%d").to_string());
    Drawing {
        title: msg("downloads-chart"),
        about: msg("downloads-chart-about").with("n", days.iter().map(|(_, n)| n).sum::<i64>()),
        currency: None,
        stand: Stand::Beside,
        series: vec![Series { colour: 1, name: msg("downloads-count") }],
        groups: days.iter().map(|(at, downloads)| (name(at), vec![*downloads])).collect(),
    }
    .chart()
}

fn newest_with_downloads(days: &[(Timestamp, i64)]) -> Vec<(Timestamp, i64)> {
    days.iter().rev().filter(|(_, downloads)| *downloads > 0).copied().collect()
}

fn form_of(whole: &WholeProduct) -> Form {
    Form::new()
        .with("name", whole.product.name.clone())
        .with("slug", whole.product.slug.clone())
        .with("summary", whole.product.summary.clone())
        .with("key", whole.product.key.clone().unwrap_or_default())
}

async fn page(ctx: &Ctx, id: DownloadProductId, form: Option<Form>) -> Result<ProductPage, WebError> {
    let whole = ctx.state.downloads.whole_product(id).await?;
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let form = form.unwrap_or_else(|| form_of(&whole));
    let days: Vec<(Timestamp, i64)> =
        whole.days.iter().filter_map(|(day, downloads)| Some((Timestamp::of_day(day)?, downloads))).collect();
    let row = |(release, downloads): &(Release, i64)| ReleaseRow {
        id: release.id.to_string(),
        version: release.version.clone(),
        channel: release.channel.word(),
        state: release.state.word(),
        audience: release.audience.word(),
        at: release.published_at,
        downloads: *downloads,
    };
    let act = |done: &Done| ActRow {
        act: done.act.word(),
        about: done.about.clone(),
        by: names.get(&done.staff).cloned().unwrap_or_else(|| done.staff.to_string()),
        at: done.at,
    };
    let stands = Stands {
        name: whole.product.name.clone(),
        slug: whole.product.slug.clone(),
        seen: whole.releases.iter().any(|(release, _)| release.published_at.is_some()),
        releases: whole.releases.iter().map(row).collect(),
        chart: chart(&days),
        days: newest_with_downloads(&days),
        acts: whole.acts.iter().map(act).collect(),
    };
    Ok(ProductPage { id: id.to_string(), form, stands: Some(stands) })
}

/// `GET /console/downloads/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    ctx.page(&ProductPage { id: String::new(), form: Form::new(), stands: None })
}

/// `GET /console/downloads/{product}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let page = page(&ctx, ctx.param("product")?, None).await?;
    ctx.page(&page)
}

async fn put(ctx: &Ctx, id: Option<DownloadProductId>) -> Answer {
    let staff = ctx.who.staff()?.staff;
    let draft = ProductDraft {
        name: ctx.form.get("name").to_owned(),
        slug: ctx.form.get("slug").to_owned(),
        summary: ctx.form.get("summary").to_owned(),
        key: ctx.form.raw("key").to_owned(),
    };
    match ctx.state.downloads.put_product(staff, id, draft).await {
        Ok(id) => ctx.done(&format!("/console/downloads/{id}"), msg("downloads-saved")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, FIELDS)?;
            let page = match id {
                Some(id) => page(ctx, id, Some(form)).await?,
                None => ProductPage { id: String::new(), form, stands: None },
            };
            ctx.refused(&page)
        }
    }
}

/// `POST /console/downloads`
pub async fn submit(ctx: Ctx) -> Answer {
    put(&ctx, None).await
}

/// `POST /console/downloads/{product}`
pub async fn change(ctx: Ctx) -> Answer {
    let id = ctx.param("product")?;
    put(&ctx, Some(id)).await
}
