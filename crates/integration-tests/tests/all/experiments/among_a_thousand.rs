//! 14 at its full size: the export of one person among a thousand holds every marker of that person, and none of another.
//!
//! One person and customer come about by the pages, with a marker in every field. The others are copies of their rows, made
//! in the databases: new identifiers, every personal value opened, given other markers, and sealed again under the copy's own
//! keys. `MAILKEEP_TEST_PERSONS` says how many.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::World;
use mailkeep_integration_tests::markers::Markers;
use mailkeep_integration_tests::stolen::Stolen;
use mailkeep_policy::CategoryId::{
    BillingAddress, Contact, Identity, Invoice, Network, Postal, Preferences, Ticket,
};
use mailkeep_policy::{CategoryId, Place, Policy, Subject, testing};
use mailkeep_storage::sql::{SqlError, Value, ValueRef, params};
use mailkeep_types::{CustomerId, PersonId, RegistrationId, SystemClock, new_uuid};
use uuid::Uuid;

use super::e14_export::named;
use super::planting;
use crate::on_both_engines;

/// A table of which rows are copied.
struct Copied {
    table: &'static str,
    /// The column that sealed values are bound to.
    row: &'static str,
    /// Whether its rows are the customer's; the person's otherwise.
    of_customer: bool,
    /// Which rows.
    only: &'static str,
    /// Columns with identifiers that the copy has its own of.
    identifiers: &'static [&'static str],
    personal: &'static [(&'static str, CategoryId)],
    /// Columns whose values exist once.
    once: &'static [&'static str],
}

const PERSON: Copied = Copied {
    table: "",
    row: "id",
    of_customer: false,
    only: "TRUE",
    identifiers: &[],
    personal: &[],
    once: &[],
};
const CUSTOMER: Copied = Copied { of_customer: true, ..PERSON };

/// In an order in which each finds what it refers to.
const TABLES: [Copied; 12] = [
    Copied {
        table: "persons",
        identifiers: &["id"],
        personal: &[
            ("name", Identity),
            ("language", Identity),
            ("time_zone", Identity),
            ("email", Contact),
            ("phone", Contact),
            ("postal", Postal),
        ],
        once: &["registration_id", "email_lookup"],
        ..PERSON
    },
    Copied {
        table: "sessions",
        only: "principal_kind = 1",
        identifiers: &["id", "principal_id"],
        personal: &[("network", Network), ("device", Network)],
        once: &["token_hash"],
        ..PERSON
    },
    Copied {
        table: "security_events",
        only: "principal_kind = 1",
        identifiers: &["id", "principal_id"],
        personal: &[("network", Network), ("device", Network)],
        ..PERSON
    },
    Copied {
        table: "api_tokens",
        identifiers: &["id", "person_id"],
        personal: &[("name", Preferences)],
        once: &["token_hash"],
        ..PERSON
    },
    Copied {
        table: "one_time_tokens",
        only: "principal_kind = 1",
        identifiers: &["id", "principal_id"],
        personal: &[("email", Contact)],
        once: &["token_hash", "email_lookup"],
        ..PERSON
    },
    Copied { table: "customers", identifiers: &["id"], personal: &[("name", Identity)], ..CUSTOMER },
    Copied {
        table: "contacts",
        identifiers: &["id", "customer_id", "person_id"],
        personal: &[("name", Identity), ("email", Contact)],
        ..CUSTOMER
    },
    Copied {
        table: "contact_invitations",
        identifiers: &["id", "customer_id", "invited_by"],
        personal: &[("email", Contact)],
        once: &["email_lookup", "token_hash"],
        ..CUSTOMER
    },
    Copied {
        table: "orders",
        identifiers: &["id", "customer_id", "person_id", "invoice_id"],
        personal: &[("billing", BillingAddress), ("applicant", Contact), ("network", Network)],
        once: &["number"],
        ..CUSTOMER
    },
    Copied {
        table: "billing_profiles",
        row: "customer_id",
        identifiers: &["customer_id"],
        personal: &[("details", BillingAddress)],
        ..CUSTOMER
    },
    Copied {
        table: "order_questions",
        identifiers: &["id", "order_id"],
        personal: &[("question", Ticket), ("answer", Ticket)],
        ..CUSTOMER
    },
    Copied {
        table: "invoices",
        identifiers: &["id", "customer_id"],
        personal: &[("snapshot", Invoice)],
        once: &["number", "sequence"],
        ..CUSTOMER
    },
];

