//! Files in tickets from the form or the letter to the one who fetches them, on both engines.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_identity::StaffRole;
use mailkeep_identity::testing::{self as people, PersonBuilder, TestPerson};
use mailkeep_policy::{Act, Actor, Fact, Subject, purpose, requests, retention, sink};
use mailkeep_types::{EmailAddress, ManualClock, StaffId};
use uuid::Uuid;

use super::{AttachmentFault, AttachmentsConfig, NewAttachment, OpenedAttachment, check_attachments};
use crate::letters::thread::Authenticity;
use crate::mailroom::{HelpdeskConfig, Incoming, Mailroom, Taken};
use crate::service_levels::Priority;
use crate::tickets::{
    Desk, DeskKind, EntryKind, Hand, Move, NewTicket, Reply, Said, Seen, Thread, Ticket, TicketError,
};

const DAY: Duration = Duration::from_secs(86_400);

struct House {
    desk: Desk,
    clock: Arc<ManualClock>,
    ada: TestPerson,
    agent: StaffId,
    folder: tempfile::TempDir,
}

fn on_both_engines(body: impl AsyncFn(House)) {
    people::on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Ada's").create(&identity).await;
        let agent = people::create_staff(&identity, "carol", &[StaffRole::Support]).await.staff;
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::in_test(identity.policy(), folder.path());
        body(House { desk, clock, ada, agent, folder }).await;
    });
}

fn seen(ticket: &Ticket) -> Seen {
    Seen { ticket: ticket.id, owner: None, version: None, desk: DeskKind::Support }
}

fn file(name: &str, bytes: &[u8]) -> NewAttachment {
    NewAttachment { name: name.to_owned(), bytes: bytes.to_vec() }
}

fn said(words: &str, files: Vec<NewAttachment>) -> Said {
    Said { files, ..Said::from(words) }
}

impl House {
    async fn asked(&self, files: Vec<NewAttachment>) -> Ticket {
        let new = NewTicket {
            owner: Subject::customer(self.ada.customer.unwrap()),
            department: "support".to_owned(),
            subject: "Mail bounces".to_owned(),
            words: "See what came.".to_owned(),
            priority: Priority::Normal,
            about: None,
        };
        self.desk.open_ticket_with(Hand::Person(self.ada.person), new, files).await.unwrap()
    }

    fn own_fact(&self) -> (Actor, Fact) {
        let session = self.ada.access.person().unwrap().session;
        (Actor::Person(self.ada.person), Fact::OwnSession(session))
    }

    async fn own(&self, ticket: &Ticket) -> Thread {
        let (actor, fact) = self.own_fact();
        self.desk.read_thread::<purpose::Rights>(seen(ticket), actor, fact).await.unwrap()
    }

    async fn look(&self, ticket: &Ticket) -> Thread {
        let (actor, fact) = (Actor::Staff(self.agent), Fact::OpenTicket(ticket.id));
        self.desk.read_thread::<purpose::Troubleshoot>(seen(ticket), actor, fact).await.unwrap()
    }

    async fn open_as_staff(&self, ticket: &Ticket, file: Uuid) -> Result<OpenedAttachment, TicketError> {
        let (actor, fact) = (Actor::Staff(self.agent), Fact::OpenTicket(ticket.id));
        self.desk.open_attachment::<purpose::Troubleshoot>(seen(ticket), actor, fact, file).await
    }

    async fn open_as_owner(&self, ticket: &Ticket, file: Uuid) -> Result<OpenedAttachment, TicketError> {
        let (actor, fact) = self.own_fact();
        self.desk.open_attachment::<purpose::Rights>(seen(ticket), actor, fact, file).await
    }

    /// Everything that stands under the folder of blobs.
    fn blobs(&self) -> Vec<Vec<u8>> {
        let folder = self.folder.path().join("tickets");
        let Ok(found) = std::fs::read_dir(folder) else { return Vec::new() };
        found.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect()
    }
}

fn large() -> Vec<u8> {
    b"%PDF-1.7 the quokka marker ".repeat(10_000)
}

