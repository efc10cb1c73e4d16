#![doc = include_str!("../README.md")]

pub mod limits;
pub mod listen;
pub mod session;
#[cfg(test)]
mod testing;
mod wire;
