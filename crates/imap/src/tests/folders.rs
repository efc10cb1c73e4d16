use mailkeep_storage::testing::both_engines;

use super::Harness;
use super::harness::message;

both_engines!(listing_and_changing_folders, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    assert_eq!(client.ok("LIST \"\" \"\"").await, ["* LIST (\\Noselect) \"/\" \"\""]);
    let all = client.ok("LIST \"\" *").await;
    assert!(all.contains(&"* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent\"".to_owned()), "{all:?}");
    assert!(all.contains(&"* LIST (\\HasNoChildren) \"/\" \"INBOX\"".to_owned()), "{all:?}");

    client.ok("CREATE \"Entw&APw-rfe/2026/\"").await;
    assert_eq!(
        client.ok("LIST \"\" Entw*").await,
        [
            "* LIST (\\HasChildren) \"/\" \"Entw&APw-rfe\"",
            "* LIST (\\HasNoChildren) \"/\" \"Entw&APw-rfe/2026\""
        ]
    );
    assert_eq!(
        client.ok("LIST \"Entw&APw-rfe/\" %").await,
        ["* LIST (\\HasNoChildren) \"/\" \"Entw&APw-rfe/2026\""]
    );
    assert!(client.fails("CREATE Sent").await.starts_with("NO [ALREADYEXISTS]"));
    assert!(client.fails("CREATE inbox").await.starts_with("NO [ALREADYEXISTS]"));
    assert!(client.fails("CREATE a//b").await.starts_with("NO [CANNOT]"));
    client.ok("DELETE \"Entw&APw-rfe\"").await;
    let gone = client.ok("LIST \"\" Entw%").await;
    assert_eq!(gone, ["* LIST (\\Noselect \\HasChildren) \"/\" \"Entw&APw-rfe\""]);
    client.ok("RENAME \"Entw&APw-rfe/2026\" Old").await;
    assert_eq!(client.ok("LIST \"\" (Entw* Old)").await, ["* LIST (\\HasNoChildren) \"/\" \"Old\""]);
    assert!(client.fails("RENAME Nothing Something").await.starts_with("NO [NONEXISTENT]"));
    assert!(client.fails("DELETE INBOX").await.starts_with("NO [CANNOT]"));
    assert!(client.fails("DELETE Sent").await.starts_with("NO [CANNOT]"));
    client.ok("SELECT Old").await;
    assert!(client.fails("DELETE Old").await.starts_with("NO [INUSE]"));
});

both_engines!(subscriptions_and_extended_listing, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    for folder in ["a", "a/b", "c"] {
        client.ok(&format!("CREATE {folder}")).await;
        client.ok(&format!("UNSUBSCRIBE {folder}")).await;
    }
    client.ok("SUBSCRIBE a/b").await;
    assert_eq!(client.ok("LSUB \"\" a*").await, ["* LSUB () \"/\" \"a/b\""]);
    assert_eq!(client.ok("LSUB \"\" a%").await, ["* LSUB (\\Noselect) \"/\" \"a\""]);
    assert_eq!(
        client.ok("LIST (SUBSCRIBED) \"\" (a* c)").await,
        ["* LIST (\\HasNoChildren \\Subscribed) \"/\" \"a/b\""]
    );
    assert_eq!(
        client.ok("LIST (SUBSCRIBED RECURSIVEMATCH) \"\" a").await,
        ["* LIST (\\HasChildren) \"/\" \"a\" (\"CHILDINFO\" (\"SUBSCRIBED\"))"]
    );
    let special = client.ok("LIST (SPECIAL-USE) \"\" * RETURN (CHILDREN)").await;
    assert_eq!(special.len(), 5, "{special:?}");
    client.append("c", "", &message("one")).await;
    assert_eq!(
        client.ok("LIST \"\" c RETURN (STATUS (MESSAGES UNSEEN))").await,
        ["* LIST (\\HasNoChildren) \"/\" \"c\"", "* STATUS \"c\" (MESSAGES 1 UNSEEN 1)"]
    );
});

both_engines!(status_tells_counts, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    let size = message("one").len();
    client.append("INBOX", "(\\Seen \\Deleted) ", &message("one")).await;
    client.append("INBOX", "", &message("two")).await;
    let status = client
        .ok("STATUS inbox (MESSAGES RECENT UNSEEN UIDNEXT SIZE DELETED DELETED-STORAGE APPENDLIMIT)")
        .await;
    assert_eq!(
        status,
        [format!(
            "* STATUS \"INBOX\" (MESSAGES 2 RECENT 0 UNSEEN 1 UIDNEXT 3 SIZE {} DELETED 1 DELETED-STORAGE {size} APPENDLIMIT 52428800)",
            2 * size
        )]
    );
    assert!(client.fails("STATUS Nothing (MESSAGES)").await.starts_with("NO [NONEXISTENT]"));
});

both_engines!(renaming_inbox_moves_its_messages, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    client.append("INBOX", "", &message("one")).await;
    client.ok("RENAME INBOX Old").await;
    assert!(client.ok("SELECT INBOX").await.contains(&"* 0 EXISTS".to_owned()));
    assert!(client.ok("SELECT Old").await.contains(&"* 1 EXISTS".to_owned()));
});
