//! What localstripe does not have: the hosted page, the search, disputes, the set-up of a card. A small server of our own answers
//! with the shapes of Stripe's API reference (API version 2025-04-30) and keeps what it was asked; so this says that we ask and
//! read as documented, and nothing about Stripe itself.

use std::sync::{Arc, Mutex};

use mailkeep_commerce::processor::stripe::client::PROCESSOR;
use mailkeep_commerce::processor::stripe::config::StripeConfig;
use mailkeep_commerce::processor::stripe::{Stripe, StripeSecrets};
use mailkeep_commerce::processor::{
    CardRequest, DisputeReply, DisputeState, Outcome, PageRequest, Processor, StoredCard,
};
use mailkeep_commerce::testing::{Bench, run};
use mailkeep_policy::egress::Way;
use mailkeep_storage::sql::Dialect;
use mailkeep_types::{Currency, Money, PaymentAttemptId, Timestamp};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// One call, as it came.
#[derive(Debug, Clone)]
struct Asked {
    /// Method and path with its query, percent-decoded.
    line: String,
    /// The idempotency key; empty without one.
    key: String,
    /// The body; a form is percent-decoded.
    body: String,
}

type Shapes = Arc<Mutex<Vec<(&'static str, u16, Value)>>>;

/// The server.
#[derive(Clone)]
struct Fake {
    base: String,
    shapes: Shapes,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Fake {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let fake = Fake { base, shapes: Arc::default(), asked: Arc::default() };
        let serving = fake.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().serve(stream));
            }
        });
        fake
    }

    /// From now on a call whose line begins so is answered so; the newest such answer counts.
    fn says(&self, line: &'static str, status: u16, body: Value) {
        self.shapes.lock().unwrap().insert(0, (line, status, body));
    }

    fn asked(&self, line: &str) -> Vec<Asked> {
        self.asked.lock().unwrap().iter().filter(|one| one.line.starts_with(line)).cloned().collect()
    }

    async fn serve(self, mut stream: TcpStream) {
        let mut bytes = Vec::new();
        let (head, length) = loop {
            let mut part = [0u8; 4096];
            let Ok(count @ 1..) = stream.read(&mut part).await else { return };
            bytes.extend_from_slice(&part[..count]);
            let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = header(&head, "content-length").parse().unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                break (head, length);
            }
        };
        let body = String::from_utf8_lossy(&bytes[bytes.len() - length..]).into_owned();
        let mut words = head.split(' ');
        let line = format!("{} {}", words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let form = !header(&head, "content-type").starts_with("multipart/");
        let body = if form { decode(&body) } else { body };
        let asked = Asked { line: decode(&line), key: header(&head, "idempotency-key"), body };
        let shapes = self.shapes.lock().unwrap().clone();
        let found = shapes.into_iter().find(|(of, ..)| asked.line.starts_with(of));
        let (_, status, said) =
            found.unwrap_or(("", 404, json!({ "error": { "type": "invalid_request_error" } })));
        self.asked.lock().unwrap().push(asked);
        let said = said.to_string();
        let answer = format!(
            "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{said}",
            said.len()
        );
        let _ = stream.write_all(answer.as_bytes()).await;
    }
}

fn header(head: &str, name: &str) -> String {
    let of = |line: &str| {
        line.split_once(':')
            .filter(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim().to_owned())
    };
    head.lines().find_map(of).unwrap_or_default()
}

