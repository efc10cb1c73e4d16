//! Counting.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;

use super::{Band, CaseTotals, GroundTotals, Half, Report, RequestTotals, UnusualTotals};
use crate::break_glass::{SECOND_LOOK, Verdict};
use crate::disclosures::{Disclosure, Ground};
use crate::requests::store::Answered;
use crate::{Policy, break_glass, disclosures, requests, unusual_uses};

/// How many half-years the report goes back.
const HALVES: i16 = 6;

/// The report as of now.
///
/// # Errors
/// When the database fails.
pub async fn report(policy: &Policy) -> Result<Report, SqlError> {
    let now = policy.clock().now();
    let halves = policy
        .database()
        .read(move |tx| {
            let rows = disclosures::store::list(tx)?;
            let mut halves = Vec::new();
            let (mut year, mut half) = half_of(now);
            for _ in 0..HALVES {
                halves.push(count(tx, &rows, year, half, now)?);
                (year, half) = if half == 2 { (year, 1) } else { (year - 1, 2) };
            }
            Ok::<_, SqlError>(halves)
        })
        .await?;
    // Half-years before anything happened say nothing.
    let last = halves.iter().rposition(|half| !is_empty(half)).unwrap_or(0);
    Ok(Report { policy_id: policy.compiled().id_text(), halves: halves.into_iter().take(last + 1).collect() })
}

fn count(
    tx: &mut Tx<'_>,
    rows: &[Disclosure],
    year: i16,
    half: u8,
    now: Timestamp,
) -> Result<Half, SqlError> {
    let (from, until) =
        (start_of(year, half), if half == 1 { start_of(year, 2) } else { start_of(year + 1, 1) });
    let within = |at: Timestamp| at >= from && at < until;
    let made: Vec<&Disclosure> = rows.iter().filter(|row| row.agreed_at.is_some_and(within)).collect();
    let refusals = disclosures::store::refusals_between(tx, from, until)?;
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let grounds = Ground::ALL
        .iter()
        .map(|ground| GroundTotals {
            ground: *ground,
            disclosed: number(made.iter().filter(|row| row.ground == *ground && !row.is_kept_back()).count()),
            refused: number(refusals.iter().filter(|refused| **refused == Some(*ground)).count()),
        })
        .collect();
    let sealed = Band::of(number(made.iter().filter(|row| row.is_kept_back()).count()));
    let cases = break_glass::store::opened_between(tx, from, until)?;
    let limit = now.minus(SECOND_LOOK);
    let found = |verdict| number(cases.iter().filter(|case| case.verdict == Some(verdict)).count());
    let break_glass = CaseTotals {
        opened: number(cases.len()),
        confirmed: found(Verdict::Confirmed),
        disputed: found(Verdict::Disputed),
        unseen: number(
            cases
                .iter()
                .filter(|case| match case.seen_at {
                    Some(seen) => seen.since(case.opened_at) > SECOND_LOOK,
                    None => case.opened_at < limit,
                })
                .count(),
        ),
    };
    let (found, explained) = unusual_uses::counts(tx, from, until)?;
    let unusual = UnusualTotals {
        found: u64::try_from(found).unwrap_or(0),
        explained: u64::try_from(explained).unwrap_or(0),
    };
    let requests = request_totals(requests::store::between(tx, from, until)?);
    Ok(Half { year, half, running: within(now), grounds, sealed, break_glass, unusual, requests })
}

fn request_totals(rows: Vec<Answered>) -> Vec<RequestTotals> {
    let mut kinds: BTreeMap<String, (u64, Vec<u64>)> = BTreeMap::new();
    for row in rows {
        let (received, answers) = kinds.entry(row.kind).or_default();
        *received += 1;
        answers.extend(row.done_at.map(|done| done.since(row.at).as_secs()));
    }
    kinds
        .into_iter()
        .map(|(kind, (received, mut answers))| {
            answers.sort_unstable();
            RequestTotals {
                kind,
                received,
                answered: u64::try_from(answers.len()).unwrap_or(u64::MAX),
                median_seconds: answers.get(answers.len().saturating_sub(1) / 2).copied(),
                longest_seconds: answers.last().copied(),
            }
        })
        .collect()
}

fn is_empty(half: &Half) -> bool {
    half.grounds.iter().all(|ground| ground.disclosed == 0 && ground.refused == 0)
        && half.sealed == Band::of(0)
        && half.break_glass == CaseTotals::default()
        && half.unusual == UnusualTotals::default()
        && half.requests.is_empty()
}

fn half_of(at: Timestamp) -> (i16, u8) {
    let date = at.to_jiff().to_zoned(TimeZone::UTC).date();
    (date.year(), if date.month() <= 6 { 1 } else { 2 })
}

fn start_of(year: i16, half: u8) -> Timestamp {
    let month = if half == 1 { 1 } else { 7 };
    let start = Date::new(year, month, 1).and_then(|date| date.to_zoned(TimeZone::UTC));
    start.map_or(Timestamp::EPOCH, |zoned| Timestamp::from_jiff(zoned.timestamp()))
}
