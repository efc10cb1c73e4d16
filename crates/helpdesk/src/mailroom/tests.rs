//! Letters become tickets, on both engines: what people send and what attackers do lands as specified.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_identity::testing::{self as people, PersonBuilder, TestPerson, waiting_mails};
use mailkeep_identity::{Identity, StaffRole};
use mailkeep_policy::{Actor, Fact, Subject, purpose, retention};
use mailkeep_types::{EmailAddress, ManualClock, StaffId};
use uuid::Uuid;

use super::take::Taken;
use super::{HelpdeskConfig, Incoming, Mailroom};
use crate::letters::thread::Authenticity::{self, Failed, Proven, Unknown};
use crate::tickets::{
    Desk, DeskKind, EntryKind, Hand, Move, Reply, Seen, Thread, Ticket, TicketError, TicketState,
};

const DAY: Duration = Duration::from_secs(86_400);
const RECEIVED: &str = "helpdesk/ticket_received";
const ANSWERED: &str = "helpdesk/ticket_answered";

struct House {
    identity: Identity,
    desk: Desk,
    mailroom: Mailroom,
    clock: Arc<ManualClock>,
    ada: TestPerson,
    agent: StaffId,
}

fn on_both_engines(body: impl AsyncFn(House)) {
    people::on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Ada's").create(&identity).await;
        let agent = people::create_staff(&identity, "carol", &[StaffRole::Support]).await.staff;
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::in_test(identity.policy(), folder.path());
        let departments = HelpdeskConfig::default()
            .read("support@host.example", Some(address("privacy@host.example")))
            .unwrap();
        let mailroom = Mailroom::open(desk.clone(), departments, 14);
        body(House { identity, desk, mailroom, clock, ada, agent }).await;
    });
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn seen(ticket: Uuid) -> Seen {
    Seen { ticket, owner: None, version: None, desk: DeskKind::Support }
}

/// A letter: its From, its subject, more lines of its head, its text.
fn letter(from: &str, subject: &str, head: &str, text: &str) -> String {
    let id = format!("{}.{}", subject.replace(' ', "-"), text.len());
    format!(
        "From: {from}\r\nTo: support@host.example\r\nMessage-ID: <{id}@far.example>\r\nSubject: {subject}\r\n{head}\r\n{text}\r\n"
    )
}

impl House {
    async fn take_as(
        &self,
        raw: &str,
        recipient: &str,
        sender: Option<&str>,
        authenticity: Authenticity,
    ) -> Taken {
        let (recipient, sender) = (address(recipient), sender.map(address));
        let department = self.mailroom.department(&recipient).expect("a department's address");
        let incoming =
            Incoming { recipient: &recipient, sender: sender.as_ref(), authenticity, raw: raw.as_bytes() };
        self.mailroom.take(department, incoming).await.expect("the letter is taken")
    }

    async fn take(&self, raw: &str, authenticity: Authenticity) -> Taken {
        self.take_as(raw, "support@host.example", Some("somebody@far.example"), authenticity).await
    }

    async fn began(&self, raw: &str, authenticity: Authenticity) -> Ticket {
        match self.take(raw, authenticity).await {
            Taken::Began(ticket) => self.desk.look_at(seen(ticket)).await.unwrap(),
            other => panic!("{other:?}"),
        }
    }

    async fn look(&self, ticket: &Ticket) -> Result<Thread, TicketError> {
        let (actor, fact) = (Actor::Staff(self.agent), Fact::OpenTicket(ticket.id));
        self.desk.read_thread::<purpose::Troubleshoot>(seen(ticket.id), actor, fact).await
    }

    async fn because(&self, ticket: &Ticket) -> (String, Option<Uuid>) {
        let letters = self.desk.list_letters(ticket.id).await.unwrap();
        let first = letters.first().unwrap();
        (first.because.clone(), first.related.as_ref().map(|(id, _)| *id))
    }

    async fn received(&self) -> usize {
        waiting_mails(&self.identity, RECEIVED).await.len()
    }

    fn customer(&self) -> Subject {
        Subject::customer(self.ada.customer.unwrap())
    }
}

