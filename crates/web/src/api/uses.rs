//! Who used the person's data: the record of uses for programs.

use mailkeep_identity::Scope;
use mailkeep_policy::ledger::{self, Decision, FoundUse, UseFilter, UserKind};
use mailkeep_policy::{Act, PurposeId, Subject};
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::value::Instant;
use crate::center::privacy::{audits, own_customers, subjects};
use crate::ctx::Ctx;
use crate::error::WebError;

/// How many uses one answer holds.
const AT_ONCE: usize = 100;

/// A part of the record of uses, newest first.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Uses")]
pub struct UsesView {
    /// The uses.
    pub uses: Vec<UseView>,
    /// Give this as `before` for the next part; `null` at the end.
    pub next: Option<i64>,
}

/// A use of the person's data, or of that of a customer they own. Fields are named, never their values.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Use")]
pub struct UseView {
    /// The entry in the ledger.
    pub id: String,
    /// When.
    pub at: Instant,
    /// Whose data: `person`, or `customer` and its identifier.
    pub about: String,
    /// `you`, `contact`, `program` or `staff`.
    pub user: String,
    /// The name of a task, or the pseudonym of a member of staff.
    pub actor: String,
    /// As what.
    pub role: String,
    /// For what.
    pub purpose: String,
    /// What was done.
    pub act: String,
    /// With which fields.
    pub fields: Vec<String>,
    /// What justified it.
    pub fact: String,
    /// Whether it was allowed.
    pub allowed: bool,
    /// The rule that allowed it, or why it was refused.
    pub reason: String,
    /// The policy in force.
    pub policy_id: String,
    /// Its place among all entries.
    pub position: i64,
}

fn view(found: FoundUse, reader: Subject) -> UseView {
    let user = UserKind::of(&found.entry, reader).word().to_owned();
    let entry = found.entry;
    UseView {
        id: entry.id.to_string(),
        at: entry.at.into(),
        about: match found.subject {
            Subject::Customer(id) => format!("customer {id}"),
            subject => subject.word().to_owned(),
        },
        user,
        actor: entry.actor,
        role: entry.role,
        purpose: entry.purpose,
        act: entry.act,
        fields: entry.fields,
        fact: entry.fact,
        allowed: entry.decision == Decision::Allowed,
        reason: entry.reason,
        policy_id: entry.policy_id,
        position: entry.position,
    }
}

async fn show(ctx: Ctx) -> Result<UsesView, WebError> {
    let customers = own_customers(&ctx).await?;
    let grants = audits(&ctx, &subjects(&ctx, &customers)?, Act::Read).await?;
    let reader = Subject::person(ctx.who.person()?.person);
    let filter = UseFilter {
        user: UserKind::from_word(ctx.query.get("user")),
        refused: ctx.query.get("refused") == "true",
        purpose: PurposeId::from_id(ctx.query.get("purpose")),
        ..UseFilter::default()
    };
    let before = ctx.query.get("before").parse().ok();
    let found = ledger::find_uses(&ctx.state.policy, &grants, reader, &filter, before, AT_ONCE).await?;
    let uses = found.uses.into_iter().map(|found| view(found, reader)).collect();
    Ok(UsesView { uses, next: found.next })
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Profile");
    let uses = op(
        "/api/v1/profile/uses",
        "listUses",
        "Who used the person's data, newest first",
        Scope::PrivacyRead,
        &[],
    );
    api.read(uses, show);
}
