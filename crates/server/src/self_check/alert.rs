//! Telling whoever has to mend a broken promise: a line in the log each time, a message when it breaks.

use std::collections::HashMap;

use anyhow::{Context, Result};
use mailkeep_policy::checks::{Known, PromiseMark, PromiseReport};
use mailkeep_policy::outbound::{MessageClass, Notice, OutboundError};
use mailkeep_policy::{Personal, Subject, category};
use mailkeep_types::EmailAddress;
use serde_json::json;

use crate::config::Config;
use crate::wiring::services::Services;

/// The template of the message.
const TEMPLATE: &str = "policy/promise_broken";

/// Says what is broken and what to do.
///
/// # Errors
/// When the message cannot be written.
pub(super) async fn raise(
    config: &Config,
    services: &Services,
    reports: &[PromiseReport],
    before: &HashMap<String, PromiseMark>,
) -> Result<()> {
    let mut news = Vec::new();
    for report in reports.iter().filter(|report| report.is_broken()) {
        for why in report.known.iter().filter_map(|known| match known {
            Known::Broken { why } => Some(why),
            _ => None,
        }) {
            tracing::error!(
                promise = report.promise,
                check = report.check,
                why,
                "a promise of the privacy policy does not hold; mend what is named, then run `mailkeep policy check`"
            );
        }
        let known = before.get(&report.promise).is_some_and(|mark| mark.mark == "BROKEN");
        if !known {
            news.push(report.promise.clone());
        }
    }
    if news.is_empty() {
        return Ok(());
    }
    tell(config, services, &news).await
}

/// The address for alerts: staff have none of their own on file.
///
/// # Errors
/// When it is no mail address.
pub(super) fn address(config: &Config) -> Result<EmailAddress> {
    let address = match config.policy.alerts_to.as_str() {
        "" => &config.web.support_email,
        address => address,
    };
    EmailAddress::parse(address).context("policy.alerts_to is no mail address")
}

/// One message to the address for alerts, under the key of each operator who can do something about it.
async fn tell(config: &Config, services: &Services, broken: &[String]) -> Result<()> {
    let address = address(config)?;
    let Some(operator) = services.identity.first_operator().await? else {
        tracing::warn!("there is no active operator to tell; `mailkeep staff add NAME --role operator`");
        return Ok(());
    };
    let now = services.policy.clock().now();
    let (outbound, promises) = (services.policy.outbound(), broken.join(", "));
    let sent = services.policy.database().write(move |tx| -> Result<(), OutboundError> {
        let notice = Notice {
            class: MessageClass::Account,
            template: TEMPLATE,
            subject: Subject::staff(operator),
            topic: None,
            to: Some(Personal::<EmailAddress, category::Contact>::new(address.clone())),
            unique_key: format!("{TEMPLATE}:{promises}:{}", now.as_seconds() / 3600),
            context: json!({ "promises": promises, "path": "/console/promises" }),
        };
        outbound.send(tx, &notice).map(drop)
    });
    sent.await.context("the operators cannot be told of a broken promise")
}
