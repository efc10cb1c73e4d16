//! Lists: copies for guests, their way out, and what comes back of them.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_mailbox::addresses::NewList;
use mailkeep_mailbox::lists::{GuestFilter, GuestState, Invitations};
use mailkeep_mailbox::testing::{PASSWORD, TestOffice};
use mailkeep_policy::Subject;
use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{AliasId, CustomerId, DomainId, GuestId};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{config, read, send, start, zone_with};
use crate::Delivery;
use crate::house::{BoxFuture, House as _, HouseError, ListLinks};
use crate::post_office::MailHouse;
use crate::receive::Verifier;
use crate::testing::Peer;

both_engines!(a_list_goes_on_to_its_guests_and_failures_stay_with_it, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let domain = test.domain("example.com").await;
    let ann = test.mailbox(domain, "ann@example.com").await;
    let (list, _) =
        list_with(&test, domain, "all@example.com", &["carol@far.example", "dan@far.example"]).await;
    test.office.add_list_mailbox(list, ann).await.unwrap();
    let asked = vec!["eve@far.example".parse().unwrap()];
    test.office.invite_guests(list, asked, invitations()).await.unwrap();
    let session = test.office.session(ann).await.unwrap();
    let house = start(&test.office).await;
    let mut peer = house.mx().await;
    assert!(send(&mut peer, "x@far.example", &["all@example.com"], "to all").await.starts_with("250"));
    assert_eq!(read(&session, "INBOX").await.len(), 1);
    let onward = test.office.claim_queued(10, Duration::from_secs(60)).await.unwrap();
    assert_eq!(onward[0].envelope.return_path, "all+bounces@example.com");
    let mut to: Vec<&str> = onward[0].recipients.iter().map(|one| one.envelope.address.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["carol@far.example", "dan@far.example"], "who was only asked gets nothing");
    assert_eq!(onward[0].recipients[0].envelope.notify.as_deref(), Some("NEVER"));

    // The copy comes back by way of a member: it does not go round.
    let copy = test.office.queued_content(onward[0].id).await.unwrap();
    peer.say("MAIL FROM:<carol@far.example>").await;
    peer.say("RCPT TO:<all@example.com>").await;
    peer.say("DATA").await;
    peer.send(&[&copy, b".\r\n".as_slice()].concat()).await;
    let answer = peer.reply().await;
    assert!(answer.starts_with("554 5.4.6"), "{answer}");

    // A failure is reported to the list, and reaches nobody; others cannot write there.
    let answer = send(&mut peer, "x@far.example", &["all+bounces@example.com"], "not a report").await;
    assert!(answer.starts_with("550 5.7.1"), "{answer}");
    assert!(send(&mut peer, "", &["all+bounces@example.com"], "a report").await.starts_with("250"));
    assert_eq!(read(&session, "INBOX").await.len(), 1);
    assert_eq!(test.office.queue_counts().await.unwrap().messages, 1);
});

/// Leads guests to a site.
struct Site;

impl ListLinks for Site {
    fn link(&self, _: CustomerId, token: String) -> BoxFuture<'_, Result<String, HouseError>> {
        Box::pin(async move { Ok(format!("https://www.example.com/lists/{token}")) })
    }
}

fn invitations() -> Invitations {
    Invitations { language: "en".to_owned(), most: None }
}

/// A list whose guests have joined, in their order.
async fn list_with(
    test: &TestOffice,
    domain: DomainId,
    address: &str,
    guests: &[&str],
) -> (AliasId, Vec<GuestId>) {
    // Addresses of guests rest under the customer's key.
    test.office.policy().create_key(Subject::customer(test.customer)).await.unwrap();
    let new = NewList {
        domain,
        address: address.parse().unwrap(),
        mailboxes: Vec::new(),
        writers: Default::default(),
    };
    let list = test.office.add_list(new).await.unwrap();
    let asked = guests.iter().map(|one| one.parse().unwrap()).collect();
    test.office.invite_guests(list, asked, invitations()).await.unwrap();
    let summary = test.office.list_summary(list).await.unwrap();
    let mut joined = Vec::new();
    for guest in guests {
        let filter = GuestFilter::Address(guest.parse().unwrap());
        let found = test.office.guests_of_list(&summary, filter, 0, 1).await.unwrap();
        joined.push(found.guests[0].id);
        test.office.join_list(found.guests[0].id).await.unwrap();
    }
    (list, joined)
}

