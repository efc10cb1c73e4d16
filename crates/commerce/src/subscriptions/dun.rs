//! Reminders, blocks and the end of a service, by the overdue calendar: one message for each step.

use jiff::civil::Date;
use mailkeep_types::InvoiceId;

use super::run::RunReport;
use super::store;
use crate::commerce::Commerce;
use crate::dunning::OverdueStage;
use crate::error::CommerceError;
use crate::notices;
use crate::periods::days_between;
use crate::services::{BlockKind, block, change};
use crate::{disputes, invoices};

impl Commerce {
    /// Takes the step of the overdue calendar that is due for an invoice on the customer's day.
    pub(crate) async fn dun_invoice(
        &self,
        id: InvoiceId,
        today: Date,
        report: &mut RunReport,
    ) -> Result<(), CommerceError> {
        let (calendar, policy) = (self.config().overdue.clone(), self.policy().clone());
        let (reminded, blocked) = self
            .write(move |tx| {
                let invoice = invoices::store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))?;
                if invoice.open_minor <= 0 || disputes::store::is_open(tx, id)? {
                    return Ok((false, false));
                }
                let mut reminded = false;
                // A reminder of a day on which there was no invoice yet is none.
                let issued = days_between(invoice.pursued_from, invoice.issued_on);
                if let Some(step) = calendar.reminder(invoice.pursued_from, today)
                    && (step >= 0 || step > issued)
                    && store::take_step(tx, id, invoice.dunning_round, step)?
                    && let Some(person) = invoices::store::person(tx, id)?
                {
                    let key = match invoice.dunning_round {
                        0 => format!("step {step}"),
                        round => format!("round {round} step {step}"),
                    };
                    let amount = invoice.open();
                    notices::invoice(
                        tx,
                        &policy,
                        "commerce/invoice_overdue",
                        person,
                        &invoice,
                        amount,
                        &key,
                    )?;
                    reminded = true;
                }
                let stage = calendar.stage(invoice.pursued_from, today);
                let mut blocked = false;
                for subscription in invoices::store::subscriptions(tx, id)? {
                    if stage >= OverdueStage::Blocked {
                        blocked |=
                            block::add_to_services_of(tx, subscription, BlockKind::Overdue, id.uuid())?;
                    }
                    if stage >= OverdueStage::Terminated && store::end(tx, subscription, today)? {
                        change::end_services_of(tx, subscription)?;
                        blocked = true;
                    }
                }
                Ok((reminded, blocked))
            })
            .await?;
        report.reminded += usize::from(reminded);
        report.blocked += usize::from(blocked);
        Ok(())
    }
}
