//! The calls, each carried out once for its key.

use mailkeep_types::{Money, PaymentAttemptId};
use serde_json::Value;

use super::answers::{self, Part};
use super::client::{Fields, Said, encode};
use super::{Stripe, answers::of_intent};
use crate::processor::{
    Answer, CallError, CardChecks, CardRequest, DisputeAnswer, DisputeReply, PageRequest, StoredCard,
};

/// How many pages of a list are gone through where the search is not there.
const MOST_PAGES: usize = 10;

fn field(name: &str, value: impl ToString) -> (String, String) {
    (name.to_owned(), value.to_string())
}

fn unreadable() -> CallError {
    CallError::Unknown("Stripe: the answer is not what its documentation says".to_owned())
}

impl Stripe {
    pub(super) async fn open_session(&self, request: PageRequest) -> Result<String, CallError> {
        let (key, amount) = (request.attempt, request.amount);
        let mut fields: Fields = vec![
            field("mode", "payment"),
            field("client_reference_id", key),
            field("success_url", &request.return_url),
            field("cancel_url", &request.return_url),
            field("line_items[0][quantity]", 1),
            field("line_items[0][price_data][currency]", amount.currency.code().to_ascii_lowercase()),
            field("line_items[0][price_data][unit_amount]", amount.minor),
            field("line_items[0][price_data][product_data][name]", &request.description),
            field("payment_intent_data[capture_method]", "manual"),
            field("payment_intent_data[metadata][attempt]", key),
            field("metadata[attempt]", key),
        ];
        if request.keep_card {
            fields.push(field("customer_creation", "always"));
            fields.push(field("payment_intent_data[setup_future_usage]", "off_session"));
            fields.push(field("payment_intent_data[metadata][keep]", "yes"));
        }
        // Opened again the same page comes back, unless the payer changed their mind on keeping the card.
        let key = format!("{key}-page-{}", if request.keep_card { "keep" } else { "once" });
        self.open_checkout(fields, &key).await
    }

    /// Opens the page for a card that is kept without a payment.
    pub(super) async fn open_set_up(&self, request: CardRequest) -> Result<String, CallError> {
        let key = request.attempt;
        let fields: Fields = vec![
            field("mode", "setup"),
            field("currency", request.currency.code().to_ascii_lowercase()),
            field("client_reference_id", key),
            field("success_url", &request.return_url),
            field("cancel_url", &request.return_url),
            field("customer_creation", "always"),
            field("payment_method_types[0]", "card"),
            field("setup_intent_data[description]", &request.description),
            field("setup_intent_data[metadata][attempt]", key),
            field("metadata[attempt]", key),
        ];
        self.open_checkout(fields, &format!("{key}-card")).await
    }

    async fn open_checkout(&self, fields: Fields, key: &str) -> Result<String, CallError> {
        match self.client.post("/v1/checkout/sessions", fields, Some(key)).await? {
            Said::Done(session) => {
                session.get("url").and_then(Value::as_str).map(str::to_owned).ok_or_else(unreadable)
            }
            Said::CardError(body) => Err(CallError::Refused(answers::error_code(&body))),
            Said::Nothing => Err(CallError::Refused("Stripe has no payment page".to_owned())),
        }
    }

    pub(super) async fn detach(&self, card: &StoredCard) -> Result<(), CallError> {
        // A card of another processor is not kept here.
        let Some((_, method)) = card.token.split_once('/') else { return Ok(()) };
        let path = format!("/v1/payment_methods/{}/detach", encode(method));
        match self.client.post(&path, Vec::new(), None).await {
            // Detached twice Stripe says that it belongs to nobody.
            Ok(_) | Err(CallError::Refused(_)) => Ok(()),
            Err(unknown) => Err(unknown),
        }
    }

