//! Signing in and out, registering, confirming an address, resetting a password.

pub mod confirm;
pub mod outcome;
pub mod register;
pub mod reset;
pub mod second_factor;
pub mod sign_in;
