//! How long the views of the desk take among many tickets, on SQLite or PostgreSQL:
//! `cargo run --release -p mailkeep-helpdesk --example desk_cost -- 1000000 sqlite`
//!
//! Three in a hundred are not over, a quarter of them nobody's; fifty agents, a customer for each fifty tickets. A customer of ours
//! has tickets that are really sealed, because reading them is measured, too.

use std::time::{Duration, Instant};

use mailkeep_helpdesk::attachments::AttachmentsConfig;
use mailkeep_helpdesk::hours::Hours;
use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tags::Tag;
use mailkeep_helpdesk::tickets::{Desk, DeskKind, Hand, NewTicket, Queue, Reply, Row, Seen, Ticket};
use mailkeep_helpdesk::views::{Filter, Order};
use mailkeep_policy::{Actor, Fact, FactKind, Role, Subject, purpose};
use mailkeep_storage::blobs::{Blobs, BlobsConfig};
use mailkeep_storage::sql::{Database, Dialect, SqlError, Value};
use mailkeep_types::{CustomerId, PersonId, SessionId, StaffId, Timestamp};
use uuid::Uuid;

const AGENTS: u64 = 50;
const OURS: u64 = 100;
/// So often each view is opened.
const TIMES: u64 = 200;
/// Rows of one statement, and statements of one transaction.
const ROWS: u64 = 500;
const STATEMENTS: u64 = 40;
/// As the pages of the console have it.
const SIZE: usize = 50;
/// As long as a sealed title.
const TITLE: &[u8] = &[7; 90];
const COLUMNS: &str = "id, number, subject_kind, subject_id, department, person_id, staff_id, state, priority, title, about_kind, about_id, \
    assignee, version, opened_at, changed_at, first_due, first_answered_at, solution_due, solved_at, closed_at, rating";

/// A number that looks random and is the same in each run.
fn mixed(seed: u64) -> u64 {
    let mut value = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

fn identifier(kind: u64, number: u64) -> Uuid {
    Uuid::from_u64_pair(kind << 48 | number, mixed(number ^ kind))
}

fn agent(number: u64) -> StaffId {
    StaffId::from_uuid(identifier(2, number % AGENTS))
}

/// Number `number` of `count`: as old as it is early, over two years.
fn row(number: u64, name: &str, count: u64, now: Timestamp) -> Vec<Value<'_>> {
    // Each by a draw of its own: else who takes care of a ticket would depend on its state.
    let (chance, drawn) = (mixed(number), |salt: u64| mixed(number ^ salt << 40));
    let age = Duration::from_secs(63_000_000 / count * (count - number));
    let opened = now.minus(age);
    let changed = opened.plus(Duration::from_secs(chance % 86_400));
    let open = chance % 100 < 3;
    let state = match drawn(1) % 4 {
        _ if !open => ["closed", "solved"][usize::from(drawn(2).is_multiple_of(40))],
        0 => "new",
        1 => "open",
        2 => "waiting_on_customer",
        _ => "waiting_on_us",
    };
    let answered = (state != "new").then_some(changed);
    let due = now.plus(Duration::from_secs(drawn(3) % 864_000)).minus(Duration::from_secs(172_800));
    let assignee = (!open || !drawn(4).is_multiple_of(4)).then(|| agent(drawn(5)).uuid());
    vec![
        Value::from(identifier(1, number)),
        Value::from(name),
        Value::from(3_i64),
        Value::from(identifier(3, number / 50)),
        Value::from("support"),
        Value::from(Some(identifier(4, number / 50))),
        Value::from(None::<Uuid>),
        Value::from(state),
        Value::from(["low", "normal", "normal", "high"][usize::try_from(drawn(6) % 4).unwrap_or(0)]),
        Value::from(TITLE),
        Value::from(None::<&str>),
        Value::from(None::<Uuid>),
        Value::from(assignee),
        Value::from(4_i64),
        Value::from(opened),
        Value::from(changed),
        Value::from(Some(due)),
        Value::from(answered),
        Value::from((open && state != "waiting_on_customer").then_some(due)),
        Value::from((!open).then_some(changed)),
        Value::from((state == "closed").then_some(changed)),
        Value::from(None::<i64>),
    ]
}

