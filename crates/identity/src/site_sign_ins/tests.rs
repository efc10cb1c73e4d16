use std::time::Duration;

use mailkeep_policy::ledger::Entry;
use mailkeep_policy::{Subject, sink};
use mailkeep_protocols::openid::{Challenge, compact::Compact};
use mailkeep_types::Clock as _;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::error::IdentityError;
use crate::persons::{PostalAddress, ProfileChange};
use crate::sites::SiteForm;
use crate::testing::{PersonBuilder, TestPerson, create_staff, on_both_engines, origin};
use crate::{Access, StaffRole};

const ISSUER: &str = "https://mailkeep.example";
const BACK: &str = "https://library.example/back";
const VERIFIER: &str = "a-verifier-of-a-test-that-is-long-enough-to-be-one";

fn form(title: &str, numbered: bool) -> SiteForm {
    SiteForm {
        title: title.to_owned(),
        home: "https://library.example/".to_owned(),
        listed_as: "own-sites".to_owned(),
        categories: ["identity", "contact", "postal"].map(str::to_owned).to_vec(),
        numbered,
        confidential: true,
        addresses: BACK.to_owned(),
        signed_out_addresses: String::new(),
        told_at: String::new(),
    }
}

async fn site(identity: &Identity, title: &str, numbered: bool) -> Site {
    let new = identity.register_site_from_command_line(form(title, numbered)).await.unwrap();
    identity.open_site(&new.id.to_string()).await.unwrap().unwrap()
}

fn request(site: &Site, shares: &[Share]) -> SiteRequest {
    SiteRequest {
        site: site.clone(),
        address: BACK.to_owned(),
        shares: shares.to_vec(),
        challenge: Challenge(Sha256::digest(VERIFIER).into()),
        nonce: Some("n-1".to_owned()),
        offline: true,
    }
}

/// Agrees, and gives the code.
async fn code(identity: &Identity, person: &TestPerson, request: &SiteRequest) -> Secret {
    let access = person.access_now(identity).await;
    let consent = identity.agree_to_site(&access, request).await.unwrap();
    identity.begin_site_sign_in(&access, request, consent).await.unwrap()
}

fn shown(code: &Secret) -> ShownCode<'_> {
    ShownCode { code: code.expose(), address: BACK, verifier: VERIFIER }
}

async fn tokens(identity: &Identity, person: &TestPerson, request: &SiteRequest) -> SiteTokens {
    let code = code(identity, person, request).await;
    identity.exchange_site_code(&request.site, shown(&code), ISSUER).await.unwrap()
}

async fn claims(identity: &Identity, tokens: &SiteTokens) -> Result<serde_json::Value, String> {
    match identity.read_site_claims(tokens.access_token.expose(), &origin()).await {
        Ok(claims) => Ok(serde_json::to_value(sink::json(&claims)).unwrap()),
        Err(error) => Err(word(&error)),
    }
}

fn id_claims(tokens: &SiteTokens) -> serde_json::Value {
    serde_json::from_slice(&Compact::parse(tokens.id_token.expose()).unwrap().claims).unwrap()
}

fn word(error: &IdentityError) -> String {
    match error {
        IdentityError::OpenId(error) => error.code.to_string(),
        error => error.code().to_owned(),
    }
}

async fn record(identity: &Identity, person: &TestPerson) -> Vec<Entry> {
    let entries = mailkeep_policy::testing::recorded(identity.policy(), Subject::person(person.person)).await;
    entries.unwrap().into_iter().filter(|entry| entry.act == "disclose").collect()
}

async fn ada(identity: &Identity) -> TestPerson {
    let ada = PersonBuilder::new("Ada Example").create(identity).await;
    let postal = PostalAddress {
        lines: vec!["12 Larkspur Lane".to_owned()],
        postal_code: "10001".to_owned(),
        city: "New York".to_owned(),
        region: "NY".to_owned(),
        country: "US".to_owned(),
    };
    let change = ProfileChange {
        phone: Some("+12125550100".to_owned()),
        postal: Some(Some(postal)),
        ..ProfileChange::default()
    };
    identity.change_profile(&ada.access, change, &origin()).await.unwrap();
    ada
}

