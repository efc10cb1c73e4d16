//! The days of leaving: pause, deletion, the end of restoring. Each is one transaction with its message, done once.

use jiff::civil::Date;

use super::{Ending, store};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::services::change;
use crate::subscriptions::run::RunReport;
use crate::{changes, notices, services, subscriptions};

fn after(date: Date, days: u16) -> Date {
    date.checked_add(jiff::Span::new().days(i64::from(days))).unwrap_or(date)
}

impl Commerce {
    /// Does what the days of leaving ask for, by each customer's own date.
    ///
    /// # Errors
    /// When the database cannot list what ends; what fails for one is logged and tried again.
    pub(crate) async fn run_endings(&self, report: &mut RunReport) -> Result<(), CommerceError> {
        let now = self.clock().now();
        for zone in self.read(|tx| Ok(store::zones(tx)?)).await? {
            let today = local_date(now, &zone);
            for ending in self.read(move |tx| store::open(tx, &zone, today)).await? {
                let id = ending.subscription;
                match self.end_one(ending, today).await {
                    Ok(ended) => report.ended += usize::from(ended),
                    Err(error) => {
                        report.failed += 1;
                        tracing::error!(subscription = %id, code = error.code(), %error, "ending failed");
                    }
                }
            }
        }
        Ok(())
    }

    async fn end_one(&self, ending: Ending, today: Date) -> Result<bool, CommerceError> {
        let (id, ends_on) = (ending.subscription, ending.ends_on);
        let (policy, leaving) = (self.policy().clone(), self.config().leaving);
        let paused = self
            .write(move |tx| {
                let subscription =
                    subscriptions::store::find(tx, id)?.ok_or(CommerceError::NotFound("subscription"))?;
                let domains = services::store::domains_of(tx, id)?;
                let delete_on = after(ends_on, leaving.delete_after_days);
                let paused = store::pause(tx, id, ends_on, delete_on)?;
                if paused {
                    subscriptions::store::end(tx, id, ends_on)?;
                    change::end_services_of(tx, id)?;
                    notices::service_paused(tx, &policy, &subscription, &domains, delete_on)?;
                }
                let restore_until = after(delete_on, leaving.restore_days);
                if delete_on <= today && store::mark_deleted(tx, id, delete_on, restore_until)? {
                    notices::service_deleted(tx, &policy, &subscription, &domains, restore_until)?;
                }
                if restore_until < today && store::mark_purged(tx, id, today)? {
                    change::announce_services_of(tx, id)?;
                }
                Ok(paused)
            })
            .await?;
        if leaving.credit_unused {
            self.credit_unused(id, ends_on).await?;
        }
        Ok(paused)
    }

    /// Credits what was billed for days after the end. What was credited before is not credited again.
    async fn credit_unused(
        &self,
        id: mailkeep_types::SubscriptionId,
        ends_on: Date,
    ) -> Result<(), CommerceError> {
        let old = self.read(move |tx| changes::store::lines_beyond(tx, id, ends_on)).await?;
        for lines in old.chunk_by(|a, b| a.invoice == b.invoice) {
            let mut asked = Vec::with_capacity(lines.len());
            for line in lines {
                if let Some(unused) = changes::unused::unused(line, ends_on)? {
                    asked.push((line.line.position, unused.net_minor));
                }
            }
            if let Some(first) = lines.first().filter(|_| !asked.is_empty()) {
                self.credit_by_program(first.invoice, asked).await?;
            }
        }
        Ok(())
    }
}
