use mailkeep_storage::testing::both_engines;

use super::Harness;
use super::harness::message;

const PARTS: &str = "From: Ann Example <ann@example.com>\r\nSubject: parts\r\nX-Odd: yes\r\n\
MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
--b\r\nContent-Type: text/plain\r\n\r\nfirst\r\n\
--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner text\r\n--b--\r\n";

both_engines!(append_and_fetch, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    let text = message("one");
    let appended = client.append("INBOX", "(\\Flagged $Label) \" 1-Mar-2026 10:00:00 +0100\" ", &text).await;
    assert!(appended.ends_with(" 1] saved"), "{appended}");
    assert!(client.fails("APPEND Nothing {1+}\r\nx").await.starts_with("NO [TRYCREATE]"));
    assert!(client.fails("APPEND INBOX {0+}\r\n").await.starts_with("NO"));

    let selected = client.ok("SELECT INBOX").await;
    for line in [
        "* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $Label)",
        "* OK [PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $Label \\*)] flags that stay",
        "* 1 EXISTS",
        "* 0 RECENT",
        "* OK [UNSEEN 1] the first unseen message",
        "* OK [UIDNEXT 2] predicted next UID",
    ] {
        assert!(selected.iter().any(|l| l == line), "{line} is missing in {selected:#?}");
    }
    assert_eq!(
        client.ok("FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE)").await,
        [format!(
            "* 1 FETCH (UID 1 FLAGS (\\Flagged $Label) INTERNALDATE \"01-Mar-2026 09:00:00 +0000\" RFC822.SIZE {})",
            text.len()
        )]
    );
    assert_eq!(
        client.ok("FETCH 1 ENVELOPE").await,
        ["* 1 FETCH (ENVELOPE (\"Sun, 1 Mar 2026 23:30:00 -0500\" \"one\" \
          ((\"Ann Example\" NIL \"ann\" \"example.com\")) ((\"Ann Example\" NIL \"ann\" \"example.com\")) \
          ((\"Ann Example\" NIL \"ann\" \"example.com\")) ((NIL NIL \"bob\" \"example.net\")) NIL NIL NIL \
          \"<one@example.com>\"))"]
    );
    assert_eq!(
        client.ok("FETCH 1 (BODY.PEEK[HEADER.FIELDS (Subject date)])").await,
        ["* 1 FETCH (BODY[HEADER.FIELDS (Subject date)] {54}\r\n\
          Subject: one\r\nDate: Sun, 1 Mar 2026 23:30:00 -0500\r\n\r\n)"]
    );
    // Reading without PEEK sets \Seen and tells so; the second time there is nothing to tell.
    let body = format!("RFC822 {{{}}}\r\n{text})", text.len());
    assert_eq!(
        client.ok("FETCH 1 RFC822").await,
        [format!("* 1 FETCH (FLAGS (\\Seen \\Flagged $Label) {body}")]
    );
    assert_eq!(client.ok("FETCH 1 RFC822").await, [format!("* 1 FETCH ({body}")]);
    assert!(client.fails("FETCH 2 FLAGS").await.starts_with("BAD"));
    assert_eq!(client.ok("UID FETCH 7:9 FLAGS").await, Vec::<String>::new());
    assert_eq!(client.ok("UID FETCH 9:* FLAGS").await, ["* 1 FETCH (UID 1 FLAGS (\\Seen \\Flagged $Label))"]);
});

both_engines!(sections_of_messages, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    client.append("INBOX", "", PARTS).await;
    client.ok("EXAMINE INBOX").await;
    for (item, answer) in [
        ("BODY[1]", "BODY[1] {5}\r\nfirst"),
        ("BODY[1]<1.3>", "BODY[1]<1> {3}\r\nirs"),
        ("BODY[1]<9.3>", "BODY[1]<9> {0}\r\n"),
        ("BODY[1.MIME]", "BODY[1.MIME] {28}\r\nContent-Type: text/plain\r\n\r\n"),
        ("BODY[2.HEADER]", "BODY[2.HEADER] {18}\r\nSubject: inner\r\n\r\n"),
        ("BODY[2.TEXT]", "BODY[2.TEXT] {10}\r\ninner text"),
        ("BODY[2.1]", "BODY[2.1] {10}\r\ninner text"),
        ("BODY[3]", "BODY[3] NIL"),
        ("BODY[HEADER.FIELDS (X-Odd)]", "BODY[HEADER.FIELDS (X-Odd)] {14}\r\nX-Odd: yes\r\n\r\n"),
        ("BODY[2.HEADER.FIELDS.NOT (Subject)]", "BODY[2.HEADER.FIELDS.NOT (Subject)] {2}\r\n\r\n"),
    ] {
        // The folder was opened with EXAMINE, so nothing becomes \Seen.
        assert_eq!(client.ok(&format!("FETCH 1 {item}")).await, [format!("* 1 FETCH ({answer})")], "{item}");
    }
    let body = client.ok("FETCH 1 (BODY)").await.concat();
    assert!(body.contains("\"mixed\")") && !body.contains("boundary"), "{body}");
    let structure = client.ok("FETCH 1 (BODYSTRUCTURE FLAGS)").await.concat();
    assert!(
        structure.contains("\"mixed\" (\"boundary\" \"b\")") && structure.contains("FLAGS ()"),
        "{structure}"
    );
    let both = client.ok("FETCH 1 (ENVELOPE BODY[1])").await.concat();
    assert!(both.contains("\"parts\"") && both.contains("first"), "{both}");
    assert!(client.fails("STORE 1 +FLAGS (\\Seen)").await.starts_with("NO [READ-ONLY]"));
});

