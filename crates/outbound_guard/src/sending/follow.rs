//! Whom texts reached, followed in memory from the rows that all nodes write.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;

use super::guard::Guard;
use super::store::{self, MessageRow};
use crate::campaign::CampaignLimits;
use crate::campaign::detector::Reached;
use crate::campaign::watch::Watch;
use crate::replay::{PastMail, Truth};

/// So many rows are read at once.
const PAGE: i64 = 1_000;
/// So often old recipients are forgotten, in minutes.
const FORGET_EVERY: u32 = 30;

/// What is known, and up to which row.
pub(super) struct Followed {
    pub watch: Watch,
    last: i64,
    forgot: u32,
}

impl Followed {
    pub(super) fn new(limits: CampaignLimits) -> Self {
        Followed { watch: Watch::new(limits), last: 0, forgot: 0 }
    }

    /// Takes rows in their order; what was taken before is passed over.
    fn take(&mut self, rows: &[MessageRow]) {
        for row in rows.iter().filter(|row| row.number > self.last) {
            let reached: Vec<Reached> = reached(&numbers(&row.reached), row.customer.as_bytes(), row.at);
            self.watch.note(row.customer, &numbers(&row.shingles), &reached);
        }
        self.last = rows.last().map_or(self.last, |row| self.last.max(row.number));
    }
}

/// The minute of a time, for the detector.
pub(super) fn minute(at: Timestamp) -> u32 {
    u32::try_from(at.as_seconds().div_euclid(60)).unwrap_or_default()
}

/// The recipients of a message of a customer.
pub(super) fn reached(recipients: &[u32], customer: &[u8; 16], at: Timestamp) -> Vec<Reached> {
    let [.., a, b, c, d] = *customer;
    let (customer, minute) = (u32::from_be_bytes([a, b, c, d]), minute(at));
    recipients.iter().map(|recipient| Reached { recipient: *recipient, customer, minute }).collect()
}

/// Numbers as they are stored; what is left over of other bytes is passed over.
pub(crate) fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (whole, _) = bytes.as_chunks::<4>();
    whole.iter().map(|number| u32::from_le_bytes(*number)).collect()
}

/// Numbers for storing.
pub(super) fn bytes(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

impl Guard {
    /// What was accepted in the last day, as a replay judges it: abuse is what customers sent of whom staff dropped mail as spam or as
    /// stolen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn past_day(&self) -> Result<Vec<PastMail>, SqlError> {
        let since = self.0.db.now().minus(store::DAY);
        let abusers = self.0.db.read(move |tx| store::abusers_since(tx, since)).await?;
        let (mut mails, mut last) = (Vec::new(), 0);
        loop {
            let rows = self.0.db.read(move |tx| store::messages_after(tx, last, since, PAGE)).await?;
            let Some(newest) = rows.last() else { return Ok(mails) };
            last = newest.number;
            mails.extend(rows.iter().map(|row| PastMail {
                sender: row.customer,
                recipients: numbers(&row.reached),
                shingles: numbers(&row.shingles),
                at: row.at,
                truth: if abusers.contains(&row.customer) { Truth::Abuse } else { Truth::Honest },
            }));
        }
    }

    /// Reads what was accepted since the last time, here and on other nodes, and `more` at the same time.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn follow<T, M>(&self, now: Timestamp, more: M) -> Result<T, SqlError>
    where
        T: Send + 'static,
        M: Fn(&mut Tx<'_>) -> Result<T, SqlError> + Clone + Send + 'static,
    {
        let since = now.minus(store::DAY);
        loop {
            let (last, more) = (self.0.followed.lock().last, more.clone());
            let read = self.0.db.read(move |tx| {
                Ok::<_, SqlError>((store::messages_after(tx, last, since, PAGE)?, more(tx)?))
            });
            let (rows, more) = read.await?;
            let is_last = rows.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
            let mut followed = self.0.followed.lock();
            followed.take(&rows);
            if is_last {
                let minute = minute(now);
                if minute >= followed.forgot.saturating_add(FORGET_EVERY) {
                    followed.forgot = minute;
                    followed.watch.forget(minute);
                }
                return Ok(more);
            }
        }
    }
}
