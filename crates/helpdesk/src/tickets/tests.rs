//! Tickets from the first word to the rating, on both engines.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_policy::{Actor, Fact, FactKind, Refusal, Role, Subject, purpose, retention};
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::{CustomerId, ManualClock, PersonId, SessionId, SharedClock, StaffId};
use uuid::Uuid;

use super::store::by_hand;
use super::{
    About, AboutKind, CLOSES_AFTER, Desk, DeskKind, EntryKind, Hand, Move, NewTicket, Queue, Reply, Seen,
    Ticket, TicketError, TicketState,
};
use crate::service_levels::Priority;
use crate::views::Filter;

const HOUR: Duration = Duration::from_secs(3600);

/// A desk with a customer, a contact of theirs, and somebody of support.
pub(crate) struct House {
    pub(crate) db: Database,
    pub(crate) policy: mailkeep_policy::Policy,
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) customer: CustomerId,
    pub(crate) person: PersonId,
    pub(crate) agent: StaffId,
}

pub(crate) fn on_both_engines(body: impl AsyncFn(House)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-02");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| {
            let policy = mailkeep_policy::testing::policy(&db).await;
            policy.register_staff_roles(|_, _| Ok(vec![Role::Support]));
            policy.register_fact(FactKind::OwnSession, |_, claim| {
                Ok(matches!((claim.actor, claim.subject), (Actor::Person(_), Subject::Customer(_))))
            });
            let folder = tempfile::tempdir().unwrap();
            let desk = Desk::in_test(&policy, folder.path());
            let (customer, person) = (CustomerId::new(&*clock), PersonId::new(&*clock));
            policy.create_key(Subject::customer(customer)).await.unwrap();
            policy.create_key(Subject::person(person)).await.unwrap();
            let agent = StaffId::new(&*clock);
            let clock = Arc::clone(&clock);
            body(House { db, policy, desk, clock, customer, person, agent }).await;
        });
    }
}

pub(crate) fn seen(ticket: &Ticket) -> Seen {
    Seen { ticket: ticket.id, owner: None, version: None, desk: DeskKind::Support }
}

impl House {
    pub(crate) async fn opened(&self, by: Hand) -> Ticket {
        let new = NewTicket {
            owner: Subject::customer(self.customer),
            department: "support".to_owned(),
            subject: " Mail to the aardvark bounces ".to_owned(),
            words: "Since this morning.".to_owned(),
            priority: Priority::Normal,
            about: Some(About { kind: AboutKind::Domain, id: Uuid::from_u128(9) }),
        };
        self.desk.open_ticket(by, new).await.unwrap()
    }

    pub(crate) async fn look(&self, ticket: &Ticket, fact: Uuid) -> Result<super::Thread, TicketError> {
        let actor = Actor::Staff(self.agent);
        self.desk.read_thread::<purpose::Troubleshoot>(seen(ticket), actor, Fact::OpenTicket(fact)).await
    }

    pub(crate) async fn own(&self, ticket: &Ticket) -> super::Thread {
        let (actor, fact) = (Actor::Person(self.person), Fact::OwnSession(SessionId::new(&*self.clock)));
        self.desk.read_thread::<purpose::Rights>(seen(ticket), actor, fact).await.unwrap()
    }

    async fn listed(&self, queue: Queue) -> usize {
        self.desk.list_view(queue, Filter::default(), None, 50).await.unwrap().tickets.len()
    }
}

fn refused(outcome: Result<super::Thread, TicketError>) -> bool {
    matches!(outcome, Err(TicketError::Refused(Refusal::NotJustified(_))))
}

