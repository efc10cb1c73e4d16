//! What is held and why: by category, with the present values, where they come from, what they are used for, how long they
//! are kept, who can see them, and where they are corrected.

use mailkeep_policy::records::{Held, HeldAs, held};
use mailkeep_policy::table::{Cell, CellKey};
use mailkeep_policy::{Act, CategoryId, PurposeId, Role, Shown, Subject};
use serde::Serialize;

use super::{name_of, own_customers, subjects};
use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
use crate::uses::{Words, word};

/// Where what a person was asked for is corrected: table, column, the page, and the act behind its form. A test holds the
/// list against the registry.
pub const CORRECTIONS: &[(&str, &str, &str, &str)] = &[
    ("persons", "name", "/center/profile", "/center/profile"),
    ("persons", "language", "/center/profile", "/center/profile"),
    ("persons", "time_zone", "/center/profile", "/center/profile"),
    ("persons", "phone", "/center/profile", "/center/profile"),
    ("persons", "postal", "/center/profile", "/center/profile"),
    ("persons", "email", "/center/profile", "/center/profile/email"),
    ("customers", "name", "/center/billing", "/center/billing/name"),
    ("billing_profiles", "details", "/center/billing", "/center/billing"),
    ("contact_invitations", "email", "/center/contacts", "/center/contacts/{contact}/remove"),
    ("api_tokens", "name", "/center/tokens", "/center/tokens/{token}/revoke"),
    ("mailboxes", "display_name", "/center/mailboxes", "/center/mailboxes/{mailbox}/name"),
    (
        "app_passwords",
        "label",
        "/center/mailboxes",
        "/center/mailboxes/{mailbox}/passwords/{password}/revoke",
    ),
    ("addresses", "address", "/center/aliases", "/center/aliases/{alias}/remove"),
    ("list_guests", "address", "/center/lists", "/center/lists/{list}/guests/{guest}/remove"),
];

/// What is held about the person.
#[derive(Debug, Serialize)]
pub struct HeldPage {
    /// By category, in the order of the policy.
    pub categories: Vec<HeldCategory>,
    /// The policy in force.
    pub policy_id: String,
}

/// A category of which something is held.
#[derive(Debug, Clone, Serialize)]
pub struct HeldCategory {
    /// Its word in the policy.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What it is used for.
    pub purposes: Vec<String>,
    /// How long it is kept, in the policy's own words.
    pub kept: String,
    /// Who can see it, each only under a fact.
    pub seen_by: Vec<String>,
    /// What is held of it.
    pub rows: Vec<HeldRow>,
}

/// A field.
#[derive(Debug, Clone, Serialize)]
pub struct HeldRow {
    /// What it is.
    pub label: String,
    /// The customer whose it is; the person's own when `None`.
    pub about: Option<Shown<String>>,
    /// The newest values.
    pub values: Vec<Shown<String>>,
    /// How many more there are.
    pub more: i64,
    /// Where it comes from.
    pub source: String,
    /// Whether the person typed it in.
    pub asked: bool,
    /// `opened`, `closed` or `elsewhere`.
    pub shown: HeldAs,
    /// Where it is corrected, or shown.
    pub href: Option<&'static str>,
}

impl Page for HeldPage {
    const TEMPLATE: &'static str = "center/privacy/held.html";

    fn samples() -> Vec<Self> {
        let row = |label: &str, value: &str, source: &str, asked, href| HeldRow {
            label: label.to_owned(),
            about: None,
            values: vec![value.into()],
            more: 0,
            source: source.to_owned(),
            asked,
            shown: HeldAs::Opened,
            href,
        };
        let category = |id: &str, title: &str, rows| HeldCategory {
            id: id.to_owned(),
            title: title.to_owned(),
            purposes: vec![
                "to deliver what you ordered and bill for it".to_owned(),
                "to spare you typing it again".to_owned(),
            ],
            kept: "until 30 days after the last service ends".to_owned(),
            seen_by: vec!["you".to_owned(), "the program".to_owned(), "support".to_owned()],
            rows,
        };
        let form = "You typed it into the registration form or your profile.";
        let profile = Some("/center/profile");
        let contact = row("e-mail address", "ada@example.net", form, true, profile);
        let sessions = HeldRow {
            values: vec!["192.0.2.7".into(), "192.0.2.9".into()],
            more: 4,
            ..row("network", "", "It arises when you sign in.", false, None)
        };
        let password = HeldRow {
            values: Vec::new(),
            shown: HeldAs::Closed,
            ..row("check of your password", "", "You chose it.", false, Some("/center/security"))
        };
        let invoices = HeldRow {
            values: Vec::new(),
            more: 12,
            shown: HeldAs::Elsewhere,
            about: Some("Larkspur Books".into()),
            ..row("invoices", "", "They arise from what you ordered.", false, Some("/center/invoices"))
        };
        vec![HeldPage {
            categories: vec![
                category(
                    "identity",
                    "Your name, language and time zone",
                    vec![
                        row("name", "Ada Example", form, true, profile),
                        row("time zone", "America/New_York", form, true, profile),
                    ],
                ),
                category("contact", "How you can be reached", vec![contact]),
                category("network", "Networks and devices", vec![sessions]),
                category("credential", "What proves that you are you", vec![password]),
                category("invoice", "Invoices", vec![invoices]),
            ],
            policy_id: "9f".repeat(32),
        }]
    }
}