#[test]
fn files_come_with_words_and_are_opened_under_the_ticket() {
    on_both_engines(async |house| {
        let ticket = house.asked(vec![file("../../plan.pdf", &large()), file("log.txt", b"550 no")]).await;
        let thread = house.look(&ticket).await;
        let files = &thread.entries[0].files;
        assert_eq!(files.len(), 2);
        let (plan, log) = (&files[0], &files[1]);
        assert!(plan.name == "plan.pdf" && log.name == "log.txt");
        assert_eq!((plan.media_type.as_str(), log.media_type.as_str()), ("application/pdf", "text/plain"));
        assert_eq!((plan.size, log.size), (i64::try_from(large().len()).unwrap(), 6));

        // The large one is a blob; nothing of it stands there in clear.
        let blobs = house.blobs();
        assert_eq!(blobs.len(), 1);
        assert!(!blobs[0].windows(6).any(|bytes| bytes == b"quokka"));
        for opened in
            [house.open_as_staff(&ticket, plan.id).await, house.open_as_owner(&ticket, plan.id).await]
        {
            assert!(sink::file(&opened.unwrap().bytes).unwrap() == large());
        }
        let opened = house.open_as_staff(&ticket, log.id).await.unwrap();
        assert!(sink::file(&opened.bytes).unwrap() == b"550 no");

        // Of another ticket it is not there.
        let other = house.asked(Vec::new()).await;
        assert!(matches!(house.open_as_staff(&other, log.id).await, Err(TicketError::NotFound)));

        // A note's file is for staff; an answer's for both.
        let note = said("For us.", vec![file("note.txt", b"secret")]);
        house.desk.write_as_staff(seen(&ticket), house.agent, Reply::Note, note).await.unwrap();
        let answer = said("Look.", vec![file("zone.txt", b"v=spf1 -all")]);
        house.desk.write_as_staff(seen(&ticket), house.agent, Reply::Answer, answer).await.unwrap();
        let of = |thread: &Thread, kind| {
            thread.entries.iter().find(|entry| entry.kind == kind).map(|entry| entry.files[0].id)
        };
        let (staff, own) = (house.look(&ticket).await, house.own(&ticket).await);
        let note = of(&staff, EntryKind::Note).unwrap();
        assert!(house.open_as_staff(&ticket, note).await.is_ok());
        assert!(matches!(house.open_as_owner(&ticket, note).await, Err(TicketError::NotFound)));
        assert!(house.open_as_owner(&ticket, of(&own, EntryKind::Agent).unwrap()).await.is_ok());

        // Closed, it lets staff fetch nothing; its customer does.
        house.desk.move_ticket(seen(&ticket), Hand::Staff(house.agent), Move::Close).await.unwrap();
        let closed = house.open_as_staff(&ticket, log.id).await;
        assert!(matches!(closed, Err(TicketError::Refused(_))), "{closed:?}");
        assert!(house.open_as_owner(&ticket, log.id).await.is_ok());
    });
}

#[test]
fn a_copy_of_the_data_has_the_files_and_their_end_is_that_of_the_ticket() {
    on_both_engines(async |house| {
        let ticket = house.asked(vec![file("plan.pdf", &large()), file("log.txt", b"550 no")]).await;
        let (policy, owner) = (house.desk.policy(), ticket.owner);
        let fact = requests::record(policy, owner, Act::Export, "test", "test").await.unwrap();
        let copy =
            mailkeep_policy::records::export(policy, Actor::System("test"), fact, owner).await.unwrap();
        let table = copy.tables.iter().find(|table| table.table == "ticket_attachments").unwrap();
        let texts: Vec<_> = table.rows.iter().filter_map(|row| row["content"].as_str()).collect();
        assert!(texts.contains(&"550 no") && texts.iter().any(|text| text.contains("quokka")));
        assert!(table.rows.iter().all(|row| !row.contains_key("blob_key")));

        house.clock.advance(2 * DAY);
        assert_eq!(house.desk.sweep_attachments().await.unwrap(), 0, "a row names it");
        house.desk.move_ticket(seen(&ticket), Hand::Staff(house.agent), Move::Close).await.unwrap();
        house.clock.advance(1100 * DAY);
        retention::run(policy).await.unwrap();
        assert_eq!(house.desk.sweep_attachments().await.unwrap(), 1);
        assert!(house.blobs().is_empty());
    });
}

