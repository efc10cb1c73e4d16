use std::time::Duration;

use mailkeep_policy::{Act, Actor, Fact, Personal, Subject, Use, category, purpose};
use mailkeep_types::SessionId;

use super::*;
use crate::access::Access;
use crate::config::LimitConfig;
use crate::error::IdentityError;
use crate::security_events::SecurityEventKind;
use crate::testing::{
    PASSWORD, PersonBuilder, access, last_mail, on_both_engines, on_both_engines_with, origin, origin_at,
    quick_config, sign_in, store::dump, waiting_mails,
};

const OTHER_PASSWORD: &str = "velvet otter quarry 77 moss";

fn code<T>(result: Result<T, IdentityError>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "ok")
}

#[test]
fn a_person_registers_confirms_and_signs_in_by_number_and_by_address() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example");
        identity.register_person(ada.registration(), &origin()).await.unwrap();
        let early = identity.sign_in("ada.example@example.com", PASSWORD.into(), &origin()).await;
        assert_eq!(code(early), "email_not_confirmed");

        let mail = last_mail(&identity, "identity/confirm_email").await;
        assert_eq!(mail.to.to_string(), "ada.example@example.com");
        let number = identity.confirm_email(mail.token(), &origin()).await.unwrap();
        assert_eq!(mail.context["registration_id"], number.to_string());
        assert_eq!(
            identity.confirm_email(mail.token(), &origin()).await.unwrap(),
            number,
            "a second click is fine"
        );

        sign_in(&identity, "ADA.example@Example.com", PASSWORD).await;
        let session =
            sign_in(&identity, &number.to_string().to_lowercase().replace('-', " "), PASSWORD).await;
        let access = access(&identity, &session.token).await;
        assert_eq!(access.person().unwrap().registration_id, number);
        let profile = identity.read_profile(&access).await.unwrap();
        assert_eq!(profile.name, "Ada Example");
        assert_eq!(profile.time_zone, "America/New_York");
        assert_eq!(profile.email, "ada.example@example.com");
    });
}

#[test]
fn fields_are_refused_with_a_sentence_beside_them() {
    on_both_engines(async |identity, _| {
        let good = PersonBuilder::new("Ada Example").registration();
        let cases = [
            ("name", Registration { name: " ".into(), ..good.clone() }),
            ("email", Registration { email: "ada".into(), ..good.clone() }),
            ("password", Registration { password: "ada.example".into(), ..good.clone() }),
            ("language", Registration { language: "?".into(), ..good.clone() }),
            ("time_zone", Registration { time_zone: "Nowhere".into(), ..good.clone() }),
        ];
        for (field, registration) in cases {
            let error = identity.register_person(registration, &origin()).await.unwrap_err();
            assert_eq!(error.field_name(), Some(field));
            assert!(error.is_for_the_person() && error.to_string().ends_with('.'), "{error}");
        }
        assert!(waiting_mails(&identity, "identity/confirm_email").await.is_empty());
    });
}

#[test]
fn a_known_address_gives_the_same_answer_and_its_holder_is_told() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let before = waiting_mails(&identity, "identity/confirm_email").await.len();
        let again = PersonBuilder::new("Eve Example").email(&ada.email).password(OTHER_PASSWORD);
        identity.register_person(again.registration(), &origin()).await.unwrap();
        assert_eq!(waiting_mails(&identity, "identity/confirm_email").await.len(), before);
        let told = last_mail(&identity, "identity/email_taken").await;
        assert_eq!(told.to.to_string(), ada.email);
        assert_eq!(told.context["registration_id"], ada.registration_id.to_string());
        assert_eq!(identity.read_profile(&ada.access).await.unwrap().name, "Ada Example");
        assert_eq!(
            code(identity.sign_in(&ada.email, OTHER_PASSWORD.into(), &origin()).await),
            "wrong_credentials"
        );
    });
}

