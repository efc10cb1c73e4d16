//! `mailkeep policy explain PURPOSE CATEGORY ROLE ACT`

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use clap::Args;
use mailkeep_policy::file::CompiledPolicy;
use mailkeep_policy::table::{Cell, CellKey};
use mailkeep_policy::{Act, CategoryId, PurposeId, Role};
use serde_json::json;

use super::{compile, text_of};

/// Which cell.
#[derive(Args)]
pub struct Explain {
    /// For what, e.g. troubleshoot.
    purpose: String,
    /// Which data, e.g. identity.
    category: String,
    /// Who, e.g. support.
    role: String,
    /// Does what, e.g. read.
    act: String,
    /// Another policy file than the one in force.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

fn word<T>(found: Option<T>, kind: &str, word: &str, all: &[&str]) -> Result<T> {
    found.ok_or_else(|| anyhow!("“{word}” is no {kind}; use one of {}", all.join(", ")))
}

impl Explain {
    fn key(&self) -> Result<CellKey> {
        let purposes: Vec<&str> = PurposeId::ALL.iter().map(|purpose| purpose.id()).collect();
        let categories: Vec<&str> = CategoryId::ALL.iter().map(|category| category.id()).collect();
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.id()).collect();
        let acts: Vec<&str> = Act::ALL.iter().map(|act| act.id()).collect();
        Ok(CellKey {
            purpose: word(PurposeId::from_id(&self.purpose), "purpose", &self.purpose, &purposes)?,
            category: word(CategoryId::from_id(&self.category), "category", &self.category, &categories)?,
            role: word(Role::from_id(&self.role), "role", &self.role, &roles)?,
            act: word(Act::from_id(&self.act), "act", &self.act, &acts)?,
        })
    }
}

/// The promises that rest on a rule or line.
fn promises<'a>(policy: &'a CompiledPolicy, basis: &str) -> Vec<&'a str> {
    let resting = policy.kept_promises().filter(|promise| promise.rests_on.iter().any(|on| on == basis));
    resting.map(|promise| promise.id.get_ref().as_str()).collect()
}

/// Prints what the cell holds.
pub(super) fn run(config: &Path, asked: &Explain) -> Result<bool> {
    let key = asked.key()?;
    let (text, name) = text_of(asked.file.as_deref(), config)?;
    let policy = compile(&text, &name)?;
    let cell = format!("{} may {} {} for {}", key.role, key.act, key.category, key.purpose);
    let (answer, ways) = match policy.table.cell(key) {
        Cell::Silent => ("refused: no rule speaks of it".to_owned(), Vec::new()),
        Cell::Never(line) => {
            let never = &policy.raw.never[usize::from(*line)];
            (format!("refused by the line {}: {}", never.id.get_ref(), never.words), Vec::new())
        }
        Cell::Allowed(ways) => {
            let shown = ways.iter().map(|way| {
                let rule = &policy.table.rules()[usize::from(way.rule)];
                let facts: Vec<&str> = way.needs.iter().map(|fact| fact.id()).collect();
                (rule.clone(), facts, promises(&policy, rule))
            });
            ("allowed when one of these holds".to_owned(), shown.collect())
        }
    };
    if asked.json {
        let ways: Vec<_> = ways
            .iter()
            .map(|(rule, facts, promises)| json!({ "rule": rule, "facts": facts, "promises": promises }))
            .collect();
        println!("{}", json!({ "cell": cell, "answer": answer, "ways": ways }));
    } else {
        println!("{cell}: {answer}");
        for (rule, facts, promises) in ways {
            println!("  {} (rule {rule}; told in {})", facts.join(" + "), promises.join(", "));
        }
    }
    Ok(true)
}
