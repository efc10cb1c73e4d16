use std::collections::HashSet;

use mailkeep_identity::persons::{PostalAddress, ProfileChange};
use mailkeep_identity::testing::{TestPerson, origin};
use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{Channel, Manner};
use mailkeep_storage::sql::params;

use super::{ListRequest, MadeList};
use crate::OutreachError;
use crate::testing::{House, on_both_engines};

async fn reachable(house: &House, name: &str, phone: &str) -> (TestPerson, Subject) {
    let (person, subject) = house.person(name).await;
    let postal = PostalAddress {
        lines: vec![format!("12 {name} Lane")],
        postal_code: "62701".to_owned(),
        city: "Springfield".to_owned(),
        region: "IL".to_owned(),
        country: "US".to_owned(),
    };
    let change = ProfileChange {
        phone: Some(phone.to_owned()),
        postal: Some(Some(postal)),
        ..ProfileChange::default()
    };
    house.identity.change_profile(&person.access, change, &origin()).await.unwrap();
    house.says(subject, &[("special_offers", "telephone", true), ("special_offers", "post", true)]).await;
    (person, subject)
}

async fn make(
    house: &House,
    channel: Channel,
    day: Option<&str>,
    registry: &[&str],
) -> Result<MadeList, OutreachError> {
    let registry: HashSet<[u8; 32]> =
        registry.iter().filter_map(|number| house.outreach.holder_of(channel, number)).collect();
    let request = ListRequest {
        channel,
        topic: "special_offers".to_owned(),
        scrubbed_on: day.map(str::to_owned),
        registry,
        made_by: "anna".to_owned(),
    };
    house.outreach.make_list(request).await
}

fn names(list: &MadeList) -> Vec<&str> {
    let mut names: Vec<&str> = list.lines.iter().map(|line| line.name.in_test().as_str()).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_list_leaves_out_who_declined_and_who_is_on_the_registry() {
    on_both_engines(async |house| {
        let (_, ada) = reachable(&house, "Ada Example", "+1 217 555 0101").await;
        let (_, ben) = reachable(&house, "Ben Example", "+1 217 555 0102").await;
        let (_, cy) = reachable(&house, "Cy Example", "+1 217 555 0103").await;
        let (_, dee) = house.person("Dee Example").await;
        house.says(dee, &[("special_offers", "telephone", true)]).await;
        house.later(1);
        house.outreach.stop_offers(ben, None, Manner::default()).await.unwrap();
        let list = make(&house, Channel::Telephone, Some("2026-02-20"), &["001 217 555 0103"]).await.unwrap();
        assert_eq!(names(&list), ["Ada Example"]);
        assert_eq!(list.lines[0].phone.as_ref().unwrap().in_test(), "+12175550101");
        assert!(list.lines[0].postal.is_none(), "a list for calls has no addresses");
        assert_eq!(
            (list.note.people, list.note.left_out),
            (1, 3),
            "declined, on the registry, without a number"
        );
        let letters = make(&house, Channel::Post, None, &[]).await.unwrap();
        assert_eq!(names(&letters), ["Ada Example", "Cy Example"]);
        assert!(letters.lines.iter().all(|line| line.phone.is_none() && line.postal.is_some()));
        // Each of them finds it in their record; who was left out was not opened.
        let uses = async |subject: Subject| {
            let sql = "SELECT COUNT(*) FROM ledger_entries WHERE subject_kind = $1 AND subject_id = $2";
            let count = house.db.read(move |tx| {
                tx.query_one(sql, params![subject.kind(), subject.uuid()], |row| row.get::<i64>(0))
            });
            count.await.unwrap()
        };
        let before = uses(ada).await;
        house.later(3600);
        make(&house, Channel::Post, None, &[]).await.unwrap();
        assert_eq!(uses(ada).await, before + 1);
        let (ben_before, cy_before) = (uses(ben).await, uses(cy).await);
        house.later(3600);
        make(&house, Channel::Post, None, &[]).await.unwrap();
        assert_eq!((uses(ben).await, uses(cy).await), (ben_before, cy_before + 1));
        let made = house.outreach.lists_made().await.unwrap();
        assert_eq!(made.len(), 4);
        assert_eq!(made.last().unwrap().scrubbed_on.as_deref(), Some("2026-02-20"));
    });
}

#[test]
fn a_number_that_was_refused_stays_off_whoever_has_it() {
    on_both_engines(async |house| {
        let (_, ada) = reachable(&house, "Ada Example", "+1 217 555 0101").await;
        house.later(1);
        house.outreach.suppress(["+1 217 555 0101"], Channel::Telephone, "marketing").await.unwrap();
        let list = make(&house, Channel::Telephone, Some("2026-03-01"), &[]).await.unwrap();
        assert_eq!(names(&list), Vec::<&str>::new());
        house.says(ada, &[("special_offers", "telephone", true)]).await;
        let list = make(&house, Channel::Telephone, Some("2026-03-01"), &[]).await.unwrap();
        assert_eq!(names(&list), ["Ada Example"], "a newer yes of the person counts");
    });
}

#[test]
fn calls_need_a_registry_of_this_month() {
    on_both_engines(async |house| {
        for day in [None, Some("2026-01-01"), Some("2027-01-01"), Some("yesterday")] {
            let refused = make(&house, Channel::Telephone, day, &[]).await;
            assert!(matches!(refused, Err(OutreachError::Field { field: "scrubbed_on", .. })), "{day:?}");
        }
        let by_mail = make(&house, Channel::Email, None, &[]).await;
        assert!(matches!(by_mail, Err(OutreachError::Field { field: "topic", .. })));
    });
}
