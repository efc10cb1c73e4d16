//! Experiment 19: The ledger cannot be written: what staff would read stays closed, and mail flows.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::mail::{Imap, hand_in, submit};
use mailkeep_integration_tests::stolen::Stolen;
use mailkeep_storage::sql::Dialect;

use super::{STREET, force};
use crate::on_both_engines;

/// The engine itself refuses every new entry.
const CLOSE_SQLITE: &str = "CREATE TRIGGER ledger_is_closed BEFORE INSERT ON ledger_entries
    BEGIN SELECT RAISE(ABORT, 'no room is left'); END";
const CLOSE_POSTGRES: &str = "CREATE FUNCTION ledger_is_closed() RETURNS trigger AS
    $$ BEGIN RAISE EXCEPTION 'no room is left'; END $$ LANGUAGE plpgsql;
    CREATE TRIGGER ledger_is_closed BEFORE INSERT ON ledger_entries FOR EACH ROW EXECUTE FUNCTION ledger_is_closed()";
const OPEN_SQLITE: &str = "DROP TRIGGER ledger_is_closed";
const OPEN_POSTGRES: &str = "DROP TRIGGER ledger_is_closed ON ledger_entries";

on_both_engines!(staff_read_nothing_and_mail_flows);

async fn staff_read_nothing_and_mail_flows(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let domain = "flowing.example";
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(domain, 2, "approve").await?;
    ada.wait_for_page("/center/services", |page| page.words().contains(domain)).await?;
    ada.prove_domain(&world, domain).await?;
    let password = ada.make_mailbox("ada", domain).await?;
    let mut otto = Person::register(&world, "Otto Example", "info@remote.example").await?;
    otto.order("held.example", 1, "wrong_code").await?;
    let mut rosalind = Colleague::enrol(&world, "rosalind", &["fraud_reviewer"]).await?;
    let order = rosalind.wait_for_order().await?;

    let books = Stolen::of(&world.installation).await?;
    let postgres = books.main.dialect() == Dialect::Postgres;
    let count = "SELECT COUNT(*) FROM ledger_entries";
    books.run(if postgres { CLOSE_POSTGRES } else { CLOSE_SQLITE }).await?;
    let before: i64 = books.value(count).await?;

    // The fact holds and the role fits; there is only nowhere to write it down.
    let open = format!("{order}/open");
    let page = force(&mut rosalind.browser, "/console", &open, &[]).await?;
    anyhow::ensure!(!page.text().contains(STREET), "opened without an entry: {}", page.words());
    anyhow::ensure!(!page.status.is_success(), "{}: {}", page.status, page.words());

    // From another server, between mailboxes, to another server, and read by IMAP with a fresh session.
    let user = format!("ada@{domain}");
    let letter = |from: &str, subject: &str| {
        format!("From: {from}\r\nTo: {user}\r\nSubject: {subject}\r\n\r\nHello.\r\n")
    };
    let from = "friend@remote.example";
    hand_in(world.installation.address("mx"), from, &user, &letter(from, "from elsewhere")).await?;
    submit(&world.server("submissions"), &user, &password, &[&user, from], &letter(&user, "from here"))
        .await?;
    let mut imap = Imap::sign_in(&world.server("imaps"), &user, &password).await?;
    imap.command("SELECT INBOX").await?;
    for subject in ["from elsewhere", "from here"] {
        let found = imap.wait_for(&format!("SUBJECT \"{subject}\""), SOON).await?;
        let uid = found.first().context("found")?;
        let text = imap.command(&format!("UID FETCH {uid} BODY.PEEK[TEXT]")).await?;
        anyhow::ensure!(text.contains("Hello."), "{text}");
    }
    world.sink.wait_for(SOON, |mail| mail.to.iter().any(|to| to == from)).await?;
    anyhow::ensure!(books.value::<i64>(count).await? == before, "the ledger was not writable");

    // With the ledger the look is back.
    books.run(if postgres { OPEN_POSTGRES } else { OPEN_SQLITE }).await?;
    let page = force(&mut rosalind.browser, "/console", &open, &[]).await?;
    anyhow::ensure!(page.text().contains(STREET), "{}: {}", page.status, page.words());
    anyhow::ensure!(books.value::<i64>(count).await? > before, "and is on record");
    world.installation.stop().await
}
