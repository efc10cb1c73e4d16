//! Uses of personal data in the reader's own language: the codes of ledger entries as words.
//!
//! Every purpose, act, fact, role, task and field has a text in `privacy.ftl`; a test holds them against the registry. What
//! a later or earlier program wrote is shown as it stands in the entry.

use std::borrow::Cow;
use std::collections::BTreeMap;

use mailkeep_policy::ledger::{Decision, FoundUse, UserKind};
use mailkeep_policy::{Role, Shown, Subject};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::messages::{Arg, Msg};
use crate::render::Renderer;

/// The tasks of the program that have words of their own.
pub const TASKS: &[&str] = &[
    "answer to a request",
    "billing run",
    "copy of your data",
    "erasure",
    "invoice rendering",
    "list for letters and calls",
    "message gate",
    "order fulfilment",
    "order screening",
    "outgoing delivery",
    "retention",
    "sign-in check",
    "sign-in to a site",
];

/// The words in one language.
pub struct Words<'a> {
    renderer: &'a Renderer,
    language: &'a str,
}

/// A use in words.
#[derive(Debug, Clone, Serialize)]
pub struct UseLine {
    /// The entry.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// `you`, `contact`, `program` or `staff`.
    pub kind: &'static str,
    /// The icon's name in the sprite.
    pub icon: &'static str,
    /// Whether the gate let it pass.
    pub allowed: bool,
    /// Who did what with which fields.
    pub sentence: String,
    /// For what.
    pub purpose: String,
    /// What justified it, or did not.
    pub because: String,
    /// The customer whose data it was; the person's own when `None`.
    pub about: Option<Shown<String>>,
    /// The site to which it was passed.
    pub site: Option<String>,
}

impl<'a> Words<'a> {
    /// The words in `language`.
    pub fn new(renderer: &'a Renderer, language: &'a str) -> Self {
        Words { renderer, language }
    }

