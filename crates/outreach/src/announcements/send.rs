//! Going through the audience: each step is one transaction with its messages and the place where the next begins, so
//! that after a crash nobody is skipped and nobody gets it twice.

use mailkeep_identity::persons::list_active;
use mailkeep_policy::outbound::{Channel, Choice, Cursor, MessageClass, Notice, Sent, candidates};
use mailkeep_policy::{Policy, Subject, synthetic};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::AnnouncementId;
use serde_json::json;

use super::count::person_after;
use super::{Announcement, AnnouncementState, OTHER, store};
use crate::offers::COUPON;
use crate::outreach::send_unless_erased;
use crate::returns::StopReason;
use crate::surveys::Link;
use crate::{Outreach, OutreachError};

/// How many are gone through in a step: small, so that a pause is soon felt and other writers wait little.
const STEP: i64 = 100;

impl Outreach {
    /// Goes on until everybody was gone through or somebody stops it. Safe to be called twice at once: the steps follow
    /// one another.
    ///
    /// # Errors
    /// When a database fails; called again, it goes on where it was.
    pub async fn send_announcement(&self, id: AnnouncementId) -> Result<(), OutreachError> {
        loop {
            let outreach = self.clone();
            if !self.db().write(move |tx| step(&outreach, tx, id)).await? {
                return Ok(());
            }
        }
    }
}

/// The next subjects who may want it: those who once said yes or, where a message comes until declined, all persons.
pub(super) fn audience(
    policy: &Policy,
    tx: &mut Tx<'_>,
    class: MessageClass,
    topic: &str,
    after: Cursor,
    limit: i64,
) -> Result<Vec<Subject>, SqlError> {
    match policy.outbound().choice_for(class) {
        Choice::OptIn => candidates(tx, topic, Channel::Email, after, limit),
        Choice::OptOut => {
            let persons = list_active(tx, person_after(after).uuid(), limit)?;
            Ok(persons.into_iter().map(Subject::person).collect())
        }
        // What is always sent is never announced.
        Choice::None => Ok(Vec::new()),
    }
}

/// One step; false when there is nothing left to do. Without an approval it goes to as many addresses as one person alone may
/// write to, whatever was counted before. An offer whose coupon ended stops.
fn step(outreach: &Outreach, tx: &mut Tx<'_>, id: AnnouncementId) -> Result<bool, OutreachError> {
    let policy = outreach.policy();
    let Some(announcement) = store::find(tx, id)? else { return Ok(false) };
    match announcement.state {
        AnnouncementState::Sending => {}
        AnnouncementState::Scheduled if announcement.send_at.is_some_and(|at| at <= tx.now()) => {
            store::go(tx, id, AnnouncementState::Scheduled, AnnouncementState::Sending)?;
        }
        _ => return Ok(false),
    }
    if let Some(because) = outreach.over_because(tx, &announcement)? {
        store::stop(tx, id, because)?;
        return Ok(false);
    }
    let room = match announcement.approved {
        Some(_) => STEP,
        None => (outreach.alone_up_to() - announcement.queued).clamp(0, STEP),
    };
    let (class, after) = (announcement.class, store::cursor(tx, id)?);
    // Where there is no room, those who do not want it are gone through all the same.
    let at_once = if room == 0 { STEP } else { room };
    let batch = audience(policy, tx, class, &announcement.topic, after, at_once)?;
    let Some(last) = batch.last().copied() else {
        store::go(tx, id, AnnouncementState::Sending, AnnouncementState::Sent)?;
        return Ok(false);
    };
    if room == 0 && somebody_wants(outreach, tx, &announcement, &batch)? {
        store::stop(tx, id, StopReason::Unapproved)?;
        return Ok(false);
    }
    let [mut queued, mut queued_other] = [0; 2];
    for subject in &batch {
        // Every other reader: as many as possible have each subject.
        let other = announcement.other_title.is_some() && (announcement.queued + queued) % 2 == 1;
        if send_to(outreach, tx, &announcement, *subject, other)? {
            queued += 1;
            queued_other += i64::from(other);
        }
    }
    let considered = i64::try_from(batch.len()).unwrap_or(i64::MAX);
    store::advance(tx, id, Cursor::after(last), considered, [queued, queued_other])?;
    Ok(true)
}

/// The hash of the address that an announcement to the subject goes to. Who has none any more gets nothing, nor does a
/// subject of a probe.
pub(crate) fn address_of(
    policy: &Policy,
    tx: &mut Tx<'_>,
    subject: Subject,
) -> Result<Option<[u8; 32]>, SqlError> {
    let found = policy.reach_of(tx, subject, Channel::Email)?;
    match found {
        Some(_) if synthetic::is_synthetic(tx, subject)? => Ok(None),
        found => Ok(found),
    }
}

/// Whether one of them would get it.
fn somebody_wants(
    outreach: &Outreach,
    tx: &mut Tx<'_>,
    announcement: &Announcement,
    batch: &[Subject],
) -> Result<bool, SqlError> {
    let policy = outreach.policy();
    for subject in batch {
        if policy.outbound().may_send(tx, *subject, announcement.class, &announcement.topic)?
            && let Some(address) = address_of(policy, tx, *subject)?
            && is_for(outreach, tx, announcement, *subject)?
            && !store::has(tx, announcement.id, *subject, &address)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the subject is among its readers, and it is of use to them: an offer may take nothing off in the currency of their brand.
pub(super) fn is_for(
    outreach: &Outreach,
    tx: &mut Tx<'_>,
    announcement: &Announcement,
    subject: Subject,
) -> Result<bool, SqlError> {
    if !outreach.are_for(tx, &announcement.readers, subject)? {
        return Ok(false);
    }
    match (announcement.offer, outreach.coupons()) {
        (Some(offer), Some(coupons)) => coupons.is_for(tx, offer.coupon, subject),
        (offer, _) => Ok(offer.is_none()),
    }
}

/// Whether the subject gets it now.
fn send_to(
    outreach: &Outreach,
    tx: &mut Tx<'_>,
    announcement: &Announcement,
    subject: Subject,
    other: bool,
) -> Result<bool, OutreachError> {
    let policy = outreach.policy();
    let Some(template) = announcement.template() else { return Ok(false) };
    let Some(address) = address_of(policy, tx, subject)? else { return Ok(false) };
    if store::has(tx, announcement.id, subject, &address)? || !is_for(outreach, tx, announcement, subject)? {
        return Ok(false);
    }
    let survey = Link::of(tx, announcement.id)?;
    let notice = Notice {
        class: announcement.class,
        template,
        subject,
        topic: Some(announcement.topic.clone()),
        to: None,
        unique_key: format!("announcement:{}:{}:{}", announcement.id, subject.kind(), subject.uuid()),
        context: json!({
            "language": announcement.language,
            OTHER: other,
            "survey": survey.as_ref().map(Link::token),
            COUPON: announcement.offer.map(|offer| offer.coupon),
        }),
    };
    match send_unless_erased(policy, tx, &notice)? {
        Some(Sent::Queued(message)) => {
            store::add(tx, announcement.id, subject, &address, message)?;
            survey.map_or(Ok(()), |link| link.keep(tx, subject))?;
            Ok(true)
        }
        Some(Sent::Before(_) | Sent::Suppressed) | None => Ok(false),
    }
}
