//! The hosted page of the sandbox processor: where a shopper would type a card number at a real one.

pub mod pay;
