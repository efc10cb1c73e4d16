//! What a handler knows of its request, and how it answers.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::ops::Deref;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use mailkeep_commerce::brands::BrandConfig;
use mailkeep_policy::{Shown, sink};

use crate::chrome::{Brand, Chrome, Flash, Tone};
use crate::config::WebConfig;
use crate::cookies;
use crate::error::WebError;
use crate::form::Submitted;
use crate::messages::Msg;
use crate::outside;
use crate::page::Page;
use crate::routes::Answer;
use crate::state::WebState;
use crate::upload::{Arriving, Upload};
use crate::webmail::Visit;
use crate::who::Who;

/// The request, after the guard let it in. A cheap clone.
#[derive(Clone)]
pub struct Ctx(Arc<Request>);

/// The parts of a request that handlers use.
pub struct Request {
    /// The services.
    pub state: WebState,
    /// Who asks.
    pub who: Who,
    /// The reader's language.
    pub language: String,
    /// The method.
    pub method: Method,
    /// The path.
    pub path: String,
    /// The query string as it came.
    pub query_text: String,
    /// The query string's fields.
    pub query: Submitted,
    /// The form's fields; empty unless a form was sent.
    pub form: Submitted,
    /// The files that a form carried.
    pub files: Vec<Upload>,
    /// What is left of a form that is read as it arrives, until the handler takes it.
    pub arriving: Mutex<Option<Arriving>>,
    /// The body as it came, for anything that is not a form.
    pub body: Bytes,
    /// The names in the path.
    pub params: HashMap<String, String>,
    /// The headers.
    pub headers: HeaderMap,
    /// Where the request came from.
    pub peer: Option<IpAddr>,
    /// The number of the request.
    pub request_id: String,
    /// What the last act had to say.
    pub flash: Option<Flash>,
}

impl Deref for Ctx {
    type Target = Request;
    fn deref(&self) -> &Request {
        &self.0
    }
}

/// The brand whose site a request asks for by this host; `None` for the house's own.
pub(crate) fn brand_at(state: &WebState, host: &HeaderValue) -> Option<BrandConfig> {
    state.commerce.config().brand_of_host(host.to_str().ok()?).cloned()
}

impl Ctx {
    /// Wraps a request.
    pub fn new(request: Request) -> Self {
        Ctx(Arc::new(request))
    }

    /// A name in the path, read as an identifier; what cannot be read does not exist.
    ///
    /// # Errors
    /// [`WebError::NotFound`].
    pub fn param<T: FromStr>(&self, name: &str) -> Result<T, WebError> {
        self.params.get(name).and_then(|value| value.parse().ok()).ok_or(WebError::NotFound)
    }

    /// The form that arrives; only routes declared with [`crate::routes::Routes::stream`] have one, and give it once.
    ///
    /// # Errors
    /// [`WebError::Bad`] when there is none.
    pub fn arriving(&self) -> Result<Arriving, WebError> {
        let taken = self.arriving.lock().ok().and_then(|mut arriving| arriving.take());
        taken.ok_or_else(|| WebError::Bad(crate::messages::msg("upload-broken")))
    }