async fn fill(db: &Database, count: u64, now: Timestamp) {
    let mut from = 0;
    while from < count {
        let until = count.min(from + ROWS * STATEMENTS);
        let filled = db.write(move |tx| -> Result<(), SqlError> {
            let mut next = from;
            while next < until {
                let (end, width) = (until.min(next + ROWS), COLUMNS.split(',').count());
                let names: Vec<String> = (next..end).map(|number| format!("T-{number:08}")).collect();
                let values: Vec<Value<'_>> = (next..end)
                    .zip(&names)
                    .flat_map(|(number, name)| row(number, name, count, now))
                    .collect();
                let row = |at: usize| {
                    let each: Vec<String> = (1..=width).map(|n| format!("${}", at * width + n)).collect();
                    format!("({})", each.join(", "))
                };
                let rows: Vec<String> = (0..values.len() / width).map(row).collect();
                tx.execute(&format!("INSERT INTO tickets ({COLUMNS}) VALUES {}", rows.join(", ")), &values)?;
                next = end;
            }
            Ok(())
        });
        filled.await.expect("the tickets are written");
        from = until;
    }
    let tagged = db.write(move |tx| -> Result<(), SqlError> {
        for (tag, each) in [("usual", 50), ("rare", (count / 100).max(1))] {
            tx.execute("INSERT INTO desk_tags (tag, at) VALUES ($1, 0)", &[Value::from(tag)])?;
            for number in (0..count).step_by(usize::try_from(each).unwrap_or(1)) {
                let sql = "INSERT INTO ticket_tags (ticket_id, tag, changed_at) SELECT id, $2, changed_at FROM tickets WHERE id = $1";
                tx.execute(sql, &[Value::from(identifier(1, number)), Value::from(tag)])?;
            }
        }
        Ok(())
    });
    tagged.await.expect("the tags are written");
}

/// Opens a view again and again, and says how long that takes.
async fn view<T, F: Future<Output = T>>(what: &str, open: impl Fn(u64) -> F) -> T {
    let mut took = Vec::new();
    let mut last = open(0).await;
    for time in 0..TIMES {
        let started = Instant::now();
        last = open(time).await;
        took.push(started.elapsed());
    }
    took.sort_unstable();
    let at = |part: usize| took[took.len() * part / 100];
    println!(
        "{what:<44} median {:>10.2?}  p95 {:>10.2?}  slowest {:>10.2?}",
        at(50),
        at(95),
        took[took.len() - 1]
    );
    last
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let dialect = match arguments.next().as_deref() {
        Some("postgres") => Dialect::Postgres,
        _ => Dialect::Sqlite,
    };
    mailkeep_storage::testing::run(dialect, move |db| measure(db, count));
}

