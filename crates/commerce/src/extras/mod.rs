//! Extras: what is sold once, by the piece or by the hour, ordered besides a subscription that runs. What it comes to is said
//! before by the function that bills it, and it is charged to the card that pays for that subscription.

pub mod order;
pub mod store;
#[cfg(test)]
mod tests;