    /// From where the request comes; without a known network all come from the same.
    pub fn network(&self) -> IpAddr {
        self.peer.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED))
    }

    /// The mailbox that is signed in; routes for [`crate::routes::Permission::Mailbox`] have one.
    ///
    /// # Errors
    /// [`WebError::SignIn`] on other routes.
    pub fn visit(&self) -> Result<&Visit, WebError> {
        match &self.who.mailbox {
            Some(visit) => Ok(visit),
            None => Err(WebError::SignIn { at: "/mail/sign-in" }),
        }
    }

    /// The brand on whose site this is; `None` for the house's own.
    pub fn brand(&self) -> Option<BrandConfig> {
        brand_at(&self.state, self.headers.get(header::HOST)?)
    }

    /// The key of that brand; empty for the house's own.
    pub fn brand_key(&self) -> String {
        self.brand().map(|brand| brand.key).unwrap_or_default()
    }

    /// The configuration of the pages as this brand has it: its name, company, addresses and servers.
    pub fn faced_config(&self) -> WebConfig {
        self.state.config.under(self.brand().as_ref())
    }

    /// The surroundings of a page for this request.
    pub fn chrome(&self) -> Chrome {
        let config = &self.state.config;
        Chrome {
            language: self.language.clone(),
            time_zone: self.who.time_zone().unwrap_or(&config.time_zone).to_owned(),
            now: self.state.clock.now(),
            path: self.path.clone(),
            brand: Brand::of(config).under(self.brand().as_ref()),
            person: self.who.person_badge(),
            staff: self.who.staff_badge(),
            csrf: self.who.csrf_token().map(|token| crate::csrf::mask(&token)).unwrap_or_default(),
            flash: self.flash.clone(),
            notices: self.who.notices.clone(),
            standing: self.who.standing.clone(),
            request_id: self.request_id.clone(),
            development: config.development,
        }
    }

    /// Answers with a page.
    ///
    /// # Errors
    /// A mistake in the template.
    pub fn page<P: Page>(&self, page: &P) -> Answer {
        self.page_with(StatusCode::OK, page)
    }

    /// Answers with a page whose form was refused.
    ///
    /// # Errors
    /// A mistake in the template.
    pub fn refused<P: Page>(&self, page: &P) -> Answer {
        self.page_with(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    /// Answers with a page that says why something is not to be had.
    ///
    /// # Errors
    /// A mistake in the template.
    pub fn page_with<P: Page>(&self, status: StatusCode, page: &P) -> Answer {
        let html = self.state.renderer.page(page, &self.chrome())?;
        let mut response =
            (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
        if self.flash.is_some() {
            cookies::clear(&mut response, cookies::FLASH);
        }
        Ok(response)
    }

    /// Leads to another page of ours.
    pub fn redirect(&self, to: &str) -> Response {
        (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response()
    }

    /// Leads to another page, which says once what was done.
    pub fn done(&self, to: &str, message: Msg) -> Answer {
        Ok(self.redirect_saying(to, Tone::Good, message))
    }

    /// Leads to another page, which says once why something was not done.
    pub fn sorry(&self, to: &str, message: Msg) -> Answer {
        Ok(self.redirect_saying(to, Tone::Bad, message))
    }

    /// Leads to another page with a message.
    pub fn redirect_saying(&self, to: &str, tone: Tone, message: Msg) -> Response {
        let mut response = self.redirect(to);
        let flash = serde_json::to_vec(&Flash { tone, message }).unwrap_or_default();
        let value = data_encoding::BASE64URL_NOPAD.encode(&flash);
        cookies::set(&mut response, cookies::FLASH, &value, Some(60));
        response
    }

    /// Whether the browser sends the Global Privacy Control signal.
    pub fn gpc(&self) -> bool {
        crate::who::gpc(&self.headers)
    }

    /// How a choice is made on this page, for its receipt.
    pub fn manner(&self, source: &str) -> mailkeep_policy::outbound::Manner {
        crate::who::manner(source, &self.language, self.peer)
    }

    /// Where the request comes from, for limits and the list of sessions.
    pub fn origin(&self) -> mailkeep_identity::Origin {
        crate::who::origin(&self.headers, self.peer).on_site_of(self.brand_key())
    }

    /// What the browser says of itself in every request: the kind of device, for counting orders. It is no cookie, and
    /// many people share it; `None` when it says nothing.
    pub fn device(&self) -> Option<String> {
        crate::who::device(&self.headers)
    }

    /// What identity says of the asker.
    pub fn access(&self) -> &mailkeep_identity::Access {
        &self.who.access
    }

    /// The customer being worked for. The route's permission has been checked already.
    ///
    /// # Errors
    /// That there is none.
    pub fn customer(&self) -> Result<mailkeep_types::CustomerId, WebError> {
        self.who.in_role(crate::routes::ANY_ROLE)
    }

    /// Whether the person has one of the roles at the customer being worked for.
    pub fn has_role(&self, roles: &[crate::routes::Role]) -> bool {
        self.who.in_role(roles).is_ok()
    }

    /// The text of a message id.
    pub fn say(&self, id: &'static str) -> String {
        self.text(&crate::messages::msg(id))
    }

    /// A text in the reader's language.
    pub fn text(&self, message: &Msg) -> String {
        self.state.renderer.text(&self.language, message)
    }

    /// A text with an opened value in it under `name`.
    pub fn text_showing(&self, message: Msg, name: &'static str, value: &Shown<String>) -> Shown<String> {
        // The texts never see the value: a character that stands in none of them keeps its place.
        const PLACE: &str = "\u{FFFC}";
        let text = Shown::from(self.text(&message.with(name, PLACE)));
        text.join(value, |text, value| text.replace(PLACE, value))
    }

    /// An amount as the reader is used to seeing it.
    pub fn money(&self, amount: mailkeep_types::Money) -> String {
        mailkeep_types::Habits::of(&self.language).money(amount)
    }

    /// Answers with a file to be kept.
    ///
    /// # Errors
    /// [`WebError::NotFound`] when it was not opened.
    pub fn file<T: Into<Vec<u8>> + Clone>(&self, file: &Shown<T>, media: &'static str, name: &str) -> Answer {
        let bytes = sink::file(file).ok_or(WebError::NotFound)?;
        let disposition = format!("attachment; filename=\"{}\"", name.replace(['"', '\\', '\r', '\n'], ""));
        let headers = [(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
        Ok((headers, bytes).into_response())
    }

    /// Answers with a file that somebody sent, to be kept and never shown in place.
    ///
    /// # Errors
    /// [`WebError::NotFound`] when it was not opened.
    pub fn foreign_file(&self, file: &Shown<Vec<u8>>, media: &str, name: &Shown<String>) -> Answer {
        let (bytes, name) = sink::file(file).zip(sink::file(name)).ok_or(WebError::NotFound)?;
        let name = String::from_utf8(name).unwrap_or_default();
        Ok(outside::harmless(media, &outside::attachment(&name), bytes))
    }

    /// A path of ours to return to, from the field `next`; anything that leads elsewhere is dropped.
    pub fn next(&self) -> Option<String> {
        let given =
            if self.form.get("next").is_empty() { self.query.get("next") } else { self.form.get("next") };
        local_path(given)
    }
}

/// Writes a value for a query string.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// Takes a path only if a browser cannot read it as another host's address.
pub fn local_path(given: &str) -> Option<String> {
    let fits = given.starts_with('/')
        && !given.starts_with("//")
        && !given.contains(['\\', '\r', '\n', '\t'])
        && given.len() < 2000
        && given.is_ascii();
    fits.then(|| given.to_owned())
}

impl<S: Send + Sync> FromRequestParts<S> for Ctx {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        let missing = || WebError::internal("a route without a guard");
        parts.extensions.get::<Ctx>().cloned().ok_or_else(missing)
    }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_ours_are_returned_to() {
        assert_eq!(local_path("/order?plan=team").as_deref(), Some("/order?plan=team"));
        for elsewhere in ["https://evil.example", "//evil.example", "/\\evil.example", "", "/a\r\nb"] {
            assert_eq!(local_path(elsewhere), None, "{elsewhere}");
        }
    }
}
