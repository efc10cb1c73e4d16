use std::time::Duration;

use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{Clock as _, LedgerEntryId, ManualClock, PersonId, StaffId, Timestamp};
use uuid::Uuid;

use super::signs::see;
use super::{Lines, Sign, UnusualError, agree, explain, list, look, read_explanation};
use crate::gate::{Field, Use};
use crate::staff_uses::{self, StaffUse};
use crate::subject::{Actor, Fact, Subject};
use crate::vocabulary::{Act, CategoryId, Role, purpose};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);
const WORDS: &str = "The mailing about the outage bounced; I looked up who has to be called.";

struct Work {
    clock: std::sync::Arc<ManualClock>,
    uses: Vec<StaffUse>,
}

impl Work {
    fn new() -> Self {
        Work { clock: ManualClock::at("2026-03-02"), uses: Vec::new() }
    }

    fn staff(&self) -> StaffId {
        StaffId::new(&*self.clock)
    }

    fn person(&self) -> Subject {
        Subject::person(PersonId::new(&*self.clock))
    }

    fn does(&mut self, staff: StaffId, subject: Subject, at: Timestamp, allowed: bool) {
        self.uses.push(StaffUse {
            entry: LedgerEntryId::new(&*self.clock),
            position: None,
            staff,
            subject,
            at,
            purpose: "protect".to_owned(),
            act: "read".to_owned(),
            fact: "order_in_review".to_owned(),
            fact_id: Uuid::nil(),
            fields: Vec::new(),
            allowed,
        });
    }

    fn signs(&self, lines: &Lines) -> Vec<(Sign, usize)> {
        see(&self.uses, &self.uses, &[], lines).into_iter().map(|seen| (seen.sign, seen.seen)).collect()
    }
}

#[test]
fn many_different_persons_in_an_hour_are_one_finding() {
    let (mut work, lines) = (Work::new(), Lines { subjects_an_hour: 3, ..Lines::default() });
    let staff = work.staff();
    let start = work.clock.now().plus(HOUR / 2);
    for minute in 0..3 {
        work.does(staff, work.person(), start.plus(Duration::from_secs(minute * 600)), true);
    }
    assert_eq!(work.signs(&lines), []);
    // Around the stroke of the hour, so that no window of the clock's hours alone holds them all.
    work.does(staff, work.person(), start.plus(Duration::from_secs(2400)), true);
    assert_eq!(work.signs(&lines), [(Sign::ManySubjects, 4)]);
    let same = work.uses[0].subject;
    for _ in 0..10 {
        work.does(staff, same, start.plus(Duration::from_secs(2500)), true);
    }
    assert_eq!(work.signs(&lines), [(Sign::ManySubjects, 4)], "the same person again is no other person");
}

#[test]
fn refusals_and_many_eyes_on_one_person_are_noticed() {
    let (mut work, lines) = (Work::new(), Lines { refusals_an_hour: 2, staff_a_day: 2, ..Lines::default() });
    let (staff, person, now) = (work.staff(), work.person(), work.clock.now().plus(HOUR));
    for minute in 0..3 {
        work.does(staff, person, now.plus(Duration::from_secs(minute * 60)), false);
    }
    assert_eq!(work.signs(&lines), [(Sign::ManyRefusals, 3)]);
    for _ in 0..3 {
        let colleague = work.staff();
        work.does(colleague, person, now.plus(HOUR * 3), true);
    }
    assert_eq!(work.signs(&lines), [(Sign::ManyRefusals, 3), (Sign::ManyStaff, 3)]);
}

