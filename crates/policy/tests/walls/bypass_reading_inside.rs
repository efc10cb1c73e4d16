//! The value inside, without a grant.
use mailkeep_policy::{Personal, category};

fn read(name: &Personal<String, category::Identity>) -> (&String, usize) {
    (&name.value, name.len())
}

fn main() {
    let _ = read;
}
