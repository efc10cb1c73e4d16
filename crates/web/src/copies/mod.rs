//! The file of a copy: one archive with a page to read, the same for programs, the documents, and the record of uses with
//! its proofs. It opens offline and asks nobody for anything.

mod archive;
mod letters;
mod page;

use mailkeep_policy::exports::Gathered;
use mailkeep_policy::ledger::ProofBundle;
use mailkeep_policy::records::{Export, ExportedTable};
use mailkeep_types::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use crate::chrome::Chrome;
use crate::config::WebConfig;
use crate::render::{RenderError, Renderer};
use archive::Archive;

pub use letters::Letters;
pub(crate) use page::STYLE;
pub use page::{CopiedPage, CopiedPart, CopiedRow, CopiedTable, CopiedValue};

/// The name of the form of `your-data.json`.
const FORMAT: &str = "mailkeep-copy-1";

/// What programs read.
#[derive(Serialize)]
struct Machine<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    format: &'static str,
    made_at: String,
    parts: &'a [Export],
}

/// Makes the archive.
///
/// # Errors
/// A mistake in the template.
pub fn archive(
    renderer: &Renderer,
    config: &WebConfig,
    language: &str,
    now: Timestamp,
    gathered: Gathered,
) -> Result<Vec<u8>, RenderError> {
    let Gathered { mut parts, uses, .. } = gathered;
    let mut archive = Archive::new(now);
    for part in &mut parts {
        take_documents_out(&mut part.tables, &mut archive);
    }
    let mut chrome = Chrome::visitor(config, now);
    chrome.language = language.to_owned();
    let page = CopiedPage::of(renderer, language, &parts, &uses);
    archive.add("your-data.html", renderer.page(&page, &chrome)?.as_bytes());
    let machine = Machine {
        schema: "your-data.schema.json",
        format: FORMAT,
        made_at: now.to_jiff().to_string(),
        parts: &parts,
    };
    archive.add("your-data.json", &pretty(&machine));
    archive.add("your-data.schema.json", &pretty(&schema()));
    archive.add("uses-with-proofs.json", &pretty::<ProofBundle>(&uses));
    Ok(archive.finish())
}

/// The archive of a customer's own records, for the hand-over of everything: what programs read, and the documents.
pub fn records_archive(now: Timestamp, mut parts: Vec<Export>) -> Vec<u8> {
    let mut archive = Archive::new(now);
    for part in &mut parts {
        take_documents_out(&mut part.tables, &mut archive);
    }
    let machine = Machine {
        schema: "your-data.schema.json",
        format: FORMAT,
        made_at: now.to_jiff().to_string(),
        parts: &parts,
    };
    archive.add("your-data.json", &pretty(&machine));
    archive.add("your-data.schema.json", &pretty(&schema()));
    archive.finish()
}

fn pretty<T: Serialize>(value: &T) -> Vec<u8> {
    // What is written here are our own types, whose maps have keys of text.
    serde_json::to_vec_pretty(value).unwrap_or_default()
}

/// Documents become files of their own; their place says which.
fn take_documents_out(tables: &mut [ExportedTable], archive: &mut Archive) {
    for table in tables {
        for (number, row) in table.rows.iter_mut().enumerate() {
            for (column, value) in row.iter_mut() {
                let Some(text) = value.as_str().filter(|text| text.len() > 100) else { continue };
                let Ok(bytes) = data_encoding::BASE64.decode(text.as_bytes()) else { continue };
                if bytes.starts_with(b"%PDF-") {
                    let name = format!("documents/{}-{}-{column}.pdf", table.table, number + 1);
                    archive.add(&name, &bytes);
                    *value = json!({ "file": name });
                }
            }
        }
    }
}

/// The JSON Schema of `your-data.json`.
fn schema() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A copy of what is held about a person",
        "type": "object",
        "required": ["format", "made_at", "parts"],
        "properties": {
            "format": { "const": FORMAT },
            "made_at": { "type": "string", "format": "date-time" },
            "parts": { "type": "array", "items": {
                "type": "object",
                "required": ["kind", "policy_id", "tables", "left_out"],
                "properties": {
                    "kind": { "enum": ["person", "customer", "mailbox", "staff"] },
                    "policy_id": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
                    "@context": { "type": "object", "description": "The namespaces of the terms, as JSON-LD." },
                    "terms": { "type": "object", "additionalProperties": { "type": "array", "items": text },
                        "description": "What each personal column is in the W3C Data Privacy Vocabulary." },
                    "left_out": { "type": "array", "items": text,
                        "description": "Categories that are held and not in the copy: no rule lets anybody take them out." },
                    "tables": { "type": "array", "items": {
                        "type": "object",
                        "required": ["table", "about", "source", "rows"],
                        "properties": {
                            "table": text, "about": text, "source": text,
                            "rows": { "type": "array", "items": { "type": "object",
                                "description": "By column: a text, a number, a structure, or the name of a file of the archive." } }
                        }
                    } }
                }
            } }
        }
    })
}

#[cfg(test)]
mod tests;
