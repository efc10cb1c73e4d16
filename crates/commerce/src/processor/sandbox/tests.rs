use mailkeep_types::{Currency, Money, PaymentAttemptId};

use super::page::Step;
use super::*;
use crate::processor::Outcome;
use crate::testing::{Bench, both_engines};

fn amount() -> Money {
    Money::new(3188, Currency::USD)
}

async fn authorise(bench: &Bench, scenario: Scenario) -> (PaymentAttemptId, Answer) {
    let attempt = PaymentAttemptId::new(&*bench.clock);
    let request = PageRequest {
        attempt,
        amount: amount(),
        description: "ORD-000001".to_owned(),
        return_url: "https://www.mailkeep.example/back".to_owned(),
        keep_card: true,
    };
    let url = bench.sandbox.open_page(request).await.unwrap();
    let token = url.rsplit('/').next().unwrap();
    let page = bench.sandbox.page(token).await.unwrap().unwrap();
    assert_eq!((page.amount, &page.step), (amount(), &Step::Choose));
    let page = bench.sandbox.choose(token, scenario).await.unwrap().unwrap();
    assert_eq!(page.step, Step::Return("https://www.mailkeep.example/back".to_owned()));
    // A second choice on a page that is done changes nothing.
    bench.sandbox.choose(token, Scenario::DeclineHard).await.unwrap();
    (attempt, bench.sandbox.find(attempt).await.unwrap().unwrap())
}

both_engines!(answers_replay_by_key, |bench| async move {
    let (_, held) = authorise(&bench, Scenario::Approve).await;
    let key = PaymentAttemptId::new(&*bench.clock);
    assert_eq!(bench.sandbox.find(key).await.unwrap(), None);
    let first = bench.sandbox.capture(key, &held.reference, amount()).await.unwrap();
    assert_eq!(first.outcome, Outcome::Succeeded);
    assert_eq!(bench.sandbox.capture(key, &held.reference, amount()).await.unwrap(), first);
    assert_eq!(bench.sandbox.find(key).await.unwrap().as_ref(), Some(&first));
    assert_eq!(bench.sandbox.taken().await.unwrap(), (1, 3188));
    // Another key cannot take the same authorisation again, nor more than it holds.
    let other = PaymentAttemptId::new(&*bench.clock);
    assert!(matches!(
        bench.sandbox.capture(other, &held.reference, amount()).await,
        Err(CallError::Refused(_))
    ));
    assert!(bench.sandbox.release(other, &held.reference).await.is_err());
    let (_, held) = authorise(&bench, Scenario::Approve).await;
    let more = Money::new(3189, Currency::USD);
    assert!(bench.sandbox.capture(other, &held.reference, more).await.is_err());
});

both_engines!(a_lost_answer_is_known_when_asked_for, |bench| async move {
    let (_, held) = authorise(&bench, Scenario::TimeoutAfterCharging).await;
    let key = PaymentAttemptId::new(&*bench.clock);
    let lost = bench.sandbox.capture(key, &held.reference, amount()).await;
    assert!(matches!(lost, Err(CallError::Unknown(_))));
    assert_eq!(bench.sandbox.find(key).await.unwrap().unwrap().outcome, Outcome::Succeeded);
    assert_eq!(bench.sandbox.taken().await.unwrap(), (1, 3188));
});

both_engines!(a_kept_card_remembers_its_scenario, |bench| async move {
    let (_, held) = authorise(&bench, Scenario::RenewalDeclinedSoft).await;
    let card = held.card.unwrap();
    let mut outcomes = Vec::new();
    for _ in 0..3 {
        let key = PaymentAttemptId::new(&*bench.clock);
        let answer = bench.sandbox.charge(key, &card, amount()).await.unwrap();
        // The same key does not count as another try.
        assert_eq!(bench.sandbox.charge(key, &card, amount()).await.unwrap(), answer);
        outcomes.push(answer.outcome == Outcome::Succeeded);
    }
    assert_eq!(outcomes, [false, false, true]);
    let unknown = StoredCard { token: "card_nobody".to_owned(), face: None };
    let key = PaymentAttemptId::new(&*bench.clock);
    assert!(matches!(bench.sandbox.charge(key, &unknown, amount()).await, Err(CallError::Refused(_))));
});

both_engines!(webhooks_are_verified_on_their_raw_bytes, |bench| async move {
    authorise(&bench, Scenario::Approve).await;
    let delivery = bench.sandbox.due_webhooks(false).await.unwrap().remove(0);
    let now = bench.now();
    let read = |body: &[u8], signature: &str, at| bench.sandbox.read_webhook(body, signature, at);
    assert!(read(&delivery.body, &delivery.signature, now).is_ok());
    let mut changed = delivery.body.clone();
    changed.push(b' ');
    assert!(read(&changed, &delivery.signature, now).is_err());
    assert!(read(&delivery.body, &delivery.signature.replace("v1=", "v1=00"), now).is_err());
    for bad in ["", "t=,v1=", "t=1", "v1=ff", "t=99999999999999999999,v1=ff"] {
        assert!(read(&delivery.body, bad, now).is_err(), "{bad}");
    }
    let later = now.plus(std::time::Duration::from_secs(301));
    assert!(read(&delivery.body, &delivery.signature, later).is_err());
    // Signed by somebody else.
    let other = Sandbox::new(bench.db.clone(), "https://pay.mailkeep.example", [8; 32]);
    assert!(other.read_webhook(&delivery.body, &delivery.signature, now).is_err());
});

#[test]
fn every_scenario_has_a_word_and_a_sentence() {
    for scenario in Scenario::ALL {
        assert_eq!(Scenario::from_word(scenario.word()), Some(scenario));
        assert!(scenario.sentence().ends_with('.'));
    }
}
