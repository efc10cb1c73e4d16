use std::time::Duration;

use mailkeep_policy::{Act, Subject, Use, purpose};
use mailkeep_types::Clock as _;

use super::*;
use crate::access::StaffRole;
use crate::testing::{
    PASSWORD, PersonBuilder, TestPerson, create_staff, last_mail, last_mail_to, on_both_engines, origin,
};

fn code<T>(result: Result<T, IdentityError>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "ok")
}

async fn join(
    identity: &Identity,
    owner: &TestPerson,
    person: &TestPerson,
    roles: &[ContactRole],
) -> ContactId {
    let customer = owner.customer.unwrap();
    let access = owner.access_now(identity).await;
    identity
        .invite_contact(&access, customer, &person.email, ContactRoles::of(roles), &origin())
        .await
        .unwrap();
    let mail = last_mail_to(identity, "identity/contact_invitation", &person.email).await;
    identity.accept_invitation(&person.access, mail.token(), &origin()).await.unwrap();
    let (contacts, waiting) = identity.list_contacts(&access, customer).await.unwrap();
    assert!(waiting.is_empty());
    contacts.iter().find(|contact| contact.person == person.person).unwrap().contact
}

#[test]
fn a_contact_is_invited_accepts_and_has_the_roles() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        let bob = PersonBuilder::new("Bob Example").create(&identity).await;
        let customer = ada.customer.unwrap();
        clock.advance(Duration::from_secs(1));
        join(&identity, &ada, &bob, &[ContactRole::Billing, ContactRole::Technical]).await;
        let access = bob.access_now(&identity).await;
        let views = identity.list_customers(&access).await.unwrap();
        assert_eq!((views.len(), views[0].name.in_test().as_str()), (1, "Example Books"));
        assert_eq!(views[0].roles, ContactRoles::of(&[ContactRole::Billing, ContactRole::Technical]));
        let (contacts, _) = identity.list_contacts(&access, customer).await.unwrap();
        let names: Vec<&str> = contacts.iter().map(|contact| contact.name.in_test().as_str()).collect();
        assert_eq!(names, ["Ada Example", "Bob Example"]);
        let billing =
            identity.db().read(move |tx| persons_with_role(tx, customer, &[ContactRole::Billing])).await;
        assert_eq!(billing.unwrap(), [bob.person]);
        let owner = identity.db().read(move |tx| first_owner(tx, customer)).await;
        assert_eq!(owner.unwrap(), Some(ada.person));
    });
}

#[test]
fn an_invitation_works_once_for_a_time_and_can_be_taken_back() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        let bob = PersonBuilder::new("Bob Example").create(&identity).await;
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        let customer = ada.customer.unwrap();
        let invite = async |roles: &[ContactRole]| {
            let roles = ContactRoles::of(roles);
            identity.invite_contact(&ada.access, customer, "bob@example.org", roles, &origin()).await
        };
        let accept = async |person: &TestPerson, token: &str| {
            code(identity.accept_invitation(&person.access, token, &origin()).await)
        };
        assert_eq!(invite(&[]).await.unwrap_err().field_name(), Some("roles"));
        invite(&[ContactRole::ReadOnly]).await.unwrap();
        let first = last_mail(&identity, "identity/contact_invitation").await;
        assert_eq!(first.context["customer"], "Example Books");
        clock.advance(Duration::from_secs(1));
        invite(&[ContactRole::Technical]).await.unwrap();
        let second = last_mail(&identity, "identity/contact_invitation").await;
        assert_eq!(accept(&bob, first.token()).await, "link_invalid", "replaced");
        assert_eq!(accept(&ada, second.token()).await, "already_contact");
        assert_eq!(accept(&bob, second.token()).await, "ok", "a refused acceptance used nothing up");
        assert_eq!(accept(&eve, second.token()).await, "link_invalid", "used");

        invite(&[ContactRole::Technical]).await.unwrap();
        let (_, waiting) = identity.list_contacts(&ada.access, customer).await.unwrap();
        assert_eq!(waiting[0].email, "bob@example.org");
        identity.withdraw_invitation(&ada.access, customer, waiting[0].invitation).await.unwrap();
        let third = last_mail(&identity, "identity/contact_invitation").await;
        assert_eq!(accept(&eve, third.token()).await, "link_invalid", "taken back");
        let known =
            identity.invite_contact(&ada.access, customer, &bob.email, ContactRoles::OWNER, &origin()).await;
        assert_eq!(code(known), "already_contact");
    });
}

#[test]
fn only_owners_with_a_recent_password_change_contacts() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        let bob = PersonBuilder::new("Bob Example").create(&identity).await;
        let eve = PersonBuilder::new("Eve Example").create(&identity).await;
        let customer = ada.customer.unwrap();
        let contact = join(&identity, &ada, &bob, &[ContactRole::Technical]).await;
        let bobs = bob.access_now(&identity).await;
        let roles = ContactRoles::OWNER;
        let change = async |access: &Access| {
            code(identity.change_contact_roles(access, customer, contact, roles, &origin()).await)
        };
        assert_eq!(change(&bobs).await, "forbidden");
        assert_eq!(change(&eve.access).await, "not_found");
        assert_eq!(code(identity.rename_customer(&bobs, customer, "Mine").await), "forbidden");
        assert_eq!(code(identity.list_contacts(&eve.access, customer).await), "not_found");
        let invited = identity.invite_contact(&bobs, customer, "x@example.org", roles, &origin()).await;
        assert_eq!(code(invited), "forbidden");
        clock.advance(Duration::from_secs(3600));
        assert_eq!(change(&ada.access).await, "password_needed");
        identity.confirm_password(&ada.access, PASSWORD.into(), &origin()).await.unwrap();
        let access = ada.access_now(&identity).await;
        assert_eq!(change(&access).await, "ok");
        identity.rename_customer(&access, customer, "Example Press").await.unwrap();
        assert_eq!(
            identity.list_customers(&bob.access_now(&identity).await).await.unwrap()[0].name,
            "Example Press"
        );
    });
}

