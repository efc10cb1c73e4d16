//! Space: what counts, what is included, what is beyond, and how many GB that is.

use mailkeep_types::Ratio;

use super::Quantities;
use crate::catalogue::PlanVersion;
use crate::catalogue::sheet::{SpaceBasis, SpacePrice};
use crate::periods::Interval;

/// What is known of a mailbox when it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailboxSpace {
    /// Its quota in bytes; 0 is no limit.
    pub quota_bytes: u64,
    /// What it uses, in bytes.
    pub used_bytes: u64,
}

/// By what a mailbox's space is charged, for its row in the hosting report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowBasis {
    /// The space is in the price, up to the pool.
    Included,
    /// By what it uses; also a mailbox without a quota where others are charged by theirs.
    ByUse,
    /// By its quota.
    ByQuota,
}

/// By what a mailbox is charged; `None` as the price where space costs nothing.
pub fn basis_of(price: Option<&SpacePrice>, mailbox: MailboxSpace) -> RowBasis {
    match price.map(|price| price.by) {
        None | Some(SpaceBasis::Pool) if mailbox.quota_bytes == 0 => RowBasis::ByUse,
        None | Some(SpaceBasis::Pool) => RowBasis::Included,
        Some(SpaceBasis::Use) => RowBasis::ByUse,
        Some(SpaceBasis::Quota) if mailbox.quota_bytes == 0 => RowBasis::ByUse,
        Some(SpaceBasis::Quota) => RowBasis::ByQuota,
    }
}

/// The bytes of a mailbox that count.
pub fn counted_bytes(price: Option<&SpacePrice>, mailbox: MailboxSpace) -> u64 {
    match basis_of(price, mailbox) {
        RowBasis::ByQuota => mailbox.quota_bytes,
        RowBasis::Included | RowBasis::ByUse => mailbox.used_bytes,
    }
}

/// The space of all mailboxes that counts, in MB that were begun: what [`Quantities::space_mb`] holds.
pub fn count(price: Option<&SpacePrice>, mailboxes: impl IntoIterator<Item = MailboxSpace>) -> u64 {
    let bytes =
        mailboxes.into_iter().fold(0u64, |sum, mailbox| sum.saturating_add(counted_bytes(price, mailbox)));
    bytes.div_ceil(1_000_000)
}

/// What so many mailboxes bring into the pool, in MB.
pub fn included_mb(each_mb: u32, mailboxes: u32) -> u64 {
    u64::from(each_mb) * u64::from(mailboxes)
}

/// What so many mailboxes of a plan bring into the pool with what they have besides, in MB.
pub fn brought_mb<'a>(
    plan: &PlanVersion,
    interval: Interval,
    add_ons: impl IntoIterator<Item = &'a str>,
    mailboxes: u32,
) -> u64 {
    let of = |key| plan.add_on(interval, key).map_or(0, |add_on| add_on.included_mb);
    let besides = add_ons.into_iter().map(|key| included_mb(of(key), mailboxes));
    besides.fold(included_mb(plan.included_space_mb, mailboxes), u64::saturating_add)
}

/// The MB that are charged.
pub(super) fn charged_mb(price: &SpacePrice, had: &Quantities, included_mb: u64) -> u64 {
    match price.by {
        SpaceBasis::Pool => had.excess_mb.unwrap_or_else(|| had.space_mb.saturating_sub(included_mb)),
        SpaceBasis::Use | SpaceBasis::Quota => had.space_mb,
    }
}

/// So many MB as GB of the price, whole ones where the price says so.
pub fn gigabytes(mb: u64, price: &SpacePrice) -> Ratio {
    let size = u64::from(price.gigabyte.mb());
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    match price.whole_gigabytes {
        true => Ratio::new(whole(mb.div_ceil(size)), 1),
        false => Ratio::new(whole(mb), whole(size)),
    }
}

/// One subscription's part in a customer's pool, in MB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolPart {
    /// What its mailboxes bring.
    pub included_mb: u64,
    /// What they use.
    pub used_mb: u64,
}

/// What a customer uses beyond the pool of all their subscriptions, shared among those that use more than they bring,
/// in proportion to how much more. The shares sum to what all use beyond what all bring.
pub fn share_excess(parts: &[PoolPart]) -> Vec<u64> {
    let sum = |pick: fn(&PoolPart) -> u64| parts.iter().map(|part| u128::from(pick(part))).sum::<u128>();
    let excess = sum(|part| part.used_mb).saturating_sub(sum(|part| part.included_mb));
    let own: Vec<u128> =
        parts.iter().map(|part| u128::from(part.used_mb.saturating_sub(part.included_mb))).collect();
    let all: u128 = own.iter().sum();
    // Running totals, so that what is rounded on one is made good on the next.
    let (mut reached, mut given) = (0u128, 0u128);
    own.iter()
        .map(|own| {
            reached += own;
            let until = (excess * reached).checked_div(all).unwrap_or(0);
            let share = until - given;
            given = until;
            u64::try_from(share).unwrap_or(u64::MAX)
        })
        .collect()
}