#[test]
fn a_site_gets_what_the_person_agreed_to_and_the_person_reads_it() {
    on_both_engines(async |identity, clock| {
        let ada = ada(&identity).await;
        let library = site(&identity, "Library", false).await;
        let asked = request(&library, &[Share::Profile, Share::Email]);
        assert_eq!(identity.site_consent(&ada.access, &asked).await.unwrap(), ConsentState::Missing);
        let tokens = tokens(&identity, &ada, &asked).await;
        assert!(matches!(identity.site_consent(&ada.access, &asked).await.unwrap(), ConsentState::Stands(_)));
        assert_eq!(tokens.scope, "openid profile email offline_access");

        let id = id_claims(&tokens);
        assert_eq!((id["iss"].as_str(), id["nonce"].as_str()), (Some(ISSUER), Some("n-1")));
        assert_eq!(id["aud"], library.id.to_string());
        assert_eq!(id["exp"].as_i64().unwrap() - id["iat"].as_i64().unwrap(), 3600);
        assert_eq!(id["iat"], clock.now().as_seconds());
        let names: Vec<&String> = id.as_object().unwrap().keys().collect();
        assert_eq!(
            names,
            ["aud", "auth_time", "exp", "iat", "iss", "nonce", "sid", "sub"],
            "no profile in it"
        );

        let passed = claims(&identity, &tokens).await.unwrap();
        assert_eq!(
            (passed["name"].as_str(), passed["email"].as_str()),
            (Some("Ada Example"), Some("ada.example@example.com"))
        );
        assert_eq!((&passed["email_verified"], &passed["sub"]), (&true.into(), &id["sub"]));
        assert!(passed.get("phone_number").is_none() && passed.get("address").is_none(), "{passed}");

        // Two entries: the name in the ID token, and what was read with the access token.
        let entries = record(&identity, &ada).await;
        assert_eq!(entries.len(), 2, "{entries:?}");
        assert!(entries.iter().all(|entry| entry.purpose == "prefill" && entry.fact == "site_consent"));
        assert_eq!(entries[0].fields, ["site_consents.subject"]);
        let fields = [
            "site_consents.subject",
            "persons.name",
            "persons.language",
            "persons.time_zone",
            "persons.email",
        ];
        assert_eq!(entries[1].fields, fields);
        let named = identity.name_agreed_sites(&ada.access).await.unwrap();
        let agreement = mailkeep_types::SiteConsentId::from_uuid(entries[1].fact_id);
        assert_eq!(named[&agreement], "Library");
        let listed = identity.list_site_consents(&ada.access).await.unwrap();
        assert_eq!((listed.len(), listed[0].signed_in, listed[0].numbered), (1, 1, false));
        assert_eq!(listed[0].shares, [Share::Profile, Share::Email]);
    });
}

#[test]
fn the_postal_address_goes_in_the_form_of_the_standard() {
    on_both_engines(async |identity, _| {
        let ada = ada(&identity).await;
        let library = site(&identity, "Library", false).await;
        let tokens = tokens(&identity, &ada, &request(&library, &[Share::Phone, Share::Address])).await;
        let passed = claims(&identity, &tokens).await.unwrap();
        assert_eq!(passed["phone_number"], "+12125550100");
        assert_eq!(passed["address"]["formatted"], "12 Larkspur Lane\n10001 New York\nNY\nUS");
        assert_eq!(passed["address"]["locality"], "New York");
        let shown = identity.show_shares(&ada.access, &[Share::Phone, Share::Address]).await.unwrap();
        assert_eq!(shown[0].values[0], "+12125550100");
        assert_eq!(shown[1].values[0], "12 Larkspur Lane\n10001 New York\nNY\nUS");
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        let nothing = identity.show_shares(&eve.access, &[Share::Phone, Share::Address]).await.unwrap();
        assert!(nothing.iter().all(|share| share.values.is_empty()));
    });
}

