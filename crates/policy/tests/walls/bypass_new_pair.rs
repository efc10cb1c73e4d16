//! Adding the missing pair from another crate.
use mailkeep_policy::{May, category, purpose};

impl May<category::PaymentToken> for purpose::Feedback {}

fn main() {}
