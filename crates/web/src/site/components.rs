//! `/_components`: every component in every state, and every page with its samples. Served in development only, so that
//! a change of style or texts can be seen at once and axe can look at all of it.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::order::choose::Choice;
use crate::bill::Bill;
use crate::chrome::Chrome;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::pages;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;

/// What the components are shown with.
#[derive(Debug, Serialize)]
pub struct ComponentsPage {
    /// A form as it is first seen.
    pub empty: Form,
    /// A form that was filled in.
    pub filled: Form,
    /// A form that was refused.
    pub refused: Form,
    /// What a select field offers.
    pub options: Vec<Choose>,
    /// What choices as cards offer.
    pub choices: Vec<Choice>,
    /// A bill.
    pub bill: Bill,
    /// A list in the middle of its pages.
    pub paging: Paging,
    /// A moment.
    pub at: Timestamp,
    /// The names of the icons.
    pub icons: Vec<String>,
    /// The samples of all pages.
    pub samples: Vec<SampleLink>,
}

/// A sample of a page.
#[derive(Debug, Serialize)]
pub struct SampleLink {
    /// The template.
    pub template: String,
    /// Which of its samples, from 0.
    pub index: usize,
}

impl Page for ComponentsPage {
    const TEMPLATE: &'static str = "site/components.html";

    fn samples() -> Vec<Self> {
        vec![page(Vec::new())]
    }
}

fn page(samples: Vec<SampleLink>) -> ComponentsPage {
    let filled = Form::new()
        .with("name", "Ada Example")
        .with("local", "ada")
        .with("text", "Dear Bo,\n\nso it does.")
        .with("country", "b")
        .with("terms", "yes")
        .with("term", "annual");
    let mut refused = filled.clone();
    for field in ["name", "local", "text", "country", "terms", "term"] {
        refused.refuse(field, msg("form-required"));
    }
    refused.refuse_all(msg("error-forgery-text"));
    let sprite = crate::embedded::ASSETS.iter().find(|asset| asset.name == "icons.svg");
    let sprite = sprite.map(|asset| String::from_utf8_lossy(asset.bytes)).unwrap_or_default();
    let icons = sprite.split("id=\"").skip(1).filter_map(|part| Some(part.split_once('"')?.0.to_owned()));
    ComponentsPage {
        empty: Form::new(),
        filled,
        refused,
        options: vec![Choose::new("a", "First"), Choose::new("b", "Second")],
        choices: vec![
            Choice::new("annual", "Yearly", "Prepaid for a year"),
            Choice::new("monthly", "Monthly", "Month by month"),
        ],
        bill: Bill::sample(),
        paging: Paging { page: 2, size: 20, total: 70 },
        at: samples::minutes_ago(4),
        icons: icons.filter(|icon| icon != "mark").collect(),
        samples,
    }
}

/// `GET /_components`
pub async fn show(ctx: Ctx) -> Answer {
    in_development(&ctx)?;
    let mut links = Vec::new();
    for entry in pages::all() {
        let count = entry.samples(&ctx.state.renderer, &Chrome::sample(entry.template)).len();
        links.extend((0..count).map(|index| SampleLink { template: entry.template.to_owned(), index }));
    }
    ctx.page(&page(links))
}

/// `GET /_components/{index}/{*template}`: one sample of a page.
pub async fn sample(ctx: Ctx) -> Answer {
    in_development(&ctx)?;
    let index: usize = ctx.param("index")?;
    let template: String = ctx.param("template")?;
    let found = pages::all()
        .iter()
        .filter(|entry| entry.template == template)
        .flat_map(|entry| entry.samples(&ctx.state.renderer, &Chrome::sample(entry.template)))
        .nth(index)
        .ok_or(WebError::NotFound)?;
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], found.html?).into_response();
    // Files that people take along carry their style in themselves.
    if template.starts_with("copies/") {
        let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

fn in_development(ctx: &Ctx) -> Result<(), WebError> {
    if ctx.state.config.development { Ok(()) } else { Err(WebError::NotFound) }
}