#[test]
fn a_proven_letter_of_a_contact_is_the_customers() {
    on_both_engines(async |house| {
        let ada = house.ada.email.clone();
        let raw = letter(&format!("Ada <{ada}>"), "Mail bounces", "", "Since this morning.\r\n-- \r\nAda");
        let ticket = house.began(&raw, Proven).await;
        assert_eq!((ticket.owner, ticket.person), (house.customer(), Some(house.ada.person)));
        let thread = house.look(&ticket).await.unwrap();
        assert_eq!(thread.subject, "Mail bounces");
        assert!(thread.entries.first().unwrap().words == "Since this morning.\n-- \nAda");
        let mails = waiting_mails(&house.identity, RECEIVED).await;
        let told = mails.first().unwrap();
        assert_eq!((told.to.to_string(), mails.len()), (ada.clone(), 1));
        assert_eq!(told.context["number"], ticket.number.as_str());

        // The letter as it came is kept; the same letter over another way is a copy.
        let letters = house.desk.list_letters(ticket.id).await.unwrap();
        let opened = house.desk.open_letter(seen(ticket.id), house.agent, letters[0].id).await.unwrap();
        assert!(mailkeep_policy::sink::file(&opened).unwrap() == raw.as_bytes());
        let again = house.take(&format!("Received: from another way\r\n{raw}"), Unknown).await;
        assert_eq!(again, Taken::Before(ticket.id));

        // Staff answer; the answer goes to Ada, and hers to it goes on with the ticket, by each of the marks.
        house.desk.write_as_staff(seen(ticket.id), house.agent, Reply::Ask, "Which one?").await.unwrap();
        let mails = waiting_mails(&house.identity, ANSWERED).await;
        let told = mails.first().unwrap();
        assert_eq!(told.to.to_string(), ada);
        assert_eq!(told.context["title"], "Mail bounces");
        assert_eq!(told.context["answers"], "Mail-bounces.29@far.example");
        assert!(told.context["markdown"].as_str().unwrap().contains("Which one?"));
        let head = house.mailroom.head("support", ticket.id, Uuid::from_u128(7)).unwrap();
        let marks = [
            (
                format!("In-Reply-To: <{}>\r\n", head.message_id),
                "support@host.example".to_owned(),
                "Re: this",
            ),
            (String::new(), head.reply_to.to_string(), "Re: that"),
            (String::new(), "support@host.example".to_owned(), &*format!("Re: [{}] it", ticket.number)),
            (
                "References: <Mail-bounces.29@far.example>\r\n".to_owned(),
                "support@host.example".to_owned(),
                "Re: x",
            ),
        ];
        for (head, recipient, subject) in marks {
            let raw = letter(&ada, subject, &head, "This one.");
            let taken = house.take_as(&raw, &recipient, Some(&ada), Proven).await;
            assert_eq!(taken, Taken::WentOn(ticket.id), "{subject}");
        }
        let now = house.desk.look_at(seen(ticket.id)).await.unwrap();
        assert_eq!(now.state, TicketState::WaitingOnUs);
        assert_eq!(house.look(&ticket).await.unwrap().entries.len(), 6);
        assert_eq!(house.received().await, 1, "only what begins a ticket is acknowledged");
    });
}

#[test]
fn a_letter_to_the_number_of_a_merged_ticket_goes_where_it_was_merged_into() {
    on_both_engines(async |house| {
        let ada = house.ada.email.clone();
        let first = house.began(&letter(&ada, "Mail bounces", "", "Since this morning."), Proven).await;
        let second = house.began(&letter(&ada, "Still", "", "It does bounce still."), Proven).await;
        house.desk.merge_ticket(seen(second.id), house.agent, &first.number).await.unwrap();
        let by_number = letter(&ada, &format!("Re: [{}] it", second.number), "", "By number.");
        let by_reference = letter(&ada, "Re: x", "References: <Still.21@far.example>\r\n", "By reference.");
        for raw in [&by_number, &by_reference] {
            assert_eq!(house.take(raw, Proven).await, Taken::WentOn(first.id));
        }
        let head = house.mailroom.head("support", second.id, Uuid::from_u128(7)).unwrap();
        let raw = letter(&ada, "Re: that", "", "By our mark.");
        let taken = house.take_as(&raw, &head.reply_to.to_string(), Some(&ada), Proven).await;
        assert_eq!(taken, Taken::WentOn(first.id));
        // All letters of both, with their originals, open under the one.
        let letters = house.desk.list_letters(first.id).await.unwrap();
        assert_eq!((letters.len(), house.look(&first).await.unwrap().entries.len()), (5, 5));
        for one in &letters {
            house.desk.open_letter(seen(first.id), house.agent, one.id).await.unwrap();
        }
        let stranger = letter("zoe@far.example", &format!("Re: [{}] it", second.number), "", "Me too.");
        assert!(matches!(house.take(&stranger, Proven).await, Taken::Began(_)), "as ever");

        house.desk.undo_merge(seen(second.id), house.agent).await.unwrap();
        let raw = letter(&ada, &format!("Re: [{}] it", second.number), "", "By number again.");
        assert_eq!(house.take(&raw, Proven).await, Taken::WentOn(second.id));
        assert_eq!(house.desk.list_letters(second.id).await.unwrap().len(), 2);
    });
}

