//! Counting what the queue marks, in its transaction.

use std::collections::BTreeMap;

use mailkeep_protocols::reports::Cause;
use mailkeep_storage::sql::{SqlError, Tx};

use super::{Counts, Waits, Went, house, store};
use crate::queue::{RecipientState, SealedOutcomes};

/// So many rows an hour's count is spread over, so that transactions of a busy destination do not wait for each other.
const SLOTS: i64 = 16;

/// What is counted of one message in one go.
pub(crate) struct Tally {
    egress: String,
    slot: i64,
    about: store::About,
    by_destination: BTreeMap<String, (Counts, Waits)>,
}

impl Tally {
    /// Begins to count; `None` when nothing went out.
    pub(crate) fn begin(tx: &mut Tx<'_>, sealed: &SealedOutcomes) -> Result<Option<Self>, SqlError> {
        let (Went::Out(egress), guest) = sealed.way() else { return Ok(None) };
        let Some(about) = store::about(tx, sealed.id(), guest)? else { return Ok(None) };
        // The last bytes of an identifier are random; copies of a list have one together.
        let last = i64::from(sealed.id().as_bytes().last().copied().unwrap_or_default());
        Ok(Some(Tally {
            egress: egress.map(|address| address.to_canonical().to_string()).unwrap_or_default(),
            slot: last.saturating_add(sealed.first_position()).rem_euclid(SLOTS),
            about,
            by_destination: BTreeMap::new(),
        }))
    }

    /// Counts a recipient; `cause` is why it was refused for good.
    pub(crate) fn add(
        &mut self,
        tx: &Tx<'_>,
        destination: String,
        state: RecipientState,
        cause: Option<Cause>,
    ) {
        let (counts, waits) = self.by_destination.entry(destination).or_default();
        match state {
            RecipientState::Waiting => counts.deferred += 1,
            RecipientState::Failed => counts.refuse(cause.unwrap_or(Cause::Unknown)),
            RecipientState::Delivered => {
                counts.delivered += 1;
                // What waited for somebody's decision says nothing of the way.
                if !self.about.was_held {
                    waits.note(tx.now().since(self.about.created_at));
                }
            }
        }
    }

    /// Writes it down.
    pub(crate) fn write(self, tx: &mut Tx<'_>) -> Result<(), SqlError> {
        let begins = store::hour(tx.now());
        let mut of_sender = Counts::default();
        for (destination, (counts, waits)) in &self.by_destination {
            of_sender.add(counts);
            let key = (begins, destination.as_str(), self.egress.as_str(), self.slot);
            store::count_destination(tx, key, counts, waits)?;
        }
        if self.by_destination.is_empty() {
            return Ok(());
        }
        let domain = self.about.domain.unwrap_or_else(house);
        store::count_sender(tx, (domain, begins, self.slot), &of_sender)
    }
}
