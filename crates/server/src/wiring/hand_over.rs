//! Makes the files of a hand-over: the records of the customer and its mailboxes, then all mail, mailbox by mailbox. One archive
//! is in memory at a time. A try that was cut off begins again: what it made is removed first, and nothing was told yet.

use anyhow::Result;
use bytes::Bytes;
use mailkeep_commerce::handovers::{HandOver, NewFile};
use mailkeep_commerce::jobs::HandOverJob;
use mailkeep_mailbox::mailboxes::MailboxSession;
use mailkeep_mailbox::messages::{MessageRow, UidSet};
use mailkeep_policy::records::{Export, export};
use mailkeep_policy::{Actor, KeyError, Personal, PolicyError, Refusal, Subject};
use mailkeep_storage::jobs::{Job, JobError};
use mailkeep_types::{FolderId, MailboxId};
use mailkeep_web::copies::{Letters, records_archive};

use super::services::Services;

/// As whom the program reads; so it stands in the record of uses.
const ACTOR: Actor = Actor::System("hand-over");

/// Runs the job [`mailkeep_commerce::jobs::MAKE_HAND_OVER`].
///
/// # Errors
/// Another try: each begins anew.
pub async fn make(services: &Services, job: &Job) -> Result<(), JobError> {
    let id = job.payload::<HandOverJob>()?.hand_over_id;
    let made = async {
        let blobs = services.office.blobs();
        let Some(one) = services.commerce.begin_hand_over(blobs, id).await? else { return Ok(()) };
        Making { services, one: &one, number: 0 }.all().await?;
        let owners = services.identity.owners_of(one.customer).await?;
        Ok::<_, anyhow::Error>(services.commerce.finish_hand_over(id, owners).await?)
    };
    made.await.map_err(|error| JobError::retry(format!("{error:#}")))
}

/// Runs the job [`mailkeep_commerce::jobs::SWEEP_HAND_OVERS`], and says how many are past their day.
///
/// # Errors
/// Another try.
pub async fn sweep(services: &Services) -> Result<(), JobError> {
    let commerce = &services.commerce;
    commerce.sweep_hand_overs(services.office.blobs()).await.map_err(JobError::retry)?;
    let overdue = commerce.overdue_hand_overs().await.map_err(JobError::retry)?;
    metrics::gauge!("mailkeep_hand_overs_overdue").set(f64::from(u32::try_from(overdue).unwrap_or(u32::MAX)));
    Ok(())
}

struct Making<'a> {
    services: &'a Services,
    one: &'a HandOver,
    number: i64,
}

impl Making<'_> {
    async fn all(&mut self) -> Result<()> {
        let office = &self.services.office;
        let mut mailboxes = Vec::new();
        for domain in office.domains_of_customer(self.one.customer).await? {
            mailboxes.extend(office.list_mailboxes(domain.id).await?.iter().map(|mailbox| mailbox.id));
        }
        let mut parts: Vec<Export> =
            self.records(Subject::customer(self.one.customer)).await?.into_iter().collect();
        let mut addresses = Vec::with_capacity(mailboxes.len());
        for mailbox in mailboxes {
            let part = self.records(Subject::mailbox(mailbox)).await?;
            addresses.push((mailbox, part.as_ref().and_then(address_in)));
            parts.extend(part);
        }
        let now = self.services.policy.clock().now();
        self.keep(0, None, records_archive(now, parts)).await?;
        for (mailbox, address) in addresses {
            self.mail(mailbox, address.as_deref()).await?;
        }
        Ok(())
    }

    /// What is held about a subject; nothing where nothing was ever sealed for it, or it was erased meanwhile.
    async fn records(&self, subject: Subject) -> Result<Option<Export>> {
        let request = self.services.commerce.request_for_hand_over(self.one.id, subject).await?;
        match export(&self.services.policy, ACTOR, request, subject).await {
            Ok(part) => Ok(Some(part)),
            Err(PolicyError::Refused(Refusal::Key(KeyError::Missing(_) | KeyError::Erased(_)))) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn mail(&mut self, mailbox: MailboxId, address: Option<&str>) -> Result<()> {
        let subject = Subject::mailbox(mailbox);
        let request = self.services.commerce.request_for_hand_over(self.one.id, subject).await?;
        let session = self.services.office.hand_over_session(mailbox, request).await?;
        let keywords = session.keywords().await?;
        let mut letters = Letters::new(self.services.policy.clock().now());
        let mut part = 0;
        for folder in session.list_folders().await? {
            letters.begin_folder(&folder.name);
            let rows = session.open_folder(folder.id, false).await?.messages;
            let mut at = 0;
            while let Some(first) = rows.get(at) {
                let (read, beyond) = batch(&session, folder.id, &rows, first.uid).await?;
                for (row, raw) in &read {
                    if let Some(full) = letters.add(row.internal_at, row.flags, &keywords, raw) {
                        part += 1;
                        self.keep(part, address, full).await?;
                    }
                }
                at = beyond;
            }
            if let Some(full) = letters.end_folder() {
                part += 1;
                self.keep(part, address, full).await?;
            }
        }
        if let Some(last) = letters.finish() {
            self.keep(part + 1, address, last).await?;
        }
        Ok(())
    }

    async fn keep(&mut self, part: i64, name: Option<&str>, file: Vec<u8>) -> Result<()> {
        self.number += 1;
        let file = NewFile {
            number: self.number,
            part,
            name: name.map(|name| Personal::new(name.to_owned())),
            size: i64::try_from(file.len()).unwrap_or(i64::MAX),
            content: Personal::new(file),
        };
        let blobs = self.services.office.blobs();
        Ok(self.services.commerce.keep_hand_over_file(blobs, self.one.id, self.one.customer, file).await?)
    }
}

/// The address of a mailbox as its records have it.
fn address_in(part: &Export) -> Option<String> {
    let table = part.tables.iter().find(|table| table.table == "mailboxes")?;
    table.rows.first()?.get("address")?.as_str().map(str::to_owned)
}

/// The next letters of a folder from a UID on, some megabytes of them, and the place in `rows` after the last. A letter that went
/// meanwhile is passed over.
async fn batch<'a>(
    session: &MailboxSession,
    folder: FolderId,
    rows: &'a [MessageRow],
    from: u32,
) -> Result<(Vec<(&'a MessageRow, Bytes)>, usize)> {
    let read = session.read_messages(folder, &UidSet::from_ranges([from..=u32::MAX])).await?;
    let place = |uid: u32| rows.binary_search_by_key(&uid, |row| row.uid);
    // What arrived after the folder was listed belongs to no row, and ends it.
    let beyond = match read.last() {
        Some((last, _)) => place(*last).map_or_else(|at| at, |at| at + 1),
        None => rows.len(),
    };
    let of_row = |(uid, raw)| place(uid).ok().and_then(|at| rows.get(at)).map(|row| (row, raw));
    Ok((read.into_iter().filter_map(of_row).collect(), beyond))
}
