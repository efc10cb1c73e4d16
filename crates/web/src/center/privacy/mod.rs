//! “Your data”: what is held about a person and why, who used it, a copy of it, objections, and erasure.

pub mod cases;
pub mod copy;
pub mod erasure;
pub mod held;
pub mod objections;
pub mod overview;
pub mod sites;
pub mod uses;

use mailkeep_identity::ContactRole;
use mailkeep_policy::{Act, Grant, Shown, Subject, Use, purpose};
use mailkeep_types::CustomerId;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::{Permission, Routes};

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let person = Permission::Person;
    routes.get("/center/privacy", person, overview::show);
    routes.get("/center/privacy/held", person, held::show);
    routes.get("/center/privacy/uses", person, uses::show);
    routes.post("/center/privacy/uses/seen", person, uses::mark_seen);
    routes.get("/center/privacy/uses/proofs", person, uses::proofs);
    routes.get("/center/privacy/uses/{entry}", person, uses::show_one);
    routes.get("/center/privacy/uses/{entry}/proof", person, uses::proof);
    routes.get("/center/privacy/sites", person, sites::show);
    routes.post("/center/privacy/sites/{consent}/withdraw", person, sites::withdraw);
    routes.get("/center/privacy/copy", person, copy::show);
    routes.post("/center/privacy/copy", person, copy::ask);
    routes.get("/center/privacy/copy/{copy}", person, copy::fetch);
    routes.post("/center/privacy/copy/{copy}/remove", person, copy::remove);
    routes.get("/center/privacy/objections", person, objections::show);
    routes.post("/center/privacy/objections", person, objections::submit);
    routes.get("/center/privacy/cases", person, cases::show);
    routes.post("/center/privacy/cases", person, cases::submit);
    routes.get("/center/privacy/cases/{privacy_case}", person, cases::show_one);
    routes.get(
        "/center/privacy/cases/{privacy_case}/attachments/{case_attachment}",
        person,
        cases::attachment,
    );
    routes.post("/center/privacy/cases/{privacy_case}/reply", person, cases::reply);
    routes.get("/center/privacy/erasure", person, erasure::show);
    routes.post("/center/privacy/erasure", person, erasure::submit);
    routes.post("/center/privacy/erasure/undo", person, erasure::undo);
}

/// The customers that the person owns, with their names: what is held about them is the person's to see and decide.
pub(crate) async fn own_customers(ctx: &Ctx) -> Result<Vec<(CustomerId, Shown<String>)>, WebError> {
    let customers = ctx.state.identity.list_customers(ctx.access()).await?;
    let own = customers.into_iter().filter(|customer| customer.roles.contains(ContactRole::Owner));
    Ok(own.map(|customer| (customer.customer, customer.name)).collect())
}

/// The subjects that these customers and the person are.
pub(crate) fn subjects(
    ctx: &Ctx,
    customers: &[(CustomerId, Shown<String>)],
) -> Result<Vec<Subject>, WebError> {
    let person = Subject::person(ctx.who.person()?.person);
    let customers = customers.iter().map(|(customer, _)| Subject::customer(*customer));
    Ok(std::iter::once(person).chain(customers).collect())
}

/// Grants to read (or to take along) the records of uses of these subjects.
pub(crate) async fn audits(
    ctx: &Ctx,
    subjects: &[Subject],
    act: Act,
) -> Result<Vec<Grant<purpose::Audit>>, WebError> {
    let person = ctx.who.person()?;
    let mut grants = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let asked = Use {
            actor: person.actor(),
            subject: *subject,
            act,
            fields: &["ledger_entries.payload"],
            fact: person.fact(),
        };
        grants.push(ctx.state.policy.grant(asked).await?);
    }
    Ok(grants)
}

/// The name of the customer that a subject is; `None` for the person.
fn name_of(customers: &[(CustomerId, Shown<String>)], subject: Subject) -> Option<Shown<String>> {
    match subject {
        Subject::Customer(id) => {
            customers.iter().find(|(customer, _)| *customer == id).map(|(_, name)| name.clone())
        }
        _ => None,
    }
}
