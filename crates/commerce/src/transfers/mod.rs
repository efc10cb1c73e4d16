//! Bank transfers, recorded by staff from the bank's statement and matched by the number of the invoice.

pub mod list;
pub mod record;
pub mod store;
#[cfg(test)]
mod tests;
