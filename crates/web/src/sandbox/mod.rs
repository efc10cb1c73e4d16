//! The hosted page of the sandbox processor: where a shopper would type a card number at a real one.

pub mod pay;

use crate::routes::{Permission, Routes};

/// Declares the routes of the sandbox and of webhooks.
pub fn routes(routes: &mut Routes) {
    routes.get("/sandbox/pay/{token}", Permission::Public, pay::show);
    routes.post("/sandbox/pay/{token}", Permission::Public, pay::submit);
    routes.post("/webhooks/payment", Permission::Public, pay::webhook);
}
