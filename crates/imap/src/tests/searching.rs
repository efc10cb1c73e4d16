use mailkeep_storage::testing::both_engines;

use super::Harness;
use super::harness::message;

both_engines!(every_kind_of_key, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    client.append("INBOX", "(\\Seen work) \" 1-Mar-2026 23:59:00 +0000\" ", &message("alpha")).await;
    client.append("INBOX", "(\\Flagged) \" 2-Mar-2026 00:00:00 +0000\" ", &message("bravo")).await;
    let long = format!("{}{}", message("charlie"), "quagga grazing ".repeat(200));
    client.append("INBOX", "\" 3-Mar-2026 00:00:00 +0000\" ", &long).await;
    client.ok("SELECT INBOX").await;
    for (query, found) in [
        ("ALL", " 1 2 3"),
        ("SEEN", " 1"),
        ("UNSEEN", " 2 3"),
        ("KEYWORD WORK", " 1"),
        ("UNKEYWORD work", " 2 3"),
        ("KEYWORD nobody", ""),
        ("NEW", ""),
        ("OLD FLAGGED", " 2"),
        ("OR SEEN FLAGGED", " 1 2"),
        ("NOT (OR SEEN FLAGGED)", " 3"),
        ("2:*", " 2 3"),
        ("UID 1:2 UNSEEN", " 2"),
        ("ON 1-Mar-2026", " 1"),
        ("BEFORE 2-Mar-2026", " 1"),
        ("SINCE \"2-Mar-2026\"", " 2 3"),
        // All are dated on the first of March in the zone of their sender.
        ("SENTON 1-Mar-2026", " 1 2 3"),
        ("SENTSINCE 2-Mar-2026", ""),
        ("SENTBEFORE 2-Mar-2026 2", " 2"),
        ("LARGER 1000", " 3"),
        ("SMALLER 1000 UNSEEN", " 2"),
        ("SUBJECT bravo", " 2"),
        ("SUBJECT RAV", " 2"),
        ("FROM \"Ann Example\" SUBJECT charlie", " 3"),
        ("TO bob@example.net", " 1 2 3"),
        ("CC bob", ""),
        ("HEADER Message-ID alpha@", " 1"),
        ("HEADER Subject \"\"", " 1 2 3"),
        ("HEADER X-Nothing \"\"", ""),
        ("BODY quagga", " 3"),
        ("TEXT agga", " 3"),
        ("TEXT okapi", ""),
        ("CHARSET UTF-8 TEXT {6+}\r\nquagga", " 3"),
    ] {
        assert_eq!(client.ok(&format!("SEARCH {query}")).await, [format!("* SEARCH{found}")], "{query}");
    }
    assert!(
        client.fails("SEARCH CHARSET KOI8-R TEXT x").await.starts_with("NO [BADCHARSET (US-ASCII UTF-8)]")
    );
    assert!(client.fails("SEARCH FROB").await.starts_with("BAD"));
});

both_engines!(extended_results, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    for subject in ["one", "two", "three", "four", "five"] {
        client.append("INBOX", "", &message(subject)).await;
    }
    client.ok("SELECT INBOX").await;
    client.ok("STORE 1 +FLAGS.SILENT (\\Deleted)").await;
    client.ok("EXPUNGE").await;
    let found = client.ok("UID SEARCH RETURN (MIN MAX COUNT ALL) NOT UID 4").await.concat();
    assert!(found.starts_with("* ESEARCH (TAG \"t10\") UID MIN 2 MAX 5 ALL 2:3,5 COUNT 3"), "{found}");
    let found = client.ok("SEARCH RETURN () DELETED").await.concat();
    assert_eq!(found, "* ESEARCH (TAG \"t11\")");
    let found = client.ok("SEARCH RETURN (COUNT) DELETED").await.concat();
    assert_eq!(found, "* ESEARCH (TAG \"t12\") COUNT 0");
});
