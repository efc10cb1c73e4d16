#![doc = include_str!("../README.md")]

pub mod campaign;
pub mod content;
pub mod departures;
pub mod holds;
pub mod ladder;
pub mod limits;
pub mod replay;
pub mod sending;
pub mod suspicions;
pub mod tiers;
pub mod verdict;
pub mod voices;

pub use tiers::{Tier, TierLimits, Tiers};
pub use verdict::{Judged, Reason, ReasonCode, Verdict};
