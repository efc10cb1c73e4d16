//! An installation as somebody has it who took its disks, or knows the password of its databases: every value of every table,
//! every index, every file.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use mailkeep_policy::file::CompiledPolicy;
use mailkeep_policy::ledger::Entry;
use mailkeep_policy::{Policy, RootKey, RootKeySource, Subject, testing};
use mailkeep_storage::sql::{Database, DatabaseConfig, Dialect, FromValue, SqlError, ValueRef, params};
use mailkeep_types::{CustomerId, MailboxId, PersonId, SystemClock};

use crate::installation::Installation;
use crate::markers::{Markers, Search};

/// The databases of an installation, opened past the program.
pub struct Stolen {
    /// The main database.
    pub main: Database,
    /// The database of keys.
    pub keys: Database,
}

/// Opens a database of an installation: `file` in its data folder where no URL is configured.
async fn open(installation: &Installation, url: &str, file: &str) -> Result<Database> {
    let config = match url {
        "" => DatabaseConfig::Sqlite { path: installation.folder.join("data").join(file), readers: 1 },
        url => DatabaseConfig::parse(url)?,
    };
    Database::open(&config, Arc::new(SystemClock)).await.context(file.to_owned())
}

impl Stolen {
    /// Opens both; the program may run meanwhile.
    ///
    /// # Errors
    /// When one cannot be opened.
    pub async fn of(installation: &Installation) -> Result<Self> {
        let [main, keys] = &installation.database_urls;
        Ok(Stolen {
            main: open(installation, main, "mailkeep.db").await?,
            keys: open(installation, keys, "keys.db").await?,
        })
    }

    /// Runs statements on the main database.
    ///
    /// # Errors
    /// When one of them fails.
    pub async fn run(&self, statements: impl Into<String>) -> Result<()> {
        let statements = statements.into();
        let done: Result<(), SqlError> = self.main.write(move |tx| tx.execute_batch(&statements)).await;
        done.map_err(Into::into)
    }

    /// The first column of what a query gives.
    ///
    /// # Errors
    /// When the query fails, or the column is of another type.
    pub async fn column<T: FromValue + Send + 'static>(&self, query: impl Into<String>) -> Result<Vec<T>> {
        let query = query.into();
        let rows: Result<Vec<T>, SqlError> =
            self.main.read(move |tx| tx.query(&query, params![], |row| row.get(0))).await;
        Ok(rows?)
    }

    /// The one value that a query gives.
    ///
    /// # Errors
    /// When it gives none.
    pub async fn value<T: FromValue + Send + 'static>(&self, query: impl Into<String>) -> Result<T> {
        self.column(query).await?.into_iter().next().context("the query gives a row")
    }

    /// The policy over both databases, opened with the root key of the installation: what its operator could do.
    ///
    /// # Errors
    /// When the root key does not fit.
    pub async fn policy(&self, installation: &Installation) -> Result<Policy> {
        let root = RootKey::load(&RootKeySource::File(installation.folder.join("data/root.key")))?;
        let (main, keys) = (self.main.clone(), self.keys.clone());
        let built = CompiledPolicy::built().map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(Policy::start_with(main, keys, built, root, Arc::new(SystemClock)).await?)
    }

    /// What the ledger has on record about a subject, oldest first.
    ///
    /// # Errors
    /// When an entry does not open.
    pub async fn entries(&self, installation: &Installation, subject: Subject) -> Result<Vec<Entry>> {
        Ok(testing::recorded(&self.policy(installation).await?, subject).await?)
    }

    /// The person with a Registration ID.
    ///
    /// # Errors
    /// When nobody has it.
    pub async fn person(&self, registration_id: &str) -> Result<Subject> {
        let query = format!("SELECT id FROM persons WHERE registration_id = '{registration_id}'");
        Ok(Subject::person(self.value::<PersonId>(query).await?))
    }

    /// The first customer for which the person with a Registration ID acts.
    ///
    /// # Errors
    /// When there is none.
    pub async fn customer(&self, registration_id: &str) -> Result<Subject> {
        let query = format!(
            "SELECT c.customer_id FROM contacts c JOIN persons p ON p.id = c.person_id \
             WHERE p.registration_id = '{registration_id}' ORDER BY c.created_at"
        );
        Ok(Subject::customer(self.value::<CustomerId>(query).await?))
    }

    /// All mailboxes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mailboxes(&self) -> Result<Vec<Subject>> {
        let ids: Vec<MailboxId> = self.column("SELECT id FROM mailboxes ORDER BY created_at").await?;
        Ok(ids.into_iter().map(Subject::mailbox).collect())
    }

    /// Every place at which a marker stands: values of every table of both databases, on PostgreSQL also the files of tables
    /// and indexes, and all files of the folder (on SQLite the databases with their logs are among them).
    ///
    /// # Errors
    /// When something cannot be read.
    pub async fn sightings(&self, folder: &Path, markers: &Markers) -> Result<Vec<String>> {
        let mut found = in_files(folder, &markers.search())?;
        for (name, database) in [("main", &self.main), ("keys", &self.keys)] {
            found.extend(in_database(name, database, markers).await?);
        }
        Ok(found)
    }
}

