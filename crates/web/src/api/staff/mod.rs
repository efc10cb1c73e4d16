//! The HTTP API of the house: what the billing desk, the reviewers and the accountant do in the console, for the house's own programs,
//! with tokens of staff. Figures, numbers and states: what is personal stays in the console, where a person opens it for a reason.

mod catalogue;
mod credit;
mod disputes;
mod invoices;
mod month;
mod orders;
mod reports;
#[cfg(test)]
mod tests;
mod transfers;

use std::sync::Arc;

use axum::response::IntoResponse;
use mailkeep_commerce::CommerceError;

use super::describe::{Api, Operation};
use super::openapi::{self, Audience};
use super::page::ApiPage;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::routes::{Permission, Routes, StaffPermission};

/// An operation for tokens of staff that were made for `permission`.
fn op(path: &'static str, id: &'static str, summary: &'static str, permission: StaffPermission) -> Operation {
    Operation { path, id, summary, permission: Permission::StaffApi(permission) }
}

/// What a use case refuses, said of the fields that were sent.
fn checked<T>(outcome: Result<T, CommerceError>, fields: &[&str]) -> Result<T, WebError> {
    outcome.or_else(|error| {
        let mut form = Form::new();
        form.take(error, fields)?;
        Err(WebError::Fields(Box::new(form)))
    })
}

/// Declares the operations, the document that describes them and the page that shows it to staff.
pub fn routes(routes: &mut Routes) {
    let config = Arc::clone(&routes.state().config);
    let mut api = Api::new(routes);
    invoices::declare(&mut api);
    transfers::declare(&mut api);
    credit::declare(&mut api);
    disputes::declare(&mut api);
    month::declare(&mut api);
    orders::declare(&mut api);
    catalogue::declare(&mut api);
    reports::declare(&mut api);
    let (described, schemas) = api.finish();
    let title = format!("{} house API", config.brand_name);
    let server = config.public_url.trim_end_matches('/');
    let document = openapi::document(&described, schemas, &title, server, Audience::Staff);
    let page = Arc::new(HousePage(ApiPage::of(&document, config.api_requests_per_minute)));
    let document = Arc::new(document);
    let staff = Permission::Staff(StaffPermission::Any);
    routes.get("/console/api", staff, move |ctx: Ctx| {
        let page = Arc::clone(&page);
        async move { ctx.page(&*page) }
    });
    routes.get("/console/api/openapi.json", staff, move |_: Ctx| {
        let document = Arc::clone(&document);
        async move { Ok(axum::Json(&*document).into_response()) }
    });
}

/// The page for staff.
#[derive(Debug, serde::Serialize)]
#[serde(transparent)]
pub struct HousePage(ApiPage);

impl crate::page::Page for HousePage {
    const TEMPLATE: &'static str = "console/api.html";

    fn samples() -> Vec<Self> {
        ApiPage::samples().into_iter().map(HousePage).collect()
    }
}
