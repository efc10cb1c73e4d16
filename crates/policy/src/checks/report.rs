//! How each promise is known: by proof, by a probe of the installation, by a record, or not at all.

use std::collections::HashMap;
use std::sync::Arc;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{Timestamp, new_uuid};
use serde::{Deserialize, Serialize};

use super::{Mark, check_static, probes, store};
use crate::Policy;
use crate::records::compare;

/// Looks at the installation: an empty answer when the promise holds, else what breaks it. Runs in a transaction that is
/// rolled back.
pub(crate) type Probe = Arc<dyn Fn(&mut Tx<'_>) -> Result<Result<(), String>, SqlError> + Send + Sync>;

/// How something is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "mark")]
pub enum Known {
    /// Every cell or column was looked at.
    Proven,
    /// A probe of the installation held.
    Held {
        /// When.
        at: Timestamp,
    },
    /// A fresh record says so.
    Evidenced {
        /// When it was made.
        at: Timestamp,
    },
    /// A person says so.
    Attested {
        /// Who.
        who: String,
        /// Until when it counts.
        until: Timestamp,
    },
    /// It does not hold, or what said so has run out.
    Broken {
        /// What breaks it.
        why: String,
    },
}

/// A promise, and how it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseReport {
    /// `P1` to `P50`.
    pub promise: String,
    /// The check that stands for it.
    pub check: String,
    /// What is known; empty for a promise that nothing was found out about yet.
    pub known: Vec<Known>,
    /// Of the proofs that the file names, those that were not given yet.
    pub missing: Vec<String>,
    /// What a planned promise waits for.
    pub planned: Option<String>,
}

impl PromiseReport {
    /// Whether something breaks it.
    pub fn is_broken(&self) -> bool {
        self.known.iter().any(|known| matches!(known, Known::Broken { .. }))
    }

    /// One word for it: the strongest way in which it is known.
    pub fn word(&self) -> &'static str {
        if self.planned.is_some() {
            return "planned";
        }
        let has = |wanted: fn(&Known) -> bool| self.known.iter().any(wanted);
        match () {
            () if self.is_broken() => "BROKEN",
            () if has(|known| *known == Known::Proven) => "PROVEN",
            () if has(|known| matches!(known, Known::Held { .. })) => "HELD",
            () if has(|known| matches!(known, Known::Evidenced { .. })) => "EVIDENCED",
            () if has(|known| matches!(known, Known::Attested { .. })) => "ATTESTED",
            () => "UNPROBED",
        }
    }
}

/// Looks at everything that can be looked at from inside: the table, the registry beside the live schema, the probes that
/// were registered, and what was recorded.
///
/// # Errors
/// When a database fails.
pub async fn report(policy: &Policy) -> Result<Vec<PromiseReport>, SqlError> {
    let proven: HashMap<String, Mark> =
        check_static(policy.compiled()).into_iter().map(|checked| (checked.promise, checked.mark)).collect();
    let schema = compare(&policy.records(), &policy.database().schema().await?);
    let mut held = probes::run(policy).await;
    for (check, probe) in policy.probes() {
        // What cannot be looked at is not known to hold: a column that is gone breaks its promise and hides no other.
        let outcome = match policy.database().read(move |tx| probe(tx)).await {
            Ok(outcome) => outcome,
            Err(error) => Err(format!("it cannot be looked at: {error}")),
        };
        held.entry(check).or_insert(outcome);
    }
    let recorded = policy.database().read(store::newest).await?;
    let now = policy.clock().now();
    let mut reports = Vec::new();
    for promise in &policy.compiled().raw.promise {
        let id = promise.id.get_ref();
        let mut known = Vec::new();
        let mut missing = Vec::new();
        if promise.status.is_kept() {
            for proof in &promise.proof {
                let found = match proof.as_str() {
                    "static" => proven.get(id).map(|mark| match mark {
                        Mark::Proven => Known::Proven,
                        Mark::Broken(why) => Known::Broken { why: why.clone() },
                    }),
                    "probe" => probed(
                        held.get(promise.check.as_str()).map(|outcome| match outcome {
                            Ok(()) => Known::Held { at: now },
                            Err(why) => Known::Broken { why: why.clone() },
                        }),
                        recorded.get(&(id.clone(), "probe".to_owned())).map(|row| row.known(now)),
                    ),
                    kind => recorded.get(&(id.clone(), kind.to_owned())).map(|row| row.known(now)),
                };
                match found {
                    Some(found) => known.push(found),
                    None => missing.push(proof.clone()),
                }
            }
            if promise.rests_on.iter().any(|basis| basis == "code:registry")
                && let Some(fault) = schema.first()
            {
                known.push(Known::Broken { why: fault.to_string() });
            }
        }
        reports.push(PromiseReport {
            promise: id.clone(),
            check: promise.check.clone(),
            known,
            missing,
            planned: (!promise.status.is_kept()).then(|| promise.awaits.clone()),
        });
    }
    Ok(reports)
}

/// A promise may be probed from inside and over the wire: one that breaks it is enough, and the older of two counts.
fn probed(inside: Option<Known>, live: Option<Known>) -> Option<Known> {
    match (inside, live) {
        (Some(Known::Held { .. }), Some(live)) => Some(live),
        (inside, live) => inside.or(live),
    }
}

/// Records that a person attests a promise, until a time.
///
/// # Errors
/// When the database fails.
pub async fn attest(
    policy: &Policy,
    promise: &str,
    who: &str,
    words: &str,
    until: Timestamp,
) -> Result<(), SqlError> {
    let id = new_uuid(&**policy.clock());
    let (promise, who, words) = (promise.to_owned(), who.to_owned(), words.to_owned());
    let now = policy.clock().now();
    policy
        .database()
        .write(move |tx| store::insert(tx, id, &promise, "attested", true, &who, &words, now, until))
        .await
}
