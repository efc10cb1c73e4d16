use std::time::Duration;

use mailkeep_policy::outbound::passed_since;
use mailkeep_policy::{Actor, Shown, Subject};
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_storage::testing;
use mailkeep_types::{EmailAddress, MailboxId, ManualClock, SharedClock, Timestamp};
use std::sync::Arc;

use super::*;
use crate::addresses::NewList;
use crate::error::{MailError, MailRefusal};
use crate::routing::Route;
use crate::testing::TestOffice;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn on_both_engines(body: impl AsyncFn(TestOffice, Arc<ManualClock>)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        testing::run_at(dialect, shared, async |db: Database| {
            let test = TestOffice::open(db).await;
            test.office.policy().create_key(Subject::customer(test.customer)).await.unwrap();
            body(test, clock).await;
        });
    }
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn how(most: Option<u64>) -> Invitations {
    Invitations { language: "en".to_owned(), most }
}

async fn list_at(test: &TestOffice, domain: DomainId, name: &str) -> AliasId {
    let new = NewList { domain, address: address(name), mailboxes: Vec::new(), writers: Default::default() };
    test.office.add_list(new).await.unwrap()
}

async fn invite(test: &TestOffice, list: AliasId, to: &[&str]) -> Invited {
    let to = to.iter().map(|one| address(one)).collect();
    test.office.invite_guests(list, to, how(None)).await.unwrap()
}

async fn guests(test: &TestOffice, list: AliasId, filter: GuestFilter) -> Vec<Guest> {
    let list = test.office.list_summary(list).await.unwrap();
    test.office.guests_of_list(&list, filter, 0, 100).await.unwrap().guests
}

async fn only(test: &TestOffice, list: AliasId, name: &str) -> Guest {
    let mut found = guests(test, list, GuestFilter::Address(address(name))).await;
    assert_eq!(found.len(), 1, "{name}");
    found.remove(0)
}

async fn sent(test: &TestOffice) -> u64 {
    let customer = Subject::customer(test.customer);
    let begin = Timestamp::from_micros(0);
    test.office.db().read(move |tx| passed_since(tx, customer, INVITATION, begin)).await.unwrap()
}

#[test]
fn to_a_list_write_those_who_may() {
    on_both_engines(async |test, _| {
        let office = &test.office;
        let domain = test.domain("example.com").await;
        let ann = test.mailbox(domain, "ann@example.com").await;
        let list = list_at(&test, domain, "news@example.com").await;
        invite(&test, list, &["carol@far.example", "dan@far.example"]).await;
        assert!(office.join_list(only(&test, list, "carol@far.example").await.id).await.unwrap());
        let of = |text: &str| Author { address: Some(address(text)), ..Author::default() };
        let may = async |author: Author| office.may_write_to_list(list, author).await.unwrap();
        let signed_in = || Author { mailbox: Some(ann), ..Author::default() };
        let elsewhere = || Author { mailbox: Some(MailboxId::new(&**office.clock())), ..Author::default() };
        let restricted = async || match office.resolve(&address("news@example.com")).await.unwrap() {
            Route::List { writers, .. } => writers,
            route => panic!("{route:?}"),
        };
        for (writers, guest, outsider) in
            [(Writers::Anyone, true, true), (Writers::Members, true, false), (Writers::Inside, false, false)]
        {
            office.set_list_writers(list, writers).await.unwrap();
            assert_eq!(restricted().await, writers);
            assert_eq!(office.list_summary(list).await.unwrap().writers, writers);
            assert!(may(signed_in()).await && may(of("Ann+x@example.com")).await, "{writers:?}");
            assert_eq!(may(of("Carol@far.example")).await, guest, "{writers:?}");
            for other in [of("dan@far.example"), of("x@far.example"), of("nobody@example.com"), elsewhere()] {
                assert_eq!(may(other.clone()).await, outsider, "{writers:?} {other:?}");
            }
            assert_eq!(may(Author::default()).await, outsider, "a report is nobody's");
        }
        office.set_list_writers(list, Writers::Members).await.unwrap();
        assert!(office.leave_list(only(&test, list, "carol@far.example").await.id).await.unwrap());
        assert!(!may(of("carol@far.example")).await, "who left writes no more");
    });
}