#[test]
fn answers_to_what_was_moved_into_a_new_ticket_go_there_and_all_others_stay() {
    on_both_engines(async |house| {
        let ada = house.ada.email.clone();
        let first = house.began(&letter(&ada, "Mail bounces", "", "Since this morning."), Proven).await;
        let by_number = format!("Re: [{}] it", first.number);
        house.clock.advance(Duration::from_secs(60));
        house.take(&letter(&ada, &by_number, "", "And the bill has two lines."), Proven).await;
        house.clock.advance(Duration::from_secs(60));
        house.desk.write_as_staff(seen(first.id), house.agent, Reply::Ask, "Which bill?").await.unwrap();
        let began = first.id;
        let sent = move |tx: &mut mailkeep_storage::sql::Tx<'_>| {
            Ok(crate::splits::store::letters_with_answers(tx, began)?)
        };
        let ours = house.desk.read(sent).await.unwrap()[0];
        let ours = house.mailroom.head("support", first.id, ours).unwrap();
        let elsewhere = house.mailroom.head("support", first.id, Uuid::from_u128(7)).unwrap();
        let entries = house.desk.list_splits(seen(first.id)).await.unwrap().movable;
        let part =
            house.desk.split_ticket(seen(first.id), house.agent, entries[1..].to_vec(), "A bill").await;
        let part = part.unwrap();
        // The letter that was moved opens under the new ticket alone.
        let letters = house.desk.list_letters(part.id).await.unwrap();
        assert_eq!((letters.len(), house.desk.list_letters(first.id).await.unwrap().len()), (1, 1));
        house.desk.open_letter(seen(part.id), house.agent, letters[0].id).await.unwrap();
        let there = house.desk.open_letter(seen(first.id), house.agent, letters[0].id).await;
        assert!(matches!(there, Err(TicketError::NotFound)), "{there:?}");

        let moved = format!("Re:-[{}]-it.27@far.example", first.number);
        let (ours, other) = (ours.message_id.clone(), elsewhere.message_id);
        let answer = |id: &str| format!("In-Reply-To: <{id}>\r\n");
        let token = elsewhere.reply_to.to_string();
        let plain = "support@host.example".to_owned();
        for (n, (head, recipient, subject, to)) in [
            (answer(&ours), &plain, "our answer that was moved", part.id),
            (answer(&ours), &token, "the same to the address with its old token", part.id),
            (answer(&moved), &plain, "their own letter that was moved", part.id),
            (answer(&moved), &token, "the same to the address with its old token", part.id),
            (answer(&moved), &plain, &*by_number, part.id),
            (answer(&other), &plain, "another letter of ours", first.id),
            (answer("Mail-bounces.29@far.example"), &token, "the letter that stayed", first.id),
            (format!("{}References: <{moved}>\r\n", answer(&other)), &plain, "further back", first.id),
            (String::new(), &token, "the token alone", first.id),
            (String::new(), &plain, &*format!("Re: [{}] it", part.number), part.id),
        ]
        .into_iter()
        .enumerate()
        {
            let raw = letter(&ada, subject, &head, &"x".repeat(50 + n));
            let taken = house.take_as(&raw, recipient, Some(&ada), Proven).await;
            assert_eq!(taken, Taken::WentOn(to), "{n} {subject}");
        }
        // Whoever takes no part gets nowhere with any of it.
        let raw = letter("zoe@far.example", "Re: x", &answer(&ours), "Me too.");
        assert!(matches!(house.take(&raw, Proven).await, Taken::Began(_)));
        // What staff answer in the new one answers the letter that was moved, and undone all of it leads back.
        house.clock.advance(Duration::from_secs(60));
        house.desk.write_as_staff(seen(part.id), house.agent, Reply::Answer, "Mended.").await.unwrap();
        let told = waiting_mails(&house.identity, ANSWERED).await.pop().unwrap();
        assert_eq!(told.context["title"], "A bill");
        house.desk.undo_split(seen(part.id), house.agent).await.unwrap();
        let mine = house.mailroom.head("support", part.id, Uuid::from_u128(8)).unwrap().message_id;
        for (n, id) in [ours, moved, mine].iter().enumerate() {
            let raw = letter(&ada, "Re: undone", &answer(id), &"y".repeat(50 + n));
            assert_eq!(house.take(&raw, Proven).await, Taken::WentOn(first.id), "{id}");
        }
    });
}

