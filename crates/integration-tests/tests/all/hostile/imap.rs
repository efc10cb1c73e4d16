//! By IMAP.

use anyhow::Result;

use super::Target;
use super::talk::Talk;

async fn signed_in(target: &Target) -> Result<Talk> {
    let mut talk = Talk::attack_tls(target, "imaps").await?;
    talk.expect("* OK").await?;
    talk.ask(&format!("l LOGIN {} {}", target.user, target.password), "l OK").await?;
    Ok(talk)
}

pub async fn huge_literals(target: &Target) -> Result<()> {
    // Before the login nothing large is taken, and nothing is set aside for what is only announced.
    let mut talk = Talk::attack_tls(target, "imaps").await?;
    talk.expect("* OK").await?;
    talk.ask("a LOGIN {4000000000}", "a NO [TOOBIG]").await?;
    let said =
        talk.flood(format!("b LOGIN {{900000000+}}\r\n{}", "x".repeat(1_000_000)).as_bytes(), 300).await?;
    anyhow::ensure!(said.starts_with("* BYE"), "{said}");

    let mut talk = signed_in(target).await?;
    for command in ["a APPEND INBOX {60000000}", "a SELECT {300000}", "a APPEND INBOX {99999999999}"] {
        talk.ask(command, "a NO [TOOBIG]").await?;
    }
    talk.send(b"c APPEND INBOX {60000000+}\r\n").await;
    for _ in 0..60 {
        talk.send(&vec![b'x'; 1_000_000]).await;
    }
    talk.ask("", "c NO [TOOBIG]").await?;
    let said = talk.flood(&[b'a'; 100_000], 1_000).await?;
    anyhow::ensure!(said.starts_with("* BYE"), "{said}");
    Ok(())
}

pub async fn deep_search_keys(target: &Target) -> Result<()> {
    let mut talk = signed_in(target).await?;
    talk.ask("s SELECT INBOX", "s OK").await?;
    for (open, close) in [("(", ")"), ("NOT ", ""), ("OR ALL ", "")] {
        let deep = 8_000;
        let keys = format!("{}ALL{}", open.repeat(deep), close.repeat(deep));
        talk.ask(&format!("d SEARCH {keys}"), "d BAD").await?;
    }
    talk.ask(&format!("w SEARCH {}", "TEXT a ".repeat(9_000)), "w ").await?;
    talk.ask("n SELECT \"a\0b\"", "n BAD").await?;
    talk.ask("o NOOP", "o OK").await.map(drop)
}

/// What is sent along with STARTTLS must not be taken for part of the protected session.
pub async fn injection(target: &Target) -> Result<()> {
    let mut talk = Talk::attack(target, "imap").await?;
    talk.expect("* OK").await?;
    talk.send(b"a STARTTLS\r\nb CAPABILITY\r\n").await;
    let said = talk.line().await?;
    anyhow::ensure!(said.starts_with("a BAD") || said.starts_with("* BYE"), "{said}");
    Ok(())
}