fn decode(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                let pair = [bytes.next().unwrap_or(b'0'), bytes.next().unwrap_or(b'0')];
                let hex = std::str::from_utf8(&pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
                out.push(hex.unwrap_or(b'?'));
            }
            other => out.push(other),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

async fn stripe(bench: &Bench, fake: &Fake) -> Stripe {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let way = Way { destination: PROCESSOR, host: "127.0.0.1".to_owned(), country: "US".to_owned() };
    bench.policy.egress().open(bench.policy.compiled(), way).unwrap();
    let (api, files) = (fake.base.clone(), fake.base.clone());
    let config = StripeConfig { enabled: true, api, files, ..StripeConfig::default() };
    let secrets = StripeSecrets { key: "sk_test_mailkeep".to_owned(), webhook: Vec::new() };
    Stripe::new(&config, secrets, bench.policy.clone()).unwrap()
}

fn list(data: Value) -> Value {
    json!({ "object": "list", "url": "/v1", "has_more": false, "data": data })
}

#[test]
fn the_hosted_page_is_opened_as_documented_and_once_for_a_key() {
    run(Dialect::Sqlite, |bench| async move {
        let fake = Fake::start().await;
        let client = stripe(&bench, &fake).await;
        fake.says(
            "POST /v1/checkout/sessions",
            200,
            json!({ "id": "cs_test_a1", "object": "checkout.session", "status": "open",
                "url": "https://checkout.stripe.com/c/pay/cs_test_a1" }),
        );
        let attempt = PaymentAttemptId::new(&*bench.clock);
        let page = |keep_card| PageRequest {
            attempt,
            amount: Money::new(3188, Currency::USD),
            description: "ORD-000001".to_owned(),
            return_url: "https://www.mailkeep.example/order/o?back=yes".to_owned(),
            keep_card,
        };
        let url = client.open_page(page(true)).await.unwrap();
        assert_eq!(url, "https://checkout.stripe.com/c/pay/cs_test_a1");
        client.open_page(page(true)).await.unwrap();
        client.open_page(page(false)).await.unwrap();
        let asked = fake.asked("POST /v1/checkout/sessions");
        assert_eq!(asked[0].key, asked[1].key, "opened again it is the same page");
        assert_ne!(asked[0].key, asked[2].key, "another page without keeping the card");
        for field in [
            "mode=payment".to_owned(),
            "line_items[0][price_data][unit_amount]=3188".to_owned(),
            "line_items[0][price_data][currency]=usd".to_owned(),
            "payment_intent_data[capture_method]=manual".to_owned(),
            format!("payment_intent_data[metadata][attempt]={attempt}"),
            "payment_intent_data[setup_future_usage]=off_session".to_owned(),
        ] {
            assert!(asked[0].body.split('&').any(|one| one == field), "{field} in {}", asked[0].body);
        }
        assert!(!asked[2].body.contains("setup_future_usage"), "{}", asked[2].body);

        // A card alone: the page in its mode for setting up.
        let card = CardRequest {
            attempt,
            currency: Currency::EUR,
            description: "A card".to_owned(),
            return_url: "https://www.mailkeep.example/center/cards".to_owned(),
        };
        client.open_card_page(card).await.unwrap();
        let last = fake.asked("POST /v1/checkout/sessions").pop().unwrap();
        for field in
            ["mode=setup", "currency=eur", "customer_creation=always", "payment_method_types[0]=card"]
        {
            assert!(last.body.split('&').any(|one| one == field), "{field} in {}", last.body);
        }
        // An outage is never a refusal.
        fake.says("POST /v1/checkout/sessions", 503, json!({ "error": { "type": "api_error" } }));
        let lost = client.open_page(page(true)).await;
        assert!(matches!(lost, Err(mailkeep_commerce::processor::CallError::Unknown(_))), "{lost:?}");
    });
}

#[test]
fn a_key_is_found_by_the_search_and_a_card_by_its_set_up() {
    run(Dialect::Sqlite, |bench| async move {
        let fake = Fake::start().await;
        let client = stripe(&bench, &fake).await;
        let attempt = PaymentAttemptId::new(&*bench.clock);
        let intent = json!({
            "id": "pi_1", "object": "payment_intent", "status": "requires_capture", "capture_method": "manual",
            "amount": 3188, "currency": "usd", "customer": "cus_1", "payment_method": "pm_1",
            "metadata": { "attempt": attempt.to_string(), "keep": "yes" },
            "latest_charge": { "id": "ch_1", "object": "charge", "payment_method_details": { "type": "card", "card": {
                "brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2031, "country": "US", "funding": "credit",
                "fingerprint": "mToisGZ01V71BCos",
                "checks": { "cvc_check": "pass", "address_postal_code_check": "pass", "address_line1_check": null } } } },
        });
        // The search may still show it as it was: it is read again.
        let old = json!({ "id": "pi_1", "status": "requires_payment_method" });
        let found = json!({ "object": "search_result", "url": "/v1/payment_intents/search", "has_more": false,
            "data": [old] });
        fake.says("GET /v1/payment_intents/search", 200, found);
        fake.says("GET /v1/payment_intents/pi_1", 200, intent);
        let answer = client.find(attempt).await.unwrap().unwrap();
        assert_eq!((answer.outcome, answer.reference.as_str()), (Outcome::Succeeded, "pi_1"));
        let card = answer.card.unwrap();
        let face = card.face.unwrap();
        assert_eq!(
            (card.token.as_str(), face.brand.as_str(), face.last_four.as_str()),
            ("cus_1/pm_1", "Visa", "4242")
        );
        assert_eq!(face.last_day().unwrap().to_string(), "2031-08-31");
        let query = fake.asked("GET /v1/payment_intents/search").remove(0).line;
        assert!(
            query.contains(&format!("metadata['attempt']:'{attempt}' OR metadata['capture']")),
            "{query}"
        );

        // A card that was given without a payment is neither a payment nor a refund.
        let given = PaymentAttemptId::new(&*bench.clock);
        let nothing = json!({ "object": "search_result", "has_more": false, "data": [] });
        fake.says("GET /v1/payment_intents/search", 200, nothing);
        fake.says("GET /v1/refunds", 200, list(json!([])));
        let set_up = |status: &str| {
            json!({ "id": "seti_1", "object": "setup_intent", "status": status, "customer": "cus_2",
                "metadata": { "attempt": given.to_string() },
                "payment_method": { "id": "pm_2", "object": "payment_method", "type": "card", "card": {
                    "brand": "amex", "last4": "0005", "exp_month": 2, "exp_year": 2032 } } })
        };
        fake.says("GET /v1/setup_intents?", 200, list(json!([set_up("requires_payment_method")])));
        fake.says("GET /v1/setup_intents/seti_1", 200, set_up("requires_payment_method"));
        let waits = client.find(given).await.unwrap().unwrap();
        assert_eq!(waits.outcome, Outcome::ActionRequired);
        fake.says("GET /v1/setup_intents/seti_1", 200, set_up("succeeded"));
        let kept = client.find(given).await.unwrap().unwrap();
        let card = kept.card.unwrap();
        assert_eq!((kept.outcome, card.token.as_str()), (Outcome::Succeeded, "cus_2/pm_2"));
        assert_eq!(card.face.as_ref().unwrap().brand, "American Express");

        // It is forgotten, also when it was before.
        fake.says("POST /v1/payment_methods/pm_2/detach", 200, json!({ "id": "pm_2", "customer": null }));
        client.forget_card(&card).await.unwrap();
        let gone = json!({ "error": { "type": "invalid_request_error" } });
        fake.says("POST /v1/payment_methods/pm_2/detach", 400, gone);
        client.forget_card(&card).await.unwrap();
        fake.says("POST /v1/payment_methods/pm_2/detach", 500, json!({ "error": { "type": "api_error" } }));
        assert!(client.forget_card(&card).await.is_err(), "nobody knows");
        let elsewhere = StoredCard { token: "card_sandbox".to_owned(), face: None };
        client.forget_card(&elsewhere).await.unwrap();
    });
}

#[test]
fn disputes_are_read_and_answered_with_a_document() {
    run(Dialect::Sqlite, |bench| async move {
        let fake = Fake::start().await;
        let client = stripe(&bench, &fake).await;
        let dispute = |id: &str, status: &str| {
            json!({ "id": id, "object": "dispute", "amount": 1000, "currency": "usd", "charge": "ch_1",
                "payment_intent": "pi_1", "reason": "fraudulent", "status": status, "is_charge_refundable": false,
                "evidence_details": { "due_by": 1_780_000_000, "has_evidence": false, "past_due": false,
                    "submission_count": 0 } })
        };
        fake.says(
            "GET /v1/disputes?limit=100&payment_intent=pi_1",
            200,
            list(json!([dispute("du_1", "needs_response"), dispute("du_2", "warning_needs_response")])),
        );
        let read = client.disputes("pi_1").await.unwrap();
        assert_eq!(read.len(), 1, "an inquiry takes nothing back");
        assert_eq!((read[0].state, read[0].amount.minor), (DisputeState::NeedsResponse, 1000));
        assert_eq!(read[0].due_at, Some(Timestamp::from_seconds(1_780_000_000)));

        fake.says(
            "POST /v1/files",
            200,
            json!({ "id": "file_1", "object": "file", "purpose": "dispute_evidence" }),
        );
        fake.says("POST /v1/disputes/du_1", 200, dispute("du_1", "under_review"));
        fake.says("POST /v1/disputes/du_1/close", 200, dispute("du_1", "lost"));
        let contest =
            DisputeReply::Contest { summary: "It was used.".to_owned(), document: b"%PDF-1.7".to_vec() };
        client.answer_dispute("du_1", &contest).await.unwrap();
        let file = fake.asked("POST /v1/files").remove(0);
        assert!(file.body.contains("dispute_evidence") && file.body.contains("%PDF-1.7"), "{}", file.body);
        let sent = fake.asked("POST /v1/disputes/du_1").remove(0);
        for field in [
            "evidence[uncategorized_text]=It was used.",
            "evidence[uncategorized_file]=file_1",
            "submit=true",
        ] {
            assert!(sent.body.contains(field), "{field} in {}", sent.body);
        }
        client.answer_dispute("du_1", &DisputeReply::Accept).await.unwrap();
        assert_eq!(fake.asked("POST /v1/disputes/du_1/close").len(), 1);
    });
}
