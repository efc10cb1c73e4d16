use std::time::Duration;

use mailkeep_types::Clock as _;

use super::*;
use crate::access::{Access, Permission, StaffRole};
use crate::config::{LimitConfig, SessionConfig};
use crate::testing::{
    PASSWORD, PersonBuilder, access, create_staff, on_both_engines, on_both_engines_with, origin, origin_at,
    quick_config, sign_in,
};

fn code<T>(result: Result<T, IdentityError>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "ok")
}

#[test]
fn wrong_names_and_wrong_passwords_get_the_same_answers() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let names =
            [ada.email.clone(), ada.registration_id.to_string(), "nobody@example.com".into(), "???".into()];
        for (index, name) in names.iter().enumerate() {
            // Another network each, so that only the limit of the name is seen.
            let from = origin_at(100 + u8::try_from(index).unwrap());
            if index == 1 {
                // Address and number are one person with one count, which the first round has used up.
                let error = identity.sign_in(name, PASSWORD.into(), &from).await.unwrap_err();
                assert_eq!(error.code(), "locked");
                continue;
            }
            for _ in 0..5 {
                assert_eq!(code(identity.sign_in(name, "wrong".into(), &from).await), "wrong_credentials");
            }
            let error = identity.sign_in(name, PASSWORD.into(), &from).await.unwrap_err();
            assert!(error.to_string().ends_with("in 60 seconds."), "{name}: {error}");
        }
        clock.advance(Duration::from_secs(60));
        sign_in(&identity, &ada.email, PASSWORD).await;
        for _ in 0..4 {
            assert_eq!(
                code(identity.sign_in(&ada.email, "wrong".into(), &origin()).await),
                "wrong_credentials"
            );
        }
        sign_in(&identity, &ada.email, PASSWORD).await;
    });
}

#[test]
fn a_network_that_tries_many_names_is_locked_and_others_are_not() {
    let limits = LimitConfig { tries_per_network: 8, ..LimitConfig::default() };
    let config = crate::config::IdentityConfig { limits, ..quick_config() };
    on_both_engines_with(config, async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let bad = origin_at(200);
        for number in 0..8 {
            let name = format!("person{number}@example.com");
            assert_eq!(code(identity.sign_in(&name, "wrong".into(), &bad).await), "wrong_credentials");
        }
        assert_eq!(code(identity.sign_in(&ada.email, PASSWORD.into(), &bad).await), "locked");
        sign_in(&identity, &ada.email, PASSWORD).await;
    });
}

#[test]
fn a_lock_survives_a_restart_of_the_program() {
    on_both_engines(async |identity, _| {
        for _ in 0..5 {
            let _ = identity.sign_in("nobody@example.com", "wrong".into(), &origin()).await;
        }
        let (db, policy) = (identity.db().clone(), identity.policy().clone());
        let again = Identity::new(db, policy, identity.clock().clone(), quick_config()).unwrap();
        assert_eq!(code(again.sign_in("nobody@example.com", "wrong".into(), &origin()).await), "locked");
    });
}

#[test]
fn sessions_end_when_idle_and_in_any_case() {
    let session = SessionConfig { idle_minutes: 60, absolute_hours: 3, recent_password_minutes: 15 };
    let config = crate::config::IdentityConfig { session, ..quick_config() };
    on_both_engines_with(config, async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let idle = sign_in(&identity, &ada.email, PASSWORD).await;
        let used = sign_in(&identity, &ada.email, PASSWORD).await;
        for _ in 0..3 {
            clock.advance(Duration::from_secs(50 * 60));
            assert!(access(&identity, &used.token).await.person().is_ok());
        }
        assert!(matches!(access(&identity, &idle.token).await, Access::Visitor), "idle for an hour");
        clock.advance(Duration::from_secs(31 * 60));
        assert!(matches!(access(&identity, &used.token).await, Access::Visitor), "three hours are over");
    });
}

