use std::sync::Arc;
use std::time::Duration;

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{MessageClass, Notice, OutboundError};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{AnnouncementId, StaffId, Timestamp};
use parking_lot::Mutex;
use serde_json::json;
use uuid::Uuid;

use super::{Coupons, Offer, Standing, TEMPLATE, TOPIC};
use crate::OutreachError;
use crate::announcements::{AnnouncementState, Draft};
use crate::returns::StopReason;
use crate::testing::{House, by_hand, on_both_engines};

const COUPON: Uuid = Uuid::from_u128(0xC0);

/// A catalogue of one coupon, as the test says.
#[derive(Default)]
struct Catalogue {
    /// It ends so: from this time on, or after so many questions.
    ends: Mutex<Option<(Standing, Timestamp, usize)>>,
    asked: Mutex<usize>,
    /// For whom it is worth nothing.
    worthless_for: Mutex<Option<Subject>>,
}

impl Catalogue {
    fn of(house: &House) -> Arc<Self> {
        let catalogue = Arc::new(Catalogue::default());
        house.outreach.register_coupons(Arc::clone(&catalogue) as Arc<dyn Coupons>);
        catalogue
    }

    fn ends(&self, how: Standing, at: Timestamp) {
        *self.ends.lock() = Some((how, at, usize::MAX));
    }

    fn ends_after(&self, how: Standing, questions: usize) {
        *self.asked.lock() = 0;
        *self.ends.lock() = Some((how, Timestamp::from_micros(i64::MAX), questions));
    }

    fn stands(&self) {
        *self.ends.lock() = None;
    }
}

impl Coupons for Catalogue {
    fn standing(&self, _: &mut Tx<'_>, coupon: Uuid, at: Timestamp) -> Result<Standing, SqlError> {
        let mut asked = self.asked.lock();
        *asked += 1;
        Ok(match *self.ends.lock() {
            _ if coupon != COUPON => Standing::Over,
            Some((how, end, questions)) if at >= end || *asked > questions => how,
            _ => Standing::InForce,
        })
    }

    fn is_for(&self, _: &mut Tx<'_>, _: Uuid, reader: Subject) -> Result<bool, SqlError> {
        Ok(*self.worthless_for.lock() != Some(reader))
    }
}

fn draft() -> Draft {
    Draft {
        topic: TOPIC.to_owned(),
        language: "en".to_owned(),
        title: "A better price".to_owned(),
        body: "Until the leaves fall.".to_owned(),
        offer: Some(Offer { coupon: COUPON }),
        listed: true,
        ..Draft::default()
    }
}

async fn try_to_write(house: &House, draft: Draft) -> Result<AnnouncementId, OutreachError> {
    house.outreach.write_announcement(StaffId::from_uuid(Uuid::nil()), None, draft).await
}

async fn write(house: &House) -> AnnouncementId {
    try_to_write(house, draft()).await.unwrap()
}

async fn stands(house: &House, id: AnnouncementId) -> (AnnouncementState, Option<StopReason>) {
    let found = house.outreach.announcement(id).await.unwrap();
    (found.state, found.stopped_because)
}

#[test]
fn an_offer_is_marketing_and_nothing_else_whoever_tries() {
    on_both_engines(async |house| {
        Catalogue::of(&house);
        for topic in
            ["newsletter", "blog", "product_updates", "new_services", "events_and_contests", "feedback"]
        {
            let refused = try_to_write(&house, Draft { topic: topic.to_owned(), ..draft() }).await;
            assert!(
                matches!(refused, Err(OutreachError::Field { field: "topic", .. })),
                "{topic}: {refused:?}"
            );
        }
        let id = write(&house).await;
        let found = house.outreach.announcement(id).await.unwrap();
        assert_eq!((found.class, found.template()), (MessageClass::Marketing, Some(TEMPLATE)));
        // A hand at the database.
        for class in ["news", "account", "feedback", "subscribed"] {
            let sql: String = format!("UPDATE announcements SET class = '{class}' WHERE id = $1");
            let moved = house.db.write(move |tx| by_hand(tx, &sql, id.uuid())).await;
            assert!(moved.is_err(), "{class}");
        }
        // A program that calls it something else, for its topic or for none.
        let (_, ada) = house.person("Ada Example").await;
        let classes =
            [MessageClass::Account, MessageClass::Feedback, MessageClass::News, MessageClass::Subscribed];
        for class in classes {
            for topic in [None, Some(TOPIC.to_owned())] {
                let notice = Notice {
                    class,
                    template: TEMPLATE,
                    subject: ada,
                    topic,
                    to: None,
                    unique_key: format!("{class:?}"),
                    context: json!({}),
                };
                let gate = house.policy.outbound();
                let sent = house.db.write(move |tx| gate.send(tx, &notice).map(drop)).await;
                assert!(matches!(sent, Err(OutboundError::OtherClass { .. })), "{class:?}: {sent:?}");
            }
        }
        assert_eq!(house.sent(TEMPLATE).await, Vec::<String>::new());
    });
}

