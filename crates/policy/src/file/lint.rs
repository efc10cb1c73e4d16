//! What can be wrong with a file that is well-formed TOML, each with its line, the reason and the mend.

use std::collections::{HashMap, HashSet};
use std::fmt;

use toml::Spanned;

mod choosing;
mod sharing;

use super::raw::RawFile;
use crate::outbound::{Channel, Choice, MessageClass};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintError {
    /// The line in the file, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Display for LintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}; {}", self.line, self.reason, self.mend)
    }
}

pub(super) fn listed(errors: &[LintError]) -> String {
    errors.iter().map(|error| format!("  {error}")).collect::<Vec<_>>().join("\n")
}

struct Linter<'a> {
    text: &'a str,
    errors: Vec<LintError>,
}

impl Linter<'_> {
    fn wrong(&mut self, at: &Spanned<String>, reason: impl Into<String>, mend: impl Into<String>) {
        let before = self.text.get(..at.span().start).unwrap_or_default();
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        self.errors.push(LintError { line, reason: reason.into(), mend: mend.into() });
    }

    fn unique<'b>(&mut self, kind: &str, ids: impl Iterator<Item = &'b Spanned<String>>) {
        let mut seen = HashSet::new();
        for id in ids {
            if !seen.insert(id.get_ref().as_str()) {
                self.wrong(
                    id,
                    format!("{kind} “{}” stands here a second time", id.get_ref()),
                    "give it another id",
                );
            }
        }
    }

    fn placeholders(&mut self, file: &RawFile, at: &Spanned<String>, text: &str) {
        for name in super::compile::placeholders(text) {
            if super::compile::fill(file, name).is_none() && name != "operator" {
                self.wrong(
                    at,
                    format!("placeholder {{{name}}} has nothing behind it"),
                    "use {operator}, {residency.country}, {erasure.days}, {retention.<category>}, {ground.<id>}, \
                     {one_in_days.<class>} or a key of [fill]",
                );
            }
        }
    }

    fn words(&mut self, at: &Spanned<String>, what: &str, words: &[String], known: &[&str]) {
        for word in words.iter().filter(|word| !known.contains(&word.as_str())) {
            self.wrong(
                at,
                format!("“{}” names the unknown {what} “{word}”", at.get_ref()),
                format!("use one of {}", known.join(", ")),
            );
        }
    }
}

fn ids<T: Copy>(all: &[T], id: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| id(*value)).collect()
}

pub(super) fn lint(file: &RawFile, text: &str) -> Vec<LintError> {
    let mut linter = Linter { text, errors: Vec::new() };
    linter.unique("section", file.section.iter().map(|s| &s.id));
    linter.unique("purpose", file.purpose.iter().map(|p| &p.id));
    linter.unique("category", file.category.iter().map(|c| &c.id));
    linter.unique("rule", file.rule.iter().map(|r| &r.id).chain(file.never.iter().map(|n| &n.id)));
    linter.unique("message class", file.message.iter().map(|m| &m.class));
    linter.unique("topic", file.topic.iter().map(|t| &t.id));
    linter.unique("promise", file.promise.iter().map(|p| &p.id));
    linter.unique("recipient", file.recipient.iter().map(|r| &r.id));
    linter.unique("measure", file.measure.iter().map(|m| &m.id));
    linter.unique("ground", file.ground.iter().map(|g| &g.id));
    vocabulary(&mut linter, file);
    rules(&mut linter, file);
    sharing::recipients(&mut linter, file);
    sharing::grounds(&mut linter, file);
    messages(&mut linter, file);
    choosing::topics(&mut linter, file);
    promises(&mut linter, file);
    linter.errors.sort_by_key(|error| error.line);
    linter.errors
}

