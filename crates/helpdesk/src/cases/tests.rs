//! Cases on both engines: how they come, who sees them, their terms, and what is done under them.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_identity::testing::{self as people, PersonBuilder, TestPerson, waiting_mails};
use mailkeep_identity::{Identity, StaffRole};
use mailkeep_policy::{Actor, Subject, purpose};
use mailkeep_types::{Clock as _, EmailAddress, ManualClock, StaffId};
use uuid::Uuid;

use super::{
    Asker, Asking, Case, CaseKind, CaseOutcome, CaseQueue, CaseStage, Identity as Shows, Jurisdiction,
    MOST_OPEN, Overdue,
};
use crate::letters::thread::Authenticity::{self, Proven, Unknown};
use crate::mailroom::{HelpdeskConfig, Incoming, Mailroom, Taken};
use crate::tickets::{Desk, DeskKind, Hand, Queue, Seen, Ticket, TicketError, TicketState};
use crate::views::Filter;

const DAY: Duration = Duration::from_secs(86_400);
const PRIVACY: &str = "privacy@host.example";
const CERTAIN: &str = "Re: PRIVACY policy";

struct House {
    identity: Identity,
    desk: Desk,
    mailroom: Mailroom,
    clock: Arc<ManualClock>,
    ada: TestPerson,
    agent: StaffId,
    officer: StaffId,
}

fn on_both_engines(body: impl AsyncFn(House)) {
    people::on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Ada's").create(&identity).await;
        let agent = people::create_staff(&identity, "carol", &[StaffRole::Support]).await.staff;
        let officer = people::create_staff(&identity, "petra", &[StaffRole::PrivacyOfficer]).await.staff;
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::in_test(identity.policy(), folder.path());
        let departments =
            HelpdeskConfig::default().read("support@host.example", Some(address(PRIVACY))).unwrap();
        let mailroom = Mailroom::open(desk.clone(), departments, 14);
        body(House { identity, desk, mailroom, clock, ada, agent, officer }).await;
    });
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn staff(ticket: Uuid, desk: DeskKind) -> Seen {
    Seen { ticket, owner: None, version: None, desk }
}

/// The secret of the newest link to confirm.
async fn link(identity: &Identity) -> String {
    let mails = waiting_mails(identity, "helpdesk/case_confirm").await;
    let path = mails.last().unwrap().context["path"].as_str().unwrap().to_owned();
    path.split_once("token=").unwrap().1.to_owned()
}

impl House {
    async fn letter(&self, from: &str, subject: &str, text: &str, proof: Authenticity) -> (Ticket, Case) {
        let id = format!("{}.{}", subject.replace(' ', "-"), text.len());
        let raw = format!(
            "From: {from}\r\nTo: {PRIVACY}\r\nMessage-ID: <{id}@far.example>\r\nSubject: {subject}\r\n\r\n{text}\r\n"
        );
        let recipient = address(PRIVACY);
        let department = self.mailroom.department(&recipient).unwrap();
        let sender = address("somebody@far.example");
        let incoming = Incoming {
            recipient: &recipient,
            sender: Some(&sender),
            authenticity: proof,
            raw: raw.as_bytes(),
        };
        match self.mailroom.take(department, incoming).await.unwrap() {
            Taken::Began(ticket) => self.look(ticket).await,
            other => panic!("{other:?}"),
        }
    }

    async fn look(&self, ticket: Uuid) -> (Ticket, Case) {
        self.desk.look_at_case(staff(ticket, DeskKind::Privacy)).await.unwrap()
    }

    async fn read_as_officer(&self, ticket: &Ticket) -> Result<usize, TicketError> {
        let (seen, actor) = (staff(ticket.id, DeskKind::Privacy), Actor::Staff(self.officer));
        let thread = self.desk.read_thread::<purpose::Rights>(seen, actor, ticket.fact()).await?;
        Ok(thread.entries.len())
    }

    async fn triage(&self, ticket: &Ticket, kind: CaseKind, law: Jurisdiction) {
        let now = self.look(ticket.id).await.0.version;
        self.desk.triage_case(ticket.id, now, self.officer, kind, law).await.unwrap();
    }

    async fn version(&self, ticket: &Ticket) -> i64 {
        self.look(ticket.id).await.0.version
    }

    async fn mails(&self, template: &str) -> usize {
        waiting_mails(&self.identity, template).await.len()
    }
}

