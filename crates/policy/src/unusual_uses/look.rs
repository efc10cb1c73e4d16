//! Looking for what is unusual.

use std::time::Duration;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::new_uuid;

use super::signs::{Seen, see};
use super::{Sign, store};
use crate::{Policy, break_glass, staff_uses};

/// How far back uses are looked at anew: a job that did not run for a day misses nothing.
const RECENT: Duration = Duration::from_secs(36 * 3600);
/// How far back usual hours are learned from.
const HISTORY: Duration = Duration::from_secs(60 * 86_400);

/// Looks at what staff did, and puts what is unusual into the queue; what stands there already stays as it is. Returns how
/// many were new.
///
/// # Errors
/// When the database fails.
pub async fn look(policy: &Policy) -> Result<usize, SqlError> {
    let (now, lines) = (policy.clock().now(), policy.lines());
    let (history, own, cases) = policy
        .database()
        .read(move |tx| {
            Ok::<_, SqlError>((
                staff_uses::store::since(tx, now.minus(HISTORY))?,
                staff_uses::store::all_own_profiles(tx)?,
                break_glass::store::without_closure(tx, now)?,
            ))
        })
        .await?;
    let recent: Vec<_> = history.iter().filter(|one| one.at >= now.minus(RECENT)).cloned().collect();
    let mut seen = see(&recent, &history, &own, &lines);
    seen.extend(cases.into_iter().map(|case| Seen {
        key: format!("{}:{}", Sign::OpenCase.id(), case.id),
        sign: Sign::OpenCase,
        staff: case.staff,
        seen: 1,
        threshold: 0,
        since: case.opened_at,
        until: case.ends_at,
    }));
    let seen: Vec<_> = seen.into_iter().map(|seen| (new_uuid(&**policy.clock()), seen)).collect();
    let found = policy
        .database()
        .write(move |tx| {
            let mut found = 0;
            for (id, seen) in &seen {
                found += usize::from(store::insert(tx, *id, seen, now)?);
            }
            Ok::<_, SqlError>(found)
        })
        .await?;
    measure(policy).await?;
    Ok(found)
}

/// Sets the gauges that an alert watches.
async fn measure(policy: &Policy) -> Result<(), SqlError> {
    let open = policy.database().read(store::open_by_sign).await?;
    for sign in Sign::ALL {
        let count = open.iter().filter(|one| *one == sign).count();
        metrics::gauge!("policy_unusual_uses_open", "sign" => sign.id()).set(count as f64);
    }
    let (unseen, disputed) = break_glass::alarms(policy).await?;
    metrics::gauge!("policy_break_glass_unseen").set(unseen as f64);
    metrics::gauge!("policy_break_glass_disputed").set(disputed as f64);
    if unseen > 0 {
        tracing::error!(
            unseen,
            "break-glass cases wait for longer than a day; a colleague looks at them on /console/second-look"
        );
    }
    if disputed > 0 {
        tracing::error!(
            disputed,
            "break-glass cases are disputed; a privacy officer settles them on /console/second-look"
        );
    }
    Ok(())
}