/// Purposes and categories of the file are those of the build, no more and no fewer.
fn vocabulary(linter: &mut Linter<'_>, file: &RawFile) {
    for purpose in &file.purpose {
        if PurposeId::from_id(purpose.id.get_ref()).is_none() {
            linter.wrong(
                &purpose.id,
                format!("this program was built without the purpose “{}”", purpose.id.get_ref()),
                "remove it, or build the program with this file",
            );
        }
        if !["primary", "supporting"].contains(&purpose.kind.as_str()) {
            linter.wrong(&purpose.id, "a purpose is primary or supporting", "set kind to one of the two");
        }
    }
    for category in &file.category {
        if CategoryId::from_id(category.id.get_ref()).is_none() {
            linter.wrong(
                &category.id,
                format!("this program was built without the category “{}”", category.id.get_ref()),
                "remove it, or build the program with this file",
            );
        }
        if category.keep_days.is_none() || category.keep_from.is_empty() {
            linter.wrong(
                &category.id,
                format!("category “{}” has no retention", category.id.get_ref()),
                "say keep_days and keep_from",
            );
        }
        if !["destroy_key", "end_of_term"].contains(&category.erase.as_str()) {
            linter.wrong(
                &category.id,
                "it is not said how it is erased",
                "set erase to destroy_key or end_of_term",
            );
        }
        if !["declared", "unbound"].contains(&category.residency.as_str()) {
            linter.wrong(
                &category.id,
                "it is not said where it is stored",
                "set residency to declared (the country of [residency]) or unbound",
            );
        }
        if !["controller", "processor"].contains(&category.held_as.as_str()) {
            linter.wrong(
                &category.id,
                "it is not said as what it is held",
                "set as to controller or processor",
            );
        }
    }
    // The end of the file is the place of what is missing from it.
    let end = Spanned::new(linter.text.len()..linter.text.len(), String::new());
    for id in PurposeId::ALL.iter().filter(|id| !file.purpose.iter().any(|p| p.id.get_ref() == id.id())) {
        linter.wrong(
            &end,
            format!("the purpose “{id}” that the program uses is missing"),
            "add a [[purpose]] for it",
        );
    }
    for id in CategoryId::ALL.iter().filter(|id| !file.category.iter().any(|c| c.id.get_ref() == id.id())) {
        linter.wrong(
            &end,
            format!("the category “{id}” that the program stores is missing"),
            "add a [[category]] for it",
        );
    }
}

fn rules(linter: &mut Linter<'_>, file: &RawFile) {
    let (purposes, categories) = (ids(PurposeId::ALL, PurposeId::id), ids(CategoryId::ALL, CategoryId::id));
    let (roles, acts) = (ids(Role::ALL, Role::id), ids(Act::ALL, Act::id));
    let facts = ids(FactKind::ALL, FactKind::id);
    let mut covered: HashMap<(&str, &str, &str, &str), &str> = HashMap::new();
    for rule in &file.rule {
        linter.words(&rule.id, "purpose", std::slice::from_ref(&rule.purpose), &purposes);
        linter.words(&rule.id, "category", &rule.categories, &categories);
        linter.words(&rule.id, "role", &rule.roles, &roles);
        linter.words(&rule.id, "act", &rule.acts, &acts);
        let named: Vec<String> =
            rule.requires.iter().flat_map(|way| way.split('+').map(|fact| fact.trim().to_owned())).collect();
        linter.words(&rule.id, "fact", &named, &facts);
        linter.words(&rule.id, "obligation", &rule.obliges, &["notify"]);
        if rule.requires.is_empty() {
            linter.wrong(
                &rule.id,
                format!("rule “{}” asks for no fact", rule.id.get_ref()),
                "name at least one fact in requires: a use of personal data is justified by what is so, not by wish",
            );
        }
        for (list, name) in [(&rule.categories, "categories"), (&rule.roles, "roles"), (&rule.acts, "acts")] {
            if list.is_empty() {
                linter.wrong(
                    &rule.id,
                    format!("rule “{}” allows nothing", rule.id.get_ref()),
                    format!("fill {name}"),
                );
            }
        }
        let cells = rule.categories.iter().flat_map(|category| {
            rule.roles.iter().flat_map(move |role| rule.acts.iter().map(move |act| (category, role, act)))
        });
        let mut clash = None;
        for (category, role, act) in cells {
            let earlier = covered.insert((&rule.purpose, category, role, act), rule.id.get_ref());
            clash =
                clash.or(earlier.filter(|_| !rule.also).map(|e| format!("{e} ({category}, {role}, {act})")));
        }
        if let Some(clash) = clash {
            linter.wrong(
                &rule.id,
                format!("rule “{}” speaks of a cell that another covers: {clash}", rule.id.get_ref()),
                "join the two, or say also = true where another way is meant",
            );
        }
    }
    for never in &file.never {
        linter.words(&never.id, "purpose", &never.purposes, &purposes);
        linter.words(&never.id, "category", &never.categories, &categories);
        linter.words(&never.id, "role", &never.roles, &roles);
        linter.words(&never.id, "act", &never.acts, &acts);
    }
}

