//! The root key is replaced: every key that is wrapped under the old one is wrapped under the new one, a few hundred in a
//! transaction. Killed at any moment it goes on where it stopped, because each key says by itself under which root it
//! is: it opens with that one alone. Until the last step both roots are needed, and no node serves; after it the old
//! root opens nothing.

use std::ops::ControlFlow;

use mailkeep_storage::sql::{Database, SqlError};

use super::root::RootKey;
use super::store::{self, Wrapped};
use super::{KeyError, KeyUse, house};
use crate::subject::Subject;

/// How many keys are wrapped anew in one transaction.
pub const KEYS_AT_ONCE: u32 = 500;

/// How a rotation went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotated {
    /// Keys that this run wrapped under the new root.
    pub wrapped: u64,
    /// Keys that were under the new root already, from a run that was interrupted.
    pub before: u64,
    /// Whether it is complete. Not when `progress` broke it off.
    pub complete: bool,
}

/// Wraps every key under `new`. `progress` hears of each transaction and may break off, e.g. because the operator asked.
///
/// # Errors
/// [`KeyError::Serving`] while a node serves; [`KeyError::WrongRoot`] when `old` does not fit, or a rotation to another
/// root than `new` was begun.
pub async fn rotate_root(
    keys: &Database,
    old: &RootKey,
    new: &RootKey,
    at_once: u32,
    mut progress: impl FnMut(&Rotated) -> ControlFlow<()>,
) -> Result<Rotated, KeyError> {
    let (from, to) = (old.check_value(), new.check_value());
    let mut done = Rotated { wrapped: 0, before: 0, complete: false };
    if from == to {
        return Err(KeyError::Root("the new root key is the old one; make another".to_owned()));
    }
    if keys.write(move |tx| store::begin_rotation(tx, &from, &to)).await?? == store::Begun::Complete {
        return Ok(Rotated { complete: true, ..done });
    }
    // An installation whose keys no program of this version opened yet has its hashes from the old root alone.
    for name in [house::LOOKUP, house::PSEUDONYM] {
        let first = old.wrap_house(name, old.first_house_key(name));
        keys.write(move |tx| store::house_key(tx, name, "", &first)).await?;
    }
    for (name, wrapped) in keys.read(store::house_keys).await? {
        if new.unwrap_house(&name, &wrapped).is_ok() {
            done.before += 1;
            continue;
        }
        let key = old.unwrap_house(&name, &wrapped)?;
        let again = new.wrap_house(&name, &key);
        keys.write(move |tx| store::rewrap_house(tx, &name, &wrapped, &again)).await?;
        done.wrapped += 1;
    }
    if progress(&done).is_break() {
        return Ok(done);
    }
    let mut after: Option<(Subject, i64)> = None;
    loop {
        let from = after;
        let rows = keys.read(move |tx| store::wrapped_after(tx, from, at_once)).await?;
        let Some(last) = rows.last() else { break };
        after = Some((last.subject, last.key_use));
        let mut again: Vec<(Wrapped, Vec<u8>)> = Vec::with_capacity(rows.len());
        for row in rows {
            if new.unwrap(row.subject, row.key_use, &row.wrapped).is_ok() {
                done.before += 1;
                continue;
            }
            let key = old.unwrap(row.subject, row.key_use, &row.wrapped)?;
            let wrapped = new.wrap(row.subject, row.key_use, &key);
            again.push((row, wrapped));
        }
        done.wrapped += u64::try_from(again.len()).unwrap_or(u64::MAX);
        keys.write(move |tx| -> Result<(), SqlError> {
            for (row, wrapped) in &again {
                store::rewrap(tx, row, wrapped)?;
            }
            Ok(())
        })
        .await?;
        if progress(&done).is_break() {
            return Ok(done);
        }
    }
    // Nothing may be left that only the old root opens: looked at once more, from the beginning.
    let mut after: Option<(Subject, i64)> = None;
    loop {
        let from = after;
        let rows = keys.read(move |tx| store::wrapped_after(tx, from, at_once.max(KEYS_AT_ONCE))).await?;
        let Some(last) = rows.last() else { break };
        after = Some((last.subject, last.key_use));
        for row in &rows {
            new.unwrap(row.subject, row.key_use, &row.wrapped)?;
        }
    }
    keys.write(move |tx| store::finish_rotation(tx, &to)).await?;
    done.complete = true;
    Ok(done)
}

/// What the key database holds, for the operator.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct KeyFigures {
    /// Whether the root key fits.
    pub root_fits: bool,
    /// Whether a rotation was begun and not completed.
    pub rotating: bool,
    /// Keys of subjects by their use, and how many of them were destroyed.
    pub subject_keys: Vec<KeyCount>,
    /// Keys of the house.
    pub house_keys: Vec<String>,
    /// Nodes that serve now, as far as they have said.
    pub serving: i64,
}

/// Keys of one use.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct KeyCount {
    /// `data`, `books` or `ledger`.
    pub key_use: &'static str,
    /// How many there are.
    pub there: i64,
    /// How many were destroyed.
    pub destroyed: i64,
}

/// Counts what the key database holds.
///
/// # Errors
/// When the database fails.
pub async fn key_figures(keys: &Database, root: &RootKey) -> Result<KeyFigures, KeyError> {
    let check = root.check_value();
    Ok(keys
        .read(move |tx| -> Result<KeyFigures, SqlError> {
            let mut subject_keys = Vec::new();
            for (key_use, word) in KeyUse::ALL.into_iter().zip(["data", "books", "ledger"]) {
                let (there, destroyed) = store::count(tx, key_use.stored())?;
                subject_keys.push(KeyCount { key_use: word, there, destroyed });
            }
            Ok(KeyFigures {
                root_fits: store::stored_check(tx)?.is_none_or(|stored| stored == check),
                rotating: store::rotation(tx)?.is_some(),
                subject_keys,
                house_keys: store::house_keys(tx)?.into_iter().map(|(name, _)| name).collect(),
                serving: store::serving(tx)?,
            })
        })
        .await?)
}