#[test]
fn each_site_knows_the_person_by_a_name_of_its_own_or_by_the_number() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let (library, forum) =
            (site(&identity, "Library", false).await, site(&identity, "Forum", false).await);
        let house = site(&identity, "House", true).await;
        let mut names = Vec::new();
        for site in [&library, &forum, &library, &house] {
            names.push(id_claims(&tokens(&identity, &ada, &request(site, &[])).await)["sub"].clone());
        }
        assert_ne!(names[0], names[1]);
        assert_eq!(names[0], names[2], "the same whenever they come back");
        assert_eq!(names[3], ada.registration_id.to_string());
        assert!(!names[0].as_str().unwrap().contains(&ada.registration_id.to_string()));
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        assert_ne!(id_claims(&tokens(&identity, &eve, &request(&library, &[])).await)["sub"], names[0]);

        // The site may know the number no longer: what was agreed to is of no use, and the person is asked again.
        let operator = create_staff(&identity, "oscar", &[StaffRole::Operator]).await.access;
        let before = tokens(&identity, &ada, &request(&house, &[])).await;
        identity.change_site(&operator, house.id, form("House", false)).await.unwrap();
        let house = identity.open_site(&house.id.to_string()).await.unwrap().unwrap();
        assert_eq!(claims(&identity, &before).await, Err("invalid_token".to_owned()));
        let refresh = before.refresh_token.unwrap();
        let renewed = identity.renew_site_tokens(&house, refresh.expose(), ISSUER).await;
        assert_eq!(word(&renewed.unwrap_err()), "invalid_grant");
        let state = identity.site_consent(&ada.access, &request(&house, &[])).await.unwrap();
        assert_eq!(state, ConsentState::Missing);
        let after = id_claims(&tokens(&identity, &ada, &request(&house, &[])).await);
        assert_ne!(after["sub"], ada.registration_id.to_string());
    });
}

#[test]
fn the_person_is_asked_again_when_it_grows_and_never_for_less() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let library = site(&identity, "Library", false).await;
        let (little, much) =
            (request(&library, &[Share::Email]), request(&library, &[Share::Profile, Share::Email]));
        let first = tokens(&identity, &ada, &little).await;
        let state = identity.site_consent(&ada.access, &much).await.unwrap();
        assert_eq!(state, ConsentState::Grows(vec![Share::Email]));
        tokens(&identity, &ada, &much).await;
        let state = identity.site_consent(&ada.access, &little).await.unwrap();
        assert!(matches!(state, ConsentState::Stands(_)));
        assert_eq!(
            identity.list_site_consents(&ada.access).await.unwrap().len(),
            1,
            "one agreement for each site"
        );
        // A token opens what it was given for, not what was agreed to later.
        assert!(claims(&identity, &first).await.unwrap().get("name").is_none());
        // Without an agreement nobody gets a code: one of somebody else's does not count.
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        let ConsentState::Stands(of_ada) = state else { panic!("{state:?}") };
        let stolen = identity.begin_site_sign_in(&eve.access, &little, of_ada).await;
        assert_eq!(word(&stolen.unwrap_err()), "consent_required");
        assert!(identity.site_consent(&Access::Visitor, &little).await.is_err());
    });
}

#[test]
fn a_code_works_once_for_its_site_address_and_verifier() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let (library, forum) =
            (site(&identity, "Library", false).await, site(&identity, "Forum", false).await);
        let asked = request(&library, &[Share::Profile]);
        let refused = async |site: &Site, shown: ShownCode<'_>| {
            word(&identity.exchange_site_code(site, shown, ISSUER).await.unwrap_err())
        };
        let other = "another-verifier-that-is-long-enough-to-be-one-too";
        for wrong in ["site", "address", "verifier", "short verifier", "late"] {
            let code = code(&identity, &ada, &asked).await;
            let mut shown = shown(&code);
            let mut by = &library;
            match wrong {
                "site" => by = &forum,
                "address" => shown.address = "https://library.example/other",
                "verifier" => shown.verifier = other,
                "short verifier" => shown.verifier = "",
                _ => clock.advance(CODE_LIVES),
            }
            assert_eq!(refused(by, shown).await, "invalid_grant", "{wrong}");
            // It has been shown, and works no longer, also with everything right.
            assert_eq!(refused(&library, super::tests::shown(&code)).await, "invalid_grant", "{wrong}");
        }
        let unknown = Secret::new("unknown");
        assert_eq!(refused(&library, shown(&unknown)).await, "invalid_grant");

        // A code that comes again ends what came of it.
        let code = code(&identity, &ada, &asked).await;
        let tokens = identity.exchange_site_code(&library, shown(&code), ISSUER).await.unwrap();
        assert!(claims(&identity, &tokens).await.is_ok());
        assert_eq!(refused(&library, shown(&code)).await, "invalid_grant");
        assert_eq!(claims(&identity, &tokens).await, Err("invalid_token".to_owned()));
        let refresh = tokens.refresh_token.unwrap();
        let renewed = identity.renew_site_tokens(&library, refresh.expose(), ISSUER).await;
        assert_eq!(word(&renewed.unwrap_err()), "invalid_grant");
    });
}