    pub(super) async fn capture_intent(
        &self,
        key: PaymentAttemptId,
        intent: &str,
        amount: Money,
    ) -> Result<Answer, CallError> {
        self.mark(key, intent, Part::Captured).await?;
        let path = format!("/v1/payment_intents/{}/capture", encode(intent));
        let fields = vec![field("amount_to_capture", amount.minor)];
        match self.client.post(&path, fields, Some(&key.to_string())).await? {
            Said::Done(intent) => of_intent(&intent, Part::Captured).ok_or_else(unreadable),
            Said::CardError(body) => Ok(declined(&body, intent)),
            Said::Nothing => Err(CallError::Refused("there is no such authorisation".to_owned())),
        }
    }

    pub(super) async fn cancel_intent(
        &self,
        key: PaymentAttemptId,
        intent: &str,
    ) -> Result<Answer, CallError> {
        self.mark(key, intent, Part::Released).await?;
        let path = format!("/v1/payment_intents/{}/cancel", encode(intent));
        match self.client.post(&path, Vec::new(), Some(&key.to_string())).await? {
            Said::Done(intent) => of_intent(&intent, Part::Released).ok_or_else(unreadable),
            Said::CardError(body) => Err(CallError::Refused(answers::error_code(&body))),
            Said::Nothing => Err(CallError::Refused("there is no such authorisation".to_owned())),
        }
    }

    pub(super) async fn charge_card(
        &self,
        key: PaymentAttemptId,
        card: &StoredCard,
        amount: Money,
    ) -> Result<Answer, CallError> {
        let Some((customer, method)) = card.token.split_once('/') else {
            return Err(CallError::Refused("this card is kept by another processor".to_owned()));
        };
        let fields = vec![
            field("amount", amount.minor),
            field("currency", amount.currency.code().to_ascii_lowercase()),
            field("customer", customer),
            field("payment_method", method),
            field("confirm", "true"),
            field("off_session", "true"),
            field("metadata[attempt]", key),
        ];
        match self.client.post("/v1/payment_intents", fields, Some(&key.to_string())).await? {
            Said::Done(intent) => of_intent(&intent, Part::Asked).ok_or_else(unreadable),
            Said::CardError(body) => Ok(declined(&body, "")),
            Said::Nothing => Err(CallError::Refused("there is no such card".to_owned())),
        }
    }

    pub(super) async fn refund_intent(
        &self,
        key: PaymentAttemptId,
        payment: &str,
        amount: Money,
    ) -> Result<Answer, CallError> {
        let fields = vec![
            field("payment_intent", payment),
            field("amount", amount.minor),
            field("metadata[attempt]", key),
        ];
        match self.client.post("/v1/refunds", fields, Some(&key.to_string())).await? {
            Said::Done(refund) => answers::of_refund(&refund).ok_or_else(unreadable),
            Said::CardError(body) => Err(CallError::Refused(answers::error_code(&body))),
            Said::Nothing => Err(CallError::Refused("there is no such payment".to_owned())),
        }
    }

    /// Writes the key into the payment before the call that it stands for, so that it is found by it for ever.
    async fn mark(&self, key: PaymentAttemptId, intent: &str, part: Part) -> Result<(), CallError> {
        let path = format!("/v1/payment_intents/{}", encode(intent));
        let fields = vec![field(&format!("metadata[{}]", part.word()), key)];
        match self.client.post(&path, fields, None).await? {
            Said::Done(_) => Ok(()),
            Said::CardError(_) | Said::Nothing => {
                Err(CallError::Refused("there is no such authorisation".to_owned()))
            }
        }
    }

