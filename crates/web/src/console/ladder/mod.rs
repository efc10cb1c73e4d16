//! The ladder at the abuse desk: what is limited or stopped, what was before, and the step that is taken next. As on the other pages of the desk
//! nobody's words and nobody's addresses stand here.

mod lift;
pub mod take;

use std::collections::BTreeMap;

use mailkeep_outbound_guard::ladder::{About, EndCause, LadderError, Rung, Step, StepCause};
use mailkeep_types::{CustomerId, MailboxId, StaffId, Timestamp};
use serde::Serialize;

use crate::error::WebError;
use crate::routes::{Permission, Routes, StaffPermission};
use crate::samples;

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let abuse = Permission::Staff(StaffPermission::Abuse);
    routes.get("/console/held/{customer}/step", abuse, take::show);
    routes.post("/console/held/{customer}/step", abuse, take::take);
    routes.post("/console/held/{customer}/steps/{step}/confirm", abuse, lift::confirm);
    routes.post("/console/held/{customer}/steps/{step}/lift", abuse, lift::lift);
    routes.post("/console/held/{customer}/pauses/lift", abuse, lift::try_again);
}

/// A step as the desk sees it.
#[derive(Debug, Clone, Serialize)]
pub struct StepRow {
    /// The customer.
    pub customer: String,
    /// Its number.
    pub number: i64,
    /// How far it goes.
    pub rung: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// Whom it is about: `customer`, `mailbox` or `domain`.
    pub about: &'static str,
    /// The end of the mailbox's identifier, or the domain.
    pub name: String,
    /// Why.
    pub why: &'static str,
    /// Who of staff decided; nobody where the guard did.
    pub staff: Option<String>,
    /// Since when.
    pub at: Timestamp,
    /// Until when; nothing where only a person ends it.
    pub until: Option<Timestamp>,
    /// It waits for another member of staff.
    pub waits: bool,
    /// Whether the reader may confirm it.
    pub may_confirm: bool,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it ended.
    pub ended_why: Option<&'static str>,
    /// Who ended it.
    pub ended_by: Option<String>,
}

/// The end of an identifier, which is random.
pub(crate) fn short(mailbox: MailboxId) -> String {
    let text = mailbox.to_string();
    text.get(text.len().saturating_sub(8)..).unwrap_or_default().to_owned()
}

impl StepRow {
    /// As `reader` sees it.
    pub(crate) fn of(step: &Step, names: &BTreeMap<StaffId, String>, reader: StaffId) -> Self {
        let name = |id: Option<StaffId>| id.and_then(|id| names.get(&id).cloned());
        let (about, whom) = match &step.about {
            About::Customer => ("customer", String::new()),
            About::Mailbox(mailbox) => ("mailbox", short(*mailbox)),
            About::Domain(domain) => ("domain", domain.to_unicode()),
        };
        let waits = step.waits_for_second() && step.ended.is_none();
        StepRow {
            customer: step.customer.to_string(),
            number: step.number,
            rung: step.rung.word(),
            tone: if matches!(step.rung, Rung::Hold | Rung::Throttle) || waits { "warn" } else { "bad" },
            about,
            name: whom,
            why: step.why.word(),
            staff: name(step.staff),
            at: step.at,
            until: step.until,
            waits,
            may_confirm: waits && step.staff != Some(reader),
            confirmed_by: name(step.confirmed_by),
            ended_at: step.ended.map(|ended| ended.at),
            ended_why: step.ended.map(|ended| ended.why.word()),
            ended_by: step.ended.and_then(|ended| name(ended.by)),
        }
    }

    /// Steps of a customer: those in force, and those of the past.
    pub(crate) fn samples(customer: CustomerId) -> (Vec<Self>, Vec<Self>) {
        let row = |number, rung: Rung, about, name: &str, why: StepCause, minutes| StepRow {
            customer: customer.to_string(),
            number,
            rung: rung.word(),
            tone: if rung == Rung::Throttle { "warn" } else { "bad" },
            about,
            name: name.to_owned(),
            why: why.word(),
            staff: Some("rosalind".to_owned()),
            at: samples::minutes_ago(minutes),
            until: (rung == Rung::Throttle).then(|| samples::minutes_ago(-7_000)),
            waits: false,
            may_confirm: false,
            confirmed_by: None,
            ended_at: None,
            ended_why: None,
            ended_by: None,
        };
        let ended = |row: StepRow, why: EndCause, by: Option<&str>| StepRow {
            ended_at: Some(samples::minutes_ago(60)),
            ended_why: Some(why.word()),
            ended_by: by.map(str::to_owned),
            ..row
        };
        let wish = row(5, Rung::Terminate, "customer", "", StepCause::Fraud, 12);
        let open = vec![
            StepRow { waits: true, may_confirm: true, tone: "warn", ..wish },
            row(4, Rung::Suspend, "domain", "larkspur-books.example", StepCause::Fraud, 40),
            row(3, Rung::Lock, "mailbox", "5eed0007", StepCause::Stolen, 90),
            StepRow { staff: None, ..row(2, Rung::Throttle, "customer", "", StepCause::Complaints, 3_000) },
        ];
        let hold = row(1, Rung::Hold, "customer", "", StepCause::Complaints, 9_000);
        let lock = row(2, Rung::Lock, "mailbox", "5eed0007", StepCause::Spam, 8_000);
        let past = vec![
            ended(lock, EndCause::Mended, Some("grace")),
            ended(StepRow { staff: None, tone: "warn", ..hold }, EndCause::Time, None),
        ];
        (open, past)
    }
}

/// What staff may give as a reason for the end of a step.
pub(crate) fn end_causes() -> Vec<&'static str> {
    EndCause::OF_STAFF.map(EndCause::word).to_vec()
}

/// What staff may give as a reason for a step.
pub(crate) fn step_causes() -> Vec<&'static str> {
    StepCause::ALL.iter().map(|cause| cause.word()).collect()
}

impl From<LadderError> for WebError {
    fn from(error: LadderError) -> Self {
        match error {
            LadderError::Sql(error) => WebError::internal(error),
            LadderError::Ended => WebError::NotFound,
            other => WebError::internal(other),
        }
    }
}