#[test]
fn a_refresh_token_works_once_and_never_for_another_site() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let (library, forum) =
            (site(&identity, "Library", false).await, site(&identity, "Forum", false).await);
        let asked = request(&library, &[Share::Profile]);
        let renew = async |site: &Site, token: &Secret| {
            identity.renew_site_tokens(site, token.expose(), ISSUER).await
        };
        let first = tokens(&identity, &ada, &asked).await;
        clock.advance(ACCESS_LIVES);
        assert_eq!(claims(&identity, &first).await, Err("invalid_token".to_owned()), "it is over");
        let first = first.refresh_token.unwrap();
        let second = renew(&library, &first).await.unwrap();
        assert_eq!(claims(&identity, &second).await.unwrap()["name"], "Ada Example");
        assert_eq!(id_claims(&second).get("nonce"), None);
        // The first once more: somebody has a copy. Everything ends.
        assert_eq!(word(&renew(&library, &first).await.unwrap_err()), "invalid_grant");
        assert_eq!(claims(&identity, &second).await, Err("invalid_token".to_owned()));
        assert!(renew(&library, second.refresh_token.as_ref().unwrap()).await.is_err());

        let mut online = asked.clone();
        online.offline = false;
        assert!(tokens(&identity, &ada, &online).await.refresh_token.is_none());
        let third = tokens(&identity, &ada, &asked).await;
        let refresh = third.refresh_token.as_ref().unwrap();
        assert_eq!(word(&renew(&forum, refresh).await.unwrap_err()), "invalid_grant");
        assert!(renew(&library, refresh).await.is_err(), "it was in wrong hands");
        assert!(renew(&library, &third.access_token).await.is_err(), "an access token is no refresh token");
    });
}

#[test]
fn everything_ends_with_the_agreement_the_session_and_the_site() {
    on_both_engines(async |identity, clock| {
        let operator = create_staff(&identity, "oscar", &[StaffRole::Operator]).await.access;
        let library = site(&identity, "Library", false).await;
        let asked = request(&library, &[Share::Profile]);
        for end in ["withdrawn", "signed out", "idle", "closed", "given back", "erased"] {
            let ada = PersonBuilder::new(&format!("Ada {end}")).create(&identity).await;
            let passed = tokens(&identity, &ada, &asked).await;
            assert!(claims(&identity, &passed).await.is_ok(), "{end}");
            let pending = code(&identity, &ada, &asked).await;
            let waits = identity.list_site_consents(&ada.access).await.unwrap()[0].id;
            match end {
                "withdrawn" => identity.withdraw_site_consent(&ada.access, waits).await.unwrap(),
                "signed out" => identity.sign_out(&ada.access_now(&identity).await).await.unwrap(),
                "idle" => clock.advance(Duration::from_secs(2 * 86_400)),
                "closed" => identity.set_site_disabled(&operator, library.id, true).await.unwrap(),
                "given back" => {
                    let refresh = passed.refresh_token.as_ref().unwrap();
                    identity.revoke_site_token(&library, refresh.expose()).await.unwrap();
                }
                _ => assert!(identity.policy().erase(Subject::person(ada.person)).await.unwrap()),
            }
            assert!(claims(&identity, &passed).await.is_err(), "{end}");
            let refresh = passed.refresh_token.as_ref().unwrap();
            assert!(identity.renew_site_tokens(&library, refresh.expose(), ISSUER).await.is_err(), "{end}");
            let late = identity.exchange_site_code(&library, shown(&pending), ISSUER).await;
            assert_eq!(late.is_ok(), end == "given back", "{end}: another sign-in of the same session");
            if end == "closed" {
                identity.set_site_disabled(&operator, library.id, false).await.unwrap();
                assert!(claims(&identity, &passed).await.is_err(), "what was closed stays so");
            }
        }
    });
}

