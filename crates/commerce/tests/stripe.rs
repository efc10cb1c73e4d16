//! The Stripe client against localstripe, a stand-in from PyPI that somebody else wrote: test cards behave as documented,
//! every key is found again, signatures agree with Stripe's own Python package.
//!
//! Needs `MAILKEEP_TEST_PYTHON`, a Python with `localstripe` and `stripe`, as `./dev test` makes it; says so and is
//! skipped without.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use mailkeep_commerce::processor::stripe::client::PROCESSOR;
use mailkeep_commerce::processor::stripe::config::StripeConfig;
use mailkeep_commerce::processor::stripe::{Stripe, StripeSecrets, webhook};
use mailkeep_commerce::processor::{CallError, Outcome, Processor, StoredCard};
use mailkeep_commerce::testing::{Bench, run};
use mailkeep_policy::egress::Way;
use mailkeep_storage::sql::Dialect;
use mailkeep_storage::testing::reserve_port;
use mailkeep_types::{Currency, Money, PaymentAttemptId, Timestamp};
use serde_json::Value;

struct LocalStripe {
    process: Child,
    base: String,
    http: reqwest::Client,
    _port: tokio::net::TcpSocket,
}

impl Drop for LocalStripe {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn python() -> Option<String> {
    let python = std::env::var("MAILKEEP_TEST_PYTHON").ok();
    if python.is_none() {
        eprintln!("skipped: MAILKEEP_TEST_PYTHON names no Python with localstripe and stripe");
    }
    python
}

impl LocalStripe {
    async fn start(python: &str) -> Self {
        let (reserved, port) = reserve_port().unwrap();
        let program = format!(
            "import aiohttp.web as w, localstripe.server as s; w.run_app(s.app, host='127.0.0.1', port={port}, print=None)"
        );
        let folder = std::env::temp_dir();
        let process = Command::new(python)
            .args(["-c", &program])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Python starts");
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let base = format!("http://127.0.0.1:{port}");
        let local = LocalStripe { process, base, http, _port: reserved };
        for _ in 0..600 {
            if local.http.get(&local.base).send().await.is_ok() {
                return local;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("localstripe does not answer");
    }

    async fn post(&self, path: &str, form: &str) -> Value {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth("sk_test_mailkeep");
        let kind = "application/x-www-form-urlencoded";
        let answer = request.header("content-type", kind).body(form.to_owned()).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    /// A card of Stripe's documentation, kept for a customer.
    async fn keep(&self, number: &str) -> StoredCard {
        let card =
            format!("type=card&card[number]={number}&card[exp_month]=12&card[exp_year]=2040&card[cvc]=123");
        let method = self.post("/v1/payment_methods", &card).await["id"].as_str().unwrap().to_owned();
        let customer = self.post("/v1/customers", "name=x").await["id"].as_str().unwrap().to_owned();
        self.post(&format!("/v1/payment_methods/{method}/attach"), &format!("customer={customer}")).await;
        StoredCard { token: format!("{customer}/{method}"), face: None }
    }

    /// What Stripe's page does when a payer pays: a payment that waits to be captured.
    async fn authorise(&self, attempt: PaymentAttemptId) -> String {
        let card = self.keep("4242424242424242").await;
        let (customer, method) = card.token.split_once('/').unwrap();
        let form = format!(
            "amount=3188&currency=usd&customer={customer}&payment_method={method}&capture_method=manual\
             &metadata[attempt]={attempt}&metadata[keep]=yes&confirm=true"
        );
        self.post("/v1/payment_intents", &form).await["id"].as_str().unwrap().to_owned()
    }
}

fn amount() -> Money {
    Money::new(3188, Currency::USD)
}

fn stripe(bench: &Bench, local: &LocalStripe, key: &str) -> Stripe {
    let config = StripeConfig { enabled: true, api: local.base.clone(), ..StripeConfig::default() };
    let secrets = StripeSecrets { key: key.to_owned(), webhook: vec!["whsec_test".to_owned()] };
    Stripe::new(&config, secrets, bench.policy.clone()).unwrap()
}

#[test]
fn test_cards_behave_as_documented_and_every_key_is_found_again() {
    let Some(python) = python() else { return };
    let _ = rustls::crypto::ring::default_provider().install_default();
    run(Dialect::Sqlite, |bench| async move {
        let local = LocalStripe::start(&python).await;
        let client = stripe(&bench, &local, "sk_test_mailkeep");
        let key = || PaymentAttemptId::new(&*bench.clock);

        // The policy is asked before a connection is made.
        let closed = client.find(key()).await;
        assert!(matches!(closed, Err(CallError::Refused(_))), "{closed:?}");
        let way = Way { destination: PROCESSOR, host: "127.0.0.1".to_owned(), country: "US".to_owned() };
        bench.policy.egress().open(bench.policy.compiled(), way).unwrap();
        assert_eq!(client.find(key()).await.unwrap(), None);

        // A kept card is charged, found again by its key, and given back in part.
        let card = local.keep("4242424242424242").await;
        let paid = key();
        let answer = client.charge(paid, &card, amount()).await.unwrap();
        assert_eq!(answer.outcome, Outcome::Succeeded);
        let found = client.find(paid).await.unwrap().unwrap();
        assert_eq!((found.outcome, &found.reference), (Outcome::Succeeded, &answer.reference));
        let back = key();
        let part = Money::new(1000, Currency::USD);
        assert_eq!(client.refund(back, &answer.reference, part).await.unwrap().outcome, Outcome::Succeeded);
        assert_eq!(client.find(back).await.unwrap().unwrap().outcome, Outcome::Succeeded);

        // Declined when charged; asks for confirmation when nobody is there.
        let declined = local.keep("4000000000000341").await;
        let outcome = client.charge(key(), &declined, amount()).await.unwrap().outcome;
        assert_eq!(outcome, Outcome::Declined { hard: false, code: "card_declined".to_owned() });
        let confirm = local.keep("4000002500003155").await;
        let outcome = client.charge(key(), &confirm, amount()).await.unwrap().outcome;
        assert_eq!(outcome, Outcome::Declined { hard: true, code: "authentication_required".to_owned() });

        // Authorised on the page, then captured or given up; the answers stay what they were.
        let (asked, taken) = (key(), key());
        let held = local.authorise(asked).await;
        let authorised = client.find(asked).await.unwrap().unwrap();
        assert_eq!((authorised.outcome, &authorised.reference), (Outcome::Succeeded, &held));
        assert!(authorised.card.is_some(), "the payer agreed that it is kept");
        assert_eq!(client.find(taken).await.unwrap(), None);
        assert_eq!(client.capture(taken, &held, amount()).await.unwrap().outcome, Outcome::Succeeded);
        assert_eq!(client.find(taken).await.unwrap().unwrap().outcome, Outcome::Succeeded);
        assert_eq!(client.find(asked).await.unwrap().unwrap().outcome, Outcome::Succeeded);
        let (asked, given_up) = (key(), key());
        let held = local.authorise(asked).await;
        assert_eq!(client.release(given_up, &held).await.unwrap().outcome, Outcome::Succeeded);
        assert_eq!(client.find(given_up).await.unwrap().unwrap().outcome, Outcome::Succeeded);

        // A key that is not accepted says nothing about the payment.
        let stranger = stripe(&bench, &local, "pk_test_other");
        let unknown = stranger.charge(key(), &card, amount()).await;
        assert!(matches!(unknown, Err(CallError::Unknown(_))), "{unknown:?}");
        let shown = format!("{unknown:?}");
        assert!(!shown.contains("pk_test_other"), "{shown}");
    });
}

#[test]
fn signatures_agree_with_stripes_own_package() {
    let Some(python) = python() else { return };
    let program = r#"
import stripe, sys
secret, body = "whsec_test", '{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"metadata":{"attempt":"0190a0a0-0000-7000-8000-000000000001"}}},"text":"Grüße — ✓"}'
sys.stdout.buffer.write(stripe.WebhookSignature._compute_signature("1780000000." + body, secret).encode() + b"\n" + body.encode())
"#;
    let output = Command::new(python).args(["-c", program]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let cut = output.stdout.iter().position(|byte| *byte == b'\n').unwrap();
    let (signature, body) = (String::from_utf8_lossy(&output.stdout[..cut]), &output.stdout[cut + 1..]);
    let header = format!("t=1780000000,v1={signature},v0=ignored");
    let secrets = Arc::new(vec!["whsec_before".to_owned(), "whsec_test".to_owned()]);
    let at = Timestamp::from_seconds(1_780_000_100);
    let event = webhook::read(&secrets, body, &header, at).unwrap();
    assert_eq!(event.id, "evt_1");
    assert!(event.about.is_some());
    assert!(webhook::read(&secrets, &body[1..], &header, at).is_err());
}
