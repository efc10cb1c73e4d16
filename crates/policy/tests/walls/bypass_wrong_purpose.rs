//! The card reference for a questionnaire: no rule allows the pair, so there is no `May`.
use mailkeep_policy::{Grant, OpenError, Place, Policy, Sealed, category, purpose};

fn survey(
    policy: &Policy,
    grant: &Grant<purpose::Feedback>,
    place: Place,
    card: &Sealed<String, category::PaymentToken>,
) -> Result<usize, OpenError> {
    policy.open(grant, place, card, |card: &String| card.len())
}

fn main() {
    let _ = survey;
}
