//! A second copy of a personal value.
use mailkeep_policy::{Personal, category};

fn copy(name: &Personal<String, category::Identity>) -> Personal<String, category::Identity> {
    fn clone<T: Clone>(value: &T) -> T {
        value.clone()
    }
    clone(name)
}

fn main() {
    let _ = copy;
}
