//! Closing a month: invoices and hosting reports, one invoice for each customer and day, many customers in one transaction.
//!
//! What is done for a customer (count taken late, invoice, journal, report, the next period) is all in one transaction; a
//! batch that fails is done again customer by customer, so that one failure does not hold the others up.

use std::collections::{BTreeSet, HashMap};

use futures_util::future::{join, join_all};
use jiff::civil::Date;
use mailkeep_types::{Currency, CustomerId, SubscriptionId};

use super::INVOICES;
use super::due::{self, Item, Known};
use super::price::OfBill;
use crate::catalogue::pricing::Priced;
use crate::commerce::Commerce;
use crate::counts::{self, Count, Stage};
use crate::error::CommerceError;
use crate::hosting_reports::Report;
use crate::invoices::finalise::Draft;
use crate::orders;
use crate::subscriptions::run::{PAGE, RunReport};
use crate::subscriptions::{self, Subscription};
use crate::taxes::rates;

/// One customer's part of a month, ready to be written.
#[derive(Clone)]
pub(super) struct Closing {
    pub customer: CustomerId,
    pub known: Vec<Known>,
    /// Counts that were taken now, because the day of counting was missed.
    pub late: Vec<Count>,
    pub items: Vec<Item>,
    pub priced: Option<Priced>,
    pub draft: Option<Draft>,
    pub reports: Vec<Report>,
}

impl Commerce {
    /// Closes the month that the date of a time zone has reached for every customer there, and months that were missed
    /// before it.
    ///
    /// # Errors
    /// When the database cannot list what is to be closed; what fails for one customer is noted and tried again.
    pub(crate) async fn close_zone(
        &self,
        zone: &str,
        today: Date,
        report: &mut RunReport,
    ) -> Result<(), CommerceError> {
        let calendar = self.config().month;
        let invoice_on = calendar.invoice_until(today);
        let month = Month { zone, invoice_on, until: calendar.invoice_after(today), today };
        let mut ready = self.prepare_page(&month, None).await?;
        while let Some(page) = ready {
            let after = page.last;
            // While one page is written the next is read and priced; they have no customer in common.
            let (written, next) =
                join(self.write_page(page, &month, report), self.prepare_page(&month, Some(after))).await;
            written?;
            ready = next?;
        }
        Ok(())
    }

    /// Reads one page of customers and prices the oldest month that one of them misses. Gives nothing when all are closed.
    async fn prepare_page(
        &self,
        month: &Month<'_>,
        after: Option<CustomerId>,
    ) -> Result<Option<ReadyPage>, CommerceError> {
        let Month { invoice_on, until, today, .. } = *month;
        let zone = month.zone.to_owned();
        let mut page = self
            .read(move |tx| subscriptions::store::to_close(tx, &zone, invoice_on, until, today, after, PAGE))
            .await?;
        let Some(mut last) = page.last().map(|subscription| subscription.customer) else { return Ok(None) };
        // The last customer of a full page may go on beyond it; they come first on the next.
        if page.len() >= PAGE as usize && page.first().is_some_and(|first| first.customer != last) {
            page.retain(|subscription| subscription.customer != last);
            last = page.last().map_or(last, |subscription| subscription.customer);
        }
        let calendar = self.config().month;
        let oldest = page.iter().map(|s| calendar.invoice_until(s.next_on)).min().unwrap_or(invoice_on);
        let oldest = oldest.min(invoice_on);
        let batch = self.prepare_batch(&page, oldest, month).await?;
        Ok(Some(ReadyPage { subscriptions: page, last, oldest, batch }))
    }

    /// Writes one page of customers, the oldest missed month first; what comes after that is priced in turn.
    async fn write_page(
        &self,
        page: ReadyPage,
        month: &Month<'_>,
        report: &mut RunReport,
    ) -> Result<(), CommerceError> {
        let ReadyPage { mut subscriptions, oldest: mut closed, mut batch, .. } = page;
        loop {
            let failed = self.write_batch(batch, closed, report).await?;
            if closed >= month.invoice_on {
                return Ok(());
            }
            // Only months that were missed are gone through one by one.
            subscriptions.retain(|subscription| !failed.contains(&subscription.customer));
            subscriptions = self
                .read(move |tx| {
                    let again = |s: &Subscription| subscriptions::store::find(tx, s.id).transpose();
                    subscriptions.iter().filter_map(again).collect::<Result<Vec<_>, _>>()
                })
                .await?;
            closed = self.config().month.invoice_after(closed);
            batch = self.prepare_batch(&subscriptions, closed, month).await?;
        }
    }