#[test]
fn files_of_a_letter_stay_in_it_and_what_would_run_is_not_offered() {
    on_both_engines(async |house| {
        let address = |text: &str| EmailAddress::parse(text).unwrap();
        let departments = HelpdeskConfig::default()
            .read("support@host.example", Some(address("privacy@host.example")))
            .unwrap();
        let mailroom = Mailroom::open(house.desk.clone(), departments, 14);
        let raw = "From: zoe@far.example\r\nTo: support@host.example\r\nMessage-ID: <1@far.example>\r\nSubject: files\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
            --b\r\nContent-Type: text/plain\r\n\r\nHere they are.\r\n\
            --b\r\nContent-Type: text/plain; name=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\
            Content-Disposition: attachment; filename=\"../../plan.pdf\"\r\n\r\nJVBERi0xLjcgd29tYmF0\r\n\
            --b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=\"pic.png\"\r\n\
            Content-Transfer-Encoding: base64\r\n\r\nTVqQAAM=\r\n--b--\r\n";
        let (support, zoe) = (address("support@host.example"), address("zoe@far.example"));
        let incoming = Incoming {
            recipient: &support,
            sender: Some(&zoe),
            authenticity: Authenticity::Unknown,
            raw: raw.as_bytes(),
        };
        let department = mailroom.department(&support).unwrap();
        let Taken::Began(ticket) = mailroom.take(department, incoming).await.unwrap() else {
            panic!("it is new")
        };
        let ticket = house
            .desk
            .look_at(Seen { ticket, owner: None, version: None, desk: DeskKind::Support })
            .await
            .unwrap();
        let thread = house.look(&ticket).await;
        let files = &thread.entries[0].files;
        let shapes: Vec<_> =
            files.iter().map(|file| (file.media_type.as_str(), file.size, file.refused)).collect();
        assert_eq!(shapes, [("application/pdf", 15, false), ("application/x-executable", 5, true)]);
        assert!(files[0].name == "plan.pdf");
        let opened = house.open_as_staff(&ticket, files[0].id).await.unwrap();
        assert!(sink::file(&opened.bytes).unwrap() == b"%PDF-1.7 wombat");
        assert!(matches!(house.open_as_staff(&ticket, files[1].id).await, Err(TicketError::NotFound)));

        // A writer has no page to fetch a file from.
        let answer = said("Look.", vec![file("zone.txt", b"v=spf1 -all")]);
        let refused = house.desk.write_as_staff(seen(&ticket), house.agent, Reply::Answer, answer).await;
        assert!(matches!(refused, Err(TicketError::Field { field: "files", .. })), "{refused:?}");
    });
}

#[test]
fn what_is_too_much_or_would_do_harm_does_not_come_in() {
    let config = AttachmentsConfig { most_bytes: 10, most_bytes_together: 15, most: 2 };
    let check = |files: Vec<NewAttachment>| check_attachments(&config, &files).unwrap_err();
    let small = || file("a.txt", b"hello");
    assert!(check_attachments(&config, &[small(), small()]).is_ok());
    assert_eq!(check(vec![small(), small(), small()]), AttachmentFault::TooMany(2));
    assert_eq!(check(vec![file("a", &[1; 8]), file("b", &[1; 8])]), AttachmentFault::TooLargeTogether(15));
    assert_eq!(
        check(vec![file("a", &[1; 11])]),
        AttachmentFault::TooLarge { name: "a".to_owned(), most: 10 }
    );
    assert_eq!(check(vec![file("a", b"")]), AttachmentFault::Empty("a".to_owned()));
    assert_eq!(check(vec![file("a\u{202e}txt.exe", b"x")]), AttachmentFault::WouldRun("atxt.exe".to_owned()));
    let config = AttachmentsConfig::default();
    let card = file("bill.csv", b"Ada;4242 4242 4242 4242;9.90");
    assert_eq!(check_attachments(&config, &[card]), Err(AttachmentFault::CardNumber("bill.csv".to_owned())));
    assert!(config.check().is_empty());
    assert_eq!(AttachmentsConfig { most_bytes: 2, most_bytes_together: 1, most: 51 }.check().len(), 2);
}
