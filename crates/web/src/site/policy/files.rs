//! The policy for programs: JSON with the marks and the terms of the W3C Data Privacy Vocabulary, and Markdown. Both carry
//! an entity tag, so that whoever watches the policy asks cheaply.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mailkeep_policy::checks::newest_marks;
use mailkeep_policy::file::CompiledPolicy;
use mailkeep_policy::{dpv, page, versions};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{MarkView, hex};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::Answer;

/// A weak entity tag over what an answer depends on.
pub fn tag(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    format!("W/\"{}\"", data_encoding::HEXLOWER.encode(&hash.finalize()[..12]))
}

/// Whether the asker has the copy with this tag.
pub fn has(ctx: &Ctx, tag: &str) -> bool {
    let known = ctx.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag || one.trim() == "*"))
}

/// The asker's copy is the newest.
pub fn unchanged(tag: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn tagged(ctx: &Ctx, kind: &'static str, body: String) -> Response {
    let tag = tag(&[&body]);
    if has(ctx, &tag) {
        return unchanged(&tag);
    }
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    (headers, body).into_response()
}

const JSON: &str = "application/json";
const MARKDOWN: &str = "text/markdown; charset=utf-8";

fn model(ctx: &Ctx, policy: &CompiledPolicy) -> Result<Value, WebError> {
    let address = format!("{}/policy", ctx.state.config.public_url.trim_end_matches('/'));
    let page = page::page(policy, &ctx.state.config.company);
    Ok(json!({
        "policy": serde_json::to_value(page).map_err(WebError::internal)?,
        "data_privacy_vocabulary": dpv::document(policy, &address),
    }))
}

/// `GET /policy.json`
pub async fn json(ctx: Ctx) -> Answer {
    let policy = &ctx.state.policy;
    let mut model = model(&ctx, policy.compiled())?;
    let marks = newest_marks(policy).await?;
    let kept = policy.compiled().kept_promises().map(|promise| promise.id.get_ref());
    let marks: serde_json::Map<String, Value> = kept
        .filter_map(|id| Some((id.clone(), serde_json::to_value(MarkView::of(marks.get(id)?)).ok()?)))
        .collect();
    model["marks"] = Value::Object(marks);
    let stood = versions::list(policy).await?;
    model["versions"] = stood
        .iter()
        .map(|version| {
            let id = hex(&version.policy_id);
            json!({ "policy_id": id, "version": version.version, "from": version.from.to_string(),
                "address": format!("/policy/versions/{id}/policy.json") })
        })
        .collect();
    let body = serde_json::to_string_pretty(&model).map_err(WebError::internal)?;
    Ok(tagged(&ctx, JSON, body))
}

/// `GET /policy.md`
pub async fn markdown(ctx: Ctx) -> Answer {
    let page = ctx.state.policy.page(&ctx.state.config.company);
    Ok(tagged(&ctx, MARKDOWN, page::markdown(&page).map_err(WebError::internal)?))
}

async fn named(ctx: &Ctx) -> Result<CompiledPolicy, WebError> {
    let id: String = ctx.param("version")?;
    versions::find(&ctx.state.policy, &id).await?.ok_or(WebError::NotFound)
}

/// `GET /policy/versions/{version}/policy.json`
pub async fn json_of(ctx: Ctx) -> Answer {
    let policy = named(&ctx).await?;
    let body = serde_json::to_string_pretty(&model(&ctx, &policy)?).map_err(WebError::internal)?;
    Ok(tagged(&ctx, JSON, body))
}

/// `GET /policy/versions/{version}/policy.md`
pub async fn markdown_of(ctx: Ctx) -> Answer {
    let page = page::page(&named(&ctx).await?, &ctx.state.config.company);
    Ok(tagged(&ctx, MARKDOWN, page::markdown(&page).map_err(WebError::internal)?))
}

/// The words between `<main>` and `</main>`, without what changes from check to check (`data-live`): what the check compares
/// that the page served is the page enforced.
pub fn words(html: &str) -> Vec<String> {
    let main = html.split_once("<main").map_or("", |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(inner, _)| inner);
    let mut words = Vec::new();
    // While within an element that is left out: its name, and how many of that name are open.
    let mut left_out: Option<(String, usize)> = None;
    for part in main.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').next();
        let name = name.unwrap_or_default().to_owned();
        left_out = match left_out {
            Some((open, count)) if open == name && closes && count == 1 => None,
            Some((open, count)) if open == name => Some((open, if closes { count - 1 } else { count + 1 })),
            None if !closes && tag.contains(" data-live") => Some((name, 1)),
            other => other,
        };
        if left_out.is_none() {
            words.extend(text.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_changes_by_itself_is_left_out_and_nothing_else() {
        let page = "<body><main id=\"main\"><p>We sell <b>nothing</b>.</p><span data-live><span>Proven</span> now</span> \
                    <i>Not</i> this</main>more</body>";
        assert_eq!(words(page), ["We", "sell", "nothing", ".", "Not", "this"]);
    }
}