#[test]
fn a_letter_with_the_policys_name_is_a_case_for_certain() {
    on_both_engines(async |house| {
        let (ticket, case) = house.letter("zoe@far.example", CERTAIN, "Delete my data.", Unknown).await;
        assert!(case.certain && case.kind.is_none());
        assert_eq!(case.hint, Some(CaseKind::Erasure));
        assert_eq!(case.acknowledged_at, Some(case.received_at));
        assert_eq!(case.answer_due.as_seconds() % 86_400, 0, "it ends with a day");
        assert!(case.answer_due.since(case.received_at) > DAY * 30);
        let mails = waiting_mails(&house.identity, "helpdesk/case_received").await;
        let told = mails.first().unwrap();
        assert_eq!(told.context["number"], ticket.number.as_str());
        assert_eq!(told.context["answer_by"], "2026-03-31");
        let token = house.mailroom.follow_token(ticket.id);
        assert_eq!(told.context["path"], format!("/privacy/cases/{}/{token}", ticket.id));

        // All other mail there waits for a person, and its sender hears that it came.
        let (other, case) = house.letter("zoe@far.example", "My invoice", "It is wrong.", Unknown).await;
        assert!(!case.certain && case.acknowledged_at.is_some());
        assert_eq!(house.mails("helpdesk/ticket_received").await, 1);
        let counts = house.desk.count_cases(house.clock.now()).await.unwrap();
        assert_eq!((counts.unread, counts.open, counts.due), (2, 0, 0));
        assert_eq!(house.desk.list_cases(CaseQueue::Unread, 0, 10).await.unwrap().len(), 2);

        // What is no matter of privacy goes to support; a case for certain does not.
        let pass = async |ticket: &Ticket| {
            let version = house.version(ticket).await;
            house.desk.pass_to_support(ticket.id, version, house.officer, "support").await
        };
        assert!(matches!(pass(&ticket).await, Err(TicketError::State(_))));
        pass(&other).await.unwrap();
        let passed = house.desk.look_at(staff(other.id, DeskKind::Support)).await.unwrap();
        assert_eq!(passed.department, "support");
        assert!(house.desk.look_at_case(staff(other.id, DeskKind::Privacy)).await.is_err());
        // And back.
        house.desk.pass_to_privacy(staff(other.id, DeskKind::Support), house.agent).await.unwrap();
        let (_, case) = house.look(other.id).await;
        assert_eq!((case.received_at, case.certain), (other.opened_at, false));
    });
}

#[test]
fn a_case_is_its_askers_and_privacy_officers_see_it_alone() {
    on_both_engines(async |house| {
        let from = house.ada.email.clone();
        let (ticket, case) = house.letter(&from, CERTAIN, "What do you hold?", Proven).await;
        let ada = Subject::person(house.ada.person);
        assert_eq!((ticket.owner, case.person), (ada, Some(house.ada.person)));
        assert_eq!(case.identity, Shows::Unasked, "a proven address is where it came from, and no more");
        let customer = house.ada.customer.unwrap();
        assert!(house.desk.list_tickets(customer, None, 10).await.unwrap().is_empty());
        assert_eq!(house.desk.list_cases_of(ada).await.unwrap().len(), 1);

        // Support neither finds nor reads it, nor under the fact of the other desk.
        for queue in [Queue::All, Queue::Unassigned, Queue::WaitingOnUs] {
            let found = house.desk.list_view(queue, Filter::default(), None, 10).await.unwrap();
            assert!(found.tickets.is_empty(), "{queue:?}");
        }
        assert!(house.desk.find_number(DeskKind::Support, &ticket.number).await.is_err());
        assert!(house.desk.look_at(staff(ticket.id, DeskKind::Support)).await.is_err());
        let seen = staff(ticket.id, DeskKind::Privacy);
        let opened = mailkeep_policy::Fact::OpenTicket(ticket.id);
        for fact in [opened, ticket.fact()] {
            let actor = Actor::Staff(house.agent);
            let read = house.desk.read_thread::<purpose::Troubleshoot>(seen, actor, fact).await;
            assert!(matches!(read, Err(TicketError::Refused(_))), "{fact:?}");
            let read = house.desk.read_thread::<purpose::Rights>(seen, actor, fact).await;
            assert!(matches!(read, Err(TicketError::Refused(_))), "{fact:?}");
        }
        assert_eq!(house.read_as_officer(&ticket).await.unwrap(), 1);

        // Whoever owns it reads it and writes again; another does not.
        let own = |owner| Seen { owner: Some(owner), ..seen };
        house.desk.write_as_customer(own(ada), house.ada.person, "And why?").await.unwrap();
        assert_eq!(house.read_as_officer(&ticket).await.unwrap(), 2);
        let other = own(Subject::customer(customer));
        assert!(house.desk.look_at_case(other).await.is_err());

        // Closed, it lets nobody look any more.
        let hand = Hand::Person(house.ada.person);
        house.desk.move_ticket(own(ada), hand, crate::tickets::Move::Close).await.unwrap();
        assert!(matches!(house.read_as_officer(&ticket).await, Err(TicketError::Refused(_))));
    });
}

