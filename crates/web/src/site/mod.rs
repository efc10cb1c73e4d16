//! The public site: what a visitor sees without signing in and without a cookie.

pub mod account;
pub mod home;
pub mod order;
pub mod plans;
pub mod policy;

use crate::routes::{Permission, Routes};

/// Declares the routes of the site.
pub fn routes(routes: &mut Routes) {
    routes.get("/", Permission::Public, home::show);
    routes.get("/plans", Permission::Public, plans::show);
}
