//! Who asks: a visitor, a signed-in person, or a member of staff.

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::HeaderMap;

use crate::chrome::{PersonBadge, StaffBadge};
use crate::error::WebError;
use crate::routes::Permission;
use crate::state::WebState;
use crate::webmail::Visit;

/// Who asks.
#[derive(Debug, Clone)]
pub enum Who {
    /// Nobody we know.
    Visitor,
    /// The holder of a mailbox, in the webmail.
    Mailbox(Arc<Visit>),
}

impl Who {
    /// Recognises the asker by the session cookie that fits the place.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn recognise(
        state: &WebState,
        headers: &HeaderMap,
        permission: Permission,
    ) -> Result<Who, WebError> {
        if permission == Permission::Mailbox {
            let visit = state.webmail()?.recognise(headers).await?;
            return Ok(visit.map_or(Who::Visitor, Who::Mailbox));
        }
        Ok(Who::Visitor)
    }

    /// Holds the asker against a route's permission.
    ///
    /// # Errors
    /// What the asker must do first, or that it is not theirs.
    pub async fn may(
        &self,
        _: &WebState,
        permission: Permission,
        _: &HashMap<String, String>,
    ) -> Result<(), WebError> {
        match permission {
            Permission::Public | Permission::Credentials => Ok(()),
            Permission::Staff(_) => Err(WebError::SignIn { at: "/console/sign-in" }),
            Permission::Mailbox if matches!(self, Who::Mailbox(_)) => Ok(()),
            Permission::Mailbox => Err(WebError::SignIn { at: "/mail/sign-in" }),
            Permission::Person
            | Permission::CustomerRole(_)
            | Permission::DomainAdmin
            | Permission::Api(_) => Err(WebError::SignIn { at: "/sign-in" }),
        }
    }

    /// The time zone the person chose.
    pub fn time_zone(&self) -> Option<&str> {
        None
    }

    /// The language the person chose.
    pub fn language(&self) -> Option<&str> {
        None
    }

    /// What the head of the page shows of a person.
    pub fn person_badge(&self) -> Option<PersonBadge> {
        None
    }

    /// What the head of the page shows of a member of staff.
    pub fn staff_badge(&self) -> Option<StaffBadge> {
        None
    }

    /// The token that this session's forms carry.
    pub fn csrf_token(&self) -> Option<[u8; 32]> {
        match self {
            Who::Visitor => None,
            Who::Mailbox(visit) => Some(visit.csrf_token()),
        }
    }
}
