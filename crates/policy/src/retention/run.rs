//! One run over every table and every subject.

use std::time::Duration;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::Due;
use crate::Policy;
use crate::error::PolicyError;
use crate::keys::KeyError;
use crate::ledger::{Decision, NewEntry};
use crate::records::{Ending, Record, Term, store};
use crate::subject::Subject;
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

/// What a run would do now.
///
/// # Errors
/// When a database fails.
pub async fn dry_run(policy: &Policy) -> Result<Vec<Due>, PolicyError> {
    go(policy, false, Duration::ZERO).await
}

/// What should have gone before `grace`, and did not: nobody ends what is past its term.
///
/// # Errors
/// When a database fails.
pub async fn overdue(policy: &Policy, grace: Duration) -> Result<Vec<Due>, PolicyError> {
    let mut due = go(policy, false, grace).await?;
    due.retain(|due| due.rows > 0);
    Ok(due)
}

/// Ends what is past its term, and says what it was. Safe to run again at any time.
///
/// # Errors
/// When a database fails; what was done stays done, the rest is for the next run.
pub async fn run(policy: &Policy) -> Result<Vec<Due>, PolicyError> {
    go(policy, true, Duration::ZERO).await
}

fn limit(policy: &Policy, category: CategoryId) -> Timestamp {
    let days = u64::from(policy.compiled().terms(category).keep_days);
    policy.clock().now().minus(Duration::from_secs(days * 86_400))
}

async fn go(policy: &Policy, for_good: bool, grace: Duration) -> Result<Vec<Due>, PolicyError> {
    let mut due = Vec::new();
    let records: Vec<(Record, Term)> =
        policy.records().iter().filter_map(|record| Some((*record, record.term?))).collect();
    for (record, term) in records {
        let before = limit(policy, term.category).minus(grace);
        let rows = if for_good {
            policy.database().write(move |tx| store::end_term(tx, &record, &term, before)).await?
        } else {
            let count =
                policy.database().read(move |tx| store::count_due(tx, &record, &term, before)).await?;
            u64::try_from(count).unwrap_or(0)
        };
        let ending = match term.ending {
            Ending::Delete => "deleted",
            Ending::Null(_) | Ending::Empty(_) => "emptied",
        };
        due.push(Due { table: record.table, category: term.category, ending, before, rows });
    }
    // The shortest term of what counts from the end of the last service decides for the whole subject.
    let category = CategoryId::Identity;
    let before = limit(policy, category).minus(grace);
    let mut rows = 0;
    for subject in ended(policy, before).await? {
        if for_good {
            end_subject(policy, subject).await?;
        }
        rows += 1;
    }
    due.push(Due { table: "keys", category, ending: "key destroyed", before, rows });
    Ok(due)
}

/// The subjects that are due and not erased yet.
async fn ended(policy: &Policy, before: Timestamp) -> Result<Vec<Subject>, PolicyError> {
    let finders = policy.ended();
    let mut found = policy
        .database()
        .read(move |tx| {
            let mut found = Vec::new();
            for find in &finders {
                found.extend(find(tx, before)?);
            }
            Ok::<_, SqlError>(found)
        })
        .await?;
    found.sort_unstable();
    found.dedup();
    let mut living = Vec::with_capacity(found.len());
    for subject in found {
        match policy.has_data_key(subject).await {
            Ok(true) => living.push(subject),
            Ok(false) | Err(KeyError::Missing(_) | KeyError::Erased(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(living)
}

/// The entry first, then the key: what was done is on record, whatever happens in between.
async fn end_subject(policy: &Policy, subject: Subject) -> Result<(), PolicyError> {
    let categories = CategoryId::ALL
        .iter()
        .copied()
        .filter(|category| policy.compiled().terms(*category).erasure == crate::file::Erasure::DestroyKey);
    let entry = NewEntry {
        subject,
        actor: "retention".to_owned(),
        role: Role::System,
        purpose: PurposeId::Rights,
        act: Act::Erase,
        categories: categories.collect(),
        fields: Vec::new(),
        fact: FactKind::TermEnded,
        fact_id: Uuid::nil(),
        decision: Decision::Allowed,
        reason: "the last service ended, and the days after it are over".to_owned(),
    };
    policy.append_entry(entry).await?;
    policy.erase(subject).await?;
    let records = policy.records();
    policy
        .database()
        .write(move |tx| -> Result<(), SqlError> {
            for record in &records {
                store::forget_lookups(tx, record, &records, subject)?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}
