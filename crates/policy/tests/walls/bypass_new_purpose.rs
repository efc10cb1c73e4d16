//! A purpose that the policy file does not have.
use mailkeep_policy::{Purpose, PurposeId};

enum Sell {}

impl Purpose for Sell {
    const ID: PurposeId = PurposeId::Deliver;
}

fn main() {}
