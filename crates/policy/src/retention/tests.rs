use std::time::Duration;

use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{CustomerId, ManualClock, Timestamp};
use uuid::Uuid;

use super::{Due, dry_run, run};
use crate::KeyError;
use crate::records::{Owner, Record, Term};
use crate::subject::Subject;
use crate::vocabulary::CategoryId;

const RECORDS: &[Record] = crate::personal_records! {
    /// Things that were seen.
    sightings of Owner::Customer("customer_id"), from "the test", row id {
        personal { network: Network }
        plain { id, customer_id, at }
        ends { Term::delete(CategoryId::Network, "at") }
    }
    /// What was found.
    findings of Owner::Customer("customer_id"), from "the test", row id {
        personal { note: FraudSignal }
        plain { id, customer_id, at }
        ends { Term::empty(CategoryId::FraudSignal, "at", &["note"]) }
    }
};

async fn count(db: &Database, sql: &'static str) -> i64 {
    db.read(move |tx| tx.query_one(sql, params![], |row| row.get::<i64>(0)))
        .await
        .map_err(|e: SqlError| e)
        .unwrap()
}

both_engines!(exactly_what_is_past_its_term_goes_and_the_dry_run_agrees, |db: Database| async move {
    let clock = ManualClock::at("2026-03-01");
    let policy = crate::testing::policy_at(&db, clock.clone()).await;
    policy.register_records(RECORDS);
    let (gone, staying) = (CustomerId::new(&*clock), CustomerId::new(&*clock));
    for customer in [gone, staying] {
        policy.create_key(Subject::customer(customer)).await.unwrap();
    }
    let days = |days: u64| Duration::from_secs(days * 86_400);
    let now = policy.clock().now();
    // Rows of every age around the two terms of 90 and 180 days.
    let ages: Vec<Timestamp> = [1, 89, 91, 179, 181, 400].map(|age| now.minus(days(age))).to_vec();
    let bytes = if db.dialect() == mailkeep_storage::sql::Dialect::Sqlite { "BLOB" } else { "BYTEA" };
    db.write(move |tx| -> Result<(), SqlError> {
        for (table, column) in [("sightings", "network"), ("findings", "note")] {
            tx.execute_batch(&format!(
                "CREATE TABLE {table} (id {bytes} NOT NULL, customer_id {bytes} NOT NULL, {column} {bytes} NOT NULL, at BIGINT NOT NULL)"
            ))?;
            for at in &ages {
                let sql = format!("INSERT INTO {table} (id, customer_id, {column}, at) VALUES ($1, $2, $3, $4)");
                tx.execute(&sql, params![Uuid::from_u128(7), gone, &[1u8, 2][..], *at])?;
            }
        }
        Ok(())
    })
    .await
    .unwrap();
    // Somebody's last service ended 31 days ago.
    policy.register_ended(move |_, before| {
        Ok(if now.minus(days(31)) < before { vec![Subject::customer(gone)] } else { vec![] })
    });

    let planned = dry_run(&policy).await.unwrap();
    assert_eq!(count(&db, "SELECT COUNT(*) FROM sightings").await, 6, "a dry run changes nothing");
    let rows = |due: &[Due], table| due.iter().find(|due| due.table == table).unwrap().rows;
    assert_eq!((rows(&planned, "sightings"), rows(&planned, "findings"), rows(&planned, "keys")), (4, 2, 1));
    assert_eq!(run(&policy).await.unwrap(), planned);
    assert_eq!(count(&db, "SELECT COUNT(*) FROM sightings").await, 2);
    assert_eq!(count(&db, "SELECT COUNT(*) FROM findings").await, 6);
    assert_eq!(count(&db, "SELECT COUNT(*) FROM findings WHERE LENGTH(note) = 0").await, 2);
    assert!(matches!(policy.create_key(Subject::customer(gone)).await, Ok(()) | Err(KeyError::Erased(_))));
    assert!(!policy.has_data_key(Subject::customer(gone)).await.unwrap());
    assert!(policy.has_data_key(Subject::customer(staying)).await.unwrap());
    let again = run(&policy).await.unwrap();
    assert!(again.iter().all(|due| due.rows == 0), "{again:?}");
    assert!(crate::ledger::verify(&db).await.unwrap().findings.is_empty());
});
