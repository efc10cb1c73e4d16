use std::io::{Cursor, Read as _};

use mailkeep_policy::exports::Gathered;
use mailkeep_policy::ledger::ProofBundle;
use mailkeep_policy::records::{Export, ExportedTable};
use mailkeep_types::{ManualClock, PersonId};
use serde_json::{Value, json};

use super::archive;
use crate::config::WebConfig;
use crate::render::Renderer;

fn gathered() -> Gathered {
    let row = |value: Value| value.as_object().cloned().unwrap();
    let document = data_encoding::BASE64.encode(&[b"%PDF-1.7".as_slice(), &[7; 200]].concat());
    let tables = vec![
        ExportedTable {
            table: "persons",
            about: "Natural persons with a login",
            source: "the registration form",
            rows: vec![row(
                json!({ "name": "Ada <b>Example</b>", "postal": { "city": "Springfield" }, "status": "active" }),
            )],
        },
        ExportedTable {
            table: "invoice_documents",
            about: "Invoices as documents",
            source: "the program",
            rows: vec![row(json!({ "pdf": document }))],
        },
    ];
    let clock = ManualClock::at("2026-03-01");
    Gathered {
        person: PersonId::new(&*clock),
        parts: vec![Export {
            context: mailkeep_policy::dpv::context(),
            kind: "person",
            policy_id: "9f".repeat(32),
            terms: std::collections::BTreeMap::new(),
            tables,
            left_out: vec![],
        }],
        uses: ProofBundle {
            format: "mailkeep-uses-1".to_owned(),
            checkpoint: "head".to_owned(),
            verifier_key: "key".to_owned(),
            entries: Vec::new(),
            consistency: None,
            next: None,
        },
    }
}

/// The files of an archive, read by its directory; each is inflated and its checksum compared.
pub(super) fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let number = |at: usize, width: usize| {
        bytes[at..at + width].iter().rev().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte))
    };
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
    let (count, mut at) = (number(end + 10, 2), number(end + 16, 4));
    let mut files = Vec::new();
    for _ in 0..count {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let (crc, packed, size) = (number(at + 16, 4), number(at + 20, 4), number(at + 24, 4));
        let (length, offset) = (number(at + 28, 2), number(at + 42, 4));
        let name = String::from_utf8(bytes[at + 46..at + 46 + length].to_vec()).unwrap();
        assert_eq!(&bytes[offset..offset + 4], b"PK\x03\x04");
        let from = offset + 30 + length;
        let mut content = Vec::new();
        flate2::read::DeflateDecoder::new(Cursor::new(&bytes[from..from + packed]))
            .read_to_end(&mut content)
            .unwrap();
        assert_eq!((content.len(), crc32fast::hash(&content) as usize), (size, crc), "{name}");
        files.push((name, content));
        at += 46 + length;
    }
    files
}

#[test]
fn a_copy_is_one_archive_that_people_and_programs_read() {
    let renderer = Renderer::embedded().unwrap().strict();
    let now = crate::samples::now();
    let bytes = archive(&renderer, &WebConfig::default(), "en", now, gathered()).unwrap();
    let files = files(&bytes);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "documents/invoice_documents-1-pdf.pdf",
            "your-data.html",
            "your-data.json",
            "your-data.schema.json",
            "uses-with-proofs.json"
        ]
    );
    assert!(files[0].1.starts_with(b"%PDF-1.7"));
    let html = String::from_utf8(files[1].1.clone()).unwrap();
    assert!(html.contains("Springfield") && html.contains("&lt;b&gt;Example"), "{html}");
    assert!(!html.contains("src=") && !html.contains("https:"), "the page asks nobody for anything");
    let json: Value = serde_json::from_slice(&files[2].1).unwrap();
    assert_eq!(json["parts"][0]["tables"][1]["rows"][0]["pdf"]["file"], names[0]);
    let schema: Value = serde_json::from_slice(&files[3].1).unwrap();
    for required in schema["required"].as_array().unwrap() {
        assert!(json.get(required.as_str().unwrap()).is_some(), "{required}");
    }
}
