//! Programs to download, for staff who publish: products, releases, files, and how often they were downloaded.

pub mod act;
pub mod files;
pub mod product;
pub mod release;

use mailkeep_helpdesk::downloads::{ProductEntry, ReleaseState};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};
use crate::samples;
use crate::site::downloads::newest_of_each;

/// What a form with a file has beside it: its fields and what stands between the parts.
const BESIDE_BYTES: usize = 256 * 1024;

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let publish = Permission::Staff(StaffPermission::Downloads);
    routes.get("/console/downloads", publish, show);
    routes.post("/console/downloads", publish, product::submit);
    routes.get("/console/downloads/new", publish, product::show_new);
    routes.get("/console/downloads/{product}", publish, product::show_one);
    routes.post("/console/downloads/{product}", publish, product::change);
    routes.get("/console/downloads/{product}/new", publish, release::show_new);
    routes.post("/console/downloads/{product}/releases", publish, release::submit);
    routes.get("/console/releases/{product_release}", publish, release::show_one);
    routes.post("/console/releases/{product_release}", publish, release::change);
    routes.post("/console/releases/{product_release}/publish", publish, act::publish);
    routes.post("/console/releases/{product_release}/withdraw", publish, act::withdraw);
    routes.post("/console/releases/{product_release}/remove", publish, act::remove);
    let most = usize::try_from(routes.state().config.max_download_bytes).unwrap_or(usize::MAX);
    routes.stream(
        "/console/releases/{product_release}/files",
        publish,
        most.saturating_add(BESIDE_BYTES),
        files::take,
    );
    routes.post("/console/releases/{product_release}/files/{release_file}/remove", publish, files::remove);
}

/// The products.
#[derive(Debug, Serialize)]
pub struct ProductsPage {
    /// Each with what is newest.
    pub rows: Vec<ProductRow>,
}

/// A product in the list.
#[derive(Debug, Serialize)]
pub struct ProductRow {
    /// Its number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// Channel and version of the newest releases.
    pub newest: Vec<(&'static str, String)>,
    /// How many drafts wait.
    pub drafts: usize,
    /// Whether its files must be signed.
    pub signed: bool,
    /// When something was published last.
    pub at: Option<Timestamp>,
    /// How often its files were downloaded, ever.
    pub downloads: i64,
}

impl Page for ProductsPage {
    const TEMPLATE: &'static str = "console/downloads/list.html";

    fn samples() -> Vec<Self> {
        let rows = vec![
            ProductRow {
                id: "a".to_owned(),
                name: "Desktop Keeper".to_owned(),
                summary: "Keeps a copy of your mailboxes on your own disk, encrypted.".to_owned(),
                newest: vec![("stable", "2.4.1".to_owned()), ("beta", "2.5.0-beta.2".to_owned())],
                drafts: 1,
                signed: true,
                at: Some(samples::days_ago(3)),
                downloads: 18_204,
            },
            ProductRow {
                id: "b".to_owned(),
                name: "Mailbox Importer".to_owned(),
                summary: "Brings mail from another provider, folder by folder.".to_owned(),
                newest: Vec::new(),
                drafts: 1,
                signed: false,
                at: None,
                downloads: 0,
            },
        ];
        vec![ProductsPage { rows }, ProductsPage { rows: Vec::new() }]
    }
}

fn row(entry: ProductEntry) -> ProductRow {
    let newest = newest_of_each(&entry.releases).into_iter();
    ProductRow {
        newest: newest.map(|one| (one.channel.word(), one.version.clone())).collect(),
        drafts: entry.releases.iter().filter(|one| one.state == ReleaseState::Draft).count(),
        at: entry.releases.iter().filter_map(|one| one.published_at).max(),
        id: entry.product.id.to_string(),
        name: entry.product.name,
        summary: entry.product.summary,
        signed: entry.product.key.is_some(),
        downloads: entry.downloads,
    }
}

/// `GET /console/downloads`
pub async fn show(ctx: Ctx) -> Answer {
    let rows = ctx.state.downloads.list_products().await?.into_iter().map(row).collect();
    ctx.page(&ProductsPage { rows })
}