#[test]
fn a_ticket_goes_from_the_question_to_the_rating() {
    on_both_engines(async |house| {
        let (desk, customer, agent) = (&house.desk, Hand::Person(house.person), house.agent);
        let ticket = house.opened(customer).await;
        assert_eq!((ticket.state, ticket.version), (TicketState::New, 1));
        assert_eq!(desk.find_number(DeskKind::Support, &ticket.number.to_lowercase()).await.unwrap(), ticket);
        assert_eq!(house.listed(Queue::Unassigned).await, 1);

        house.clock.advance(HOUR);
        desk.assign_ticket(seen(&ticket), agent, Some(agent)).await.unwrap();
        assert_eq!((house.listed(Queue::Unassigned).await, house.listed(Queue::Of(agent)).await), (0, 1));
        desk.write_as_staff(seen(&ticket), agent, Reply::Note, "Looks like their DNS.").await.unwrap();
        let ticket = desk.write_as_staff(seen(&ticket), agent, Reply::Ask, "Which program?").await.unwrap();
        assert_eq!((ticket.state, ticket.solution_due), (TicketState::WaitingOnCustomer, None));
        let thread = house.own(&ticket).await;
        assert_eq!(thread.subject, "Mail to the aardvark bounces");
        let kinds: Vec<EntryKind> = thread.entries.iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, [EntryKind::Customer, EntryKind::Agent], "notes are for staff");
        assert_eq!(house.look(&ticket, ticket.id).await.unwrap().entries.len(), 3);

        house.clock.advance(HOUR);
        let ticket = desk.write_as_customer(seen(&ticket), house.person, "All of them.").await.unwrap();
        assert_eq!((ticket.state, house.listed(Queue::WaitingOnUs).await), (TicketState::WaitingOnUs, 1));
        let early = desk.rate_ticket(seen(&ticket), house.person, 5).await;
        assert!(matches!(early, Err(TicketError::State(_))), "{early:?}");
        let ticket = desk.move_ticket(seen(&ticket), Hand::Staff(agent), Move::Solve).await.unwrap();
        let ticket = desk.rate_ticket(seen(&ticket), house.person, 4).await.unwrap();
        assert_eq!((ticket.state, ticket.rating), (TicketState::Solved, Some(4)));
        assert!(desk.rate_ticket(seen(&ticket), house.person, 1).await.is_err(), "rated twice");
        assert_eq!(desk.list_tickets(house.customer, None, 10).await.unwrap(), vec![ticket]);
    });
}

#[test]
fn staff_look_while_a_ticket_of_the_customer_is_open() {
    on_both_engines(async |house| {
        let (desk, staff) = (&house.desk, Hand::Staff(house.agent));
        let other = CustomerId::new(&*house.clock);
        house.policy.create_key(Subject::customer(other)).await.unwrap();
        let ticket = house.opened(Hand::Person(house.person)).await;
        assert!(refused(house.look(&ticket, Uuid::nil()).await), "without a ticket");
        assert!(house.look(&ticket, ticket.id).await.is_ok());

        // What staff open is none of the customer's, for itself and for everything else.
        let made = house.opened(staff).await;
        assert!(refused(house.look(&made, made.id).await), "with a ticket of staff");
        assert!(refused(house.look(&ticket, made.id).await), "with a ticket of staff");
        let foreign = NewTicket {
            owner: Subject::customer(other),
            department: "support".to_owned(),
            subject: "Another house".to_owned(),
            words: "Hello.".to_owned(),
            priority: Priority::Low,
            about: None,
        };
        let foreign = desk.open_ticket(Hand::Person(house.person), foreign).await.unwrap();
        assert!(refused(house.look(&ticket, foreign.id).await), "with a ticket of another customer");

        // The end of the ticket is the end of the look, and staff cannot open it again.
        desk.move_ticket(seen(&ticket), staff, Move::Close).await.unwrap();
        assert!(refused(house.look(&ticket, ticket.id).await), "after it was closed");
        let again = desk.move_ticket(seen(&ticket), staff, Move::Reopen).await;
        assert!(matches!(again, Err(TicketError::State(_))), "{again:?}");
        for reply in [Reply::Answer, Reply::Ask] {
            assert!(desk.write_as_staff(seen(&ticket), house.agent, reply, "Hello?").await.is_err());
        }
        assert!(refused(house.look(&ticket, ticket.id).await), "after staff tried to open it again");
        desk.move_ticket(seen(&ticket), Hand::Person(house.person), Move::Reopen).await.unwrap();
        assert!(house.look(&ticket, ticket.id).await.is_ok(), "after the customer opened it again");
    });
}

#[test]
fn who_saw_an_older_ticket_is_told_so() {
    on_both_engines(async |house| {
        let ticket = house.opened(Hand::Person(house.person)).await;
        let page = Seen { version: Some(ticket.version), ..seen(&ticket) };
        house.desk.write_as_customer(seen(&ticket), house.person, "One more thing.").await.unwrap();
        let answer = house.desk.write_as_staff(page, house.agent, Reply::Answer, "Done.").await;
        assert!(matches!(answer, Err(TicketError::Changed)), "{answer:?}");
        assert_eq!(house.own(&ticket).await.entries.len(), 2, "nothing was written");
        let theirs = Seen { owner: Some(Subject::customer(CustomerId::new(&*house.clock))), ..seen(&ticket) };
        assert!(matches!(house.desk.look_at(theirs).await, Err(TicketError::NotFound)));
    });
}