/// The files below a folder in which a marker stands.
///
/// # Errors
/// When one cannot be read.
pub fn in_files(folder: &Path, search: &Search) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let (path, kind) = entry.and_then(|entry| Ok((entry.path(), entry.file_type()?)))?;
            let name = path.display().to_string();
            if kind.is_dir() {
                folders.push(path.clone());
            }
            let within = if kind.is_file() { search.find(&std::fs::read(&path)?) } else { None };
            found.extend(within.or_else(|| search.find(name.as_bytes())).map(|how| format!("{name} {how}")));
        }
    }
    Ok(found)
}

async fn in_database(name: &str, database: &Database, markers: &Markers) -> Result<Vec<String>> {
    let schema = database.schema().await?;
    let mut found = Vec::new();
    for (table, columns) in schema.tables {
        let columns: Vec<String> = columns.into_keys().collect();
        let (search, query) = (markers.search(), format!("SELECT {} FROM {table}", columns.join(", ")));
        let rows: Result<Vec<Vec<String>>, SqlError> = database
            .read(move |tx| {
                tx.query(&query, params![], |row| {
                    let mut within = Vec::new();
                    for (at, column) in columns.iter().enumerate() {
                        let how = match row.value(at)? {
                            ValueRef::Text(text) => search.find(text.as_bytes()),
                            ValueRef::Blob(bytes) => search.find(bytes),
                            ValueRef::Null | ValueRef::Int(_) | ValueRef::Real(_) => None,
                        };
                        within.extend(how.map(|how| format!("{column} {how}")));
                    }
                    Ok(within)
                })
            })
            .await;
        found.extend(rows?.into_iter().flatten().map(|where_| format!("{name}.{table}.{where_}")));
    }
    if database.dialect() == Dialect::Postgres {
        found.extend(in_relations(name, database, markers).await?);
    }
    Ok(found)
}

/// The files behind tables, indexes and what is stored beside them, dead rows included.
async fn in_relations(name: &str, database: &Database, markers: &Markers) -> Result<Vec<String>> {
    let done: Result<(), SqlError> = database.write(|tx| tx.execute_batch("CHECKPOINT")).await;
    // Within a transaction a checkpoint is allowed too; it writes what is in memory only.
    done?;
    let search = markers.search();
    let rows: Result<Vec<Option<String>>, SqlError> = database
        .read(move |tx| {
            let relations = "SELECT relname::text, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class \
                 WHERE relkind IN ('r', 'i', 't', 'S') AND relpersistence = 'p' \
                 AND pg_relation_filepath(oid) IS NOT NULL AND relnamespace <> 'pg_catalog'::regnamespace";
            tx.query(relations, params![], |row| {
                let (relation, bytes) = (row.get::<String>(0)?, row.get::<Vec<u8>>(1)?);
                Ok(search.find(&bytes).map(|how| format!("the file of {relation} {how}")))
            })
        })
        .await;
    Ok(rows?.into_iter().flatten().map(|place| format!("{name}: {place}")).collect())
}

#[cfg(test)]
mod tests {
    use mailkeep_storage::both_engines;

    use super::*;

    both_engines!(what_lies_open_is_found_wherever_it_is, |db: Database| async move {
        let mut markers = Markers::new();
        let marker = markers.next("a value");
        assert_eq!(in_database("main", &db, &markers).await.unwrap(), Vec::<String>::new());
        let statements = format!(
            "CREATE TABLE open_table (word TEXT NOT NULL); CREATE INDEX open_index ON open_table (word);
             INSERT INTO open_table VALUES ('about {marker}')"
        );
        let done: Result<(), SqlError> = db.write(move |tx| tx.execute_batch(&statements)).await;
        done.unwrap();
        let found = in_database("main", &db, &markers).await.unwrap();
        assert!(found.iter().any(|place| place.starts_with("main.open_table.word in clear")), "{found:?}");
        if db.dialect() == Dialect::Postgres {
            assert!(found.iter().any(|place| place.contains("the file of open_index")), "{found:?}");
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        std::fs::write(folder.path().join("deep/log"), format!("seen: {marker}")).unwrap();
        std::fs::write(folder.path().join(format!("{marker}.eml")), "empty").unwrap();
        assert_eq!(in_files(folder.path(), &markers.search()).unwrap().len(), 2);
    });
}