#[test]
fn hours_are_unusual_once_the_usual_ones_are_known() {
    let (mut work, lines) = (Work::new(), Lines { uses_to_know_hours: 10, ..Lines::default() });
    let (staff, person, monday) = (work.staff(), work.person(), work.clock.now());
    for day in 0..10 {
        work.does(staff, person, monday.plus(DAY * day + HOUR * 9), true);
    }
    work.does(staff, person, monday.plus(DAY * 10 + HOUR * 10), true);
    assert_eq!(work.signs(&lines), [], "an hour later is nothing");
    work.does(staff, person, monday.plus(DAY * 10 + HOUR * 23), true);
    assert_eq!(work.signs(&lines), [(Sign::UnusualHour, 1)]);
    let newcomer = work.staff();
    work.does(newcomer, person, monday.plus(DAY * 10 + HOUR * 3), true);
    assert_eq!(work.signs(&lines).len(), 1, "of a newcomer nothing is known");
}

#[test]
fn colleagues_and_ones_own_profile_are_noticed_at_once() {
    let mut work = Work::new();
    let (staff, colleague, now) = (work.staff(), work.staff(), work.clock.now());
    work.does(staff, Subject::staff(colleague), now, true);
    assert_eq!(work.signs(&Lines::default()), [(Sign::Colleague, 1)]);
    work.uses[0].fact = "second_look".to_owned();
    assert_eq!(
        work.signs(&Lines::default()),
        [],
        "what a colleague wrote for others to read is there to be read"
    );
    let person = PersonId::new(&*work.clock);
    work.does(staff, Subject::person(person), now, false);
    let seen = see(&work.uses, &work.uses, &[(staff, person)], &Lines::default());
    assert_eq!(seen.iter().map(|seen| seen.sign).collect::<Vec<_>>(), [Sign::OwnProfile]);
}

both_engines!(what_is_found_is_explained_by_one_and_agreed_to_by_another, |db: Database| async move {
    let clock = ManualClock::at("2026-03-02");
    let policy = crate::testing::policy_at(&db, clock.clone()).await;
    policy.register_fields(&[Field::new("people", "name", CategoryId::Identity)]);
    policy.register_staff_roles(|_, _| Ok(vec![Role::PrivacyOfficer]));
    policy.register_lines(Lines { refusals_an_hour: 2, ..Lines::default() });
    let (first, second) = (StaffId::new(&*clock), StaffId::new(&*clock));
    let person = PersonId::new(&*clock);
    policy.create_key(Subject::person(person)).await.unwrap();
    let fields: &'static [&'static str] = &["people.name"];
    for _ in 0..3 {
        let asked = Use {
            actor: Actor::Staff(first),
            subject: Subject::person(person),
            act: Act::Read,
            fields,
            fact: Fact::OpenTicket(Uuid::nil()),
        };
        assert!(policy.grant::<purpose::Troubleshoot>(asked).await.is_err());
    }
    assert_eq!(look(&policy).await.unwrap(), 1);
    assert_eq!(look(&policy).await.unwrap(), 0, "found once");
    let found = list(&policy, false).await.unwrap();
    assert_eq!((found[0].sign, found[0].staff, found[0].seen), (Sign::ManyRefusals, first, 3));
    let id = found[0].id;
    assert!(
        matches!(agree(&policy, id, second).await, Err(UnusualError::NotFound)),
        "nothing is explained yet"
    );
    assert!(matches!(explain(&policy, id, second, WORDS).await, Err(UnusualError::NotYours)));
    assert!(matches!(explain(&policy, id, first, "work").await, Err(UnusualError::Length)));
    explain(&policy, id, first, WORDS).await.unwrap();
    assert_eq!(read_explanation(&policy, id, second).await.unwrap(), WORDS);
    assert!(
        read_explanation(&policy, id, first).await.is_err(),
        "one's own is not for one's own second look"
    );
    assert!(matches!(agree(&policy, id, first).await, Err(UnusualError::SamePerson)));
    agree(&policy, id, second).await.unwrap();
    assert_eq!(list(&policy, false).await.unwrap().len(), 0);
    assert_eq!(list(&policy, true).await.unwrap().len(), 1);
    // The second look was at what a colleague wrote: that is not unusual itself.
    staff_uses::declare_own_profile(&policy, first, person).await.unwrap();
    clock.advance(Duration::from_secs(3600));
    assert_eq!(look(&policy).await.unwrap(), 1, "the refusals were of one's own profile, as is said now");
});
