use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{ManualClock, PersonId};
use uuid::Uuid;

use super::{
    ErasureFate, Owner, Record, SchemaFault, compare, erase, erasure_plan, export, record_of_processing,
};
use crate::personal::{Json, Personal};
use crate::policy::Policy;
use crate::requests;
use crate::subject::{Actor, Place, Subject};
use crate::vocabulary::{Act, CategoryId, category};

const RECORDS: &[Record] = crate::personal_records! {
    /// People.
    people of Owner::Person("id"), from "the test", row id {
        personal { name: Identity, postal: Postal, secret: Credential }
        lookups { name_lookup }
        plain { id, status }
    }
    /// Their bills.
    bills of Owner::Through { column: "person_id", table: "people", key: "id" }, from "the test", row id {
        personal { sheet: Invoice }
        plain { id, person_id }
    }
};

async fn house(db: &Database) -> (Policy, Vec<Subject>) {
    let clock = ManualClock::at("2026-03-01");
    let policy = crate::testing::policy_at(db, clock.clone()).await;
    policy.register_records(RECORDS);
    let bytes = if db.dialect() == mailkeep_storage::sql::Dialect::Sqlite { "BLOB" } else { "BYTEA" };
    db.write(move |tx| -> Result<(), SqlError> {
        tx.execute_batch(&format!(
            "CREATE TABLE people (id {bytes} NOT NULL PRIMARY KEY, name {bytes} NOT NULL, postal {bytes}, secret {bytes},
                 name_lookup {bytes} NOT NULL UNIQUE, status TEXT NOT NULL);
             CREATE TABLE bills (id {bytes} NOT NULL PRIMARY KEY, person_id {bytes} NOT NULL, sheet {bytes} NOT NULL);"
        ))
    })
    .await
    .unwrap();
    let mut subjects = Vec::new();
    for number in 0..20u8 {
        let person = PersonId::new(&*clock);
        let subject = Subject::person(person);
        policy.create_key(subject).await.unwrap();
        let place = |column| Place { table: "people", column, row: person.uuid() };
        let name: Personal<String, category::Identity> = Personal::new(format!("name-marker-{number}-"));
        let name = policy.seal(subject, place("name"), &name).unwrap().into_bytes();
        let street = serde_json::json!({ "street": format!("street-marker-{number}-") });
        let postal: Personal<Json<serde_json::Value>, category::Postal> = Personal::new(Json(street));
        let postal = policy.seal(subject, place("postal"), &postal).unwrap().into_bytes();
        let secret: Personal<String, category::Credential> =
            Personal::new(format!("secret-marker-{number}-"));
        let secret = policy.seal(subject, place("secret"), &secret).unwrap().into_bytes();
        let bill = Uuid::from_u128(u128::from(number) + 1);
        let sheet: Personal<String, category::Invoice> = Personal::new(format!("bill-marker-{number}-"));
        let sheet = policy
            .seal(subject, Place { table: "bills", column: "sheet", row: bill }, &sheet)
            .unwrap()
            .into_bytes();
        db.write(move |tx| -> Result<(), SqlError> {
            tx.execute(
                "INSERT INTO people (id, name, postal, secret, name_lookup, status) VALUES ($1, $2, $3, $4, $5, 'active')",
                params![person, &name, &postal, &secret, &[number; 32]],
            )?;
            tx.execute("INSERT INTO bills (id, person_id, sheet) VALUES ($1, $2, $3)", params![bill, person, &sheet])?;
            Ok(())
        })
        .await
        .unwrap();
        subjects.push(subject);
    }
    (policy, subjects)
}

/// The faults about this test's own tables: those of other crates are not registered here.
async fn faults(policy: &Policy) -> Vec<SchemaFault> {
    let schema = policy.database().schema().await.unwrap();
    let ours = |fault: &SchemaFault| match fault {
        SchemaFault::UndeclaredTable { table }
        | SchemaFault::Uncategorised { table, .. }
        | SchemaFault::Missing { table, .. }
        | SchemaFault::NotSealed { table, .. }
        | SchemaFault::Twice { table } => {
            ["people", "bills", "strangers", "ledger_entries", "disclosures"].contains(&table.as_str())
        }
    };
    compare(&policy.records(), &schema).into_iter().filter(ours).collect()
}

