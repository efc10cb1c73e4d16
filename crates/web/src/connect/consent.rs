//! The page on which a person decides what is passed to a site: once for each site and for as much.

use axum::http::{HeaderValue, header};
use mailkeep_identity::site_sign_ins::ShownShare;
use mailkeep_identity::sites::{Share, Site};
use mailkeep_policy::Shown;
use mailkeep_protocols::openid::addresses;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::messages::Msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::security::content_security_policy;

/// What is asked.
#[derive(Debug, Serialize)]
pub struct ConsentPage {
    /// What the site is called.
    pub title: String,
    /// Its host.
    pub host: String,
    /// Its first page.
    pub home: String,
    /// What would be passed.
    pub shares: Vec<ShareLine>,
    /// What was agreed to before.
    pub had: Vec<Msg>,
    /// Whether the site would know the person by the Registration ID.
    pub numbered: bool,
    /// The person's number.
    pub registration_id: String,
    /// The person's name.
    pub name: Shown<String>,
    /// What the site asks, to be sent again with the answer.
    pub request: String,
}

/// Something that would be passed.
#[derive(Debug, Clone, Serialize)]
pub struct ShareLine {
    /// What.
    pub text: Msg,
    /// The icon's name in the sprite.
    pub icon: &'static str,
    /// What it is now; nothing where the profile has none.
    pub values: Vec<Shown<String>>,
}

/// The words for what is passed.
pub fn words(share: Share) -> Msg {
    Msg { id: format!("share-{}", share.word()).into(), args: Default::default() }
}

const fn icon(share: Share) -> &'static str {
    match share {
        Share::Profile => "user",
        Share::Email => "mail",
        Share::Phone => "phone",
        Share::Address => "home",
    }
}

fn line(shown: ShownShare) -> ShareLine {
    ShareLine { text: words(shown.share), icon: icon(shown.share), values: shown.values }
}

impl Page for ConsentPage {
    const TEMPLATE: &'static str = "connect/consent.html";

    fn samples() -> Vec<Self> {
        let share = |share, values: &[&str]| {
            line(ShownShare { share, values: values.iter().map(|value| (*value).into()).collect() })
        };
        let page = |shares, had, numbered| ConsentPage {
            title: "Larkspur Library".to_owned(),
            host: "library.larkspur.example".to_owned(),
            home: "https://library.larkspur.example/".to_owned(),
            shares,
            had,
            numbered,
            registration_id: "R-7F3K-2Q9M-X".to_owned(),
            name: "Ada Example".into(),
            request: "sample".to_owned(),
        };
        let profile = share(Share::Profile, &["Ada Example", "en", "America/New_York"]);
        let email = share(Share::Email, &["ada@larkspur-books.example"]);
        let address = "12 Larkspur Lane\n10001 New York\nNY\nUS";
        vec![
            page(vec![profile, email], Vec::new(), false),
            page(
                vec![share(Share::Phone, &[]), share(Share::Address, &[address])],
                vec![words(Share::Profile), words(Share::Email)],
                true,
            ),
            page(Vec::new(), Vec::new(), true),
        ]
    }
}

/// What the page is made of.
pub struct Question<'a> {
    /// The site that asks.
    pub site: &'a Site,
    /// The address to which the person is sent back.
    pub address: &'a str,
    /// What would be passed.
    pub shown: Vec<ShownShare>,
    /// What was agreed to before.
    pub had: Vec<Share>,
    /// What the site asks, as a query.
    pub request: String,
}

/// Shows the page. Its form may lead to the site: the page's policy names it.
pub fn ask(ctx: &Ctx, question: Question<'_>) -> Answer {
    let site = question.site;
    let person = ctx.who.person()?;
    let origin = addresses::origin(question.address).unwrap_or_default();
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let mut response = ctx.page(&ConsentPage {
        title: site.title.clone(),
        host: host.to_owned(),
        home: site.home.clone(),
        shares: question.shown.into_iter().map(line).collect(),
        had: question.had.into_iter().map(words).collect(),
        numbered: site.knows_number(&ctx.state.policy),
        registration_id: person.registration_id.to_string(),
        name: ctx.who.greeting.as_ref().map(|greeting| greeting.name.clone()).unwrap_or_default(),
        request: question.request,
    })?;
    let mut forms = ctx.state.config.payment_origins.clone();
    forms.push(origin.to_owned());
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(&forms)) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}
