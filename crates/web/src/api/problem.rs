//! Errors of the API: `application/problem+json` (RFC 9457), with a code that stays the same, a sentence that says what
//! to do, and one for each field that does not fit.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

use crate::error::WebError;
use crate::state::WebState;

/// Why a request was not answered as asked.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Problem {
    /// The kind of problem, as an address where it is described.
    pub r#type: String,
    /// The HTTP status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The kind of problem in a word that stays the same between versions; for programs.
    pub code: &'static str,
    /// What happened and what to do; for people.
    pub detail: String,
    /// What is wrong with which field of the body.
    pub errors: Vec<FieldProblem>,
    /// The number of the request, to quote to support.
    pub request_id: String,
}

/// What is wrong with a field.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FieldProblem {
    /// The field's name.
    pub field: String,
    /// What to do about it; for people.
    pub detail: String,
}

/// Every code with the status it comes with; each has a text `api-problem-<code>`.
pub const CODES: &[(&str, u16)] = &[
    ("unreadable", 400),
    ("token-needed", 401),
    ("scope-missing", 403),
    ("not-allowed", 403),
    ("not-found", 404),
    ("refused", 409),
    ("conflict", 409),
    ("too-large", 413),
    ("fields-wrong", 422),
    ("too-many-requests", 429),
    ("internal", 500),
];

/// The code of an error.
fn code(error: &WebError) -> &'static str {
    match error {
        WebError::Unreadable(_) => "unreadable",
        WebError::SignIn { .. } => "token-needed",
        WebError::Scope(_) => "scope-missing",
        WebError::Forbidden | WebError::Password | WebError::Forgery => "not-allowed",
        WebError::NotFound => "not-found",
        WebError::Bad(_) => "refused",
        WebError::Conflict(_) => "conflict",
        WebError::TooLarge => "too-large",
        WebError::Fields(_) => "fields-wrong",
        WebError::TooMany { .. } => "too-many-requests",
        WebError::Internal(_) => "internal",
    }
}

/// The answer that tells a program of an error.
pub fn answer(state: &WebState, error: &WebError, request_id: &str, language: &str) -> Response {
    let code = code(error);
    let status = CODES.iter().find(|(known, _)| *known == code).map_or(500, |(_, status)| *status);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let text = |message| state.renderer.text(language, message);
    let errors = match error {
        WebError::Fields(form) => form
            .errors
            .iter()
            .map(|(field, message)| FieldProblem { field: field.clone(), detail: text(message) })
            .collect(),
        _ => Vec::new(),
    };
    let detail = match error {
        WebError::SignIn { .. } => text(&crate::messages::msg("api-token-needed")),
        _ => text(&error.page().text),
    };
    let problem = Problem {
        r#type: format!("{}/api#{code}", state.config.public_url.trim_end_matches('/')),
        title: status.canonical_reason().unwrap_or("Error").to_owned(),
        status: status.as_u16(),
        code,
        detail,
        errors,
        request_id: request_id.to_owned(),
    };
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    let mut response = (status, kind, serde_json::to_vec(&problem).unwrap_or_default()).into_response();
    // RFC 6750, section 3.
    let challenge = match error {
        WebError::SignIn { .. } => "Bearer".to_owned(),
        WebError::Scope(scope) => format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\""),
        _ => return response,
    };
    if let Ok(value) = HeaderValue::from_str(&challenge) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
    }
    response
}
