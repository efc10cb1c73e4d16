//! A personal value in a log line or a page.
use mailkeep_policy::{Personal, category};

fn log(name: &Personal<String, category::Identity>) -> String {
    format!("welcome {name}")
}

fn main() {
    let _ = log;
}
