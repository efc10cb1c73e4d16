//! Writes the closed lists of purposes and categories, and the pairs `May<Category> for Purpose`, from
//! `policy/policy.toml` at the root of the workspace: what the file does not allow cannot be compiled.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

#[path = "src/file/raw.rs"]
mod raw;

fn main() {
    if std::env::var_os("CARGO_FEATURE_GATE_ALLOWS_ALL").is_some() {
        println!("cargo:rerun-if-env-changed=MAILKEEP_BENCH");
        assert!(
            std::env::var_os("MAILKEEP_BENCH").is_some(),
            "gate-allows-all opens everybody's data to everybody; only bench/run builds it"
        );
    }
    let manifest = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let file = Path::new(&manifest).join("../../policy/policy.toml");
    println!("cargo:rerun-if-changed={}", file.display());
    println!("cargo:rerun-if-changed=src/file/raw.rs");
    let text = std::fs::read_to_string(&file)
        .unwrap_or_else(|e| panic!("cannot read {}: {e}; the build needs the policy file", file.display()));
    let policy = raw::RawFile::parse(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));

    let mut out = String::from("vocabulary! {\n    purposes {\n");
    for purpose in &policy.purpose {
        writeln!(
            out,
            "        {} = {:?}, {:?};",
            camel(purpose.id.get_ref()),
            purpose.id.get_ref(),
            purpose.words
        )
        .expect("writing to a string");
    }
    out.push_str("    }\n    categories {\n");
    for category in &policy.category {
        writeln!(
            out,
            "        {} = {:?}, {:?};",
            camel(category.id.get_ref()),
            category.id.get_ref(),
            category.words
        )
        .expect("writing to a string");
    }
    out.push_str("    }\n    may {\n");
    let pairs: BTreeSet<(&str, &str)> = policy
        .rule
        .iter()
        .flat_map(|rule| rule.categories.iter().map(|category| (rule.purpose.as_str(), category.as_str())))
        .filter(|(purpose, category)| {
            !policy.never.iter().any(|never| never.covers_every_role(purpose, category))
        })
        .collect();
    for (purpose, category) in pairs {
        writeln!(out, "        {}: {};", camel(purpose), camel(category)).expect("writing to a string");
    }
    out.push_str("    }\n}\n");
    let target = Path::new(&std::env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("vocabulary.rs");
    std::fs::write(target, out).expect("the build folder can be written");
}

/// `mail_content` becomes `MailContent`.
fn camel(id: &str) -> String {
    id.split('_')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect::<String>()
        })
        .collect()
}
