//! An opened value taken out of its wrapping.
use mailkeep_policy::Shown;

fn read(name: &Shown<String>) -> &str {
    name
}

fn main() {
    let _ = read;
}
