//! The public site: what a visitor sees without signing in and without a cookie.

pub mod home;
pub mod plans;

use crate::routes::{Permission, Routes};

/// Declares the routes of the site.
pub fn routes(routes: &mut Routes) {
    routes.get("/", Permission::Public, home::show);
    routes.get("/plans", Permission::Public, plans::show);
}
