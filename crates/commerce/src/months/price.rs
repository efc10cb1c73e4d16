//! Pricing one customer's month: the invoice and the hosting reports, ready to be written.

use jiff::civil::Date;
use mailkeep_policy::{Act, Actor, Fact, Grant, Json, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_types::{CustomerId, SubscriptionId};

use super::close::{Closing, Gathered};
use super::due;
use crate::catalogue::pricing::price;
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::hosting_reports::{Report, ReportDays};
use crate::invoices::finalise::{Billable, Terms};
use crate::orders::BillingDetails;
use crate::periods::Interval;
use crate::taxes::{TaxConfig, TaxParty};

/// What every bill of a batch is made with.
pub(super) struct OfBill {
    /// The newest line of the ledger, to be printed.
    pub ledger_head: Option<String>,
    /// The rules of taxes in force.
    pub rules: TaxConfig,
}

impl Commerce {
    /// Prices one customer's month and seals its invoice.
    pub(super) async fn prepare_closing(
        &self,
        mut gathered: Gathered,
        invoice_on: Date,
        today: Date,
        of_bill: &OfBill,
    ) -> (CustomerId, Vec<SubscriptionId>, Result<Closing, CommerceError>) {
        let (customer, failed) = (gathered.customer, gathered.failed.take());
        let mut ids: Vec<SubscriptionId> = gathered.known.iter().map(|known| known.subscription.id).collect();
        ids.extend(failed.as_ref().map(|(id, _)| *id));
        if let Some((_, error)) = failed {
            let error =
                error.unwrap_or_else(|| CommerceError::Port("mailboxes could not be counted".to_owned()));
            return (customer, ids, Err(error));
        }
        let closing = self.price_closing(gathered, invoice_on, today, of_bill).await;
        (customer, ids, closing)
    }

    async fn price_closing(
        &self,
        gathered: Gathered,
        invoice_on: Date,
        today: Date,
        of_bill: &OfBill,
    ) -> Result<Closing, CommerceError> {
        let Gathered { customer, known, late, .. } = gathered;
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
            let sealed = gathered.billing.ok_or(CommerceError::NotFound("billing address"))?;
            self.draft_closing(&mut closing, sealed, &grant, invoice_on, of_bill)?;
        }
        self.report_closing(&mut closing, invoice_on, today)?;
        Ok(closing)
    }

    /// Prices and drafts with the customer's billing address open.
    fn draft_closing(
        &self,
        closing: &mut Closing,
        sealed: Vec<u8>,
        grant: &Grant<purpose::Deliver>,
        invoice_on: Date,
        of_bill: &OfBill,
    ) -> Result<(), CommerceError> {
        let OfBill { ledger_head, rules } = of_bill;
        let customer = closing.customer;
        let place = Place { table: "billing_profiles", column: "details", row: customer.uuid() };
        let sealed = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(sealed);
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
            let taxes = self.taxes_of(rules, &brand, TaxParty::of(billing), issued_on, exemption.clone());
            let (known, items) = (&closing.known, &closing.items);
            let priced = due::price_items(&self.config(), known, items, |request| price(request, &taxes))?;
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
