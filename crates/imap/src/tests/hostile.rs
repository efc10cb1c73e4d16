//! Clients that mean no good, or are broken.

use mailkeep_storage::testing::both_engines;
use tokio::io::AsyncWriteExt;

use super::Harness;
use crate::ImapConfig;

both_engines!(endless_lines_and_huge_literals, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.connect().await;
    client.send(&vec![b'a'; 20_000]).await;
    assert_eq!(client.line().await, "* BYE the command line is too long");

    let mut client = harness.connect().await;
    assert!(client.fails("LOGIN {999999999999}").await.starts_with("NO [TOOBIG]"));
    assert!(client.fails("LOGIN {9000}").await.starts_with("NO [TOOBIG]"));
    client.send(b"a LOGIN {99999999999999999999999999+}\r\n").await;
    assert_eq!(client.line().await, "* BYE the command line is too long");

    let mut client = harness.login().await;
    // A message over the limit is refused before it is sent; nothing is set aside for it.
    assert!(client.fails("APPEND INBOX {99999999}").await.starts_with("NO [TOOBIG]"));
    client.ok("NOOP").await;
    // A line over the limit ends the connection, even before all of it is sent.
    let line = " ".repeat(70 * 1024);
    let _ = client.stream.write_all(line.as_bytes()).await;
    assert_eq!(client.line().await, "* BYE the command line is too long");
});

both_engines!(nesting_nul_and_nonsense, |db| async move {
    let harness = Harness::new(db).await;
    let mut client = harness.inbox().await;
    assert!(client.fails(&format!("SEARCH {}", "(".repeat(30_000))).await.starts_with("BAD"));
    assert!(client.fails(&format!("SEARCH {}ALL", "NOT ".repeat(10_000))).await.starts_with("BAD"));
    assert!(client.fails(&format!("FETCH 1 {}", "BODY[".repeat(1_000))).await.starts_with("BAD"));
    assert!(client.fails(&format!("FETCH {} FLAGS", "1,".repeat(25_000))).await.starts_with("BAD"));
    assert!(client.fails("SELECT \"a\0b\"").await.starts_with("BAD"));
    assert!(client.fails("APPEND INBOX {3+}\r\na\0b").await.starts_with("BAD"));
    assert!(client.fails("SELECT &AAA").await.starts_with("BAD"));
    client.ok("NOOP").await;
    let mut last = String::new();
    for _ in 0..30 {
        // The last answer and BYE come together, so the connection may be gone while BYE is still to be read.
        let _ = client.stream.write_all(b"\xff\xfe\r\n").await;
        last = client.line().await;
        if last.starts_with("* BYE") {
            break;
        }
        assert!(last.starts_with("* BAD"), "{last}");
    }
    assert_eq!(last, "* BYE too many commands that make no sense");
});

both_engines!(slow_clients_are_let_go, |db| async move {
    let config = ImapConfig {
        login_timeout_seconds: 1,
        idle_timeout_seconds: 1,
        stall_timeout_seconds: 1,
        ..ImapConfig::default()
    };
    let harness = Harness::with(db, config).await;
    // Nothing at all, one byte at a time, and half a command after login.
    let mut silent = harness.connect().await;
    let mut slow = harness.connect().await;
    let mut half = harness.login().await;
    half.send(b"a NOO").await;
    slow.send(b"a").await;
    assert_eq!(silent.line().await, "* BYE no login in time");
    assert_eq!(slow.line().await, "* BYE no login in time");
    assert!(half.line().await.starts_with("* BYE"));
    let mut idle = harness.inbox().await;
    idle.send(b"i IDLE\r\n").await;
    assert_eq!(idle.line().await, "+ idling");
    assert!(idle.line().await.starts_with("* BYE"));
});

both_engines!(a_client_that_does_not_read_is_let_go, |db| async move {
    let config = ImapConfig { stall_timeout_seconds: 1, ..ImapConfig::default() };
    let harness = Harness::with(db, config).await;
    let mut client = harness.login().await;
    let large = "x".repeat(500_000);
    client.append("INBOX", "", &format!("Subject: x\r\n\r\n{large}\r\n")).await;
    client.ok("SELECT INBOX").await;
    client.send(b"a FETCH 1 BODY[]\r\n").await;
    // The connection ends in the middle of the answer, once the pipe has been full for a second.
    while !harness_closed(&mut client).await {}
});

async fn harness_closed(client: &mut super::Client<tokio::io::DuplexStream>) -> bool {
    // Writing fails once the server's end is gone; reading would let the answer go on.
    let gone = client.stream.write_all(b" ").await.is_err();
    tokio::task::yield_now().await;
    gone
}

both_engines!(stopping_says_bye, |db| async move {
    let harness = Harness::new(db).await;
    let mut waiting = harness.login().await;
    let mut idle = harness.inbox().await;
    idle.send(b"i IDLE\r\n").await;
    idle.line().await;
    harness.stop.cancel();
    for client in [&mut waiting, &mut idle] {
        assert!(client.line().await.starts_with("* BYE [UNAVAILABLE]"));
        assert_eq!(client.line().await, "");
    }
});