/// A value of a row.
#[derive(Clone)]
enum Held {
    Null,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Held {
    fn as_value(&self) -> Value<'_> {
        match self {
            Held::Null => Value::from(None::<i64>),
            Held::Number(number) => Value::from(*number),
            Held::Text(text) => Value::from(text),
            Held::Bytes(bytes) => Value::from(bytes),
        }
    }

    fn identifier(&self) -> Option<Uuid> {
        match self {
            Held::Bytes(bytes) => Uuid::from_slice(bytes).ok(),
            _ => None,
        }
    }
}

/// The rows of a table as they came about, with their columns; personal values are opened.
struct Original {
    copied: &'static Copied,
    columns: Vec<String>,
    rows: Vec<Vec<Held>>,
}

async fn originals(
    books: &Stolen,
    policy: &Policy,
    person: Subject,
    customer: Subject,
) -> Result<Vec<Original>> {
    let mut schema = books.main.schema().await?;
    let mut originals = Vec::new();
    for copied in &TABLES {
        let columns: Vec<String> =
            schema.tables.remove(copied.table).context(copied.table)?.into_keys().collect();
        let query = format!("SELECT {} FROM {} WHERE {}", columns.join(", "), copied.table, copied.only);
        let width = columns.len();
        let rows: Result<Vec<Vec<Held>>, SqlError> = books
            .main
            .read(move |tx| {
                tx.query(&query, params![], |row| {
                    (0..width)
                        .map(|at| {
                            Ok(match row.value(at)? {
                                ValueRef::Int(number) => Held::Number(number),
                                ValueRef::Text(text) => Held::Text(text.to_owned()),
                                ValueRef::Blob(bytes) => Held::Bytes(bytes.to_vec()),
                                ValueRef::Null | ValueRef::Real(_) => Held::Null,
                            })
                        })
                        .collect()
                })
            })
            .await;
        let mut rows = rows?;
        anyhow::ensure!(!rows.is_empty(), "{} has no row to copy", copied.table);
        let subject = if copied.of_customer { customer } else { person };
        let at =
            |name: &str| columns.iter().position(|column| column == name).with_context(|| name.to_owned());
        for row in &mut rows {
            let id = row[at(copied.row)?].identifier().context("a row's identifier")?;
            for (column, category) in copied.personal {
                let place = Place { table: copied.table, column, row: id };
                let value = &mut row[at(column)?];
                if let Held::Bytes(sealed) = value {
                    *value = Held::Bytes(testing::opened(policy, subject, place, *category, sealed)?);
                }
            }
        }
        originals.push(Original { copied, columns, rows });
    }
    Ok(originals)
}

/// A copy of a person with the customer for which they act.
struct Twin {
    number: usize,
    registration_id: String,
    person: Subject,
    customer: Subject,
    stem: String,
}

impl Twin {
    fn new(number: usize) -> Self {
        Twin {
            number,
            registration_id: RegistrationId::random().to_string(),
            person: Subject::person(PersonId::new(&SystemClock)),
            customer: Subject::customer(CustomerId::new(&SystemClock)),
            stem: Markers::new().stem().to_owned(),
        }
    }

    /// The rows of a table as they are the twin's; `own` remembers which identifier stands for which.
    fn rows(
        &self,
        policy: &Policy,
        original: &Original,
        stem: &str,
        own: &mut HashMap<Uuid, Uuid>,
    ) -> Result<Vec<Vec<Held>>> {
        let Original { copied, columns, rows } = original;
        let subject = if copied.of_customer { self.customer } else { self.person };
        let mut twins = Vec::with_capacity(rows.len());
        for row in rows {
            let mut twin = row.clone();
            for (column, value) in columns.iter().zip(&mut twin) {
                if copied.identifiers.contains(&column.as_str())
                    && let Some(id) = value.identifier()
                {
                    let new = own.entry(id).or_insert_with(|| new_uuid(&SystemClock));
                    *value = Held::Bytes(new.into_bytes().to_vec());
                } else if copied.once.contains(&column.as_str()) {
                    *value = match &*value {
                        _ if column == "registration_id" => Held::Text(self.registration_id.clone()),
                        Held::Text(text) => Held::Text(format!("{text}-{}", self.number)),
                        Held::Number(number) => Held::Number(number + 1_000 * i64::try_from(self.number)?),
                        // Keyed hashes are of any 32 bytes.
                        Held::Bytes(_) => {
                            let halves = [new_uuid(&SystemClock), new_uuid(&SystemClock)];
                            Held::Bytes(halves.iter().flat_map(|half| half.into_bytes()).collect())
                        }
                        Held::Null => Held::Null,
                    };
                }
            }
            let row_at = columns.iter().position(|column| column == copied.row).context("its identifier")?;
            let row = twin[row_at].identifier().context("its identifier")?;
            for (column, category) in copied.personal {
                let at = columns.iter().position(|name| name == column).context("the column")?;
                if let Held::Bytes(plain) = &twin[at] {
                    let plain = String::from_utf8_lossy(plain).replace(stem, &self.stem);
                    let place = Place { table: copied.table, column, row };
                    let sealed = testing::sealed(policy, subject, place, *category, plain.as_bytes())?;
                    twin[at] = Held::Bytes(sealed);
                }
            }
            twins.push(twin);
        }
        Ok(twins)
    }
}