/// Takes every message on loopback and hands it over; recipients whose address begins with `no` do not exist.
async fn sink() -> (u16, tokio::sync::mpsc::UnboundedReceiver<(Vec<String>, String)>) {
    let far = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = far.local_addr().unwrap().port();
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = far.accept().await {
            let sender = sender.clone();
            tokio::spawn(async move {
                let mut peer = Peer::new(stream);
                peer.send(b"220 far\r\n").await;
                let (mut to, mut content, mut in_data) = (Vec::new(), String::new(), false);
                loop {
                    let line = peer.line().await;
                    match line.as_str() {
                        "" if !in_data => return,
                        "." if in_data => {
                            in_data = false;
                            let _ = sender.send((std::mem::take(&mut to), std::mem::take(&mut content)));
                        }
                        _ if in_data => {
                            content.push_str(&format!("{}\r\n", line.strip_prefix('.').unwrap_or(&line)));
                            continue;
                        }
                        "DATA" => {
                            in_data = true;
                            peer.send(b"354 go\r\n").await;
                            continue;
                        }
                        line if line.starts_with("RCPT TO:<no") => {
                            peer.send(b"550 5.1.1 No such user\r\n").await;
                            continue;
                        }
                        line if line.starts_with("RCPT") => to.push(line.to_owned()),
                        _ => {}
                    }
                    peer.send(b"250 ok\r\n").await;
                }
            });
        }
    });
    (port, receiver)
}

