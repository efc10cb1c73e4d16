use std::time::Duration;

use mailkeep_identity::testing::{self as people, PersonBuilder};
use mailkeep_identity::{ContactRole, ContactRoles};
use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{Cursor, Manner};
use mailkeep_types::{IncidentId, PersonId, StaffId, Timestamp};
use uuid::Uuid;

use super::{ComponentState, Plan, Report, Stage, UpdateKind, component_state, readers, store};
use crate::OutreachError;
use crate::testing::{House, by_hand, on_both_engines};

const HOUR: u64 = 3600;

fn staff() -> StaffId {
    StaffId::from_uuid(Uuid::nil())
}

fn hence(house: &House, hours: u64) -> Timestamp {
    house.outreach.now().plus(Duration::from_secs(hours * HOUR))
}

fn plan(house: &House, from: u64, until: u64) -> Plan {
    Plan {
        title: "New disks".to_owned(),
        text: "The *disks* are changed.".to_owned(),
        components: vec!["receiving".to_owned(), "mailboxes".to_owned()],
        from: hence(house, from),
        until: hence(house, until),
    }
}

fn report(house: &House) -> Report {
    Report {
        title: "No mail comes in".to_owned(),
        text: "We look into it.".to_owned(),
        components: vec!["receiving".to_owned()],
        began_at: house.outreach.now(),
    }
}

/// Runs what jobs would: what is due begins, and everybody is told of every update.
async fn work(house: &House, id: IncidentId) {
    house.outreach.begin_maintenance(id).await.unwrap();
    let (_, updates) = house.outreach.incident(id).await.unwrap();
    for update in updates.iter().filter(|update| update.what != UpdateKind::Note) {
        house.outreach.tell_of_update(update.id).await.unwrap();
    }
}

async fn said(house: &House, id: IncidentId) -> Vec<UpdateKind> {
    let (_, updates) = house.outreach.incident(id).await.unwrap();
    updates.into_iter().rev().map(|update| update.what).collect()
}

async fn stage(house: &House, id: IncidentId) -> Stage {
    house.outreach.incident(id).await.unwrap().0.stage(house.outreach.now())
}

#[test]
fn owners_and_technical_contacts_are_told_once_whatever_they_declined() {
    on_both_engines(async |house| {
        // Has no account, so hears nothing.
        house.person("Ada Example").await;
        let ben = PersonBuilder::new("Ben Example").customer("Ben").create(&house.identity).await;
        let cy = PersonBuilder::new("Cy Example").customer("Cy").create(&house.identity).await;
        PersonBuilder::new("Dee Example").customer("Dee").create(&house.identity).await;
        let ben = Subject::person(ben.person);
        house.outreach.stop_offers(ben, None, Manner::default()).await.unwrap();
        let idle = cy.customer.unwrap();
        house.outreach.register_served(move |_, customer| Ok(customer != idle));

        let id = house.outreach.report_outage(staff(), report(&house)).await.unwrap();
        work(&house, id).await;
        work(&house, id).await;
        let told = ["ben.example@example.com", "dee.example@example.com"];
        assert_eq!(house.sent("outreach/outage_reported").await, told);
        // A crash that forgot how far the telling was: those who were written to are not written to again.
        let update = house.outreach.incident(id).await.unwrap().1[0].id;
        let forget = "UPDATE incident_mailings SET finished_at = NULL WHERE update_id = $1";
        house.db.write(move |tx| by_hand(tx, forget, update)).await.unwrap();
        let first = PersonId::from_uuid(Uuid::nil());
        house.db.write(move |tx| store::advance_mailing(tx, update, first, 0, 0)).await.unwrap();
        work(&house, id).await;
        assert_eq!(house.sent("outreach/outage_reported").await, Vec::<String>::new(), "not again");
        house.later(1);
        house.outreach.post_update(staff(), id, "It is the disk.".to_owned()).await.unwrap();
        house.later(HOUR);
        let now = house.outreach.now();
        house.outreach.end_incident(staff(), id, now, "It works again.".to_owned()).await.unwrap();
        work(&house, id).await;
        assert_eq!(house.sent("outreach/outage_ended").await, told);
        assert_eq!(house.outreach.told_of_incident(id).await.unwrap(), (4, 0));
        assert_eq!(said(&house, id).await, [UpdateKind::Reported, UpdateKind::Note, UpdateKind::Ended]);
        let again = house.outreach.post_update(staff(), id, "One more.".to_owned()).await;
        assert!(matches!(again, Err(OutreachError::State(_))), "{again:?}");
    });
}

