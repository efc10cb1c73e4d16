#![doc = include_str!("../README.md")]

pub mod acts;
pub mod add_ons;
pub mod announced;
pub mod api;
pub mod assets;
pub mod atom;
pub mod autoconfig;
mod bill;
pub mod cases;
pub mod center;
pub mod chrome;
pub mod config;
pub mod connect;
pub mod console;
pub mod cookies;
pub mod copies;
pub mod countries;
pub mod csrf;
pub mod ctx;
pub mod embedded;
pub mod error;
pub mod facts;
pub mod form;
pub mod format;
pub mod guard;
pub mod held;
pub mod items;
pub mod ladder;
pub mod mail;
pub mod markdown;
pub mod messages;
pub mod mjml;
pub mod offers;
pub mod options;
pub mod outside;
pub mod page;
pub mod pages;
pub mod paging;
pub mod ranges;
pub mod render;
pub mod routes;
pub mod rss;
pub mod samples;
pub mod sandbox;
pub mod security;
pub mod site;
pub mod state;
#[cfg(test)]
mod testing;
pub mod tickets;
mod traces;
pub mod upload;
pub mod uses;
#[cfg(test)]
mod walk;
pub mod webhooks;
pub mod webmail;
pub mod who;

use axum::Router;
use axum::http::{Extensions, HeaderMap, StatusCode, Version, header};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

pub use config::WebConfig;
pub use state::{WebParts, WebState};

/// All pages of Mailkeep.
pub fn router(state: WebState) -> Router {
    let (router, _) = declare(state.clone()).finish();
    router
        .route("/assets/{*name}", get(assets::serve))
        .fallback(|| async { error::WebError::NotFound })
        .method_not_allowed_fallback(|| async { error::WebError::NotFound })
        .layer(from_fn_with_state(state, security::surround))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_whole)))
}

/// What can be asked for in parts is not compressed: a part would be one of something else, and its hash that of another file.
fn is_whole(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

/// Every declared route, for the test that walks them as every role.
pub fn declare(state: WebState) -> routes::Routes {
    let mut routes = routes::Routes::new(state);
    site::routes(&mut routes);
    webmail::routes(&mut routes);
    connect::routes(&mut routes);
    center::routes(&mut routes);
    console::routes(&mut routes);
    sandbox::routes(&mut routes);
    autoconfig::routes(&mut routes);
    api::routes(&mut routes);
    routes
}
