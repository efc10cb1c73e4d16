//! A release: what is new, who may have it, its files, and how it stands.

use mailkeep_helpdesk::downloads::{
    Architecture, Audience, Channel, DownloadError, Platform, Product, ReleaseDraft, ReleaseFile,
    WholeRelease,
};
use mailkeep_types::{DownloadProductId, ReleaseId, Timestamp};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::markdown;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

pub(super) const FIELDS: &[&str] = &["version", "notes", "plans"];

/// A release, or a new one.
#[derive(Debug, Serialize)]
pub struct ReleasePage {
    /// Its number; empty for a new one.
    pub id: String,
    /// The number of its product.
    pub product: String,
    /// The name of its product.
    pub name: String,
    /// What is said of it.
    pub form: Form,
    /// Channels to choose from.
    pub channels: Vec<Choose>,
    /// Who may have it.
    pub audiences: Vec<Choose>,
    /// Plans to choose from, and whether each is chosen.
    pub plans: Vec<(Choose, bool)>,
    /// How it stands; nothing for a new one.
    pub stands: Option<Stands>,
}

/// How a release stands.
#[derive(Debug, Serialize)]
pub struct Stands {
    /// Its version.
    pub version: String,
    /// Its state.
    pub state: &'static str,
    /// Its page for readers.
    pub href: String,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Why it was withdrawn, and when.
    pub withdrawn: Option<(String, Timestamp)>,
    /// The form that withdraws it.
    pub withdraw: Form,
    /// What is new, as readers see it.
    pub notes: String,
    /// Its files.
    pub files: Vec<FileRow>,
    /// The form for one more.
    pub upload: Form,
    /// Systems to choose from.
    pub platforms: Vec<Choose>,
    /// Processors to choose from.
    pub architectures: Vec<Choose>,
    /// Whether files must be signed.
    pub signed: bool,
    /// The most bytes of a file.
    pub most_bytes: i64,
}

/// A file.
#[derive(Debug, Serialize)]
pub struct FileRow {
    /// Its number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// For which system.
    pub platform: &'static str,
    /// For which processor.
    pub architecture: &'static str,
    /// How large it is.
    pub bytes: i64,
    /// Its SHA-256.
    pub sha256: String,
    /// Whether its signature was verified.
    pub signed: bool,
    /// How often it was downloaded.
    pub downloads: i64,
}

impl Page for ReleasePage {
    const TEMPLATE: &'static str = "console/downloads/release.html";

    fn samples() -> Vec<Self> {
        let words = |words: &[&str]| words.iter().map(|word| Choose::new(*word, *word)).collect::<Vec<_>>();
        let file = |name: &str, platform, bytes, downloads| FileRow {
            id: "f".to_owned(),
            name: name.to_owned(),
            platform,
            architecture: "x86_64",
            bytes,
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            signed: true,
            downloads,
        };
        let form = Form::new()
            .with("version", "2.4.1")
            .with("channel", "stable")
            .with("audience", "public")
            .with("notes", "## Faster\n\nThe first copy of a mailbox takes **half the time**.");
        let stands = |state, files, withdrawn, upload| Stands {
            version: "2.4.1".to_owned(),
            state,
            href: "/downloads/desktop-keeper/2.4.1".to_owned(),
            published_at: (state != "draft").then(|| samples::days_ago(12)),
            withdrawn,
            withdraw: Form::new(),
            notes: markdown::render_chapters(
                "## Faster\n\nThe first copy of a mailbox takes **half the time**.",
            )
            .html,
            files,
            upload,
            platforms: words(&["windows", "macos", "linux"]),
            architectures: words(&["x86_64", "aarch64"]),
            signed: true,
            most_bytes: 2_147_483_648,
        };
        let page = |form: &Form, stands: Option<Stands>| ReleasePage {
            id: if stands.is_some() { "r".to_owned() } else { String::new() },
            product: "a".to_owned(),
            name: "Desktop Keeper".to_owned(),
            form: form.clone(),
            channels: words(&["stable", "beta", "nightly"]),
            audiences: words(&["public", "registered", "plans"]),
            plans: vec![
                (Choose::new("business", "Business"), true),
                (Choose::new("starter", "Starter"), false),
            ],
            stands,
        };
        let files = || {
            vec![
                file("desktop-keeper-2.4.1-x86_64.deb", "linux", 18_400_000, 5_210),
                file("DesktopKeeper-2.4.1.exe", "windows", 31_900_000, 3_130),
            ]
        };
        let why = ("It could lose the last folder when the disk was full.".to_owned(), samples::days_ago(1));
        let wrong =
            Form::new().wrong("signature", msg("verbatim").with("text", "It does not fit this file."));
        vec![
            page(&form, Some(stands("draft", files(), None, Form::new()))),
            page(&form, Some(stands("draft", Vec::new(), None, wrong))),
            page(&form, Some(stands("published", files(), None, Form::new()))),
            page(&form, Some(stands("withdrawn", files(), Some(why), Form::new()))),
            page(&Form::new().wrong("version", msg("form-required")), None),
        ]
    }
}

