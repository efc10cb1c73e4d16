//! The readable page of a copy: one file that opens in any browser, without a network.

use mailkeep_policy::ledger::ProofBundle;
use mailkeep_policy::records::{Export, ExportedTable};
use serde::Serialize;
use serde_json::Value;

use crate::page::Page;
use crate::render::Renderer;
use crate::uses::Words;

/// How the page looks. It stands in the page itself, since the page is alone.
pub(crate) const STYLE: &str = include_str!("copy.css");

/// The page.
#[derive(Debug, Serialize)]
pub struct CopiedPage {
    /// Its style.
    pub style: &'static str,
    /// What is held, by whose it is.
    pub parts: Vec<CopiedPart>,
    /// How many uses stand in the file beside it.
    pub uses: i64,
    /// The signed head under which they are proven.
    pub checkpoint: String,
    /// The policy in force.
    pub policy_id: String,
    /// Kinds of data that are held and not in the copy.
    pub left_out: Vec<String>,
}

/// What is held about one subject.
#[derive(Debug, Clone, Serialize)]
pub struct CopiedPart {
    /// `person`, `customer`, `mailbox` or `staff`.
    pub kind: String,
    /// By table.
    pub tables: Vec<CopiedTable>,
}

/// The rows of a table.
#[derive(Debug, Clone, Serialize)]
pub struct CopiedTable {
    /// What it holds.
    pub title: String,
    /// Where its rows come from.
    pub source: String,
    /// The rows.
    pub rows: Vec<CopiedRow>,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct CopiedRow {
    /// What is personal in it.
    pub values: Vec<CopiedValue>,
    /// What the program noted beside it.
    pub beside: Vec<CopiedValue>,
}

/// A value with its name.
#[derive(Debug, Clone, Serialize)]
pub struct CopiedValue {
    /// Its name.
    pub name: String,
    /// The value.
    pub text: String,
    /// The file of the archive that it is.
    pub file: Option<String>,
}

impl CopiedPage {
    /// The page of what was gathered.
    pub fn of(renderer: &Renderer, language: &str, parts: &[Export], uses: &ProofBundle) -> Self {
        let words = Words::new(renderer, language);
        let mut left_out: Vec<String> = parts
            .iter()
            .flat_map(|part| &part.left_out)
            .map(|category| words.category(category.id()))
            .collect();
        left_out.sort();
        left_out.dedup();
        CopiedPage {
            style: STYLE,
            parts: parts
                .iter()
                .map(|part| CopiedPart {
                    kind: part.kind.to_owned(),
                    tables: part.tables.iter().map(|table| copied(&words, table)).collect(),
                })
                .collect(),
            uses: i64::try_from(uses.entries.len()).unwrap_or(i64::MAX),
            checkpoint: uses.checkpoint.clone(),
            policy_id: parts.first().map(|part| part.policy_id.clone()).unwrap_or_default(),
            left_out,
        }
    }
}

fn copied(words: &Words<'_>, table: &ExportedTable) -> CopiedTable {
    let rows = table.rows.iter().map(|row| {
        let mut out = CopiedRow { values: Vec::new(), beside: Vec::new() };
        for (column, value) in row {
            let named = words.known_field(&format!("{}.{column}", table.table));
            let file = value.get("file").and_then(Value::as_str).map(str::to_owned);
            let text = mailkeep_policy::records::in_words(value);
            if text.is_empty() {
                continue;
            }
            match named {
                Some(name) => out.values.push(CopiedValue { name, text, file }),
                None => out.beside.push(CopiedValue { name: column.clone(), text, file }),
            }
        }
        out
    });
    CopiedTable {
        title: words.holds(table.table, table.about),
        source: words.source(table.table, table.source),
        rows: rows.collect(),
    }
}

impl Page for CopiedPage {
    const TEMPLATE: &'static str = "copies/page.html";

    fn samples() -> Vec<Self> {
        let value =
            |name: &str, text: &str| CopiedValue { name: name.to_owned(), text: text.to_owned(), file: None };
        let invoice = CopiedValue {
            file: Some("documents/invoice_documents-1-pdf.pdf".to_owned()),
            ..value("invoice as a document", "documents/invoice_documents-1-pdf.pdf")
        };
        let table = |title: &str, source: &str, values| CopiedTable {
            title: title.to_owned(),
            source: source.to_owned(),
            rows: vec![CopiedRow { values, beside: vec![value("created_at", "1778765400000000")] }],
        };
        vec![CopiedPage {
            style: STYLE,
            parts: vec![
                CopiedPart {
                    kind: "person".to_owned(),
                    tables: vec![table(
                        "Your profile",
                        "You typed it into the registration form or your profile.",
                        vec![value("name", "Ada Example"), value("e-mail address", "ada@example.net")],
                    )],
                },
                CopiedPart {
                    kind: "customer".to_owned(),
                    tables: vec![table(
                        "Invoices as documents",
                        "They arise from what you ordered.",
                        vec![invoice],
                    )],
                },
            ],
            uses: 412,
            checkpoint: "mail.mailkeep.example/ledger\n20852\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
                .to_owned(),
            policy_id: "9f".repeat(32),
            left_out: vec!["checks of passwords".to_owned()],
        }]
    }
}
