//! The API of the house as its programs see it.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use mailkeep_identity::StaffRole;
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_storage::testing::{both_engines, run};
use serde_json::{Value, json};

use super::super::tests::{misfit, read, schema};
use crate::routes::{Permission, Route};
use crate::walk::{Caller, Kind, World, fill};

fn routes(world: &World) -> Vec<Route> {
    let (_, routes) = crate::declare(world.state.clone()).finish();
    routes.into_iter().filter(|route| route.path.starts_with("/api/staff/v1/")).collect()
}

fn of_role(world: &World, kind: Kind) -> &Caller {
    world.callers.iter().find(|caller| caller.kind == kind).unwrap()
}

/// A token that may do what a route asks.
fn token_for<'a>(world: &'a World, route: &Route) -> &'a Caller {
    let asked = |role: &StaffRole| match route.permission {
        Permission::StaffApi(asked) => asked.word().is_some_and(|one| role.permissions().contains(&one)),
        _ => false,
    };
    let role = [StaffRole::Billing, StaffRole::FraudReviewer].into_iter().find(asked).unwrap();
    of_role(world, Kind::StaffToken(role))
}

async fn document(world: &World) -> Value {
    let staff = of_role(world, Kind::Staff(StaffRole::Support));
    read(staff.send(&world.router, &Method::GET, "/console/api/openapi.json", "").await).await.2
}

#[test]
fn the_document_has_every_operation_and_every_answer_fits_it() {
    run(Dialect::Sqlite, async |db| {
        let world = World::new(db).await;
        let document = document(&world).await;
        let declared: BTreeSet<String> = routes(&world)
            .iter()
            .map(|route| format!("{} {}", route.method.as_str().to_ascii_lowercase(), route.path))
            .collect();
        let mut described = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            described.extend(methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
        }
        assert_eq!(described, declared);
        assert!(declared.len() >= 25, "{declared:?}");
        let mut filled = 0;
        for route in routes(&world).iter().filter(|route| route.method == Method::GET) {
            if route.path.contains("{rate}") {
                continue;
            }
            let path = fill(route.path, &world.own);
            let response = token_for(&world, route).send(&world.router, &route.method, &path, "").await;
            let (status, headers, answer) = read(response).await;
            assert_eq!(status, StatusCode::OK, "{path}: {answer}");
            if headers["content-type"] == "application/json" {
                let wrong = misfit(&document, schema(&document, route, status), &answer, route.path);
                assert_eq!(wrong, None, "{answer}");
                filled += usize::from(answer["items"].as_array().is_some_and(|items| !items.is_empty()));
            }
        }
        assert!(filled >= 4, "only {filled} lists had something in them");
    });
}

async fn send(world: &World, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
    let bill = of_role(world, Kind::StaffToken(StaffRole::Billing));
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let (status, _, answer) = read(bill.send(&world.router, &method, path, &body).await).await;
    (status, answer)
}