/// A form of the page that was not taken.
pub(super) enum Refused {
    /// What is said of the release.
    Release(Form),
    /// A file.
    Upload(Form),
    /// Why it is withdrawn.
    Withdraw(Form),
}

fn words(ctx: &Ctx, words: &[(&str, &'static str)]) -> Vec<Choose> {
    words.iter().map(|(word, text)| Choose::new(*word, ctx.say(text))).collect()
}

async fn blank(ctx: &Ctx, product: &Product, form: Form, chosen: &[String]) -> Result<ReleasePage, WebError> {
    let plans = ctx.state.commerce.list_plans().await?;
    let plans = plans.into_iter().map(|plan| {
        let is_chosen = chosen.contains(&plan.key);
        (Choose::new(plan.key, plan.name), is_chosen)
    });
    Ok(ReleasePage {
        id: String::new(),
        product: product.id.to_string(),
        name: product.name.clone(),
        form,
        channels: words(
            ctx,
            &[
                (Channel::Stable.word(), "download-channel-stable"),
                (Channel::Beta.word(), "download-channel-beta"),
                (Channel::Nightly.word(), "download-channel-nightly"),
            ],
        ),
        audiences: words(
            ctx,
            &[
                (Audience::Public.word(), "download-audience-public"),
                (Audience::Registered.word(), "download-audience-registered"),
                (Audience::Plans.word(), "download-audience-plans"),
            ],
        ),
        plans: plans.collect(),
        stands: None,
    })
}

fn file_row((file, downloads): &(ReleaseFile, i64)) -> FileRow {
    FileRow {
        id: file.id.to_string(),
        name: file.name.clone(),
        platform: file.platform.word(),
        architecture: file.architecture.word(),
        bytes: i64::try_from(file.size_bytes).unwrap_or(i64::MAX),
        sha256: file.sha256_text(),
        signed: file.signature.is_some(),
        downloads: *downloads,
    }
}

fn form_of(whole: &WholeRelease) -> Form {
    Form::new()
        .with("version", whole.release.version.clone())
        .with("channel", whole.release.channel.word())
        .with("audience", whole.release.audience.word())
        .with("notes", whole.release.notes.clone())
}

/// The page of a release; `refused` is a form of it that was not taken.
pub(super) async fn page(
    ctx: &Ctx,
    id: ReleaseId,
    refused: Option<Refused>,
) -> Result<ReleasePage, WebError> {
    let whole = ctx.state.downloads.whole_release(id).await?;
    let (mut form, mut upload, mut withdraw) = (None, Form::new(), Form::new());
    match refused {
        Some(Refused::Release(typed)) => form = Some(typed),
        Some(Refused::Upload(typed)) => upload = typed,
        Some(Refused::Withdraw(typed)) => withdraw = typed,
        None => {}
    }
    let release = &whole.release;
    let chosen: Vec<String> = match form {
        Some(_) => ctx.form.all("plans").map(str::to_owned).collect(),
        None => release.plans.clone(),
    };
    let stands = Stands {
        version: release.version.clone(),
        state: release.state.word(),
        href: format!("/downloads/{}/{}", whole.product.slug, crate::ctx::encode(&release.version)),
        published_at: release.published_at,
        withdrawn: release.reason.clone().zip(release.withdrawn_at),
        withdraw,
        notes: markdown::render_chapters(&release.notes).html,
        files: whole.files.iter().map(file_row).collect(),
        upload,
        platforms: words(
            ctx,
            &[
                (Platform::Windows.word(), "download-platform-windows"),
                (Platform::Macos.word(), "download-platform-macos"),
                (Platform::Linux.word(), "download-platform-linux"),
                (Platform::Android.word(), "download-platform-android"),
                (Platform::Ios.word(), "download-platform-ios"),
                (Platform::Any.word(), "download-platform-any"),
            ],
        ),
        architectures: words(
            ctx,
            &[
                (Architecture::X8664.word(), "download-architecture-x86_64"),
                (Architecture::Aarch64.word(), "download-architecture-aarch64"),
                (Architecture::X86.word(), "download-architecture-x86"),
                (Architecture::Any.word(), "download-architecture-any"),
            ],
        ),
        signed: whole.product.key.is_some(),
        most_bytes: i64::try_from(ctx.state.config.max_download_bytes).unwrap_or(i64::MAX),
    };
    let form = form.unwrap_or_else(|| form_of(&whole));
    let blank = blank(ctx, &whole.product, form, &chosen).await?;
    Ok(ReleasePage { id: id.to_string(), stands: Some(stands), ..blank })
}

/// `GET /console/downloads/{product}/new`: begins with who may have the release before.
pub async fn show_new(ctx: Ctx) -> Answer {
    let whole = ctx.state.downloads.whole_product(ctx.param("product")?).await?;
    let before = whole.releases.first().map(|(release, _)| release);
    let form = Form::new()
        .with("channel", before.map_or(Channel::Stable, |one| one.channel).word())
        .with("audience", before.map_or(Audience::Public, |one| one.audience).word());
    let chosen = before.map(|one| one.plans.clone()).unwrap_or_default();
    let page = blank(&ctx, &whole.product, form, &chosen).await?;
    ctx.page(&page)
}

fn draft(ctx: &Ctx) -> Result<ReleaseDraft, DownloadError> {
    let choose = |field| DownloadError::Field { field, sentence: "Choose one.".to_owned() };
    Ok(ReleaseDraft {
        version: ctx.form.get("version").to_owned(),
        channel: Channel::from_word(ctx.form.get("channel")).ok_or_else(|| choose("channel"))?,
        notes: ctx.form.lines("notes"),
        audience: Audience::from_word(ctx.form.get("audience")).ok_or_else(|| choose("audience"))?,
        plans: ctx.form.all("plans").filter(|plan| !plan.is_empty()).map(str::to_owned).collect(),
    })
}

/// `POST /console/downloads/{product}/releases`
pub async fn submit(ctx: Ctx) -> Answer {
    let (staff, product) = (ctx.who.staff()?.staff, ctx.param::<DownloadProductId>("product")?);
    let begun = match draft(&ctx) {
        Ok(draft) => ctx.state.downloads.begin_release(staff, product, draft).await,
        Err(error) => Err(error),
    };
    match begun {
        Ok(id) => ctx.done(&format!("/console/releases/{id}"), msg("release-begun")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, FIELDS)?;
            let whole = ctx.state.downloads.whole_product(product).await?;
            let chosen: Vec<String> = ctx.form.all("plans").map(str::to_owned).collect();
            let page = blank(&ctx, &whole.product, form, &chosen).await?;
            ctx.refused(&page)
        }
    }
}

/// `GET /console/releases/{product_release}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let page = page(&ctx, ctx.param("product_release")?, None).await?;
    ctx.page(&page)
}

/// `POST /console/releases/{product_release}`
pub async fn change(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<ReleaseId>("product_release")?);
    let written = match draft(&ctx) {
        Ok(draft) => ctx.state.downloads.write_release(staff, id, draft).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(()) => ctx.done(&format!("/console/releases/{id}"), msg("downloads-saved")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, FIELDS)?;
            let page = page(&ctx, id, Some(Refused::Release(form))).await?;
            ctx.refused(&page)
        }
    }
}