#[test]
fn an_agreement_is_taken_back_by_its_owner_alone_and_asked_for_anew() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        let library = site(&identity, "Library", false).await;
        let asked = request(&library, &[Share::Profile]);
        let before = tokens(&identity, &ada, &asked).await;
        let agreement = identity.list_site_consents(&ada.access).await.unwrap()[0].id;
        let stolen = identity.withdraw_site_consent(&eve.access, agreement).await;
        assert!(matches!(stolen, Err(IdentityError::NotFound)));
        assert!(identity.list_site_consents(&eve.access).await.unwrap().is_empty());
        identity.withdraw_site_consent(&ada.access, agreement).await.unwrap();
        assert!(identity.list_site_consents(&ada.access).await.unwrap().is_empty());
        let again = identity.withdraw_site_consent(&ada.access, agreement).await;
        assert!(matches!(again, Err(IdentityError::NotFound)));
        assert_eq!(identity.site_consent(&ada.access, &asked).await.unwrap(), ConsentState::Missing);
        let after = tokens(&identity, &ada, &asked).await;
        assert_eq!(id_claims(&before)["sub"], id_claims(&after)["sub"]);
        let named = identity.name_agreed_sites(&ada.access).await.unwrap();
        assert_eq!(named.len(), 2, "the record names what was taken back too");
    });
}

#[test]
fn what_a_site_may_receive_no_longer_is_passed_no_longer_at_once() {
    on_both_engines(async |identity, _| {
        let ada = ada(&identity).await;
        let operator = create_staff(&identity, "oscar", &[StaffRole::Operator]).await.access;
        let library = site(&identity, "Library", false).await;
        let tokens = tokens(&identity, &ada, &request(&library, Share::ALL)).await;
        assert!(claims(&identity, &tokens).await.unwrap()["address"].is_object());
        let fewer = SiteForm { categories: vec!["identity".to_owned()], ..form("Library", false) };
        identity.change_site(&operator, library.id, fewer).await.unwrap();
        let passed = claims(&identity, &tokens).await.unwrap();
        let names: Vec<&String> = passed.as_object().unwrap().keys().collect();
        assert_eq!(names, ["locale", "name", "sub", "zoneinfo"]);
        let listed = identity.list_site_consents(&ada.access).await.unwrap();
        assert_eq!(listed[0].shares, [Share::Profile]);
        let library = identity.open_site(&library.id.to_string()).await.unwrap().unwrap();
        let refresh = tokens.refresh_token.unwrap();
        let renewed = identity.renew_site_tokens(&library, refresh.expose(), ISSUER).await.unwrap();
        assert_eq!(renewed.scope, "openid profile offline_access");
    });
}

#[test]
fn a_hint_names_its_sign_in_also_when_it_is_old() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let library = site(&identity, "Library", false).await;
        let tokens = tokens(&identity, &ada, &request(&library, &[])).await;
        clock.advance(Duration::from_secs(5 * 3600));
        let hint = identity.read_site_hint(tokens.id_token.expose()).await.unwrap().unwrap();
        assert_eq!((hint.site, hint.person), (library.id, ada.person));
        assert_eq!(hint.session, ada.access.person().unwrap().session);
        let forged = tokens.id_token.expose().replace('.', "x.");
        assert_eq!(identity.read_site_hint(&forged).await.unwrap(), None);
        identity.end_site_sign_in(hint.sign_in).await.unwrap();
        assert_eq!(identity.list_site_consents(&ada.access).await.unwrap()[0].signed_in, 0);
    });
}

#[test]
fn what_is_over_is_swept_away() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let library = site(&identity, "Library", false).await;
        let asked = request(&library, &[Share::Profile]);
        let tokens = tokens(&identity, &ada, &asked).await;
        identity.sweep().await.unwrap();
        assert!(claims(&identity, &tokens).await.is_ok(), "what lives stays");
        clock.advance(Duration::from_secs(40 * 86_400));
        identity.sweep().await.unwrap();
        let hint = identity.read_site_hint(tokens.id_token.expose()).await.unwrap();
        assert_eq!(hint, None, "the sign-in is gone with its session");
    });
}

/// The jobs that tell sites, each with the sign-in it names.
async fn told(identity: &Identity) -> Vec<SiteSignOut> {
    let sql = "SELECT payload FROM jobs WHERE kind = $1 ORDER BY id";
    let jobs: Vec<String> = identity
        .db()
        .read(move |tx| {
            tx.query(sql, mailkeep_storage::sql::params![crate::jobs::TELL_SITE], |row| row.get::<String>(0))
        })
        .await
        .unwrap();
    jobs.iter().map(|payload| serde_json::from_str(payload).unwrap()).collect()
}