fn messages(linter: &mut Linter<'_>, file: &RawFile) {
    let mut placed: HashMap<&str, &str> = HashMap::new();
    for message in &file.message {
        let class = message.class.get_ref().as_str();
        linter.words(&message.class, "class", &[class.to_owned()], &ids(MessageClass::ALL, MessageClass::id));
        linter.words(&message.class, "channel", &message.channels, &ids(Channel::ALL, Channel::id));
        linter.words(
            &message.class,
            "choice",
            std::slice::from_ref(&message.choice),
            &ids(Choice::ALL, Choice::id),
        );
        linter.words(
            &message.class,
            "purpose",
            std::slice::from_ref(&message.purpose),
            &ids(PurposeId::ALL, PurposeId::id),
        );
        // Offers in the class that cannot be declined would break the promise of choice.
        if (class == "account") != (message.choice == "none") {
            linter.wrong(
                &message.class,
                "exactly the account class is sent without a choice",
                "set choice to none for account and to opt_out or opt_in for every other class",
            );
        }
        for template in &message.templates {
            if let Some(other) = placed.insert(template, class) {
                linter.wrong(
                    &message.class,
                    format!("template “{template}” is in the classes {other} and {class}"),
                    "leave it in one of them",
                );
            }
        }
    }
}

fn promises(linter: &mut Linter<'_>, file: &RawFile) {
    let sections: Vec<&str> = file.section.iter().map(|s| s.id.get_ref().as_str()).collect();
    let known = bases(file);
    let mut rested: HashSet<&str> = HashSet::new();
    for promise in &file.promise {
        linter.words(&promise.id, "section", std::slice::from_ref(&promise.section), &sections);
        linter.words(&promise.id, "proof", &promise.proof, &["static", "probe", "evidence", "attested"]);
        if promise.status.is_kept() {
            rested.extend(promise.rests_on.iter().map(String::as_str));
        }
        for basis in promise.rests_on.iter().filter(|b| !b.starts_with("code:") && !known.contains(*b)) {
            linter.wrong(
                &promise.id,
                format!("promise {} rests on “{basis}”, which is not there", promise.id.get_ref()),
                "name a rule, a never line, message:<class>, recipient:<id>, ground:<id> or code:<part>",
            );
        }
        let attested = promise.proof.iter().any(|proof| proof == "attested");
        if promise.status.is_kept() && promise.rests_on.is_empty() && !attested {
            linter.wrong(
                &promise.id,
                format!("promise {} rests on nothing", promise.id.get_ref()),
                "name what keeps it in rests_on, have it attested, or set status = \"planned\"",
            );
        }
        if promise.status.is_kept() != promise.awaits.is_empty() {
            linter.wrong(
                &promise.id,
                format!("promise {} does not say whether it is given", promise.id.get_ref()),
                "a planned promise says in awaits what is missing; one that is given awaits nothing",
            );
        }
        if promise.proof.is_empty() || promise.check.is_empty() {
            linter.wrong(&promise.id, "it is not said how the promise is known", "fill proof and check");
        }
        linter.placeholders(file, &promise.id, &promise.text);
    }
    for note in &file.note {
        linter.placeholders(file, &note.words, note.words.get_ref());
    }
    let all = file.rule.iter().map(|r| &r.id).chain(file.never.iter().map(|n| &n.id));
    for id in all.filter(|id| !rested.contains(id.get_ref().as_str())) {
        linter.wrong(
            id,
            format!("no promise rests on “{}”", id.get_ref()),
            "name it in the rests_on of the promise that tells people of it, or remove it",
        );
    }
}

/// What a promise can rest on, besides parts of the program.
fn bases(file: &RawFile) -> HashSet<String> {
    let rules = file.rule.iter().map(|rule| rule.id.get_ref().clone());
    let nevers = file.never.iter().map(|never| never.id.get_ref().clone());
    let messages = file.message.iter().map(|message| format!("message:{}", message.class.get_ref()));
    let recipients = file.recipient.iter().map(|recipient| format!("recipient:{}", recipient.id.get_ref()));
    let grounds = file.ground.iter().map(|ground| format!("ground:{}", ground.id.get_ref()));
    rules.chain(nevers).chain(messages).chain(recipients).chain(grounds).collect()
}
