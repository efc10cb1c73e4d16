//! `mailkeep policy render`

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use clap::Args;
use mailkeep_policy::file::CompiledPolicy;
use mailkeep_policy::page::{Page, page};
use mailkeep_policy::table::{Cell, CellKey};
use serde_json::json;

use super::{Which, compile, operator};

/// What is rendered.
#[derive(Args)]
pub struct Render {
    #[command(flatten)]
    which: Which,
    /// Print every cell of the decision table in JSON, with the facts that each way through it asks for.
    #[arg(long)]
    cells: bool,
}

/// Prints the page.
pub(super) fn run(config: &Path, asked: &Render) -> Result<bool> {
    let which = &asked.which;
    let (text, name) = which.text(config)?;
    let policy = compile(&text, &name)?;
    if asked.cells {
        println!("{}", cells(&policy));
        return Ok(true);
    }
    let page = page(&policy, &operator(config));
    match which.json {
        true => println!("{}", serde_json::to_string_pretty(&page)?),
        false => print!("{}", markdown(&page)?),
    }
    Ok(true)
}

fn cells(policy: &CompiledPolicy) -> serde_json::Value {
    let shown = CellKey::all().map(|key| {
        let ways: Vec<Vec<&str>> = match policy.table.cell(key) {
            Cell::Allowed(ways) => {
                ways.iter().map(|way| way.needs.iter().map(|fact| fact.id()).collect()).collect()
            }
            Cell::Silent | Cell::Never(_) => Vec::new(),
        };
        json!({
            "purpose": key.purpose, "category": key.category, "role": key.role, "act": key.act, "ways": ways
        })
    });
    shown.collect()
}

fn markdown(page: &Page) -> Result<String> {
    let mut out = format!("# {}\n\nVersion {}, policy {}\n", page.title, page.version, page.policy_id);
    for section in &page.sections {
        writeln!(out, "\n## {}\n", section.title)?;
        if !section.intro.is_empty() {
            writeln!(out, "{}\n", section.intro)?;
        }
        for promise in &section.promises {
            writeln!(out, "- **{}** {}", promise.id, promise.text)?;
        }
    }
    writeln!(out, "\n## Purposes\n")?;
    for purpose in &page.purposes {
        writeln!(
            out,
            "- **{}** ({}): {}; arises from {}",
            purpose.id, purpose.kind, purpose.words, purpose.trigger
        )?;
    }
    writeln!(out, "\n## What is held\n")?;
    for category in &page.categories {
        let purposes = category.purposes.join(", ");
        writeln!(out, "- **{}**: {}; kept {}; for {purposes}", category.id, category.words, category.kept)?;
    }
    for never in &page.nevers {
        writeln!(out, "- Never: {never}")?;
    }
    writeln!(out, "\n## Whom it reaches\n")?;
    for recipient in &page.recipients {
        let categories = recipient.categories.join(", ");
        writeln!(
            out,
            "- **{}** ({}): {}; receives {categories}",
            recipient.id, recipient.country, recipient.words
        )?;
    }
    writeln!(out, "\n## Said openly\n")?;
    for note in &page.notes {
        writeln!(out, "- {note}")?;
    }
    Ok(out)
}