both_engines!(bare_line_feeds_become_whole_line_ends, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    client.append("INBOX", "", "Subject: x\n\nbody\n").await;
    client.ok("SELECT INBOX").await;
    assert_eq!(
        client.ok("FETCH 1 (BODY.PEEK[] RFC822.SIZE)").await,
        ["* 1 FETCH (BODY[] {20}\r\nSubject: x\r\n\r\nbody\r\n RFC822.SIZE 20)"]
    );
});

both_engines!(storing_flags, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    for subject in ["one", "two", "three"] {
        client.append("INBOX", "", &message(subject)).await;
    }
    client.ok("SELECT INBOX").await;
    assert_eq!(
        client.ok("STORE 1:2 +FLAGS (\\Seen work)").await,
        [
            "* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft work)",
            "* 1 FETCH (UID 1 FLAGS (\\Seen work))",
            "* 2 FETCH (UID 2 FLAGS (\\Seen work))"
        ]
    );
    assert_eq!(client.ok("STORE 2 -FLAGS.SILENT (work)").await, Vec::<String>::new());
    assert_eq!(client.ok("UID STORE 2 FLAGS (\\Draft)").await, ["* 2 FETCH (UID 2 FLAGS (\\Draft))"]);
    assert_eq!(client.ok("STORE 3 -FLAGS (unknown)").await, ["* 3 FETCH (UID 3 FLAGS ())"]);
    assert_eq!(
        client.ok("FETCH 1:3 FLAGS").await,
        ["* 1 FETCH (FLAGS (\\Seen work))", "* 2 FETCH (FLAGS (\\Draft))", "* 3 FETCH (FLAGS ())"]
    );
    assert!(client.fails("STORE 1 +FLAGS (\\Frob)").await.starts_with("BAD"));
});

both_engines!(conditional_store, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    for subject in ["one", "two"] {
        client.append("INBOX", "", &message(subject)).await;
    }
    let selected = client.ok("SELECT INBOX (CONDSTORE)").await.concat();
    let highest: u64 =
        selected.split("HIGHESTMODSEQ ").nth(1).unwrap().split(']').next().unwrap().parse().unwrap();
    let stored =
        client.ok(&format!("STORE 1 (UNCHANGEDSINCE {highest}) +FLAGS.SILENT (\\Seen)")).await.concat();
    assert!(stored.starts_with("* 1 FETCH (UID 1 MODSEQ ("), "{stored}");
    let out = client.run(&format!("STORE 1:2 (UNCHANGEDSINCE {highest}) +FLAGS (\\Flagged)")).await;
    assert!(out.tagged.starts_with("OK [MODIFIED 1]"), "{out:?}");
    assert!(out.text().starts_with("* 2 FETCH (UID 2 MODSEQ (") && out.untagged.len() == 1, "{out:?}");
    let changed = client.ok(&format!("FETCH 1:* (FLAGS) (CHANGEDSINCE {highest})")).await;
    assert_eq!(changed.len(), 2);
    assert!(changed[0].contains("MODSEQ"), "{changed:?}");
    let newest: u64 =
        changed[1].split("MODSEQ (").nth(1).unwrap().split(')').next().unwrap().parse().unwrap();
    assert_eq!(
        client.ok(&format!("UID FETCH 1:* (FLAGS) (CHANGEDSINCE {newest})")).await,
        Vec::<String>::new()
    );
    let found = client.ok(&format!("SEARCH MODSEQ {newest}")).await;
    assert_eq!(found, [format!("* SEARCH 2 (MODSEQ {newest})")]);
});

both_engines!(copying_moving_and_expunging, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    for subject in ["one", "two", "three", "four"] {
        client.append("INBOX", "", &message(subject)).await;
    }
    client.ok("SELECT INBOX").await;
    let copied = client.run("COPY 2:3 Archive").await.tagged;
    assert!(copied.starts_with("OK [COPYUID ") && copied.contains(" 2:3 1:2]"), "{copied}");
    assert!(client.fails("COPY 1 Nothing").await.starts_with("NO [TRYCREATE]"));
    assert_eq!(client.run("UID COPY 99 Archive").await.tagged, "OK nothing to do");
    let moved = client.ok("MOVE 1 Trash").await;
    assert!(moved[0].starts_with("* OK [COPYUID ") && moved[0].contains(" 1 1]"), "{moved:?}");
    assert_eq!(moved[1..], ["* 1 EXPUNGE"]);
    client.ok("STORE 1:3 +FLAGS.SILENT (\\Deleted)").await;
    assert_eq!(client.ok("UID EXPUNGE 3").await, ["* 2 EXPUNGE"]);
    assert_eq!(client.ok("EXPUNGE").await, ["* 1 EXPUNGE", "* 1 EXPUNGE"]);
    assert_eq!(client.ok("EXPUNGE").await, Vec::<String>::new());
    client.ok("SELECT Archive").await;
    client.ok("STORE 1 +FLAGS (\\Deleted)").await;
    assert_eq!(client.ok("CLOSE").await, Vec::<String>::new());
    assert!(client.fails("FETCH 1 FLAGS").await.starts_with("BAD select"));
    assert!(client.ok("SELECT Archive").await.contains(&"* 1 EXISTS".to_owned()));
    client.ok("STORE 1 +FLAGS (\\Deleted)").await;
    client.ok("UNSELECT").await;
    assert!(client.ok("EXAMINE Archive").await.contains(&"* 1 EXISTS".to_owned()));
});
