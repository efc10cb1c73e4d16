#![doc = include_str!("../README.md")]

pub mod blobs;
pub mod jobs;
pub mod sql;
#[cfg(feature = "testing")]
pub mod testing;
