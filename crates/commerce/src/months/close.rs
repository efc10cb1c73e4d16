//! Closing a month: invoices and hosting reports, one invoice for each customer and day, many customers in one transaction.
//!
//! What is done for a customer (count taken late, invoice, journal, report, the next period) is all in one transaction; a
//! batch that fails is done again customer by customer, so that one failure does not hold the others up.

use std::collections::{BTreeSet, HashMap};

use futures_util::future::join_all;
use jiff::civil::Date;
use mailkeep_policy::{Act, Actor, Fact, Grant, Json, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_types::{Currency, CustomerId, SubscriptionId};

use super::INVOICES;
use super::due::{self, Item, Known};
use crate::catalogue::pricing::{Priced, price};
use crate::commerce::Commerce;
use crate::counts::{self, Count, Stage};
use crate::error::CommerceError;
use crate::hosting_reports::{Report, ReportDays};
use crate::invoices::finalise::{Billable, Draft, Terms};
use crate::orders::{self, BillingDetails};
use crate::periods::Interval;
use crate::subscriptions::run::{PAGE, RunReport};
use crate::subscriptions::{self, Subscription};
use crate::taxes::TaxParty;

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
        let until = calendar.invoice_after(today);
        let mut after = None;
        loop {
            let zone = zone.to_owned();
            let mut page = self
                .read(move |tx| {
                    subscriptions::store::to_close(tx, &zone, invoice_on, until, today, after, PAGE)
                })
                .await?;
            let Some(last) = page.last().map(|subscription| subscription.customer) else { break };
            // The last customer of a full page may go on beyond it; they come first on the next.
            if page.len() >= PAGE as usize && page.first().is_some_and(|first| first.customer != last) {
                page.retain(|subscription| subscription.customer != last);
            }
            after = page.last().map(|subscription| subscription.customer);
            self.close_page(page, invoice_on, today, report).await?;
        }
        Ok(())
    }

    /// Closes one page of customers, the oldest missed month first.
    async fn close_page(
        &self,
        mut page: Vec<Subscription>,
        invoice_on: Date,
        today: Date,
        report: &mut RunReport,
    ) -> Result<(), CommerceError> {
        let calendar = self.config().month;
        let oldest = page.iter().map(|s| calendar.invoice_until(s.next_on)).min().unwrap_or(invoice_on);
        let mut month = oldest.min(invoice_on);
        while month <= invoice_on {
            let until = calendar.invoice_after(month);
            let mut batch: Vec<Vec<Subscription>> = Vec::new();
            for subscription in &page {
                let due = subscription.next_on < until && !subscription.cancel_at_end;
                if !due && month < invoice_on {
                    continue;
                }
                match batch.last_mut().filter(|group| group[0].customer == subscription.customer) {
                    Some(group) => group.push(subscription.clone()),
                    None => batch.push(vec![subscription.clone()]),
                }
            }
            let failed = self.close_batch(batch, month, today, report).await?;
            page.retain(|subscription| !failed.contains(&subscription.customer));
            if month < invoice_on {
                // Only months that were missed are gone through one by one.
                page = self
                    .read(move |tx| {
                        let again = |s: &Subscription| subscriptions::store::find(tx, s.id);
                        Ok(page
                            .iter()
                            .map(again)
                            .collect::<Result<Vec<_>, _>>()?
                            .into_iter()
                            .flatten()
                            .collect())
                    })
                    .await?;
            }
            month = until;
        }
        Ok(())
    }

    /// Closes one month of many customers. Gives those that failed.
    async fn close_batch(
        &self,
        batch: Vec<Vec<Subscription>>,
        invoice_on: Date,
        today: Date,
        report: &mut RunReport,
    ) -> Result<Vec<CustomerId>, CommerceError> {
        let mut failed = Vec::new();
        let mut ready = Vec::with_capacity(batch.len());
        let known =
            self.known_of(batch, invoice_on, today).await?.into_iter().flat_map(Gathered::by_currency);
        let closings = known.map(|known| self.prepare_closing(known, invoice_on, today));
        for (customer, ids, closing) in join_all(closings).await {
            match closing {
                Ok(closing) => ready.push(closing),
                Err(error) => {
                    report.failed += 1;
                    failed.push(customer);
                    self.note_all(&ids, invoice_on, &error).await?;
                }
            }
        }
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
                    let mut one = Gathered { customer, known: Vec::new(), late: Vec::new(), failed: None };
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

    /// Prices one customer's month and seals its invoice.
    async fn prepare_closing(
        &self,
        gathered: Gathered,
        invoice_on: Date,
        today: Date,
    ) -> (CustomerId, Vec<SubscriptionId>, Result<Closing, CommerceError>) {
        let Gathered { customer, known, late, failed } = gathered;
        let mut ids: Vec<SubscriptionId> = known.iter().map(|known| known.subscription.id).collect();
        ids.extend(failed.as_ref().map(|(id, _)| *id));
        if let Some((_, error)) = failed {
            let error =
                error.unwrap_or_else(|| CommerceError::Port("mailboxes could not be counted".to_owned()));
            return (customer, ids, Err(error));
        }
        let closing = self.price_closing(customer, known, late, invoice_on, today).await;
        (customer, ids, closing)
    }

    async fn price_closing(
        &self,
        customer: CustomerId,
        known: Vec<Known>,
        late: Vec<Count>,
        invoice_on: Date,
        today: Date,
    ) -> Result<Closing, CommerceError> {
        let items = due::due(&known, &self.config().month, invoice_on);
        let mut closing =
            Closing { customer, known, late, items, priced: None, draft: None, reports: Vec::new() };
        if let Some(first) = closing.items.first() {
            let fact = Fact::ServiceOrdered(closing.known[first.of].subscription.id.uuid());
            let grant = self
                .policy()
                .grant::<purpose::Deliver>(Use {
                    actor: Actor::System("billing run"),
                    subject: Subject::customer(customer),
                    act: Act::Read,
                    fields: &["billing_profiles.details"],
                    fact,
                })
                .await?;
            self.draft_closing(&mut closing, &grant, invoice_on).await?;
        }
        self.report_closing(&mut closing, invoice_on, today)?;
        Ok(closing)
    }

    /// Prices and drafts with the customer's billing address open.
    async fn draft_closing(
        &self,
        closing: &mut Closing,
        grant: &Grant<purpose::Deliver>,
        invoice_on: Date,
    ) -> Result<(), CommerceError> {
        let customer = closing.customer;
        let sealed = self
            .read(move |tx| {
                orders::store::profile(tx, customer)?.ok_or(CommerceError::NotFound("billing address"))
            })
            .await?;
        let place = Place { table: "billing_profiles", column: "details", row: customer.uuid() };
        let sealed = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(sealed);
        let ledger_head = self.ledger_head().await?;
        let billables: Vec<Billable> = closing
            .items
            .iter()
            .map(|item| {
                let known = &closing.known[item.of];
                Billable {
                    subscription: known.subscription.id,
                    plan_version: item.used.plan.id,
                    plan_name: item.used.plan.name.clone(),
                    domain: known.domains.join(", "),
                    period: item.period,
                }
            })
            .collect();
        let brand = closing.known.first().map(|known| known.brand.clone()).unwrap_or_default();
        let exemption = closing.known.iter().find_map(|known| known.favours.exemption.clone());
        // What begins anew after the invoice day is invoiced on its own first day.
        let begins = closing.items.iter().filter_map(|item| {
            let anchor = closing.known[item.of].subscription.anchor;
            (item.next.is_some() && anchor == item.period.start).then_some(anchor)
        });
        let issued_on = begins.max().map_or(invoice_on, |begins| begins.max(invoice_on));
        let pay_by = self.config().month.month(invoice_on).payment.max(issued_on);
        let (priced, draft) = self.policy().open(grant, place, &sealed, |Json(billing)| {
            let taxes = self.taxes_of(&brand, TaxParty::of(billing), issued_on, exemption.clone());
            let (known, items) = (&closing.known, &closing.items);
            let priced = due::price_items(self.config(), known, items, |request| price(request, &taxes))?;
            let terms = Terms {
                customer,
                billing,
                brand: &brand,
                order_number: None,
                issued_on,
                pay_by: Some(pay_by),
                ledger_head: ledger_head.clone(),
            };
            let draft = self.draft_invoice(&terms, &billables, &priced)?;
            Ok::<_, CommerceError>((priced, draft))
        })??;
        closing.draft = (draft.totals.total_minor != 0).then_some(draft);
        closing.priced = Some(priced);
        Ok(())
    }

    /// Makes the hosting reports.
    fn report_closing(
        &self,
        closing: &mut Closing,
        invoice_on: Date,
        today: Date,
    ) -> Result<(), CommerceError> {
        let calendar = self.config().month;
        for (of, known) in closing.known.iter().enumerate() {
            if known.subscription.anchor >= invoice_on {
                continue;
            }
            let billed: Vec<_> = closing
                .items
                .iter()
                .enumerate()
                .filter(|(_, item)| item.of == of)
                .map(|(at, item)| (at, item.period))
                .collect();
            let next = closing.items.iter().find_map(|item| item.next.filter(|_| item.of == of));
            let renewal = next.map_or(known.subscription.next_on, |next| next.period.end);
            let interval = next.map_or(known.subscription.interval, |next| next.interval);
            let days = ReportDays {
                invoice_on,
                generated_on: today,
                next_billing: match interval {
                    Interval::Monthly => calendar.invoice_after(invoice_on),
                    _ => calendar.invoice_until(renewal),
                },
                renewal,
            };
            let in_full = self.config().closed_mailboxes_in_full;
            let priced = closing.priced.as_ref();
            closing.reports.push(Report::of(known, next.is_some(), days, priced, &billed, in_full)?);
        }
        Ok(())
    }
}

impl Closing {
    fn ids(&self) -> Vec<SubscriptionId> {
        self.known.iter().map(|known| known.subscription.id).collect()
    }
}

/// What is known of a customer before it is priced.
struct Gathered {
    customer: CustomerId,
    known: Vec<Known>,
    late: Vec<Count>,
    /// A subscription whose mailboxes could not be counted.
    failed: Option<(SubscriptionId, Option<CommerceError>)>,
}

impl Gathered {
    /// One part for each currency: an invoice has one.
    fn by_currency(self) -> Vec<Gathered> {
        let currencies: BTreeSet<Currency> =
            self.known.iter().map(|known| known.next_plan.currency).collect();
        if currencies.len() < 2 {
            return vec![self];
        }
        let Gathered { customer, known, late, mut failed } = self;
        let part = |currency: Currency| {
            let known: Vec<Known> =
                known.iter().filter(|known| known.next_plan.currency == currency).cloned().collect();
            let mine = |count: &&Count| known.iter().any(|k| k.subscription.id == count.subscription);
            let late = late.iter().filter(mine).cloned().collect();
            Gathered { customer, known, late, failed: failed.take() }
        };
        currencies.into_iter().map(part).collect()
    }
}
