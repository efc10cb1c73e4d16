//! The Customer Center: what a contact of a customer sees and does.

pub mod aliases;
pub mod contacts;
pub mod customers;
pub mod domains;
pub mod invoices;
pub mod mailboxes;
pub mod overview;
pub mod privacy;
pub mod profile;
pub mod second_factor;
pub mod security;
pub mod services;
pub mod set_up;