#[test]
fn a_site_is_told_once_of_each_sign_in_that_ended() {
    on_both_engines(async |identity, clock| {
        let ada = ada(&identity).await;
        let wants = SiteForm { told_at: "https://library.example/told".to_owned(), ..form("Library", false) };
        let new = identity.register_site_from_command_line(wants).await.unwrap();
        let library = identity.open_site(&new.id.to_string()).await.unwrap().unwrap();
        let forum = site(&identity, "Forum", false).await;
        let asked = request(&library, &[Share::Profile]);
        let sid =
            |tokens: &SiteTokens| id_claims(tokens)["sid"].as_str().unwrap().parse::<SiteSignInId>().unwrap();

        // One that ended before the site got a token is nothing to it; a site that did not ask is not told.
        code(&identity, &ada, &asked).await;
        tokens(&identity, &ada, &request(&forum, &[Share::Profile])).await;
        let first = tokens(&identity, &ada, &asked).await;
        let access = ada.access_now(&identity).await;
        identity.sign_out(&access).await.unwrap();
        let ended = SiteSignOut { site: library.id, sign_in: sid(&first) };
        assert_eq!(told(&identity).await, [ended]);
        let said = identity.site_told(ended, ISSUER).await.unwrap().unwrap();
        assert_eq!(
            (said.address.as_str(), said.listed_as.as_str()),
            ("https://library.example/told", "own-sites")
        );
        assert_eq!(said.hosts, ["library.example"]);
        let token = Compact::parse(said.token.expose()).unwrap();
        let header: serde_json::Value = serde_json::from_slice(&token.header).unwrap();
        assert_eq!(header["typ"], "logout+jwt");
        let claims: serde_json::Value = serde_json::from_slice(&token.claims).unwrap();
        assert_eq!(
            (claims["iss"].as_str(), claims["sid"].as_str()),
            (Some(ISSUER), Some(&*ended.sign_in.to_string()))
        );
        assert_eq!(claims["aud"], library.id.to_string());
        assert!(claims["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object());
        assert!(claims.get("nonce").is_none() && claims.get("sub").is_none(), "{claims}");
        let again = identity.site_told(ended, ISSUER).await.unwrap().unwrap();
        assert_ne!(said.token.expose(), again.token.expose(), "each try has its own jti");
        // It is no ID token with which somebody could be signed out.
        assert_eq!(identity.read_site_hint(said.token.expose()).await.unwrap(), None);

        // Taken back, ended by the site itself, which knows, and over by itself.
        let ada = PersonBuilder::new("Ada Again").create(&identity).await;
        let second = tokens(&identity, &ada, &asked).await;
        let access = ada.access_now(&identity).await;
        let consent = identity.list_site_consents(&access).await.unwrap()[0].id;
        identity.withdraw_site_consent(&access, consent).await.unwrap();
        let third = tokens(&identity, &ada, &asked).await;
        let refresh = third.refresh_token.as_ref().unwrap();
        identity.revoke_site_token(&library, refresh.expose()).await.unwrap();
        let fourth = tokens(&identity, &ada, &asked).await;
        clock.advance(Duration::from_secs(400 * 86_400));
        identity.sweep().await.unwrap();
        identity.sweep().await.unwrap();
        // In no order: the clock stands still.
        let mut all: Vec<_> = told(&identity).await.iter().map(|ended| ended.sign_in.uuid()).collect();
        let mut wanted = [&first, &second, &fourth].map(|tokens| sid(tokens).uuid());
        all.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(all, wanted);

        // Whether it hears is noted, since when; a closed site is told nothing.
        for (heard, since) in [(false, true), (false, true), (true, false)] {
            identity.note_site_heard(library.id, heard).await.unwrap();
            let found = identity.open_site(&library.id.to_string()).await.unwrap().unwrap();
            assert_eq!(found.unheard_since.is_some(), since);
        }
        identity.set_site_disabled_from_command_line(library.id, true).await.unwrap();
        assert!(identity.site_told(ended, ISSUER).await.unwrap().is_none());
    });
}
