use std::time::Duration;

use mailkeep_types::Clock as _;

use super::*;
use crate::access::{Access, Permission, Scope, Via};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::testing::{PASSWORD, PersonBuilder, on_both_engines, on_both_engines_with, origin, quick_config};

fn code<T>(result: Result<T, IdentityError>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "ok")
}

async fn issue(identity: &Identity, access: &Access, scopes: &[Scope]) -> Result<NewApiToken, IdentityError> {
    identity.issue_api_token(access, "backup script", Scopes::of(scopes), 30, &origin()).await
}

#[test]
fn a_token_acts_for_its_person_within_its_scopes_until_it_ends() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        let token = issue(&identity, &ada.access, &[Scope::ProfileRead]).await.unwrap();
        assert!(token.token.expose().starts_with("mkp_"));
        let access = identity.authenticate_api_token(token.token.expose(), &origin()).await.unwrap();
        let me = access.person().unwrap();
        assert_eq!((me.person, &me.via), (ada.person, &Via::ApiToken(Scopes::of(&[Scope::ProfileRead]))));
        access.require(Permission::Scope(Scope::ProfileRead)).unwrap();
        assert_eq!(identity.read_profile(&access).await.unwrap().name, "Ada Example");
        assert_eq!(identity.list_customers(&access).await.unwrap()[0].name, "Example Books");

        assert_eq!(code(issue(&identity, &access, &[Scope::ProfileRead]).await), "forbidden");
        let change = identity.change_password(&access, PASSWORD.into(), "x".into(), &origin()).await;
        assert_eq!(code(change), "forbidden");
        assert_eq!(code(identity.list_sessions(&access).await), "forbidden");

        let listed = identity.list_api_tokens(&ada.access).await.unwrap();
        assert_eq!(
            (listed[0].name.in_test().as_str(), listed[0].last_used_at),
            ("backup script", Some(clock.now()))
        );
        clock.advance(Duration::from_secs(30 * 86_400));
        assert_eq!(
            code(identity.authenticate_api_token(token.token.expose(), &origin()).await),
            "sign_in_needed"
        );
        assert_eq!(code(identity.read_profile(&access).await), "policy_refused", "the fact has ended too");
    });
}

#[test]
fn a_revoked_token_stops_at_once_and_only_its_owner_revokes_it() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        let token = issue(&identity, &ada.access, &[Scope::DomainsRead]).await.unwrap();
        assert!(identity.list_api_tokens(&eve.access).await.unwrap().is_empty());
        assert_eq!(code(identity.revoke_api_token(&eve.access, token.id, &origin()).await), "not_found");
        identity.revoke_api_token(&ada.access, token.id, &origin()).await.unwrap();
        assert_eq!(
            code(identity.authenticate_api_token(token.token.expose(), &origin()).await),
            "sign_in_needed"
        );
    });
}

#[test]
fn fields_are_checked_and_guessing_is_limited() {
    let config = crate::config::IdentityConfig { max_api_tokens: 2, ..quick_config() };
    on_both_engines_with(config, async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        assert_eq!(issue(&identity, &ada.access, &[]).await.unwrap_err().field_name(), Some("scopes"));
        let scopes = Scopes::of(&[Scope::ProfileRead]);
        let unnamed = identity.issue_api_token(&ada.access, "", scopes.clone(), 30, &origin()).await;
        assert_eq!(unnamed.unwrap_err().field_name(), Some("name"));
        let endless = identity.issue_api_token(&ada.access, "x", scopes, 0, &origin()).await;
        assert_eq!(endless.unwrap_err().field_name(), Some("lifetime_days"));
        for expected in ["ok", "ok", "too_many"] {
            assert_eq!(code(issue(&identity, &ada.access, &[Scope::ProfileRead]).await), expected);
        }
        clock.advance(Duration::from_secs(3600));
        assert_eq!(code(issue(&identity, &ada.access, &[Scope::ProfileRead]).await), "password_needed");
        let mut answers = Vec::new();
        for number in 0..31 {
            answers.push(code(identity.authenticate_api_token(&format!("mkp_{number}"), &origin()).await));
        }
        assert!(answers[..30].iter().all(|answer| *answer == "sign_in_needed"));
        assert_eq!(answers[30], "locked");
    });
}
