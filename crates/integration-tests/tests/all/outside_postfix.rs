//! Debian's Postfix is the other server, in both directions.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{SOON, World};
use mailkeep_integration_tests::mail::{Imap, submit};
use mailkeep_integration_tests::postfix::{DOMAIN as FAR, HOST, Postfix};
use tokio::process::Command;

use crate::outside_clients::{DOMAIN, customer, run, script};
use crate::{on_both_engines, python};

/// A world with a Postfix in it; `None` where there is none.
async fn with_postfix(setup: Setup) -> Result<Option<(World, Postfix, String)>> {
    // What was put off is tried again soon, so that the test need not move the clock.
    let setup = Setup { delivery: "retry_seconds = [1]\npoll_seconds = 1\n".to_owned(), ..setup };
    let world = World::start(setup, None).await?;
    world.dns.mx(FAR, 10, "relay.example.");
    world.dns.address("relay.example", HOST);
    let next = world.installation.address("mx");
    let Some(postfix) = Postfix::start(world.sink.address.port(), next).await? else { return Ok(None) };
    let password = customer(&world).await?;
    Ok(Some((world, postfix, password)))
}

on_both_engines!(we_deliver_to_postfix);

async fn we_deliver_to_postfix(setup: Setup) -> Result<()> {
    let Some((mut world, postfix, password)) = with_postfix(setup).await? else { return Ok(()) };
    let (server, user) = (world.server("submissions"), format!("ada@{DOMAIN}"));
    let send = async |to: &str, subject: &str| {
        let letter = format!("From: {user}\r\nTo: {to}\r\nSubject: {subject}\r\n\r\nHello.\r\n.dot\r\n");
        submit(&server, &user, &password, &[to], &letter).await
    };

    // Over TLS, as it is.
    send(&format!("bob@{FAR}"), "over-tls").await?;
    let mail = postfix.wait_for_mail("bob", "over-tls").await?;
    anyhow::ensure!(mail.contains("using TLSv1") && mail.contains("\n.dot\n"), "{mail}");
    anyhow::ensure!(mail.contains(&format!("Return-Path: <{user}>")), "{mail}");

    // It is put off, and comes when the other side is ready.
    send(&format!("later@{FAR}"), "put-off").await?;
    postfix.wait_for_log(&["reject: RCPT", "450 4.2.0", "later@far.example"]).await?;
    postfix.no_longer_defer().await?;
    postfix.wait_for_mail("later", "put-off").await?;

    // It is refused, and the sender is told.
    send(&format!("nobody@{FAR}"), "refused").await?;
    let mut imap = Imap::sign_in(&world.server("imaps"), &user, &password).await?;
    imap.command("SELECT INBOX").await?;
    imap.wait_for("SUBJECT \"could not be delivered\"", SOON).await?;
    let report = imap.command("FETCH 1 BODY.PEEK[]").await?;
    for part in [
        "Final-Recipient: rfc822; nobody@far.example",
        "Status: 5.1.1",
        "smtp; 550 5.1.1",
        "Subject: refused",
    ] {
        anyhow::ensure!(report.contains(part), "{part} is missing in {report}");
    }
    anyhow::ensure!(
        postfix.mails("bob").len() == 1 && postfix.mails("later").len() == 1,
        "{}",
        postfix.log()
    );
    world.installation.stop().await
}

on_both_engines!(postfix_delivers_to_us);

async fn postfix_delivers_to_us(setup: Setup) -> Result<()> {
    const BURST: usize = 200;
    let Some(python) = python() else { return Ok(()) };
    let Some((mut world, postfix, password)) = with_postfix(setup).await? else { return Ok(()) };
    let user = format!("ada@{DOMAIN}");
    let inject = async |to: &str, kinds: &[&str]| {
        let mut command = Command::new(&python);
        command.arg(script("inject.py")).args([&HOST.to_string(), &postfix.address.port().to_string()]);
        run(command.args([&format!("bob@{FAR}"), to]).args(kinds), "inject.py").await
    };
    let burst = format!("burst:burst:{BURST}");
    inject(&user, &["one:by-starttls", "utf8:wide", "large:large:20000000", &burst]).await?;
    inject(&format!("nobody@{DOMAIN}"), &["one:to-nobody"]).await?;

    let mut imap = Imap::sign_in(&world.server("imaps"), &user, &password).await?;
    imap.command("SELECT INBOX").await?;
    for subject in ["by-starttls", "wide", "large"] {
        imap.wait_for(&format!("SUBJECT {subject}"), SOON).await.with_context(|| postfix.log())?;
    }
    let of = async |imap: &mut Imap, subject: &str, what: &str| {
        let uid = imap.wait_for(&format!("SUBJECT {subject}"), SOON).await?;
        let [uid] = uid[..] else { anyhow::bail!("{subject} is there {} times", uid.len()) };
        imap.command(&format!("UID FETCH {uid} {what}")).await
    };
    let header = of(&mut imap, "by-starttls", "BODY.PEEK[HEADER]").await?;
    anyhow::ensure!(header.contains("with ESMTPS id") && header.contains("from relay.example"), "{header}");
    let header = of(&mut imap, "wide", "BODY.PEEK[HEADER]").await?;
    anyhow::ensure!(header.contains("with UTF8SMTPS id") && header.contains("wide grüße"), "{header}");
    anyhow::ensure!(header.contains("Return-Path: <jürgen@far.example>"), "{header}");
    let size = of(&mut imap, "large", "RFC822.SIZE").await?;
    let bytes: Option<u64> =
        size.split("RFC822.SIZE ").nth(1).and_then(|s| s.split([' ', ')']).next()?.parse().ok());
    anyhow::ensure!(bytes.is_some_and(|bytes| bytes > 20_000_000), "{size}");

    // The bounce is Postfix's own work: we refused the recipient before the message.
    let bounce = postfix.wait_for_mail("bob", "Undelivered Mail").await?;
    anyhow::ensure!(bounce.contains("550 5.1.1") && bounce.contains("Subject: to-nobody"), "{bounce}");

    // Each of the burst once.
    for number in 0..BURST {
        let name = format!("burst-{number}-end");
        let found = imap.wait_for(&format!("SUBJECT {name}"), SOON).await.with_context(|| postfix.log())?;
        anyhow::ensure!(found.len() == 1, "{name} is there {} times", found.len());
    }
    let listing = imap.command("STATUS INBOX (MESSAGES)").await?;
    anyhow::ensure!(listing.contains(&format!("MESSAGES {}", BURST + 3)), "{listing}");
    world.installation.stop().await
}