#[test]
fn sessions_are_listed_with_network_and_device_and_revoked() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        clock.advance(Duration::from_secs(10));
        let from = Origin::new("2001:db8::1".parse().unwrap(), "Mozilla/5.0 (iPhone) Safari/604.1");
        let SignIn::Done(phone) = identity.sign_in(&ada.email, PASSWORD.into(), &from).await.unwrap() else {
            panic!("no second factor was set up")
        };
        let sessions = identity.list_sessions(&ada.access).await.unwrap();
        assert_eq!(sessions.len(), 2);
        assert_eq!(
            (sessions[0].network.in_test().as_str(), sessions[0].device.in_test().as_str()),
            ("2001:db8::1", "Safari on iPhone")
        );
        assert!(!sessions[0].current && sessions[1].current);

        assert_eq!(code(identity.revoke_session(&eve.access, phone.session, &origin()).await), "not_found");
        identity.revoke_session(&ada.access, phone.session, &origin()).await.unwrap();
        assert!(matches!(access(&identity, &phone.token).await, Access::Visitor));
        for _ in 0..2 {
            sign_in(&identity, &ada.email, PASSWORD).await;
        }
        assert_eq!(identity.revoke_other_sessions(&ada.access, &origin()).await.unwrap(), 2);
        assert_eq!(identity.list_sessions(&ada.access).await.unwrap().len(), 1);
        assert!(eve.access_now(&identity).await.person().is_ok(), "another person's session goes on");
        identity.sign_out(&ada.access).await.unwrap();
        assert!(matches!(ada.access_now(&identity).await, Access::Visitor));
    });
}

#[test]
fn a_session_follows_its_person_from_network_to_network() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        clock.advance(Duration::from_secs(61));
        identity.recognise(ada.token.expose(), &origin_at(99)).await.unwrap();
        let sessions = identity.list_sessions(&ada.access).await.unwrap();
        assert_eq!(sessions[0].network, "192.0.2.99");
        assert_eq!(sessions[0].last_seen_at, clock.now());
    });
}

#[test]
fn a_recognised_browser_is_greeted_and_authorised_for_nothing() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let known = identity.remember_browser(&ada.access).await.unwrap();
        assert_eq!(identity.recognise_browser(known.expose()).await.unwrap(), Some(ada.registration_id));
        assert!(!known.expose().contains(&ada.registration_id.to_string()));
        let visitor = access(&identity, &known).await;
        assert_eq!(code(visitor.require(Permission::Person)), "sign_in_needed");
        assert_eq!(
            identity.recognise_browser(ada.token.expose()).await.unwrap(),
            None,
            "a session is no recognition"
        );
        identity.forget_browser(known.expose()).await.unwrap();
        assert_eq!(identity.recognise_browser(known.expose()).await.unwrap(), None);
    });
}

#[test]
fn the_password_is_asked_again_after_a_while() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        assert_eq!(code(identity.require_recent_password(&ada.access)), "ok");
        clock.advance(Duration::from_secs(15 * 60));
        assert_eq!(code(identity.require_recent_password(&ada.access)), "password_needed");
        let wrong = identity.confirm_password(&ada.access, "wrong".into(), &origin()).await;
        assert_eq!(code(wrong), "wrong_credentials");
        identity.confirm_password(&ada.access, PASSWORD.into(), &origin()).await.unwrap();
        assert_eq!(code(identity.require_recent_password(&ada.access_now(&identity).await)), "ok");
        for _ in 0..5 {
            let _ = identity.confirm_password(&ada.access, "wrong".into(), &origin()).await;
        }
        assert_eq!(code(identity.confirm_password(&ada.access, PASSWORD.into(), &origin()).await), "locked");
    });
}

#[test]
fn forms_of_a_session_carry_its_own_secret() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let other = access(&identity, &sign_in(&identity, &ada.email, PASSWORD).await.token).await;
        let mine = ada.access.person().unwrap().csrf;
        assert_eq!(ada.access_now(&identity).await.person().unwrap().csrf, mine, "the same on every page");
        assert_ne!(other.person().unwrap().csrf, mine);
    });
}

#[test]
fn a_session_of_staff_and_one_of_a_person_are_never_mixed_up() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let ines = create_staff(&identity, "ines", &[StaffRole::Support]).await;
        assert_eq!(code(ines.access.require(Permission::Person)), "sign_in_needed");
        assert_eq!(code(ada.access.require(Permission::AnyStaff)), "sign_in_needed");
        assert_eq!(code(identity.sign_in("ines", PASSWORD.into(), &origin()).await), "wrong_credentials");
        assert_eq!(
            code(identity.sign_in_staff(&ada.email, PASSWORD.into(), &origin()).await),
            "wrong_credentials"
        );
        assert_eq!(code(identity.read_profile(&ines.access).await), "sign_in_needed");
    });
}
