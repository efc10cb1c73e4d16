//! The check.

use std::collections::HashSet;
use std::fmt;

use super::store;
use crate::error::Result;
use crate::post_office::PostOffice;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, with the identifiers of the rows and never a person's data.
    pub what: String,
    /// Whether `repair` mends it without losing anything.
    pub repairable: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.repairable { "can be repaired" } else { "needs a person" };
        write!(f, "{} ({how})", self.what)
    }
}

/// What a check looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Messages in folders.
    pub messages: i64,
    /// Findings; none in a healthy store.
    pub findings: Vec<Finding>,
    /// How many of them were repaired.
    pub repaired: usize,
}

impl PostOffice {
    /// Checks the mail store; with `repair` it sets counters right and removes what nothing refers to.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn doctor(&self, repair: bool) -> Result<Report> {
        let mut report = self
            .db()
            .read(|tx| {
                let mut report = Report { messages: store::count_messages(tx)?, ..Report::default() };
                for check in store::CHECKS {
                    for row in store::violations(tx, check)? {
                        let what = format!("{}: {row}", check.what);
                        report.findings.push(Finding { what, repairable: check.repair.is_some() });
                    }
                }
                Ok::<_, crate::MailError>(report)
            })
            .await?;
        let referenced: HashSet<String> = self.db().read(store::blob_keys).await?.into_iter().collect();
        let mut there = self.0.blobs.list("bodies").await?;
        there.extend(self.0.blobs.list("queue").await?);
        let there: HashSet<String> = there.into_iter().collect();
        for key in referenced.difference(&there) {
            report.findings.push(Finding { what: format!("blob {key} is missing"), repairable: false });
        }
        // A blob is written before its row; one without a row is what a crash in between leaves.
        let orphans: Vec<String> = there.difference(&referenced).cloned().collect();
        for key in &orphans {
            report
                .findings
                .push(Finding { what: format!("blob {key} belongs to no message"), repairable: true });
        }
        if repair && report.findings.iter().any(|finding| finding.repairable) {
            report.repaired = report.findings.iter().filter(|finding| finding.repairable).count();
            self.db()
                .write(|tx| {
                    for check in store::CHECKS {
                        store::repair(tx, check)?;
                    }
                    Ok::<_, crate::MailError>(())
                })
                .await?;
            for key in orphans {
                self.0.blobs.delete(&key).await?;
            }
        }
        Ok(report)
    }
}
