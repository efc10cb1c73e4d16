//! Experiment 24: A column that nobody declared: the build fails (each crate's `records.rs` is held against the migrations by its
//! tests), the check is BROKEN, and the program does not start.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::{Installation, Setup};
use mailkeep_integration_tests::stolen::Stolen;

use crate::on_both_engines;

on_both_engines!(an_undeclared_column_stops_everything);

async fn an_undeclared_column_stops_everything(setup: Setup) -> Result<()> {
    let mut installation = Installation::make(&setup, None).await?;
    installation.start().await?;
    installation.stop().await?;
    let books = Stolen::of(&installation).await?;
    let cases = [
        (
            "ALTER TABLE persons ADD COLUMN shoe_size TEXT",
            "ALTER TABLE persons DROP COLUMN shoe_size",
            "persons.shoe_size",
        ),
        (
            "CREATE TABLE hobbies (person_id TEXT NOT NULL, hobby TEXT NOT NULL)",
            "DROP TABLE hobbies",
            "hobbies",
        ),
        (
            "ALTER TABLE orders RENAME COLUMN network TO whence",
            "ALTER TABLE orders RENAME COLUMN whence TO network",
            "orders",
        ),
    ];
    for (sabotage, mend, named) in cases {
        books.run(sabotage).await?;
        let checked = installation.run(&["policy", "check"]).await?;
        let broken = checked.out.lines().find(|line| line.contains("P26")).unwrap_or_default();
        anyhow::ensure!(checked.code == Some(3) && broken.contains("BROKEN"), "{sabotage}: {checked:?}");
        anyhow::ensure!(checked.out.contains(named), "{sabotage}: {}", checked.out);
        let refused = installation.start().await.err().context(sabotage)?.to_string();
        anyhow::ensure!(refused.contains(named), "{sabotage}: {refused}");
        books.run(mend).await?;
        let checked = installation.run(&["policy", "check"]).await?;
        anyhow::ensure!(checked.code == Some(0), "{mend}: {}", checked.out);
    }
    installation.start().await?;
    installation.stop().await
}
