//! `mailkeep policy render`

use std::path::Path;

use anyhow::Result;
use clap::Args;
use mailkeep_policy::file::CompiledPolicy;
use mailkeep_policy::page::{markdown, page};
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
