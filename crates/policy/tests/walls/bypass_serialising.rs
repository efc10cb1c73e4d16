//! A personal value in a JSON answer.
use mailkeep_policy::{Personal, category};

fn answer(name: &Personal<String, category::Identity>) -> String {
    serde_json::to_string(name).unwrap_or_default()
}

fn main() {
    let _ = answer;
}
