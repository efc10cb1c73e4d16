//! Links of announcements that are counted. Who follows one is not looked at: no cookie is set or read, the count is of the link.

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::IntoResponse;
use mailkeep_types::AnnouncementId;

use crate::announced;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::Answer;

/// Subject and number of a link, e.g. `a0`.
fn read(link: &str) -> Option<(bool, u32)> {
    let (subject, number) = link.split_at_checked(1)?;
    let other = match subject {
        "a" => false,
        "b" => true,
        _ => return None,
    };
    let plain = number.bytes().all(|digit| digit.is_ascii_digit());
    Some((other, number.parse().ok().filter(|_| plain)?))
}

/// `GET /l/{announcement}/{link}`: leads on to where the announcement says.
pub async fn follow(ctx: Ctx) -> Answer {
    let id: AnnouncementId = ctx.param("announcement")?;
    let link: String = ctx.param("link")?;
    let (other, number) = read(&link).ok_or(WebError::NotFound)?;
    let announcement = ctx.state.outreach.announcement_with_links(id).await?;
    let links = announced::links(announcement.format, &announcement.body);
    let place = usize::try_from(number).unwrap_or(usize::MAX);
    let to = links.get(place).ok_or(WebError::NotFound)?;
    // Whoever only asks what is there follows nothing.
    if ctx.method != Method::HEAD {
        ctx.state.outreach.note_click(&announcement, number, other).await?;
    }
    let to = HeaderValue::from_str(to).map_err(WebError::internal)?;
    let head = [
        (header::LOCATION, to),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::FOUND, head).into_response())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn links_are_a_subject_and_a_number() {
        assert_eq!(read("a0"), Some((false, 0)));
        assert_eq!(read("b17"), Some((true, 17)));
        for wrong in ["", "a", "c1", "a-1", "a+1", "a1x", "\u{e9}1", "a99999999999"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
