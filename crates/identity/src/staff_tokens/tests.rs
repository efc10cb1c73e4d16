use std::time::Duration;

use super::*;
use crate::access::{Permission, StaffRole};
use crate::api_requests::Begun;
use crate::api_tokens::NewApiToken;
use crate::testing::{PASSWORD, create_staff, on_both_engines, origin};

fn code<T>(result: Result<T, IdentityError>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "ok")
}

async fn issue(
    identity: &Identity,
    access: &Access,
    permissions: &[StaffPermission],
) -> Result<NewApiToken, IdentityError> {
    let wish = NewStaffToken { title: "bank import", permissions, lifetime_days: 30 };
    identity.issue_staff_token(access, wish, PASSWORD.into(), &origin()).await
}

async fn come(identity: &Identity, token: &NewApiToken) -> Result<Access, IdentityError> {
    identity.authenticate_staff_token(token.token.expose(), &origin()).await
}

#[test]
fn a_token_does_what_it_was_made_for_and_nothing_of_what_a_browser_does() {
    on_both_engines(async |identity, clock| {
        let bill = create_staff(&identity, "bill", &[StaffRole::Billing]).await;
        let token = issue(&identity, &bill.access, &[StaffPermission::Billing]).await.unwrap();
        assert!(token.token.expose().starts_with(PREFIX));
        let access = come(&identity, &token).await.unwrap();
        assert_eq!(access.staff().unwrap().staff, bill.staff);
        access.require(Permission::Staff(StaffPermission::Billing)).unwrap();
        let more = access.require(Permission::Staff(StaffPermission::Reports));
        assert_eq!(code(more), "forbidden", "the role has it, the token does not");
        assert_eq!(code(issue(&identity, &access, &[StaffPermission::Billing]).await), "forbidden");
        assert_eq!(code(identity.list_staff_tokens(&access).await), "forbidden");

        let listed = identity.list_staff_tokens(&bill.access).await.unwrap();
        assert_eq!((listed[0].title.as_str(), listed[0].last_used_at), ("bank import", Some(identity.now())));
        clock.advance(Duration::from_secs(30 * 86_400));
        assert_eq!(code(come(&identity, &token).await), "sign_in_needed", "it has ended");
    });
}

#[test]
fn nobody_passes_on_more_than_they_may() {
    on_both_engines(async |identity, _| {
        let reviewer = create_staff(&identity, "rosa", &[StaffRole::FraudReviewer]).await;
        for wrong in [&[][..], &[StaffPermission::Billing], &[StaffPermission::Customers]] {
            let refused = issue(&identity, &reviewer.access, wrong).await.unwrap_err();
            assert_eq!(refused.field_name(), Some("permissions"), "{wrong:?}");
        }
        let orders = [StaffPermission::Orders];
        let wish = NewStaffToken { title: "x", permissions: &orders, lifetime_days: LONGEST_DAYS + 1 };
        let endless = identity.issue_staff_token(&reviewer.access, wish, PASSWORD.into(), &origin()).await;
        assert_eq!(endless.unwrap_err().field_name(), Some("lifetime_days"));
        let wish = NewStaffToken { lifetime_days: 7, ..wish };
        let guessed = identity.issue_staff_token(&reviewer.access, wish, "guess".into(), &origin()).await;
        assert_eq!(guessed.unwrap_err().field_name(), Some("current_password"));
    });
}

#[test]
fn a_token_ends_with_its_owners_role_and_with_its_owner() {
    on_both_engines(async |identity, _| {
        let olga = create_staff(&identity, "olga", &[StaffRole::Operator]).await;
        let bill = create_staff(&identity, "bill", &[StaffRole::Billing]).await;
        let token = issue(&identity, &bill.access, &[StaffPermission::Billing]).await.unwrap();
        identity.change_staff_roles(&olga.access, bill.staff, &[StaffRole::Support]).await.unwrap();
        let access = come(&identity, &token).await.unwrap();
        assert_eq!(code(access.require(Permission::Staff(StaffPermission::Billing))), "forbidden");
        identity.suspend_staff(&olga.access, bill.staff).await.unwrap();
        assert_eq!(code(come(&identity, &token).await), "sign_in_needed");

        let other = issue(&identity, &olga.access, &[StaffPermission::Reports]).await.unwrap();
        assert_eq!(
            code(identity.revoke_staff_token(&bill.access, other.id, &origin()).await),
            "not_found",
            "another's token"
        );
        identity.revoke_staff_token(&olga.access, other.id, &origin()).await.unwrap();
        assert_eq!(code(come(&identity, &other).await), "sign_in_needed");
    });
}

#[test]
fn requests_of_staff_are_carried_out_once_too() {
    on_both_engines(async |identity, _| {
        let bill = create_staff(&identity, "bill", &[StaffRole::Billing]).await;
        let token = issue(&identity, &bill.access, &[StaffPermission::Billing]).await.unwrap();
        let access = come(&identity, &token).await.unwrap();
        let begun = identity.begin_api_request(&access, "transfer 17", b"{}").await.unwrap();
        let Begun::First(request) = begun else { panic!("it is new") };
        let made = uuid::Uuid::from_u128(7);
        identity.finish_api_request(request, Some(made)).await.unwrap();
        let again = identity.begin_api_request(&access, "transfer 17", b"{}").await.unwrap();
        assert!(matches!(again, Begun::Done(id) if id == made));
        let other = identity.begin_api_request(&access, "transfer 17", b"{\"a\":1}").await.unwrap();
        assert!(matches!(other, Begun::Different));
    });
}