#[test]
fn maintenance_begins_by_itself_and_past_its_window_it_is_down() {
    on_both_engines(async |house| {
        PersonBuilder::new("Ben Example").customer("Ben").create(&house.identity).await;
        let id = house.outreach.plan_maintenance(staff(), plan(&house, 100, 104)).await.unwrap();
        work(&house, id).await;
        assert_eq!(house.sent("outreach/maintenance_planned").await.len(), 1);
        assert_eq!(stage(&house, id).await, Stage::Planned);
        let state = async |part: &str| {
            let open = house.outreach.open_incidents().await.unwrap();
            component_state(&open, part, house.outreach.now())
        };
        assert_eq!(state("receiving").await, ComponentState::Up);
        house.later(100 * HOUR);
        work(&house, id).await;
        work(&house, id).await;
        assert_eq!(house.sent("outreach/maintenance_began").await.len(), 1);
        assert_eq!(state("receiving").await, ComponentState::Maintenance);
        assert_eq!(state("sending").await, ComponentState::Up);
        let changed = house.outreach.change_maintenance(staff(), id, plan(&house, 1, 5)).await;
        assert!(matches!(changed, Err(OutreachError::State(_))), "it has begun: {changed:?}");
        let given_up = house.outreach.cancel_maintenance(staff(), id, "Not today.".to_owned()).await;
        assert!(matches!(given_up, Err(OutreachError::State(_))), "it has begun: {given_up:?}");
        house.later(5 * HOUR);
        assert_eq!(
            (stage(&house, id).await, state("receiving").await),
            (Stage::Overrun, ComponentState::Down)
        );
        let ahead = house.outreach.end_incident(staff(), id, hence(&house, 1), "Done.".to_owned()).await;
        assert!(matches!(ahead, Err(OutreachError::Field { field: "ended_at", .. })), "{ahead:?}");
        let now = house.outreach.now();
        house.outreach.end_incident(staff(), id, now, "Done.".to_owned()).await.unwrap();
        work(&house, id).await;
        assert_eq!(house.sent("outreach/maintenance_ended").await.len(), 1);
        assert_eq!(state("receiving").await, ComponentState::Up);
        assert_eq!(said(&house, id).await, [UpdateKind::Planned, UpdateKind::Began, UpdateKind::Ended]);
    });
}

#[test]
fn a_plan_may_shrink_without_notice_and_what_else_changes_is_announced_anew() {
    on_both_engines(async |house| {
        let id = house.outreach.plan_maintenance(staff(), plan(&house, 100, 104)).await.unwrap();
        let noticed = async || house.outreach.incident(id).await.unwrap().0.noticed_at;
        let first = noticed().await;
        house.later(10 * HOUR);
        house.outreach.change_maintenance(staff(), id, plan(&house, 91, 93)).await.unwrap();
        assert_eq!(noticed().await, first, "within the old window");
        house.later(1);
        house.outreach.change_maintenance(staff(), id, plan(&house, 91, 94)).await.unwrap();
        assert_eq!(noticed().await, house.outreach.now(), "longer than the last");
        // The begin of the first plan comes and finds that it is not its time.
        house.outreach.begin_maintenance(id).await.unwrap();
        assert_eq!(stage(&house, id).await, Stage::Planned);
        house.later(1);
        house.outreach.cancel_maintenance(staff(), id, "The disks did not come.".to_owned()).await.unwrap();
        house.later(100 * HOUR);
        house.outreach.begin_maintenance(id).await.unwrap();
        assert_eq!(stage(&house, id).await, Stage::Cancelled);
        assert_eq!(
            said(&house, id).await,
            [UpdateKind::Planned, UpdateKind::Changed, UpdateKind::Changed, UpdateKind::Cancelled]
        );
        assert!(house.outreach.open_incidents().await.unwrap().is_empty());
    });
}

#[test]
fn what_is_written_is_looked_at_before_it_is_published() {
    on_both_engines(async |house| {
        let good = plan(&house, 100, 104);
        for (field, wrong) in [
            ("title", Plan { title: "a\nb".to_owned(), ..good.clone() }),
            ("text", Plan { text: " ".to_owned(), ..good.clone() }),
            ("components", Plan { components: vec!["coffee".to_owned()], ..good.clone() }),
            ("components", Plan { components: Vec::new(), ..good.clone() }),
            ("starts_at", Plan { from: house.outreach.now(), ..good.clone() }),
            ("planned_until", Plan { until: good.from, ..good.clone() }),
        ] {
            let refused = house.outreach.plan_maintenance(staff(), wrong).await;
            assert!(matches!(refused, Err(OutreachError::Field { field: f, .. }) if f == field), "{field}");
        }
        let ahead = Report { began_at: hence(&house, 1), ..report(&house) };
        let refused = house.outreach.report_outage(staff(), ahead).await;
        assert!(matches!(refused, Err(OutreachError::Field { field: "starts_at", .. })), "{refused:?}");
        assert_eq!(house.outreach.newest_incidents(10).await.unwrap(), [], "nothing was kept");
    });
}