#[test]
fn nobody_can_occupy_an_address_beforehand() {
    on_both_engines(async |identity, clock| {
        let eve = PersonBuilder::new("Eve Example").email("ada@example.com").password(OTHER_PASSWORD);
        identity.register_person(eve.registration(), &origin()).await.unwrap();
        let first = last_mail(&identity, "identity/confirm_email").await;
        clock.advance(Duration::from_secs(1));
        let ada = PersonBuilder::new("Ada Example").email("ada@example.com");
        identity.register_person(ada.registration(), &origin()).await.unwrap();
        assert_eq!(code(identity.confirm_email(first.token(), &origin()).await), "link_invalid");
        let second = last_mail(&identity, "identity/confirm_email").await;
        identity.confirm_email(second.token(), &origin()).await.unwrap();
        assert_eq!(
            code(identity.sign_in("ada@example.com", OTHER_PASSWORD.into(), &origin()).await),
            "wrong_credentials"
        );
        let session = sign_in(&identity, "ada@example.com", PASSWORD).await;
        let access = access(&identity, &session.token).await;
        assert_eq!(identity.read_profile(&access).await.unwrap().name, "Ada Example");
    });
}

#[test]
fn an_unconfirmed_registration_goes_with_its_key_and_the_address_is_free() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example");
        identity.register_person(ada.registration(), &origin()).await.unwrap();
        clock.advance(Duration::from_secs(47 * 3600));
        identity.resend_confirmation("ada.example@example.com", &origin()).await.unwrap();
        clock.advance(Duration::from_secs(7 * 86_400));
        let mail = waiting_mails(&identity, "identity/confirm_email").await.pop().unwrap();
        assert_eq!(code(identity.confirm_email(mail.token(), &origin()).await), "link_invalid", "too old");
        identity.sweep().await.unwrap();
        identity.sweep().await.unwrap();
        let number = mail.context["registration_id"].as_str().unwrap().parse().unwrap();
        let person =
            identity.db().read(move |tx| find_by_registration_id(tx, number)).await.unwrap().unwrap();
        assert_eq!(person.status, PersonStatus::Closed);
        let name: Personal<String, category::Identity> = Personal::new("Ada Example".to_owned());
        let place = crate::fields::person("name", person.person);
        let sealed = identity.policy().seal(Subject::person(person.person), place, &name);
        assert!(sealed.unwrap_err().to_string().contains("was erased"));
        assert_eq!(
            code(identity.sign_in("ada.example@example.com", PASSWORD.into(), &origin()).await),
            "wrong_credentials"
        );
        identity.register_person(ada.registration(), &origin()).await.unwrap();
    });
}

#[test]
fn a_forgotten_password_is_reset_by_a_link_that_works_once() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        identity.ask_for_password_reset("nobody@example.com", &origin()).await.unwrap();
        assert!(waiting_mails(&identity, "identity/reset_password").await.is_empty());
        identity.ask_for_password_reset(&ada.registration_id.to_string(), &origin()).await.unwrap();
        let mail = last_mail(&identity, "identity/reset_password").await;
        assert_eq!(mail.to.to_string(), ada.email);

        let weak = identity.reset_password(mail.token(), "1234567890".into(), &origin()).await;
        assert_eq!(weak.unwrap_err().field_name(), Some("password"));
        identity.reset_password(mail.token(), OTHER_PASSWORD.into(), &origin()).await.unwrap();
        assert_eq!(
            code(identity.reset_password(mail.token(), PASSWORD.into(), &origin()).await),
            "link_invalid"
        );
        assert!(matches!(ada.access_now(&identity).await, Access::Visitor), "all sessions ended");
        assert_eq!(code(identity.sign_in(&ada.email, PASSWORD.into(), &origin()).await), "wrong_credentials");
        sign_in(&identity, &ada.email, OTHER_PASSWORD).await;
        assert_eq!(last_mail(&identity, "identity/password_changed").await.to.to_string(), ada.email);
    });
}

