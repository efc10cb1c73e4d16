use mailkeep_policy::outbound::{ALL_TOPICS, Channel, consents_of, mark_sent};
use mailkeep_protocols::reports::Cause;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{AnnouncementId, DomainName, EmailAddress, OutboundId, StaffId};
use uuid::Uuid;

use super::{Noted, ReturnAddresses, ReturnFigures, Returning, StopReason};
use crate::announcements::{AnnouncementState, Draft};
use crate::testing::{House, on_both_engines};

fn addresses(house: &House) -> ReturnAddresses {
    ReturnAddresses::new(&house.policy, DomainName::parse("mailkeep.example").unwrap())
}

/// An announcement of offers, gone through; with the messages.
async fn announce(house: &House) -> (AnnouncementId, Vec<OutboundId>) {
    let draft = Draft {
        topic: "special_offers".to_owned(),
        language: "en".to_owned(),
        title: "Hello".to_owned(),
        body: "There is news.".to_owned(),
        ..Draft::default()
    };
    let writer = StaffId::from_uuid(Uuid::nil());
    let id = house.outreach.write_announcement(writer, None, draft).await.unwrap();
    house.approve(id).await;
    house.outreach.begin_announcement(id).await.unwrap();
    house.outreach.send_announcement(id).await.unwrap();
    (id, house.waiting("outreach/announcement_marketing").await)
}

fn failure(status: &str, words: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.org\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n\
         Final-Recipient: rfc822; somebody@example.org\r\nAction: failed\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; {words}\r\n\r\n--b--\r\n"
    )
}

fn complaint(kind: &str, mail_from: &EmailAddress) -> String {
    format!(
        "From: loop@example.org\r\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\
         Content-Type: message/feedback-report\r\n\r\nFeedback-Type: {kind}\r\nVersion: 1\r\n\
         Original-Mail-From: <{mail_from}>\r\n\r\n--b--\r\n"
    )
}

#[test]
fn a_reference_reads_back_and_nobody_can_make_one() {
    on_both_engines(async |house| {
        let addresses = addresses(&house);
        let id = OutboundId::from_uuid(Uuid::from_u128(7));
        let address = addresses.of(id).unwrap();
        assert_eq!(addresses.read(&address), Some(Returning::Message(id)));
        let shouted = EmailAddress::parse(&address.to_string().to_ascii_uppercase()).unwrap();
        assert_eq!(addresses.read(&shouted), Some(Returning::Message(id)), "some servers change the case");
        let elsewhere =
            EmailAddress::from_parts(address.local(), DomainName::parse("example.org").unwrap()).unwrap();
        assert_eq!(addresses.read(&elsewhere), None);
        // Every letter counts.
        for at in "returns+".len()..address.local().len() - 1 {
            let mut local = address.local().as_bytes().to_vec();
            local[at] = if local[at] == b'a' { b'b' } else { b'a' };
            let local = String::from_utf8(local).unwrap();
            let forged = EmailAddress::from_parts(&local, address.domain().clone()).unwrap();
            assert_eq!(addresses.read(&forged), None, "{forged}");
        }
        let complaints = EmailAddress::parse("returns@mailkeep.example").unwrap();
        assert_eq!(addresses.read(&complaints), Some(Returning::Complaints));
    });
}

#[test]
fn only_a_dead_address_is_suppressed() {
    on_both_engines(async |house| {
        let (_, ada) = house.person("Ada Example").await;
        house.says(ada, &[("special_offers", "email", true), ("newsletter", "email", true)]).await;
        let (id, messages) = announce(&house).await;
        let addresses = addresses(&house);
        let [message] = messages[..] else { panic!("{messages:?}") };
        let to = addresses.of(message).unwrap();
        let take =
            async |text: String| house.outreach.take_return(&addresses, &to, text.as_bytes()).await.unwrap();

        house.later(1);
        let before = house.comes(ada).await;
        assert!(before.contains(&"special_offers:email".to_owned()), "{before:?}");
        for (status, words, cause) in [
            ("5.2.2", "552 5.2.2 Mailbox full", Cause::Full),
            ("5.7.1", "550 5.7.1 Your host is on our blocklist", Cause::Blocked),
            ("5.7.1", "550 5.7.1 This looks like spam", Cause::Spam),
            ("5.7.26", "550 5.7.26 DMARC", Cause::Authentication),
            ("4.4.7", "451 4.4.7 Timed out", Cause::Transient),
        ] {
            assert_eq!(take(failure(status, words)).await, Noted::Failure(cause));
            assert_eq!(house.comes(ada).await, before, "{words}");
        }
        let dead = failure("5.1.1", "550 5.1.1 User unknown");
        assert_eq!(take(dead.clone()).await, Noted::Failure(Cause::Hard));
        assert_eq!(take(dead).await, Noted::Nothing, "noted once");
        let after = house.comes(ada).await;
        assert!(after.iter().all(|one| !one.ends_with(":email") || one.starts_with("account")), "{after:?}");
        let figures = house.outreach.returns_of(id).await.unwrap();
        assert_eq!(figures, ReturnFigures { hard: 1, other: 5, complaints: 0 });
    });
}

