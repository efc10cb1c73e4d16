//! Stripe as the card processor, by its HTTP API and its own payment page.
//!
//! The payer types the card on Stripe's page; we hold names of things there (`pi_…`, `cus_…/pm_…`) and nothing else. Every
//! call that moves money carries the attempt's identifier twice: as `Idempotency-Key`, under which Stripe gives the same
//! answer again, and in the metadata of what the call makes, by which [`Processor::find`] knows it for ever after.
//!
//! [`answers`] turns what Stripe says into outcomes and is pure; [`client`] alone connects, and asks the policy before it.

pub mod answers;
mod calls;
pub mod client;
pub mod config;
pub mod webhook;

#[cfg(test)]
mod tests;

use mailkeep_policy::Policy;
use mailkeep_types::{Money, PaymentAttemptId, Timestamp};

use self::client::Client;
use self::config::StripeConfig;
use super::{
    Answer, CallError, CardRequest, DisputeAnswer, DisputeReply, PageRequest, Processor, StoredCard,
    WebhookEvent,
};
use crate::error::CommerceError;
use crate::ports::BoxFuture;

/// What must not stand in the configuration, and is read from files or the environment.
#[derive(Clone)]
pub struct StripeSecrets {
    /// The secret key of the API.
    pub key: String,
    /// The secrets of the webhook's endpoint; more than one while one is replaced.
    pub webhook: Vec<String>,
}

impl std::fmt::Debug for StripeSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StripeSecrets(…, {} for webhooks)", self.webhook.len())
    }
}

/// Stripe.
pub struct Stripe {
    client: Client,
    webhook_secrets: Vec<String>,
}

impl Stripe {
    /// A client of the API. No connection is made yet.
    ///
    /// # Errors
    /// When the client cannot be built, e.g. for lack of root certificates.
    pub fn new(config: &StripeConfig, secrets: StripeSecrets, policy: Policy) -> Result<Self, CommerceError> {
        let client = Client::new(config, secrets.key, policy)?;
        Ok(Stripe { client, webhook_secrets: secrets.webhook })
    }
}

impl Processor for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn open_page(&self, request: PageRequest) -> BoxFuture<'_, Result<String, CallError>> {
        Box::pin(self.open_session(request))
    }

    fn open_card_page(&self, request: CardRequest) -> BoxFuture<'_, Result<String, CallError>> {
        Box::pin(self.open_set_up(request))
    }

    fn forget_card<'a>(&'a self, card: &'a StoredCard) -> BoxFuture<'a, Result<(), CallError>> {
        Box::pin(self.detach(card))
    }

    fn capture<'a>(
        &'a self,
        key: PaymentAttemptId,
        authorisation: &'a str,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        Box::pin(self.capture_intent(key, authorisation, amount))
    }

    fn release<'a>(
        &'a self,
        key: PaymentAttemptId,
        authorisation: &'a str,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        Box::pin(self.cancel_intent(key, authorisation))
    }

    fn charge<'a>(
        &'a self,
        key: PaymentAttemptId,
        card: &'a StoredCard,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        Box::pin(self.charge_card(key, card, amount))
    }

    fn refund<'a>(
        &'a self,
        key: PaymentAttemptId,
        payment: &'a str,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        Box::pin(self.refund_intent(key, payment, amount))
    }

    fn disputes<'a>(&'a self, payment: &'a str) -> BoxFuture<'a, Result<Vec<DisputeAnswer>, CallError>> {
        Box::pin(self.disputes_of(payment))
    }

    fn answer_dispute<'a>(
        &'a self,
        dispute: &'a str,
        reply: &'a DisputeReply,
    ) -> BoxFuture<'a, Result<(), CallError>> {
        Box::pin(self.reply(dispute, reply))
    }

    fn find(&self, key: PaymentAttemptId) -> BoxFuture<'_, Result<Option<Answer>, CallError>> {
        Box::pin(self.look_up(key))
    }

    fn read_webhook(
        &self,
        body: &[u8],
        signature: &str,
        now: Timestamp,
    ) -> Result<WebhookEvent, CommerceError> {
        webhook::read(&self.webhook_secrets, body, signature, now)
    }
}
