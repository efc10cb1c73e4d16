//! The rules: pure functions over what staff did.

use std::collections::{BTreeMap, BTreeSet};

use mailkeep_types::{PersonId, StaffId, Timestamp};

use super::{Lines, Sign};
use crate::staff_uses::StaffUse;
use crate::subject::Subject;

/// Something unusual, before it is stored. The key is the same each time the same thing is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub key: String,
    pub sign: Sign,
    pub staff: StaffId,
    pub seen: usize,
    pub threshold: u32,
    pub since: Timestamp,
    pub until: Timestamp,
}

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// Looks at `recent` with the knowledge of `history`, which reaches further back and holds `recent` too.
pub(super) fn see(
    recent: &[StaffUse],
    history: &[StaffUse],
    own: &[(StaffId, PersonId)],
    lines: &Lines,
) -> Vec<Seen> {
    let mut found = Vec::new();
    found.extend(many_in_an_hour(recent, Sign::ManySubjects, lines.subjects_an_hour));
    found.extend(many_in_an_hour(recent, Sign::ManyRefusals, lines.refusals_an_hour));
    found.extend(many_staff(recent, lines.staff_a_day));
    found.extend(recent.iter().filter(|one| one.allowed).filter_map(colleague));
    found.extend(recent.iter().filter(|one| own.iter().any(|own| is_own(one, own))).map(|one| {
        let key = format!("own:{}:{}:{}", one.staff, one.subject.uuid(), one.at.as_micros().div_euclid(DAY));
        single(one, Sign::OwnProfile, key, 1, 0)
    }));
    found.extend(unusual_hours(recent, history, lines));
    found
}

/// Windows begin with the clock's hour and, so that nobody hides around its stroke, with the half hour too.
fn many_in_an_hour(uses: &[StaffUse], sign: Sign, line: u32) -> Vec<Seen> {
    let mut windows: BTreeMap<(StaffId, i64), Vec<&StaffUse>> = BTreeMap::new();
    let counted = uses.iter().filter(|one| one.allowed == (sign == Sign::ManySubjects));
    for one in counted {
        let half = one.at.as_micros().div_euclid(HOUR / 2);
        for start in [half - 1, half] {
            windows.entry((one.staff, start)).or_default().push(one);
        }
    }
    let mut found: Vec<Seen> = Vec::new();
    for ((staff, start), uses) in windows {
        let count = match sign {
            Sign::ManySubjects => uses.iter().map(|one| one.subject).collect::<BTreeSet<_>>().len(),
            _ => uses.len(),
        };
        if count <= line as usize {
            continue;
        }
        // A burst that lies in two windows is one.
        let hour = start.div_euclid(2);
        let key = format!("{}:{staff}:{hour}", sign.id());
        let (since, until) = (uses[0].at, uses[uses.len() - 1].at);
        match found.last_mut().filter(|last| last.staff == staff && last.until >= since) {
            Some(last) => {
                last.seen = last.seen.max(count);
                last.until = last.until.max(until);
            }
            None => found.push(Seen { key, sign, staff, seen: count, threshold: line, since, until }),
        }
    }
    found
}

fn many_staff(uses: &[StaffUse], line: u32) -> Vec<Seen> {
    let mut days: BTreeMap<(Subject, i64), Vec<&StaffUse>> = BTreeMap::new();
    for one in uses.iter().filter(|one| one.allowed && !matches!(one.subject, Subject::Staff(_))) {
        days.entry((one.subject, one.at.as_micros().div_euclid(DAY))).or_default().push(one);
    }
    let mut found = Vec::new();
    for ((subject, day), uses) in days {
        let mut staff = Vec::new();
        for one in &uses {
            if !staff.contains(&one.staff) {
                staff.push(one.staff);
            }
        }
        if staff.len() > line as usize {
            let key = format!("{}:{}:{day}", Sign::ManyStaff.id(), subject.uuid());
            let (since, until) = (uses[0].at, uses[uses.len() - 1].at);
            let crossed = staff[line as usize];
            found.push(Seen {
                key,
                sign: Sign::ManyStaff,
                staff: crossed,
                seen: staff.len(),
                threshold: line,
                since,
                until,
            });
        }
    }
    found
}

/// A colleague's data; the second look at what a colleague wrote is what one is there for.
fn colleague(one: &StaffUse) -> Option<Seen> {
    let Subject::Staff(whose) = one.subject else { return None };
    if whose == one.staff || one.fact == "second_look" {
        return None;
    }
    let key = format!("colleague:{}:{whose}:{}", one.staff, one.at.as_micros().div_euclid(DAY));
    Some(single(one, Sign::Colleague, key, 1, 0))
}

fn is_own(one: &StaffUse, (staff, person): &(StaffId, PersonId)) -> bool {
    one.staff == *staff && one.subject == Subject::Person(*person)
}

/// Uses in an hour of the day (UTC) in which this member of staff hardly ever worked before.
fn unusual_hours(recent: &[StaffUse], history: &[StaffUse], lines: &Lines) -> Vec<Seen> {
    let hour_of = |at: Timestamp| at.as_micros().rem_euclid(DAY) / HOUR;
    let mut found: Vec<Seen> = Vec::new();
    for one in recent.iter().filter(|one| one.allowed) {
        // What happened on the same day does not make itself usual.
        let day = one.at.as_micros().div_euclid(DAY);
        let before = || {
            history.iter().filter(|old| old.staff == one.staff && old.at.as_micros().div_euclid(DAY) < day)
        };
        let known = before().count();
        if known < lines.uses_to_know_hours as usize {
            continue;
        }
        let hour = hour_of(one.at);
        // The hours beside it count too: somebody who comes a little early is no stranger.
        let near = before().filter(|old| (hour_of(old.at) - hour + 25).rem_euclid(24) <= 2).count();
        if near * 100 >= known * lines.usual_percent as usize {
            continue;
        }
        let key = format!("{}:{}:{day}", Sign::UnusualHour.id(), one.staff);
        match found.iter_mut().find(|seen| seen.key == key) {
            Some(seen) => {
                seen.seen += 1;
                seen.until = one.at;
            }
            None => found.push(single(one, Sign::UnusualHour, key, 1, 0)),
        }
    }
    found
}

fn single(one: &StaffUse, sign: Sign, key: String, seen: usize, threshold: u32) -> Seen {
    Seen { key, sign, staff: one.staff, seen, threshold, since: one.at, until: one.at }
}