#[test]
fn what_was_said_cannot_be_taken_back() {
    on_both_engines(async |house| {
        let id = house.outreach.report_outage(staff(), report(&house)).await.unwrap();
        let (_, updates) = house.outreach.incident(id).await.unwrap();
        let update = updates[0].id;
        let again = house
            .db
            .write(move |tx| store::add_update(tx, update, id, UpdateKind::Note, "Nothing happened.", None));
        assert!(again.await.is_err(), "an update has one text");
        for sql in [
            "UPDATE incident_updates SET text = 'Nothing happened.' WHERE id = $1",
            "DELETE FROM incident_updates WHERE id = $1",
        ] {
            assert!(house.db.write(move |tx| by_hand(tx, sql, update)).await.is_err(), "{sql}");
        }
    });
}

#[test]
fn whoever_chose_the_service_or_a_part_of_it_is_told_once_and_customers_as_customers() {
    on_both_engines(async |house| {
        let (_, ben) = house.customer("Ben Example").await;
        let (_, ada) = house.person("Ada Example").await;
        let (_, cy) = house.person("Cy Example").await;
        house.says(ben, &[("status", "email", true)]).await;
        house.says(ada, &[("status", "email", true), ("status_receiving", "email", true)]).await;
        house.says(cy, &[("status_webmail", "email", true)]).await;
        let other = ["vera@visitor.example", "ada.example@example.com"];
        house.outreach.import_subscribers(other, "status_receiving", "de", "a list").await.unwrap();
        let id = house.outreach.report_outage(staff(), report(&house)).await.unwrap();
        let part = house.outreach.incident(id).await.unwrap().0.components;
        assert_eq!(part, ["receiving"], "what the test is about");
        work(&house, id).await;
        assert_eq!(house.sent("outreach/outage_reported").await, ["ben.example@example.com"]);
        let waiting = house.waiting(readers::TEMPLATE).await;
        assert_eq!(waiting.len(), 2, "nobody twice, and not whoever chose another part");
        let mut told = Vec::new();
        for message in waiting {
            let gate = house.policy.outbound();
            let opened = gate.deliver(message, |opened| {
                (opened.to.to_string(), opened.language.map(str::to_owned), opened.context["what"].clone())
            });
            told.push(opened.await.unwrap());
        }
        told.sort_by(|one, other| one.0.cmp(&other.0));
        let row = |to: &str, language: &str| {
            (to.to_owned(), Some(language.to_owned()), serde_json::json!("outage_reported"))
        };
        assert_eq!(told, [row("ada.example@example.com", "en"), row("vera@visitor.example", "de")]);
        assert_eq!(house.outreach.told_of_incident(id).await.unwrap(), (1, 2));
        // Forgotten how far it was: nobody gets it again.
        let update = house.outreach.incident(id).await.unwrap().1[0].id;
        let forget = "UPDATE incident_readers SET finished_at = NULL WHERE update_id = $1";
        house.db.write(move |tx| by_hand(tx, forget, update)).await.unwrap();
        house
            .db
            .write(move |tx| store::advance_readers(tx, update, "status", Cursor::START, 0))
            .await
            .unwrap();
        work(&house, id).await;
        assert_eq!(house.waiting(readers::TEMPLATE).await.len(), 2, "not again");
    });
}

#[test]
fn roles_that_only_look_or_pay_are_not_told() {
    on_both_engines(async |house| {
        let owner = PersonBuilder::new("Ben Example").customer("Ben").create(&house.identity).await;
        let customer = owner.customer.unwrap();
        for (name, role) in [("Tom Example", ContactRole::Technical), ("Bill Example", ContactRole::Billing)]
        {
            let invited = PersonBuilder::new(name).create(&house.identity).await;
            let (identity, origin) = (&house.identity, people::origin());
            let roles = ContactRoles::of(&[role]);
            identity.invite_contact(&owner.access, customer, &invited.email, roles, &origin).await.unwrap();
            let mail = people::last_mail_to(identity, "identity/contact_invitation", &invited.email).await;
            identity.accept_invitation(&invited.access, mail.token(), &origin).await.unwrap();
        }
        let id = house.outreach.report_outage(staff(), report(&house)).await.unwrap();
        work(&house, id).await;
        let told = house.sent("outreach/outage_reported").await;
        assert_eq!(told, ["ben.example@example.com", "tom.example@example.com"]);
    });
}
