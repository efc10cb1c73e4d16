//! The API as programs see it: the document against the routes, and answers against the document.

use std::collections::BTreeSet;

use axum::body::to_bytes;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use mailkeep_identity::{Scope, Scopes};
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_storage::testing::{both_engines, run};
use serde_json::{Value, json};

use crate::routes::{Permission, Route};
use crate::walk::{Caller, Kind, World, fill};

pub(super) async fn read(response: Response) -> (StatusCode, HeaderMap, Value) {
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = to_bytes(response.into_body(), 1 << 24).await.unwrap();
    (status, headers, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

async fn document(world: &World) -> Value {
    let visitor = Caller::new(Kind::Visitor);
    read(visitor.send(&world.router, &Method::GET, "/api/v1/openapi.json", "").await).await.2
}

fn routes(world: &World) -> Vec<Route> {
    let (_, routes) = crate::declare(world.state.clone()).finish();
    routes.into_iter().filter(|route| route.path.starts_with("/api/v1/")).collect()
}

/// The owner's token that has a scope, by itself.
fn with_scope(world: &World, scope: Scope) -> &Caller {
    let owner = |caller: &&Caller| match &caller.kind {
        Kind::Token(_, scopes) => *scopes == Scopes::of(&[scope]),
        _ => false,
    };
    world.callers.iter().find(owner).unwrap()
}

/// What of JSON Schema (2020-12) our document uses: an answer that does not fit is named by its place.
pub(super) fn misfit(document: &Value, schema: &Value, value: &Value, place: &str) -> Option<String> {
    if let Some(target) = schema["$ref"].as_str() {
        let Some(target) = document.pointer(target.trim_start_matches('#')) else {
            return Some(format!("{place}: {target} is not in the document"));
        };
        return misfit(document, target, value, place);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = choices.iter().any(|choice| misfit(document, choice, value, place).is_none());
        return (!fits).then(|| format!("{place}: none of the choices"));
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return Some(format!("{place}: the schema says no type")),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !kinds.contains(&kind) {
        return Some(format!("{place}: {kind} instead of {kinds:?}"));
    }
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(at, item)| misfit(document, &schema["items"], item, &format!("{place}/{at}"))),
        Value::Object(fields) => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            if let Some(missing) = required.into_iter().find(|name| !fields.contains_key(*name)) {
                return Some(format!("{place}: {missing} is missing"));
            }
            fields.iter().find_map(|(name, field)| match schema["properties"].get(name) {
                Some(schema) => misfit(document, schema, field, &format!("{place}/{name}")),
                None => Some(format!("{place}/{name} is not in the schema")),
            })
        }
        _ => None,
    }
}

pub(super) fn schema<'a>(document: &'a Value, route: &Route, status: StatusCode) -> &'a Value {
    let operation = &document["paths"][route.path][route.method.as_str().to_ascii_lowercase()];
    &operation["responses"][status.as_str()]["content"]["application/json"]["schema"]
}

#[test]
fn the_document_has_every_operation_and_no_other() {
    run(Dialect::Sqlite, async |db| {
        let world = World::new(db).await;
        let document = document(&world).await;
        assert_eq!(document["openapi"], "3.1.0");
        let declared: BTreeSet<String> = routes(&world)
            .iter()
            .filter(|route| route.path != "/api/v1/openapi.json")
            .map(|route| format!("{} {}", route.method.as_str().to_ascii_lowercase(), route.path))
            .collect();
        let mut described = BTreeSet::new();
        let mut names = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                described.insert(format!("{method} {path}"));
                let name = operation["operationId"].as_str().unwrap();
                assert!(names.insert(name.to_owned()), "{name} is there twice");
                let placed = operation["parameters"].as_array().unwrap();
                let in_path = placed.iter().filter(|parameter| parameter["in"] == "path").count();
                assert_eq!(in_path, path.matches('{').count(), "{path}");
            }
        }
        assert_eq!(described, declared);
        for route in routes(&world) {
            if let Permission::Api(scope, _) = route.permission {
                let method = route.method.as_str().to_ascii_lowercase();
                let security = &document["paths"][route.path][method]["security"];
                assert_eq!(*security, json!([{ "token": [scope.word()] }]), "{}", route.path);
            }
        }
    });
}

