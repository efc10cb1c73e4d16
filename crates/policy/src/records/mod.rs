//! The registry of what is stored: every table and every column, with whose it is, where it comes from and which category
//! each personal column has.
//!
//! Each crate declares its tables with [`personal_records!`](crate::personal_records) and hands them to
//! [`crate::Policy::register_records`]. The registry is [compared](compare) with the live schema when the program starts
//! and in `mailkeep policy check`: a table or column that nobody declared stops the start. The same registry renders the
//! [export](export), the [erasure plan](erasure_plan), the [retention run](crate::retention) and the
//! [record of processing](record_of_processing).

mod compare;
mod erase;
mod export;
mod held;
mod house;
mod processing;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use crate::vocabulary::CategoryId;

pub use compare::{SchemaFault, compare};
pub use erase::{Certificate, ErasureFate, ErasureLine, erase, erasure_plan};
pub use export::{Export, ExportedRow, ExportedTable, export};
pub(crate) use export::{opened_rows, rows_for};
pub use held::{Held, HeldAs, held, in_words};
pub(crate) use house::RECORDS as HOUSE_RECORDS;
pub use processing::{Processing, ProcessingTable, record_of_processing};

/// Whose a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Nobody's: the house's own.
    House,
    /// The person whose identifier stands in this column.
    Person(&'static str),
    /// The mailbox.
    Mailbox(&'static str),
    /// The customer.
    Customer(&'static str),
    /// The member of staff.
    Staff(&'static str),
    /// The visitor who asked for topics.
    Subscriber(&'static str),
    /// Whoever `subject_kind` and `subject_id` name.
    Subject,
    /// Whoever `principal_kind` (1 a person, 2 staff) and `principal_id` name.
    Principal,
    /// The owner of the row of `table` whose `key` stands in `column` here.
    Through {
        /// The column here.
        column: &'static str,
        /// The other table.
        table: &'static str,
        /// Its column.
        key: &'static str,
    },
}

/// What happens to rows at the end of their term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The category whose days count.
    pub category: CategoryId,
    /// The column with the time from which they count, in microseconds.
    pub since: &'static str,
    /// What is done.
    pub ending: Ending,
}

/// What is done at the end of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The row is deleted.
    Delete,
    /// These columns are emptied; the row stays.
    Empty(&'static [&'static str]),
    /// These columns, which may be null, become so; the row stays.
    Null(&'static [&'static str]),
}

impl Term {
    /// Rows are deleted.
    pub const fn delete(category: CategoryId, since: &'static str) -> Self {
        Term { category, since, ending: Ending::Delete }
    }

    /// Columns become null.
    pub const fn null(category: CategoryId, since: &'static str, columns: &'static [&'static str]) -> Self {
        Term { category, since, ending: Ending::Null(columns) }
    }

    /// Columns that may not be null are emptied.
    pub const fn empty(category: CategoryId, since: &'static str, columns: &'static [&'static str]) -> Self {
        Term { category, since, ending: Ending::Empty(columns) }
    }
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// Its name.
    pub table: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// Where its rows come from.
    pub source: &'static str,
    /// Whose its rows are.
    pub owner: Owner,
    /// The column with the identifier that sealed values are bound to, or to the subject's own where the column is empty;
    /// empty where the table has none.
    pub row: &'static str,
    /// The personal columns, sealed, with their categories: first those that a person typed into a form.
    pub personal: &'static [(&'static str, CategoryId)],
    /// The personal columns that a person is asked for: each has a page on which it is corrected.
    pub asked: &'static [&'static str],
    /// Keyed hashes by which a personal value is found; emptied at erasure.
    pub lookups: &'static [&'static str],
    /// All other columns: identifiers, states, times, counts.
    pub plain: &'static [&'static str],
    /// When rows go by themselves.
    pub term: Option<Term>,
}

/// Declares the tables of a crate; see [`records`](crate::records).
///
/// ```text
/// pub const RECORDS: &[Record] = personal_records! {
///     /// Sessions.
///     sessions of Owner::Person("person_id"), from "the sign-in page", row id {
///         asked { name: Preferences }
///         personal { network: Network }
///         plain { id, person_id, created_at }
///     }
/// };
/// ```
#[macro_export]
macro_rules! personal_records {
    ($(
        $(#[doc = $about:literal])+
        $table:ident of $owner:expr, from $source:literal $(, row $row:ident)? {
            $(asked { $($given:ident: $given_category:ident),* $(,)? })?
            $(personal { $($column:ident: $category:ident),* $(,)? })?
            $(lookups { $($lookup:ident),* $(,)? })?
            plain { $($plain:ident),* $(,)? }
            $(ends { $term:expr })?
        }
    )*) => {
        &[$($crate::records::Record {
            table: stringify!($table),
            about: concat!($($about),+),
            source: $source,
            owner: $owner,
            row: concat!("", $(stringify!($row))?),
            personal: &[
                $($((stringify!($given), $crate::CategoryId::$given_category),)*)?
                $($((stringify!($column), $crate::CategoryId::$category),)*)?
            ],
            asked: &[$($(stringify!($given)),*)?],
            lookups: &[$($(stringify!($lookup)),*)?],
            plain: &[$(stringify!($plain)),*],
            term: $crate::records::first_term(&[$($term)?]),
        }),*]
    };
}

/// The term of a declaration, which may have none.
pub const fn first_term(terms: &[Term]) -> Option<Term> {
    match terms {
        [term, ..] => Some(*term),
        [] => None,
    }
}

impl Record {
    /// Whether the column holds what a person typed into a form.
    pub fn asks_for(&self, column: &str) -> bool {
        self.asked.contains(&column)
    }

    /// Every column that is declared.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> + '_ {
        let personal = self.personal.iter().map(|(column, _)| *column);
        personal.chain(self.lookups.iter().copied()).chain(self.plain.iter().copied())
    }
}
