//! Case 20: The first order is always scored: accept, hold, or refuse; a held order cannot send mail; a person can verify or
//! be released by a person; a refused person can appeal by form.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::on_both_engines;

on_both_engines!(case_20_a_held_order_is_let_on_by_a_code);
on_both_engines!(case_20_a_held_order_is_let_on_by_a_code_to_the_telephone);
on_both_engines!(case_20_a_refused_person_appeals_and_is_served);

/// That there is nothing to send with: no service, no domain, no mailbox.
async fn cannot_send(person: &mut Person, domain: &str) -> Result<()> {
    for path in ["/center/services", "/center/domains", "/center/mailboxes"] {
        let page = person.browser.open(path).await?;
        anyhow::ensure!(!page.words().contains(domain), "{path} serves a held order: {}", page.words());
    }
    Ok(())
}

async fn case_20_a_held_order_is_let_on_by_a_code(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let domain = "verify-shop.example";
    let mut otto = Person::register(&world, "Otto Example", "otto@remote.example").await?;
    let order = otto.order(domain, 1, "wrong_postal_code").await?.path;
    let order = order.split('?').next().context("a path")?.to_owned();
    let page = otto.wait_for_page(&order, |page| page.words().contains("show us that it is you")).await?;
    cannot_send(&mut otto, domain).await?;

    otto.browser.submit(&page.form("/code/send")?).await?;
    let digits = |word: &str| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit());
    let code = world.mailed_word(&otto.email, digits).await?;
    let page = otto.browser.open(&order).await?;
    let wrong = if code == "00000000" { "11111111" } else { "00000000" };
    let refused = otto.browser.submit(&page.form("/code")?.with("code", wrong)).await?;
    anyhow::ensure!(refused.words().contains("not the code"), "{}", refused.words());
    cannot_send(&mut otto, domain).await?;
    otto.browser.submit(&page.form("/code")?.with("code", &code)).await?;
    otto.wait_for_page("/center/services", |page| page.words().contains(domain)).await?;

    // The decision comes to the same when it is made again.
    let said = world.installation.command(&["screening", "replay", "--all"]).await?;
    anyhow::ensure!(said.contains("1 replayed, 0 differ"), "{said}");
    world.installation.stop().await
}

/// A gateway to telephones: gives what was handed to it, head and body.
async fn gateway(listener: &TcpListener, answer: &str) -> Result<String> {
    let (mut stream, _) = tokio::time::timeout(SOON, listener.accept()).await.context("nobody called")??;
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"}") {
        let read = tokio::time::timeout(SOON, stream.read_buf(&mut bytes)).await??;
        anyhow::ensure!(read > 0, "the call broke off");
    }
    stream.write_all(format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\n\r\n").as_bytes()).await?;
    Ok(String::from_utf8(bytes)?)
}

async fn case_20_a_held_order_is_let_on_by_a_code_to_the_telephone(setup: Setup) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let folder = tempfile::tempdir()?;
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "open sesame\n")?;
    let phones = format!(
        "[phones]\ngateway = \"http://127.0.0.1:{}/codes\"\nsecret_file = \"{}\"\n",
        listener.local_addr()?.port(),
        secret.display()
    );
    let mut world = World::start(Setup { more: format!("{}\n{phones}", setup.more), ..setup }, None).await?;
    let domain = "phone-shop.example";
    let mut otto = Person::register(&world, "Otto Example", "otto@remote.example").await?;
    let order = otto.order(domain, 1, "wrong_postal_code").await?.path;
    let order = order.split('?').next().context("a path")?.to_owned();
    let page = otto.wait_for_page(&order, |page| page.words().contains("show us that it is you")).await?;

    // A gateway that fails is no dead end: the page says so and offers the mail.
    let form = page.form("/code/send")?.with("method", "phone");
    let (refused, call) =
        tokio::join!(otto.browser.submit(&form), gateway(&listener, "503 Service Unavailable"));
    call?;
    let refused = refused?;
    anyhow::ensure!(refused.words().contains("could not be sent"), "{}", refused.words());
    let page = otto.browser.open(&order).await?;
    let form = page.form("/code/send")?.with("method", "phone");
    let (sent, call) = tokio::join!(otto.browser.submit(&form), gateway(&listener, "202 Accepted"));
    let (sent, call) = (sent?, call?);
    anyhow::ensure!(sent.status.is_success(), "{} {}", sent.status, sent.words());
    anyhow::ensure!(call.to_ascii_lowercase().contains("authorization: bearer open sesame"), "{call}");
    let (_, body) = call.split_once("\r\n\r\n").context("a body")?;
    let body: serde_json::Value = serde_json::from_str(body)?;
    anyhow::ensure!(body["to"] == "+12125550100", "{body}");
    let code = body["code"].as_str().context("a code")?;
    let page = otto.browser.open(&order).await?;
    otto.browser.submit(&page.form("/code")?.with("code", code)).await?;
    otto.wait_for_page("/center/services", |page| page.words().contains(domain)).await?;
    world.installation.stop().await
}

async fn case_20_a_refused_person_appeals_and_is_served(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let domain = "appeal-shop.example";
    let mut otto = Person::register(&world, "Otto Example", "otto@remote.example").await?;
    let order = otto.order(domain, 1, "wrong_code").await?.path;
    let order = order.split('?').next().context("a path")?.to_owned();
    let mut rosalind = Colleague::enrol(&world, "rosalind", &["fraud_reviewer"]).await?;
    let waiting = rosalind.wait_for_order().await?;
    let form = rosalind.browser.open(&waiting).await?.form("/refuse")?.with("reason", "A wrong code.");
    rosalind.browser.submit(&form).await?;

    let page = otto.wait_for_page(&order, |page| page.words().contains("cannot accept this order")).await?;
    cannot_send(&mut otto, domain).await?;
    otto.browser.submit(&page.form("/appeal")?.with("appeal", "I mistyped it.")).await?;
    // Whoever refused does not answer.
    let file = rosalind.browser.open(&waiting).await?;
    let own =
        rosalind.browser.submit(&file.form("/appeal")?.with("answer", "No.").with("granted", "no")).await?;
    anyhow::ensure!(own.words().contains("for a colleague"), "{}", own.words());
    let mut ingrid = Colleague::enrol(&world, "ingrid", &["fraud_reviewer"]).await?;
    let file = ingrid.browser.open(&waiting).await?;
    anyhow::ensure!(!file.words().contains("mistyped"), "an appeal is read before it is opened");
    let file = ingrid.browser.submit(&file.form("/open")?).await?;
    anyhow::ensure!(file.words().contains("I mistyped it."), "{}", file.words());
    let form = file.form("/appeal")?.with("answer", "Please pay again.").with("granted", "yes");
    ingrid.browser.submit(&form).await?;

    let page = otto.wait_for_page(&order, |page| page.words().contains("waits for payment")).await?;
    let payment = otto.browser.submit(&page.form("/pay")?).await?;
    otto.browser.submit(&payment.form("/sandbox")?.with("outcome", "approve")).await?;
    otto.wait_for_page("/center/services", |page| page.words().contains(domain)).await?;
    world.installation.stop().await
}
