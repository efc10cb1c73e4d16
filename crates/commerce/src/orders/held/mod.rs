//! What happens to an order while it is held, and after it was refused: its rows.

pub mod store;
