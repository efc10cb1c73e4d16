//! By SMTP.

use anyhow::Result;
use mailkeep_integration_tests::journey::SOON;
use mailkeep_integration_tests::mail::Imap;

use super::Target;
use super::talk::{Talk, plain_answer};

/// A conversation that has come as far as RCPT.
async fn begun(target: &Target) -> Result<Talk> {
    let mut talk = Talk::attack(target, "mx").await?;
    talk.expect("220").await?;
    talk.ask("EHLO attacker.example", "250").await?;
    talk.ask("MAIL FROM:<x@attacker.example>", "250").await?;
    talk.ask(&format!("RCPT TO:<{}>", target.user), "250").await?;
    Ok(talk)
}

pub async fn header_of_100_mb(target: &Target) -> Result<()> {
    let mut talk = begun(target).await?;
    talk.ask("DATA", "354").await?;
    let megabyte = format!("X-Filler: {}\r\n", "a".repeat(988)).repeat(1_000);
    for _ in 0..100 {
        talk.send(megabyte.as_bytes()).await;
    }
    talk.ask("\r\ntext\r\n.", "552 5.3.4").await?;
    talk.ask("QUIT", "221").await.map(drop)
}

pub async fn endless_line(target: &Target) -> Result<()> {
    for listener in ["mx", "submission"] {
        let mut talk = Talk::attack(target, listener).await?;
        talk.expect("220").await?;
        let said = talk.flood(&[b'a'; 100_000], 1_000).await?;
        anyhow::ensure!(said.starts_with("421 "), "{listener}: {said}");
    }
    Ok(())
}

pub async fn endless_body_line(target: &Target) -> Result<()> {
    let mut talk = begun(target).await?;
    talk.ask("DATA", "354").await?;
    talk.send(b"Subject: x\r\n\r\n").await;
    for _ in 0..70 {
        talk.send(&vec![b'x'; 1_000_000]).await;
    }
    talk.ask("\r\n.", "552 5.3.4").await.map(drop)
}

pub async fn ten_thousand_recipients(target: &Target) -> Result<()> {
    let mut talk = begun(target).await?;
    let line = format!("RCPT TO:<{}>\r\n", target.user);
    let (mut accepted, mut put_off) = (1, 0);
    for _ in 0..100 {
        talk.send(line.repeat(100).as_bytes()).await;
        for _ in 0..100 {
            match talk.line().await?.get(..9) {
                Some("250 2.1.5") => accepted += 1,
                Some("452 4.5.3") => put_off += 1,
                other => anyhow::bail!("{other:?}"),
            }
        }
    }
    anyhow::ensure!((accepted, put_off) == (100, 9_901), "{accepted} accepted, {put_off} put off");
    talk.ask("QUIT", "221").await.map(drop)
}

pub async fn nul_bytes(target: &Target) -> Result<()> {
    let mut talk = begun(target).await?;
    talk.ask("NO\0OP", "500 5.5").await?;
    talk.ask("DATA", "354").await?;
    talk.ask("Subject: a\0b\r\n\r\ntext\r\n.", "550 5.6.0").await?;
    talk.ask("QUIT", "221").await.map(drop)
}

/// What is sent along with STARTTLS must not be taken for part of the protected session (CVE-2011-0411).
pub async fn injection(target: &Target) -> Result<()> {
    for listener in ["mx", "submission"] {
        let mut talk = Talk::attack(target, listener).await?;
        talk.expect("220").await?;
        talk.ask("EHLO attacker.example", "250").await?;
        talk.ask("STARTTLS\r\nEHLO injected.example\r\nMAIL FROM:<x@attacker.example>\r\nNOOP", "220")
            .await?;
        let mut talk = talk.upgrade(target).await?;
        // Were the commands carried out, their replies would come before this one; and without EHLO there is no MAIL.
        talk.ask("MAIL FROM:<y@attacker.example>", "503").await?;
        talk.ask("QUIT", "221").await?;
    }
    Ok(())
}

