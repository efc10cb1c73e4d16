//! `mailkeep policy lint`

use std::path::Path;

use anyhow::Result;
use mailkeep_policy::file::{CompiledPolicy, PolicyFileError};
use serde_json::json;

use super::Which;

/// Prints every mistake; true when there is none.
pub(super) fn run(config: &Path, which: &Which) -> Result<bool> {
    let (text, name) = which.text(config)?;
    let error = match CompiledPolicy::compile_bounded(&text) {
        Ok(policy) => {
            match which.json {
                true => {
                    println!("{}", json!({ "file": name, "policy_id": policy.id_text(), "mistakes": [] }))
                }
                false => println!("{name}: good; its policy id is {}", policy.id_text()),
            }
            return Ok(true);
        }
        Err(error) => error,
    };
    if which.json {
        let mistakes: Vec<_> = match &error {
            PolicyFileError::Lint(mistakes) => mistakes
                .iter()
                .map(|m| json!({ "line": m.line, "reason": m.reason, "mend": m.mend }))
                .collect(),
            other => vec![json!({ "reason": other.to_string() })],
        };
        println!("{}", json!({ "file": name, "mistakes": mistakes }));
    } else {
        println!("{name}: {error}");
    }
    Ok(false)
}
