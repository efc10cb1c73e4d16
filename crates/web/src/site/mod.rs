//! The public site: what a visitor sees without signing in and without a cookie.

pub mod account;
pub mod blog;
pub mod choices;
pub mod components;
pub mod contests;
pub mod downloads;
pub mod erased;
pub mod followed;
pub mod gpc;
pub mod help;
pub mod home;
pub mod ledger;
pub mod lists;
pub mod news;
pub mod offers;
pub mod order;
pub mod plans;
pub mod policy;
pub mod privacy;
pub mod status;
pub mod subscribe;
pub mod support;
pub mod surveys;
pub mod terms;
pub mod transparency;
pub mod verify;

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

use crate::routes::{ANY_ROLE, BILLING, Permission, Routes};

/// A page whose address is the secret: it is kept nowhere, and nobody is told of it.
fn of_secret_link(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Declares the routes of the site.
pub fn routes(routes: &mut Routes) {
    use account::{confirm, register, reset, sign_in};
    use order::{choose, review, status};
    routes.get("/", Permission::Public, home::show);
    routes.get("/plans", Permission::Public, plans::show);
    routes.get("/policy", Permission::Public, policy::show);
    routes.get("/privacy", Permission::Public, privacy::show);
    routes.post("/privacy", Permission::Public, privacy::submit);
    routes.get("/privacy/confirm", Permission::Public, privacy::show_confirm);
    routes.post("/privacy/confirm", Permission::Public, privacy::confirm);
    routes.get("/privacy/cases/{privacy_case}/{token}", Permission::Public, privacy::follow);
    routes.get("/transparency", Permission::Public, transparency::show);
    routes.get("/support", Permission::Public, support::show);
    routes.get("/help", Permission::Public, help::show);
    routes.get("/help/search", Permission::Public, help::search::show);
    routes.get("/help/in/{category}", Permission::Public, help::show_category);
    routes.get("/help/{slug}", Permission::Public, help::article::show);
    routes.post("/help/{slug}/vote", Permission::Public, help::article::vote);
    routes.get("/help.atom", Permission::Public, help::feed::articles);
    routes.get("/blog", Permission::Public, blog::show);
    routes.get("/blog/{slug}", Permission::Public, blog::post::show);
    routes.get("/blog.atom", Permission::Public, blog::feed::posts);
    routes.get("/sitemap.xml", Permission::Public, help::feed::sitemap);
    downloads::routes(routes);
    routes.get("/terms", Permission::Public, terms::show);
    routes.get("/terms/{version}", Permission::Public, terms::show_one);
    routes.get("/transparency.json", Permission::Public, transparency::json);
    routes.get("/status", Permission::Public, self::status::show);
    routes.get("/status.json", Permission::Public, self::status::feed::json);
    routes.get("/status.atom", Permission::Public, self::status::feed::updates);
    routes.get("/status.rss", Permission::Public, self::status::feed::rss);
    routes.get("/status.ics", Permission::Public, self::status::calendar::maintenance);
    routes.get("/status/{incident}", Permission::Public, self::status::show_one);
    routes.get("/verify", Permission::Public, verify::show);
    routes.get("/erasure", Permission::Public, erased::show);
    routes.post("/erasure/undo", Permission::Public, erased::undo);
    routes.post("/erasure/certificate", Permission::Public, erased::certificate);
    routes.get("/policy.json", Permission::Public, policy::files::json);
    routes.get("/policy.md", Permission::Public, policy::files::markdown);
    routes.get("/policy/versions", Permission::Public, policy::versions::list);
    routes.get("/policy/versions/{version}", Permission::Public, policy::versions::show);
    routes.get("/policy/versions/{version}/changes", Permission::Public, policy::versions::changes);
    routes.get("/policy/versions/{version}/policy.json", Permission::Public, policy::files::json_of);
    routes.get("/policy/versions/{version}/policy.md", Permission::Public, policy::files::markdown_of);
    routes.get("/.well-known/gpc.json", Permission::Public, gpc::show);
    routes.get("/subscribe", Permission::Public, subscribe::show);
    routes.post("/subscribe", Permission::Public, subscribe::submit);
    routes.get("/news", Permission::Public, news::show);
    routes.get("/news/{announcement}", Permission::Public, news::one::show);
    routes.get("/news.atom", Permission::Public, news::feed::newest);
    routes.get("/offers", Permission::Public, offers::show);
    routes.get("/contests", Permission::Public, contests::show);
    routes.get("/contests/{contest_slug}", Permission::Public, contests::show_one);
    routes.get("/contests/{contest_slug}/draw.json", Permission::Public, contests::proof);
    routes.post("/contests/{contest_slug}/enter", Permission::Public, contests::enter);
    routes.post("/contests/{contest_slug}/ask", Permission::Public, contests::ask);
    routes.get("/survey", Permission::Public, surveys::show);
    routes.post("/survey", Permission::Public, surveys::submit);
    routes.get("/subscribe/confirm", Permission::Public, subscribe::show_confirm);
    routes.post("/subscribe/confirm", Permission::Public, subscribe::confirm);
    routes.get("/choices/{token}", Permission::Public, choices::show);
    routes.get("/l/{announcement}/{link}", Permission::Public, followed::follow);
    routes.post("/choices/{token}", Permission::Public, choices::submit);
    routes.get("/lists/{token}", Permission::Public, lists::show);
    routes.post("/lists/{token}", Permission::Public, lists::submit);
    routes.get("/_components", Permission::Public, components::show);
    routes.get("/_components/{index}/{*template}", Permission::Public, components::sample);
    routes.get("/.well-known/mailkeep-ledger", Permission::Public, ledger::head);
    routes.get("/.well-known/mailkeep-ledger/key", Permission::Public, ledger::key);
    routes.get("/.well-known/mailkeep-ledger/consistency", Permission::Public, ledger::consistency);

    routes.get("/sign-in", Permission::Credentials, sign_in::show);
    routes.post("/sign-in", Permission::Credentials, sign_in::submit);
    routes.get("/sign-in/code", Permission::Credentials, sign_in::show_code);
    routes.post("/sign-in/code", Permission::Credentials, sign_in::submit_code);
    routes.post("/sign-out", Permission::Person, sign_in::sign_out);
    routes.get("/register", Permission::Credentials, register::show);
    routes.post("/register", Permission::Credentials, register::submit);
    routes.get("/confirm", Permission::Credentials, confirm::show);
    routes.post("/confirm", Permission::Credentials, confirm::submit);
    routes.get("/reset", Permission::Credentials, reset::show);
    routes.post("/reset", Permission::Credentials, reset::submit);
    routes.get("/reset/new", Permission::Credentials, reset::show_new);
    routes.post("/reset/new", Permission::Credentials, reset::submit_new);

    routes.get("/order", Permission::Public, choose::show);
    routes.post("/order", Permission::Public, choose::submit);
    routes.get("/order/review", Permission::Person, review::show);
    routes.post("/order/coupon", Permission::Person, review::coupon);
    routes.post("/order/place", Permission::Person, review::place);
    routes.get("/order/{order}", Permission::CustomerRole(ANY_ROLE), status::show);
    routes.post("/order/{order}/answer", Permission::CustomerRole(BILLING), status::answer);
    let billing = Permission::CustomerRole(BILLING);
    routes.upload("/order/{order}/document", billing, status::MAX_FORM_BYTES, status::document);
    routes.post("/order/{order}/code/send", billing, status::send_code);
    routes.post("/order/{order}/code", billing, status::give_code);
    routes.post("/order/{order}/person", billing, status::ask_for_a_person);
    routes.post("/order/{order}/appeal", billing, status::appeal);
    routes.post("/order/{order}/pay", Permission::CustomerRole(BILLING), status::pay_again);
}