/// `GET /center/privacy/held`
pub async fn show(ctx: Ctx) -> Answer {
    let (policy, person) = (&ctx.state.policy, ctx.who.person()?);
    let customers = own_customers(&ctx).await?;
    let mut found: Vec<(Subject, Held)> = Vec::new();
    for subject in subjects(&ctx, &customers)? {
        let columns = held(policy, person.actor(), person.fact(), subject).await?;
        found.extend(columns.into_iter().map(|column| (subject, column)));
    }
    let words = Words::new(&ctx.state.renderer, &ctx.language);
    let page = policy.page(&ctx.state.config.company);
    let mut categories = Vec::new();
    for category in CategoryId::ALL {
        let rows: Vec<HeldRow> = found
            .iter()
            .filter(|(_, held)| held.category == *category)
            .map(|(subject, held)| row(&ctx, &words, held, name_of(&customers, *subject)))
            .collect();
        let Some(told) = page.categories.iter().find(|told| told.id == category.id()) else { continue };
        if !rows.is_empty() {
            categories.push(HeldCategory {
                id: category.id().to_owned(),
                title: words.category(category.id()),
                purposes: told.purposes.iter().map(|purpose| words.purpose(purpose)).collect(),
                kept: told.kept.clone(),
                seen_by: seen_by(&ctx, *category).into_iter().map(|role| words.role(role.id())).collect(),
                rows,
            });
        }
    }
    ctx.page(&HeldPage { categories, policy_id: policy.compiled().id_text() })
}

fn row(ctx: &Ctx, words: &Words<'_>, held: &Held, about: Option<Shown<String>>) -> HeldRow {
    let values: Vec<Shown<String>> = held.values.iter().filter(|value| !value.is_blank()).cloned().collect();
    let shown = i64::try_from(held.values.len()).unwrap_or(i64::MAX);
    HeldRow {
        label: words.field(&format!("{}.{}", held.table, held.column)),
        about,
        more: if held.shown == HeldAs::Opened && shown < 5 { 0 } else { held.rows - shown },
        values,
        source: ctx.text(&word("source", held.table)),
        asked: held.asked,
        shown: held.shown,
        href: href(held),
    }
}

/// Where a field is corrected, or where it is shown.
fn href(held: &Held) -> Option<&'static str> {
    let correction = CORRECTIONS
        .iter()
        .find(|(table, column, ..)| held.asked && *table == held.table && *column == held.column);
    match (correction, held.category) {
        (Some((_, _, page, _)), _) => Some(page),
        (None, CategoryId::Credential) => Some("/center/security"),
        (None, CategoryId::Invoice) => Some("/center/invoices"),
        (None, CategoryId::UseRecord) => Some("/center/privacy/uses"),
        (None, CategoryId::MailContent | CategoryId::MailMetadata | CategoryId::MailTrace) => {
            Some("/center/domains")
        }
        (None, _) if held.table == "exports" => Some("/center/privacy/copy"),
        (None, _) if held.table == "contacts" => Some("/center/contacts"),
        (None, _) if held.table == "sessions" => Some("/center/security"),
        (None, _) => None,
    }
}

/// The roles that some rule lets read the category.
fn seen_by(ctx: &Ctx, category: CategoryId) -> Vec<Role> {
    let table = &ctx.state.policy.compiled().table;
    let sees = |role: Role| {
        PurposeId::ALL.iter().any(|purpose| {
            let key = CellKey { purpose: *purpose, category, role, act: Act::Read };
            matches!(table.cell(key), Cell::Allowed(_))
        })
    };
    Role::ALL.iter().copied().filter(|role| sees(*role)).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use mailkeep_mailbox::testing::TestOffice;
    use mailkeep_storage::sql::Dialect;
    use mailkeep_storage::testing::run;

    use super::*;

    /// P18: whatever the registry says that a person is asked for has a page, and an act behind it, that corrects it; and
    /// nothing is corrected that nobody is asked for.
    #[test]
    fn everything_that_is_asked_can_be_corrected() {
        run(Dialect::Sqlite, async |db| {
            let test = TestOffice::open(db).await;
            let state = crate::testing::state(&test).await;
            let (_, routes) = crate::declare(state.clone()).finish();
            let declared = |method: &Method, path: &str| {
                routes.iter().any(|route| route.method == *method && route.path == path)
            };
            let mut asked = Vec::new();
            for record in state.policy.records() {
                asked.extend(record.asked.iter().map(|column| (record.table, *column)));
            }
            assert!(asked.len() > 10, "{asked:?}");
            for (table, column) in &asked {
                let known = CORRECTIONS.iter().find(|(t, c, ..)| t == table && c == column);
                let (.., page, act) = known.unwrap_or_else(|| panic!("{table}.{column} cannot be corrected"));
                assert!(declared(&Method::GET, page), "{page}");
                assert!(declared(&Method::POST, act), "{act}");
            }
            let stale: Vec<_> = CORRECTIONS.iter().filter(|(t, c, ..)| !asked.contains(&(*t, *c))).collect();
            assert!(stale.is_empty(), "nobody asks for these: {stale:?}");
            let none = std::collections::BTreeMap::new();
            for record in state.policy.records().iter().filter(|record| !record.personal.is_empty()) {
                let id = word("source", record.table).id;
                for language in ["en", "de", "es"] {
                    let text = state.renderer.messages().text(language, &id, &none);
                    assert!(text.is_some(), "{language}: {id}");
                }
            }
        });
    }
}
