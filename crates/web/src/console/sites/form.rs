//! One site: registered, changed, with a new secret that is shown once, closed and opened again.

use mailkeep_identity::sites::{ListedSite, SiteForm};
use mailkeep_types::{SiteId, Timestamp};
use serde::Serialize;

use super::state;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// The fields whose refusals stand beside them.
const FIELDS: &[&str] =
    &["title", "home", "listed_as", "categories", "numbered", "addresses", "signed_out_addresses", "told_at"];

/// A site, or the form for a new one.
#[derive(Debug, Serialize)]
pub struct SitePage {
    /// What is registered; nothing for a new one.
    pub site: Option<Registered>,
    /// What stands in the form.
    pub form: Form,
    /// As what it can be registered.
    pub kinds: Vec<Kind>,
    /// The categories that can be ticked.
    pub categories: Vec<CategoryBox>,
    /// Its secret, shown this once.
    pub secret: Option<String>,
    /// The name of the provider, for whoever builds the site.
    pub issuer: String,
}

/// What is registered.
#[derive(Debug, Clone, Serialize)]
pub struct Registered {
    /// Its id: the `client_id`.
    pub id: String,
    /// What persons know it by.
    pub title: String,
    /// How it stands.
    pub state: &'static str,
    /// Whether it keeps a secret.
    pub confidential: bool,
    /// How many persons agreed.
    pub persons: i64,
    /// Since when.
    pub created_at: Timestamp,
    /// Since when it could not be told of people who were signed out.
    pub unheard_since: Option<Timestamp>,
}

/// A recipient of the policy file as which a site can be registered.
#[derive(Debug, Clone, Serialize)]
pub struct Kind {
    /// Its word.
    pub id: String,
    /// Who it is, in the words of the policy.
    pub words: String,
    /// What it may receive.
    pub categories: Vec<String>,
    /// Whether it may have the Registration ID.
    pub registration_id: bool,
}

/// A category to tick.
#[derive(Debug, Clone, Serialize)]
pub struct CategoryBox {
    /// Its word in the policy.
    pub id: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

impl Page for SitePage {
    const TEMPLATE: &'static str = "console/sites/form.html";

    fn samples() -> Vec<Self> {
        let kind = |id: &str, words: &str, categories: &[&str], registration_id| Kind {
            id: id.to_owned(),
            words: words.to_owned(),
            categories: categories.iter().map(|word| (*word).to_owned()).collect(),
            registration_id,
        };
        let kinds = vec![
            kind("own-sites", "our other sites, when you sign in to them", &["identity", "contact"], true),
            kind("other-sites", "sites of others, when you sign in to them", &["identity"], false),
        ];
        let page = |site, form, secret: Option<&str>| SitePage {
            site,
            form,
            kinds: kinds.clone(),
            categories: ["identity", "contact", "postal"]
                .map(|id| CategoryBox { id: id.to_owned(), ticked: id == "identity" })
                .to_vec(),
            secret: secret.map(str::to_owned),
            issuer: "https://mailkeep.example".to_owned(),
        };
        let registered = |state, confidential| Registered {
            id: "018f6a5e-0000-7000-8000-0000000000aa".to_owned(),
            title: "Larkspur Library".to_owned(),
            state,
            confidential,
            persons: 1_204,
            created_at: samples::days_ago(40),
            unheard_since: confidential.then(|| samples::days_ago(2)),
        };
        let filled = Form::new()
            .with("title", "Larkspur Library")
            .with("home", "https://library.larkspur.example/")
            .with("listed_as", "own-sites")
            .with("numbered", "yes")
            .with("addresses", "https://library.larkspur.example/signed-in")
            .with("signed_out_addresses", "https://library.larkspur.example/")
            .with("told_at", "https://library.larkspur.example/signed-out-here");
        let wrong = Form::new()
            .with("title", "Forum")
            .with("listed_as", "other-sites")
            .with("keeps_secret", "yes")
            .wrong("home", msg("form-required"))
            .wrong("categories", msg("form-required"))
            .wrong("addresses", msg("form-required"));
        vec![
            page(Some(registered("open", true)), filled.clone(), Some("mks_sample")),
            page(Some(registered("disabled", false)), filled, None),
            page(None, wrong, None),
        ]
    }
}

/// `GET /console/sites/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let first = ctx.state.policy.compiled().site_terms().into_iter().next();
    let listed_as = first.map(|terms| terms.id).unwrap_or_default();
    let form = Form::new().with("listed_as", listed_as).with("keeps_secret", "yes");
    ctx.page(&page(&ctx, None, form, &["identity"], None))
}

/// `POST /console/sites/new`
pub async fn register(ctx: Ctx) -> Answer {
    let ticked: Vec<&str> = ctx.form.all("categories").collect();
    let mut form = Form::of(&ctx.form);
    match ctx.state.identity.register_site(ctx.access(), given(&ctx)).await {
        Ok(new) => {
            // Shown in the answer itself: a secret belongs neither into an address nor into a cookie.
            let listed = ctx.state.identity.show_site(ctx.access(), new.id).await?;
            let secret = new.secret.map(|secret| secret.expose().to_owned());
            ctx.page(&registered(&ctx, listed, secret))
        }
        Err(error) => {
            form.take(error, FIELDS)?;
            ctx.refused(&page(&ctx, None, form, &ticked, None))
        }
    }
}