#[test]
fn nobody_gets_anything_before_they_join() {
    on_both_engines(async |test, _| {
        let office = &test.office;
        let domain = test.domain("example.com").await;
        let ann = test.mailbox(domain, "ann@example.com").await;
        let list = list_at(&test, domain, "news@example.com").await;
        office.add_list_mailbox(list, ann).await.unwrap();
        office.add_list_mailbox(list, ann).await.unwrap();
        let twice = invite(&test, list, &["carol@far.example", "dan@far.example"]).await;
        assert_eq!(twice, Invited::Sent { asked: 2, known: 0 });
        let again = invite(&test, list, &["Carol@far.example"]).await;
        assert_eq!(again, Invited::Sent { asked: 0, known: 1 });
        assert_eq!(sent(&test).await, 2, "one message for each, however often they are entered");
        let route = async || office.resolve(&address("news@example.com")).await.unwrap();
        assert!(matches!(route().await, Route::List { guests: 0, members, .. } if members == [ann]));
        assert!(office.joined_guests(list).await.unwrap().is_empty());

        let carol = only(&test, list, "carol@far.example").await;
        let token = office.guest_token(carol.id);
        assert_eq!(office.read_guest_token(&token), Some(carol.id));
        let other = office.guest_token(GuestId::new(&**office.clock()));
        let forged = format!("{}{}", &token[..22], &other[22..]);
        for wrong in ["", "x", forged.as_str(), &token[..40]] {
            assert_eq!(office.read_guest_token(wrong), None, "{wrong}");
        }
        let linked = office.guest_of_link(carol.id).await.unwrap().unwrap();
        assert_eq!(linked.state, GuestState::Asked);
        assert_eq!(linked.list, "news@example.com");
        assert!(office.join_list(carol.id).await.unwrap() && office.join_list(carol.id).await.unwrap());
        assert!(matches!(route().await, Route::List { guests: 1, .. }));
        let joined = office.joined_guests(list).await.unwrap();
        assert_eq!(joined, [Joined { id: carol.id, address: address("carol@far.example") }]);
        assert_eq!(office.joined_list_of(carol.id).await.unwrap(), Some(test.customer));

        // One click, and the next message does not go to them.
        assert!(office.leave_list(carol.id).await.unwrap() && office.leave_list(carol.id).await.unwrap());
        assert!(matches!(route().await, Route::List { guests: 0, .. }));
        assert_eq!(office.joined_list_of(carol.id).await.unwrap(), None);
        let summary = office.list_summary(list).await.unwrap();
        assert_eq!(
            (summary.mailboxes, summary.count(GuestState::Asked), summary.count(GuestState::Left)),
            (1, 1, 1)
        );
        office.remove_list_mailbox(list, ann).await.unwrap();
        assert!(office.remove_list_mailbox(list, ann).await.is_err());
    });
}

#[test]
fn who_said_no_is_not_asked_by_any_list_of_the_customer() {
    on_both_engines(async |test, _| {
        let office = &test.office;
        let domain = test.domain("example.com").await;
        let first = list_at(&test, domain, "news@example.com").await;
        invite(&test, first, &["carol@far.example", "dan@far.example"]).await;
        let carol = only(&test, first, "carol@far.example").await;
        assert!(office.leave_list(carol.id).await.unwrap());
        let declined = |at| Invited::Not(vec![(at, Unasked::Declined)]);
        assert_eq!(invite(&test, first, &["eve@far.example", "carol@far.example"]).await, declined(1));
        assert!(guests(&test, first, GuestFilter::Address(address("eve@far.example"))).await.is_empty());
        let second = list_at(&test, domain, "offers@example.com").await;
        assert_eq!(invite(&test, second, &["CAROL@far.example"]).await, declined(0));
        // Neither taking them off nor a new list of the same name forgets it.
        office.remove_guest(first, carol.id).await.unwrap();
        assert_eq!(invite(&test, first, &["carol@far.example"]).await, declined(0));
        office.remove_alias(domain, first).await.unwrap();
        assert!(office.guest_of_link(carol.id).await.unwrap().is_none());
        let anew = list_at(&test, domain, "news@example.com").await;
        assert_eq!(invite(&test, anew, &["carol@far.example"]).await, declined(0));
        assert_eq!(
            invite(&test, anew, &["x@example.com"]).await,
            Invited::Not(vec![(0, Unasked::OwnDomain)])
        );

        // Only they themselves change their mind.
        invite(&test, second, &["fay@far.example"]).await;
        let fay = only(&test, second, "fay@far.example").await;
        assert!(office.leave_list(fay.id).await.unwrap() && office.join_list(fay.id).await.unwrap());
        assert_eq!(invite(&test, anew, &["fay@far.example"]).await, Invited::Sent { asked: 1, known: 0 });
    });
}