#[test]
fn its_coupon_stands_when_it_is_written_scheduled_and_begun() {
    on_both_engines(async |house| {
        let before = try_to_write(&house, draft()).await;
        assert!(matches!(before, Err(OutreachError::Field { field: "coupon", .. })), "nobody knows coupons");
        let catalogue = Catalogue::of(&house);
        let other = Draft { offer: Some(Offer { coupon: Uuid::nil() }), ..draft() };
        for (how, draft) in [
            (Standing::Over, draft()),
            (Standing::UsedUp, draft()),
            (Standing::NotYet, draft()),
            (Standing::Over, other),
        ] {
            catalogue.ends(how, Timestamp::EPOCH);
            let refused = try_to_write(&house, draft).await;
            assert!(
                matches!(refused, Err(OutreachError::Field { field: "coupon", .. })),
                "{how:?} {refused:?}"
            );
        }
        catalogue.stands();
        house.readers(TOPIC, 0..2).await;
        let id = write(&house).await;
        let now = house.outreach.now();
        let hour = |hours: u64| now.plus(Duration::from_secs(hours * 3600));
        catalogue.ends(Standing::Over, hour(2));
        let late = house.outreach.schedule_announcement(id, hour(2)).await;
        assert!(matches!(late, Err(OutreachError::State(_))), "{late:?}");
        house.outreach.schedule_announcement(id, hour(1)).await.unwrap();
        // It is taken back meanwhile.
        catalogue.ends(Standing::Over, hour(1));
        house.later(3600);
        house.outreach.send_announcement(id).await.unwrap();
        assert_eq!(stands(&house, id).await, (AnnouncementState::Paused, Some(StopReason::CouponOver)));
        let resumed = house.outreach.resume_announcement(id).await;
        assert!(matches!(resumed, Err(OutreachError::State(_))), "{resumed:?}");
        catalogue.stands();
        let id = write(&house).await;
        catalogue.ends(Standing::UsedUp, Timestamp::EPOCH);
        let begun = house.outreach.begin_announcement(id).await;
        assert!(matches!(begun, Err(OutreachError::State(_))), "{begun:?}");
        assert_eq!(house.sent(TEMPLATE).await, Vec::<String>::new());
    });
}

#[test]
fn it_stops_by_itself_in_the_middle_and_goes_on_when_its_coupon_can_be_used_again() {
    on_both_engines(async |house| {
        let catalogue = Catalogue::of(&house);
        house.readers(TOPIC, 0..150).await;
        let id = write(&house).await;
        house.approve(id).await;
        house.outreach.begin_announcement(id).await.unwrap();
        catalogue.ends_after(Standing::UsedUp, 1);
        house.outreach.send_announcement(id).await.unwrap();
        let stopped = (AnnouncementState::Paused, Some(StopReason::CouponUsedUp));
        assert_eq!(stands(&house, id).await, stopped);
        assert_eq!(house.outreach.announcement(id).await.unwrap().queued, 100, "one step of two");
        assert!(house.outreach.listed_offers().await.unwrap().is_empty(), "it is not sent yet");
        // An order was refused: its use is given back.
        catalogue.stands();
        house.outreach.resume_announcement(id).await.unwrap();
        house.outreach.send_announcement(id).await.unwrap();
        assert_eq!(stands(&house, id).await, (AnnouncementState::Sent, None));
        assert_eq!(house.waiting(TEMPLATE).await.len(), 150);
        let listed = house.outreach.listed_offers().await.unwrap();
        assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
        // Everybody was gone through, and the messages wait still.
        let found = house.outreach.announcement(id).await.unwrap();
        assert!(!house.outreach.stop_if_over(&found).await.unwrap());
        catalogue.ends(Standing::Over, Timestamp::EPOCH);
        assert!(house.outreach.stop_if_over(&found).await.unwrap());
        assert_eq!(stands(&house, id).await, (AnnouncementState::Paused, Some(StopReason::CouponOver)));
    });
}

#[test]
fn whoever_it_takes_nothing_off_for_does_not_get_it_and_only_listed_ones_are_shown() {
    on_both_engines(async |house| {
        let catalogue = Catalogue::of(&house);
        for name in ["Ada Example", "Ben Example"] {
            let (_, person) = house.person(name).await;
            house.says(person, &[(TOPIC, "email", true)]).await;
            *catalogue.worthless_for.lock() = Some(person);
        }
        house.later(1);
        let offer = Some(Offer { coupon: COUPON });
        let id = try_to_write(&house, Draft { offer, listed: false, ..draft() }).await.unwrap();
        house.outreach.begin_announcement(id).await.unwrap();
        house.outreach.send_announcement(id).await.unwrap();
        assert_eq!(house.sent(TEMPLATE).await, ["ada.example@example.com"]);
        assert_eq!(stands(&house, id).await, (AnnouncementState::Sent, None));
        assert!(house.outreach.listed_offers().await.unwrap().is_empty());
    });
}