/// Sends a message to the mailbox and reads it back in every way that parses it.
async fn send_and_read(target: &Target, name: &str, message: &[u8]) -> Result<()> {
    let mut talk = Talk::attack_tls(target, "submissions").await?;
    talk.expect("220").await?;
    talk.ask("EHLO attacker.example", "250").await?;
    talk.ask(&format!("AUTH PLAIN {}", plain_answer(target)), "235").await?;
    let user = &target.user;
    talk.ask(&format!("MAIL FROM:<{user}> BODY=8BITMIME"), "250").await?;
    talk.ask(&format!("RCPT TO:<{user}>"), "250").await?;
    talk.ask("DATA", "354").await?;
    talk.send(format!("From: {user}\r\nSubject: {name}\r\n").as_bytes()).await;
    talk.send(message).await;
    talk.ask("\r\n.", "250").await?;
    let mut imap = Imap::sign_in(&target.world.server("imaps"), user, &target.password).await?;
    imap.command("SELECT INBOX").await?;
    let uid = imap.wait_for(&format!("SUBJECT {name}"), SOON).await?[0];
    for what in [
        "(ENVELOPE BODYSTRUCTURE)",
        "BODY.PEEK[HEADER]",
        "BODY.PEEK[1.1.1.1.1.1.1.1]",
        "BODY.PEEK[TEXT]<0.100>",
    ] {
        imap.command(&format!("UID FETCH {uid} {what}")).await?;
    }
    imap.command("UID SEARCH TEXT quagga").await.map(drop)
}

pub async fn nested_mime(target: &Target) -> Result<()> {
    const LEVELS: usize = 1_000;
    let mut boxes = String::from("MIME-Version: 1.0\r\n");
    for level in 0..LEVELS {
        boxes.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"));
    }
    boxes.push_str("Content-Type: text/plain\r\n\r\nquagga\r\n");
    send_and_read(target, "boxes", boxes.as_bytes()).await?;

    let mut messages = String::from("MIME-Version: 1.0\r\n");
    for level in 0..LEVELS {
        messages.push_str(&format!("Content-Type: message/rfc822\r\n\r\nSubject: level {level}\r\n"));
    }
    messages.push_str("\r\nquagga\r\n");
    send_and_read(target, "letters", messages.as_bytes()).await?;

    // Many parts that are next to nothing: the message is small, what is made of it might not be.
    let mut crowd = String::from("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n");
    crowd.push_str(&"--b\r\n\r\n".repeat(100_000));
    crowd.push_str("--b--\r\n");
    send_and_read(target, "crowd", crowd.as_bytes()).await?;

    // Each level is packed once more, as in a bomb of archives.
    let mut packed = b"Subject: innermost\r\n\r\nquagga\r\n".to_vec();
    for _ in 0..25 {
        let text = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &packed);
        let lines: Vec<&str> =
            text.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
        let head = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        packed = format!("{head}{}\r\n", lines.join("\r\n")).into_bytes();
    }
    send_and_read(target, "packed", &packed).await
}

pub async fn wrong_charsets(target: &Target) -> Result<()> {
    let mut message = b"To: =?x-unknown?B?/////w==?= <a@b.example>\r\nCc: =?utf-8?Q?=FF=FE?= <\xff\xfe@b.example>\r\n\
        Comments: =?utf-7?Q?+ADw-script+AD4-?= =?iso-2022-jp?B?GyRC?= =?utf-16?B?/v8=?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        .to_vec();
    for charset in ["x-bogus", "utf-7", "utf-16", "iso-2022-jp", "gb18030", "\"\"", "us-ascii", "utf-8"] {
        let head = format!("--b\r\nContent-Type: text/plain; charset={charset}\r\n\r\n");
        message.extend_from_slice(head.as_bytes());
        message.extend((1..=255u8).filter(|byte| !b"\r\n".contains(byte)));
        message.extend_from_slice(b"\x1b$B\x7f\xed\xa0\x80 quagga\r\n");
    }
    message.extend_from_slice(b"--b--\r\n");
    send_and_read(target, "charsets", &message).await
}
