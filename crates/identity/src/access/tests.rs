use mailkeep_types::{ManualClock, PersonId, RegistrationId, SessionId, StaffId, Timestamp};

use super::*;

fn person(via: Via, customers: Vec<Membership>) -> Access {
    let clock = ManualClock::at("2026-03-01");
    Access::Person(PersonAccess {
        person: PersonId::new(&*clock),
        registration_id: RegistrationId::random(),
        session: SessionId::new(&*clock),
        via,
        customers,
        authenticated_at: Timestamp::EPOCH,
        second_factor: false,
        csrf: [0; 32],
        changed_at: Timestamp::EPOCH,
    })
}

fn staff(roles: &[StaffRole]) -> Access {
    let clock = ManualClock::at("2026-03-01");
    Access::Staff(StaffAccess {
        staff: StaffId::new(&*clock),
        login: "ines".to_owned(),
        session: SessionId::new(&*clock),
        roles: roles.to_vec(),
        made_for: None,
        authenticated_at: Timestamp::EPOCH,
        csrf: [0; 32],
    })
}

fn code(result: Result<(), IdentityError>) -> &'static str {
    result.map_or_else(|error| error.code(), |()| "ok")
}

#[test]
fn a_contact_has_what_the_roles_give_and_other_customers_do_not_exist() {
    let clock = ManualClock::at("2026-03-01");
    let (mine, other) = (CustomerId::new(&*clock), CustomerId::new(&*clock));
    let membership = Membership { customer: mine, roles: ContactRoles::of(&[ContactRole::Technical]) };
    let access = person(Via::Browser, vec![membership]);
    const TECHNICAL: &[ContactRole] = &[ContactRole::Owner, ContactRole::Technical];
    const OWNER: &[ContactRole] = &[ContactRole::Owner];
    assert_eq!(code(access.require(Permission::Contact(mine, TECHNICAL))), "ok");
    assert_eq!(code(access.require(Permission::Contact(mine, OWNER))), "forbidden");
    assert_eq!(code(access.require(Permission::Contact(other, TECHNICAL))), "not_found");
    assert_eq!(code(Access::Visitor.require(Permission::Contact(mine, TECHNICAL))), "sign_in_needed");
    assert_eq!(
        code(staff(&[StaffRole::Support]).require(Permission::Contact(mine, TECHNICAL))),
        "sign_in_needed"
    );
}

#[test]
fn a_token_has_its_scopes_and_is_no_session_of_a_browser() {
    let access = person(Via::ApiToken(Scopes::of(&[Scope::DomainsWrite])), Vec::new());
    assert_eq!(code(access.require(Permission::Scope(Scope::DomainsRead))), "ok");
    assert_eq!(code(access.require(Permission::Scope(Scope::DomainsWrite))), "ok");
    assert_eq!(code(access.require(Permission::Scope(Scope::MailboxesRead))), "forbidden");
    assert_eq!(code(access.require(Permission::Person)), "forbidden");
    let browser = person(Via::Browser, Vec::new());
    assert_eq!(code(browser.require(Permission::Scope(Scope::DomainsRead))), "sign_in_needed");
}

#[test]
fn staff_have_what_their_roles_give_and_no_more() {
    for role in StaffRole::ALL {
        let access = staff(&[*role]);
        for permission in StaffPermission::ALL {
            let expected = if role.permissions().contains(permission) { "ok" } else { "forbidden" };
            assert_eq!(code(access.require(Permission::Staff(*permission))), expected, "{role} {permission}");
        }
        assert_eq!(code(access.require(Permission::Person)), "sign_in_needed");
    }
    assert_eq!(code(person(Via::Browser, Vec::new()).require(Permission::AnyStaff)), "sign_in_needed");
}

#[test]
fn every_permission_is_given_by_some_role() {
    for permission in StaffPermission::ALL {
        assert!(StaffRole::ALL.iter().any(|role| role.permissions().contains(permission)), "{permission}");
    }
}

#[test]
fn sets_are_stored_and_read_back() {
    let roles = ContactRoles::of(&[ContactRole::Owner, ContactRole::ReadOnly]);
    assert_eq!(ContactRoles::from_stored(roles.stored()), roles);
    let scopes = Scopes::of(&[Scope::MailboxesWrite, Scope::ProfileRead]);
    assert_eq!(Scopes::from_stored(&scopes.stored()), scopes);
    let staff = [StaffRole::Writer, StaffRole::AbuseDesk];
    assert_eq!(StaffRole::from_stored(&StaffRole::stored(&staff)), [StaffRole::AbuseDesk, StaffRole::Writer]);
}
