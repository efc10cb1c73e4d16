use std::time::Duration;

use mailkeep_types::Clock as _;

use super::*;
use crate::access::{Access, Permission, StaffPermission};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::testing::{PASSWORD, PersonBuilder, access, app_code, create_staff, on_both_engines, origin};

fn code<T>(result: Result<T, IdentityError>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "ok")
}

async fn sign_in(identity: &Identity, login: &str) -> Result<crate::sessions::PendingSignIn, IdentityError> {
    identity.sign_in_staff(login, PASSWORD.into(), &origin()).await
}

#[test]
fn nothing_opens_before_password_and_second_factor_are_set_up() {
    on_both_engines(async |identity, _| {
        let roles = [StaffRole::Operator];
        let link = identity.add_staff_from_command_line(" Ines ", &roles).await.unwrap();
        let token = link.token.expose();
        assert_eq!(identity.enrolment(token, &origin()).await.unwrap(), "ines");
        assert_eq!(code(sign_in(&identity, "ines").await), "wrong_credentials");
        assert_eq!(
            code(identity.finish_enrolment(token, "123456".into(), &origin()).await),
            "no_second_factor"
        );
        let weak = identity.enrol_staff(token, "ines12345678".into(), &origin()).await;
        assert_eq!(weak.unwrap_err().field_name(), Some("password"));
        let offer = identity.enrol_staff(token, PASSWORD.into(), &origin()).await.unwrap();
        assert_eq!(
            code(sign_in(&identity, "ines").await),
            "wrong_credentials",
            "the password alone is nothing"
        );
        assert_eq!(code(identity.finish_enrolment(token, "000000".into(), &origin()).await), "wrong_code");
        let earlier = app_code(&offer.secret, identity.now().minus(Duration::from_secs(30)));
        let codes = identity.finish_enrolment(token, earlier, &origin()).await.unwrap();
        assert_eq!(codes.len(), 10);
        assert_eq!(code(identity.enrolment(token, &origin()).await), "link_invalid", "the link is used");

        let pending = sign_in(&identity, "INES").await.unwrap();
        assert!(matches!(access(&identity, &pending.token).await, Access::Visitor));
        let right = app_code(&offer.secret, identity.now());
        let session = identity.finish_sign_in(pending.token.expose(), right, &origin()).await.unwrap();
        let access = access(&identity, &session.token).await;
        assert_eq!(access.staff().unwrap().login, "ines");
        access.require(Permission::Staff(StaffPermission::Staff)).unwrap();
    });
}

#[test]
fn staff_are_managed_by_operators_alone() {
    on_both_engines(async |identity, clock| {
        let operator = create_staff(&identity, "olga", &[StaffRole::Operator]).await;
        let support = create_staff(&identity, "ines", &[StaffRole::Support]).await;
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        let add = async |access: &Access, login: &str| {
            code(identity.add_staff(access, login, &[StaffRole::Writer]).await)
        };
        assert_eq!(add(&support.access, "new").await, "forbidden");
        assert_eq!(add(&ada.access, "new").await, "sign_in_needed");
        assert_eq!(add(&operator.access, "ines").await, "login_taken");
        assert_eq!(add(&operator.access, "not a name").await, "login_invalid");
        assert_eq!(add(&operator.access, "new").await, "ok");
        let logins: Vec<String> = identity
            .list_staff(&operator.access)
            .await
            .unwrap()
            .into_iter()
            .map(|member| member.login)
            .collect();
        assert_eq!(logins, ["ines", "new", "olga"]);

        identity.change_staff_roles(&operator.access, support.staff, &[StaffRole::Billing]).await.unwrap();
        let now = access(&identity, &support.token).await;
        assert_eq!(now.staff().unwrap().roles, [StaffRole::Billing], "at once, in the running session");
        clock.advance(Duration::from_secs(11 * 60));
        assert_eq!(add(&operator.access, "later").await, "password_needed");
    });
}

