//! Walks every declared route as every kind of caller and holds the answer against the route's declared permission.
//!
//! A new route fails here until it stands in `routes.txt`, and a new name in a path until [`World`] says what it stands
//! for: so nobody adds a way in without looking at who may take it.

mod callers;
mod help_desk;
mod money;
mod world;
mod written;

use std::collections::HashMap;

use axum::http::{Method, StatusCode};
use mailkeep_identity::ContactRole;
use mailkeep_identity::testing::PersonBuilder;
use mailkeep_storage::sql::Dialect;
use mailkeep_storage::testing::run;

pub use self::callers::{Caller, Kind, Verdict, location};
pub use self::world::World;
use crate::cookies;
use crate::routes::{Permission, Route};

/// Every route with its permission, as it was looked at.
const LOOKED_AT: &str = include_str!("routes.txt");

/// Routes whose `{names}` mean nothing to a person's customer: what they find is decided by the handler. The terms are the
/// same for all who accepted them, and a month is everybody's.
fn is_open(path: &str) -> bool {
    ["/sandbox/", "/console/", "/_components/", "/center/terms/", "/api/v1/statements/", "/api/staff/"]
        .iter()
        .any(|open| path.starts_with(open))
}

/// Puts things into the `{names}` of a path.
pub fn fill(path: &str, things: &HashMap<&'static str, String>) -> String {
    path.split('/')
        .map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            None => part.to_owned(),
            // Staff review the order that is held.
            Some("order") if path.starts_with("/console/") => things["held"].clone(),
            // Staff look after the programs of the house.
            Some("endpoint") if path.starts_with("/console/") => things["house_endpoint"].clone(),
            Some("delivery") if path.starts_with("/console/") => things["house_delivery"].clone(),
            // Staff write one announcement, which is nobody's.
            Some("announcement") => things["announcement"].clone(),
            // A post has an address beside that of an article.
            Some("slug") if path.starts_with("/blog/") => things["post_slug"].clone(),
            // No message is on its way, no job has failed and nothing is unusual in the small company, and a page of the
            // sandbox is used up.
            Some("message" | "job" | "finding") if path.starts_with("/console/") => {
                mailkeep_types::QueueId::from_uuid(uuid::Uuid::nil()).to_string()
            }
            // Staff edit a plan of the catalogue; nobody made a coupon or approved anything.
            Some("plan") => "business".to_owned(),
            Some("class") => "business".to_owned(),
            Some("coupon" | "qualification" | "rate") => uuid::Uuid::nil().to_string(),
            Some("token") if path.starts_with("/sandbox/") => "none".to_owned(),
            Some("token") if path.starts_with("/lists/") => things["guest_link"].clone(),
            Some("token") if path.starts_with("/privacy/") => things["follow"].clone(),
            Some("letter") if path.starts_with("/console/privacy-cases/") => things["case_letter"].clone(),
            // The announcement has no links.
            Some("link") if path.starts_with("/l/") => "a0".to_owned(),
            Some("index") => "0".to_owned(),
            // Nothing is limited or stopped.
            Some("step") => "1".to_owned(),
            Some("period") => "2026-05".to_owned(),
            Some("*template") => "errors/error.html".to_owned(),
            Some(name) => match things.get(name) {
                Some(id) => id.clone(),
                None => panic!("{path}: say in walk/world.rs what {{{name}}} stands for"),
            },
        })
        .collect::<Vec<_>>()
        .join("/")
}

fn line(route: &Route) -> String {
    format!("{} {} {:?}", route.method, route.path, route.permission)
}

#[test]
fn every_route_was_looked_at() {
    run(Dialect::Sqlite, async |db| {
        let test = mailkeep_mailbox::testing::TestOffice::open(db).await;
        let (_, routes) = crate::declare(crate::testing::state(&test).await).finish();
        let mut declared: Vec<String> = routes.iter().map(line).collect();
        declared.sort();
        let known: Vec<&str> = LOOKED_AT.lines().collect();
        let added: Vec<&String> = declared.iter().filter(|line| !known.contains(&line.as_str())).collect();
        let gone: Vec<&&str> =
            known.iter().filter(|known| !declared.iter().any(|line| line == *known)).collect();
        assert!(
            added.is_empty() && gone.is_empty(),
            "look who may take these routes, then write them into crates/web/src/walk/routes.txt: {added:#?}\n\
             and take these out: {gone:#?}"
        );
    });
}

#[test]
fn every_route_answers_every_caller_as_its_permission_says() {
    run(Dialect::Sqlite, async |db| {
        let world = World::new(db).await;
        let (_, routes) = crate::declare(world.state.clone()).finish();
        let mut wrong = Vec::new();
        for route in &routes {
            for caller in &world.callers {
                look(&world, route, caller, &mut wrong).await;
            }
        }
        assert!(wrong.is_empty(), "{} answers are wrong:\n{}", wrong.len(), wrong.join("\n"));
    });
}

