//! Time spent on tickets, on both engines.

use std::time::Duration;

use mailkeep_types::{Clock, StaffId};
use uuid::Uuid;

use super::{LONGEST_NOTE, MOST_MINUTES};
use crate::tickets::store::by_hand;
use crate::tickets::tests::{House, on_both_engines, seen};
use crate::tickets::{Hand, Ticket, TicketError};

const HOUR: Duration = Duration::from_secs(3600);

impl House {
    /// Minutes, whether they are against others, and whether there is a note, as staff read them.
    async fn spent(&self, ticket: &Ticket) -> Vec<(i64, bool, bool)> {
        let times = self.look(ticket, ticket.id).await.unwrap().times;
        times.iter().map(|time| (time.minutes, time.against.is_some(), time.note.is_some())).collect()
    }
}

#[test]
fn time_is_written_down_once_and_set_right_by_an_entry_against_it() {
    on_both_engines(async |house| {
        let (desk, agent, tove) = (&house.desk, house.agent, StaffId::new(&*house.clock));
        let ticket = house.opened(Hand::Person(house.person)).await;
        for (minutes, note, field) in [
            (0, "", "minutes"),
            (-5, "", "minutes"),
            (MOST_MINUTES + 1, "", "minutes"),
            (5, &*"x".repeat(LONGEST_NOTE + 1), "note"),
        ] {
            let noted = desk.note_time(seen(&ticket), agent, minutes, note).await;
            assert!(
                matches!(noted, Err(TicketError::Field { field: found, .. }) if found == field),
                "{minutes}"
            );
        }
        desk.note_time(seen(&ticket), agent, 45, " Looked at \n the zone ").await.unwrap();
        house.clock.advance(HOUR);
        desk.note_time(seen(&ticket), tove, 10, "").await.unwrap();
        let times = house.look(&ticket, ticket.id).await.unwrap().times;
        assert!(*times[0].note.as_ref().unwrap() == "Looked at the zone");
        assert!(house.own(&ticket).await.times.is_empty(), "customers read none of it");

        // Only one's own is taken back, once, and both stay.
        let theirs = desk.take_time_back(seen(&ticket), tove, times[0].id).await;
        assert!(matches!(theirs, Err(TicketError::NotFound)), "{theirs:?}");
        house.clock.advance(HOUR);
        desk.take_time_back(seen(&ticket), agent, times[0].id).await.unwrap();
        let again = desk.take_time_back(seen(&ticket), agent, times[0].id).await;
        assert!(matches!(again, Err(TicketError::State(_))), "{again:?}");
        let wanted = [(45, false, true), (10, false, false), (-45, true, false)];
        assert_eq!(house.spent(&ticket).await, wanted);
        let back = house.look(&ticket, ticket.id).await.unwrap().times[2].id;
        let twice = desk.take_time_back(seen(&ticket), agent, back).await;
        assert!(matches!(twice, Err(TicketError::NotFound)), "what takes back is not taken back");
        let events = desk.show_history(seen(&ticket)).await.unwrap();
        let told: Vec<_> =
            events.iter().filter(|event| event.what == "time").map(|event| event.value.as_str()).collect();
        assert_eq!(told, ["45", "10", "-45"]);

        // No hand changes it, and it goes with its ticket.
        let change = "UPDATE ticket_times SET minutes = 1 WHERE ticket_id = $1";
        let id = ticket.id;
        assert!(house.db.write(move |tx| by_hand(tx, change, id)).await.is_err());
        let gone = "DELETE FROM tickets WHERE id = $1";
        house.db.write(move |tx| by_hand(tx, gone, id)).await.unwrap();
        let left = house.db.read(|tx| crate::tickets::store::rows_left(tx, "ticket_times")).await.unwrap();
        assert_eq!(left, 0);
    });
}

#[test]
fn sums_are_of_the_time_asked_for_and_leave_out_what_was_taken_back() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let by = Hand::Person(house.person);
        let (one, two, three) = (house.opened(by).await, house.opened(by).await, house.opened(by).await);
        let now = || {
            house.clock.advance(HOUR);
            house.clock.now()
        };
        let start = now();
        desk.note_time(seen(&one), agent, 30, "").await.unwrap();
        desk.note_time(seen(&two), agent, 50, "").await.unwrap();
        desk.note_time(seen(&three), agent, 5, "").await.unwrap();
        let entry: Uuid = house.look(&three, three.id).await.unwrap().times[0].id;
        desk.take_time_back(seen(&three), agent, entry).await.unwrap();
        let end = now();
        desk.note_time(seen(&one), agent, 15, "").await.unwrap();
        let late = now();
        let sums = async |from, until| {
            let rows = desk.sum_times(from, until).await.unwrap();
            assert!(rows.iter().all(|row| row.customer == Some(house.customer)));
            rows.into_iter().map(|row| (row.number, row.minutes)).collect::<Vec<_>>()
        };
        let (one, two) = (one.number, two.number);
        assert_eq!(sums(start, end).await, [(two.clone(), 50), (one.clone(), 30)]);
        assert_eq!(sums(start, late).await, [(two, 50), (one.clone(), 45)]);
        assert_eq!(sums(end, late).await, [(one, 15)]);
        assert_eq!(sums(late, late).await, []);
    });
}
