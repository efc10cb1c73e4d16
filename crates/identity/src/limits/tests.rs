use std::sync::Arc;

use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_storage::testing::run_at;
use mailkeep_types::{Clock as _, ManualClock};

use super::*;

const WHOSE: Limit = Limit { key: [1; 32], most: 3 };
const NETWORK: Limit = Limit { key: [2; 32], most: 4 };

fn config() -> LimitConfig {
    LimitConfig {
        first_lock_seconds: 60,
        longest_lock_seconds: 600,
        forget_hours: 12,
        ..LimitConfig::default()
    }
}

async fn admitted(db: &Database) -> Admission {
    db.write(|tx| admit(tx, &[WHOSE, NETWORK], &config())).await.unwrap()
}

fn on_both(body: impl AsyncFn(Database, Arc<ManualClock>)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        run_at(dialect, Arc::<ManualClock>::clone(&clock), |db| body(db, clock));
    }
}

#[test]
fn the_lock_comes_with_the_last_try_and_grows() {
    on_both(async |db, clock| {
        for _ in 0..3 {
            assert_eq!(admitted(&db).await, Admission::Open);
        }
        let mut spans = Vec::new();
        for _ in 0..5 {
            let Admission::Locked { until } = admitted(&db).await else { panic!("not locked") };
            spans.push(until.since(clock.now()).as_secs());
            clock.set(until);
            assert_eq!(admitted(&db).await, Admission::Open, "one try after each lock");
        }
        assert_eq!(spans, [60, 120, 240, 480, 600]);
    });
}

#[test]
fn success_forgives_the_person_and_gives_the_network_its_try_back() {
    on_both(async |db, _| {
        for _ in 0..3 {
            assert_eq!(admitted(&db).await, Admission::Open);
        }
        db.write(|tx| forgive(tx, WHOSE, NETWORK)).await.unwrap();
        for _ in 0..2 {
            assert_eq!(admitted(&db).await, Admission::Open);
        }
        assert!(
            matches!(admitted(&db).await, Admission::Locked { .. }),
            "the network had four tries, one given back"
        );
    });
}

#[test]
fn old_tries_are_forgotten_and_swept() {
    on_both(async |db, clock| {
        for _ in 0..2 {
            assert_eq!(admitted(&db).await, Admission::Open);
        }
        clock.advance(Duration::from_secs(12 * 3600));
        for _ in 0..3 {
            assert_eq!(admitted(&db).await, Admission::Open);
        }
        clock.advance(Duration::from_secs(12 * 3600 + 1));
        let now = clock.now();
        assert_eq!(db.write(move |tx| store::sweep(tx, now)).await.unwrap(), 2);
    });
}

#[test]
fn many_tries_at_once_do_not_slip_through_together() {
    on_both(async |db, _| {
        let mut tasks = Vec::new();
        for _ in 0..20 {
            let db = db.clone();
            tasks.push(tokio::spawn(async move { admitted(&db).await }));
        }
        let mut open = 0;
        for task in tasks {
            open += usize::from(task.await.unwrap() == Admission::Open);
        }
        assert_eq!(open, 3);
    });
}