/// `GET /console/sites/{site}`
pub async fn show(ctx: Ctx) -> Answer {
    let listed = ctx.state.identity.show_site(ctx.access(), ctx.param("site")?).await?;
    ctx.page(&registered(&ctx, listed, None))
}

/// `POST /console/sites/{site}`
pub async fn change(ctx: Ctx) -> Answer {
    let id: SiteId = ctx.param("site")?;
    let ticked: Vec<&str> = ctx.form.all("categories").collect();
    let listed = ctx.state.identity.show_site(ctx.access(), id).await?;
    match ctx.state.identity.change_site(ctx.access(), id, given(&ctx)).await {
        Ok(()) => ctx.done(&format!("/console/sites/{id}"), msg("site-changed")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, FIELDS)?;
            ctx.refused(&page(&ctx, Some(listed), form, &ticked, None))
        }
    }
}

/// `POST /console/sites/{site}/secret`
pub async fn renew_secret(ctx: Ctx) -> Answer {
    let id: SiteId = ctx.param("site")?;
    let secret = ctx.state.identity.renew_site_secret(ctx.access(), id).await?;
    let listed = ctx.state.identity.show_site(ctx.access(), id).await?;
    ctx.page(&registered(&ctx, listed, Some(secret.expose().to_owned())))
}

/// `POST /console/sites/{site}/disable`
pub async fn disable(ctx: Ctx) -> Answer {
    set_disabled(&ctx, true, "site-disabled").await
}

/// `POST /console/sites/{site}/enable`
pub async fn enable(ctx: Ctx) -> Answer {
    set_disabled(&ctx, false, "site-enabled").await
}

async fn set_disabled(ctx: &Ctx, disabled: bool, done: &'static str) -> Answer {
    let id: SiteId = ctx.param("site")?;
    ctx.state.identity.set_site_disabled(ctx.access(), id, disabled).await?;
    ctx.done(&format!("/console/sites/{id}"), msg(done))
}

fn given(ctx: &Ctx) -> SiteForm {
    let text = |name: &str| ctx.form.get(name).to_owned();
    SiteForm {
        title: text("title"),
        home: text("home"),
        listed_as: text("listed_as"),
        categories: ctx.form.all("categories").map(str::to_owned).collect(),
        numbered: ctx.form.ticked("numbered"),
        confidential: ctx.form.get("keeps_secret") == "yes",
        addresses: text("addresses"),
        signed_out_addresses: text("signed_out_addresses"),
        told_at: text("told_at"),
    }
}

/// The page of a site as it is registered.
fn registered(ctx: &Ctx, listed: ListedSite, secret: Option<String>) -> SitePage {
    let site = &listed.site;
    let mut form = Form::new()
        .with("title", site.title.as_str())
        .with("home", site.home.as_str())
        .with("listed_as", site.listed_as.as_str())
        .with("addresses", site.addresses.join("\n"))
        .with("signed_out_addresses", site.signed_out_addresses.join("\n"))
        .with("told_at", site.told_at.clone().unwrap_or_default());
    if site.numbered {
        form = form.with("numbered", "yes");
    }
    let ticked: Vec<&str> = site.categories.iter().map(|category| category.id()).collect();
    page(ctx, Some(listed), form, &ticked, secret)
}

fn page(
    ctx: &Ctx,
    listed: Option<ListedSite>,
    form: Form,
    ticked: &[&str],
    secret: Option<String>,
) -> SitePage {
    let policy = &ctx.state.policy;
    let kinds: Vec<Kind> = policy
        .compiled()
        .site_terms()
        .into_iter()
        .map(|terms| Kind {
            id: terms.id,
            words: terms.words,
            categories: terms.categories.iter().map(|category| category.id().to_owned()).collect(),
            registration_id: terms.registration_id,
        })
        .collect();
    let mut categories: Vec<CategoryBox> = Vec::new();
    let of_kinds = kinds.iter().flat_map(|kind| kind.categories.iter().map(String::as_str));
    for id in of_kinds.chain(ticked.iter().copied()) {
        if !categories.iter().any(|known| known.id == id) {
            categories.push(CategoryBox { id: id.to_owned(), ticked: ticked.contains(&id) });
        }
    }
    SitePage {
        site: listed.map(|listed| Registered {
            id: listed.site.id.to_string(),
            state: state(&listed.site, policy),
            confidential: listed.site.confidential,
            persons: listed.persons,
            created_at: listed.site.created_at,
            unheard_since: listed.site.unheard_since,
            title: listed.site.title,
        }),
        form,
        kinds,
        categories,
        secret,
        issuer: ctx.state.config.public_url.trim_end_matches('/').to_owned(),
    }
}
