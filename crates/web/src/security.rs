//! Around all routes: request ids, security headers, and error pages.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mailkeep_commerce::brands::BrandConfig;

use crate::api::problem;
use crate::chrome::Chrome;
use crate::ctx::brand_at;
use crate::error::WebError;
use crate::state::WebState;

/// The number of a request: in the answer's `X-Request-Id`, in the log, and on error pages to quote to support.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Numbers the request, answers errors with pages, and sets the headers that hold for every answer.
pub async fn surround(State(state): State<WebState>, mut request: Request, next: Next) -> Response {
    let mut random = [0u8; 8];
    getrandom::fill(&mut random).expect("the operating system's random source answers");
    let id = data_encoding::HEXLOWER.encode(&random);
    request.extensions_mut().insert(RequestId(id.clone()));
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let host = request.headers().get(header::HOST).cloned();
    let wants_html = wants_html(&request);
    let language = state
        .renderer
        .messages()
        .negotiate(request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()));

    let mut response = next.run(request).await;
    if let Some(error) = response.extensions().get::<WebError>().cloned() {
        if let WebError::Internal(reason) = &error {
            // The path holds no personal values: identifiers only.
            tracing::error!(request = id, %method, path, %reason, "a request failed");
        }
        let brand = host.and_then(|host| brand_at(&state, &host));
        response = error_answer(&state, brand.as_ref(), &error, &id, &language, &path, wants_html);
    }
    set_headers(&state, &mut response, &id);
    response
}

fn wants_html(request: &Request) -> bool {
    !request.uri().path().starts_with("/api/")
}

fn error_answer(
    state: &WebState,
    brand: Option<&BrandConfig>,
    error: &WebError,
    id: &str,
    language: &str,
    path: &str,
    html: bool,
) -> Response {
    let asks = match error {
        WebError::SignIn { at } if html => Some(*at),
        WebError::Password if html => Some("/center/password"),
        _ => None,
    };
    if let Some(at) = asks {
        let to = format!("{at}?next={}", crate::ctx::encode(path));
        return (error.status(), [(header::LOCATION, to)]).into_response();
    }
    let page = error.page_at(path);
    let status = error.status();
    let mut response = if html {
        let mut chrome = Chrome::visitor(&state.config, state.clock.now());
        chrome.brand = chrome.brand.under(brand);
        chrome.request_id = id.to_owned();
        chrome.language = language.to_owned();
        chrome.path = path.to_owned();
        match state.renderer.page(&page, &chrome) {
            Ok(text) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
            Err(broken) => {
                tracing::error!(request = id, %broken, "the error page is broken");
                (status, "Something went wrong on our side.").into_response()
            }
        }
    } else {
        problem::answer(state, error, id, language)
    };
    if let WebError::TooMany { retry_after_seconds } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
    }
    response
}

/// A byte as an address carries it.
pub(crate) fn percent(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    }
}

/// The page's own policy: nothing but our own files, no inline script or style, frames of our own alone.
pub fn content_security_policy(payment_origins: &[String]) -> String {
    let mut forms = "'self'".to_owned();
    for origin in payment_origins {
        forms.push(' ');
        forms.push_str(origin);
    }
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; frame-src 'self'; form-action {forms}; base-uri 'none'; frame-ancestors 'none'"
    )
}

fn set_headers(state: &WebState, response: &mut Response, id: &str) {
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.entry(name).or_insert(value);
        }
    };
    put(header::CONTENT_SECURITY_POLICY, &content_security_policy(&state.config.payment_origins));
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    if state.config.public_url.starts_with("https://") {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    put(HeaderName::from_static("x-request-id"), id);
}
