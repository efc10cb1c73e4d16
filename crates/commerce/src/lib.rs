#![doc = include_str!("../README.md")]

pub mod dunning;
pub mod periods;
pub mod totals;