#[test]
fn nothing_is_done_with_anybodys_data_before_they_showed_that_they_ask() {
    on_both_engines(async |house| {
        // Somebody who writes from elsewhere names Ada.
        let (ticket, _) = house.letter("zoe@far.example", CERTAIN, "I am Ada. Erase me.", Unknown).await;
        house.triage(&ticket, CaseKind::Erasure, Jurisdiction::Gdpr).await;
        let act = async || {
            let version = house.version(&ticket).await;
            house.desk.act_on_case(ticket.id, version, house.officer, CaseKind::Erasure).await
        };
        assert!(matches!(act().await, Err(TicketError::State(_))));
        let ask = async || {
            let version = house.version(&ticket).await;
            let person = Some(house.ada.person);
            house.desk.ask_to_confirm(ticket.id, version, house.officer, person).await
        };
        ask().await.unwrap();
        let mails = waiting_mails(&house.identity, "helpdesk/case_confirm").await;
        assert_eq!(mails.last().unwrap().to.to_string(), house.ada.email, "to the address on file");
        assert!(matches!(act().await, Err(TicketError::State(_))), "asked is not shown");
        let card = async || {
            let asked = mailkeep_policy::Use {
                actor: Actor::Staff(house.officer),
                subject: Subject::person(house.ada.person),
                act: mailkeep_policy::Act::Read,
                fields: &["persons.name"],
                fact: ticket.fact(),
            };
            house.identity.policy().grant::<purpose::Rights>(asked).await
        };
        assert!(card().await.is_err(), "before it is shown, the case opens nothing of hers");

        let first = link(&house.identity).await;
        let found = house.desk.find_confirming(&first).await.unwrap().unwrap();
        assert_eq!((found.number.as_str(), found.kind), (ticket.number.as_str(), Some(CaseKind::Erasure)));
        assert!(house.desk.find_confirming("another").await.unwrap().is_none());
        // She did not ask.
        assert!(house.desk.confirm_case(&first, false).await.unwrap());
        assert_eq!(house.look(ticket.id).await.1.identity, Shows::Denied);
        assert!(act().await.is_err());
        assert!(!house.desk.confirm_case(&first, true).await.unwrap(), "the link works once");

        // Asked anew, the earlier link stays dead; after its time a link is, too.
        ask().await.unwrap();
        assert!(!house.desk.confirm_case(&first, true).await.unwrap());
        let second = link(&house.identity).await;
        house.clock.advance(DAY * 8);
        assert!(!house.desk.confirm_case(&second, true).await.unwrap());
        ask().await.unwrap();
        assert!(house.desk.confirm_case(&link(&house.identity).await, true).await.unwrap());
        assert_eq!(act().await.unwrap(), house.ada.person);
        assert!(card().await.is_ok());
        assert!(matches!(ask().await, Err(TicketError::State(_))), "it is known already");
    });
}