#[test]
fn every_answer_fits_its_schema() {
    run(Dialect::Sqlite, async |db| {
        let world = World::new(db).await;
        let document = document(&world).await;
        let problem = json!({ "$ref": "#/components/schemas/Problem" });
        let mut read_lists = 0;
        for route in routes(&world).iter().filter(|route| route.method == Method::GET) {
            let Permission::Api(scope, _) = route.permission else { continue };
            let path = fill(route.path, &world.own);
            let response = with_scope(&world, scope).send(&world.router, &route.method, &path, "").await;
            let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
            let (status, headers, answer) = read(response).await;
            assert_eq!(status, StatusCode::OK, "{path}: {answer}");
            assert!(!headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
            if kind == "application/json" {
                let wrong = misfit(&document, schema(&document, route, status), &answer, route.path);
                assert_eq!(wrong, None, "{answer}");
                read_lists += usize::from(answer["items"].as_array().is_some_and(|items| !items.is_empty()));
            }
            let visitor = Caller::new(Kind::Visitor).send(&world.router, &route.method, &path, "").await;
            assert_eq!(visitor.headers()[header::CONTENT_TYPE], "application/problem+json");
            assert_eq!(visitor.headers()[header::WWW_AUTHENTICATE], "Bearer");
            let (_, _, answer) = read(visitor).await;
            assert_eq!(misfit(&document, &problem, &answer, route.path), None);
        }
        assert!(read_lists >= 10, "only {read_lists} lists had something in them");
    });
}

both_engines!(a_mailbox_is_made_listed_changed_and_closed, |db: Database| async move {
    let world = World::new(db).await;
    let document = document(&world).await;
    let caller = with_scope(&world, Scope::MailboxesWrite);
    let all = format!("/api/v1/domains/{}/mailboxes", world.own["domain"]);
    let send = async |method: Method, path: &str, body: Value| {
        read(caller.send(&world.router, &method, path, &body.to_string()).await).await
    };
    let (status, headers, made) =
        send(Method::POST, &all, json!({ "local": "bob", "name": "Bob Example" })).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let at = headers[header::LOCATION].to_str().unwrap().to_owned();
    assert_eq!(at, format!("/api/v1/mailboxes/{}", made["id"].as_str().unwrap()));
    assert_eq!((&made["address"], &made["name"]), (&json!("bob@larkspur.example"), &json!("Bob Example")));
    let (status, _, again) = send(Method::POST, &all, json!({ "local": "bob" })).await;
    assert_eq!((status, again["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("fields-wrong")));
    assert_eq!(again["errors"][0]["field"], "local");
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    assert_eq!(misfit(&document, &problem, &again, "problem"), None);

    let (_, _, first) = send(Method::GET, &format!("{all}?limit=1"), Value::Null).await;
    assert_eq!(first["items"][0]["address"], "ann@larkspur.example");
    let next = first["next_cursor"].as_str().unwrap();
    let (_, _, second) = send(Method::GET, &format!("{all}?limit=1&cursor={next}"), Value::Null).await;
    assert_eq!((&second["items"][0]["id"], &second["next_cursor"]), (&made["id"], &Value::Null));
    let (status, _, _) = send(Method::GET, &format!("{all}?cursor=mine"), Value::Null).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);

    let (_, _, changed) = send(Method::PATCH, &at, json!({ "name": "Robert Example" })).await;
    assert_eq!(changed["name"], "Robert Example");
    let (status, _, weak) = send(Method::PUT, &format!("{at}/password"), json!({ "password": "x" })).await;
    assert_eq!((status, &weak["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("password")));
    let (status, _, unknown) = send(Method::PATCH, &at, json!({ "colour": "red" })).await;
    assert_eq!((status, unknown["code"].as_str()), (StatusCode::BAD_REQUEST, Some("unreadable")));
    assert_eq!(send(Method::DELETE, &at, Value::Null).await.0, StatusCode::NO_CONTENT);
    assert_eq!(send(Method::GET, &at, Value::Null).await.2["state"], "closed");
});

both_engines!(an_order_sent_twice_is_placed_once, |db: Database| async move {
    let world = World::new(db).await;
    let document = document(&world).await;
    let token = with_scope(&world, Scope::BillingWrite);
    let order = json!({
        "plan": "business", "term": "monthly", "mailboxes": 5, "domain": "second.example", "terms": true,
    });
    let send = async |key: &str, body: &Value| {
        read(
            token
                .clone()
                .with_key(key)
                .send(&world.router, &Method::POST, "/api/v1/orders", &body.to_string())
                .await,
        )
        .await
    };
    let (status, _, placed) = send("a", &order).await;
    assert_eq!(status, StatusCode::CREATED, "{placed}");
    let orders = routes(&world);
    let route = orders.iter().find(|r| r.path == "/api/v1/orders" && r.method == Method::POST).unwrap();
    assert_eq!(misfit(&document, schema(&document, route, status), &placed, "order"), None);
    let page = placed["payment_url"].as_str().unwrap();
    assert!(page.starts_with("https://localhost:8443/sandbox/pay/"), "{page}");

    let (status, _, same) = send("a", &order).await;
    assert_eq!(
        (status, &same["id"], &same["payment_url"]),
        (StatusCode::CREATED, &placed["id"], &placed["payment_url"])
    );
    let (_, _, other) = send("b", &order).await;
    assert_ne!(other["id"], placed["id"]);
    let mut fewer = order.clone();
    fewer["mailboxes"] = json!(4);
    assert_eq!(send("a", &fewer).await.0, StatusCode::CONFLICT);
    fewer["terms"] = json!(false);
    let (status, _, refused) = send("c", &fewer).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("terms")));
    fewer["terms"] = json!(true);
    let (status, _, _) = send("c", &fewer).await;
    assert_eq!(status, StatusCode::CREATED, "what was refused can be mended under the same key");
});

#[test]
fn a_token_that_asks_too_often_is_told_when_to_come_back() {
    run(Dialect::Sqlite, async |db| {
        let world = World::new(db).await;
        let caller = with_scope(&world, Scope::DomainsRead);
        let mut refused = None;
        // More than a minute's worth at once; what flows back meanwhile is less than a second minute's.
        for _ in 0..600 {
            let response = caller.send(&world.router, &Method::GET, "/api/v1/domains", "").await;
            if response.status() == StatusCode::TOO_MANY_REQUESTS {
                refused = Some(response);
                break;
            }
        }
        let (_, headers, problem) = read(refused.expect("the limit of 300 a minute holds")).await;
        let seconds: u64 = headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&seconds));
        assert_eq!(problem["code"], "too-many-requests");
    });
}