#[test]
fn too_many_dead_addresses_stop_an_announcement_until_somebody_lets_it_go_on() {
    on_both_engines(async |house| {
        house.readers("special_offers", 0..101).await;
        let (id, messages) = announce(&house).await;
        assert_eq!(messages.len(), 101);
        let out = messages[..100].to_vec();
        house
            .db
            .write(move |tx| -> Result<(), SqlError> {
                out.iter().try_for_each(|message| mark_sent(tx, *message).map(drop))
            })
            .await
            .unwrap();
        let addresses = addresses(&house);
        let dies = async |message: OutboundId| {
            let (to, report) = (addresses.of(message).unwrap(), failure("5.1.1", "550 5.1.1 User unknown"));
            let noted = house.outreach.take_return(&addresses, &to, report.as_bytes()).await.unwrap();
            assert_eq!(noted, Noted::Failure(Cause::Hard));
            let found = house.outreach.announcement(id).await.unwrap();
            (found.state, found.stopped_because)
        };
        assert_eq!(dies(messages[0]).await, (AnnouncementState::Sent, None));
        // Everybody was gone through, and one message waits still.
        let stopped = (AnnouncementState::Paused, Some(StopReason::Hard));
        assert_eq!(dies(messages[1]).await, stopped);
        house.outreach.resume_announcement(id).await.unwrap();
        house.outreach.send_announcement(id).await.unwrap();
        let found = house.outreach.announcement(id).await.unwrap();
        assert_eq!((found.state, found.stopped_because), (AnnouncementState::Sent, None));
    });
}

#[test]
fn a_complaint_ends_it_at_once_and_stands_among_the_choices() {
    on_both_engines(async |house| {
        let (_, ada) = house.person("Ada Example").await;
        house.says(ada, &[("special_offers", "email", true), ("newsletter", "email", true)]).await;
        let (id, messages) = announce(&house).await;
        let addresses = addresses(&house);
        let mail_from = addresses.of(messages[0]).unwrap();
        let shared = EmailAddress::parse("returns@mailkeep.example").unwrap();
        let take = async |text: String| {
            house.outreach.take_return(&addresses, &shared, text.as_bytes()).await.unwrap()
        };
        house.later(1);
        let forged = EmailAddress::parse("returns+aaaa@mailkeep.example").unwrap();
        assert_eq!(take(complaint("abuse", &forged)).await, Noted::Nothing);
        assert_eq!(take(complaint("not-spam", &mail_from)).await, Noted::Nothing);
        assert_eq!(take(failure("5.1.1", "550 User unknown")).await, Noted::Nothing, "names no message");
        assert_eq!(take(complaint("abuse", &mail_from)).await, Noted::Complaint);
        assert!(!house.comes(ada).await.contains(&"special_offers:email".to_owned()));
        let receipts = house.db.read(move |tx| consents_of(tx, ada)).await.unwrap();
        let newest = &receipts[0];
        assert_eq!(
            (&*newest.topic, newest.channel, &*newest.source),
            (ALL_TOPICS, Channel::Email, "complaint")
        );
        assert_eq!(house.outreach.returns_of(id).await.unwrap().complaints, 1);
        // What waited is not sent any more.
        assert_eq!(house.sent("outreach/announcement_marketing").await, Vec::<String>::new());
    });
}
