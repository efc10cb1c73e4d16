//! On the way back to a site after a form of ours. A browser does not let the answer to a form lead to another host unless the
//! form's page names it, and the sign-in page knows no site; so this page stands between, and leads on by itself.

use axum::http::{HeaderName, HeaderValue};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;

/// On the way back to a site.
#[derive(Debug, Serialize)]
pub struct OnTheWayPage {
    /// What the site is called.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

impl Page for OnTheWayPage {
    const TEMPLATE: &'static str = "connect/on_the_way.html";

    fn samples() -> Vec<Self> {
        let href = "https://library.example/back?code=sample".to_owned();
        vec![OnTheWayPage { title: "Larkspur Library".to_owned(), href }]
    }
}

/// Shows the page, which leads on at once.
pub fn lead_on(ctx: &Ctx, title: &str, href: String) -> Answer {
    let refresh = HeaderValue::from_str(&format!("0; url={href}"));
    let mut response = ctx.page(&OnTheWayPage { title: title.to_owned(), href })?;
    if let Ok(refresh) = refresh {
        response.headers_mut().insert(HeaderName::from_static("refresh"), refresh);
    }
    Ok(response)
}
