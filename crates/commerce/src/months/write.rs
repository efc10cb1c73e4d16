//! Writing what is to be closed: many customers in one transaction, each whole or not at all.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;

use super::close::Closing;
use super::{INVOICES, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::{add_ons, counts, hosting_reports, price_changes, services, subscriptions};

/// What was written.
#[derive(Clone, Copy, Default)]
pub(super) struct Written {
    pub billed: usize,
    pub reported: usize,
}

impl Commerce {
    /// Writes a batch in one transaction.
    pub(super) async fn write_closings(
        &self,
        closings: Vec<Closing>,
        invoice_on: Date,
    ) -> Result<Written, CommerceError> {
        if closings.is_empty() {
            return Ok(Written::default());
        }
        let commerce = self.clone();
        self.write(move |tx| {
            let mut written = Written::default();
            for closing in &closings {
                commerce.write_closing(tx, closing, &mut written)?;
            }
            store::advance(tx, invoice_on, INVOICES, written.reported)?;
            Ok(written)
        })
        .await
    }

    fn write_closing(
        &self,
        tx: &mut Tx<'_>,
        closing: &Closing,
        written: &mut Written,
    ) -> Result<(), CommerceError> {
        for count in &closing.late {
            counts::store::insert(tx, count)?;
        }
        let invoice = closing.draft.as_ref().map(|draft| draft.id);
        for item in &closing.items {
            let subscription = &closing.known[item.of].subscription;
            let id = subscription.id;
            let moved = || CommerceError::State("another run billed this period meanwhile".to_owned());
            if !subscriptions::store::bill(tx, id, item.period, item.covers, invoice)? {
                return Err(moved());
            }
            if let Some(next) = &item.next {
                if !subscriptions::store::go_on(tx, next)? {
                    return Err(moved());
                }
                let (plan, known) = (&item.used.plan, &closing.known[item.of]);
                add_ons::end_unsold(tx, known, plan, next.interval, next.period.start)?;
                if next.plan_version != subscription.plan_version {
                    services::change::change_plan_of(tx, id, next.plan_version, next.mailboxes)?;
                    price_changes::store::set_applied(tx, id, next.plan_version)?;
                }
            }
            written.billed += 1;
        }
        if let Some((draft, first)) = closing.draft.as_ref().zip(closing.items.first()) {
            self.finalise_invoice(tx, draft, closing.known[first.of].subscription.person)?;
        }
        for report in &closing.reports {
            let billed = closing
                .items
                .iter()
                .any(|item| closing.known[item.of].subscription.id == report.subscription);
            if hosting_reports::store::insert(tx, report, invoice.filter(|_| billed))? {
                written.reported += 1;
            }
            store::clear_failure(tx, report.subscription)?;
        }
        Ok(())
    }
}
