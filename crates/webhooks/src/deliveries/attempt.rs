//! Sending what is due to an endpoint.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use mailkeep_policy::outbound::OutboundError;
use mailkeep_policy::{KeyError, MessageClass, Notice, PolicyError, Subject};
use mailkeep_storage::jobs::{Job, NewJob, enqueue};
use mailkeep_storage::sql::Tx;
use serde_json::json;
use uuid::Uuid;

use super::{PATIENCE, store, wait_after};
use crate::client::{Letter, Tried};
use crate::endpoints::{self, Endpoint};
use crate::error::WebhookError;
use crate::jobs::{DELIVER, EndpointJob};
use crate::signing::{self, Secret};
use crate::webhooks::Webhooks;

/// So many are sent to one endpoint at once.
const AT_ONCE: u32 = 4;
/// For so long one endpoint is served before others have their turn.
const TURN: Duration = Duration::from_secs(20);
/// What a node took and did not finish is another's after this.
const LEASE: Duration = Duration::from_secs(120);
/// The status by which an endpoint says that it will never be there again.
const GONE: u16 = 410;

/// What is due, with what it needs.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub delivery: Uuid,
    pub event: Uuid,
    pub payload: String,
    pub attempts: i64,
}

impl Webhooks {
    /// Sends what is due to an endpoint. The job is over in the transaction that finds nothing more due, so that what is put on
    /// its way later writes a job of its own.
    pub(crate) async fn deliver_to(&self, endpoint: Uuid, job: &Job) -> Result<(), WebhookError> {
        let begun = Instant::now();
        loop {
            let taken = self
                .write(move |tx| {
                    let Some(endpoint) = endpoints::store::get(tx, endpoint)? else { return Ok(None) };
                    if endpoint.disabled_at.is_some() {
                        store::give_up(tx, endpoint.id)?;
                        return Ok(None);
                    }
                    let until = tx.now().plus(LEASE);
                    let due = store::take_due(tx, endpoint.id, until, AT_ONCE)?;
                    Ok(Some((endpoint, due)))
                })
                .await?;
            if let Some((target, due)) = taken
                && !due.is_empty()
            {
                let sent = join_all(due.iter().map(|one| self.send(&target, one))).await;
                let outcomes: Vec<(Due, Tried)> = due.into_iter().zip(sent).collect();
                self.record(target, outcomes).await?;
                if begun.elapsed() < TURN {
                    continue;
                }
            }
            let (job, again) = (job.clone(), begun.elapsed() >= TURN);
            let more = self
                .write(move |tx| {
                    let more = store::is_due(tx, endpoint)?;
                    if !more || again {
                        job.complete_in(tx)?;
                    }
                    if more && again {
                        let next = NewJob::new(DELIVER, &EndpointJob { endpoint_id: endpoint });
                        enqueue(tx, next.key(endpoint.to_string()))?;
                    }
                    Ok(more && !again)
                })
                .await?;
            if !more {
                return Ok(());
            }
        }
    }

    async fn send(&self, endpoint: &Endpoint, due: &Due) -> Tried {
        let (now, id) = (self.now(), signing::message_id(due.event));
        let mut secrets = vec![Secret::of(self.policy(), endpoint.id, endpoint.generation)];
        if endpoint.earlier_until.is_some_and(|until| now < until) {
            secrets.push(Secret::of(self.policy(), endpoint.id, endpoint.generation - 1));
        }
        let signatures = signing::signatures(&secrets, &id, now, &due.payload);
        let letter = Letter {
            url: &endpoint.url,
            id: &id,
            seconds: now.as_seconds(),
            signatures: &signatures,
            payload: &due.payload,
        };
        self.client().send(&letter).await
    }

    async fn record(&self, endpoint: Endpoint, outcomes: Vec<(Due, Tried)>) -> Result<(), WebhookError> {
        let webhooks = self.clone();
        self.write(move |tx| {
            for (due, tried) in &outcomes {
                let attempts = due.attempts + 1;
                if tried.is_heard() {
                    store::delivered(tx, due.delivery, tried)?;
                    endpoints::store::set_failing(tx, endpoint.id, false)?;
                    continue;
                }
                endpoints::store::set_failing(tx, endpoint.id, true)?;
                let next = wait_after(attempts, due.delivery).map(|wait| tx.now().plus(wait));
                store::not_delivered(tx, due.delivery, tried, next)?;
            }
            let gone = outcomes.iter().any(|(_, tried)| tried.status == Some(GONE));
            let now = endpoints::store::get(tx, endpoint.id)?;
            let silent = now
                .and_then(|endpoint| endpoint.failing_since)
                .is_some_and(|since| tx.now().since(since) >= PATIENCE);
            if gone || silent {
                webhooks.give_up_on(tx, &endpoint, if gone { "gone" } else { "failing" })?;
            }
            Ok(())
        })
        .await
    }

    /// Disables an endpoint and tells who registered it.
    fn give_up_on(
        &self,
        tx: &mut Tx<'_>,
        endpoint: &Endpoint,
        why: &'static str,
    ) -> Result<(), WebhookError> {
        if !endpoints::store::disable(tx, endpoint.id, why)? {
            return Ok(());
        }
        store::give_up(tx, endpoint.id)?;
        tracing::warn!(endpoint = %endpoint.id, why, "a webhook endpoint was disabled");
        let Some(person) = endpoint.person else { return Ok(()) };
        let notice = Notice {
            class: MessageClass::Account,
            template: "webhooks/endpoint_disabled",
            subject: Subject::person(person),
            topic: None,
            to: None,
            unique_key: format!("webhooks/endpoint_disabled:{}:{}", endpoint.id, tx.now().as_micros()),
            context: json!({ "endpoint_id": endpoint.id, "path": format!("/center/webhooks/{}", endpoint.id) }),
        };
        match self.policy().outbound().send(tx, &notice) {
            // Whoever registered it may be gone; the endpoint is disabled all the same.
            Err(OutboundError::Policy(PolicyError::Key(
                error @ (KeyError::Missing(_) | KeyError::Erased(_)),
            ))) => {
                tracing::info!(endpoint = %endpoint.id, %error, "nobody is left to be told");
                Ok(())
            }
            sent => Ok(sent.map(drop)?),
        }
    }

    /// Writes a job for each endpoint to which something is due: retries, and what a job that was just ending did not see.
    pub(crate) async fn wake(&self) -> Result<(), WebhookError> {
        self.write(|tx| {
            for endpoint in store::endpoints_due(tx)? {
                let job = NewJob::new(DELIVER, &EndpointJob { endpoint_id: endpoint });
                enqueue(tx, job.key(endpoint.to_string()))?;
            }
            Ok(())
        })
        .await
    }

    /// Throws away what is past its term.
    pub(crate) async fn forget_old(&self) -> Result<(), WebhookError> {
        let keep = Duration::from_secs(u64::from(self.config().keep_days) * 24 * 3600);
        self.write(move |tx| {
            let before = tx.now().minus(keep);
            store::forget(tx, before)?;
            Ok(())
        })
        .await
    }
}