#[test]
fn an_answer_that_solves_is_one_act() {
    on_both_engines(async |house| {
        let ticket = house.opened(Hand::Person(house.person)).await;
        let page = Seen { version: Some(ticket.version), ..seen(&ticket) };
        let solved = house.desk.write_as_staff(page, house.agent, Reply::Solve, "Done.").await.unwrap();
        assert_eq!((solved.state, solved.version), (TicketState::Solved, ticket.version + 2));
        let again = house.desk.write_as_staff(page, house.agent, Reply::Solve, "Done.").await;
        assert!(matches!(again, Err(TicketError::Changed)), "{again:?}");
        let late = house.desk.write_as_staff(seen(&ticket), house.agent, Reply::Solve, "Done.").await;
        assert!(matches!(late, Err(TicketError::State(_))), "{late:?}");
        assert_eq!(house.own(&ticket).await.entries.len(), 2, "the answer stands once");
    });
}

#[test]
fn the_clock_of_the_service_level_stands_while_the_customer_is_to_answer() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let ticket = house.opened(Hand::Person(house.person)).await;
        let opened = ticket.opened_at;
        assert_eq!(ticket.first_due, Some(opened.plus(8 * HOUR)));
        assert_eq!(ticket.solution_due, Some(opened.plus(40 * HOUR)));
        house.clock.advance(9 * HOUR);
        assert!(ticket.is_late(house.clock_now()));
        assert_eq!(house.listed(Queue::DueBefore(house.clock_now())).await, 1);
        let ticket = desk.write_as_staff(seen(&ticket), agent, Reply::Ask, "Which one?").await.unwrap();
        assert!(ticket.is_late(house.clock_now()), "a late answer stays late");
        house.clock.advance(100 * HOUR);
        assert_eq!(house.listed(Queue::DueBefore(house.clock_now())).await, 0);
        let ticket = desk.write_as_customer(seen(&ticket), house.person, "This one.").await.unwrap();
        assert_eq!(ticket.solution_due, Some(house.clock_now().plus(31 * HOUR)));
        let ticket = desk.weigh_ticket(seen(&ticket), agent, Priority::High).await.unwrap();
        assert_eq!(ticket.solution_due, Some(house.clock_now().plus(7 * HOUR)));
    });
}

#[test]
fn what_is_solved_is_closed_after_a_week_and_goes_after_its_term() {
    on_both_engines(async |house| {
        let (desk, customer) = (&house.desk, Hand::Person(house.person));
        let (done, back) = (house.opened(customer).await, house.opened(customer).await);
        for ticket in [&done, &back] {
            desk.move_ticket(seen(ticket), customer, Move::Solve).await.unwrap();
        }
        house.clock.advance(CLOSES_AFTER - HOUR);
        desk.close_solved().await.unwrap();
        assert_eq!(desk.look_at(seen(&done)).await.unwrap().state, TicketState::Solved);
        desk.write_as_customer(seen(&back), house.person, "It is back.").await.unwrap();
        house.clock.advance(HOUR);
        desk.close_solved().await.unwrap();
        let closed = desk.look_at(seen(&done)).await.unwrap();
        assert_eq!((closed.state, closed.closed_at), (TicketState::Closed, Some(house.clock_now())));
        assert_eq!(desk.look_at(seen(&back)).await.unwrap().state, TicketState::WaitingOnUs);

        house.clock.advance(1100 * 24 * HOUR);
        retention::run(&house.policy).await.unwrap();
        assert!(matches!(desk.look_at(seen(&done)).await, Err(TicketError::NotFound)));
        let left = |table: &'static str| {
            let db = house.db.clone();
            async move { db.read(move |tx| super::store::rows_left(tx, table)).await.unwrap() }
        };
        assert_eq!((left("ticket_entries").await, left("ticket_events").await), (2, 3), "those of the other");
    });
}