/// Looks at a route as a caller without changing anything: reads own things, reads and acts on foreign things, and acts
/// on own things without the token of our forms.
async fn look(world: &World, route: &Route, caller: &Caller, wrong: &mut Vec<String>) {
    let (own, foreign) = match caller.kind {
        Kind::Stranger => (&world.foreign, &world.own),
        _ => (&world.own, &world.foreign),
    };
    let mut check = async |things: &HashMap<&'static str, String>, body: String, expected: Verdict| {
        let path = fill(route.path, things);
        let response = caller.send(&world.router, &route.method, &path, &body).await;
        // What is theirs is there, but for parts that a plain letter does not have.
        let own_things = std::ptr::eq(things, own) && route.method == Method::GET;
        let must_be = own_things && needs_somebody(route.permission) && !route.path.contains("{part}");
        // A copy, a privacy case and an entry of the record are one person's, not the customer's.
        let personal = ["{entry}", "{copy}", "{privacy_case}"].iter().any(|name| route.path.contains(name));
        let must_be = must_be && !(personal && caller.kind != Kind::Contact(ContactRole::Owner));
        let gone = expected == Verdict::Passes && must_be && response.status() == StatusCode::NOT_FOUND;
        if gone || !expected.fits(&response) {
            let (status, to) = (response.status(), location(&response));
            let (method, path, kind) = (&route.method, route.path, &caller.kind);
            wrong.push(format!("{method} {path} as {kind:?}: {status} {to} instead of {expected:?}"));
        }
    };
    if route.path.contains('{') && !is_open(route.path) {
        check(foreign, caller.form(), caller.verdict(route.permission, true)).await;
    }
    let allowed = caller.verdict(route.permission, false);
    if route.method == Method::GET {
        check(own, String::new(), allowed).await;
    } else if !is_without_form(route.permission) {
        // Whoever may act still needs the token of our own form.
        let expected = if allowed == Verdict::Passes { Verdict::Forbidden } else { allowed };
        check(own, String::new(), expected).await;
    }
}

/// Whether an act comes from no form of ours.
fn is_without_form(permission: Permission) -> bool {
    let program = matches!(permission, Permission::Api(..) | Permission::StaffApi(_));
    program || matches!(permission, Permission::Public | Permission::Credentials)
}

fn needs_somebody(permission: Permission) -> bool {
    !matches!(permission, Permission::Public | Permission::Credentials)
}

#[test]
fn forms_of_other_sites_are_refused_everywhere() {
    run(Dialect::Sqlite, async |db| {
        let world = World::new(db).await;
        let (_, routes) = crate::declare(world.state.clone()).finish();
        let acts = routes
            .iter()
            .filter(|route| route.method != Method::GET)
            .filter(|route| !matches!(route.permission, Permission::Api(..) | Permission::StaffApi(_)));
        for route in acts {
            let path = fill(route.path, &world.own);
            for caller in &world.callers {
                let answer =
                    caller.send_from(&world.router, &route.method, &path, &caller.form(), "cross-site").await;
                assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} as {:?}", caller.kind);
            }
        }
    });
}

#[test]
fn no_act_of_whoever_may_is_answered_with_a_failure_of_ours() {
    run(Dialect::Sqlite, async |db| {
        let world = World::new(db).await;
        let (_, routes) = crate::declare(world.state.clone()).finish();
        // What signs people out comes last.
        let ends = |route: &&Route| route.path.contains("sign-out") || route.path.contains("sessions");
        let acts = routes.iter().filter(|route| route.method != Method::GET);
        let (last, first): (Vec<&Route>, Vec<&Route>) = acts.partition(ends);
        for route in first.into_iter().chain(last) {
            let may = |caller: &&Caller| caller.verdict(route.permission, false) == Verdict::Passes;
            for caller in world.callers.iter().filter(may) {
                let path = fill(route.path, &world.own);
                let body = if path.starts_with("/api/") { "{}".to_owned() } else { caller.form() };
                let answer = caller.send(&world.router, &route.method, &path, &body).await;
                assert!(!answer.status().is_server_error(), "{} {path} as {:?}", route.method, caller.kind);
            }
        }
    });
}

#[test]
fn a_browser_that_is_only_recognised_is_shown_nothing_but_its_number() {
    run(Dialect::Sqlite, async |db| {
        let world = World::new(db).await;
        let identity = &world.state.identity;
        let builder = PersonBuilder::new("Petra Recognised").customer("Recognised Gardens");
        let petra = builder.create(identity).await;
        let known = identity.remember_browser(&petra.access).await.unwrap();
        let recognised = Caller::new(Kind::Visitor).with_cookie(cookies::KNOWN, known.expose());
        let number = petra.registration_id.to_string();
        let read = async |caller: &Caller, path: &str| {
            let answer = caller.send(&world.router, &Method::GET, path, "").await;
            let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let (_, routes) = crate::declare(world.state.clone()).finish();
        let open = |route: &&Route| matches!(route.permission, Permission::Public | Permission::Credentials);
        for route in routes.iter().filter(|route| route.method == Method::GET).filter(open) {
            let page = read(&recognised, &fill(route.path, &world.own)).await;
            for personal in ["Petra", petra.email.as_str(), "Recognised Gardens"] {
                assert!(!page.contains(personal), "{} shows {personal}", route.path);
            }
            assert_eq!(page.contains(&number), route.path == "/sign-in", "{}", route.path);
        }
        // Whoever is signed in finds the form of a public page filled in.
        let signed_in = Caller::new(Kind::Stranger).with_cookie(cookies::PERSON, petra.token.expose());
        assert!(read(&signed_in, "/subscribe").await.contains(&petra.email));
    });
}
