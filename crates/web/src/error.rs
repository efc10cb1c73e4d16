//! What can go wrong with a request, for the person who made it.
//!
//! Handlers return [`WebError`]; a layer around all routes ([`crate::security`]) turns it into a page with a sentence
//! that helps. What went wrong inside is logged once, with the request id that the page shows, and never shown.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mailkeep_identity::Scope;
use serde::Serialize;

use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::page::Page;

/// Why a request was not answered as asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum WebError {
    /// There is no such page or thing, or it is not the asker's to know of.
    #[error("not found")]
    NotFound,
    /// The asker is known and may not do this.
    #[error("not allowed")]
    Forbidden,
    /// The asker must sign in first; visitors are led to the sign-in page and back.
    #[error("sign in first")]
    SignIn {
        /// The sign-in page of the place.
        at: &'static str,
    },
    /// The password must be given again before a sensitive act.
    #[error("the password is needed")]
    Password,
    /// The form did not come from one of our pages, or too long ago.
    #[error("the form is not ours or too old")]
    Forgery,
    /// The request cannot be understood or is out of place; the message says what to do.
    #[error("bad request: {}", .0.id)]
    Bad(Msg),
    /// Too many tries; how long to wait.
    #[error("too many requests")]
    TooMany {
        /// Seconds until it is worth trying again.
        retry_after_seconds: u64,
    },
    /// The request is larger than we read.
    #[error("too large")]
    TooLarge,
    /// What was sent to the API does not fit; the form says which fields.
    #[error("{} fields refused", .0.errors.len())]
    Fields(Box<Form>),
    /// The body of an API request cannot be read.
    #[error("unreadable: {}", .0.id)]
    Unreadable(Msg),
    /// An API request that has to do with an earlier one.
    #[error("conflict: {}", .0.id)]
    Conflict(Msg),
    /// The API token has not this scope.
    #[error("the scope {0} is missing")]
    Scope(Scope),
    /// Something failed on our side.
    #[error("{0}")]
    Internal(Arc<str>),
}

impl WebError {
    /// Something failed on our side; `error` is for the log.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        WebError::Internal(Arc::from(error.to_string()))
    }

    /// A sentence of a domain crate, shown as it is.
    pub fn verbatim(text: impl Into<String>) -> Self {
        WebError::Bad(msg("verbatim").with("text", text.into()))
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            WebError::NotFound => StatusCode::NOT_FOUND,
            WebError::Forbidden | WebError::Forgery | WebError::Scope(_) => StatusCode::FORBIDDEN,
            WebError::SignIn { .. } | WebError::Password => StatusCode::SEE_OTHER,
            WebError::Bad(_) | WebError::Unreadable(_) => StatusCode::BAD_REQUEST,
            WebError::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            WebError::Conflict(_) => StatusCode::CONFLICT,
            WebError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            WebError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            WebError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The page that says it to whoever is at a path: in the console no owner of an account can help, but whoever keeps the staff.
    pub fn page_at(&self, path: &str) -> ErrorPage {
        let staff = path == "/console" || path.starts_with("/console/");
        match self {
            WebError::Forbidden if staff => ErrorPage { text: msg("error-forbidden-staff"), ..self.page() },
            _ => self.page(),
        }
    }

    /// The page that says it.
    pub fn page(&self) -> ErrorPage {
        let (title, text) = match self {
            WebError::NotFound => (msg("error-not-found-title"), msg("error-not-found-text")),
            WebError::Forbidden | WebError::Password | WebError::SignIn { .. } => {
                (msg("error-forbidden-title"), msg("error-forbidden-text"))
            }
            WebError::Forgery => (msg("error-forgery-title"), msg("error-forgery-text")),
            WebError::Bad(text) | WebError::Unreadable(text) | WebError::Conflict(text) => {
                (msg("error-bad-title"), text.clone())
            }
            WebError::Fields(form) => {
                (msg("error-bad-title"), form.error.clone().unwrap_or_else(|| msg("api-fields-wrong")))
            }
            WebError::Scope(scope) => {
                (msg("error-forbidden-title"), msg("api-scope-missing").with("scope", scope.word()))
            }
            WebError::TooMany { retry_after_seconds } => {
                let minutes = i64::try_from(retry_after_seconds.div_ceil(60)).unwrap_or(i64::MAX);
                (msg("error-too-many-title"), msg("error-too-many-text").with("minutes", minutes))
            }
            WebError::TooLarge => (msg("error-too-large-title"), msg("error-too-large-text")),
            WebError::Internal(_) => (msg("error-internal-title"), msg("error-internal-text")),
        };
        ErrorPage { status: self.status().as_u16(), title, text }
    }
}

