//! Hours become days, in which destinations of few recipients have no name, and old days go.

use std::collections::{BTreeMap, HashMap, HashSet};

use mailkeep_storage::sql::{SqlError, Tx};

use super::store::{self, Between, DAY, WHOLE_DAY};
use super::{Counts, FEW, KEPT, MOST_NAMED, Waits};
use crate::error::Result;
use crate::post_office::PostOffice;

impl PostOffice {
    /// Makes one of the hours of each day that ended a day ago, and removes days that are too old.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sweep_deliveries(&self) -> Result<()> {
        Ok(self.db().write(sweep).await?)
    }
}

fn sweep(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let now = tx.now();
    // The last 24 hours are shown by the hour.
    let until = store::day(now) - DAY;
    while let Some(first) = store::first_hour(tx)?.filter(|first| *first < until) {
        fold(tx, first.div_euclid(DAY) * DAY)?;
    }
    store::forget(tx, now.minus(KEPT))
}

/// Which destinations of a day keep their names.
fn named(ways: &[store::OneWay]) -> HashSet<String> {
    let mut recipients: HashMap<&str, i64> = HashMap::new();
    for way in ways {
        *recipients.entry(way.destination.as_str()).or_default() += way.counts.answered();
    }
    let mut large: Vec<(&str, i64)> =
        recipients.into_iter().filter(|(name, count)| !name.is_empty() && *count >= FEW).collect();
    large.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    large.into_iter().take(MOST_NAMED).map(|(name, _)| name.to_owned()).collect()
}

fn fold(tx: &mut Tx<'_>, begins: i64) -> Result<(), SqlError> {
    let between = Between { from: begins, until: begins + DAY, slot: 0 };
    let (ways, senders) = (store::ways(tx, between)?, store::senders(tx, between)?);
    store::remove_hours(tx, between)?;
    let named = named(&ways);
    let mut days: BTreeMap<(String, String), (Counts, Waits)> = BTreeMap::new();
    for way in ways {
        let name = if named.contains(&way.destination) { way.destination } else { String::new() };
        let (counts, waits) = days.entry((name, way.egress)).or_default();
        counts.add(&way.counts);
        waits.add(&way.waits);
    }
    for ((destination, egress), (counts, waits)) in &days {
        store::count_destination(tx, (begins, destination, egress, WHOLE_DAY), counts, waits)?;
    }
    for (domain, counts) in &senders {
        store::count_sender(tx, (*domain, begins, WHOLE_DAY), counts)?;
    }
    Ok(())
}
