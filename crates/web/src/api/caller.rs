//! Who calls: the person whose token a request carries, for one of their customers; or staff, for the house.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use mailkeep_identity::Access;

use crate::error::WebError;
use crate::state::WebState;
use crate::who::{Who, origin};

/// Recognises the bearer of a token (RFC 6750), within the token's rate. `customer` is what the query string says; who
/// acts for one customer alone need not name it. Cookies count for nothing here.
///
/// # Errors
/// [`WebError::SignIn`] without a token that works, [`WebError::TooMany`], and [`WebError::NotFound`] for a customer
/// that is not the person's.
pub async fn recognise(
    state: &WebState,
    headers: &HeaderMap,
    peer: Option<IpAddr>,
    customer: &str,
) -> Result<Who, WebError> {
    let token = bearer(headers).ok_or(WebError::SignIn { at: "/sign-in" })?;
    let access = state.identity.authenticate_api_token(token, &origin(headers, peer)).await?;
    let mut who = Who { access, ..Who::visitor() };
    let Access::Person(person) = &who.access else { return Err(WebError::SignIn { at: "/sign-in" }) };
    state.api_limits.admit(person.session, state.clock.now())?;
    who.customer = match (customer, person.customers.as_slice()) {
        ("", [only]) => Some(only.customer),
        ("", _) => None,
        (named, own) => {
            let named = named.parse().map_err(|_| WebError::NotFound)?;
            Some(own.iter().find(|m| m.customer == named).ok_or(WebError::NotFound)?.customer)
        }
    };
    Ok(who)
}

/// Recognises the bearer of a token of staff, within the token's rate. Cookies count for nothing here.
///
/// # Errors
/// [`WebError::SignIn`] without a token that works, and [`WebError::TooMany`].
pub async fn recognise_staff(
    state: &WebState,
    headers: &HeaderMap,
    peer: Option<IpAddr>,
) -> Result<Who, WebError> {
    let token = bearer(headers).ok_or(WebError::SignIn { at: "/console/sign-in" })?;
    let access = state.identity.authenticate_staff_token(token, &origin(headers, peer)).await?;
    if let Access::Staff(staff) = &access {
        state.api_limits.admit(staff.session, state.clock.now())?;
    }
    Ok(Who { access, ..Who::visitor() })
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (kind, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