impl From<mailkeep_commerce::CommerceError> for WebError {
    fn from(error: mailkeep_commerce::CommerceError) -> Self {
        use mailkeep_commerce::CommerceError as E;
        match error {
            E::NotFound(_) => WebError::NotFound,
            E::Refused(_) => WebError::Forbidden,
            E::Invalid { message, .. } | E::State(message) | E::Staff(message) => WebError::verbatim(message),
            E::Unchanged => WebError::verbatim(error.to_string()),
            other => WebError::internal(format!("{}: {other}", other.code())),
        }
    }
}

impl From<mailkeep_mailbox::MailError> for WebError {
    fn from(error: mailkeep_mailbox::MailError) -> Self {
        use mailkeep_mailbox::{MailError as E, MailRefusal as R};
        match error {
            E::Refused(
                R::NoDomain | R::NoMailbox | R::NoAlias | R::NoGuest | R::NoAppPassword | R::NotQueued,
            ) => WebError::NotFound,
            E::Refused(refusal) => WebError::verbatim(sentence(&refusal.to_string())),
            other => WebError::internal(other),
        }
    }
}

impl From<mailkeep_outreach::OutreachError> for WebError {
    fn from(error: mailkeep_outreach::OutreachError) -> Self {
        use mailkeep_outreach::OutreachError as E;
        match error {
            E::NotFound | E::LinkInvalid => WebError::NotFound,
            E::TooMany => WebError::TooMany { retry_after_seconds: 3600 },
            E::Field { sentence, .. } | E::State(sentence) => WebError::verbatim(sentence),
            E::Identity(error) => error.into(),
            other => WebError::internal(other),
        }
    }
}

impl From<mailkeep_helpdesk::articles::ArticleError> for WebError {
    fn from(error: mailkeep_helpdesk::articles::ArticleError) -> Self {
        use mailkeep_helpdesk::articles::ArticleError as E;
        match error {
            E::NotFound => WebError::NotFound,
            E::TooMany => WebError::TooMany { retry_after_seconds: 3600 },
            E::Field { sentence, .. } | E::State(sentence) => WebError::verbatim(sentence),
            other => WebError::internal(other),
        }
    }
}

impl From<mailkeep_helpdesk::tickets::TicketError> for WebError {
    fn from(error: mailkeep_helpdesk::tickets::TicketError) -> Self {
        use mailkeep_helpdesk::tickets::TicketError as E;
        match error {
            E::NotFound => WebError::NotFound,
            E::TooMany => WebError::TooMany { retry_after_seconds: 3600 },
            E::Field { sentence: text, .. } => WebError::verbatim(sentence(&text)),
            E::State(text) => WebError::verbatim(sentence(text)),
            E::Changed => WebError::verbatim(sentence(&error.to_string())),
            E::Refused(refusal) => refusal.into(),
            other => WebError::internal(other),
        }
    }
}

impl From<mailkeep_helpdesk::downloads::DownloadError> for WebError {
    fn from(error: mailkeep_helpdesk::downloads::DownloadError) -> Self {
        use mailkeep_helpdesk::downloads::DownloadError as E;
        match error {
            E::NotFound => WebError::NotFound,
            E::Field { sentence, .. } | E::State(sentence) => WebError::verbatim(sentence),
            E::Broken => WebError::Bad(crate::messages::msg("upload-broken")),
            other => WebError::internal(other),
        }
    }
}

impl From<mailkeep_policy::PolicyError> for WebError {
    fn from(error: mailkeep_policy::PolicyError) -> Self {
        WebError::internal(error)
    }
}

impl From<mailkeep_policy::Refusal> for WebError {
    fn from(refusal: mailkeep_policy::Refusal) -> Self {
        tracing::info!(%refusal, "the gate refused a use");
        WebError::Forbidden
    }
}

impl From<mailkeep_storage::sql::SqlError> for WebError {
    fn from(error: mailkeep_storage::sql::SqlError) -> Self {
        WebError::internal(error)
    }
}

/// Makes a sentence of a refusal: a capital letter and a full stop.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}

impl From<crate::render::RenderError> for WebError {
    fn from(error: crate::render::RenderError) -> Self {
        WebError::internal(error)
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A page that says why something was not done.
#[derive(Debug, Serialize)]
pub struct ErrorPage {
    /// The HTTP status.
    pub status: u16,
    /// What happened.
    pub title: Msg,
    /// What to do.
    pub text: Msg,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "errors/error.html";

    fn samples() -> Vec<Self> {
        [
            WebError::NotFound,
            WebError::Forbidden,
            WebError::Forgery,
            WebError::TooMany { retry_after_seconds: 90 },
            WebError::TooLarge,
            WebError::internal("sample"),
        ]
        .iter()
        .map(WebError::page)
        .collect()
    }
}
