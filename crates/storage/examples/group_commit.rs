//! How many small durable writes a second the database takes, by the number of callers at once.
//!
//! `cargo run --release -p mailkeep-storage --example group_commit -- sqlite:/var/tmp/spike.db`

use std::sync::Arc;
use std::time::Instant;

use mailkeep_storage::sql::{Database, DatabaseConfig, Dialect, SqlError, params};
use mailkeep_types::{PersonId, SystemClock};

#[tokio::main]
async fn main() -> Result<(), SqlError> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "sqlite:/var/tmp/mailkeep-spike.db".to_owned());
    let db = Database::open(&DatabaseConfig::parse(&url)?, Arc::new(SystemClock)).await?;
    db.write(|tx| {
        let bytes = if tx.dialect() == Dialect::Sqlite { "BLOB" } else { "BYTEA" };
        tx.execute_batch(&format!(
            "DROP TABLE IF EXISTS spike; CREATE TABLE spike (id {bytes} PRIMARY KEY, body {bytes} NOT NULL)"
        ))
    })
    .await?;
    for callers in [1usize, 20, 100] {
        let each = 2000 / callers;
        let begun = Instant::now();
        let tasks: Vec<_> = (0..callers)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    for _ in 0..each {
                        let (id, body) = (PersonId::new(&SystemClock), vec![7u8; 2048]);
                        db.write(move |tx| {
                            tx.execute("INSERT INTO spike (id, body) VALUES ($1, $2)", params![id, &body])
                        })
                        .await?;
                    }
                    Ok::<_, SqlError>(())
                })
            })
            .collect();
        for task in tasks {
            task.await.map_err(|_| SqlError::Panicked)??;
        }
        let seconds = begun.elapsed().as_secs_f64();
        println!("{callers:>4} callers: {:>7.0} durable writes/s", (callers * each) as f64 / seconds);
    }
    db.write(|tx| tx.execute_batch("DROP TABLE spike")).await
}