#[test]
fn suspension_ends_sessions_at_once_and_enrolling_again_replaces_what_proved_them() {
    on_both_engines(async |identity, clock| {
        let operator = create_staff(&identity, "olga", &[StaffRole::Operator]).await;
        let support = create_staff(&identity, "ines", &[StaffRole::Support]).await;
        identity.suspend_staff(&operator.access, support.staff).await.unwrap();
        assert!(matches!(access(&identity, &support.token).await, Access::Visitor));
        assert_eq!(code(sign_in(&identity, "ines").await), "wrong_credentials");

        let link = identity.enrol_staff_again(&operator.access, support.staff).await.unwrap();
        let offer = identity.enrol_staff(link.token.expose(), PASSWORD.into(), &origin()).await.unwrap();
        assert_ne!(offer.secret.expose(), support.secret.expose());
        let right = app_code(&offer.secret, clock.now());
        identity.finish_enrolment(link.token.expose(), right, &origin()).await.unwrap();
        let pending = sign_in(&identity, "ines").await.unwrap();
        let old = support.recovery_codes[0].clone();
        assert_eq!(code(identity.finish_sign_in(pending.token.expose(), old, &origin()).await), "wrong_code");
    });
}

#[test]
fn the_last_operator_stays_and_has_a_way_back_by_the_command_line() {
    on_both_engines(async |identity, clock| {
        let olga = create_staff(&identity, "olga", &[StaffRole::Operator, StaffRole::Support]).await;
        assert_eq!(code(identity.suspend_staff(&olga.access, olga.staff).await), "last_operator");
        let demoted = identity.change_staff_roles(&olga.access, olga.staff, &[StaffRole::Support]).await;
        assert_eq!(code(demoted), "last_operator");
        assert_eq!(code(identity.enrol_staff_again(&olga.access, olga.staff).await), "last_operator");
        let link = identity.enrol_staff_again_from_command_line("olga").await.unwrap();
        assert!(matches!(access(&identity, &olga.token).await, Access::Visitor));
        clock.advance(Duration::from_secs(25 * 3600));
        assert_eq!(
            code(identity.enrolment(link.token.expose(), &origin()).await),
            "link_invalid",
            "a day is over"
        );
        assert_eq!(code(identity.enrol_staff_again_from_command_line("nobody").await), "not_found");
    });
}

#[test]
fn staff_see_and_end_their_own_sessions_alone() {
    on_both_engines(async |identity, clock| {
        let ines = create_staff(&identity, "ines", &[StaffRole::Support]).await;
        let otto = create_staff(&identity, "otto", &[StaffRole::Operator]).await;
        clock.advance(Duration::from_secs(60));
        let pending = sign_in(&identity, "ines").await.unwrap();
        let shown = app_code(&ines.secret, identity.now());
        let other = identity.finish_sign_in(pending.token.expose(), shown, &origin()).await.unwrap();
        let listed = identity.list_staff_sessions(&ines.access).await.unwrap();
        assert_eq!(listed.len(), 2);
        let second = listed.iter().find(|session| !session.current).unwrap().session;
        assert_eq!(code(identity.revoke_staff_session(&otto.access, second, &origin()).await), "not_found");
        identity.revoke_staff_session(&ines.access, second, &origin()).await.unwrap();
        assert!(access(&identity, &other.token).await.staff().is_err());
        assert_eq!(identity.list_staff_sessions(&ines.access).await.unwrap().len(), 1);
    });
}

#[test]
fn staff_change_their_password_with_the_present_one() {
    const OTHER: &str = "velvet otter quarry 77 moss";
    on_both_engines(async |identity, _| {
        let ines = create_staff(&identity, "ines", &[StaffRole::Support]).await;
        let change = async |current: &str| {
            identity.change_staff_password(&ines.access, current.into(), OTHER.into(), &origin()).await
        };
        assert_eq!(change("wrong").await.unwrap_err().field_name(), Some("current_password"));
        change(PASSWORD).await.unwrap();
        assert_eq!(code(sign_in(&identity, "ines").await), "wrong_credentials");
        identity.sign_in_staff("ines", OTHER.into(), &origin()).await.unwrap();
        assert!(access(&identity, &ines.token).await.staff().is_ok(), "the session that asked goes on");
    });
}
