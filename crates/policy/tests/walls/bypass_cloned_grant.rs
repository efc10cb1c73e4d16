//! A grant kept for later.
use mailkeep_policy::{Grant, purpose};

fn keep(grant: &Grant<purpose::Rights>) -> Grant<purpose::Rights> {
    fn copy<T: Clone>(value: &T) -> T {
        value.clone()
    }
    copy(grant)
}

fn main() {
    let _ = keep;
}
