//! A value shown under a grant for one purpose, opened as a category that the purpose may not use.
use mailkeep_policy::{Grant, OpenError, Place, Policy, Sealed, Shown, category, purpose};

fn show(
    policy: &Policy,
    grant: &Grant<purpose::Feedback>,
    place: Place,
    token: &Sealed<String, category::PaymentToken>,
) -> Result<Shown<String>, OpenError> {
    policy.show(grant, place, token)
}

fn main() {
    let _ = show;
}