#[test]
fn an_answer_is_put_off_once_settled_once_and_opened_by_the_next_word() {
    on_both_engines(async |house| {
        let asking = Asking {
            kind: CaseKind::Access,
            title: "Access".to_owned(),
            words: "What do you hold?".to_owned(),
        };
        let asker = Asker::Person(house.ada.person);
        let ticket = house.mailroom.ask_privacy_desk(asker.clone(), asking.clone(), None).await.unwrap();
        let (_, case) = house.look(ticket.id).await;
        assert_eq!((case.stage(), case.identity), (CaseStage::Open, Shows::Shown), "she is signed in");
        assert_eq!(house.mails("helpdesk/case_received").await, 1);

        house.triage(&ticket, CaseKind::Access, Jurisdiction::Lgpd).await;
        let (_, brazil) = house.look(ticket.id).await;
        assert!(brazil.answer_due < case.answer_due);
        let extend = async |words: &str| {
            let version = house.version(&ticket).await;
            house.desk.extend_case(ticket.id, version, house.officer, words).await
        };
        assert!(matches!(extend("Later.").await, Err(TicketError::State(_))), "no more time in Brazil");
        house.triage(&ticket, CaseKind::Access, Jurisdiction::Gdpr).await;
        assert!(matches!(extend(" ").await, Err(TicketError::Field { field: "words", .. })));
        extend("There is much of it.").await.unwrap();
        assert!(matches!(extend("Still.").await, Err(TicketError::State(_))));
        let (_, longer) = house.look(ticket.id).await;
        assert!(longer.answer_due.since(case.received_at) > DAY * 89);
        assert_eq!(house.mails("helpdesk/ticket_answered").await, 1, "she is told why");
        house.triage(&ticket, CaseKind::Access, Jurisdiction::Ccpa).await;
        assert!(house.look(ticket.id).await.1.answer_due.since(case.received_at) > DAY * 90);

        let settle = async |outcome| {
            let version = house.version(&ticket).await;
            house.desk.settle_case(ticket.id, version, house.officer, outcome, "This is all.").await
        };
        settle(CaseOutcome::Granted).await.unwrap();
        assert!(matches!(settle(CaseOutcome::Refused).await, Err(TicketError::State(_))));
        let (settled, case) = house.look(ticket.id).await;
        assert_eq!((settled.state, case.outcome), (TicketState::Solved, Some(CaseOutcome::Granted)));
        assert_eq!(house.desk.list_cases(CaseQueue::Settled, 0, 10).await.unwrap().len(), 1);
        let figures = house.desk.case_figures(12).await.unwrap();
        let [march] = &figures[..] else { panic!("{figures:?}") };
        assert_eq!((march.year, march.month), (2026, 3));
        let kind = &march.kinds[0];
        assert_eq!(
            (kind.kind, kind.received, kind.answered, kind.in_time),
            (Some(CaseKind::Access), 1, 1, 1)
        );

        // One more word, and it is to be answered again.
        let own =
            Seen { owner: Some(ticket.owner), version: None, ticket: ticket.id, desk: DeskKind::Privacy };
        house.desk.write_as_customer(own, house.ada.person, "And my letters?").await.unwrap();
        let (_, case) = house.look(ticket.id).await;
        assert_eq!((case.stage(), case.outcome), (CaseStage::Open, None));
        assert_eq!(house.desk.case_figures(12).await.unwrap()[0].kinds[0].answered, 0);

        // A script gets no further.
        for _ in 1..MOST_OPEN {
            house.mailroom.ask_privacy_desk(asker.clone(), asking.clone(), None).await.unwrap();
        }
        let more = house.mailroom.ask_privacy_desk(asker, asking.clone(), None).await;
        assert!(matches!(more, Err(TicketError::State(_))));
        let from = |n: u32| Asker::Address(address(&format!("victim{n}@far.example")));
        for n in 0..10 {
            house.mailroom.ask_privacy_desk(from(n), asking.clone(), Some("192.0.2.1")).await.unwrap();
        }
        let more = house.mailroom.ask_privacy_desk(from(10), asking.clone(), Some("192.0.2.1")).await;
        assert!(matches!(more, Err(TicketError::TooMany)), "{more:?}");
        house.mailroom.ask_privacy_desk(from(10), asking, Some("192.0.2.2")).await.unwrap();
    });
}

#[test]
fn a_late_case_goes_to_a_higher_place_once() {
    on_both_engines(async |house| {
        let to = address("alerts@host.example");
        let boss = people::create_staff(&house.identity, "olga", &[StaffRole::Operator]).await.staff;
        let (ticket, _) = house.letter("zoe@far.example", CERTAIN, "Delete it.", Unknown).await;
        assert_eq!(house.desk.escalate_cases(Some(boss), &to).await.unwrap(), Overdue::default());
        house.clock.advance(DAY * 32);
        let (_, case) = house.look(ticket.id).await;
        assert!(case.is_late(house.clock.now()));
        assert_eq!(house.desk.case_shortfalls().await.unwrap().len(), 1, "nobody was told yet");
        let nobody = house.desk.escalate_cases(None, &to).await.unwrap();
        assert_eq!(nobody.escalated, 0);
        assert_eq!(house.desk.escalate_cases(Some(boss), &to).await.unwrap().escalated, 1);
        assert_eq!(house.desk.escalate_cases(Some(boss), &to).await.unwrap().escalated, 0);
        let mails = waiting_mails(&house.identity, "helpdesk/case_overdue").await;
        assert_eq!((mails.len(), mails[0].to.to_string()), (1, to.to_string()));
        assert_eq!(mails[0].context["cases"], ticket.number.as_str());
        assert!(house.desk.case_shortfalls().await.unwrap().is_empty());
        let counts = house.desk.count_cases(house.clock.now()).await.unwrap();
        assert_eq!(counts.due, 1, "it is late for all that");
    });
}