on_both_engines!(one_person_among_a_thousand_takes_their_own_along);

async fn one_person_among_a_thousand_takes_their_own_along(setup: Setup) -> Result<()> {
    let persons = std::env::var("MAILKEEP_TEST_PERSONS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let (mut world, mut markers) = (World::start(setup, None).await?, Markers::new());
    let mut ada = planting::person(&world, &mut markers).await?;
    let registration_id = ada.registration_id().await?;
    planting::customer(&world, &mut markers, &mut ada).await?;
    world.installation.stop().await?;
    let books = Stolen::of(&world.installation).await?;
    let policy = books.policy(&world.installation).await?;
    let (person, customer) = (books.person(&registration_id).await?, books.customer(&registration_id).await?);
    let originals = originals(&books, &policy, person, customer).await?;

    let mut twins: Vec<Twin> = (1..persons).map(Twin::new).collect();
    let subjects = twins.iter().flat_map(|twin| [twin.person, twin.customer]);
    stream::iter(subjects)
        .map(|subject| policy.create_key(subject))
        .buffer_unordered(64)
        .try_collect::<()>()
        .await?;
    for twin in &twins {
        let mut own =
            HashMap::from([(person.uuid(), twin.person.uuid()), (customer.uuid(), twin.customer.uuid())]);
        let mut inserts = Vec::new();
        for original in &originals {
            let places: Vec<String> = (1..=original.columns.len()).map(|at| format!("${at}")).collect();
            let (table, columns) = (original.copied.table, original.columns.join(", "));
            let insert = format!("INSERT INTO {table} ({columns}) VALUES ({})", places.join(", "));
            let rows = twin.rows(&policy, original, markers.stem(), &mut own)?;
            inserts.extend(rows.into_iter().map(|row| (insert.clone(), row)));
        }
        let written: Result<(), SqlError> = books
            .main
            .write(move |tx| {
                for (insert, row) in &inserts {
                    let values: Vec<Value<'_>> = row.iter().map(Held::as_value).collect();
                    tx.execute(insert, &values)?;
                }
                Ok(())
            })
            .await;
        written?;
    }
    let there: i64 = books.value("SELECT COUNT(*) FROM persons").await?;
    anyhow::ensure!(there == i64::try_from(persons)?, "{there} persons");

    // Whoever came about by the pages, and some of the others: first, last, and one between.
    twins.push(Twin { number: 0, registration_id, person, customer, stem: markers.stem().to_owned() });
    // The first name was replaced; everything else that was typed is there.
    let wanted: BTreeSet<usize> = (1..markers.count()).collect();
    for at in [persons - 1, 0, persons / 2, persons - 2] {
        let twin = &twins[at];
        let mut taken = String::new();
        for subject in [twin.registration_id.clone(), named(twin.customer)] {
            let verified = ["--verified-by", "anna", "--proof", "letter 17"];
            let export = ["subject", "export", &subject];
            taken.push_str(&world.installation.command(&[&export[..], &verified[..]].concat()).await?);
        }
        for other in &twins {
            let own = other.stem == twin.stem;
            anyhow::ensure!(taken.contains(&other.stem) == own, "number {at} and number {}", other.number);
        }
        let seen = markers.numbers_in(&taken.replace(&twin.stem, markers.stem()));
        let lost: Vec<&str> = wanted.difference(&seen).map(|number| markers.place(*number)).collect();
        anyhow::ensure!(lost.is_empty(), "the export of number {at} lacks {lost:?}");
    }
    Ok(())
}