#[test]
fn attacks_land_in_tickets_of_their_own() {
    on_both_engines(async |house| {
        let ada = house.ada.email.clone();
        let ticket = house.began(&letter(&ada, "A question", "", "Why?"), Proven).await;
        let head = house.mailroom.head("support", ticket.id, Uuid::from_u128(1)).unwrap();
        let forged = head.reply_to.to_string().replace("support+", "support+a");
        let forged = format!("{}@host.example", &forged.split('@').next().unwrap()[..50]);
        let rewritten = format!("In-Reply-To: <{}>\r\n", head.message_id.replace("desk.", "desk.aaaa"));
        let passed_on = format!("In-Reply-To: <{}>\r\n", head.message_id);
        let number = format!("Re: [{}] A question", ticket.number);
        let plain = "support@host.example";
        let mallory = "mallory@far.example";
        for (name, from, recipient, subject, more, authenticity, because, related) in [
            ("a forged token", &*ada, &*forged, "one", "", Proven, "forged", false),
            ("a rewritten identifier", &ada, plain, "two", &*rewritten, Proven, "forged", false),
            ("the right number of a stranger", mallory, plain, &*number, "", Proven, "stranger", true),
            ("a letter that was passed on", mallory, plain, "three", &passed_on, Proven, "stranger", true),
            ("the contact's address, refuted", &ada, plain, "four", &passed_on, Failed, "failed_proof", true),
            ("no sender", "", plain, "five", "", Unknown, "no_sender", false),
        ] {
            let raw = letter(from, subject, more, "Let me in.");
            let taken = house.take_as(&raw, recipient, Some(mallory), authenticity).await;
            let Taken::Began(other) = taken else { panic!("{name}: {taken:?}") };
            let other = house.desk.look_at(seen(other)).await.unwrap();
            assert_ne!(other.id, ticket.id, "{name}");
            let expected = (because.to_owned(), related.then_some(ticket.id));
            assert_eq!(house.because(&other).await, expected, "{name}");
        }
        assert_eq!(house.look(&ticket).await.unwrap().entries.len(), 1, "nothing went into the ticket");

        // The bare address of a contact opens nothing of the customer.
        let unproven = house.began(&letter(&ada, "Show me everything", "", "It is me."), Unknown).await;
        let Subject::Subscriber(_) = unproven.owner else { panic!("{:?}", unproven.owner) };
        assert_eq!((unproven.person, unproven.customer()), (None, None));
        let actor = Actor::Staff(house.agent);
        let fact = Fact::OpenTicket(unproven.id);
        let foreign = house.desk.read_thread::<purpose::Troubleshoot>(seen(ticket.id), actor, fact).await;
        assert!(matches!(foreign, Err(TicketError::Refused(_))), "{foreign:?}");
        assert!(house.look(&unproven).await.is_ok(), "what they wrote is read");
    });
}

#[test]
fn machines_get_no_answer_and_desks_fall_silent_after_two() {
    on_both_engines(async |house| {
        let ada = house.ada.email.clone();
        let ticket = house.began(&letter(&ada, "A question", "", "Why?"), Proven).await;
        let before = house.received().await;
        let vacation =
            letter("bob@far.example", "I am away", "Auto-Submitted: auto-replied\r\n", "Until Monday.");
        house.began(&vacation, Proven).await;
        let listed = letter("eve@far.example", "News", "List-Id: <news.far.example>\r\n", "Today.");
        house.began(&listed, Proven).await;
        assert_eq!(house.received().await, before);

        // What says that a letter of ours did not arrive is a note in its ticket.
        let head = house.mailroom.head("support", ticket.id, Uuid::from_u128(1)).unwrap();
        house.clock.advance(Duration::from_secs(60));
        let bounce = letter("MAILER-DAEMON@far.example", "Undeliverable", "", "550 no such user");
        let taken = house.take_as(&bounce, &head.reply_to.to_string(), None, Unknown).await;
        assert_eq!(taken, Taken::WentOn(ticket.id));
        let thread = house.look(&ticket).await.unwrap();
        assert_eq!(thread.entries.last().unwrap().kind, EntryKind::Note);
        assert_eq!(thread.ticket.state, TicketState::New, "nobody waits for it");
        assert_eq!(house.received().await, before);

        for number in 0..5 {
            let raw =
                letter("desk@other.example", &format!("Your ticket {number}"), "", "We have your letter.");
            house.began(&raw, Proven).await;
        }
        assert_eq!(house.received().await, before + 2);
        house.clock.advance(DAY + Duration::from_secs(1));
        house.began(&letter("desk@other.example", "Again", "", "We have your letter."), Proven).await;
        assert_eq!(house.received().await, before + 3);
    });
}

