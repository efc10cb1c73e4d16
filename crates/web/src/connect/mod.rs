//! Signing in to other sites with the Registration ID: an OpenID Connect provider (OpenID Connect Core 1.0, the code flow, with
//! proof keys for everybody).
//!
//! A site sends the person to [`authorize`], where the person agrees to what is passed, and changes the code that it gets at
//! [`token`] for tokens; [`userinfo`] passes what was agreed to. [`discovery`] says where all this is, [`sign_out`] ends it.
//! What is wrong is told to the site in the words of the standards; a person sees a page of ours only where the site cannot be told.

pub mod authorize;
pub mod consent;
pub mod discovery;
pub mod on_the_way;
mod refusal;
pub mod sign_out;
pub mod token;
pub mod userinfo;

use axum::http::Method;

use crate::ctx::Ctx;
use crate::routes::{Permission, Routes};

/// Where sites send persons.
pub const AUTHORIZE: &str = "/connect/authorize";
/// Where sites change codes.
pub const TOKEN: &str = "/connect/token";
/// Where sites ask what was passed.
pub const USERINFO: &str = "/connect/userinfo";
/// Where sites give tokens back.
pub const REVOKE: &str = "/connect/revoke";
/// The keys that sign.
pub const KEYS: &str = "/connect/keys";
/// Where sites send persons who sign out.
pub const SIGN_OUT: &str = "/connect/sign-out";

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    routes.get("/.well-known/openid-configuration", Permission::Public, discovery::show);
    routes.get(KEYS, Permission::Public, discovery::keys);
    routes.get(AUTHORIZE, Permission::Public, authorize::show);
    routes.post(AUTHORIZE, Permission::Person, authorize::decide);
    routes.post(TOKEN, Permission::Site, token::give);
    routes.post(REVOKE, Permission::Site, token::revoke);
    routes.get(USERINFO, Permission::Site, userinfo::show);
    routes.route(Method::POST, USERINFO, Permission::Site, userinfo::show);
    routes.get(SIGN_OUT, Permission::Public, sign_out::show);
    routes.post(SIGN_OUT, Permission::Person, sign_out::submit);
}

/// The name of the provider: the address of the site, without a stroke at its end.
fn issuer(ctx: &Ctx) -> String {
    ctx.state.config.public_url.trim_end_matches('/').to_owned()
}