#[test]
fn the_last_owner_stays_and_everybody_else_may_leave() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        let bob = PersonBuilder::new("Bob Example").create(&identity).await;
        let customer = ada.customer.unwrap();
        let (contacts, _) = identity.list_contacts(&ada.access, customer).await.unwrap();
        let mine = contacts[0].contact;
        let access = ada.access.clone();
        assert_eq!(code(identity.remove_contact(&access, customer, mine, &origin()).await), "last_owner");
        let billing = ContactRoles::of(&[ContactRole::Billing]);
        let demoted = identity.change_contact_roles(&access, customer, mine, billing, &origin()).await;
        assert_eq!(code(demoted), "last_owner");

        let bobs = join(&identity, &ada, &bob, &[ContactRole::ReadOnly]).await;
        let bob_access = bob.access_now(&identity).await;
        assert_eq!(code(identity.remove_contact(&bob_access, customer, mine, &origin()).await), "forbidden");
        assert_eq!(
            code(identity.remove_contact(&bob_access, customer, bobs, &origin()).await),
            "ok",
            "leaves"
        );
        assert!(bob.access_now(&identity).await.person().unwrap().customers.is_empty());

        clock.advance(Duration::from_secs(1));
        join(&identity, &ada, &bob, &[ContactRole::Owner]).await;
        let bob_access = bob.access_now(&identity).await;
        assert_eq!(code(identity.remove_contact(&bob_access, customer, mine, &origin()).await), "ok");
        assert_eq!(
            code(identity.list_contacts(&ada.access_now(&identity).await, customer).await),
            "not_found"
        );
    });
}

#[test]
fn one_who_left_opens_nothing_of_the_customer_any_more() {
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        let bob = PersonBuilder::new("Bob Example").create(&identity).await;
        let customer = ada.customer.unwrap();
        let contact = join(&identity, &ada, &bob, &[ContactRole::Technical]).await;
        let before = bob.access_now(&identity).await;
        let me = before.person().unwrap();
        let grant = async || {
            let subject = Subject::customer(customer);
            let asked = Use {
                actor: me.actor(),
                subject,
                act: Act::Read,
                fields: &["customers.name"],
                fact: me.fact(),
            };
            identity.policy().grant::<purpose::Prefill>(asked).await.is_ok()
        };
        assert!(grant().await);
        identity.remove_contact(&ada.access, customer, contact, &origin()).await.unwrap();
        assert!(!grant().await, "also with a session from before");
    });
}

#[test]
fn staff_find_customers_by_number_and_see_no_names() {
    on_both_engines(async |identity, clock| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        let support = create_staff(&identity, "ines", &[StaffRole::Support]).await;
        let writer = create_staff(&identity, "walt", &[StaffRole::Writer]).await;
        clock.advance(Duration::from_secs(1));
        let now = clock.now();
        assert_eq!(code(identity.list_customers_for_staff(&writer.access, now, 10).await), "forbidden");
        assert_eq!(code(identity.list_customers_for_staff(&ada.access, now, 10).await), "sign_in_needed");
        let found = identity.list_customers_for_staff(&support.access, now, 10).await.unwrap();
        assert_eq!((found.len(), found[0].owner, found[0].contacts), (1, Some(ada.registration_id), 1));
        let (person, customers) =
            identity.find_customers_by_registration_id(&support.access, ada.registration_id).await.unwrap();
        assert_eq!((person, customers[0].customer), (ada.person, ada.customer.unwrap()));
        let opened = identity
            .read_customer_name::<purpose::Troubleshoot>(
                support.access.actor().unwrap(),
                ada.customer.unwrap(),
                mailkeep_policy::Fact::OpenTicket(uuid::Uuid::nil()),
            )
            .await;
        assert_eq!(code(opened), "policy_refused", "there is no ticket");
    });
}

#[test]
fn messages_to_a_customer_go_to_its_owner() {
    use mailkeep_policy::outbound::{MessageClass, Notice};
    on_both_engines(async |identity, _| {
        let ada = PersonBuilder::new("Ada Example").customer("Example Books").create(&identity).await;
        let customer = ada.customer.unwrap();
        let policy = identity.policy().clone();
        identity
            .db()
            .write(move |tx| -> Result<(), IdentityError> {
                let notice = Notice {
                    class: MessageClass::Account,
                    template: "commerce/invoice_issued",
                    subject: Subject::customer(customer),
                    topic: None,
                    to: None,
                    unique_key: "test".to_owned(),
                    context: serde_json::json!({}),
                };
                policy.outbound().send(tx, &notice)?;
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!(last_mail(&identity, "commerce/invoice_issued").await.to.to_string(), ada.email);
    });
}
