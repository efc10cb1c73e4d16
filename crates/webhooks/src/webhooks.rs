//! The handle through which everything of this crate is reached.

use std::sync::Arc;

use mailkeep_policy::Policy;
use mailkeep_storage::sql::{Database, Tx};
use mailkeep_types::{SharedClock, Timestamp};

use crate::client::{Client, Fault, Hosts, SiteToTell};
use crate::config::WebhooksConfig;
use crate::error::WebhookError;
use crate::records::RECORDS;

/// Webhooks: a cheap clone.
#[derive(Clone)]
pub struct Webhooks {
    parts: Arc<Parts>,
}

struct Parts {
    db: Database,
    policy: Policy,
    config: WebhooksConfig,
    client: Client,
}

impl Webhooks {
    /// Puts the parts together and registers the tables with the policy. `hosts` looks names up.
    ///
    /// # Errors
    /// When the client cannot be built.
    pub fn open(
        db: Database,
        policy: Policy,
        config: WebhooksConfig,
        hosts: Arc<dyn Hosts>,
    ) -> Result<Self, WebhookError> {
        policy.register_records(RECORDS);
        let client = Client::new(&config, policy.clone(), hosts)?;
        Ok(Webhooks { parts: Arc::new(Parts { db, policy, config, client }) })
    }

    /// The configuration in force.
    pub fn config(&self) -> &WebhooksConfig {
        &self.parts.config
    }

    /// Tells a registered site something in a form, under the rules for all that is sent to addresses that others wrote: no inner
    /// network, no redirects, within the time of an endpoint. Gives the status of the answer.
    ///
    /// # Errors
    /// Why there was none.
    pub async fn tell_site(&self, to: &SiteToTell<'_>, form: String) -> Result<u16, Fault> {
        self.parts.client.tell_site(to, form).await
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.parts.policy
    }

    pub(crate) fn client(&self) -> &Client {
        &self.parts.client
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        self.parts.db.clock()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.parts.db.now()
    }

    pub(crate) async fn read<T, F>(&self, closure: F) -> Result<T, WebhookError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, WebhookError> + Send + 'static,
        T: Send + 'static,
    {
        self.parts.db.read(closure).await
    }

    pub(crate) async fn write<T, F>(&self, closure: F) -> Result<T, WebhookError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, WebhookError> + Send + 'static,
        T: Send + 'static,
    {
        self.parts.db.write(closure).await
    }
}
