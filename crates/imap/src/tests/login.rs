use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mailkeep_mailbox::testing::PASSWORD;
use mailkeep_storage::testing::both_engines;

use super::Harness;
use super::harness::USER;
use crate::ImapConfig;

both_engines!(passwords_are_checked_and_mechanisms_work, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.connect().await;
    assert!(client.fails("SELECT INBOX").await.starts_with("BAD log in"));
    assert!(client.fails(&format!("LOGIN {USER} wrong")).await.starts_with("NO [AUTHENTICATIONFAILED]"));
    assert!(client.fails("LOGIN nobody@example.com wrong").await.starts_with("NO [AUTHENTICATIONFAILED]"));
    let out = client.run(&format!("LOGIN \"{USER}\" {{{}+}}\r\n{PASSWORD}", PASSWORD.len())).await;
    assert!(out.tagged.starts_with("OK [CAPABILITY IMAP4rev1") && out.tagged.contains(" MOVE "), "{out:?}");
    assert!(client.fails(&format!("LOGIN {USER} {PASSWORD}")).await.starts_with("BAD"));

    let plain = STANDARD.encode(format!("\0{USER}\0{PASSWORD}"));
    let mut client = harness.connect().await;
    client.ok(&format!("AUTHENTICATE PLAIN {plain}")).await;

    let mut client = harness.connect().await;
    client.send(b"a AUTHENTICATE PLAIN\r\n").await;
    assert_eq!(client.line().await, "+ ");
    client.send(format!("{plain}\r\n").as_bytes()).await;
    assert!(client.line().await.starts_with("a OK [CAPABILITY"));

    let mut client = harness.connect().await;
    client.send(b"a AUTHENTICATE LOGIN\r\n").await;
    assert_eq!(client.line().await, "+ VXNlcm5hbWU6");
    client.send(format!("{}\r\n", STANDARD.encode(USER)).as_bytes()).await;
    assert_eq!(client.line().await, "+ UGFzc3dvcmQ6");
    client.send(format!("{}\r\n", STANDARD.encode(PASSWORD)).as_bytes()).await;
    assert!(client.line().await.starts_with("a OK"));

    let mut client = harness.connect().await;
    client.send(b"a AUTHENTICATE PLAIN\r\n").await;
    client.line().await;
    client.send(b"*\r\n").await;
    assert!(client.line().await.starts_with("a BAD"));
    let acting = STANDARD.encode(format!("bob@example.com\0{USER}\0{PASSWORD}"));
    assert!(
        client.fails(&format!("AUTHENTICATE PLAIN {acting}")).await.starts_with("NO [AUTHORIZATIONFAILED]")
    );
    assert!(client.fails("AUTHENTICATE GSSAPI").await.starts_with("NO"));
    assert!(client.fails("AUTHENTICATE PLAIN !!!").await.starts_with("BAD"));
});

both_engines!(guessing_ends_the_connection, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.connect().await;
    for _ in 0..2 {
        client.fails(&format!("LOGIN {USER} guess")).await;
    }
    client.send(format!("z LOGIN {USER} guess\r\n").as_bytes()).await;
    assert_eq!(client.line().await, "* BYE too many wrong passwords");
    assert_eq!(client.line().await, "");
});

both_engines!(without_tls_nobody_logs_in, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.connect_plain().await;
    let capability = client.ok("CAPABILITY").await.concat();
    assert!(capability.contains("STARTTLS LOGINDISABLED") && !capability.contains("AUTH="), "{capability}");
    assert!(client.fails(&format!("LOGIN {USER} {PASSWORD}")).await.starts_with("NO [PRIVACYREQUIRED]"));
    assert!(client.fails("AUTHENTICATE PLAIN").await.starts_with("NO [PRIVACYREQUIRED]"));
});

both_engines!(general_commands, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.login().await;
    assert_eq!(client.ok("NAMESPACE").await, ["* NAMESPACE ((\"\" \"/\")) NIL NIL"]);
    assert_eq!(client.ok("ID (\"name\" \"test\")").await, ["* ID (\"name\" \"Mailkeep\")"]);
    assert_eq!(client.ok("ENABLE CONDSTORE FROB").await, ["* ENABLED CONDSTORE"]);
    assert!(client.fails("FROB").await.starts_with("BAD unknown command"));
    assert_eq!(client.ok("GETQUOTAROOT INBOX").await, ["* QUOTAROOT \"INBOX\" \"\"", "* QUOTA \"\" ()"]);
    assert!(client.fails("SETQUOTA \"\" (STORAGE 1)").await.starts_with("NO [NOPERM]"));
    assert!(client.fails("GETQUOTA other").await.starts_with("NO"));
    assert_eq!(client.ok("LOGOUT").await, ["* BYE until next time"]);
    assert_eq!(client.line().await, "");
});

both_engines!(a_mailbox_has_limited_connections, |db| async move {
    let config = ImapConfig { max_connections_per_mailbox: 2, ..ImapConfig::default() };
    let harness = Harness::with(db, config).await;
    let mut first = harness.login().await;
    let _second = harness.login().await;
    let mut third = harness.connect().await;
    assert!(third.fails(&format!("LOGIN {USER} {PASSWORD}")).await.starts_with("NO [LIMIT]"));
    first.ok("LOGOUT").await;
    assert_eq!(first.line().await, "");
    third.ok(&format!("LOGIN {USER} {PASSWORD}")).await;
});
