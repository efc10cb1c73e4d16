use std::time::Duration;

use mailkeep_types::Clock as _;

use super::*;
use crate::sessions::{PendingSignIn, SignIn};
use crate::testing::{
    PASSWORD, PersonBuilder, TestPerson, app_code, last_mail, on_both_engines, origin, sign_in,
};

fn code<T>(result: Result<T, IdentityError>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "ok")
}

/// Sets up a second factor with the code of the present step.
async fn enrol(identity: &Identity, person: &TestPerson) -> (Secret, Vec<Secret>) {
    let offer = identity.offer_second_factor(&person.access).await.unwrap();
    let now = app_code(&offer.secret, identity.clock().now());
    let codes = identity.confirm_second_factor(&person.access, now, &origin()).await.unwrap();
    (offer.secret, codes)
}

async fn first_step(identity: &Identity, person: &TestPerson) -> PendingSignIn {
    match identity.sign_in(&person.email, PASSWORD.into(), &origin()).await.unwrap() {
        SignIn::SecondFactor(pending) => pending,
        SignIn::Done(_) => panic!("the second factor was not asked for"),
    }
}

#[test]
fn an_app_counts_once_it_showed_that_it_has_the_secret() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let none = identity.confirm_second_factor(&ada.access, "123456".into(), &origin()).await;
        assert_eq!(code(none), "no_second_factor");
        let offer = identity.offer_second_factor(&ada.access).await.unwrap();
        assert!(offer.uri.expose().contains(&ada.registration_id.to_string()));
        assert!(offer.uri.expose().contains(offer.secret.expose()));
        let wrong = identity.confirm_second_factor(&ada.access, "000000".into(), &origin()).await;
        assert_eq!(code(wrong), "wrong_code");
        sign_in(&identity, &ada.email, PASSWORD).await;

        let (_, codes) = enrol(&identity, &ada).await;
        assert_eq!(codes.len(), 10);
        let state = identity.second_factor_state(&ada.access).await.unwrap();
        assert_eq!(state, SecondFactorState { since: Some(identity.clock().now()), recovery_codes_left: 10 });
        assert_eq!(last_mail(&identity, "identity/second_factor_changed").await.context["change"], "added");
        first_step(&identity, &ada).await;
    });
}

#[test]
fn a_time_step_works_once() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let (secret, _) = enrol(&identity, &ada).await;
        let now = app_code(&secret, clock.now());
        let pending = first_step(&identity, &ada).await;
        let replayed = identity.finish_sign_in(pending.token.expose(), now, &origin()).await;
        assert_eq!(code(replayed), "wrong_code", "the step that set it up");

        clock.advance(Duration::from_secs(30));
        let next = app_code(&secret, clock.now());
        let pending = first_step(&identity, &ada).await;
        let session = identity.finish_sign_in(pending.token.expose(), next.clone(), &origin()).await.unwrap();
        let access = identity.recognise(session.token.expose(), &origin()).await.unwrap();
        assert!(access.person().unwrap().second_factor);
        let pending_again = identity.finish_sign_in(pending.token.expose(), next.clone(), &origin()).await;
        assert_eq!(code(pending_again), "sign_in_needed", "an attempt makes one session");
        let other = first_step(&identity, &ada).await;
        assert_eq!(code(identity.finish_sign_in(other.token.expose(), next, &origin()).await), "wrong_code");
        let earlier = app_code(&secret, clock.now().minus(Duration::from_secs(30)));
        assert_eq!(
            code(identity.finish_sign_in(other.token.expose(), earlier, &origin()).await),
            "wrong_code"
        );
    });
}

#[test]
fn recovery_codes_work_once_each_and_belong_to_one_person() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        let (_, codes) = enrol(&identity, &ada).await;
        let (_, others) = enrol(&identity, &eve).await;
        let pending = first_step(&identity, &ada).await;
        let foreign = identity.finish_sign_in(pending.token.expose(), others[0].clone(), &origin()).await;
        assert_eq!(code(foreign), "wrong_code");
        let typed = Secret::new(codes[3].expose().to_uppercase().replace('-', " "));
        identity.finish_sign_in(pending.token.expose(), typed, &origin()).await.unwrap();
        assert_eq!(identity.second_factor_state(&ada.access).await.unwrap().recovery_codes_left, 9);
        let pending = first_step(&identity, &ada).await;
        let again = identity.finish_sign_in(pending.token.expose(), codes[3].clone(), &origin()).await;
        assert_eq!(code(again), "wrong_code");

        let fresh = identity.replace_recovery_codes(&ada.access, &origin()).await.unwrap();
        let old = identity.finish_sign_in(pending.token.expose(), codes[4].clone(), &origin()).await;
        assert_eq!(code(old), "wrong_code");
        identity.finish_sign_in(pending.token.expose(), fresh[0].clone(), &origin()).await.unwrap();
    });
}

#[test]
fn the_right_password_does_not_buy_more_tries_at_the_code() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let (secret, _) = enrol(&identity, &ada).await;
        for _ in 0..5 {
            let pending = first_step(&identity, &ada).await;
            let wrong = identity.finish_sign_in(pending.token.expose(), "000000".into(), &origin()).await;
            assert_eq!(code(wrong), "wrong_code");
        }
        clock.advance(Duration::from_secs(30));
        let pending = first_step(&identity, &ada).await;
        let right = app_code(&secret, clock.now());
        assert_eq!(code(identity.finish_sign_in(pending.token.expose(), right, &origin()).await), "locked");
        clock.advance(Duration::from_secs(60));
        let right = app_code(&secret, clock.now());
        identity.finish_sign_in(pending.token.expose(), right, &origin()).await.unwrap();
    });
}

#[test]
fn a_sign_in_that_waits_too_long_begins_anew() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let (secret, _) = enrol(&identity, &ada).await;
        let pending = first_step(&identity, &ada).await;
        clock.advance(Duration::from_secs(600));
        let late = app_code(&secret, clock.now());
        assert_eq!(
            code(identity.finish_sign_in(pending.token.expose(), late, &origin()).await),
            "sign_in_needed"
        );
        let made_up = identity.finish_sign_in("made up", "123456".into(), &origin()).await;
        assert_eq!(code(made_up), "sign_in_needed");
    });
}

#[test]
fn changes_ask_for_a_recent_password_and_removal_removes() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        assert_eq!(code(identity.remove_second_factor(&ada.access, &origin()).await), "no_second_factor");
        assert_eq!(code(identity.replace_recovery_codes(&ada.access, &origin()).await), "no_second_factor");
        enrol(&identity, &ada).await;
        clock.advance(Duration::from_secs(3600));
        assert_eq!(code(identity.remove_second_factor(&ada.access, &origin()).await), "password_needed");
        assert_eq!(code(identity.offer_second_factor(&ada.access).await), "password_needed");
        identity.confirm_password(&ada.access, PASSWORD.into(), &origin()).await.unwrap();
        let access = ada.access_now(&identity).await;
        identity.remove_second_factor(&access, &origin()).await.unwrap();
        assert_eq!(last_mail(&identity, "identity/second_factor_changed").await.context["change"], "removed");
        sign_in(&identity, &ada.email, PASSWORD).await;
        let state = identity.second_factor_state(&access).await.unwrap();
        assert_eq!(state, SecondFactorState { since: None, recovery_codes_left: 0 });
    });
}
