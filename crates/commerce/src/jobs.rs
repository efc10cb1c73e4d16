//! What this domain does in the background. The server registers one handler for each kind; payloads hold identifiers.

use std::time::Duration;

use mailkeep_storage::jobs::{Job, JobError};
use mailkeep_types::{InvoiceId, OrderId, PaymentAttemptId, ServiceId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::commerce::Commerce;
use crate::error::{CommerceError, Who};

/// Takes an order as far as it goes without a person. Payload [`OrderJob`].
pub const ADVANCE_ORDER: &str = "commerce.advance_order";
/// Asks the processor what became of an attempt. Payload [`AttemptJob`].
pub const RECONCILE: &str = "commerce.reconcile_payment";
/// Charges an invoice when it is time. Payload [`InvoiceJob`].
pub const COLLECT: &str = "commerce.collect_invoice";
/// Renders an invoice's document. Payload [`InvoiceJob`].
pub const RENDER: &str = "commerce.render_invoice";
/// Draws the documents of an invoice's credit notes. Payload [`InvoiceJob`].
pub const RENDER_NOTES: &str = "commerce.render_credit_notes";
/// Tells the subscriptions of a plan of its new price. Payload [`PriceChangeJob`].
pub const ANNOUNCE_PRICES: &str = "commerce.announce_prices";
/// Tells everybody who has something that the terms change. Payload [`TermsJob`].
pub const ANNOUNCE_TERMS: &str = "commerce.announce_terms";
/// Tells the mail side of everything under a class of service. Payload [`ClassJob`].
pub const CLASS_CHANGED: &str = "commerce.class_changed";
/// For the mail side: makes the files of a hand-over. Payload [`HandOverJob`].
pub const MAKE_HAND_OVER: &str = "commerce.make_hand_over";
/// Recurring, for the mail side: removes the files of hand-overs whose time is over. See [`HAND_OVERS_EVERY`].
pub const SWEEP_HAND_OVERS: &str = "commerce.sweep_hand_overs";
/// For the mail side: a service's desired state changed. Payload [`ServiceChanged`].
pub const SERVICE_CHANGED: &str = "commerce.service_changed";
/// Recurring: bills what is due, collects, reminds and blocks. See [`BILLING_EVERY`].
pub const BILLING_RUN: &str = "commerce.billing_run";
/// Recurring: reconciles attempts without an answer and throws expired carts away. See [`RECONCILE_EVERY`].
pub const RECONCILE_OPEN: &str = "commerce.reconcile_open";

/// How often the billing run looks whether something is due; it bills by local dates.
pub const BILLING_EVERY: Duration = Duration::from_secs(15 * 60);
/// How often attempts without an answer are looked at.
pub const RECONCILE_EVERY: Duration = Duration::from_secs(60);

/// How often hand-overs are looked at whose time is over.
pub const HAND_OVERS_EVERY: Duration = Duration::from_secs(60 * 60);

/// Names a hand-over.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct HandOverJob {
    /// The hand-over.
    pub hand_over_id: Uuid,
}

/// Names an order.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct OrderJob {
    /// The order.
    pub order_id: OrderId,
}

/// Names a payment attempt.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AttemptJob {
    /// The attempt.
    pub attempt_id: PaymentAttemptId,
}

/// Names an invoice.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct InvoiceJob {
    /// The invoice.
    pub invoice_id: InvoiceId,
}

/// Names a price change.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct PriceChangeJob {
    /// The price change.
    pub price_change_id: Uuid,
}

/// Names a version of the terms.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct TermsJob {
    /// The version.
    pub terms_id: Uuid,
}

/// Names a class of service.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClassJob {
    /// Its key.
    pub class_key: String,
}

/// Names a service whose desired state changed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ServiceChanged {
    /// The service; read what it is to be like with [`Commerce::desired_service`].
    pub service_id: ServiceId,
}

impl Commerce {
    /// Runs one of this crate's jobs, all kinds but [`SERVICE_CHANGED`], [`MAKE_HAND_OVER`] and
    /// [`SWEEP_HAND_OVERS`], which are the mail side's.
    pub async fn run_job(&self, job: &Job) -> Result<(), JobError> {
        let done = match job.kind.as_str() {
            ADVANCE_ORDER => self.advance_order(job.payload::<OrderJob>()?.order_id).await.map(|_| ()),
            RECONCILE => self.reconcile_attempt(job.payload::<AttemptJob>()?.attempt_id).await,
            COLLECT => self.collect_invoice(job.payload::<InvoiceJob>()?.invoice_id).await.map(|_| ()),
            RENDER => self.render_invoice(job.payload::<InvoiceJob>()?.invoice_id).await,
            RENDER_NOTES => self.render_credit_notes(job.payload::<InvoiceJob>()?.invoice_id).await,
            ANNOUNCE_PRICES => self.announce_prices(job.payload::<PriceChangeJob>()?.price_change_id).await,
            ANNOUNCE_TERMS => self.announce_terms(job.payload::<TermsJob>()?.terms_id).await,
            CLASS_CHANGED => self.announce_class(&job.payload::<ClassJob>()?.class_key).await,
            BILLING_RUN => self.run_billing().await.map(|_| ()),
            RECONCILE_OPEN => self.tidy().await,
            other => return Err(JobError::dead(format!("commerce knows no job of the kind {other}"))),
        };
        done.map_err(|error| match error.who() {
            Who::Later => JobError::retry(error),
            // A person must look; until then it is tried again, further apart each time.
            Who::Customer | Who::Staff | Who::Operator => {
                JobError::retry(format!("{}: {error}", error.code()))
            }
        })
    }

    async fn tidy(&self) -> Result<(), CommerceError> {
        self.reconcile_open_attempts().await?;
        self.take_open_disputes().await?;
        self.write(|tx| Ok(crate::carts::store::delete_expired(tx)?)).await?;
        self.end_verifications().await?;
        self.forget_refused().await?;
        Ok(())
    }
}