#[test]
fn what_was_written_or_happened_is_not_changed() {
    on_both_engines(async |house| {
        let ticket = house.opened(Hand::Person(house.person)).await;
        for sql in [
            "UPDATE ticket_entries SET kind = 'agent' WHERE ticket_id = $1",
            "UPDATE ticket_events SET value = 'closed' WHERE ticket_id = $1",
        ] {
            let id = ticket.id;
            let changed = house.db.write(move |tx| by_hand(tx, sql, id)).await;
            assert!(changed.is_err(), "{sql}");
        }
        for (subject, words) in [("", "Hello."), ("Hello", "  "), (&"x".repeat(201)[..], "Hello.")] {
            let new = NewTicket {
                owner: Subject::customer(house.customer),
                department: "support".to_owned(),
                subject: subject.to_owned(),
                words: words.to_owned(),
                priority: Priority::Normal,
                about: None,
            };
            let wrong = house.desk.open_ticket(Hand::Person(house.person), new).await;
            assert!(matches!(wrong, Err(TicketError::Field { .. })), "{wrong:?}");
        }
    });
}

impl House {
    fn clock_now(&self) -> mailkeep_types::Timestamp {
        use mailkeep_types::Clock as _;
        self.clock.now()
    }
}

#[test]
fn queues_are_counted_and_what_happened_is_told() {
    on_both_engines(async |house| {
        let (desk, agent, customer) = (&house.desk, house.agent, Hand::Person(house.person));
        let first = house.opened(customer).await;
        house.clock.advance(HOUR);
        let second = house.opened(customer).await;
        desk.assign_ticket(seen(&first), agent, Some(agent)).await.unwrap();
        let due = first.first_due.unwrap().plus(Duration::from_secs(1));
        let counts = desk.count_queues(agent, due).await.unwrap();
        assert_eq!(counts, super::Counts { mine: 1, unassigned: 1, waiting: 2, due: 1 });
        desk.move_ticket(seen(&second), Hand::Staff(agent), Move::Solve).await.unwrap();
        let counts = desk.count_queues(agent, due).await.unwrap();
        assert_eq!(counts, super::Counts { mine: 1, unassigned: 0, waiting: 1, due: 1 });

        let told = desk.show_history(seen(&first)).await.unwrap();
        let told: Vec<_> = told.iter().map(|event| (event.what.as_str(), event.staff)).collect();
        assert_eq!(told, [("opened", None), ("assign", Some(agent)), ("follow", Some(agent))]);

        // From the oldest on, and behind one of them.
        let all = desk.page_tickets(house.customer, None, 10).await.unwrap();
        assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [first.id, second.id]);
        let rest = desk.page_tickets(house.customer, Some(first.id), 10).await.unwrap();
        assert_eq!(rest.iter().map(|one| one.id).collect::<Vec<_>>(), [second.id]);
        let (actor, fact) = (Actor::Person(house.person), Fact::OwnSession(SessionId::new(&*house.clock)));
        let owner = Subject::customer(house.customer);
        let named = desk.read_subjects::<purpose::Rights>(owner, &all, actor, fact).await.unwrap();
        assert!(named.iter().all(|subject| *subject == "Mail to the aardvark bounces"));
        assert_eq!(named.len(), 2);
    });
}

#[test]
fn what_is_due_first_stands_first_and_pages_leave_nothing_out() {
    on_both_engines(async |house| {
        let (desk, hand) = (&house.desk, Hand::Person(house.person));
        let urgent = house.opened(hand).await;
        desk.weigh_ticket(seen(&urgent), house.agent, Priority::Emergency).await.unwrap();
        house.clock.advance(HOUR / 60);
        let usual = house.opened(hand).await;
        house.clock.advance(HOUR / 60);
        let low = house.opened(hand).await;
        desk.weigh_ticket(seen(&low), house.agent, Priority::Low).await.unwrap();
        let far = house.clock_now().plus(HOUR * 24 * 365);
        for (queue, wanted) in [
            (Queue::DueBefore(far), [urgent.id, usual.id, low.id]),
            (Queue::All, [low.id, usual.id, urgent.id]),
            (Queue::Unassigned, [low.id, usual.id, urgent.id]),
        ] {
            let (mut found, mut after) = (Vec::new(), None);
            while let Some(ticket) =
                desk.list_view(queue, Filter::default(), after, 1).await.unwrap().tickets.pop()
            {
                after = Some(queue.behind(&ticket));
                found.push(ticket.id);
            }
            assert_eq!(found, wanted, "{queue:?}");
        }
        // What waits for the customer is not due.
        desk.write_as_staff(seen(&urgent), house.agent, Reply::Ask, "Which program?").await.unwrap();
        let due = desk.list_view(Queue::DueBefore(far), Filter::default(), None, 9).await.unwrap().tickets;
        assert_eq!(due.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [usual.id, low.id]);
        assert_eq!(desk.count_queues(house.agent, far).await.unwrap().due, 2);
    });
}
