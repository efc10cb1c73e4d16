//! Several sessions in one folder.

use mailkeep_storage::testing::both_engines;

use super::Harness;
use super::harness::message;

both_engines!(numbers_stay_until_expunges_may_be_told, |db| async move {
    let harness = Harness::new(db).await;
    let mut one = harness.inbox().await;
    for subject in ["a", "b", "c"] {
        one.append("INBOX", "", &message(subject)).await;
    }
    let mut two = harness.inbox().await;
    one.ok("STORE 2 +FLAGS.SILENT (\\Deleted)").await;
    one.ok("EXPUNGE").await;
    one.append("INBOX", "", &message("d")).await;

    // FETCH, STORE and SEARCH by number must not tell the expunge; numbers mean what they meant.
    assert_eq!(two.ok("FETCH 3 (UID)").await, ["* 3 FETCH (UID 3)", "* 4 EXISTS"]);
    let out = two.run("FETCH 2 (BODY.PEEK[])").await;
    assert!(out.tagged.starts_with("NO [EXPUNGEISSUED]") && out.untagged.is_empty(), "{out:?}");
    assert_eq!(two.ok("SEARCH SUBJECT d").await, ["* SEARCH 4"]);
    assert_eq!(two.ok("STORE 3 +FLAGS (\\Seen)").await, ["* 3 FETCH (UID 3 FLAGS (\\Seen))"]);
    // Any command with UIDs may tell it.
    assert_eq!(two.ok("UID FETCH 3 (FLAGS)").await, ["* 3 FETCH (UID 3 FLAGS (\\Seen))", "* 2 EXPUNGE"]);
    assert_eq!(two.ok("FETCH 2:3 (UID)").await, ["* 2 FETCH (UID 3)", "* 3 FETCH (UID 4)"]);
    assert_eq!(one.ok("NOOP").await, ["* 2 FETCH (UID 3 FLAGS (\\Seen))"]);
});

both_engines!(changes_are_told_once, |db| async move {
    let harness = Harness::new(db).await;
    let mut one = harness.inbox().await;
    let mut two = harness.inbox().await;
    assert!(
        one.run(&format!("APPEND INBOX {{{}+}}\r\n{}", message("a").len(), message("a")))
            .await
            .untagged
            .contains(&"* 1 EXISTS".to_owned())
    );
    assert_eq!(two.ok("NOOP").await, ["* 1 EXISTS"]);
    assert_eq!(two.ok("NOOP").await, Vec::<String>::new());
    one.ok("STORE 1 +FLAGS (\\Flagged project)").await;
    assert_eq!(
        two.ok("CHECK").await,
        [
            "* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft project)",
            "* 1 FETCH (UID 1 FLAGS (\\Flagged project))"
        ]
    );
    assert_eq!(two.ok("NOOP").await, Vec::<String>::new());
    assert_eq!(one.ok("NOOP").await, Vec::<String>::new());
    let moved = one.ok("MOVE 1 Archive").await;
    assert_eq!(moved.last().map(String::as_str), Some("* 1 EXPUNGE"));
    assert_eq!(two.ok("NOOP").await, ["* 1 EXPUNGE"]);
});

both_engines!(idle_wakes, |db| async move {
    let harness = Harness::new(db).await;
    let mut idle = harness.inbox().await;
    idle.send(b"i IDLE\r\n").await;
    assert_eq!(idle.line().await, "+ idling");
    let mut other = harness.inbox().await;
    other.append("INBOX", "", &message("a")).await;
    assert_eq!(idle.line().await, "* 1 EXISTS");
    other.ok("STORE 1 +FLAGS (\\Deleted)").await;
    assert_eq!(idle.line().await, "* 1 FETCH (UID 1 FLAGS (\\Deleted))");
    other.ok("EXPUNGE").await;
    assert_eq!(idle.line().await, "* 1 EXPUNGE");
    idle.send(b"DONE\r\n").await;
    assert_eq!(idle.line().await, "i OK idle no more");
    idle.send(b"j IDLE\r\nFROB\r\n").await;
    assert_eq!(idle.line().await, "+ idling");
    assert_eq!(idle.line().await, "j BAD DONE ends IDLE");
});

both_engines!(a_deleted_folder_ends_its_sessions, |db| async move {
    let harness = Harness::new(db).await;
    let mut one = harness.login().await;
    one.ok("CREATE gone").await;
    let mut two = harness.login().await;
    two.ok("SELECT gone").await;
    one.ok("DELETE gone").await;
    two.send(b"x NOOP\r\n").await;
    assert_eq!(two.line().await, "* BYE the folder was deleted");
});
