//! Finalising: number, lines, balance, journal, document job and notice in the caller's transaction.

use jiff::civil::Date;
use mailkeep_policy::{Json, Personal, Place, Subject, category};
use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, InvoiceId, PersonId, SubscriptionId, new_uuid};
use uuid::Uuid;

use super::{InvoiceLine, Snapshot, SnapshotLine, Taxed, store};
use crate::catalogue::pricing::{Priced, quantity_text};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::jobs::{InvoiceJob, RENDER};
use crate::orders::BillingDetails;
use crate::periods::Period;
use crate::totals::Totals;
use crate::{journal, notices};

/// For which subscription the lines of one plan are billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billable {
    /// The subscription.
    pub subscription: SubscriptionId,
    /// The plan as sold.
    pub plan_version: Uuid,
    /// Its name.
    pub plan_name: String,
    /// The domain.
    pub domain: String,
    /// The days that are paid for.
    pub period: Period,
}

/// What an invoice needs besides its lines.
pub struct Terms<'a> {
    /// Whose it is.
    pub customer: CustomerId,
    /// To whom it is written.
    pub billing: &'a BillingDetails,
    /// The brand under which it is sold; empty for the house's own.
    pub brand: &'a str,
    /// The number of the order, on its first invoice.
    pub order_number: Option<&'a str>,
    /// The customer's local date.
    pub issued_on: Date,
    /// The day of payment of the billing month; it is due then, or after the days of the configuration if that is later.
    pub pay_by: Option<Date>,
    /// The newest signed head of the ledger.
    pub ledger_head: Option<String>,
}

/// An invoice that is computed and sealed, and lacks only its number.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(crate) id: InvoiceId,
    pub(crate) customer: CustomerId,
    pub(crate) series: String,
    pub(crate) totals: Totals,
    pub(crate) lines: Vec<InvoiceLine>,
    pub(crate) issued_on: Date,
    pub(crate) due_on: Date,
    pub(crate) snapshot: Vec<u8>,
}

impl Commerce {
    /// Puts what was priced, by the function that quotes, on an invoice, and seals what it says. `billables` are the
    /// plans of the priced request in their order; what belongs to no plan is billed with the first.
    ///
    /// # Errors
    /// [`CommerceError::Stored`] when a line has no plan to be billed with.
    pub(crate) fn draft_invoice(
        &self,
        terms: &Terms<'_>,
        billables: &[Billable],
        priced: &Priced,
    ) -> Result<Draft, CommerceError> {
        let id = InvoiceId::new(&**self.clock());
        let config = self.config();
        let invoices = config.invoices_of(terms.brand);
        let due_days = i64::from(invoices.due_days);
        let due_on = terms.issued_on.checked_add(jiff::Span::new().days(due_days)).unwrap_or(terms.issued_on);
        let due_on = terms.pay_by.map_or(due_on, |pay_by| due_on.max(pay_by));
        let rows: Vec<_> = priced
            .rows()
            .map(|(line, tax, total)| {
                let billable = billables.get(line.plan.unwrap_or(0));
                let billable = billable.ok_or(CommerceError::Stored("line without a subscription"))?;
                Ok((billable, line, tax, *total))
            })
            .collect::<Result<_, CommerceError>>()?;
        let main = priced.main_tax();
        let snapshot = Snapshot {
            seller: self.config().seller_of(terms.brand).clone(),
            customer: terms.billing.clone(),
            tax_name: main.name,
            tax_rate: main.rate,
            taxes: priced.tax_rows(),
            order_number: terms.order_number.map(str::to_owned),
            lines: rows
                .iter()
                .map(|(b, line, tax, total)| SnapshotLine {
                    plan: b.plan_name.clone(),
                    domain: b.domain.clone(),
                    period: b.period,
                    quantity: quantity_text(line.quantity),
                    unit_minor: line.unit_minor,
                    total: *total,
                    kind: line.kind,
                    item: line.key.as_ref().map(|_| line.name.clone()),
                    measure: line.measure,
                    tax: Some((*tax).clone()),
                })
                .collect(),
            totals: priced.totals.clone(),
            issued_on: terms.issued_on,
            due_on,
            ledger_head: terms.ledger_head.clone(),
        };
        let snapshot: Personal<_, category::Invoice> = Personal::new(Json(snapshot));
        let place = Place { table: "invoices", column: "snapshot", row: id.uuid() };
        let snapshot = self.policy().seal(Subject::customer(terms.customer), place, &snapshot)?.into_bytes();
        let lines = (1i64..)
            .zip(&rows)
            .map(|(position, (b, line, tax, total))| InvoiceLine {
                position,
                subscription: b.subscription,
                plan_version: b.plan_version,
                kind: line.kind,
                item_key: line.key.clone(),
                quantity: line.quantity,
                measure: line.measure,
                unit_minor: line.unit_minor,
                total: *total,
                tax_rate: tax.rate,
                taxed: Taxed {
                    place: tax.place.clone(),
                    class: line.tax_class.clone(),
                    treatment: tax.treatment.word().to_owned(),
                },
                period: b.period,
            })
            .collect();
        let (customer, issued_on) = (terms.customer, terms.issued_on);
        let (totals, series) = (priced.totals.clone(), invoices.series.clone());
        Ok(Draft { id, customer, series, totals, lines, issued_on, due_on, snapshot })
    }

    /// Issues a draft in the caller's transaction: whatever the transaction does is issued with it or not at all.
    pub(crate) fn finalise_invoice(
        &self,
        tx: &mut Tx<'_>,
        draft: &Draft,
        person: PersonId,
    ) -> Result<String, CommerceError> {
        let series = draft.series.as_str();
        let sequence = journal::store::next_number(tx, series)?;
        let number = format!("{series}-{sequence:06}");
        store::insert(tx, draft, series, sequence, &number)?;
        let totals = &draft.totals;
        let entry = journal::entry::invoice_issued(
            draft.id.uuid(),
            draft.customer,
            draft.issued_on,
            totals.currency,
            totals.net_minor,
            totals.tax_minor,
        );
        journal::store::book(tx, new_uuid(&**self.clock()), &entry)?;
        enqueue(tx, NewJob::new(RENDER, &InvoiceJob { invoice_id: draft.id }).key(draft.id.to_string()))?;
        let invoice = store::find(tx, draft.id)?.ok_or(CommerceError::NotFound("invoice"))?;
        notices::invoice(
            tx,
            self.policy(),
            "commerce/invoice_issued",
            person,
            &invoice,
            invoice.total(),
            "issued",
        )?;
        Ok(number)
    }
}