async fn measure(db: Database, count: u64) {
    let policy = mailkeep_policy::testing::policy(&db).await;
    policy.register_staff_roles(|_, _| Ok(vec![Role::Support]));
    policy.register_fact(FactKind::OwnSession, |_, claim| {
        Ok(matches!((claim.actor, claim.subject), (Actor::Person(_), Subject::Customer(_))))
    });
    let folder = tempfile::tempdir().expect("a folder for blobs");
    let blobs = Blobs::open(&BlobsConfig::Folder(folder.path().to_owned())).expect("blobs");
    let limits = AttachmentsConfig::default();
    let desk = Desk::open(db.clone(), policy.clone(), Hours::always(), blobs, limits);
    let clock = db.clock();
    let started = Instant::now();
    fill(&db, count, clock.now()).await;
    println!("{count} tickets on {:?}, filled in {:.1?}", db.dialect(), started.elapsed());

    let (customer, person) = (CustomerId::new(&**clock), PersonId::new(&**clock));
    for subject in [Subject::customer(customer), Subject::person(person)] {
        policy.create_key(subject).await.expect("a key");
    }
    let mut ours = Vec::new();
    for number in 0..OURS {
        let new = NewTicket {
            owner: Subject::customer(customer),
            department: "support".to_owned(),
            subject: format!("Question {number}"),
            words: "Since this morning it says that it cannot connect. ".repeat(8),
            priority: Priority::Normal,
            about: None,
        };
        let ticket = desk.open_ticket(Hand::Person(person), new).await.expect("a ticket");
        let seen = Seen { ticket: ticket.id, owner: None, version: None, desk: DeskKind::Support };
        for _ in 0..5 {
            desk.write_as_staff(seen, agent(number), Reply::Note, &*"Seen before. ".repeat(20))
                .await
                .expect("a note");
        }
        ours.push(ticket);
    }

    let (desk, ours) = (&desk, &ours);
    let soon = clock.now().plus(Duration::from_secs(4 * 3600));
    let narrowed = async |queue: Queue, filter: Filter, after: Option<Row>| -> Vec<Ticket> {
        desk.list_view(queue, filter, after, SIZE).await.expect("a queue").tickets
    };
    let list = async |queue: Queue, after: Option<Row>| narrowed(queue, Filter::default(), after).await;
    let queues: [(&str, fn(u64, Timestamp) -> Queue); 5] = [
        ("mine", |time, _| Queue::Of(agent(time))),
        ("nobody's", |_, _| Queue::Unassigned),
        ("waiting for us", |_, _| Queue::WaitingOnUs),
        ("due", |_, soon| Queue::DueBefore(soon)),
        ("all", |_, _| Queue::All),
    ];
    for (name, queue) in queues {
        let first = view(&format!("queue: {name}"), |time| list(queue(time, soon), None)).await;
        let kind = queue(TIMES - 1, soon);
        if let Some(last) = first.get(49) {
            let after = Some(kind.behind(last));
            view(&format!("queue: {name}, page 2"), |_| list(kind, after)).await;
        }
    }
    let middle = Some((clock.now().minus(Duration::from_secs(31_500_000)), Uuid::max()));
    view("queue: all, in the middle", |_| list(Queue::All, middle)).await;
    let filter = Filter::default;
    let by_tag = |tag: &str| Filter { tag: Tag::read(tag), ..filter() };
    let billing = || Filter { department: Some("billing".to_owned()), ..filter() };
    let urgent = || Filter { priority: Some(Priority::Emergency), ..filter() };
    view("narrowed: all, a tag of 2 in 100", |_| narrowed(Queue::All, by_tag("usual"), None)).await;
    view("narrowed: all, a tag of 100", |_| narrowed(Queue::All, by_tag("rare"), None)).await;
    view("narrowed: all, that tag, emergencies", |_| {
        narrowed(Queue::All, Filter { priority: Some(Priority::Emergency), ..by_tag("usual") }, None)
    })
    .await;
    view("narrowed: all, a department without any", |_| narrowed(Queue::All, billing(), None)).await;
    view("narrowed: all, an agent's", |time| {
        narrowed(Queue::All, Filter { assignee: Some(agent(time)), ..filter() }, None)
    })
    .await;
    view("narrowed: waiting for us, emergencies", |_| narrowed(Queue::WaitingOnUs, urgent(), None)).await;
    view("narrowed: due, a tag of 2 in 100", |_| narrowed(Queue::DueBefore(soon), by_tag("usual"), None))
        .await;
    view("narrowed: waiting for us, oldest first", |_| {
        narrowed(Queue::WaitingOnUs, Filter { order: Order::Oldest, ..filter() }, None)
    })
    .await;
    view("the tags of a page", |_| async {
        let page = list(Queue::All, None).await.iter().map(|ticket| ticket.id).collect();
        desk.tags_of(page).await.expect("tags").len()
    })
    .await;
    view("the numbers beside the queues", |time| async move {
        desk.count_queues(agent(time), soon).await.expect("the counts")
    })
    .await;
    view("a ticket by its number", |time| async move {
        let at = usize::try_from(time % OURS).unwrap_or(0);
        desk.find_number(DeskKind::Support, &ours[at].number).await.expect("a ticket")
    })
    .await;
    let (actor, fact) = (Actor::Person(person), Fact::OwnSession(SessionId::new(&**clock)));
    view("a customer's list with its titles", |_| async move {
        let tickets = desk.list_tickets(customer, None, 26).await.expect("a list");
        let owner = Subject::customer(customer);
        desk.read_subjects::<purpose::Rights>(owner, &tickets, actor, fact).await.expect("their titles")
    })
    .await;
    view("one ticket with its words and history", |time| async move {
        let ticket = &ours[usize::try_from(time % OURS).unwrap_or(0)];
        let seen = Seen { ticket: ticket.id, owner: None, version: None, desk: DeskKind::Support };
        let (actor, fact) = (Actor::Staff(agent(time)), Fact::OpenTicket(ticket.id));
        let thread = desk.read_thread::<purpose::Troubleshoot>(seen, actor, fact).await.expect("its words");
        (thread.entries.len(), desk.show_history(seen).await.expect("its history").len())
    })
    .await;
}