    fn text(&self, id: String, args: &[(&'static str, &str)]) -> Option<String> {
        let args: BTreeMap<Cow<'static, str>, Arg> =
            args.iter().map(|(name, value)| (Cow::Borrowed(*name), Arg::from(*value))).collect();
        self.renderer.messages().text(self.language, &id, &args)
    }

    fn word(&self, group: &str, id: &str) -> String {
        self.text(format!("{group}-{}", slug(id)), &[]).unwrap_or_else(|| id.to_owned())
    }

    /// A field by its `table.column`.
    pub fn field(&self, name: &str) -> String {
        self.word("field", name)
    }

    /// A field that has words; columns that are not personal have none.
    pub fn known_field(&self, name: &str) -> Option<String> {
        self.text(format!("field-{}", slug(name)), &[])
    }

    /// What a table holds; `fallback` for one without words.
    pub fn holds(&self, table: &str, fallback: &str) -> String {
        self.text(format!("holds-{}", slug(table)), &[]).unwrap_or_else(|| fallback.to_owned())
    }

    /// Where the rows of a table come from; `fallback` for one without words.
    pub fn source(&self, table: &str, fallback: &str) -> String {
        self.text(format!("source-{}", slug(table)), &[]).unwrap_or_else(|| fallback.to_owned())
    }

    /// Several fields; those with the same words once.
    pub fn fields(&self, names: &[String]) -> String {
        let mut words: Vec<String> = Vec::new();
        for name in names {
            let word = self.field(name);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.join(", ")
    }

    /// A purpose.
    pub fn purpose(&self, id: &str) -> String {
        self.word("purpose", id)
    }

    /// A kind of fact, as what was the case.
    pub fn fact(&self, id: &str) -> String {
        self.word("because", id)
    }

    /// A category.
    pub fn category(&self, id: &str) -> String {
        self.word("kind", id)
    }

    /// A role.
    pub fn role(&self, id: &str) -> String {
        self.word("acting", id)
    }

    /// Who: a task by its own words, staff by role and pseudonym.
    pub fn who(&self, kind: UserKind, role: &str, actor: &str) -> String {
        let found = match kind {
            UserKind::You => self.text("who-you".to_owned(), &[]),
            UserKind::Contact => self.text("who-contact".to_owned(), &[]),
            UserKind::Program if TASKS.contains(&actor) => self.text(format!("task-{}", slug(actor)), &[]),
            UserKind::Program => self.text("who-program".to_owned(), &[("name", actor)]),
            UserKind::Staff => {
                self.text("who-staff".to_owned(), &[("role", &self.role(role)), ("name", actor)])
            }
        };
        found.unwrap_or_else(|| actor.to_owned())
    }

    /// What was done, as a sentence.
    pub fn did(&self, act: &str, allowed: bool, who: &str, what: &str) -> String {
        let group = if allowed { "did" } else { "refused" };
        let args = [("who", who), ("what", what)];
        self.text(format!("{group}-{act}"), &args).unwrap_or_else(|| format!("{who}: {act} {what}"))
    }

    /// A use as `reader` reads it; `about` names customers.
    pub fn line(
        &self,
        found: &FoundUse,
        reader: Subject,
        about: impl Fn(Subject) -> Option<Shown<String>>,
    ) -> UseLine {
        let entry = &found.entry;
        let (kind, allowed) = (UserKind::of(entry, reader), entry.decision == Decision::Allowed);
        let who = self.who(kind, &entry.role, &entry.actor);
        let because = if allowed { "because" } else { "not-because" };
        UseLine {
            id: entry.id.to_string(),
            at: entry.at,
            kind: kind.word(),
            icon: icon(kind, allowed),
            allowed,
            sentence: self.did(&entry.act, allowed, &who, &self.fields(&entry.fields)),
            purpose: self.purpose(&entry.purpose),
            because: self
                .text(because.to_owned(), &[("fact", &self.fact(&entry.fact))])
                .unwrap_or_else(|| entry.fact.clone()),
            about: about(found.subject),
            site: None,
        }
    }

    /// The mail that tells of a use: its codes as words. Other messages pass as they are.
    pub fn mail(&self, template: &str, context: &serde_json::Value) -> serde_json::Value {
        let mut words = context.clone();
        if template != "identity/data_used" {
            return words;
        }
        let text = |name: &str| context[name].as_str().unwrap_or_default();
        let fields: Vec<String> = context["fields"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|field| field.as_str().map(str::to_owned))
            .collect();
        let who = match context["staff"].as_bool() {
            Some(true) => self.text("who-staff-mail".to_owned(), &[("name", text("who"))]),
            _ => Some(self.who(UserKind::Program, Role::System.id(), text("who"))),
        };
        words["used_by"] = who.unwrap_or_default().into();
        words["used_fields"] = self.fields(&fields).into();
        words["used_for"] = self.purpose(text("purpose")).into();
        words["used_because"] = self.fact(text("fact")).into();
        words["path"] = format!("/center/privacy/uses/{}", text("entry")).into();
        words
    }
}

const fn icon(kind: UserKind, allowed: bool) -> &'static str {
    match (allowed, kind) {
        (false, _) => "lock",
        (true, UserKind::You) => "user",
        (true, UserKind::Contact) => "users",
        (true, UserKind::Program) => "cog",
        (true, UserKind::Staff) => "eye",
    }
}

/// A code as the part of a message id.
fn slug(id: &str) -> String {
    id.replace(['.', ' ', '_'], "-")
}

/// The text of a word that a handler chose, e.g. `purpose-deliver`.
pub fn word(group: &'static str, id: &str) -> Msg {
    Msg { id: format!("{group}-{}", slug(id)).into(), args: BTreeMap::new() }
}

#[cfg(test)]
mod tests {
    use mailkeep_mailbox::testing::TestOffice;
    use mailkeep_policy::{Act, CategoryId, FactKind, PurposeId};
    use mailkeep_storage::sql::Dialect;
    use mailkeep_storage::testing::run;

    use super::*;

    #[test]
    fn every_code_of_an_entry_has_words_in_every_language() {
        run(Dialect::Sqlite, async |db| {
            let test = TestOffice::open(db).await;
            let state = crate::testing::state(&test).await;
            let mut ids: Vec<String> = Vec::new();
            ids.extend(PurposeId::ALL.iter().map(|purpose| format!("purpose-{purpose}")));
            ids.extend(CategoryId::ALL.iter().map(|category| format!("kind-{}", slug(category.id()))));
            ids.extend(FactKind::ALL.iter().map(|fact| format!("because-{}", slug(fact.id()))));
            ids.extend(Role::ALL.iter().map(|role| format!("acting-{}", slug(role.id()))));
            ids.extend(Act::ALL.iter().flat_map(|act| [format!("did-{act}"), format!("refused-{act}")]));
            ids.extend(TASKS.iter().map(|task| format!("task-{}", slug(task))));
            let fields = state.policy.fields();
            assert!(fields.len() > 40, "{}", fields.len());
            ids.extend(
                fields.iter().map(|field| format!("field-{}-{}", slug(field.table), slug(field.column))),
            );
            let mut missing = Vec::new();
            for language in ["en", "de", "es"] {
                let none = BTreeMap::new();
                let known = |id: &String| state.renderer.messages().text(language, id, &none).is_some();
                missing.extend(ids.iter().filter(|id| !known(id)).map(|id| format!("{language}: {id}")));
            }
            assert!(missing.is_empty(), "write these texts into privacy.ftl: {missing:#?}");
        });
    }
}
