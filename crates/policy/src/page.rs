//! The policy page as data: the file's own words, with the placeholders filled from the tables beside them.

mod markdown;
mod uses;

use serde::Serialize;

use crate::file::CompiledPolicy;
use crate::file::raw::RawFile;
use crate::file::{fill, placeholders, span};

pub use markdown::markdown;

/// The whole page.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// Its heading.
    pub title: String,
    /// The version in the file.
    pub version: String,
    /// The policy id, 64 hexadecimal digits; ledger entries and receipts carry the same.
    pub policy_id: String,
    /// The sections, in the file's order.
    pub sections: Vec<Section>,
    /// The closed list of purposes.
    pub purposes: Vec<PagePurpose>,
    /// What is held.
    pub categories: Vec<PageCategory>,
    /// What wins over every rule.
    pub nevers: Vec<String>,
    /// What is written to people.
    pub messages: Vec<PageMessage>,
    /// What can be chosen.
    pub topics: Vec<PageTopic>,
    /// The country in which data is stored.
    pub country: String,
    /// The closed list of those whom data reaches.
    pub recipients: Vec<PageRecipient>,
    /// On what data is disclosed without asking.
    pub grounds: Vec<String>,
    /// The measures that guard data.
    pub measures: Vec<String>,
    /// Where promises pull against each other.
    pub notes: Vec<String>,
    /// For how many days erased data could be restored from backups of keys.
    pub erasure_days: u32,
    /// What each kind of data may be used for, and by whom: a row for each category.
    pub matrix: Vec<MatrixRow>,
    /// What each role can see or do.
    pub roles: Vec<PageRole>,
    /// The rules themselves, as the promises name them.
    pub rules: Vec<PageRule>,
}

/// A category across all purposes.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixRow {
    /// The category.
    pub category: String,
    /// A cell for each purpose, in the order of [`Page::purposes`].
    pub cells: Vec<MatrixCell>,
}

/// A category for a purpose.
#[derive(Debug, Clone, Serialize)]
pub struct MatrixCell {
    /// The purpose.
    pub purpose: String,
    /// `open`: some rule allows it; `never`: a line excludes it for everybody; `closed`: no rule speaks of it.
    pub state: &'static str,
    /// Who may, on what facts.
    pub uses: Vec<PageUse>,
}

/// What a role may do with data for a purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageUse {
    /// The role.
    pub role: &'static str,
    /// What it may do.
    pub acts: Vec<&'static str>,
    /// The facts of which one must hold; those of one entry must hold together.
    pub facts: Vec<Vec<&'static str>>,
    /// Whether the person is told at once.
    pub told: bool,
}

/// What a role can see or do at all.
#[derive(Debug, Clone, Serialize)]
pub struct PageRole {
    /// The role.
    pub role: &'static str,
    /// Whether it is one of staff.
    pub staff: bool,
    /// What it may use, by purpose.
    pub uses: Vec<RoleUse>,
}

/// What a role may use for a purpose.
#[derive(Debug, Clone, Serialize)]
pub struct RoleUse {
    /// The purpose.
    pub purpose: String,
    /// The kinds of data.
    pub categories: Vec<String>,
    /// How.
    #[serde(flatten)]
    pub way: PageUse,
}

/// A rule as it is written.
#[derive(Debug, Clone, Serialize)]
pub struct PageRule {
    /// Its word.
    pub id: String,
    /// For what.
    pub purpose: String,
    /// Which data.
    pub categories: Vec<String>,
    /// Who.
    pub roles: Vec<String>,
    /// Does what.
    pub acts: Vec<String>,
    /// On which facts: of the entries one must hold, all that stand in it together.
    pub facts: Vec<Vec<String>>,
    /// Whether the person is told at once.
    pub told: bool,
}

/// Somebody whom data reaches.
#[derive(Debug, Clone, Serialize)]
pub struct PageRecipient {
    /// Its word.
    pub id: String,
    /// Who it is.
    pub words: String,
    /// processor or addressee.
    pub kind: String,
    /// ISO 3166-1 alpha-2; `*` for anywhere.
    pub country: String,
    /// What it receives.
    pub categories: Vec<String>,
}

/// A section with its promises.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// An anchor for links.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// A paragraph before the promises; may be empty.
    pub intro: String,
    /// The promises.
    pub promises: Vec<PagePromise>,
}

/// A promise.
#[derive(Debug, Clone, Serialize)]
pub struct PagePromise {
    /// `P1` to `P50`.
    pub id: String,
    /// The words, filled.
    pub text: String,
    /// The rules and parts of the program that keep it.
    pub rests_on: Vec<String>,
    /// How one knows: static, probe, evidence, attested.
    pub proof: Vec<String>,
    /// The check that stands for it, as `mailkeep policy check` names it.
    pub check: String,
}

/// A purpose.
#[derive(Debug, Clone, Serialize)]
pub struct PagePurpose {
    /// Its word, as ledger entries name it.
    pub id: String,
    /// What it means.
    pub words: String,
    /// primary or supporting.
    pub kind: String,
    /// What makes it arise.
    pub trigger: String,
}