#[test]
fn a_writer_without_an_account_is_answered_and_forgotten() {
    on_both_engines(async |house| {
        let ticket = house.began(&letter("Zoe <zoe@far.example>", "Prices", "", "How much?"), Unknown).await;
        let Subject::Subscriber(_) = ticket.owner else { panic!("{:?}", ticket.owner) };
        let (agent, seen) = (house.agent, seen(ticket.id));
        house.desk.write_as_staff(seen, agent, Reply::Answer, "Ten a month.").await.unwrap();
        let mails = waiting_mails(&house.identity, ANSWERED).await;
        assert_eq!(mails.first().unwrap().to.to_string(), "zoe@far.example");
        assert!(mails.first().unwrap().context.get("path").is_none(), "there is no page for them");
        let shown = house.desk.open_writer(&ticket, agent).await.unwrap().unwrap();
        assert_eq!(shown.in_test().to_string(), "zoe@far.example");
        let back = letter("zoe@far.example", &format!("Re: [{}] Prices", ticket.number), "", "Thanks.");
        assert_eq!(house.take(&back, Unknown).await, Taken::WentOn(ticket.id));
        let closed = house.desk.move_ticket(seen, Hand::Staff(agent), Move::Close).await.unwrap();

        // An answer soon after the end opens it again, a late one begins a ticket that names it.
        house.clock.advance(13 * DAY);
        let back = letter("zoe@far.example", &format!("Re: [{}] Prices", ticket.number), "", "One more.");
        assert_eq!(house.take(&back, Unknown).await, Taken::WentOn(ticket.id));
        assert_eq!(house.desk.look_at(seen).await.unwrap().state, TicketState::WaitingOnUs);
        house.desk.move_ticket(seen, Hand::Staff(agent), Move::Close).await.unwrap();
        house.clock.advance(15 * DAY);
        let late = letter("zoe@far.example", &format!("Re: [{}] Prices", closed.number), "", "And now?");
        let late = house.began(&late, Unknown).await;
        assert_eq!(house.because(&late).await, ("closed_long_ago".to_owned(), Some(ticket.id)));
        assert_eq!(late.owner, ticket.owner, "the same writer");
        let late_seen = Seen { ticket: late.id, owner: None, version: None, desk: DeskKind::Support };
        house.desk.move_ticket(late_seen, Hand::Staff(agent), Move::Close).await.unwrap();

        house.clock.advance(1100 * DAY);
        retention::run(house.identity.policy()).await.unwrap();
        house.mailroom.forget_writers().await.unwrap();
        let Subject::Subscriber(writer) = ticket.owner else { unreachable!("seen above") };
        let left =
            house.identity.policy().database().read(move |tx| super::store::email(tx, writer)).await.unwrap();
        assert!(left.is_none());
        let words = mailkeep_policy::Personal::<_, mailkeep_policy::category::Contact>::new(address(
            "zoe@far.example",
        ));
        let again = house.identity.policy().seal(ticket.owner, super::records::email_place(writer), &words);
        assert!(again.is_err(), "the key is destroyed for good");
    });
}

#[test]
fn departments_are_checked_when_they_are_read() {
    let read = |text: &str| {
        let privacy = EmailAddress::parse("privacy@host.example").ok();
        toml::from_str::<HelpdeskConfig>(text).unwrap().read("support@host.example", privacy)
    };
    let names: Vec<String> =
        read("").unwrap().into_iter().map(|one| format!("{} {}", one.name, one.address)).collect();
    let usual = ["support support@host.example", "abuse abuse@host.example", "privacy privacy@host.example"];
    assert_eq!(names, usual);
    let two = "[[department]]\nname = \"sales\"\naddress = \"sales@host.example\"\n";
    assert_eq!(read(two).unwrap()[0].name, "sales");
    for (wrong, word) in [
        ("[[department]]\nname = \"Sales\"\naddress = \"sales@host.example\"\n", "small letters"),
        ("[[department]]\nname = \"sales\"\naddress = \"sales\"\n", "sales"),
        (
            "[[department]]\nname = \"sales\"\naddress = \"a.very.long.name.of.a.department@host.example\"\n",
            "21",
        ),
        (&*format!("{two}{two}"), "twice"),
        ("[[department]]\nname = \"privacy\"\naddress = \"dpo@host.example\"\n", "policy names"),
        ("[[department]]\nname = \"sales\"\naddress = \"privacy@host.example\"\n", "twice"),
    ] {
        let faults = read(wrong).unwrap_err().join("\n");
        assert!(faults.contains(word), "{faults}");
    }
}