    /// Looks for a key: by the search over metadata, which may lag behind by a minute, and where there is none through the
    /// newest payments. A charge that the search does not know yet is repeated under its key, which Stripe answers as before.
    pub(super) async fn look_up(&self, key: PaymentAttemptId) -> Result<Option<Answer>, CallError> {
        let parts = [Part::Asked, Part::Captured, Part::Released];
        let query = parts.map(|part| format!("metadata['{}']:'{key}'", part.word())).join(" OR ");
        let path = format!("/v1/payment_intents/search?limit=1&query={}", encode(&query));
        let found = match self.client.get(&path).await? {
            Said::Done(list) => items(&list).into_iter().next(),
            Said::Nothing | Said::CardError(_) => {
                self.in_list("/v1/payment_intents", |intent| answers::part_of(intent, key).is_some()).await?
            }
        };
        if let Some(found) = found {
            // The search may show it as it was; it is read again.
            let id = found.get("id").and_then(Value::as_str).ok_or_else(unreadable)?;
            let path = format!("/v1/payment_intents/{}?expand[]=latest_charge", encode(id));
            let Said::Done(intent) = self.client.get(&path).await? else { return Err(unreadable()) };
            let part = answers::part_of(&intent, key).ok_or_else(unreadable)?;
            return Ok(of_intent(&intent, part));
        }
        let of_key = |refund: &Value| answers::named(refund, Part::Asked) == Some(key);
        if let Some(refund) = self.in_list("/v1/refunds", of_key).await? {
            return answers::of_refund(&refund).ok_or_else(unreadable).map(Some);
        }
        let Some(set_up) = self.in_list("/v1/setup_intents", of_key).await? else { return Ok(None) };
        let id = set_up.get("id").and_then(Value::as_str).ok_or_else(unreadable)?;
        let path = format!("/v1/setup_intents/{}?expand[]=payment_method", encode(id));
        let Said::Done(set_up) = self.client.get(&path).await? else { return Err(unreadable()) };
        Ok(answers::of_set_up(&set_up))
    }

    async fn in_list<F>(&self, path: &str, fits: F) -> Result<Option<Value>, CallError>
    where
        F: Fn(&Value) -> bool,
    {
        let mut after = String::new();
        for _ in 0..MOST_PAGES {
            let Said::Done(list) = self.client.get(&format!("{path}?limit=100{after}")).await? else {
                return Ok(None);
            };
            let page = items(&list);
            if let Some(found) = page.iter().find(|item| fits(item)) {
                return Ok(Some(found.clone()));
            }
            let last = page.last().and_then(|item| item.get("id")?.as_str());
            match last.filter(|_| list.get("has_more").and_then(Value::as_bool) == Some(true)) {
                Some(id) => after = format!("&starting_after={}", encode(id)),
                None => break,
            }
        }
        Ok(None)
    }

    pub(super) async fn disputes_of(&self, payment: &str) -> Result<Vec<DisputeAnswer>, CallError> {
        let path = format!("/v1/disputes?limit=100&payment_intent={}", encode(payment));
        match self.client.get(&path).await? {
            Said::Done(list) => Ok(items(&list).iter().filter_map(answers::of_dispute).collect()),
            Said::Nothing | Said::CardError(_) => Ok(Vec::new()),
        }
    }

    pub(super) async fn reply(&self, dispute: &str, reply: &DisputeReply) -> Result<(), CallError> {
        let path = format!("/v1/disputes/{}", encode(dispute));
        let said = match reply {
            DisputeReply::Accept => {
                let key = format!("{dispute}-accept");
                self.client.post(&format!("{path}/close"), Vec::new(), Some(&key)).await?
            }
            DisputeReply::Contest { summary, document } => {
                let key = format!("{dispute}-evidence");
                let Said::Done(file) = self.client.upload(document, &key).await? else {
                    return Err(unreadable());
                };
                let file = file.get("id").and_then(Value::as_str).ok_or_else(unreadable)?;
                let fields = vec![
                    field("evidence[uncategorized_text]", summary),
                    field("evidence[uncategorized_file]", file),
                    field("submit", "true"),
                ];
                let key = format!("{dispute}-contest");
                self.client.post(&path, fields, Some(&key)).await?
            }
        };
        match said {
            Said::Done(_) => Ok(()),
            Said::CardError(body) => Err(CallError::Refused(answers::error_code(&body))),
            Said::Nothing => Err(CallError::Refused("there is no such dispute".to_owned())),
        }
    }
}

fn items(list: &Value) -> Vec<Value> {
    list.get("data").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// The answer to a card that was declined.
fn declined(body: &Value, intent: &str) -> Answer {
    let made = body.get("error").and_then(|error| error.get("payment_intent")?.get("id")?.as_str());
    Answer {
        outcome: answers::declined(&answers::error_code(body)),
        reference: made.unwrap_or(intent).to_owned(),
        card: None,
        checks: CardChecks::default(),
    }
}