#[test]
fn a_reset_link_ends_and_a_newer_one_replaces_it() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        identity.ask_for_password_reset(&ada.email, &origin()).await.unwrap();
        let first = last_mail(&identity, "identity/reset_password").await;
        clock.advance(Duration::from_secs(1));
        identity.ask_for_password_reset(&ada.email, &origin()).await.unwrap();
        let second = last_mail(&identity, "identity/reset_password").await;
        let reset =
            async |token: &str| code(identity.reset_password(token, OTHER_PASSWORD.into(), &origin()).await);
        assert_eq!(reset(first.token()).await, "link_invalid");
        clock.advance(Duration::from_secs(3600));
        assert_eq!(reset(second.token()).await, "link_invalid");
    });
}

#[test]
fn messages_with_links_are_limited_per_address_without_saying_so() {
    let limits = LimitConfig { links_per_address: 2, ..LimitConfig::default() };
    let config = crate::config::IdentityConfig { limits, ..quick_config() };
    on_both_engines_with(config, async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        for _ in 0..6 {
            identity.ask_for_password_reset(&ada.email, &origin()).await.unwrap();
        }
        assert_eq!(waiting_mails(&identity, "identity/reset_password").await.len(), 2);
    });
}

#[test]
fn the_password_is_changed_with_the_present_one_and_other_sessions_end() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let other = sign_in(&identity, &ada.email, PASSWORD).await;
        let wrong =
            identity.change_password(&ada.access, "wrong".into(), OTHER_PASSWORD.into(), &origin()).await;
        assert_eq!(wrong.unwrap_err().field_name(), Some("current_password"));
        identity
            .change_password(&ada.access, PASSWORD.into(), OTHER_PASSWORD.into(), &origin())
            .await
            .unwrap();
        assert!(matches!(access(&identity, &other.token).await, Access::Visitor));
        assert!(ada.access_now(&identity).await.person().is_ok());
        sign_in(&identity, &ada.email, OTHER_PASSWORD).await;
    });
}

#[test]
fn the_profile_is_changed_field_by_field_and_contacts_see_the_new_name() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        assert_eq!(identity.greeting(ada.access.person().unwrap()).await.unwrap().name, "Ada Example");
        clock.advance(Duration::from_secs(1));
        let address = PostalAddress {
            lines: vec!["12 Example Street".into()],
            postal_code: "12345".into(),
            city: "Sampletown".into(),
            region: "NY".into(),
            country: "US".into(),
        };
        let change = ProfileChange {
            name: Some("Ada Sample".into()),
            phone: Some("+1 555 010 0200".into()),
            postal: Some(Some(address.clone())),
            language: Some("de".into()),
            time_zone: None,
        };
        identity.change_profile(&ada.access, change, &origin()).await.unwrap();
        let access = ada.access_now(&identity).await;
        let profile = identity.read_profile(&access).await.unwrap();
        assert_eq!(profile.name, "Ada Sample");
        assert_eq!(profile.phone.unwrap(), "+15550100200");
        assert_eq!(profile.postal.unwrap().in_test(), &address);
        assert_eq!(profile.language, "de");
        assert_eq!(profile.time_zone, "America/New_York");
        let greeting = identity.greeting(access.person().unwrap()).await.unwrap();
        assert_eq!(greeting.name, "Ada Sample");
        assert_eq!(greeting.language, "de");
        let (contacts, _) = identity.list_contacts(&access, ada.customer.unwrap()).await.unwrap();
        assert_eq!(contacts[0].name, "Ada Sample");

        let empty =
            ProfileChange { phone: Some(String::new()), postal: Some(None), ..ProfileChange::default() };
        identity.change_profile(&access, empty, &origin()).await.unwrap();
        let profile = identity.read_profile(&access).await.unwrap();
        assert!(profile.phone.is_none() && profile.postal.is_none());
    });
}