both_engines!(each_guest_gets_a_signed_copy_with_a_way_out_of_their_own, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let domain = test.domain("example.com").await;
    test.office.ensure_dkim_keys(domain).await.unwrap();
    test.mailbox(domain, "ann@example.com").await;
    let names = ["carol@far.example", "dan@far.example", "fay@far.example", "nobody@far.example"];
    let (list, guests) = list_with(&test, domain, "news@example.com", &names).await;
    let house = start(&test.office).await;
    let (mut ann, _) = house.submission("ann@example.com", PASSWORD).await;
    let (port, mut taken) = sink().await;
    let more = [("far.example", "A 127.0.0.1"), ("_dmarc.example.com", "TXT v=DMARC1; p=reject")];
    let zone = zone_with(&test.office, &[domain], &more).await;
    let (roots, clock) = (rustls::RootCertStore::empty(), test.office.clock().clone());
    let mail_house = MailHouse::new(test.office.clone()).with_links(Arc::new(Site));
    let delivery = Delivery::new(mail_house, &config(port), zone.clone(), roots, clock).unwrap();
    let stop = CancellationToken::new();
    let token = stop.clone();
    let worker = tokio::spawn(async move { delivery.run(token).await });
    let mut next =
        async || tokio::time::timeout(Duration::from_secs(30), taken.recv()).await.unwrap().unwrap();
    let emptied = async || {
        while test.office.queue_counts().await.unwrap().messages > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };

    assert!(send(&mut ann, "ann@example.com", &["news@example.com"], "issue 1").await.starts_with("250"));
    let mut links = std::collections::BTreeSet::new();
    for _ in 0..3 {
        let (to, content) = next().await;
        assert_eq!(to.len(), 1, "one transaction for each: {to:?}");
        let at = names.iter().position(|name| to[0].contains(name)).unwrap();
        let link = format!("https://www.example.com/lists/{}", test.office.guest_token(guests[at]));
        for field in [
            format!("List-Unsubscribe: <{link}>\r\n"),
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n".to_owned(),
            "List-Id: <news.example.com>\r\n".to_owned(),
            "List-Post: <mailto:news@example.com>\r\n".to_owned(),
            "Precedence: list\r\n".to_owned(),
        ] {
            assert_eq!(content.matches(&field).count(), 1, "{field} in {content}");
        }
        links.insert(link);
        // The author's two signatures hold, and those of the list, which cover the way out (RFC 8058).
        assert_eq!(content.matches("DKIM-Signature: ").count(), 4, "{content}");
        let verifier = Verifier::new(zone.clone(), "far.example", Duration::from_secs(10));
        let sender = "news+bounces@example.com".parse().unwrap();
        let from = "127.0.0.1".parse().unwrap();
        let verdict = verifier.verify(from, "far", Some(&sender), content.as_bytes()).await;
        assert_eq!(verdict.field.matches("dkim=pass").count(), 4, "{}", verdict.field);
        let unfolded = content.replace("\r\n\t", "").replace("\r\n ", "").replace(' ', "");
        let covers = |field: &str| {
            let heads = unfolded.split("h=").skip(1).filter_map(|rest| rest.split(';').next());
            heads.filter(|signed| signed.split(':').any(|one| one == field)).count()
        };
        assert_eq!((covers("List-Unsubscribe"), covers("List-Unsubscribe-Post")), (2, 2), "{unfolded}");
    }
    assert_eq!(links.len(), 3);

    // What comes from elsewhere with an address of the list's domain in From, and proves nothing, is not signed by it.
    emptied().await;
    let mut peer = house.mx().await;
    assert!(send(&mut peer, "ann@example.com", &["news@example.com"], "forged").await.starts_with("250"));
    for _ in 0..3 {
        let (_, content) = next().await;
        assert!(content.contains("forged") && content.contains("List-Unsubscribe: <https://"), "{content}");
        assert!(!content.contains("DKIM-Signature"), "{content}");
    }

    // Who leaves gets nothing any more, also of what was on its way; an address that is gone goes after the third message.
    emptied().await;
    test.office.leave_list(guests[1]).await.unwrap();
    for issue in ["issue 2", "issue 3"] {
        assert!(send(&mut ann, "ann@example.com", &["news@example.com"], issue).await.starts_with("250"));
        for _ in 0..2 {
            let (to, content) = next().await;
            assert!(!to[0].contains("dan@") && content.contains(issue), "{to:?}");
        }
        emptied().await;
    }
    let summary = test.office.list_summary(list).await.unwrap();
    let count = |state| summary.count(state);
    assert_eq!(
        (count(GuestState::Joined), count(GuestState::Left), count(GuestState::Unreachable)),
        (2, 1, 1)
    );
    stop.cancel();
    worker.await.unwrap();
});

both_engines!(
    what_a_list_adds_does_not_break_the_signature_of_an_author_who_has_some_of_it,
    |db: Database| async move {
        let test = TestOffice::open(db).await;
        let domain = test.domain("example.com").await;
        test.office.ensure_dkim_keys(domain).await.unwrap();
        let house = MailHouse::new(test.office.clone());
        let zone = zone_with(&test.office, &[domain], &[]).await;
        let verifier = Verifier::new(zone, "far.example", Duration::from_secs(10));
        let own = "List-Unsubscribe: <mailto:leave@example.com>\r\n";
        for more in ["", own, "List-Id: <own.example.com>\r\n"] {
            let message = format!("{more}From: ann@example.com\r\nSubject: x\r\n\r\nhello\r\n");
            let signed = house.sign(&"example.com".parse().unwrap(), message.into_bytes()).await.unwrap();
            let list = "List-Id: <news.example.com>\r\nList-Unsubscribe: <https://x.example/y>\r\n\
                    List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
            let copy = [list.as_bytes(), &signed].concat();
            let sender = "news+bounces@example.com".parse().unwrap();
            let verdict = verifier.verify("127.0.0.1".parse().unwrap(), "far", Some(&sender), &copy).await;
            assert_eq!(verdict.field.matches("dkim=pass").count(), 2, "{more}: {}", verdict.field);
        }
    }
);
