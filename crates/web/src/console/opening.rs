//! What the pages share that open data of a customer or a person: why it opened or did not, and until when it is open.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use mailkeep_identity::{IdentityError, StaffAccess, StaffPermission, StaffRole};
use mailkeep_policy::{Fact, PolicyError, Refusal};
use mailkeep_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;

/// What stands above the fields.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Opening {
    /// The fact under which they are open, in words; none while they are masked.
    pub under: Option<Msg>,
    /// For how many seconds they stay open.
    pub seconds: i64,
    /// Why they did not open.
    pub refused: Option<Msg>,
    /// Whether the reader may open a break-glass case.
    pub break_glass: bool,
}

impl Opening {
    /// Nothing is open.
    pub fn closed(staff: &StaffAccess) -> Self {
        Opening { break_glass: staff.may(StaffPermission::BreakGlass), ..Opening::default() }
    }

    /// Open until the grant ends.
    #[must_use]
    pub fn until(self, ends_at: Timestamp, now: Timestamp, under: Msg) -> Self {
        let seconds = i64::try_from(ends_at.since(now).as_secs()).unwrap_or(0);
        Opening { under: Some(under), seconds: seconds.max(1), refused: None, ..self }
    }

    /// Refused, and on record.
    #[must_use]
    pub fn refused(self, why: Msg) -> Self {
        Opening { refused: Some(why), ..self }
    }
}

/// Shows a page whose fields are open; the browser asks for the masked one when the grant ends, without a script too.
///
/// # Errors
/// A mistake in the template.
pub fn open_page<P: Page>(ctx: &Ctx, page: &P, seconds: i64, masked: &str) -> Answer {
    let mut response = ctx.page(page)?;
    mask_again(&mut response, seconds, masked);
    Ok(response)
}

fn mask_again(response: &mut Response, seconds: i64, masked: &str) {
    if let Ok(value) = HeaderValue::from_str(&format!("{seconds}; url={masked}")) {
        response.headers_mut().insert(header::REFRESH, value);
    }
}

/// Why the gate refused, for the one who asked.
///
/// # Errors
/// The error itself when it is no refusal of the policy.
pub fn refusal(error: IdentityError) -> Result<Msg, WebError> {
    match error {
        IdentityError::Policy(PolicyError::Refused(refusal)) => why(&refusal),
        other => Err(other.into()),
    }
}

/// Why the gate refused, in words for staff.
///
/// # Errors
/// What is no answer to the one who asked.
pub fn why(refusal: &Refusal) -> Result<Msg, WebError> {
    match refusal {
        Refusal::NotJustified(_) => Ok(msg("open-refused-fact")),
        Refusal::NotAllowed { .. } | Refusal::Never(_) | Refusal::NoRole => Ok(msg("open-refused-role")),
        Refusal::Key(_) => Ok(msg("open-refused-erased")),
        Refusal::Ledger(_) => Ok(msg("open-refused-ledger")),
        Refusal::UnknownField(_) | Refusal::Sql(_) => Err(WebError::internal(refusal)),
    }
}

/// A fact that nobody brought about, of the kind that this reader works with: the gate refuses it and puts the attempt on
/// record, where the person it is about reads it.
pub fn no_fact(staff: &StaffAccess) -> Fact {
    let has = |role| staff.roles.contains(&role);
    let nobody = Uuid::nil();
    if has(StaffRole::FraudReviewer) {
        Fact::OrderInReview(mailkeep_types::OrderId::from_uuid(nobody))
    } else if has(StaffRole::Billing) {
        Fact::DueInvoice(mailkeep_types::InvoiceId::from_uuid(nobody))
    } else if has(StaffRole::Support) {
        Fact::OpenTicket(nobody)
    } else {
        Fact::BreakGlass(nobody)
    }
}