    /// Prices one month of many customers, as far as it is due. What fails is noted.
    async fn prepare_batch(
        &self,
        page: &[Subscription],
        invoice_on: Date,
        month: &Month<'_>,
    ) -> Result<Batch, CommerceError> {
        let until = self.config().month.invoice_after(invoice_on);
        let mut groups: Vec<Vec<Subscription>> = Vec::new();
        for subscription in page {
            let due = subscription.next_on < until && !subscription.cancel_at_end;
            if !due && invoice_on < month.invoice_on {
                continue;
            }
            match groups.last_mut().filter(|group| group[0].customer == subscription.customer) {
                Some(group) => group.push(subscription.clone()),
                None => groups.push(vec![subscription.clone()]),
            }
        }
        let mut batch = Batch { ready: Vec::with_capacity(groups.len()), failed: Vec::new() };
        let config = self.config().tax.clone();
        let rules = self.read(move |tx| rates::rules(tx, &config)).await?;
        let of_bill = OfBill { ledger_head: self.ledger_head().await?, rules };
        let known =
            self.known_of(groups, invoice_on, month.today).await?.into_iter().flat_map(Gathered::by_currency);
        let closings = known.map(|known| self.prepare_closing(known, invoice_on, month.today, &of_bill));
        for (customer, ids, closing) in join_all(closings).await {
            match closing {
                Ok(closing) => batch.ready.push(closing),
                Err(error) => {
                    batch.failed.push(customer);
                    self.note_all(&ids, invoice_on, &error).await?;
                }
            }
        }
        Ok(batch)
    }

    /// Writes one month of many customers. Gives those that failed.
    async fn write_batch(
        &self,
        batch: Batch,
        invoice_on: Date,
        report: &mut RunReport,
    ) -> Result<Vec<CustomerId>, CommerceError> {
        let Batch { ready, mut failed } = batch;
        report.failed += failed.len();
        match self.write_closings(ready.clone(), invoice_on).await {
            Ok(written) => {
                report.billed += written.billed;
                report.reported += written.reported;
            }
            Err(error) if ready.len() > 1 => {
                tracing::warn!(code = error.code(), %error, "a batch of the month failed; going on one by one");
                for closing in ready {
                    let (customer, ids) = (closing.customer, closing.ids());
                    match self.write_closings(vec![closing], invoice_on).await {
                        Ok(written) => {
                            report.billed += written.billed;
                            report.reported += written.reported;
                        }
                        Err(error) => {
                            report.failed += 1;
                            failed.push(customer);
                            self.note_all(&ids, invoice_on, &error).await?;
                        }
                    }
                }
            }
            Err(error) => {
                for closing in ready {
                    report.failed += 1;
                    failed.push(closing.customer);
                    self.note_all(&closing.ids(), invoice_on, &error).await?;
                }
            }
        }
        Ok(failed)
    }

    async fn note_all(
        &self,
        ids: &[SubscriptionId],
        invoice_on: Date,
        error: &CommerceError,
    ) -> Result<(), CommerceError> {
        for id in ids {
            self.note_failure(*id, invoice_on, INVOICES, error).await?;
        }
        Ok(())
    }

