//! Counting: everything that a subscription holds, by the customer's own day; at the first count the preview goes out.

use std::collections::HashMap;

use futures_util::{StreamExt, stream};
use jiff::civil::Date;
use mailkeep_types::{ServiceId, SubscriptionId};

use super::{Count, Stage, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::months::due::{self, Known};
use crate::months::store as months;
use crate::notices;
use crate::ports::HeldDomain;
use crate::services;
use crate::subscriptions::run::{AT_ONCE, PAGE, RunReport};
use crate::subscriptions::{self, Subscription};

impl Commerce {
    /// Takes the count that the date of a time zone has reached, of every subscription there that has none yet.
    ///
    /// # Errors
    /// When the database cannot list what is to be counted; what fails for one subscription is noted and tried again.
    pub(crate) async fn count_zone(
        &self,
        zone: &str,
        today: Date,
        report: &mut RunReport,
    ) -> Result<(), CommerceError> {
        let calendar = self.config().month;
        let days = calendar.month(calendar.invoice_after(today));
        let stage = if today >= days.final_count {
            Stage::Final
        } else if today >= days.first_count {
            Stage::First
        } else {
            return Ok(());
        };
        let mut after = None;
        loop {
            let zone = zone.to_owned();
            let page = self
                .read(move |tx| subscriptions::store::to_count(tx, &zone, days.invoice, stage, after, PAGE))
                .await?;
            let Some(last) = page.last() else { break };
            after = Some((last.customer, last.id));
            let (counted, previewed) = self.count_page(page, days.invoice, stage, today, report).await?;
            report.counted += counted;
            report.previewed += previewed;
        }
        Ok(())
    }

    /// What the services of subscriptions hold, where the mail side answers.
    pub(crate) async fn held_by(
        &self,
        ids: Vec<SubscriptionId>,
    ) -> Result<HashMap<SubscriptionId, Result<Vec<HeldDomain>, CommerceError>>, CommerceError> {
        let services: Vec<(SubscriptionId, Vec<ServiceId>)> = self
            .read(move |tx| ids.iter().map(|id| Ok((*id, services::store::ids_of(tx, *id)?))).collect())
            .await?;
        let held = stream::iter(services).map(|(id, services)| async move {
            let mut domains = Vec::new();
            for service in services {
                match self.parts.usage.held(service).await {
                    Ok(more) => domains.extend(more),
                    Err(error) => return (id, Err(CommerceError::Port(error.to_string()))),
                }
            }
            (id, Ok(domains))
        });
        Ok(held.buffer_unordered(AT_ONCE).collect().await)
    }

    /// Counts a page of subscriptions in one transaction. Gives how many were counted, and to how many customers a preview
    /// was sent.
    async fn count_page(
        &self,
        page: Vec<Subscription>,
        invoice_on: Date,
        stage: Stage,
        today: Date,
        report: &mut RunReport,
    ) -> Result<(usize, usize), CommerceError> {
        let mut held = self.held_by(page.iter().map(|subscription| subscription.id).collect()).await?;
        let mut answered = Vec::with_capacity(page.len());
        for subscription in page {
            match held.remove(&subscription.id) {
                Some(Ok(domains)) => answered.push((subscription, domains)),
                Some(Err(error)) => {
                    report.failed += 1;
                    self.note_failure(subscription.id, invoice_on, stage.word(), &error).await?;
                }
                None => {}
            }
        }
        let commerce = self.clone();
        self.write(move |tx| {
            let (mut counted, mut previewed) = (0, 0);
            for (subscription, held) in &answered {
                let id = subscription.id;
                let before = store::last_final_before(tx, id, invoice_on)?;
                let count = Count::of(id, invoice_on, stage, today, held.clone(), before.as_ref());
                if !store::insert(tx, &count)? {
                    continue;
                }
                months::clear_failure(tx, id)?;
                counted += 1;
                if stage == Stage::First && is_changed(subscription, &count, before.as_ref()) {
                    let known = due::know(tx, subscription.clone(), count, &commerce.config())?;
                    previewed +=
                        usize::from(commerce.send_preview(tx, &known, before.as_ref(), invoice_on)?);
                }
            }
            months::advance(tx, invoice_on, stage.word(), counted)?;
            Ok((counted, previewed))
        })
        .await
    }

    /// Tells the customer what the next invoice will come to, by the function that bills.
    fn send_preview(
        &self,
        tx: &mut mailkeep_storage::sql::Tx<'_>,
        known: &Known,
        before: Option<&Count>,
        invoice_on: Date,
    ) -> Result<bool, CommerceError> {
        let group = std::slice::from_ref(known);
        let items = due::due(group, &self.config().month, invoice_on);
        let priced = due::price_without_tax(&self.config(), group, &items)?;
        let subscription = &known.subscription;
        let was = before.map_or(subscription.mailboxes, |before| {
            before.open().max(subscription.mailboxes.saturating_sub(before.closed())) + before.closed()
        });
        let domains = services::store::domains_of(tx, subscription.id)?;
        notices::billing_preview(
            tx,
            self.policy(),
            &notices::Preview {
                subscription,
                domains: &domains,
                invoice_on,
                mailboxes_before: was,
                mailboxes: known.billable_mailboxes(),
                net: mailkeep_types::Money::new(priced.totals.net_minor, priced.totals.currency),
            },
        )?;
        Ok(true)
    }
}

/// Whether what is billed will differ from the month before: in mailboxes, or by a change that waits.
fn is_changed(subscription: &Subscription, count: &Count, before: Option<&Count>) -> bool {
    let billed = |count: &Count| {
        let had = count.quantities(subscription.mailboxes, None);
        (had.open, had.closed)
    };
    let was = before.map_or((subscription.mailboxes, 0), billed);
    subscription.pending.is_some() || billed(count) != was
}
