//! A grant written to a database or a cookie.
use mailkeep_policy::{Grant, purpose};

fn store(grant: &Grant<purpose::Rights>) -> String {
    serde_json::to_string(grant).unwrap_or_default()
}

fn main() {
    let _ = store;
}