#[test]
fn who_does_not_answer_is_asked_twice_at_most() {
    on_both_engines(async |test, clock| {
        let office = &test.office;
        let domain = test.domain("example.com").await;
        let list = list_at(&test, domain, "news@example.com").await;
        invite(&test, list, &["carol@far.example", "dan@far.example"]).await;
        let carol = only(&test, list, "carol@far.example").await;
        let shown: Shown<EmailAddress> = address("carol@far.example").into();
        let again = async || office.ask_guest_again(list, carol.id, &shown, how(None)).await;
        let refused =
            |result: crate::Result<()>| matches!(result, Err(MailError::Refused(MailRefusal::AskedBefore)));
        assert!(refused(again().await));
        // Taking them off and entering them again is no way round it.
        let dan = only(&test, list, "dan@far.example").await;
        office.remove_guest(list, dan.id).await.unwrap();
        assert!(guests(&test, list, GuestFilter::All).await.iter().all(|guest| guest.id == carol.id));
        assert!(!office.join_list(dan.id).await.unwrap(), "what was taken back cannot be accepted");
        let eve = {
            invite(&test, list, &["eve@far.example"]).await;
            only(&test, list, "eve@far.example").await
        };
        office.remove_guest(list, eve.id).await.unwrap();
        assert!(office.leave_list(eve.id).await.unwrap(), "but declined");
        assert!(
            !office.join_list(eve.id).await.unwrap() && office.joined_guests(list).await.unwrap().is_empty()
        );
        assert!(guests(&test, list, GuestFilter::All).await.iter().all(|guest| guest.id == carol.id));
        let declined = Invited::Not(vec![(0, Unasked::Declined)]);
        assert_eq!(invite(&test, list, &["eve@far.example"]).await, declined);
        let before = Invited::Not(vec![(0, Unasked::AskedBefore)]);
        assert_eq!(invite(&test, list, &["dan@far.example"]).await, before);
        clock.advance(DAY * 7);
        again().await.unwrap();
        assert!(refused(again().await));
        assert_eq!(invite(&test, list, &["dan@far.example"]).await, Invited::Sent { asked: 1, known: 0 });
        assert_eq!(sent(&test).await, 5);
        clock.advance(DAY * 8);
        assert!(refused(again().await), "twice, and no more");
        assert_eq!(office.forget_unanswered_guests().await.unwrap(), 0);
        clock.advance(DAY * 16);
        assert_eq!(office.forget_unanswered_guests().await.unwrap(), 1, "who was asked once, long ago");
        clock.advance(DAY * 7);
        assert_eq!(office.forget_unanswered_guests().await.unwrap(), 2, "the third before them");
        assert!(office.guest_of_link(carol.id).await.unwrap().is_none());
    });
}

#[test]
fn lists_of_a_customer_do_not_ask_one_after_the_other_and_a_no_to_one_holds_for_all() {
    on_both_engines(async |test, clock| {
        let office = &test.office;
        let domain = test.domain("example.com").await;
        let before = Invited::Not(vec![(0, Unasked::AskedBefore)]);
        for (name, answer) in [
            ("one@example.com", Invited::Sent { asked: 1, known: 0 }),
            ("two@example.com", Invited::Sent { asked: 1, known: 0 }),
            ("three@example.com", before.clone()),
        ] {
            let list = list_at(&test, domain, name).await;
            assert_eq!(invite(&test, list, &["carol@far.example"]).await, answer, "{name}");
            // A list that is gone has asked all the same.
            office.remove_alias(domain, list).await.unwrap();
        }
        let four = list_at(&test, domain, "four@example.com").await;
        invite(&test, four, &["dan@far.example"]).await;
        let dan = only(&test, four, "dan@far.example").await;
        let five = list_at(&test, domain, "five@example.com").await;
        invite(&test, five, &["dan@far.example"]).await;
        office.leave_list(only(&test, five, "dan@far.example").await.id).await.unwrap();
        clock.advance(DAY * 8);
        let again = office.ask_guest_again(four, dan.id, &address("dan@far.example").into(), how(None)).await;
        assert!(matches!(again, Err(MailError::Refused(MailRefusal::Declined))), "{again:?}");
        clock.advance(DAY * 31);
        office.forget_unanswered_guests().await.unwrap();
        assert_eq!(
            invite(&test, four, &["carol@far.example"]).await,
            Invited::Sent { asked: 1, known: 0 },
            "weeks later"
        );
    });
}

