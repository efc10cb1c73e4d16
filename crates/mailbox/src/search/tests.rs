use mailkeep_storage::both_engines;
use mailkeep_storage::sql::Database;

use super::Query;
use crate::messages::{Delivery, Flags};
use crate::testing::{TestOffice, mail};

both_engines!(parts_of_words_are_found_right_after_delivery, |db: Database| async move {
    let test = TestOffice::open(db).await;
    let session = test.session("ann@example.com").await;
    let inbox = session.facts().inbox;
    let text = |t: &str| Query::Text(t.to_owned());
    for (subject, body) in [
        ("Quarterly report", "The numbers of the harvest"),
        ("Lunch", "Shall we meet at the CAFÉ Größe?"),
        ("Umlaut", "nothing of note, but 東京 is nice"),
    ] {
        test.office.deliver(vec![Delivery::to_inbox(session.mailbox(), mail(subject, body))]).await.unwrap();
        let rows = session.open_folder(inbox, false).await.unwrap().messages;
        let found = session.search(&rows, text(subject)).await.unwrap();
        assert_eq!(found, [rows.last().unwrap().uid]);
    }
    let rows = session.open_folder(inbox, false).await.unwrap().messages;
    for (query, found) in [
        (text("uarter"), vec![1]),
        (text("café größe"), vec![2]),
        (text("東京"), vec![3]),
        (text("of"), vec![1, 3]),
        (text("ann@example"), vec![1, 2, 3]),
        (text("absent"), vec![]),
        (text("the harvest"), vec![1]),
        (text("he har"), vec![1]),
        (text("e, but"), vec![3]),
        (Query::Body("e".into()), vec![1, 2, 3]),
        (Query::Body("report".into()), vec![]),
        (Query::Header("Subject".into(), "REPORT".into()), vec![1]),
        (Query::Header("x-none".into(), String::new()), vec![]),
        (Query::Not(Box::new(text("harvest"))), vec![2, 3]),
        (Query::Or(vec![text("harvest"), text("lunch")]), vec![1, 2]),
        (Query::And(vec![text("harvest"), Query::Unflagged(Flags::SEEN)]), vec![1]),
        (Query::And(vec![text("harvest"), Query::Flagged(Flags::SEEN)]), vec![]),
        (Query::SentBefore(mailkeep_types::Timestamp::from_seconds(0)), vec![]),
    ] {
        // The first search opens messages, the second knows the words of those that were opened.
        for round in ["opening", "knowing"] {
            let answer = session.search(&rows, query.clone()).await.unwrap();
            assert_eq!(answer, found, "{query:?}, {round}");
        }
    }
});
