//! A message as a reader gets it, in a frame beside its draft.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::announced;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::mail::{Announced, Choosing, Rendering, page_of};
use crate::offers;
use crate::routes::Answer;

/// `GET /console/announcements/{announcement}/preview?as=light|dark|phone|text`: the message as a reader gets it, in a frame.
pub async fn show(ctx: Ctx) -> Answer {
    let announcement = ctx.state.outreach.announcement(ctx.param("announcement")?).await?;
    let Some(template) = announcement.template() else {
        return Err(WebError::NotFound);
    };
    let choosing = Choosing::preview(&ctx.state.config, &announcement.topic);
    // Where a survey is sent by it, each reader has a link of their own; this one leads nowhere.
    let survey = ctx.state.outreach.survey_of(announcement.id).await?.map(|_| "preview");
    let offer = match announcement.offer {
        Some(offer) => offers::words(&ctx, offer.coupon, &announcement.language).await?,
        None => None,
    };
    let body = announced::render(announcement.format, &announcement.body).map_err(|_| WebError::NotFound)?;
    let page = announcement.has_page().then(|| page_of(&ctx.state.config, announcement.id));
    let what = Rendering {
        language: &announcement.language,
        now: ctx.state.clock.now(),
        template,
        context: &json!({ "survey": survey }),
        choosing: Some(&choosing),
        announced: Some(Announced { title: &announcement.title, body: &body, page: page.as_deref() }),
        offer: offer.as_ref(),
    };
    let mail =
        crate::mail::render(&ctx.state.renderer, &ctx.state.config, &what).map_err(WebError::internal)?;
    let sheet = data_encoding::BASE64.encode(&Sha256::digest(body.sheet.as_bytes()));
    let (kind, body) = match ctx.query.get("as") {
        "text" => ("text/plain; charset=utf-8", mail.text),
        "dark" => {
            let sheet = crate::assets::address("mail-dark.css").unwrap_or_default();
            let link = format!("<link rel=\"stylesheet\" href=\"{sheet}\"></head>");
            ("text/html; charset=utf-8", mail.html.replacen("</head>", &link, 1))
        }
        _ => ("text/html; charset=utf-8", mail.html),
    };
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    let headers = response.headers_mut();
    // The message is as wide as its reader's screen by attributes, as mail programs want it.
    let policy = format!(
        "default-src 'none'; style-src 'self' 'sha256-{sheet}'; style-src-attr 'unsafe-inline'; img-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    );
    let policy = HeaderValue::from_str(&policy).map_err(WebError::internal)?;
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    Ok(response)
}
