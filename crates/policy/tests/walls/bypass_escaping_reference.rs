//! A reference that outlives the closure.
use mailkeep_policy::{Grant, OpenError, Place, Policy, Sealed, category, purpose};

fn escape<'a>(
    policy: &'a Policy,
    grant: &'a Grant<purpose::Rights>,
    place: Place,
    name: &'a Sealed<String, category::Identity>,
) -> Result<&'a str, OpenError> {
    policy.open(grant, place, name, |name: &String| name.as_str())
}

fn main() {
    let _ = escape;
}