/// A category.
#[derive(Debug, Clone, Serialize)]
pub struct PageCategory {
    /// Its word, as ledger entries name it.
    pub id: String,
    /// What it means.
    pub words: String,
    /// controller or processor.
    pub held_as: String,
    /// How long it is kept.
    pub kept: String,
    /// The same as a number of days.
    pub keep_days: u32,
    /// What the days count from.
    pub keep_from: String,
    /// How it goes: `destroy_key` or `end_of_term`.
    pub erasure: String,
    /// Whether it is stored in the declared country and nowhere else.
    pub in_country: bool,
    /// The purposes that some rule allows it for.
    pub purposes: Vec<String>,
}

/// A message class.
#[derive(Debug, Clone, Serialize)]
pub struct PageMessage {
    /// Its word.
    pub class: String,
    /// What it means.
    pub words: String,
    /// email, post, telephone.
    pub channels: Vec<String>,
    /// none, opt_out, opt_in.
    pub choice: String,
}

/// Something that can be chosen.
#[derive(Debug, Clone, Serialize)]
pub struct PageTopic {
    /// Its word.
    pub id: String,
    /// The message class that it belongs to.
    pub class: String,
    /// What it brings.
    pub words: String,
    /// How often.
    pub often: String,
    /// email, post, telephone.
    pub channels: Vec<String>,
}

fn filled(file: &RawFile, text: &str, operator: &str) -> String {
    let mut out = text.to_owned();
    for name in placeholders(text) {
        let value = if name == "operator" { Some(operator.to_owned()) } else { fill(file, name) };
        if let Some(value) = value {
            out = out.replace(&format!("{{{name}}}"), &value);
        }
    }
    out
}

/// The page for `operator`, the name that stands for us.
pub fn page(policy: &CompiledPolicy, operator: &str) -> Page {
    let file = &policy.raw;
    Page {
        title: file.policy.title.clone(),
        version: file.policy.version.clone(),
        policy_id: policy.id_text(),
        sections: sections(policy, operator),
        purposes: file
            .purpose
            .iter()
            .map(|p| PagePurpose {
                id: p.id.get_ref().clone(),
                words: p.words.clone(),
                kind: p.kind.clone(),
                trigger: p.trigger.clone(),
            })
            .collect(),
        categories: file
            .category
            .iter()
            .map(|c| PageCategory {
                id: c.id.get_ref().clone(),
                words: c.words.clone(),
                held_as: c.held_as.clone(),
                kept: format!("{} after {}", span(c.keep_days.unwrap_or(0)), c.keep_from),
                keep_days: c.keep_days.unwrap_or(0),
                keep_from: c.keep_from.clone(),
                erasure: c.erase.clone(),
                in_country: c.residency == "declared",
                purposes: file
                    .purpose
                    .iter()
                    .map(|p| p.id.get_ref())
                    .filter(|p| {
                        file.rule.iter().any(|r| r.purpose == **p && r.categories.contains(c.id.get_ref()))
                    })
                    .cloned()
                    .collect(),
            })
            .collect(),
        nevers: file.never.iter().map(|never| never.words.clone()).collect(),
        messages: file
            .message
            .iter()
            .map(|m| PageMessage {
                class: m.class.get_ref().clone(),
                words: m.words.clone(),
                channels: m.channels.clone(),
                choice: m.choice.clone(),
            })
            .collect(),
        topics: file
            .topic
            .iter()
            .map(|topic| PageTopic {
                id: topic.id.get_ref().clone(),
                class: topic.class.clone(),
                words: topic.words.clone(),
                often: topic.often.clone(),
                channels: topic.channels.clone(),
            })
            .collect(),
        country: file.residency.country.clone(),
        recipients: file
            .recipient
            .iter()
            .map(|r| PageRecipient {
                id: r.id.get_ref().clone(),
                words: r.words.clone(),
                kind: r.kind.clone(),
                country: r.country.clone(),
                categories: r.categories.clone(),
            })
            .collect(),
        grounds: file.ground.iter().map(|ground| ground.words.clone()).collect(),
        measures: file.measure.iter().map(|measure| measure.words.clone()).collect(),
        notes: file.note.iter().map(|note| filled(file, note.words.get_ref(), operator)).collect(),
        erasure_days: file.erasure.days,
        matrix: uses::matrix(policy),
        roles: uses::roles(policy),
        rules: uses::rules(policy),
    }
}

/// The sections with their promises, filled.
pub fn sections(policy: &CompiledPolicy, operator: &str) -> Vec<Section> {
    let file = &policy.raw;
    file.section
        .iter()
        .map(|section| Section {
            id: section.id.get_ref().clone(),
            title: section.title.clone(),
            intro: filled(file, section.intro.trim(), operator),
            promises: file
                .promise
                .iter()
                .filter(|promise| promise.status.is_kept())
                .filter(|promise| promise.section == *section.id.get_ref())
                .map(|promise| PagePromise {
                    id: promise.id.get_ref().clone(),
                    text: filled(file, &promise.text, operator),
                    rests_on: promise.rests_on.clone(),
                    proof: promise.proof.clone(),
                    check: promise.check.clone(),
                })
                .collect(),
        })
        .collect()
}
