//! The HTTP API: the acts of the Customer Center for programs, with tokens of limited scope.
//!
//! An operation calls what the page calls ([`crate::acts`] and the domain crates) and answers with JSON. To add one:
//! write its handler in the file of its noun, with types that derive `JsonSchema`, and declare it in that file's
//! `declare`. Route, guard, OpenAPI document and the page at `/api` follow by themselves.

mod aliases;
mod app_passwords;
mod bills;
pub mod caller;
mod cards;
mod customers;
pub mod describe;
mod disputes;
mod domains;
mod extras;
mod hand_overs;
mod hosting_reports;
mod invoices;
pub mod limits;
mod mailboxes;
mod openapi;
mod orders;
pub mod page;
mod paging;
mod payments;
pub mod problem;
mod profile;
mod repeat;
mod services;
mod sessions;
pub mod staff;
mod statements;
mod terms;
#[cfg(test)]
mod tests;
mod tickets;
mod uses;
mod value;
mod webhooks;

use std::sync::Arc;

use axum::response::IntoResponse;

use self::describe::Api;
use self::openapi::Audience;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::routes::{Permission, Routes};

/// Declares the operations, the document that describes them and the page that shows it.
pub fn routes(routes: &mut Routes) {
    let config = Arc::clone(&routes.state().config);
    let mut api = Api::new(routes);
    profile::declare(&mut api);
    uses::declare(&mut api);
    customers::declare(&mut api);
    sessions::declare(&mut api);
    orders::declare(&mut api);
    services::declare(&mut api);
    invoices::declare(&mut api);
    payments::declare(&mut api);
    hosting_reports::declare(&mut api);
    statements::declare(&mut api);
    cards::declare(&mut api);
    extras::declare(&mut api);
    disputes::declare(&mut api);
    terms::declare(&mut api);
    hand_overs::declare(&mut api);
    domains::declare(&mut api);
    mailboxes::declare(&mut api);
    app_passwords::declare(&mut api);
    aliases::declare(&mut api);
    webhooks::declare(&mut api);
    tickets::declare(&mut api);
    let (described, schemas) = api.finish();
    let title = format!("{} API", config.brand_name);
    let server = config.public_url.trim_end_matches('/');
    let document = openapi::document(&described, schemas, &title, server, Audience::Customers);
    let page = Arc::new(page::ApiPage::of(&document, config.api_requests_per_minute));
    let document = Arc::new(document);
    routes.get("/api/v1/openapi.json", Permission::Public, move |_: Ctx| {
        let document = Arc::clone(&document);
        async move { Ok(axum::Json(&*document).into_response()) }
    });
    routes.get("/api", Permission::Public, move |ctx: Ctx| {
        let page = Arc::clone(&page);
        async move { ctx.page(&*page) }
    });
    staff::routes(routes);
}

/// What was made, or what the form of the same act would say about the fields.
fn made<T>(made: Option<T>, form: Form) -> Result<T, WebError> {
    made.ok_or_else(|| WebError::Fields(Box::new(form)))
}
