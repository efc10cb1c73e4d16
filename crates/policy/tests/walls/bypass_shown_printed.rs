//! An opened value in a log line.
use mailkeep_policy::Shown;

fn log(name: &Shown<String>) -> String {
    format!("welcome {name}")
}

fn main() {
    let _ = log;
}
