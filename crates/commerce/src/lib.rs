#![doc = include_str!("../README.md")]

pub mod catalogue;
pub mod config;
pub mod dunning;
pub mod periods;
pub mod screening;
pub mod totals;