#[test]
fn a_new_address_is_confirmed_there_and_told_to_the_old_one() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        let new = "ada@books.example.net";
        identity.ask_to_change_email(&ada.access, new, &origin()).await.unwrap();
        let mail = last_mail(&identity, "identity/confirm_new_email").await;
        assert_eq!(mail.to.to_string(), new);
        assert_eq!(identity.read_profile(&ada.access).await.unwrap().email, ada.email.as_str(), "not yet");
        assert_eq!(
            code(identity.confirm_new_email(&eve.access, mail.token(), &origin()).await),
            "link_invalid"
        );
        identity.confirm_new_email(&ada.access, mail.token(), &origin()).await.unwrap();
        assert_eq!(
            code(identity.confirm_new_email(&ada.access, mail.token(), &origin()).await),
            "link_invalid"
        );

        let told = last_mail(&identity, "identity/email_changed").await;
        assert_eq!(told.to.to_string(), ada.email);
        assert_eq!(told.context["new_address"], "a…@books.example.net");
        sign_in(&identity, new, PASSWORD).await;
        assert_eq!(code(identity.sign_in(&ada.email, PASSWORD.into(), &origin()).await), "wrong_credentials");
        let (contacts, _) = identity.list_contacts(&ada.access, ada.customer.unwrap()).await.unwrap();
        assert_eq!(contacts[0].email, new);

        let same = identity.ask_to_change_email(&ada.access, new, &origin()).await;
        assert_eq!(same.unwrap_err().code(), "email_same");
        identity.ask_to_change_email(&ada.access, &eve.email, &origin()).await.unwrap();
        assert_eq!(last_mail(&identity, "identity/email_taken").await.to.to_string(), eve.email);
        clock.advance(Duration::from_secs(16 * 60));
        let late = identity.ask_to_change_email(&ada.access, "x@example.org", &origin()).await;
        assert_eq!(code(late), "password_needed");
        identity.confirm_password(&ada.access, PASSWORD.into(), &origin()).await.unwrap();
        let access = ada.access_now(&identity).await;
        identity.ask_to_change_email(&access, "x@example.org", &origin()).await.unwrap();
    });
}

#[test]
fn nothing_personal_and_no_secret_stands_in_the_tables() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        let change = ProfileChange { phone: Some("+1 555 010 0200".into()), ..ProfileChange::default() };
        identity.change_profile(&ada.access, change, &origin()).await.unwrap();
        identity.offer_second_factor(&ada.access).await.unwrap();
        identity.ask_to_change_email(&ada.access, "ada@books.example.net", &origin()).await.unwrap();
        let raw = identity.db().read(dump).await.unwrap();
        let registration_id = ada.registration_id.to_string();
        assert!(contains(&raw, &registration_id), "the dump sees what is there");
        let secrets = [
            "Ada Example",
            "ada.example",
            "Example Books",
            "books.example.net",
            "+15550100200",
            "New_York",
            "192.0.2.10",
            "Firefox",
            "argon2id",
            ada.token.expose(),
        ];
        for secret in secrets {
            assert!(!contains(&raw, secret), "{secret} stands in the tables");
        }
    });
}

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn a_profile_opens_for_its_person_alone() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        let (ada_id, eve_access) = (ada.person, eve.access.person().unwrap());
        let grant = async |actor, fact| {
            let asked = Use {
                actor,
                subject: Subject::person(ada_id),
                act: Act::Read,
                fields: &["persons.name"],
                fact,
            };
            identity.policy().grant::<purpose::Rights>(asked).await.is_ok()
        };
        let mine = ada.access.person().unwrap();
        assert!(grant(mine.actor(), mine.fact()).await);
        assert!(!grant(eve_access.actor(), eve_access.fact()).await, "another person");
        assert!(!grant(mine.actor(), eve_access.fact()).await, "another's session");
        assert!(
            !grant(Actor::Person(ada_id), Fact::OwnSession(SessionId::new(&**identity.clock()))).await,
            "made up"
        );
        identity.sign_out(&ada.access).await.unwrap();
        assert!(!grant(mine.actor(), mine.fact()).await, "signed out");
    });
}

