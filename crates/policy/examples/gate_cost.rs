//! What the gate costs: `cargo run --release -p mailkeep-policy --features testing --example gate_cost [SESSIONS …]`
//!
//! Prints the time of a look-up in the decision table; of a pass through the gate with its own durable ledger entry,
//! amortised over concurrent sessions, on the clock and of the processor; of a pass within a use session; and of sealing
//! and opening a field.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mailkeep_policy::file::CompiledPolicy;
use mailkeep_policy::table::{CellKey, FactSet};
use mailkeep_policy::{
    Act, Actor, CategoryId, Fact, FactKind, Field, Personal, Place, Policy, RootKey, Subject, Use, category,
    ledger, purpose,
};
use mailkeep_storage::sql::{Database, DatabaseConfig, MigrationSet};
use mailkeep_types::{PersonId, SessionId, SharedClock, SystemClock};

const PASSES: u32 = 20_000;
const PERSONS: usize = 500;

fn nanos(total: Duration, times: u32) -> f64 {
    total.as_secs_f64() * 1e9 / f64::from(times)
}

/// The processor time that this process has used, in seconds; zero where there is no `/proc`.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The fields after the name, which may hold spaces: the twelfth and thirteenth are user and system time in ticks.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 =
        fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

async fn open(folder: &std::path::Path, name: &str, set: MigrationSet, clock: &SharedClock) -> Database {
    let config = DatabaseConfig::Sqlite { path: folder.join(name), readers: 4 };
    let db = Database::open(&config, Arc::clone(clock)).await.expect("a fresh database opens");
    db.migrate(set).await.expect("the migrations apply");
    db
}

fn own(person: PersonId, session: SessionId) -> Use<'static> {
    Use {
        actor: Actor::Person(person),
        subject: Subject::person(person),
        act: Act::Read,
        fields: &["people.name"],
        fact: Fact::OwnSession(session),
    }
}

/// `sessions` tasks pass the gate until `PASSES` are done, each time with another fact and so with another entry.
async fn passes(policy: &Policy, persons: &Arc<Vec<PersonId>>, sessions: usize) -> Duration {
    let each = PASSES as usize / sessions;
    let started = Instant::now();
    let tasks: Vec<_> = (0..sessions)
        .map(|task| {
            let (policy, persons) = (policy.clone(), Arc::clone(persons));
            tokio::spawn(async move {
                for pass in 0..each {
                    let person = persons[(task * 7 + pass) % persons.len()];
                    let session = SessionId::new(&SystemClock);
                    let grant = policy.grant::<purpose::Rights>(own(person, session)).await;
                    black_box(grant.expect("the session holds"));
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no task panics");
    }
    started.elapsed()
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let clock: SharedClock = Arc::new(SystemClock);
    let db = open(folder.path(), "main.db", MigrationSet::Main, &clock).await;
    let keys = open(folder.path(), "keys.db", MigrationSet::Keys, &clock).await;
    let compiled = CompiledPolicy::built().expect("the policy file of the build");
    let policy =
        Policy::start_with(db.clone(), keys, compiled, RootKey::random(), clock).await.expect("it starts");
    policy.register_fields(&[Field::new("people", "name", CategoryId::Identity)]);
    policy.register_fact(FactKind::OwnSession, |_, _| Ok(true));

    let cells: Vec<CellKey> = CellKey::all().collect();
    let facts = FactSet::one(FactKind::OwnSession);
    let rounds = 1_000u32;
    let started = Instant::now();
    for _ in 0..rounds {
        for key in &cells {
            let _ = black_box(policy.compiled().table.decide(black_box(*key), facts));
        }
    }
    let looked_up = rounds * u32::try_from(cells.len()).unwrap_or(u32::MAX);
    println!("table: {} cells, look-up {:.1} ns", cells.len(), nanos(started.elapsed(), looked_up));

    let persons: Arc<Vec<PersonId>> = Arc::new((0..PERSONS).map(|_| PersonId::new(&SystemClock)).collect());
    for person in persons.iter() {
        policy.create_key(Subject::person(*person)).await.expect("a key is made");
    }
    let mut crowds: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    if crowds.is_empty() {
        crowds = vec![1, 8, 64, 256];
    }
    for sessions in crowds {
        let before = processor_seconds();
        let spent = nanos(passes(&policy, &persons, sessions).await, PASSES) / 1e3;
        let processor = (processor_seconds() - before) * 1e6 / f64::from(PASSES);
        println!(
            "gate with its own durable entry, {sessions:>3} sessions: {spent:.1} µs, {processor:.1} µs processor"
        );
    }
    let (person, session) = (persons[0], SessionId::new(&SystemClock));
    let started = Instant::now();
    for _ in 0..PASSES {
        black_box(policy.grant::<purpose::Rights>(own(person, session)).await.expect("the session holds"));
    }
    println!("gate within a use session, 1 session: {:.1} µs", nanos(started.elapsed(), PASSES) / 1e3);

    let place = Place { table: "people", column: "name", row: person.uuid() };
    let name: Personal<String, category::Identity> = Personal::new("Ada Example".to_owned());
    let started = Instant::now();
    for _ in 0..PASSES {
        black_box(policy.seal(Subject::person(person), place, &name).expect("it is sealed"));
    }
    println!("seal a field: {:.2} µs", nanos(started.elapsed(), PASSES) / 1e3);
    let sealed = policy.seal(Subject::person(person), place, &name).expect("it is sealed");
    let grant = policy.grant::<purpose::Rights>(own(person, session)).await.expect("the session holds");
    let started = Instant::now();
    for _ in 0..PASSES {
        black_box(policy.open(&grant, place, &sealed, String::len).expect("it opens"));
    }
    println!("open a field: {:.2} µs", nanos(started.elapsed(), PASSES) / 1e3);

    let started = Instant::now();
    let verified = ledger::verify(&db).await.expect("the ledger is read");
    assert!(verified.findings.is_empty(), "{:?}", verified.findings);
    println!("verify {} entries: {:.2} s", verified.entries, started.elapsed().as_secs_f64());
}
