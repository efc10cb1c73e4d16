//! How SQLite finds what the statements of the house ask for. Without statistics it takes the index of a status as readily as that of
//! a customer, and then goes through what belongs to everybody: right, and slower with each customer. Every statement that stands
//! in a `store.rs` as one text is explained here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::Dialect;
use super::migrations::{MigrationSet, embedded};

/// Columns in which a value is shared by a large part of the rows.
const SHARED: [&str; 4] = ["status", "state", "kind", "outcome"];

/// Tables that stay small, so that looking through all of one costs little.
const SMALL: [&str; 5] =
    ["article_categories", "contact_invitations", "price_changes", "sign_in_attempts", "site_consents"];

/// Every text in Rust source that begins as a statement does, with a number for what is put into it; none of which a condition is
/// put into.
fn statements(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices('"') {
        let Some(text) = source.get(at + 1..) else { continue };
        if ["SELECT ", "UPDATE ", "DELETE ", "WITH "].iter().any(|word| text.starts_with(word)) {
            found.extend(unescaped(text));
        }
    }
    found
}

/// The literal that a source goes on with, up to its closing mark.
fn unescaped(source: &str) -> Option<String> {
    let (mut text, mut rest) = (String::new(), source.chars().peekable());
    while let Some(next) = rest.next() {
        match next {
            '"' => break,
            '\\' if rest.peek() == Some(&'\n') => while rest.next_if(|c| c.is_whitespace()).is_some() {},
            '\\' => text.extend(rest.next()),
            '{' if ["WHERE ", "AND ", "OR ", "("].iter().any(|word| text.ends_with(word)) => return None,
            '{' if rest.next_if_eq(&'{').is_none() => {
                while rest.next_if(|c| *c != '}').is_some() {}
                rest.next();
                text.push('1');
            }
            other => text.push(other),
        }
    }
    Some(text)
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.file_name().is_some_and(|name| name == "store.rs") {
            found.push(path);
        }
    }
}

/// The table behind a name in a statement, if it is one.
fn table<'a>(name: &'a str, statement: &'a str, tables: &'a BTreeSet<String>) -> Option<&'a str> {
    if let Some(table) = tables.get(name) {
        return Some(table);
    }
    let words: Vec<&str> = statement.split([' ', ',', '(', ')', '\n']).filter(|word| *word != "AS").collect();
    let pair = words.windows(2).find(|pair| pair[1] == name && tables.contains(pair[0]))?;
    Some(pair[0])
}

/// What is wrong with a step of a plan for a statement that asks for what belongs to one thing.
fn fault(step: &str, statement: &str, tables: &BTreeSet<String>) -> Option<String> {
    let name = step.split(' ').nth(1)?;
    if step.starts_with("SCAN ") {
        let table = table(name, statement, tables)?;
        return (!SMALL.contains(&table)).then(|| format!("all of {table}"));
    }
    let conditions = step.rsplit_once('(')?.1.trim_end_matches(')');
    let mut equal = conditions.split(" AND ").filter_map(|condition| condition.strip_suffix("=?"));
    let first = equal.next()?;
    (SHARED.contains(&first) && equal.next().is_none()).then(|| format!("all rows of one {first} in {name}"))
}

#[test]
fn no_statement_goes_through_what_belongs_to_everybody() {
    let connection = Connection::open_in_memory().unwrap();
    for (name, sql) in embedded(Dialect::Sqlite, MigrationSet::Main) {
        connection.execute_batch(sql).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let tables: BTreeSet<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut files = Vec::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")), &mut files);
    let (mut explained, mut wrong) = (0, BTreeSet::new());
    for file in files {
        for statement in statements(&std::fs::read_to_string(&file).unwrap()) {
            if !["_id = $", " id = $", "hash = $"].iter().any(|part| statement.contains(part)) {
                continue;
            }
            // A statement that is put together at run time may not be one as it stands.
            let Ok(mut plan) = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")) else {
                continue;
            };
            explained += 1;
            // What it is asked for is not bound and counts as NULL: plans do not depend on it.
            let (mut rows, mut steps) = (plan.raw_query(), Vec::<String>::new());
            while let Some(row) = rows.next().unwrap() {
                steps.push(row.get(3).unwrap());
            }
            for fault in steps.iter().filter_map(|step| fault(step, &statement, &tables)) {
                wrong.insert(format!("{}: {fault}: {statement}", file.display()));
            }
        }
    }
    assert!(explained > 500, "only {explained} statements were explained");
    let wrong: Vec<String> = wrong.into_iter().collect();
    assert!(
        wrong.is_empty(),
        "give what they ask for an index, or look at the status in the rows:\n{}",
        wrong.join("\n")
    );
}