#[test]
fn invitations_of_a_day_are_counted_for_the_customer() {
    on_both_engines(async |test, clock| {
        let domain = test.domain("example.com").await;
        let (first, second) =
            (list_at(&test, domain, "a@example.com").await, list_at(&test, domain, "b@example.com").await);
        let invite = async |list, names: &[&str]| {
            let to = names.iter().map(|one| address(one)).collect();
            test.office.invite_guests(list, to, how(Some(2))).await
        };
        let over = |result| matches!(result, Err(MailError::Refused(MailRefusal::Invitations(2))));
        assert!(over(invite(first, &["x@far.example", "y@far.example", "z@far.example"]).await));
        assert_eq!(sent(&test).await, 0, "all of them or nobody");
        invite(first, &["x@far.example"]).await.unwrap();
        assert!(over(invite(second, &["y@far.example", "z@far.example"]).await));
        invite(second, &["y@far.example"]).await.unwrap();
        // A list that goes takes nothing of the count with it.
        test.office.remove_alias(domain, second).await.unwrap();
        assert!(over(invite(first, &["z@far.example"]).await));
        clock.advance(DAY + Duration::from_secs(1));
        invite(first, &["z@far.example"]).await.unwrap();
    });
}

#[test]
fn an_address_that_is_gone_ends_the_membership_at_the_third_message() {
    on_both_engines(async |test, _| {
        let office = &test.office;
        let domain = test.domain("example.com").await;
        let list = list_at(&test, domain, "news@example.com").await;
        invite(&test, list, &["carol@far.example"]).await;
        let carol = only(&test, list, "carol@far.example").await.id;
        office.join_list(carol).await.unwrap();
        let dead = CopyFate::of_refusal("550 5.1.1 No such user");
        assert_eq!(dead, CopyFate::NoAddress);
        assert_eq!(CopyFate::of_refusal("554 5.7.1 Spam detected"), CopyFate::Failed);
        let note = async |fate| {
            office.db().write(move |tx| PostOffice::note_copy_in(tx, carol, fate)).await.unwrap()
        };
        for fate in [dead, dead, CopyFate::Taken, dead, CopyFate::Failed, dead] {
            note(fate).await;
            assert_eq!(only(&test, list, "carol@far.example").await.state, GuestState::Joined, "{fate:?}");
        }
        note(dead).await;
        let after = only(&test, list, "carol@far.example").await;
        assert_eq!(after.state, GuestState::Unreachable);
        assert!(after.may_be_asked(office.clock().now()));
        assert_eq!(office.joined_list_of(carol).await.unwrap(), None);
        let shown: Shown<EmailAddress> = address("carol@far.example").into();
        office.ask_guest_again(list, carol, &shown, how(None)).await.unwrap();
        assert_eq!(only(&test, list, "carol@far.example").await.state, GuestState::Asked);
    });
}

#[test]
fn addresses_of_guests_are_read_to_send_to_those_who_joined_alone() {
    on_both_engines(async |test, _| {
        use mailkeep_policy::{Act, Fact, Use, purpose};
        let office = &test.office;
        let domain = test.domain("example.com").await;
        let list = list_at(&test, domain, "news@example.com").await;
        invite(&test, list, &["carol@far.example"]).await;
        let asked = |act| Use {
            actor: Actor::System("distribution lists"),
            subject: Subject::customer(test.customer),
            act,
            fields: &["list_guests.address"],
            fact: Fact::ListJoined(list),
        };
        let policy = office.policy();
        assert!(policy.grant::<purpose::Deliver>(asked(Act::Send)).await.is_err(), "nobody joined");
        let carol = only(&test, list, "carol@far.example").await.id;
        office.join_list(carol).await.unwrap();
        assert!(policy.grant::<purpose::Deliver>(asked(Act::Send)).await.is_ok());
        assert!(policy.grant::<purpose::Deliver>(asked(Act::Read)).await.is_err());
        assert!(policy.grant::<purpose::Inform>(asked(Act::Send)).await.is_err());
    });
}
