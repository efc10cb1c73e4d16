//! Terms: what a customer agrees to with an order, in versions.
//!
//! A version is Markdown that is never edited. It holds for new orders from the moment it is published; for those who
//! have something already it holds after a notice, from the day after it or thirty days after (BUSINESS-RULES 15). An order
//! records which version was accepted, by whom and when, with the SHA-256 of its text.

pub mod accept;
pub mod announce;
pub mod publish;
pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use crate::price_changes::NoticeMode;

/// One version of the terms of a brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsVersion {
    /// Its identifier.
    pub id: Uuid,
    /// Whose terms; empty for the house's own.
    pub brand: String,
    /// 1 for the first.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// Its text, in Markdown.
    pub body: String,
    /// The SHA-256 of title and text.
    pub sha256: [u8; 32],
    /// How long before it holds those who have something are told.
    pub notice: NoticeMode,
    /// The first day on which it holds for them.
    pub holds_from: Date,
    /// Who published it.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}
