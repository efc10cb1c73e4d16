//! Splits and their undoing, on both engines.

use std::time::Duration;

use uuid::Uuid;

use crate::attachments::NewAttachment;
use crate::tickets::tests::{House, on_both_engines, seen};
use crate::tickets::{Hand, Move, Reply, Said, Seen, Ticket, TicketError, TicketState};

const MINUTE: Duration = Duration::from_secs(60);

impl House {
    /// A ticket with the first question, an answer to it, and a second question with a file.
    async fn of_two_matters(&self) -> Ticket {
        let ticket = self.opened(Hand::Person(self.person)).await;
        self.clock.advance(MINUTE);
        self.desk.write_as_staff(seen(&ticket), self.agent, Reply::Answer, "Looking at it.").await.unwrap();
        self.clock.advance(MINUTE);
        let files = vec![NewAttachment { name: "bill.txt".to_owned(), bytes: b"two lines".to_vec() }];
        let said = Said { files, ..Said::from("And the bill is wrong.") };
        let ticket = self.desk.write_as_customer(seen(&ticket), self.person, said).await.unwrap();
        self.clock.advance(MINUTE);
        ticket
    }

    async fn movable(&self, ticket: &Ticket) -> Vec<Uuid> {
        self.desk.list_splits(seen(ticket)).await.unwrap().movable
    }

    /// Moves one entry, by its place.
    async fn split(&self, ticket: &Ticket, place: usize) -> Result<Ticket, TicketError> {
        let entry = self.movable(ticket).await[place];
        self.desk.split_ticket(seen(ticket), self.agent, vec![entry], "The bill").await
    }

    /// What the customer reads: words, where they come from, and how many files.
    async fn reads(&self, ticket: &Ticket) -> Vec<(String, Option<String>, usize)> {
        let entries = self.own(ticket).await.entries;
        let read = |words: &mailkeep_policy::Shown<String>| {
            let all =
                ["Since this morning.", "Looking at it.", "And the bill is wrong.", "Since then.", "More."];
            all.into_iter().find(|known| *words == *known).unwrap_or("?").to_owned()
        };
        entries.into_iter().map(|entry| (read(&entry.words), entry.from, entry.files.len())).collect()
    }

    async fn happened(&self, ticket: &Ticket) -> Vec<String> {
        let events = self.desk.show_history(seen(ticket)).await.unwrap();
        events.into_iter().map(|event| event.what).collect()
    }
}

fn is_state<T>(outcome: &Result<T, TicketError>) -> bool {
    matches!(outcome, Err(TicketError::State(_)))
}

fn is_field<T>(outcome: &Result<T, TicketError>, field: &str) -> bool {
    matches!(outcome, Err(TicketError::Field { field: found, .. }) if *found == field)
}

fn row(words: &str, from: Option<&Ticket>, files: usize) -> (String, Option<String>, usize) {
    (words.to_owned(), from.map(|from| from.number.clone()), files)
}

#[test]
fn what_is_moved_is_shown_in_the_new_ticket_alone_and_comes_back_when_that_is_undone() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let ticket = house.of_two_matters().await;
        let part = house.split(&ticket, 2).await.unwrap();
        assert_eq!((part.owner, part.person, part.staff), (ticket.owner, ticket.person, None));
        assert_eq!((part.state, part.assignee), (TicketState::New, ticket.assignee));
        assert_eq!(house.own(&part).await.subject, "The bill");
        assert_eq!(house.reads(&part).await, [row("And the bill is wrong.", Some(&ticket), 1)]);
        let left = [row("Since this morning.", None, 0), row("Looking at it.", None, 0)];
        assert_eq!(house.reads(&ticket).await, left);
        assert_eq!(
            house.look(&part, part.id).await.unwrap().entries.len(),
            1,
            "the new one opens it to staff"
        );
        assert_eq!(house.happened(&part).await, ["begin"]);
        let wanted = ["opened", "answer", "write", "split"];
        assert_eq!(house.happened(&ticket).await, wanted);
        let splits = desk.list_splits(seen(&ticket)).await.unwrap();
        assert_eq!((splits.parts.len(), splits.movable.len()), (1, 2));
        let splits = desk.list_splits(seen(&part)).await.unwrap();
        assert_eq!(splits.from.map(|from| from.id), Some(ticket.id));
        assert!(splits.movable.is_empty(), "what was moved is moved on by undoing alone");

        // Each goes on by itself; undone, the first shows all, and the words of the second since then.
        desk.write_as_customer(seen(&part), house.person, "Since then.").await.unwrap();
        let back = desk.undo_split(seen(&part), agent).await.unwrap();
        assert_eq!((back.id, back.state), (ticket.id, TicketState::WaitingOnUs));
        let whole = [
            row("Since this morning.", None, 0),
            row("Looking at it.", None, 0),
            row("And the bill is wrong.", None, 1),
            row("Since then.", Some(&part), 0),
        ];
        assert_eq!(house.reads(&ticket).await, whole);
        assert_eq!(desk.look_at(seen(&part)).await.unwrap().state, TicketState::Closed);
        assert_eq!(house.happened(&ticket).await.last().unwrap(), "back_waiting");
        assert!(is_state(&desk.undo_split(seen(&part), agent).await), "undone once");
        assert_eq!(house.movable(&ticket).await.len(), 3, "it can be split again");

        // What it left behind is a merge, which can be undone: then it stands by itself with its own words.
        desk.undo_merge(seen(&part), agent).await.unwrap();
        assert_eq!(house.reads(&part).await, [row("Since then.", None, 0)]);
    });
}