    /// Reads what is known of a batch; what was not counted in time is counted now.
    async fn known_of(
        &self,
        batch: Vec<Vec<Subscription>>,
        invoice_on: Date,
        today: Date,
    ) -> Result<Vec<Gathered>, CommerceError> {
        let ids: Vec<SubscriptionId> = batch.iter().flatten().map(|s| s.id).collect();
        let counted: Vec<Option<Count>> = self
            .read(move |tx| {
                ids.iter().map(|id| counts::store::find(tx, *id, invoice_on, Stage::Final)).collect()
            })
            .await?;
        let missing = |(s, count): (&Subscription, &Option<Count>)| count.is_none().then_some(s.id);
        let late: Vec<SubscriptionId> = batch.iter().flatten().zip(&counted).filter_map(missing).collect();
        let config = self.config().clone();
        let mut failures: HashMap<SubscriptionId, CommerceError> = HashMap::new();
        let mut answered = HashMap::new();
        if !late.is_empty() {
            for (id, held) in self.held_by(late).await? {
                match held {
                    Ok(domains) => drop(answered.insert(id, domains)),
                    Err(error) => drop(failures.insert(id, error)),
                }
            }
        }
        let unanswered: Vec<SubscriptionId> = failures.keys().copied().collect();
        let mut gathered = self
            .read(move |tx| {
                let mut counted = counted.iter().cloned();
                let mut all = Vec::with_capacity(batch.len());
                for group in &batch {
                    let customer = group[0].customer;
                    let billing = orders::store::profile(tx, customer)?;
                    let mut one =
                        Gathered { customer, billing, known: Vec::new(), late: Vec::new(), failed: None };
                    for subscription in group {
                        let count = match counted.next().flatten() {
                            Some(count) => count,
                            None if unanswered.contains(&subscription.id) => {
                                one.failed = Some((subscription.id, None));
                                continue;
                            }
                            None => {
                                let id = subscription.id;
                                let before = counts::store::last_final_before(tx, id, invoice_on)?;
                                let held = answered.get(&id).cloned().unwrap_or_default();
                                let stage = Stage::Final;
                                let count = Count::of(id, invoice_on, stage, today, held, before.as_ref());
                                one.late.push(count.clone());
                                count
                            }
                        };
                        one.known.push(due::know(tx, subscription.clone(), count, &config)?);
                    }
                    all.push(one);
                }
                Ok(all)
            })
            .await?;
        for one in &mut gathered {
            if let Some((id, error)) = &mut one.failed {
                *error = failures.remove(id);
            }
        }
        Ok(gathered)
    }
}

/// A month that is closed now in one time zone.
struct Month<'a> {
    zone: &'a str,
    /// The invoice day that the zone's date has reached.
    invoice_on: Date,
    /// The invoice day after it.
    until: Date,
    today: Date,
}

/// One page of customers with the oldest month that they miss, priced.
struct ReadyPage {
    subscriptions: Vec<Subscription>,
    /// The last customer of the page; the next page begins after it.
    last: CustomerId,
    /// The invoice day of the oldest month.
    oldest: Date,
    batch: Batch,
}

/// One month of many customers.
struct Batch {
    ready: Vec<Closing>,
    /// Who could not be counted or priced.
    failed: Vec<CustomerId>,
}

impl Closing {
    fn ids(&self) -> Vec<SubscriptionId> {
        self.known.iter().map(|known| known.subscription.id).collect()
    }
}

/// What is known of a customer before it is priced.
pub(super) struct Gathered {
    pub customer: CustomerId,
    /// The sealed billing address.
    pub billing: Option<Vec<u8>>,
    pub known: Vec<Known>,
    pub late: Vec<Count>,
    /// A subscription whose mailboxes could not be counted.
    pub failed: Option<(SubscriptionId, Option<CommerceError>)>,
}

impl Gathered {
    /// One part for each currency: an invoice has one.
    fn by_currency(self) -> Vec<Gathered> {
        let currencies: BTreeSet<Currency> =
            self.known.iter().map(|known| known.next_plan.currency).collect();
        if currencies.len() < 2 {
            return vec![self];
        }
        let Gathered { customer, billing, known, late, mut failed } = self;
        let part = |currency: Currency| {
            let known: Vec<Known> =
                known.iter().filter(|known| known.next_plan.currency == currency).cloned().collect();
            let mine = |count: &&Count| known.iter().any(|k| k.subscription.id == count.subscription);
            let late = late.iter().filter(mine).cloned().collect();
            Gathered { customer, billing: billing.clone(), known, late, failed: failed.take() }
        };
        currencies.into_iter().map(part).collect()
    }
}
