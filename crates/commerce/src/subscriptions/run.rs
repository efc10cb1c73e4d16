//! The billing run: counts, bills, collects, reminds and blocks what is due, by each customer's own day. Run again at any
//! point it changes nothing that was done.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use jiff::civil::Date;
use mailkeep_types::InvoiceId;

use super::store;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::invoices::collect::Collected;

/// How many rows are read at a time: memory stays flat however many there are.
pub(crate) const PAGE: u32 = 200;
/// How many customers are worked on at once, so that their commits share the disk's time.
pub(crate) const AT_ONCE: usize = 32;

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunReport {
    /// Subscriptions that were counted.
    pub counted: usize,
    /// Previews that were sent.
    pub previewed: usize,
    /// Hosting reports that were made.
    pub reported: usize,
    /// Periods that were billed.
    pub billed: usize,
    /// Subscriptions that ended.
    pub ended: usize,
    /// Invoices that were paid.
    pub settled: usize,
    /// Reminders that were sent.
    pub reminded: usize,
    /// Services that were blocked or ended for an overdue invoice.
    pub blocked: usize,
    /// What failed and is tried again by the next run.
    pub failed: usize,
}

impl RunReport {
    fn add_all(&mut self, parts: Vec<RunReport>) {
        for part in parts {
            self.settled += part.settled;
            self.reminded += part.reminded;
            self.blocked += part.blocked;
            self.failed += part.failed;
        }
    }
}

impl Commerce {
    /// Does everything that is due now, by each customer's local date. One customer's failure does not hold the others
    /// up; it is logged, noted, counted, and tried again by the next run.
    ///
    /// # Errors
    /// When the database cannot even list what is due.
    pub async fn run_billing(&self) -> Result<RunReport, CommerceError> {
        let mut report = RunReport::default();
        self.run_month(&mut report).await?;
        self.run_payments(&mut report).await?;
        self.tell_of_expiring_cards().await?;
        Ok(report)
    }

    /// Ends what was cancelled, counts what is to be counted and closes what is to be closed, zone by zone.
    ///
    /// # Errors
    /// As [`Commerce::run_billing`].
    pub async fn run_month(&self, report: &mut RunReport) -> Result<(), CommerceError> {
        self.run_endings(report).await?;
        let now = self.clock().now();
        for zone in self.read(|tx| Ok(store::zones(tx)?)).await? {
            let today = local_date(now, &zone);
            self.end_add_ons(&zone, today).await?;
            self.count_zone(&zone, today, report).await?;
            self.close_zone(&zone, today, report).await?;
        }
        Ok(())
    }

    /// Collects what is due, reminds of it, and blocks.
    ///
    /// # Errors
    /// As [`Commerce::run_billing`].
    pub async fn run_payments(&self, report: &mut RunReport) -> Result<(), CommerceError> {
        // Somewhere it may be tomorrow already; the exact local date is looked at one by one.
        let latest = local_date(self.clock().now().plus(Duration::from_secs(14 * 3600)), "UTC");
        // Reminders begin before the due date.
        let ahead = -self.config().overdue.reminder_days.iter().copied().min().unwrap_or(0).min(0);
        let before = latest.checked_add(jiff::Span::new().days(ahead + 1)).unwrap_or(latest);
        let mut after = None;
        loop {
            let page =
                self.read(move |tx| crate::invoices::store::unsettled(tx, before, after, PAGE)).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            let done = stream::iter(page).map(|invoice| async move {
                let mut report = RunReport::default();
                if let Err(error) = self.pursue_invoice(invoice.id, invoice.due_on, &mut report).await {
                    report.failed += 1;
                    tracing::error!(invoice = %invoice.id, code = error.code(), %error, "collecting failed");
                }
                report
            });
            report.add_all(done.buffer_unordered(AT_ONCE).collect().await);
        }
        Ok(())
    }

    async fn pursue_invoice(
        &self,
        id: InvoiceId,
        due_on: Date,
        report: &mut RunReport,
    ) -> Result<(), CommerceError> {
        let zone = self.read(move |tx| Ok(crate::invoices::store::zone(tx, id)?)).await?;
        let today = local_date(self.clock().now(), zone.as_deref().unwrap_or("UTC"));
        if due_on <= today && self.collect_invoice(id).await? == Collected::Settled {
            report.settled += 1;
            return Ok(());
        }
        self.dun_invoice(id, today, report).await
    }
}