#[test]
fn the_clock_of_the_new_ticket_runs_since_its_first_words() {
    on_both_engines(async |house| {
        let ticket = house.of_two_matters().await;
        let asked = house.own(&ticket).await.entries[2].at;
        let part = house.split(&ticket, 2).await.unwrap();
        assert_eq!((part.opened_at, part.first_answered_at), (asked, None));
        assert!(part.first_due.is_some());

        // An answer that is moved along is its first answer, and the customer's word after it waits for us.
        let ticket = house.of_two_matters().await;
        let entries = house.movable(&ticket).await;
        house.desk.write_as_customer(seen(&ticket), house.person, "More.").await.unwrap();
        let goes = entries[1..].to_vec();
        let part = house.desk.split_ticket(seen(&ticket), house.agent, goes, "The rest").await.unwrap();
        assert_eq!((part.state, part.first_answered_at.is_some()), (TicketState::WaitingOnUs, true));
        assert_eq!(house.happened(&part).await, ["begin_answered"]);
    });
}

#[test]
fn only_open_tickets_that_keep_something_are_split_and_no_undoing_opens_what_is_over() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let ticket = house.of_two_matters().await;
        let note = desk.write_as_staff(seen(&ticket), agent, Reply::Note, "A note.").await.unwrap();
        let all = house.movable(&ticket).await;
        let split = async |entries: &[Uuid], subject: &str| {
            desk.split_ticket(seen(&ticket), agent, entries.to_vec(), subject).await
        };
        assert!(is_field(&split(&[], "Nothing").await, "entries"));
        assert!(is_field(&split(&all[3..], "A note alone").await, "entries"));
        assert!(is_field(&split(&all[..3], "All that is read").await, "entries"));
        assert!(is_field(&split(&[Uuid::nil()], "Of another").await, "entries"));
        assert!(is_field(&split(&all[2..], " ").await, "subject"));
        let old = Seen { version: Some(note.version - 1), ..seen(&ticket) };
        let changed = desk.split_ticket(old, agent, all[2..].to_vec(), "Late").await;
        assert!(matches!(changed, Err(TicketError::Changed)), "{changed:?}");

        // What staff opened justifies nothing, so nobody could read what goes.
        let made = house.opened(Hand::Staff(agent)).await;
        assert!(is_state(&house.split(&made, 0).await));

        // Not while the other is over, and nothing empty is opened by undoing the merge that it leaves.
        let part = split(&all[2..], "The bill and a note").await.unwrap();
        desk.move_ticket(seen(&ticket), Hand::Staff(agent), Move::Solve).await.unwrap();
        assert!(is_state(&desk.undo_split(seen(&part), agent).await));
        desk.write_as_customer(seen(&ticket), house.person, "More.").await.unwrap();
        desk.undo_split(seen(&part), agent).await.unwrap();
        assert!(is_state(&desk.undo_merge(seen(&part), agent).await), "nothing was written in it");
        assert!(is_state(&desk.split_ticket(seen(&part), agent, vec![], "Again").await), "it is closed");
    });
}

#[test]
fn a_split_of_a_ticket_that_was_merged_leads_where_that_goes_on() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let ticket = house.of_two_matters().await;
        let part = house.split(&ticket, 2).await.unwrap();
        let other = house.opened(Hand::Person(house.person)).await;
        desk.merge_ticket(seen(&ticket), agent, &other.number).await.unwrap();
        let back = desk.undo_split(seen(&part), agent).await.unwrap();
        assert_eq!(back.id, other.id);
        let numbers: Vec<_> = house.reads(&other).await.into_iter().map(|(_, from, _)| from).collect();
        assert_eq!(numbers.iter().filter(|from| **from == Some(ticket.number.clone())).count(), 3);

        // A file that was moved opens where it is shown, also where that was merged.
        let ticket = house.of_two_matters().await;
        let part = house.split(&ticket, 2).await.unwrap();
        desk.merge_ticket(seen(&part), agent, &other.number).await.unwrap();
        let file = house.own(&other).await.entries.iter().flat_map(|entry| &entry.files).last().unwrap().id;
        let open = async |ticket: &Ticket| {
            let (actor, fact) =
                (mailkeep_policy::Actor::Staff(agent), mailkeep_policy::Fact::OpenTicket(other.id));
            desk.open_attachment::<mailkeep_policy::purpose::Troubleshoot>(seen(ticket), actor, fact, file)
                .await
        };
        assert!(open(&other).await.is_ok());
        assert!(matches!(open(&ticket).await, Err(TicketError::NotFound)), "it is not shown there any more");
    });
}