both_engines!(the_bank_import_pays_an_invoice_once, |db: Database| async move {
    let world = World::new(db).await;
    let (_, listed) = send(&world, Method::GET, "/api/staff/v1/invoices", Value::Null).await;
    let invoice = listed["items"][0].clone();
    let (number, customer) = (invoice["number"].as_str().unwrap(), invoice["customer"].as_str().unwrap());
    let (_, found) =
        send(&world, Method::GET, &format!("/api/staff/v1/invoices?number={number}"), Value::Null).await;
    assert_eq!(found["items"], json!([invoice]));
    let at = format!("/api/staff/v1/customers/{customer}/credit");
    let held = send(&world, Method::GET, &at, Value::Null).await.1["balance"]["minor"].as_i64().unwrap();
    let day = invoice["issued_on"].as_str().unwrap();
    let transfer = json!({
        "invoice_number": number, "amount_minor": 1234, "received_on": day, "statement_line": "17/4",
    });
    let (status, done) = send(&world, Method::POST, "/api/staff/v1/transfers", transfer.clone()).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    let open = invoice["open"]["minor"].as_i64().unwrap();
    let (paid, credited) =
        (done["paid"]["minor"].as_i64().unwrap(), done["credited"]["minor"].as_i64().unwrap());
    assert_eq!((paid, paid + credited), (1234.min(open), 1234));
    let (status, again) = send(&world, Method::POST, "/api/staff/v1/transfers", transfer).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(again["errors"][0]["field"], "statement_line");
    let (_, balance) = send(&world, Method::GET, &at, Value::Null).await;
    assert_eq!(balance["balance"]["minor"], held + credited);

    // Credit that is given is given once, and no more is taken back than there is.
    let id = uuid::Uuid::from_u128(77).to_string();
    let grant = json!({ "id": id, "amount_minor": 500, "reason": "outage" });
    for _ in 0..2 {
        let (status, balance) = send(&world, Method::POST, &at, grant.clone()).await;
        assert_eq!((status, &balance["balance"]["minor"]), (StatusCode::OK, &json!(held + credited + 500)));
    }
    let id = uuid::Uuid::from_u128(78).to_string();
    let too_much = json!({ "id": id, "amount_minor": -1_000_000, "reason": "given_in_error" });
    let (status, refused) = send(&world, Method::POST, &at, too_much).await;
    assert_eq!(
        (status, &refused["errors"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("amount"))
    );
    let nobody = format!("/api/staff/v1/customers/{}/credit", uuid::Uuid::nil());
    assert_eq!(send(&world, Method::GET, &nobody, Value::Null).await.0, StatusCode::NOT_FOUND);
});

both_engines!(a_refund_is_made_once_and_never_of_more_than_there_is, |db: Database| async move {
    let world = World::new(db).await;
    let invoice = &world.own["invoice"];
    let at = format!("/api/staff/v1/invoices/{invoice}");
    let (_, before) = send(&world, Method::GET, &at, Value::Null).await;
    let left = before["lines"][0]["left"]["minor"].as_i64().unwrap();
    let id = uuid::Uuid::from_u128(79).to_string();
    let part = json!({ "id": id, "lines": [{ "position": 1, "net_minor": 100 }], "to_card": false });
    let refunds = format!("{at}/refunds");
    let (status, first) = send(&world, Method::POST, &refunds, part.clone()).await;
    assert_eq!((status, &first["card"]), (StatusCode::OK, &Value::Null), "{first}");
    let (_, second) = send(&world, Method::POST, &refunds, part).await;
    assert_eq!(first, second);
    let (_, after) = send(&world, Method::GET, &at, Value::Null).await;
    assert_eq!(after["lines"][0]["left"]["minor"], left - 100);
    let id = uuid::Uuid::from_u128(80).to_string();
    let more = json!({ "id": id, "lines": [{ "position": 1, "net_minor": left }], "to_card": false });
    assert_eq!(send(&world, Method::POST, &refunds, more).await.0, StatusCode::UNPROCESSABLE_ENTITY);
});

both_engines!(items_rates_and_brands_are_written_by_programs, |db: Database| async move {
    let world = World::new(db).await;
    let item = json!({
        "name": "Evening call", "measure": "hour", "prices": [{ "currency": "USD", "minor": 9000 }], "offered": true,
    });
    let at = "/api/staff/v1/items/evening-call";
    let (status, made) = send(&world, Method::PUT, at, item.clone()).await;
    assert_eq!((status, &made["version"]), (StatusCode::OK, &json!(1)), "{made}");
    let (_, same) = send(&world, Method::PUT, at, item.clone()).await;
    assert_eq!(same["version"], 1, "nothing is different");
    let mut dearer = item;
    dearer["prices"][0]["minor"] = json!(9500);
    dearer["offered"] = json!(false);
    let (_, changed) = send(&world, Method::PUT, at, dearer).await;
    assert_eq!((&changed["version"], &changed["offered"]), (&json!(2), &json!(false)));
    assert_eq!(changed["prices"], json!([{ "currency": "USD", "minor": 9500 }]));

    let rate = json!({ "country": "US", "region": "TX", "name": "Sales tax", "percent": "8.25" });
    let (status, made) = send(&world, Method::POST, "/api/staff/v1/tax-rates", rate).await;
    assert_eq!((status, &made["percent"]), (StatusCode::CREATED, &json!("8.25")), "{made}");
    let one = format!("/api/staff/v1/tax-rates/{}", made["id"].as_str().unwrap());
    assert_eq!(send(&world, Method::DELETE, &one, Value::Null).await.0, StatusCode::NO_CONTENT);
    let wrong = json!({ "country": "XX", "name": "Tax", "percent": "8" });
    let (status, refused) = send(&world, Method::POST, "/api/staff/v1/tax-rates", wrong).await;
    assert_eq!(
        (status, &refused["errors"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("country"))
    );

    let brand = json!({
        "name": "Harbour Mail", "hosts": ["www.harbour-api.example"], "series": "HMX", "credit_note_series": "HMXC",
        "due_days": 14,
        "seller": {
            "name": "Harbour Mail Limited", "address": ["1 Quay Street", "Harbourtown"], "country": "IE", "tax_id": null,
            "email": "billing@harbour.example",
        },
    });
    let at = "/api/staff/v1/brands/harbour-api";
    let (status, made) = send(&world, Method::PUT, at, brand.clone()).await;
    assert_eq!(
        (status, &made["version"], &made["customers"]),
        (StatusCode::OK, &json!(1), &json!(0)),
        "{made}"
    );
    assert_eq!(send(&world, Method::GET, at, Value::Null).await.1, made);
    let (status, same) = send(&world, Method::PUT, at, brand).await;
    assert_eq!((status, same), (StatusCode::OK, made), "sent again it is the same");
});

both_engines!(a_held_order_is_decided_once_and_by_reviewers_alone, |db: Database| async move {
    let world = World::new(db).await;
    let reviewer = of_role(&world, Kind::StaffToken(StaffRole::FraudReviewer));
    let decide = async |caller: &Caller, decision: &str| {
        let path = format!("/api/staff/v1/orders/{}/decision", world.own["held"]);
        let body = json!({ "decision": decision, "note": null }).to_string();
        let (status, _, answer) = read(caller.send(&world.router, &Method::POST, &path, &body).await).await;
        (status, answer)
    };
    let bill = of_role(&world, Kind::StaffToken(StaffRole::Billing));
    assert_eq!(decide(bill, "approve").await.0, StatusCode::FORBIDDEN);
    let person = world.callers.iter().find(|caller| matches!(caller.kind, Kind::Token(..))).unwrap();
    assert_eq!(decide(person, "approve").await.0, StatusCode::UNAUTHORIZED);
    let (status, wrong) = decide(reviewer, "perhaps").await;
    assert_eq!(
        (status, &wrong["errors"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("decision"))
    );
    let (status, done) = decide(reviewer, "refuse").await;
    assert_eq!(status, StatusCode::OK, "{done}");
    assert!(["releasing", "refused"].contains(&done["status"].as_str().unwrap()), "{done}");
    assert_eq!(decide(reviewer, "approve").await.0, StatusCode::CONFLICT);
});
