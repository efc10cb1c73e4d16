//! A held message goes back to its sender, with a report that says why.

use mailkeep_mailbox::{MailError, PostOffice};
use mailkeep_protocols::smtp::Enhanced;
use mailkeep_protocols::smtp::report::{Action, DeliveryReport, RecipientReport};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::QueueId;

use super::{MailHouse, read_envelope, read_recipient, to_queued};
use crate::delivery::{About, ReportMaker, is_wanted};
use crate::house::HouseError;

/// What else is written in the transaction in which a held message leaves. It may be run again.
pub type Note = Box<dyn Fn(&mut Tx<'_>) -> Result<(), SqlError> + Send + Sync>;

impl MailHouse {
    /// Takes a held message out of the queue and reports to its sender for the reason `words`, in one transaction with `note`;
    /// false when somebody decided on it before. Whoever asked for no report (RFC 3461), or named no sender, gets none.
    ///
    /// # Errors
    /// When the mail store fails; the message is held then as before.
    pub async fn give_back(
        &self,
        id: QueueId,
        host_name: &str,
        words: &str,
        note: Note,
    ) -> Result<bool, HouseError> {
        let Some(held) = self.office.held_envelope(id).await? else { return Ok(false) };
        let (sender, params) = read_envelope(held.envelope);
        let recipients = held.recipients.into_iter().filter_map(read_recipient);
        let about: Vec<RecipientReport> = recipients
            .filter(|(_, params)| is_wanted(params, Action::Failed))
            .map(|(to, params)| About::local(&to, &params, Action::Failed, Enhanced(5, 7, 1), Some(words)))
            .collect();
        let mut sealed = None;
        if let Some(sender) = sender.filter(|_| !about.is_empty()) {
            let content = self.office.queued_content(id).await?;
            let report = DeliveryReport {
                envid: params.envid,
                reporting_host: host_name.to_owned(),
                arrived: held.created_at,
                recipients: about,
            };
            let maker = ReportMaker { host_name, clock: self.office.clock() };
            let report = maker.message(&sender, &report, &content, params.ret);
            sealed = Some(self.office.seal_queued(to_queued(report)).await?);
        }
        let office = self.office.clone();
        let write = self.office.db().write(move |tx| {
            if !PostOffice::take_held_in(tx, id)? {
                return Ok::<_, MailError>(false);
            }
            if let Some(report) = &sealed {
                office.enqueue_in(tx, report)?;
            }
            note(tx)?;
            Ok(true)
        });
        Ok(write.await?)
    }
}