both_engines!(an_undeclared_column_or_table_is_found, |db: Database| async move {
    let (policy, _) = house(&db).await;
    assert_eq!(faults(&policy).await, vec![]);
    for sql in ["ALTER TABLE people ADD COLUMN shoe_size TEXT", "CREATE TABLE strangers (id BIGINT NOT NULL)"]
    {
        db.write(move |tx| tx.execute_batch(sql)).await.map_err(|error: SqlError| error).unwrap();
    }
    let found = faults(&policy).await;
    assert!(
        found.contains(&SchemaFault::Uncategorised { table: "people".into(), column: "shoe_size".into() })
    );
    assert!(found.contains(&SchemaFault::UndeclaredTable { table: "strangers".into() }));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found
            .iter()
            .all(|fault| fault.to_string().contains("records.rs") || fault.to_string().contains("plain"))
    );
    // The same table twice, a column that is not there, and a personal one that anybody can read.
    const WRONG: &[Record] = crate::personal_records! {
        /// People again.
        people of Owner::Person("id"), from "the test", row id {
            personal { status: Identity }
            plain { id, nickname }
        }
    };
    policy.register_records(WRONG);
    let found = faults(&policy).await;
    assert!(found.contains(&SchemaFault::Twice { table: "people".into() }));
    assert!(found.contains(&SchemaFault::NotSealed { table: "people".into(), column: "status".into() }));
    assert!(found.contains(&SchemaFault::Missing { table: "people".into(), column: "nickname".into() }));
});

both_engines!(an_export_holds_every_marker_of_one_person_and_none_of_another, |db: Database| async move {
    let (policy, subjects) = house(&db).await;
    let task = Actor::System("command line");
    let me = subjects[7];
    let fact = requests::record(&policy, me, Act::Export, "anna", "letter 17").await.unwrap();
    let other = export(&policy, task, fact, subjects[8]).await;
    assert!(other.is_err(), "the request of one is no fact about another");
    let file = export(&policy, task, fact, me).await.unwrap();
    let text = serde_json::to_string(&file).unwrap();
    for marker in ["name-marker-7-", "street-marker-7-", "bill-marker-7-"] {
        assert!(text.contains(marker), "{marker} is missing: {text}");
    }
    for number in (0..20).filter(|number| *number != 7) {
        assert!(!text.contains(&format!("marker-{number}-")), "something of person {number} is in the file");
    }
    assert!(
        !text.contains("secret-marker") && file.left_out.contains(&CategoryId::Credential),
        "{:?}",
        file.left_out
    );
});

both_engines!(after_erasure_only_the_bill_opens_and_the_ledger_is_whole, |db: Database| async move {
    let (policy, subjects) = house(&db).await;
    let (me, task) = (subjects[3], Actor::System("command line"));
    let plan = erasure_plan(&policy, me).await.unwrap();
    let fate =
        |table| plan.iter().find(|line| line.table == table).map(|line| (line.rows, line.fate.clone()));
    assert_eq!(fate("people"), Some((1, ErasureFate::Unreadable)));
    assert!(matches!(fate("bills"), Some((1, ErasureFate::Kept { days: 3650, .. }))));
    let fact = requests::record(&policy, me, Act::Erase, "anna", "letter 18").await.unwrap();
    let certificate = erase(&policy, task, fact, me).await.unwrap();
    assert!(certificate.entry.is_some());
    assert_eq!(certificate.final_at.since(certificate.at).as_secs(), 7 * 86_400);
    assert!(!policy.has_data_key(me).await.unwrap());
    let found: i64 = db
        .read(|tx| {
            tx.query_one("SELECT COUNT(*) FROM people WHERE name_lookup = $1", params![&[3u8; 32]], |row| {
                row.get(0)
            })
        })
        .await
        .map_err(|error: SqlError| error)
        .unwrap();
    assert_eq!(found, 0, "nobody is found by what was erased");
    // What stays opens under the books key; a second request has nothing else to export.
    let fact = requests::record(&policy, me, Act::Export, "anna", "letter 19").await.unwrap();
    assert!(export(&policy, task, fact, me).await.is_err());
    assert!(crate::ledger::verify(&db).await.unwrap().findings.is_empty());
});

both_engines!(the_record_of_processing_names_every_category_with_its_tables, |db: Database| async move {
    let (policy, _) = house(&db).await;
    let record = record_of_processing(policy.compiled(), &policy.records());
    assert_eq!(record.len(), CategoryId::COUNT);
    let postal = record.iter().find(|entry| entry.category == CategoryId::Postal).unwrap();
    assert_eq!((postal.keep_days, postal.held_as.as_str()), (30, "controller"));
    assert!(postal.tables.iter().any(|table| table.table == "people" && table.columns == ["postal"]));
    assert!(!postal.purposes.is_empty());
    let mail = record.iter().find(|entry| entry.category == CategoryId::MailContent).unwrap();
    assert_eq!(mail.held_as, "processor");
    assert!(mail.recipients.contains(&"whom-you-write-to".to_owned()));
});