#[test]
fn the_person_reads_what_happened_to_their_access() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        clock.advance(Duration::from_secs(5));
        let _ = identity.sign_in(&ada.email, "wrong".into(), &origin_at(66)).await;
        let events = identity.list_security_events(&ada.access, Timestamp::NEVER, 50).await.unwrap();
        assert_eq!(events[0].kind, SecurityEventKind::WrongPassword);
        assert_eq!(*events[0].network.as_ref().unwrap(), "192.0.2.66");
        assert_eq!(*events[0].device.as_ref().unwrap(), "Firefox on Linux");
        let kinds: Vec<_> = events.iter().map(|event| event.kind).collect();
        for kind in
            [SecurityEventKind::Registered, SecurityEventKind::EmailConfirmed, SecurityEventKind::SignedIn]
        {
            assert!(kinds.contains(&kind), "{kind:?}");
        }
        clock.advance(Duration::from_secs(91 * 86_400));
        identity.sweep().await.unwrap();
        let session = sign_in(&identity, &ada.email, PASSWORD).await;
        let access = access(&identity, &session.token).await;
        let events = identity.list_security_events(&access, Timestamp::NEVER, 50).await.unwrap();
        assert_eq!(events.len(), 1, "older ones are gone");
    });
}

#[test]
fn staff_read_a_contact_card_only_by_role_and_fact_and_the_person_sees_it() {
    use mailkeep_policy::{FactKind, ledger::list_for_subject};
    use mailkeep_types::OrderId;

    use crate::access::StaffRole;
    use crate::testing::create_staff;

    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let reviewer = create_staff(&identity, "rita", &[StaffRole::FraudReviewer]).await;
        let writer = create_staff(&identity, "walt", &[StaffRole::Writer]).await;
        let order = OrderId::new(&**identity.clock());
        let read = async |staff: &crate::testing::TestStaff| {
            let (actor, fact) = (staff.access.actor().unwrap(), Fact::OrderInReview(order));
            identity.read_contact_card::<purpose::Protect>(actor, ada.person, fact).await
        };
        assert_eq!(code(read(&reviewer).await), "policy_refused", "no order is in review");
        let (person, policy) = (ada.person, identity.policy());
        policy.register_fact(FactKind::OrderInReview, move |_, claim| {
            Ok(claim.fact == Fact::OrderInReview(order) && claim.subject == Subject::person(person))
        });
        assert_eq!(code(read(&writer).await), "policy_refused", "another role");
        let card = read(&reviewer).await.unwrap();
        assert_eq!(card.name, "Ada Example");
        assert_eq!(card.email, ada.email.as_str());

        let me = ada.access.person().unwrap();
        let (actor, subject) = (me.actor(), Subject::person(ada.person));
        let asked =
            Use { actor, subject, act: Act::Read, fields: &["ledger_entries.payload"], fact: me.fact() };
        let grant = policy.grant::<purpose::Audit>(asked).await.unwrap();
        let entries = list_for_subject(policy, &grant, None, 100).await.unwrap().entries;
        let by_staff = entries
            .iter()
            .filter(|entry| ["fraud_reviewer", "writer"].contains(&entry.role.as_str()))
            .count();
        assert_eq!(by_staff, 3, "two refusals and one use");
    });
}

#[test]
fn checks_are_renewed_when_the_operator_changes_the_parameters() {
    use crate::identity::Identity;

    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let principal = crate::principal::Principal::Person(ada.person);
        let stored = async || {
            identity
                .db()
                .read(move |tx| crate::credentials::store::load(tx, principal))
                .await
                .unwrap()
                .password
        };
        let before = stored().await;
        sign_in(&identity, &ada.email, PASSWORD).await;
        assert_eq!(stored().await, before, "nothing changed, nothing is written");
        let mut config = quick_config();
        config.password.argon2_passes = 2;
        let (db, policy) = (identity.db().clone(), identity.policy().clone());
        let stronger = Identity::new(db, policy, identity.clock().clone(), config).unwrap();
        sign_in(&stronger, &ada.email, PASSWORD).await;
        let renewed = stored().await;
        assert_ne!(renewed, before);
        sign_in(&stronger, &ada.email, PASSWORD).await;
        assert_eq!(stored().await, renewed);
    });
}
